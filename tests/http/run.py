#!/usr/bin/env python3
"""Raw HTTP against annalsd: every file in cases/ is one connection.

    run.py PATH-TO-ANNALSD            starts it on a fresh store, on a port of its own
    run.py --port PORT                uses one that runs (cases alone, no slow clients)
    run.py PATH-TO-ANNALSD NAME...    only the cases whose names contain one of the words

A case is a few `key: value` lines, a line `---`, and the bytes to send:

    about:    what the case shows
    answers:  the statuses to come, in order; `none` for a closed connection without an answer
    then:     `open` (another request is answered) or `close`
    by:       `library` when the answer is the HTTP library's own page rather than a problem
    bodies:   `no` when the answers carry none (HEAD)
    has:      text that the answers must hold; may be repeated
    hasnot:   text that the answers must not hold; may be repeated

Line ends in the part after `---` mean nothing. \\r \\n \\t \\\\ \\xHH stand for bytes, \\p for a short
pause between two writes, and \\(N*…) for N times what it holds.
"""

import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
PATIENCE = 10  # seconds for an answer; sanitizers are slow
PAUSE = 0.05
ALIVE = b"GET / HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n"


class Failure(Exception):
    pass


# ---- cases ----


def unescape(text, at=0, nested=False):
    """The pieces of a case's bytes; None among them is a pause. Returns them and the end."""
    pieces, plain = [], bytearray()
    simple = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}
    while at < len(text):
        c = text[at]
        if nested and c == ")":
            break
        at += 1
        if c != "\\":
            plain += b"" if c == "\n" else c.encode()
            continue
        c = text[at]
        at += 1
        if c in simple:
            plain += simple[c]
        elif c == "x":
            plain.append(int(text[at : at + 2], 16))
            at += 2
        elif c == "p":
            pieces += [bytes(plain), None]
            plain = bytearray()
        elif c == "(":
            star = text.index("*", at)
            inner, end = unescape(text, star + 1, True)
            plain += int(text[at:star]) * inner[0]
            at = end + 1
        else:
            raise Failure(f"unknown escape \\{c}")
    return pieces + [bytes(plain)], at


class Case:
    def __init__(self, path):
        self.name = path.stem
        head, _, raw = path.read_text(encoding="utf-8").partition("\n---\n")
        self.fields = {}
        for line in head.splitlines():
            key, _, value = line.partition(":")
            self.fields.setdefault(key, []).append(value.strip())
        unknown = self.fields.keys() - {"about", "answers", "then", "by", "bodies", "has", "hasnot"}
        if unknown or not {"about", "answers", "then"} <= self.fields.keys():
            raise SystemExit(f"{path}: unknown or missing keys {sorted(unknown)}")
        self.pieces, _ = unescape(raw)

    def get(self, key):
        return self.fields.get(key, [""])[0]


# ---- talking ----


def read_more(connection, buffer):
    data = connection.recv(65536)
    buffer += data
    return bool(data)


def read_answer(connection, buffer, bodiless):
    """One answer taken off the front of buffer: status, header text, body; None at the end."""
    while b"\r\n\r\n" not in buffer:
        if not read_more(connection, buffer):
            if buffer:
                raise Failure(f"a broken answer: {bytes(buffer[:200])!r}")
            return None
    end = buffer.index(b"\r\n\r\n")
    head = buffer[:end].decode("latin-1")
    del buffer[: end + 4]
    found = re.match(r"HTTP/1\.1 (\d{3}) ", head)
    if not found:
        raise Failure(f"not an answer: {head[:200]!r}")
    status = int(found[1])
    if status == 100:
        return read_answer(connection, buffer, bodiless)
    length = re.search(r"(?i)\r\ncontent-length: *(\d+)", head)
    size = 0 if bodiless or status in (204, 304) or not length else int(length[1])
    while len(buffer) < size:
        if not read_more(connection, buffer):
            raise Failure(f"the body of {status} ends after {len(buffer)} of {size} bytes")
    body = bytes(buffer[:size])
    del buffer[:size]
    return status, head, body


def check_problem(status, head, body, bodiless):
    """An error is a problem document that every origin may read."""
    if "application/problem+json" not in head:
        raise Failure(f"{status} is not a problem document: {head!r}")
    if "\r\nAccess-Control-Allow-Origin: *" not in head:
        raise Failure(f"{status} without Access-Control-Allow-Origin")
    if not bodiless and json.loads(body)["status"] != status:
        raise Failure(f"{status} says otherwise in its body: {body!r}")


def send(connection, pieces):
    """False when the other side closed before all was sent; its answer may still be there."""
    try:
        for piece in pieces:
            if piece is None:
                time.sleep(PAUSE)
            else:
                connection.sendall(piece)
        return True
    except (BrokenPipeError, ConnectionResetError):
        return False


