/* What a document is made from: see batch_key.h. */
#include "document/batch_key.h"
#include "document/batch_files.h"
#include "document/batch_record.h"
#include "document/batch_settings.h"
#include "document/manuscript.h"
#include "document/signs.h"

#include <stdlib.h>
#include <string.h>

/* A style that was looked at. */
typedef struct seen {
    char *name; /* owned */
    uint64_t print;
} seen;

struct lh_batch_keys {
    const lh_batch_plan *plan;
    uint64_t run;
    seen *seen; /* [count] */
    size_t count, capacity;
};

void lh_batch_keys_free(lh_batch_keys *k)
{
    if (!k)
        return;
    for (size_t i = 0; i < k->count; i++)
        free(k->seen[i].name);
    free(k->seen);
    free(k);
}

/* Its name, its ink and what that says; one that cannot be read is told by those who need it. */
static uint64_t print_of_style(const lh_document_options *options, const char *name)
{
    lh_error error;
    hash_state hash = hash_start();
    lh_style *style = options->find_style && strcmp(name, LH_OWN_STYLE) != 0
                          ? options->find_style(options->user, name, &error)
                          : NULL;
    lh_hand *drawn = options->draw_hand && strcmp(name, LH_OWN_STYLE) == 0
                         ? options->draw_hand(options->user, 0, &error)
                         : NULL;
    lh_print_text(&hash, name);
    if (style)
        lh_print_style(&hash, style);
    if (drawn)
        lh_print_hand(&hash, drawn);
    lh_hand_free(drawn);
    lh_style_free(style);
    return hash_end(&hash);
}

/* Adds a style, which is looked for when it is first asked for. */
static lh_status add_style(lh_batch_keys *k, hash_state *hash, const char *name, lh_error *error)
{
    size_t i = 0;
    while (i < k->count && strcmp(k->seen[i].name, name) != 0)
        i++;
    if (i == k->count && k->count == k->capacity) {
        size_t capacity = 2 * k->capacity + 16;
        seen *larger = realloc(k->seen, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "styles");
        k->seen = larger;
        k->capacity = capacity;
    }
    if (i == k->count) {
        k->seen[i] = (seen){strdup(name), print_of_style(&k->plan->document, name)};
        if (!k->seen[i].name)
            return lh_fail_memory(error, "styles");
        k->count++;
    }
    hash_add(hash, &k->seen[i].print, sizeof k->seen[i].print);
    return LH_OK;
}

lh_batch_keys *lh_batch_keys_new(const lh_batch_plan *plan, lh_error *error)
{
    const lh_document_options *document = &plan->document;
    lh_batch_keys *k = calloc(1, sizeof *k);
    if (!k) {
        lh_fail_memory(error, "the record of a batch");
        return NULL;
    }
    k->plan = plan;
    hash_state hash = hash_start();
    lh_settings_add(&hash, &lh_settings_of_document, document);
    lh_settings_add(&hash, &lh_settings_of_batch, &plan->options);
    lh_print_text(&hash, plan->options.format->name);
    lh_print_model(&hash, plan->model);
    if (document->write.reader)
        lh_print_model(&hash, lh_reader_model(document->write.reader));
    lh_signs_print(document->signs, &hash);
    if (add_style(k, &hash, document->style, error) != LH_OK) {
        lh_batch_keys_free(k);
        return NULL;
    }
    k->run = hash_end(&hash);
    return k;
}

/* The styles that a text names. One that cannot be read fails when it is written. */
static lh_status add_styles_in(lh_batch_keys *k, hash_state *hash, const char *text,
                               lh_error *error)
{
    lh_error ignored;
    lh_manuscript read;
    const lh_document_options *document = &k->plan->document;
    const lh_manuscript_options options = {
        .alphabet = &k->plan->model->alphabet,
        .signs = document->signs,
        .reflow = document->reflow,
        .skip_unknown = document->skip_unknown,
    };
    lh_status status = LH_OK;
    if (lh_manuscript_read(&read, text, &options, &ignored) == LH_OK)
        for (size_t i = 0; i < read.manners && status == LH_OK; i++)
            if (read.manner[i].style)
                status = add_style(k, hash, read.manner[i].style, error);
    lh_manuscript_clear(&read);
    return status;
}

/* The name of its file: one of another name is not there, though the document was made. */
static lh_status add_file(const lh_batch_keys *k, hash_state *hash, size_t index, lh_error *error)
{
    const lh_batch_plan *p = k->plan;
    if (p->options.format->folder)
        return LH_OK;
    char *folder = lh_record_path(p->pattern, false);
    char *path = lh_batch_file_name(p, index, p->pattern, 1, 1);
    const char *slash = folder ? strrchr(folder, '/') : NULL;
    const size_t above = slash ? (size_t)(slash - folder) + 1 : 0;
    const lh_status status =
        folder && path ? LH_OK : lh_fail_memory(error, "the record of a batch");
    if (status == LH_OK)
        lh_print_text(hash, path + above);
    free(folder);
    free(path);
    return status;
}

lh_status lh_batch_key(lh_batch_keys *k, size_t index, const char *text, uint64_t *key,
                       lh_error *error)
{
    hash_state hash = hash_start();
    hash_add(&hash, &k->run, sizeof k->run);
    lh_print_text(&hash, text);
    lh_status status = strchr(text, '@') ? add_styles_in(k, &hash, text, error) : LH_OK;
    if (status == LH_OK)
        status = add_file(k, &hash, index, error);
    *key = hash_end(&hash);
    return status;
}
