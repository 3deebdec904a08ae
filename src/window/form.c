/* A form above the window: see form.h. */
#include "form.h"

#include <math.h>
#include <string.h>

#define WIDTH 460.0
#define PAD 16.0
#define TITLE 30.0
#define TEXT_ROW 34.0
#define LABEL 62.0
#define CHOICE_W 96.0
#define CHOICE_H 30.0
#define NOTE 36.0
#define DEED_H 30.0

void win_form_close(win_form *f)
{
    for (int i = 0; i < f->texts; i++)
        win_editor_clear(&f->text[i]);
    *f = (win_form){0};
}

/* ---- focus ----------------------------------------------------------------------------------- */

static int first_deed(const win_form *f)
{
    return f->texts + (f->choices > 0);
}

bool win_form_ask_name(win_form *f, int kind, const char *title, const char *name,
                       const char *const deed[WIN_FORM_DEEDS])
{
    win_form_close(f);
    f->texts = 1;
    if (!win_editor_start(&f->text[0], name)) {
        win_form_close(f);
        return false;
    }
    f->kind = kind;
    f->title = title;
    f->label[0] = "Name";
    f->deeds = WIN_FORM_DEEDS;
    for (int i = 0; i < WIN_FORM_DEEDS; i++)
        f->deed[i] = deed[i];
    win_editor_select_all(&f->text[0]);
    return true;
}

win_editor *win_form_editor(win_form *f)
{
    return f->row < f->texts ? &f->text[f->row] : NULL;
}

bool win_form_choosing(const win_form *f)
{
    return f->choices > 0 && f->row == f->texts;
}

int win_form_deed(const win_form *f)
{
    return f->row >= first_deed(f) ? f->row - first_deed(f) : -1;
}

void win_form_step(win_form *f, int way)
{
    int rows = first_deed(f) + f->deeds;
    f->row = (f->row + way + rows) % rows;
}

void win_form_choose(win_form *f, int way)
{
    if (f->choices > 0)
        f->chosen = (f->chosen + way + f->choices) % f->choices;
}

/* ---- where things lie ------------------------------------------------------------------------ */

static int columns(double width)
{
    return (int)fmax(1, floor((width - 2 * PAD) / CHOICE_W));
}

static double choices_height(const win_form *f, double width)
{
    int rows = (f->choices + columns(width) - 1) / columns(width);
    return rows * CHOICE_H;
}

win_box win_form_box(const win_form *f, double width, double height)
{
    if (f->kind == 0)
        return (win_box){0};
    double w = fmin(WIDTH, width - 24);
    double h = 2 * PAD + TITLE + f->texts * TEXT_ROW + choices_height(f, w) + NOTE + DEED_H;
    return (win_box){floor((width - w) / 2), floor(fmax(4, (height - h) / 3)), w, h};
}

static win_box text_box(win_box box, int i)
{
    return (win_box){box.x + PAD + LABEL, box.y + PAD + TITLE + i * TEXT_ROW,
                     box.w - 2 * PAD - LABEL, TEXT_ROW - 6};
}

static win_box choice_box(const win_form *f, win_box box, int i)
{
    int across = columns(box.w);
    double w = (box.w - 2 * PAD) / across, top = box.y + PAD + TITLE + f->texts * TEXT_ROW;
    return (win_box){box.x + PAD + i % across * w, top + i / across * CHOICE_H, w - 6,
                     CHOICE_H - 6};
}

