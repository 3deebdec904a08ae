# Compares what a reader made of the pages with what was to be written:
#     awk -f tools/reading/score.awk tools/reading/sentences.txt TRANSCRIPT
# TRANSCRIPT has a row for each line of the pages. [?] stands for a word that could not be read, and
# word[?] for one that was guessed. Capitals and punctuation are not compared.

function words_of(line,    text) {
    text = tolower(line)
    gsub(/\[\?\]/, "", text)
    gsub(/[^a-z0-9'.-]/, " ", text)
    gsub(/[.'-]+( |$)/, " ", text)
    gsub(/(^| )[.'-]+/, " ", text)
    gsub(/ +/, " ", text)
    gsub(/^ | $/, "", text)
    return text
}

NF == 0 { next }
FNR == NR { truth[++lines] = $0; next }
{ read[++rows] = $0 }

END {
    if (rows != lines) {
        printf "score: %d rows in the transcript of %d lines\n", rows, lines >"/dev/stderr"
        exit 2
    }
    for (i = 1; i <= lines; i++) {
        same = words_of(truth[i]) == words_of(read[i])
        guess = index(read[i], "[?]") > 0
        wrong += !same
        guessed += same && guess
        if (!same || guess)
            printf "%s %d\n    %s\n    %s\n", same ? "guessed" : "misread", i, truth[i], read[i]
    }
    printf "%d lines: %d read without fault, %d with a word guessed, %d with a word misread\n",
        lines, lines - wrong - guessed, guessed, wrong
}
