/* Marks drawn on what the network wrote: see marks.h. */
#include "marks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* All in heights of the small letters. From a letter's top to its accent; to a sign from what is
 * before, where the network wrote no hyphen; between points along a curve. */
static const double above = 0.24, aside = 0.3, step = 0.11;
/* How marks vary, as standard deviations: their size, turn (radians) and points (heights). */
static const double vary_size = 0.05, vary_turn = 0.05, vary_point = 0.018;
/* The largest dot of an i, and how far it may be from above its letter; the least a letter is high.
 */
static const double dot_most = 0.5, dot_aside = 0.9, body_least = 0.45;
/* Where the middle of a hyphen is, and the most that one is high and wide. */
static const double hyphen_top = 1.1, hyphen_top_alone = 2, hyphen_bottom = 0.4, hyphen_high = 0.45,
                    hyphen_wide = 3;
/* Of a letter's height, what counts as its top. */
static const double part_of_letter = 0.45;
/* Whiteboard units that heights of small letters are taken to be within; and the most they lean. */
static const double height_least = 40, height_most = 300, lean_most = 1;

/* Points by which the window is ahead of the pen, or more; and the fewest of a letter's stroke. */
enum { LEAD = 3, POINTS_LEAST = 3 };
/* Points along one curve of a mark, and of all that is drawn for it. */
enum { CURVE_POINTS = 32, MARK_POINTS = 1024 };
/* Apart from the streams of what the network draws. */
static const uint64_t marks_stream = 0x6d61726b73;

/* ---- texts ------------------------------------------------------------------------------------
 */

/* The character of `alphabet` that a sign is made of; 0: it is written as it is, or cannot be. */
static uint32_t base_of(uint32_t sign, const lh_alphabet *alphabet)
{
    uint32_t base;
    const lh_mark *mark;
    const bool known = sign != UINT32_MAX && lh_alphabet_index(alphabet, sign) >= 0;
    if (sign == UINT32_MAX || (known && !lh_marks_always(sign)) ||
        !lh_marks_find(sign, &base, &mark) || lh_alphabet_index(alphabet, base) < 0)
        return 0;
    return base;
}

bool lh_can_write(const lh_alphabet *alphabet, uint32_t codepoint)
{
    return codepoint != UINT32_MAX &&
           (lh_alphabet_index(alphabet, codepoint) >= 0 || base_of(codepoint, alphabet));
}

char *lh_marks_bases(const char *text, const lh_alphabet *alphabet)
{
    char *bases = malloc(strlen(text) + 1), *to = bases;
    if (!bases)
        return NULL;
    while (*text) {
        const char *from = text;
        uint32_t base = base_of(lh_utf8_next(&text), alphabet);
        if (base) {
            *to++ = (char)base; /* ASCII */
        } else {
            memcpy(to, from, (size_t)(text - from));
            to += text - from;
        }
    }
    *to = '\0';
    return bases;
}

/* ---- letters ----------------------------------------------------------------------------------
 */

typedef struct marking {
    lh_hand *hand;
    lh_draft *draft;
    double height, shear; /* of the small letters; x for a unit upwards */
    lh_rng rng;
    int current;       /* the word */
    size_t from, to;   /* its points, as they are now ... */
    size_t own;        /* ... up to the first of the marks behind it */
    int32_t first;     /* its first character in the text ... */
    bool alone;        /* ... which is all that it has */
    int32_t character; /* the one whose mark it is */
} marking;

/* Points of the draft. */
typedef struct span {
    size_t from, to;
} span;

static lh_box box_of(const marking *m, span ink)
{
    const lh_ink view = {.points = m->draft->point + ink.from, .count = ink.to - ink.from};
    return lh_ink_bounds(&view);
}

static double height_of(const marking *m, span ink)
{
    const lh_box box = box_of(m, ink);
    return (double)box.bottom - box.top;
}

static size_t stroke_end(const marking *m, size_t first)
{
    size_t end = first + 1;
    while (end < m->to && !m->draft->point[end - 1].end)
        end++;
    return end;
}

