/* Pieces of ink set one behind the other: see line.h. */
#include "line.h"

#include "drawn.h"
#include "feet.h"

#include "base/extremes.h"
#include "marks.h"
#include "reread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The pace of IAM-OnDB, measured on 600 lines: readings of a stroke are 0.0151 s apart in the mean;
 * the pen is up for 0.14 s over 75 units, 0.16 s over 150, 0.22 s over 300 (medians). */
static const double reading_interval = 0.0151;
static const double lift_time = 0.11;           /* seconds */
static const double lift_time_a_unit = 0.00037; /* seconds */

/* Characters from which a piece shows its own baseline; a shorter one is levelled by its letters,
 * or where none tells keeps to the hand's. */
enum { LEVEL_CHARACTERS = 10 };

void lh_line_init(lh_line *line, const lh_model *model, const lh_write_options *options,
                  const lh_start *start, uint64_t index)
{
    *line = (lh_line){.model = model, .options = options, .start = start, .index = index};
    lh_draft_start(&line->ink, lh_network_architecture(model->network), options->keep);
}

void lh_line_clear(lh_line *line)
{
    lh_start_clear(&line->own);
    lh_draft_clear(&line->ink);
    free(line->word);
    line->word = NULL;
    line->words = line->word_capacity = 0;
}

lh_status lh_line_clerk(const lh_line *line, lh_clerk *clerk, const lh_words *words, size_t from,
                        size_t to, lh_error *error)
{
    return lh_clerk_init(clerk, line->model, line->options, line->start, words->character + from,
                         (int)(to - from), line->index, from, error);
}

/* ---- placing ----------------------------------------------------------------------------------
 */

/* The clerk's points as ink, in place. */
static lh_ink view_ink(const lh_draft *draft)
{
    return (lh_ink){.points = draft->point, .count = draft->count, .capacity = draft->capacity};
}

static lh_status level(const lh_line *line, lh_clerk *clerk, lh_error *error)
{
    lh_ink ink = view_ink(&clerk->draft);
    if (ink.count == 0)
        return LH_OK;
    bool placed = clerk->start->state != NULL; /* its y already counts from the hand's baseline */
    bool enough = clerk->characters - clerk->before > LEVEL_CHARACTERS;
    if (!line->options->raw && enough)
        return lh_ink_level(&ink, error);
    if (!line->options->raw && lh_feet_level(clerk))
        return LH_OK;
    if (!line->options->raw && !placed)
        return lh_ink_level(&ink, error);
    if (!placed) {
        lh_baseline base = lh_ink_baseline(&ink);
        lh_ink_move(&ink, 0, -base.offset);
    }
    return LH_OK;
}

static lh_status add_words(lh_line *line, const lh_clerk *clerk, lh_error *error)
{
    size_t wanted = line->words + (size_t)(clerk->words - clerk->first);
    if (wanted > line->word_capacity) {
        lh_word *larger = realloc(line->word, 2 * wanted * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "words");
        line->word = larger;
        line->word_capacity = 2 * wanted;
    }
    for (int i = clerk->first; i < clerk->words; i++) {
        const lh_clerk_word *word = &clerk->word[i];
        size_t end = i + 1 < clerk->words ? clerk->word[i + 1].point : clerk->draft.count;
        line->word[line->words++] = (lh_word){
            .character = (int32_t)clerk->offset + word->start - clerk->before,
            .count = word->end - word->start,
            .point = line->ink.count + word->point,
            .points = end - word->point,
            .flawed = word->flawed,
            .doubtful = word->doubtful,
            .log_reading = word->log_reading,
        };
    }
    return LH_OK;
}

/* A line without a style goes on as its first piece ended. */
static lh_status take_hand(lh_line *line, const lh_clerk *clerk, lh_error *error)
{
    lh_status status = lh_clerk_leave(clerk, &line->own, error);
    if (status != LH_OK)
        return status;
    const lh_draft *draft = &clerk->draft;
    if (draft->count > 0) {
        const lh_ink ink = view_ink(draft);
        line->own.pen_x = draft->point[draft->count - 1].x - lh_ink_bounds(&ink).right;
        line->own.pen_y = draft->point[draft->count - 1].y;
        lh_start_measure(&line->own, &ink);
    }
    line->start = &line->own;
    return LH_OK;
}

