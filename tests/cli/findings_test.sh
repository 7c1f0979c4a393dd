#!/bin/sh
# Findings in the plain drill, in review and on Home: told after the self-score, dismissed, held against a second try.
. "$(dirname "$0")/lib.sh"
db=$work/t.db

# Three rules of phrases beside the shipped content, whose own rules are left out.
shipped=$data
data=$work/data
mkdir -p "$data/rules"
for d in banks rubrics principles; do ln -s "$shipped/$d" "$data/$d"; done
PMPREP_DATA=$data
rule() { # ID SEVERITY PHRASE
    printf 'rule: %s\ntitle: T\nseverity: %s\nmessage: Message of %s.\nadvice: Advice of %s.\nfind: ["%s"]\n' \
        "$1" "$2" "$1" "$1" "$3" >"$data/rules/$1.yaml"
}
rule we-fog error 'the team felt'
rule vague-claim warning 'a lot'
rule hedging note perhaps
ask='drill --plain --count 1 --seed 1 kind:behavioural'
answer='Calls fell a lot.\nI said that the team felt so, perhaps.\n.\nownership\n3\n2\n\n'

# shellcheck disable=SC2086
feed "$answer" $ask --db "$db"
exits 0
silent
prints '^3 findings$'
prints '^line 2: \[we-fog\] error: Message of we-fog\.$'
prints '^  "the team felt"$'
prints '^  Advice of we-fog\.$'
prints '^line 1: \[vague-claim\] warning: Message of vague-claim\.$'
check 'told after the score, worst first' awk '/Score it yourself/ { s = NR } /we-fog\]/ { w = NR } /vague-claim\]/ { v = NR }
    END { exit !(s && s < w && w < v) }' "$out"

run review --json --db "$db"
json '[f["rule"] for f in d[0]["findings"]] == ["we-fog", "vague-claim", "hedging"]'
json 'all(d[0]["text"][f["start"]:f["end"]] == w for f, w in zip(d[0]["findings"], ["the team felt", "a lot", "perhaps"]))'
json 'd[0]["findings"][0] == {"rule": "we-fog", "rule_version": 1, "severity": "error", "message": "Message of we-fog.", "start": 30, "end": 43, "self_reported": False, "dismissed": False}'
id=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[0]["id"])' "$out")
run review show "$id" --db "$db"
prints '^line 2: \[we-fog\] error: Message of we-fog\.$'
prints '^  Advice of we-fog\.$'
run review --markdown --db "$db"
prints '^- line 1: \[vague-claim\] warning: Message of vague-claim\.$'

# dismissed, taken back, and a name that is none
# shellcheck disable=SC2086
feed "${answer}x hedging\nx nonsense\nx vague-claim\nx vague-claim\n\n\n\n" $ask --db "$db"
exits 0
says "no finding here is called 'nonsense'"
prints '^hedging: dismissed'
prints '^vague-claim: stands again$'
run review --json --db "$db"
json '[f["dismissed"] for f in d[-1]["findings"]] == [False, False, True]'
run review show "$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[-1]["id"])' "$out")" --db "$db"
prints '\[hedging\] note: Message of hedging\. \(dismissed\)$'
run review flaw:hedging --json --db "$db"
json 'len(d) == 1'

# Home
run --plain --db "$db"
prints '^Flaws that come back$'
prints '^  we-fog +2 of 2 answers$'
hides 'hedging'
run --json --db "$db"
json '{"rule": "vague-claim", "answers": 2, "of": 2} in d["flaws_that_come_back"]'

n=0
# again, against one of them
# shellcheck disable=SC2086
feed "${answer}a vague-claim\nCalls fell from 9 to 6, the team felt it in May. It was perhaps a lot, perhaps.\n.\n\n\n" $ask --db "$work/a$((n += 1)).db"
exits 0
prints '^One thing to mend: \[vague-claim\] Message of vague-claim\.$'
prints '^Still there: we-fog, vague-claim, hedging$'
# shellcheck disable=SC2086
feed "${answer}a\nCalls fell from 9 to 6, the team felt it in May.\n.\n\n\n" $ask --db "$work/a$((n += 1)).db"
prints '^One thing to mend: \[we-fog\]'
prints '^Mended: vague-claim, hedging$'
prints '^Still there: we-fog$'

# nothing found; no rules at all
# shellcheck disable=SC2086
feed 'Calls fell from 9 to 6 in May.\n.\nownership\n3\n2\n\n' $ask --db "$work/a$((n += 1)).db"
silent
prints '^The coach found nothing to mend\.$'
rm "$data/rules/"*
# shellcheck disable=SC2086
feed "$answer" $ask --db "$work/a$((n += 1)).db"
exits 0
says 'the coach has no rules'
hides 'finding'
prints '^Done: 1 answered'

finish
