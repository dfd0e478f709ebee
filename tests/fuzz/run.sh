#!/bin/sh
# run.sh PROGRAM [NAME [SECONDS]]: libFuzzer over every row of the tables, or the one called NAME.
# Findings and the corpus stay in build-fuzz/. Status 1 when something was found.
set -eu
program=$1
name=${2-}
seconds=${3-60}
status=0
mkdir -p build-fuzz/findings
for format in $("$program" --list); do
    [ -z "$name" ] || [ "$name" = "$format" ] || continue
    corpus=build-fuzz/corpus/$format
    log=build-fuzz/findings/$format.log
    mkdir -p "$corpus"
    echo "fuzz $format for $seconds s"
    if YINMA_FUZZ_FORMAT=$format "$program" -max_total_time="$seconds" -max_len=65536 \
        -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="build-fuzz/findings/$format-" "$corpus" tests/data/mariadb \
        tests/data/mariadb-pages tests/data/postgresql tests/data/exports tests/data/logs \
        tests/data/archives tests/data/office tests/data/binary-exports \
        tests/data/avro tests/data/parquet tests/data/php \
        >"$log" 2>&1; then
        grep number_of_executed_units "$log" || :
    else
        tail -n 40 "$log"
        status=1
    fi
done
exit "$status"
