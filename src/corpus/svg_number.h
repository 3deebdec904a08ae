/* Numbers in the attributes of SVG (SVG 1.1, sections 4.2 and 8.3.9). */
#ifndef LONGHAND_CORPUS_SVG_NUMBER_H
#define LONGHAND_CORPUS_SVG_NUMBER_H

#include <stdbool.h>

/* Moves *at past blanks, and past a comma between these with `comma`. */
void svg_pass_blanks(const char **at, const char *end, bool comma);
/* Reads the number that begins at *at, as long as it goes ("1-2" is 1, ".5.5" is .5), and moves
 * behind it. False, and *at stays, where there is none, or one beyond a float. */
bool svg_number_read(const char **at, const char *end, double *value);
/* Reads all of text..end as a length, in user units: of these there are 96 an inch (CSS). False for
 * units that depend on fonts or on the size of the picture. */
bool svg_length_read(const char *text, const char *end, double *value);

#endif
