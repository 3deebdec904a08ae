#!/bin/sh
# compose_lines.sh COMPOSE-LINES LONGHAND SOURCE: lines composed from others, which the network in
# assets/ writes here, are texts with other signs in them, have the strokes of those signs where they
# begin or end the line, and can be prepared like recordings.
set -eu
compose=$1 longhand=$2 source=$3
export LONGHAND_ASSETS="$source/assets"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$*"; exit 1; }

cat >"$work/texts" <<'END'
The box of size six is mixed.

A zoo in Rome has zebras.

Next I saw the taxi on its way.

Please fix the prize to a box.

Some lazy foxes ran away.

Two dozen boxes of wax.

Bees buzz in a maze of boxes.

Here is a puzzle for six.

It froze, and I saw the ox.

In 1987 we had 36 of 45,

24 boxes, 6 or 7 a day,
END
"$longhand" write --input "$work/texts" --style felix --no-proofread --format iam -o "$work/iam"
"$longhand" prepare "$work/iam" -o "$work/iam.lhc" >/dev/null
"$compose" --model "$source/assets/longhand.safetensors" --corpus "$work/iam.lhc" \
    -o "$work/composed" --each 8 >"$work/said"
made=$(wc -l <"$work/composed/trainset.txt")
awk '/^[XZ!;]/ {good += $2 > 0} /^[xz]/ {small += $2} /^[0-9]/ {digits += $2}
    END {exit !(good == 4 && small > 0 && digits > 0)}' "$work/said" ||
    fail "a sign has no lines: $(cat "$work/said")"

"$longhand" prepare --strict "$work/composed" -o "$work/composed.lhc" >/dev/null
"$longhand" corpus "$work/composed.lhc" | awk -v made="$made" \
    'NR == 1 {good = $1 == made && $1 == $3} END {exit !good}' || fail "not all lines can be prepared"

# --signs: these alone.
"$compose" --model "$source/assets/longhand.safetensors" --corpus "$work/iam.lhc" \
    -o "$work/marks" --each 8 --signs '!' |
    awk '$1 == "!" {good = $2 > 0} $1 != "!" && $2 > 0 {others = 1} END {exit !good || others}' ||
    fail "--signs '!' made others, or none"
for signs in '' Q 'X?'; do
    ! "$compose" --model "$source/assets/longhand.safetensors" --corpus "$work/iam.lhc" \
        -o "$work/none" --signs "$signs" 2>"$work/usage" || fail "--signs '$signs' was taken"
    grep -q '^usage' "$work/usage" || fail "--signs '$signs': no usage"
done

# No line is there twice.
cksum "$work"/composed/lineStrokes/comp/*/*.xml | awk '
    $1 " " $2 in seen {print $3 " is " seen[$1 " " $2]; bad = 1}
    {seen[$1 " " $2] = $3}
    END {exit bad || NR == 0}' || fail "a line was composed twice"

# Each composed text is one of those above, but for what was put into it: one of X Z ! ; and small
# letters with it, or digits for digits, and all of them are those that it was said.
cat "$work"/composed/ascii/comp/*/*.txt | awk '/^CSR/ {getline; getline; print}' >"$work/made"
awk '
    FILENAME == ARGV[1] {said[$1] = $2; next}
    FILENAME == ARGV[2] {if ($0 != "") source[++sources] = $0; next}
    {
        fewest = 99
        for (k = 1; k <= sources; k++) {
            if (length(source[k]) != length($0)) continue
            differ = 0
            for (i = 1; i <= length($0); i++) differ += substr($0, i, 1) != substr(source[k], i, 1)
            if (differ < fewest) {fewest = differ; of = source[k]}
        }
        if (fewest == 99) {print "not of the texts: " $0; bad = 1; next}
        signs = small = digits = 0
        for (i = 1; i <= length($0); i++) {
            c = substr($0, i, 1); was = substr(of, i, 1)
            if (c == was) continue
            signs += c ~ /[XZ!;]/
            small += c ~ /[xz]/ && was ~ /[a-z]/
            digits += c ~ /[0-9]/ && was ~ /[0-9]/
            put[c]++
        }
        if (!(signs == 1 && signs + small == fewest || digits > 0 && digits == fewest)) {
            print "not composed: " $0; bad = 1
        }
    }
    END {
        for (c in said) if (said[c] != put[c] + 0) {print c ": " put[c] + 0; bad = 1}
        exit bad
    }' "$work/said" "$work/texts" "$work/made" ||
    fail "the texts are not what was said: $(cat "$work/said")"

# Boxes of a line's strokes: left, top, right, bottom (y down).
boxes() {
    awk -F'"' '/<Stroke / {n = 0}
        /<Point / {
            for (i = 1; i < NF; i++) {
                if ($i ~ / x=$/) x = $(i + 1)
                if ($i ~ / y=$/) y = $(i + 1)
            }
            if (!n++) {left = right = x; top = bottom = y}
            if (x < left) left = x; if (x > right) right = x
            if (y < top) top = y; if (y > bottom) bottom = y
        }
        /<\/Stroke>/ {print left, top, right, bottom}' "$1"
}

for text in "$work"/composed/ascii/comp/*/*.txt; do
    form=$(basename "$text" .txt)
    ink=$(echo "$work"/composed/lineStrokes/comp/*/"$form"-01.xml)
    case $(tail -n 1 "$text") in
    *!) # a bar with a dot under it, the last strokes
        boxes "$ink" | tail -n 2 | awk 'NR == 1 {left = $1; right = $3; tall = $4 - $2; foot = $4}
            NR == 2 && foot < $2 && tall > 2 * (right - left) && $1 < right + tall / 4 &&
                $3 > left - tall / 4 {good = 1}
            END {exit !good}' || fail "$form: no exclamation mark" ;;
    *\;) # a dot above a comma, the last strokes
        boxes "$ink" | tail -n 2 | awk 'NR == 1 {left = $1; right = $3; foot = $4}
            NR == 2 && foot < $2 && $1 < right + right - left && $3 > left - right + left {good = 1}
            END {exit !good}' || fail "$form: no semicolon" ;;
    Z*) # as tall as a capital, and left of all else
        boxes "$ink" | awk 'NR == 1 {right = $3; tall = $4 - $2}
            NR > 2 && $1 < right {over = 1}
            $4 - $2 > tallest {tallest = $4 - $2}
            END {exit !(!over && tall > 0.6 * tallest)}' || fail "$form: no Z at its beginning" ;;
    X*) # two strokes as tall as a capital, left of all else
        boxes "$ink" | awk 'NR == 1 {left = $1; right = $3; tall = $4 - $2}
            NR == 2 {if ($3 > right) right = $3; crossed = $1 < right && $3 > left}
            NR > 3 && $1 < right {over = 1}
            $4 - $2 > tallest {tallest = $4 - $2}
            END {exit !(crossed && !over && tall > 0.5 * tallest)}' ||
            fail "$form: no X at its beginning" ;;
    *[XZ\;0-9]*) ;;
    *) fail "$form: nothing was composed in: $(tail -n 1 "$text")" ;;
    esac
done

! "$compose" --model "$source/assets/longhand.safetensors" --corpus "$work/iam.lhc" \
    -o "$work/composed" 2>"$work/said" || fail "lines were composed over others"
! "$compose" --model "$work/none" --corpus "$work/iam.lhc" -o "$work/other" 2>"$work/said" ||
    fail "a model that is not there was taken"
grep -q "$work/none" "$work/said" || fail "the missing model is not named"
