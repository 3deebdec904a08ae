/* Pieces that no line of a corpus has: see more_pieces.h. */
#include "more_pieces.h"

#include <longhand/longhand.h>

#include <glob.h>
#include <stdlib.h>
#include <string.h>

enum { PATTERN = 4096 };

/* ---- what the pen draws ------------------------------------------------------------------------
 */

static lh_status take_signs(piece_pool *pool, const lh_written *written, size_t form, float height,
                            lh_error *error)
{
    const lh_ink *ink = written->ink;
    lh_status status = LH_OK;
    for (size_t w = 0; w < written->words && status == LH_OK; w++) {
        const lh_word *word = &written->word[w];
        char text[PIECE_TEXT];
        snprintf(text, sizeof text, "%.*s", (int)word->bytes, written->text + word->byte);
        if (word->count == 1 && word->points > 0 && !word->flawed)
            status =
                pool_add(pool, text, form, ink->points + word->point, word->points, height, error);
    }
    return status;
}

static lh_status write_signs(piece_pool *pool, const lh_model *model, const char *path,
                             const char *text, size_t form, lh_error *error)
{
    lh_write_options options = lh_write_defaults;
    lh_written *written = NULL;
    lh_style *style = lh_style_read(path, NULL, error);
    lh_writer *writer = style ? lh_writer_new(model, style, error) : NULL;
    options.seed = form;
    if (writer)
        written = lh_write_text(writer, &options, text, error);
    const lh_status status =
        written ? take_signs(pool, written, form, lh_ink_baseline(style->ink).height, error)
                : error->status;
    lh_written_free(written);
    lh_writer_free(writer);
    lh_style_free(style);
    return status;
}

/* The signs with blanks between them; the caller frees. NULL: no memory. */
static char *join(char (*sign)[5], size_t count)
{
    char *text = calloc(count + 1, sizeof *sign), *end = text;
    for (size_t i = 0; text && i < count; i++)
        end += sprintf(end, "%s%s", i > 0 ? " " : "", sign[i]);
    return text;
}

lh_status pool_add_drawn(piece_pool *pool, const lh_model *model, const char *styles,
                         char (*sign)[5], size_t count, size_t form, lh_error *error)
{
    char pattern[PATTERN];
    glob_t found = {0};
    snprintf(pattern, sizeof pattern, "%.3000s/*.xml", styles);
    glob(pattern, 0, NULL, &found);
    snprintf(pattern, sizeof pattern, "%.3000s/*.hand", styles);
    glob(pattern, GLOB_APPEND, NULL, &found);
    char *text = join(sign, count);
    lh_status status = !text ? lh_fail(error, LH_ERROR_MEMORY, "out of memory")
                       : found.gl_pathc == 0
                           ? lh_fail(error, LH_ERROR_IO, "%.200s: no styles in it", styles)
                           : LH_OK;
    for (size_t i = 0; i < found.gl_pathc && status == LH_OK; i++)
        status = write_signs(pool, model, found.gl_pathv[i], text, form + i, error);
    free(text);
    globfree(&found);
    return status;
}

/* ---- colons that are none ----------------------------------------------------------------------
 */

/* How far the dots of a colon are moved towards each other, of their distance. */
static const float together_by = 0.4f;

/* Adds what is left of a colon of two strokes: both moved together, or its upper one alone. */
static lh_status add_lone_dot(piece_pool *pool, const piece *colon, lh_rng *rng, lh_error *error)
{
    size_t strokes = 0, second = 0;
    for (size_t i = 0; i < colon->count; i++)
        if (colon->points[i].end && strokes++ == 0)
            second = i + 1;
    if (strokes != 2)
        return LH_OK;
    lh_point *left = malloc(colon->count * sizeof *left);
    if (!left)
        return lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    memcpy(left, colon->points, colon->count * sizeof *left);
    const float apart = left[second].y - left[0].y; /* y goes down */
    const bool together = apart == 0 || lh_rng_below(rng, 2);
    for (size_t i = 0; i < colon->count && together; i++)
        left[i].y += (i < second ? together_by : -together_by) * apart;
    const size_t first = together || apart > 0 ? 0 : second,
                 end = together || apart < 0 ? colon->count : second;
    const lh_status status =
        pool_add(pool, MIDDLE_DOT, colon->form, left + first, end - first, 1, error);
    free(left);
    return status;
}

lh_status pool_add_lone_dots(piece_pool *pool, lh_rng *rng, lh_error *error)
{
    const size_t count = pool->count;
    lh_status status = LH_OK;
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        const piece colon = pool->piece[i]; /* the pool moves as it grows */
        if (strcmp(colon.text, ":") == 0)
            status = add_lone_dot(pool, &colon, rng, error);
    }
    return status;
}
