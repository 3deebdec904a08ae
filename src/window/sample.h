/* A short text that is to be written besides that on the paper: to show what hands are like. */
#ifndef LONGHAND_WINDOW_SAMPLE_H
#define LONGHAND_WINDOW_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>

enum { WIN_COMPARED = 4 }; /* stand side by side */
/* Whose it is: one of those compared, or the hand of style 0, 1, ... */
enum { WIN_SLOT_HANDS = WIN_COMPARED };

typedef struct win_sample {
    int slot;
    unsigned turn; /* comes back with the ink: of which asking it is */
    char *text;    /* owned */
    char *style;   /* owned; path of an IAM-OnDB line; NULL: a hand that the seed finds */
    double bias;
    uint64_t seed;
} win_sample;

/* False: no memory, and `to` is empty. */
bool win_sample_copy(win_sample *to, const win_sample *from);
void win_sample_clear(win_sample *sample);

#endif
