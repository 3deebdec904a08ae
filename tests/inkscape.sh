#!/bin/sh
# inkscape.sh PROGRAM SOURCE: the extension for Inkscape, called as Inkscape calls it, puts a text into a
# drawing as strokes, and offers the hands that there are. Skipped where Inkscape's Python is not here.
set -eu
program=$1 source=$2
extensions=/usr/share/inkscape/extensions
python=/usr/bin/python3
PYTHONPATH=$extensions $python -c 'import inkex' 2>/dev/null || {
    echo "no Inkscape here"
    exit 77
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

broken()
{
    echo "inkscape.sh: $*"
    exit 1
}

sed -n 's/.*<option value="\([a-z]*\)".*/\1/p' "$source/tools/inkscape/longhand.inx" | grep -vx own |
    sort >"$folder/offered"
(cd "$source/assets/styles" && ls -- *.hand *.xml) | sed 's/\.[a-z]*$//' | sort | diff - "$folder/offered" ||
    broken "the dialog offers other hands than there are"
grep -o 'param name="[a-z]*"' "$source/tools/inkscape/longhand.inx" | cut -d '"' -f 2 | while read -r name; do
    grep -q "\"--$name\"" "$source/tools/inkscape/longhand_write.py" || broken "the script takes no --$name"
done

# extend ARGUMENT...: what the extension makes of a drawing of a box, which lies at (25, 35) mm.
extend()
{
    PYTHONPATH=$extensions $python "$source/tools/inkscape/longhand_write.py" --program="$program" "$@" \
        "$folder/drawing.svg"
}

cat >"$folder/drawing.svg" <<'END'
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  width="200mm" height="100mm" viewBox="0 0 400 200"><g inkscape:groupmode="layer" id="layer1"
  transform="translate(10 10)"><rect id="box" x="40" y="60" width="160" height="80"/></g></svg>
END
extend '--text=some words\n@ink blue\n& a row of more words than fit into the box' --id=box >"$folder/made.svg" ||
    broken "the extension failed"
$python - "$folder/made.svg" <<'END' || broken "the drawing is not as it should be"
import re
import sys
from lxml import etree

svg = etree.parse(sys.argv[1]).getroot()
assert svg.find(".//{*}rect") is not None, "what was there is gone"
group = next(g for g in svg.iter("{*}g") if g.get("{http://www.inkscape.org/namespaces/inkscape}label") ==
             "handwriting")
move = [float(v) for v in re.findall(r"-?[\d.]+", group.get("transform"))]
assert move[:4] == [2, 0, 0, 2] and move[4:] == [50, 70], group.get("transform")
lines = [g for g in group.iter("{*}g") if g.get("class") == "line"]
assert len(lines) >= 3, "the rows are wider than the box"
assert " ".join(g.get("data-text") for g in lines) == "some words & a row of more words than fit into the box"
assert {g.get("stroke") for g in lines} == {"#101010", "#1f3a93"}
assert len(group.findall(".//{*}path")) > 20, "there are too few strokes"
assert not group.findall(".//{*}rect"), "there is paper"
END
extend '--text=a word' '--style=nobody' >"$folder/none.svg" 2>"$folder/said" || true
grep -q "no style 'nobody'" "$folder/said" || broken "a failure is not told: $(cat "$folder/said")"
extend '--text= ' >"$folder/none.svg" 2>"$folder/said" || true
grep -q "no text" "$folder/said" || broken "an empty text is not told"
PYTHONPATH=$extensions $python "$source/tools/inkscape/longhand_write.py" --program="$folder/none" --text=a \
    "$folder/drawing.svg" >"$folder/none.svg" 2>"$folder/said" || true
grep -q "cannot be run" "$folder/said" || broken "a missing program is not told"
