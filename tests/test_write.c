/* Writing: styles, hands, the guard's tries, lines without end, texts in step, the pen. */
#include "check.h"
#include "write_model.h"

#include "write/guard.h"
#include "write/pace.h"
#include "write/rest.h"
#include "write/seam.h"
#include "write/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char long_text[] =
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age "
    "of foolishness, it was the epoch of belief, it was the epoch of incredulity, it was the "
    "season of Light, it was the season of Darkness, it was the spring of hope.";

static lh_error error;

static lh_writer *new_writer(const lh_model *model, const lh_style *style)
{
    lh_writer *writer = lh_writer_new(model, style, &error);
    if (!writer)
        fail_msg("%s", error.message);
    return writer;
}

static lh_written *write_one(const lh_writer *writer, const lh_write_options *options,
                             const char *text)
{
    lh_written *written = lh_write_text(writer, options, text, &error);
    if (!written)
        fail_msg("%s", error.message);
    return written;
}

static void assert_same_ink(const lh_ink *a, const lh_ink *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        if (memcmp(&a->points[i], &b->points[i], sizeof *a->points) != 0)
            fail_msg("point %zu is (%g, %g) in one and (%g, %g) in the other", i,
                     (double)a->points[i].x, (double)a->points[i].y, (double)b->points[i].x,
                     (double)b->points[i].y);
}

static bool same_ink(const lh_ink *a, const lh_ink *b)
{
    return a->count == b->count && memcmp(a->points, b->points, a->count * sizeof *a->points) == 0;
}

/* ---- text -------------------------------------------------------------------------------------
 */

static void blanks_of_all_kinds_become_one(void **state)
{
    (void)state;
    char *plain = lh_words_plain("\n  two \t\r\n words ");
    assert_string_equal(plain, "two words");
    free(plain);
    plain = lh_words_plain(" \n ");
    assert_string_equal(plain, "");
    free(plain);
}

static void pieces_are_whole_words_of_good_length(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_words words;
    check_ok(lh_words_read(&words, &model->alphabet, long_text, &error), &error);
    size_t pieces = 0;
    for (size_t at = 0; at < words.count; pieces++) {
        size_t end = lh_words_cut(&words, at);
        assert_in_range(end - at, 14, 36);
        assert_true(end == words.count || words.character[end] == words.blank);
        assert_true(words.character[at] != words.blank);
        at = end + 1;
    }
    assert_in_range(pieces, words.count / 36, words.count / 20);
    lh_words_clear(&words);
    lh_model_free(model);
}

static void a_word_longer_than_a_piece_is_not_cut(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_words words;
    char text[120] = "a ";
    memset(text + 2, 'b', 90);
    strcpy(text + 92, " c");
    check_ok(lh_words_read(&words, &model->alphabet, text, &error), &error);
    size_t at = 0;
    while (at <= 2)
        at = lh_words_cut(&words, at) + 1;
    assert_in_range(at, 93, 95);
    lh_words_clear(&words);
    lh_model_free(model);
}

static void unknown_character_is_named_with_what_can_be_written(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    assert_null(lh_write_text(writer, &lh_write_defaults, "caf\u00e9 costs 3", &error));
    assert_int_equal(error.status, LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "'3'"));
    assert_non_null(strstr(error.message, "character 12"));
    assert_non_null(strstr(error.message, "abcdefghijklmnopqrstuvwxyz"));
    assert_int_equal(lh_writer_check(writer, "caf\u00e9", &error), LH_OK);
    assert_int_equal(lh_writer_check(writer, "~", &error), LH_ERROR_ARGUMENT);
    const char *texts[] = {"good", "3"};
    lh_written *written[2];
    assert_int_equal(lh_write_texts(writer, &lh_write_defaults, texts, 2, 0, written, &error),
                     LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "text 2"));
    lh_writer_free(writer);
    lh_model_free(model);
}

static void empty_text_is_refused(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    assert_null(lh_write_text(writer, &lh_write_defaults, " \n", &error));
    assert_int_equal(error.status, LH_ERROR_ARGUMENT);
    assert_null(lh_write_text(writer, &lh_write_defaults, "", NULL));
    lh_writer_free(writer);
    lh_model_free(model);
}

/* ---- one line ---------------------------------------------------------------------------------
 */

/* Every character but blanks was under the pen, in order, and no pen stroke crosses a blank. */
static void check_passes(const lh_written *written)
{
    size_t length = strlen(written->text); /* ASCII here */
    char *seen = calloc(length + 1, 1);
    assert_non_null(seen);
    int32_t last = 0;
    for (size_t i = 0; i < written->ink->count; i++) {
        int32_t on = written->trace[i].character;
        assert_in_range(on, 0, (int)length - 1);
        if (on < last - 1)
            fail_msg("point %zu goes back from character %d to %d", i, (int)last, (int)on);
        last = on;
        seen[on] = 1;
    }
    for (size_t i = 0; i < length; i++)
        if (!seen[i] && written->text[i] != ' ')
            fail_msg("character %zu, '%c', was never written", i, written->text[i]);
    free(seen);
}

static void check_words(const lh_written *written)
{
    size_t points = 0;
    for (size_t i = 0; i < written->words; i++) {
        const lh_word *word = &written->word[i];
        assert_int_equal(word->point, points);
        assert_true(word->points > 0);
        points += word->points;
        assert_int_equal(written->ink->points[points - 1].end, 1);
        assert_true(word->byte == 0 || written->text[word->byte - 1] == ' ');
        char after = written->text[word->byte + word->bytes];
        assert_true(after == ' ' || after == '\0');
        assert_null(memchr(written->text + word->byte, ' ', word->bytes));
    }
    assert_int_equal(points, written->ink->count);
}

static void text_of_any_length_is_written_whole(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    const char *texts[] = {"a", "I am", "one line of words", long_text};
    for (size_t i = 0; i < 4; i++) {
        lh_written *written = write_one(writer, &lh_write_defaults, texts[i]);
        assert_string_equal(written->text, texts[i]);
        assert_int_equal(written->report.flawed, 0);
        check_passes(written);
        check_words(written);
        assert_true(fabsf(lh_ink_bounds(written->ink).left) < 1);
        lh_written_free(written);
    }
    lh_writer_free(writer);
    lh_model_free(model);
}

