/* Reads InkML (W3C, "Ink Markup Language", 2011): ink > traceGroup > trace, the formats of traces,
 * and annotations that say what a group of traces reads. */
#include "inkml_read.h"

#include "iam.h"
#include "inkml_trace.h"
#include "xml_walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 250 };

/* <ink>, or a <traceGroup> in another or in it. */
typedef struct group {
    int depth;    /* of its element */
    size_t first; /* where its points begin among the loose ones */
    char *text;   /* owned: what it reads; NULL: it does not say */
} group;

typedef enum hearing { NOTHING, TRACE, TRUTH } hearing;

typedef struct reading {
    xml_walk *walk;
    const char *name;
    lh_recording *recording;
    group group[DEPTH_MAX + 1];
    int groups, depth;
    hearing hearing;           /* whose characters are gathered */
    bool joins;                /* the trace goes on with the one before */
    xml_heard heard;           /* of the element that is heard */
    inkml_format format, next; /* that of traces, and one that is being read */
    bool in_format, passing;   /* a <traceFormat>, and channels in it that may lack */
    lh_ink *loose;             /* strokes that are in no line yet */
    size_t points;             /* of the lines */
    bool timed;                /* all traces have times */
} reading;

static const xml_attribute *attribute(const xml_tag *tag, const char *name)
{
    for (int i = 0; i < tag->count; i++)
        if (!tag->attribute[i].prefix && strcmp(tag->attribute[i].name, name) == 0)
            return &tag->attribute[i];
    return NULL;
}

/* Is the attribute there and one of these, of which the last is NULL? */
static bool is_any(const xml_tag *tag, const char *name, const char *const *words)
{
    const xml_attribute *a = attribute(tag, name);
    const size_t length = a ? (size_t)(a->end - a->value) : 0;
    for (; a && *words; words++)
        if (strlen(*words) == length && strncmp(*words, a->value, length) == 0)
            return true;
    return false;
}

static bool is(const xml_tag *tag, const char *name, const char *word)
{
    const char *const words[] = {word, NULL};
    return is_any(tag, name, words);
}

/* ---- formats ----------------------------------------------------------------------------------
 */

static void read_channel(reading *r, const xml_tag *tag)
{
    static const char *const names[] = {"X", "Y", "T"};
    for (int i = 0; i < INKML_CHANNELS; i++) {
        if (!is(tag, "name", names[i]))
            continue;
        const bool seconds = is(tag, "units", "s");
        r->next.place[i] = r->next.count;
        r->next.factor[i] = i == INKML_T && !seconds ? 1e-3 : 1;
        if (is(tag, "orientation", "-ve"))
            r->next.factor[i] = -r->next.factor[i];
    }
    r->next.count++;
}

static void end_format(reading *r)
{
    r->in_format = false;
    if (r->next.place[INKML_X] < 0 || r->next.place[INKML_Y] < 0)
        xml_walk_refuse(r->walk, "<traceFormat> has no channel X or no channel Y");
    r->format = r->next;
}

/* ---- lines ------------------------------------------------------------------------------------
 */

/* Makes a line of the strokes from point `first` on, which reads `text`; takes that over. */
static lh_status add_line(reading *r, size_t first, char *text, lh_error *error)
{
    lh_ink *line = first < r->loose->count ? lh_ink_new(error) : NULL;
    lh_status status = first == r->loose->count ? LH_OK : line ? LH_OK : error->status;
    if (line && r->loose->count - first > IAM_MAX_POINTS)
        status =
            lh_fail(error, LH_ERROR_FORMAT, "%s: a line has more points than are read", r->name);
    for (size_t i = first; line && i < r->loose->count && status == LH_OK; i++)
        status = lh_ink_add(line, r->loose->points[i], error);
    if (!line || status != LH_OK) {
        lh_ink_free(line);
        free(text);
        return status;
    }
    r->points += line->count;
    r->loose->count = first;
    (r->timed ? recording_set_own_times : recording_set_even_times)(line);
    return recording_add(r->recording, line, text, r->name, error);
}

static void end_group(reading *r)
{
    group *g = &r->group[--r->groups];
    char *text = g->text;
    g->text = NULL;
    /* Words in a line, say: the line has them all. */
    for (int i = 1; text && i < r->groups; i++)
        if (r->group[i].text) {
            free(text);
            return;
        }
    if (text)
        xml_walk_end(r->walk, add_line(r, g->first, text, xml_walk_error(r->walk)));
}

static void begin_group(reading *r)
{
    if (r->groups > DEPTH_MAX) {
        xml_walk_refuse(r->walk, "has groups in each other, deeper than %d", DEPTH_MAX);
        return;
    }
    r->group[r->groups++] = (group){r->depth, r->loose->count, NULL};
}

/* An annotation says what the group around it reads; the first one counts. */
static void read_truth(reading *r)
{
    group *g = &r->group[r->groups - 1];
    if (g->text || g->depth + 1 != r->depth)
        return;
    const char *text = r->heard.text ? r->heard.text : "";
    size_t length = r->heard.length;
    while (length > 0 && strchr(" \t\r\n", text[0])) {
        text++;
        length--;
    }
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        length--;
    g->text = strndup(text, length);
    if (!g->text)
        xml_walk_end(r->walk, lh_fail_memory(xml_walk_error(r->walk), "a recording"));
}