def run_case(case, port):
    bodiless = case.get("bodies") == "no"
    expected = [int(word) for word in case.get("answers").split() if word != "none"]
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        send(connection, case.pieces)
        buffer, got, seen = bytearray(), [], b""
        for _ in expected:
            answer = read_answer(connection, buffer, bodiless)
            if answer is None:
                break
            status, head, body = answer
            got.append(status)
            seen += head.encode("latin-1") + b"\r\n\r\n" + body
            if status >= 400 and case.get("by") != "library":
                check_problem(status, head, body, bodiless)
        if got != expected:
            raise Failure(f"expected {expected}, got {got}")
        check_text(case, seen)
        check_end(case, connection, buffer)


def check_text(case, seen):
    for text in case.fields.get("has", []):
        if text.encode() not in seen:
            raise Failure(f"{text!r} is missing in {seen[:600]!r}")
    for text in case.fields.get("hasnot", []):
        if text.encode() in seen:
            raise Failure(f"{text!r} must not be in {seen[:600]!r}")


def check_end(case, connection, buffer):
    if case.get("then") == "open":
        if not send(connection, [ALIVE]):
            raise Failure("the connection does not stay open")
        answer = read_answer(connection, buffer, False)
        if answer is None or answer[0] != 200:
            raise Failure(f"the next request is not answered: {answer and answer[0]}")
        return
    try:
        while read_more(connection, buffer):
            pass
    except ConnectionResetError:
        pass
    if buffer and case.get("by") != "library":
        raise Failure(f"more came than was expected: {bytes(buffer[:300])!r}")


# ---- slow clients ----


def slow(port, pieces, pause, limit):
    """Sends a piece at a time; the seconds until the server closes, and what it said."""
    with socket.create_connection(("127.0.0.1", port), timeout=0.01) as connection:
        begun, said = time.monotonic(), b""
        pieces = iter(pieces)
        due = begun
        while time.monotonic() - begun < limit:
            if time.monotonic() >= due:
                send(connection, [next(pieces, b"")])
                due += pause
            try:
                data = connection.recv(4096)
                if not data:
                    return time.monotonic() - begun, said
                said += data
            except TimeoutError:
                pass
            except ConnectionResetError:
                return time.monotonic() - begun, said
    return limit, said


def letters(text):
    return [bytes([b]) for b in text]


def expect_closed(result, earliest, latest, starts):
    seconds, said = result
    if not earliest <= seconds < latest:
        raise Failure(f"closed after {seconds:.1f} s, not between {earliest} and {latest}")
    if not said.startswith(starts):
        raise Failure(f"said {said[:200]!r}")


