#!/bin/sh
# outputs.sh PROGRAM SOURCE MAKE_MODEL: no run writes over what it reads, or twice to one place, or
# outside its folder, or begins long work that cannot be written; standard streams may be closed or
# full.
set -eu
program=$(realpath "$1") source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$3" "$work/model"
cd "$work"
result=0
broken()
{
    echo "outputs.sh: $*"
    result=1
}

# What a run left: names and contents.
snapshot()
{
    find . ! -path ./said ! -path ./told -exec ls -ld --time-style=+ {} + | sed 's/  */ /g' |
        cut -d ' ' -f 1,3-
    find . -type f ! -path ./said ! -path ./told -exec cksum {} +
}

# refuses CODE WORDS COMMAND...: the command ends with the code, says the words (a regular
# expression), and changes nothing at all.
refuses()
{
    code=$1 words=$2 was=$(snapshot)
    shift 2
    got=0
    "$program" "$@" >told 2>said || got=$?
    [ "$got" = "$code" ] || broken "longhand $*: exit code $got, not $code: $(cat said)"
    grep -q -e "$words" said || broken "longhand $*: does not say '$words' but: $(cat said)"
    [ "$(wc -l <said)" -le 1 ] || broken "longhand $*: says more than one thing: $(cat said)"
    [ "$(snapshot)" = "$was" ] || broken "longhand $*: files changed"
}

takes()
{
    "$program" "$@" >told 2>said || broken "longhand $*: fails: $(cat said)"
}

# ---- outputs that are inputs --------------------------------------------------------------------

"$program" prepare "$source/data" -o c >/dev/null
cp "$source/assets/styles/felix.xml" anna.xml
cp "$source/assets/styles/felix.txt" anna.txt
echo 'a text' >text
echo 'o ae' >signs
printf 'name,text\nAnna,one\n' >table
printf '{"kind":"train","step":1,"epoch":1,"seconds":1,"nats_per_line":3,"nats_per_point":2}\n' >log
cp -r "$source/data" data
mkdir styles lists
cp anna.xml anna.txt styles
cp data/testset_v.txt lists
size='--layers 1 --cells 4 --mixtures 1 --windows 1 --epochs 1'

# The file itself, by another way, by a link of either kind.
for input in model c text signs table log anna.txt anna.xml; do
    ln -s "$input" "soft-$input"
    ln "$input" "hard-$input"
done
for way in '' ./ styles/../ "$work/" soft- hard-; do
    refuses 1 'overwrite model' model model -o "${way}model"
    refuses 1 'overwrite model' model c model -o "${way}model"
    refuses 1 'overwrite log' curve log -o "${way}log"
    refuses 1 'overwrite c,' corpus c --line s02-001u-03 -o "${way}c"
    refuses 1 'overwrite c,' evaluate --model model --corpus c --per-line "${way}c"
    refuses 1 'overwrite model' evaluate --model model --corpus c --per-line "${way}model"
    refuses 1 'overwrite model' sample --model model -o "${way}model"
    refuses 1 'overwrite model' sample --model model -o s.svg --trace "${way}model"
    refuses 1 'overwrite model' styles --folder styles --model model -o "${way}model"
    refuses 1 'overwrite c,' prepare c -o "${way}c"
    for file in '-o ' '-o m --state ' '-o m --log '; do
        # shellcheck disable=SC2086
        refuses 1 'overwrite c,' train --corpus c $size $file"${way}c"
        # shellcheck disable=SC2086
        refuses 1 'overwrite model' train --corpus c --from model --epochs 1 $file"${way}model"
    done
    refuses 1 'overwrite text' write --model model --input text -o "${way}text"
    refuses 1 'overwrite text' write --model model --merge table --template text -o "${way}text"
    refuses 1 'overwrite table' write --model model --merge table -o "${way}table"
    refuses 1 'overwrite signs' write --model model --signs signs hi -o "${way}signs"
    refuses 1 'overwrite model' write --model model hi -o "${way}model"
    refuses 1 'overwrite model' write --model model hi -o h.svg --trace "${way}model"
    for file in xml txt; do
        refuses 1 "overwrite ./anna.$file" write --model model hi --style ./anna.xml \
            -o "${way}anna.$file" --format svg
        refuses 1 "overwrite ./anna.$file" write --model model "$(printf '@style ./anna.xml\nhi')" \
            -o "${way}anna.$file" --format svg
        refuses 1 "overwrite ./anna.$file" write --model model hi --style felix:1,./anna.xml:2 \
            -o "${way}anna.$file" --format svg
    done
