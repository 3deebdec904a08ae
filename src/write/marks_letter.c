/* Marks on letters: where the ink of a letter is, and where on it a mark belongs. */
#include "marking.h"

#include "base/extremes.h"

#include <math.h>

/* From a letter's top to its accent, in heights of the small letters; likewise the largest dot of
 * an i, how far it may be from above its letter, and the least that a letter is high. */
static const double above = 0.24, dot_most = 0.5, dot_aside = 0.9, body_least = 0.45;
/* Likewise the least that a capital is high, and how far left of one of its strokes others are. */
static const double capital_least = 1.1, capital_wide = 0.6;
/* Of a letter's height, what counts as its top, or as its bottom. */
static const double part_of_letter = 0.45;
/* Points by which the window is ahead of the pen, or more; and the fewest of a letter's stroke. */
enum { LEAD = 3, POINTS_LEAST = 3 };

/* ---- the letter -------------------------------------------------------------------------------
 */

static double height_of(const marking *m, span ink)
{
    const lh_box box = marking_box(m, ink);
    return (double)box.bottom - box.top;
}

static bool begins_stroke(const marking *m, size_t point)
{
    return point == m->from || m->draft->point[point - 1].end;
}

static bool is_on(const marking *m, size_t point)
{
    return lh_draft_trace(m->draft, point)->character == m->character;
}

/* From the first point at which the window was on the character to behind the last: it may have
 * wavered. False: it never was. */
static bool find_run(const marking *m, span *run)
{
    *run = (span){m->own, m->own};
    for (size_t i = m->from; i < m->own; i++) {
        if (!is_on(m, i))
            continue;
        run->from = run->from < i ? run->from : i;
        run->to = i + 1;
    }
    return run->from < run->to;
}

/* The window is ahead of the pen: what it sees as the next letter begins with the end of this one,
 * be it the rest of the stroke or some points of one that goes on. */
static size_t ink_end(const marking *m, span run)
{
    if (run.to >= m->own || begins_stroke(m, run.to))
        return run.to;
    const size_t end = marking_stroke_end(m, run.to);
    return end <= run.to + 2 * LEAD ? end : run.to + LEAD;
}

/* Is the ink clearly left of a piece that is as high as a capital? */
static bool is_left_of(const marking *m, span ink, span piece)
{
    const lh_box before = marking_box(m, ink), box = marking_box(m, piece);
    return box.bottom - box.top > capital_least * m->height &&
           marking_middle(&before) < box.left - capital_wide * m->height;
}

bool marking_find_letter(const marking *m, bool small, span *letter)
{
    span run;
    if (!find_run(m, &run))
        return false;
    if (m->character == m->first) /* the window may have been on the blank when the word began */
        run.from = m->from;
    const size_t end = ink_end(m, run);
    bool found = false, tail = !begins_stroke(m, run.from), is_tail = false;
    for (span piece = run; piece.from < run.to; piece.from = piece.to, tail = false) {
        piece.to = marking_stroke_end(m, piece.from);
        piece.to = piece.to < end ? piece.to : end;
        if (tail && piece.from + LEAD < piece.to)
            piece.from += LEAD;
        if (piece.to - piece.from < POINTS_LEAST ||
            (small && height_of(m, piece) < body_least * m->height))
            continue;
        if (!found || small || is_tail || is_left_of(m, *letter, piece))
            *letter = piece;
        letter->to = piece.to;
        is_tail = tail;
        found = true;
    }
    if (!found)
        *letter = run;
    return true;
}

/* May a stroke be a dot: one that the network drew, not before the character, and for no
 * apostrophe? */
static bool may_be_dot(const marking *m, span stroke)
{
    const lh_clerk *clerk = m->clerk;
    const lh_trace *trace = lh_draft_trace(m->draft, stroke.from);
    const int on = trace->character - (int)clerk->offset + clerk->before;
    if (trace->component < 0 || trace->character < m->character || on >= clerk->characters)
        return false;
    const uint32_t c = clerk->model->alphabet.codepoint[clerk->text[on]];
    return c != '\'' && c != '"';
}

/* The dot of an i whose body is `letter`: a small stroke over its top, the nearest. */
static bool find_dot(const marking *m, span letter, span *dot)
{
    const lh_box body = marking_box(m, letter);
    double nearest = dot_aside * m->height;
    const double most = dot_most * m->height;
    bool found = false;
    for (span stroke = {m->from, 0}; stroke.from < m->own; stroke.from = stroke.to) {
        stroke.to = marking_stroke_end(m, stroke.from);
        const lh_box box = marking_box(m, stroke);
        const double away = fabs(marking_middle(&box) - marking_middle(&body));
        const bool apart = stroke.to <= letter.from || stroke.from >= letter.to;
        if (!apart || !may_be_dot(m, stroke) || box.right - box.left > most ||
            box.bottom - box.top > most || box.bottom > body.top + 0.1 * m->height ||
            away > nearest)
            continue;
        nearest = away;
        *dot = stroke;
        found = true;
    }
    return found;
}

/* ---- its mark ---------------------------------------------------------------------------------
 */

/* The middle of the letter's upper part, or lower, where an accent belongs. */
static double middle(const marking *m, span letter, const lh_box *box, bool upper)
{
    const double height = (double)box->bottom - box->top;
    double left = INFINITY, right = -INFINITY;
    for (size_t i = letter.from; i < letter.to; i++) {
        const lh_point *point = &m->draft->point[i];
        const double from_edge =
            upper ? (double)point->y - box->top : (double)box->bottom - point->y;
        if (from_edge > part_of_letter * height)
            continue;
        lh_lower(&left, (double)point->x);
        lh_raise(&right, (double)point->x);
    }
    return (left + right) / 2;
}

static frame place_on(marking *m, const lh_mark *mark, span letter)
{
    const lh_box box = marking_box(m, letter);
    switch (mark->place) {
    case LH_MARK_ABOVE:
        return marking_frame(m, middle(m, letter, &box, true) + m->shear * above * m->height,
                             box.top - above * m->height, m->height, m->height);
    case LH_MARK_BELOW:
        return marking_frame(m, middle(m, letter, &box, false), box.bottom, m->height, m->height);
    case LH_MARK_ACROSS:
        return marking_frame(m, marking_middle(&box), ((double)box.top + box.bottom) / 2, m->height,
                             m->height);
    case LH_MARK_BESIDE:
        return marking_frame(m, box.right, box.top, m->height, m->height);
    default: {
        frame through =
            marking_frame(m, box.left, box.bottom, box.right - box.left, box.bottom - box.top);
        through.shear = 0; /* the letter's own box leans */
        return through;
    }
    }
}

/* Behind the word: bars and dots come when it is written. */
lh_status marking_on_letter(marking *m, uint32_t base, const lh_mark *mark, lh_error *error)
{
    span letter, dot;
    lh_point drawn[MARK_POINTS];
    if (!marking_find_letter(m, base >= 'a', &letter))
        return LH_OK;
    const frame f = place_on(m, mark, letter);
    const size_t count = marking_draw(m, mark, &f, drawn);
    if ((base == 'i' || base == 'j') && mark->place == LH_MARK_ABOVE && find_dot(m, letter, &dot))
        marking_take(m, dot);
    return marking_put(m, m->to, drawn, count, error);
}
