#!/bin/sh
# Prints the line coverage of the rooms that must reach 90 of 100, and fails when one does not. With V=1 each file below it is named.
# usage: coverage.sh BUILD-FOLDER TEST-PROGRAM...
set -eu

build=$1
shift
llvm-profdata merge -sparse -o "$build/all.profdata" "$build"/profile/*.profraw
# llvm-cov takes the first program bare and the others behind -object.
objects=$1
shift
for program; do objects="$objects -object $program"; done

# The object list is meant to split. Rooms are told apart here, because llvm-cov takes source folders only as the compiler wrote them.
# shellcheck disable=SC2086
llvm-cov export -summary-only -instr-profile="$build/all.profdata" $objects | python3 -c '
import json, os, re, sys

rooms = {room: [0, 0] for room in ("base", "bank", "coach", "practice", "store")}
weak = []
for entry in json.load(sys.stdin)["data"][0]["files"]:
    found = re.search(r"(?:^|/)src/(\w+)/[^/]+$", entry["filename"])
    if not found or found.group(1) not in rooms:
        continue
    lines = entry["summary"]["lines"]
    rooms[found.group(1)][0] += lines["covered"]
    rooms[found.group(1)][1] += lines["count"]
    if lines["count"] and lines["percent"] < 90:
        weak.append((lines["percent"], found.group(0).lstrip("/")))

low = False
for room, (covered, count) in rooms.items():
    percent = 100 * covered / count if count else 0
    low = low or percent < 90
    print(f"coverage: src/{room} {percent:.1f} of 100 lines")
if os.environ.get("V"):
    for percent, name in sorted(weak):
        print(f"  {percent:5.1f}  {name}")
sys.exit(low)
'