done
# However the row before ends, and behind a mark of byte order.
for end in '\r' '\v' '\f' '\342\200\250' '\357\273\277'; do
    # shellcheck disable=SC2059
    refuses 1 "overwrite ./anna.xml" write --model model \
        "$(printf "${end}@style ./anna.xml:1,felix:1\nhi")" -o anna.xml --format svg
done
refuses 1 'which is read (--input)' write --model model --input text log -o 'l{name}' --format svg \
    --trace '{name}'
refuses 1 'overwrite data/' prepare data -o data/lineStrokes/s02/s02-001/s02-001u-03.xml
refuses 1 'overwrite lists/' prepare data --splits lists -o lists/testset_v.txt
mkdir o
cp c o/trainset.txt
refuses 1 'overwrite' corpus o/trainset.txt --export o
mkdir -p o/lineStrokes/a
ln c o/lineStrokes/a/c
refuses 1 'overwrite c,' corpus c --export o
refuses 1 'overwrite o/' write --model model --input o/trainset.txt --format iam -o o
rm -r o
cp c grown
# shellcheck disable=SC2094
"$program" corpus grown >>grown 2>said && broken "a corpus takes its own description"
grep -q 'overwrite grown' said || broken "does not say that the corpus is standard output"
cmp -s c grown || broken "a corpus was described in itself"
was=$(cksum text)
# shellcheck disable=SC2094
"$program" write - -o text --model model --format svg <text 2>said && broken "standard input is lost"
grep -q 'text (-o) would overwrite -, which is read' said || broken "of a lost standard input it says: $(cat said)"
[ "$(cksum text)" = "$was" ] || broken "standard input was written over"

# Standard output is an output where it was sent to a file, however it is called.
sent()
{
    words=$1
    shift
    "$program" "$@" >sent.svg 2>said && broken "longhand $* takes where it was sent"
    grep -q -e "$words" said || broken "longhand $*: does not say '$words' but: $(cat said)"
    [ ! -s sent.svg ] || broken "longhand $*: writes to what it refuses"
}
sent 'sent.svg (--trace) is where standard output was sent' \
    write hi --model model -o - --format svg --trace sent.svg
sent 'sent.svg (--per-line) is where standard output was sent' \
    evaluate --corpus c --model model --per-line ./sent.svg
sent 'standard output would be written twice' write hi --model model -o - --format svg --trace /dev/stdout
rm sent.svg
"$program" write hi --model model -o /dev/stdout --format svg >whole.svg 2>said || broken "$(cat said)"
"$program" write hi --model model -o - --format svg 2>said | cmp - whole.svg || broken "/dev/stdout is another than -"
"$program" learn copy --sequences 20 --test-every 10 --tests 2 --length 2 -o - >whole.svg 2>said || broken "$(cat said)"
[ "$(tail -c 7 whole.svg)" = '</svg>' ] || broken "a result is mixed with a picture"

