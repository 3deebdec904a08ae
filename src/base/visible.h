/* Text that others wrote (names, elements, commands, transcriptions), as it may be shown to people:
 * on a terminal, which obeys control characters, or in a window. All that Longhand prints of it
 * goes through here; lh_fail does so itself. */
#ifndef LONGHAND_BASE_VISIBLE_H
#define LONGHAND_BASE_VISIBLE_H

#include <longhand/base.h>

#include <stdarg.h>

/* Is this a character that nobody sees, or that does something else than stand there? */
bool visible_is_hidden(uint32_t codepoint);

/* Copies `text` to `out` [size] with all in it visible: tabs and ends of rows become blanks; other
 * control characters, bytes that are not UTF-8, and characters that turn the direction of text or
 * show nothing become "?". What does not fit is cut, at a character. Returns the length of all of
 * it. */
size_t visible_text(const char *text, char *out, size_t size);

/* Prints with all visible; printf's formats. The second ends the row as well. */
void visible_print(FILE *stream, const char *format, ...) LH_PRINTF(2, 3);
void visible_row(FILE *stream, const char *format, ...) LH_PRINTF(2, 3);
/* The same for functions like printf, at one go with what is to stand before and behind as it is.
 */
void visible_say(FILE *stream, const char *before, const char *format, va_list list,
                 const char *behind);

/* Prints JSON and a row's end: the strings in it mean the same, and such characters in them are
 * "\u202e". Bytes that are not UTF-8 become U+FFFD. */
void visible_json(FILE *stream, const char *json);

#endif
