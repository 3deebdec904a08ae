/* The forms of IAM-OnDB: a form is a page that one hand wrote, some lines and their transcription.
 */
#ifndef LONGHAND_CORPUS_FORMS_H
#define LONGHAND_CORPUS_FORMS_H

#include "names.h"

typedef struct form {
    char **row; /* the rows after CSR:, UTF-8; NULL: no transcription was found */
    size_t rows, row_capacity;
    size_t lines; /* line files seen, bad ones as well; their numbers differ */
    size_t last;  /* the highest number of one */
} form;

typedef struct forms {
    names index;
    form *form;
    size_t count, capacity;
} forms;

/* The form called so, made when it is not there yet; NULL: no memory. Good until the next call. */
form *forms_get(forms *all, const char *name, size_t length, lh_error *error);
void forms_free(forms *all);

/* Reads a transcription (`data` ends with a NUL): the rows behind "CSR:" that are not blank,
 * without line ends and trailing blanks. Bytes that are not UTF-8 are taken for ISO-8859-1. */
lh_status form_read_text(form *f, const char *data, size_t size, const char *path, lh_error *error);
/* The text of line `number`, or NULL unless the rows fit the line files one by one. */
const char *form_text(const form *f, size_t number);

#endif
