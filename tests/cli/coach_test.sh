#!/bin/sh
# The coach on the command line: every option and exit code, hostile bytes, many files, the user's rules and preferences.
. "$(dirname "$0")/lib.sh"

# Three rules of phrases of which it is known where they fire, beside the shipped content.
shipped=$data
data=$work/data
mkdir -p "$data/rules"
for d in banks rubrics principles words; do ln -s "$shipped/$d" "$data/$d"; done
PMPREP_DATA=$data
rule() { # FILE ID SEVERITY PHRASE MORE
    mkdir -p "${1%/*}"
    printf 'rule: %s\ntitle: Title of %s\nversion: 3\nseverity: %s\nmessage: Message of %s.\nadvice: Advice of %s.\n' \
        "$2" "$2" "$3" "$2" "$2" >"$1"
    printf 'source: public\nfrom: a page\nfind: ["%s"]\n%s' "$4" "${5:-}" >>"$1"
}
fixtures='fires:
  - text: The walrus sang.
silent:
  - text: The seal sang.
'
rule "$data/rules/big.yaml" big error walrus "$fixtures"
rule "$data/rules/mid.yaml" mid warning 'of the seals'
rule "$data/rules/small.yaml" small note otter 'kinds: [failure, why-pm]
fires:
  - kind: failure
    text: An otter.
'

# ---- findings, places, exit codes
feed 'I saw one of the seals.\nCaf\303\251s feed a walrus and the walrus.\n' coach
exits 1
silent
is "-:1:11: warning: [mid] Message of mid.
-:2:14: error: [big] Message of big.
-:2:29: error: [big] Message of big."
feed 'We met one of the seals today.\n' coach -
exits 0
prints '^-:1:12: warning: \[mid\]'
feed 'The cat sat on the mat and I was there.\n' coach
exits 0
silent
is ''
feed 'An otter and the walrus sang.\n' coach --kind failure --principle ownership
exits 1
prints '^-:1:4: note: \[small\]'
prints '^-:1:18: error: \[big\]'
feed 'An otter and the dog sang.\n' coach
exits 0
is ''
feed 'An otter and the dog sang.\n' coach --kind metrics
is ''
feed 'The "walrus" is only a quoted word here.\n' coach
is ''
feed 'The walrus sang.\n' coach --fix-hints
is '-:1:5: error: [big] Message of big.
    Advice of big.'

# ---- many files, some that cannot be read
mkdir "$work/in"
printf 'The walrus sang to me.\n' >"$work/in/a.md"
printf '# Title\r\n\r\n- I fed *the walrus* today\r\n' >"$work/in/b.md"
cd "$work/in" || exit
run coach a.md b.md
exits 1
is 'a.md:1:5: error: [big] Message of big.
b.md:3:14: error: [big] Message of big.'
run coach nosuch.md a.md
exits 2
prints '^a.md:1:5: error'
says 'cannot open nosuch.md'
run coach a.md nosuch.md --json
exits 2
json 'len(d) == 1 and d[0]["file"] == "a.md"'
run coach .
exits 2
says 'cannot read'
run coach -- a.md
exits 1
feed 'The walrus.\n' coach a.md -
prints '^-:1:5: error'
prints '^a.md:1:5: error'
odd=$(printf 'o\033[31mdd\nname.md')
cp a.md "$odd"
run coach "$odd"
exits 1
clean
check 'one finding is one line' test "$(wc -l <"$out")" = 1
run coach "$odd" --json
json 'd[0]["file"] == "o\x1b[31mdd\nname.md"'
clean

# ---- JSON
feed 'One.\nCaf\303\251: the walrus sang.\n' coach --json
exits 1
json 'len(d) == 1 and {"rule", "severity", "message", "advice", "start", "end", "line", "column", "quote", "source", "file", "end_line", "end_column", "from", "version"} <= set(d[0])'
json 'd[0]["rule"] == "big" and d[0]["severity"] == "error" and d[0]["advice"] == "Advice of big."'
json '(d[0]["start"], d[0]["end"], d[0]["line"], d[0]["column"]) == (16, 22, 2, 11)'
json '(d[0]["end_line"], d[0]["end_column"], d[0]["quote"]) == (2, 17, "walrus")'
json '(d[0]["source"], d[0]["from"], d[0]["version"], d[0]["file"]) == ("public", "a page", 3, "-")'
feed 'The cat sat on the mat.\n' coach --json
exits 0
json 'd == []'

