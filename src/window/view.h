/* Where everything lies in the window, and the pictures of it: a frame, and a layer of it with
 * paper and ink. paper_view.c, highlights.c, lens.c, dock.c, panel.c, bar.c, field.c and help.c
 * draw their parts of what the core holds; stale.c tells which are to be drawn again, and frame.c
 * has them drawn. Places and sizes are in pixels of the interface: `scale` of the screen's make
 * one. Needs no screen. */
#ifndef LONGHAND_WINDOW_VIEW_H
#define LONGHAND_WINDOW_VIEW_H

#include "core.h"
#include "form.h"
#include "theme.h"

/* The least that is laid out, in pixels of the interface: in a smaller window all is smaller. */
enum { WIN_LEAST_WIDTH = 640, WIN_LEAST_HEIGHT = 480 };

/* What has the focus besides: a win_value, or WIN_VALUES + a win_action. */
enum { WIN_FOCUS_TEXT = -1, WIN_FOCUS_TIME = -2 };
enum { WIN_CONTROLS = WIN_VALUES + WIN_ACTIONS, WIN_CHANGES = 24, WIN_LAID = 7 };

/* Pixels of the screen. */
typedef struct win_rect {
    int x, y, w, h;
} win_rect;

typedef struct win_shown win_shown; /* see stale.c */
struct win_help;                    /* see help.c */

typedef struct win_view {
    win_core *core;
    double zoom_wanted; /* chosen by the user */
    double zoom;        /* as much of that as the window has room for */
    double scale;       /* pixels of the screen in one of the interface */
    double width, height;
    win_box paper_box, lens_box, dock_box, bar_box, field_box, panel_box;
    win_box control_box[WIN_CONTROLS]; /* on panel and bar; empty: not shown */
    win_box heading_box[WIN_SECTIONS];
    bool panel_tight;                                              /* so that more goes on it */
    double panel_height, panel_scroll, field_scroll, field_height; /* of all its text */
    double hands_scroll, hands_most; /* of the list of hands, and how high it may be ... */
    double hands_room;               /* ... and was when it showed the hand ... */
    int hand_followed;               /* ... that was chosen */
    size_t field_caret;              /* where the caret was when it was kept in sight, ... */
    size_t field_marked;             /* ... and the letter that was being written */
    double field_kept;               /* what `field_scroll` then was made; else somebody scrolled */
    int help_page;                   /* of the list of keys, where that has more than one */
    struct win_help *help;           /* its card; owned, NULL while it is not shown */

    cairo_surface_t *frame;       /* what is on screen */
    cairo_surface_t *layer;       /* paper and ink, as big as paper_box */
    cairo_surface_t *next;        /* what takes its place when it is whole; or NULL */
    size_t next_drawn;            /* the points on that, or out of sight */
    PangoLayout *field_layout;    /* of the text field, kept between frames; owned */
    win_rect change[WIN_CHANGES]; /* of `frame`, not yet on screen */
    int changes;
    bool caret_moved; /* in the field: input methods are to be told */
    unsigned layouts; /* counts those of the window, ... */
    unsigned frames;  /* ... and those that made another frame */
    bool exposed;     /* what was on screen is lost */
    win_shown *shown; /* what the parts showed when they were drawn last; owned */
    size_t drawn;     /* points on the layer */
    size_t docked;    /* the point that dock and lens show */
    size_t dock_end;  /* the last point that the dock is to show; SIZE_MAX: the pen's */
    size_t moment;    /* that lens and field last showed */
    float *often;     /* how often gates are shut and open; owned, see gates.c */
    int often_layer;
    size_t often_at;         /* the point that it was counted at */
    size_t plotted;          /* the point that the plots of the dock last showed; SIZE_MAX: none */
    int scroll, scroll_goal; /* screen pixels */
    unsigned late;           /* parts that are stale and come with a later frame: see frame.c */
    int waited;              /* frames that they did */
    win_box panel_stale;     /* what of the panel is to be drawn again */
    win_box pen_box;         /* where the pen was drawn */

    int focus, hover; /* controls, or WIN_FOCUS_TEXT */
    double mouse_x, mouse_y;
    bool menu_open, menu_of_text; /* see menu.h */
    int menu_item;                /* that is chosen; -1: none */
    double menu_x, menu_y;
    win_form form;
    int tour_stop;  /* while WIN_TOUR is on: 0, 1, ... */
    int tip_of;     /* what the mouse is over; 0: nothing that has a tip */
    double tip_due; /* when the tip of what is under the mouse is shown; infinite: it is not */
    struct win_laid {
        win_rect rect;     /* of the frame; w 0: nothing lies here */
        uint32_t *beneath; /* owned; its pixels without that */
    } laid[WIN_LAID];
} win_view;