static bool begins_stroke(const marking *m, size_t point)
{
    return point == m->from || m->draft->point[point - 1].end;
}

static bool is_on(const marking *m, size_t point)
{
    return lh_draft_trace(m->draft, point)->character == m->character;
}

/* The points at which the window was on the character; false: none. */
static bool find_run(const marking *m, span *run)
{
    for (run->from = m->from; run->from < m->own && !is_on(m, run->from);)
        run->from++;
    for (run->to = run->from; run->to < m->own && is_on(m, run->to);)
        run->to++;
    return run->from < run->to;
}

/* The window is ahead of the pen: what it sees as the next letter begins with the end of this one,
 * be it the rest of the stroke or some points of one that goes on. */
static size_t ink_end(const marking *m, span run)
{
    if (run.to >= m->own || begins_stroke(m, run.to))
        return run.to;
    const size_t end = stroke_end(m, run.to);
    return end <= run.to + 2 * LEAD ? end : run.to + LEAD;
}

/* The ink of the character. Of a small letter it is the last stroke, or piece of one, that is no
 * dot or bar; of others all strokes that begin while the window is on it. False: none. */
static bool find_letter(const marking *m, bool small, span *letter)
{
    span run;
    if (!find_run(m, &run))
        return false;
    if (m->character == m->first) /* the window may have been on the blank when the word began */
        run.from = m->from;
    const size_t end = ink_end(m, run);
    bool found = false, tail = !begins_stroke(m, run.from), is_tail = false;
    for (span piece = run; piece.from < run.to; piece.from = piece.to, tail = false) {
        piece.to = stroke_end(m, piece.from);
        piece.to = piece.to < end ? piece.to : end;
        if (tail && piece.from + LEAD < piece.to)
            piece.from += LEAD;
        if (piece.to - piece.from < POINTS_LEAST ||
            (small && height_of(m, piece) < body_least * m->height))
            continue;
        if (!found || small || is_tail)
            *letter = piece;
        letter->to = piece.to;
        is_tail = tail;
        found = true;
    }
    if (!found)
        *letter = run;
    return true;
}

/* The dot of an i whose stem is in `body`: a small stroke over its top, the nearest. */
static bool find_dot(const marking *m, const lh_box *body, span *dot)
{
    double nearest = dot_aside * m->height;
    const double most = dot_most * m->height;
    bool found = false;
    for (span stroke = {m->from, 0}; stroke.from < m->own; stroke.from = stroke.to) {
        stroke.to = stroke_end(m, stroke.from);
        const lh_box box = box_of(m, stroke);
        const double away = fabs((double)box.left + box.right - body->left - body->right) / 2;
        if (box.right - box.left > most || box.bottom - box.top > most ||
            box.bottom > body->top + 0.1 * m->height || away > nearest)
            continue;
        nearest = away;
        *dot = stroke;
        found = true;
    }
    return found;
}

/* ---- points -----------------------------------------------------------------------------------
 */

/* The words behind this one move. */
static void move_words(marking *m, long by)
{
    for (int i = m->current + 1; i < m->hand->words; i++)
        m->hand->word[i].point = (size_t)((long)m->hand->word[i].point + by);
    m->to = (size_t)((long)m->to + by);
}

static void take_points(marking *m, span taken)
{
    lh_draft_remove(m->draft, taken.from, taken.to - taken.from);
    m->own -= taken.to - taken.from;
    move_words(m, -(long)(taken.to - taken.from));
}

static lh_status put_points(marking *m, size_t at, const lh_point *point, size_t count,
                            lh_error *error)
{
    const lh_trace trace = {
        .component = -1, .character = m->character, .place = (float)m->character};
    lh_status status = lh_draft_insert(m->draft, at, point, count, &trace, error);
    if (status == LH_OK)
        move_words(m, (long)count);
    return status;
}

/* ---- curves -----------------------------------------------------------------------------------
 */

