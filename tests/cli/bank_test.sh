#!/bin/sh
# Banks: list, show, check with positions, new, path, user banks, --bank; the cache is never believed over an edit.
. "$(dirname "$0")/lib.sh"

run bank list --json
exits 0
silent
json 'len(d) >= 6 and all(set("name path items".split()) <= set(b) for b in d)'
json 'all(isinstance(n, int) and n > 0 for b in d for n in b["items"].values())'
json 'sum(b["items"].get("behavioural", 0) for b in d) >= 32 and sum(b["items"].get("case", 0) for b in d) >= 7'
run bank
exits 0
prints '^behavioural '

run bank show behavioural principle:ownership --json
exits 0
json 'd and all("ownership" in i["principles"] for i in d)'
run bank show kind:pair -family:general
exits 0
hides ' general '
key=$("$bin" bank show behavioural --json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["item"])')
run bank show "$key"
exits 0
prints '^Question$'
prints 'behavioural\.yaml:[0-9]+|behavioural[a-z0-9-]*\.yaml:[0-9]+'
run bank show "$key" --json
json 'd["item"] and d["prompt"] and d["file"].endswith(".yaml") and d["line"] > 0'
run bank show behavorial
exits 1
says 'did you mean behavioural'
run bank show behavioural/nosuch
exits 1
run bank show score:3
exits 2

# check: FILE:line:col: message, 1; nothing, 0; a file that cannot be opened, 2
for f in "$data"/*/*.yaml; do set -- "$@" "$f"; done
run bank check "$@"
exits 0
prints 'no problems'
run bank check
exits 0
prints 'no problems'
cat >"$work/bad.yaml" <<'Y'
bank: b
title: t
items:
  - id: a
    kind: behavioural
    difficulty: 2
    colour: red
    prompt: A question?
  - id: a
    kind: nosuch
    prompt: Another?
Y
run bank check "$work/bad.yaml"
exits 1
prints "^$work/bad.yaml:7:5: unknown key"
prints "^$work/bad.yaml:10:11: "
silent
run bank check "$work/bad.yaml" --json
exits 1
json 'd[0]["line"] == 7 and d[0]["column"] == 5 and d[0]["message"] and len(d) > 2'
run bank check "$work/nosuch.yaml"
exits 2
says 'cannot open'
run bank check "$work/nosuch.yaml" "$work/bad.yaml"
exits 2
prints ':7:5: '
mkdir "$work/folder"
cp "$work/bad.yaml" "$work/folder/"
run bank check "$work/folder"
exits 1
prints "^$work/folder/bad.yaml:7:5: "
run bank check "$data/banks/cases.yaml" "$data/banks/cases.yaml"
exits 1
prints 'cases.yaml:[0-9]+:[0-9]+: the id ".*" is used twice in the bank "cases"'

# loops, templates and checklists belong to it, and refer to one another
for d in banks rubrics principles loops templates plans; do mkdir -p "$work/data/$d" && cp "$data/$d"/*.yaml "$work/data/$d/"; done
sed 's/^minutes: 60/minutes: 61/' "$data/loops/phone-screen.yaml" >"$work/data/loops/phone-screen.yaml"
sed 's/template: three-year-vision/template: three-year-version/' "$data/plans/checklist.yaml" >"$work/data/plans/checklist.yaml"
rm "$work/data/templates/one-on-one-agenda.yaml"
run bank check --data "$work/data"
exits 1
prints 'loops/phone-screen.yaml:[0-9]+:[0-9]+: the stages take 60 minutes, the loop has 61'
prints 'plans/checklist.yaml:[0-9]+:[0-9]+: there is no template "three-year-version"; did you mean "three-year-vision"'
prints 'loops/one-on-one.yaml:[0-9]+:[0-9]+: there is no template "one-on-one-agenda"'

# the coach's rules and words, and the user's in the configuration folder
mine=$HOME/.config/pmprep
mkdir -p "$mine/rules" "$mine/words"
printf 'rule: synergy\ntitle: Synergy\nseverity: grave\nmessage: M.\nadvice: A.\nfind: [synerg*]\n' >"$mine/rules/synergy.yaml"
printf 'lexicon: mine\nclasses:\n  - id: customers\n' >"$mine/words/mine.yaml"
printf 'theme: [\n' >"$mine/config.yaml"
run bank check
exits 1
prints "^$mine/rules/synergy.yaml:3:11: there is no severity"
prints "^$mine/words/mine.yaml:3:5: the class \"customers\" has no word"
check 'each once, and no more' test "$(wc -l <"$work/out")" -eq 2
rm "$mine/config.yaml"
run doctor
exits 1
prints "^bad +left out +$mine/rules/synergy.yaml:3:11: "
sed 's/grave/note/' "$mine/rules/synergy.yaml" >"$mine/rules/again.yaml"
cp "$mine/rules/again.yaml" "$mine/rules/synergy.yaml"
run bank check "$mine/rules"
exits 1
prints "synergy.yaml:1:1: the id \"synergy\" is used by two rules"
rm -r "$mine/rules" "$mine/words"
run doctor
exits 0

mkdir "$work/mine"
cat >"$work/mine/loop.yaml" <<'Y'
loop: mine
title: Mine
about: A page.
claims: [{text: It is mine., source: judgement}]
minutes: 20
vote: {scale: [inclined, not-inclined], decides: nobody}
stages:
  - id: page
    title: Page
    interviewer: A reader
    minutes: 20
    template: my-page
    probe-style: silent
    parts: [{name: Write, asks: writing, minutes: 20}]
Y
run bank check "$work/mine/loop.yaml"
exits 1
prints 'loop.yaml:12:15: there is no template "my-page"'
sed -e 's/^template: .*/template: my-page/' "$data/templates/story.yaml" >"$work/mine/page.yaml"
run bank check "$work/mine/loop.yaml" "$work/mine/page.yaml"
exits 0
run bank check "$work/mine"
exits 0

