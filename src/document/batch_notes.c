/* What a batch notes on its documents: see batch_notes.h. Options have the names that `longhand
 * write` has for them; those that change nothing as they stand are left out. */
#include "document/batch_notes.h"
#include "document/align.h"
#include "document/ascii.h"
#include "document/layout.h"

#include "page/making.h"
#include "page/pens.h"
#include "page/ruling.h"

#include <stdlib.h>
#include <string.h>

/* ---- what it says, and in whose hand ----------------------------------------------------------
 */

/* Formats whose comments are ASCII have it in that. The caller frees; NULL: no memory. */
static char *noted(const lh_batch_plan *p, const char *text)
{
    const bool ascii = p->options.format->traits & LH_FORMAT_MACHINE;
    return ascii ? lh_ascii(p->document.signs, text) : strdup(text);
}

static lh_status note(const lh_batch_plan *p, lh_page *page, const char *key, const char *given,
                      lh_error *error)
{
    char *text = noted(p, given);
    if (!text)
        return lh_fail_memory(error, "a note");
    for (size_t end = strlen(text); end > 0 && strchr("\r\n\t ", text[end - 1]); end--)
        text[end - 1] = '\0';
    lh_status status =
        key ? lh_page_note(page, key, text, error) : lh_page_set_title(page, text, error);
    free(text);
    return status;
}

static lh_status note_text(const lh_batch_plan *p, const char *name, const char *given,
                           lh_page *page, lh_error *error)
{
    const char *title = lh_page_count(page) > 0 ? lh_page_get(page, 0).text : "";
    lh_status status = note(p, page, NULL, title, error);
    if (status == LH_OK && name)
        status = note(p, page, "document", name, error);
    if (status == LH_OK)
        status = note(p, page, "text", given, error);
    if (status == LH_OK)
        status = note(p, page, "style", p->document.style, error);
    if (status == LH_OK && p->options.style_text)
        status = note(p, page, "style text", p->options.style_text, error);
    return status;
}

/* ---- on what paper ----------------------------------------------------------------------------
 */

static lh_status note_size(const lh_document_options *o, lh_page *page, lh_error *error)
{
    char text[100];
    const lh_paper *p = &o->paper;
    lh_status status;
    if (lh_paper_is_cut(p)) {
        status = lh_page_note_number(page, "width", (double)o->width, error);
    } else {
        snprintf(text, sizeof text, "%gx%g", (double)p->width, (double)p->height);
        status = lh_page_note(page, "paper", text, error);
    }
    snprintf(text, sizeof text, "%g,%g,%g,%g", (double)p->top, (double)p->right, (double)p->bottom,
             (double)p->left);
    if (status == LH_OK)
        status = lh_page_note(page, "margin", text, error);
    /* with `fit` another than was asked for */
    const double pitch = (double)lh_page_paper(page)->pitch;
    return status == LH_OK ? lh_page_note_number(page, "pitch", pitch, error) : status;
}

static lh_status note_rows(const lh_document_options *o, lh_page *page, lh_error *error)
{
    const struct {
        const char *key;
        bool changes;
        double value;
    } rows[] = {
        {"columns", o->columns > 1, o->columns},  {"gap", o->columns > 1, (double)o->gap},
        {"drift", true, (double)o->drift},        {"reflow", o->reflow, 1},
        {"page numbers", o->numbers, 1},          {"whole rows", o->paper.whole_rows, 1},
        {"pen", true, (double)lh_page_pen(page)}, /* with `fit` another than was asked for */
    };
    lh_status status = LH_OK;
    for (size_t i = 0; i < sizeof rows / sizeof *rows && status == LH_OK; i++)
        if (rows[i].changes)
            status = lh_page_note_number(page, rows[i].key, rows[i].value, error);
    return status;
}

static lh_status note_paper(const lh_document_options *o, lh_page *page, lh_error *error)
{
    char ink[LH_PEN_NAME];
    lh_status status = note_size(o, page, error);
    if (status == LH_OK)
        status = note_rows(o, page, error);
    if (status == LH_OK && o->align != LH_ALIGN_LEFT)
        status = lh_page_note(page, "align", lh_align_name(o->align), error);
    if (status == LH_OK && o->paper.ruling != LH_PLAIN)
        status = lh_page_note(page, "ruling", lh_ruling_name(o->paper.ruling), error);
    return status == LH_OK ? lh_page_note(page, "ink", lh_pen_name(o->ink, ink), error) : status;
}

/* The seed of one among others, as the record has it: a text alone is written so with it. */
static lh_status note_own_seed(uint64_t seed, const char *name, lh_page *page, lh_error *error)
{
    char text[24];
    snprintf(text, sizeof text, "%llu", (unsigned long long)lh_document_seed(seed, name));
    return lh_page_note(page, "own seed", text, error);
}

lh_status lh_batch_note(const lh_batch_plan *p, uint64_t fingerprint, const char *name,
                        const char *given, lh_page *page, lh_error *error)
{
    const lh_write_options *write = &p->document.write;
    lh_status status = note_text(p, name, given, page, error);
    if (status == LH_OK)
        status = lh_page_note_making(page, p->options.model, fingerprint, write, error);
    if (status == LH_OK && name)
        status = note_own_seed(write->seed, name, page, error);
    if (status == LH_OK)
        status = lh_page_note_number(page, "tries", write->tries, error);
    if (status == LH_OK)
        status = lh_page_note_number(page, "proofread", write->reader != NULL, error);
    return status == LH_OK ? note_paper(&p->document, page, error) : status;
}
