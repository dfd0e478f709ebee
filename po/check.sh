#!/bin/sh
# Fails when a message has no translation, a fuzzy one or one whose format does not fit.
# usage: check.sh SOURCE_ROOT TABLE_MESSAGES_PROGRAM
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
here=$1/po
sh "$here/template.sh" "$1" "$2" > "$work/yinma.pot"
status=0
for catalogue in "$here"/*.po; do
  msgfmt --check --output-file=/dev/null "$catalogue" || status=1
  if ! msgcmp "$catalogue" "$work/yinma.pot"; then
    echo "$(basename "$catalogue"): build the target po-update, then translate what is empty or fuzzy"
    status=1
  fi
done
exit $status
