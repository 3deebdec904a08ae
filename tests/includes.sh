#!/bin/sh
# includes.sh SOURCE: what includes what.
#
#   Rooms    use the rooms that the table of CONTRIBUTING.md lets them use, those that these may use,
#            and no others. A public header is of the room of its name, or of its source file's.
#   Circles  A pair NAME.h and NAME.c counts as one; no pair includes, by whatever way round, one
#            that includes it.
#   Apart    Some pairs use their own kind and the room base, though their room may use more.
set -eu
cd "$1"
# What texts are made of knows nothing of networks and ink.
apart='src/write/words src/write/composed src/write/composed_table src/write/pace'
apart="$apart src/write/composed_shapes src/write/composed_greek src/write/composed_small"
find src include/longhand -name '*.[ch]' -exec awk -v apart="$apart" '
    # The file that `name`, included in quotes or pointed brackets by a file in `folder`, is; "" if
    # it is none of ours.
    function resolve(name, folder,    i, place) {
        split(folder "/" name "|src/" name "|include/" name, place, "|")
        for (i = 1; i <= 3; i++)
            if (place[i] in known)
                return place[i]
        return ""
    }
    function pair_of(file) {
        sub(/\.[ch]$/, "", file)
        return file
    }
    function room_of(file,    part) {
        split(file, part, "/")
        if (part[1] == "src")
            return part[2]
        sub(/\.h$/, "", part[3])
        return part[3] in home ? home[part[3]] : part[3]
    }
    # Depth first: a pair that is met again while it is being visited closes a circle.
    function visit(pair, path,    n, i, next_pair) {
        if (state[pair] == "done")
            return
        if (state[pair] == "open") {
            sub(".*" pair " > ", pair " > ", path)
            print "circle of includes: " path
            bad = 1
            return
        }
        state[pair] = "open"
        n = split(edges[pair], next_pair, " ")
        for (i = 1; i <= n; i++)
            visit(next_pair[i], path " > " next_pair[i])
        state[pair] = "done"
    }
    # Includes of `pair`, which is to be apart, that are of another kind.
    function look_apart(pair,    n, i, to) {
        if (!(pair in pairs)) {
            print pair " is to be apart, and is not there"
            bad = 1
        }
        n = split(edges[pair], to, " ")
        for (i = 1; i <= n; i++)
            if (room_of(to[i]) != "base" && index(" " apart " ", " " to[i] " ") == 0) {
                print pair " includes " to[i] ", and is to be apart"
                bad = 1
            }
    }
    function read_table(    row, column, may, n, name, names, i) {
        while ((getline row <"CONTRIBUTING.md") > 0) {
            if (row !~ /^\| `[a-z]+`/)
                continue
            split(row, column, "|")
            may = column[4]
            sub(/;.*/, "", may)
            gsub(/[^a-z]+/, " ", may)
            n = split(column[2], names, ",")
            for (i = 1; i <= n; i++) {
                name = names[i]
                gsub(/[^a-z]/, "", name)
                uses[name] = may
                rooms++
            }
        }
    }
    function allowed(from, to,    n, i, next_room) {
        if (from == to)
            return 1
        n = split(uses[from], next_room, " ")
        for (i = 1; i <= n; i++)
            if (next_room[i] == "all" || allowed(next_room[i], to))
                return 1
        return 0
    }
    BEGIN {
        for (i = 1; i < ARGC; i++) {
            known[ARGV[i]] = 1
            n = split(ARGV[i], part, "/")
            room[part[2]] = 1
            if (sub(/\.c$/, "", part[n]))
                source[part[n]] = part[2]
        }
        for (name in source)
            if (!(name in room))
                home[name] = source[name]
        read_table()
    }
    /^#include/ {
        name = $2
        gsub(/["<>]/, "", name)
        folder = FILENAME
        sub(/\/[^\/]*$/, "", folder)
        to = resolve(name, folder)
        if (to == "" || pair_of(to) == pair_of(FILENAME))
            next
        edges[pair_of(FILENAME)] = edges[pair_of(FILENAME)] " " pair_of(to)
        pairs[pair_of(FILENAME)] = 1
        count++
        from_room = room_of(FILENAME)
        to_room = room_of(to)
        # longhand.h is all public headers.
        if (from_room == "longhand")
            next
        if (!allowed(from_room, to_room)) {
            print FILENAME " includes " name ": " from_room " may not use " to_room
            bad = 1
        }
    }
    END {
        for (pair in pairs)
            visit(pair, pair)
        n = split(apart, name_apart, " ")
        for (i = 1; i <= n; i++)
            look_apart(name_apart[i])
        if (rooms < 8 || count < 200) {
            print rooms " rooms in the table of CONTRIBUTING.md, " count + 0 " includes: too few"
            bad = 1
        }
        exit bad
    }' {} +
