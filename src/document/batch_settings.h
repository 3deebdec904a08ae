/* The options that documents depend on, as a checksum: by it a record knows whether a document that
 * is there was made as it is asked for now. Each struct of options has a list of all its fields in
 * batch_settings.c, which does not compile when one is left out. */
#ifndef LONGHAND_DOCUMENT_BATCH_SETTINGS_H
#define LONGHAND_DOCUMENT_BATCH_SETTINGS_H

#include "base/hash.h"

#include <longhand/document.h>

typedef enum lh_setting_kind {
    LH_SETTING_VALUE, /* a number, an enumerator or a bool */
    LH_SETTING_TEXT,  /* const char *, may be NULL */
    LH_SETTING_PART,  /* a struct with settings of its own */
    LH_SETTING_IDLE,  /* documents are the same whatever it is */
    LH_SETTING_APART  /* what is behind it counts, and is added by batch_key.c */
} lh_setting_kind;

typedef struct lh_setting {
    const char *name;
    size_t offset, size; /* in its struct */
    lh_setting_kind kind;
    const struct lh_settings *part; /* of LH_SETTING_PART, else NULL */
} lh_setting;

/* A struct of options. */
typedef struct lh_settings {
    const lh_setting *setting; /* [count] */
    size_t count;
} lh_settings;

extern const lh_settings lh_settings_of_document; /* lh_document_options */
extern const lh_settings lh_settings_of_batch;    /* lh_batch_options */

/* Adds all of the struct at `options` that counts. */
void lh_settings_add(hash_state *hash, const lh_settings *settings, const void *options);

#endif