/* frame.c */
/* Lays out a window of so many pixels of the screen. False: no memory. */
bool win_frame_layout(win_view *view, int width, int height, double scale);
/* Makes what is stale anew, and `change` what differs from before. */
void win_frame_draw(win_view *view);
/* Is all that is stale on the frame? What takes long comes in the frames that follow. */
bool win_frame_is_whole(const win_view *view);
void win_frame_free(win_view *view);
/* The box in pixels of the screen. */
win_rect win_frame_rect(const win_view *view, win_box box);

/* Puts a change of the frame, in pixels of the screen, among those to be shown. */
void win_frame_change(win_view *view, win_rect rect);

/* overlay.c: what lies on the frame for a while: the line of the moment, its place on the paper,
 * the tip. It is taken off before anything else is drawn, and laid on again behind that. */
void win_overlay_lift(win_view *view);
void win_overlay_lay(win_view *view);
/* Forgets what is laid on a frame that is gone. */
void win_overlay_drop(win_view *view);

/* tips.c: a few words on what is under the mouse. "" where nothing is to be said; the first row is
 * strong. */
void win_tip_text(const win_view *view, char *text, size_t size);
/* The mouse has moved: where it is over something else, the tip is due in a while. */
void win_tip_follow(win_view *view);

/* stale.c: what is to be drawn again, as bits; where the parts show what they are drawn from now.
 */
enum {
    WIN_STALE_INK = 1,   /* the paper's layer, from the first point */
    WIN_STALE_PAPER = 2, /* what is on screen of it */
    WIN_STALE_PANEL = 4,
    WIN_STALE_FIELD = 8,
    WIN_STALE_DOCK = 16,
    WIN_STALE_BAR = 32,
    WIN_STALE_ALL = 63,
};
unsigned win_stale(win_view *view);
/* Makes `shown`, which the caller frees, unless it is there. False: no memory. */
bool win_stale_start(win_view *view);

/* layer.c */
/* Makes the layer as big as the paper's place. False: no memory. */
bool win_layer_resize(win_view *view);
/* Draws on the layer what is new, all of it if `anew`; the paper scrolled `by` rows. True: the
 * whole layer is another. Where `next` is there, that is still to come. */
bool win_layer_draw(win_view *view, bool anew, int by);
/* Gives `next` up. */
void win_layer_drop(win_view *view);

/* paper_view.c */
/* Scrolls the layer on towards the goal; returns by how many rows of pixels. */
int win_paper_scroll(win_view *view);
void win_paper_draw(win_view *view, cairo_t *cr);
win_box win_paper_pen_box(const win_view *view);
/* Sets the goal of scrolling where the pen is to be followed. */
void win_paper_follow(win_view *view);
/* Scrolls by so many pixels of the interface, as far as there is any paper. */
void win_paper_scroll_by(win_view *view, double pixels);
/* Scrolls so that the point's line is in the middle. */
void win_paper_go_to(win_view *view, size_t point);

/* The bar beside the paper that tells how much of it is seen; w 0: all is. */
win_box win_paper_bar(const win_view *view);
/* The paper scrolls so that the bar's middle is at a height of the window. */
void win_paper_drag_bar(win_view *view, double y);

/* highlights.c: what a search found, on the paper and, for the dock, in time and by cells. */
void win_highlights_draw(const win_view *view, cairo_t *cr);
/* The colour of a mark over a point's column; 0: it has none. */
uint32_t win_highlight_colour(const win_view *view, size_t point);

/* lens.c: what the network expects of the next point, magnified. */
void win_lens_draw(const win_view *view, cairo_t *cr);

