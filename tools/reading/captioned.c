/* Pages with captions: see captioned.h. */
#include "captioned.h"

#include <stdlib.h>
#include <string.h>

void begin_caption(FILE *stream, float x, float y, float size)
{
    fprintf(stream,
            "<text x=\"%.1f\" y=\"%.1f\" font-family=\"sans-serif\" font-size=\"%.1f\" "
            "fill=\"#777\">",
            (double)x, (double)y, (double)size);
}

void end_caption(FILE *stream)
{
    fputs("</text>\n", stream);
}

lh_status save_captioned(const lh_page *page, const char *path,
                         void (*print)(FILE *stream, const void *from), const void *from,
                         lh_error *error)
{
    char *svg = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&svg, &size);
    if (!memory)
        return lh_fail_memory(error, "a page");
    lh_status status = lh_svg_write(&page, 1, &lh_svg_defaults, memory, error);
    fclose(memory);
    lh_output *output = status == LH_OK ? lh_output_open(path, error) : NULL;
    if (output) {
        FILE *stream = lh_output_stream(output);
        const char *end = strstr(svg, "</svg>");
        fwrite(svg, 1, (size_t)(end - svg), stream);
        print(stream, from);
        fputs(end, stream);
        status = lh_output_commit(output, error);
    }
    free(svg);
    return output ? status : error->status;
}
