#!/bin/sh
# compose_texts.sh COMPOSE-TEXTS LONGHAND SOURCE: lines put together from pieces of others, which the network
# in assets/ writes here, can be prepared like recordings and read; with --nonsense their words are none of
# those that they were cut from.
set -eu
compose=$1 longhand=$2 source=$3
export LONGHAND_ASSETS="$source/assets"
reader=$source/assets/reader.safetensors
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$*"; exit 1; }

cat >"$work/texts" <<'END'
The garden was quiet when all the rain had gone, and he
sat down under an old tree with bread and a little cheese
until his sister came home from the market by the river.

I wonder what became of that boat which we built on the
shore, and who sails it now that most of us live in town
or have found work on a farm far away from the sea.
END
"$longhand" write --input "$work/texts" --style bruno --format iam -o "$work/iam" 2>/dev/null
"$longhand" prepare "$work/iam" -o "$work/iam.lhc" >/dev/null
"$compose" --reader "$reader" --corpus "$work/iam.lhc" -o "$work/made" --lines 60 --nonsense 1 >"$work/said"
grep -q '^[1-9][0-9]* words, [1-9][0-9]* parts of words, [1-9][0-9]* characters' "$work/said" ||
    fail "no pieces: $(cat "$work/said")"
[ "$(wc -l <"$work/made/trainset.txt")" = 60 ] || fail "not as many lines as asked for"

cat "$work"/made/ascii/text/*/*.txt | awk '/^CSR/ {getline; getline; print}' | tr -c 'A-Za-z\n' '\n' |
    awk 'FILENAME == ARGV[1] {for (i = 1; i <= NF; i++) {gsub(/[^A-Za-z]/, "", $i); known[$i] = 1}; next}
        length($0) > 3 {long++; there += $0 in known}
        END {exit !(long > 60 && there < long / 3)}' "$work/texts" - || fail "the words are not nonsense"

"$longhand" prepare --strict "$work/made" -o "$work/made.lhc" >/dev/null 2>&1 || fail "cannot be prepared"
"$longhand" evaluate --model "$reader" --corpus "$work/made.lhc" --split trainset >"$work/read" || fail "cannot be read"
for bad in '--nonsense 2' '--nonsense -1' '--nonsense x' '--lines 0'; do
    # shellcheck disable=SC2086
    ! "$compose" --reader "$reader" --corpus "$work/iam.lhc" -o "$work/none" $bad 2>"$work/usage" ||
        fail "$bad was taken"
    [ ! -e "$work/none" ] || fail "$bad: began"
done
