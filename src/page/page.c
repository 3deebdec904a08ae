/* A page: paper and the lines of ink on it, with what they say and how they came about. It is a
 * container; placing text on it and rendering it are the business of others. */
#include "page/steps.h"

#include "base/extremes.h"
#include "base/need.h"
#include "page/pages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* mm; beyond this the two decimals of a file and the integers of a plotter lose their sense. */
#define FARTHEST 1e5f
#define PEN_DEFAULT 0.5f

typedef struct note {
    char *key, *value;
} note;

typedef struct line {
    lh_ink *ink;
    char *text;
    lh_placing placing;
    lh_steps *steps;
    lh_tint *tint;
} line;

struct lh_page {
    lh_paper paper;
    float pen;
    char *title;
    line *lines;
    size_t count, capacity;
    note *notes;
    size_t note_count;
    char *written_notes; /* all notes as one text */
};

/* A copy in which malformed bytes are U+FFFD, so that no renderer need think of them. */
static char *copy_text(const char *text)
{
    char *copy = malloc(3 * strlen(text) + 5), *at = copy;
    if (!copy)
        return NULL;
    *at = '\0';
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0;)
        at += lh_utf8_encode(c == UINT32_MAX ? 0xfffd : c, at);
    return copy;
}

lh_page *lh_page_new(const lh_paper *paper, lh_error *error)
{
    LH_NEED(error, paper, NULL);
    if (lh_paper_check(paper, error) != LH_OK)
        return NULL;
    lh_page *page = calloc(1, sizeof *page);
    if (page) {
        page->paper = *paper;
        page->pen = PEN_DEFAULT;
        page->title = copy_text("");
        page->written_notes = copy_text("");
    }
    if (!page || !page->title || !page->written_notes) {
        lh_fail_memory(error, "a page");
        lh_page_free(page);
        return NULL;
    }
    return page;
}

void lh_page_free(lh_page *page)
{
    if (!page)
        return;
    for (size_t i = 0; i < page->count; i++) {
        lh_ink_free(page->lines[i].ink);
        free(page->lines[i].text);
        lh_steps_free(page->lines[i].steps);
        free(page->lines[i].tint);
    }
    for (size_t i = 0; i < page->note_count; i++) {
        free(page->notes[i].key);
        free(page->notes[i].value);
    }
    free(page->lines);
    free(page->notes);
    free(page->title);
    free(page->written_notes);
    free(page);
}

/* ---- lines ----------------------------------------------------------------------------------- */

lh_status lh_page_pen_check(float width, lh_error *error)
{
    if (width >= 0.01f && width <= 100)
        return LH_OK;
    return lh_fail(error, LH_ERROR_ARGUMENT, "a pen of %g mm: it can have 0.01 to 100 mm",
                   (double)width);
}

static lh_status check_placing(const lh_ink *ink, lh_placing placing, lh_error *error)
{
    if (!(placing.scale > 0 && isfinite(placing.scale)))
        return lh_fail(error, LH_ERROR_ARGUMENT, "a line cannot be scaled by %g",
                       (double)placing.scale);
    if (!isfinite(placing.x) || !isfinite(placing.y))
        return lh_fail(error, LH_ERROR_ARGUMENT, "a line cannot begin at (%g, %g) mm",
                       (double)placing.x, (double)placing.y);
    for (size_t i = 0; i < ink->count; i++) {
        float x = placing.x + placing.scale * ink->points[i].x;
        float y = placing.y + placing.scale * ink->points[i].y;
        if (!(fabsf(x) <= FARTHEST && fabsf(y) <= FARTHEST))
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "point %zu of a line would lie at (%g, %g) mm, which is on no page",
                           i + 1, (double)x, (double)y);
        if (!isfinite(ink->points[i].time))
            return lh_fail(error, LH_ERROR_ARGUMENT, "point %zu of a line has no time", i + 1);
    }
    return LH_OK;
}

lh_status lh_page_add_line(lh_page *page, const lh_ink *ink, const char *text, lh_placing placing,
                           lh_error *error)
{
    LH_NEED(error, page && ink && text, LH_ERROR_ARGUMENT);
    lh_status status = check_placing(ink, placing, error);
    if (status != LH_OK)
        return status;
    if (page->count == page->capacity) {
        size_t capacity = page->capacity ? 2 * page->capacity : 16;
        line *lines = realloc(page->lines, capacity * sizeof *lines);
        if (!lines)
            return lh_fail_memory(error, "the lines of a page");
        page->lines = lines;
        page->capacity = capacity;
    }
    line added = {lh_ink_copy(ink, error), copy_text(text), placing, NULL, NULL};
    if (!added.ink || !added.text) {
        lh_ink_free(added.ink);
        free(added.text);
        return lh_fail_memory(error, "a line of a page");
    }
    page->lines[page->count++] = added;
    return LH_OK;
}

