# Completion of longhand for bash. Commands, options and their values are asked from the
# program, so that they are those of the version installed.

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
    if [ "$previous" = --style ]; then
        _longhand_words "own $("$program" styles 2>/dev/null | sed '1d; s/ .*//')" "$current"
        return
    fi
    local options values=
    options=$("$program" "$command" --list-options 2>/dev/null)
    [[ $previous != -* ]] || values=$(printf '%s\n' "$options" | cut -f 1,4 |
        sed -n "s/^$previous\t//p" | tr , ' ')
    if [ -n "$values" ]; then
        _longhand_words "$values" "$current"
    elif [[ $current == -* ]]; then
        _longhand_words "--help $(printf '%s\n' "$options" | cut -f 1)" "$current"
    else
        COMPREPLY=() # files
    fi
}

complete -o default -F _longhand longhand
