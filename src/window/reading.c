/* Reading what is drawn: see reading.h. */
#include "reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A line is no higher than so many small letters. */
static const float line_height = 7;
/* Nats a character by which another text is likelier than the caption, that is told. Of people's
 * lines and what they say, two in a hundred are further apart. */
static const double unlike_a_character = 1.5;

void win_reading_clear(win_reading *r)
{
    free(r->text);
    free(r->caption);
    *r = (win_reading){0};
}

static bool is_line(const lh_ink *ink)
{
    const lh_box box = lh_ink_bounds(ink);
    return box.bottom - box.top < line_height * lh_features_baseline(ink).height;
}

void win_reading_find(win_reading *r, const lh_reader *reader, const lh_ink *ink,
                      const char *caption)
{
    lh_error ignored;
    if (!reader || ink->count == 0 || !is_line(ink))
        return;
    lh_reading *read = lh_read(reader, ink, &lh_read_defaults, &ignored);
    if (!read)
        return;
    r->text = read->text;
    read->text = NULL;
    r->caption = caption ? strdup(caption) : NULL;
    double log_probability;
    if (r->caption && lh_read_score(reader, ink, caption, &lh_read_defaults, &log_probability,
                                    &ignored) == LH_OK) {
        const double apart = read->log_probability - log_probability;
        r->unlike = apart > unlike_a_character * (double)strlen(caption);
    }
    lh_reading_free(read);
}
