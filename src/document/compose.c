/* Ink of a laid out document to pages: see compose.h. */
#include "document/compose.h"

#include "document/drift.h"
#include "document/edge.h"
#include "document/underline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Shares of the pitch: how far rows may begin from their left edge, and how far they may be nudged
 * up or down to stay clear of the row above. */
static const float ragged = 0.12f, nudge_y = 0.05f;
/* mm: nudges to the side, at most so many either way; room that ink should keep, over the pen. */
static const float nudge_x = 0.5f, clear_room = 0.1f;
enum { NUDGES = 4 };
/* mm beyond the margins that ink may reach and is still looked at. */
static const float beyond = 40;
/* Streams of a document's seed: rows have their number. */
static const uint64_t row_streams = (uint64_t)1 << 63, line_streams = (uint64_t)3 << 62;
/* Share of the pitch: the height of small letters. */
static const float letter_share = 0.3f;

typedef struct composer {
    const lh_composition *from;
    const lh_layout *layout;
    lh_document *to;
    lh_edge above, current;  /* the row above and the row in the making */
    const lh_row_part *last; /* the part before */
} composer;

/* ---- pages ------------------------------------------------------------------------------------
 */

static lh_status make_pages(composer *c, lh_error *error)
{
    const lh_document_options *options = c->from->options;
    c->to->page = calloc(c->layout->pages, sizeof *c->to->page);
    if (!c->to->page)
        return lh_fail_memory(error, "a document");
    lh_status status = LH_OK;
    for (size_t i = 0; i < c->layout->pages && status == LH_OK; i++) {
        c->to->page[i] = lh_page_new(&options->paper, error);
        if (!c->to->page[i])
            return error->status;
        c->to->pages++;
        status = lh_page_set_pen(c->to->page[i], options->pen, error);
    }
    return status;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

/* Keeps `above` the row above the part's. */
static void follow_rows(composer *c, const lh_row_part *part)
{
    const lh_row_part *last = c->last;
    bool column = last && last->page == part->page && last->column == part->column;
    c->last = part;
    if (column && last->row == part->row)
        return;
    lh_edge swap = c->above;
    c->above = c->current;
    c->current = swap;
    lh_edge_reset(&c->current);
    if (!column || last->row + 1 != part->row)
        lh_edge_reset(&c->above);
}

/* The place nearest to `placing` that is clear of the row above, or else the clearest. */
static lh_placing nudge(const composer *c, const lh_ink *ink, lh_placing placing)
{
    float wanted = c->from->options->pen + clear_room;
    float up = nudge_y * c->from->options->paper.pitch;
    lh_placing best = placing;
    float most = lh_edge_clearance(&c->above, ink, placing);
    for (int k = 1; k < 3 * (2 * NUDGES + 1) && most < wanted; k++) {
        int side = k / 3, down = k % 3;
        lh_placing next = placing;
        next.x += nudge_x * (float)((side + 1) / 2) * (side % 2 ? 1 : -1);
        next.y += up * (float)(down == 2 ? -1 : down);
        float room = lh_edge_clearance(&c->above, ink, next);
        if (room > most) {
            most = room;
            best = next;
        }
    }
    return best;
}

static char *part_text(const lh_written *written, const lh_row_part *part)
{
    const lh_word *first = &written->word[part->first], *last = first + part->count - 1;
    return strndup(written->text + first->byte, last->byte + last->bytes - first->byte);
}

/* The word that each point of a part is of, by its first character. The caller frees; NULL: no
 * memory. */
static int32_t *words_of_points(const lh_written *written, const lh_row_part *part, size_t count)
{
    const lh_word *first = &written->word[part->first];
    int32_t *word = malloc((count + 1) * sizeof *word);
    for (size_t k = 0; word && k < part->count; k++)
        for (size_t i = 0; i < first[k].points; i++) {
            const size_t at = first[k].point - first->point + i;
            if (at < count)
                word[at] = first[k].character;
        }
    return word;
}

static size_t part_points(const lh_written *written, const lh_row_part *part)
{
    const lh_word *first = &written->word[part->first], *last = first + part->count - 1;
    return last->point + last->points - first->point;
}

/* `bytes` of each of `count` rows at `from`, and the last of them `more` times; NULL for NULL and
 * without memory. */
static void *longer(const void *from, size_t count, size_t more, size_t bytes)
{
    char *to = from ? malloc((count + more) * bytes) : NULL;
    if (!to)
        return NULL;
    memcpy(to, from, count * bytes);
    for (size_t i = count; i < count + more; i++)
        memcpy(to + i * bytes, to + (count - 1) * bytes, bytes);
    return to;
}

/* Steps of a line with `more` points behind those of its words, which are of no character. */
static lh_status set_longer_steps(lh_page *page, size_t line, lh_steps *steps, size_t more,
                                  lh_error *error)
{
    const size_t count = steps->count, outputs = 1 + 6 * (size_t)steps->mixtures;
    lh_trace *trace = longer(steps->trace, count, more, sizeof *trace);
    float *output = longer(steps->output, count, more, outputs * sizeof *output);
    lh_window_view *window = longer(steps->window, count, more, sizeof *window);
    for (size_t i = count; trace && i < count + more; i++) {
        trace[i].component = -1;
        trace[i].character = steps->character - 1;
        trace[i].dx = trace[i].dy = trace[i].end = 0;
    }
    int32_t *word = longer(steps->word, count, more, sizeof *word);
    const bool good =
        trace && !output == !steps->output && !window == !steps->window && !word == !steps->word;
    steps->count += more;
    steps->trace = trace;
    steps->output = output;
    steps->window = window;
    steps->word = word;
    const lh_status status = good ? lh_page_set_steps(page, line, steps, error)
                                  : lh_fail_memory(error, "a row of writing");
    free(trace);
    free(output);
    free(window);
    free(word);
    return status;
}

static lh_status keep_steps(const composer *c, lh_page *page, const lh_row_part *part,
                            lh_error *error)
{
    const lh_composition *from = c->from;
    const lh_written *written = from->written[part->passage];
    const lh_word *first = &written->word[part->first];
    size_t line = lh_page_count(page) - 1;
    size_t outputs = 1 + 6 * (size_t)written->mixtures;
    lh_steps steps = lh_steps_of(written);
    steps.count = part_points(written, part);
    if (steps.trace) /* none of ink without points */
        steps.trace += first->point;
    if (steps.output)
        steps.output += first->point * outputs;
    if (steps.window)
        steps.window += first->point;
    steps.character = first->character;
    steps.bias = from->bias[from->text->passage[part->passage].manner];
    const size_t more = lh_page_get(page, line).ink->count - steps.count;
    int32_t *word = words_of_points(written, part, steps.count);
    steps.word = word;
    lh_status status = !word      ? lh_fail_memory(error, "the words of a row")
                       : more > 0 ? set_longer_steps(page, line, &steps, more, error)
                                  : lh_page_set_steps(page, line, &steps, error);
    free(word);
    return status;
}

/* Widens the gaps between the words of a part, and that behind a list's mark. */
static void stretch(lh_ink *ink, const lh_written *written, const lh_row_part *part, float scale)
{
    const lh_word *word = &written->word[part->first];
    float by = 0;
    for (size_t i = 1; i < part->count; i++) {
        by += i > part->tight ? part->stretch / scale : 0;
        by += i == part->mark ? part->behind / scale : 0;
        for (size_t k = 0; k < word[i].points; k++)
            ink->points[word[i].point - word->point + k].x += by;
    }
}

/* Below words that are underlined. */
static lh_status underline(const composer *c, lh_ink *ink, size_t index, float scale,
                           lh_error *error)
{
    const lh_row_part *part = &c->layout->part[index];
    const lh_passage *passage = &c->from->text->passage[part->passage];
    if (!passage->underlined)
        return LH_OK;
    lh_rng rng;
    lh_rng_seed(&rng, c->from->seed, line_streams + index);
    const float size = c->from->text->manner[passage->manner].size;
    const float height = letter_share * size * c->from->options->paper.pitch / scale;
    return lh_underline_draw(ink, c->from->written[part->passage], part->first, part->count,
                             passage->underlined, height, &rng, error);
}

static lh_placing place_part(const composer *c, const lh_row_part *part, lh_rng *rng)
{
    const lh_document_options *options = c->from->options;
    const lh_paper *paper = &options->paper;
    const lh_manner *manner = &c->from->text->manner[c->from->text->passage[part->passage].manner];
    const float stray = options->drift * ragged * paper->pitch * (float)lh_rng_uniform(rng);
    return (lh_placing){
        .x = lh_column_left(options, part->column) + part->x + (part->flush ? -stray : stray),
        .y = lh_paper_row(paper, part->row),
        .scale = c->from->scale[part->passage],
        .colour = manner->inked ? manner->ink : options->ink,
    };
}

static lh_status add_part(composer *c, size_t index, lh_error *error)
{
    const lh_row_part *part = &c->layout->part[index];
    const lh_document_options *options = c->from->options;
    const lh_written *written = c->from->written[part->passage];
    lh_page *page = c->to->page[part->page];
    lh_rng rng;
    lh_rng_seed(&rng, c->from->seed, row_streams + index);
    lh_placing placing = place_part(c, part, &rng);
    lh_ink *ink = lh_written_words(written, part->first, part->count, error);
    char *text = part_text(written, part);
    lh_status status = ink && text ? LH_OK : lh_fail_memory(error, "a row of writing");
    if (status == LH_OK) {
        stretch(ink, written, part, placing.scale);
        status = underline(c, ink, index, placing.scale, error);
    }
    if (status == LH_OK) {
        follow_rows(c, part);
        lh_drift(ink, options->paper.pitch / placing.scale, options->drift, &rng);
        placing = nudge(c, ink, placing);
        lh_edge_add(&c->current, ink, placing);
        status = lh_page_add_line(page, ink, text, placing, error);
    }
    if (status == LH_OK && options->steps)
        status = keep_steps(c, page, part, error);
    free(text);
    lh_ink_free(ink);
    return status;
}

static lh_status start(composer *c, lh_error *error)
{
    const lh_document_options *options = c->from->options;
    float right = lh_column_left(options, options->columns - 1) + lh_column_width(options);
    lh_status status = lh_edge_init(&c->above, -beyond, right + beyond, error);
    if (status == LH_OK)
        status = lh_edge_init(&c->current, -beyond, right + beyond, error);
    return status == LH_OK ? make_pages(c, error) : status;
}

lh_document *lh_compose(const lh_composition *composition, const lh_layout *layout, lh_error *error)
{
    composer c = {.from = composition, .layout = layout};
    c.to = calloc(1, sizeof *c.to);
    lh_status status = c.to ? start(&c, error) : lh_fail_memory(error, "a document");
    for (size_t i = 0; i < layout->parts && status == LH_OK; i++)
        status = add_part(&c, i, error);
    lh_edge_clear(&c.above);
    lh_edge_clear(&c.current);
    if (status == LH_OK)
        return c.to;
    lh_document_free(c.to);
    return NULL;
}

/* ---- page numbers -----------------------------------------------------------------------------
 */

lh_status lh_compose_number(lh_document *document, const lh_document_options *options, size_t page,
                            const lh_written *number, float scale, lh_error *error)
{
    const lh_paper *paper = &options->paper;
    lh_box box = lh_ink_bounds(number->ink);
    float middle = paper->left + lh_paper_room(paper) / 2;
    lh_placing placing = {
        .x = middle - scale * (box.left + box.right) / 2,
        .y = paper->height - paper->bottom / 2,
        .scale = scale,
        .colour = options->ink,
    };
    lh_page *to = document->page[page];
    lh_status status = lh_page_add_line(to, number->ink, number->text, placing, error);
    if (status != LH_OK || !options->steps)
        return status;
    const lh_steps steps = lh_steps_of(number);
    return lh_page_set_steps(to, lh_page_count(to) - 1, &steps, error);
}
