/* What `write` and `sample` share: see writing.h. */
#include "writing.h"

#include "page/making.h"

#include <stdlib.h>
#include <string.h>

lh_model *cli_model_load(const char *path, const char *asset, lh_error *error)
{
    char *found = cli_model_path(path, asset, "--model", error);
    lh_model *model = found ? lh_model_load(found, error) : NULL;
    free(found);
    return model;
}

const char cli_reader_asset[] = "reader.safetensors";

lh_reader *cli_reader_load(const char *path, const char *option, lh_error *error)
{
    char *found = cli_model_path(path, cli_reader_asset, option, error);
    lh_reader *reader = found ? lh_reader_load(found, error) : NULL;
    free(found);
    return reader;
}

const char *cli_model_name(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slash ? slash + 1 : path ? path : "the one installed";
}

lh_status cli_note_making(lh_page *page, uint64_t fingerprint, const char *model_path,
                          const lh_write_options *options, lh_error *error)
{
    return lh_page_note_making(page, cli_model_name(model_path), fingerprint, options, error);
}

float cli_letter_height(const lh_ink *ink)
{
    float height = lh_ink_baseline(ink).height;
    return height >= LH_HEIGHT_LEAST && height <= LH_HEIGHT_MOST ? height : LH_HEIGHT_ORDINARY;
}

lh_status cli_page_write(const lh_page *page, const char *path, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    const lh_status status =
        lh_svg_write(&page, 1, &lh_svg_defaults, lh_output_stream(output), error);
    return lh_output_end(output, status, error);
}
