/* A search on a sheet: see search.h. */
#include "search.h"

#include <stdlib.h>
#include <string.h>

enum {
    LITTLE = 250,     /* points, some ten letters: fewer have nothing to be found in */
    NEW_POINTS = 40,  /* that are searched again, while the pen writes */
    SPAN_MOST = 1500, /* points: of more no cell knows anything */
    QUOTE = 24        /* bytes of what a place says */
};

void win_search_mark(win_search *search, win_span span)
{
    search->span = span;
    search->kept.cells = 0;
    search->shown = -1;
    search->again = true;
    search->version++;
}

int win_search_on(const win_search *search)
{
    return search->on > 0 ? search->on : WIN_ON;
}

void win_search_set_on(win_search *search, double threshold)
{
    int on = (int)(threshold * 127 + 0.5);
    search->on = on < WIN_ON_LEAST ? WIN_ON_LEAST : on > WIN_ON_MOST ? WIN_ON_MOST : on;
    search->again = true;
    search->version++;
}

win_pattern win_search_pattern(const win_search *search, const win_sheet *s)
{
    const win_found *f = &search->found;
    win_pattern pattern = {.layers = s->layers,
                           .of = s->cells,
                           .layer = search->layer,
                           .on = win_search_on(search),
                           .length = search->span.to - search->span.from,
                           .cells = f->cells};
    memcpy(pattern.cell, f->cell, sizeof pattern.cell);
    memcpy(pattern.way, f->way, sizeof pattern.way);
    return search->kept.cells > 0 ? search->kept : pattern;
}

bool win_search_keep(win_search *search, const win_sheet *s, const win_pattern *pattern)
{
    if (pattern->layers != s->layers || pattern->of != s->cells)
        return false;
    win_search_mark(search, (win_span){0, 0});
    search->kept = *pattern;
    search->layer = pattern->layer;
    search->on = pattern->on;
    return true;
}

/* ---- words ----------------------------------------------------------------------------------- */

typedef struct says {
    const win_sheet *sheet;
    const win_plain *plain; /* NULL: there is no text */
} says;

/* What ink says, in quotes. Where that is not known: its rank, as it is marked with on the paper; 0
 * is the span. */
static void quote(const says *s, win_span span, int rank, char text[QUOTE + 8])
{
    size_t first = (size_t)s->sheet->character[span.from];
    size_t last = (size_t)s->sheet->character[span.to - 1] + 1;
    if (rank > 0)
        snprintf(text, QUOTE + 8, "place %d", rank);
    else
        strcpy(text, "the marked ink");
    if (!s->plain || first >= last || last > s->plain->count)
        return;
    char said[QUOTE];
    while (first + 1 < last && s->plain->letter[first] == ' ')
        first++;
    win_plain_copy(s->plain, first, last, said, sizeof said);
    for (size_t length = strlen(said); length > 0 && said[length - 1] == ' ';)
        said[--length] = '\0';
    snprintf(text, QUOTE + 8, "\u201c%s\u201d", said);
}

static void add(win_search *search, const char *more)
{
    size_t length = strlen(search->words);
    snprintf(search->words + length, sizeof search->words - length, "%s", more);
}

static void name_places(win_search *search, const says *s)
{
    enum { NAMED = 4 };
    const win_found *f = &search->found;
    char text[80], its[QUOTE + 8];
    bool kept = search->kept.cells > 0;
    add(search, f->places > 0 ? kept ? "; here " : "; also "
                : kept        ? "; nowhere so far"
                              : "; nowhere else so far");
    for (int i = 0; i < f->places && i < NAMED; i++) {
        quote(s, f->place[i], i + 1, its);
        snprintf(text, sizeof text, "%s%s %.2f", i > 0 ? ", " : "", its, f->score[i]);
        add(search, text);
    }
    if (f->places > NAMED) {
        snprintf(text, sizeof text, " and %d more", f->places - NAMED);
        add(search, text);
    }
}

/* The first point of which what cells did is kept. */
static size_t first_kept(const win_sheet *s)
{
    return s->pieces > 0 ? s->piece[0]->from : s->points;
}

