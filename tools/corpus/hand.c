/* Lays letters out along a line, each a little different, and hands their strokes to the pen. */
#include "hand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pen.h"

#define MEETING 2.5         /* letters meet when this close, Hershey's units */
#define DOT_SIZE 2          /* strokes within this square are dots, Hershey's units */
#define TURN 0.025          /* standard deviation of a letter's turn, radians */
#define DRIFT_LENGTH 3000.0 /* of the baseline's wave, units */
#define PAUSE 0.15          /* between words, seconds, and up to twice */
enum { CORNERS = 1024, DELAYED = 64 };

/* A letter's place and shape on the board. */
typedef struct letter_pose {
    double x, y; /* its left end on the baseline */
    double size, width, slant, turn;
    int left;
} letter_pose;

/* A stroke put off to the end of the word: the dot of an i, the bar of a t. */
typedef struct delayed_stroke {
    letter_pose pose;
    const hershey_vertex *vertex;
    int count;
} delayed_stroke;

typedef struct writing {
    const hand_style *hand;
    pen pen;
    double x, y, start_x, phase;
    int corners; /* of the stroke that the pen has not finished */
    pen_spot corner[CORNERS];
    int delayed_count;
    delayed_stroke delayed[DELAYED];
} writing;

static pen_spot place(const letter_pose *pose, hershey_vertex vertex)
{
    double y = (vertex.y - HERSHEY_BASELINE) * pose->size;
    double x = (vertex.x - pose->left) * pose->size * pose->width - pose->slant * y;
    return (pen_spot){pose->x + x * cos(pose->turn) - y * sin(pose->turn),
                      pose->y + x * sin(pose->turn) + y * cos(pose->turn)};
}

static lh_status finish_stroke(writing *w, lh_error *error)
{
    int count = w->corners;
    w->corners = 0;
    return count ? pen_stroke(&w->pen, w->corner, count, error) : LH_OK;
}

static bool is_dot(const hershey_vertex *vertex, int count)
{
    for (int i = 1; i < count; i++)
        if (abs(vertex[i].x - vertex[0].x) > DOT_SIZE || abs(vertex[i].y - vertex[0].y) > DOT_SIZE)
            return false;
    return true;
}

/* Adds the stroke's corners to the unfinished one where the two meet and the hand joins letters;
 * else finishes that and starts another. */
static lh_status draw_stroke(writing *w, const letter_pose *pose, const hershey_vertex *vertex,
                             int count, bool joins, lh_error *error)
{
    pen_spot first = place(pose, vertex[0]);
    const pen_spot *last = w->corners ? &w->corner[w->corners - 1] : NULL;
    bool meets = joins && last &&
                 hypot(first.x - last->x, first.y - last->y) < MEETING * w->hand->size &&
                 w->corners + count <= CORNERS;
    if (!meets && finish_stroke(w, error) != LH_OK)
        return error->status;
    if (is_dot(vertex, count))
        return pen_dot(&w->pen, first, error);
    for (int i = meets ? 1 : 0; i < count; i++)
        w->corner[w->corners++] = place(pose, vertex[i]);
    return LH_OK;
}

static lh_status finish_word(writing *w, lh_error *error)
{
    lh_status status = finish_stroke(w, error);
    for (int i = 0; i < w->delayed_count && status == LH_OK; i++) {
        const delayed_stroke *d = &w->delayed[i];
        status = draw_stroke(w, &d->pose, d->vertex, d->count, false, error);
        if (status == LH_OK)
            status = finish_stroke(w, error);
    }
    w->delayed_count = 0;
    return status;
}

/* The longest stroke of a small letter is its body, which joins; what else it has is put off. */
static int body_of(const hershey_glyph *glyph)
{
    int best = 0, best_length = 0;
    for (int i = 0, start = 0; i < glyph->count; i++) {
        if (glyph->vertex[i].starts)
            start = i;
        if (i - start >= best_length) {
            best = start;
            best_length = i - start + 1;
        }
    }
    return best;
}

static lh_status draw_glyph(writing *w, const hershey_glyph *glyph, bool joins, lh_error *error)
{
    const hand_style *h = w->hand;
    lh_rng *rng = w->pen.rng;
    double wave = w->phase + 2 * M_PI * (w->x - w->start_x) / DRIFT_LENGTH;
    letter_pose pose = {.x = w->x, .y = w->y + h->drift * sin(wave), .left = glyph->left};
    /* A statement each: the parts of an initialiser may be evaluated in any order. */
    pose.size = h->size * (1 + h->unsteady * lh_rng_normal(rng));
    pose.width = h->width * (1 + h->unsteady * lh_rng_normal(rng));
    pose.slant = h->slant + h->unsteady * lh_rng_normal(rng);
    pose.turn = TURN * lh_rng_normal(rng);
    int body = joins ? body_of(glyph) : 0;
    lh_status status = LH_OK;
    for (int i = 0, count; i < glyph->count && status == LH_OK; i += count) {
        for (count = 1; i + count < glyph->count && !glyph->vertex[i + count].starts;)
            count++;
        const hershey_vertex *vertex = &glyph->vertex[i];
        if (joins && i != body && w->delayed_count < DELAYED)
            w->delayed[w->delayed_count++] = (delayed_stroke){pose, vertex, count};
        else
            status = draw_stroke(w, &pose, vertex, count, joins, error);
    }
    w->x += (glyph->right - glyph->left) * pose.size * pose.width;
    if (!joins)
        w->x += h->spacing * h->size * (1 + 0.3 * lh_rng_normal(rng));
    return status;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static lh_status write_character(writing *w, const hershey_face *letters, const hershey_face *marks,
                                 char c, lh_error *error)
{
    if (c == ' ') {
        lh_rng *rng = w->pen.rng;
        w->x += w->hand->blank * w->hand->size * (1 + 0.12 * lh_rng_normal(rng));
        lh_status status = finish_word(w, error);
        w->pen.time += PAUSE * (1 + lh_rng_uniform(rng));
        return status;
    }
    const hershey_glyph *glyph = hershey_find(is_letter(c) ? letters : marks, (unsigned char)c);
    if (!glyph || glyph->count == 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "no strokes for character 0x%02x",
                       (unsigned char)c);
    return draw_glyph(w, glyph, w->hand->joins && is_letter(c), error);
}

lh_status hand_write(const hand_style *hand, const hershey_face *letters, const hershey_face *marks,
                     const char *text, double x, double y, double time, lh_rng *rng, lh_ink *ink,
                     lh_error *error)
{
    writing *w = calloc(1, sizeof *w);
    if (!w)
        return lh_fail_memory(error, "a line of writing");
    w->hand = hand;
    w->pen.rounding = hand->rounding;
    w->pen.pace = hand->pace;
    w->pen.time = time;
    w->pen.rng = rng;
    w->pen.ink = ink;
    w->x = w->start_x = x;
    w->y = y;
    w->phase = 2 * M_PI * lh_rng_uniform(rng);
    lh_status status = LH_OK;
    for (const char *c = text; *c && status == LH_OK; c++)
        status = write_character(w, letters, marks, *c, error);
    if (status == LH_OK)
        status = finish_word(w, error);
    free(w);
    return status;
}
