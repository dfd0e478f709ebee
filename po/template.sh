#!/bin/sh
# All messages of the program as a template on standard output: those marked in the sources,
# those of the tables and what the engine says.  usage: template.sh SOURCE_ROOT TABLE_MESSAGES_PROGRAM
set -eu
root=$1
tables=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$root"
find reports scanner/cli -name '*.[ch]' | LC_ALL=C sort > "$work/files"
xgettext --files-from="$work/files" --language=C --from-code=UTF-8 --no-location --sort-output \
  --keyword= --keyword=_ --keyword=N_ --keyword=plural_:1,2 --flag=_:1:pass-c-format \
  --flag=plural_:1:pass-c-format --flag=plural_:2:pass-c-format \
  --package-name=yinma --output="$work/marked.pot"
"$tables" > "$work/rows"
msguniq --no-location --output-file="$work/tables.pot" "$work/rows"
sh po/sentences.sh "$root" > "$work/sentences.pot"
msgcat --use-first --no-location --sort-output --output-file="$work/all.pot" \
  "$work/marked.pot" "$work/tables.pot" "$work/sentences.pot"
sed '/^"POT-Creation-Date:/d' "$work/all.pot"
