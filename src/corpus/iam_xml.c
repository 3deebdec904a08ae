/* Reads one IAM-OnDB line file: WhiteboardCaptureSession > StrokeSet > Stroke > Point, with x, y
 * and time as attributes of each point (time in seconds, from some moment of the session).
 *
 * libxml2 reads as a stream and reports elements to the functions here (its SAX2 interface: half
 * the time of its xmlTextReader). Nothing is fetched, entities a file declares are not expanded,
 * and libxml2's own limits on depth and size stay on. Only this file sees libxml2. */
#include "decimal.h"
#include "iam.h"

#include <libxml/parser.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    xmlParserCtxtPtr parser;
    const char *name;
    lh_ink *ink;
    double start; /* time of the first point */
    int depth;
    bool in_stroke;
    char *writer; /* [IAM_WRITER] */
    lh_status status;
    lh_error *error;
} reading;

static void stop(reading *r)
{
    xmlStopParser(r->parser);
}

static int line_number(const reading *r)
{
    return r->parser->input ? r->parser->input->line : 0;
}

/* What may be wrong with a point. */
static void refuse_point(reading *r, const char *what)
{
    if (r->status == LH_OK)
        r->status =
            lh_fail(r->error, LH_ERROR_FORMAT, "%s:%d: <Point> %s", r->name, line_number(r), what);
    stop(r);
}

/* 0, 1, 2 for x, y, time; -1 for other attributes. */
static int place_of(const char *attribute)
{
    if (attribute[0] == 'x' || attribute[0] == 'y')
        return attribute[1] == '\0' ? attribute[0] - 'x' : -1;
    return strcmp(attribute, "time") == 0 ? 2 : -1;
}

/* libxml2 gives an attribute as five pointers: name, prefix, namespace, value, its end. */
static void read_point(reading *r, int count, const xmlChar **attributes)
{
    double value[3] = {0};
    unsigned seen = 0;
    for (int i = 0; i < count; i++, attributes += 5) {
        int place = place_of((const char *)attributes[0]);
        if (place < 0)
            continue;
        if (!decimal_read((const char *)attributes[3], (const char *)attributes[4],
                          &value[place])) {
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
    if (lh_ink_add(r->ink, point, r->error) != LH_OK) {
        r->status = LH_ERROR_MEMORY;
        stop(r);
    }
}

static void read_writer(reading *r, int count, const xmlChar **attributes)
{
    for (int i = 0; i < count; i++, attributes += 5) {
        size_t length = (size_t)(attributes[4] - attributes[3]);
        if (strcmp((const char *)attributes[0], "writerID") != 0 || length >= IAM_WRITER)
            continue;
        memcpy(r->writer, attributes[3], length);
        r->writer[length] = '\0';
    }
}

static void start_element(void *user, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted, const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
    reading *r = user;
    const char *element = (const char *)name;
    if (r->status != LH_OK)
        return;
    if (r->depth++ == 0 && strcmp(element, "WhiteboardCaptureSession") != 0) {
        r->status = lh_fail(r->error, LH_ERROR_FORMAT,
                            "%s:%d: is no IAM-OnDB line file: starts with <%.64s>, not with "
                            "<WhiteboardCaptureSession>",
                            r->name, line_number(r), element);
        stop(r);
    } else if (r->in_stroke && strcmp(element, "Point") == 0) {
        read_point(r, attribute_count, attributes);
    } else if (strcmp(element, "Stroke") == 0) {
        r->in_stroke = true;
    } else if (strcmp(element, "Form") == 0) {
        read_writer(r, attribute_count, attributes);
    }
}

static void end_element(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix, (void)uri;
    reading *r = user;
    r->depth--;
    if (!r->in_stroke || strcmp((const char *)name, "Stroke") != 0)
        return;
    r->in_stroke = false;
    if (r->ink->count > 0) /* a stroke without points is none */
        r->ink->points[r->ink->count - 1].end = 1;
}

static void report_problem(void *user, xmlErrorPtr problem)
{
    reading *r = user;
    if (r->status != LH_OK || problem->level < XML_ERR_ERROR)
        return;
    int length = problem->message ? (int)strcspn(problem->message, "\n") : 0;
    r->status = lh_fail(r->error, LH_ERROR_FORMAT, "%s:%d: malformed XML: %.*s", r->name,
                        problem->line, length < 200 ? length : 200, length ? problem->message : "");
    stop(r);
}

static void refuse_entity(void *user, const xmlChar *name, int type, const xmlChar *public_id,
                          const xmlChar *system_id, xmlChar *content)
{
    (void)type, (void)public_id, (void)system_id, (void)content;
    reading *r = user;
    if (r->status == LH_OK)
        r->status = lh_fail(r->error, LH_ERROR_FORMAT,
                            "%s:%d: declares the entity '%.64s'; line files have none", r->name,
                            line_number(r), (const char *)name);
    stop(r);
}

/* In a file of ASCII bytes alone every declared encoding that IAM-OnDB uses is the same, and
 * libxml2 need not convert it. (Zero bytes are UTF-16's.) */
static bool is_ascii(const char *data, size_t size)
{
    unsigned char any = 0, zero = 0;
    for (size_t i = 0; i < size; i++) {
        any |= (unsigned char)data[i];
        zero |= data[i] == 0;
    }
    return any < 0x80 && !zero;
}

static void parse(reading *r, const char *data, size_t size)
{
    int options = XML_PARSE_NONET | XML_PARSE_COMPACT;
    if (is_ascii(data, size))
        options |= XML_PARSE_IGNORE_ENC;
    xmlDocPtr document = xmlCtxtReadMemory(r->parser, data, (int)size, NULL, NULL, options);
    xmlFreeDoc(document);
}

static lh_status read_into(reading *r, const char *data, size_t size)
{
    if (size > IAM_MAX_FILE)
        return lh_fail(r->error, LH_ERROR_FORMAT, "%s: %zu bytes is too large for a line file",
                       r->name, size);
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = start_element,
                             .endElementNs = end_element,
                             .entityDecl = refuse_entity,
                             .serror = report_problem};
    r->parser = xmlNewParserCtxt();
    if (!r->parser)
        return lh_fail_memory(r->error, "the XML reader");
    *r->parser->sax = handler;
    r->parser->userData = r;
    parse(r, data, size);
    bool whole = r->parser->wellFormed;
    xmlFreeParserCtxt(r->parser);
    if (r->status != LH_OK)
        return r->status;
    if (!whole)
        return lh_fail(r->error, LH_ERROR_FORMAT, "%s: malformed XML", r->name);
    if (r->ink->count == 0)
        return lh_fail(r->error, LH_ERROR_FORMAT, "%s: holds no strokes", r->name);
    return LH_OK;
}

static lh_ink *read_line(const char *data, size_t size, const char *name, char writer[IAM_WRITER],
                         lh_error *error)
{
    reading r = {.name = name, .error = error, .writer = writer, .ink = lh_ink_new(error)};
    writer[0] = '\0';
    if (r.ink && read_into(&r, data, size) != LH_OK) {
        lh_ink_free(r.ink);
        return NULL;
    }
    return r.ink;
}

/* Lines are read on several threads, and libxml2 before 2.11 does not take care itself that only
 * one of them sets it up. */
const iam_xml *iam_xml_get(lh_error *error)
{
    static const iam_xml linked = {read_line};
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)error; /* what is linked is there */
    pthread_once(&once, xmlInitParser);
    return &linked;
}