# a labelled answer shows its level, its labels and a reason for each dimension
first='import json, sys; print(json.load(open(sys.argv[1]))[0]["item"])'
run bank show singles flaw:blame --json
run bank show "$(python3 -c "$first" "$out")"
exits 0
prints '^Answer$'
prints '\(blame\)$'
prints '^Level [1-5] of 5$'
run bank show singles --json
exits 0
json 'len(d) >= 30 and all(i["kind"] == "answer" for i in d)'
run bank show "$(python3 -c "$first" "$out")" --json
json '1 <= d["answer"]["level"] <= 5 and d["answer"]["text"] and all(s["why"] and 1 <= s["level"] <= 5 for s in d["answer"]["scores"].values())'
run drill --plain kind:answer
exits 1

# hostile files end at once with a place
head -c 200000 /dev/zero | tr '\0' '[' >"$work/h1.yaml"
printf 'bank: "never closed\ntitle: t\n' >"$work/h2.yaml"
printf 'bank: b\ntitle: &a t\nitems: *a\n' >"$work/h3.yaml"
printf 'bank: b\nbank: c\n' >"$work/h4.yaml"
printf 'bank: !!python/object:os.system b\n' >"$work/h5.yaml"
printf 'bank: b\n---\nbank: c\n' >"$work/h6.yaml"
printf '\377\376b\0a\0n\0k\0' >"$work/h7.yaml"
printf 'bank: b\303\n' >"$work/h8.yaml"
printf 'bank: b\0c\n' >"$work/h9.yaml"
printf '<<: {bank: b}\n' >"$work/h10.yaml"
: >"$work/h11.yaml"
python3 -c 'open("'"$work"'/h12.yaml", "w").write("bank: " + "x" * 10000000)'
for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
    run bank check "$work/h$n.yaml"
    exits 1
    prints "^$work/h$n.yaml:[0-9]+:[0-9]+: "
    clean
done

# a user's bank; one with the name of a shipped one replaces it whole; a broken one is left out with a word on stderr
run bank path
exits 0
prints "^shipped +$data\$"
prints "^yours +$HOME/.local/share/pmprep/banks\$"
mkdir -p "$work/empty"
run bank check "$work/empty"
exits 2
says 'no YAML file'
run bank path --bank "$work" --json
exits 0
json 'd["shipped"] == "'"$data"'" and d["yours"].endswith("/pmprep/banks") and d["extra"] == ["'"$work"'"]'
run bank new my-questions
exits 0
path=$(cat "$out")
check 'it is there' test -f "$path"
check 'it names its schema' grep -qx "# yaml-language-server: \$schema=$data/schema/bank.schema.json" "$path"
run bank check "$path"
exits 0
run bank new my-questions
exits 1
says 'is there already'
run bank new 'Not Kebab'
exits 2
run bank new ../escape
exits 2
run bank list --json
json '[b for b in d if b["name"] == "my-questions" and b["user"] and b["items"] == {"behavioural": 1}]'
run bank show my-questions/first-question
exits 0
prints 'promise'
sed 's/keep\./keep, and how it ended./' "$path" >"$path.new" && mv "$path.new" "$path"
run bank show my-questions/first-question
prints 'how it ended'
sed 's/^bank: .*/bank: cases/' "$path" >"$HOME/.local/share/pmprep/banks/cases.yaml"
run bank list --json
json '[b for b in d if b["name"] == "cases"][0]["items"] == {"behavioural": 1}'
rm "$HOME/.local/share/pmprep/banks/cases.yaml"
cp "$work/bad.yaml" "$HOME/.local/share/pmprep/banks/"
run bank list --json
exits 0
says 'bad.yaml:7:5: .*left out'
json '[b for b in d if b["name"] == "cases"][0]["items"].get("case", 0) >= 7'
run doctor
exits 1
prints '^bad +left out .*bad.yaml:7:5'
run bank check
exits 1
prints 'bad.yaml:7:5: '
rm "$HOME/.local/share/pmprep/banks/bad.yaml"
run bank list --bank "$path" --json
exits 0
run bank list --bank "$work/nosuch.yaml"
exits 2
says 'cannot open the bank'
printf 'garbage' >"$HOME/.cache/pmprep/library.db"
run bank list --json
exits 0
silent
json 'len(d) >= 7'
chmod 500 "$HOME/.cache/pmprep" 2>/dev/null
rm -f "$HOME/.cache/pmprep/library.db" 2>/dev/null
run bank list --json
exits 0
json 'len(d) >= 7'
chmod 700 "$HOME/.cache/pmprep"

finish
