#!/bin/sh
# Past answers: search, filters, table, JSON, CSV, Markdown, one answer; pipes that close; files that cannot be opened.
. "$(dirname "$0")/lib.sh"
db=$work/r.db

feed 'We lowered the refund rate for shoes.\n.\n\n2\n2\n\n\n\n\n\n' drill --plain --count 1 --seed 1 --db "$db" principle:ownership kind:behavioural
feed 'The checkout lost customers, "quoted", and\na second line.\n.\n\n5\n5\n\n\n\n\n\n' drill --plain --count 1 --seed 2 --db "$db" principle:dive-deep kind:behavioural
feed '1\nbecause\n.\n\n\n' drill --plain --count 1 --seed 3 --db "$db" kind:pair

run review --db "$db"
exits 0
prints 'refund rate'
run review --db "$db" principle:ownreship
exits 0
prints 'No answer fits'
says 'did you mean ownership'
run review --json --db "$db"
json 'len(d) == 3'
run review --json --db "$db" refund
json 'len(d) == 1 and "refund" in d[0]["text"]'
run review --json --db "$db" refunds shoe
json 'len(d) == 1'
run review --json --db "$db" 'second line'
json 'len(d) == 1'
run review --json --db "$db" nowhere
exits 0
json 'd == []'
run review --db "$db" nowhere
prints 'No answer fits'
run review --json --db "$db" kind:pair
json 'len(d) == 1 and d[0]["kind"] == "pair"'
run review --json --db "$db" -kind:pair
json 'len(d) == 2'
run review --json --db "$db" principle:ownership,dive-deep kind:behavioural
json 'len(d) == 2'
run review --json --db "$db" score:..2
json 'len(d) == 1 and d[0]["scores"][-1]["levels"]["overall"] == 2'
run review --json --db "$db" since:1d
json 'len(d) == 3'
run review --json --db "$db" since:2099-01-01
json 'd == []'
run review --json --db "$db" --limit 1
json 'len(d) == 1 and d[0]["kind"] == "pair"'
run review --db "$db" --limit 1
prints 'the first 1; --limit 0 shows all'
run review --db "$db" due:yes
exits 2
says 'due: says nothing here'
run review --db "$db" scor:2
exits 2
says 'score'

run review --csv --db "$db"
exits 0
prints '^id,item,kind,principles,mode,started_at,active_seconds,words,mean,prompt,text$'
check 'a reader of CSV gets the same' python3 - "$out" <<'PY'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline='')))
assert len(rows) == 3, rows
assert rows[1]['text'] == 'The checkout lost customers, "quoted", and\na second line.', rows[1]
assert rows[0]['mean'] == '2.00' and rows[2]['mean'] == '', rows
PY
run review --markdown --db "$db" kind:behavioural
exits 0
prints '^## '
prints '^> We lowered the refund rate'
prints '^- blind: overall 2'

id=$("$bin" review --json --db "$db" refund | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["id"])')
run review show "$id" --db "$db"
exits 0
prints 'We lowered the refund rate'
run review show "$(printf %.23s "$id")" --db "$db" --json
exits 0
json 'd["text"].startswith("We lowered")'
run review show 0 --db "$db"
exits 2
says 'give more characters'
run review show ffff --db "$db"
exits 1

# a reader that goes away is no error worth a word
"$bin" review --markdown --db "$db" 2>"$err" | head -n 1 >"$out"
what='review | head'
silent
prints '^# Answers'

# what cannot be opened: 2, one sentence, nothing touched
run review --db "$work/nosuch.db"
exits 2
check 'no file appeared' test ! -e "$work/nosuch.db"
printf 'This is no database, only some text that is long enough to be looked at as a header.' >"$work/text.db"
cp "$work/text.db" "$work/text.copy"
run review --db "$work/text.db"
exits 2
says 'not a pmprep database'
run drill --plain --db "$work/text.db" </dev/null
exits 2
check 'it was not touched' cmp -s "$work/text.db" "$work/text.copy"
sqlite3 "$work/foreign.db" 'CREATE TABLE t (x); INSERT INTO t VALUES (1)'
run due --db "$work/foreign.db"
exits 2
cp "$db" "$work/newer.db"
sqlite3 "$work/newer.db" 'PRAGMA user_version = 999'
run review --db "$work/newer.db"
exits 2
says 'newer'
cp "$db" "$work/torn.db"
dd if=/dev/zero of="$work/torn.db" bs=4096 seek=2 count=20 conv=notrunc 2>/dev/null
run doctor --db "$work/torn.db"
exits 1
prints '^bad '

finish
