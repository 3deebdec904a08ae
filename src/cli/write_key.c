/* What a document is made from: see write_key.h. The hash is FNV-1a. */
#include "write_key.h"

#include "base/hash.h"
#include "document/manuscript.h"
#include "write/style.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 64 << 20 };

/* With the byte 0 at the end, so that "a", "bc" is not "ab", "c". */
static uint64_t add_string(uint64_t hash, const char *string)
{
    return fnv_add(hash, string, strlen(string) + 1);
}

/* What a file holds; one that cannot be read is told by those who need it. */
static uint64_t add_file(uint64_t hash, const char *path)
{
    lh_error error;
    size_t size = 0;
    char *data = path ? lh_file_read(path, FILE_LIMIT, &size, &error) : NULL;
    hash = fnv_add(hash, data ? data : "", size + (data != NULL));
    free(data);
    return hash;
}

/* The style's line file and the text beside it. */
static uint64_t add_style(uint64_t hash, const char *style)
{
    lh_error error;
    char *path = write_find_style_file(style, &error);
    char *text = path ? lh_style_text_path(path) : NULL;
    hash = add_file(add_string(hash, style), path);
    if (text)
        hash = add_file(hash, text);
    free(text);
    free(path);
    return hash;
}

uint64_t write_key_of_run(const write_job *job, const lh_model *model, uint64_t fingerprint)
{
    char *alphabet = lh_alphabet_string(&model->alphabet), *signs = cli_asset("signs.txt");
    uint64_t hash = add_string(job->settings ^ fingerprint, alphabet ? alphabet : "");
    hash = add_file(add_file(hash, signs), job->signs);
    free(signs);
    free(alphabet);
    return add_style(hash, job->style);
}

uint64_t write_key_of_text(const write_job *job, const lh_model *model, uint64_t run,
                           const char *text)
{
    lh_error error;
    lh_manuscript read;
    const lh_manuscript_options options = {
        .alphabet = &model->alphabet,
        .signs = job->document.signs,
        .reflow = job->document.reflow,
        .skip_unknown = job->document.skip_unknown,
    };
    uint64_t hash = add_string(run, text);
    if (!strchr(text, '@'))
        return hash;
    if (lh_manuscript_read(&read, text, &options, &error) == LH_OK)
        for (size_t i = 0; i < read.manners; i++)
            if (read.manner[i].style)
                hash = add_style(hash, read.manner[i].style);
    lh_manuscript_clear(&read);
    return hash;
}
