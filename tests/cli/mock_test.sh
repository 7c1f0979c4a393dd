#!/bin/sh
# The mock: loops and runs, a whole loop as a line dialogue, its reports, end of input anywhere, what is refused.
. "$(dirname "$0")/lib.sh"
db=$work/t.db

# talk [--replies N] [--log FILE] ARGS...: the program with somebody who answers each of its prompts.
talk() {
    what="somebody answers: pmprep $*"
    options=
    while [ "$1" = --replies ] || [ "$1" = --log ]; do
        options="$options $1 $2"
        shift 2
    done
    # shellcheck disable=SC2086
    python3 "$top/tests/cli/mock_talk.py" $options "$bin" "$@" >"$out" 2>"$err"
    code=$?
}

run mock --list
exits 0
silent
prints '^  five-interviews +Five-interview loop +275 min, 5 interviews$'
prints '^  one-on-one .* 30 min, 1 interview$'
check 'reading makes no file' test ! -e "$HOME/.local/share/pmprep/pmprep.db"
run mock --list --json
exits 0
json 'len(d["loops"]) >= 8 and d["runs"] == []'
json 'all(set("loop title about minutes interviews".split()) <= set(x) for x in d["loops"])'
json '[x for x in d["loops"] if x["loop"] == "phone-screen"][0]["minutes"] == 60'

# what is refused
run mock five-inteviews --plain --db "$db" </dev/null
exits 2
says 'did you mean five-interviews\?'
run mock qqqqqqqq --plain --db "$db" </dev/null
exits 2
says 'mock --list'
for bad in '--pace 0' '--pace 0.09' '--pace 11' '--pace x' '--minutes 0' '--minutes x' '--round 0' '--round 99' '--round x' \
    '--mode shout' '--report=' '--list --resume' '--list --report last' '--markdown' '--html' '--json' \
    '--report last --html --json' '--report last express' '--list express' '--resume --discard'; do
    # shellcheck disable=SC2086
    run mock $bad --plain --db "$db" </dev/null
    exits 2
done
run mock phone-screen --round 2 --plain --db "$db" </dev/null
exits 2
says 'round'
run mock five-interviews --minutes 1 --plain --db "$db" </dev/null
exits 2
run mock one two --plain --db "$db"
exits 2
says 'one word too many'
run mock --resume --plain --db "$db" </dev/null
exits 1
says 'no unfinished mock'
run mock --discard --db "$db"
exits 1
run mock --report last --db "$db"
exits 1
run mock --report 0123 --db "$db"
exits 1

# a whole loop
talk --log "$work/said" mock five-interviews --plain --pace 0.1 --seed 1 --db "$db"
exits 0
silent
clean
for k in 1 2 3 4 5; do
    prints "^Interview $k of 5: "
    prints "^Vote $k of 5: "
done
prints 'asks for a fact'
prints '^Against the bar'
prints 'The story "Refunds in a day" was told [0-9]+ times'
prints ', the bar raiser\. You voted'
prints '^Debrief: Five-interview loop'
check 'which principles and who raises the bar stays hidden' sh -c \
    "sed '/interviews are over/,\$d' '$out' | grep -v '^Interview [0-9]' | grep -Eic 'bar raiser|Customer Obsession|Dive Deep' | grep -qx 0"
cp "$out" "$work/first"

run mock --report last --json --db "$db"
exits 0
silent
json 'set("loop stages votes verdict reasons fixes".split()) <= set(d)'
json 'd["loop"] == "five-interviews" or d["loop"]["loop"] == "five-interviews"'
json 'len(d["stages"]) == 5 and len(d["votes"]) >= 5 and len(d["reasons"]) > 0 and 0 < len(d["fixes"]) <= 3'
json 'set("as_voted after_bias at_risk".split()) <= set(d["verdict"])'
json '"No number in three answers." in open(sys.argv[1]).read()'
run mock --report last --markdown --db "$db"
exits 0
prints '^# Debrief: '
prints 'a big success'
run mock --report last --html --db "$db"
exits 0
check 'one HTML file, every tag closed, nothing loaded' python3 - "$out" <<'PY'
import html.parser, sys
void = {'meta', 'br', 'hr', 'img', 'link', 'input', 'col', 'wbr'}
class Reader(html.parser.HTMLParser):
    stack = []
    def handle_starttag(self, tag, attrs):
        assert tag not in ('script', 'link', 'img', 'iframe'), tag
        assert not any(name in ('src', 'srcset') or name.startswith('on') for name, _ in attrs)
        if tag not in void:
            self.stack.append(tag)
    def handle_endtag(self, tag):
        assert self.stack and self.stack.pop() == tag, tag
text = open(sys.argv[1], encoding='utf-8').read()
assert text.lower().startswith('<!doctype html>') and len(text) > 5000
r = Reader()
r.feed(text)
r.close()
assert not r.stack, r.stack
PY
run mock --report last --db "$db"
exits 0
prints '^Debrief: '
run mock --list --json --db "$db"
json 'len(d["runs"]) == 1 and d["runs"][0]["state"] == "finished" and d["runs"][0]["verdict"]'
id=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["runs"][0]["id"])' "$out")
run mock --report "$id" --json --db "$db"
exits 0
json "d['id'] == '$id'"
run review --json --db "$db"
json 'len(d) > 20 and any(a["role"] == "probe" for a in d)'
run mock --resume --plain --db "$db" </dev/null
exits 1