/* ---- traces -----------------------------------------------------------------------------------
 */

static bool take_point(void *user, const double value[INKML_CHANNELS])
{
    reading *r = user;
    if (r->loose->count + r->points == RECORDING_MAX_POINTS) {
        xml_walk_refuse(r->walk, "<trace> has a point more than are read of a file");
        return false;
    }
    lh_point point = {(float)value[INKML_X], (float)value[INKML_Y], (float)value[INKML_T], 0};
    xml_walk_end(r->walk, lh_ink_add(r->loose, point, xml_walk_error(r->walk)));
    return xml_walk_goes_on(r->walk);
}

static void read_trace(reading *r)
{
    const char *text = r->heard.text ? r->heard.text : "", *at = text,
               *end = text + r->heard.length;
    const size_t first = r->loose->count;
    if (r->joins && first > r->group[r->groups - 1].first)
        r->loose->points[first - 1].end = 0;
    const char *fault =
        r->heard.length > 0 ? inkml_trace_read(text, end, &r->format, take_point, r, &at) : NULL;
    if (fault) {
        const int length = end - at < 20 ? (int)(end - at) : 20;
        xml_walk_refuse(r->walk, "<trace> %s, at '%.*s'", fault, length, at);
    }
    r->timed = r->timed && (r->format.place[INKML_T] >= 0 || r->loose->count == first);
    if (r->loose->count > 0)
        r->loose->points[r->loose->count - 1].end = 1;
}

/* ---- elements ---------------------------------------------------------------------------------
 */

static void hear(reading *r, hearing what)
{
    r->hearing = what;
    r->heard.length = 0;
}

static void begin_trace(reading *r, const xml_tag *tag)
{
    static const char *const later[] = {"middle", "end", NULL};
    r->joins = is_any(tag, "continuation", later);
    if (!is(tag, "type", "penUp"))
        hear(r, TRACE);
}

static void start_element(void *user, xml_walk *walk, const xml_tag *tag)
{
    static const char *const truths[] = {"truth", "label", "transcription", NULL};
    reading *r = user;
    r->walk = walk;
    r->depth++;
    if (r->depth == 1 || strcmp(tag->name, "traceGroup") == 0)
        begin_group(r);
    else if (strcmp(tag->name, "trace") == 0)
        begin_trace(r, tag);
    else if (strcmp(tag->name, "annotation") == 0 && is_any(tag, "type", truths))
        hear(r, TRUTH);
    else if (strcmp(tag->name, "traceFormat") == 0) {
        r->in_format = true;
        r->next = (inkml_format){0, {-1, -1, -1}, {1, 1, 1}};
    } else if (strcmp(tag->name, "intermittentChannels") == 0)
        r->passing = true;
    else if (strcmp(tag->name, "channel") == 0 && r->in_format && !r->passing)
        read_channel(r, tag);
}

static void end_element(void *user, xml_walk *walk, const char *name)
{
    reading *r = user;
    r->walk = walk;
    if (r->hearing == TRACE && strcmp(name, "trace") == 0) {
        r->hearing = NOTHING;
        read_trace(r);
    } else if (r->hearing == TRUTH && strcmp(name, "annotation") == 0) {
        r->hearing = NOTHING;
        read_truth(r);
    } else if (strcmp(name, "traceFormat") == 0) {
        end_format(r);
    } else if (strcmp(name, "intermittentChannels") == 0) {
        r->passing = false;
    } else if (strcmp(name, "traceGroup") == 0 && r->depth > 1) {
        end_group(r);
    }
    r->depth--;
}

static void read_characters(void *user, xml_walk *walk, const char *text, size_t length)
{
    reading *r = user;
    if (r->hearing != NOTHING)
        xml_hear(&r->heard, walk, text, length);
}

/* ---- files ------------------------------------------------------------------------------------
 */

static lh_status read_into(reading *r, const char *data, size_t size, lh_error *error)
{
    static const xml_visitor visitor = {.kind = "file of InkML",
                                        .max_bytes = RECORDING_MAX_FILE,
                                        .max_namespaces = 256,
                                        .document_types = true,
                                        .start = start_element,
                                        .end = end_element,
                                        .text = read_characters};
    lh_status status = xml_walk_file(data, size, r->name, &visitor, r, error);
    if (status != LH_OK || r->recording->count > 0)
        return status;
    char *text = r->group[0].text;
    r->group[0].text = NULL;
    return text ? add_line(r, 0, text, error)
                : recording_add_rows(r->recording, r->loose, r->timed, r->name, error);
}

lh_status inkml_read(const char *data, size_t size, const char *name, lh_recording *recording,
                     lh_error *error)
{
    reading *r = calloc(1, sizeof *r);
    if (!r)
        return lh_fail_memory(error, "a recording");
    r->name = name;
    r->recording = recording;
    r->format = inkml_format_plain;
    r->timed = true;
    r->loose = lh_ink_new(error);
    lh_status status = r->loose ? read_into(r, data, size, error) : error->status;
    lh_ink_free(r->loose);
    for (int i = 0; i <= DEPTH_MAX; i++)
        free(r->group[i].text);
    free(r->heard.text);
    free(r);
    return status;
}
