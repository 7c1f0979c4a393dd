#!/bin/sh
# How an answer was told: its shape, and what became of the numbers since the story was told before.
. "$(dirname "$0")/lib.sh"
db=$work/t.db
ask='drill --plain --count 1 kind:behavioural family:general'
told() { # BEFORE SELLERS STORY
    printf 'Returns at our 40 sellers cost us a lot of calls, so I listened to eleven of them myself one evening.\n'
    printf 'I decided to print the size on the label and not to build a chat, and I asked the packing lead to agree.\n'
    printf 'Returns fell from %s to 9%% over %s boxes in six weeks, against 13%% in the region without it.\n' "$1" "$2"
    printf '.\nownership\n3\n2\n%s\n\n\n\n' "$3"
}
tell() { # SEED BEFORE SELLERS STORY
    seed=$1
    shift
    # shellcheck disable=SC2086
    feed "$(told "$@" | sed 's/%/%%/g')\n\n\n\n" $ask --seed "$seed" --db "$db"
}

tell 1 14% 400 '+ The size label'
exits 0
prints '^How you told it$'
prints 'Situation and task [0-9]+%, action [0-9]+%, result [0-9]+% of it\.'
hides 'You told this story'

tell 2 18% 600 1
exits 0
prints 'You told this story once before, on 20[0-9-]+\.'
prints '"boxes" was 400 on 20[0-9-]+ and is 600 now'

tell 3 18% 600 1
prints 'You told this story 2 times before'
hides 'is 600 now'
hides 'only others'

# who wins and who loses: "I" for what rose, others for what failed
feed 'I launched the counter and I raised the price, and for two years I ran it with the shop next door so that people who came without a bag could buy one at once. I stopped the bell and sales rose.\nThe manager complained about the row of people in the street. The designer forgot the label and the drivers complained about the door.\nThe supplier failed us and was late again.\n.\nownership\n3\n2\n\n\n\n\n\n\n' $ask --seed 4 --db "$db"
exits 0
prints 'What went well has "I" \([0-9]+\), what went wrong only others \([2-9]\)\.'
finish
