/* Reading what is drawn: see reading.h. */
#include "reading.h"

#include "lesson.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

/* A line is no higher than so many small letters. */
static const float line_height = 7;

void win_reading_clear(win_reading *r)
{
    free(r->text);
    *r = (win_reading){0};
}

void win_rows_read_clear(win_rows_read *known)
{
    for (size_t i = 0; i < known->count; i++)
        free(known->text[i]);
    *known = (win_rows_read){0};
}

static bool is_line(const lh_ink *ink)
{
    const lh_box box = lh_ink_bounds(ink);
    return box.bottom - box.top < line_height * lh_features_baseline(ink).height;
}

/* What a row says, for the caller to free; "" where nothing can be read; NULL: no memory. */
static char *read_row(const lh_reader *reader, const lh_ink *ink)
{
    lh_error ignored;
    lh_reading *read = is_line(ink) ? lh_read(reader, ink, &lh_read_defaults, &ignored) : NULL;
    char *text = strdup(read ? read->text : "");
    lh_reading_free(read);
    return text;
}

static uint64_t number_of(const lh_ink *ink)
{
    hash_state hash = hash_start();
    for (size_t i = 0; i < ink->count; i++) {
        const float place[] = {ink->points[i].x, ink->points[i].y, (float)ink->points[i].end};
        hash_add(&hash, place, sizeof place);
    }
    return hash_end(&hash);
}

/* Reads the rows of the lesson; those that are known change their place. */
static void read_rows(win_rows_read *now, win_rows_read *known, const lh_reader *reader,
                      const win_lesson *lesson)
{
    for (size_t i = 0; i < lesson->count; i++) {
        const uint64_t ink = number_of(lesson->line[i].ink);
        char *text = NULL;
        for (size_t k = 0; k < known->count && !text; k++)
            if (known->ink[k] == ink) {
                text = known->text[k];
                known->text[k] = NULL;
            }
        if (!text && !(text = read_row(reader, lesson->line[i].ink)))
            return;
        now->ink[now->count] = ink;
        now->text[now->count++] = text;
    }
}

/* All rows, a row each; NULL: no memory. */
static char *join(const win_rows_read *rows)
{
    size_t size = 1;
    for (size_t i = 0; i < rows->count; i++)
        size += strlen(rows->text[i]) + 1;
    char *all = calloc(size, 1);
    for (size_t i = 0; all && i < rows->count; i++) {
        strcat(all, rows->text[i]);
        strcat(all, i + 1 < rows->count ? "\n" : "");
    }
    return all;
}

void win_reading_find(win_reading *r, win_rows_read *known, const lh_reader *reader,
                      const lh_ink *ink)
{
    win_lesson lesson = {0};
    win_rows_read now = {0};
    lh_error ignored; /* nothing is read */
    if (ink->count > 0 && win_lesson_cut(&lesson, ink, &ignored) == LH_OK) {
        r->rows = lesson.count;
        if (reader)
            read_rows(&now, known, reader, &lesson);
        if (reader && now.count == lesson.count)
            r->text = join(&now);
        if (r->text && !r->text[strspn(r->text, " \n")])
            *r->text = '\0'; /* no row of them can be read */
    }
    win_lesson_clear(&lesson);
    win_rows_read_clear(known);
    *known = now;
}
