# Read by every tests/cli/*_test.sh: a home of its own, `run`, and assertions that are counted.
# The program is $PMPREP_BIN, the shipped content $PMPREP_DATA; both are set by `make cli-test`.

set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
bin=${PMPREP_BIN:-$top/build/pmprep}
data=${PMPREP_DATA:-$top/data}
[ -x "$bin" ] || {
    echo "0 passed, 1 failed: there is no program $bin"
    exit 1
}
work=$(mktemp -d "${TMPDIR:-/tmp}/pmprep-cli-XXXXXX")
trap 'rm -rf "$work"' EXIT
HOME=$work/home
export HOME
mkdir -p "$HOME"
unset PMPREP_DB XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME VISUAL EDITOR
PMPREP_DATA=$data
LC_ALL=C.UTF-8
TZ=UTC
export PMPREP_DATA LC_ALL TZ

out=$work/out
err=$work/err
code=0
passed=0
failed=0
what=

# run ARGS...: the program with this shell's standard input; its output, errors and exit code are kept for the assertions.
run() {
    what="pmprep $*"
    "$bin" "$@" >"$out" 2>"$err"
    code=$?
}

# feed TEXT ARGS...: the same with TEXT (printf escapes) on the standard input.
feed() {
    text=$1
    shift
    what="pmprep $* <<< $text"
    # shellcheck disable=SC2059
    printf "$text" | "$bin" "$@" >"$out" 2>"$err"
    code=$?
}

good() {
    passed=$((passed + 1))
}

bad() {
    failed=$((failed + 1))
    printf 'FAILED %s\n  %s\n' "$what" "$1"
    sed 's/^/  out: /' "$out" | head -n 12
    sed 's/^/  err: /' "$err" | head -n 6
}

exits() {
    if [ "$code" = "$1" ]; then good; else bad "exit code $code, expected $1"; fi
}

# prints PATTERN, says PATTERN (on stderr), hides PATTERN, hushes PATTERN: extended regular expressions, line by line.
prints() {
    if grep -Eq -- "$1" "$out"; then good; else bad "expected on stdout: $1"; fi
}
says() {
    if grep -Eq -- "$1" "$err"; then good; else bad "expected on stderr: $1"; fi
}
hides() {
    if grep -Eq -- "$1" "$out"; then bad "not expected on stdout: $1"; else good; fi
}
silent() {
    if [ -s "$err" ]; then bad "expected nothing on stderr"; else good; fi
}

# is TEXT: stdout is exactly this.
is() {
    if [ "$(cat "$out")" = "$1" ]; then good; else bad "expected exactly: $1"; fi
}

# check NAME COMMAND...: true or counted as failed.
check() {
    what=$1
    shift
    if "$@" >>"$work/check" 2>&1; then good; else bad "not true: $*"; fi
}

# json PYTHON: stdout is JSON and the expression over it, called d, is true.
json() {
    if python3 -c "import json, sys; d = json.load(open(sys.argv[1])); sys.exit(0 if ($1) else 1)" "$out" 2>>"$work/check"
    then good; else bad "not true of the JSON: $1"; fi
}

# No control character but newline and tab, no C1, no bidi control or other invisible character, on either stream.
clean() {
    if python3 - "$out" "$err" <<'PY'
import sys
for name in sys.argv[1:]:
    text = open(name, 'rb').read().decode('utf-8')  # malformed bytes fail here
    for c in text:
        o = ord(c)
        if (o < 0x20 and c not in '\n\t') or 0x7f <= o < 0xa0 or 0x200b <= o <= 0x200f and o not in (0x200c, 0x200d) \
                or 0x2028 <= o <= 0x202e or 0x2060 <= o <= 0x206f or o == 0xfeff or 0xe0000 <= o <= 0xe0fff:
            sys.exit('U+%04X in %s' % (o, name))
PY
    then good; else bad "a character that must not reach a terminal"; fi
}

finish() {
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" = 0 ]
}