# ---- texts that are none, or hostile
feed '' coach
exits 0
says 'no words in it'
is ''
feed '  \n\n***\n' coach --json
exits 0
says 'no words in it'
json 'd == []'
feed 'Das Produkt war fertig und die Kunden waren sehr zufrieden damit, weil sie nun nicht mehr auf den walrus warten mussten.\n' coach
exits 0
says 'not look like English'
prints '^-: 21 words, 0:09 spoken; 1 sentence, the longest of 21 words; 1 paragraph$'
hides 'walrus'
feed 'a\000b the wal\000rus and \377\376 the walrus \033[31m\302\233 \342\200\256 sang' coach --json
exits 1
clean
json 'len(d) == 1 and d[0]["quote"] == "walrus" and d[0]["start"] == 27'
feed 'a\000b the wal\000rus and \377\376 the walrus \033[31m\302\233 sang' coach --report
exits 1
clean
prints '^-:1:28: error'
head -c 300000 /dev/urandom >"$work/random"
run coach "$work/random"
check 'random bytes end well' test "$code" -le 1
clean
head -c 9000000 /dev/zero | tr '\0' ' ' >"$work/big.txt"
run coach "$work/big.txt"
exits 2
says 'big.txt is larger than the 8388608 bytes'
dd if=/dev/zero bs=1 count=0 seek=104857600 of="$work/sparse" 2>>"$work/check"
what='100 MB within 64 MB of memory'
(ulimit -v 65536 && exec "$bin" coach "$work/sparse") >"$out" 2>"$err"
code=$?
exits 2
says 'is larger than'
{ head -c 1000000 /dev/zero | tr '\0' x; echo ' the walrus'; } >"$work/one-line"
run coach "$work/one-line"
exits 1
prints ':1:1000006: error: \[big\]'

# ---- report
feed 'Conversion rose to 12%% of 1,000 visitors, against 9%% of 1,000 in the control group. The walrus sang to us all day.\n' coach --report
exits 1
prints '^-: [0-9]+ words, 0:0[0-9] spoken; 2 sentences'
prints '^    claim  "'
prints 'z = 2\.1'
feed 'Conversion rose to 12%% of 1,000 visitors, against 9%% of 1,000 in the control group. The walrus sang to us all day.\n' coach --report --json
exits 0
json 'len(d) == 1 and d[0]["english"] and d[0]["claims"] and {"situation", "action", "result"} == set(d[0]["story"])'
json 'any(abs(c["test"]["z"]) > 2 for c in d[0]["claims"] if c["test"])'

# ---- rules, explain
run coach --rules
exits 0
prints '^big    error    Title of big    any$'
prints '^small  note     Title of small  failure why-pm$'
run coach --rules --json
json '[r["id"] for r in d] == ["big", "mid", "small"] and d[2]["kinds"] == ["failure", "why-pm"] and not d[0]["user"]'
run coach --explain big
exits 0
prints '^big: Title of big$'
prints '^severity +error'
prints '^source +public: a page'
prints '^finds +walrus'
prints '^  The walrus sang\.'
prints '^It is silent on'
run coach --explain big --json
json 'd["id"] == "big" and d["fires"] == "The walrus sang." and d["signs"] == []'
run coach --self-test
exits 0
is '3 passed, 0 failed'
run coach --self-test --json
json 'd == {"passed": 3, "failed": 0, "failures": []}'

# ---- wrong usage
run coach --kind behavoural
exits 2
says "unknown kind of answer 'behavoural': did you mean behavioural"
run coach --kind xx
exits 2
says 'known are behavioural failure why-pm product-sense strategy metrics prioritisation estimation technical'
run coach --principle ownrship
exits 2
says 'did you mean ownership'
run coach --explain bgi
exits 2
says "unknown rule 'bgi': did you mean big"
run coach --rules --self-test
exits 2
says 'two things to do'
run coach --rules a.md
exits 2
says "so 'a.md' is too much"
run coach --kind
exits 2
run coach --frob
exits 2
run coach --data "$work/none" a.md
exits 2

# ---- labelled answers
line() { # ID PAIR SIDE KIND TEXT FLAWS
    printf '{"id":"%s","pair":%s,"side":%s,"kind":"%s","principle":null,"text":"%s","flaws":[%s],"extra":[1,{"a":2}]}\n' "$@"
}
{
    line one '"p"' '"bad"' behavioural 'The walrus sang to all of us.' '"big"'
    line two '"p"' '"good"' behavioural 'The cat sang to all of us.' ''
    line three '"q"' '"bad"' failure 'The dog sang to all of us.' '"big","small"'
    line four '"q"' '"good"' failure 'An otter sang to all of us.' ''
    line five null null metrics 'The walrus sang to all of us.' ''
} >labels.jsonl
run coach --labels labels.jsonl
exits 0
prints '^rule +tp +fp +fn +precision +recall$'
prints '^big +1 +1 +1 +0\.50 +0\.50$'
prints '^mid +0 +0 +0 +1\.00 +1\.00$'
prints '^small +0 +1 +1 +0\.00 +0\.00$'
prints '^1 of 2 pairs told apart: 0\.50$'
prints '^2 findings in 3 strong answers: 0\.67 each$'
run coach --labels labels.jsonl --json
exits 0
json 'set(d) == {"rules", "pairs_discriminated", "findings_per_strong"} and d["pairs_discriminated"] == 0.5'
json 'd["rules"][0] == {"rule": "big", "tp": 1, "fp": 1, "fn": 1, "precision": 0.5, "recall": 0.5}'
json 'abs(d["findings_per_strong"] - 2 / 3) < 1e-9 and len(d["rules"]) == 3'
run coach --labels labels.jsonl --kind metrics --json
json 'd["rules"][2]["fp"] == 0'
run coach --labels nosuch.jsonl
exits 2
printf '{"id":"x"\n' >broken.jsonl
run coach --labels broken.jsonl
exits 2
says 'broken\.jsonl:1'

