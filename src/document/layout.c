/* Breaking what was written to rows, and rows to columns and pages: see layout.h. */
#include "document/layout.h"

#include "base/extremes.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* Shares of the pitch: a column of an indent, and the room between a word and a tab stop. */
#define INDENT_SHARE 0.5f
#define TAB_ROOM_SHARE 0.4f
/* mm: a word too wide for the room may come so near to the edge of the paper or the next column. */
#define EDGE 3.0f

bool lh_paper_is_cut(const lh_paper *paper)
{
    return paper->width == 0 && paper->height == 0;
}

float lh_column_width(const lh_document_options *options)
{
    if (lh_paper_is_cut(&options->paper))
        return options->width;
    float gaps = options->gap * (float)(options->columns - 1);
    return (lh_paper_room(&options->paper) - gaps) / (float)options->columns;
}

float lh_column_left(const lh_document_options *options, int column)
{
    return options->paper.left + (float)column * (lh_column_width(options) + options->gap);
}

void lh_layout_clear(lh_layout *layout)
{
    free(layout->part);
    *layout = (lh_layout){0};
}

/* ---- where the hand is ------------------------------------------------------------------------
 */

typedef struct setter {
    lh_layout *to;
    const lh_manuscript *text;
    const lh_written *const *written;
    const float *scale;
    const lh_document_options *options;
    float width;     /* of a column */
    int rows;        /* of a column */
    int column, row; /* -1: above the first */
    bool bare;       /* nothing stands in the row yet */
    float x, right;  /* mm: where the next word goes; the right edge of what is there */
} setter;

static void next_page(setter *s)
{
    s->to->pages++;
    s->column = 0;
    s->row = -1;
}

/* Goes `rows` down; at the foot of a column to the head of the next, where nothing is left empty.
 */
static void go_down(setter *s, int rows, float x)
{
    if (s->row + rows < s->rows) {
        s->row += rows;
    } else if (s->column + 1 < s->options->columns) {
        s->column++;
        s->row = 0;
    } else {
        next_page(s);
        s->row = 0;
    }
    s->bare = true;
    s->x = x;
    s->right = x;
}

static float indent_of(const setter *s, int columns)
{
    return INDENT_SHARE * s->options->paper.pitch * (float)columns;
}

/* Goes to where the passage begins. */
static void begin(setter *s, const lh_passage *passage)
{
    float pitch = s->options->paper.pitch, stop = indent_of(s, LH_TAB_COLUMNS);
    bool cut = lh_paper_is_cut(&s->options->paper);
    bool fresh = s->to->parts == 0;
    if (passage->page && !fresh && !cut)
        next_page(s);
    if (passage->rows > 0) {
        int more = passage->page && cut && !fresh;
        go_down(s, passage->rows + more, indent_of(s, passage->indent));
        if (passage->tabs > 0)
            s->x = stop * (floorf(s->x / stop) + (float)passage->tabs);
    } else if (passage->blanks > 0) {
        s->x = s->right + indent_of(s, passage->blanks);
    } else {
        float stops = floorf((s->right + TAB_ROOM_SHARE * pitch) / stop);
        s->x = stop * (stops + (float)passage->tabs);
    }
}

/* ---- words ------------------------------------------------------------------------------------
 */

/* How many words from `first` on go in `room` units, and how wide they are together. */
static size_t fitting_words(const lh_written *written, size_t first, float room, float *width)
{
    size_t count = 0;
    float left = lh_written_bounds(written, first, 1).left;
    *width = 0;
    while (first + count < written->words) {
        lh_box box = lh_written_bounds(written, first + count, 1);
        if (box.right - left > room)
            break;
        lh_raisef(width, box.right - left);
        count++;
    }
    return count;
}

static lh_status add_part(setter *s, lh_row_part part, lh_error *error)
{
    lh_layout *to = s->to;
    if (to->parts == to->capacity) {
        size_t capacity = 2 * to->capacity + 64;
        lh_row_part *larger = realloc(to->part, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "the rows of a document");
        to->part = larger;
        to->capacity = capacity;
    }
    to->part[to->parts++] = part;
    return LH_OK;
}

/* The place of a word of a passage in the text; exact where the passage is written as it is read.
 */
static lh_status refuse_word(const setter *s, size_t passage, size_t word, float width,
                             lh_error *error)
{
    const lh_passage *p = &s->text->passage[passage];
    const lh_written *w = s->written[passage];
    const lh_word *at = &w->word[word];
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "row %zu, column %zu: '%.*s' would be %.0f mm wide in this hand, and there is "
                   "room for %.0f mm; smaller rows (a smaller pitch) or larger paper will do",
                   p->line, p->column + (size_t)at->character, at->bytes < 80 ? (int)at->bytes : 80,
                   w->text + at->byte, (double)width, (double)s->width);
}

/* mm beyond the column's width that a word alone in its row may take. */
static float overhang(const setter *s)
{
    const lh_document_options *options = s->options;
    if (lh_paper_is_cut(&options->paper))
        return INFINITY;
    bool last = s->column + 1 == options->columns;
    return fmaxf(0, (last ? options->paper.right : options->gap) - EDGE);
}

/* Sets the words from `*at` on that go in the row, or goes to another row. */
static lh_status set_words(setter *s, size_t passage, size_t *at, lh_error *error)
{
    const lh_passage *p = &s->text->passage[passage];
    const lh_written *written = s->written[passage];
    float scale = s->scale[passage], width;
    float back = p->block ? indent_of(s, p->indent) : 0;
    size_t count = fitting_words(written, *at, (s->width - s->x) / scale, &width);
    if (count == 0 && !s->bare) {
        go_down(s, 1, back);
        return LH_OK;
    }
    if (count == 0 && s->x > 0) { /* the indent leaves too little room */
        s->x = s->x > back ? back : 0;
        return LH_OK;
    }
    if (count == 0) {
        lh_box box = lh_written_bounds(written, *at, 1);
        width = box.right - box.left;
        if (scale * width > s->width + overhang(s))
            return refuse_word(s, passage, *at, scale * width, error);
        count = 1;
    }
    lh_row_part part = {passage, *at, count, s->to->pages - 1, s->column, s->row, s->x};
    lh_status status = add_part(s, part, error);
    *at += count;
    s->bare = false;
    s->right = s->x + scale * width;
    if (*at < written->words)
        go_down(s, 1, back);
    return status;
}

lh_status lh_layout_make(lh_layout *layout, const lh_manuscript *text,
                         const lh_written *const *written, const float *scale,
                         const lh_document_options *options, lh_error *error)
{
    *layout = (lh_layout){.pages = 1};
    setter s = {.to = layout, .text = text, .written = written, .scale = scale, .options = options};
    s.width = lh_column_width(options);
    s.rows = lh_paper_is_cut(&options->paper) ? INT_MAX : lh_paper_rows(&options->paper);
    s.row = -1;
    lh_status status = LH_OK;
    for (size_t i = 0; i < text->passages && status == LH_OK; i++) {
        begin(&s, &text->passage[i]);
        for (size_t at = 0; at < written[i]->words && status == LH_OK;)
            status = set_words(&s, i, &at, error);
    }
    return status;
}
