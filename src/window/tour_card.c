/* The card of the tour: where one is and what is seen, over the panel, so that it covers nothing of
 * what it tells of. */
#include "tour.h"
#include "view.h"

#include <math.h>

#define PAD 14.0
#define BUTTON 28.0

static double text_height(const win_view *v, double width)
{
    cairo_surface_t *none = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cr = cairo_create(none);
    double height = win_paragraph_height(cr, width, WIN_BODY_TEXT + 0.5, false,
                                         win_tour[v->tour_stop].sentence);
    cairo_destroy(cr);
    cairo_surface_destroy(none);
    return height;
}

win_box win_tour_box(const win_view *v)
{
    if (!v->core->on[WIN_TOUR])
        return (win_box){0};
    win_box p = v->panel_box;
    double w = p.w > 0 ? p.w - 16 : 264;
    double h = text_height(v, w - 2 * PAD) + 4 * PAD + 56 + BUTTON;
    if (p.w > 0)
        return (win_box){p.x + 8, p.y + 8, w, h};
    win_box paper = v->paper_box; /* for a projector */
    return (win_box){paper.x + paper.w - w - 12, paper.y + 12, w, h};
}

static win_box button_box(win_box card, int i)
{
    double w = (card.w - 2 * PAD + 6) / 3;
    return (win_box){card.x + PAD + i * w, card.y + card.h - PAD - BUTTON, w - 6, BUTTON};
}

win_tour_part win_tour_button(const win_view *v, double x, double y)
{
    win_box card = win_tour_box(v);
    if (card.w == 0 || !win_box_holds(card, x, y))
        return WIN_TOUR_ELSEWHERE;
    for (int i = 0; i < 3; i++)
        if (win_box_holds(button_box(card, i), x, y))
            return (win_tour_part)(WIN_TOUR_BACK + i);
    return WIN_TOUR_CARD;
}

void win_tour_draw(const win_view *v, cairo_t *cr, win_box card)
{
    bool last = v->tour_stop + 1 == WIN_TOUR_STOPS;
    const char *const names[] = {"\u2190 Back", last ? "Done" : "Next \u2192", "End"};
    const win_stop *stop = &win_tour[v->tour_stop];
    char at[40];
    win_card(cr, card, 10, 0xffffffu, WIN_ACCENT);
    snprintf(at, sizeof at, "Tour, %d of %d", v->tour_stop + 1, WIN_TOUR_STOPS);
    win_text(cr, (win_box){card.x + PAD, card.y + PAD - 4, card.w - 2 * PAD, 18}, -1,
             WIN_SMALL_TEXT, WIN_QUIET, at);
    win_bold_text(cr, (win_box){card.x + PAD, card.y + PAD + 14, card.w - 2 * PAD, 24}, -1, 15,
                  WIN_ACCENT, stop->title);
    win_paragraph(cr, (win_box){card.x + PAD, card.y + PAD + 44, card.w - 2 * PAD, 0},
                  WIN_BODY_TEXT + 0.5, false, WIN_TEXT, stop->sentence);
    for (int i = 0; i < 3; i++) {
        win_box b = button_box(card, i);
        bool main = i == 1;
        win_card(cr, b, 6, main ? WIN_TINT : WIN_PAPER, main ? WIN_ACCENT : WIN_EDGE);
        win_text(cr, b, 0, 12.5, main ? WIN_ACCENT : WIN_TEXT, names[i]);
    }
    win_text(cr,
             (win_box){card.x + PAD, card.y + card.h - 2 * PAD - BUTTON - 10, card.w - 2 * PAD, 16},
             -1, 10.5, WIN_QUIET, "Space: next; \u2190: back; Esc: end");
}
