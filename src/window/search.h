/* A search on a sheet: the points that are marked, the cells that stand out in them, where else
 * they do, and that in words. */
#ifndef LONGHAND_WINDOW_SEARCH_H
#define LONGHAND_WINDOW_SEARCH_H

#include "find.h"
#include "marks.h"
#include "sheet.h"

typedef struct win_search {
    win_span span;    /* what is marked: points of the sheet; empty: nothing */
    int layer;        /* whose cells are looked at: 0, 1, ... */
    int on;           /* the threshold of cells: see find.h; 0: the usual one */
    win_pattern kept; /* looked for instead of what is marked, unless that has no cells */
    win_found found;
    int shown;        /* the place that the views show, from 0; -1: they follow the pen */
    size_t searched;  /* points that were searched */
    bool again;       /* something has changed since */
    unsigned version; /* counts changes of what is marked, found and said */
    char words[400];  /* what there is to say of it */
} win_search;

void win_search_mark(win_search *search, win_span span);
/* Moves the threshold, from 0 to 1. */
void win_search_set_on(win_search *search, double threshold);
int win_search_on(const win_search *search);
/* What is found as a pattern that can be kept; no cells: nothing is found. */
win_pattern win_search_pattern(const win_search *search, const win_sheet *sheet);
/* Looks for a pattern that was kept. False: it is of a network of another size. */
bool win_search_keep(win_search *search, const win_sheet *sheet, const win_pattern *pattern);
/* Searches the points on the paper, unless little came to be since the last time. `plain` tells
 * what they say; NULL: they say nothing. */
void win_search_update(win_search *search, const win_sheet *sheet, const win_plain *plain);

#endif
