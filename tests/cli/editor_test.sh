#!/bin/sh
# Stories through $EDITOR, and plain mode on a terminal: what only shows where the standard input is one.
. "$(dirname "$0")/lib.sh"
db=$work/e.db

# on_terminal TEXT ARGS...: the program on a pseudo terminal; TEXT is typed, what the terminal saw is in $out.
on_terminal() {
    text=$1
    shift
    what="pmprep $* (on a terminal)"
    : >"$err"
    python3 - "$text" "$bin" "$@" >"$out" 2>>"$err" <<'PY'
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
os.write(fd, sys.argv[1].encode().decode('unicode_escape').encode('latin-1'))
seen = b''
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    seen += part
sys.stdout.write(seen.decode('utf-8').replace('\r\n', '\n'))
status = os.waitpid(pid, 0)[1]
sys.exit(os.waitstatus_to_exitcode(status) & 255)
PY
    code=$?
}

# editor BODY: $EDITOR becomes a script with this body.
editor() {
    printf '#!/bin/sh\n%s\n' "$1" >"$work/editor"
    chmod +x "$work/editor"
    EDITOR=$work/editor
    export EDITOR
}

editor 'cp "$1" '"$work"'/seen; sed "s/^headline:.*/headline: From the editor/; s/^principles:.*/principles: ownership/" "$1" >"$1.new"; mv "$1.new" "$1"'
on_terminal '' story add --plain --db "$db"
exits 0
check 'the template explains the fields' grep -q '^#  *headline  *the story in one line' "$work/seen"
run story list --json --db "$db"
json 'len(d) == 1 and d[0]["headline"] == "From the editor" and d[0]["principles"] == ["ownership"]'

# a mistake comes back with the text; nothing typed is lost
editor 'if [ -e '"$work"'/second ]; then cp "$1" '"$work"'/seen; sed "s/^lessn:/lesson:/" "$1" >"$1.new"; else
: >'"$work"'/second; printf "headline: Twice\nlessn: kept\n" >"$1.new"; fi; mv "$1.new" "$1"'
on_terminal '' story add --plain --db "$db"
exits 0
check 'the problem stands above the text' grep -q "^# line 2: .*did you mean lesson" "$work/seen"
check 'the text is still there' grep -q '^lessn: kept' "$work/seen"
run story show Twice --json --db "$db"
json 'd["lesson"] == "kept"'

editor 'echo "headline: changed" >"$1"; exit 1'
on_terminal '' story edit Twice --plain --db "$db"
exits 1
prints 'left as it was'
run story show Twice --json --db "$db"
json 'd["headline"] == "Twice"'
EDITOR=/nosuch/editor
on_terminal '' story edit Twice --plain --db "$db"
exits 1
prints '/nosuch/editor'

# the plain dialogue on a terminal, and where the terminal cannot show screens
on_terminal 'Typed here.\n.\n\004' drill --plain --count 1 --db "$work/p.db"
exits 0
prints '^Question 1 of 1'
TERM=dumb
export TERM
on_terminal 'Typed there.\n.\n\004' drill --count 1 --db "$work/p.db"
exits 0
prints '^Question 1 of 1'
on_terminal '' review --db "$work/p.db"
exits 0
prints 'Typed there\.'
run review --json --db "$work/p.db"
json '[a["text"] for a in d] == ["Typed here.", "Typed there."]'

finish
