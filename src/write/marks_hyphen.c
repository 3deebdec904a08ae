/* Marks in a hyphen's place: which strokes are the hyphen, and room for what takes its place. */
#include "base/extremes.h"
#include "marking.h"

#include <math.h>

/* In heights of the small letters: from a sign to what is before and behind it, where the network
 * wrote no hyphen; how far a bar begins from its letter's stem at most; from where to where the
 * middle of a hyphen can be; and the most that one is high and wide. */
static const double aside = 0.3, bar_most = 0.15, low_band = 0.4, high_band = 2;
static const double hyphen_high = 0.45, hyphen_wide = 3;
/* Most hyphens stand lower. */
#define LOW 1.1

/* Of raised and lowered signs: how large they are, and how far above or below the baseline. */
static const double small = 0.6, raised = 0.9, lowered = 0.35;

/* A hyphen is a flat stroke of its own, at a word's beginning anywhere up to a capital's top, else
 * up to `top`: above are the bars of letters before. */
static bool is_hyphen(const marking *m, span stroke, double top)
{
    const lh_box box = marking_box(m, stroke);
    const double wide = (double)box.right - box.left, high = (double)box.bottom - box.top;
    const double y = ((double)box.top + box.bottom) / 2;
    top = m->character == m->first ? high_band : top;
    return y > -top * m->height && y < low_band * m->height && high < hyphen_high * m->height &&
           wide < hyphen_wide * m->height;
}

/* The bar of an A, an E or a t is as flat as a hyphen, but a stroke from before stands in it. */
static bool is_bar(const marking *m, span bar)
{
    const lh_box box = marking_box(m, bar);
    for (span stroke = {m->from, 0}; stroke.from < bar.from; stroke.from = stroke.to) {
        stroke.to = marking_stroke_end(m, stroke.from);
        const lh_box before = marking_box(m, stroke);
        const double x = marking_middle(&before);
        if (x > box.left - bar_most * m->height && x < box.right && before.top < box.top &&
            before.bottom > box.bottom)
            return true;
    }
    return false;
}

/* Where a hyphen is looked for. The window is ahead of the pen, and a hyphen is short: it may be on
 * the next character before the pen comes to this one. */
typedef struct search {
    bool late;  /* the window was on the next character */
    double top; /* of the band, heights */
} search;

static bool is_drawn_for(const marking *m, span stroke, const search *s)
{
    const int32_t first = lh_draft_trace(m->draft, stroke.from)->character - m->character;
    const int32_t last = lh_draft_trace(m->draft, stroke.to - 1)->character - m->character;
    const bool on = s->late ? first == 1 : first >= -1 && first <= 0 && last >= 0;
    return on && is_hyphen(m, stroke, s->top) && !is_bar(m, stroke);
}

/* The stroke that was drawn for a hyphen: the last of those that may be, as bars of letters before
 * come first. False: there is none. */
static bool find_hyphen(const marking *m, span *hyphen)
{
    /* Most stand lower than the bar of a t, which may be late; some higher. */
    static const search searches[] = {{false, LOW}, {false, 2}, {true, LOW}};
    bool found = false;
    for (size_t i = 0; i < sizeof searches / sizeof *searches && !found; i++) {
        for (span stroke = {m->from, 0}; stroke.from < m->own; stroke.from = stroke.to) {
            stroke.to = marking_stroke_end(m, stroke.from);
            if (!is_drawn_for(m, stroke, &searches[i]))
                continue;
            *hyphen = stroke;
            found = true;
            if (searches[i].late)
                break;
        }
    }
    return found;
}

/* The place behind what was drawn for the characters before. */
static size_t place_behind(const marking *m)
{
    size_t at = m->from;
    while (at < m->own && lh_draft_trace(m->draft, at)->character < m->character)
        at++;
    while (at > m->from && at < m->own && !m->draft->point[at - 1].end)
        at++;
    return at;
}

/* Takes the hyphen away; of a word of nothing else, all strokes. Returns where it stood among the
 * points, and on the paper in `box`: right of what was before if there was none. */
