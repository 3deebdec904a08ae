#!/bin/sh
# web_page.sh SOURCE LONGHAND PART: the page that tools/web made. PART is "same", its ink in node beside that
# of the program, or "page", in Chromium. Skipped where there is no page, or nothing to look at it with.
set -eu
source=$1 longhand=$2 part=$3
site=$source/build-web/site
skip()
{
    echo "skipped: $1"
    exit 77
}
[ -f "$site/files.js" ] || skip 'no page in build-web/site; tools/web makes one'
command -v node >/dev/null || skip 'no node'
case $part in
same) exec node --no-experimental-fetch "$source/tests/web/test_same.mjs" "$site" "$longhand" ;;
page)
    command -v chromium >/dev/null || skip 'no chromium'
    command -v chromedriver >/dev/null || skip 'no chromedriver'
    exec node "$source/tests/web/test_page.mjs" "$site" "$longhand"
    ;;
esac
