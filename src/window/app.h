/* The window's state, all of it, and who does what with it: app.c lets time pass and takes orders
 * to the scribe and news from it; events.c takes in what the user does; paper.c, panel.c, field.c
 * and frame.c draw. Places and sizes are in pixels of the interface: `scale` of the screen's make
 * one. */
#ifndef LONGHAND_WINDOW_APP_H
#define LONGHAND_WINDOW_APP_H

#include "controls.h"
#include "editor.h"
#include "look.h"
#include "plain.h"
#include "scribe.h"
#include "sheet.h"

#include <SDL.h>

enum {                      /* what is to be drawn again: bits of win_app.stale */
       WIN_STALE_INK = 1,   /* the paper's layer, from the first point */
       WIN_STALE_PAPER = 2, /* what is on screen of it */
       WIN_STALE_PANEL = 4,
       WIN_STALE_FIELD = 8,
       WIN_STALE_ALL = 15,
};

enum { WIN_FOCUS_TEXT = -1 }; /* else a win_value, or WIN_VALUES + a win_action */

typedef struct win_app {
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;
    double zoom;  /* chosen by the user */
    double scale; /* pixels of the screen in one of the interface */
    double width, height;
    win_box paper_box, panel_box, field_box;

    cairo_surface_t *frame; /* what is on screen */
    cairo_surface_t *layer; /* paper and ink, as big as paper_box */
    unsigned stale;
    SDL_Rect changed;        /* of `frame`, not yet on screen */
    size_t drawn;            /* points on the layer */
    int scroll, scroll_goal; /* screen pixels */
    bool follow;             /* scroll with the pen */
    win_box pen_box;         /* where the pen was drawn */

    win_scribe *scribe;
    win_editor editor;
    char composing[64]; /* what an input method has not yet finished */
    win_plain plain;
    win_sheet sheet;
    lh_alphabet alphabet;
    bool ready; /* a model is there */
    char *model;
    double scale_x, scale_y; /* of the model */
    double finish_at;        /* when the last word counts as whole; infinite: it does already */
    bool finished;
    unsigned anew;

    double value[WIN_VALUES];
    bool paused, lifts, help, quit;
    int focus, held; /* held: the value that the mouse drags; -1: none, -2: the text */
    double time;     /* seconds since the start */
    double last_input;
    double field_scroll;
    size_t marked; /* byte of the text that is being written; SIZE_MAX: none */

    char message[600]; /* shown over the paper until ... */
    double message_until;
    bool trouble; /* it is a warning */
} win_app;

/* app.c */
lh_status win_app_start(win_app *app, const char *text, const char *model, lh_error *error);
void win_app_stop(win_app *app);
/* Lets time pass: takes news in, moves the pen, scrolls. */
void win_app_update(win_app *app, double seconds);
/* How long nothing will move by itself: 0: it moves now; negative: for ever. */
double win_app_rest(const win_app *app);
void win_app_text_changed(win_app *app);
void win_app_set(win_app *app, win_value which, double value);
void win_app_do(win_app *app, win_action action);
void win_app_say(win_app *app, bool trouble, const char *format, ...) LH_PRINTF(3, 4);

/* events.c */
void win_app_event(win_app *app, const SDL_Event *event);

/* frame.c: makes what is stale anew, and `changed` what differs from before. */
bool win_frame_layout(win_app *app);
void win_frame_draw(win_app *app);
void win_frame_free(win_app *app);

/* paper.c */
void win_paper_layer(win_app *app);
void win_paper_draw(win_app *app, cairo_t *cr);
win_box win_paper_pen_box(const win_app *app);

/* panel.c */
void win_panel_draw(const win_app *app, cairo_t *cr);
/* The control at a place: as win_app.focus, or WIN_FOCUS_TEXT for none. */
int win_panel_at(const win_app *app, double x, double y);
/* The value that a place on the slider of `which` stands for. */
double win_panel_value(const win_app *app, win_value which, double x);
void win_help_draw(const win_app *app, cairo_t *cr);

/* field.c */
void win_field_draw(win_app *app, cairo_t *cr);
size_t win_field_byte(const win_app *app, double x, double y);
/* The place one row up or down of the caret. */
size_t win_field_row(const win_app *app, int way);
/* The beginning or end of the caret's row. */
size_t win_field_edge(const win_app *app, int way);
SDL_Rect win_field_caret(const win_app *app);

#endif
