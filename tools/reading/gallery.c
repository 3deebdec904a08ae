/* All styles at several biases, on one page:
 *
 *     gallery [--model M] [--text TEXT] [--seed N] -o FILE.svg STYLE.xml...
 *
 * A row for each style, a column for each bias. The same seed and text everywhere: what differs is
 * the hand, and how carefully it writes. The guard watches as it always does; what it let pass as
 * flawed goes to standard output. tools/pictures makes docs/pictures/gallery.png of it. */
#include "../given.h"
#include "captioned.h"

#include "base/asset.h"
#include "page/page_xml.h"

#include <stdlib.h>
#include <string.h>

enum { STYLES_MAX = 40, BIASES = 6 };
static const double bias[BIASES] = {0, 0.5, 0.75, 1, 2, 5};

/* Millimetres. */
static const float pitch = 13, margin = 6, names = 18, gap = 8, head = 10;
/* Whiteboard units: the height of small letters to which the page's scale is set. */
static const float usual_height = 118;

typedef struct gallery {
    const char *model, *text, *path;
    uint64_t seed;
    lh_style *style[STYLES_MAX];             /* owned */
    lh_written *written[STYLES_MAX][BIASES]; /* owned */
    size_t styles;
    float left[BIASES]; /* of the columns */
} gallery;

static lh_status write_row(gallery *g, const lh_model *model, const lh_reader *reader, size_t row,
                           lh_error *error)
{
    lh_writer *writer = lh_writer_new(model, g->style[row], error);
    if (!writer)
        return error->status;
    lh_write_options options[BIASES];
    lh_text text[BIASES];
    for (int i = 0; i < BIASES; i++) {
        options[i] = lh_write_defaults;
        options[i].seed = g->seed;
        options[i].bias = bias[i];
        options[i].reader = reader;
        text[i] = (lh_text){.text = g->text, .writer = writer, .options = &options[i]};
    }
    lh_status status = lh_write_each(text, BIASES, g->written[row], error);
    for (int i = 0; i < BIASES && status == LH_OK; i++)
        if (g->written[row][i]->report.flawed > 0)
            printf("%s at bias %g is flawed\n", g->style[row]->name, bias[i]);
    lh_writer_free(writer);
    return status;
}

static void print_captions(FILE *stream, const void *from)
{
    const gallery *g = from;
    for (int i = 0; i < BIASES; i++) {
        begin_caption(stream, g->left[i], margin + 3, 3);
        fprintf(stream, "bias %g", bias[i]);
        end_caption(stream);
    }
    for (size_t row = 0; row < g->styles; row++) {
        const char *path = g->style[row]->name, *name = strrchr(path, '/');
        begin_caption(stream, margin, head + pitch * ((float)row + 0.8F), 3);
        lh_xml_text(stream, name ? name + 1 : path);
        end_caption(stream);
    }
}

static lh_status make_page(gallery *g, lh_error *error)
{
    lh_paper paper = lh_paper_default;
    paper.pitch = 7;
    float scale = lh_paper_scale(&paper, usual_height), x = margin + names;
    for (int i = 0; i < BIASES; i++) {
        float wide = 0;
        for (size_t row = 0; row < g->styles; row++) {
            float right = lh_ink_bounds(g->written[row][i]->ink).right * scale;
            wide = right > wide ? right : wide;
        }
        g->left[i] = x;
        x += wide + gap;
    }
    paper.width = x;
    paper.height = head + pitch * ((float)g->styles + 0.4F);
    paper.left = paper.top = paper.right = paper.bottom = 0;
    lh_page *page = lh_page_new(&paper, error);
    lh_status status = page ? LH_OK : error->status;
    for (size_t row = 0; row < g->styles; row++)
        for (int i = 0; i < BIASES && status == LH_OK; i++) {
            lh_placing place = {
                .x = g->left[i], .y = head + pitch * ((float)row + 0.8F), .scale = scale};
            const lh_written *w = g->written[row][i];
            status = lh_page_add_line(page, w->ink, w->text, place, error);
        }
    if (status == LH_OK)
        status = save_captioned(page, g->path, print_captions, g, error);
    lh_page_free(page);
    return status;
}

static lh_status draw(gallery *g, char **path, size_t count, lh_error *error)
{
    char *asset = lh_asset_find("longhand.safetensors", LONGHAND_SOURCE "/assets");
    const char *from = g->model ? g->model : asset;
    lh_model *model = from ? lh_model_load(from, error) : NULL;
    char *reads = lh_asset_find("reader.safetensors", LONGHAND_SOURCE "/assets");
    lh_reader *reader = model && reads ? lh_reader_load(reads, error) : NULL;
    lh_status status = model  ? LH_OK
                       : from ? error->status
                              : lh_fail(error, LH_ERROR_IO, "name a model with --model");
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        g->style[i] = lh_style_read(path[i], NULL, error);
        g->styles = i + 1;
        status = g->style[i] ? write_row(g, model, reader, i, error) : error->status;
    }
    if (status == LH_OK)
        status = make_page(g, error);
    lh_reader_free(reader);
    lh_model_free(model);
    free(reads);
    free(asset);
    return status;
}

int main(int argc, char **argv)
{
    static gallery g;
    g = (gallery){.text = "Dear Anna, come on May 27.", .seed = 1};
    const given_option options[] = {
        {"--model", GIVEN_TEXT, &g.model},
        {"--text", GIVEN_TEXT, &g.text},
        {"--seed", GIVEN_SEED, &g.seed},
        {"-o", GIVEN_TEXT, &g.path},
    };
    int files;
    if (!given_read(options, sizeof options / sizeof *options, argc, argv, &files) || !g.path ||
        files == 0 || files > STYLES_MAX) {
        fputs("usage: gallery [--model M] [--text TEXT] [--seed N] -o FILE.svg STYLE.xml...\n",
              stderr);
        return 2;
    }
    lh_error error;
    lh_status status = draw(&g, argv + 1, (size_t)files, &error);
    if (status != LH_OK)
        fprintf(stderr, "gallery: %s\n", error.message);
    for (size_t row = 0; row < g.styles; row++) {
        lh_style_free(g.style[row]);
        for (int k = 0; k < BIASES; k++)
            lh_written_free(g.written[row][k]);
    }
    return status == LH_OK ? 0 : 1;
}
