/* The ink of a text, broken to lines, and the pen's time on it: see sheet.h. */
#include "sheet.h"

#include "look.h"
#include "nib.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void drop_kept(win_sheet *s)
{
    free(s->kept.output);
    free(s->kept.window);
    free(s->kept.cell);
    free(s->kept.saturation);
    s->kept = (lh_written){0};
    s->kept_capacity = 0;
}

void win_sheet_clear(win_sheet *s)
{
    drop_kept(s);
    free(s->word);
    free(s->point);
    free(s->trace);
    free(s->of_word);
    free(s->of_line);
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
    if (!grow(&s->point, n, sizeof *s->point) || !grow(&s->trace, n, sizeof *s->trace) ||
        !grow(&s->of_word, n, sizeof *s->of_word) || !grow(&s->of_line, n, sizeof *s->of_line))
        return false;
    s->capacity = n;
    return true;
}

/* ---- what is kept of the network --------------------------------------------------------------
 */

/* The arrays, with the bytes of a point in each; those that the network does not have are of 0. */
enum { KEPT = 4 };
static void kept_rows(win_sheet *s, const lh_written *from, void **row[KEPT],
                      const void *source[KEPT], size_t bytes[KEPT])
{
    size_t layers = (size_t)s->kept.layers;
    row[0] = (void **)&s->kept.output;
    row[1] = (void **)&s->kept.window;
    row[2] = (void **)&s->kept.cell;
    row[3] = (void **)&s->kept.saturation;
    source[0] = from->output;
    source[1] = from->window;
    source[2] = from->cell;
    source[3] = from->saturation;
    bytes[0] = (1 + 6 * (size_t)s->kept.mixtures) * sizeof(float);
    bytes[1] = sizeof(lh_window_view);
    bytes[2] = layers * (size_t)s->kept.cells;
    bytes[3] = layers * sizeof(lh_saturation);
}

/* Adds what was kept of points `at`.. ; of much that is kept, forgets the older half. */
static bool take_kept(win_sheet *s, const win_news *n, size_t at)
{
    if (n->points == 0)
        return true;
    const lh_written *k = &n->kept;
    if (k->mixtures != s->kept.mixtures || k->layers != s->kept.layers ||
        k->cells != s->kept.cells || at < s->kept.kept_from || !s->kept.output) {
        drop_kept(s);
        s->kept = (lh_written){
            .mixtures = k->mixtures, .layers = k->layers, .cells = k->cells, .kept_from = at};
    }
    s->kept.bias = k->bias;
    s->kept.scale_x = k->scale_x;
    s->kept.scale_y = k->scale_y;
    size_t held = at - s->kept.kept_from, forget = 0;
    if (held > 2 * WIN_KEPT_MAX)
        forget = held - WIN_KEPT_MAX;
    size_t need = held - forget + n->points;
    /* All the room at once, as growing would copy megabytes in the middle of a frame; the system
     * gives pages when they are first written to. */
    size_t usual = 2 * WIN_KEPT_MAX + WIN_KEPT_MAX / 2, capacity = s->kept_capacity;
    if (need > capacity)
        capacity = need > usual ? need + need / 2 : usual;
    void **row[KEPT];
    const void *source[KEPT];
    size_t bytes[KEPT];
    kept_rows(s, k, row, source, bytes);
    for (int i = 0; i < KEPT; i++) {
        if (!source[i])
            continue;
        if (forget > 0)
            memmove(*row[i], (char *)*row[i] + forget * bytes[i], (held - forget) * bytes[i]);
        if (capacity > s->kept_capacity && !grow(row[i], capacity, bytes[i]))
            return false;
        memcpy((char *)*row[i] + (held - forget) * bytes[i], source[i], n->points * bytes[i]);
    }
    s->kept.kept_from += forget;
    s->kept_capacity = capacity;
    return true;
}

win_inside win_sheet_inside(const win_sheet *s, size_t i)
{
    const lh_written *k = &s->kept;
    if (i >= s->points || i < k->kept_from || !k->output || s->trace[i].component < 0)
        return (win_inside){0};
    size_t row = i - k->kept_from, layers = (size_t)k->layers;
    return (win_inside){
        .output = k->output + row * (1 + 6 * (size_t)k->mixtures),
        .window = k->window ? k->window + row : NULL,
        .cell = k->cell ? k->cell + row * layers * (size_t)k->cells : NULL,
        .saturation = k->saturation ? k->saturation + row * layers : NULL,
    };
}

