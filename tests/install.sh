#!/bin/sh
# install.sh BUILD SOURCE: installs into a folder of its own, compiles installed.c against that with
# pkg-config, and runs it and the installed program. The library must show all that the headers
# declare and nothing else.
set -eu
build=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

broken()
{
    echo "install.sh: $*"
    exit 1
}

meson install -C "$build" --no-rebuild --destdir "$work" >"$work/log" 2>&1 || {
    cat "$work/log"
    broken "meson install failed"
}
pc=$(find "$work" -name longhand.pc)
[ -n "$pc" ] || broken "no longhand.pc was installed"
prefix=$work$(sed -n 's/^prefix=//p' "$pc")
PKG_CONFIG_PATH=${pc%/*}
export PKG_CONFIG_PATH
pkg_config()
{
    pkg-config --define-variable=prefix="$prefix" "$@" longhand
}

# CC may be two words.
# shellcheck disable=SC2046,SC2086
${CC:-cc} -Wall -Werror "$source/tests/installed.c" -o "$work/program" \
    $(pkg_config --cflags --libs) || broken "installed.c does not compile"
LD_LIBRARY_PATH=$(pkg_config --variable=libdir)
export LD_LIBRARY_PATH
said=$("$work/program") || broken "the program compiled against the library fails"
[ "$said" = "2 offsets, the first (30, -40)" ] || broken "the program says: $said"

# The README's examples, all the C in it: a page, and a batch.
awk -v work="$work" '/^```c$/ { out = work "/example" ++n ".c"; next }
    /^```$/ { out = "" }
    out { print >out }' "$source/README.md"
for example in example1 example2; do
    [ "$(wc -l <"$work/$example.c")" -gt 20 ] || broken "no C as $example in the README"
    # shellcheck disable=SC2046,SC2086
    ${CC:-cc} -Wall -Wextra -Werror "$work/$example.c" -o "$work/$example" \
        $(pkg_config --cflags --libs) || broken "the README's $example does not compile"
done
[ ! -e "$work/example3.c" ] || broken "a C example in the README is not tried"
"$build/tests/make_model" "$work/model.safetensors" || broken "no model for the README's example"
(cd "$work" && ./example1 model.safetensors "Dear Anna, well met." letter.pdf) ||
    broken "the README's example fails"
head -c 5 "$work/letter.pdf" | grep -q %PDF- || broken "the README's example wrote no PDF"
if command -v pdftotext >/dev/null; then
    pdfinfo "$work/letter.pdf" | grep -q '^Pages: *1$' || broken "poppler finds no page in the PDF"
fi
(cd "$work" && ./example1 none.safetensors text x.pdf 2>"$work/said") &&
    broken "the README's example takes a model that is not there"
grep -q none.safetensors "$work/said" || broken "the README's example does not say what failed"
[ ! -e "$work/x.pdf" ] || broken "the README's example leaves a file when it fails"

printf 'name,text\nAnna,Dear Anna\nBen,Dear Ben\n' >"$work/people.csv"
for said in '2 made, 0 there, 0 failed' '0 made, 2 there, 0 failed'; do
    got=$(cd "$work" && ./example2 model.safetensors people.csv 'letters/{name}.pdf') ||
        broken "the README's batch fails"
    [ "$got" = "$said" ] || broken "the README's batch says: $got"
done
for name in Anna Ben; do
    head -c 5 "$work/letters/$name.pdf" | grep -q %PDF- || broken "the README's batch wrote no PDF"
done
[ "$(wc -l <"$work/letters/longhand-batch.jsonl")" = 2 ] || broken "the README's batch has no record"
(cd "$work" && ./example2 model.safetensors people.csv model.safetensors) >"$work/said" 2>&1 &&
    broken "the README's batch writes two letters to one file"
grep -q '{name}' "$work/said" ||
    broken "the README's batch does not say what is wrong"

for file in share/man/man1/longhand.1 share/bash-completion/completions/longhand \
    share/zsh/site-functions/_longhand; do
    [ -e "$prefix/$file" ] || broken "$file was not installed"
done
if [ -e "$build/src/window/longhand-window" ]; then
    [ -x "$prefix/bin/longhand-window" ] || broken "the window was not installed"
    for file in share/man/man1/longhand-window.1 share/bash-completion/completions/longhand-window; do
        [ -e "$prefix/$file" ] || broken "$file was not installed"
    done
fi
cmp -s "$source/assets/signs.txt" "$prefix/share/longhand/signs.txt" ||
    broken "the table of signs was not installed"

# A declaration runs from LH_API to its first "name(", "name[" or "name;".
cat "$prefix"/include/longhand/*.h | tr '\n' ' ' | sed 's/LH_API/\n&/g' |
    sed -n 's/^LH_API [^(;[]*\(lh_[a-z0-9_]*\)[(;[].*/\1/p' | sort -u >"$work/declared"
nm -D --defined-only "$LD_LIBRARY_PATH/liblonghand.so" |
    awk '$3 !~ /^[.]/ { print $3 }' | sort -u >"$work/shown" # .gomp_…: OpenMP's own
[ "$(wc -l <"$work/declared")" -gt 50 ] || broken "found too few declarations in the headers"
diff "$work/declared" "$work/shown" >"$work/difference" ||
    broken "declared (<) and shown by the library (>) differ:
$(cat "$work/difference")"

said=$("$prefix/bin/longhand" --version)
[ "$said" = "longhand $(pkg_config --modversion)" ] || broken "longhand --version says: $said"

[ -f "$source/assets/longhand.safetensors" ] || exit 0
(unset LONGHAND_ASSETS && "$prefix/bin/longhand" write 'installed' -o "$work/written.svg") ||
    broken "the installed longhand does not write with the installed model"
grep -q 'data-text="installed"' "$work/written.svg" || broken "no line of text in what it wrote"

# Modules are found beside a tree that was moved as a whole, and missed with a sentence.
mv "$prefix" "$work/moved"
moved=$work/moved/bin/longhand
without()
{
    env -u LD_LIBRARY_PATH -u LONGHAND_ASSETS "$@"
}
without "$moved" write 'moved' -o "$work/moved.png" || broken "a moved longhand draws no PNG"
head -c 4 "$work/moved.png" | grep -q PNG || broken "what a moved longhand wrote is no PNG"
drawing=$(find "$work/moved" -name longhand-drawing.so)
[ -n "$drawing" ] || broken "the module for drawing was not installed"
rm "$drawing"
without "$moved" write 'moved' -o "$work/missing.pdf" 2>"$work/said" &&
    broken "longhand draws a PDF without its module"
grep -q longhand-drawing.so "$work/said" || broken "a missing module is not named"
[ ! -e "$work/missing.pdf" ] || broken "longhand leaves a file when a module is missing"
without "$moved" write 'moved' -o "$work/moved.svg" || broken "SVG needs the module for drawing"
