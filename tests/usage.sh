#!/bin/sh
# usage.sh PROGRAM: what does not go together is refused by every command, with exit status 2 and
# words that say what is wrong, before anything is read or written.
set -eu
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
result=0 tried=0 told=" "

# refused WORDS ARGUMENT...: the arguments are refused, and the message has the words.
refused()
{
    words=$1
    shift
    tried=$((tried + 1))
    [ "${2-}" = --no-such ] || told="$told$1 "
    code=0
    said=$("$program" "$@" 2>&1 >/dev/null) || code=$?
    if [ $code != 2 ]; then
        echo "usage.sh: longhand $*: exit $code, not 2: $said"
        result=1
    fi
    case $said in
    *"$words"*) ;;
    *)
        echo "usage.sh: longhand $*: no \"$words\" in: $said"
        result=1
        ;;
    esac
}

refused "needs a text, --input FILE, --merge TABLE or --invent MODEL" write -o a.svg
refused "needs a text, --input FILE, --merge TABLE or --invent MODEL" write a --input b -o a.svg
refused "needs a text, --input FILE, --merge TABLE or --invent MODEL" write --input b --merge c -o a.svg
refused "needs a text, --input FILE, --merge TABLE or --invent MODEL" write a --invent b -o a.svg
refused "--characters goes with --invent" write a --characters 5 -o a.svg
refused "needs -o FILE" write a
refused "longhand learn text --text CORPUS" train --network text --corpus a -o b
refused "longhand learn text --text CORPUS" train --network=text
refused "what is 'b'?" write a b -o a.svg
refused "TEXT that does stands last, with -- before it: -- '- butter'" write "- butter" -o a.svg
refused "no option -butter; if it is TEXT, put -- before it" write -butter -o a.svg
refused "MODEL that does stands last, with -- before it" model "--my file"
refused "--template goes with --merge" write a --template b -o a.svg
refused "--missing goes with --merge" write a --missing empty -o a.svg
refused "--missing takes error or empty" write --merge a --missing none -o a.svg
refused "--only goes with --input or --merge" write a --only b -o a.svg
refused "--style-text goes with --style or --style-from" write a --style-text b -o a.svg
refused "takes --style or --style-from" write a --style b --style-from c -o a.svg
refused "--columns goes with --paper" write a --columns 2 -o a.pdf
refused "--gap goes with --columns" write a --gap 2 -o a.pdf
refused "--gap goes with --columns" write a --gap 2 --columns 1 --paper a4 -o a.pdf
refused "--page-numbers goes with --paper" write a --page-numbers -o a.pdf
refused "--resume goes with --input or --merge" write a --resume -o a.pdf
refused "--ink goes with" write a --ink red -o a.xml
refused "--paper-colour goes with" write a --paper-colour red -o a.gcode
refused "there are #rrggbb, #rgb, black" write a --ink mud -o a.svg
refused "--up 1 is not above --down 2" write a --up 1 --down 2 -o a.gcode
refused "--up -9 is not above --down 0" write a --up -9 -o a.gcode
refused "--down is of the z axis" write a --pen-up M3 --pen-down M5 --down 2 -o a.gcode
refused "--fit goes with --paper" write a --fit -o a.pdf
refused "--fit finds the pitch" write a --fit --pitch 9 --paper a4 -o a.pdf
refused "there are left, right, centre and justify" write a --align up -o a.pdf
refused "--width goes with paper that is cut to the writing" write a --width 90 --paper a4 -o a.pdf
refused "--dpi goes with png, not with svg" write a --dpi 90 -o a.svg
refused "--machine goes with gcode, not with pdf" write a --machine grbl -o a.pdf
refused "--order goes with gcode and hpgl, not with svg" write a --order short -o a.svg
refused "--origin goes with gcode and hpgl, not with dxf" write a --origin 1,2 -o a.dxf
refused "--for goes with svg, gcode, hpgl and dxf, not with png" write a --for plotter -o a.png
refused "--manifest goes with svg and png, not with pdf" write a --manifest m -o a.pdf
refused "--manifest goes with files of their own" write --input a b --manifest m --together -o a.svg
refused "--manifest goes with ink" write a --manifest m --draw points -o a.svg
refused "--for plotter goes with ink" write a --for plotter --draw points -o a.svg
refused "--animate goes with ink" write a --animate 1 --draw points -o a.svg
refused "--by-speed goes with ink" write a --by-speed --draw strokes -o a.png
refused "--ruling goes with ink" write a --paper a4 --ruling ruled --draw points -o a.svg
refused "--paper-colour goes with ink" write a --paper a4 --paper-colour red --draw points -o a.svg
refused "takes lengths from 0 to 20000 mm, not '-1'" write a --margin -1 -o a.svg
refused "takes lengths from 0 to 20000 mm, not '1,2,-3,4'" write a --margin 1,2,-3,4 -o a.svg
refused "--json goes to standard output" learn copy --json -o -
refused "--json goes to standard output" cliff --json -o /dev/stdout
refused "--json goes to standard output" evaluate --corpus c --json --per-line -
refused "--for plotter or --animate, not both" write a --for plotter --animate 1 -o a.svg
refused "--pen-change goes with gcode" write a --pen-change M0 -o a.hpgl
refused "--lift-wait goes with gcode" write a --lift-wait 1 -o a.hpgl
refused "--rotate goes with gcode and hpgl" write a --rotate 90 -o a.svg
refused "--rotate takes" write a --rotate 45 -o a.gcode
refused "takes two numbers, X,Y, or off" write a --park 3 -o a.gcode
refused "--animate goes with svg, not with pdf" write a --animate 2 -o a.pdf
refused "--by-speed goes with pdf and png, not with svg" write a --by-speed -o a.svg
refused "--draw goes with svg and png, not with gcode" write a --draw points -o a.gcode
refused "--dpi goes with png, not with iam" write a --dpi 90 --format iam -o a
refused "--together goes with" write a --together -o a.png
refused "nothing to --resume" write --input a b --together --resume -o a.pdf
refused "not with --draw" write --input a b --together --draw points -o a.svg
refused "--pen-up and --pen-down go together" write a --pen-up M3 -o a.gcode
refused "no format 'gif'" write a -o a.gif
refused "no format 'gif'" write a -o a.svg --format gif
refused "takes one number, or four" write a --margin 1,2 -o a.svg
refused "takes one number, or four" write a --margin 1,2,3,4,5 -o a.svg
refused "takes two numbers, X,Y" write a --origin 1 -o a.gcode
refused "makes a folder, and - is none" write a --format iam -o -
refused "needs lines, and -o with the name of the hand" hand
refused "needs lines, and -o with the name of the hand" hand a.xml
refused "needs lines, and -o with the name of the hand" hand -o a.hand
refused ".hand only" hand a.xml -o a.txt
refused "--steps" hand a.xml -o a.hand --steps 0
refused "--rank" hand a.xml -o a.hand --rank 25
refused "needs files, or a --corpus" read
refused "needs files, or a --corpus" read a.xml --corpus b
refused "--split goes with --corpus" read a.xml --split testset_v
refused "needs -o FILE" sample
refused "--dpi goes with png, not with svg" sample --dpi 90 -o a.svg
refused "a.pdf: what is drawn here is .svg or .png only" sample -o a.pdf
refused "--bias goes with -o" styles --bias 1
refused "--text goes with -o" styles --text a
refused "a.png: what is drawn here is .svg only" styles -o a.png
refused "which corpus?" corpus
refused "what is 'b'?" corpus a b
refused "--output goes with --line" corpus a -o a.svg
refused "only one of --json, --line and --export" corpus a --json --line b
refused "--export makes a folder" corpus a --export -
refused "which file?" model
refused "several models have a mean" model a b
refused "--alike goes with -o" model a --alike X=x
refused "--precision goes with -o" model a --precision float16
refused "--json tells of a model, -o writes one" model a --json -o b
refused "needs --corpus FILE" evaluate
refused "--baseline takes no --model" evaluate --corpus a --baseline --model b
refused "--split: " evaluate --corpus a --split b
refused "needs --corpus and -o" train -o a
refused "takes --epochs or --minutes" train --corpus a -o b --epochs 1 --minutes 1
refused "takes --from or --resume" train --corpus a -o b --from c --resume
refused "takes sizes of the network from --from" train --corpus a -o b --from c --skips no
refused "takes sizes of the network from --from" train --corpus a -o b --from c --peepholes yes
refused "takes sizes of the network from --from" train --corpus a -o b --from c --cells 3
refused "takes the network's kind from --from" train --corpus a -o b --from c --network synthesis
refused "cannot be standard output" train --corpus a -o -
refused "--cells takes a whole number from 1 to 8192, not '8193'" train --corpus a -o b --cells 8193
refused "which folder or archive?" prepare -o a
refused "the file to write, is missing" prepare a
refused "needs the log" curve -o a.svg
refused "needs -o OUT.svg" curve a
refused "no part 'a'" bench --only a
refused "needs a task" learn
refused "there is no task 'a'; there are sine, latch, adding" learn a
refused "what is 'copy'?" learn sine copy
refused "takes up to 32 whole numbers" learn sine --lengths 20,
refused "takes up to 32 whole numbers" learn sine --lengths 20,x
refused "what is drawn here is .svg only" learn sine -o a.png
refused "--lr takes a number" learn sine --lr 0
refused "needs --corpus or --task" gradient
refused "needs -o FILE or --json" cliff
refused "takes two numbers from -100 to 100" cliff --start 5 -o a.svg
refused "takes two numbers from -100 to 100" cliff --start 5,2,1 -o a.svg
refused "takes two numbers from -100 to 100" cliff --start 5,nan -o a.svg
refused "what is drawn here is .svg only" cliff -o a.png
refused "needs --corpus or --task" gradient --corpus a --task copy
refused "there is no task 'a'" gradient --task a
refused "needs --model and --text" cells
refused "the task text needs --text" learn text
refused "--resume needs --state" learn copy --resume
refused "--text goes with the task text" learn copy --text README.md
refused "--network text needs --model" sample --network text
refused "--output goes with --network prediction" sample --network text --model m -o a.svg
refused "--points goes with --network prediction" sample --network text --model m --points 5
refused "--dpi goes with png" sample --network text --model m --dpi 90
refused "--characters goes with --network text" sample --characters 9 -o a.svg
refused "--cell goes with -o" cells --model m --text t --cell 3
refused "--layer goes with --cell" cells --model m --text t --layer 1 -o a.svg
refused "needs --model, --task and --output" memory --task copy
refused "there is no task 'a'" memory --task a
refused "--slots goes with --memory" learn copy --slots 3
refused "--regulariser goes with --cell tanh, and no --memory" learn order --regulariser 1
refused "--regulariser goes with --cell tanh" learn order --cell tanh --memory ntm --regulariser 1
refused "--split goes with --corpus" gradient --task copy --split trainset
refused "--length goes with --task" gradient --corpus a --length 3
commands=$("$program" --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
[ "$(echo "$commands" | wc -l)" -gt 5 ] || { echo "usage.sh: longhand --help names too few"; result=1; }
for command in $commands; do
    refused "no option --no-such" "$command" --no-such
    refused "longhand $command --help" "$command" --no-such
    case $told in
    *" $command "*) ;;
    *) echo "usage.sh: nothing that $command refuses is tried"; result=1 ;;
    esac
done

[ $tried -gt 70 ] || { echo "usage.sh: only $tried were tried"; result=1; }
left=$(ls -A)
[ -z "$left" ] || { echo "usage.sh: written: $left"; result=1; }
exit $result
