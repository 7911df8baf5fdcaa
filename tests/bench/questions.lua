-- For wrk: asks the addresses of a file in turn, each thread from a place of its own.
--   wrk -s questions.lua URL -- FILE [HOT]
-- With HOT, three requests of four go to the first HOT addresses.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local requests, at, turn, hot = {}, 0, 0, 0

function init(args)
  for line in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", line)
  end
  hot = tonumber(args[2] or "0")
  math.randomseed(number + 1)
  at = math.random(#requests)
end

function request()
  turn = turn + 1
  if hot > 0 and turn % 4 ~= 0 then
    return requests[turn % hot + 1]
  end
  at = at % #requests + 1
  return requests[at]
end
