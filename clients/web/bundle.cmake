# One asset out of one or several files, one after the other, minified.
#   cmake -DESBUILD=PROGRAM -DOUT=FILE -DFROM=FILE,FILE… -P bundle.cmake
#
# Of a module the lines go that fetch another one of the same folder: after them, all stand in one
# file. What is neither script nor style sheet is a copy.
get_filename_component(kind ${OUT} LAST_EXT)
string(REPLACE "," ";" from "${FROM}")

if(NOT kind MATCHES "^\\.(js|css)$")
  configure_file(${from} ${OUT} COPYONLY)
  return()
endif()

# The timeline is a module for everyone: what its last file exports is all that it exports.
set(all "")
list(GET from -1 last)
foreach(file IN LISTS from)
  file(READ ${file} text)
  if(kind STREQUAL ".js")
    string(REGEX REPLACE "(^|\n)(import|export) [^\n]* from \"\\./[^\n]*" "" text "${text}")
  endif()
  if(OUT MATCHES "annals-timeline" AND NOT file STREQUAL last)
    string(REGEX REPLACE "(^|\n)export " "\\1" text "${text}")
  endif()
  string(APPEND all "${text}\n")
endforeach()

# Names for plain numbers become the numbers, which esbuild does not do by itself. What is declared, as
# a name for a product is, a definition does not touch.
set(defines "")
set(names "")
set(constant "\nconst ([A-Z_]+) = ([0-9.]+)")
if(kind STREQUAL ".js")
  string(REGEX MATCHALL "${constant}" found "${all}")
  foreach(line IN LISTS found)
    string(REGEX REPLACE "${constant}" "--define:\\1=\\2" define "${line}")
    string(REGEX REPLACE "=.*" "" name "${define}")
    list(FIND names ${name} before)
    if(NOT before EQUAL -1)
      message(FATAL_ERROR "${OUT}: two constants are called ${name}")
    endif()
    list(APPEND names ${name})
    list(APPEND defines ${define})
  endforeach()
  string(REGEX REPLACE "${constant};" "\n" all "${all}")
endif()
file(WRITE ${OUT} "${all}")

# Names of the modules are unique in an asset: what is not is an error here.
execute_process(
  COMMAND ${ESBUILD} --minify --format=esm --target=es2022 --charset=utf8 --legal-comments=none
    --log-level=warning ${defines} --allow-overwrite --outfile=${OUT} ${OUT}
  COMMAND_ERROR_IS_FATAL ANY)
