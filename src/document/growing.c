/* Documents that grow while somebody watches: a pen for each passage, laid out as what a desk has
 * written. */
#include "document/desk_work.h"

#include "base/need.h"

#include <stdlib.h>
#include <string.h>

typedef struct passage_pen {
    lh_pen *pen;
    const lh_writer *writer; /* of the desk */
    double bias;
} passage_pen;

struct lh_growing {
    lh_desk *desk;
    uint64_t seed;
    lh_document_job job;
    lh_work *work;    /* the text as it was read; NULL: there is none */
    passage_pen *pen; /* [pens], pens == passages of the work */
    size_t pens;
};

lh_growing *lh_growing_new(lh_desk *desk, uint64_t seed, lh_error *error)
{
    LH_NEED(error, desk, NULL);
    lh_growing *g = calloc(1, sizeof *g);
    if (!g) {
        lh_fail_memory(error, "a document");
        return NULL;
    }
    g->desk = desk;
    g->seed = seed;
    return g;
}

static void drop_pens(lh_growing *g, size_t from)
{
    for (size_t i = from; i < g->pens; i++)
        lh_pen_free(g->pen[i].pen);
    g->pens = from < g->pens ? from : g->pens;
}

static void drop_work(lh_growing *g)
{
    if (g->work)
        lh_work_free(g->work);
    g->work = NULL;
}

void lh_growing_free(lh_growing *g)
{
    if (!g)
        return;
    drop_pens(g, 0);
    free(g->pen);
    drop_work(g);
    free(g);
}

/* ---- the text ---------------------------------------------------------------------------------
 */

static lh_status check_hands(const lh_work *w, lh_error *error)
{
    for (size_t i = 0; i < w->text.passages; i++)
        if (lh_work_in_own_hand(w, i))
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "row %zu: a text that is written while it grows needs a style, and "
                           "cannot find a hand for itself",
                           w->text.passage[i].line);
    return LH_OK;
}

/* Reads the text; `*read` is NULL for one of blanks. */
static lh_status read_text(lh_growing *g, const char *text, lh_work **read, lh_error *error)
{
    *read = NULL;
    if (text[strspn(text, " \t\r\n\f")] == '\0')
        return LH_OK;
    lh_work *w = calloc(1, sizeof *w);
    if (!w)
        return lh_fail_memory(error, "a document");
    g->job = (lh_document_job){.text = text, .seed = g->seed};
    w->job = &g->job;
    w->growing = true;
    lh_status status = lh_work_read(g->desk, w, error);
    if (status == LH_OK)
        status = check_hands(w, error);
    if (status == LH_OK)
        *read = w;
    else
        lh_work_free(w);
    return status;
}

/* Gives passage `i` a pen with its text. */
static lh_status hand_out(lh_growing *g, lh_work *w, size_t i, bool whole, lh_error *error)
{
    const lh_passage *passage = &w->text.passage[i];
    const lh_writer *writer = lh_work_writer(w, w->hand[passage->manner]);
    const lh_write_options *options = &w->options[passage->manner];
    passage_pen *p = &g->pen[i];
    if (i < g->pens && (p->writer != writer || p->bias != options->bias))
        drop_pens(g, i);
    if (i >= g->pens) {
        *p = (passage_pen){lh_pen_new(writer, options, i, error), writer, options->bias};
        if (!p->pen)
            return error->status;
        g->pens = i + 1;
    }
    lh_status status = lh_pen_set_text(p->pen, passage->text, error);
    if (status == LH_OK && (whole || i + 1 < w->text.passages))
        lh_pen_finish(p->pen);
    return status;
}

/* Is the last word whole because a blank or a row's end is behind it? */
static bool ends_in_blank(const char *text)
{
    const size_t length = strlen(text);
    return length > 0 && strchr(" \t\r\n\f", text[length - 1]);
}

