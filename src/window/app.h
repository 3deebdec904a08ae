/* The window's state, all of it, and who does what with it: app.c lets time pass and takes orders
 * to the scribe and news from it; deeds.c does what buttons and keys ask for; events.c, keys.c and
 * pointer.c take in what the user does; paper_view.c, highlights.c, lens.c, dock.c, panel.c, bar.c, field.c
 * and frame.c draw. Places and sizes are in pixels of the interface: `scale` of the screen's make
 * one. */
#ifndef LONGHAND_WINDOW_APP_H
#define LONGHAND_WINDOW_APP_H

#include "controls.h"
#include "editor.h"
#include "freehand.h"
#include "plain.h"
#include "scribe.h"
#include "search.h"
#include "sheet.h"
#include "style_list.h"
#include "theme.h"

#include <SDL.h>

enum {                      /* what is to be drawn again: bits of win_app.stale */
       WIN_STALE_INK = 1,   /* the paper's layer, from the first point */
       WIN_STALE_PAPER = 2, /* what is on screen of it */
       WIN_STALE_PANEL = 4,
       WIN_STALE_FIELD = 8,
       WIN_STALE_DOCK = 16,
       WIN_STALE_BAR = 32,
       WIN_STALE_ALL = 63,
};

enum { WIN_FOCUS_TEXT = -1 }; /* else a win_value, or WIN_VALUES + a win_action */
enum { WIN_CONTROLS = WIN_VALUES + WIN_ACTIONS, WIN_CHANGES = 12 };

typedef struct win_app {
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;
    SDL_Rect windowed; /* where the window was before it took the whole screen */
    double zoom;       /* chosen by the user */
    double scale;      /* pixels of the screen in one of the interface */
    double width, height;
    win_box paper_box, lens_box, dock_box, bar_box, field_box, panel_box;
    win_box control_box[WIN_CONTROLS]; /* on panel and bar; empty: not shown */
    win_box heading_box[WIN_SECTIONS];
    double panel_height, panel_scroll;

    cairo_surface_t *frame; /* what is on screen */
    cairo_surface_t *layer; /* paper and ink, as big as paper_box */
    unsigned stale;
    SDL_Rect change[WIN_CHANGES]; /* of `frame`, not yet on screen */
    int changes;
    size_t drawn;            /* points on the layer */
    size_t docked;           /* the point that dock and lens show */
    size_t plotted;          /* the point that the plots of the dock last showed */
    int scroll, scroll_goal; /* screen pixels */
    bool follow;             /* scroll with the pen */
    win_box pen_box;         /* where the pen was drawn */
    uint32_t cell_colours[256], cell_inks[256]; /* for -128..127: in the dock, on paper */

    win_scribe *scribe;
    win_editor text, caption; /* what is to be written; what the drawn ink says */
    win_editor *editor;       /* of them, the one in the field */
    char composing[64];       /* what an input method has not yet finished */
    win_plain plain;          /* of `text` */
    win_sheet sheet;
    win_freehand drawing;
    win_search search;
    win_styles styles;
    lh_alphabet alphabet;
    bool ready;               /* a model is there */
    char *model, *free_model; /* paths; NULL: none */
    double finish_at;         /* when the last word counts as whole; infinite: it does already */
    bool finished;

    double value[WIN_VALUES];
    bool on[WIN_ACTIONS]; /* the switches among them, and WIN_PAUSE and WIN_HELP */
    int help_page;        /* of the list of keys, where that has more than one */
    int cell;             /* of all layers' cells, the one that colours the ink; -1: none */
    bool quit;
    double mouse_x, mouse_y;
    int focus, hover, held; /* held: the control that the mouse drags; less than 0: see pointer.c */
    Uint16 modifiers;       /* SDL's, held down at the last key's event */
    bool space_pressed;     /* the last key was the space bar, and pressed a control */
    unsigned step;          /* counts events: what one of them changes is undone together */
    size_t pressed;         /* the point of ink that the mouse went down on, to mark from there */
    win_span selected;      /* the text's anchor and caret when last looked at */
    bool touched;           /* a finger is on the paper, this one: */
    SDL_FingerID finger;
    double time; /* seconds since the start */
    double last_input;
    double field_scroll;
    PangoLayout *field_layout; /* of the text field, kept between frames; owned */
    size_t marked;             /* byte of the text that is being written; SIZE_MAX: none */
    const char *out;           /* folder for exports; NULL: where the program was started */

    char message[600]; /* shown over the paper until ... */
    double message_until;
    bool trouble; /* it is a warning */
} win_app;

static inline int win_mode(const win_app *app)
{
    return (int)app->value[WIN_MODE];
}

/* app.c */
lh_status win_app_start(win_app *app, const char *text, lh_error *error);
void win_app_stop(win_app *app);
/* Lets time pass: takes news in, moves the pen, scrolls. */
void win_app_update(win_app *app, double seconds);
/* How long nothing will move by itself: 0: it moves now; negative: for ever. */
double win_app_rest(const win_app *app);
void win_app_text_changed(win_app *app);
/* Tells the scribe what is wanted now. */
void win_app_order(win_app *app);
void win_app_say(win_app *app, bool trouble, const char *format, ...) LH_PRINTF(3, 4);

