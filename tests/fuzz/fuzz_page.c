/* Any text to pages: four bytes that choose paper and manner, then the text, which a small
 * untrained network writes. What comes out lies on its pages, and every format takes it. */
#include "fuzz.h"
#include "hand_model.h"

#include <longhand/document.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHOICES = 4, TEXT_MAX = 60 };

static const char alphabet[] = " ',-.0123456789@abcdefghijklmnopqrstuvwxyz";

const char *const fuzz_goals[] = {"a document is made", "it has several pages", "a style is found",
                                  "paper is cut", NULL};

#define SEED(text) take(user, text, sizeof text - 1)

void fuzz_seeds(fuzz_take *take, void *user)
{
    SEED("\x00\x00\x80\xff"
         "a word\tand another\n\n    more of it.\fa page\n");
    SEED("\x01\x01\x60\x30"
         "one paragraph, of two\nrows\xe2\x80\xa9 a b c\n@page\nc d e f g h i\n@@x\n");
    SEED("\x04\x00\xff\xff"
         "numbered\n@style anna\n@bias 2\n@ink red\nof\n@reset\n$ 5% caf\xc3\xa9\n");
    SEED("\x18\x02\x80\x80"
         "cut, with steps\n\n\nand\twide\n");
    SEED("\x04\x00\x60\x60"
         "one\ftwo\n");
    /* Bytes that are no text, and words whose ink has no width. */
    SEED("\004\000\000\014\157\156\145\014\364\364\364\167\157\162\144\011\141\056"
         "\156\144\156\234\040\034\141\156\157\151\242\242\364\364\242\242\242\242"
         "\242\366\364\242\242\242\364\364\364\364\364\364\364\364\364\364\364\364"
         "\364\364\364\364\364\364\164\167\157\012");
    /* A word that gets no ink. */
    SEED("\x18\x02\x80\x80"
         "cut, withan+th\xc4r steps\n\n\nand\twide\n");
}

static lh_style *find_style(void *user, const char *name, lh_error *error)
{
    (void)user;
    if (strlen(name) > 4) {
        lh_fail(error, LH_ERROR_ARGUMENT, "no style");
        return NULL;
    }
    fuzz_reach(2);
    return hand_style("a b");
}

static lh_document_options read_options(const uint8_t choice[CHOICES])
{
    lh_document_options o = lh_document_defaults();
    o.reflow = choice[0] & 1;
    o.skip_unknown = !(choice[0] & 2);
    o.numbers = choice[0] & 4;
    o.steps = choice[0] & 8;
    if (!(choice[0] & 16)) {
        o.paper.width = 20 + (float)choice[2];
        o.paper.height = 20 + (float)choice[3];
    }
    o.width = 10 + (float)choice[2];
    o.paper.ruling = (lh_ruling)(choice[0] >> 5 & 3) % 3;
    o.columns = 1 + choice[1] % 12;
    o.gap = (float)(choice[1] >> 4);
    o.find_style = find_style;
    o.write.tries = 0;
    o.write.threads = 1;
    return o;
}

/* Places are numbers, on paper that is no larger than asked for. */
static void check_page(const lh_page *page, const lh_document_options *options)
{
    const lh_paper *paper = lh_page_paper(page);
    bool cut = options->paper.width == 0;
    if (!(paper->width > 0 && paper->height > 0) ||
        (!cut && (paper->width != options->paper.width || paper->height != options->paper.height)))
        abort();
    if (cut)
        fuzz_reach(3);
    for (size_t i = 0; i < lh_page_count(page); i++) {
        lh_page_line line = lh_page_get(page, i);
        if (!isfinite(line.placing.x) || !isfinite(line.placing.y) || !(line.placing.scale > 0) ||
            !lh_utf8_valid(line.text))
            abort();
        if ((line.steps != NULL) != options->steps)
            abort();
    }
}

static void check_formats(const lh_document *d)
{
    lh_error error;
    char *bytes = NULL;
    size_t size;
    FILE *stream = open_memstream(&bytes, &size);
    const lh_page *const *pages = (const lh_page *const *)d->page;
    if (!stream || lh_svg_write(pages, d->pages, &lh_svg_defaults, stream, &error) != LH_OK ||
        lh_gcode_write(pages, d->pages, &lh_gcode_grbl, stream, &error) != LH_OK ||
        lh_hpgl_write(pages, d->pages, &lh_gcode_grbl, stream, &error) != LH_OK ||
        lh_inkml_write(pages, d->pages, stream, &error) != LH_OK ||
        lh_json_lines_write(pages, d->pages, stream, &error) != LH_OK ||
        lh_trace_lines_write(pages, d->pages, stream, &error) != LH_OK)
        abort();
    fclose(stream);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    if (size < CHOICES)
        return 0;
    size -= CHOICES;
    const lh_document_options options = read_options(data);
    char *text = fuzz_text(data + CHOICES, size < TEXT_MAX ? size : TEXT_MAX);
    lh_desk *desk = lh_desk_new(hand_model(alphabet), &options, &error);
    lh_document *document = desk ? lh_desk_write_one(desk, text, 1, &error) : NULL;
    if (document) {
        fuzz_reach(0);
        if (document->pages == 0)
            abort();
        if (document->pages > 1)
            fuzz_reach(1);
        for (size_t i = 0; i < document->pages; i++)
            check_page(document->page[i], &options);
        check_formats(document);
    }
    lh_document_free(document);
    lh_desk_free(desk);
    free(text);
    return 0;
}
