/* The program's measurements of itself: how long frames take, when ink first shows, processor time
 * and memory. Printed by a script's `stats`, for the time since the last one. First ink is told
 * both from the program's start and from the first letter, which a script may give much later. */
#ifndef LONGHAND_WINDOW_STATS_H
#define LONGHAND_WINDOW_STATS_H

#include <stdbool.h>
#include <stdio.h>

enum { WIN_FRAME_LATE_MS = 20, WIN_TOOK = 500 };

typedef struct win_stats {
    double born;          /* when the program started, on win_stats_clock */
    double first_ink;     /* seconds from then until ink was on screen; 0: none yet */
    double first_ink_cpu; /* processor time of all threads until then */
    double first_text;    /* when there first was a text, on win_stats_clock; 0: not yet */
    double first_text_cpu;
    double since, cpu_since;
    int frames, late;
    double worst, worst_cpu, sum, sum_cpu; /* seconds of a frame */
    int took[WIN_TOOK]; /* frames by tenths of a millisecond; the last: or more */
    double frame_began, frame_began_cpu, frame_began_all_cpu; /* of the frame at hand */
} win_stats;

/* Seconds of a clock that only goes forward. */
double win_stats_clock(void);
void win_stats_start(win_stats *stats);
/* Around the work of a frame, that of a script's rows with it and waiting aside; is there a text in
 * it, is there ink? */
void win_stats_begin_frame(win_stats *stats);
void win_stats_end_frame(win_stats *stats, bool text, bool ink);
/* Prints rows "key value", and begins anew. */
void win_stats_print(win_stats *stats, const char *name, FILE *stream);

#endif
