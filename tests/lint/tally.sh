#!/bin/sh
# Adds up what the test programs counted in their logs (cmocka's closing line, or "N passed, N failed") and closes the run.
set -eu

for folder; do cat "$folder"/*.log; done | awk '
    /^\[  PASSED  \] [0-9]+ test/ { passed += $4 }
    /^[0-9]+ passed, [0-9]+ failed/ { passed += $1; failed += $3 }
    END {
        printf "%d passed, %d failed\n", passed, failed
        exit passed == 0 || failed > 0
    }'