/* ---- taking ink in ---------------------------------------------------------------------------
 */

/* The height of small letters in what is written: hands of IAM-OnDB have 79 to 197 units, the
 * median is 118, to which what few letters say is drawn. */
static float letter_height(const win_sheet *s)
{
    static const float median = 118, points_that_tell = 350;
    lh_ink ink = {.points = s->point, .count = s->points};
    float height = lh_ink_baseline(&ink).height;
    float weight = fminf(1, (float)s->points / points_that_tell);
    return height >= 50 && height <= 400 ? median + weight * (height - median) : median;
}

bool win_sheet_take(win_sheet *s, const win_news *n)
{
    size_t p = n->points_kept;
    if (!make_room(s, n->words_kept + n->words, p + n->points))
        return false;
    if (n->words > 0)
        memcpy(s->word + n->words_kept, n->word, n->words * sizeof *n->word);
    if (n->points > 0) {
        memcpy(s->point + p, n->point, n->points * sizeof *n->point);
        memcpy(s->trace + p, n->trace, n->points * sizeof *n->trace);
    }
    s->words = n->words_kept + n->words;
    s->points = p + n->points;
    if (p == 0)
        s->letter = s->points > 0 ? letter_height(s) : 0;
    if (s->shown > p) {
        s->shown = p;
        s->now = p > 0 ? s->point[p - 1].time : 0;
    }
    return take_kept(s, n, p);
}

/* ---- lines ----------------------------------------------------------------------------------- */

static lh_box word_box(const win_sheet *s, size_t word)
{
    lh_ink ink = {.points = s->point + s->word[word].point, .count = s->word[word].points};
    return lh_ink_bounds(&ink);
}

static bool ends_line(const win_sheet *s, size_t word, const win_plain *plain, const char *typed)
{
    size_t first = (size_t)(s->word[word - 1].character + s->word[word - 1].count);
    size_t last = (size_t)s->word[word].character;
    if (last > plain->count)
        return false; /* the text has changed since; new ink is under way */
    return last > first &&
           memchr(typed + plain->byte[first], '\n', plain->byte[last] - plain->byte[first]) != NULL;
}

static bool put_word(win_sheet *s, size_t word, bool new_line, float left)
{
    if (new_line) {
        if (s->lines == s->line_capacity) {
            size_t n = 2 * s->line_capacity + 16;
            if (!grow(&s->line, n, sizeof *s->line))
                return false;
            s->line_capacity = n;
        }
        s->line[s->lines++] = (win_line){.word = word, .left = left};
    }
    s->line[s->lines - 1].words++;
    size_t first = s->word[word].point;
    for (size_t i = first; i < first + s->word[word].points && i < s->points; i++) {
        s->of_word[i] = (uint32_t)word;
        s->of_line[i] = (uint32_t)(s->lines - 1);
    }
    return true;
}

bool win_sheet_break(win_sheet *s, size_t word, const win_plain *plain, const char *typed)
{
    while (s->lines > 0 && s->line[s->lines - 1].word >= word)
        s->lines--;
    if (s->lines > 0)
        s->line[s->lines - 1].words = word - s->line[s->lines - 1].word;
    if (s->words == 0)
        return true;
    float room = (s->width - 2 * s->margin) / win_sheet_scale(s);
    for (size_t i = word; i < s->words; i++) {
        lh_box box = word_box(s, i);
        bool new_line = s->lines == 0 || ends_line(s, i, plain, typed) ||
                        box.right - s->line[s->lines - 1].left > room;
        if (!put_word(s, i, new_line, box.left))
            return false;
    }
    return true;
}

/* ---- time ------------------------------------------------------------------------------------ */

/* After writing anew, goes at once to where the pen had been. */
static void resume(win_sheet *s)
{
    if (s->resume < 0 || s->points == 0)
        return;
    size_t i = s->shown;
    while (i < s->points && s->trace[i].character <= s->resume)
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
    s->now = 0;
    s->shown = 0;
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
    /* As lh_paper_scale: small letters are three tenths of the way from line to line. */
    return s->letter > 0 ? 0.3f * s->pitch / s->letter : 0;
}

float win_sheet_row(const win_sheet *s, size_t line)
{
    return s->margin + s->pitch * (0.75f + (float)line);
}

