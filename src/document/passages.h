/* Passages of plain words: what a text is when it has been read. */
#ifndef LONGHAND_DOCUMENT_PASSAGES_H
#define LONGHAND_DOCUMENT_PASSAGES_H

#include "document/commands.h"
#include "document/letters.h"

/* Columns of an indent from one tab stop to the next, and up to where it is of the first row only.
 */
enum { LH_TAB_COLUMNS = 4, LH_FIRST_ROW_INDENT = 8 };

/* Words that stand behind each other. */
typedef struct lh_passage {
    char *text;    /* owned; characters of the alphabet, blanks single and none at either end */
    size_t *byte;  /* [characters], owned: where each stands in the text that was read; NULL where
                    * words were parted since */
    size_t manner; /* of lh_manuscript.manner */
    int rows;      /* further down than the passage before: 0 behind a tab, 2 below an empty row */
    bool page;     /* begins a page, `rows` from its top (1: the first) */
    int indent;    /* columns; of its first row ... */
    bool block;    /* ... and of those that follow */
    int tabs;      /* rows == 0: tabs before it, */
    int blanks;    /* ... or blanks that stand, or neither, which is one blank */
    bool heading;
    bool hangs;          /* an item of a list: rows that follow are as far in as ... */
    int mark;            /* ... the word behind so many, its mark */
    bool *underlined;    /* [words], owned; NULL: none is */
    size_t line, column; /* in the text, from 1, of its first character */
} lh_passage;

typedef struct lh_manuscript {
    lh_passage *passage;
    lh_manner *manner; /* [manners], manners >= 1: row 0 is that of the beginning */
    size_t passages, manners, passage_capacity, manner_capacity;
    lh_skipped skipped;
    lh_replaced replaced;
    size_t unclosed; /* the row of the first "@_" that is never closed; 0: there is none */
} lh_manuscript;

void lh_manuscript_clear(lh_manuscript *manuscript);

#endif
