/* Texts such as people write besides prose: numbers, times, prices, dates, codes, names, lists,
 * addresses, sums, made at random from patterns and from the words of a hand. */
#ifndef LONGHAND_TOOLS_TEXT_MAKER_H
#define LONGHAND_TOOLS_TEXT_MAKER_H

#include <longhand/base.h>

enum { MADE_TEXT = 200 };

typedef struct text_maker {
    /* A word of the hand, of small letters or with a capital before them, or NULL where it has
     * none.
     */
    const char *(*word)(void *user, lh_rng *rng, bool capital);
    void *user;
    const char *const *signs; /* [sign_count] what else there is to write, each a character */
    size_t sign_count;
} text_maker;

/* One line, not empty, without blanks at its ends or two in a row. */
void text_make(const text_maker *maker, lh_rng *rng, char text[MADE_TEXT]);
/* Likewise, of words with accents and of signs such as people put beside numbers and letters. */
void text_make_marked(const text_maker *maker, lh_rng *rng, char text[MADE_TEXT]);

#endif
