/* Documents: what they are by default, their seeds, and freeing them. */
#include <longhand/document.h>

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

lh_document_options lh_document_defaults(void)
{
    lh_document_options options = {
        .paper = lh_paper_default,
        .width = 170,
        .columns = 1,
        .gap = 10,
        .pen = 0.5f,
        .pen_follows = true,
        .drift = 1,
        .write = lh_write_defaults,
    };
    lh_paper *paper = &options.paper;
    paper->width = paper->height = 0;
    paper->left = paper->right = paper->top = paper->bottom = 5;
    lh_colour_parse("black", &options.ink, NULL);
    return options;
}

void lh_document_free(lh_document *document)
{
    if (!document)
        return;
    for (size_t i = 0; i < document->pages; i++)
        lh_page_free(document->page[i]);
    free(document->page);
    for (size_t i = 0; i < document->poor_count; i++)
        free(document->poor[i].text);
    free(document->poor);
    free(document->skipped_signs);
    free(document->replaced);
    free(document);
}

/* FNV-1a over the name, as a stream of the seed. */
uint64_t lh_document_seed(uint64_t seed, const char *name)
{
    if (!name)
        return 0;
    lh_rng rng;
    lh_rng_seed(&rng, seed, fnv_add(FNV_START, name, strlen(name)));
    return lh_rng_next(&rng) >> 1; /* so that it fits a signed number, as --seed takes it */
}
