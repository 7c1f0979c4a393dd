#!/bin/sh
# Prints the line coverage of the rooms that must reach 90 of 100, and fails when one does not.
# usage: coverage.sh BUILD-FOLDER TEST-PROGRAM...
set -eu

build=$1
shift
llvm-profdata merge -sparse -o "$build/all.profdata" "$build"/profile/*.profraw
objects=$(for program; do printf -- '-object %s ' "$program"; done)

status=0
for room in base bank coach practice store; do
    # The object list is meant to split.
    # shellcheck disable=SC2086
    percent=$(llvm-cov export -summary-only -instr-profile="$build/all.profdata" $objects src/$room |
        python3 -c 'import json,sys; print(round(json.load(sys.stdin)["data"][0]["totals"]["lines"]["percent"], 1))')
    echo "coverage: src/$room $percent of 100 lines"
    awk -v p="$percent" 'BEGIN { exit p < 90 }' || status=1
done
exit $status
