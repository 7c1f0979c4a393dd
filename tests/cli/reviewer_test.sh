#!/bin/sh
# The user's own reviewer: what it is given, what it says, and every way it can fail.
. "$(dirname "$0")/lib.sh"
db=$work/r.db
feed 'We lowered the refund rate for shoes.\n.\n\n2\n2\n\n\n\n\n\n' drill --plain --count 1 --seed 1 --db "$db" principle:ownership kind:behavioural
feed '\n1 3\n.\n\n2\n2\n\n\n\n\n\n' drill --plain --count 1 --seed 2 --db "$db" --mode speak principle:dive-deep kind:behavioural
run review --json --db "$db"
id=$(python3 -c 'import json, sys; print([a["id"] for a in json.load(open(sys.argv[1])) if a["text"]][0])' "$out")
spoken=$(python3 -c 'import json, sys; print([a["id"] for a in json.load(open(sys.argv[1])) if not a["text"]][0])' "$out")

# program NAME: its text on standard input becomes a reviewer, which is configured.
program() {
    { echo '#!/bin/sh'; cat; } >"$work/$1"
    chmod +x "$work/$1"
    run config set reviewer "$work/$1"
}
# none_kept: nothing of a failed run is stored.
none_kept() {
    exits 1
    clean
    run review show "$id" --json --db "$db"
    json 'd["opinions"] == []'
}

run review show "$id" --reviewer --db "$db"
exits 2
says 'no reviewer is configured: .*config set reviewer'
run review --reviewer --db "$db"
exits 2
says 'review show ID'

program missing <<'X'
X
rm "$work/missing"
run review show "$id" --reviewer --db "$db"
says 'the reviewer: cannot start .*/missing: No such file'
none_kept
program fails <<'X'
echo 'model not loaded' >&2
exit 3
X
run review show "$id" --reviewer --db "$db"
says 'fails failed with exit status 3: model not loaded'
none_kept
program dies <<'X'
kill -KILL $$
X
run review show "$id" --reviewer --db "$db"
says 'dies was ended by signal 9'
none_kept
program mute <<'X'
cat >/dev/null
X
run review show "$id" --reviewer --db "$db"
says 'mute printed nothing'
none_kept
program slow <<'X'
trap '' TERM INT HUP
echo begun
while :; do sleep 100; done
X
run config set reviewer-seconds 5
run review show "$id" --reviewer --db "$db"
says 'at most 5 seconds'
says 'slow was stopped: it took longer than 5 seconds'
none_kept
run config unset reviewer-seconds

program interrupted <<'X'
sleep 1
kill -INT $PPID
sleep 100
X
run review show "$id" --reviewer --db "$db"
says 'interrupted was stopped'
none_kept

program deaf <<'X'
exec <&-
echo 'I did not read it.'
X
run review show "$id" --reviewer --db "$db"
exits 0
prints '^Reviewer: .*/deaf$'
prints 'I did not read it'

program hostile <<'X'
cat >"$(dirname "$0")/prompt"
printf 'Level 2.\r\n\033[31mred\033[0m \377 \342\200\256 a\000b\n'
X
run review show "$id" --reviewer --db "$db"
exits 0
clean
prints '^Reviewer: .*/hostile$'
prints '<U\+001B>\[31mred'
prints '<FF> <U\+202E> a<U\+0000>b'
run review show "$id" --json --db "$db"
clean
json '[o["command"].split("/")[-1] for o in d["opinions"]] == ["deaf", "hostile"]'
json 'd["opinions"][1]["text"].startswith("Level 2.\n<U+001B>") and not d["opinions"][1]["cut"]'
check 'the prompt has the question, the principle, the rubric with its anchors and the answer' python3 - "$work/prompt" "$out" <<'PY'
import json, sys
prompt, answer = open(sys.argv[1]).read(), json.load(open(sys.argv[2]))
assert answer['prompt'] in prompt and answer['text'] in prompt and 'PRINCIPLE\nOwnership\n' in prompt, prompt
assert prompt.count('\n  1  ') == prompt.count('\n  5  ') >= 4, prompt
assert 'Nobody can tell' not in prompt and 'refund' in prompt
PY
run review --markdown --db "$db"
prints '^Reviewer: .*/hostile$'
prints '^> Level 2.$'

program huge <<'X'
exec yes 'much is said here'
X
run review show "$id" --reviewer --db "$db"
exits 0
prints 'It said more; the rest was cut off'
run review show "$id" --json --db "$db"
json '[o for o in d["opinions"] if o["cut"]][0]["text"].count("much") in range(3600, 3700)'

run review show "$spoken" --reviewer --db "$db"
exits 2
says 'has no text that a reviewer could read'
run review show 00000000 --reviewer --db "$db"
exits 1
says 'there is no answer 00000000'

# In the plain drill: one key at the evidence, and the drill goes on, also without an opinion.
program brief <<'X'
echo 'Name the customer.'
X
feed 'I chose two flows.\n.\n\n2\n2\n\nv\n\n\n\n' drill --plain --count 1 --seed 3 --db "$db" principle:ownership kind:behavioural
exits 0
prints 'v asks your reviewer'
prints 'Reviewer: .*/brief'
prints '  Name the customer\.'
run config set reviewer "$work/fails"
feed 'I chose three.\n.\n\n2\n2\n\nv\n\n\n\n' drill --plain --count 1 --seed 4 --db "$db" principle:ownership kind:behavioural
exits 0
says 'exit status 3'
prints '^Done: 1 answered'
run config unset reviewer
feed 'I chose four.\n.\n\n2\n2\n\n\n\n\n\n' drill --plain --count 1 --seed 5 --db "$db" principle:ownership kind:behavioural
hides 'asks your reviewer'
exits 0
finish
