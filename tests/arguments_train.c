/* Corpus and training: see arguments_rooms.h. */
#include "arguments_rooms.h"

#include <math.h>

/* ---- corpus -----------------------------------------------------------------------------------
 */

void corpus_refuses(void **state)
{
    (void)state;
    unsigned mask;
    const char *const source[] = {folder, NULL};
    lh_prepare_options options = lh_prepare_defaults(), odd = options;
    lh_ink empty = {0};
    odd.min_points_per_character = NAN;
    assert_string_equal(lh_split_name(NO_SUCH(lh_split)), "none");
    arguments_note("lh_split_name(NO_SUCH)");
    REFUSES(lh_split_parse(NULL, &mask, error));
    REFUSES(lh_split_parse("all", NULL, error));
    MAKES_NOTHING(lh_iam_read(NULL, error));
    REFUSES(lh_iam_write(NULL, "x.xml", error));
    REFUSES(lh_iam_write_to(NULL, stdout, error));
    REFUSES(lh_iam_write_to(ink, NULL, error));
    REFUSES(lh_iam_write(&empty, "x.xml", error));
    REFUSES(lh_iam_write(ink, NULL, error));
    MAKES_NOTHING(lh_recording_read(NULL, error));
    IGNORES(lh_recording_free(NULL));
    MAKES_NOTHING(lh_corpus_open(NULL, error));
    IGNORES(lh_corpus_free(NULL));
    GIVES(0, lh_corpus_count(NULL));
    GIVES(NULL, lh_corpus_get(NULL, 0).name);
    GIVES(NULL, lh_corpus_get(corpus, SIZE_MAX).name);
    GIVES(SIZE_MAX, lh_corpus_find(NULL, "a"));
    GIVES(SIZE_MAX, lh_corpus_find(corpus, NULL));
    GIVES_EMPTY(lh_scale, lh_corpus_scale(NULL));
    GIVES(NULL, lh_corpus_alphabet(NULL));
    GIVES(0, lh_corpus_checksum(NULL));
    GIVES(NULL, lh_corpus_report(NULL));
    REFUSES(lh_corpus_prepare(NULL, 1, &options, "x.lhc", error));
    REFUSES(lh_corpus_prepare(source, 0, &options, "x.lhc", error));
    REFUSES(lh_corpus_prepare(source + 1, 1, &options, "x.lhc", error));
    REFUSES(lh_corpus_prepare(source, 1, NULL, "x.lhc", error));
    REFUSES(lh_corpus_prepare(source, 1, &odd, "x.lhc", error));
    REFUSES(lh_corpus_prepare(source, 1, &options, NULL, error));
}

/* ---- training ---------------------------------------------------------------------------------
 */

void datasets_refuse(void **state)
{
    (void)state;
    lh_dataset_options options = {.splits = ~0U, .scale_x = 1, .scale_y = 1}, odd = options;
    lh_dataset *dataset = lh_dataset_new(corpus, &options, NULL);
    const lh_network *network = prediction->network;
    lh_loss losses[6];
    lh_null_model null;
    assert_true(lh_dataset_count(dataset) == 6);
    odd.scale_x = NAN;
    MAKES_NOTHING(lh_dataset_new(NULL, &options, error));
    MAKES_NOTHING(lh_dataset_new(corpus, NULL, error));
    MAKES_NOTHING(lh_dataset_new(corpus, &odd, error));
    IGNORES(lh_dataset_free(NULL));
    GIVES(0, lh_dataset_count(NULL));
    GIVES(0, lh_dataset_points(NULL));
    GIVES(NULL, lh_dataset_sequences(NULL));
    GIVES(SIZE_MAX, lh_dataset_line(NULL, 0));
    GIVES(SIZE_MAX, lh_dataset_line(dataset, 6));
    GIVES(0, lh_dataset_left_out(NULL));
    REFUSES(lh_dataset_loss(NULL, dataset, 1, NULL, NULL, losses, error));
    REFUSES(lh_dataset_loss(network, NULL, 1, NULL, NULL, losses, error));
    REFUSES(lh_dataset_loss(network, dataset, -1, NULL, NULL, losses, error));
    REFUSES(lh_dataset_loss(network, dataset, 1, NULL, NULL, NULL, error));
    REFUSES(lh_null_model_fit(NULL, &null, error));
    REFUSES(lh_null_model_fit(dataset, NULL, error));
    GIVES_EMPTY(lh_loss, lh_null_model_loss(NULL, lh_dataset_sequences(dataset)));
    GIVES_EMPTY(lh_loss, lh_null_model_loss(&null, NULL));
    GIVES_EMPTY(lh_score, lh_score_of(NULL, 1, 1, 1));
    GIVES_EMPTY(lh_score, lh_score_of(losses, 0, 1, 1));
    GIVES_EMPTY(lh_score, lh_score_of(losses, 1, 0, NAN));
    lh_dataset_free(dataset);
}

