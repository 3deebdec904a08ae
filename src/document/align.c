/* Aligning rows: see align.h. Rows are set at the left margin first, and moved when all are known.
 */
#include "document/align.h"

#include "base/extremes.h"
#include "base/need.h"

#include <math.h>
#include <string.h>

/* Pitches by which a gap is stretched at most, or thrice as wide as it is: else the row is a
 * short one, and stays so. */
static const float stretch_most = 0.6f;

static const char *const names[] = {
    [LH_ALIGN_LEFT] = "left",
    [LH_ALIGN_RIGHT] = "right",
    [LH_ALIGN_CENTRE] = "centre",
    [LH_ALIGN_JUSTIFY] = "justify",
};

const char *lh_align_name(lh_align align)
{
    return names[align];
}

lh_status lh_align_parse(const char *name, lh_align *align, lh_error *error)
{
    LH_NEED(error, name && align, LH_ERROR_ARGUMENT);
    if (strcmp(name, "center") == 0)
        name = names[LH_ALIGN_CENTRE];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *align = (lh_align)i;
            return LH_OK;
        }
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "nothing is aligned as '%.40s'; there are left, right, centre and justify",
                   name);
}

typedef struct aligner {
    lh_layout *layout;
    const lh_manuscript *text;
    const lh_written *const *written;
    const float *scale;
    const lh_document_options *options;
    float cut; /* mm: the widest row, of paper that is cut */
} aligner;

/* Parts that stand in one row. */
typedef struct row {
    lh_row_part *part; /* [count] */
    size_t count;
    float left, right; /* mm */
} row;

static row row_from(const aligner *a, size_t first)
{
    lh_row_part *part = a->layout->part + first;
    row r = {part, 0, part->x, part->x};
    while (first + r.count < a->layout->parts && part[r.count].page == part->page &&
           part[r.count].column == part->column && part[r.count].row == part->row) {
        const lh_row_part *p = &part[r.count++];
        lh_raisef(&r.right, p->x + lh_row_part_width(p, a->written, a->scale));
    }
    return r;
}

static const lh_manner *manner_of(const aligner *a, const row *r)
{
    return &a->text->manner[a->text->passage[r->part->passage].manner];
}

/* mm: where the row's right margin is. */
static float width_of(const aligner *a, const row *r)
{
    if (lh_paper_is_cut(&a->options->paper))
        return a->cut;
    return lh_across_width(a->options, manner_of(a, r)->across);
}

static void move(row *r, float by, bool flush)
{
    lh_raisef(&by, -r->left);
    for (size_t i = 0; i < r->count; i++) {
        r->part[i].x += by;
        r->part[i].flush = flush;
    }
}

/* Where the gaps of a part may be stretched from: behind a list's mark. */
static size_t tight_words(const aligner *a, const lh_row_part *part)
{
    const lh_passage *p = &a->text->passage[part->passage];
    return p->hangs && part->first == 0 ? (size_t)p->mark : 0;
}

/* Only rows whose last words go on in the next row, and none of a heading. */
static void justify(const aligner *a, row *r)
{
    lh_row_part *last = &r->part[r->count - 1];
    const float missing = width_of(a, r) - r->right;
    const size_t tight = tight_words(a, last);
    if (last->first + last->count >= a->written[last->passage]->words || !(missing > 0) ||
        last->count < tight + 2 || a->text->passage[last->passage].heading)
        return;
    const float stretch = missing / (float)(last->count - 1 - tight);
    if (stretch > stretch_most * a->options->paper.pitch)
        return;
    last->stretch = stretch;
    last->tight = tight;
}

/* Moves the rows of a block, from the first on, which ends there; returns behind its parts. */
static size_t align_block(const aligner *a, size_t first, int block)
{
    float right = 0;
    size_t end = first;
    while (end < a->layout->parts) {
        const row r = row_from(a, end);
        if (manner_of(a, &r)->block != block)
            break;
        lh_raisef(&right, r.right);
        end += r.count;
    }
    for (size_t i = first; i < end;) {
        row r = row_from(a, i);
        move(&r, width_of(a, &r) - right, true);
        i += r.count;
    }
    return end;
}

static void align_row(const aligner *a, row *r)
{
    const lh_manner *manner = manner_of(a, r);
    switch (manner->aligned ? manner->align : a->options->align) {
    case LH_ALIGN_RIGHT:
        move(r, width_of(a, r) - r->right, true);
        break;
    case LH_ALIGN_CENTRE:
        move(r, (width_of(a, r) - (r->right - r->left)) / 2 - r->left, false);
        break;
    case LH_ALIGN_JUSTIFY:
        justify(a, r);
        break;
    default:
        break;
    }
}

void lh_align_rows(lh_layout *layout, const lh_manuscript *text, const lh_written *const *written,
                   const float *scale, const lh_document_options *options)
{
    aligner a = {layout, text, written, scale, options, 0};
    if (lh_paper_is_cut(&options->paper))
        for (size_t i = 0; i < layout->parts;) {
            const row r = row_from(&a, i);
            lh_raisef(&a.cut, r.right);
            i += r.count;
        }
    for (size_t i = 0; i < layout->parts;) {
        row r = row_from(&a, i);
        const int block = manner_of(&a, &r)->block;
        if (block > 0) {
            i = align_block(&a, i, block);
            continue;
        }
        align_row(&a, &r);
        i += r.count;
    }
}