static void put_in_words(win_search *search, const says *s)
{
    const win_found *f = &search->found;
    char text[160], its[QUOTE + 8];
    *search->words = '\0';
    if (s->sheet->layers == 0 || search->searched < LITTLE) {
        add(search, "There is too little ink yet to search in.");
        return;
    }
    if (search->kept.cells > 0) {
        snprintf(text, sizeof text, "\u201c%.40s\u201d: %d cell%s of layer %d", search->kept.name,
                 f->cells, f->cells > 1 ? "s" : "", search->layer + 1);
        add(search, text);
        name_places(search, s);
        return;
    }
    if (search->span.from == search->span.to) {
        add(search, "Which cells know it? Select letters, or mark ink with the mouse.");
        return;
    }
    quote(s, search->span, 0, its);
    if (search->span.from < first_kept(s->sheet))
        snprintf(text, sizeof text, "%s: too long ago to tell what cells did", its);
    else if (f->cells == 0)
        snprintf(text, sizeof text,
                 "%s: no cell of layer %d stands out in it; fewer letters, or another layer, may "
                 "have one",
                 its, search->layer + 1);
    else
        snprintf(text, sizeof text, "%s: %d cell%s of layer %d", its, f->cells,
                 f->cells > 1 ? "s" : "", search->layer + 1);
    add(search, text);
    if (f->cells == 0)
        return;
    name_places(search, s);
}

/* ---- searching ------------------------------------------------------------------------------- */

/* The points of the sheet from `from` on, as find.h wants them; the caller frees. */
static const int8_t **list_rows(const win_search *search, const win_sheet *s, size_t from,
                                size_t count)
{
    const int8_t **row = malloc(count * sizeof *row + 1);
    for (size_t i = 0; row && i < count; i++) {
        const int8_t *cell = win_sheet_inside(s, from + i).cell;
        row[i] = cell ? cell + search->layer * s->cells : NULL;
    }
    return row;
}

static win_span move(win_span span, size_t by, bool back)
{
    return back ? (win_span){span.from - by, span.to - by}
                : (win_span){span.from + by, span.to + by};
}

static void find_kept(win_search *search, const win_sheet *s, win_searched *in, size_t from)
{
    win_found *f = &search->found;
    const int8_t **row = list_rows(search, s, from, in->points);
    in->row = row;
    f->cells = search->kept.cells;
    memcpy(f->cell, search->kept.cell, sizeof f->cell);
    memcpy(f->way, search->kept.way, sizeof f->way);
    if (row && in->points > 0 && win_find_again(in, search->kept.length, f))
        for (int i = 0; i < f->places; i++)
            f->place[i] = move(f->place[i], from, false);
    free(row);
}

static void search_points(win_search *search, const win_sheet *s)
{
    size_t from = first_kept(s), to = s->shown;
    win_span span = search->span;
    win_searched in = {.cells = s->cells, .on = win_search_on(search), .points = to - from};
    search->found = (win_found){0};
    if (search->kept.cells > 0) {
        find_kept(search, s, &in, from);
        return;
    }
    if (span.from == span.to || span.from < from || span.to > to || span.to - span.from > SPAN_MOST)
        return;
    const int8_t **row = list_rows(search, s, from, to - from);
    in.row = row;
    if (row && win_find(&in, move(span, from, true), &search->found))
        for (int i = 0; i < search->found.places; i++)
            search->found.place[i] = move(search->found.place[i], from, false);
    free(row);
}

/* Cells have the numbers of their network: what was kept of one is nothing to one of another size.
 */
static void fit_network(win_search *search, const win_sheet *s)
{
    const win_pattern *kept = &search->kept;
    if (kept->cells > 0 && (kept->layers != s->layers || kept->of != s->cells))
        win_search_mark(search, (win_span){0, 0});
    if (search->layer >= s->layers)
        search->layer = 0;
}

void win_search_update(win_search *search, const win_sheet *s, const win_plain *plain)
{
    size_t shown = s->shown;
    bool grown =
        shown >= search->searched + NEW_POINTS || (shown > search->searched && shown == s->points);
    fit_network(search, s);
    if (search->span.to > shown) /* that ink is gone */
        win_search_mark(search, (win_span){0, 0});
    if (!search->again && !grown && shown >= search->searched)
        return;
    win_search before = *search;
    search_points(search, s);
    search->again = false;
    search->searched = shown;
    if (search->shown >= search->found.places)
        search->shown = -1;
    put_in_words(search, &(says){s, plain});
    search->version += memcmp(&before.found, &search->found, sizeof before.found) != 0 ||
                       strcmp(before.words, search->words) != 0;
}
