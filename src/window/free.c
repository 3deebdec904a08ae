/* Writing of no text: see free.h. */
#include "free.h"

#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PIECE_POINTS = 320,
    TAIL_POINTS = 260 /* what a piece is begun from: more is not remembered anyway */
};

/* Units of paper between strokes that part words. */
static const float word_gap = 60;

void win_free_clear(win_free *f)
{
    lh_written_free(f->last);
    free(f->ink.points);
    free(f->tail.points);
    free(f->word);
    *f = (win_free){0};
}

/* The points to keep of a piece: whole strokes. */
static size_t whole_strokes(const lh_ink *ink)
{
    size_t count = ink->count > 0 ? ink->count - 1 : 0; /* the last was ended by us */
    while (count > 0 && !ink->points[count - 1].end)
        count--;
    return count > 0 ? count : ink->count;
}

static lh_status keep_tail(win_free *f, const lh_ink *piece, lh_error *error)
{
    float x = 0, y = 0;
    if (f->tail.count > 0) {
        x = f->tail.points[f->tail.count - 1].x;
        y = f->tail.points[f->tail.count - 1].y;
    }
    lh_status status = lh_ink_append(&f->tail, piece, x, y, 0, error);
    if (status == LH_OK && f->tail.count > TAIL_POINTS) {
        size_t cut = f->tail.count - TAIL_POINTS;
        memmove(f->tail.points, f->tail.points + cut, TAIL_POINTS * sizeof *f->tail.points);
        f->tail.count = TAIL_POINTS;
    }
    return status;
}

/* Adds a word that begins at point `at`, or lets the last go on. */
static lh_status grow_word(win_free *f, size_t at, size_t points, bool anew, lh_error *error)
{
    if (!anew && f->words > 0) {
        f->word[f->words - 1].points += points;
        return LH_OK;
    }
    if (f->words == f->capacity) {
        size_t n = 2 * f->capacity + 64;
        lh_word *more = realloc(f->word, n * sizeof *more);
        if (!more)
            return lh_fail_memory(error, "words");
        f->word = more;
        f->capacity = n;
    }
    f->word[f->words++] = (lh_word){.point = at, .points = points};
    return LH_OK;
}

/* Cuts the ink from point `from` on to words, at wide gaps; a piece begins a word. */
static lh_status find_words(win_free *f, size_t from, lh_error *error)
{
    size_t position = 0, count;
    const lh_point *stroke;
    lh_ink view = {.points = f->ink.points + from, .count = f->ink.count - from};
    float right = -INFINITY;
    lh_status status = LH_OK;
    while (status == LH_OK && lh_ink_next_stroke(&view, &position, &stroke, &count)) {
        lh_ink one = {.points = (lh_point *)stroke, .count = count};
        lh_box box = lh_ink_bounds(&one);
        size_t at = from + (size_t)(stroke - view.points);
        status = grow_word(f, at, count, box.left > right + word_gap, error);
        lh_raisef(&right, box.right);
    }
    return status;
}

static lh_status take(win_free *f, lh_written *piece, lh_error *error)
{
    lh_ink ink = *piece->ink;
    ink.count = whole_strokes(&ink);
    size_t from = f->ink.count;
    lh_status status = keep_tail(f, &ink, error);
    if (status == LH_OK)
        status = lh_ink_level(&ink, error);
    if (status != LH_OK)
        return status;
    const lh_point *last = from > 0 ? &f->ink.points[from - 1] : NULL;
    float x = last ? last->x : 0, t = last ? last->time + 0.1f : 0;
    status = lh_ink_append(&f->ink, &ink, x, 0, t, error);
    if (status != LH_OK)
        return status;
    f->ink.points[f->ink.count - 1].end = 1;
    return find_words(f, from, error);
}

lh_status win_free_write(win_free *f, const lh_model *model, const lh_write_options *options,
                         lh_error *error)
{
    size_t from = f->ink.count;
    lh_written *piece = lh_sample(model, f->tail.count > 0 ? &f->tail : NULL, options, PIECE_POINTS,
                                  f->piece, error);
    if (!piece)
        return error->status;
    f->piece++;
    lh_status status = take(f, piece, error);
    lh_written_free(f->last);
    f->last = piece;
    f->shown = *piece;
    f->shown.ink = &f->ink;
    f->shown.word = f->word;
    f->shown.words = f->words;
    f->shown.kept_from = from;
    return status;
}