static size_t take_hyphen(marking *m, lh_box *box)
{
    span hyphen = {m->from, m->own};
    if (m->alone || find_hyphen(m, &hyphen)) {
        *box = marking_box(m, hyphen);
        marking_take(m, hyphen);
        return hyphen.from;
    }
    const size_t at = place_behind(m);
    const lh_box before = marking_box(m, (span){m->from, at});
    box->left = at > m->from ? (float)(before.right + aside * m->height) : m->draft->point[at].x;
    box->right = box->left - (float)(aside * m->height); /* a gap behind the sign as well */
    return at;
}

/* Strokes of the piece whose middle is right of `x` go by `by` to the right. */
static void make_room(marking *m, double x, double by)
{
    lh_draft *draft = m->draft;
    for (span stroke = {0, 0}; stroke.from < draft->count; stroke.from = stroke.to) {
        stroke.to = lh_draft_stroke_end(draft, stroke.from, draft->count);
        const lh_box box = marking_box(m, stroke);
        if (marking_middle(&box) <= x)
            continue;
        for (size_t i = stroke.from; i < stroke.to; i++)
            draft->point[i].x += (float)by;
    }
}

/* Where a sign begins: where the hyphen did, but a gap behind the word before, and a letter close
 * behind the letter before. */
static double left_edge(const marking *m, size_t at, const lh_box *hyphen, double gap)
{
    if (m->character == m->first && m->from > 0)
        return fmax(hyphen->left, marking_box(m, (span){0, m->from}).right + 2 * aside * m->height);
    if (m->character == m->first || gap <= 0 || at == m->from)
        return hyphen->left;
    return marking_box(m, (span){m->from, at}).right + gap;
}

/* How far what follows the hyphen goes to the right for a sign that ends at `right`; it may come
 * nearer, where a sign that stands close ends the word. */
static double room_needed(const marking *m, const lh_box *hyphen, double right, double gap)
{
    const double more = right - hyphen->right, at = marking_middle(hyphen);
    double next = INFINITY;
    for (span stroke = {m->from, 0}; gap > 0 && stroke.from < m->own; stroke.from = stroke.to) {
        stroke.to = marking_stroke_end(m, stroke.from);
        const lh_box box = marking_box(m, stroke);
        if (marking_middle(&box) > at)
            lh_lower(&next, (double)box.left);
    }
    return isfinite(next) ? right + gap - next : gap > 0 ? more : fmax(more, 0);
}

/* Was the stroke begun, as a hyphen, for one of so many characters up to this? */
static bool is_left_over(const marking *m, span stroke, int characters)
{
    const int32_t on = lh_draft_trace(m->draft, stroke.from)->character;
    return on > m->character - characters && on <= m->character && is_hyphen(m, stroke, LOW) &&
           !is_bar(m, stroke);
}

void marking_take_rest(marking *m, int characters, bool all)
{
    for (span stroke = {m->from, 0}; stroke.from < m->own;) {
        stroke.to = marking_stroke_end(m, stroke.from);
        const bool networks = lh_draft_trace(m->draft, stroke.from)->component >= 0;
        if (networks && (all || is_left_over(m, stroke, characters)))
            marking_take(m, stroke);
        else
            stroke.from = stroke.to;
    }
}

static frame place_instead(marking *m, lh_mark_place place, double left)
{
    const double size = place == LH_MARK_INSTEAD ? m->height : small * m->height;
    const double up = place == LH_MARK_RAISED ? raised : place == LH_MARK_LOWERED ? -lowered : 0;
    return marking_frame(m, left, -up * m->height, size, size);
}

lh_status marking_for_hyphen(marking *m, const lh_mark *mark, lh_error *error)
{
    lh_box hyphen = {0};
    lh_point drawn[MARK_POINTS];
    const size_t at = take_hyphen(m, &hyphen);
    const double gap = mark->gap * m->height / 100, left = left_edge(m, at, &hyphen, gap);
    const frame f = place_instead(m, mark->place, left);
    const size_t count = marking_draw(m, mark, &f, drawn);
    const lh_ink view = {.points = drawn, .count = count};
    const lh_box box = lh_ink_bounds(&view);
    const double right = left + box.right - box.left;
    for (size_t i = 0; i < count; i++)
        drawn[i].x += (float)(left - box.left);
    make_room(m, marking_middle(&hyphen), room_needed(m, &hyphen, right, gap));
    m->own += count;
    return marking_put(m, at, drawn, count, error);
}
