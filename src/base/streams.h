/* The three standard streams. */
#ifndef LONGHAND_BASE_STREAMS_H
#define LONGHAND_BASE_STREAMS_H

#include <stdbool.h>

/* Gives a standard stream that the caller has closed a place-holder that neither gives nor takes
 * anything, so that no file gets its number and with it what is meant for the stream. Comes first
 * in a program. */
void lh_streams_hold(void);

/* Is this path of an output standard output? "-" is, and what the system calls it. */
bool lh_is_standard_output(const char *path);

#endif
