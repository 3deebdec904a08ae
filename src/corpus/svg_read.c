/* Reads the strokes of an SVG file: elements with what they stand in, shapes, and the lines of our
 * own files; strokes outside of these are sorted to rows in the end. */
#include "svg_read.h"

#include "decimal.h"
#include "iam.h"
#include "svg_number.h"
#include "svg_strokes.h"
#include "svg_style.h"
#include "xml_walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 250 };

/* What an element gives to those in it. */
typedef struct frame {
    svg_transform transform;
    svg_style style;
    bool skipped; /* nothing in it is drawn */
    bool sheet;   /* a <style>: its text is a style sheet */
    bool line;    /* the line that is being read ends with it */
} frame;

/* A line, and which of all it was when it was written: layers set those of one ink together. */
typedef struct placed {
    lh_recorded_line line;
    double place; /* 0: it is not told */
    size_t order; /* in the file */
} placed;

typedef struct reading {
    xml_walk *walk;
    const char *name;
    lh_recording *recording;
    frame frame[DEPTH_MAX + 1]; /* [0] is around the file */
    int depth;
    svg_sheet *sheet;
    lh_ink *loose; /* strokes outside of lines */
    lh_ink *line;  /* of the line that is being read; NULL: none */
    char *text;
    double place;   /* what data-line says of it; 0: nothing */
    placed *placed; /* [lines], owned: where each belongs */
    bool timed;     /* all its strokes so far say when they are drawn */
    size_t points;  /* of the lines before */
    size_t filled;  /* shapes that are filled and not stroked */
} reading;

/* ---- lines ------------------------------------------------------------------------------------
 */

