#!/bin/sh
# Control characters and bidi overrides, wherever they come from, are shown and never sent.
. "$(dirname "$0")/lib.sh"
db=$work/c.db
evil=$(printf 'a\033[2Jb\007c\302\233d\342\200\256e\342\201\246f\357\273\277g\177h')

# an answer, through every way out
printf '%s\n\377\376 and \000 bytes\n.\n\n3\n' "$evil" | "$bin" drill --plain --count 1 --seed 1 --db "$db" >"$out" 2>"$err"
what='an evil answer'
clean
for way in '' --json --csv --markdown; do
    # shellcheck disable=SC2086
    run review $way --db "$db"
    exits 0
    clean
    prints 'U\+001B|u001[bB]'
done
id=$("$bin" review --json --db "$db" | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["id"])')
run review show "$id" --db "$db"
clean
prints '<U\+001B>\[2J'
run review --json --db "$db"
json '"\x1b[2J" in d[0]["text"] and "\u202e" in d[0]["text"]'

# a choice that is explained, a story, a draft
printf 'x\n.\n%s\n\n3\n3\n%s\n+ %s\n\n\n\n' "$evil" "$evil" "$evil" |
    "$bin" drill --plain --count 1 --seed 2 --db "$db" kind:behavioural >"$out" 2>"$err"
what='evil choices'
clean
says '<U\+001B>'
run story list --db "$db"
clean
prints '<U\+001B>'
run story list --json --db "$db"
clean
run story add --headline "$evil" --lesson "$evil" --db "$db" </dev/null
exits 0
run story show b --db "$db"
clean
run story show "$evil" --db "$work/none.db"
clean

# words of the command line, names of files
for args in "$evil" "drill --$evil" "drill $evil:x" "bank show $evil" "bank new $evil" "config set $evil x" "config set theme $evil" \
    "review show $evil" "review --limit $evil" "bank check $work/$evil.yaml" "due --db $work/$evil" "bank list --data $work/$evil" \
    "help $evil" "story show $evil"; do
    # shellcheck disable=SC2086
    run $args
    check "refused: $args" test "$code" != 0
    clean
done
printf 'bank: b\ncolour: x\n' >"$work/$evil.yaml"
run bank check "$work/$evil.yaml"
exits 1
prints '<U\+001B>'
clean
run bank check "$work/$evil.yaml" --json
clean

# a bank: raw they are refused with their place; as YAML escapes too
printf 'bank: b\ntitle: t\nitems:\n  - id: a\n    kind: behavioural\n    difficulty: 2\n    prompt: "hello \\e[2J"\n' >"$work/e1.yaml"
printf 'bank: b\ntitle: t\nitems:\n  - id: a\n    kind: behavioural\n    difficulty: 2\n    prompt: "hello \\u202Ex"\n' >"$work/e2.yaml"
printf 'bank: b\ntitle: t\nitems:\n  - id: a\n    kind: behavioural\n    difficulty: 2\n    prompt: hello \033[2J\n' >"$work/e3.yaml"
printf 'bank: b\ntitle: t\nitems:\n  - id: a\n    kind: behavioural\n    difficulty: 2\n    prompt: hello \342\200\256x\n' >"$work/e4.yaml"
for n in 1 2 3 4; do
    run bank check "$work/e$n.yaml"
    exits 1
    prints "^$work/e$n.yaml:7:"
    clean
    feed '' drill --plain --count 1 --db "$db" --bank "$work/e$n.yaml" bank:b
    clean
    run bank list --bank "$work/e$n.yaml"
    clean
done

# preferences
mkdir -p "$HOME/.config/pmprep"
printf 'theme: "\\e[2J"\n' >"$HOME/.config/pmprep/config.yaml"
run config
exits 1
clean
run doctor
clean
run doctor --json
clean

finish
