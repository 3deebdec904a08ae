/* Lines that are written with the small networks of write_model.h, and what must be true of each.
 */
#ifndef LONGHAND_TESTS_WRITE_LINE_H
#define LONGHAND_TESTS_WRITE_LINE_H

#include <longhand/longhand.h>

/* Of several pieces. */
extern const char long_text[];
/* Of the last call that failed. */
extern lh_error error;

/* Both fail the test with the library's words; the caller frees. */
lh_writer *new_writer(const lh_model *model, const lh_style *style);
lh_written *write_one(const lh_writer *writer, const lh_write_options *options, const char *text);

/* Fails the test with the first point that differs. */
void assert_same_ink(const lh_ink *a, const lh_ink *b);
bool same_ink(const lh_ink *a, const lh_ink *b);

/* Every character but blanks was under the pen, in order. The text is ASCII. */
void check_passes(const lh_written *written);
/* Its words are those of the text between blanks, and all of its ink; each ends with the pen up. */
void check_words(const lh_written *written);

#endif
