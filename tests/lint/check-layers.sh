#!/bin/sh
# Which room may include which: one row a room, from src/README.md. Fails on an arrow that runs the wrong way.
set -u
cd "$(dirname "$0")/../.." || exit

allowed() {
    case $1 in
    base) echo base ;;
    db) echo db base ;;
    bank) echo bank db base ;;
    store) echo store db bank base ;;
    lab) echo lab db base ;;
    tui) echo tui base ;;
    coach) echo coach bank base ;;
    practice) echo practice coach bank base ;;
    app) echo app practice coach bank store lab base ;;
    screens) echo screens app practice coach bank tui base ;;
    cli) echo cli app practice coach bank base ;;
    main) echo main screens cli app practice coach bank tui base ;;
    esac
}

# Headers of plain records, without functions: any room above base may see them.
records='store/record.h bank/model.h'

bad=0
checked=0
complain() {
    echo "$1" >&2
    bad=1
}

for file in src/*.c src/*/*.c src/*/*.h include/pmprep/*/*.h; do
    [ -f "$file" ] || continue
    case $file in
    src/main.c) room=main ;;
    src/*) room=${file#src/} && room=${room%%/*} ;;
    *) room=${file#include/pmprep/} && room=${room%%/*} ;;
    esac
    checked=$((checked + 1))
    rooms=" $(allowed "$room") "
    [ "$rooms" = "  " ] && complain "$file: room $room is not on the map"
    for header in $(sed -n 's/^ *# *include *["<]\(.*\/\)\{0,1\}\([a-z]*\/[a-z_]*\.h\)[">].*/\2/p' "$file"); do
        [ "$(allowed "${header%%/*}")" ] || continue # the system's
        case " $records " in *" $header "*) continue ;; esac
        case $rooms in
        *" ${header%%/*} "*) ;;
        *) complain "$file: $room must not include $header" ;;
        esac
    done
    while read -r header owner; do
        case $file in "$owner"*) continue ;; esac
        grep -q "^ *# *include *[<\"]$header[>\"]" "$file" && complain "$file: only $owner includes <$header>"
    done <<EOT
curses.h src/tui/term.c
ncurses.h src/tui/term.c
sqlite3.h src/db/
yaml.h src/bank/yaml.c
EOT
done
[ "$checked" -gt 0 ] || complain "no files were checked"
[ "$bad" = 0 ] && echo "layers: $checked files, every arrow runs the right way"
exit "$bad"
