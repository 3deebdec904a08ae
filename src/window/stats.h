/* The program's measurements of itself: how long frames take, when ink first shows, processor time
 * and memory. Printed by a script's `stats`, for the time since the last one. */
#ifndef LONGHAND_WINDOW_STATS_H
#define LONGHAND_WINDOW_STATS_H

#include <stdbool.h>
#include <stdio.h>

typedef struct win_stats {
    double born;          /* when the program started, on win_stats_clock */
    double first_ink;     /* seconds from then until ink was on screen; 0: none yet */
    double first_ink_cpu; /* processor time of all threads until then */
    double since, cpu_since;
    int frames, late;
    double worst, worst_cpu, sum, sum_cpu; /* seconds of a frame */
    double frame_began, frame_began_cpu;   /* of the frame at hand */
} win_stats;

enum { WIN_FRAME_LATE_MS = 20 };

/* Seconds of a clock that only goes forward. */
double win_stats_clock(void);
void win_stats_start(win_stats *stats);
/* Around the work of a frame, waiting aside. */
void win_stats_begin_frame(win_stats *stats);
void win_stats_end_frame(win_stats *stats, bool ink);
/* Prints rows "key value", and begins anew. */
void win_stats_print(win_stats *stats, const char *name, FILE *stream);

#endif
