/* Hands and pieces: see writing.h. */
#include "writing.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_PIECE = 4 }; /* characters that are written first, so that ink shows soon */

/* A hand is found once for each seed, in these words, so that it is the same whatever is typed. */
static const char FIRST_WORDS[] = "the quick fox";

static lh_writer *in_style(const lh_model *model, const char *path, lh_error *error)
{
    lh_style *style = lh_style_read(path, NULL, error);
    lh_writer *writer = style ? lh_writer_new(model, style, error) : NULL;
    lh_style_free(style);
    return writer;
}

static lh_writer *by_seed(const lh_model *model, const lh_hand_pool *pool, uint64_t seed,
                          lh_error *error)
{
    lh_error ignored; /* then the seed finds a hand without any */
    lh_hand *hand =
        pool->count > 0
            ? lh_hand_pool_draw(pool, lh_network_fingerprint(model->network), seed, &ignored)
            : NULL;
    lh_writer *writer =
        hand ? lh_writer_in_hand(model, hand, error) : lh_writer_new(model, NULL, error);
    lh_hand_free(hand);
    return writer;
}

lh_writer *win_writer_new(const lh_model *model, const char *path, const lh_hand_pool *pool,
                          const lh_write_options *options, lh_error *error)
{
    if (path)
        return in_style(model, path, error);
    lh_writer *writer = by_seed(model, pool, options->seed, error);
    lh_error ignored; /* an alphabet without these letters: each text finds a hand of its own */
    if (!writer || lh_writer_check(writer, FIRST_WORDS, &ignored) != LH_OK ||
        lh_writer_find_hand(writer, options, FIRST_WORDS, 0, error) == LH_OK)
        return writer;
    lh_writer_free(writer);
    return NULL;
}

size_t win_first_piece(const char *text)
{
    size_t length = strlen(text), at = FIRST_PIECE < length ? FIRST_PIECE : length;
    return at + strcspn(text + at, " ");
}

lh_status win_write_whole(lh_pen *pen, const lh_reader *reader, const char *text, lh_error *error)
{
    char *first = strndup(text, win_first_piece(text));
    lh_status status = first ? lh_pen_set_text(pen, first, error) : lh_fail_memory(error, "a text");
    lh_pen_finish(pen);
    if (status == LH_OK)
        status = lh_pen_write(pen, error);
    if (status == LH_OK && text[win_first_piece(text)]) {
        lh_pen_proofread(pen, reader);
        status = lh_pen_set_text(pen, text, error);
        lh_pen_finish(pen);
    }
    while (status == LH_OK && lh_pen_behind(pen))
        status = lh_pen_write(pen, error);
    free(first);
    return status;
}
