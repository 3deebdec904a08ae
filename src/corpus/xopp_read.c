/* Reads Xournal++ files: xournal > page > layer > stroke, whose text is x and y in turn, in points
 * of 1/72 inch with y down. Strokes of the pen are read, those of highlighter and eraser are not,
 * nor are texts, pictures and the page below. The rows of a page are told apart by where its
 * strokes lie; no line has a text. Times are not in such files. */
#include "xopp_read.h"

#include "iam.h"
#include "svg_number.h"
#include "xml_walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    const char *name;
    lh_recording *recording;
    lh_ink *page;    /* its strokes so far */
    xml_heard heard; /* of a stroke */
    size_t points;
    bool hears;
} reading;

static bool is_of_pen(const xml_tag *tag)
{
    for (int i = 0; i < tag->count; i++) {
        const xml_attribute *a = &tag->attribute[i];
        if (strcmp(a->name, "tool") == 0)
            return a->end - a->value == 3 && strncmp(a->value, "pen", 3) == 0;
    }
    return true;
}

static void start_element(void *user, xml_walk *walk, const xml_tag *tag)
{
    reading *r = user;
    (void)walk;
    if (strcmp(tag->name, "page") == 0)
        r->page->count = 0;
    r->hears = strcmp(tag->name, "stroke") == 0 && is_of_pen(tag);
    r->heard.length = 0;
}

static void read_stroke(reading *r, xml_walk *walk)
{
    const char *at = r->heard.text, *end = r->heard.text + r->heard.length;
    const size_t first = r->page->count;
    while (xml_walk_goes_on(walk)) {
        double x, y;
        svg_pass_blanks(&at, end, false);
        if (at == end)
            break;
        const char *from = at;
        bool both = svg_number_read(&at, end, &x);
        svg_pass_blanks(&at, end, false);
        both = both && svg_number_read(&at, end, &y);
        if (!both) {
            const int length = end - from < 20 ? (int)(end - from) : 20;
            xml_walk_refuse(walk, "<stroke> has no x and y, at '%.*s'", length, from);
        } else if (++r->points > RECORDING_MAX_POINTS) {
            xml_walk_refuse(walk, "<stroke> has a point more than are read of a file");
        } else {
            xml_walk_end(walk, lh_ink_add(r->page, (lh_point){.x = (float)x, .y = (float)y},
                                          xml_walk_error(walk)));
        }
    }
    if (r->page->count > first)
        r->page->points[r->page->count - 1].end = 1;
}

static void end_element(void *user, xml_walk *walk, const char *name)
{
    reading *r = user;
    if (r->hears && strcmp(name, "stroke") == 0 && r->heard.length > 0)
        read_stroke(r, walk);
    r->hears = false;
    if (strcmp(name, "page") == 0 && xml_walk_goes_on(walk)) {
        xml_walk_end(
            walk, recording_add_rows(r->recording, r->page, false, r->name, xml_walk_error(walk)));
        r->page->count = 0; /* pages may stand in each other, their strokes count once */
    }
}

static void read_characters(void *user, xml_walk *walk, const char *text, size_t length)
{
    reading *r = user;
    if (r->hears)
        xml_hear(&r->heard, walk, text, length);
}

lh_status xopp_read(const char *data, size_t size, const char *name, lh_recording *recording,
                    lh_error *error)
{
    static const xml_visitor visitor = {.kind = "file of Xournal++",
                                        .max_bytes = RECORDING_MAX_FILE,
                                        .max_namespaces = 16,
                                        .start = start_element,
                                        .end = end_element,
                                        .text = read_characters};
    reading r = {.name = name, .recording = recording, .page = lh_ink_new(error)};
    lh_status status = r.page ? LH_OK : error->status;
    if (status == LH_OK)
        status = xml_walk_file(data, size, name, &visitor, &r, error);
    lh_ink_free(r.page);
    free(r.heard.text);
    return status;
}
