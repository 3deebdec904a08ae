/* ! from a bar and a full stop, ; from a full stop and a comma. */
#include "composer.h"
#include "pieces.h"

#include <string.h>

/* `piece`, made `scale` times as large, in the middle above `at`. */
static change above(const aligned *from, const cutting *piece, float scale, const cutting *at,
                    float gap)
{
    const float width = scale * (piece->box.right - piece->box.left);
    return (change){
        .from = from,
        .letter = *piece,
        .at = *at,
        .to = {0.5F * (at->box.left + at->box.right - width), at->box.top - gap, scale, scale}};
}

/* The first bar of the form, above the first full stop that ends a line. */
static lh_status make_exclamation(composer *c, const aligned *lines, size_t count, lh_error *error)
{
    cutting bar, stop;
    const aligned *from = NULL, *into = NULL;
    size_t place;
    for (size_t i = 0; i < count && !from; i++)
        from = take_first(&lines[i], take_bar, &place, &bar) ? &lines[i] : NULL;
    for (size_t i = 0; i < count && !into; i++)
        into = take_stop(&lines[i], &stop) ? &lines[i] : NULL;
    if (!from || !into)
        return LH_OK;
    const float scale = 1.5F * into->height / (bar.box.bottom - bar.box.top);
    change what = above(from, &bar, scale, &stop, 0.35F * into->height);
    what.place = strlen(into->line.text) - 1;
    what.sign = '!';
    return composer_make(c, into, &what, 1, error);
}

/* A full stop of the form, above the first comma of one of its lines. */
static lh_status make_semicolon(composer *c, const aligned *lines, size_t count, lh_error *error)
{
    cutting stop, comma;
    const aligned *from = NULL, *into = NULL;
    size_t place = 0;
    for (size_t i = 0; i < count && !from; i++)
        from = take_stop(&lines[i], &stop) ? &lines[i] : NULL;
    for (size_t i = 0; i < count && !into; i++)
        into = take_first(&lines[i], take_comma, &place, &comma) ? &lines[i] : NULL;
    if (!from || !into)
        return LH_OK;
    change what = above(from, &stop, into->height / from->height, &comma, 0.5F * into->height);
    what.place = place;
    what.sign = ';';
    return composer_make(c, into, &what, 1, error);
}

lh_status compose_marks(composer *c, const aligned *lines, size_t count, lh_error *error)
{
    lh_status status = composer_makes(c, '!') ? make_exclamation(c, lines, count, error) : LH_OK;
    return status == LH_OK && composer_makes(c, ';') ? make_semicolon(c, lines, count, error)
                                                     : status;
}
