/* The list of what can be done and set, with its keys and, of settings, values and ranges, on as
 * many pages as it takes; behind them, what one sees (explain.h). */
#include "explain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const other_keys[][2] = {
    {"Tab, \u21e7 Tab", "go through the controls"},
    {"\u2190 \u2192 Home", "on a control: less, more, as it was"},
    {"Space, Enter", "press it"},
    {"\u2191 \u2193 Home", "on Cells, on Telling: another cell, none"},
    {"\u2191 \u2193", "on Gates: another layer"},
    {"\u2190 \u2192 \u2191 \u2193", "on Find: another stroke, layer; with \u21e7 more"},
    {"\u2191 \u2193 \u2190 \u2192 Space", "on Compare: another, what differs, four others"},
    {"Space \u2190 Esc", "on the tour: next stop, the one before, end"},
    {"Ctrl \u2190 \u2192 \u2191 \u2193", "on Find: the end, with \u21e7 the beginning; threshold"},
    {"double click", "a control as it was"},
    {"Ctrl A C X V", "select all, copy, cut, paste"},
    {"PgUp, PgDn", "scroll the paper, or this list; the wheel"},
    {"\u21e7 F10, Menu", "the menu of the text; the right button"},
    {"\u2190 \u2192 \u2191 \u2193 Space", "on time: another moment, play from there"},
    {"Esc", "back to the pen and to the text"},
};
enum { OTHERS = sizeof other_keys / sizeof *other_keys, HEADINGS = 3, NO_SETTING = -1 };
enum { ROWS = WIN_ACTIONS + WIN_VALUES + OTHERS + HEADINGS, MOST_COLUMNS = 2 };

typedef struct help_row {
    const char *keys, *what; /* keys NULL: a heading */
    int setting;
} help_row;

static void list_rows(help_row *row)
{
    *row++ = (help_row){NULL, "Do", NO_SETTING};
    for (int i = 0; i < WIN_ACTIONS; i++)
        *row++ = (help_row){win_deeds[i].keys, win_deeds[i].help, NO_SETTING};
    *row++ = (help_row){NULL, "Set", NO_SETTING};
    for (int i = 0; i < WIN_VALUES; i++)
        *row++ = (help_row){win_settings[i].keys, win_settings[i].name, i};
    *row++ = (help_row){NULL, "Find the way", NO_SETTING};
    for (int i = 0; i < OTHERS; i++)
        *row++ = (help_row){other_keys[i][0], other_keys[i][1], NO_SETTING};
}

/* ---- pages ------------------------------------------------------------------------------------
 */

typedef struct help_page {
    win_box card;
    double row;        /* height of one */
    int columns, rows; /* rows in a column */
    int keys;          /* pages of the list */
} help_page;

#define PAD 14.0
#define FOOT 18.0

static win_box text_box(win_box card)
{
    return (win_box){card.x + PAD, card.y + PAD, card.w - 2 * PAD, card.h - 2 * PAD - FOOT};
}

static help_page lay_out(const win_view *v)
{
    win_box p = v->paper_box;
    help_page h = {.row = p.h < 500 ? 18 : 22};
    double width = fmin(900, p.w - 20), room = p.h - 20 - 2 * PAD;
    h.columns = width < 640 ? 1 : MOST_COLUMNS;
    /* The first column has all that can be done, if there is the height for it. */
    h.rows = (int)fmax(1, fmin(floor((room - FOOT) / h.row), WIN_ACTIONS + 1));
    h.keys = (ROWS + h.columns * h.rows - 1) / (h.columns * h.rows);
    double height = h.row * h.rows + 2 * PAD + FOOT;
    h.card =
        (win_box){floor(p.x + (p.w - width) / 2), floor(p.y + (p.h - height) / 2), width, height};
    return h;
}

static int count_pages(const help_page *h)
{
    return h->keys + win_explain_pages(text_box(h->card));
}

/* The page that is shown: the window may have become larger since it was chosen. */
static int shown_page(const win_view *v, const help_page *h)
{
    if (v->help_page < h->keys)
        return v->help_page;
    int pages = count_pages(h);
    return v->help_page < pages ? v->help_page : pages - 1;
}