lh_vec2 win_sheet_at(const win_sheet *s, size_t i)
{
    float scale = win_sheet_scale(s);
    size_t line = s->of_line[i];
    return (lh_vec2){s->margin + scale * (s->point[i].x - s->line[line].left),
                     win_sheet_row(s, line) + scale * s->point[i].y};
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
    size_t last = s->shown > 0 ? s->of_line[s->shown - 1] : 0;
    return win_sheet_row(s, last) + 0.6f * s->pitch;
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* Over the width of the pen. */
static const float DOT_WIDTH = 1.3f;

/* The width of the line at a reading, over that of the pen: less where the pen is fast. Steps are
 * even in time, so the length of the steps around it is the speed; in heights of small letters. */
static float width_at(const win_sheet *s, size_t i)
{
    float way = 0;
    int steps = 0;
    if (i > 0 && !s->point[i - 1].end) {
        way += hypotf(s->point[i].x - s->point[i - 1].x, s->point[i].y - s->point[i - 1].y);
        steps++;
    }
    if (!s->point[i].end && i + 1 < s->points) {
        way += hypotf(s->point[i + 1].x - s->point[i].x, s->point[i + 1].y - s->point[i].y);
        steps++;
    }
    float speed = steps > 0 ? way / ((float)steps * s->letter) : 0;
    return fmaxf(0.6f, 1.3f - 1.2f * speed);
}

win_tint win_sheet_tint(const win_sheet *s, const win_ink_look *look, size_t i)
{
    bool dot = s->point[i].end && (i == 0 || s->point[i - 1].end);
    const int8_t *cell = look->cell >= 0 ? win_sheet_inside(s, i).cell : NULL;
    return (win_tint){cell ? look->cell_colours[cell[look->cell] + 128] : look->colour,
                      look->width * (double)(dot ? DOT_WIDTH : width_at(s, i))};
}

static void draw_step(const win_sheet *s, cairo_t *cr, size_t i, double from, double to)
{
    lh_vec2 a = win_sheet_at(s, i - 1), b = win_sheet_at(s, i);
    bool starts = i < 2 || s->point[i - 2].end, ends = s->point[i].end || i + 1 >= s->points;
    win_nib_step(cr, starts ? a : win_sheet_at(s, i - 2), a, b, ends ? b : win_sheet_at(s, i + 1),
                 from, to);
}

bool win_sheet_lifts(const win_sheet *s, size_t i)
{
    return i > 0 && s->point[i - 1].end && s->of_line[i] == s->of_line[i - 1];
}

static void draw_lift(const win_sheet *s, cairo_t *cr, size_t i)
{
    lh_vec2 a = win_sheet_at(s, i - 1), b = win_sheet_at(s, i);
    cairo_save(cr);
    win_set_colour(cr, WIN_LIFT_COLOUR, WIN_LIFT_SHARE);
    cairo_set_line_width(cr, WIN_LIFT_WIDTH);
    cairo_move_to(cr, a.x, a.y);
    cairo_line_to(cr, b.x, b.y);
    cairo_stroke(cr);
    cairo_restore(cr);
}

/* May the way from point `a` to `b` touch the rows of pixels top..bottom? Curves and pens reach a
 * little beyond their points. */
static bool touches(const win_sheet *s, size_t a, size_t b, float top, float bottom)
{
    static const float reach = 12;
    float y0 = win_sheet_at(s, a).y, y1 = win_sheet_at(s, b).y;
    return fmaxf(y0, y1) + reach >= top && fminf(y0, y1) - reach <= bottom;
}

void win_sheet_draw(const win_sheet *s, cairo_t *cr, size_t from, size_t to,
                    const win_ink_look *look, float top, float bottom)
{
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    for (size_t i = from; i < to && i < s->points; i++) {
        float row = win_sheet_row(s, s->of_line[i]);
        if (row + 1.2f * s->pitch < top || row - 1.6f * s->pitch > bottom)
            continue;
        bool begins = i == 0 || s->point[i - 1].end;
        if (!touches(s, i > 0 ? i - 1 : i, i, top, bottom))
            continue;
        win_tint tint = win_sheet_tint(s, look, i);
        win_set_colour(cr, tint.colour, 1);
        if (!begins)
            draw_step(s, cr, i, look->width * (double)width_at(s, i - 1), tint.width);
        else if (s->point[i].end)
            win_nib_dot(cr, win_sheet_at(s, i), tint.width);
        if (look->lifts && win_sheet_lifts(s, i))
            draw_lift(s, cr, i);
    }
}
