/* The list of all keys. */
#include "app.h"

#include <math.h>

static const char *const other_keys[][2] = {
    {"Tab, \u21e7 Tab", "go through the controls"},
    {"\u2190 \u2192 Home", "on a control: less, more, as it was"},
    {"Space, Enter", "press it"},
    {"\u2191 \u2193", "on the cells: another cell"},
    {"double click", "a control as it was"},
    {"Ctrl Z, Ctrl Y", "undo and redo typing"},
    {"Ctrl A C X V", "select all, copy, cut, paste"},
    {"wheel, PgUp, PgDn", "scroll the paper"},
    {"Esc", "back to the text"},
};
enum { OTHERS = sizeof other_keys / sizeof *other_keys, ROWS = WIN_ACTIONS + WIN_VALUES + OTHERS };

/* Row `i` of the list; false for a setting without keys. */
static bool key_row(int i, const char **keys, const char **help)
{
    if (i < WIN_ACTIONS) {
        *keys = win_deeds[i].keys;
        *help = win_deeds[i].help;
    } else if (i < WIN_ACTIONS + WIN_VALUES) {
        *keys = win_settings[i - WIN_ACTIONS].keys;
        *help = win_settings[i - WIN_ACTIONS].name;
    } else {
        *keys = other_keys[i - WIN_ACTIONS - WIN_VALUES][0];
        *help = other_keys[i - WIN_ACTIONS - WIN_VALUES][1];
    }
    return *keys != NULL;
}

void win_help_draw(const win_app *app, cairo_t *cr)
{
    win_box p = app->paper_box;
    enum { COLUMNS = 2 };
    int rows = (ROWS + COLUMNS - 1) / COLUMNS;
    double width = fmin(760, p.w - 20), row = fmin(22, (p.h - 34) / rows);
    double height = row * rows + 24, size = fmin(WIN_BODY_TEXT, row * 0.7);
    win_box card = {floor(p.x + (p.w - width) / 2), floor(p.y + (p.h - height) / 2), width, height};
    win_card(cr, card, 10, 0xffffffu, WIN_EDGE);
    double column = width / COLUMNS, keys_width = fmin(120, 0.36 * column);
    int shown = 0;
    for (int i = 0; i < ROWS; i++) {
        const char *keys, *help;
        if (!key_row(i, &keys, &help))
            continue;
        double x = card.x + 18 + column * (shown / rows), y = card.y + 12 + row * (shown % rows);
        win_text(cr, (win_box){x, y, keys_width, row}, -1, size, WIN_ACCENT, keys);
        win_text(cr, (win_box){x + keys_width, y, column - keys_width - 24, row}, -1, size,
                 WIN_TEXT, help);
        shown++;
    }
}
