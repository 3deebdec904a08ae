/* The text side of writing: plain text to words, and words to the pieces that a network writes in
 * one go. Knows nothing of networks. */
#ifndef LONGHAND_WRITE_WORDS_H
#define LONGHAND_WRITE_WORDS_H

#include <longhand/base.h>

/* A text with single blanks between its words and none at either end, as UTF-8 and as characters
 * of an alphabet. Signs that the alphabet lacks may be made of such characters (composed.h). */
typedef struct lh_words {
    char *text;     /* owned */
    uint32_t *sign; /* owned; [count] its code points */
    int32_t
        *character; /* owned; [count] indices into the alphabet: what a network writes for them */
    size_t count;   /* characters */
    int32_t blank;  /* the index of the blank */
} lh_words;

/* UTF-8 `text` with every run of blanks, tabs and line ends made one blank and none left at either
 * end. The caller frees; NULL: no memory. */
char *lh_words_plain(const char *text);
/* Fills `words`; an unknown character, or a blank that the alphabet lacks, is refused. */
lh_status lh_words_read(lh_words *words, const lh_alphabet *alphabet, const char *text,
                        lh_error *error);
/* Encodes a text whose ink is there already, and a blank behind it: signs that the alphabet lacks
 * are made of what it has. On success the caller frees `*character` [*count]. */
lh_status lh_words_of_ink(const lh_alphabet *alphabet, const char *text, int32_t **character,
                          size_t *count, lh_error *error);
void lh_words_clear(lh_words *words);

/* Where the word that begins at `start` ends: the place of the blank behind it, or count. */
size_t lh_words_end(const lh_words *words, size_t start);

/* Where the piece that begins at `start` (a word's first character) ends, behind its last word:
 * the rest of the text if that is short, else so many words that the rest falls into pieces of
 * nearly the same length. A word is never cut, however long. */
size_t lh_words_cut(const lh_words *words, size_t start);

/* The byte at which code point `character` of `text` begins. */
size_t lh_words_byte(const char *text, size_t character);

#endif
