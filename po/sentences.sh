#!/bin/sh
# What the engine says, as a template on standard output: the formats of its errors and the words
# marked with SAID.  usage: sentences.sh SOURCE_ROOT
set -eu
cd "$1"
# That memory ran out is said in one way, whatever it was wanted for (reports/sentence.c).
# Functions that take such a text, and which argument it is.
find scanner reports -name '*.c' | LC_ALL=C sort |
  xgettext --files-from=- --language=C --from-code=UTF-8 --no-location --sort-output --keyword= \
    --keyword=SAID --keyword=error_set:3 --keyword=error_set_errno:3 --keyword=yaml_complain:2 \
    --keyword=yaml_choice:2 --keyword=name_complaint:1 --keyword=unit_set_coverage:5 \
    --keyword=crash_record_open:5 --keyword=stop:3 --keyword=tell_problem:3 \
    --keyword=tell_damage:2 --keyword=redis_give_up:3 --keyword=ROW:4 --keyword=complain_of_name:2 \
    --package-name=yinma --output=- |
  msggrep --msgid --extended-regexp --regexp='[[:alpha:]]{3}' --no-location - |
  msggrep --invert-match --msgid --extended-regexp \
    --regexp='^(out of memory|no memory|memory ran out)' --no-location -
