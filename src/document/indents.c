/* How far in rows begin: see indents.h. */
#include "document/indents.h"
#include "document/layout.h"

#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>

typedef struct rows {
    const lh_manuscript *text;
    const lh_written *const *written;
    const float *scale;
} rows;

/* Begins passage `i` a row that is in all its rows so far in? */
static bool is_block(const rows *r, size_t i)
{
    return r->text->passage[i].rows > 0 && r->text->passage[i].block;
}

/* Behind the last of the rows that stand below each other, equally far in, from `first` on. */
static size_t block_end(const rows *r, size_t first)
{
    const lh_passage *p = r->text->passage;
    size_t end = first + 1;
    while (end < r->text->passages &&
           (p[end].rows == 0 || (p[end].rows == 1 && is_block(r, end) &&
                                 p[end].indent == p[first].indent && !p[end].page)))
        end++;
    return end;
}

/* mm: the widest of these rows that goes in `room`; 0: none does. */
static float widest(const rows *r, size_t from, size_t to, float room)
{
    float most = 0;
    for (size_t i = from; i < to; i++) {
        const lh_row_part all = {.passage = i, .count = r->written[i]->words};
        const float width = lh_row_part_width(&all, r->written, r->scale);
        if (r->text->passage[i].rows > 0 && width <= room)
            lh_raisef(&most, width);
    }
    return most;
}

float *lh_indents_find(const lh_manuscript *text, const lh_written *const *written,
                       const float *scale, const lh_document_options *options, lh_error *error)
{
    const rows r = {text, written, scale};
    const float width = lh_column_width(options);
    float *x = calloc(text->passages + 1, sizeof *x);
    if (!x)
        lh_fail_memory(error, "the rows of a document");
    for (size_t i = 0, end; x && i < text->passages; i = end) {
        float in = lh_indent(options, text->passage[i].indent);
        end = i + 1;
        if (is_block(&r, i)) {
            end = block_end(&r, i);
            const float most = widest(&r, i, end, width);
            if (most > 0 && in + most > width)
                in = fmaxf(0, width - most - LH_SLACK);
            else if (most == 0)
                lh_lowerf(&in, width / 2);
        }
        for (size_t k = i; k < end; k++)
            x[k] = in;
    }
    return x;
}