/* From a mark's points to the paper. */
typedef struct frame {
    double x, y;       /* of its origin */
    double across, up; /* units to a hundredth */
    double shear;
    double turn, size; /* as this one varies */
    double blur;       /* units */
} frame;

static lh_point place_point(marking *m, const frame *f, lh_mark_point p)
{
    const double x = f->size * f->across * p.x, y = f->size * f->up * p.y;
    const double turned = x * cos(f->turn) - y * sin(f->turn);
    const double risen = x * sin(f->turn) + y * cos(f->turn);
    return (lh_point){
        .x = (float)(f->x + turned + f->shear * risen + f->blur * lh_rng_normal(&m->rng)),
        .y = (float)(f->y - risen + f->blur * lh_rng_normal(&m->rng)),
    };
}

/* Point `t` of the way from p[1] to p[2] of a Catmull-Rom spline. */
static float spline(float a, float b, float c, float d, float t)
{
    return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/* A stroke through `count` points, at the pace of a pen. Returns how many points `out` took. */
static size_t draw_stroke(const marking *m, const lh_point *through, size_t count, lh_point *out,
                          size_t room)
{
    size_t points = 0;
    out[points++] = through[0];
    for (size_t i = 0; i + 1 < count; i++) {
        const lh_point *b = &through[i], *c = b + 1, *a = i > 0 ? b - 1 : b;
        const lh_point *d = i + 2 < count ? c + 1 : c;
        const double way = hypot((double)c->x - b->x, (double)c->y - b->y);
        const int steps = (int)fmin(fmax(ceil(way / (step * m->height)), 1), 40);
        for (int k = 1; k <= steps && points < room; k++) {
            const float t = (float)k / (float)steps;
            out[points++] = (lh_point){.x = spline(a->x, b->x, c->x, d->x, t),
                                       .y = spline(a->y, b->y, c->y, d->y, t)};
        }
    }
    out[points - 1].end = 1;
    return points;
}

/* The strokes of a mark. Returns how many points `out` [MARK_POINTS] took. */
static size_t draw_mark(marking *m, const lh_mark *mark, const frame *f, lh_point *out)
{
    lh_point through[CURVE_POINTS];
    size_t count = 0, points = 0;
    for (const lh_mark_point *p = mark->point;; p++) {
        if (p->x != LH_MARK_LIFT && p->x != LH_MARK_DONE && count < CURVE_POINTS) {
            const bool corner = count > 0 && p[0].x == p[-1].x && p[0].y == p[-1].y;
            through[count] = corner ? through[count - 1] : place_point(m, f, *p);
            count++;
            continue;
        }
        if (count > 0 && points < MARK_POINTS)
            points += draw_stroke(m, through, count, out + points, MARK_POINTS - points);
        count = 0;
        if (p->x == LH_MARK_DONE)
            return points;
    }
}

static frame vary(marking *m, double x, double y, double across, double up)
{
    return (frame){
        .x = x,
        .y = y,
        .across = across / 100,
        .up = up / 100,
        .shear = m->shear,
        .size = 1 + vary_size * lh_rng_normal(&m->rng),
        .turn = vary_turn * lh_rng_normal(&m->rng),
        .blur = vary_point * m->height,
    };
}

/* ---- marks on letters -------------------------------------------------------------------------
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
        left = fmin(left, (double)point->x);
        right = fmax(right, (double)point->x);
    }
    return (left + right) / 2;
}

static frame place_on(marking *m, const lh_mark *mark, span letter)
{
    const lh_box box = box_of(m, letter);
    switch (mark->place) {
    case LH_MARK_ABOVE:
        return vary(m, middle(m, letter, &box, true) + m->shear * above * m->height,
                    box.top - above * m->height, m->height, m->height);
    case LH_MARK_BELOW:
        return vary(m, middle(m, letter, &box, false), box.bottom, m->height, m->height);
    case LH_MARK_ACROSS:
        return vary(m, ((double)box.left + box.right) / 2, ((double)box.top + box.bottom) / 2,
                    m->height, m->height);
    case LH_MARK_BESIDE:
        return vary(m, box.right, box.top, m->height, m->height);
    default: {
        frame through = vary(m, box.left, box.bottom, box.right - box.left, box.bottom - box.top);
        through.shear = 0; /* the letter's own box leans */
        return through;
    }
    }
}

