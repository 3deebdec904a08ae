/* Reads one IAM-OnDB line file: WhiteboardCaptureSession > StrokeSet > Stroke > Point, with x, y
 * and time as attributes of each point (time in seconds, from some moment of the session).
 *
 * libxml2 reads as a stream and reports elements to the functions here (its SAX2 interface: half
 * the time of its xmlTextReader). Nothing is fetched, a document type (DTD), with which a file
 * could declare entities and attributes of all elements, is refused where it begins, and libxml2's
 * own limits on depth and size stay on; what takes it a square of the file's size is bounded here.
 * Only this file sees libxml2. */
#include "decimal.h"
#include "iam.h"
#include "xml_tags.h"

#include <libxml/parser.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Attributes of a tag, and namespaces of a file; real ones have up to four, and none. */
enum { MAX_ATTRIBUTES = 64, MAX_NAMESPACES = 64 };

typedef struct reading {
    xmlParserCtxtPtr parser;
    const char *name;
    lh_ink *ink;
    double start; /* time of the first point */
    int depth, namespaces;
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

static void refuse(reading *r, const char *format, ...) LH_PRINTF(2, 3);

/* The error of a file with the row that is being read. */
static void refuse(reading *r, const char *format, ...)
{
    char what[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    if (r->status == LH_OK)
        r->status = lh_fail(r->error, LH_ERROR_FORMAT, "%s:%d: %s", r->name, line_number(r), what);
    stop(r);
}

/* What may be wrong with a point. */
static void refuse_point(reading *r, const char *what)
{
    refuse(r, "<Point> %s", what);
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
    r->status = lh_ink_add(r->ink, point, r->error);
    if (r->status != LH_OK)
        stop(r);
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
    (void)prefix, (void)uri, (void)namespaces, (void)defaulted;
    reading *r = user;
    const char *element = (const char *)name;
    if (r->status != LH_OK)
        return;
    r->namespaces += namespace_count;
    if (r->namespaces > MAX_NAMESPACES) {
        refuse(r, "declares more than %d namespaces; line files have none", MAX_NAMESPACES);
        return;
    }
    if (r->depth++ == 0 && strcmp(element, "WhiteboardCaptureSession") != 0) {
        refuse(r,
               "is no IAM-OnDB line file: starts with <%.64s>, not with "
               "<WhiteboardCaptureSession>",
               element);
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

static void refuse_document_type(void *user, const xmlChar *name, const xmlChar *public_id,
                                 const xmlChar *system_id)
{
    (void)name, (void)public_id, (void)system_id;
    refuse(user, "has a document type (<!DOCTYPE>); line files have none");
}

/* The encoding is known by now, and nothing has been read in it. */
static void check_encoding(void *user)
{
    reading *r = user;
    const xmlChar *name = r->parser->encoding;
    if (!name && r->parser->input)
        name = r->parser->input->encoding;
    if (name && !xml_encoding_is_known((const char *)name))
        refuse(r, "is in %.64s; UTF-8, UTF-16, ISO-8859 and such are read", (const char *)name);
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

/* Without this libxml2 prints what it finds wrong with an encoding. */
static void say_nothing(void *user, xmlErrorPtr problem)
{
    (void)user, (void)problem;
}

static bool parse_quietly(reading *r, const char *data, size_t size)
{
    xmlStructuredErrorFunc before = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, say_nothing);
    parse(r, data, size);
    xmlSetStructuredErrorFunc(context, before);
    return r->parser->wellFormed;
}

static lh_status read_into(reading *r, const char *data, size_t size)
{
    if (size > IAM_MAX_FILE)
        return lh_fail(r->error, LH_ERROR_FORMAT, "%s: %zu bytes is too large for a line file",
                       r->name, size);
    int line;
    xml_width width = xml_width_of(data, size);
    if (width == XML_WIDTH_NONE)
        return lh_fail(r->error, LH_ERROR_FORMAT, "%s:1: malformed XML: begins with no '<'",
                       r->name);
    if (xml_tags_are_rich(data, size, width, MAX_ATTRIBUTES, &line))
        return lh_fail(r->error, LH_ERROR_FORMAT, "%s:%d: a tag has more than %d attributes",
                       r->name, line, MAX_ATTRIBUTES);
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = start_element,
                             .endElementNs = end_element,
                             .startDocument = check_encoding,
                             .internalSubset = refuse_document_type,
                             .serror = report_problem};
    r->parser = xmlNewParserCtxt();
    if (!r->parser)
        return lh_fail_memory(r->error, "the XML reader");
    *r->parser->sax = handler;
    r->parser->userData = r;
    bool whole = parse_quietly(r, data, size);
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
