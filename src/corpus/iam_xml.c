/* Reads one IAM-OnDB line file: WhiteboardCaptureSession > StrokeSet > Stroke > Point, with x, y
 * and time as attributes of each point (time in seconds, from some moment of the session). */
#include "iam_xml.h"
#include "decimal.h"
#include "xml_walk.h"

#include <math.h>
#include <string.h>

typedef struct reading {
    xml_walk *walk;
    lh_ink *ink;
    double start; /* time of the first point */
    int depth;
    bool in_stroke;
    char *writer; /* [IAM_WRITER] */
} reading;

/* What may be wrong with a point. */
static void refuse_point(reading *r, const char *what)
{
    xml_walk_refuse(r->walk, "<Point> %s", what);
}

/* 0, 1, 2 for x, y, time; -1 for other attributes. */
static int place_of(const char *attribute)
{
    if (attribute[0] == 'x' || attribute[0] == 'y')
        return attribute[1] == '\0' ? attribute[0] - 'x' : -1;
    return strcmp(attribute, "time") == 0 ? 2 : -1;
}

static void read_point(reading *r, const xml_tag *tag)
{
    double value[3] = {0};
    unsigned seen = 0;
    for (int i = 0; i < tag->count; i++) {
        const xml_attribute *attribute = &tag->attribute[i];
        int place = place_of(attribute->name);
        if (place < 0)
            continue;
        if (!decimal_read(attribute->value, attribute->end, &value[place])) {
            refuse_point(r, "has an x, y or time that is no number");
            return;
        }
        seen |= 1u << place;
    }
    if (seen != 7) {
        refuse_point(r, "lacks x, y or time");
        return;
    }
    if (r->ink->count == 0)
        r->start = value[2];
    if (r->ink->count == IAM_MAX_POINTS) {
        refuse_point(r, "is one too many for a line of writing");
        return;
    }
    lh_point point = {(float)value[0], (float)value[1], (float)(value[2] - r->start), 0};
    if (!isfinite(point.time)) {
        refuse_point(r, "has a time beyond all measure from the first one's");
        return;
    }
    xml_walk_end(r->walk, lh_ink_add(r->ink, point, xml_walk_error(r->walk)));
}

static void read_writer(reading *r, const xml_tag *tag)
{
    for (int i = 0; i < tag->count; i++) {
        const xml_attribute *attribute = &tag->attribute[i];
        size_t length = (size_t)(attribute->end - attribute->value);
        if (strcmp(attribute->name, "writerID") != 0 || length >= IAM_WRITER)
            continue;
        memcpy(r->writer, attribute->value, length);
        r->writer[length] = '\0';
    }
}

static void start_element(void *user, xml_walk *walk, const xml_tag *tag)
{
    reading *r = user;
    r->walk = walk;
    if (r->depth++ == 0 && strcmp(tag->name, "WhiteboardCaptureSession") != 0) {
        xml_walk_refuse(walk,
                        "is no IAM-OnDB line file: starts with <%.64s>, not with "
                        "<WhiteboardCaptureSession>",
                        tag->name);
    } else if (r->in_stroke && strcmp(tag->name, "Point") == 0) {
        read_point(r, tag);
    } else if (strcmp(tag->name, "Stroke") == 0) {
        r->in_stroke = true;
    } else if (strcmp(tag->name, "Form") == 0) {
        read_writer(r, tag);
    }
}

static void end_element(void *user, xml_walk *walk, const char *name)
{
    (void)walk;
    reading *r = user;
    r->depth--;
    if (!r->in_stroke || strcmp(name, "Stroke") != 0)
        return;
    r->in_stroke = false;
    if (r->ink->count > 0) /* a stroke without points is none */
        r->ink->points[r->ink->count - 1].end = 1;
}

lh_ink *iam_xml_read(const char *data, size_t size, const char *name, char writer[IAM_WRITER],
                     lh_error *error)
{
    static const xml_visitor visitor = {.kind = "line file",
                                        .max_bytes = IAM_MAX_FILE,
                                        .max_namespaces = 64,
                                        .start = start_element,
                                        .end = end_element};
    reading r = {.writer = writer, .ink = lh_ink_new(error)};
    writer[0] = '\0';
    if (!r.ink)
        return NULL;
    lh_status status = xml_walk_file(data, size, name, &visitor, &r, error);
    if (status == LH_OK && r.ink->count == 0)
        status = lh_fail(error, LH_ERROR_FORMAT, "%s: holds no strokes", name);
    if (status == LH_OK)
        return r.ink;
    lh_ink_free(r.ink);
    return NULL;
}
