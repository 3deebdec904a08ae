/* `longhand write --invent`: the text is made up by a network of characters, so that words and hand
 * are both a network's. */
#include "write.h"

#include <stdlib.h>
#include <string.h>

/* Stream of the seed: not that of any ink. */
#define INVENT_STREAM ((uint64_t)1 << 61)
/* As that of `sample --network text --bias 0.5`: likely enough to be read, and not the same again
 * and again. */
static const double temperature = 1 / 1.5;

#define WORD_JOINER "\xe2\x81\xa0"

/* The last word may have been cut short: it goes, unless it is the only one. */
static void leave_out_last_word(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] != ' ' && text[length - 1] != '\n')
        length--;
    if (length > 0)
        text[length] = '\0';
}

/* The text so that no rule of texts takes any of it for something else (document/template.c lists
 * what these are). The caller frees; NULL: no memory. */
static char *as_plain_text(const char *text)
{
    char *plain = malloc((2 + strlen(WORD_JOINER)) * strlen(text) + 1), *to = plain;
    for (const char *at = text; plain && *at; at++) {
        const char before = at > text ? at[-1] : '\n';
        *to++ = *at;
        if (*at == '@' && before == '\n')
            *to++ = '@';
        if ((*at == '\\' && (!at[1] || at[1] == '\n')) || (*at == '@' && at[1] == '_') ||
            (*at == '_' && at[1] == '@'))
            to += strlen(strcpy(to, WORD_JOINER));
    }
    if (plain && strcmp(text, "-") == 0) /* which would be standard input */
        to += strlen(strcpy(to, WORD_JOINER));
    if (plain)
        *to = '\0';
    return plain;
}

static char *invent(const write_job *job, lh_error *error)
{
    lh_rng rng;
    lh_model *model = lh_model_load(job->invent, error);
    lh_rng_seed(&rng, job->document.write.seed, INVENT_STREAM);
    char *text = model ? lh_invent(model, job->characters, temperature, &rng, error) : NULL;
    lh_model_free(model);
    return text;
}

lh_sources *write_invent(const write_job *job, lh_error *error)
{
    char *text = invent(job, error);
    if (!text)
        return NULL;
    leave_out_last_word(text);
    char *plain = as_plain_text(text);
    if (!plain)
        lh_fail_memory(error, "a text");
    lh_sources *sources = plain ? lh_sources_of_text(plain, error) : NULL;
    free(plain);
    free(text);
    return sources;
}
