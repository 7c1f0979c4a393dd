#!/bin/sh
# The plain drill: every kind and mode, end of input at every prompt, drafts, private files.
. "$(dirname "$0")/lib.sh"
db=$work/t.db

feed 'I cut refunds from 9%% to 6%%.\n.\n' drill --plain --count 1 --seed 1 --db "$db"
exits 0
silent
prints '^Question 1 of 1: '
prints '^Why this one: '
prints '^Kept: 7 words'
prints '^Done: 1 answered'
run review --db "$db" --json
exits 0
json 'len(d) == 1 and d[0]["text"] == "I cut refunds from 9% to 6%." and d[0]["scores"] == [] and d[0]["findings"] == []'
json 'set("id item bank kind principles prompt text mode started_at active_seconds words scores findings".split()) <= set(d[0])'
json 'd[0]["mode"] == "type" and d[0]["words"] == 7 and d[0]["item"].startswith(d[0]["bank"] + "/")'
check 'the file is private' test "$(stat -c %a "$db" 2>/dev/null || stat -f %Lp "$db")" = 600

# the same seed asks the same question, of a fresh file
feed '.\n' drill --plain --count 1 --seed 1 --db "$work/s1.db"
cp "$out" "$work/first"
feed '.\n' drill --plain --count 1 --seed 1 --db "$work/s2.db"
check 'same seed, same question' cmp -s "$out" "$work/first"
prints '^Done: 0 answered, 1 skipped'

# end of input: before any text nothing is stored; later what was given stays, unscored
run drill --plain --count 1 --db "$work/e.db" </dev/null
exits 0
run review --json --db "$work/e.db"
json 'd == []'
feed 'No newline at the end' drill --plain --count 1 --db "$work/e.db"
exits 0
run review --json --db "$work/e.db"
json 'len(d) == 1 and d[0]["text"] == "No newline at the end"'

answers='One\ntwo.\n.\nownership\n3\n2\n\n\n\n\n\n'
lines=11
n=1
while [ "$n" -le "$lines" ]; do
    rm -f "$work/n.db"
    # shellcheck disable=SC2059
    part=$(printf "$answers" | head -n "$n" | awk '{ printf "%s\\n", $0 }')
    feed "$part" drill --plain --count 1 --seed 1 --db "$work/n.db" kind:behavioural
    exits 0
    run review --json --db "$work/n.db"
    json 'len(d) == 1 and d[0]["text"].startswith("One")'
    [ "$n" -lt 5 ] && json 'd[0]["scores"] == []'
    n=$((n + 1))
done
json 'd[0]["text"] == "One\ntwo." and d[0]["scores"][0]["levels"]["overall"] == 3 and len(d[0]["scores"][0]["levels"]) == 2'
json 'd[0]["guess"] == "ownership"'
run doctor --db "$work/n.db"
exits 0
prints 'schedule +1 unit, the same when replayed'

# an invalid choice is explained on stderr and asked again; an empty one skips
feed 'Text.\n.\nnonsense\n\n7\nfive\n3\n\n' drill --plain --count 1 --seed 1 --db "$work/c.db" kind:behavioural
exits 0
says "'nonsense' is not the number or the beginning"
says "'7' is no number from 1 to 5"
says "'five' is no number"
run review --json --db "$work/c.db"
json 'd[0]["scores"][0]["levels"] == {"overall": 3} and d[0]["guess"] is None'

# answering again, story, a changed rating, undo
feed 'First try.\n.\n\n3\n3\n+ The refund story\na\nShorter.\n.\n4\n\n4\n\n' \
    drill --plain --count 1 --seed 1 --db "$work/g.db" kind:behavioural
exits 0
prints '^Before: 2 words'
prints '^After: 1 word'
prints 'An excellent answer'
run review --json --db "$work/g.db"
json '[a["role"] for a in d] == ["first", "again"] and d[1]["parent"] == d[0]["id"] and d[1]["text"] == "Shorter."'
json '[s["phase"] for s in d[0]["scores"]] == ["blind", "evidence"] and d[0]["story"]'
run story list --db "$work/g.db" --json
json 'len(d) == 1 and d[0]["headline"] == "The refund story" and d[0]["used"] >= 1'
feed 'A.\n.\n\n3\n3\n\n\n\n\n\n:undo\n:quit\n' drill --plain --count 2 --seed 1 --db "$work/u.db" kind:behavioural
exits 0