/* Notes the place of the line that was added last. */
static lh_status note_place(reading *r, lh_error *error)
{
    const size_t count = r->recording->count;
    if ((count & (count - 1)) == 0) { /* as recordings grow */
        placed *larger = realloc(r->placed, 2 * count * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a recording");
        r->placed = larger;
    }
    r->placed[count - 1] = (placed){.place = r->place, .order = count};
    return LH_OK;
}

static int compare_places(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* Sets the lines in the order in which they were written, if all tell it. */
static void order_lines(reading *r)
{
    const size_t count = r->recording->count;
    lh_recorded_line *line = r->recording->line;
    bool all = count > 1;
    for (size_t i = 0; i < count && all; i++) {
        r->placed[i].line = line[i];
        all = r->placed[i].place > 0;
    }
    if (!all)
        return;
    qsort(r->placed, count, sizeof *r->placed, compare_places);
    for (size_t i = 0; i < count; i++)
        line[i] = r->placed[i].line;
}

static void begin_line(reading *r, frame *f, const xml_tag *tag, const xml_attribute *text)
{
    lh_error *error = xml_walk_error(r->walk);
    const xml_attribute *place = svg_attribute(tag, "data-line");
    if (!place || !decimal_read(place->value, place->end, &r->place))
        r->place = 0;
    r->text = strndup(text->value, (size_t)(text->end - text->value));
    r->line = r->text ? lh_ink_new(error) : NULL;
    if (!r->text)
        xml_walk_end(r->walk, lh_fail_memory(error, "a recording"));
    else if (!r->line)
        xml_walk_end(r->walk, error->status);
    f->line = true;
    r->timed = true;
}

static void end_line(reading *r)
{
    lh_ink *ink = r->line;
    char *text = r->text;
    r->line = NULL;
    r->text = NULL;
    if (ink->count == 0) {
        lh_ink_free(ink);
        free(text);
        return;
    }
    (r->timed ? recording_set_own_times : recording_set_even_times)(ink);
    r->points += ink->count;
    lh_error *error = xml_walk_error(r->walk);
    lh_status status = recording_add(r->recording, ink, text, r->name, error);
    xml_walk_end(r->walk, status == LH_OK ? note_place(r, error) : status);
}

/* ---- shapes -----------------------------------------------------------------------------------
 */

static void refuse_attribute(reading *r, const xml_tag *tag, const char *attribute, const char *at,
                             const char *end)
{
    int length = end - at < 20 ? (int)(end - at) : 20;
    xml_walk_refuse(r->walk, "<%.64s> has a malformed %s, at '%.*s'", tag->name, attribute, length,
                    at);
}

static void draw_path(reading *r, const xml_tag *tag, const svg_pen *pen)
{
    const xml_attribute *d = svg_attribute(tag, "d");
    const char *fault = d ? svg_path_draw(d->value, d->end, pen) : NULL;
    if (fault)
        refuse_attribute(r, tag, "d", fault, d->end);
}

/* A polyline, or a polygon, which leads back to where it began. */
static void draw_points(reading *r, const xml_tag *tag, const svg_pen *pen, bool closed)
{
    const xml_attribute *points = svg_attribute(tag, "points");
    if (!points)
        return;
    const char *at = points->value;
    svg_place first = {0, 0};
    size_t count = 0;
    svg_pass_blanks(&at, points->end, false);
    for (; at < points->end; count++) {
        svg_place to;
        bool good = svg_number_read(&at, points->end, &to.x);
        svg_pass_blanks(&at, points->end, true);
        if (!good || !svg_number_read(&at, points->end, &to.y)) {
            refuse_attribute(r, tag, "row of points", at, points->end);
            return;
        }
        svg_pass_blanks(&at, points->end, true);
        if (count == 0)
            pen->move(pen->user, first = to);
        else
            pen->line(pen->user, to);
    }
    if (closed && count > 1)
        pen->line(pen->user, first);
}

static void draw_line(reading *r, const xml_tag *tag, const svg_pen *pen)
{
    static const char *const names[] = {"x1", "y1", "x2", "y2"};
    double value[4] = {0};
    for (int i = 0; i < 4; i++) {
        const xml_attribute *a = svg_attribute(tag, names[i]);
        if (a && !svg_length_read(a->value, a->end, &value[i])) {
            refuse_attribute(r, tag, names[i], a->value, a->end);
            return;
        }
    }
    pen->move(pen->user, (svg_place){value[0], value[1]});
    pen->line(pen->user, (svg_place){value[2], value[3]});
}

typedef enum shape { NO_SHAPE, PATH, POLYLINE, POLYGON, LINE } shape;

static shape shape_of(const char *name)
{
    static const char *const names[] = {"", "path", "polyline", "polygon", "line"};
    for (int i = PATH; i <= LINE; i++)
        if (strcmp(name, names[i]) == 0)
            return (shape)i;
    return NO_SHAPE;
}

/* Draws a shape, placed, and stroked, into the line it is in or to the loose strokes. */
static void draw_shape(reading *r, const xml_tag *tag, shape kind, const frame *f)
{
    lh_ink *ink = r->line ? r->line : r->loose;
    size_t first = ink->count, limit = r->line ? IAM_MAX_POINTS : RECORDING_MAX_POINTS;
    size_t left = RECORDING_MAX_POINTS - r->points;
    svg_strokes strokes = {.ink = ink,
                           .transform = f->transform,
                           .max_points = limit < left ? limit : left,
                           .error = xml_walk_error(r->walk)};
    svg_pen pen = svg_strokes_pen(&strokes);
    if (kind == PATH)
        draw_path(r, tag, &pen);
    else if (kind == LINE)
        draw_line(r, tag, &pen);
    else
        draw_points(r, tag, &pen, kind == POLYGON);
    svg_strokes_lift(&strokes);
    if (strokes.fault && xml_walk_goes_on(r->walk))
        xml_walk_refuse(r->walk, "<%.64s> %s", tag->name, strokes.fault);
    xml_walk_end(r->walk, strokes.status);
    if (r->line && ink->count > first) {
        const svg_style *style = &f->style;
        r->timed = r->timed && style->start >= 0 && style->duration >= 0;
        if (r->timed)
            svg_strokes_time(ink, first, style->start, style->duration);
    }
}

/* ---- elements ---------------------------------------------------------------------------------
 */

/* What is drawn elsewhere, if at all, or is no SVG. */
static bool is_apart(const xml_tag *tag)
{
    static const char *const names[] = {"clipPath", "defs",   "foreignObject", "marker",
                                        "mask",     "symbol", "pattern"};
    if (tag->space && strcmp(tag->space, "http://www.w3.org/2000/svg") != 0)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(tag->name, names[i]) == 0)
            return true;
    return false;
}

/* The frame of an element in the one around it. False: refused. */
static bool read_frame(reading *r, const xml_tag *tag, frame *f)
{
    if (r->depth == DEPTH_MAX) {
        xml_walk_refuse(r->walk, "has elements in each other, deeper than %d", DEPTH_MAX);
        return false;
    }
    *f = r->frame[r->depth];
    f->sheet = strcmp(tag->name, "style") == 0;
    f->line = false;
    f->style = svg_style_of(&f->style, r->sheet, tag);
    f->skipped = f->skipped || is_apart(tag) || !f->style.shown;
    const xml_attribute *transform = f->skipped ? NULL : svg_attribute(tag, "transform");
    svg_transform own;
    if (transform && !svg_transform_read(transform->value, transform->end, &own)) {
        refuse_attribute(r, tag, "transform", transform->value, transform->end);
        return false;
    }
    if (transform)
        f->transform = svg_transform_join(&f->transform, &own);
    return true;
}

static void start_element(void *user, xml_walk *walk, const xml_tag *tag)
{
    reading *r = user;
    r->walk = walk;
    frame *f = &r->frame[r->depth + 1 <= DEPTH_MAX ? r->depth + 1 : DEPTH_MAX];
    if (!read_frame(r, tag, f))
        return;
    r->depth++;
    if (f->skipped)
        return;
    const xml_attribute *class = svg_attribute(tag, "class");
    const xml_attribute *text = svg_attribute(tag, "data-text");
    shape kind = shape_of(tag->name);
    if (!r->line && text && strcmp(tag->name, "g") == 0 && svg_has_word(class, "line"))
        begin_line(r, f, tag, text);
    else if (kind != NO_SHAPE && f->style.visible && !svg_has_word(class, "ruling")) {
        if (f->style.stroked)
            draw_shape(r, tag, kind, f);
        else
            r->filled += f->style.filled;
    }
}

static void end_element(void *user, xml_walk *walk, const char *name)
{
    (void)name;
    reading *r = user;
    frame ended = r->frame[r->depth--];
    if (ended.line)
        end_line(r);
    if (ended.sheet)
        xml_walk_end(walk, svg_sheet_read(r->sheet, xml_walk_error(walk)));
}

static void read_characters(void *user, xml_walk *walk, const char *text, size_t length)
{
    reading *r = user;
    if (r->frame[r->depth].sheet)
        xml_walk_end(walk, svg_sheet_add(r->sheet, text, length, xml_walk_error(walk)));
}

/* ---- files ------------------------------------------------------------------------------------
 */

static lh_status read_into(reading *r, const char *data, size_t size, lh_error *error)
{
    static const xml_visitor visitor = {.kind = "SVG file",
                                        .max_bytes = RECORDING_MAX_FILE,
                                        .max_namespaces = 256,
                                        .document_types = true,
                                        .start = start_element,
                                        .end = end_element,
                                        .text = read_characters};
    lh_status status = xml_walk_file(data, size, r->name, &visitor, r, error);
    /* In a file of lines, what is drawn elsewhere is no writing. */
    if (status == LH_OK && r->recording->count == 0)
        status = recording_add_rows(r->recording, r->loose, false, r->name, error);
    else if (status == LH_OK)
        order_lines(r);
    if (status != LH_OK || r->recording->count > 0)
        return status;
    if (r->filled > 0)
        return lh_fail(
            error, LH_ERROR_FORMAT,
            "%s: holds only filled shapes, which are outlines of letters, and no strokes "
            "of a pen",
            r->name);
    return lh_fail(error, LH_ERROR_FORMAT, "%s: holds no strokes", r->name);
}

lh_status svg_read(const char *data, size_t size, const char *name, lh_recording *recording,
                   lh_error *error)
{
    reading *r = calloc(1, sizeof *r);
    if (!r)
        return lh_fail_memory(error, "a recording");
    r->name = name;
    r->recording = recording;
    r->frame[0] = (frame){.transform = svg_transform_none, .style = svg_style_initial};
    r->loose = lh_ink_new(error);
    r->sheet = r->loose ? svg_sheet_new(error) : NULL;
    lh_status status = r->sheet ? read_into(r, data, size, error) : error->status;
    svg_sheet_free(r->sheet);
    lh_ink_free(r->loose);
    lh_ink_free(r->line);
    free(r->text);
    free(r->placed);
    free(r);
    return status;
}
