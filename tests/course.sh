#!/bin/sh
# course.sh PROGRAM SOURCE: docs/course.md has twelve chapters, each with a command and what to look at, read
# and refer to; tools/course runs them all, here with tiny sizes, and makes their pictures.
set -eu
program=$1 source=$2 work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "course.sh: $*"; exit 1; }

page=$source/docs/course.md
[ "$(grep -c '^## ' "$page")" = 12 ] || fail "not twelve chapters"
awk '
    function complain(what) { print "course.sh: chapter \"" title "\" has no " what; bad = 1 }
    function check() {
        if (!title) return
        if (!command) complain("command")
        if (!look) complain("word on what to look at")
        if (!read) complain("source to read")
        if (!reference) complain("reference")
    }
    /^## / { check(); title = $0; command = look = read = reference = 0 }
    /^    longhand / { command = 1 }
    /Look at:/ { look = 1 }
    /Read:/ { read = 1 }
    /Reference:/ { reference = 1 }
    END { check(); exit bad }' "$page" || exit 1

# Source that it names is there.
grep -o '`src/[a-z_/]*\.[ch]`' "$page" | tr -d '`' | sort -u >"$work/named"
[ "$(wc -l <"$work/named")" -gt 10 ] || fail "it names little source"
while read -r file; do
    [ -f "$source/$file" ] || fail "there is no $file"
done <"$work/named"

"$source/tools/course" "$work/run" --quick --program "$program" >"$work/told" 2>&1 || {
    tail -n 20 "$work/told"
    fail "a command failed"
}
pictures=$(grep '^    ' "$page" | grep -o -- '-o [a-z-]*\.svg' | cut -d ' ' -f 2)
[ "$(echo "$pictures" | wc -l)" -ge 12 ] || fail "fewer than twelve pictures"
for picture in $pictures; do
    [ -s "$work/run/$picture" ] || fail "no $picture was made"
    case $picture in
    *.svg) ! command -v xmllint >/dev/null || xmllint --noout "$work/run/$picture" || fail "$picture is no XML" ;;
    esac
done
