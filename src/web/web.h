/* What stands behind the page: one of each, made by web_new. */
#ifndef LONGHAND_WEB_WEB_H
#define LONGHAND_WEB_WEB_H

#include <longhand/longhand.h>

enum { WEB_HANDS_MAX = 64, WEB_LINE_NUMBERS = 9, WEB_WORD_NUMBERS = 7 };

typedef struct web {
    lh_error error;
    lh_model *model;
    lh_reader *reader;
    lh_signs *signs;
    lh_style *hand[WEB_HANDS_MAX]; /* each of another name */
    int hands;
    char *chosen; /* the hand's name */
    lh_document_options options;
    lh_desk *desk;
    lh_growing *growing;
    lh_document *document;
    double line[WEB_LINE_NUMBERS];
    int32_t *words;
    char *saved; /* the file last made */
    size_t saved_size;
} web;

/* What is written goes, and with it the desk, whose hands may be others now. */
void web_drop_desk(web *w);
/* lh_document_options.find_style over the hands that are here; `user` is the web. */
lh_style *web_find_hand(void *user, const char *name, lh_error *error);

#endif
