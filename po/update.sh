#!/bin/sh
# Bring the catalogues up to date with the sources: new messages come in empty, old ones go.
# usage: update.sh SOURCE_ROOT TABLE_MESSAGES_PROGRAM
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
here=$1/po
sh "$here/template.sh" "$1" "$2" > "$work/yinma.pot"
for catalogue in "$here"/*.po; do
  msgmerge --quiet --no-location --sort-output --no-fuzzy-matching --output-file="$work/merged.po" \
    "$catalogue" "$work/yinma.pot"
  msgattrib --no-obsolete --no-location --sort-output --output-file="$catalogue" "$work/merged.po"
  msgfmt --statistics --output-file=/dev/null "$catalogue"
done