void win_help_turn(win_view *v, int way)
{
    help_page h = lay_out(v);
    int page = shown_page(v, &h) + way, pages = count_pages(&h);
    v->help_page = page < 0 ? 0 : page < pages ? page : pages - 1;
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* What a setting is now. */
static void value_text(const win_view *v, win_value which, char *text, size_t size)
{
    const win_styles *styles = &v->core->styles;
    int hand = (int)v->core->value[WIN_STYLE];
    if (which == WIN_STYLE)
        snprintf(text, size, "%s",
                 hand > 0 && hand <= styles->count ? styles->style[hand - 1]->name : "by seed");
    else
        win_value_text(which, v->core->value[which], text, size);
}

/* What it can be: all of few choices, else the first and the last. */
static void range_text(const win_view *v, win_value which, char *text, size_t size)
{
    const win_setting *s = &win_settings[which];
    char low_text[32], high_text[32], middle[32];
    win_value_text(which, s->low, low_text, sizeof low_text);
    win_value_text(which, s->high, high_text, sizeof high_text);
    win_value_text(which, s->low + s->step, middle, sizeof middle);
    if (which == WIN_STYLE)
        snprintf(text, size, "by seed, or one of %d", v->core->styles.count);
    else if (s->look == WIN_SEGMENTS)
        snprintf(text, size, "%s, %s, %s", low_text, middle, high_text);
    else
        snprintf(text, size, "%s to %s", low_text, high_text);
}

static void draw_setting(const win_view *v, cairo_t *cr, win_box box, win_value which)
{
    enum { NAME = 82, VALUE = 74 };
    char value[32], range[100];
    value_text(v, which, value, sizeof value);
    range_text(v, which, range, sizeof range);
    win_text(cr, (win_box){box.x, box.y, NAME, box.h}, -1, WIN_BODY_TEXT, WIN_TEXT,
             win_settings[which].name);
    win_text(cr, (win_box){box.x + NAME, box.y, VALUE, box.h}, -1, WIN_BODY_TEXT, WIN_ACCENT,
             value);
    win_text(cr, (win_box){box.x + NAME + VALUE, box.y, box.w - NAME - VALUE, box.h}, -1,
             WIN_SMALL_TEXT, WIN_QUIET, range);
}

static void draw_row(const win_view *v, cairo_t *cr, win_box box, const help_row *row)
{
    enum { KEYS = 108 };
    if (!row->keys) {
        win_bold_text(cr, box, -1, WIN_BODY_TEXT, WIN_QUIET, row->what);
        return;
    }
    win_text(cr, (win_box){box.x, box.y, KEYS - 4, box.h}, -1, WIN_BODY_TEXT, WIN_ACCENT,
             row->keys);
    win_box rest = {box.x + KEYS, box.y, box.w - KEYS, box.h};
    if (row->setting == NO_SETTING)
        win_text(cr, rest, -1, WIN_BODY_TEXT, WIN_TEXT, row->what);
    else
        draw_setting(v, cr, rest, (win_value)row->setting);
}

/* Rows `from` to `to` - 1 of a page. */
static void draw_keys(const win_view *v, cairo_t *cr, const help_page *h, int page, int from,
                      int to)
{
    help_row row[ROWS];
    list_rows(row);
    int first = page * h->columns * h->rows;
    double column = (h->card.w - 2 * PAD) / h->columns, gap = h->columns > 1 ? PAD : 0;
    for (int place = from; place < to && first + place < ROWS; place++) {
        win_box box = {h->card.x + PAD + column * (place / h->rows),
                       h->card.y + PAD + h->row * (place % h->rows), column - gap, h->row};
        draw_row(v, cr, box, &row[first + place]);
    }
}

static void draw_foot(cairo_t *cr, const help_page *h, int page)
{
    char foot[80];
    snprintf(foot, sizeof foot, "%s \u2013 page %d of %d: PgUp, PgDn",
             page < h->keys ? "Keys" : "What am I seeing?", page + 1, count_pages(h));
    win_box at = {h->card.x + PAD, h->card.y + h->card.h - PAD / 2 - FOOT, h->card.w - 2 * PAD,
                  FOOT};
    win_text(cr, at, 1, WIN_SMALL_TEXT, WIN_QUIET, foot);
    if (page + 1 == h->keys)
        win_bold_text(cr, at, -1, WIN_SMALL_TEXT, WIN_ACCENT, "PgDn: What am I seeing?");
}

/* ---- the card ---------------------------------------------------------------------------------
 * It is drawn once, over some frames, as all its text at once takes longer than a frame has. */

/* What a card shows; compared byte by byte, so all of it is zero before it is filled in. */
typedef struct help_shown {
    help_page at;
    double scale, value[WIN_VALUES];
    int page, styles;
} help_shown;

struct win_help {
    cairo_surface_t *card,
        *next;        /* that which is seen, and what takes its place when it is whole */
    help_shown shows; /* what the last of these does */
    int rows;         /* of `next` that are drawn */
};

void win_help_drop(win_view *v)
{
    if (v->help) {
        cairo_surface_destroy(v->help->card);
        cairo_surface_destroy(v->help->next);
    }
    free(v->help);
    v->help = NULL;
}

static cairo_surface_t *new_card(const help_shown *s)
{
    cairo_surface_t *card =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)ceil(s->at.card.w * s->scale),
                                   (int)ceil(s->at.card.h * s->scale));
    if (cairo_surface_status(card) == CAIRO_STATUS_SUCCESS)
        return card;
    cairo_surface_destroy(card);
    return NULL;
}