/* A kept output is that of a mixture, and normalised units have a length. */
static bool steps_fit(const lh_steps *s)
{
    bool mixture = s->mixtures >= 1 && s->mixtures <= LH_MIXTURES_MAX && s->bias >= 0 &&
                   s->scale_x > 0 && s->scale_y > 0;
    return (s->trace || s->count == 0) && (!s->output || mixture);
}

lh_status lh_page_set_steps(lh_page *page, size_t index, const lh_steps *steps, lh_error *error)
{
    LH_NEED(error, page && index < page->count && steps && steps_fit(steps), LH_ERROR_ARGUMENT);
    line *at = &page->lines[index];
    if (steps->count != at->ink->count)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%zu steps for a line of %zu points", steps->count,
                       at->ink->count);
    LH_OWN_ERROR(error);
    lh_steps *copy = lh_steps_copy(steps, error);
    if (!copy)
        return error->status;
    lh_steps_free(at->steps);
    at->steps = copy;
    return LH_OK;
}

lh_status lh_page_set_tints(lh_page *page, size_t index, const lh_tint *tint, size_t count,
                            lh_error *error)
{
    LH_NEED(error, page && index < page->count && (tint || count == 0), LH_ERROR_ARGUMENT);
    line *at = &page->lines[index];
    if (count != at->ink->count)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%zu tints for a line of %zu points", count,
                       at->ink->count);
    lh_status status = LH_OK;
    for (size_t i = 0; i < count && status == LH_OK; i++)
        status = lh_page_pen_check(tint[i].width, error);
    if (status != LH_OK)
        return status;
    lh_tint *copy = malloc(count * sizeof *copy + 1);
    if (!copy)
        return lh_fail_memory(error, "the tints of a line");
    if (count > 0)
        memcpy(copy, tint, count * sizeof *copy);
    free(at->tint);
    at->tint = copy;
    return LH_OK;
}

static lh_box line_box(const line *at)
{
    lh_box box = lh_ink_bounds(at->ink);
    lh_placing to = at->placing;
    return (lh_box){to.x + to.scale * box.left, to.y + to.scale * box.top,
                    to.x + to.scale * box.right, to.y + to.scale * box.bottom};
}

/* Makes the page as high as its rows. Returns by how much lines move down: by whole rows, where a
 * line was above the first. */
static float fit_rows(lh_page *page)
{
    lh_paper *paper = &page->paper;
    float first = 0, last = 0; /* rows */
    for (size_t i = 0; i < page->count; i++) {
        float row = roundf((page->lines[i].placing.y - lh_paper_row(paper, 0)) / paper->pitch);
        lh_lowerf(&first, row);
        lh_raisef(&last, row);
    }
    paper->height = lh_paper_height(paper, 1 + (int)(last - first));
    return -first * paper->pitch;
}

/* How far lines move down that move by `dy` and are then to lie between the margins with all their
 * ink, from `top` to `bottom` before. A page that is not high enough grows. */
static float keep_in_margins(lh_page *page, float top, float bottom, float dy)
{
    lh_paper *paper = &page->paper;
    const float half = page->pen / 2;
    lh_raisef(&paper->height, paper->top + bottom - top + page->pen + paper->bottom);
    lh_lowerf(&dy, paper->height - paper->bottom - half - bottom);
    lh_raisef(&dy, paper->top + half - top);
    return dy;
}

void lh_page_fit(lh_page *page)
{
    if (!page)
        return;
    lh_box all = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < page->count; i++) {
        if (page->lines[i].ink->count == 0)
            continue;
        lh_box box = line_box(&page->lines[i]);
        lh_lowerf(&all.left, box.left);
        lh_lowerf(&all.top, box.top);
        lh_raisef(&all.right, box.right);
        lh_raisef(&all.bottom, box.bottom);
    }
    if (!(all.left <= all.right))
        all = (lh_box){0};
    lh_paper *paper = &page->paper;
    float dx = paper->left + page->pen / 2 - all.left, dy = paper->top + page->pen / 2 - all.top;
    paper->width = all.right - all.left + page->pen + paper->left + paper->right;
    paper->height = all.bottom - all.top + page->pen + paper->top + paper->bottom;
    if (paper->ruling != LH_PLAIN || paper->whole_rows)
        dy = fit_rows(page);
    if (paper->ruling == LH_PLAIN && paper->whole_rows)
        dy = keep_in_margins(page, all.top, all.bottom, dy);
    for (size_t i = 0; i < page->count; i++) {
        page->lines[i].placing.x += dx;
        page->lines[i].placing.y += dy;
    }
}