# the same from a file gives the same questions and the same verdict; a vote that changes is asked for its reason again
what='the same answers from a file'
sed -i 's/^No number in three answers\.$/\n&/' "$work/said"
"$bin" mock five-interviews --plain --pace 0.1 --seed 1 --db "$work/f.db" <"$work/said" >"$out" 2>"$err"
code=$?
exits 0
says 'a vote that changes needs a reason'
grep '^Interviewer: ' "$work/first" >"$work/asked"
grep '^Interviewer: ' "$out" >"$work/asked-again"
check 'the same questions' cmp -s "$work/asked" "$work/asked-again"

# end of input at any moment: exit 0, and it goes on where it stood
replies=$(grep -c . "$work/said")
for n in 0 1 3 8 21 70 160; do
    [ "$n" -lt "$replies" ] || continue
    rm -f "$work/n.db"
    talk --replies "$n" mock five-interviews --plain --pace 0.1 --seed 1 --db "$work/n.db"
    exits 0
    silent
    prints 'mock --resume. goes on'
    left=$(sed -n 's/^Kept: Five-interview loop, //p' "$out" | tail -n 1 | sed 's/, .*//')
    cp "$out" "$work/before"
    run mock --list --json --db "$work/n.db"
    json 'len(d["runs"]) == 1 and d["runs"][0]["state"] != "finished"'
    run mock --resume --plain --db "$work/n.db" </dev/null
    exits 0
    check "goes on at reply $n: $left" grep -qF "$left" "$out"
    case $left in
    interview*)
        question=$(grep '^Interviewer: ' "$out" | tail -n 1)
        check "the same question: $question" grep -qF -- "$question" "$work/before"
        ;;
    esac
done
what='the text so far'
printf '\nI am Ann.\n.\nHalf an answer\nand more' | "$bin" mock express --plain --seed 2 --db "$work/h.db" >"$out" 2>"$err"
code=$?
exits 0
run mock --resume --plain --db "$work/h.db" </dev/null
prints 'So far you wrote'
prints '^  and more'
feed 'and the end.\n.\n' mock --resume --plain --db "$work/h.db"
exits 0
run review --json --db "$work/h.db"
json 'd[0]["text"] == "Half an answer\nand more\nand the end."'

# what is unfinished is announced and can be dropped; its answers stay
feed '' mock single-case --plain --seed 1 --db "$work/h.db"
exits 0
prints '^An unfinished mock is kept: Express round'
prints 'mock --discard'
run mock express --discard --db "$work/h.db"
exits 0
prints '^Dropped: Express round'
run mock --discard --db "$work/h.db"
exits 0
prints '^Dropped: Single case'
run mock --discard --db "$work/h.db"
exits 1
run review --json --db "$work/h.db"
json 'len(d) == 1'

# half a round, in turn
talk mock --plain --pace 0.1 --db "$work/r.db"
exits 0
prints '^Single behavioural round'
prints '^Debrief: '
feed '' mock --plain --db "$work/r.db"
prints '^Single case round'
talk mock five-interviews --round 2 --plain --pace 0.1 --seed 1 --db "$work/k.db"
exits 0
prints '^Interview 1 of 1: Product manager of a neighbouring team'

# fewer minutes drop questions, not time
feed '' mock five-interviews --minutes 30 --plain --seed 1 --db "$work/m.db"
exits 0
run mock --list --json --db "$work/m.db"
json '0 < d["runs"][0]["left_seconds"] <= 1800 and d["runs"][0]["interviews"] < 5'
talk mock five-interviews --resume --plain --db "$work/m.db"
exits 0
check 'fewer questions' test "$(grep -c '^Interviewer: ' "$out")" -lt "$(($(wc -l <"$work/asked") / 2))"

# every mode, and every loop
talk mock phone-screen --mode speak --plain --pace 0.1 --seed 1 --db "$work/s.db"
exits 0
silent
prints 'What did you really say'
run mock --report last --json --db "$work/s.db"
json 'd["mode"] == "speak"'
for loop in one-on-one writing-assessment internal-transfer; do
    talk mock "$loop" --mode outline --plain --pace 0.1 --seed 1 --db "$work/$loop.db"
    exits 0
    silent
    prints '^Debrief: '
done

# words on lines of their own; what is no choice is explained and asked again
feed 'begin\n\nBio.\n!note first\n!note second\n!note\n.\nSome words.\n!skip\n!later\n' mock phone-screen --plain --seed 1 --db "$work/w.db"
exits 0
says "'begin' is no choice here"
prints '^  second$'
prints 'goes on'
run review --json --db "$work/w.db"
json 'len(d) == 1 and d[0]["text"] == "Some words."'
feed '!puase\n!pause\n\nWords\n' mock --resume --plain --db "$work/w.db"
exits 0
says "'!puase' is no command"
prints '^  !later '
prints 'the clock stands'
feed 'Bio.\n.\n? how many customers\n9\nx\n\nMy answer.\n.\n' mock single-case --plain --seed 3 --db "$work/c.db"
exits 0
feed '\nBio.\n.\n? how many customers\n9\nx\n\nMy answer.\n.\n' mock single-case --plain --seed 3 --db "$work/c2.db"
exits 0
says "'9' is no number from 1"
says "'x' is no number"
prints 'Make an assumption'

# no room: said, and the text is not lost
feed '' mock express --plain --seed 1 --db "$work/full.db"
python3 -c 'print("\nBio.\n.\n" + "word " * 12000 + "\n.")' >"$work/long"
blocks=$(($(wc -c <"$work/full.db") / 512 + 8))
(
    ulimit -f "$blocks"
    "$bin" mock --resume --plain --db "$work/full.db" <"$work/long" >"$out" 2>"$err"
)
code=$?
what='a file that may not grow'
exits 1
says 'your text is in '

finish
