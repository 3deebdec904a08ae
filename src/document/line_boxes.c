/* Where characters lie: see line_boxes.h.
 *
 * Each point has the character that the network looked at. The look is ahead of the pen: of lags
 * from 0 to 12 points six (0.09 s) let neighbours overlap least (174 characters in five hands: 0.38
 * mm a pair instead of 0.68), and when a letter begins where the pen was lifted close by, 0.06 mm
 * is left. Words are written in whole strokes, and marks know their letter. */
#include "document/line_boxes.h"

#include "base/extremes.h"

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
    int *owner;    /* [points]: the character looked at, then that which was drawn */
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
    const int word = word_of_stroke(f, first, count, before);
    int last = word;
    while (word != NOBODY && last + 1 < f->to->count && f->word[last + 1] == word)
        last++;
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

/* All points of the line find their characters, word by word. */
static void divide(finding *f)
{
    const lh_ink *ink = f->line->ink;
    const lh_trace *trace = f->line->steps->trace;
    size_t position = 0, count, gathered = 0;
    const lh_point *points;
    int before = NOBODY;
    for (size_t i = 0; i < ink->count; i++) {
        const int c = trace[i].character;
        f->owner[i] = c < 0 ? 0 : c < f->to->count ? c : f->to->count - 1;
    }
    while (lh_ink_next_stroke(ink, &position, &points, &count)) {
        const size_t first = (size_t)(points - ink->points);
        const int word = keep_in_word(f, first, count, before);
        if (word != before) {
            divide_word(f, gathered);
            gathered = 0;
        }
        before = word;
        /* A line's first point is none that was drawn, and no mark for that. */
        for (size_t i = first; i < first + count && word != NOBODY; i++)
            if (i == 0 || trace[i].component >= 0)
                f->point[gathered++] = i;
    }
    divide_word(f, gathered);
}

static void add_points(finding *f)
{
    const lh_placing to = f->line->placing;
    for (size_t i = 0; i < f->line->ink->count; i++) {
        const lh_point *p = &f->line->ink->points[i];
        const float x = to.x + to.scale * p->x, y = to.y + to.scale * p->y;
        const lh_box dot = {x, y, x, y};
        if (f->word[f->owner[i]] != NOBODY)
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
    f->owner = calloc(points + 1, sizeof *f->owner);
    f->point = calloc(points + 1, sizeof *f->point);
    f->runs = calloc(points + 1, sizeof *f->runs);
    const bool room = f->word && f->votes && f->owner && f->point && f->runs;
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
    free(f->owner);
    free(f->point);
    free(f->runs);
    return room;
}

lh_status lh_line_boxes_find(lh_line_boxes *boxes, const lh_page_line *line, lh_error *error)
{
    const size_t bytes = strlen(line->text);
    *boxes = (lh_line_boxes){.at = malloc((bytes + 1) * sizeof *boxes->at),
                             .box = malloc((bytes + 1) * sizeof *boxes->box)};
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
