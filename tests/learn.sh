#!/bin/sh
# learn.sh PROGRAM SOURCE: longhand learn and longhand gradient, as a student uses them.
set -eu
program=$(realpath "$1") source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
fail() { echo "learn.sh: $*"; exit 1; }

# number NAME FILE: the value of a name in a row of JSON.
number() { sed -n "s/.*\"$1\":\([-0-9.e+]*\).*/\1/p" "$2" | head -n 1; }
# holds CONDITION: of numbers.
holds() { awk "BEGIN { exit !($1) }"; }

"$program" learn latch --length 10 --cells 12 --sequences 6000 --test-every 500 --lengths 30,10 \
    -o latch.svg --log latch.jsonl --save latch.safetensors --json >result 2>told
holds "$(number success result) >= 0.95" || fail "a short latch was not learnt: $(cat result)"
[ "$(number weights result)" = 734 ] || fail "LSTM of 12 cells has $(number weights result) weights"
grep -q 'after 500 sequences nats a sequence' told || fail "no word of the tests: $(cat told)"
! command -v xmllint >/dev/null || xmllint --noout latch.svg || fail "latch.svg is no XML"
[ "$(grep -c '>share of ' latch.svg)" = 2 ] || fail "latch.svg lacks a chart"
head -n 1 latch.jsonl | grep -q '"kind":"start","task":"latch"' || fail "the log begins otherwise"
[ "$(grep -c '"kind":"test"' latch.jsonl)" = "$(grep -c '"kind":"train"' latch.jsonl)" ] ||
    fail "the log has not a row of training for each test"
[ "$(grep -c '"kind":"length"' latch.jsonl)" = 2 ] || fail "the log lacks lengths"
"$program" model latch.safetensors | grep -q latch || fail "the model does not tell of its task"

# The same seed, the same run, but for the time that it took.
"$program" learn latch --length 10 --cells 12 --sequences 6000 --test-every 500 --lengths 30,10 \
    --threads 1 --save again.safetensors >plain 2>/dev/null
cmp latch.safetensors again.safetensors || fail "the same seed gives another network"
grep -q 'latch of 10 to 10 steps: lstm, 1 x 12 cells, 734 weights' plain || fail "$(cat plain)"

# The regulariser holds Omega down.
for weight in 1e-9 10; do
    "$program" learn order --cell tanh --regulariser $weight --length 30 --lr 5e-3 --sequences 3000 \
        --test-every 1500 --log order$weight.jsonl >/dev/null 2>&1
    tail -n 2 order$weight.jsonl >order$weight.last
done
holds "$(number omega order1e-9.last) > 3 * $(number omega order10.last)" ||
    fail "Omega is not held down: $(cat order10.jsonl)"
"$program" learn order --cell tanh --length 30 --sequences 100 --test-every 100 --log - 2>/dev/null |
    grep -q '"omega":0}' || fail "there is an Omega without a regulariser"

# A free run stands in the picture of a sine.
"$program" learn sine --length 20 --cells 4 --sequences 40 --batch 10 -o - >sine.svg 2>/dev/null
grep -q 'what the network foretold' sine.svg || fail "no free run"
"$program" learn adding --length 1 2>told && fail "adding one value was taken"
grep -q 'adding has lengths of 2 to 10000 steps' told || fail "$(cat told)"
"$program" learn latch --length 10 --lengths 3 2>told && fail "a latch of 3 steps was taken"
grep -q 'latch has lengths of 4 to 10000 steps, not 3' told || fail "$(cat told)"

# Gradients over time: of a task, and of lines of a corpus.
"$program" gradient --model latch.safetensors --task latch --length 30 --lags 29 --lines 20 \
    -o reach.svg --json >reach
[ "$(tr '{' '\n' <reach | grep -c '"lag"')" = 30 ] || fail "not a row each lag"
! command -v xmllint >/dev/null || xmllint --noout reach.svg || fail "reach.svg is no XML"
"$program" gradient --model latch.safetensors --task latch --length 30 2>told && fail "30 < 100"
grep -q 'none 100 steps before its last' told || fail "$(cat told)"
"$program" gradient --model latch.safetensors --task order 2>told && fail "another task was taken"
"$program" prepare "$source/data" -o data.lhc >/dev/null
"$program" gradient --corpus data.lhc --lags 20 --lines 3 >table
grep -q 'layer 3' table || fail "no three layers: $(cat table)"
awk '$1 == 20 { exit !($2 > 0) }' table || fail "nothing reaches back 20 steps: $(cat table)"
"$program" evaluate --model latch.safetensors --corpus data.lhc 2>told && fail "it has no pen"
grep -q 'this network has learnt an artificial task' told || fail "$(cat told)"
for use in 'write a -o x.svg --model' 'write a -o x.svg --reader' 'sample -o x.svg --model' 'read data --model' \
    'styles -o x.svg --model' 'train --corpus data.lhc -o x --from'; do
    # shellcheck disable=SC2086
    "$program" $use latch.safetensors >told 2>&1 && fail "a task was taken: $use"
    grep -q 'latch.safetensors: this network has learnt an artificial task' told || fail "$use: $(cat told)"