static void note_shown(const win_view *v, help_shown *s)
{
    memset(s, 0, sizeof *s);
    help_page at = lay_out(v);
    s->at.card = at.card;
    s->at.row = at.row;
    s->at.columns = at.columns;
    s->at.rows = at.rows;
    s->at.keys = at.keys;
    s->scale = v->scale;
    s->page = shown_page(v, &at);
    s->styles = v->core->styles.count;
    memcpy(s->value, v->core->value, sizeof s->value);
}

/* Goes on with `next`; true: it is whole. */
static bool go_on(const win_view *v, struct win_help *help)
{
    enum { ROWS_A_FRAME = 30 };
    const help_page *h = &help->shows.at;
    int page = help->shows.page, rows = page < h->keys ? h->columns * h->rows : 1,
        from = help->rows;
    cairo_t *cr = cairo_create(help->next);
    cairo_scale(cr, v->scale, v->scale);
    cairo_translate(cr, -h->card.x, -h->card.y);
    if (from == 0)
        win_card(cr, h->card, 10, 0xffffffu, WIN_EDGE);
    help->rows = rows < from + ROWS_A_FRAME ? rows : from + ROWS_A_FRAME;
    if (from == rows)
        draw_foot(cr, h, page);
    else if (page < h->keys)
        draw_keys(v, cr, h, page, from, help->rows);
    else
        win_explain_draw(cr, text_box(h->card), page - h->keys);
    cairo_destroy(cr);
    return from == rows;
}

bool win_help_update(win_view *v)
{
    if (!v->core->on[WIN_HELP]) {
        win_help_drop(v);
        return false;
    }
    if (!v->help && !(v->help = calloc(1, sizeof *v->help)))
        return false;
    struct win_help *help = v->help;
    help_shown now;
    note_shown(v, &now);
    if (memcmp(&now, &help->shows, sizeof now) != 0) {
        cairo_surface_destroy(help->next);
        help->next = new_card(&now);
        help->rows = 0;
        memcpy(&help->shows, &now, sizeof now);
    }
    if (!help->next || !go_on(v, help))
        return false;
    cairo_surface_destroy(help->card);
    help->card = help->next;
    help->next = NULL;
    return true;
}

bool win_help_is_whole(const win_view *v)
{
    return !v->help || !v->help->next;
}

void win_help_draw(const win_view *v, cairo_t *cr)
{
    if (!v->help || !v->help->card)
        return;
    win_box card = lay_out(v).card;
    win_rect at = win_frame_rect(v, card);
    cairo_save(cr);
    cairo_scale(cr, 1 / v->scale, 1 / v->scale);
    cairo_set_source_surface(cr, v->help->card, at.x, at.y);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_paint(cr);
    cairo_restore(cr);
}
