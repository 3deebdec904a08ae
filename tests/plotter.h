/* A plotter made of paper: obeys G-code or HPGL and keeps the lines that its pen drew. */
#ifndef LONGHAND_TESTS_PLOTTER_H
#define LONGHAND_TESTS_PLOTTER_H

#include <longhand/ink.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLOTTER_POINTS_MAX = 100000 };

typedef struct plotter {
    lh_point point[PLOTTER_POINTS_MAX];         /* mm, y up; `end` as in ink */
    unsigned char drawn_by[PLOTTER_POINTS_MAX]; /* pen of each point */
    unsigned char pen;                          /* that is in the machine; 0: none was fetched */
    size_t count;
    double x, y, z, feed, unit;
    bool absolute, known, down;
    double travel;   /* mm with the pen up */
    char fault[128]; /* what it could not obey, or "" */
    char comments[2048];
    int pauses, waits;
    double pause_x, pause_y; /* where the pen was at the last pause */
} plotter;

static void plotter_mark(plotter *p)
{
    p->drawn_by[p->count % PLOTTER_POINTS_MAX] = p->pen;
    if (p->count < PLOTTER_POINTS_MAX)
        p->point[p->count++] = (lh_point){(float)p->x, (float)p->y, 0, 0};
    else
        snprintf(p->fault, sizeof p->fault, "too many points");
}

static void plotter_lift(plotter *p)
{
    if (p->down && p->count > 0)
        p->point[p->count - 1].end = 1;
    p->down = false;
}

static void plotter_lower(plotter *p)
{
    if (!p->down)
        plotter_mark(p);
    p->down = true;
}

static void plotter_pause(plotter *p)
{
    p->pauses++;
    p->pause_x = p->x;
    p->pause_y = p->y;
    if (p->down)
        snprintf(p->fault, sizeof p->fault, "a pause with the pen down");
}

static void plotter_go(plotter *p, double x, double y)
{
    if (!p->down)
        p->travel += hypot(x - p->x, y - p->y);
    p->x = x;
    p->y = y;
    if (p->down)
        plotter_mark(p);
}

/* Words of one row, by letter. */
typedef struct gcode_words {
    bool has[26];
    double value[26];
} gcode_words;

static bool gcode_parse(const char *row, gcode_words *words)
{
    memset(words, 0, sizeof *words);
    while (*row) {
        if (*row == ' ') {
            row++;
            continue;
        }
        if (*row < 'A' || *row > 'Z')
            return false;
        int letter = *row++ - 'A';
        char *end;
        words->value[letter] = strtod(row, &end);
        if (end == row || words->has[letter])
            return false;
        words->has[letter] = true;
        row = end;
    }
    return true;
}

static void gcode_move(plotter *p, const gcode_words *w, bool rapid)
{
    bool z = w->has['Z' - 'A'], xy = w->has['X' - 'A'] || w->has['Y' - 'A'];
    if (w->has['F' - 'A'])
        p->feed = w->value['F' - 'A'] * p->unit;
    if (!p->absolute || (!rapid && p->feed <= 0))
        snprintf(p->fault, sizeof p->fault, "a move without G90 or feed");
    if (z) {
        p->z = w->value['Z' - 'A'] * p->unit;
        if (p->z > 1)
            plotter_lift(p);
        else
            plotter_lower(p);
    }
    if (!xy)
        return;
    if (rapid == p->down)
        snprintf(p->fault, sizeof p->fault, "G%d with the pen %s", !rapid, p->down ? "down" : "up");
    if (!p->known && !(w->has['X' - 'A'] && w->has['Y' - 'A']))
        snprintf(p->fault, sizeof p->fault, "a move from nowhere");
    p->known = true;
    plotter_go(p, w->has['X' - 'A'] ? w->value['X' - 'A'] * p->unit : p->x,
               w->has['Y' - 'A'] ? w->value['Y' - 'A'] * p->unit : p->y);
}

static void gcode_obey(plotter *p, const char *row)
{
    if (*row == ';') {
        strncat(p->comments, row, sizeof p->comments - strlen(p->comments) - 1);
        return;
    }
    gcode_words w;
    if (strlen(row) > 70 || !gcode_parse(row, &w)) {
        snprintf(p->fault, sizeof p->fault, "cannot read: %.80s", row);
        return;
    }
    int g = w.has['G' - 'A'] ? (int)w.value['G' - 'A'] : -1;
    int m = w.has['M' - 'A'] ? (int)w.value['M' - 'A'] : -1;
    if (g == 20 || g == 21)
        p->unit = g == 20 ? 25.4 : 1;
    else if (g == 90)
        p->absolute = true;
    else if (g == 0 || g == 1)
        gcode_move(p, &w, g == 0);
    else if (m == 0)
        plotter_pause(p);
    else if (m == 6 && w.has['T' - 'A'] && !p->down)
        p->pen = (unsigned char)w.value['T' - 'A'];
    else if (g == 4)
        p->waits++;
    else if (m == 3 || m == 5) {
        if (m == 5)
            plotter_lift(p);
        else
            plotter_lower(p);
    } else if (m != 2 && m != 84 && m != 400)
        snprintf(p->fault, sizeof p->fault, "does not know: %.80s", row);
}

/* Obeys a whole file; `text` is cut up. */
static inline plotter *plot_gcode(char *text)
{
    plotter *p = calloc(1, sizeof *p);
    for (char *row = strtok(text, "\n"); row; row = strtok(NULL, "\n"))
        gcode_obey(p, row);
    if (p->down)
        snprintf(p->fault, sizeof p->fault, "the pen is down at the end");
    return p;
}

static void hpgl_go(plotter *p, const char *places)
{
    while (*places) {
        int used = 0;
        long x, y;
        if (sscanf(places, "%ld,%ld%n", &x, &y, &used) != 2) {
            snprintf(p->fault, sizeof p->fault, "no places: %.60s", places);
            return;
        }
        plotter_go(p, (double)x / 40, (double)y / 40);
        places += used + (places[used] == ',');
    }
}

static inline plotter *plot_hpgl(char *text)
{
    plotter *p = calloc(1, sizeof *p);
    for (char *row = strtok(text, ";\n"); row; row = strtok(NULL, ";\n")) {
        if (strncmp(row, "PU", 2) == 0) {
            plotter_lift(p);
            hpgl_go(p, row + 2);
        } else if (strncmp(row, "PD", 2) == 0) {
            plotter_lower(p);
            hpgl_go(p, row + 2);
        } else if (strcmp(row, "PG") == 0) {
            plotter_pause(p);
        } else if (strncmp(row, "SP", 2) == 0) {
            p->pen = (unsigned char)atoi(row + 2);
        } else if (strcmp(row, "IN") != 0) {
            snprintf(p->fault, sizeof p->fault, "does not know: %.60s", row);
        }
    }
    return p;
}

#endif
