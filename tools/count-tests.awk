# Counts test cases in meson's testlog.txt, where cmocka programs print TAP (CMOCKA_MESSAGE_OUTPUT).
# Prints "passed failed skipped", then the name of each skipped case. A program that prints no TAP is
# one case; one that ends badly without a failed case of its own, or runs fewer cases than it
# announced, is one failed case more.

function finish()
{
    if (name == "")
        return
    if (result ~ /77/ && seen == 0) {
        skipped++
        names = names "  " name "\n"
    } else if (result !~ /^exit status 0/ && bad == 0) {
        failed++
    } else if (planned > seen && bad == 0) {
        failed++
    } else if (planned < 0) {
        passed++
    }
    name = ""
}

/^=+ [0-9]+\/[0-9]+ =+$/ {
    finish()
    seen = bad = 0
    planned = -1
}
/^test: / && planned == -1 && seen == 0 {
    name = $2
}
/^result: / && seen == 0 {
    result = $0
    sub(/^result: */, "", result)
}
/^1\.\.[0-9]+$/ {
    planned = substr($0, 4) + 0
}
# A test that printed without a newline puts its own words before cmocka's, so no "^" here; the
# skipped ones are "not ok N # SKIP name" in cmocka 1.1.5 and "ok N # SKIP name" in later ones.
match($0, /(not )?ok [0-9]+ (- |# SKIP)/) && planned >= 0 {
    seen++
    found = substr($0, RSTART, RLENGTH)
    if (found ~ /# SKIP/) {
        skipped++
        names = names "  " name ": " substr($0, RSTART + RLENGTH + 1) "\n"
    } else if (found ~ /^not/) {
        failed++
        bad++
    } else {
        passed++
    }
}
END {
    finish()
    printf "%d %d %d\n%s", passed, failed, skipped, names
}
