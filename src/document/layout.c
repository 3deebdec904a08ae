/* Breaking what was written to rows, and rows to columns and pages: see layout.h. */
#include "document/layout.h"
#include "document/hanging.h"

#include "base/extremes.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* Share of the pitch: the room between a word and a tab stop. */
#define TAB_ROOM_SHARE 0.4f
/* Shares of the pitch that rows of the usual size take below and above their baseline. */
#define BELOW_SHARE 0.35f
#define ABOVE_SHARE 0.65f
/* Of a row's width, how far in rows of a list's item may be. */
#define HANG_MOST 0.6f
/* Blanks or tabs by which a text may be meant to stand at the right margin. */
enum { FAR_BLANKS = 3 };

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
    const float *indent;  /* [passages] mm */
    const float *text_at; /* [passages] mm, as lh_hanging_find has it */
    float width;          /* of a column, or of all where the passage goes over them */
    int rows;             /* of the page */
    int top;              /* row at which the page's columns begin */
    bool across;          /* the passage goes over all columns */
    bool headed, parted;  /* something over all columns, and in one, stands on the page */
    int column, row;      /* -1: above the first */
    bool bare;            /* nothing stands in the row yet */
    float x, right;       /* mm: where the next word goes; the right edge of what is there */
    float size;           /* of the largest letters in the row, 1: the usual */
    float back;           /* mm: where the next rows of the passage begin */
    bool apart;           /* the next row begins a column */
} setter;

static void next_page(setter *s)
{
    s->to->pages++;
    s->column = 0;
    s->row = -1;
    s->top = 0;
    s->headed = s->parted = false;
}

/* Rows from one of letters so large to the next. */
static int step_between(float above, float below)
{
    return (int)fmaxf(1, ceilf(BELOW_SHARE * above + ABOVE_SHARE * below - 0.05f));
}

/* The first row of a column for letters so large. */
static int top_row(const setter *s, float size)
{
    const int row = s->top + (int)fmaxf(0, ceilf(ABOVE_SHARE * (size - 1) - 0.05f));
    return row < s->rows ? row : s->rows - 1;
}

/* The page's columns begin where the first of them does, below what goes over all. */
static void keep_top(setter *s, float size)
{
    if (s->across) {
        s->headed = true;
    } else if (!s->parted) {
        const int top = s->row - top_row(s, size);
        s->top = s->headed && top > 0 ? top : 0;
        s->parted = true;
    }
}

/* Goes `rows` down to one of letters of `size`, with room for `more` below it; at the foot of a
 * column to the head of the next, where nothing is left empty. */
static void go_down(setter *s, int rows, int more, float size, float x)
{
    const int step = step_between(s->size, size);
    const int next =
        s->row < 0 ? s->row + rows + top_row(s, size) : s->row + (rows > step ? rows : step);
    if (!s->apart && next < s->rows && (next + more < s->rows || s->row < 0)) {
        s->row = next;
    } else {
        const bool in_columns = !s->across && (s->parted || !s->headed);
        if (s->column + 1 < s->options->columns && in_columns)
            s->column++;
        else
            next_page(s);
        s->row = top_row(s, size);
    }
    keep_top(s, size);
    s->apart = false;
    s->bare = true;
    s->x = x;
    s->right = x;
    s->size = size;
}

static float size_of(const setter *s, size_t passage)
{
    return s->text->manner[s->text->passage[passage].manner].size;
}

/* Text far behind other text in a row, that would go on in the next row but has room in this one,
 * is meant to stand at its end. */
static void come_back(setter *s, size_t passage)
{
    const lh_passage *p = &s->text->passage[passage];
    const lh_row_part all = {.passage = passage, .count = s->written[passage]->words};
    const float width = lh_row_part_width(&all, s->written, s->scale);
    const float nearest = s->right + lh_indent(s->options, 2);
    if (p->rows == 0 && (p->tabs >= FAR_BLANKS || p->blanks >= FAR_BLANKS) &&
        s->x + width > s->width && nearest + width <= s->width)
        s->x = fmaxf(0, s->width - width - LH_SLACK);
}

/* Goes over all columns or into the first: below what stands in columns there is no room for that,
 * so that a page may be turned; then true. */
static bool change_columns(setter *s, bool across)
{
    const bool turns = across && !s->across && s->parted;
    if (turns)
        next_page(s);
    s->across = across;
    s->width = lh_across_width(s->options, across);
    return turns;
}