static win_box deed_box(const win_form *f, win_box box, int i)
{
    double w = (box.w - 2 * PAD + 6) / f->deeds;
    return (win_box){box.x + PAD + i * w, box.y + box.h - PAD - DEED_H, w - 6, DEED_H};
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* The text laid out, for the caller to unref, and how far it is moved left so that the caret is in
 * sight. */
static PangoLayout *lay_out(cairo_t *cr, const win_editor *e, double width, double *left)
{
    PangoLayout *layout = win_layout(cr, WIN_BODY_TEXT, false);
    PangoRectangle at;
    pango_layout_set_text(layout, e->text, -1);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_index_to_pos(layout, (int)e->caret, &at);
    *left = fmax(0, at.x / (double)PANGO_SCALE - width + 2);
    return layout;
}

static double place_of(PangoLayout *layout, size_t byte)
{
    PangoRectangle at;
    pango_layout_index_to_pos(layout, (int)byte, &at);
    return at.x / (double)PANGO_SCALE;
}

static void draw_field(const win_form *f, cairo_t *cr, win_box box, int i)
{
    const win_editor *e = &f->text[i];
    win_box b = text_box(box, i);
    bool focus = f->row == i;
    double left;
    int height;
    win_text(cr, (win_box){box.x + PAD, b.y, LABEL - 6, b.h}, -1, WIN_BODY_TEXT, WIN_QUIET,
             f->label[i]);
    win_card(cr, b, 5, WIN_PAPER, focus ? WIN_ACCENT : WIN_EDGE);
    PangoLayout *layout = lay_out(cr, e, b.w - 16, &left);
    pango_layout_get_pixel_size(layout, NULL, &height);
    cairo_save(cr);
    cairo_rectangle(cr, b.x + 6, b.y + 1, b.w - 12, b.h - 2);
    cairo_clip(cr);
    cairo_translate(cr, b.x + 8 - left, b.y + floor((b.h - height) / 2));
    if (focus && e->caret != e->anchor) {
        double from = place_of(layout, e->anchor), to = place_of(layout, e->caret);
        win_fill(cr, (win_box){fmin(from, to), 0, fabs(to - from), height}, 0xc4d8ecu);
    }
    win_set_colour(cr, WIN_TEXT, 1);
    cairo_move_to(cr, 0, 0);
    pango_cairo_show_layout(cr, layout);
    if (focus)
        win_fill(cr, (win_box){place_of(layout, e->caret) - 0.75, 0, 1.5, height}, WIN_ACCENT);
    cairo_restore(cr);
    g_object_unref(layout);
}

/* The caret goes to a place of the text. */
static void place_caret(win_editor *e, win_box b, double x)
{
    cairo_surface_t *none = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cr = cairo_create(none);
    double left;
    int index, trailing;
    PangoLayout *layout = lay_out(cr, e, b.w - 16, &left);
    pango_layout_xy_to_index(layout, (int)((x - b.x - 8 + left) * PANGO_SCALE), 0, &index,
                             &trailing);
    const char *at = e->text + index;
    while (trailing-- > 0 && *at)
        at = g_utf8_next_char(at);
    win_editor_place(e, (size_t)(at - e->text), false);
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_destroy(none);
}

/* ---- all ------------------------------------------------------------------------------------- */

int win_form_press(win_form *f, win_box box, double x, double y)
{
    for (int i = 0; i < f->texts; i++)
        if (win_box_holds(text_box(box, i), x, y)) {
            f->row = i;
            place_caret(&f->text[i], text_box(box, i), x);
        }
    for (int i = 0; i < f->choices; i++)
        if (win_box_holds(choice_box(f, box, i), x, y)) {
            f->row = f->texts;
            f->chosen = i;
        }
    for (int i = 0; i < f->deeds; i++)
        if (win_box_holds(deed_box(f, box, i), x, y)) {
            f->row = first_deed(f) + i;
            return i;
        }
    return -1;
}

static void draw_focus(cairo_t *cr, win_box b)
{
    win_round(cr, (win_box){b.x - 2, b.y - 2, b.w + 4, b.h + 4}, 7);
    win_set_colour(cr, WIN_ACCENT, 0.9);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
}

static void draw_note(const win_form *f, cairo_t *cr, win_box box)
{
    double y = box.y + PAD + TITLE + f->texts * TEXT_ROW + choices_height(f, box.w);
    PangoLayout *layout = win_layout(cr, WIN_SMALL_TEXT, false);
    pango_layout_set_text(layout, f->note, -1);
    pango_layout_set_width(layout, (int)((box.w - 2 * PAD) * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_height(layout, -2);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    win_set_colour(cr, f->warns ? WIN_WARN : WIN_QUIET, 1);
    cairo_move_to(cr, box.x + PAD, y);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
}

void win_form_draw(const win_form *f, cairo_t *cr, win_box box)
{
    win_card(cr, box, 10, 0xffffffu, WIN_QUIET);
    win_bold_text(cr, (win_box){box.x + PAD, box.y + PAD - 4, box.w - 2 * PAD, 24}, -1, 15,
                  WIN_ACCENT, f->title);
    for (int i = 0; i < f->texts; i++)
        draw_field(f, cr, box, i);
    for (int i = 0; i < f->choices; i++) {
        win_box b = choice_box(f, box, i);
        bool on = i == f->chosen;
        win_card(cr, b, 5, on ? WIN_TINT : WIN_PAPER, on ? WIN_ACCENT : WIN_EDGE);
        (on ? win_bold_text : win_text)(cr, b, 0, 12.5, on ? WIN_ACCENT : WIN_TEXT, f->choice[i]);
        if (on && win_form_choosing(f))
            draw_focus(cr, b);
    }
    draw_note(f, cr, box);
    for (int i = 0; i < f->deeds; i++) {
        win_box b = deed_box(f, box, i);
        win_card(cr, b, 6, i == 0 ? WIN_TINT : WIN_PAPER, i == 0 ? WIN_ACCENT : WIN_EDGE);
        win_text(cr, b, 0, WIN_BODY_TEXT, i == 0 ? WIN_ACCENT : WIN_TEXT, f->deed[i]);
        if (win_form_deed(f) == i)
            draw_focus(cr, b);
    }
}
