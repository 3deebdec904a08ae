/* Where characters lie: see line_boxes.h.
 *
 * Each point has the character that the network looked at. The look is ahead of the pen: of lags
 * from 0 to 12 points six (0.09 s) let neighbours overlap least (174 characters in five hands: 0.38
 * mm a pair instead of 0.68), and when a letter begins where the pen was lifted close by, 0.06 mm
 * is left. Words are written in whole strokes, and marks know their letter. Where the pen drew a
 * sign itself the network looked at it for a hyphen that is gone: the sign is those strokes and no
 * others, and what the network drew before them is of characters before, what it drew after them of
 * characters behind. */
#include "document/line_boxes.h"

#include "base/extremes.h"
#include "write/composed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LAG = 6, NEAR = 5, NOBODY = -1 };

const lh_box lh_box_nothing = {INFINITY, INFINITY, -INFINITY, -INFINITY};

/* Points of a word that look at the same character, one behind the other. */
typedef struct run {
    size_t start; /* among the word's points */
    int character;
} run;

/* A line on its way. */
typedef struct finding {
    lh_line_boxes *to;
    const lh_page_line *line;
    int *word;     /* [characters]: the first one of the word that each is in; NOBODY: a blank */
    size_t *votes; /* [characters]: all 0 between two strokes */
    bool *sign;    /* [characters]: the pen drew it */
    int *owner;    /* [points]: the character looked at, then that which was drawn; NOBODY: none */
    size_t *point; /* [points]: those of a word that the network drew */
    run *runs;     /* [points + 1]: of these */
} finding;

void lh_box_widen(lh_box *box, const lh_box *by)
{
    lh_lowerf(&box->left, by->left);
    lh_lowerf(&box->top, by->top);
    lh_raisef(&box->right, by->right);
    lh_raisef(&box->bottom, by->bottom);
}

bool lh_line_boxes_blank(const lh_line_boxes *boxes, int character)
{
    return *boxes->at[character] == ' ';
}

void lh_line_boxes_free(lh_line_boxes *boxes)
{
    free(boxes->at);
    free(boxes->box);
    *boxes = (lh_line_boxes){0};
}

/* ---- words ------------------------------------------------------------------------------------
 */

static int last_of_word(const finding *f, int word)
{
    int last = word;
    while (word != NOBODY && last + 1 < f->to->count && f->word[last + 1] == word)
        last++;
    return last;
}

/* The word that a stroke is of. Where that is not told, it is the one that most of its points look
 * at; `before`, that of the stroke before, where they look at none. */
static int word_of_stroke(const finding *f, size_t first, size_t count, int before)
{
    const int32_t *told = f->line->steps->word;
    if (told && told[first] >= 0 && told[first] < f->to->count)
        return f->word[told[first]];
    int best = before;
    size_t most = 0;
    for (size_t i = first; i < first + count; i++) {
        const int word = f->word[f->owner[i]];
        if (word != NOBODY && ++f->votes[word] > most) {
            most = f->votes[word];
            best = word;
        }
    }
    for (size_t i = first; i < first + count; i++)
        if (f->word[f->owner[i]] != NOBODY)
            f->votes[f->word[f->owner[i]]] = 0;
    return best;
}

/* Keeps what the points of a stroke look at inside the word that they draw, which it returns. */
static int keep_in_word(finding *f, size_t first, size_t count, int before)
{
    const int word = word_of_stroke(f, first, count, before), last = last_of_word(f, word);
    for (size_t i = first; i < first + count && word != NOBODY; i++)
        f->owner[i] = f->owner[i] < word ? word : f->owner[i] > last ? last : f->owner[i];
    return word;
}

/* ---- characters -------------------------------------------------------------------------------
 */

/* The place nearest to `start` in low..high where the pen was lifted before, if one is near. */
static size_t snap(const finding *f, size_t start, size_t low, size_t high)
{
    for (size_t far = 0; far <= NEAR; far++) {
        const size_t place[] = {start - (far < start ? far : start), start + far};
        for (int side = 0; side < 2; side++)
            if (place[side] >= low && place[side] <= high &&
                f->line->ink->points[f->point[place[side] - 1]].end)
                return place[side];
    }
    return start;
}

/* Gives the `count` points of a word to the characters that they draw. */
static void divide_word(finding *f, size_t count)
{
    size_t runs = 0;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || f->owner[f->point[i]] != f->runs[runs - 1].character)
            f->runs[runs++] = (run){i, f->owner[f->point[i]]};
    f->runs[runs].start = count;
    for (size_t k = 1; k < runs; k++) {
        /* Each character keeps a point. */
        const size_t low = f->runs[k - 1].start + 1, most = count - (runs - k);
        const size_t late = f->runs[k].start + LAG, next = f->runs[k + 1].start + LAG - 1;
        const size_t start = late < low ? low : late > most ? most : late;
        f->runs[k].start = snap(f, start, low, next < most ? next : most);
    }
    for (size_t k = 0; k < runs; k++)
        for (size_t i = f->runs[k].start; i < f->runs[k + 1].start; i++)
            f->owner[f->point[i]] = f->runs[k].character;
}

/* ---- signs that the pen drew ------------------------------------------------------------------
 */

/* Did the network not draw the point? A line's first point is none that was drawn, and of a mark
 * only if the next one is. */
static bool is_mark(const finding *f, size_t point)
{
    const lh_trace *trace = f->line->steps->trace;
    const size_t next = point + (point == 0 && !f->line->ink->points[0].end);
    return trace[point].component < 0 && next > 0 && next < f->line->ink->count &&
           trace[next].component < 0 && f->owner[next] == f->owner[point];
}

