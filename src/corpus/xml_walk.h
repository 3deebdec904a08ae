/* A walk through an XML file: libxml2, which xml_walk.c alone knows, reads it as a stream and
 * reports its elements (the SAX2 interface: half the time of xmlTextReader). What keeps a hostile
 * file harmless is here for all readers: nothing is fetched, a file declares no entities and no
 * attributes of all elements, libxml2's own limits on depth and size stay on, and what takes it a
 * square of the file's size is bounded. */
#ifndef LONGHAND_CORPUS_XML_WALK_H
#define LONGHAND_CORPUS_XML_WALK_H

#include <longhand/base.h>

/* The attributes of a tag; real files have up to four (IAM-OnDB) or some thirty (SVG). */
enum { XML_MAX_ATTRIBUTES = 64 };

typedef struct xml_attribute {
    const char *name, *prefix; /* "href", "xlink"; no prefix: NULL */
    const char *value, *end;   /* value..end has no NUL behind it */
} xml_attribute;

typedef struct xml_tag {
    const char *name;
    const char *space; /* its namespace, or NULL */
    const xml_attribute *attribute;
    int count;
} xml_tag;

typedef struct xml_walk xml_walk;

/* What is read, and who hears of it. */
typedef struct xml_visitor {
    const char *kind; /* of file, in messages: "line file" */
    size_t max_bytes;
    int max_namespaces;
    bool document_types; /* <!DOCTYPE> may be there, as long as it declares nothing itself */
    void (*start)(void *user, xml_walk *walk, const xml_tag *tag);
    void (*end)(void *user, xml_walk *walk, const char *name);
    void (*text)(void *user, xml_walk *walk, const char *text, size_t length); /* or NULL */
} xml_visitor;

/* Walks through a file, called `name` in messages, until its end or the first error. */
lh_status xml_walk_file(const char *data, size_t size, const char *name, const xml_visitor *visitor,
                        void *user, lh_error *error);

/* Ends the walk with an error of the file, which names the row that is being read. */
void xml_walk_refuse(xml_walk *walk, const char *format, ...) LH_PRINTF(2, 3);
/* Ends it with another error, which has been filled; LH_OK does nothing. */
void xml_walk_end(xml_walk *walk, lh_status status);
/* The error to fill. */
lh_error *xml_walk_error(const xml_walk *walk);
bool xml_walk_goes_on(const xml_walk *walk);

/* The characters of an element, gathered; zero-initialised there are none. */
typedef struct xml_heard {
    char *text; /* [length], owned; no NUL is behind it */
    size_t length, room;
} xml_heard;

/* Adds characters; without memory the walk ends. */
void xml_hear(xml_heard *heard, xml_walk *walk, const char *text, size_t length);

/* Makes libxml2 ready; comes before any walk. From any thread, any number of times. */
void xml_walk_prepare(void);

#endif
