/* Figures and capitals set apart: see apart.h. */
#include "apart.h"

#include "base/extremes.h"

#include <math.h>

/* Heights of small letters. What is nearer than this looks as if it touched: a pen is two thirds of
 * it wide. Nothing is moved further than the second; who needs that is not crowded but malformed.
 */
static const double near = 0.3, most = 0.9;
/* How far apart in y what is nearer may be, and how finely that is looked at. */
static const double band = 0.15;
/* A stroke that is less high is a bar. */
static const double flat = 0.35;
/* Words of more strokes are left as they are. */
enum { BANDS = 64, STROKES = 256 };

typedef struct stroke {
    size_t from, to;
    lh_box box;
    bool bar;
    int32_t character; /* of the text, as traces count */
} stroke;

typedef struct strokes {
    stroke of[STROKES];
    size_t count;
    double top, height;
} strokes;

/* Of each band of y, how far the ink goes. */
typedef struct profile {
    double edge[BANDS];
} profile;

static bool is_printed(uint32_t codepoint)
{
    return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 'A' && codepoint <= 'Z');
}

/* Must character `u` of the word stand apart from the one before it? */
static bool stands_apart(const lh_apart_word *word, size_t u)
{
    return is_printed(word->codepoint[u - 1]) && is_printed(word->codepoint[u]);
}

/* ---- which stroke is of which character --------------------------------------------------------
 */

/* How much of the bar lies above and below the other strokes of a character. */
static double shared_width(const strokes *s, const stroke *bar, int32_t character)
{
    double shared = 0;
    for (size_t i = 0; i < s->count; i++) {
        const stroke *other = &s->of[i];
        if (!other->bar && other->character == character)
            lh_raise(&shared, fmin((double)other->box.right, (double)bar->box.right) -
                                  fmax((double)other->box.left, (double)bar->box.left));
    }
    return shared;
}

/* The window comes to a character with the first point of it, and leaves in the midst of its last
 * stroke. Some bars, which are last, are drawn when it has left: a bar is of the character that it
 * lies on. */
static bool find_strokes(strokes *s, const lh_draft *draft, const lh_apart_word *word)
{
    s->top = (double)lh_draft_box(draft, word->from, word->to).top;
    s->height = word->height;
    for (size_t at = word->from; at < word->to; at = s->of[s->count++].to) {
        if (s->count == STROKES)
            return false;
        stroke *new = &s->of[s->count];
        new->from = at;
        new->to = lh_draft_stroke_end(draft, at, word->to);
        new->box = lh_draft_box(draft, at, new->to);
        new->bar = (double)(new->box.bottom - new->box.top) < flat * s->height;
        new->character = lh_draft_trace(draft, at + (!new->bar &&at + 1 < new->to))->character;
    }
    for (size_t i = 0; i < s->count; i++) {
        stroke *bar = &s->of[i];
        if (bar->bar &&
            shared_width(s, bar, bar->character - 1) > shared_width(s, bar, bar->character))
            bar->character--;
    }
    return true;
}

/* ---- how near they are -------------------------------------------------------------------------
 */

/* Takes in a stroke; with `sign` -1 the profile is that of its left side. */
static void add_stroke(profile *p, const strokes *s, const lh_point *point, size_t count,
                       double sign)
{
    for (size_t i = 0; i < count; i++) {
        const lh_point *a = &point[i > 0 ? i - 1 : 0], *b = &point[i];
        const double dy = (double)b->y - (double)a->y;
        const int steps = 1 + (int)fmin(fabs(dy) / (band * s->height / 2), 1000);
        for (int k = 0; k <= steps; k++) {
            const double share = (double)k / steps,
                         x = (double)a->x + share * ((double)b->x - (double)a->x),
                         at = ((double)a->y + share * dy - s->top) / (band * s->height);
            lh_raise(&p->edge[(int)fmin(fmax(at, 0), BANDS - 1)], sign * x);
        }
    }
}

static profile side_of(const strokes *s, const lh_draft *draft, int32_t character, double sign)
{
    profile p;
    for (int i = 0; i < BANDS; i++)
        p.edge[i] = -INFINITY;
    for (size_t i = 0; i < s->count; i++)
        if (s->of[i].character == character)
            add_stroke(&p, s, draft->point + s->of[i].from, s->of[i].to - s->of[i].from, sign);
    return p;
}

/* How far a character must go to the right of the one before it; 0: not at all. */
static double needed(const strokes *s, const lh_draft *draft, int32_t character)
{
    const profile left = side_of(s, draft, character - 1, 1),
                  right = side_of(s, draft, character, -1);
    double overlap = -INFINITY;
    for (int i = 0; i < BANDS; i++)
        for (int k = i > 0 ? i - 1 : 0; k <= i + 1 && k < BANDS; k++)
            lh_raise(&overlap, left.edge[i] + right.edge[k]);
    return fmin(fmax(overlap + near * s->height, 0), most * s->height);
}

/* ---- moving ------------------------------------------------------------------------------------
 */

static void move_points(lh_draft *draft, size_t from, size_t to, double way)
{
    for (size_t i = from; i < to; i++)
        draft->point[i].x += (float)way;
}

/* From character `u` on, the first that must stand apart: most words have none. */
static double move_from(lh_draft *draft, const lh_apart_word *word, size_t u)
{
    strokes s;
    double moved = 0;
    s.count = 0;
    if (!find_strokes(&s, draft, word))
        return 0;
    for (; u < word->characters; u++) {
        if (!stands_apart(word, u))
            continue;
        const int32_t character = word->first + (int32_t)u;
        const double way = needed(&s, draft, character);
        for (size_t i = 0; i < s.count && way > 0; i++)
            if (s.of[i].character >= character)
                move_points(draft, s.of[i].from, s.of[i].to, way);
        moved += way;
    }
    move_points(draft, word->to, draft->count, moved);
    return moved;
}

double lh_apart(lh_draft *draft, const lh_apart_word *word)
{
    for (size_t u = 1; u < word->characters; u++)
        if (stands_apart(word, u))
            return move_from(draft, word, u);
    return 0;
}