done
"$program" model latch.safetensors >told
grep -q '^architecture  artificial task: 1 x' told || fail "$(cat told)"
"$program" gradient --model latch.safetensors --corpus data.lhc 2>told && fail "it has no pen"
grep -q 'not a network that foretells a pen' told || fail "$(cat told)"

# The cliff: without clipping descent ends far away.
"$program" cliff -o cliff.svg >told
! command -v xmllint >/dev/null || xmllint --noout cliff.svg || fail "cliff.svg is no XML"
grep -q '^the gradient as it is.*step 109.*E 0.49' told || fail "$(cat told)"
grep -q '^clipped.*step 109.*E 0.00' told || fail "$(cat told)"
[ "$("$program" cliff --json --descents 7 | tr '{' '\n' | grep -c gradient_norm)" = 14 ] || fail "not 14 places"
"$program" cliff -o cliff.svg --lr 100 --start 5.2,-2.2 --clip 1e12 >told || fail "$(cat told)"

# Networks with a memory, and what it does.
for memory in ntm dnc; do
    "$program" learn copy --memory $memory --slots 10 --width 6 --length 3 --cells 20 --batch 8 --lr 1e-2 \
        --sequences 800 --test-every 400 --save $memory.safetensors >told 2>&1
    grep -q "memory $memory of 10 x 6" told || fail "$(cat told)"
    "$program" model $memory.safetensors >told
    grep -q "1 x 20 cells (lstm), memory $memory of 10 x 6, read by 1" told || fail "$(cat told)"
    "$program" model --json $memory.safetensors | tr -d ' \n\t' >told
    grep -q "\"memory\":\"$memory\",\"slots\":10,\"width\":6,\"reads\":1" told || fail "$(cat told)"
    "$program" memory --model $memory.safetensors --task copy --length 3 -o $memory.svg
    ! command -v xmllint >/dev/null || xmllint --noout $memory.svg || fail "$memory.svg is no XML"
    grep -q 'where it writes' $memory.svg || fail "$memory.svg does not tell where it writes"
done
grep -q 'links:' dnc.svg || fail "dnc.svg has no links"
"$program" memory --model latch.safetensors --task latch -o a.svg 2>told && fail "it has no memory"
grep -q 'without a memory' told || fail "$(cat told)"
"$program" memory --model ntm.safetensors --task latch -o a.svg 2>told && fail "another task was taken"
"$program" learn copy --memory ntm --slots 2000 2>told && fail "2000 slots were taken"

# Networks of characters.
"$program" learn text --text data.lhc --cells 16 --length 30 --sequences 600 --test-every 300 \
    --save text.safetensors -o text.svg --json >result 2>told
holds "$(number bits_per_character result) < 6" || fail "$(cat result)"
grep -q 'ngram_bits_per_character' result || fail "no n-grams: $(cat result)"
"$program" cells --model text.safetensors --text data.lhc -o cells.html --json >result
[ "$(tr '{' '\n' <result | grep -c '"trait"')" -ge 4 ] || fail "few cells: $(cat result)"
[ "$(tr '{' '\n' <result | grep -c '"gate"')" = 3 ] || fail "not three gates: $(cat result)"
grep -q '</html>' cells.html || fail "cells.html is no page"
"$program" cells --model text.safetensors --text data.lhc --errors --json >result
[ "$(tr '{' '\n' <result | grep -c '"kind"')" = 7 ] || fail "not seven kinds of errors: $(cat result)"
[ "$(tr '{' '\n' <result | sed -n 's/.*"kind".*"count":\([0-9]*\).*/\1/p' | awk '{ n += $1 } END { print n }')" = \
    "$(number errors result)" ] || fail "the kinds are not all errors: $(cat result)"
"$program" cells --model text.safetensors --text data.lhc --errors >told
grep -q 'beginnings of words' told || fail "$(cat told)"
"$program" cells --model text.safetensors --text data.lhc --cell 3 -o cells.svg >/dev/null
! command -v xmllint >/dev/null || xmllint --noout cells.svg || fail "cells.svg is no XML"
"$program" cells --model text.safetensors --text data.lhc --cell 17 -o cells.svg 2>told && fail "cell 17 of 16"
grep -q '1 layers of 16 cells' told || fail "$(cat told)"
[ "$("$program" sample --network text --model text.safetensors --characters 50 | wc -m)" -ge 50 ] ||
    fail "fewer than 50 characters were made up"