static void writing_stops_behind_the_last_character(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_written *written = write_one(writer, &lh_write_defaults, "abcde");
    /* 14 steps a character; the pen is up while the window is on the blank behind. */
    assert_in_range(written->ink->count, 65, 115);
    assert_int_equal(written->ink->points[written->ink->count - 1].end, 1);
    assert_int_equal(written->trace[written->ink->count - 1].character, 4);
    assert_true(written->trace[written->ink->count - 1].place > 3.5f);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void ink_runs_on_without_steps_back_or_wide_gaps_between_pieces(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_written *written = write_one(writer, &lh_write_defaults, long_text);
    for (size_t i = 1; i < written->ink->count; i++) {
        float way = written->ink->points[i].x - written->ink->points[i - 1].x;
        if (way < -20 || way > 60)
            fail_msg("the pen moves by %g from point %zu", (double)way, i - 1);
        float dt = written->ink->points[i].time - written->ink->points[i - 1].time;
        assert_true(dt > 0.01f && dt < 0.3f);
    }
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void what_is_kept_of_each_step_is_what_was_asked_for(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    lh_written *written = write_one(writer, &options, "words here");
    assert_null(written->output);
    assert_null(written->window);
    options.keep = LH_KEEP_OUTPUT | LH_KEEP_WINDOW;
    lh_written *kept = write_one(writer, &options, "words here");
    assert_same_ink(written->ink, kept->ink);
    assert_int_equal(kept->mixtures, 2);
    assert_int_equal(kept->trace[0].component, -1);
    for (size_t i = 1; i < kept->ink->count; i++) {
        lh_mixture mixture;
        lh_pen_mixture(kept->output + 13 * i, kept->mixtures, kept->bias, kept->trace[i].rested,
                       &mixture);
        assert_true(fabs(mixture.mu_x[0] - 0.5) < 1e-6);
        assert_true(fabs(mixture.end - (double)kept->trace[i].end) < 1e-6);
        assert_int_equal(kept->trace[i].component, 0);
        const lh_window_view *view = &kept->window[i];
        int heaviest = 0;
        for (int u = 0; u < LH_WINDOW_SPAN; u++)
            if (view->phi[u] > view->phi[heaviest])
                heaviest = u;
        int on = view->first + heaviest;
        assert_int_equal(on < 9 ? on : 9, kept->trace[i].character);
    }
    lh_written_free(kept);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void cells_and_gates_are_kept_of_every_layer(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    options.keep = LH_KEEP_CELLS | LH_KEEP_WINDOW;
    lh_written *w = write_one(writer, &options, "a b");
    assert_null(w->output);
    assert_int_equal(w->layers, 2);
    assert_int_equal(w->cells, 8);
    assert_int_equal(w->windows, 1);
    for (size_t i = 1; i < w->ink->count; i++) {
        /* Cell 0 of layer 2 is 1 on a blank, so it gives tanh(1) = 0.76 there; it forgets all: of
         * eight forget gates one is shut, of the input and output gates one each is open. */
        const int8_t *layer2 = w->cell + (i * 2 + 1) * 8;
        bool on_blank = w->trace[i].place > 0.8f && w->trace[i].place < 1.2f;
        if (on_blank)
            assert_in_range(layer2[0], 80, 97);
        assert_int_equal(layer2[1], 0);
        const lh_saturation *s = &w->saturation[i * 2 + 1];
        assert_true(s->shut[1] == 0.125f && s->open[0] == 0.125f && s->open[2] == 0.125f);
        if (on_blank)
            assert_true(fabsf(w->kappa[i] - w->trace[i].place) < 0.1f);
    }
    assert_null(w->output);
    lh_written_free(w);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_pen_that_forgets_writes_on_the_same(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    options.keep = LH_KEEP_OUTPUT | LH_KEEP_CELLS;
    lh_pen *pen[2];
    for (int i = 0; i < 2; i++) {
        pen[i] = lh_pen_new(writer, &options, 0, &error);
        check_ok(lh_pen_append(pen[i], long_text, &error), &error);
        while (lh_pen_behind(pen[i])) {
            check_ok(lh_pen_write(pen[i], &error), &error);
            if (i == 1 && lh_pen_written(pen[i])->words < 20)
                lh_pen_forget(pen[i]);
        }
    }
    const lh_written *a = lh_pen_written(pen[0]), *b = lh_pen_written(pen[1]);
    assert_same_ink(a->ink, b->ink);
    assert_int_equal(a->kept_from, 0);
    assert_in_range(b->kept_from, 1, b->ink->count - 1);
    assert_memory_equal(a->output + 13 * b->kept_from, b->output,
                        (a->ink->count - b->kept_from) * 13 * sizeof(float));
    assert_memory_equal(a->cell + 16 * b->kept_from, b->cell, (a->ink->count - b->kept_from) * 16);
    assert_memory_equal(a->trace + b->kept_from, b->trace,
                        (a->ink->count - b->kept_from) * sizeof *a->trace);
    check_ok(lh_pen_truncate(pen[1], 3, &error), &error);
    b = lh_pen_written(pen[1]);
    assert_true(b->kept_from <= b->ink->count);
    lh_pen_free(pen[0]);
    lh_pen_free(pen[1]);
    lh_writer_free(writer);
    lh_model_free(model);
}

/* ---- completing -------------------------------------------------------------------------------
 */

static void ink_is_gone_on_with_in_several_ways(void **state)
{
    (void)state;
    lh_model *model = write_model_prediction();
    lh_ink *ink = write_model_ink(40);
    lh_written *way[3];
    check_ok(lh_complete(model, ink, NULL, &lh_write_defaults, 50, 3, way, &error), &error);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(way[i]->ink->count, 50);
        assert_true(way[i]->ink->points[0].x > 0 && way[i]->ink->points[0].x < 60);
        assert_int_equal(way[i]->ink->points[49].end, 1);
    }
    assert_false(same_ink(way[0]->ink, way[1]->ink));
    for (int i = 0; i < 3; i++)
        lh_written_free(way[i]);
    ink->count = 0;
    assert_int_equal(lh_complete(model, ink, NULL, &lh_write_defaults, 50, 3, way, &error),
                     LH_ERROR_ARGUMENT);
    lh_ink_free(ink);
    lh_model_free(model);
}

static void a_text_is_completed_to_its_end(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_ink *ink = write_model_ink(41);
    lh_written *way[2];
    /* 0.07 characters a step: 40 steps are the first three characters of eleven. */
    check_ok(lh_complete(model, ink, "four gone on", &lh_write_defaults, 500, 2, way, &error),
             &error);
    for (int i = 0; i < 2; i++) {
        assert_in_range(way[i]->trace[0].character, 2, 3);
        assert_in_range(way[i]->ink->count, 100, 140);
        assert_int_equal(way[i]->trace[way[i]->ink->count - 1].character, 11);
        lh_written_free(way[i]);
    }
    assert_int_equal(lh_complete(model, ink, "", &lh_write_defaults, 5, 2, way, &error),
                     LH_ERROR_ARGUMENT);
    assert_int_equal(lh_complete(model, ink, "3", &lh_write_defaults, 5, 2, way, &error),
                     LH_ERROR_ARGUMENT);
    lh_ink_free(ink);
    lh_model_free(model);
}

/* ---- chance ------------------------------------------------------------------------------------
 */

static void the_seed_decides_and_the_index_too(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    lh_written *first = write_one(writer, &options, "the same words");
    lh_written *again = write_one(writer, &options, "the same words");
    assert_same_ink(first->ink, again->ink);
    options.seed = 2;
    lh_written *other = write_one(writer, &options, "the same words");
    assert_false(same_ink(first->ink, other->ink));
    const char *texts[] = {"the same words", "the same words"};
    lh_written *two[2];
    check_ok(lh_write_texts(writer, &lh_write_defaults, texts, 2, 0, two, &error), &error);
    assert_false(same_ink(two[0]->ink, two[1]->ink));
    assert_same_ink(two[0]->ink, first->ink);
    lh_written_free(first);
    lh_written_free(again);
    lh_written_free(other);
    lh_written_free(two[0]);
    lh_written_free(two[1]);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_text_is_the_same_alone_and_among_others(void **state)
{
    (void)state;
    write_model_options wild = write_model_plain;
    wild.wild = 0.001;
    lh_model *model = write_model_new(&wild);
    lh_writer *writer = new_writer(model, NULL);
    enum { TEXTS = 7 };
    const char *texts[TEXTS] = {"short",   "a somewhat longer text",
                                long_text, "x",
                                long_text, "and so it goes on and on and on for a while",
                                "end"};
    lh_written *alone[TEXTS], *written[TEXTS];
    lh_write_options options = lh_write_defaults;
    for (size_t i = 0; i < TEXTS; i++)
        check_ok(lh_write_texts(writer, &options, &texts[i], 1, 40 + i, &alone[i], &error), &error);
    static const struct {
        int rows, threads;
    } ways[] = {{1, 1}, {3, 1}, {32, 1}, {5, 2}, {32, 0}};
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
        options.rows = ways[way].rows;
        options.threads = ways[way].threads;
        check_ok(lh_write_texts(writer, &options, texts, TEXTS, 40, written, &error), &error);
        for (size_t i = 0; i < TEXTS; i++) {
            assert_same_ink(written[i]->ink, alone[i]->ink);
            lh_written_free(written[i]);
        }
    }
    for (size_t i = 0; i < TEXTS; i++)
        lh_written_free(alone[i]);
    lh_writer_free(writer);
    lh_model_free(model);
}

/* ---- the guard --------------------------------------------------------------------------------
 */

static void good_words_survive_a_fault_and_the_bad_one_is_written_anew(void **state)
{
    (void)state;
    write_model_options wild = write_model_plain;
    wild.wild = 0.005;
    lh_model *model = write_model_new(&wild);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    options.tries = 60;
    options.bias = 0;
    lh_written *written = write_one(writer, &options, long_text);
    const lh_guard_report *report = &written->report;
    check_passes(written);
    check_words(written);
    assert_int_equal(report->flawed, 0);
    assert_int_equal(report->words, (int)written->words);
    assert_true(report->retried > 0);
    assert_true(report->fault[LH_FAULT_JUMP] >= report->retried);
    assert_int_equal(report->points_kept, written->ink->count);
    assert_true(report->points_drawn > report->points_kept);
    assert_true(lh_ink_bounds(written->ink).right < 60 * (float)written->ink->count);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void check_hopeless(const write_model_options *how, lh_fault fault)
{
    lh_model *model = write_model_new(how);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    options.tries = 3;
    lh_written *written = write_one(writer, &options, "two words");
    assert_int_equal(written->report.words, 2);
    assert_int_equal(written->report.flawed, 2);
    if (written->report.fault[fault] != 2 * (1 + options.tries))
        fail_msg("%d faults \"%s\", not 8", written->report.fault[fault], lh_fault_name(fault));
    assert_true(written->word[0].flawed && written->word[1].flawed);
    assert_true(written->ink->count > 0);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_network_that_loops_is_given_up_after_so_many_tries(void **state)
{
    (void)state;
    write_model_options stuck = write_model_plain;
    stuck.pace = 1e-9;
    check_hopeless(&stuck, LH_FAULT_STUCK);
}

/* Every try fails before its first point: there is nothing to hand out. */
static void check_nothing_drawn(const write_model_options *how, lh_fault fault)
{
    lh_model *model = write_model_new(how);
    lh_writer *writer = new_writer(model, NULL);
    model->path = strdup("some.safetensors");
    lh_written *written[2] = {NULL};
    assert_null(lh_write_text(writer, &lh_write_defaults, "two words", &error));
    assert_int_equal(error.status, LH_ERROR_NUMERIC);
    if (!strstr(error.message, "some.safetensors: the network draws nothing") ||
        !strstr(error.message, lh_fault_name(fault)))
        fail_msg("'%s' does not name the model or the fault", error.message);
    const char *const texts[] = {"two words", "more"};
    assert_int_equal(lh_write_texts(writer, &lh_write_defaults, texts, 2, 0, written, &error),
                     LH_ERROR_NUMERIC);
    assert_true(!written[0] && !written[1]);
    lh_pen *pen = lh_pen_new(writer, &lh_write_defaults, 0, &error);
    assert_non_null(pen);
    check_ok(lh_pen_append(pen, "two words ", &error), &error);
    assert_int_equal(lh_pen_write(pen, &error), LH_ERROR_NUMERIC);
    assert_int_equal(lh_pen_written(pen)->words, 0);
    lh_pen_free(pen);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_network_that_skips_draws_nothing(void **state)
{
    (void)state;
    write_model_options hasty = write_model_plain;
    hasty.pace = 5;
    check_nothing_drawn(&hasty, LH_FAULT_SKIPPED);
}

static void a_network_that_leaps_draws_nothing(void **state)
{
    (void)state;
    write_model_options wild = write_model_plain;
    wild.wild = 1;
    check_nothing_drawn(&wild, LH_FAULT_JUMP);
}

static void a_network_that_leaps_now_and_then_is_noticed(void **state)
{
    (void)state;
    write_model_options wild = write_model_plain;
    wild.wild = 0.5;
    check_hopeless(&wild, LH_FAULT_JUMP);
}

static void a_pen_that_never_lifts_is_noticed(void **state)
{
    (void)state;
    write_model_options dragging = write_model_plain;
    dragging.lift = 0;
    lh_model *model = write_model_new(&dragging);
    lh_writer *writer = new_writer(model, NULL);
    lh_written *written = write_one(writer, &lh_write_defaults, "two words");
    assert_int_equal(written->report.flawed, 2);
    assert_true(written->report.fault[LH_FAULT_ENDLESS] + written->report.fault[LH_FAULT_ASTRAY] >
                6);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_network_of_random_weights_ends_too(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_rng rng;
    for (uint64_t seed = 0; seed < 5; seed++) {
        lh_rng_seed(&rng, seed, 0);
        lh_network_init(model->network, &rng);
        lh_network_changed(model->network);
        lh_writer *writer = new_writer(model, NULL);
        lh_write_options options = lh_write_defaults;
        options.tries = 2;
        lh_written *written = write_one(writer, &options, "a line of words, and what follows it");
        assert_int_equal(written->report.words, (int)written->words);
        lh_written_free(written);
        lh_writer_free(writer);
    }
    lh_model_free(model);
}

static void check_no_number(const char *what)
{
    assert_int_equal(error.status, LH_ERROR_NUMERIC);
    if (!strstr(error.message, "some.safetensors: the network draws what is no number"))
        fail_msg("%s: '%s'", what, error.message);
}

/* A file with such weights is not read; a program may have set them all the same. */
static void weights_that_are_no_numbers_are_an_error_that_names_the_model(void **state)
{
    (void)state;
    static const lh_real weights[] = {(lh_real)NAN, (lh_real)INFINITY};
    static const char *const tensors[] = {"output.bias", "layer1.recurrent", "layer1.bias"};
    lh_ink *ink = write_model_ink(40);
    for (int i = 0; i < 2 * 2 * 3; i++) {
        bool synthesis = i / 6 > 0;
        if (i % 6 == 5) /* a gate that is open or shut for good */
            continue;
        lh_model *model =
            synthesis ? write_model_new(&write_model_plain) : write_model_prediction();
        model->path = strdup("some.safetensors");
        const lh_tensor *tensor = lh_network_find(model->network, tensors[i % 3]);
        lh_real *weight = lh_network_parameters(model->network) + tensor->offset;
        for (int k = 0; k < tensor->rows * tensor->columns; k++)
            weight[k] = k % 2 ? -weights[i / 3 % 2] : weights[i / 3 % 2];
        lh_network_changed(model->network);
        lh_written *way[2];
        assert_int_equal(lh_complete(model, ink, synthesis ? "ab" : NULL, &lh_write_defaults, 50, 2,
                                     way, &error),
                         LH_ERROR_NUMERIC);
        check_no_number(tensors[i % 3]);
        if (synthesis) {
            lh_writer *writer = new_writer(model, NULL);
            assert_null(lh_write_text(writer, &lh_write_defaults, "a few words", &error));
            lh_writer_free(writer);
        } else {
            assert_null(lh_sample(model, NULL, &lh_write_defaults, 50, 0, &error));
        }
        check_no_number(tensors[i % 3]);
        lh_model_free(model);
    }
    lh_ink_free(ink);
}

/* What a network is primed with is as anybody's ink: not always to be followed. */
static void ink_that_no_network_can_follow_is_refused(void **state)
{
    (void)state;
    lh_model *model = write_model_prediction();
    model->scale_x = 1e-6;
    lh_ink *ink = write_model_ink(10);
    ink->points[7].x = 3e38f;
    lh_written *way[1];
    assert_int_equal(lh_complete(model, ink, NULL, &lh_write_defaults, 50, 1, way, &error),
                     LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "from point 7 "));
    assert_null(lh_sample(model, ink, &lh_write_defaults, 50, 0, &error));
    assert_int_equal(error.status, LH_ERROR_ARGUMENT);
    lh_ink_free(ink);
    lh_model_free(model);
}

static lh_course new_course(const lh_model *model, const char *text)
{
    int32_t *indices;
    size_t count;
    lh_course course;
    check_ok(lh_alphabet_encode(&model->alphabet, text, &indices, &count, &error), &error);
    check_ok(lh_course_init(&course, &model->alphabet, indices, (int)count, 0, &error), &error);
    free(indices);
    return course;
}

/* ---- a pen at rest ----------------------------------------------------------------------------
 */

enum { RESTS = 3 };

/* Raw outputs: two components that rest and have `more` on the third, which moves. */
static void set_rest(lh_real output[1 + 6 * RESTS], double more, double mu)
{
    memset(output, 0, (1 + 6 * RESTS) * sizeof *output);
    output[1] = output[2] = (lh_real)more;
    output[1 + RESTS + 2] = (lh_real)mu;
}

static void bias_makes_the_pen_neater_but_rest_no_likelier(void **state)
{
    (void)state;
    static const double more[] = {-3, -1, 0, 2, 6};
    for (size_t i = 0; i < 5; i++) {
        lh_real output[1 + 6 * RESTS];
        lh_mixture plain, sharp;
        set_rest(output, more[i], 1);
        lh_pen_mixture(output, RESTS, 0, 0, &plain);
        lh_pen_mixture(output, RESTS, 2, 0, &sharp);
        assert_true(sharp.pi[0] + sharp.pi[1] <= plain.pi[0] + plain.pi[1] + 1e-12);
        assert_true(fabs(sharp.pi[0] + sharp.pi[1] + sharp.pi[2] - 1) < 1e-12);
        assert_true(fabs(sharp.sigma_x[2] - exp(-2)) < 1e-6);
    }
}

static void a_pen_long_at_rest_goes_on_as_without_bias(void **state)
{
    (void)state;
    lh_real output[1 + 6 * RESTS];
    lh_mixture plain, sharp, rested;
    set_rest(output, 1, 1);
    lh_pen_mixture(output, RESTS, 0, 0, &plain);
    lh_pen_mixture(output, RESTS, 2, 0, &sharp);
    lh_pen_mixture(output, RESTS, 2, 30, &rested);
    for (int i = 0; i < RESTS; i++) {
        assert_true(sharp.sigma_x[i] < plain.sigma_x[i]);
        assert_true(rested.sigma_x[i] >= plain.sigma_x[i]);
        assert_true(fabs(rested.pi[i] - plain.pi[i]) < 1e-12);
    }
}

static void a_pen_that_can_but_rest_keeps_a_whole_mixture(void **state)
{
    (void)state;
    lh_real output[1 + 6 * RESTS];
    lh_mixture m;
    set_rest(output, 500, 0);
    lh_pen_mixture(output, RESTS, 2, 0, &m);
    assert_true(fabs(m.pi[0] + m.pi[1] + m.pi[2] - 1) < 1e-12);
    set_rest(output, 500, 1); /* that the pen moves is as good as impossible */
    lh_pen_mixture(output, RESTS, 2, 0, &m);
    assert_true(fabs(m.pi[0] + m.pi[1] + m.pi[2] - 1) < 1e-12);
}

static void rest_is_counted_from_the_last_move_or_lift(void **state)
{
    (void)state;
    static const lh_real still[3] = {(lh_real)0.05, (lh_real)-0.05, 0}, moves[3] = {0, 1, 0},
                         lift[3] = {0, 0, 1}, nowhere[3] = {(lh_real)NAN, 0, 0};
    assert_int_equal(lh_rest_count(0, still), 1);
    assert_int_equal(lh_rest_count(6, still), 7);
    assert_int_equal(lh_rest_count(6, moves), 0);
    assert_int_equal(lh_rest_count(6, lift), 0);
    assert_int_equal(lh_rest_count(6, nowhere), 0);
}

static void guard_tells_each_fault(void **state)
{
    (void)state;
    static const lh_real still[3] = {0, 0, 0};
    lh_model *model = write_model_new(&write_model_plain);
    lh_course course = new_course(model, "the guard watches every word");
    lh_guard guard;
    lh_window_place place = {.on = 5, .centre = 5, .mass = 1};
    lh_guard_start(&guard, 4);
    assert_int_equal(lh_guard_step(&guard, &course, &place, still, 0, 8), LH_NO_FAULT);
    place.on = 3;
    assert_int_equal(lh_guard_step(&guard, &course, &place, still, 0, 8), LH_NO_FAULT);
    place.on = 1;
    assert_int_equal(lh_guard_step(&guard, &course, &place, still, 0, 8), LH_FAULT_BACK);
    place.on = 9;
    assert_int_equal(lh_guard_step(&guard, &course, &place, still, 0, 20), LH_FAULT_SKIPPED);
    place.on = 5;
    assert_int_equal(lh_guard_step(&guard, &course, &place, still, 2000, 8), LH_FAULT_LINE);
    static const lh_real far[3] = {0, -200, 0}, nowhere[3] = {(lh_real)NAN, 0, 0};
    assert_int_equal(lh_guard_step(&guard, &course, &place, far, 0, 8), LH_FAULT_JUMP);
    assert_int_equal(lh_guard_step(&guard, &course, &place, nowhere, 0, 8), LH_FAULT_JUMP);
    place.mass = 0;
    int fault = LH_NO_FAULT;
    for (int i = 0; i < 100 && fault == LH_NO_FAULT; i++)
        fault = lh_guard_step(&guard, &course, &place, still, 0, 8);
    assert_int_equal(fault, LH_FAULT_ASTRAY);
    assert_string_equal(lh_fault_name(LH_FAULT_LINE), "line");
    lh_course_clear(&course);
    lh_model_free(model);
}

/* Lets the window stand on each character for its part of `pace` times the ink it takes; the
 * blemish that the guard then has. */
static int pass_at_pace(const lh_model *model, const char *text, double pace)
{
    static const lh_real still[3] = {0, 0, 0};
    lh_course course = new_course(model, text);
    lh_guard guard;
    lh_guard_start(&guard, 0);
    int fault = LH_NO_FAULT, end = (int)strlen(text);
    for (int u = 0; u < end && fault == LH_NO_FAULT; u++) {
        lh_window_place place = {.on = u, .centre = (float)u, .mass = 1};
        double due = pace * (double)(course.due[u + 1] - course.due[0]);
        while (guard.step < due && fault == LH_NO_FAULT)
            fault = lh_guard_step(&guard, &course, &place, still, 0, end);
    }
    if (fault == LH_NO_FAULT)
        fault = lh_guard_word(&guard, &course, 0, end, (size_t)guard.step);
    lh_course_clear(&course);
    return fault;
}

static void a_word_in_too_little_or_too_much_ink_is_a_fault(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    static const char *const words[] = {"a", "in", "moment", "incomprehensible"};
    for (size_t i = 0; i < 4; i++) {
        static const double good[] = {0.7, 1, 1.4};
        for (size_t k = 0; k < 3; k++)
            if (pass_at_pace(model, words[i], good[k]) != LH_NO_FAULT)
                fail_msg("'%s' at %g times the usual pace is a fault", words[i], good[k]);
        if (i < 2)
            continue;
        assert_int_equal(pass_at_pace(model, words[i], 0.2), LH_FAULT_SKIPPED);
        assert_int_equal(pass_at_pace(model, words[i], 3), LH_FAULT_STUCK);
    }
    lh_model_free(model);
}

static void ink_due_follows_the_letters(void **state)
{
    (void)state;
    assert_true(lh_pace_points('m') > 1.5 * lh_pace_points('i'));
    assert_true(lh_pace_points('W') > lh_pace_points('l'));
    assert_true(lh_pace_points(' ') < 10);
    assert_true(lh_pace_points(0x20ac) > 10 && lh_pace_points(0x20ac) < 40);
}

/* ---- seams ------------------------------------------------------------------------------------
 */

typedef struct stroke {
    double begin, to; /* x, of ink that reaches to 1000 */
    int on, later;    /* the window, at the first point and from the fourth on */
    int points;
} stroke;

/* The verdict on a stroke behind a word whose blank is character 5. */
static lh_seam_verdict judge_stroke(const stroke *s, bool last)
{
    lh_seam seam;
    lh_seam_verdict verdict = LH_SEAM_OPEN;
    lh_seam_start(&seam, s->begin, 1000, s->on);
    for (int i = 0; i < s->points && verdict == LH_SEAM_OPEN; i++) {
        double x = s->begin + (s->to - s->begin) * i / (s->points > 1 ? s->points - 1 : 1);
        verdict = lh_seam_look(&seam, x, i < 3 ? s->on : s->later, 5, i == s->points - 1, last);
    }
    assert_true(verdict != LH_SEAM_OPEN && !seam.open);
    return verdict;
}

static void strokes_behind_a_word_are_told_apart(void **state)
{
    (void)state;
    static const stroke same[] = {
        {1030, 1035, 5, 5, 2},  /* a full stop */
        {700, 700, 5, 5, 1},    /* the dot of an i */
        {940, 1005, 6, 6, 6},   /* a bar, late */
        {1020, 1100, 4, 5, 20}, /* the last letter */
        {1020, 1100, 5, 6, 20}, /* the same, with the window ahead */
    };
    static const stroke next[] = {
        {1200, 1300, 5, 6, 20}, /* a word, far off */
        {1080, 1200, 5, 6, 20}, /* a word, near */
        {1010, 1100, 6, 6, 20}, /* nearer, but the window is there */
        {970, 1150, 6, 7, 20},  /* under a long bar */
        {1060, 1060, 6, 6, 1},  /* a quotation mark */
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (judge_stroke(&same[i], false) != LH_SEAM_SAME)
            fail_msg("stroke %zu is taken for the next word's", i);
    for (size_t i = 0; i < sizeof next / sizeof *next; i++)
        if (judge_stroke(&next[i], false) != LH_SEAM_NEXT)
            fail_msg("stroke %zu is not taken for the next word's", i);
    /* Behind a text's end there is nothing else that it could be. */
    static const stroke stray = {1100, 1150, 5, 5, 10};
    assert_int_equal(judge_stroke(&stray, false), LH_SEAM_SAME);
    assert_int_equal(judge_stroke(&stray, true), LH_SEAM_NEXT);
    assert_int_equal(judge_stroke(&same[0], true), LH_SEAM_SAME);
}

/* ---- styles -----------------------------------------------------------------------------------
 */

static lh_style *new_style(size_t points, const char *text)
{
    lh_ink *ink = write_model_ink(points);
    lh_style *style = lh_style_new("wavy", ink, text, &error);
    if (!style)
        fail_msg("%s", error.message);
    lh_ink_free(ink);
    return style;
}

static void the_primers_ink_is_not_in_what_comes_out(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_style *style = new_style(121, "primer");
    lh_writer *writer = new_writer(model, style);
    lh_style_free(style);
    lh_written *written = write_one(writer, &lh_write_defaults, "own words");
    assert_string_equal(written->text, "own words");
    assert_int_equal(written->report.flawed, 0);
    check_passes(written);
    check_words(written);
    assert_int_equal(written->trace[0].character, 0);
    /* 14 points a character, not those of nine and six characters. */
    assert_in_range(written->ink->count, 105, 165);
    assert_true(lh_ink_bounds(written->ink).left >= 0);
    assert_true(lh_ink_bounds(written->ink).left < 300);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static double cpu_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void priming_costs_once(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    char text[1001];
    memset(text, 'a', 1000);
    text[1000] = '\0';
    lh_style *style = new_style(10000, text);
    double start = cpu_seconds();
    lh_writer *writer = new_writer(model, style);
    double priming = cpu_seconds() - start;
    start = cpu_seconds();
    for (int i = 0; i < 20; i++)
        lh_written_free(write_one(writer, &lh_write_defaults, "a"));
    double writing = cpu_seconds() - start;
    if (writing > priming)
        fail_msg("priming took %g s, writing a letter 20 times %g s", priming, writing);
    lh_style_free(style);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_found_hand_holds_for_later_texts(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_written *free_hand = write_one(writer, &lh_write_defaults, "a word");
    check_ok(lh_writer_find_hand(writer, &lh_write_defaults, "some words first", 0, &error),
             &error);
    lh_written *held = write_one(writer, &lh_write_defaults, "a word");
    check_passes(held);
    /* Written as if behind other words: not a line's beginning. */
    assert_int_equal(free_hand->trace[0].component, -1);
    assert_int_equal(held->trace[0].component, 0);
    check_ok(lh_writer_find_hand(writer, &lh_write_defaults, "some words first", 0, &error),
             &error);
    lh_written *again = write_one(writer, &lh_write_defaults, "a word");
    assert_same_ink(held->ink, again->ink);
    lh_written_free(free_hand);
    lh_written_free(held);
    lh_written_free(again);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void texts_of_several_writers_seeds_and_biases_are_each_as_alone(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer[3] = {new_writer(model, NULL), new_writer(model, NULL),
                            new_writer(model, NULL)};
    lh_write_options options[3] = {lh_write_defaults, lh_write_defaults, lh_write_defaults};
    lh_text text[3];
    lh_written *together[3];
    for (size_t i = 0; i < 3; i++) {
        options[i].seed = 10 + i;
        options[i].bias = (double)i;
        text[i] = (lh_text){long_text + 5 * i, writer[i], &options[i], 7 * i};
    }
    /* The last finds a hand for each text. */
    for (size_t i = 0; i < 2; i++)
        check_ok(lh_writer_find_hand(writer[i], &options[i], text[i].text, text[i].index, &error),
                 &error);
    check_ok(lh_write_each(text, 3, together, &error), &error);
    for (size_t i = 0; i < 3; i++) {
        lh_writer *own = new_writer(model, NULL);
        lh_written *alone;
        if (i < 2)
            check_ok(lh_writer_find_hand(own, &options[i], text[i].text, text[i].index, &error),
                     &error);
        check_ok(lh_write_texts(own, &options[i], &text[i].text, 1, text[i].index, &alone, &error),
                 &error);
        assert_same_ink(together[i]->ink, alone->ink);
        lh_written_free(alone);
        lh_writer_free(own);
    }
    for (size_t i = 0; i < 3; i++) {
        lh_written_free(together[i]);
        lh_writer_free(writer[i]);
    }
    lh_model_free(model);
}

static void a_styles_unknown_character_is_refused_by_name(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_style *style = new_style(50, "no. 5");
    assert_null(lh_writer_new(model, style, &error));
    assert_non_null(strstr(error.message, "wavy"));
    assert_non_null(strstr(error.message, "'5'"));
    lh_style_free(style);
    lh_model_free(model);
}

static void styles_are_read_with_their_text(void **state)
{
    (void)state;
    char folder[] = "/tmp/longhand-style-XXXXXX", path[64], beside[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/anna.xml", folder);
    snprintf(beside, sizeof beside, "%s/anna.txt", folder);
    lh_ink *ink = write_model_ink(50);
    check_ok(lh_iam_write(ink, path, &error), &error);
    assert_null(lh_style_read(path, NULL, &error));
    assert_non_null(strstr(error.message, "anna.txt"));
    FILE *stream = fopen(beside, "w");
    assert_non_null(stream);
    fputs("what it says\nand no more\n", stream);
    fclose(stream);
    lh_style *style = lh_style_read(path, NULL, &error);
    assert_non_null(style);
    assert_string_equal(style->text, "what it says");
    assert_string_equal(style->name, "anna");
    assert_int_equal(style->ink->count, 50);
    lh_style_free(style);
    style = lh_style_read(path, "other words", &error);
    assert_string_equal(style->text, "other words");
    lh_style_free(style);
    assert_null(lh_style_read("/nowhere/at.xml", "x", &error));
    assert_null(lh_style_new("dot", &(lh_ink){.points = ink->points, .count = 1}, "x", &error));
    assert_null(lh_style_new("mute", ink, " ", &error));
    lh_ink_free(ink);
    unlink(path);
    unlink(beside);
    rmdir(folder);
}

/* ---- options and models ------------------------------------------------------------------------
 */

static void senseless_options_are_refused(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    options.bias = NAN;
    assert_null(lh_write_text(writer, &options, "a", &error));
    options = lh_write_defaults;
    options.rows = 0;
    assert_null(lh_write_text(writer, &options, "a", &error));
    options = lh_write_defaults;
    options.tries = -1;
    assert_null(lh_write_text(writer, &options, "a", &error));
    assert_int_equal(error.status, LH_ERROR_ARGUMENT);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_prediction_network_draws_but_does_not_write(void **state)
{
    (void)state;
    lh_model *model = write_model_prediction();
    assert_null(lh_writer_new(model, NULL, &error));
    lh_written *drawn = lh_sample(model, NULL, &lh_write_defaults, 300, 0, &error);
    assert_non_null(drawn);
    assert_int_equal(drawn->ink->count, 300);
    assert_int_equal(drawn->ink->points[299].end, 1);
    assert_string_equal(drawn->text, "");
    lh_written *again = lh_sample(model, NULL, &lh_write_defaults, 300, 0, &error);
    assert_same_ink(drawn->ink, again->ink);
    lh_written *other = lh_sample(model, NULL, &lh_write_defaults, 300, 1, &error);
    assert_false(same_ink(drawn->ink, other->ink));
    lh_ink *prime = write_model_ink(30);
    lh_written *on = lh_sample(model, prime, &lh_write_defaults, 40, 0, &error);
    assert_int_equal(on->ink->count, 40);
    assert_true(on->ink->points[0].x < 100);
    assert_null(lh_sample(model, NULL, &lh_write_defaults, 0, 0, &error));
    lh_ink_free(prime);
    lh_written_free(drawn);
    lh_written_free(again);
    lh_written_free(other);
    lh_written_free(on);
    lh_model_free(model);
    model = write_model_new(&write_model_plain);
    assert_null(lh_sample(model, NULL, &lh_write_defaults, 10, 0, &error));
    lh_model_free(model);
}

/* ---- the pen -----------------------------------------------------------------------------------
 */

static lh_pen *new_pen(const lh_writer *writer, uint64_t index)
{
    lh_pen *pen = lh_pen_new(writer, &lh_write_defaults, index, &error);
    if (!pen)
        fail_msg("%s", error.message);
    return pen;
}

static void write_up(lh_pen *pen)
{
    while (lh_pen_behind(pen))
        check_ok(lh_pen_write(pen, &error), &error);
}

static void the_pen_writes_what_lh_write_text_writes(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_written *written = write_one(writer, &lh_write_defaults, long_text);
    lh_pen *pen = new_pen(writer, 0);
    assert_int_equal(lh_pen_written(pen)->ink->count, 0);
    check_ok(lh_pen_append(pen, long_text, &error), &error);
    lh_pen_finish(pen);
    size_t count = 0;
    while (lh_pen_behind(pen)) {
        check_ok(lh_pen_write(pen, &error), &error);
        const lh_ink *ink = lh_pen_written(pen)->ink;
        assert_true(ink->count > count);
        count = ink->count;
        /* What is there stays for good. */
        assert_memory_equal(ink->points, written->ink->points, count * sizeof *ink->points);
    }
    assert_same_ink(lh_pen_written(pen)->ink, written->ink);
    assert_string_equal(lh_pen_written(pen)->text, written->text);
    assert_int_equal(lh_pen_written(pen)->words, written->words);
    for (size_t i = 0; i < written->words; i++)
        assert_memory_equal(&lh_pen_written(pen)->word[i], &written->word[i],
                            sizeof *written->word);
    lh_pen_free(pen);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_word_waits_until_it_is_whole(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_pen *pen = new_pen(writer, 0);
    static const char *const keys[] = {"h", "el", "lo"};
    for (size_t i = 0; i < 3; i++) {
        check_ok(lh_pen_append(pen, keys[i], &error), &error);
        assert_false(lh_pen_behind(pen));
    }
    check_ok(lh_pen_append(pen, " ", &error), &error);
    assert_true(lh_pen_behind(pen));
    write_up(pen);
    assert_string_equal(lh_pen_written(pen)->text, "hello");
    size_t count = lh_pen_written(pen)->ink->count;
    check_ok(lh_pen_append(pen, " wor", &error), &error);
    write_up(pen);
    assert_int_equal(lh_pen_written(pen)->ink->count, count);
    lh_pen_finish(pen);
    write_up(pen);
    assert_string_equal(lh_pen_written(pen)->text, "hello wor");
    assert_true(lh_pen_written(pen)->ink->count > count);
    /* The finished word grows after all: it is written anew, the first stays. */
    check_ok(lh_pen_append(pen, "ld", &error), &error);
    assert_string_equal(lh_pen_text(pen), "hello world");
    assert_string_equal(lh_pen_written(pen)->text, "hello");
    assert_int_equal(lh_pen_written(pen)->ink->count, count);
    lh_pen_finish(pen);
    write_up(pen);
    assert_string_equal(lh_pen_written(pen)->text, "hello world");
    check_words(lh_pen_written(pen));
    lh_pen_free(pen);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void text_taken_back_takes_its_ink_along(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_pen *pen = new_pen(writer, 0);
    check_ok(lh_pen_append(pen, "one two three ", &error), &error);
    write_up(pen);
    size_t third = lh_pen_written(pen)->word[2].point;
    check_ok(lh_pen_truncate(pen, 10, &error), &error); /* "one two th" */
    assert_string_equal(lh_pen_text(pen), "one two th");
    assert_string_equal(lh_pen_written(pen)->text, "one two");
    assert_int_equal(lh_pen_written(pen)->ink->count, third);
    check_ok(lh_pen_append(pen, "ings", &error), &error);
    lh_pen_finish(pen);
    write_up(pen);
    assert_string_equal(lh_pen_written(pen)->text, "one two things");
    check_words(lh_pen_written(pen));
    check_ok(lh_pen_truncate(pen, 0, &error), &error);
    assert_int_equal(lh_pen_written(pen)->ink->count, 0);
    assert_int_equal(lh_pen_append(pen, "5", &error), LH_ERROR_ARGUMENT);
    assert_string_equal(lh_pen_text(pen), "");
    lh_pen_free(pen);
    lh_writer_free(writer);
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_of_all_kinds_become_one),
        cmocka_unit_test(pieces_are_whole_words_of_good_length),
        cmocka_unit_test(a_word_longer_than_a_piece_is_not_cut),
        cmocka_unit_test(unknown_character_is_named_with_what_can_be_written),
        cmocka_unit_test(empty_text_is_refused),
        cmocka_unit_test(text_of_any_length_is_written_whole),
        cmocka_unit_test(writing_stops_behind_the_last_character),
        cmocka_unit_test(ink_runs_on_without_steps_back_or_wide_gaps_between_pieces),
        cmocka_unit_test(what_is_kept_of_each_step_is_what_was_asked_for),
        cmocka_unit_test(cells_and_gates_are_kept_of_every_layer),
        cmocka_unit_test(a_pen_that_forgets_writes_on_the_same),
        cmocka_unit_test(ink_is_gone_on_with_in_several_ways),
        cmocka_unit_test(a_text_is_completed_to_its_end),
        cmocka_unit_test(the_seed_decides_and_the_index_too),
        cmocka_unit_test(a_text_is_the_same_alone_and_among_others),
        cmocka_unit_test(good_words_survive_a_fault_and_the_bad_one_is_written_anew),
        cmocka_unit_test(a_network_that_loops_is_given_up_after_so_many_tries),
        cmocka_unit_test(a_network_that_skips_draws_nothing),
        cmocka_unit_test(a_network_that_leaps_draws_nothing),
        cmocka_unit_test(a_network_that_leaps_now_and_then_is_noticed),
        cmocka_unit_test(a_pen_that_never_lifts_is_noticed),
        cmocka_unit_test(a_network_of_random_weights_ends_too),
        cmocka_unit_test(weights_that_are_no_numbers_are_an_error_that_names_the_model),
        cmocka_unit_test(ink_that_no_network_can_follow_is_refused),
        cmocka_unit_test(bias_makes_the_pen_neater_but_rest_no_likelier),
        cmocka_unit_test(a_pen_long_at_rest_goes_on_as_without_bias),
        cmocka_unit_test(a_pen_that_can_but_rest_keeps_a_whole_mixture),
        cmocka_unit_test(rest_is_counted_from_the_last_move_or_lift),
        cmocka_unit_test(guard_tells_each_fault),
        cmocka_unit_test(a_word_in_too_little_or_too_much_ink_is_a_fault),
        cmocka_unit_test(ink_due_follows_the_letters),
        cmocka_unit_test(strokes_behind_a_word_are_told_apart),
        cmocka_unit_test(the_primers_ink_is_not_in_what_comes_out),
        cmocka_unit_test(priming_costs_once),
        cmocka_unit_test(a_found_hand_holds_for_later_texts),
        cmocka_unit_test(texts_of_several_writers_seeds_and_biases_are_each_as_alone),
        cmocka_unit_test(a_styles_unknown_character_is_refused_by_name),
        cmocka_unit_test(styles_are_read_with_their_text),
        cmocka_unit_test(senseless_options_are_refused),
        cmocka_unit_test(a_prediction_network_draws_but_does_not_write),
        cmocka_unit_test(the_pen_writes_what_lh_write_text_writes),
        cmocka_unit_test(a_word_waits_until_it_is_whole),
        cmocka_unit_test(text_taken_back_takes_its_ink_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
