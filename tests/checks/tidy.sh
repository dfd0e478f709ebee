#!/bin/sh
# tidy.sh BUILD FILE: clang-tidy on one file, silent unless it finds something. Nearly all of its time
# goes into the paths of the analyzer: of the product a third as many a function as it would take, of
# tests, which are run under sanitizers, none.
build=$1
file=$2
case $file in
tests/* | benchmarks/* | examples/*) set -- --checks=-clang-analyzer-* ;;
*) set -- --extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang --extra-arg=max-nodes=75000 ;;
esac
output=$(clang-tidy --quiet -p "$build" "$@" "$file" 2>&1) || {
    printf '%s\n' "$output" | grep -v 'warnings generated' >&2
    exit 1
}
