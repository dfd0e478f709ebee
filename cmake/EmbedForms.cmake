# cmake -DOUTPUT=file.c "-DFORMS=a.tsv;b.tsv" -P EmbedForms.cmake
# Writes the `embedded_forms` of catalog/forms.h. Bytes, not string literals: compilers limit those.
set(arrays "")
set(rows "")
foreach(file IN LISTS FORMS)
  get_filename_component(name ${file} NAME_WE)
  string(MAKE_C_IDENTIFIER ${name} identifier)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "static const uint8_t ${identifier}[] = {${bytes}};\n")
  string(APPEND rows "    {\"${name}\", {${identifier}, sizeof ${identifier}}},\n")
endforeach()
string(CONCAT text "/* Made from rules/forms/ by the build. */\n#include \"catalog/forms.h\"\n\n${arrays}\n"
         "const struct form embedded_forms[] = {\n${rows}    {NULL, {NULL, 0}},\n};\n")
file(WRITE ${OUTPUT} "${text}")
