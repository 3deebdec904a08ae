#!/bin/sh
# manual.sh PROGRAM SOURCE [WINDOW]: the man page names every command and says of every option what the
# program says, that of the window its options and a script's commands; they are clean for groff; the
# completions offer commands, options and values.
set -eu
program=$1 source=$2 window=${3-}
page=$source/docs/longhand.1
result=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

broken()
{
    echo "manual.sh: $*"
    result=1
}

plain=$(sed 's/\\f[BRI]//g; s/\\-/-/g' "$page")
plain_page=$plain
commands=$("$program" --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
[ "$(echo "$commands" | wc -l)" -gt 5 ] || broken "longhand --help names too few commands"
for command in $commands; do
    echo "$plain" | grep -qx "\.B $command" || broken "the man page does not name '$command'"
    grep -q "^    longhand $command " "$source/README.md" || broken "README does not name '$command'"
done
# Options: the page says what the program says, each command has some, and takes the values it offers.
tab=$(printf '\t')
"$source/tools/manual-options" "$program" >"$folder/options"
sed -n '/^\.\\" Options begin/,/^\.\\" Options end/p' "$page" | sed '1d; $d' >"$folder/page"
[ "$(grep -c "^[\\]fB" "$folder/options")" -gt 50 ] || broken "tools/manual-options tells too few options"
diff "$folder/page" "$folder/options" ||
    broken "the man page's options are others; tools/manual-options PROGRAM PAGE writes them anew"
for command in $commands; do
    "$program" "$command" --list-options >"$folder/list"
    [ "$(grep -c '^--' "$folder/list")" -ge 1 ] || broken "$command has no options"
    "$program" "$command" --help | grep -q '^  ' || broken "$command has no help"
    all_offered="${all_offered-} $(cut -f 4 "$folder/list" | tr , ' ')"
    offered=$(awk -F'\t' '$1 != "" && $4 != "" { print $1 "\t" $4 }' "$folder/list")
    echo "$offered" | while IFS=$tab read -r option values; do
        for value in $(echo "$values" | tr , ' '); do
            "$program" "$command" "$option" "$value" --no-such-option 2>&1 |
                grep -q "no option --no-such-option" || echo "$command $option does not take $value"
        done
    done >"$folder/refused"
    [ ! -s "$folder/refused" ] || broken "$(cat "$folder/refused")"
done
[ "$(echo "$all_offered" | wc -w)" -gt 20 ] || broken "too few values are offered"
if command -v groff >/dev/null; then
    for each in "$page" "$source/docs/longhand-window.1"; do
        said=$(groff -man -Tutf8 -ww -z "$each" 2>&1)
        [ -z "$said" ] || broken "groff says of a man page: $said"
    done
fi
if [ -n "$window" ]; then
    plain=$(sed 's/\\f[BRI]//g; s/\\-/-/g' "$source/docs/longhand-window.1")
    options=$("$window" --help | grep -o -e '--[a-z][a-z-]*' | sort -u)
    [ "$(echo "$options" | wc -w)" -gt 10 ] || broken "the window's help has too few options"
    for option in $options; do
        echo "$plain" | grep -q -e "^$option\b" || broken "the window's man page has no $option"
    done
    commands=$(sed -n 's/.*strcmp(command, "\([a-z]*\)").*/\1/p' "$source/src/window/script.c")
    [ "$(echo "$commands" | wc -w)" -gt 10 ] || broken "too few commands of scripts are known"
    for command in $commands; do
        echo "$plain" | grep -q "\b$command\b" || broken "the window's man page has no '$command'"
    done
fi

# completes WORD...: what bash offers for the last of these words.
completes()
{
    bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _longhand
        printf "%s\n" "${COMPREPLY[@]}"' bash "$source/docs/completion/longhand.bash" "$@"
}

# The commands of texts are told by the help of write, from their table.
"$program" write --help | sed -n 's/^  \(@[a-z]*\) .*/\1/p' >"$folder/commands"
[ "$(wc -l <"$folder/commands")" -ge 9 ] || broken "the help of write has too few commands of texts"
said=$("$program" write '@none' -o "$folder/none.svg" 2>&1) || true
while read -r command; do
    echo "$plain_page" | grep -q "^\.BI* $command\b" || broken "the man page does not name '$command'"
    echo "$said" | grep -q "$command\b" || broken "an unknown command is not told of '$command'"
done <"$folder/commands"

# The table of formats is told by the error for one that is not there.
formats=$("$program" write a -o b --format none 2>&1 | sed 's/.*there are //; s/;.*//; s/,//g; s/ and / /g')
[ "$(echo "$formats" | wc -w)" -gt 8 ] || broken "write names too few formats: $formats"
for format in $formats; do
    "$program" write --help | grep -q "\b$format\b" || broken "the help has no format $format"
    echo "$plain_page" | grep -q "\b$format\b" || broken "the man page has no format $format"
    grep -q "\b$format\b" "$source/README.md" || broken "README has no format $format"
    if command -v bash >/dev/null; then
        completes "$program" write a --format "$format" | grep -qx "$format" ||
            broken "bash: no format $format"
    fi
done

if command -v bash >/dev/null; then
    completes "$program" wr | grep -qx write || broken "bash: no 'write' for 'wr'"
    completes "$program" write --skip | grep -qx -e --skip-unknown || broken "bash: no option"
    completes "$program" write a --draw att | grep -qx attention || broken "bash: no value"
    completes "$program" evaluate --split tra | grep -qx trainset || broken "bash: no split"
    completes "$program" train --lay | grep -qx -e --layers || broken "bash: no option of train"
fi
if command -v bash >/dev/null && [ -n "$window" ]; then
    bash -c '. "$1"; COMP_WORDS=("$2" --rec); COMP_CWORD=1; _longhand_window; echo "${COMPREPLY[@]}"' \
        bash "$source/docs/completion/longhand-window.bash" "$window" | grep -qx -e --record ||
        broken "bash: no option of the window"
fi
if command -v zsh >/dev/null; then
    zsh -n "$source/docs/completion/_longhand" || broken "zsh: not its language"
    said=$(zsh -fc 'compadd() { print -l -- "$@" }; words=('"$program"' write --skip); CURRENT=3
        source "$1"' zsh "$source/docs/completion/_longhand")
    echo "$said" | grep -qx -e --skip-unknown || broken "zsh: no option"
    said=$(zsh -fc 'compadd() { print -l -- "$@" }; words=('"$window"' --rec); CURRENT=2
        source "$1"' zsh "$source/docs/completion/_longhand")
    [ -z "$window" ] || echo "$said" | grep -qx -e --record || broken "zsh: no option of the window"
fi
exit $result
