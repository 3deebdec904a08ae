#!/bin/sh
# install.sh BUILD SOURCE: installs into a folder of its own, compiles installed.c against that with
# pkg-config, and runs it and the installed program.
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

# shellcheck disable=SC2046
"${CC:-cc}" -Wall -Werror "$source/tests/installed.c" -o "$work/program" \
    $(pkg_config --cflags --libs) || broken "installed.c does not compile"
LD_LIBRARY_PATH=$(pkg_config --variable=libdir)
export LD_LIBRARY_PATH
said=$("$work/program") || broken "the program compiled against the library fails"
[ "$said" = "2 offsets, the first (30, -40)" ] || broken "the program says: $said"

said=$("$prefix/bin/longhand" --version)
[ "$said" = "longhand $(pkg_config --modversion)" ] || broken "longhand --version says: $said"
