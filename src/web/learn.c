/* What the page calls to learn a hand: a module of its own, which is fetched when somebody draws
 * one. A function that can fail returns 0, and learn_error says why; strings as in bindings.c. */
#include <longhand/hand.h>

#include "window/guide.h"

#include <emscripten.h>
#include <stdlib.h>
#include <string.h>

/* One of each, made by learn_new. */
typedef struct lesson {
    lh_error error;
    lh_model *model;
    lh_reader *reader;
    lh_hand_line line[LH_HAND_LINES_MAX];
    size_t count;
    char *read; /* what learn_read read */
} lesson;

EMSCRIPTEN_KEEPALIVE lesson *learn_new(void)
{
    return calloc(1, sizeof(lesson));
}

EMSCRIPTEN_KEEPALIVE const char *learn_error(const lesson *l)
{
    return l->error.message;
}

EMSCRIPTEN_KEEPALIVE int learn_take_model(lesson *l, const char *path)
{
    lh_model_free(l->model);
    l->model = lh_model_load(path, &l->error);
    return l->model != NULL;
}

EMSCRIPTEN_KEEPALIVE int learn_take_reader(lesson *l, const char *path)
{
    lh_reader_free(l->reader);
    l->reader = lh_reader_load(path, &l->error);
    return l->reader != NULL;
}

/* A sentence that is offered to be written; "" behind the last. */
EMSCRIPTEN_KEEPALIVE const char *learn_sentence(const lesson *l, int i)
{
    (void)l; /* as all functions have it */
    return i < WIN_GUIDED ? win_guide_sentences[i] : "";
}

/* ---- rows -------------------------------------------------------------------------------------
 */

EMSCRIPTEN_KEEPALIVE void learn_clear(lesson *l)
{
    for (size_t i = 0; i < l->count; i++) {
        lh_ink_free(l->line[i].ink);
        free(l->line[i].text);
    }
    l->count = 0;
}

/* A row of ink that says `text`, as `points` [count][4] of x, y, seconds, and 1 where a stroke
 * ends.
 */
EMSCRIPTEN_KEEPALIVE int learn_add_row(lesson *l, const char *text, const float *points, int count)
{
    lh_hand_line *line = &l->line[l->count];
    if (l->count == LH_HAND_LINES_MAX) {
        lh_fail(&l->error, LH_ERROR_ARGUMENT, "a hand is learnt from %d rows at most",
                LH_HAND_LINES_MAX);
        return 0;
    }
    *line = (lh_hand_line){.ink = lh_ink_new(&l->error), .text = strdup(text)};
    l->count++;
    lh_status status = !line->ink    ? l->error.status
                       : !line->text ? lh_fail_memory(&l->error, "a text")
                                     : LH_OK;
    for (int i = 0; i < count && status == LH_OK; i++) {
        const float *p = points + 4 * i;
        status = lh_ink_add(line->ink, (lh_point){p[0], p[1], p[2], p[3] > 0.5f}, &l->error);
    }
    return status == LH_OK;
}

/* What is read in a row; NULL on failure. */
EMSCRIPTEN_KEEPALIVE const char *learn_read(lesson *l, int row)
{
    lh_reading *reading = lh_read(l->reader, l->line[row].ink, &lh_read_defaults, &l->error);
    free(l->read);
    l->read = reading ? strdup(reading->text) : NULL;
    if (reading && !l->read)
        lh_fail_memory(&l->error, "a text");
    lh_reading_free(reading);
    return l->read;
}

/* Do all rows say their texts? */
EMSCRIPTEN_KEEPALIVE int learn_check(lesson *l)
{
    if (l->count == 0)
        lh_fail(&l->error, LH_ERROR_ARGUMENT, "a hand needs a row at least to be learnt from");
    return l->count > 0 && lh_hand_lines_check(l->reader, l->line, l->count, &l->error) == LH_OK;
}

/* ---- learning ---------------------------------------------------------------------------------
 */

EM_JS(void, tell_step, (int step, int steps), { Module['onStep'](step, steps); })

static void on_step(void *user, int step, int steps, double nats)
{
    (void)user;
    (void)nats;
    tell_step(step, steps);
}

/* A step takes some seconds in a browser. */
enum { PAGE_STEPS = 12 };

/* Learns from the rows, and writes a .hand file. */
EMSCRIPTEN_KEEPALIVE int learn_hand(lesson *l, const char *path)
{
    lh_hand_options options = lh_hand_defaults;
    options.steps = PAGE_STEPS;
    options.threads = 1;
    options.progress = on_step;
    if (!l->model) {
        lh_fail(&l->error, LH_ERROR_ARGUMENT, "no network is here that could learn");
        return 0;
    }
    if (lh_hand_lines_fit(l->line, l->count, &l->error) != LH_OK)
        return 0;
    lh_style *style = lh_hand_learn("own", l->model, l->line, l->count, &options, NULL, &l->error);
    const lh_status status = style ? lh_style_save(style, path, &l->error) : l->error.status;
    lh_style_free(style);
    return status == LH_OK;
}
