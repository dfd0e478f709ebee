#!/bin/sh
# The formats of sentences.sh as a table of C.  usage: sentence_table.sh SOURCE_ROOT OUTPUT
set -eu
part=$2.part
{
  printf '%s\n' '/* Made from the sources by po/sentence_table.sh. */' '#include <inttypes.h>' '' \
    '#include "reports/sentence_formats.h"' '' 'const char *const sentence_formats[] = {'
  sh "$1/po/sentences.sh" "$1" | awk '
    /^msgid "/ { text = substr($0, 7); open = 1; next }
    /^"/ && open { text = text "\n     " $0; next }
    /^msgstr / { if (text != "" && text != "\"\"") printf "    %s,\n", text; text = ""; open = 0 }' |
    sed -E 's/%<(PRI[a-z0-9A-Z]+)>/%" \1 "/g'
  printf '%s\n' '    0,' '};'
} >"$part"
cmp -s "$part" "$2" 2>/dev/null && rm "$part" || mv "$part" "$2"