/* Behind the word: bars and dots come when it is written. */
static lh_status mark_letter(marking *m, uint32_t base, const lh_mark *mark, lh_error *error)
{
    span letter, dot;
    lh_point drawn[MARK_POINTS];
    if (!find_letter(m, base >= 'a', &letter))
        return LH_OK;
    const frame f = place_on(m, mark, letter);
    const size_t count = draw_mark(m, mark, &f, drawn);
    const lh_box box = box_of(m, letter);
    if ((base == 'i' || base == 'j') && mark->place == LH_MARK_ABOVE && find_dot(m, &box, &dot))
        take_points(m, dot);
    return put_points(m, m->to, drawn, count, error);
}

/* ---- marks in a hyphen's place ----------------------------------------------------------------
 */

/* A hyphen is a flat stroke of its own, at a word's beginning anywhere up to a capital's top, else
 * in the small letters' band: above are the bars of letters before. */
static bool is_hyphen(const marking *m, span stroke)
{
    const lh_box box = box_of(m, stroke);
    const double wide = (double)box.right - box.left, high = (double)box.bottom - box.top;
    const double y = ((double)box.top + box.bottom) / 2;
    const double top = m->character == m->first ? hyphen_top_alone : hyphen_top;
    return y > -top * m->height && y < hyphen_bottom * m->height &&
           high < hyphen_high * m->height && wide < hyphen_wide * m->height;
}

/* The next stroke, from `from` on, that was drawn for a hyphen, and for which the window was on the
 * character or, if `late`, came to it only behind: it is ahead of the pen, and a hyphen is short. A
 * word of nothing else has no other strokes. False: there is none. */