void training_refuses(void **state)
{
    (void)state;
    lh_train_options options = lh_train_options_default(NO_SUCH(lh_optimizer_kind)), odd;
    arguments_note("lh_train_options_default(NO_SUCH)");
    double low, high;
    GIVES(false, lh_train_option_range(offsetof(lh_train_options, cells), NULL, &high));
    GIVES(false, lh_train_option_range(offsetof(lh_train_options, cells), &low, NULL));
    odd = lh_train_options_for(NO_SUCH(lh_train_network), NO_SUCH(lh_optimizer_kind));
    arguments_note("lh_train_options_for(NO_SUCH, NO_SUCH)");
    const lh_train_files files = {.model = "/dev/null/model"}, none = {.model = NULL};
    REFUSES(lh_train_options_load(NULL, &options, error));
    REFUSES(lh_train_options_load("x.state", NULL, error));
    options = lh_train_options_default(LH_ADAM);
    REFUSES(lh_train(NULL, &options, &files, false, NULL, error));
    REFUSES(lh_train(corpus, NULL, &files, false, NULL, error));
    REFUSES(lh_train(corpus, &options, NULL, false, NULL, error));
    REFUSES(lh_train(corpus, &options, &none, false, NULL, error));
    REFUSES(lh_train(corpus, &odd, &files, false, NULL, error));
    odd = options;
    odd.schedule = NO_SUCH(lh_schedule);
    REFUSES(lh_train(corpus, &odd, &files, false, NULL, error));
    odd = options;
    odd.optimizer = (lh_optimizer_kind)-1;
    REFUSES(lh_train(corpus, &odd, &files, false, NULL, error));
    odd = options;
    odd.train_splits = 1U << LH_SPLIT_COUNT;
    REFUSES(lh_train(corpus, &odd, &files, false, NULL, error));
    odd = options;
    odd.learning_rate = NAN;
    REFUSES(lh_train(corpus, &odd, &files, false, NULL, error));
}

void ranks_refuse(void **state)
{
    (void)state;
    lh_train_options options = lh_train_options_default(LH_ADAM);
    const lh_train_files files = {.model = "/dev/null/model"}, none = {.model = NULL};
    REFUSES(lh_ranks_join(NULL, error));
    IGNORES(lh_ranks_leave(NULL));
    GIVES(1, lh_ranks_count(NULL));
    GIVES(0, lh_ranks_rank(NULL));
    GIVES(false, lh_ranks_lost(NULL));
    IGNORES(lh_ranks_set_stop(NULL, NULL, NULL));
    REFUSES(lh_ranks_agree(NULL, NO_SUCH(lh_status), error));
    REFUSES(lh_train_together(NULL, NULL, &options, &files, false, NULL, error));
    REFUSES(lh_train_together(NULL, corpus, NULL, &files, false, NULL, error));
    REFUSES(lh_train_together(NULL, corpus, &options, NULL, false, NULL, error));
    REFUSES(lh_train_together(NULL, corpus, &options, &none, false, NULL, error));
}

void logs_refuse(void **state)
{
    (void)state;
    MAKES_NOTHING(lh_training_log_read(NULL, error));
    IGNORES(lh_training_log_free(NULL));
}