static void find_signs(finding *f)
{
    for (size_t i = 0; i < f->line->ink->count; i++) {
        uint32_t base = 0;
        const lh_mark *mark;
        if (f->owner[i] == NOBODY || f->sign[f->owner[i]] || !is_mark(f, i))
            continue;
        const char *at = f->to->at[f->owner[i]];
        f->sign[f->owner[i]] = lh_composed_find(lh_utf8_next(&at), &base, &mark) && base == '-';
    }
}

/* Points of a word from one such sign to the next. */
typedef struct part {
    int word, low; /* the first character that they may be of */
    size_t count;  /* of them in finding.point */
} part;

/* The character low..high that is nearest to `owner` and no sign of the pen's; if there is none,
 * one of the word. */
static int home_of(const finding *f, const part *p, int owner, int high)
{
    const int last = last_of_word(f, p->word);
    if (p->low <= high)
        owner = owner < p->low ? p->low : owner > high ? high : owner;
    for (int far = 0; far <= last - p->word; far++)
        for (int side = -1; side <= 1; side += 2) {
            const int c = owner + side * far;
            if (c >= p->word && c <= last && !f->sign[c])
                return c;
        }
    return owner;
}

/* Ends a part: its points are of characters up to `high`. */
static void divide_part(finding *f, part *p, int high)
{
    for (size_t i = 0; i < p->count; i++)
        f->owner[f->point[i]] = home_of(f, p, f->owner[f->point[i]], high);
    divide_word(f, p->count);
    p->count = 0;
}

/* ---- all of a line ----------------------------------------------------------------------------
 */

static void find_owners(finding *f)
{
    const lh_trace *trace = f->line->steps->trace;
    for (size_t i = 0; i < f->line->ink->count; i++) {
        const int c = trace[i].character;
        const bool nobody = c < 0 && i > 0 && trace[i].component < 0; /* an underline */
        f->owner[i] = nobody ? NOBODY : c < 0 ? 0 : c < f->to->count ? c : f->to->count - 1;
    }
}

/* All points of the line find their characters, word by word. */
static void divide(finding *f)
{
    const lh_ink *ink = f->line->ink;
    size_t position = 0, count;
    const lh_point *points;
    part p = {.word = NOBODY};
    find_owners(f);
    find_signs(f);
    while (lh_ink_next_stroke(ink, &position, &points, &count)) {
        const size_t first = (size_t)(points - ink->points);
        if (f->owner[first] == NOBODY)
            continue;
        const int word = keep_in_word(f, first, count, p.word), sign = f->owner[first];
        if (word != p.word) {
            divide_part(f, &p, f->to->count - 1);
            p = (part){.word = word, .low = word};
        }
        if (word != NOBODY && f->sign[sign] && is_mark(f, first)) {
            divide_part(f, &p, sign - 1);
            p.low = sign + 1;
            continue;
        }
        for (size_t i = first; i < first + count && word != NOBODY; i++)
            if (!is_mark(f, i))
                f->point[p.count++] = i;
    }
    divide_part(f, &p, f->to->count - 1);
}

static void add_points(finding *f)
{
    const lh_placing to = f->line->placing;
    for (size_t i = 0; i < f->line->ink->count; i++) {
        const lh_point *p = &f->line->ink->points[i];
        const float x = to.x + to.scale * p->x, y = to.y + to.scale * p->y;
        const lh_box dot = {x, y, x, y};
        if (f->owner[i] == NOBODY)
            lh_box_widen(&f->to->others, &dot);
        else if (f->word[f->owner[i]] != NOBODY)
            lh_box_widen(&f->to->box[f->owner[i]], &dot);
    }
}

/* ---- lines ------------------------------------------------------------------------------------
 */

static bool find(finding *f)
{
    const size_t points = f->line->ink->count, characters = (size_t)f->to->count;
    f->word = calloc(characters + 1, sizeof *f->word);
    f->votes = calloc(characters + 1, sizeof *f->votes);
    f->sign = calloc(characters + 1, sizeof *f->sign);
    f->owner = calloc(points + 1, sizeof *f->owner);
    f->point = calloc(points + 1, sizeof *f->point);
    f->runs = calloc(points + 1, sizeof *f->runs);
    const bool room = f->word && f->votes && f->sign && f->owner && f->point && f->runs;
    for (int i = 0; room && i < f->to->count; i++)
        f->word[i] = lh_line_boxes_blank(f->to, i)       ? NOBODY
                     : i > 0 && f->word[i - 1] != NOBODY ? f->word[i - 1]
                                                         : i;
    if (room && f->line->steps && characters > 0) {
        divide(f);
        add_points(f);
    }
    free(f->word);
    free(f->votes);
    free(f->sign);
    free(f->owner);
    free(f->point);
    free(f->runs);
    return room;
}

lh_status lh_line_boxes_find(lh_line_boxes *boxes, const lh_page_line *line, lh_error *error)
{
    const size_t bytes = strlen(line->text);
    *boxes = (lh_line_boxes){.at = malloc((bytes + 1) * sizeof *boxes->at),
                             .box = malloc((bytes + 1) * sizeof *boxes->box),
                             .others = lh_box_nothing};
    finding f = {.to = boxes, .line = line};
    if (boxes->at && boxes->box) {
        const char *at = line->text;
        for (boxes->at[0] = at; lh_utf8_next(&at) != 0; boxes->at[boxes->count] = at)
            boxes->box[boxes->count++] = lh_box_nothing;
        if (find(&f))
            return LH_OK;
    }
    return lh_fail_memory(error, "where characters lie");
}
