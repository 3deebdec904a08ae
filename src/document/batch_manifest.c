/* The manifest of pictures: see batch_manifest.h. */
#include "document/batch_manifest.h"
#include "base/extremes.h"
#include "document/batch_names.h"
#include "document/line_boxes.h"

#include "page/pages.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A picture: a page, or one of those in a file. */
typedef struct picture {
    const lh_page *page;
    double scale;         /* of the file's units a millimetre: pixels, or 1 */
    double width, height; /* of the file */
    double top;           /* where the page begins in it */
    double reach;         /* mm from the pen's way to the edge of its line */
    bool pixels;
} picture;

/* ---- JSON -------------------------------------------------------------------------------------
 */

/* Whole pixels that the pen may have touched, or units of the file to two decimals. */
static double rounded(const picture *p, double value, bool up, double most)
{
    const double place = p->pixels ? (up ? ceil(value) : floor(value)) : round(100 * value) / 100;
    return place < 0 ? 0 : place > most ? most : place;
}

static cJSON *box_of(const picture *p, const lh_box *box)
{
    if (!(box->left <= box->right))
        return cJSON_CreateNull();
    const double side[4] = {
        rounded(p, p->scale * ((double)box->left - p->reach), false, p->width),
        rounded(p, p->scale * ((double)box->top - p->reach) + p->top, false, p->height),
        rounded(p, p->scale * ((double)box->right + p->reach), true, p->width),
        rounded(p, p->scale * ((double)box->bottom + p->reach) + p->top, true, p->height)};
    return cJSON_CreateDoubleArray(side, 4);
}

/* Characters first..past-1 of a line, with the box around them and `box`. */
static cJSON *piece_of(const picture *p, const lh_line_boxes *l, int first, int past, lh_box box)
{
    for (int i = first; i < past; i++)
        lh_box_widen(&box, &l->box[i]);
    cJSON *object = cJSON_CreateObject();
    char *text = strndup(l->at[first], (size_t)(l->at[past] - l->at[first]));
    cJSON_AddStringToObject(object, "text", text ? text : "");
    cJSON_AddItemToObject(object, "box", box_of(p, &box));
    free(text);
    return object;
}

static cJSON *word_of(const picture *p, const lh_line_boxes *l, int first, int past)
{
    cJSON *word = piece_of(p, l, first, past, lh_box_nothing);
    cJSON *characters = cJSON_AddArrayToObject(word, "characters");
    for (int i = first; i < past; i++)
        cJSON_AddItemToArray(characters, piece_of(p, l, i, i + 1, lh_box_nothing));
    return word;
}

/* NULL: no memory. */
static cJSON *line_of(const picture *p, const lh_page_line *from)
{
    lh_line_boxes l;
    cJSON *line = NULL;
    if (lh_line_boxes_find(&l, from, NULL) == LH_OK) {
        line = piece_of(p, &l, 0, l.count, l.others);
        cJSON *words = cJSON_AddArrayToObject(line, "words");
        for (int first = 0, past; first < l.count; first = past + 1) {
            for (past = first; past < l.count && !lh_line_boxes_blank(&l, past);)
                past++;
            if (past > first)
                cJSON_AddItemToArray(words, word_of(p, &l, first, past));
        }
    }
    lh_line_boxes_free(&l);
    return line;
}

/* ---- pictures ---------------------------------------------------------------------------------
 */

