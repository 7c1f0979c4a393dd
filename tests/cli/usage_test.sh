#!/bin/sh
# Options, commands, help, version, exit codes of wrong usage; the manual and the completions know what the program knows.
. "$(dirname "$0")/lib.sh"

run --version
exits 0
prints '^pmprep [0-9]+\.[0-9]+\.[0-9]+$'
prints 'Not affiliated with'
run drill --version
exits 0

run help
exits 0
for c in drill mock review story due coach bank config doctor help; do prints "^  $c "; done
for c in pairs calibrate write sql stats plan export; do hides "^  $c "; done
prints 'Exit codes'
run --help
exits 0
prints '^Commands'
run help nosuch
exits 2
says 'unknown command nosuch'

commands=$(run help; sed -n '/^Commands/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' "$out")
check 'there are commands' test -n "$commands"
for c in $commands; do
    run "$c" --help
    exits 0
    prints "^Usage: pmprep $c"
    prints '^Examples'
    prints '^  --db FILE'
    sed -n 's/^  --\([a-z-]*\).*/\1/p' "$out" | sort -u >"$work/options"
    sed -n '/^Commands/,/^$/s/^  \([a-z][a-z]*\)\( .*\)*$/\1/p' "$out" >"$work/verbs"
    cp "$out" "$work/help"
    run help "$c"
    check "help $c is $c --help" cmp -s "$out" "$work/help"
    for file in man/pmprep.1 completions/pmprep.bash completions/_pmprep completions/pmprep.fish; do
        check "$file knows $c" grep -Eq "(^|[^a-z])$c([^a-z]|\$)" "$top/data/$file"
        while read -r word; do
            check "$file knows --$word of $c" grep -Eq -- "(--|-l |[\\]-[\\]-)$word" "$top/data/$file"
        done <"$work/options"
        while read -r word; do
            check "$file knows $c $word" grep -Eq "[^a-z]$word([^a-z]|\$)" "$top/data/$file"
        done <"$work/verbs"
    done
done
run config list
for word in $(sed -n 's/^\([a-z][a-z-]*\) .*/\1/p' "$out"); do
    for file in man/pmprep.1 completions/pmprep.bash completions/_pmprep completions/pmprep.fish; do
        check "$file knows the preference $word" grep -q -- "$word" "$top/data/$file"
    done
done
check 'bash reads its completion' sh -c "! command -v bash >/dev/null || bash -n '$top/data/completions/pmprep.bash'"

run frobnicate
exits 2
says 'unknown command frobnicate'
run dril
exits 2
says 'did you mean drill'
run drill --cuont 3
exits 2
says 'did you mean --count'
run drill -x
exits 2
says 'unknown option'
run drill --count
exits 2
says 'count needs a value'
run drill --count x
exits 2
says 'whole number from 1'
run drill --count 0
exits 2
run drill --count 99999999999999999999
exits 2
run drill --count=2x
exits 2
run drill --mode shout
exits 2
says 'type, speak, outline'
run drill --plain=yes
exits 2
says 'takes no value'
run drill --help
hides '--json'
run drill --json
exits 2
says 'takes no --json'
run --db
exits 2
says 'db needs a value'
run due --db ''
exits 2
run due more words
exits 2
says 'one word too many'
run bank frob
exits 2
says 'unknown word after bank: frob'
run bank show
exits 2
says 'something is missing'
run story list --headline x
exits 2
says 'belongs to add edit'
run config get
exits 2

run due --json --count
exits 0
run due -- --count
exits 2

# --db stands before or after, also without a command
feed 'Words.\n.\n' drill --plain --count 1 --db "$work/a.db"
exits 0
for line in "--db $work/a.db review --json" "review --json --db $work/a.db" "review --db=$work/a.db --json"; do
    # shellcheck disable=SC2086
    run $line
    exits 0
    json 'len(d) == 1'
done
run --db "$work/a.db"
exits 0
prints '1 answer in all'
run --db "$work/a.db" --json
json 'd["answers"] == 1 and d["due"] == 0'
PMPREP_DB=$work/a.db
export PMPREP_DB
run review --json
json 'len(d) == 1'
unset PMPREP_DB

# a data folder that is not there, by option and by variable
run --data "$work/nosuch" bank list
exits 2
says 'from the command line'
run bank list --data "$work/nosuch"
exits 2

# a new home: nothing is created by what only reads
run review
exits 0
prints 'No answers yet'
run review --json
json 'd == []'
run due
is '0 due'
run
exits 0
prints 'pmprep drill'
run story list
exits 0
prints 'No stories yet'
check 'reading created no data folder' test ! -e "$HOME/.local/share/pmprep/pmprep.db"

finish