/* dock.c: the views of the network in time. */
/* How high it is, of the room that the paper does not need. */
double win_dock_height(const win_view *view, double room);
/* All of it `anew`, or what is new in time. */
void win_dock_draw(win_view *view, cairo_t *cr);
/* Of it the attention, which shows the letters around the moment; its box with them, w 0: it is not
 * there. */
win_box win_dock_attention(const win_view *view);
void win_dock_draw_attention(win_view *view, cairo_t *cr);
/* Which of the views is at a place, and what it shows; WIN_ACTIONS: there is none. */
win_action win_dock_view(const win_view *view, double x, double y);
/* False: it is switched on, but the window is too low for it beside the others. */
bool win_dock_has_room(const win_view *view, win_action action);
const char *win_dock_hint(win_action view);
/* The point at a place of the views, which are plots in time; SIZE_MAX: there is none. */
size_t win_dock_point(const win_view *view, double x, double y);
/* Points that go in the views beside each other. */
size_t win_dock_points(const win_view *view);
/* The line of a point through all views; w 0: it is not in them. */
win_box win_dock_line(const win_view *view, size_t point);
/* The layer whose name is at a place, or -1. */
int win_dock_layer(const win_view *view, double x, double y);
/* Is that the name of the gates' layer? */
bool win_dock_gates(const win_view *view, double x, double y);
/* What can be pressed of a search: less or more of the threshold, a found cell, keeping, a kept
 * mark; in the curves the threshold, an end of the range, or the rest of them. */
typedef enum win_found_part {
    WIN_FOUND_NOTHING,
    WIN_FOUND_LESS,
    WIN_FOUND_MORE,
    WIN_FOUND_CELL,
    WIN_FOUND_KEEP,
    WIN_FOUND_MARK,
    WIN_FOUND_ON,
    WIN_FOUND_FROM,
    WIN_FOUND_TO,
    WIN_FOUND_CURVES
} win_found_part;
/* `which` of the cells, or marks. */
win_found_part win_dock_found(const win_view *view, double x, double y, int *which);
/* The threshold at a height of the window, and the point at a place of it, as near as there is one
 * in the views; SIZE_MAX: there is none. */
double win_dock_threshold(const win_view *view, double y);
size_t win_dock_near(const win_view *view, double x);
/* Of the cells that tell of something, the one whose sentence is at a place, or -1. */
int win_dock_told(const win_view *view, double x, double y);
/* The cell at a place, or -1. */
int win_dock_cell(const win_view *view, double x, double y);

/* The cell that is so many places further on in the order of likeness, of its layer; -1: none. */
int win_cells_beside(const win_view *view, int cell, int by);

/* panel.c and bar.c */
void win_panel_layout(win_view *view);
void win_panel_draw(win_view *view, cairo_t *cr);
/* Gives a control the focus, and scrolls it into sight. */
void win_view_focus(win_view *view, int focus);
/* Is the control on the panel, and not on the bar? */
bool win_panel_has(int control);
/* All that a control of it draws on, as scrolled; w 0: it is not shown. */
win_box win_panel_place(const win_view *view, int control);
/* hands_view.c: the list of hands, which has its own scrolling where there is no room for all. */
int win_hands_count(const win_view *view); /* with that by seed */
/* How high all of it is, and how low it may be. */
double win_hands_height(const win_view *view);
double win_hands_least(const win_view *view);
/* The place of a hand, from 0, that by seed; not scrolled with the panel. */
win_box win_hands_box(const win_view *view, int index);
/* The hand at a place of the window; -1: there is none. */
int win_hands_at(const win_view *view, double x, double y);
void win_hands_draw(const win_view *view, cairo_t *cr);
/* False: it goes no further. */
bool win_hands_scroll(win_view *view, double pixels);
/* Scrolls to the hand that is chosen, where it is another or there is other room. */
void win_hands_follow(win_view *view);
/* The bar beside it; w 0: all is seen. */
win_box win_hands_bar(const win_view *view);
void win_hands_drag_bar(win_view *view, double y);
/* The control at a place: as win_view.focus, or WIN_FOCUS_TEXT for none. */
int win_panel_at(const win_view *view, double x, double y);
/* How many choices of a control stand beside each other in a row; 1 where it has no rows. */
int win_panel_columns(const win_view *view, win_value which);
/* The value that a place on the control of `which` stands for. */
double win_panel_value(const win_view *view, win_value which, double x, double y);
void win_focus_draw(cairo_t *cr, win_box box);
void win_bar_layout(win_view *view);
void win_bar_draw(win_view *view, cairo_t *cr);
/* The edge of it that changes with every point, and its place. */
void win_bar_draw_top(win_view *view, cairo_t *cr);
win_box win_bar_top(const win_view *view);

