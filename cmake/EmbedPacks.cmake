# cmake -DOUTPUT=file.c "-DPACKS=a.yaml;b.yaml" -DREADINGS=readings.yaml -P EmbedPacks.cmake
# Writes the `embedded_packs` and `embedded_readings` of catalog/catalog.h. Bytes, not string
# literals: compilers limit those.
set(arrays "")
set(rows "")
foreach(file IN LISTS PACKS READINGS)
  get_filename_component(name ${file} NAME)
  string(MAKE_C_IDENTIFIER ${name} identifier)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "static const uint8_t ${identifier}[] = {${bytes}};\n")
  set(row "{\"rules/${name}\", {${identifier}, sizeof ${identifier}}}")
  if(file STREQUAL READINGS)
    set(readings "const struct pack_source embedded_readings = ${row};\n")
  else()
    string(APPEND rows "    ${row},\n")
  endif()
endforeach()
string(CONCAT text "/* Made from rules/ by the build. */\n#include \"catalog/catalog.h\"\n\n${arrays}\n"
         "const struct pack_source embedded_packs[] = {\n${rows}    {NULL, {NULL, 0}},\n};\n${readings}")
file(WRITE ${OUTPUT} "${text}")
