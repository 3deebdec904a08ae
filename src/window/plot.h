/* A plot in time, drawn into the frame's pixels: a column a point, time running to the right. What
 * was drawn for the points before moves left, so that a frame costs only its new columns. */
#ifndef LONGHAND_WINDOW_PLOT_H
#define LONGHAND_WINDOW_PLOT_H

#include "view.h"

/* Left of plots are their labels, so wide, EDGE pixels from the window's edge. */
#define WIN_GUTTER 96.0
#define WIN_GUTTER_EDGE 16.0

typedef struct win_plot {
    uint32_t *pixel;
    int stride;     /* pixels */
    int x, y, w, h; /* pixels of the screen */
    int column;     /* pixels of a point */
    size_t last;    /* the point of the rightmost column */
} win_plot;

/* A plot in the box, up to the point that the dock shows. */
win_plot win_plot_in(const win_view *v, win_box box);
/* Columns that fit; column 0 is the rightmost. */
int win_plot_columns(const win_plot *plot);
/* Rows y0..y1-1 of a column. */
void win_plot_fill(const win_plot *plot, int column, int y0, int y1, uint32_t colour);
/* Makes room for new columns on the right: the others move left. Returns how many there are. */
int win_plot_move(const win_view *v, const win_plot *plot);
/* What the network did at the point of a column. */
win_inside win_plot_inside(const win_view *v, const win_plot *plot, int column);

/* attention.c: the soft window on the text, and the letters beside it. */
void win_attention_plot(const win_view *v, win_box box);
void win_attention_label(const win_view *v, cairo_t *cr, win_box box);

/* cells.c: what cells give, a strip a layer, and the layers' names. */
void win_cells_plot(const win_view *v, win_box box);
void win_cells_label(const win_view *v, cairo_t *cr, win_box box);
/* The layer at a height of the box, from 0, and the cell at a place in it. There must be layers. */
int win_cells_layer(const win_view *v, win_box box, double y);
int win_cells_at(const win_view *v, win_box box, double x, double y);

/* found_view.c: what a search found, in words, with what can be pressed of it (view.h), and as
 * curves. */
double win_found_height(void);
void win_found_draw(const win_view *v, cairo_t *cr, win_box box);
win_found_part win_found_at(const win_view *v, win_box box, double x, double y, int *which);
void win_found_plot(const win_view *v, win_box box);
void win_found_label(cairo_t *cr, win_box box);
/* The threshold at a height of the curves' box, 0 to 1. */
double win_found_threshold(win_box box, double y);

/* telling_view.c: cells that tell of something, a sentence each. */
double win_telling_height(const win_view *v);
void win_telling_draw(const win_view *v, cairo_t *cr, win_box box);
/* Which of them is at a place of the box, or -1. */
int win_telling_at(const win_view *v, win_box box, double x, double y);

/* curves.c: the picked cell's curves. */
void win_curves_plot(const win_view *v, win_box box);
void win_curves_label(const win_view *v, cairo_t *cr, win_box box);

/* gates.c: the gates of a layer in time, their names, and how often each is open and shut. */
int win_gates_layer(const win_view *v);
void win_gates_plot(const win_view *v, win_box box);
void win_gates_label(const win_view *v, cairo_t *cr, win_box box);
void win_gates_often(win_view *v, cairo_t *cr, win_box box);

#endif
