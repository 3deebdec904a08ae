/* From what is typed to what is written: blanks made single, quotes and dashes of typographers made
 * those of typewriters, and characters that the hand does not know left out. */
#ifndef LONGHAND_WINDOW_PLAIN_H
#define LONGHAND_WINDOW_PLAIN_H

#include <longhand/write.h>

typedef struct win_plain {
    char *text;     /* owned; what is to be written */
    size_t *byte;   /* owned; [count + 1]: where each of its characters stands in what was typed */
    size_t count;   /* characters */
    size_t unknown; /* characters left out */
    size_t unknown_byte;     /* where the first of them stands ... */
    uint32_t unknown_letter; /* ... and which it is */
} win_plain;

/* Fills `plain`, freeing what it held. False: no memory, and nothing changed. */
bool win_plain_read(win_plain *plain, const char *typed, const lh_alphabet *alphabet);
void win_plain_clear(win_plain *plain);
/* What is written for `c`: itself, its like on a typewriter, or 0 when there is none. */
uint32_t win_plain_letter(const lh_alphabet *alphabet, uint32_t c);

#endif
