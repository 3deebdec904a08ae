/* Passages in the making: words are gathered until they become one. */
#ifndef LONGHAND_DOCUMENT_GATHER_H
#define LONGHAND_DOCUMENT_GATHER_H

#include "document/passages.h"
#include "document/underline.h"

/* Room for a passage's words as they are read. */
typedef struct lh_gathered {
    char *text;
    size_t size, capacity;
    size_t *byte; /* [characters]: where each stands in what is read */
    size_t characters, byte_capacity;
    size_t line, column; /* of the first */
    lh_stretches under;  /* of the bytes, those that are underlined */
} lh_gathered;

/* What is known of the next passage. */
typedef struct lh_gathering {
    lh_manuscript *to;
    const char *text; /* that is read */
    lh_gathered words;
    size_t manner; /* as '@' rows have set it */
    int rows;      /* down from the passage before */
    int blanks;    /* that stand before the passage in the making */
    bool page;     /* a new page begins */
    bool heading;  /* the row is one */
    int mark;      /* words of a list's mark that are still to come in the row; -1: it has none */
} lh_gathering;

/* Adds letters to the words; blanks are single. `from` is their place in the text. */
lh_status lh_gather_letters(lh_gathering *gathering, const char *letters,
                            const lh_text_cursor *from, lh_error *error);
/* The words so far end here and become a passage, unless there are none. */
lh_status lh_gather_end(lh_gathering *gathering, int indent, int tabs, bool begins_row,
                        lh_error *error);
/* What follows is written in this manner; its style is copied. */
lh_status lh_gather_manner(lh_gathering *gathering, lh_manner manner, lh_error *error);
void lh_gather_clear(lh_gathering *gathering);

#endif
