/* From rows that were drawn to a hand: see lesson.h. */
#include "lesson.h"

#include "guide.h"
#include "style_list.h"

#include "corpus/recording.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void win_lesson_clear(win_lesson *l)
{
    for (size_t i = 0; i < l->count; i++) {
        lh_ink_free(l->line[i].ink);
        free(l->line[i].text);
    }
    free(l->model);
    free(l->reader);
    free(l->folder);
    free(l->path);
    *l = (win_lesson){0};
}

/* ---- rows ------------------------------------------------------------------------------------ */

lh_status win_lesson_cut(win_lesson *l, const lh_ink *drawn, lh_error *error)
{
    lh_recording *rows = recording_new(error);
    lh_status status =
        rows ? recording_add_rows(rows, drawn, true, "what was drawn", error) : error->status;
    if (status == LH_OK && rows->count > LH_HAND_LINES_MAX)
        status =
            lh_fail(error, LH_ERROR_ARGUMENT, "A hand is learnt from %d rows at most, not %zu.",
                    LH_HAND_LINES_MAX, rows->count);
    for (size_t i = 0; status == LH_OK && i < rows->count; i++) {
        l->line[l->count++].ink = rows->line[i].ink;
        rows->line[i].ink = NULL;
    }
    lh_recording_free(rows);
    return status;
}

/* Reading and learning take seconds: is somebody to wait for them no longer? */
static lh_status check_stop(const win_lesson *l, lh_error *error)
{
    if (l->options.stop && l->options.stop(l->options.user))
        return lh_fail(error, LH_ERROR_INTERRUPTED, "learning was stopped");
    return LH_OK;
}

/* ---- what they say --------------------------------------------------------------------------- */

/* Passes on what went wrong, as a sentence that says what to do. */
static lh_status refuse(const lh_error *why, const char *advice, lh_error *error)
{
    char first = (char)toupper((unsigned char)*why->message);
    return lh_fail(error, why->status, "%c%.400s. %s", first, why->message + (first != '\0'),
                   advice);
}

/* Nats a character by which what is read is likelier than another text that the ink may say still.
 * Of people's lines and what they say, two in a hundred are further apart. */
static const double apart_most = 1.5;

static bool may_say(const lh_reader *reader, const lh_ink *ink, const lh_reading *read,
                    const char *text)
{
    double log_probability;
    lh_error ignored; /* it has characters that the reader does not know */
    return lh_read_score(reader, ink, text, &lh_read_defaults, &log_probability, &ignored) ==
               LH_OK &&
           read->log_probability - log_probability < apart_most * (double)strlen(text);
}

/* Gives a row the sentence offered that its ink can be, if it can be one. */
static lh_status try_sentences(const lh_reader *reader, lh_hand_line *line, lh_error *error)
{
    lh_reading *read = lh_read(reader, line->ink, &lh_read_defaults, error);
    if (!read)
        return error->status;
    lh_status status = LH_OK;
    for (size_t i = 0; i < WIN_GUIDED && !line->text && status == LH_OK; i++)
        if (may_say(reader, line->ink, read, win_guide_sentences[i]) &&
            !(line->text = strdup(win_guide_sentences[i])))
            status = lh_fail_memory(error, "a text");
    lh_reading_free(read);
    return status;
}

/* What row `i` says, 0, 1, ..., unless somebody has said so. */
static lh_status find_text(win_lesson *l, size_t i, const lh_reader *reader, lh_error *error)
{
    lh_status status = check_stop(l, error);
    if (status != LH_OK || l->line[i].text)
        return status;
    if (reader)
        return try_sentences(reader, &l->line[i], error);
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "Type what you wrote in row %zu, so that the network can learn from it: nothing "
                   "is here to read it.",
                   i + 1);
}

/* Messages count rows from 1 over all, so all are checked together. */
static lh_status find_texts(win_lesson *l, lh_error *error)
{
    lh_error why = {0};
    bool readable = l->reader && access(l->reader, R_OK) == 0;
    lh_reader *reader = readable ? lh_reader_load(l->reader, error) : NULL;
    lh_status status = readable && !reader ? error->status : LH_OK;
    for (size_t i = 0; i < l->count && status == LH_OK; i++)
        status = find_text(l, i, reader, error);
    if (status == LH_OK)
        status = check_stop(l, error);
    if (status == LH_OK && reader &&
        (status = lh_hand_lines_check(reader, l->line, l->count, &why)) != LH_OK)
        refuse(&why, "Type below what it says, or write that row again.", error);
    lh_reader_free(reader);
    return status;
}

/* ---- learning -------------------------------------------------------------------------------- */

/* Bytes of a hand's file that its numbers leave to a line and its text. */
enum { ROOM_FOR_A_LINE = 16000 };

/* Hands of very large networks have no room in a file. */
static bool can_learn(const lh_model *model, const lh_hand_options *options)
{
    lh_error ignored;
    lh_adaptation *adaptation = lh_adaptation_new(model->network, options->rank, &ignored);
    bool can = adaptation && lh_adaptation_count(adaptation) * sizeof(uint16_t) + ROOM_FOR_A_LINE <=
                                 LH_HAND_FILE_MAX;
    lh_adaptation_free(adaptation);
    return can;
}

static lh_status keep(win_lesson *l, const lh_style *style, lh_error *error)
{
    lh_status status = check_stop(l, error);
    if (status != LH_OK)
        return status;
    l->path = style ? win_styles_keep_hand(l->folder, style, error)
                    : win_styles_keep(l->folder, l->line[0].ink, l->line[0].text, error);
    return l->path ? LH_OK : error->status;
}

static lh_status learn_beside(win_lesson *l, const lh_model *model, lh_error *error)
{
    lh_error why = {0};
    l->primed = !can_learn(model, &l->options);
    if (l->primed)
        return keep(l, NULL, error);
    if (lh_hand_lines_fit(l->line, l->count, &why) != LH_OK)
        return refuse(&why, "Write that row again, or take it away with Ctrl Z.", error);
    lh_style *style = lh_hand_learn("own", model, l->line, l->count, &l->options, NULL, &why);
    if (!style && why.status == LH_ERROR_INTERRUPTED)
        return lh_fail(error, why.status, "%s", why.message);
    if (!style)
        return refuse(&why, "Nothing is kept.", error);
    lh_status status = keep(l, style, error);
    lh_style_free(style);
    return status;
}

lh_status win_lesson_learn(win_lesson *l, lh_error *error)
{
    lh_status status = find_texts(l, error);
    lh_model *model = status == LH_OK ? lh_model_load(l->model, error) : NULL;
    if (status == LH_OK)
        status = model ? learn_beside(l, model, error) : error->status;
    lh_model_free(model);
    return status;
}
