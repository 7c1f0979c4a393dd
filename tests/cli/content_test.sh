#!/bin/sh
# The shipped content: its numbers, its labels, its spelling; and that each of these checks can fail.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
if ! echo colour | hunspell -d en_GB -l >/dev/null 2>&1; then
    echo 'FAILED hunspell with the dictionary en_GB is needed: make deps-test'
    exit 1
fi
for python in python3 /usr/bin/python3; do
    if "$python" -c 'import yaml' 2>/dev/null; then
        exec "$python" "$top/tests/cli/content.py" "${PMPREP_DATA:-$top/data}" "$top/tests/fixtures/words.txt"
    fi
done
echo 'FAILED python3 with yaml is needed: make deps-test'
exit 1
