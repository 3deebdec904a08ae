/* What the page calls: the library as few functions of numbers and strings. A function that can
 * fail returns 0, and web_error says why. Strings are the caller's; what is returned stays until
 * the next call. Arrays are read by the page where they lie, in the order that each comment says.
 * Hands are hands.c's.
 */
#include "web.h"

#include "page/making.h"

#include <emscripten.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void drop_document(web *w)
{
    lh_document_free(w->document);
    w->document = NULL;
}

void web_drop_desk(web *w)
{
    drop_document(w);
    lh_growing_free(w->growing);
    lh_desk_free(w->desk);
    w->growing = NULL;
    w->desk = NULL;
}

EMSCRIPTEN_KEEPALIVE web *web_new(void)
{
    web *w = calloc(1, sizeof *w);
    if (w)
        w->options = lh_document_defaults();
    return w;
}

EMSCRIPTEN_KEEPALIVE const char *web_error(const web *w)
{
    return w->error.message;
}

/* ---- what is fetched --------------------------------------------------------------------------
 */

EMSCRIPTEN_KEEPALIVE int web_take_model(web *w, const char *path)
{
    lh_model *model = lh_model_load(path, &w->error);
    lh_writer *writes = model ? lh_writer_new(model, NULL, &w->error) : NULL;
    lh_writer_free(writes);
    if (!writes) {
        lh_model_free(model);
        return 0;
    }
    web_drop_desk(w);
    lh_model_free(w->model);
    w->model = model;
    return 1;
}

EMSCRIPTEN_KEEPALIVE int web_take_reader(web *w, const char *path)
{
    lh_reader *reader = lh_reader_load(path, &w->error);
    if (!reader)
        return 0;
    web_drop_desk(w);
    lh_reader_free(w->reader);
    w->reader = reader;
    return 1;
}

EMSCRIPTEN_KEEPALIVE int web_take_signs(web *w, const char *path)
{
    lh_signs *signs = lh_signs_new(&w->error);
    if (!signs || lh_signs_read(signs, path, &w->error) != LH_OK) {
        lh_signs_free(signs);
        return 0;
    }
    web_drop_desk(w);
    lh_signs_free(w->signs);
    w->signs = signs;
    return 1;
}