/* deeds.c */
void win_app_set(win_app *app, win_value which, double value);
void win_app_do(win_app *app, win_action action);
/* Colours the ink by a cell; -1: by none. */
void win_app_pick(win_app *app, int cell);
/* A file or a text was dropped on the window. */
void win_app_drop(win_app *app, const char *path);
/* Prints the state, a row a thing. */
void win_app_print(const win_app *app, FILE *stream);

/* events.c */
void win_app_event(win_app *app, const SDL_Event *event);
/* The input method is to begin anew, as the caret goes elsewhere. */
void win_app_end_composing(win_app *app);

/* undo.c */
void win_undo(win_app *app, bool redo);
bool win_undo_can(const win_app *app, bool redo);

/* export.c */
void win_export(win_app *app, win_action how);

/* settings.c: remembered between runs. `path` NULL: in the user's configuration folder. */
char *win_settings_path(void);
void win_settings_read(win_app *app, const char *path);
lh_status win_settings_write(const win_app *app, const char *path, lh_error *error);

/* frame.c: makes what is stale anew, and `change` what differs from before. */
bool win_frame_layout(win_app *app);
void win_frame_draw(win_app *app);
void win_frame_free(win_app *app);
/* The box in pixels of the screen. */
SDL_Rect win_frame_rect(const win_app *app, win_box box);

/* paper_view.c */
void win_paper_layer(win_app *app);
void win_paper_draw(win_app *app, cairo_t *cr);
win_box win_paper_pen_box(const win_app *app);
/* How the network's ink looks. */
win_ink_look win_paper_look(const win_app *app);
/* Pixels of the interface in a unit of drawn ink. */
double win_paper_unit(const win_app *app);

/* highlights.c: what a search found, on the paper and, for the dock, in time and by cells. */
void win_highlights_draw(const win_app *app, cairo_t *cr);
/* The colour of a mark over a point's column; 0: it has none. */
uint32_t win_highlight_colour(const win_app *app, size_t point);

/* lens.c: what the network expects of the next point, magnified. */
void win_lens_draw(const win_app *app, cairo_t *cr);

/* marking.c: marks ink to be searched for, as the user says it. */
/* A press on the paper; false: no ink is there. */
bool win_marking_press(win_app *app, double x, double y);
void win_marking_drag(win_app *app, double x, double y);
/* The stroke before or behind (way -1, 1), or with `extend` that as well; way 0: none. */
void win_marking_step(win_app *app, int way, bool extend);
/* Another layer. */
void win_marking_layer(win_app *app, int way);
/* Shows the next place found, behind the last the pen again. */
void win_marking_next(win_app *app);
/* Takes in what was selected in the text, and searches again where there is new ink. */
void win_marking_update(win_app *app);

/* dock.c: the views of the network in time. */
/* How high it is, of the room that the paper does not need. */
double win_dock_height(const win_app *app, double room);
void win_dock_draw(win_app *app, cairo_t *cr);
/* What the view at a place shows; NULL: there is none. */
const char *win_dock_hint(const win_app *app, double x, double y);
/* The layer whose name is at a place, or -1. */
int win_dock_layer(const win_app *app, double x, double y);
/* The cell at a place, or -1. */
int win_dock_cell(const win_app *app, double x, double y);

/* panel.c and bar.c */
void win_panel_layout(win_app *app);
void win_panel_draw(win_app *app, cairo_t *cr);
/* Scrolls a control into sight. */
void win_panel_reveal(win_app *app, int control);
/* The control at a place: as win_app.focus, or WIN_FOCUS_TEXT for none. */
int win_panel_at(const win_app *app, double x, double y);
/* The value that a place on the control of `which` stands for. */
double win_panel_value(const win_app *app, win_value which, double x, double y);
void win_focus_draw(cairo_t *cr, win_box box);
void win_bar_layout(win_app *app);
void win_bar_draw(win_app *app, cairo_t *cr);
/* The edge of it that changes with every point, and its place. */
void win_bar_draw_top(win_app *app, cairo_t *cr);
win_box win_bar_top(const win_app *app);

/* help.c */
void win_help_draw(const win_app *app, cairo_t *cr);
/* Another of its pages: the next one, way 1, or the one before. */
void win_help_turn(win_app *app, int way);

/* field.c */
void win_field_draw(win_app *app, cairo_t *cr);
size_t win_field_byte(const win_app *app, double x, double y);
/* The place one row up or down of the caret. */
size_t win_field_row(const win_app *app, int way);
/* The beginning or end of the caret's row. */
size_t win_field_edge(const win_app *app, int way);
/* Where the caret is in the window, in the units of the screen's window manager. */
SDL_Rect win_field_caret(const win_app *app);

#endif