static bool find_hyphen(const marking *m, size_t from, bool late, span *hyphen)
{
    for (span stroke = {from, 0}; stroke.from < m->own; stroke.from = stroke.to) {
        stroke.to = stroke_end(m, stroke.from);
        const int32_t first = lh_draft_trace(m->draft, stroke.from)->character - m->character;
        const int32_t last = lh_draft_trace(m->draft, stroke.to - 1)->character - m->character;
        const bool on = late ? first == 1 : first >= -1 && first <= 0 && last >= 0;
        if (!m->alone && (!on || !is_hyphen(m, stroke)))
            continue;
        *hyphen = stroke;
        return true;
    }
    return false;
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

/* Takes the hyphen away, in as many strokes as it has. Returns where it stood among the points, and
 * on the paper in `box`: right of what was before if there was none. */
static size_t take_hyphen(marking *m, lh_box *box)
{
    span hyphen;
    size_t at = place_behind(m), from = m->from;
    bool late = !find_hyphen(m, from, false, &hyphen), found = false;
    while (find_hyphen(m, from, late, &hyphen) && !(late && found)) {
        const lh_box stroke = box_of(m, hyphen);
        box->left = found ? fminf(box->left, stroke.left) : stroke.left;
        box->right = found ? fmaxf(box->right, stroke.right) : stroke.right;
        at = found ? at : hyphen.from;
        from = hyphen.from;
        take_points(m, hyphen);
        found = true;
    }
    if (!found) {
        const lh_box before = box_of(m, (span){m->from, at});
        box->left = at > m->from ? (float)(before.right + aside * m->height)
                                 : m->draft->point[at < m->to ? at : at - 1].x;
        box->right = box->left - (float)(aside * m->height); /* a gap behind the sign as well */
    }
    return at;
}

/* Strokes of the piece whose middle is right of `x` go by `by` to the right. */
static void make_room(marking *m, double x, double by)
{
    lh_draft *draft = m->draft;
    for (span stroke = {0, 0}; stroke.from < draft->count; stroke.from = stroke.to) {
        for (stroke.to = stroke.from + 1;
             stroke.to < draft->count && !draft->point[stroke.to - 1].end;)
            stroke.to++;
        const lh_box box = box_of(m, stroke);
        if (((double)box.left + box.right) / 2 <= x)
            continue;
        for (size_t i = stroke.from; i < stroke.to; i++)
            draft->point[i].x += (float)by;
    }
}

/* The right edge of the word before in the piece, and a gap; `otherwise` at the piece's beginning.
 */
static double edge_before(const marking *m, double otherwise)
{
    if (m->character != m->first || m->from == 0)
        return otherwise;
    const lh_box before = box_of(m, (span){0, m->from});
    return before.right + 2 * aside * m->height;
}

static lh_status mark_instead(marking *m, const lh_mark *mark, lh_error *error)
{
    lh_box hyphen = {0};
    lh_point drawn[MARK_POINTS];
    const size_t at = take_hyphen(m, &hyphen);
    const double left = fmax(hyphen.left, edge_before(m, hyphen.left));
    const frame f = vary(m, left, 0, m->height, m->height);
    const size_t count = draw_mark(m, mark, &f, drawn);
    const lh_ink view = {.points = drawn, .count = count};
    const lh_box box = lh_ink_bounds(&view);
    const double right = left + box.right - box.left;
    for (size_t i = 0; i < count; i++)
        drawn[i].x += (float)(left - box.left);
    make_room(m, ((double)hyphen.left + hyphen.right) / 2, fmax(right - hyphen.right, 0));
    m->own += count;
    return put_points(m, at, drawn, count, error);
}

/* ---- a piece ----------------------------------------------------------------------------------
 */

static lh_status mark_word(marking *m, lh_hand_word *word, const uint32_t *sign, lh_error *error)
{
    const lh_hand *hand = m->hand;
    lh_status status = LH_OK;
    for (int u = word->start - hand->before; u < word->end - hand->before && status == LH_OK; u++) {
        uint32_t base;
        const lh_mark *mark;
        const uint32_t written = hand->model->alphabet.codepoint[hand->text[hand->before + u]];
        if (sign[u] == written || !lh_marks_find(sign[u], &base, &mark))
            continue;
        m->character = (int32_t)hand->offset + u;
        status = mark->place == LH_MARK_INSTEAD ? mark_instead(m, mark, error)
                                                : mark_letter(m, base, mark, error);
        if (mark->place == LH_MARK_INSTEAD && m->alone)
            word->flawed = false; /* it was the hyphen's fault */
    }
    return status;
}

static bool any_mark(const lh_hand *hand, const uint32_t *sign)
{
    for (int u = 0; u + hand->before + 1 < hand->characters; u++)
        if (sign[u] != hand->model->alphabet.codepoint[hand->text[hand->before + u]])
            return true;
    return false;
}

lh_status lh_marks_draw(lh_hand *hand, const lh_start *start, const uint32_t *sign, lh_error *error)
{
    if (hand->draft.count == 0 || !any_mark(hand, sign))
        return LH_OK;
    marking m = {
        .hand = hand,
        .draft = &hand->draft,
        .height = fmin(fmax((double)start->height, height_least), height_most),
        .shear = fmin(fmax((double)start->lean, -lean_most), lean_most),
    };
    lh_status status = LH_OK;
    for (int i = hand->first; i < hand->words && status == LH_OK; i++) {
        m.from = hand->word[i].point;
        m.to = m.own = i + 1 < hand->words ? hand->word[i + 1].point : hand->draft.count;
        m.current = i;
        m.first = (int32_t)hand->offset + hand->word[i].start - hand->before;
        m.alone = hand->word[i].end - hand->word[i].start == 1;
        lh_rng_seed(&m.rng, hand->options->seed ^ marks_stream,
                    hand->index << 32 ^ (hand->offset + (size_t)hand->word[i].start));
        status = mark_word(&m, &hand->word[i], sign, error);
    }
    return status;
}
