# Counts the rows of a text with headings ("## numbers") that a reader saw as they are, by heading:
#     awk -f tools/reading/hard.awk tools/reading/hard.txt TRANSCRIPT
# TRANSCRIPT has a row for each line of the pages, in their order. A row is right when every character is;
# blanks at the ends and how many stand in a row do not count, and a [?] behind a guess is left out.

function plain(line) {
    gsub(/\[\?\]/, "", line)
    gsub(/[‘’]/, "'", line)
    gsub(/[“”]/, "\"", line)
    gsub(/[–—]/, "-", line)
    gsub(/…/, "...", line)
    gsub(/[ \t\r]+/, " ", line)
    gsub(/^ | $/, "", line)
    return line
}

NF == 0 { next }
FNR == NR && /^## / { kind[++kinds] = substr($0, 4); next }
FNR == NR { truth[++lines] = $0; of[lines] = kinds; next }
{ read[++rows] = $0 }

END {
    if (rows != lines) {
        printf "hard: %d rows in the transcript of %d lines\n", rows, lines >"/dev/stderr"
        exit 2
    }
    for (i = 1; i <= lines; i++) {
        all[of[i]]++
        if (plain(truth[i]) == plain(read[i])) {
            right[of[i]]++
            sum++
        } else
            printf "%d\n    %s\n    %s\n", i, truth[i], read[i]
    }
    for (k = 1; k <= kinds; k++)
        printf "%3d of %3d  %s\n", right[k], all[k], kind[k]
    printf "%3d of %3d\n", sum, lines
}
