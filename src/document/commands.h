/* The '@' rows of a text (document.h): which there are, and what they set. */
#ifndef LONGHAND_DOCUMENT_COMMANDS_H
#define LONGHAND_DOCUMENT_COMMANDS_H

#include <longhand/document.h>

/* What '@' rows set. */
typedef struct lh_manner {
    char *style; /* owned; NULL: the desk's */
    double bias; /* NAN: the desk's */
    bool inked;  /* `ink` was set */
    uint32_t ink;
    bool aligned; /* `align` was set */
    lh_align align;
    float size;  /* of the letters, 1: as the rows allow */
    int block;   /* 0, or the number of a block at the right margin */
    bool across; /* a block over all columns */
} lh_manner;

/* What a command does besides. */
typedef enum lh_command_effect {
    LH_COMMAND_SETS,   /* the manner, from there on */
    LH_COMMAND_PAGE,   /* a new page begins */
    LH_COMMAND_BLOCK,  /* a block at the right margin begins */
    LH_COMMAND_ACROSS, /* a block over all columns begins */
    LH_COMMAND_HEADING /* its value is a heading, written in the manner that it set */
} lh_command_effect;

extern const lh_manner lh_manner_of_desk;

/* A command as a help tells of it. */
typedef struct lh_command_help {
    const char *name;  /* without the '@' */
    const char *value; /* what it takes: "NAME"; NULL: nothing */
    const char *words; /* a part of a sentence, without a point */
} lh_command_help;

/* The commands there are, the `index`-th; false behind the last. */
bool lh_command_tell(size_t index, lh_command_help *help);

/* Obeys `command` with its value, "" for none. A style in `manner` is then the value itself.
 * LH_ERROR_ARGUMENT for one that is none or takes another value. */
lh_status lh_command_obey(const char *command, char *value, lh_manner *manner,
                          lh_command_effect *effect, lh_error *error);

#endif
