/* A menu above the frame: see menu.h. */
#include "menu.h"

#include <math.h>

#define ROW 24.0
#define WIDTH 220.0
#define PAD 5.0

typedef struct item {
    int what;
    const char *name, *keys; /* NULL: those of the deed */
} item;

static const item of_text[] = {{WIN_UNDO, "Undo", NULL},
                               {WIN_REDO, "Redo", "Ctrl Y"},
                               {WIN_ITEM_CUT, "Cut", "Ctrl X"},
                               {WIN_ITEM_COPY, "Copy", "Ctrl C"},
                               {WIN_ITEM_PASTE, "Paste", "Ctrl V"},
                               {WIN_ITEM_ALL, "Select all", "Ctrl A"}};
static const item of_paper[] = {
    {WIN_PAUSE, "Pause, or go on", NULL},      {WIN_REPLAY, "Replay", NULL},
    {WIN_COPY_SVG, "Copy as a picture", NULL}, {WIN_SVG, "Save as SVG", NULL},
    {WIN_SAVE_AS, "Save as \u2026", NULL},     {WIN_HELP, "Keys, and what one sees", NULL}};
enum { ITEMS = sizeof of_text / sizeof *of_text };
_Static_assert(ITEMS == sizeof of_paper / sizeof *of_paper, "menus are equally long");

static const item *items(const win_view *v)
{
    return v->menu_of_text ? of_text : of_paper;
}

static bool can_be_done(const win_view *v, int what)
{
    const win_editor *e = v->core->editor;
    if (what == WIN_UNDO || what == WIN_REDO)
        return win_undo_can(v->core, what == WIN_REDO);
    if (what == WIN_ITEM_CUT || what == WIN_ITEM_COPY)
        return e->caret != e->anchor;
    return what >= WIN_ACTIONS || win_deed_works((win_action)what, win_mode(v->core));
}

void win_menu_open(win_view *v, bool text, double x, double y)
{
    const double height = ITEMS * ROW + 2 * PAD;
    v->menu_open = true;
    v->menu_of_text = text;
    v->menu_item = -1;
    v->menu_x = fmax(2, fmin(x, v->width - WIDTH - 2));
    v->menu_y = y + height > v->height - 2 ? fmax(2, y - height) : y;
}

void win_menu_close(win_view *v)
{
    v->menu_open = false;
}

win_box win_menu_box(const win_view *v)
{
    return v->menu_open ? (win_box){v->menu_x, v->menu_y, WIDTH, ITEMS * ROW + 2 * PAD}
                        : (win_box){0};
}

void win_menu_point(win_view *v, double x, double y)
{
    v->menu_item = win_box_holds(win_menu_box(v), x, y)
                       ? (int)fmin(ITEMS - 1, fmax(0, (y - v->menu_y - PAD) / ROW))
                       : -1;
}

void win_menu_step(win_view *v, int way)
{
    int from = v->menu_item < 0 && way < 0 ? 0 : v->menu_item;
    v->menu_item = (from + way + ITEMS) % ITEMS;
}

int win_menu_chosen(const win_view *v)
{
    if (!v->menu_open || v->menu_item < 0)
        return WIN_ITEM_NONE;
    int what = items(v)[v->menu_item].what;
    return can_be_done(v, what) ? what : WIN_ITEM_NONE;
}

void win_menu_draw(const win_view *v, cairo_t *cr, win_box box)
{
    win_card(cr, box, 6, WIN_PAPER, WIN_QUIET);
    for (int i = 0; i < ITEMS; i++) {
        const item *it = &items(v)[i];
        win_box row = {box.x + PAD, box.y + PAD + i * ROW, box.w - 2 * PAD, ROW};
        bool can = can_be_done(v, it->what);
        if (i == v->menu_item) /* a bar beside it, for those who do not see the tint */
            win_fill(cr, row, WIN_TINT);
        if (i == v->menu_item)
            win_fill(cr, (win_box){row.x, row.y, 3, row.h}, WIN_ACCENT);
        row.x += 9;
        row.w -= 16;
        win_text(cr, row, -1, WIN_BODY_TEXT, can ? WIN_TEXT : WIN_QUIET, it->name);
        win_text(cr, row, 1, WIN_SMALL_TEXT, WIN_QUIET,
                 !can       ? "not now"
                 : it->keys ? it->keys
                            : win_deeds[it->what].keys);
    }
}
