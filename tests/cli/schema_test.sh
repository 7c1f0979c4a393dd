#!/bin/sh
# The JSON Schema files agree with the shipped YAML, with the reader's tables and with the fixtures.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
for python in python3 /usr/bin/python3; do
    if "$python" -c 'import yaml, jsonschema' 2>/dev/null; then
        exec "$python" "$top/tests/cli/schema.py" "${PMPREP_DATA:-$top/data}" "${PMPREP_FIXTURES:-$top/tests/fixtures}"
    fi
done
echo 'FAILED python3 with yaml and jsonschema is needed: make deps-test'
exit 1