/* help.c */
/* Goes on with the list's card, which takes some frames; true: there is another to be seen. */
bool win_help_update(win_view *view);
bool win_help_is_whole(const win_view *view);
/* Frees the card. */
void win_help_drop(win_view *view);
void win_help_draw(const win_view *view, cairo_t *cr);
/* Another of its pages: the next one, way 1, or the one before. */
void win_help_turn(win_view *view, int way);

/* thumb.c */
/* Adds ink to the path, its (0, 0) at (x, y). */
void win_ink_trace(cairo_t *cr, const lh_ink *ink, double x, double y, double scale);
/* A hand's word, whole; where that has no points, the beginning of what was recorded, as high as
 * the box allows. */
void win_thumb_draw(cairo_t *cr, win_box box, const lh_ink *word, const lh_ink *recorded,
                    uint32_t colour);

/* compare_view.c: what is compared lies over the paper; w 0: nothing is. */
win_box win_compare_box(const win_view *view);
void win_compare_draw(const win_view *view, cairo_t *cr);
/* The way at a place of the window, or -1; and what differs, whose name is at one, or -1. */
int win_compare_at(const win_view *view, double x, double y);
int win_compare_by_at(const win_view *view, double x, double y);

/* tour_card.c: the card of the tour, and its buttons. */
typedef enum win_tour_part {
    WIN_TOUR_ELSEWHERE,
    WIN_TOUR_CARD,
    WIN_TOUR_BACK,
    WIN_TOUR_NEXT,
    WIN_TOUR_END
} win_tour_part;
/* w 0: there is no tour. */
win_box win_tour_box(const win_view *view);
void win_tour_draw(const win_view *view, cairo_t *cr, win_box box);
win_tour_part win_tour_button(const win_view *view, double x, double y);

/* ghost_view.c: the sentences that are offered, on the paper, while WIN_GHOST is on in Draw. */
void win_ghosts_draw(const win_view *view, cairo_t *cr);

/* steps.c: in a row of the field. */
void win_steps_draw(const win_view *view, cairo_t *cr, win_box at);

/* attended.c: the letters of the text that the network looks at, at the moment that is shown: their
 * bytes in what is typed, and how strongly, 0 to 1. They lie on the field in a box; w 0: none do.
 */
typedef struct win_attended {
    struct win_attended_letter {
        size_t byte;
        float much;
    } letter[LH_WINDOW_SPAN];
    int count;
} win_attended;
void win_attended_find(const win_core *core, win_attended *found);
win_box win_attended_box(const win_view *view);
void win_attended_draw(const win_view *view, cairo_t *cr, win_box box);

/* field_view.c */
void win_field_draw(win_view *view, cairo_t *cr);

/* field.c */
size_t win_field_byte(const win_view *view, double x, double y);
/* The byte of the letter under a place; SIZE_MAX: there is none. */
size_t win_field_letter(const win_view *view, double x, double y);
/* Scrolls by so many pixels, as far as there is text; the caret may go out of sight. */
void win_field_scroll(win_view *view, double pixels);
/* The bar beside the text; w 0: all is seen. */
win_box win_field_bar(const win_view *view);
void win_field_drag_bar(win_view *view, double y);
/* The place one row up or down of the caret. */
size_t win_field_row(const win_view *view, int way);
/* The beginning or end of the caret's row. */
size_t win_field_edge(const win_view *view, int way);
/* Where the caret is in the window, in the units of the screen's window manager. */
win_rect win_field_caret(const win_view *view);

#endif
