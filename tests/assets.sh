#!/bin/sh
# assets.sh BUILD SOURCE: the program finds what belongs to it from wherever it lies: in a build folder
# anywhere, in a source that was moved with its build, and installed.
set -eu
build=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LONGHAND_ASSETS

broken()
{
    echo "assets.sh: $*"
    exit 1
}

# folder_of PLACE STYLE: makes PLACE a folder of assets with one style.
folder_of()
{
    mkdir -p "$1/styles"
    cp "$source/assets/styles/felix.xml" "$1/styles/$2.xml"
    cp "$source/assets/styles/felix.txt" "$1/styles/$2.txt"
}

# check FOLDER STYLE WHAT: the program, copied to FOLDER, knows this style and no other.
check()
{
    mkdir -p "$1"
    cp "$build/src/cli/longhand" "$build/src/cli/"longhand-*.so "$1"
    "$1/longhand" styles >"$work/listed" || broken "$3: the styles are not listed"
    listed=$(sed '1d;s/ .*//' "$work/listed" | tr '\n' ' ')
    [ "$listed" = "$2 " ] || broken "$3: the styles are $listed, not $2"
}

[ "$(cd "$build/assets" && pwd -P)" = "$(cd "$source/assets" && pwd -P)" ] ||
    broken "the build folder's assets are not the source's"

folder_of "$work/source/assets" linked
mkdir -p "$work/elsewhere/build"
ln -s "$work/source/assets" "$work/elsewhere/build/assets"
check "$work/elsewhere/build/src/cli" linked "a build folder outside the source"

folder_of "$work/moved/assets" moved
mkdir -p "$work/moved/build"
ln -s "$work/nowhere/assets" "$work/moved/build/assets"
check "$work/moved/build/src/cli" moved "a source moved with its build"

folder_of "$work/prefix/share/longhand" installed
folder_of "$work/assets" strange
check "$work/prefix/bin" installed "an installed program, with a folder named assets near it"
