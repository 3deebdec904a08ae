/* Reading: see arguments_rooms.h. */
#include "arguments_rooms.h"

#include "tiny_corpus.h"

#include <math.h>
#include <stdlib.h>

/* A network that reads, as it begins training. */
static lh_reader *reader_new(void)
{
    lh_error error;
    lh_architecture architecture = {.layers = 1,
                                    .cells = 4,
                                    .alphabet = 3,
                                    .inputs = LH_FEATURES,
                                    .directions = 2,
                                    .head = lh_head_find("ctc")};
    lh_model reads = {.scale_x = 1, .scale_y = 1};
    reads.network = lh_network_new(&architecture, &error);
    assert_non_null(reads.network);
    assert_true(lh_alphabet_parse(&reads.alphabet, " ab"));
    char *path = tiny_path(folder, "reads");
    check_ok(lh_model_save(&reads, path, LH_PRECISION_FLOAT32, &error), &error);
    lh_reader *reader = lh_reader_load(path, &error);
    if (!reader)
        fail_msg("%s", error.message);
    lh_network_free(reads.network);
    free(path);
    return reader;
}

void reading_refuses(void **state)
{
    (void)state;
    lh_reader *reader = reader_new();
    const lh_read_options options = lh_read_defaults;
    lh_read_options odd = options;
    double told = 7;
    odd.beam = 0;
    MAKES_NOTHING(lh_reader_load(NULL, error));
    IGNORES(lh_reader_free(NULL));
    GIVES(NULL, lh_reader_model(NULL));
    MAKES_NOTHING(lh_read(NULL, ink, &options, error));
    MAKES_NOTHING(lh_read(reader, NULL, &options, error));
    MAKES_NOTHING(lh_read(reader, ink, NULL, error));
    MAKES_NOTHING(lh_read(reader, ink, &odd, error));
    IGNORES(lh_reading_free(NULL));
    REFUSES(lh_read_score(NULL, ink, "a", &options, &told, error));
    REFUSES(lh_read_score(reader, NULL, "a", &options, &told, error));
    REFUSES(lh_read_score(reader, ink, NULL, &options, &told, error));
    REFUSES(lh_read_score(reader, ink, "a", NULL, &told, error));
    REFUSES(lh_read_score(reader, ink, "a", &options, NULL, error));
    assert_true(told == 7);
    const uint32_t letter = 97;
    lh_language *language = lh_language_new(2, NULL);
    MAKES_NOTHING(lh_language_new(0, error));
    IGNORES(lh_language_free(NULL));
    REFUSES(lh_language_learn(NULL, "a", error));
    REFUSES(lh_language_learn(language, NULL, error));
    GIVES(-INFINITY, lh_language_log_probability(NULL, &letter, 1, letter));
    GIVES(-INFINITY, lh_language_log_probability(language, NULL, 1, letter));
    lh_language_free(language);
    lh_real *hand = malloc(lh_reader_hand_size(reader) * sizeof *hand);
    lh_ink empty = {0};
    GIVES(0, lh_reader_hand_size(NULL));
    REFUSES(lh_reader_hand(NULL, ink, NULL, hand, error));
    REFUSES(lh_reader_hand(reader, NULL, NULL, hand, error));
    REFUSES(lh_reader_hand(reader, ink, NULL, NULL, error));
    REFUSES(lh_reader_hand(reader, &empty, NULL, hand, error));
    free(hand);
    lh_reader_free(reader);
}
