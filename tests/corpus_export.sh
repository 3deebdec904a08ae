#!/bin/sh
# corpus_export.sh LONGHAND SOURCE: a corpus that is exported and prepared again is the same.
set -eu
longhand=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$*"; exit 1; }

"$longhand" prepare "$source/data" -o "$work/first.lhc" >"$work/told"
lines=$(find "$source/data" -name '*-*-*.xml' | wc -l)
[ "$lines" -gt 20 ] || fail "too few lines in $source/data: $lines"
grep -q ": $lines lines, $lines with their text; [1-9]" "$work/told" ||
    fail "prepare does not tell of the $lines lines that there are"
"$longhand" corpus "$work/first.lhc" --export "$work/layout"
"$longhand" prepare --strict "$work/layout" -o "$work/second.lhc" >/dev/null

# Lines, splits, points, lengths and characters; what preparing did differs.
for corpus in first second; do
    "$longhand" corpus "$work/$corpus.lhc" >"$work/told"
    sed '/^prepared from/,$d' "$work/told" >"$work/$corpus.told"
done
[ -s "$work/first.told" ] || fail "a corpus tells nothing of itself"
diff "$work/first.told" "$work/second.told" || fail "the exported corpus is another"

diff -r "$source/data/ascii" "$work/layout/ascii" || fail "texts differ"
for list in trainset testset_v testset_t testset_f; do
    [ -f "$source/data/$list.txt" ] || fail "there is no $list in $source/data"
    tr -d ' ' <"$source/data/$list.txt" | sort >"$work/was"
    sort "$work/layout/$list.txt" | diff "$work/was" - || fail "$list differs"
done

# Lists of single lines stay lists of single lines.
mkdir "$work/lists"
printf 's01-000-01\ns02-001u\n' >"$work/lists/trainset.txt"
printf 's01-000-02\ns01-000-03\n' >"$work/lists/testset_v.txt"
touch "$work/lists/testset_t.txt" "$work/lists/testset_f.txt"
"$longhand" prepare "$source/data" --splits "$work/lists" -o "$work/lines.lhc" >/dev/null
"$longhand" corpus "$work/lines.lhc" --export "$work/of-lines"
for list in trainset testset_v; do
    sort "$work/lists/$list.txt" | diff - "$work/of-lines/$list.txt" || fail "$list of lines differs"
done
[ ! -s "$work/of-lines/testset_t.txt" ] || fail "lines in no list are listed"

# Points are the same to the byte.
line=s02-001u-03
for corpus in first second; do
    "$longhand" corpus "$work/$corpus.lhc" --line "$line" -o "$work/$corpus.xml" >/dev/null
done
cmp "$work/first.xml" "$work/second.xml" || fail "the points of $line differ"
cmp "$work/first.xml" "$work"/layout/lineStrokes/s02/s02-001/"$line.xml" ||
    fail "$line was not exported as it is"

# What training will miss is told.
mkdir "$work/bare"
cp -r "$source/data/lineStrokes" "$work/bare"
"$longhand" prepare "$work/bare" -o "$work/bare.lhc" >"$work/told" 2>"$work/said"
grep -q " 0 with their text; 0 to train on, 0 to validate, $lines in no list" "$work/told" ||
    fail "prepare tells wrongly of lines without texts and lists"
grep -q 'no transcription' "$work/said" || fail "missing transcriptions are not told"
grep -q 'to train on or validate: --splits' "$work/said" || fail "missing lists are not told"

mkdir "$work/training"
cp -r "$source/data/lineStrokes" "$source/data/ascii" "$work/training"
cat "$source"/data/t*set*.txt >"$work/training/trainset.txt"
"$longhand" prepare "$work/training" -o "$work/training.lhc" >"$work/told" 2>"$work/said"
grep -q ' 0 to validate, 0 in no list' "$work/told" || fail "lists of training alone: $(cat "$work/told")"
grep -q 'to validate: --splits .* move rows of trainset.txt' "$work/said" ||
    fail "it is not told how to get lines to validate"

# Lines without a height to go by are drawn all the same.
for height in 0 1e-40; do
    points=
    for x in 0 9 18 27 36 45 54 63 72 81 90 99; do
        points="$points<Point x='$x' y='$((x % 2 * 2 - 1))e-40' time='0.$x'/>"
    done
    [ $height != 0 ] || points=$(echo "$points" | sed "s/y='[^']*'/y='7'/g")
    mkdir -p "$work/flat"
    echo "<WhiteboardCaptureSession><StrokeSet><Stroke>$points</Stroke></StrokeSet></WhiteboardCaptureSession>" \
        >"$work/flat/a01-000u-01.xml"
    "$longhand" prepare "$work/flat" -o "$work/flat.lhc" >/dev/null 2>&1
    "$longhand" corpus "$work/flat.lhc" --line a01-000u-01 -o "$work/flat.svg" >/dev/null ||
        fail "a line $height high is not drawn"
    grep -q '<path' "$work/flat.svg" || fail "the picture of a line $height high is empty"
done

! "$longhand" corpus "$work/first.lhc" --export "$work/first.lhc" 2>"$work/said" ||
    fail "a file was taken for a folder"
grep -q "first.lhc" "$work/said" || fail "the folder that cannot be made is not named"
long=$(printf '%04000d' 0)
! "$longhand" corpus "$work/first.lhc" --export "$work/$long$long" 2>"$work/said" ||
    fail "a name of 8000 characters was taken"
grep -q '000: cannot create: ' "$work/said" || fail "of a name too long it says: $(cat "$work/said")"
