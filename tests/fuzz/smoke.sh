#!/bin/sh
# smoke.sh PROGRAM DATA: a short run of every row of the tables over the fixtures.
set -eu
program=$1
seeds=$(find "$2" -type f -size -300k ! -name '*.json' ! -name planted.txt | sort)
# shellcheck disable=SC2086 # one word a file
"$program" 400 $seeds # the best bidder takes each
"$program" --list | while read -r format; do
    echo "fuzz $format"
    # shellcheck disable=SC2086
    YINMA_FUZZ_FORMAT=$format "$program" 60 $seeds
done