/* Did the network draw any of the points? */
static bool is_drawn(const lh_draft *draft)
{
    for (size_t i = 0; i < draft->count; i++)
        if (lh_draft_trace(draft, i)->component >= 0)
            return true;
    return false;
}

/* Where every try of every word failed before its first point, there is no hand to go on with. */
static lh_status check_progress(const lh_line *line, const lh_clerk *clerk, lh_error *error)
{
    if (line->ink.count > 0 || is_drawn(&clerk->draft))
        return LH_OK;
    int fault = 0;
    for (int i = 1; i < LH_FAULT_COUNT; i++)
        if (clerk->report.fault[i] > clerk->report.fault[fault])
            fault = i;
    char what[128];
    snprintf(what, sizeof what,
             "draws nothing of the text in any try (%s): its weights are of no use, or a style's "
             "text does not fit its ink",
             lh_fault_name((lh_fault)fault));
    return lh_drawn_fail(line->model, what, error);
}

lh_status lh_line_take(lh_line *line, lh_clerk *clerk, const lh_words *words, lh_error *error)
{
    lh_status status = check_progress(line, clerk, error);
    if (status == LH_OK)
        status = level(line, clerk, error);
    if (status == LH_OK && !line->start->state)
        status = take_hand(line, clerk, error);
    clerk->report.points_kept = clerk->draft.count;
    if (status == LH_OK)
        status = lh_marks_draw(clerk, line->start, words->sign + clerk->offset, error);
    if (status == LH_OK)
        status = lh_reread_marked(clerk, line->start, words->sign + clerk->offset, error);
    if (status == LH_OK)
        status = add_words(line, clerk, error);
    if (status != LH_OK)
        return status;
    lh_ink ink = view_ink(&clerk->draft);
    lh_box box = lh_ink_bounds(&ink);
    double by = line->ink.count > 0 ? line->right : -(double)box.left;
    lh_ink_move(&ink, (float)by, 0);
    lh_raise(&line->right, (double)box.right + by);
    size_t from = line->ink.count;
    status = lh_draft_append(&line->ink, &clerk->draft, 0, error);
    lh_line_time(line->ink.point, line->ink.count, from);
    lh_guard_report_add(&line->report, &clerk->report);
    return status;
}

void lh_line_time(lh_point *points, size_t count, size_t from)
{
    for (size_t i = from; i < count; i++) {
        if (i == 0) {
            points[i].time = 0;
            continue;
        }
        double way =
            hypot((double)(points[i].x - points[i - 1].x), (double)(points[i].y - points[i - 1].y));
        double wait = points[i - 1].end ? lift_time + lift_time_a_unit * way : reading_interval;
        points[i].time = (float)((double)points[i - 1].time + wait);
    }
}

void lh_line_cut(lh_line *line, size_t words)
{
    if (words >= line->words)
        return;
    lh_draft_cut(&line->ink, line->word[words].point);
    line->words = words;
    line->right = 0;
    for (size_t i = 0; i < line->ink.count; i++)
        lh_raise(&line->right, (double)line->ink.point[i].x);
}

/* ---- handing out ------------------------------------------------------------------------------
 */

void lh_line_show(const lh_line *line, lh_written *written)
{
    lh_draft_show(&line->ink, written);
    written->word = line->word;
    written->words = line->words;
    written->bias = line->options->bias;
    written->scale_x = line->model->scale_x;
    written->scale_y = line->model->scale_y;
    written->report = line->report;
}

lh_written *lh_line_finish(lh_line *line, const char *text, lh_error *error)
{
    lh_written *written = calloc(1, sizeof *written);
    if (written) {
        written->text = strdup(text);
        written->ink = lh_ink_new(error);
    }
    if (!written || !written->text || !written->ink) {
        lh_fail_memory(error, "what was written");
        lh_written_free(written);
        return NULL;
    }
    lh_draft *ink = &line->ink;
    *written->ink = view_ink(ink);
    lh_line_show(line, written);
    for (size_t i = 0, byte = 0, character = 0; i < written->words; i++) {
        lh_word *word = &written->word[i]; /* they stand in the order of the text */
        byte += lh_words_byte(text + byte, (size_t)word->character - character);
        character = (size_t)word->character;
        word->byte = byte;
        word->bytes = lh_words_byte(text + byte, (size_t)word->count);
    }
    lh_draft_start(ink, lh_network_architecture(line->model->network), line->options->keep);
    line->word = NULL;
    line->words = line->word_capacity = 0;
    return written;
}
