/* Cells that tell of something: see telling.h. */
#include "telling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAST = 250,      /* points from which there is something to compare */
    MOST = 2400,      /* the last of them, that are looked at */
    CELLS_A_TIME = 24 /* what goes in a frame */
};
enum { LETTERS_SHOWN = 3, OCCURS_LEAST = 2 }; /* of six; and in each half */

static const double least_told = 0.3;

void win_telling_clear(win_telling *t)
{
    free(t->course);
    *t = (win_telling){.version = t->version + 1};
}

bool win_telling_works(const win_telling *t)
{
    return t->next < t->cells;
}

/* ---- what the pen does ----------------------------------------------------------------------- */

typedef struct pen {
    const win_sheet *sheet;
    const win_plain *plain; /* or NULL */
} pen;

/* The character that a point is of; false: none. */
static bool letter_of(const pen *p, size_t point, size_t *c)
{
    *c = (size_t)p->sheet->character[point];
    return p->plain && *c < p->plain->count && p->plain->letter[*c] != ' ';
}

static bool is_blank(const pen *p, size_t c)
{
    return c >= p->plain->count || p->plain->letter[c] == ' ';
}

static float place_in_word(const pen *p, size_t c)
{
    size_t first = c;
    while (first > 0 && !is_blank(p, first - 1))
        first--;
    return (float)(c - first);
}

/* What the pen did on the way to a point. */
static float value_at(const pen *p, size_t i, win_thing what, uint32_t letter)
{
    const lh_point *at = p->sheet->point + i;
    bool begins = i == 0 || at[-1].end;
    size_t c;
    switch (what) {
    case WIN_THING_UP:
        return at->end;
    case WIN_THING_START:
        return begins;
    case WIN_THING_UPWARD:
        return !begins && at->y < at[-1].y;
    case WIN_THING_SPEED:
        return begins ? 0 : hypotf(at->x - at[-1].x, at->y - at[-1].y);
    case WIN_THING_PLACE:
        return letter_of(p, i, &c) ? place_in_word(p, c) : 0;
    case WIN_THING_END:
        return letter_of(p, i, &c) && is_blank(p, c + 1);
    default:
        return letter_of(p, i, &c) && p->plain->letter[c] == letter;
    }
}

/* Takes the mean from points from..to-1 and makes their length 1; all 0 where they do not differ.
 */
static void normalise(float *x, size_t from, size_t to)
{
    double sum = 0, square = 0;
    for (size_t i = from; i < to; i++)
        sum += (double)x[i];
    double mean = to > from ? sum / (double)(to - from) : 0;
    for (size_t i = from; i < to; i++)
        square += ((double)x[i] - mean) * ((double)x[i] - mean);
    for (size_t i = from; i < to; i++)
        x[i] = square > 1e-9 ? (float)(((double)x[i] - mean) / sqrt(square)) : 0;
}

static void add_thing(win_telling *t, const pen *p, win_thing what, uint32_t letter)
{
    if (t->things == WIN_THINGS)
        return;
    float *x = t->course + (size_t)t->things * t->points;
    for (size_t i = 0; i < t->points; i++)
        x[i] = value_at(p, t->from + i, what, letter);
    normalise(x, 0, t->points / 2);
    normalise(x, t->points / 2, t->points);
    t->best[t->things++] = (win_told){.what = what, .letter = letter, .cell = -1};
}

/* How often a letter was written in points from..to-1. */
static int count_letter(const pen *p, size_t from, size_t to, uint32_t letter)
{
    size_t last = SIZE_MAX, c;
    int count = 0;
    for (size_t i = from; i < to; i++)
        if (letter_of(p, i, &c) && c != last) {
            count += p->plain->letter[c] == letter;
            last = c;
        }
    return count;
}

static void add_letters(win_telling *t, const pen *p)
{
    const size_t middle = t->from + t->points / 2, end = t->from + t->points;
    for (size_t c = 0; c < p->plain->count; c++) {
        uint32_t letter = p->plain->letter[c];
        bool known = letter == ' ';
        for (int k = 0; k < t->things && !known; k++)
            known = t->best[k].letter == letter;
        if (!known && t->things < WIN_THINGS &&
            count_letter(p, t->from, middle, letter) >= OCCURS_LEAST &&
            count_letter(p, middle, end, letter) >= OCCURS_LEAST)
            add_thing(t, p, WIN_THING_LETTER, letter);
    }
}

static bool begin(win_telling *t, const win_sheet *s, const win_plain *plain)
{
    const pen p = {s, plain};
    size_t kept = s->pieces > 0 ? s->piece[0]->from : s->shown;
    t->from = s->shown > MOST ? s->shown - MOST : 0;
    t->from = t->from > kept ? t->from : kept;
    t->points = s->shown - t->from;
    t->things = t->next = t->cells = 0;
    t->ink = s->version;
    float *course = realloc(t->course, WIN_THINGS * t->points * sizeof *course + 1);
    if (!course || t->points < LEAST)
        return false;
    t->course = course;
    for (int what = WIN_THING_UP; what <= WIN_THING_SPEED; what++)
        add_thing(t, &p, (win_thing)what, 0);
    for (int what = WIN_THING_PLACE; plain && what <= WIN_THING_END; what++)
        add_thing(t, &p, (win_thing)what, 0);
    if (plain)
        add_letters(t, &p);
    t->cells = s->layers * s->cells;
    return true;
}

/* ---- what cells give ------------------------------------------------------------------------- */

