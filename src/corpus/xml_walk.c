/* Walking through XML files: see xml_walk.h. Only this file sees libxml2. */
#include "xml_walk.h"

#include "xml_tags.h"

#include <libxml/parser.h>
#include <pthread.h>
#include <stdarg.h>
#include <string.h>

struct xml_walk {
    xmlParserCtxtPtr parser;
    const char *name;
    const xml_visitor *visitor;
    void *user;
    int namespaces;
    xml_width width; /* in which its tags were checked */
    lh_status status;
    lh_error *error;
};

/* ---- ending it ------------------------------------------------------------------------------- */

static int line_number(const xml_walk *walk)
{
    return walk->parser->input ? walk->parser->input->line : 0;
}

void xml_walk_refuse(xml_walk *walk, const char *format, ...)
{
    char what[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    if (walk->status == LH_OK)
        walk->status =
            lh_fail(walk->error, LH_ERROR_FORMAT, "%s:%d: %s", walk->name, line_number(walk), what);
    xmlStopParser(walk->parser);
}

void xml_walk_end(xml_walk *walk, lh_status status)
{
    if (status == LH_OK)
        return;
    walk->status = status;
    xmlStopParser(walk->parser);
}

lh_error *xml_walk_error(const xml_walk *walk)
{
    return walk->error;
}

bool xml_walk_goes_on(const xml_walk *walk)
{
    return walk->status == LH_OK;
}

static void report_problem(void *user, xmlErrorPtr problem)
{
    xml_walk *walk = user;
    if (walk->status != LH_OK || problem->level < XML_ERR_ERROR)
        return;
    int length = problem->message ? (int)strcspn(problem->message, "\n") : 0;
    walk->status =
        lh_fail(walk->error, LH_ERROR_FORMAT, "%s:%d: malformed XML: %.*s", walk->name,
                problem->line, length < 200 ? length : 200, length ? problem->message : "");
    xmlStopParser(walk->parser);
}

/* ---- what libxml2 reports ---------------------------------------------------------------------
 */

/* libxml2 gives an attribute as five pointers: name, prefix, namespace, value, its end. */
static void start_element(void *user, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted, const xmlChar **attributes)
{
    (void)prefix, (void)namespaces, (void)defaulted;
    xml_walk *walk = user;
    if (walk->status != LH_OK)
        return;
    walk->namespaces += namespace_count;
    if (walk->namespaces > walk->visitor->max_namespaces) {
        xml_walk_refuse(walk, "declares more than %d namespaces", walk->visitor->max_namespaces);
        return;
    }
    xml_attribute attribute[XML_MAX_ATTRIBUTES];
    if (attribute_count > XML_MAX_ATTRIBUTES) {
        xml_walk_refuse(walk, "a tag has more than %d attributes", XML_MAX_ATTRIBUTES);
        return;
    }
    for (int i = 0; i < attribute_count; i++, attributes += 5)
        attribute[i] = (xml_attribute){(const char *)attributes[0], (const char *)attributes[1],
                                       (const char *)attributes[3], (const char *)attributes[4]};
    xml_tag tag = {(const char *)name, (const char *)uri, attribute, attribute_count};
    walk->visitor->start(walk->user, walk, &tag);
}

static void end_element(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix, (void)uri;
    xml_walk *walk = user;
    if (walk->status == LH_OK)
        walk->visitor->end(walk->user, walk, (const char *)name);
}

static void report_text(void *user, const xmlChar *text, int length)
{
    xml_walk *walk = user;
    if (walk->status == LH_OK && walk->visitor->text)
        walk->visitor->text(walk->user, walk, (const char *)text, (size_t)length);
}

/* One that has declarations of its own was refused before (check_tags). What stands elsewhere it
 * may name as it likes: nobody looks there. */
static void meet_document_type(void *user, const xmlChar *name, const xmlChar *public_id,
                               const xmlChar *system_id)
{
    (void)name, (void)public_id, (void)system_id;
    xml_walk *walk = user;
    if (!walk->visitor->document_types)
        xml_walk_refuse(walk, "has a document type (<!DOCTYPE>); %ss have none",
                        walk->visitor->kind);
}

/* The encoding is known by now, and nothing has been read in it. One of another width would have
 * libxml2 read other tags than were checked. */
static void check_encoding(void *user)
{
    xml_walk *walk = user;
    const xmlChar *name = walk->parser->encoding;
    if (!name && walk->parser->input)
        name = walk->parser->input->encoding;
    if (name && !xml_encoding_is_known((const char *)name))
        xml_walk_refuse(walk, "is in %.64s; UTF-8, UTF-16, ISO-8859 and such are read",
                        (const char *)name);
    else if (name && !xml_encoding_has_width((const char *)name, walk->width))
        xml_walk_refuse(walk, "says that it is in %.64s, and is not", (const char *)name);
}

/* ---- the walk -------------------------------------------------------------------------------- */

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

static void parse(xml_walk *walk, const char *data, size_t size)
{
    /* NOENT: else an & in an attribute comes as &#38;. There are no entities but XML's own five. */
    int options = XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_NOENT;
    if (is_ascii(data, size))
        options |= XML_PARSE_IGNORE_ENC;
    xmlDocPtr document = xmlCtxtReadMemory(walk->parser, data, (int)size, NULL, NULL, options);
    xmlFreeDoc(document);
}

/* Without this libxml2 prints what it finds wrong with an encoding. */
static void say_nothing(void *user, xmlErrorPtr problem)
{
    (void)user, (void)problem;
}

static bool parse_quietly(xml_walk *walk, const char *data, size_t size)
{
    xmlStructuredErrorFunc before = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, say_nothing);
    parse(walk, data, size);
    xmlSetStructuredErrorFunc(context, before);
    return walk->parser->wellFormed;
}