/* Goes to where the passage begins. */
static void begin(setter *s, size_t index)
{
    const lh_passage *passage = &s->text->passage[index];
    float pitch = s->options->paper.pitch, stop = lh_indent(s->options, LH_TAB_COLUMNS);
    bool cut = lh_paper_is_cut(&s->options->paper);
    bool fresh = s->to->parts == 0;
    const float size = size_of(s, index);
    if (passage->page && !fresh && !cut)
        next_page(s);
    const bool turned =
        s->options->columns > 1 && change_columns(s, s->text->manner[passage->manner].across);
    if (passage->rows > 0) {
        int more = passage->page && cut && !fresh;
        const int above = passage->heading && s->row >= 0 ? step_between(s->size, size) + 1 : 1;
        const int rows = (turned ? 1 : passage->rows) + more; /* none is left empty at a head */
        go_down(s, rows > above ? rows : above, passage->heading, size, s->indent[index]);
        if (passage->tabs > 0)
            s->x = stop * (floorf(s->x / stop) + (float)passage->tabs);
    } else if (passage->blanks > 0) {
        s->x = s->right + lh_indent(s->options, passage->blanks);
    } else {
        float stops = floorf((s->right + TAB_ROOM_SHARE * pitch) / stop);
        s->x = stop * (stops + (float)passage->tabs);
    }
    come_back(s, index);
    lh_raisef(&s->size, size);
    if (passage->rows > 0) /* else the rows behind go on as those of the passage before would */
        s->back = passage->block ? s->indent[index] : 0;
}

/* ---- words ------------------------------------------------------------------------------------
 */

/* The right edge of word `index` of a part from `left` on, units; words behind a mark are moved. */
static float word_right(const lh_written *written, const lh_row_part *part, size_t index,
                        float left, float scale)
{
    const float right = lh_written_bounds(written, part->first + index, 1).right - left;
    return right + (index >= part->mark ? part->behind / scale : 0);
}

/* Gives the part as many words as go in `room` units, and says how wide they are together. */
static float fit_words(const lh_written *written, lh_row_part *part, float room, float scale)
{
    const float left = lh_written_bounds(written, part->first, 1).left;
    float width = 0;
    while (part->first + part->count < written->words) {
        const float right = word_right(written, part, part->count, left, scale);
        if (right > room)
            break;
        lh_raisef(&width, right);
        part->count++;
    }
    return width;
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

float lh_row_part_width(const lh_row_part *part, const lh_written *const *written,
                        const float *scale)
{
    const lh_written *w = written[part->passage];
    float right = 0;
    const float left = lh_written_bounds(w, part->first, 1).left;
    for (size_t i = 0; i < part->count; i++)
        lh_raisef(&right, word_right(w, part, i, left, scale[part->passage]));
    return scale[part->passage] * right;
}

/* The place of a word of a passage in the text; exact where the passage is written as it is read.
 */
static lh_status refuse_word(setter *s, size_t passage, size_t word, float width, lh_error *error)
{
    const lh_passage *p = &s->text->passage[passage];
    const lh_written *w = s->written[passage];
    const lh_word *at = &w->word[word];
    s->to->too_wide = true;
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "row %zu, column %zu: '%.*s' would be %.0f mm wide in this hand, and there is "
                   "room for %.0f mm; smaller rows (a smaller pitch) or larger paper will do",
                   p->line, p->column + (size_t)at->character, at->bytes < 80 ? (int)at->bytes : 80,
                   w->text + at->byte, (double)width, (double)s->width);
}

/* The first row of a list's item: what is behind the mark is moved to where that of its list
 * begins, and rows behind it begin there. */
static void hang(setter *s, lh_row_part *part)
{
    const lh_passage *p = &s->text->passage[part->passage];
    const lh_written *w = s->written[part->passage];
    const size_t mark = (size_t)p->mark;
    if (!p->hangs || mark >= w->words)
        return;
    const float as_written = s->scale[part->passage] *
                             (lh_written_bounds(w, mark, 1).left - lh_written_bounds(w, 0, 1).left);
    const float wanted = s->text_at[part->passage], in = wanted > 0 ? wanted : as_written;
    part->mark = mark;
    part->behind = in - as_written;
    if (s->x + in < HANG_MOST * s->width)
        s->back = s->x + in;
}