# What is no input may be written anew.
takes prepare data -o again.lhc
takes prepare . -o again.lhc
# shellcheck disable=SC2086
takes train --corpus c -o m $size
takes train --corpus c -o m --epochs 2 --resume
takes train --corpus c -o m --epochs 3 --resume --log /dev/null
takes write hi -o /dev/null --trace /dev/null --model model --format svg
[ ! -e /dev/null.lock ] || broken "/dev/null is locked"
ls ./*.lock 2>/dev/null && broken "a run leaves its locks"
takes write hi --model model -o "$(printf '%0251d' 0).svg"
rm 0*.svg

# ---- names that are the same --------------------------------------------------------------------

rm -rf o
write='--model model --no-proofread --paper a6'
printf 'one\n@page\ntwo\n@page\nthree\n' >long.txt
printf 'one\n' >long-2.txt
# shellcheck disable=SC2086
{
    refuses 1 'o/long-2.png would be written twice (long.txt and long-2.txt)' \
        write $write --input long.txt long-2.txt --format png -o o/
    refuses 1 'o/long-2.png would be written twice (long.txt and long-2.txt)' \
        write $write --input long.txt long-2.txt --draw points -o 'o/{name}.png'
    # Rows enough for a second page, and for eleven.
    two=$(yes a | head -n 20) eleven=$(yes a | head -n 150)
    printf 'name,text\nAnna,"%s"\nAnna,c\n' "$two" >two.csv
    refuses 1 "o/Anna-2.png would be written twice (row 1, 'Anna' and row 2, 'Anna-2')" \
        write $write --merge two.csv --format png -o o/
    # Page 11 of row 1 and page 1 of row 11.
    printf 'text\n"%s"\n' "$eleven" >eleven.csv
    yes p | head -n 10 >>eleven.csv
    refuses 1 "o/111.svg would be written twice (row 1, '1' and row 11, '11')" \
        write $write --merge eleven.csv -o 'o/{number}{page}.svg'
    printf 'name,text\nx1,"%s"\nx,a\n' "$two" >folders.csv
    takes write $write --merge folders.csv -o 'f/{name}/{page}.svg'
    [ -e f/x1/2.svg ] || broken "the second page is missing"
    refuses 1 'long-2.txt (long.txt) would overwrite long-2.txt' \
        write $write --input long.txt long-2.txt --format png -o '{name}.txt' --only long
    refuses 1 'would be written twice (the record of the batch and batch)' \
        write $write --input long.txt batch -o 'o/longhand-{name}.jsonl'
    cp long-2.txt batch
    refuses 1 'longhand-batch.jsonl would be written twice' \
        write $write --input long.txt batch -o 'o/longhand-{name}.jsonl'
    refuses 1 'x.svg would be written twice' write $write hi -o x.svg --trace ./x.svg
    refuses 1 'long-2.png would be written twice' \
        write $write --input long.txt --format png -o lists/long.png \
        --trace lists/../lists/long-2.png
    refuses 1 'would be written twice (--output and --log)' train --corpus c -o m9 --log ./m9

    # Without several pages they are others.
    cp long-2.txt short.txt
    cp long-2.txt short-2.txt
    takes write $write --input short.txt short-2.txt long.txt --format png -o o/
    [ "$(cd o && echo *.png)" = 'long-1.png long-2.png long-3.png short-2.png short.png' ] ||
        broken "the files are others: $(ls o)"
    cp long.txt long-2.txt
    takes write $write --input long.txt long-2.txt --format png -o p/
    [ "$(cd p && echo *.png)" = \
        'long-1.png long-2-1.png long-2-2.png long-2-3.png long-2.png long-3.png' ] ||
        broken "the files are others: $(ls p)"
    rm -r o p f
}

# ---- folders ------------------------------------------------------------------------------------

# shellcheck disable=SC2086
{
    refuses 1 'none.txt' write $write --input none.txt -o new/folder/
    refuses 1 "new/x.svg: cannot create" write $write hi -o new/x.svg
    refuses 1 "new/x.svg: cannot create" sample --model model -o new/x.svg
    refuses 1 "new/m: cannot create" train --corpus c -o new/m
    refuses 1 "new/m.state: cannot create" train --corpus c -o m9 --state new/m.state
    refuses 1 "new/l: cannot create" evaluate --corpus c --model model --per-line new/l
    refuses 1 "new/c: cannot create" prepare data -o new/c
    refuses 1 "data: is a folder" prepare data -o data
    refuses 1 "text/text.svg: cannot create" write $write hi -o 'text/{name}.svg'
    takes write $write hi -o 'new/{name}/page.svg' --trace 'traces/{number}/t.jsonl'
    for file in new/text/page.svg traces/1/t.jsonl; do
        [ -e $file ] || broken "the folder of $file is not made"
    done

    # Values that would lead elsewhere.
    printf 'name,text\n../../up,a\n/tmp/off,b\n..,c\n.,d\na/b,e\na_b,f\n' >names.csv
    mkdir -p in/side
    before=$(find . ! -path './in/*' | sort)
    takes write $write --merge names.csv -o 'in/side/{name}/x.svg'
    [ "$(find . ! -path './in/*' | sort)" = "$before" ] || broken "names lead out of a folder"
    [ "$(find in -name x.svg | wc -l)" = 6 ] || broken "not every row has its file: $(find in)"
    refuses 2 'iam makes a folder' write $write hi -o - --format iam
    refuses 2 'makes a folder' corpus c --export -
    refuses 2 'standard output' train --corpus c -o -
}

# ---- a file called like a style -----------------------------------------------------------------

echo 'no handwriting' >felix
cp "$source/assets/styles/felix.xml" wave
cp "$source/assets/styles/felix.txt" wave.txt
# shellcheck disable=SC2086
{
    takes write $write hi --style felix -o f1.svg
    grep -q 'style: felix' f1.svg || broken "the style is another"
    refuses 1 "no style 'nobody': none is installed" write $write hi --style nobody -o f2.svg
    refuses 1 "no style 'wave': none is installed" write $write hi --style wave -o f2.svg
    refuses 1 "no style './none': there is no such file" write $write hi --style ./none -o f2.svg
    takes write $write hi --style-from wave -o f2.svg
    takes write $write hi --style ./wave -o f3.svg
    takes write $write "$(printf '@style felix\nhi')" -o f4.svg
}

# ---- standard streams ---------------------------------------------------------------------------

# full COMMAND...: on a full disk it fails, and says so once.
full()
{
    "$program" "$@" >/dev/full 2>said && broken "longhand $*: does not see that the disk is full"
    [ "$(wc -l <said)" = 1 ] || broken "longhand $*: on a full disk says $(cat said)"
    grep -q 'standard output' said || broken "longhand $*: on a full disk says $(cat said)"
}
full --help
full --version
full write --help
full corpus c --json
full model model --json
full model model
full evaluate --model model --corpus c --json
full styles
# shellcheck disable=SC2086
{
    full write $write hi -o -
    "$program" write $write hi -o - >&- 2>said && broken "writes to a closed stream"
    grep -q 'standard output: is closed' said || broken "of a closed output it says: $(cat said)"
    "$program" write $write - -o x.svg <&- 2>said && broken "reads from a closed stream"
    grep -q 'standard input: is closed' said || broken "of a closed input it says: $(cat said)"
    "$program" --help >&- 2>said && broken "prints help on a closed stream"
    grep -q 'standard output' said || broken "of help that is not printed it says: $(cat said)"
    "$program" write $write hi -o open.svg 2>said
    "$program" write $write hi -o closed.svg --trace t <&- >&- 2>&- || broken "needs streams"
    cmp -s open.svg closed.svg || broken "closed streams are written into files"
    "$program" corpus c --line s02-001u-03 -o s.svg <&- >&- 2>&- &&
        broken "does not see that it cannot tell of a line"
    tail -n 1 s.svg | grep -q '</svg>' || broken "a closed stream got into a file"
}
exit $result
