# Completion of longhand for bash. Commands and options are read from the program's own --help, so
# that they are those of the version installed.

_longhand_words()
{
    COMPREPLY=()
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <(compgen -W "$1" -- "$2")
}

_longhand()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]}
    if [ "$COMP_CWORD" -eq 1 ]; then
        _longhand_words "--help --version $("$program" --help 2>/dev/null |
            sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')" "$current"
        return
    fi
    case $previous in
    --format) _longhand_words "svg pdf png gcode hpgl dxf jsonl xml iam" "$current"; return ;;
    --draw) _longhand_words "ink strokes points end density attention speed" "$current"; return ;;
    --ruling) _longhand_words "plain ruled squared" "$current"; return ;;
    --machine) _longhand_words "grbl marlin" "$current"; return ;;
    --order) _longhand_words "written short" "$current"; return ;;
    --ink) _longhand_words "black blue red green grey brown" "$current"; return ;;
    --style) _longhand_words "own $("$program" styles 2>/dev/null | sed '1d; s/ .*//')" "$current"
        return ;;
    --network) _longhand_words "synthesis prediction" "$current"; return ;;
    --split | --fit-split | --train-splits | --valid-splits)
        _longhand_words "trainset testset_v testset_t testset_f all" "$current"
        return ;;
    --schedule) _longhand_words "constant linear cosine" "$current"; return ;;
    --optimizer) _longhand_words "adam rmsprop-graves" "$current"; return ;;
    --weight-noise) _longhand_words "none fixed adaptive" "$current"; return ;;
    --products) _longhand_words "float32 bfloat16" "$current"; return ;;
    --precision) _longhand_words "float32 float16" "$current"; return ;;
    --paper)
        _longhand_words "a3 a4 a5 a6 letter legal postcard envelope-dl envelope-c6 envelope-c5
            envelope-10 a4-landscape a5-landscape letter-landscape" "$current"
        return ;;
    esac
    case $current in
    -*) _longhand_words "$("$program" "$command" --help 2>/dev/null |
            grep -o -e '--[a-z][a-z-]*' | sort -u)" "$current" ;;
    *) COMPREPLY=() ;; # files
    esac
}

complete -o default -F _longhand longhand
