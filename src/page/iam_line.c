/* A row of writing as an IAM-OnDB line file. */
#include "page/formats.h"

#include <longhand/corpus.h>

static lh_status write_format(const lh_page *const *pages, size_t count,
                              const lh_render_options *options, FILE *stream, lh_error *error)
{
    (void)options;
    const lh_page *found = NULL;
    size_t lines = 0;
    for (size_t i = 0; i < count; i++) {
        lines += lh_page_count(pages[i]);
        found = found || lh_page_count(pages[i]) == 0 ? found : pages[i];
    }
    if (lines != 1)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "an IAM-OnDB line file takes one row of writing, and these are %zu; "
                       "--format iam makes a folder of such files",
                       lines);
    return lh_iam_write_to(lh_page_get(found, 0).ink, stream, error);
}

const lh_format lh_format_xml = {
    "xml", "", "one row of writing as an IAM-OnDB line file", LH_FORMAT_LINE, write_format, NULL};