# pairs, choices, rewrites, cases, transition; speak and outline
feed '1\nIt says we everywhere.\n.\n\n\n' drill --plain --count 1 --seed 2 --db "$db" kind:pair
exits 0
prints 'Answer 1'
prints '^The stronger one is answer [12]'
prints 'Back in '
feed '1\n\n\n' drill --plain --count 1 --seed 2 --db "$db" kind:choice
exits 0
prints '^The right one is [1-6]'
feed 'Rewritten.\n.\n4\n\n\n\n' drill --plain --count 1 --seed 2 --db "$db" kind:rewrite
exits 0
feed '\n1 2 9\n1,2\nIn short.\n.\n3\n3\n\n\n\n\n' drill --plain --count 1 --seed 2 --mode speak --db "$db" kind:case
exits 0
says "'1 2 9' is not a list of numbers"
feed 'a\nb\nc\nd\ne\n.\n' drill --plain --count 1 --seed 2 --mode outline --db "$db" kind:transition
exits 0
prints 'five lines'
run review --json --db "$db"
json 'sorted(set(a["kind"] for a in d)) == ["behavioural", "case", "choice", "pair", "rewrite", "transition"]'
json '[a for a in d if a["kind"] == "case"][0]["ticks"] == ["customer", "number"]'
json '[a for a in d if a["kind"] == "case"][0]["text"] == "In short."'
json '[a for a in d if a["kind"] == "pair"][0]["picked_right"] in (True, False)'
json '[a for a in d if a["kind"] == "transition"][0]["text"] == "a\nb\nc\nd\ne"'
feed '\n' drill --plain --count 1 --seed 2 --db "$work/p.db" kind:pair
exits 0
prints '1 skipped'

# lines of any length, several questions, a dot that is not alone
python3 -c 'print("word " * 40000); print(".."); print(" ."); print(".")' >"$work/long"
"$bin" drill --plain --count 1 --db "$work/l.db" <"$work/long" >"$out" 2>"$err"
code=$?
what='a line of 200 KB'
exits 0
run review --json --db "$work/l.db"
json 'len(d[0]["text"]) > 200000 and d[0]["words"] == 40000 and d[0]["text"].endswith("\n..\n .")'
feed '.\n.\n.\n' drill --plain --count 3 --db "$work/m.db"
exits 0
prints '^Question 3 of '
prints '3 skipped'

# what was typed is there when the program is killed; the draft is announced, --resume takes it
mkfifo "$work/pipe"
"$bin" drill --plain --count 1 --seed 1 --db "$work/k.db" <"$work/pipe" >"$work/k.out" 2>&1 &
pid=$!
exec 7>"$work/pipe"
printf 'Half an answer\nand more\n' >&7
tries=0
until sqlite3 -readonly "$work/k.db" 'SELECT text FROM drafts' 2>/dev/null | grep -q 'and more' || [ "$tries" = 3000 ]; do
    tries=$((tries + 1))
done
kill -9 "$pid"
wait "$pid" 2>/dev/null
exec 7>&-
feed '.\n' drill --plain --count 1 --seed 1 --db "$work/k.db"
exits 0
prints '^An unfinished answer is kept'
prints '`pmprep drill --resume`'
run --db "$work/k.db"
prints '^Unfinished '
feed 'and the end.\n.\n' drill --plain --resume --db "$work/k.db"
exits 0
prints 'Half an answer'
run review --json --db "$work/k.db"
json 'len(d) == 1 and d[0]["text"] == "Half an answer\nand more\nand the end."'
feed '' drill --plain --resume --db "$work/k.db"
exits 1

# filters
run drill nosuch:key --db "$db"
exits 2
says 'known keys: principle kind family difficulty'
run drill knd:pair --db "$db"
exits 2
says 'kind'
run drill kind:nosuch --db "$db"
exits 2
run drill difficulty:9..1 --db "$db"
exits 2
run drill principle:ownersip --plain --db "$db"
exits 2
says 'did you mean ownership'
run drill -bank:pears --plain --db "$db"
exits 2
says 'did you mean pairs'
run drill flaw:we-fo --plain --db "$db"
exits 2
says 'did you mean we-fog'
feed '.\n' drill --plain --count 1 --db "$work/f.db" principle:dive-deep -family:failure
exits 0
run drill --plain --count 1 --db "$work/f.db" principle:dive-deep kind:sql
exits 1

# commands at a choice; one that does not move the drill asks again
feed 'A.\n.\n:flag\n:flag\n:nosuch\n:skip\n.\n' drill --plain --count 1 --seed 1 --db "$work/w.db" kind:behavioural
exits 0
prints 'Flagged'
prints 'The flag is gone'
prints '^  :undo '
prints '^Question 2 of'
feed 'A.\n.\n\n3\n:quit\n' drill --plain --count 1 --seed 1 --db "$work/w.db" kind:behavioural
exits 0
feed ':suspend\n:quit\n' drill --plain --count 1 --seed 1 --db "$work/w.db" kind:choice
exits 0
prints '^Question 2 of'

# no room: said, and the text is not lost
feed 'Short.\n.\n' drill --plain --count 1 --db "$work/full.db"
blocks=$(($(wc -c <"$work/full.db") / 512 + 8))
(
    ulimit -f "$blocks"
    head -n 1 "$work/long" | head -c 60000 | "$bin" drill --plain --count 1 --db "$work/full.db" >"$out" 2>"$err"
)
code=$?
what='a file that may not grow'
exits 1
says 'your text is in '
check 'all of it' test "$(cat "$HOME"/pmprep-*.txt | wc -c)" -ge 59990
run review --json --db "$work/full.db"
exits 0
json 'len(d) == 1'
if [ -w /dev/full ]; then
    "$bin" review --json --db "$db" >/dev/full 2>"$err"
    code=$?
    what='review to a full disk'
    exits 1
    says 'cannot write the output'
fi

finish
