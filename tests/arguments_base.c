/* Base and ink: see arguments_rooms.h. */
#include "arguments_rooms.h"

#include <math.h>

/* ---- base -------------------------------------------------------------------------------------
 */

void base_refuses(void **state)
{
    (void)state;
    lh_rng rng;
    lh_alphabet alphabet;
    lh_error told;
    int32_t *indices;
    size_t count;
    const char *none = NULL;
    char out[5];
    lh_rng_seed(&rng, 1, 0);
    assert_true(lh_alphabet_parse(&alphabet, " ab"));
    GIVES(LH_ERROR_IO, lh_fail(&told, LH_ERROR_IO, NULL));
    GIVES(NO_SUCH(lh_status), lh_fail(NULL, NO_SUCH(lh_status), "a"));
    GIVES(LH_ERROR_MEMORY, lh_fail_memory(&told, NULL));
    IGNORES(lh_rng_seed(NULL, 1, 0));
    GIVES(0, lh_rng_next(NULL));
    GIVES(0, lh_rng_uniform(NULL));
    GIVES(0, lh_rng_normal(NULL));
    GIVES(0, lh_rng_below(NULL, 3));
    GIVES(0, lh_rng_below(&rng, 0));
    GIVES(0, lh_utf8_next(NULL));
    GIVES(0, lh_utf8_next(&none));
    GIVES(false, lh_utf8_valid(NULL));
    GIVES(0, lh_utf8_encode('a', NULL));
    GIVES(0, lh_utf8_encode(0xd800, out));
    GIVES(0, lh_utf8_encode(0x110000, out));
    GIVES(-1, lh_alphabet_index(NULL, 'a'));
    GIVES(false, lh_alphabet_add(NULL, 'a'));
    GIVES(false, lh_alphabet_add(&alphabet, 0));
    GIVES(false, lh_alphabet_add(&alphabet, UINT32_MAX));
    GIVES(false, lh_alphabet_parse(NULL, "a"));
    GIVES(false, lh_alphabet_parse(&alphabet, NULL));
    GIVES(NULL, lh_alphabet_string(NULL));
    REFUSES(lh_alphabet_encode(NULL, "a", &indices, &count, error));
    REFUSES(lh_alphabet_encode(&alphabet, NULL, &indices, &count, error));
    REFUSES(lh_alphabet_encode(&alphabet, "a", NULL, &count, error));
    REFUSES(lh_alphabet_encode(&alphabet, "a", &indices, NULL, error));
}

void files_refuse(void **state)
{
    (void)state;
    size_t size;
    lh_error told;
    MAKES_NOTHING(lh_output_open(NULL, error));
    GIVES(NULL, lh_output_stream(NULL));
    REFUSES(lh_output_commit(NULL, error));
    IGNORES(lh_output_discard(NULL));
    GIVES(LH_ERROR_IO, lh_output_end(NULL, LH_ERROR_IO, &told));
    GIVES(NO_SUCH(lh_status), lh_output_end(NULL, NO_SUCH(lh_status), &told));
    MAKES_NOTHING(lh_file_read(NULL, 1, &size, error));
    MAKES_NOTHING(lh_file_read("/dev/null", 1, NULL, error));
}

/* ---- ink --------------------------------------------------------------------------------------
 */

void ink_refuses(void **state)
{
    (void)state;
    size_t position = 0, count;
    const lh_point *points;
    lh_offset offset;
    lh_curve curve;
    lh_cleaning odd = lh_cleaning_default;
    odd.max_gap = NAN;
    lh_point before = ink->points[0];
    lh_ink_free(lh_ink_new(NULL));
    arguments_note("lh_ink_new(error)");
    IGNORES(lh_ink_free(NULL));
    MAKES_NOTHING(lh_ink_copy(NULL, error));
    IGNORES(lh_ink_clear(NULL));
    REFUSES(lh_ink_add(NULL, before, error));
    REFUSES(lh_ink_append(NULL, ink, 0, 0, 0, error));
    REFUSES(lh_ink_append(ink, NULL, 0, 0, 0, error));
    GIVES(false, lh_ink_next_stroke(NULL, &position, &points, &count));
    GIVES(false, lh_ink_next_stroke(ink, NULL, &points, &count));
    GIVES(false, lh_ink_next_stroke(ink, &position, NULL, &count));
    GIVES(false, lh_ink_next_stroke(ink, &position, &points, NULL));
    GIVES(0, lh_ink_to_offsets(NULL, &offset));
    GIVES(0, lh_ink_to_offsets(ink, NULL));
    REFUSES(lh_ink_clean(NULL, &lh_cleaning_default, NULL, error));
    REFUSES(lh_ink_clean(ink, NULL, NULL, error));
    REFUSES(lh_ink_clean(ink, &odd, NULL, error));
    GIVES_EMPTY(lh_box, lh_ink_bounds(NULL));
    IGNORES(lh_ink_move(NULL, 1, 1));
    IGNORES(lh_ink_move(ink, NAN, 1));
    assert_memory_equal(&before, ink->points, sizeof before);
    GIVES_EMPTY(lh_baseline, lh_ink_baseline(NULL));
    REFUSES(lh_ink_level(NULL, error));
    REFUSES(lh_curve_fit(NULL, 1, 1, &curve, error));
    REFUSES(lh_curve_fit(ink->points, 0, 1, &curve, error));
    REFUSES(lh_curve_fit(ink->points, 1, NAN, &curve, error));
    REFUSES(lh_curve_fit(ink->points, 1, -1, &curve, error));
    REFUSES(lh_curve_fit(ink->points, 1, 1, NULL, error));
    IGNORES(lh_curve_free(NULL));
    const lh_baseline baseline = {.height = 1};
    lh_features features = {0};
    REFUSES(lh_features_of(NULL, 1, &baseline, 1, &features, error));
    REFUSES(lh_features_of(ink->points, 1, NULL, 1, &features, error));
    REFUSES(lh_features_of(ink->points, 1, &baseline, NAN, &features, error));
    REFUSES(lh_features_of(ink->points, 1, &baseline, 1, NULL, error));
    IGNORES(lh_features_free(NULL));
    GIVES_EMPTY(lh_baseline, lh_features_baseline(NULL));
}
