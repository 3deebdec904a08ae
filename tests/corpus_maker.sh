#!/bin/sh
# corpus_maker.sh MAKE-CORPUS SOURCE: data/ is what tools/corpus makes, and a broken font is refused
# by name. Skipped (77) without Debian's hershey-fonts-data.
set -eu
maker=$1 source=$2 fonts=/usr/share/hershey-fonts
sentences=$source/tools/corpus/sentences.txt
[ -f "$fonts/scripts.jhf" ] || { echo "no Hershey fonts in $fonts"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$maker" "$fonts" "$sentences" 1 "$work/data"
diff -r --exclude=README.md "$source/data" "$work/data" || {
    echo "data/ differs from what make-corpus writes"
    exit 1
}

mkdir "$work/fonts"
cp "$fonts"/*.jhf "$work/fonts"
head -c 700 "$fonts/scripts.jhf" >"$work/fonts/scripts.jhf"
if "$maker" "$work/fonts" "$sentences" 1 "$work/none" 2>"$work/said"; then
    echo "a truncated font was taken"
    exit 1
fi
grep -q 'scripts.jhf:[0-9]*: expected' "$work/said" || {
    echo "a truncated font was refused without its name and line:"
    cat "$work/said"
    exit 1
}
