/* A tour of eight stops, which drives the window itself by scripts (script.h) and tells in a
 * sentence each what is seen. */
#ifndef LONGHAND_WINDOW_TOUR_H
#define LONGHAND_WINDOW_TOUR_H

enum { WIN_TOUR_STOPS = 8 };

typedef struct win_stop {
    const char *title, *sentence;
    const char *script; /* times from when the stop is come to; no view is on then */
    int replays;        /* 1: the pen begins anew; 0: all ink is there */
} win_stop;

extern const win_stop win_tour[WIN_TOUR_STOPS];

#endif