/* The sentence on origin and licence of the weights. */
EMSCRIPTEN_KEEPALIVE const char *web_license(const web *w)
{
    return w->model && w->model->license ? w->model->license : "";
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static void set_options(web *w, double bias, double width, double pitch, bool looking)
{
    w->options.paper.pitch = (float)pitch;
    w->options.width = (float)width;
    w->options.skip_unknown = true;
    w->options.signs = w->signs;
    w->options.find_style = web_find_hand;
    w->options.user = w;
    w->options.hands_folder = "/hands";
    w->options.write.bias = bias;
    w->options.write.threads = 1;
    w->options.write.reader = w->reader;
    w->options.write.keep = looking ? LH_KEEP_OUTPUT | LH_KEEP_WINDOW | LH_KEEP_CELLS : 0;
}

/* Begins a sheet, on which nothing is written yet; the hand is learnt unless it was before. Only if
 * somebody is `looking` is kept what the network did at each point. */
EMSCRIPTEN_KEEPALIVE int web_begin(web *w, const char *hand, double seed, double bias, double width,
                                   double pitch, int looking)
{
    char *chosen = strdup(hand);
    if (!chosen || !w->model) {
        free(chosen);
        lh_fail(&w->error, LH_ERROR_ARGUMENT, "no network is here that could write");
        return 0;
    }
    web_drop_desk(w);
    free(w->chosen);
    w->chosen = chosen;
    w->options.style = chosen;
    w->options.write.seed = (uint64_t)seed;
    set_options(w, bias, width, pitch, looking);
    w->desk = lh_desk_new(w->model, &w->options, &w->error);
    w->growing = w->desk ? lh_growing_new(w->desk, (uint64_t)seed, &w->error) : NULL;
    return w->growing != NULL;
}

/* Gives it the text as it stands; `whole`: so is its last word. */
EMSCRIPTEN_KEEPALIVE int web_give_text(web *w, const char *text, int whole)
{
    return lh_growing_set_text(w->growing, text, whole, &w->error) == LH_OK;
}

EMSCRIPTEN_KEEPALIVE int web_behind(const web *w)
{
    return lh_growing_behind(w->growing);
}

/* Writes some 30 characters. */
EMSCRIPTEN_KEEPALIVE int web_write(web *w)
{
    return lh_growing_write(w->growing, &w->error) == LH_OK;
}

/* ---- how it came about ------------------------------------------------------------------------
 */

EMSCRIPTEN_KEEPALIVE int web_passages(const web *w)
{
    return (int)lh_growing_passages(w->growing);
}

/* Where the characters of a passage stand in the text, and how many there are. */
EMSCRIPTEN_KEEPALIVE const size_t *web_places(const web *w, int passage)
{
    size_t count;
    return lh_growing_places(w->growing, (size_t)passage, &count);
}

EMSCRIPTEN_KEEPALIVE int web_characters(const web *w, int passage)
{
    size_t count;
    lh_growing_places(w->growing, (size_t)passage, &count);
    return (int)count;
}

/* Numbers of what is written of a passage, by place: how many points there are, the first of which
 * steps are kept, M, K, N and H; then addresses of lh_written's trace, output, window, kappa, cell
 * and saturation. */
EMSCRIPTEN_KEEPALIVE uintptr_t web_written(const web *w, int passage, int number)
{
    const lh_written *seen = lh_growing_written(w->growing, (size_t)passage);
    const uintptr_t numbers[] = {
        seen->ink->count,         seen->kept_from,         (uintptr_t)seen->mixtures,
        (uintptr_t)seen->windows, (uintptr_t)seen->layers, (uintptr_t)seen->cells,
        (uintptr_t)seen->trace,   (uintptr_t)seen->output, (uintptr_t)seen->window,
        (uintptr_t)seen->kappa,   (uintptr_t)seen->cell,   (uintptr_t)seen->saturation};
    return numbers[number];
}

/* The text that is written of a passage. */
EMSCRIPTEN_KEEPALIVE const char *web_written_text(const web *w, int passage)
{
    return lh_growing_written(w->growing, (size_t)passage)->text;
}

EMSCRIPTEN_KEEPALIVE int web_word_count(const web *w, int passage)
{
    return (int)lh_growing_written(w->growing, (size_t)passage)->words;
}

/* Words of a passage [words][7]: first character and how many, first point and how many, flawed,
 * doubtful, the reader's ln p times -1,000. NULL: no memory. */
EMSCRIPTEN_KEEPALIVE const int32_t *web_words(web *w, int passage)
{
    const lh_written *seen = lh_growing_written(w->growing, (size_t)passage);
    int32_t *words = realloc(w->words, (seen->words + 1) * WEB_WORD_NUMBERS * sizeof *words);
    if (!words)
        return NULL;
    w->words = words;
    for (size_t i = 0; i < seen->words; i++) {
        const lh_word *from = &seen->word[i];
        const double log_p = fmin(1e6, -1000 * from->log_reading);
        const int32_t numbers[WEB_WORD_NUMBERS] = {
            from->character, from->count,    (int32_t)from->point, (int32_t)from->points,
            from->flawed,    from->doubtful, (int32_t)log_p};
        memcpy(words + WEB_WORD_NUMBERS * i, numbers, sizeof numbers);
    }
    return words;
}

/* Drops the steps of all points so far. */
EMSCRIPTEN_KEEPALIVE void web_forget(web *w)
{
    lh_growing_forget(w->growing);
}

/* ---- rows on the sheet ------------------------------------------------------------------------
 */

/* Lays out what is written; returns how many rows there are, or -1. */
EMSCRIPTEN_KEEPALIVE int web_lay_out(web *w)
{
    drop_document(w);
    w->document = lh_growing_lay_out(w->growing, &w->error);
    return w->document ? (int)lh_page_count(w->document->page[0]) : -1;
}

/* A row [9]: x and y in mm of the ink's origin, mm a unit, the address of its points (lh_point) and
 * their number, the passage, its first word and how many, its colour. */
EMSCRIPTEN_KEEPALIVE const double *web_line(web *w, int index)
{
    const lh_page_line line = lh_page_get(w->document->page[0], (size_t)index);
    const lh_growing_line from = lh_growing_line_of(w->growing, (size_t)index);
    const double numbers[WEB_LINE_NUMBERS] = {
        line.placing.x,          line.placing.y,
        line.placing.scale,      (double)(uintptr_t)line.ink->points,
        (double)line.ink->count, (double)from.passage,
        (double)from.first,      (double)from.words,
        line.placing.colour};
    memcpy(w->line, numbers, sizeof numbers);
    return w->line;
}

EMSCRIPTEN_KEEPALIVE const char *web_line_text(const web *w, int index)
{
    return lh_page_get(w->document->page[0], (size_t)index).text;
}

/* Signs that nobody could write, of the text last laid out. */
EMSCRIPTEN_KEEPALIVE const char *web_skipped(const web *w)
{
    return w->document ? w->document->skipped_signs : "";
}

/* ---- saving -----------------------------------------------------------------------------------
 */

static lh_status note(const web *w, lh_page *page, lh_error *error)
{
    lh_status status = lh_page_note(page, "style", w->chosen, error);
    if (status == LH_OK)
        status = lh_page_note_making(page, "longhand.safetensors",
                                     lh_network_fingerprint(w->model->network), &w->options.write,
                                     error);
    return status;
}

/* How a page looks that is saved. */
typedef struct look {
    float pen;
    uint32_t ink, paper;
    int ruling;  /* lh_ruling */
    float speed; /* lh_svg_options.speed */
} look;

/* The page of `from`, which has a look of its own: inks that its text asks for stay. */
static lh_page *dress(const web *w, const lh_page *from, const look *look, lh_error *error)
{
    lh_paper paper = *lh_page_paper(from);
    paper.colour = look->paper;
    paper.ruling = (lh_ruling)look->ruling;
    lh_page *page = lh_page_new(&paper, error);
    lh_status status = page ? lh_page_set_pen(page, look->pen, error) : error->status;
    for (size_t i = 0; i < lh_page_count(from) && status == LH_OK; i++) {
        lh_page_line line = lh_page_get(from, i);
        if (line.placing.colour == w->options.ink)
            line.placing.colour = look->ink;
        status = lh_page_add_line(page, line.ink, line.text, line.placing, error);
    }
    if (status == LH_OK)
        status = note(w, page, error);
    if (status == LH_OK)
        lh_page_fit(page);
    if (status == LH_OK)
        return page;
    lh_page_free(page);
    return NULL;
}

/* Puts the page as a file into w->saved. */
static lh_status render(web *w, const lh_page *page, const lh_format *format, float speed,
                        lh_error *error)
{
    lh_render_options options = lh_render_defaults();
    options.svg.speed = speed;
    free(w->saved);
    w->saved = NULL;
    FILE *stream = open_memstream(&w->saved, &w->saved_size);
    if (!stream)
        return lh_fail_memory(error, "a file");
    lh_status status = format->write(&page, 1, &options, stream, error);
    if (fclose(stream) != 0 && status == LH_OK)
        status = lh_fail_memory(error, "a file");
    return status;
}

/* Makes a file of all that is written, in a format (lh_format.name); the pen in mm, colours as
 * 0xRRGGBB, a ruling and a speed as in page.h. web_saved is where its bytes are. */
EMSCRIPTEN_KEEPALIVE int web_save(web *w, const char *name, double speed, double pen, int ink,
                                  int paper, int ruling)
{
    const look wanted = {(float)pen, (uint32_t)ink, (uint32_t)paper, ruling, (float)speed};
    const lh_format *format = lh_format_find(name, false);
    if (!format || !format->write) {
        lh_fail(&w->error, LH_ERROR_ARGUMENT, "no format '%.40s'", name);
        return 0;
    }
    drop_document(w); /* rows are those of the last layout */
    lh_document *document = lh_growing_lay_out(w->growing, &w->error);
    lh_page *page = document ? dress(w, document->page[0], &wanted, &w->error) : NULL;
    const lh_status status =
        page ? render(w, page, format, wanted.speed, &w->error) : w->error.status;
    lh_page_free(page);
    lh_document_free(document);
    return page && status == LH_OK;
}

EMSCRIPTEN_KEEPALIVE const char *web_saved(const web *w)
{
    return w->saved;
}

EMSCRIPTEN_KEEPALIVE int web_saved_size(const web *w)
{
    return (int)w->saved_size;
}

/* ---- how fast it is ---------------------------------------------------------------------------
 */

/* Steps of one line, for whoever takes the time. */
EMSCRIPTEN_KEEPALIVE int web_step(web *w, int steps)
{
    static const int32_t text[] = {1, 2, 3, 4, 5, 6, 7, 8};
    lh_state *state = lh_state_new(w->model->network, 1, &w->error);
    const lh_real x[LH_INPUTS] = {0};
    lh_status status = state ? lh_state_set_text(state, 0, text, 8, &w->error) : w->error.status;
    for (int i = 0; i < steps && status == LH_OK; i++)
        lh_network_step(w->model->network, state, x, 1);
    lh_state_free(state);
    return status == LH_OK;
}