/* What has to be known before libxml2 begins. */
static lh_status check_tags(xml_walk *walk, const char *data, size_t size)
{
    const char *name = walk->name;
    if (size > walk->visitor->max_bytes)
        return lh_fail(walk->error, LH_ERROR_FORMAT, "%s: %zu bytes is too large for a %s", name,
                       size, walk->visitor->kind);
    walk->width = xml_width_of(data, size);
    if (walk->width == XML_WIDTH_NONE)
        return lh_fail(walk->error, LH_ERROR_FORMAT, "%s:1: malformed XML: begins with no '<'",
                       name);
    int line;
    xml_tags_fault fault = xml_tags_check(data, size, walk->width, XML_MAX_ATTRIBUTES, &line);
    if (fault == XML_TAGS_RICH)
        return lh_fail(walk->error, LH_ERROR_FORMAT, "%s:%d: a tag has more than %d attributes",
                       name, line, XML_MAX_ATTRIBUTES);
    if (fault == XML_TAGS_DECLARE)
        return lh_fail(walk->error, LH_ERROR_FORMAT,
                       "%s:%d: has a document type (<!DOCTYPE>) with declarations of its own, "
                       "which are not read",
                       name, line);
    return LH_OK;
}

lh_status xml_walk_file(const char *data, size_t size, const char *name, const xml_visitor *visitor,
                        void *user, lh_error *error)
{
    xml_walk walk = {.name = name, .visitor = visitor, .user = user, .error = error};
    lh_status status = check_tags(&walk, data, size);
    if (status != LH_OK)
        return status;
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = start_element,
                             .endElementNs = end_element,
                             .startDocument = check_encoding,
                             .internalSubset = meet_document_type,
                             .characters = report_text,
                             .cdataBlock = report_text,
                             .serror = report_problem};
    walk.parser = xmlNewParserCtxt();
    if (!walk.parser)
        return lh_fail_memory(error, "the XML reader");
    *walk.parser->sax = handler;
    walk.parser->userData = &walk;
    bool whole = parse_quietly(&walk, data, size);
    xmlFreeParserCtxt(walk.parser);
    if (walk.status == LH_OK && !whole)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: malformed XML", name);
    return walk.status;
}

/* Files are read on several threads, and libxml2 before 2.11 does not take care itself that only
 * one of them sets it up. */
void xml_walk_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, xmlInitParser);
}

void xml_hear(xml_heard *heard, xml_walk *walk, const char *text, size_t length)
{
    if (length == 0)
        return;
    if (heard->length + length > heard->room) {
        const size_t room = 2 * (heard->length + length);
        char *larger = realloc(heard->text, room);
        if (!larger) {
            xml_walk_end(walk, lh_fail_memory(xml_walk_error(walk), "a recording"));
            return;
        }
        heard->text = larger;
        heard->room = room;
    }
    memcpy(heard->text + heard->length, text, length);
    heard->length += length;
}
