/* What each view shows: see explain.h. */
#include "explain.h"

#include <math.h>

#define GAP 22.0     /* between columns */
#define BEHIND 12.0  /* an entry */
#define COLUMN 330.0 /* the least that one is wide where there are two */

typedef struct explained {
    const char *name, *sentence, *legend, *formula, *source;
} explained;

static const explained all[] = {
    {"Ink",
     "The network draws one point after the other. Each is drawn from what it expects, and is "
     "then given to it, so that it knows where its pen is.",
     "The pen stands where the next point begins. Grey lines, with Pen lifts, are its way in the "
     "air.",
     "x\u209c\u208a\u2081 \u223c Pr(x | y\u209c)", "Graves 2013, sections 4 and 5"},
    {"Next point",
     "Where the network expects the pen to go next, as a mixture of bell curves: it may "
     "expect several places, each with a certainty of its own.",
     "Blue, the darker the likelier. Ellipses: the curves, one deviation wide; orange: the one the "
     "point was drawn from. The ring fills as a lift of the pen becomes likely.",
     "Pr(x | y) = \u03a3\u2c7c \u03c0\u2c7c N(x | \u03bc\u2c7c, \u03c3\u2c7c, \u03c1\u2c7c)",
     "Graves 2013, section 4.1"},
    {"Neatness",
     "The bias makes the curves narrower and likely ones likelier: neater, and less alive.",
     "0: as people vary. The lens shows how the curves shrink.",
     "\u03c3 = exp(\u03c3\u0302 \u2212 b), \u03c0 \u221d exp(\u03c0\u0302 (1 + b))",
     "Graves 2013, section 5.4"},
    {"Attention",
     "The letters that the network looks at: a soft window that slides over the text, and "
     "moves on when a letter is written.",
     "Time to the right, the text downwards; the darker, the more it looks there. In the field: a "
     "bar beneath each letter.",
     "\u03c6(t, u) = \u03a3\u2096 \u03b1\u2096 exp(\u2212\u03b2\u2096 (\u03ba\u2096 \u2212 "
     "u)\u00b2), w\u209c = \u03a3\u1d64 \u03c6(t, u) c\u1d64",
     "Graves 2013, section 5.1"},
    {"Pen up", "How likely the pen was to be lifted behind each point.",
     "The higher, the likelier: high between strokes.", "e = 1 / (1 + exp(\u00ea))",
     "Graves 2013, section 4.1"},
    {"Cells",
     "What each memory cell of a layer gives. Some keep a thing in mind: an upward stroke, the "
     "end of a word, how far the line has come.",
     "Time to the right, a row a cell: blue says no, orange yes, grey nothing. Cells that go alike "
     "lie "
     "beside each other. Click one to colour the ink by it.",
     "c\u209c = f\u209c c\u209c\u208b\u2081 + i\u209c tanh(a\u209c), h\u209c = o\u209c "
     "tanh(c\u209c)",
     "Graves 2013, section 2; Karpathy, Johnson and Fei-Fei 2016, section 4.1"},
    {"Telling",
     "Cells that go along most with something one can name: upward strokes, a letter, the end of a "
     "word. Click one, and ink and text are coloured by it.",
     "The value is the correlation r, from \u22121 to 1. What does not hold in both halves of the "
     "ink is not shown.",
     "r = \u03a3 (x \u2212 x\u0304)(y \u2212 y\u0304) / \u221a(\u03a3 (x \u2212 x\u0304)\u00b2 "
     "\u03a3 (y \u2212 y\u0304)\u00b2)",
     "Karpathy, Johnson and Fei-Fei 2016, section 4.1, found such cells by eye"},
    {"Gates",
     "How many gates are wide open or shut. A forget gate that stays open lets its cell "
     "remember; an output gate that is shut hides it.",
     "Orange from above: shut, below 0.1. Blue from below: open, above 0.9. At the right a dot a "
     "gate: the further right the oftener open, the further up the oftener shut.",
     "i, f, o = \u03c3(W x + U h + V c + b)", "Karpathy, Johnson and Fei-Fei 2016, section 4.2"},
    {"Find",
     "Which cells are active all through what you mark, and not just before and behind it; "
     "and where else the same cells are active together.",
     "A whole frame: what you marked. Broken frames: places found, best first, with their ranks. "
     "The "
     "curves are the cells found, the broken line across them the threshold: drag it, and the ends "
     "of the range.",
     "contrast = share inside \u2212 larger share beside", "LSTMVis: Strobelt and others 2018"},
};
enum { ALL = sizeof all / sizeof *all };

static int columns_of(win_box box)
{
    return box.w >= 2 * COLUMN + GAP ? 2 : 1;
}

static double column_width(win_box box)
{
    int columns = columns_of(box);
    return (box.w - GAP * (columns - 1)) / columns;
}

/* Draws an entry, or only measures it; returns how high it is. */
static double entry(cairo_t *cr, win_box at, const explained *e, bool draw)
{
    const struct {
        const char *text;
        double size;
        bool bold;
        uint32_t colour;
    } parts[] = {{e->name, WIN_BODY_TEXT + 1, true, WIN_ACCENT},
                 {e->sentence, WIN_BODY_TEXT, false, WIN_TEXT},
                 {e->legend, WIN_BODY_TEXT, false, WIN_QUIET},
                 {e->formula, WIN_BODY_TEXT, false, WIN_TEXT},
                 {e->source, WIN_SMALL_TEXT, false, WIN_QUIET}};
    double top = at.y;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        at.y += 2 + (draw ? win_paragraph(cr, at, parts[i].size, parts[i].bold, parts[i].colour,
                                          parts[i].text)
                          : win_paragraph_height(cr, at.w, parts[i].size, parts[i].bold,
                                                 parts[i].text));
    return at.y - top;
}

/* Goes through the columns of all pages; draws those of `page`, none if that is less than 0.
 * Returns how many pages there are. */
static int flow(cairo_t *cr, win_box box, int page)
{
    int columns = columns_of(box), column = 0;
    double y = 0, width = column_width(box);
    for (int i = 0; i < ALL; i++) {
        double height = entry(cr, (win_box){0, 0, width, 0}, &all[i], false);
        if (y > 0 && y + height > box.h) {
            column++;
            y = 0;
        }
        double x = box.x + (column % columns) * (width + GAP);
        if (column / columns == page)
            entry(cr, (win_box){x, box.y + y, width, 0}, &all[i], true);
        y += height + BEHIND;
    }
    return column / columns + 1;
}

int win_explain_pages(win_box box)
{
    cairo_surface_t *none = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cr = cairo_create(none);
    int pages = flow(cr, box, -1);
    cairo_destroy(cr);
    cairo_surface_destroy(none);
    return pages;
}

void win_explain_draw(cairo_t *cr, win_box box, int page)
{
    flow(cr, box, page);
}