# The daemon of these runs with --head-seconds 1 --body-seconds 1 --inactivity-seconds 2.
def slow_head(port):
    head = letters(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: " + b"x" * 200)
    expect_closed(slow(port, head, 0.1, 8), 0.7, 4, b"HTTP/1.1 408 ")


def slow_first_byte(port):
    expect_closed(slow(port, [], 1, 8), 0.7, 4, b"")


def slow_second_head(port):
    pieces = [ALIVE] + letters(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: " + b"x" * 200)
    expect_closed(slow(port, pieces, 0.1, 10), 0.7, 6, b"HTTP/1.1 200 ")


def slow_body(port):
    head = b"POST /v1/sources HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
    expect_closed(slow(port, [head] + letters(b"x" * 200), 0.1, 8), 0.7, 4, b"HTTP/1.1 408 ")


def slow_chunks(port):
    head = b"POST /v1/sources HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    pieces = [head] + [b"1\r\nx\r\n"] * 200
    expect_closed(slow(port, pieces, 0.1, 8), 0.7, 4, b"HTTP/1.1 408 ")


def idle_after_answer(port):
    expect_closed(slow(port, [ALIVE], 1, 10), 1.0, 6, b"HTTP/1.1 200 ")


def hidden_parameters(port):
    """A NUL in the target hides the query from us; its parameters must not hang the connection."""
    target = b"/\x00HTTP/1.1\x00?" + b"a&" * 3000
    sent = [b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n"]
    expect_closed(slow(port, sent, 1, 8), 0, 4, b"")


def many_connections_from_one_address(port):
    """The daemon lets 8 through; the others are closed, and their places are given again."""
    time.sleep(0.5)  # for those of the run before to be gone
    held = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(12)]
    time.sleep(0.3)
    answered = 0
    for connection in held:
        try:
            connection.sendall(ALIVE)
            answered += connection.recv(12) == b"HTTP/1.1 200"
        except OSError:
            pass
        connection.close()
    if answered != 8:
        raise Failure(f"{answered} connections from one address were served, not 8")
    time.sleep(0.3)
    run_case(Case(HERE / "cases" / "good-minimal.http"), port)


SLOW = [slow_head, slow_first_byte, slow_second_head, slow_body, slow_chunks, idle_after_answer,
        hidden_parameters, many_connections_from_one_address]
SLOW_SETTINGS = ["--head-seconds", "1", "--body-seconds", "1", "--inactivity-seconds", "2",
                 "--connections-per-address", "8"]


# ---- the end ----


def drains(program):
    """At SIGTERM a request that has begun is answered, and its connection ends with it."""
    with tempfile.TemporaryDirectory() as folder:
        daemon = Daemon(program, folder)
        with socket.create_connection(("127.0.0.1", daemon.port), timeout=PATIENCE) as connection:
            head = b"POST /v1/sources HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n"
            send(connection, [head + b"hello", None, None])
            daemon.process.terminate()
            time.sleep(0.3)
            try:
                socket.create_connection(("127.0.0.1", daemon.port), timeout=1).close()
                raise Failure("a new connection is taken after SIGTERM")
            except ConnectionRefusedError:
                pass
            send(connection, [b"again"])
            answer = read_answer(connection, bytearray(), False)
        if answer is None or answer[0] != 401 or "Connection: close" not in answer[1]:
            raise Failure(f"the running request was answered {answer}")
        if daemon.process.wait(timeout=60) != 0:
            raise Failure("a bad end")


def ends_at_the_second_signal(program):
    with tempfile.TemporaryDirectory() as folder:
        daemon = Daemon(program, folder, "--drain-seconds", "60")
        with socket.create_connection(("127.0.0.1", daemon.port), timeout=PATIENCE) as connection:
            head = b"POST /v1/sources HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n"
            send(connection, [head, None, None])
            daemon.process.terminate()
            time.sleep(0.5)
            if daemon.process.poll() is not None:
                raise Failure("it does not wait for a running request")
            daemon.process.terminate()
            if daemon.process.wait(timeout=5) == 0:
                raise Failure("the second signal is taken for a good end")


def port_is_taken(program):
    """A second server does not share the port; it says so and ends with 3."""
    with tempfile.TemporaryDirectory() as folder:
        daemon = Daemon(program, folder)
        second = subprocess.run(
            [program, "--db", str(pathlib.Path(folder) / "second.annals"),
             "--listen", f"127.0.0.1:{daemon.port}"], capture_output=True, timeout=60)
        daemon.stop()
        if second.returncode != 3 or b"in use" not in second.stderr:
            raise Failure(f"the second server: {second.returncode} {second.stderr!r}")


END = [drains, ends_at_the_second_signal, port_is_taken]


# ---- the daemon ----


class Daemon:
    def __init__(self, program, folder, *settings):
        self.process = subprocess.Popen(
            [program, "--db", str(pathlib.Path(folder) / "raw.annals"), "--listen", "127.0.0.1:0",
             "--stop-after", "600", "--log-level", "warning", *settings],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if not found:
            raise SystemExit(f"{program} did not start: {line!r}")
        self.port = int(found[1])

    def stop(self):
        """True when it ended as it should; a sanitizer's finding is a bad end."""
        self.process.terminate()
        return self.process.wait(timeout=60) == 0


def attempt(name, call, *arguments):
    try:
        call(*arguments)
        return True
    except (Failure, OSError, ValueError) as problem:
        print(f"FAILED {name}: {problem}")
        return False


def run_cases(port, words):
    paths = sorted((HERE / "cases").glob("*.http"))
    cases = [Case(p) for p in paths if not words or any(w in p.stem for w in words)]
    return [attempt(case.name, run_case, case, port) for case in cases]


def main(arguments):
    if arguments[:1] == ["--port"]:
        results = run_cases(int(arguments[1]), arguments[2:])
    elif arguments:
        with tempfile.TemporaryDirectory() as folder:
            daemon = Daemon(arguments[0], folder)
            results = run_cases(daemon.port, arguments[1:])
            results.append(attempt("stop", lambda: daemon.stop() or fail("a bad end")))
            if len(arguments) == 1:
                daemon = Daemon(arguments[0], folder, *SLOW_SETTINGS)
                results += [attempt(f.__name__, f, daemon.port) for f in SLOW]
                results.append(attempt("stop", lambda: daemon.stop() or fail("a bad end")))
                results += [attempt(f.__name__, f, arguments[0]) for f in END]
    else:
        raise SystemExit(__doc__)
    print(f"{sum(results)} of {len(results)} passed")
    return 0 if results and all(results) else 1


def fail(text):
    raise Failure(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
