/* The ink of a text, broken to lines, and the pen's time on it: see sheet.h. */
#include "sheet.h"
#include "document/script_size.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void win_sheet_clear(win_sheet *s)
{
    for (size_t i = 0; i < s->pieces; i++)
        win_kept_free(s->piece[i]);
    free(s->piece);
    free(s->word);
    free(s->point);
    free(s->character);
    free(s->line);
    *s = (win_sheet){.resume = -1};
}

static bool grow(void *rows, size_t count, size_t size)
{
    void *more = realloc(*(void **)rows, count * size + 1);
    if (more)
        *(void **)rows = more;
    return more != NULL;
}

static bool make_room(win_sheet *s, size_t words, size_t points)
{
    if (words > s->word_capacity) {
        size_t n = words + words / 2;
        if (!grow(&s->word, n, sizeof *s->word))
            return false;
        s->word_capacity = n;
    }
    if (points <= s->capacity)
        return true;
    size_t n = points + points / 2;
    if (!grow(&s->point, n, sizeof *s->point) || !grow(&s->character, n, sizeof *s->character))
        return false;
    s->capacity = n;
    return true;
}

/* ---- what is kept of the network --------------------------------------------------------------
 */

/* Drops what is kept of points `from`.. */
static void cut_kept(win_sheet *s, size_t from)
{
    while (s->pieces > 0 && s->piece[s->pieces - 1]->from >= from)
        win_kept_free(s->piece[--s->pieces]);
    win_piece *last = s->pieces > 0 ? s->piece[s->pieces - 1] : NULL;
    if (last && last->from + last->count > from)
        last->count = from - last->from;
}

/* Drops what is kept of points long past. */
static void forget_kept(win_sheet *s)
{
    size_t old = 0;
    while (old < s->pieces && s->piece[old]->from + s->piece[old]->count + WIN_KEPT_MAX < s->points)
        win_kept_free(s->piece[old++]);
    s->pieces -= old;
    if (old > 0)
        memmove(s->piece, s->piece + old, s->pieces * sizeof *s->piece);
    for (size_t i = 0;
         i < s->pieces && s->piece[i]->from + s->piece[i]->count + WIN_GATES_KEPT < s->points; i++)
        s->piece[i] = win_kept_drop_gates(s->piece[i]);
}

/* Takes what was kept of points `at`.. out of the news. */
static bool take_kept(win_sheet *s, win_news *n, size_t at)
{
    const win_piece *first = n->kept;
    cut_kept(s, at);
    if (!first)
        return true;
    if (first->mixtures != s->mixtures || first->layers != s->layers || first->cells != s->cells)
        cut_kept(s, 0); /* another network */
    s->mixtures = first->mixtures;
    s->layers = first->layers;
    s->cells = first->cells;
    s->bias = n->bias;
    s->scale_x = n->scale_x;
    s->scale_y = n->scale_y;
    while (n->kept) {
        win_piece *piece = n->kept;
        if (s->pieces == s->piece_capacity) {
            size_t more = 2 * s->piece_capacity + 64;
            if (!grow(&s->piece, more, sizeof(win_piece *)))
                return false;
            s->piece_capacity = more;
        }
        n->kept = piece->next;
        piece->next = NULL;
        s->piece[s->pieces++] = piece;
        for (size_t i = 0; i < piece->count; i++)
            s->character[piece->from + i] = piece->trace[i].character;
    }
    forget_kept(s);
    return true;
}

win_inside win_sheet_inside(const win_sheet *s, size_t point)
{
    size_t low = 0, high = s->pieces;
    while (low < high) { /* the first that ends behind the point */
        size_t middle = (low + high) / 2;
        if (s->piece[middle]->from + s->piece[middle]->count <= point)
            low = middle + 1;
        else
            high = middle;
    }
    bool kept = low < s->pieces && point >= s->piece[low]->from;
    return kept ? win_kept_at(s->piece[low], point) : (win_inside){0};
}

/* ---- taking ink in ---------------------------------------------------------------------------
 */

/* The page's own measures: the share of the pitch that small letters have, and how many units high
 * those of ordinary handwriting are. Both are round numbers, which its scales, in single precision,
 * nearly give. */
static double letter_share(void)
{
    return round(1000 * (double)lh_paper_scale(&(lh_paper){.pitch = 1}, 1)) / 1000;
}

static double ordinary_letter(void)
{
    lh_script_size unknown = {0};
    return round(letter_share() / (double)lh_script_scale(&unknown, &(lh_paper){.pitch = 1}));
}

double win_sheet_unit(double pitch)
{
    return letter_share() * pitch / ordinary_letter();
}

/* The height of small letters in what is written; what few letters say is drawn to the ordinary. */
static float letter_height(const win_sheet *s)
{
    static const float points_that_tell = 350;
    const float median = (float)ordinary_letter();
    lh_ink ink = {.points = s->point, .count = s->points};
    float height = lh_ink_baseline(&ink).height;
    float weight = fminf(1, (float)s->points / points_that_tell);
    return height >= 50 && height <= 400 ? median + weight * (height - median) : median;
}

