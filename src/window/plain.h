/* From what is typed to what is written, by the rules that documents have: the table of signs,
 * rows, indents, tabs. Only '@' is a character as others. */
#ifndef LONGHAND_WINDOW_PLAIN_H
#define LONGHAND_WINDOW_PLAIN_H

#include "document/manuscript.h"

/* Words that were found to be wider than the paper, and how many of their characters go in a row.
 */
typedef struct win_parts {
    struct win_part {
        char *word; /* owned; the whole of it */
        size_t characters;
    } * row;
    size_t count;
} win_parts;

/* What a hand can write, and how. All may be NULL but for the alphabet. */
typedef struct win_letters {
    const lh_alphabet *alphabet;
    const lh_signs *signs;
    const win_parts *parts;
} win_letters;

typedef struct win_plain {
    char *text;   /* owned; what is to be written, blanks single */
    size_t *byte; /* owned; [count + 1]: where each of its characters stands in what was typed */
    uint32_t *letter; /* owned; [count]: its characters */
    size_t count;     /* characters */
    size_t *part_of;  /* owned; [words]: for parts of a word 1 + its row of win_parts, else 0 */
    size_t words;
    size_t *first;      /* owned; [passages + 1]: the first word of each of `from`, and `words` */
    lh_manuscript from; /* owned; how the text is set out, and what is left out of it */
} win_plain;

/* Fills `plain`, freeing what it held. On failure nothing changed. */
lh_status win_plain_read(win_plain *plain, const char *typed, const win_letters *letters,
                         lh_error *error);
void win_plain_clear(win_plain *plain);
/* The first word that stands elsewhere than in `before`, for the words alike or not: rows, indents
 * and tabs; `words` where none does. */
size_t win_plain_moved(const win_plain *plain, const win_plain *before);
/* Is the character left out? */
bool win_plain_skips(const win_plain *plain, uint32_t letter);
/* Up to ten of those that are left out, each in quotes, commas between. Returns how many there are
 * in all. */
size_t win_plain_skipped(const win_plain *plain, char *text, size_t size);

/* Characters from..to-1 of what is written; of more than go in `size` bytes, the first. */
void win_plain_copy(const win_plain *plain, size_t from, size_t to, char *text, size_t size);

/* From now on the word, of which word `index` is all or a part, is parted behind so many
 * characters. False: that changes nothing, or there is no memory. */
bool win_parts_add(win_parts *parts, const win_plain *plain, size_t index, size_t characters);
void win_parts_clear(win_parts *parts);

#endif
