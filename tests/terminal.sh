#!/bin/sh
# terminal.sh LONGHAND SOURCE [WINDOW]: what is printed of names, texts and files that others made
# steers no terminal: no control characters, nothing that turns the direction of text, only UTF-8.
set -eu
longhand=$1 source=$2 window=${3-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$*"; exit 1; }

# Clears the screen, in three ways; turns text round; is no UTF-8.
evil=$(printf 'x\033[2J\302\233\0622J\342\200\256\377\007')
count=0

# What is not plain. A grep that does not know such expressions would find it nowhere.
strange='[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]'
for sign in '\033' '\302\233' '\342\200\256' '\007'; do
    # shellcheck disable=SC2059
    printf "a${sign}b\n" | LC_ALL=C grep -aqP "$strange" || fail "grep does not find $sign"
done

# said STATUS WORDS COMMAND...: the command ends so, and what it prints is plain and has the words.
said()
{
    status=$1 words=$2 got=0
    shift 2
    "$@" >"$work/said" 2>&1 </dev/null || got=$?
    [ "$got" = "$status" ] || fail "$* ended with $got: $(cat -v "$work/said")"
    iconv -f UTF-8 -t UTF-8 "$work/said" >/dev/null 2>&1 || fail "$*: not UTF-8"
    ! LC_ALL=C grep -aqP "$strange" "$work/said" || fail "$*: $(cat -v "$work/said")"
    grep -q -e "$words" "$work/said" || fail "$* does not say '$words': $(cat -v "$work/said")"
    count=$((count + 1))
}

# Recordings with such names and texts, and bad ones.
cp -r "$source/data" "$work/data"
ink=$work/data/lineStrokes/s01/s01-000/s01-000u-01.xml
[ -f "$ink" ] || ink=$(find "$work/data" -name '*-01.xml' | head -n 1)
mkdir "$work/data/more"
cp "$ink" "$work/data/more/$evil-000-01.xml"
cp "$ink" "$work/data/more/t01-000-01.xml"
cp "$ink" "$work/data/more/$evil.xml"
printf '<%s/>' "$evil" >"$work/data/more/t02-000-01.xml"
printf '<html\302\205/>' >"$work/data/more/t02-000-02.xml"
printf '<WhiteboardCaptureSession><Form writerID="w\302\233\342\200\256"/>' >"$work/data/more/t03-000-01.xml"
sed 1,2d "$ink" >>"$work/data/more/t03-000-01.xml"
printf 'CSR:\n\nA \033[2J\302\2332J \342\200\256 b\n' >"$work/data/more/t01-000.txt"
said 0 'skipped: .*x?\[2J' "$longhand" prepare "$work/data" --min-points 0 --max-points 0 -o "$work/c.lhc"
said 1 'x?\[2J?' "$longhand" prepare "$work/$evil" -o "$work/none.lhc"
said 0 '  ? [0-9]' "$longhand" corpus "$work/c.lhc"
said 0 'u009b' "$longhand" corpus "$work/c.lhc" --json
said 0 'A ?\[2J?2J ? b' "$longhand" corpus "$work/c.lhc" --line t01-000-01
said 0 'x?\[2J?' "$longhand" corpus "$work/c.lhc" --line "$evil-000-01"
said 1 'x?\[2J?' "$longhand" corpus "$work/c.lhc" --line "$evil"
said 0 'u009b' "$longhand" evaluate --baseline --corpus "$work/c.lhc" --split none --fit-split all --per-line -

# Texts, tables, arguments.
said 2 "'x?\[2J?" "$longhand" "$evil"
said 2 'x?\[2J?' "$longhand" write "--$evil"
said 2 'x?\[2J?' "$longhand" train "$evil"
said 1 'x?\[2J?' "$longhand" write --input "$work/$evil" -o "$work/o.svg"
said 1 '@x?\[2J?' "$longhand" write "@$evil" -o "$work/o.svg"
said 1 "no style '?'" "$longhand" write "$(printf '@style \342\200\256\na')" -o "$work/o.svg"
said 1 'x?\[2J?' "$longhand" write a --style "$evil" -o "$work/o.svg"
said 0 'left out: ????*$' "$longhand" write "$(printf 'ab \033\302\233\342\201\251')" --skip-unknown -o "$work/o.svg"
printf 'name,text\n"%s","@%s"\n"%s",\302\233\n' "$evil" "$evil" "$evil" | iconv -c -f UTF-8 -t UTF-8 >"$work/t.csv"
said 1 'longhand: x_\[2J_[^:]*: row 1' "$longhand" write --merge "$work/t.csv" -o "$work/{name}.svg"
printf '%s' "$evil" >"$work/evil.safetensors"
said 1 'evil.safetensors' "$longhand" model "$work/evil.safetensors"
said 1 'x?\[2J?' "$longhand" model "$work/$evil"
[ -z "$window" ] || said 2 'x?\[2J?' "$window" "$evil"
[ "$count" -gt 15 ] || fail "too few commands were tried"
