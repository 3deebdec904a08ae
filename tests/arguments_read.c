/* Reading: see arguments_rooms.h. */
#include "arguments_rooms.h"

#include "check.h"
#include "tiny_corpus.h"

#include <stdlib.h>

/* A network that reads two characters and has not learnt to. */
static lh_reader *new_reader(void)
{
    lh_error error;
    char *path = tiny_path(folder, "reader.safetensors");
    lh_model reads = {.scale_x = 1, .scale_y = 1};
    lh_alphabet_parse(&reads.alphabet, "ab");
    reads.network = lh_network_new(&(lh_architecture){.layers = 1,
                                                      .cells = 2,
                                                      .alphabet = 2,
                                                      .head = lh_head_find("ctc"),
                                                      .inputs = LH_FEATURES,
                                                      .directions = 2},
                                   &error);
    check_ok(lh_model_save(&reads, path, LH_PRECISION_FLOAT32, &error), &error);
    lh_network_free(reads.network);
    lh_reader *reader = lh_reader_load(path, &error);
    assert_non_null(reader);
    free(path);
    return reader;
}

void reading_refuses(void **state)
{
    (void)state;
    double p;
    lh_reader *reader = new_reader();
    lh_read_options odd = lh_read_defaults;
    MAKES_NOTHING(lh_reader_load(NULL, error));
    IGNORES(lh_reader_free(NULL));
    GIVES(NULL, lh_reader_model(NULL));
    MAKES_NOTHING(lh_read(NULL, ink, &lh_read_defaults, error));
    MAKES_NOTHING(lh_read(reader, NULL, &lh_read_defaults, error));
    MAKES_NOTHING(lh_read(reader, ink, NULL, error));
    odd.beam = 0;
    MAKES_NOTHING(lh_read(reader, ink, &odd, error));
    odd.beam = 1001;
    MAKES_NOTHING(lh_read(reader, ink, &odd, error));
    IGNORES(lh_reading_free(NULL));
    REFUSES(lh_read_score(NULL, ink, "a", &lh_read_defaults, &p, error));
    REFUSES(lh_read_score(reader, NULL, "a", &lh_read_defaults, &p, error));
    REFUSES(lh_read_score(reader, ink, NULL, &lh_read_defaults, &p, error));
    REFUSES(lh_read_score(reader, ink, "a", NULL, &p, error));
    REFUSES(lh_read_score(reader, ink, "a", &lh_read_defaults, NULL, error));
    lh_reader_free(reader);
}
