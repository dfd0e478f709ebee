#!/bin/sh
# All messages of the program as a template on standard output: those marked in the sources and
# those of the tables.  usage: template.sh SOURCE_ROOT TABLE_MESSAGES_PROGRAM
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
msgcat --use-first --no-location --sort-output --output-file="$work/all.pot" \
  "$work/marked.pot" "$work/tables.pot"
sed '/^"POT-Creation-Date:/d' "$work/all.pot"
