#!/bin/sh
# Preferences, due, doctor.
. "$(dirname "$0")/lib.sh"
file=$HOME/.config/pmprep/config.yaml

run config
exits 0
prints '^target +L[56] +\(default\)'
run config show --json
json 'd["mouse"] is True and isinstance(d["minutes"], int) and d["target"] in ("L5", "L6")'
run config list --json
json '{"name", "values", "default", "help"} == set(d[0])'
run config set target L5
exits 0
is ''
run config get target
is L5
check 'the file is private' test "$(stat -c %a "$file" 2>/dev/null || stat -f %Lp "$file")" = 600
printf '# mine\nminutes: 30   # half an hour\n\ntheme: light\n' >"$file"
run config set theme mono
exits 0
run config set mode speak
exits 0
check 'comments survive' grep -q '^# mine$' "$file"
check 'other lines survive' grep -q '^minutes: 30   # half an hour$' "$file"
run config get theme
is mono
run config get minutes
is 30
run config get minutes --json
json 'd == 30'
run config get theme --json
json 'd == "mono"'
run config unset minutes
run config get minutes
is 20
run config set minutes 1000
exits 2
says 'from 5 to 240'
run config set minutes x
exits 2
run config set theme pink
exits 2
says 'dark, light, contrast, mono'
run config set them dark
exits 2
says 'did you mean theme'
run config get nosuch
exits 2
printf 'minutes: 30\nthem: light\n' >"$file"
cp "$file" "$work/copy"
run config
exits 1
says 'config.yaml:2:7: .*did you mean theme'
prints '^minutes +30'
run config set theme dark
exits 1
says 'correct the file first'
check 'it was left alone' cmp -s "$file" "$work/copy"
run doctor
exits 1
prints '^bad +preferences'
run due --count
exits 0
is 0
run drill --plain --count 1 --db "$work/d.db" </dev/null
exits 0
says 'config.yaml:2:7: .*the default is used'
printf 'minutes: [\n' >"$file"
run config
exits 1
says 'config.yaml:[0-9]+:[0-9]+: '
rm "$file"

# due opens no bank and counts what is due
run due --count --data "$work/nosuch"
exits 0
is 0
run due --json
json 'd == {"due": 0, "milestone": None, "days_left": None}'
feed 'Text.\n.\n\n1\n1\n\n\n\n\n\n' drill --plain --count 1 --seed 1
exits 0
run due
is '0 due'
db=$HOME/.local/share/pmprep/pmprep.db
sqlite3 "$db" 'UPDATE schedule SET due_day = due_day - 30'
run due
is '1 due'
run due --count
is 1
sqlite3 "$db" "INSERT INTO milestones (id, origin, kind, title, first_day, last_day, done, updated_at)
    SELECT 'm', 'test', 'loop', 'the loop', day, day, 0, 0 FROM
    (SELECT CAST(strftime('%s', 'now', '-4 hours') AS INTEGER) / 86400 + 12 AS day)"
run due
is '1 due, 12 days left'
run due --json
json 'd["due"] == 1 and d["milestone"] == "the loop" and d["days_left"] == 12'
run
exits 0
prints '^Due +1, 12 days to "the loop"'

run doctor --json
json '{"ok", "checks"} == set(d) and all({"name", "state", "value"} == set(c) for c in d["checks"])'
json '{"pmprep", "SQLite", "preferences", "content", "banks", "database", "integrity", "schedule", "terminal"} <= set(c["name"] for c in d["checks"])'
sqlite3 "$db" 'UPDATE schedule SET stability = stability * 2'
run doctor
exits 1
prints '^bad +schedule'

finish