/* The size of the file that page `index` is in, and where it lies in that. */
static picture picture_of(const lh_batch_plan *plan, const lh_document *document, size_t index)
{
    const lh_batch_options *o = &plan->options;
    const lh_paper *paper = lh_page_paper(document->page[index]);
    picture p = {.page = document->page[index], .scale = 1};
    p.pixels = o->format->traits & LH_FORMAT_PIXELS;
    p.reach = (double)lh_page_pen(p.page) / 2;
    if (o->render.paint.by_speed && (o->format->traits & LH_FORMAT_SPEED))
        p.reach *= (double)LH_WIDEST_BY_SPEED;
    if (p.pixels) {
        p.scale = (double)lh_page_pixels_a_mm(o->render.dpi);
        p.width = (double)lh_page_pixels(paper->width, o->render.dpi);
        p.height = (double)lh_page_pixels(paper->height, o->render.dpi);
        return p;
    }
    const bool apart = lh_names_page_apart(o, plan->pattern);
    for (size_t i = apart ? index : 0; i < (apart ? index + 1 : document->pages); i++) {
        const lh_paper *other = lh_page_paper(document->page[i]);
        p.top = i == index ? p.height : p.top;
        p.height += (double)other->height + (i + 1 < document->pages && !apart ? LH_PAGE_GAP : 0);
        lh_raise(&p.width, (double)other->width);
    }
    return p;
}

/* The `index`-th of the rows of `files`, or the last. The caller frees; NULL: no memory. */
static char *file_of(const char *files, size_t index)
{
    for (const char *next; index > 0 && (next = strchr(files, '\n')) && next[1]; index--)
        files = next + 1;
    return strndup(files, strcspn(files, "\n"));
}

/* NULL: no memory. */
static cJSON *page_of(const picture *p, const char *file)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "file", file);
    cJSON_AddNumberToObject(object, "width", round(100 * p->width) / 100);
    cJSON_AddNumberToObject(object, "height", round(100 * p->height) / 100);
    cJSON *lines = cJSON_AddArrayToObject(object, "lines");
    for (size_t i = 0; i < lh_page_count(p->page); i++) {
        const lh_page_line from = lh_page_get(p->page, i);
        if (!cJSON_AddItemToArray(lines, line_of(p, &from))) {
            cJSON_Delete(object);
            return NULL;
        }
    }
    return object;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

/* What all lines say, a newline behind each but the last. The caller frees; NULL: no memory. */
static char *text_of(const lh_document *document)
{
    char *text = NULL;
    size_t size, lines = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return NULL;
    for (size_t i = 0; i < document->pages; i++)
        for (size_t k = 0; k < lh_page_count(document->page[i]); k++)
            fprintf(stream, "%s%s", lines++ > 0 ? "\n" : "",
                    lh_page_get(document->page[i], k).text);
    return fclose(stream) == 0 ? text : NULL;
}

static void add_files(cJSON *row, const lh_document *document, const char *files)
{
    cJSON *list = cJSON_AddArrayToObject(row, "files");
    size_t count = 0;
    for (const char *c = files; *c; c++)
        count += *c == '\n';
    for (size_t i = 0; i < count && i < document->pages; i++) {
        char *file = file_of(files, i);
        cJSON_AddItemToArray(list, cJSON_CreateString(file ? file : ""));
        free(file);
    }
}

char *lh_manifest_row(const lh_batch_plan *plan, const char *name, uint64_t key,
                      const lh_document *document, const char *files, lh_error *error)
{
    char hex[24], *text = text_of(document);
    cJSON *row = cJSON_CreateObject();
    if (name)
        cJSON_AddStringToObject(row, "name", name);
    cJSON_AddStringToObject(row, "text", text ? text : "");
    add_files(row, document, files);
    cJSON *pages = cJSON_AddArrayToObject(row, "pages");
    bool whole = row && text && pages;
    for (size_t i = 0; i < document->pages && whole; i++) {
        const picture p = picture_of(plan, document, i);
        char *file = file_of(files, i);
        whole = file && cJSON_AddItemToArray(pages, page_of(&p, file));
        free(file);
    }
    snprintf(hex, sizeof hex, "%016llx", (unsigned long long)key);
    if (key)
        cJSON_AddStringToObject(row, "key", hex);
    char *printed = whole ? cJSON_PrintUnformatted(row) : NULL;
    cJSON_Delete(row);
    free(text);
    if (!printed)
        lh_fail_memory(error, "the manifest");
    return printed;
}