/* ---- what it says about itself --------------------------------------------------------------- */

lh_status lh_page_set_pen(lh_page *page, float width, lh_error *error)
{
    LH_NEED(error, page, LH_ERROR_ARGUMENT);
    lh_status status = lh_page_pen_check(width, error);
    if (status == LH_OK)
        page->pen = width;
    return status;
}

lh_status lh_page_set_title(lh_page *page, const char *title, lh_error *error)
{
    LH_NEED(error, page && title, LH_ERROR_ARGUMENT);
    char *copy = copy_text(title);
    if (!copy)
        return lh_fail_memory(error, "the title of a page");
    free(page->title);
    page->title = copy;
    return LH_OK;
}

/* Writes "key: value" with the value's rows indented; returns the bytes it takes. `out` NULL: only
 * counts them. */
static size_t write_note(const note *from, char *out)
{
    size_t size = 0;
    const char *const parts[] = {from->key, ": ", from->value, "\n"};
    for (int p = 0; p < 4; p++)
        for (const char *c = parts[p]; *c; c++) {
            if (out)
                out[size] = *c;
            size++;
            if (p == 2 && *c == '\n') {
                if (out)
                    memcpy(out + size, "  ", 2);
                size += 2;
            }
        }
    return size;
}

static lh_status write_notes(lh_page *page, lh_error *error)
{
    size_t size = 0;
    for (size_t i = 0; i < page->note_count; i++)
        size += write_note(&page->notes[i], NULL);
    char *all = malloc(size + 1);
    if (!all)
        return lh_fail_memory(error, "the notes of a page");
    size = 0;
    for (size_t i = 0; i < page->note_count; i++)
        size += write_note(&page->notes[i], all + size);
    all[size] = '\0';
    free(page->written_notes);
    page->written_notes = all;
    return LH_OK;
}

lh_status lh_page_note(lh_page *page, const char *key, const char *value, lh_error *error)
{
    LH_NEED(error, page && key && value, LH_ERROR_ARGUMENT);
    size_t at = 0;
    while (at < page->note_count && strcmp(page->notes[at].key, key) != 0)
        at++;
    char *copy = copy_text(value);
    if (!copy)
        return lh_fail_memory(error, "a note");
    if (at < page->note_count) {
        free(page->notes[at].value);
        page->notes[at].value = copy;
        return write_notes(page, error);
    }
    note *notes = realloc(page->notes, (page->note_count + 1) * sizeof *notes);
    if (notes)
        page->notes = notes;
    char *name = copy_text(key);
    if (!notes || !name) {
        free(copy);
        free(name);
        return lh_fail_memory(error, "a note");
    }
    page->notes[page->note_count++] = (note){name, copy};
    return write_notes(page, error);
}

/* ---- looking at it --------------------------------------------------------------------------- */

float lh_page_pen(const lh_page *page)
{
    return page ? page->pen : 0;
}

float lh_page_pixels_a_mm(float dpi)
{
    return dpi / 25.4f;
}

float lh_page_pixels(float millimetres, float dpi)
{
    return ceilf(millimetres * lh_page_pixels_a_mm(dpi) - 0.01f);
}

bool lh_pages_are(const lh_page *const *pages, size_t count)
{
    bool all = pages && count > 0;
    for (size_t i = 0; all && i < count; i++)
        all = pages[i] != NULL;
    return all;
}

const lh_paper *lh_page_paper(const lh_page *page)
{
    return page ? &page->paper : NULL;
}

size_t lh_page_count(const lh_page *page)
{
    return page ? page->count : 0;
}

lh_page_line lh_page_get(const lh_page *page, size_t index)
{
    if (!(page && index < page->count))
        return (lh_page_line){0};
    const line *at = &page->lines[index];
    return (lh_page_line){at->ink, at->text, at->placing, at->steps, at->tint};
}

const char *lh_page_title(const lh_page *page)
{
    return page ? page->title : NULL;
}

const char *lh_page_notes(const lh_page *page)
{
    return page ? page->written_notes : NULL;
}
