/* Texts such as people write besides prose: numbers, times, prices, dates, codes, names, lists,
 * addresses, sums, made at random from patterns and from the words of a hand. */
#ifndef LONGHAND_TOOLS_TEXT_MAKER_H
#define LONGHAND_TOOLS_TEXT_MAKER_H

#include <longhand/write.h>

enum { MADE_TEXT = 200, MADE_SIGNS = 1000 };

typedef struct text_maker {
    /* A word of the hand, of small letters or with a capital before them, or NULL where it has
     * none.
     */
    const char *(*word)(void *user, lh_rng *rng, bool capital);
    /* Some letters of a word of the hand; NULL, or returns NULL: it has none. */
    const char *(*part)(void *user, lh_rng *rng);
    void *user;
    char (*signs)[5]; /* [sign_count] what else there is to write, each a character */
    size_t sign_count;
} text_maker;

/* What the pen draws where a network of the alphabet `writes` writes, and what `reads` (NULL: any)
 * has a place for; into `sign` [MADE_SIGNS]. Returns how many. */
size_t text_list_signs(const lh_alphabet *writes, const lh_alphabet *reads, char (*sign)[5]);

/* One line, not empty, without blanks at its ends or two in a row. */
void text_make(const text_maker *maker, lh_rng *rng, char text[MADE_TEXT]);
/* Likewise, of words that are none: their letters tell nothing of each other. */
void text_make_nonsense(const text_maker *maker, lh_rng *rng, char text[MADE_TEXT]);
/* Likewise, of words with accents and of signs such as people put beside numbers and letters. */
void text_make_marked(const text_maker *maker, lh_rng *rng, char text[MADE_TEXT]);

#endif
