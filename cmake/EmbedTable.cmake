# cmake -DOUTPUT=file.c "-DTABLES=a.tsv;b.tsv" -P EmbedTable.cmake
# Writes the tables of catalog/control_list.c: every cell ends with a zero byte, so that it is read
# where it stands. The first line of a table names its columns and is left out.
set(text "/* Made from rules/ by the build. */\n#include \"catalog/control_table.h\"\n")
foreach(file IN LISTS TABLES)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "0x09,|0x0a," "0x00," cells "${bytes}")
  string(FIND "${bytes}" "0x0a," end)
  math(EXPR end "${end} + 5")
  string(SUBSTRING "${cells}" ${end} -1 cells)
  string(APPEND text "\nstatic const uint8_t ${name}_cells[] = {${cells}};\n"
         "const struct bytes embedded_${name} = {${name}_cells, sizeof ${name}_cells};\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