bool win_sheet_take(win_sheet *s, win_news *n)
{
    size_t p = n->points_kept;
    if (!make_room(s, n->words_kept + n->words, p + n->points))
        return false;
    if (n->words > 0)
        memcpy(s->word + n->words_kept, n->word, n->words * sizeof *n->word);
    if (n->points > 0)
        memcpy(s->point + p, n->point, n->points * sizeof *n->point);
    s->words = n->words_kept + n->words;
    s->points = p + n->points;
    if (p == 0)
        s->letter = s->points > 0 ? letter_height(s) : 0;
    s->version += s->shown > p || p == 0;
    if (s->shown > p) {
        s->shown = p;
        s->now = p > 0 ? s->point[p - 1].time : 0;
    }
    return take_kept(s, n, p);
}

/* ---- time ------------------------------------------------------------------------------------ */

/* After writing anew, goes at once to where the pen had been. */
static void resume(win_sheet *s)
{
    if (s->resume < 0 || s->points == 0)
        return;
    size_t i = s->shown;
    while (i < s->points && s->character[i] <= s->resume)
        i++;
    s->shown = i;
    s->now = i > 0 ? s->point[i - 1].time : 0;
    if (i < s->points)
        s->resume = -1;
}

size_t win_sheet_advance(win_sheet *s, double seconds)
{
    size_t before = s->shown;
    resume(s);
    if (s->shown >= s->points)
        return s->shown - before;
    s->now += seconds;
    while (s->shown < s->points && s->point[s->shown].time <= s->now)
        s->shown++;
    if (s->shown == s->points) /* time stands still while there is nothing to write */
        s->now = s->point[s->points - 1].time;
    return s->shown - before;
}

void win_sheet_rewind(win_sheet *s)
{
    s->version++;
    s->now = 0;
    s->shown = 0;
    s->resume = -1;
}

void win_sheet_go(win_sheet *s, size_t point)
{
    if (point >= s->points)
        return;
    s->version++;
    s->shown = point + 1;
    s->now = s->point[point].time;
    s->resume = -1;
}

void win_sheet_finish(win_sheet *s)
{
    s->resume = -1;
    s->shown = s->points;
    s->now = s->points > 0 ? s->point[s->points - 1].time : 0;
}

bool win_sheet_moving(const win_sheet *s)
{
    return s->shown < s->points;
}

/* ---- places ---------------------------------------------------------------------------------- */

float win_sheet_scale(const win_sheet *s)
{
    return s->letter > 0 ? lh_paper_scale(&(lh_paper){.pitch = s->pitch}, s->letter) : 0;
}

float win_sheet_row(const win_sheet *s, size_t row)
{
    return lh_paper_row(&(lh_paper){.top = s->margin, .pitch = s->pitch}, (int)row);
}

float win_sheet_baseline(const win_sheet *s, size_t line)
{
    return win_sheet_row(s, line < s->lines ? s->line[line].row : 0);
}

size_t win_sheet_rows(const win_sheet *s)
{
    return s->lines > 0 ? s->line[s->lines - 1].row + 1 : 0;
}

/* Where the ink of line `line` begins. */
static size_t line_point(const win_sheet *s, size_t line)
{
    return line < s->lines ? s->word[s->line[line].word].point : s->points;
}

void win_sheet_points(const win_sheet *s, size_t line, size_t *from, size_t *to)
{
    *from = line_point(s, line);
    *to = line_point(s, line + 1);
}

size_t win_sheet_line(const win_sheet *s, size_t i)
{
    size_t low = 0, high = s->lines;
    while (low + 1 < high) { /* the last that does not begin behind the point */
        size_t middle = (low + high) / 2;
        if (line_point(s, middle) <= i)
            low = middle;
        else
            high = middle;
    }
    return low;
}

lh_vec2 win_sheet_at(const win_sheet *s, size_t i)
{
    if (s->flat)
        return (lh_vec2){s->flat_scale * s->point[i].x, s->flat_scale * s->point[i].y};
    float scale = win_sheet_scale(s);
    size_t line = win_sheet_line(s, i);
    float left = line < s->lines ? s->line[line].left : 0;
    float in = line < s->lines ? s->line[line].x : 0;
    return (lh_vec2){s->margin + in + scale * (s->point[i].x - left),
                     win_sheet_baseline(s, line) + scale * s->point[i].y};
}

bool win_sheet_pen(const win_sheet *s, lh_vec2 *at, bool *down)
{
    if (s->points == 0)
        return false;
    size_t next = s->shown < s->points ? s->shown : s->points - 1;
    lh_vec2 b = win_sheet_at(s, next);
    *at = b;
    *down = false;
    if (s->shown == 0 || s->shown == s->points)
        return true;
    const lh_point *p = &s->point[s->shown - 1];
    lh_vec2 a = win_sheet_at(s, s->shown - 1);
    double span = p[1].time - p[0].time;
    float part = span > 0 ? (float)fmin(1, fmax(0, (s->now - p[0].time) / span)) : 0;
    *at = (lh_vec2){a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)};
    *down = !p->end;
    return true;
}

float win_sheet_height(const win_sheet *s)
{
    size_t last = s->shown > 0 ? win_sheet_line(s, s->shown - 1) : 0;
    return win_sheet_baseline(s, last) + 0.6f * s->pitch;
}
