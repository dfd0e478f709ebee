#!/bin/sh
# tidy.sh BUILD FILE: clang-tidy on one file, silent unless it finds something.
output=$(clang-tidy --quiet -p "$1" "$2" 2>&1) || {
    printf '%s\n' "$output" | grep -v 'warnings generated' >&2
    exit 1
}