"$program" write --invent text.safetensors --characters 60 --seed 3 -o invented.svg >/dev/null 2>told || fail "$(cat told)"
grep -q 'aria-label\|<title>' invented.svg || fail "invented.svg says nothing"
"$program" write --invent text.safetensors --characters 60 --seed 3 -o again.svg >/dev/null 2>&1
cmp invented.svg again.svg || fail "the same seed invents another text"
"$program" write --invent latch.safetensors -o a.svg 2>told && fail "it has no characters"
grep -q 'not a network of characters' told || fail "$(cat told)"
"$program" sample --network text --model latch.safetensors 2>told && fail "it has no characters"
grep -q 'not a network of characters' told || fail "$(cat told)"
printf 'ab\377cd' >bad.txt
"$program" learn text --text bad.txt 2>told && fail "no UTF-8 was taken"
grep -q 'bad.txt: this is no UTF-8: character 3' told || fail "$(cat told)"
printf 'ab' >short.txt
"$program" learn text --text short.txt 2>told && fail "two characters were taken"
printf 'abcdefghijklmnopqrstuvwxyz~' >other.txt
"$program" cells --model text.safetensors --text other.txt 2>told && fail "another alphabet was taken"
grep -q 'U+007E, which the network does not know' told || fail "$(cat told)"

# A run that is carried on ends as one that was never interrupted; another is refused.
run="learn latch --length 10 --cells 12 --batch 10 --test-every 200 --on"
"$program" $run --sequences 1000 --save whole.safetensors --log whole.jsonl >/dev/null 2>&1
"$program" $run --sequences 400 --state latch.state >/dev/null 2>&1
cp latch.state early.state
"$program" $run --sequences 400 --state latch.state 2>told && fail "a state was written over"
grep -q 'latch.state: the state of a run is there' told || fail "$(cat told)"
"$program" $run --sequences 1000 --state latch.state --resume --save resumed.safetensors \
    --log resumed.jsonl >/dev/null 2>&1
cmp whole.safetensors resumed.safetensors || fail "a resumed run ends otherwise"
[ "$(wc -l <whole.jsonl)" = "$(wc -l <resumed.jsonl)" ] || fail "the log of a resumed run is another"
"$program" $run --seed 2 --state early.state --resume 2>told && fail "another run was resumed"
grep -q 'early.state: the state of another run: latch' told || fail "$(cat told)"
"$program" learn order --state early.state --resume 2>told && fail "another task was resumed"
"$program" $run --state whole.safetensors --resume 2>told && fail "a model was resumed"
grep -q 'not the state of a run of learn' told || fail "$(cat told)"
head -c 3000 early.state >cut.state
"$program" $run --state cut.state --resume 2>told && fail "a truncated state was resumed"
grep -q '^longhand: cut.state' told || fail "$(cat told)"
"$program" learn text --text data.lhc --cells 8 --length 20 --sequences 200 --test-every 100 --state text.state \
    >/dev/null 2>&1
"$program" learn text --text data.lhc --cells 8 --length 20 --sequences 400 --test-every 100 --state text.state \
    --resume --save resumed.safetensors >/dev/null 2>&1
"$program" learn text --text data.lhc --cells 8 --length 20 --sequences 400 --test-every 100 \
    --save whole.safetensors >/dev/null 2>&1
cmp whole.safetensors resumed.safetensors || fail "a text that is learnt on ends otherwise"
printf '%01000d' 0 | tr 0 a >as.txt
printf '%01000d' 0 | tr 0 b >bs.txt
run="--cells 4 --length 20 --sequences 40 --batch 10 --test-every 20 --state as.state"
"$program" learn text --text as.txt $run >/dev/null 2>&1
"$program" learn text --text as.txt --cells 4 --length 20 --sequences 40 --batch 10 --save as.safetensors >/dev/null 2>&1
"$program" cells --model as.safetensors --text as.txt --errors >told
grep -q '^0 of 49 characters' told || fail "$(cat told)"
printf 'aaaaaaaaaaaa' >few.txt
"$program" cells --model as.safetensors --text few.txt --errors >told 2>&1 && fail "no twentieth, and errors in it"
grep -q 'too short for --errors' told || fail "$(cat told)"
"$program" learn text --text bs.txt $run --resume 2>told && fail "another text of as many characters was taken"
grep -q 'as.state: the state of another run: text' told || fail "$(cat told)"
