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

set(all "")
foreach(file IN LISTS from)
  file(READ ${file} text)
  if(kind STREQUAL ".js")
    string(REGEX REPLACE "(^|\n)(import|export) [^\n]* from \"\\./[^\n]*" "" text "${text}")
  endif()
  string(APPEND all "${text}\n")
endforeach()
file(WRITE ${OUT} "${all}")

# Names of the modules are unique in an asset: what is not is an error here.
execute_process(
  COMMAND ${ESBUILD} --minify --format=esm --target=es2022 --charset=utf8 --legal-comments=none
    --log-level=warning --allow-overwrite --outfile=${OUT} ${OUT}
  COMMAND_ERROR_IS_FATAL ANY)
