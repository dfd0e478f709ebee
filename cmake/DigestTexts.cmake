# cmake -DOUTPUT=file.c "-DTEXTS=a.c;b.h" -P DigestTexts.cmake
# Writes the SHA-256 of the texts, in order of their names.
list(SORT TEXTS)
set(digests "")
foreach(file IN LISTS TEXTS)
  file(SHA256 ${file} digest)
  string(APPEND digests "${digest}\n")
endforeach()
string(SHA256 digest "${digests}")
file(WRITE ${OUTPUT} "/* Made by the build. */\n#include \"patterns/pattern.h\"\n\n"
     "const char patterns_sha256[65] = \"${digest}\";\n")
