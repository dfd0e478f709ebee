#!/bin/sh
# smoke.sh PROGRAM DATA: a short run of every row of the tables over the fixtures.
set -eu
# What is wrong shows under the sanitizers; without them it has to be very wrong.
if [ -n "${YINMA_SANITIZE-}" ]; then all=200 one=25; else all=100 one=15; fi
program=$1
seeds=$(find "$2" -type f -size -300k ! -name '*.json' ! -name planted.txt | sort)
# shellcheck disable=SC2086 # one word a file
"$program" "$all" $seeds # the best bidder takes each
"$program" --list | while read -r format; do
    echo "fuzz $format"
    # shellcheck disable=SC2086
    YINMA_FUZZ_FORMAT=$format "$program" "$one" $seeds
done