lh_status lh_growing_set_text(lh_growing *g, const char *text, bool whole, lh_error *error)
{
    LH_NEED(error, g && text, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    lh_work *w = NULL;
    lh_status status = read_text(g, text, &w, error);
    const size_t passages = w ? w->text.passages : 0;
    if (status == LH_OK) {
        passage_pen *larger = realloc(g->pen, (passages + g->pens + 1) * sizeof *larger);
        g->pen = larger ? larger : g->pen;
        status = larger ? LH_OK : lh_fail_memory(error, "a document");
    }
    if (status != LH_OK) {
        if (w)
            lh_work_free(w);
        return status;
    }
    drop_work(g);
    g->work = w;
    drop_pens(g, passages);
    for (size_t i = 0; i < passages && status == LH_OK; i++)
        status = hand_out(g, w, i, whole || ends_in_blank(text), error);
    return status;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

bool lh_growing_behind(const lh_growing *g)
{
    for (size_t i = 0; g && i < g->pens; i++)
        if (lh_pen_behind(g->pen[i].pen))
            return true;
    return false;
}

lh_status lh_growing_write(lh_growing *g, lh_error *error)
{
    LH_NEED(error, g, LH_ERROR_ARGUMENT);
    for (size_t i = 0; i < g->pens; i++)
        if (lh_pen_behind(g->pen[i].pen))
            return lh_pen_write(g->pen[i].pen, error);
    return LH_OK;
}

void lh_growing_forget(lh_growing *g)
{
    for (size_t i = 0; g && i < g->pens; i++)
        lh_pen_forget(g->pen[i].pen);
}

/* ---- looking at it ----------------------------------------------------------------------------
 */

size_t lh_growing_passages(const lh_growing *g)
{
    return g ? g->pens : 0;
}

const lh_written *lh_growing_written(const lh_growing *g, size_t passage)
{
    return g && passage < g->pens ? lh_pen_written(g->pen[passage].pen) : NULL;
}

size_t lh_growing_row(const lh_growing *g, size_t passage)
{
    return g && passage < g->pens ? g->work->text.passage[passage].line : 0;
}

size_t lh_growing_column(const lh_growing *g, size_t passage)
{
    return g && passage < g->pens ? g->work->text.passage[passage].column : 0;
}

const size_t *lh_growing_places(const lh_growing *g, size_t passage, size_t *count)
{
    LH_NEED(NULL, count, NULL);
    *count = 0;
    if (!g || passage >= g->pens)
        return NULL;
    const lh_passage *of = &g->work->text.passage[passage];
    for (const char *at = of->text; *at; lh_utf8_next(&at))
        ++*count;
    return of->byte;
}

/* An empty page. */
static lh_document *lay_out_nothing(const lh_growing *g, lh_error *error)
{
    lh_document *document = calloc(1, sizeof *document);
    if (document)
        document->page = calloc(1, sizeof *document->page);
    if (document && document->page) {
        document->page[0] = lh_page_new(&g->desk->options.paper, error);
        document->pages = document->page[0] != NULL;
        document->skipped_signs = calloc(1, 1);
        document->replaced = calloc(1, 1);
    } else {
        lh_fail_memory(error, "a document");
    }
    if (document && document->pages == 1 &&
        lh_page_set_pen(document->page[0], g->desk->options.pen, error) == LH_OK)
        return document;
    lh_document_free(document);
    return NULL;
}

/* Passages up to the last of which something is written. */
static size_t begun(const lh_growing *g)
{
    size_t count = g->pens;
    while (count > 0 && lh_pen_written(g->pen[count - 1].pen)->words == 0)
        count--;
    return count;
}

lh_document *lh_growing_lay_out(lh_growing *g, lh_error *error)
{
    LH_NEED(error, g, NULL);
    LH_OWN_ERROR(error);
    lh_work *w = g->work;
    const size_t count = begun(g), all = w ? w->text.passages : 0;
    if (w)
        lh_layout_clear(&w->layout);
    if (count == 0)
        return lay_out_nothing(g, error);
    lh_written *seen = calloc(count, sizeof *seen);
    if (!seen) {
        lh_fail_memory(error, "a document");
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        seen[i] = *lh_pen_written(g->pen[i].pen);
        w->written[i] = &seen[i];
    }
    w->text.passages = count;
    lh_status status = lh_work_lay_out(g->desk, w, error);
    w->text.passages = all;
    memset(w->written, 0, count * sizeof(lh_written *)); /* they are the pens' */
    free(seen);
    lh_document *document = g->job.document;
    g->job.document = NULL;
    if (status == LH_OK)
        return document;
    lh_document_free(document);
    return NULL;
}

lh_growing_line lh_growing_line_of(const lh_growing *g, size_t line)
{
    if (!g || !g->work || line >= g->work->layout.parts)
        return (lh_growing_line){0};
    const lh_row_part *part = &g->work->layout.part[line];
    return (lh_growing_line){part->passage, part->first, part->count};
}
