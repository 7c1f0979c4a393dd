#!/bin/sh
# A spoken answer with a recorder and a transcriber: real audio of espeak-ng, handled by sox.
. "$(dirname "$0")/lib.sh"
for tool in espeak-ng sox soxi; do
    command -v "$tool" >/dev/null || {
        echo "0 passed, 0 failed: $tool is not installed, so nothing can be spoken"
        exit 0
    }
done
db=$work/s.db
speech=$top/tests/fixtures/speech
TMPDIR=$work/tmp
RECORDER_READY=$work/ready
TRANSCRIBER_SAW=$work/saw
export TMPDIR RECORDER_READY TRANSCRIBER_SAW
mkdir "$TMPDIR"

# speak TEXT ARGS...: a drill in speak mode; the first line of TEXT comes once the recorder has recorded.
speak() {
    text=$1
    shift
    what="speak $*"
    rm -f "$RECORDER_READY"
    {
        tries=0
        until [ -s "$RECORDER_READY" ] || [ "$tries" -ge "${patience:-600}" ]; do
            tries=$((tries + 1))
            sleep 0.05
        done
        # shellcheck disable=SC2059
        printf "$text"
    } | "$bin" drill --plain --mode speak --count 1 --db "$db" principle:ownership kind:behavioural "$@" >"$out" 2>"$err"
    code=$?
}
newest() {
    run review --json --limit 1 --db "$db"
}
nothing_left() {
    check 'no audio is left behind' test -z "$(ls "$TMPDIR" | grep pmprep)"
}

run config set recorder "$speech/recorder"
run config set transcriber "$speech/transcriber {}"
exits 0
run config set keep-audio relative/folder
exits 2
says 'keep-audio is the whole path of a folder'

# Kept as it was heard.
speak '\n\n\n2\n2\n\n\n\n\n' --seed 1
exits 0
prints 'Writing down what you said'
prints 'What you said, as it was written down'
prints '  Um, so in March forty sellers'
hides 'What did you really say'
prints '^Spoken .*with 4 fillers: um 1, uh 1, you know 1, basically 1\.'
nothing_left
check 'the file lay in a private folder' grep -q "^$TMPDIR/pmprep-.*/0.wav$" "$TRANSCRIBER_SAW"
newest
json 'd[0]["text"].startswith("Um, so in March") and d[0]["mode"] == "speak" and d[0]["words"] > 50'
json 'd[0]["fillers"] == ["um", "uh", "you know", "basically"]'
json 'd[0]["spoken_seconds"] == d[0]["active_seconds"]'

# Corrected: the text is the user's, the fillers are those that were heard.
speak '\nForty sellers had planned on a wrong date.\nI called each.\n.\n\n2\n2\n\n\n\n\n' --seed 2
exits 0
newest
json 'd[0]["text"] == "Forty sellers had planned on a wrong date.\nI called each." and len(d[0]["fillers"]) == 4'

# Ended while it records: the recorder ends too, and the audio goes.
rm -f "$RECORDER_READY"
mkfifo "$work/keyboard"
"$bin" drill --plain --mode speak --count 1 --db "$db" principle:ownership kind:behavioural <"$work/keyboard" >"$out" 2>"$err" &
drill=$!
exec 9>"$work/keyboard"
tries=0
until [ -s "$RECORDER_READY" ] || [ "$tries" -ge 600 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
kill -TERM "$drill"
wait "$drill"
code=$?
exec 9>&-
what='SIGTERM while it records'
exits 143
nothing_left

# The audio is kept where it was asked for.
run config set keep-audio "$work/kept/audio"
speak '\n\n\n2\n2\n\n\n\n\n' --seed 3
nothing_left
check 'the audio is kept' test "$(find "$work/kept/audio" -name '*-1.wav' -size +100k -perm 600 | wc -l)" = 1
check 'it is a sound file' soxi "$work/kept/audio"/*.wav
run config unset keep-audio

# Whatever fails: one sentence, and ticks and bullets as without the programs.
falls_back() {
    exits 0
    says "$1.*ticks and bullets will do"
    check 'one sentence' test "$(wc -l <"$err")" = 1
    prints 'What did you really say'
    newest
    json 'd[0]["ticks"] == ["customer", "baseline"] and d[0]["text"] == "Called them." and d[0]["fillers"] is None'
    nothing_left
}
patience=1
run config set recorder "$work/no-such-recorder"
speak '\n1 3\nCalled them.\n.\n\n2\n2\n\n\n\n\n' --seed 4
falls_back 'the recorder: cannot start'
run config set recorder "sh -c 'trap \"\" INT; echo no microphone >&2; exit 4'"
speak '\n1 3\nCalled them.\n.\n\n2\n2\n\n\n\n\n' --seed 5
falls_back 'the recorder: sh failed with exit status 4: no microphone'
run config set recorder "true"
speak '\n1 3\nCalled them.\n.\n\n2\n2\n\n\n\n\n' --seed 6
falls_back 'the recorder: (nothing was recorded|true was ended)'
run config set recorder "sox -n -r 16000 {} trim 0 12"
speak '\n1 3\nCalled them.\n.\n\n2\n2\n\n\n\n\n' --seed 7
falls_back 'the transcriber: .* exit status 3: no speech in 12'
run config set recorder "sox -n -r 16000 {} synth 12 sine 300"
for broken in 'true' 'yes' "sh -c 'kill -KILL \$\$'" "sh -c 'sleep 100'"; do
    run config set transcriber "$broken"
    run config set transcriber-seconds 5
    speak '\n1 3\nCalled them.\n.\n\n2\n2\n\n\n\n\n' --seed 8
    falls_back 'the transcriber: '
done
# A recorder that will not end is ended.
run config set transcriber "$speech/transcriber"
run config set recorder "sh -c 'trap : INT TERM; sox -n -r 16000 {} synth 12 sine 300; echo >$RECORDER_READY; while :; do sleep 1; done'"
patience=600
speak '\n\n\n2\n2\n\n\n\n\n' --seed 9
exits 0
prints '  Um, so in March forty sellers'
nothing_left
# Hostile text.
run config set recorder "sox -n -r 16000 {} synth 12 sine 300"
printf '#!/bin/sh\nprintf "I \\\\033[31mchose\\\\377 it."\n' >"$work/hostile"
chmod +x "$work/hostile"
run config set transcriber "$work/hostile"
patience=1
speak '\n\n\n2\n2\n\n\n\n\n' --seed 10
clean
prints 'I <U\+001B>\[31mchose<FF> it'
finish
