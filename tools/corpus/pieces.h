/* Characters of a recorded line that can be taken out of it or replaced in it. Each function is
 * false where the character is not of that kind, or not in strokes of its own, or not whole. */
#ifndef LONGHAND_TOOLS_PIECES_H
#define LONGHAND_TOOLS_PIECES_H

#include "align.h"

/* Character `place` is an x, of two strokes that cross, or a z, that zigzags. */
bool take_letter(const aligned *line, size_t place, cutting *cut);
/* Character `place` is a capital at the beginning of a word that stands on the line and ends there,
 * with a small letter behind it. */
bool take_capital(const aligned *line, size_t place, cutting *cut);
/* Character `place` is a small letter as tall as an x. */
bool take_small(const aligned *line, size_t place, cutting *cut);
/* The same at the beginning of a word, with a small letter behind it. */
bool take_initial(const aligned *line, size_t place, cutting *cut);
/* Character `place` is an upright bar: an I, l or 1 that is one. */
bool take_bar(const aligned *line, size_t place, cutting *cut);
/* Character `place` is a digit. */
bool take_digit(const aligned *line, size_t place, cutting *cut);
/* The first character of the line that `take`, one of those here with a place, takes. */
bool take_first(const aligned *line, bool take(const aligned *line, size_t place, cutting *cut),
                size_t *place, cutting *cut);
/* The full stop that ends the line. It is told by its shape, for it has hardly more points than the
 * window comes early or late. */
bool take_stop(const aligned *line, cutting *cut);
/* Character `place` is a comma at the end of a word, told by its shape as well. */
bool take_comma(const aligned *line, size_t place, cutting *cut);

#endif
