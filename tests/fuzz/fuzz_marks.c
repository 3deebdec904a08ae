/* Any bytes as what was kept of a search. What is read of them is a pattern that a network could
 * have, and reads back as the same when it is written. */
#include "fuzz.h"

#include "window/marks.h"

#include <stdlib.h>
#include <string.h>

const char *const fuzz_goals[] = {"a mark is read", "a cell says no", "several marks are read",
                                  NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    fuzz_seed_text(take, user,
                   "3 400 1 13 25 1 -2 400 = end of a word\n1 8 1 95 1500 -8 = \xc3\xa4\n");
    fuzz_seed_text(take, user, "3 400 3 6 1 1 2 3 4 5 6 7 8 9 10 11 12 = a\n3 400 3 6 1 1 = a\n");
    fuzz_seed_text(take, user, "3 400 4 13 25 1 = none\n3 400 1 13 25 0 = none\n\n = \n");
}

static void check(const win_pattern *p)
{
    bool sane = p->layers > 0 && p->layer >= 0 && p->layer < p->layers && p->on >= WIN_ON_LEAST &&
                p->on <= WIN_ON_MOST && p->length > 0 && p->cells > 0 &&
                p->cells <= WIN_FOUND_CELLS && *p->name && lh_utf8_valid(p->name);
    for (int i = 0; sane && i < p->cells; i++) {
        sane &= p->cell[i] >= 0 && p->cell[i] < p->of && abs(p->way[i]) == 1;
        if (p->way[i] < 0)
            fuzz_reach(1);
    }
    if (!sane)
        abort();
    fuzz_reach(0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    win_marks marks = {0}, again = {0};
    lh_error error;
    win_marks_read(&marks, fuzz_put("marks", data, size));
    for (int i = 0; i < marks.count; i++)
        check(&marks.mark[i]);
    if (marks.count > 1)
        fuzz_reach(2);
    if (win_marks_write(&marks, fuzz_path("again"), &error) != LH_OK)
        abort();
    win_marks_read(&again, fuzz_path("again"));
    if (again.count != marks.count)
        abort();
    for (int i = 0; i < marks.count; i++)
        if (strcmp(marks.mark[i].name, again.mark[i].name) != 0 ||
            memcmp(marks.mark[i].cell, again.mark[i].cell, sizeof marks.mark[i].cell) != 0)
            abort();
    return 0;
}
