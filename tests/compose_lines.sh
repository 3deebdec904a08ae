#!/bin/sh
# compose_lines.sh COMPOSE-LINES LONGHAND SOURCE: lines composed from others, which the network in
# assets/ writes here, have the text that they say, in strokes that are where they should be, and
# can be prepared like recordings.
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
END
"$longhand" write --input "$work/texts" --style felix --no-proofread --format iam -o "$work/iam"
"$longhand" prepare "$work/iam" -o "$work/iam.lhc" >/dev/null
"$compose" --model "$source/assets/longhand.safetensors" --corpus "$work/iam.lhc" \
    -o "$work/composed" >"$work/said"
made=$(awk '{print $1 + $5 + $8}' "$work/said")
awk '{exit !($1 > 0 && $5 > 0 && $8 > 0 && $11 + $13 > 0)}' "$work/said" ||
    fail "a sign has no lines: $(cat "$work/said")"
"$longhand" prepare --strict "$work/composed" -o "$work/composed.lhc" >/dev/null
"$longhand" corpus "$work/composed.lhc" | grep -q "^$made lines, $made with text" ||
    fail "not all of $made lines can be prepared"

# Each composed text is one of those above, but for the signs that were put into it: one X, Z or !,
# and as many small letters as it was said.
tail -q -n 1 "$work"/composed/ascii/comp/*/*.txt | awk -v said="$(cat "$work/said")" '
    NR == FNR {if ($0 != "") source[++sources] = $0; next}
    {
        best = 99
        for (k = 1; k <= sources; k++) {
            if (length(source[k]) != length($0)) continue
            differ = signs = small = 0
            for (i = 1; i <= length($0); i++) {
                c = substr($0, i, 1)
                if (c == substr(source[k], i, 1)) continue
                differ++
                signs += c ~ /[XZ!]/
                small += c ~ /[xz]/
            }
            if (differ < best) {best = differ; good = signs == 1 && signs + small == differ; put = small}
        }
        if (best == 99 || !good) {print "not of the texts: " $0; bad = 1}
        letters += put
    }
    END {split(said, word); exit bad || letters != word[11] + word[13]}' "$work/texts" - ||
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
    *[XZ]*) ;;
    *) fail "$form: nothing was composed in: $(tail -n 1 "$text")" ;;
    esac
done

! "$compose" --model "$source/assets/longhand.safetensors" --corpus "$work/iam.lhc" \
    -o "$work/composed" 2>"$work/said" || fail "lines were composed over others"
! "$compose" --model "$work/none" --corpus "$work/iam.lhc" -o "$work/other" 2>"$work/said" ||
    fail "a model that is not there was taken"
grep -q "$work/none" "$work/said" || fail "the missing model is not named"
