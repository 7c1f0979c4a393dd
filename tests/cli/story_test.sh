#!/bin/sh
# Stories: from options, from the standard input, from an editor; shown, changed, removed.
. "$(dirname "$0")/lib.sh"
db=$work/s.db

run story add --db "$db" --headline 'Cut refunds from 9% to 6%' --customer 'Buyers of shoes' --before '9% in Q1' --after '6% in Q3' \
    --principles 'Dive Deep, ownership' </dev/null
exits 0
id=$(cat "$out")
run story list --db "$db" --json
json 'len(d) == 1 and d[0]["headline"] == "Cut refunds from 9% to 6%" and d[0]["principles"] == ["dive-deep", "ownership"]'
json 'set("id headline customer decision rejected before after period source lesson principles used created_at updated_at".split()) == set(d[0])'
run story --db "$db"
exits 0
prints 'Cut refunds'
run story show "$id" --db "$db"
exits 0
prints 'Buyers of shoes'
run story show refunds --db "$db" --json
json 'd["before"] == "9% in Q1"'

feed '# help\nheadline: A pricing page that nobody read\nlesson: first line\n   second line\nprinciples: earn-trust\n' story add --db "$db"
exits 0
run story show pricing --db "$db" --json
json 'd["lesson"] == "first line\nsecond line" and d["principles"] == ["earn-trust"]'
feed 'lesson: other\n' story edit a pricing page --db "$db"
exits 0
run story show pricing --db "$db" --json
json 'd["lesson"] == "other" and d["headline"].startswith("A pricing")'
run story edit refunds --period '2025 Q1-Q3' --db "$db" </dev/null
exits 0
run story show refunds --db "$db" --json
json 'd["period"] == "2025 Q1-Q3" and d["customer"] == "Buyers of shoes"'

feed 'headlin: x\n' story add --db "$db"
exits 1
says 'line 1: .*did you mean headline'
feed 'no field here\n' story add --db "$db"
exits 1
says 'line 1'
feed 'headline: a\nheadline: b\n' story add --db "$db"
exits 1
says 'line 2: .*twice'
feed '' story add --db "$db"
exits 2
says 'needs a headline'
run story add --headline x --principles dive-dep --db "$db" </dev/null
exits 2
says 'did you mean dive-deep'
run story show nosuch --db "$db"
exits 1
run story show e --db "$db"
exits 1
says 'more than one story'
run story list --db "$db" --json
json 'len(d) == 2'
run story remove pricing --db "$db"
exits 0
run story list --db "$db" --json
json 'len(d) == 1'
run story show pricing --db "$db"
exits 1
run story list --db "$work/nosuch.db"
exits 2

finish
