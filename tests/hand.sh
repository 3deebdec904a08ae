#!/bin/sh
# hand.sh PROGRAM SOURCE: `longhand hand` learns from every kind of file, says what it read, what is missing
# and how it went, and refuses what no hand can be learnt from, keeping nothing. Skipped where no network is
# installed.
set -eu
program=$(realpath "$1") source=$2
[ -r "$source/assets/longhand.safetensors" ] || {
    echo "no network is installed"
    exit 77
}
export LONGHAND_ASSETS="$source/assets"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
result=0
broken()
{
    echo "hand.sh: $*"
    result=1
}

# Learns with few steps; said in `said`.
learn()
{
    "$program" hand "$@" --steps 2 --rank 2 2>said
}

# refuses WORDS ARGUMENT...: the words are said, and there is no hand.
refuses()
{
    words=$1
    shift
    rm -f no.hand
    learn "$@" -o no.hand && broken "hand $*: was learnt"
    grep -q -e "$words" said || broken "hand $*: does not say '$words' but: $(cat said)"
    [ ! -e no.hand ] || broken "hand $*: kept something"
}

says()
{
    grep -q -e "$1" said || broken "does not say '$1' but: $(cat said)"
}

printf 'a good day\nmany thanks\n' >text
"$program" write --input text -o lines.jsonl --seed 2 2>/dev/null
"$program" write --input text -o lines.svg --seed 2 2>/dev/null
"$program" write --input text -o lines.inkml --seed 2 2>/dev/null

# What files say, and what is read.
for kind in jsonl svg inkml; do
    learn "lines.$kind" -o "$kind.hand" || broken "$kind: $(cat said)"
    says 'row 1 says: a good day'
    says 'from -*[0-9.]* to -*[0-9.]* nats a point'
    says 'as the network has them: .*A'
done
"$program" styles --folder . | grep -q '^svg .*many thanks$' || broken "styles does not list svg.hand"

# A picture of other programs, without texts: paths alone.
sed -n 's/.*<path d="\([^"]*\)".*/<path d="\1" fill="none" stroke="black"\/>/p' lines.svg >paths
{ echo '<svg xmlns="http://www.w3.org/2000/svg">' && cat paths && echo '</svg>'; } >drawn.svg
if [ -s paths ]; then
    learn drawn.svg -o drawn.hand --picture drawn-new.svg || broken "drawn: $(cat said)"
    says 'row 1 is read as: a good day'
    grep -q '<svg' drawn-new.svg || broken "no picture"
fi

# Anew from its own lines; by name, by mixing, in a text; the same bytes each time.
learn svg.hand -o again.hand --maker Anna --license 'for all' || broken "again: $(cat said)"
learn svg.hand -o twice.hand --maker Anna --license 'for all' || broken "twice: $(cat said)"
cmp -s again.hand twice.hand || broken "the same lines are not the same hand"
"$program" styles again.hand >told || broken "styles again.hand"
grep -q 'made by *Anna' told && grep -q 'licence *for all' told && grep -q '^ *a good day$' told && grep -q 'from *many thanks$' told ||
    broken "styles of a file tells: $(cat told)"
[ "$(wc -l <told)" = 7 ] || broken "styles of a file tells of others: $(cat told)"
"$program" styles nobody 2>said && broken "a style that is not there was told of"
says "no style 'nobody'"
"$program" styles ./again.hand:0.5,felix:0.5 2>said && broken "a mix was told of"
says 'mixed'
[ "$(wc -c <again.hand)" -le 300000 ] || broken "a hand is too large"
for style in ./again.hand './again.hand:0.5,./svg.hand:0.5'; do
    "$program" write 'hi you' --style "$style" -o hi.svg 2>said || broken "$style: $(cat said)"
done
cp again.hand again.svg
"$program" styles ./again.svg -o again.svg 2>said && broken "a style was written over by its picture"
says 'again.svg'
cmp -s again.hand again.svg || broken "a style was lost"
mkdir -p data/longhand/styles && cp again.hand data/longhand/styles/mine.hand
XDG_DATA_HOME=$PWD/data "$program" write 'hi you' --style mine -o hi.svg 2>said || broken "a kept hand by its name: $(cat said)"
XDG_DATA_HOME=$PWD/data "$program" styles | grep -q '^mine ' || broken "styles does not list a kept hand"
"$program" write 'hi you' --style mine -o hi.svg 2>said && broken "a hand that is not there was found"
says 'none is installed or kept by this name'
printf '@style ./again.hand\nhi you\n' | "$program" write --input - -o in.svg 2>said || broken "in a text: $(cat said)"
"$program" write hi --style './again.hand:x,./svg.hand:1' -o hi.svg 2>said && broken "a share that is none was taken"
"$program" write hi --style './again.hand:1,felix:1' -o hi.svg 2>said && broken "felix was mixed"
says 'cannot be mixed'

printf 'a good day\n\nmany thanks\n' >said.txt
learn lines.svg -o said.hand --texts said.txt || broken "texts: $(cat said)"
says 'row 2 says: many thanks'

awk 'BEGIN { printf "<svg xmlns=\"http://www.w3.org/2000/svg\"><path fill=\"none\" stroke=\"black\" d=\"M0 0"
    for (i = 1; i < 10000; i++) printf " L%d %d", (i * 7919) % 300, (i * 104729) % 120
    print "\"/></svg>" }' >scrawl.svg

# What no hand can be learnt from.
refuses 'said.txt: has more rows than the ink, which has 1' scrawl.svg --texts said.txt
refuses 'is no text in UTF-8' lines.jsonl --texts svg.hand
refuses "and not 'something else altogether'" lines.jsonl --text 'something else altogether'
refuses 'given 3 times, for ink of 2 rows' lines.jsonl --text a --text b --text c
refuses 'longhand: gone.svg: cannot open' gone.svg
refuses 'is of no kind' text
echo '<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 1h0" stroke="black"/></svg>' >dot.svg
refuses 'row 1 has too little ink' dot.svg --text a
refuses 'row 1 has too little ink' dot.svg
refuses 'row 1' scrawl.svg
refuses "and not 'a good day'" scrawl.svg --text 'a good day'
refuses "'щ'\|0449\|U+0449\|alphabet\|cannot" lines.jsonl --text 'щука и рак' --unchecked
echo '<xournal><page><layer></layer></page></xournal>' >empty.xopp
refuses 'empty.xopp: holds no strokes' empty.xopp
head -c 5000 svg.hand >cut.hand
refuses 'cut.hand' cut.hand
head -c 5000 svg.hand >said.hand
"$program" write hi --style ./said.hand -o hi.svg 2>said && broken "a hand that is cut short was written in"
says 'said.hand'
for content in '' 'a letter that was called so'; do
    printf %s "$content" >no.hand
    "$program" write hi --style ./no.hand -o hi.svg 2>said && broken "what is no hand was written in"
    says 'no.hand: is no hand'
done
exit $result