/* The correlations of a cell's course with all things, in one half; those not known are 0. */
static void correlate(const win_telling *t, const float *x, size_t from, size_t to, double *r)
{
    double sum = 0, square = 0;
    for (size_t i = from; i < to; i++) {
        sum += (double)x[i];
        square += (double)(x[i] * x[i]);
    }
    double spread = square - sum * sum / (double)(to - from);
    for (int k = 0; k < t->things; k++) {
        const float *y = t->course + (size_t)k * t->points;
        float dot[8] = {0}; /* apart, so that they are summed in step */
        size_t i = from;
        for (; i + 8 <= to; i += 8)
            for (size_t j = 0; j < 8; j++)
                dot[j] += x[i + j] * y[i + j];
        for (; i < to; i++)
            dot[0] += x[i] * y[i];
        double all = 0;
        for (int j = 0; j < 8; j++)
            all += (double)dot[j];
        r[k] = spread > 1e-3 ? all / sqrt(spread) : 0;
    }
}

static void look_at(win_telling *t, const int8_t *const *row, float *x, int cell)
{
    double first[WIN_THINGS], second[WIN_THINGS];
    for (size_t i = 0; i < t->points; i++)
        x[i] = row[i] ? (float)row[i][cell] : 0;
    correlate(t, x, 0, t->points / 2, first);
    correlate(t, x, t->points / 2, t->points, second);
    for (int k = 0; k < t->things; k++) {
        double least = first[k] * second[k] > 0 ? fmin(fabs(first[k]), fabs(second[k])) : 0;
        if (least <= t->best[k].least)
            continue;
        t->best[k].cell = cell;
        t->best[k].r = (first[k] + second[k]) / 2;
        t->best[k].least = least;
    }
}

static bool is_taken(const win_told *told, int count, const win_told *it)
{
    int letters = 0;
    bool cell = false;
    for (int i = 0; i < count; i++) {
        cell |= told[i].cell == it->cell;
        letters += told[i].what == WIN_THING_LETTER;
    }
    return cell || (it->what == WIN_THING_LETTER && letters >= LETTERS_SHOWN);
}

/* The best, each of another thing and another cell. */
static void choose(win_telling *t)
{
    win_told told[WIN_TELLING_SHOWN] = {0};
    bool used[WIN_THINGS] = {false};
    int count = 0;
    for (int best = 0; count < WIN_TELLING_SHOWN && best >= 0;) {
        best = -1;
        for (int k = 0; k < t->things; k++)
            if (!used[k] && t->best[k].least >= least_told &&
                (best < 0 || t->best[k].least > t->best[best].least))
                best = k;
        if (best < 0)
            break;
        used[best] = true;
        if (!is_taken(told, count, &t->best[best]))
            told[count++] = t->best[best];
    }
    memcpy(t->told, told, sizeof told);
    t->count = count;
    t->version++;
}

static void look_on(win_telling *t, const win_sheet *s)
{
    const int8_t **row = malloc(t->points * sizeof *row + 1);
    float *x = malloc(t->points * sizeof *x + 1);
    for (size_t i = 0; row && i < t->points; i++)
        row[i] = win_sheet_inside(s, t->from + i).cell;
    for (int i = 0; row && x && i < CELLS_A_TIME && t->next < t->cells; i++)
        look_at(t, row, x, t->next++);
    if (!row || !x)
        t->next = t->cells;
    if (t->next >= t->cells)
        choose(t);
    free(row);
    free(x);
}

void win_telling_update(win_telling *t, const win_sheet *s, const win_plain *plain)
{
    bool gone = t->points > 0 && (t->ink != s->version || t->from + t->points > s->shown ||
                                  (t->cells > 0 && t->cells != s->layers * s->cells));
    size_t seen = t->from + t->points;
    bool more = s->shown >= seen + seen / 2 || (s->shown == s->points && s->shown != seen);
    if (gone)
        t->next = t->cells = 0;
    if (s->layers == 0 || s->shown < LEAST) {
        t->version += t->count > 0;
        t->count = 0;
        return;
    }
    if (!win_telling_works(t) && (gone || more || t->points == 0) && !begin(t, s, plain))
        return;
    if (win_telling_works(t))
        look_on(t, s);
}

/* ---- words ----------------------------------------------------------------------------------- */

static const struct {
    const char *name,
        *when; /* when: "says yes ...", or of what goes by degrees: "gives more ..." */
    bool degrees;
} words[] = {[WIN_THING_UP] = {"pen up", "where the pen is lifted", false},
             [WIN_THING_START] = {"a stroke begins", "where a stroke begins", false},
             [WIN_THING_UPWARD] = {"upward strokes", "in upward strokes", false},
             [WIN_THING_SPEED] = {"speed", "the faster the pen is", true},
             [WIN_THING_PLACE] = {"place in the word", "the further the pen is in a word", true},
             [WIN_THING_END] = {"end of a word", "in the last letter of a word", false}};

void win_telling_name(const win_told *told, char *text, size_t size)
{
    char letter[5] = "";
    if (told->what == WIN_THING_LETTER)
        lh_utf8_encode(told->letter, letter);
    if (told->what == WIN_THING_LETTER)
        snprintf(text, size, "the letter \u201c%s\u201d", letter);
    else
        snprintf(text, size, "%s", words[told->what].name);
}

void win_telling_say(const win_told *told, int cells, char *text, size_t size)
{
    char when[60], name[40];
    bool yes = told->r > 0, degrees = told->what != WIN_THING_LETTER && words[told->what].degrees;
    win_telling_name(told, name, sizeof name);
    if (told->what == WIN_THING_LETTER)
        snprintf(when, sizeof when, "in %s", name);
    else
        snprintf(when, sizeof when, "%s", words[told->what].when);
    snprintf(
        text, size, "Cell %d of layer %d %s %s", told->cell % cells + 1, told->cell / cells + 1,
        degrees ? (yes ? "gives more," : "gives less,") : (yes ? "says yes" : "says no"), when);
}
