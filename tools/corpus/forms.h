/* A folder in the layout of IAM-OnDB with its trainset.txt, filled with forms. */
#ifndef LONGHAND_TOOLS_FORMS_H
#define LONGHAND_TOOLS_FORMS_H

#include <longhand/corpus.h>

typedef struct forms {
    const char *folder, *kind; /* "text": forms are text-00001z, text-00002z ... */
    lh_output *list;
    size_t count;
    char **row; /* owned; texts of the form's lines so far */
    size_t rows, room;
} forms;

/* Begins one, in which there must be no forms of this kind yet. */
lh_status forms_begin(forms *forms, const char *folder, const char *kind, lh_error *error);
/* A form of one line. */
lh_status forms_add(forms *forms, const lh_ink *ink, const char *text, lh_error *error);
/* One more line of the last form. */
lh_status forms_add_line(forms *forms, const lh_ink *ink, const char *text, lh_error *error);
/* Finishes the list, or after a failure drops it; returns `status` or a failure of its own. */
lh_status forms_end(forms *forms, lh_status status, lh_error *error);

#endif
