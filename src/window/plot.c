/* Columns of pixels: see plot.h. */
#include "plot.h"

#include <math.h>
#include <string.h>

/* How many columns have come since the plots were last drawn; all of them when they do not stand
 * beside each other. */
static int new_columns(const win_view *v, const win_plot *p)
{
    size_t before = v->plotted, now = v->docked;
    int all = p->w / p->column;
    return now >= before && now - before < (size_t)all ? (int)(now - before) : all;
}

win_plot win_plot_in(const win_view *v, win_box box)
{
    win_rect r = win_frame_rect(v, box);
    win_plot p = {.x = r.x, .y = r.y, .w = r.w, .h = r.h, .last = v->docked};
    p.pixel = (uint32_t *)(void *)cairo_image_surface_get_data(v->frame);
    p.stride = cairo_image_surface_get_stride(v->frame) / 4;
    p.column = (int)fmax(1, round(2 * v->scale));
    return p;
}

int win_plot_columns(const win_plot *p)
{
    return p->w / p->column;
}

void win_plot_fill(const win_plot *p, int column, int y0, int y1, uint32_t colour)
{
    uint32_t *row = p->pixel + (p->y + y0) * p->stride + p->x + p->w - (column + 1) * p->column;
    for (int y = y0; y < y1; y++, row += p->stride)
        for (int x = 0; x < p->column; x++)
            row[x] = colour;
}

int win_plot_move(const win_view *v, const win_plot *p)
{
    int fresh = new_columns(v, p), all = win_plot_columns(p), left = p->w % p->column;
    size_t kept = (size_t)(all - fresh) * (size_t)p->column;
    uint32_t *row = p->pixel + p->y * p->stride + p->x + left;
    for (int y = 0; y < p->h; y++, row += p->stride)
        if (fresh > 0)
            memmove(row, row + fresh * p->column, kept * sizeof *row);
    for (int c = 0; c < fresh; c++)
        win_plot_fill(p, c, 0, p->h, WIN_PAPER);
    return fresh;
}

win_inside win_plot_inside(const win_view *v, const win_plot *p, int column)
{
    return (size_t)column <= p->last ? win_sheet_inside(&v->core->sheet, p->last - (size_t)column)
                                     : (win_inside){0};
}
