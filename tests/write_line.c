/* Lines that are written in tests: see write_line.h. */
#include "write_line.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

const char long_text[] =
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age "
    "of foolishness, it was the epoch of belief, it was the epoch of incredulity, it was the "
    "season of Light, it was the season of Darkness, it was the spring of hope.";

lh_error error;

lh_writer *new_writer(const lh_model *model, const lh_style *style)
{
    lh_writer *writer = lh_writer_new(model, style, &error);
    if (!writer)
        fail_msg("%s", error.message);
    return writer;
}

lh_written *write_one(const lh_writer *writer, const lh_write_options *options, const char *text)
{
    lh_written *written = lh_write_text(writer, options, text, &error);
    if (!written)
        fail_msg("%s", error.message);
    return written;
}

void assert_same_ink(const lh_ink *a, const lh_ink *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        if (memcmp(&a->points[i], &b->points[i], sizeof *a->points) != 0)
            fail_msg("point %zu is (%g, %g) in one and (%g, %g) in the other", i,
                     (double)a->points[i].x, (double)a->points[i].y, (double)b->points[i].x,
                     (double)b->points[i].y);
}

bool same_ink(const lh_ink *a, const lh_ink *b)
{
    return a->count == b->count && memcmp(a->points, b->points, a->count * sizeof *a->points) == 0;
}

void check_passes(const lh_written *written)
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

void check_words(const lh_written *written)
{
    size_t points = 0;
    assert_true(written->words > 0);
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
