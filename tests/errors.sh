#!/bin/sh
# errors.sh SOURCE: who fails says the kind of error (lh_fail), where it fails; who hears of it hands
# that on, and names no kind of its own: `return LH_ERROR_IO;` is a guess at what went wrong. Nor does
# anybody ask whether there is an error to look at: LH_OWN_ERROR (base/need.h) sees to that.
set -eu
cd "$1"
# shellcheck disable=SC2016 # the backticks are the table's
rooms=$(sed -n 's/^| `\([a-z]*\)` |.*/\1/p' CONTRIBUTING.md)
set --
for room in $rooms; do
    set -- "$@" "src/$room"
done
[ $# -ge 8 ] || { echo "too few rooms in CONTRIBUTING.md: $*"; exit 1; }
grep -rq 'return lh_fail(' "$@" || { echo "no function fails?"; exit 1; }
if grep -rnE 'return LH_ERROR_[A-Z]+;|[?:] LH_ERROR_[A-Z]+;|[^!=]= LH_ERROR_[A-Z]+;|error \? error->|error \? error : ' \
    --include='*.c' "$@"; then
    echo "these guess what went wrong"
    exit 1
fi
# gcc 12 for arm64 stops with an internal error at loops that gather an extreme with fmax or fmin:
# base/extremes.h.
if grep -rnE '([^ ]+) = f(max|min)f?\(\1,' --include='*.c' --include='*.h' src tools tests; then
    echo "these are lh_raise and lh_lower"
    exit 1
fi
