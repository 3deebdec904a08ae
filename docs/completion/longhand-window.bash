# Completion of longhand-window for bash: its options, read from its own --help.

_longhand_window()
{
    local word
    COMPREPLY=()
    case ${COMP_WORDS[COMP_CWORD]} in
    -*)
        while IFS= read -r word; do
            COMPREPLY+=("$word")
        done < <(compgen -W "$("${COMP_WORDS[0]}" --help 2>/dev/null |
            grep -o -e '--[a-z][a-z-]*' | sort -u)" -- "${COMP_WORDS[COMP_CWORD]}")
        ;;
    esac # else files
}

complete -o default -F _longhand_window longhand-window