/* Sets the words from `*at` on that go in the row, or goes to another row. */
static lh_status set_words(setter *s, size_t passage, size_t *at, lh_error *error)
{
    const lh_written *written = s->written[passage];
    float scale = s->scale[passage];
    const float size = size_of(s, passage), back = s->back;
    lh_row_part part = {.passage = passage, .first = *at};
    if (*at == 0)
        hang(s, &part);
    float width = fit_words(written, &part, (s->width - s->x) / scale, scale);
    if (part.count == 0 && !s->bare) {
        go_down(s, 1, 0, size, back);
        return LH_OK;
    }
    if (part.count == 0 && s->x > 0) { /* the indent leaves too little room */
        s->x = s->x > back ? back : 0;
        return LH_OK;
    }
    if (part.count == 0) {
        lh_box box = lh_written_bounds(written, *at, 1);
        bool last = s->column + 1 == s->options->columns || s->across;
        width = box.right - box.left;
        if (scale * width > s->width + lh_overhang(s->options, last))
            return refuse_word(s, passage, *at, scale * width, error);
        part.count = 1;
        s->to->overrun = s->to->overrun || scale * width > s->width;
    }
    part.page = s->to->pages - 1;
    part.column = s->column;
    part.row = s->row;
    part.x = s->x;
    lh_status status = add_part(s, part, error);
    *at += part.count;
    s->bare = false;
    s->right = s->x + scale * width;
    if (*at < written->words)
        go_down(s, 1, 0, size, s->back);
    return status;
}

/* ---- passages ---------------------------------------------------------------------------------
 */

/* Sets the passage that begins a row, and those that go on in its rows: up to `end`. */
static lh_status set_passages(setter *s, size_t first, size_t end, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = first; i < end && status == LH_OK; i++) {
        begin(s, i);
        for (size_t at = 0; at < s->written[i]->words && status == LH_OK;)
            status = set_words(s, i, &at, error);
    }
    return status;
}

static bool in_one_column(const lh_row_part *a, const lh_row_part *b)
{
    return a->page == b->page && a->column == b->column;
}

/* Are the parts from `first` on in several columns? */
static bool is_parted(const lh_layout *layout, size_t first)
{
    return first < layout->parts &&
           !in_one_column(&layout->part[first], &layout->part[layout->parts - 1]);
}

/* Does something stand above the part in its column, and is at most half of that below it? */
static bool is_far_down(const setter *s, size_t first)
{
    const lh_row_part *part = &s->to->part[first];
    return first > 0 && in_one_column(part - 1, part) && 2 * (s->rows - part->row) <= s->rows;
}

static lh_status set_anew(setter *s, const setter *before, const lh_layout *layout, size_t first,
                          size_t end, lh_error *error)
{
    *s = *before;
    s->to->parts = layout->parts;
    s->to->pages = layout->pages;
    return set_passages(s, first, end, error);
}

/* Sets an item of a list: in the next column, if it would be parted and goes in that. */
static lh_status set_item(setter *s, size_t first, size_t end, lh_error *error)
{
    setter before = *s;
    const lh_layout layout = *s->to;
    lh_status status = set_passages(s, first, end, error);
    if (status != LH_OK || !is_parted(s->to, layout.parts) || !is_far_down(s, layout.parts))
        return status;
    before.apart = true;
    status = set_anew(s, &before, &layout, first, end, error);
    if (status != LH_OK || !is_parted(s->to, layout.parts))
        return status;
    before.apart = false;
    return set_anew(s, &before, &layout, first, end, error);
}

lh_status lh_layout_make(lh_layout *layout, const lh_manuscript *text,
                         const lh_written *const *written, const float *scale, const float *indent,
                         const lh_document_options *options, lh_error *error)
{
    *layout = (lh_layout){.pages = 1};
    setter s = {.to = layout, .text = text, .written = written, .scale = scale, .options = options};
    s.width = lh_column_width(options);
    s.rows = lh_paper_is_cut(&options->paper) ? INT_MAX : lh_paper_rows(&options->paper);
    s.row = -1;
    s.size = 1;
    s.indent = indent;
    float *text_at = lh_hanging_find(text, written, scale, options, error);
    if (!text_at)
        return error->status;
    s.text_at = text_at;
    lh_status status = LH_OK;
    for (size_t i = 0, end; i < text->passages && status == LH_OK; i = end) {
        for (end = i + 1; end < text->passages && text->passage[end].rows == 0;)
            end++;
        status = (text->passage[i].hangs ? set_item : set_passages)(&s, i, end, error);
    }
    free(text_at);
    return status;
}