# ---- the user's rules and words; broken ones are told and the others work
own=$HOME/.config/pmprep
rule "$own/rules/mine.yaml" mine error '<sea-birds>'
rule "$own/rules/broken.yaml" broken loud walrus
rule "$own/rules/lost.yaml" lost error '<nosuch>'
printf 'rule: odd\ntitle: T\nseverity: note\nmessage: M.\nadvice: A.\nshow: [has any]\nbias: 1\nthreshold: 0\nweights:\n  has nosuch-class: 1\n' \
    >"$own/rules/odd.yaml"
mkdir -p "$own/words"
printf 'lexicon: mine\nclasses:\n  - id: sea-birds\n    about: Birds.\n    nouns: [gull, puffin]\n' >"$own/words/mine.yaml"
printf 'lexicon: bad\nclasses:\n  - id: bad-ones\n    about: Bad.\n    phrases: ["<nosuch> x"]\n' >"$own/words/bad.yaml"
feed 'Two puffins and a walrus sang to me.\n' coach
exits 1
prints '^-:1:5: error: \[mine\]'
prints '^-:1:19: error: \[big\]'
says "^pmprep: $own/rules/broken.yaml:4:11: .*\(left out\)"
says "^pmprep: $own/rules/lost.yaml:[0-9]+:[0-9]+: .*nosuch"
says "^pmprep: $own/rules/odd.yaml:[0-9]+:[0-9]+: .*nosuch-class"
says "^pmprep: $own/words/bad.yaml:[0-9]+:[0-9]+: .*nosuch"
run coach --rules
prints '^mine .* \(yours\)$'
rm "$own/rules/broken.yaml" "$own/rules/lost.yaml" "$own/rules/odd.yaml" "$own/words/bad.yaml"
feed 'Two puffins and a walrus sang to me.\n' coach
silent
rule "$own/rules/mine.yaml" mine error puffin 'fires:
  - text: No bird was there.
'
run coach --self-test
exits 1
prints "^$own/rules/mine.yaml:[0-9]+:[0-9]+: \[mine\] must fire and does not: No bird was there\.$"
prints '^3 passed, 1 failed$'
# one of the user's replaces the shipped one
rule "$own/rules/big.yaml" big note gull
feed 'A gull and a walrus sang to me.\n' coach
exits 0
is '-:1:3: note: [big] Message of big.'
rm -r "$own/rules" "$own/words"

# ---- preferences
run config set coach-off 'mid'
run config set coach-severity 'big=note'
feed 'I saw a walrus, one of the seals.\n' coach
exits 0
is '-:1:9: note: [big] Message of big.'
run coach --explain mid
exits 2
run config set coach-off 'mdi'
feed 'I saw a walrus, one of the seals.\n' coach
says "no rule 'mdi': did you mean mid"
prints '\[mid\]'
run config unset coach-off
run config unset coach-severity

# ---- an editor's quickfix list
if command -v vim >/dev/null; then
    printf 'Café — naïve. A walrus.\n' >accents.md
    "$bin" coach accents.md >errors
    column=$(cut -d: -f3 errors)
    check 'columns count characters' test "$column" = 17
    vim --cmd 'set efm=%f:%l:%v:\ %m' -es -u NONE -i NONE -q errors -c 'cc 1' \
        -c 'call writefile([bufname("%") . " " . line(".") . " " . col(".")], "where")' -c 'qa!' </dev/null >>"$work/check" 2>&1
    check 'vim stands on the word' test "$(cat where)" = 'accents.md 1 21'
fi

# ---- no rules at all, and the shipped ones
rm -r "$data/rules"
run coach a.md
exits 2
says 'no rules'
PMPREP_DATA=$shipped
run coach --rules --json
exits 0
json 'len(d) >= 17 and all(r["message"] and r["advice"] and r["title"] for r in d)'
for id in $(run coach --rules && cut -d' ' -f1 "$out"); do
    run coach --explain "$id"
    exits 0
    silent
    prints '^It fires on'
    prints '^It is silent on'
    hides '^ +[+-][0-9.]+  [a-z-]+$' # a measure that nobody put in words
done
feed 'We built a Redis cache.\n' coach - --kind behavioural
exits 1
prints '^-:1:[0-9]+: error: \[solution-first\]'
prints '^-:1:[0-9]+: error: \[no-result\]'
run coach --self-test
prints '^[0-9]+ passed, 0 failed$'
check 'what only reads made no file of answers' test ! -e "$HOME/.local/share/pmprep/pmprep.db"

finish
