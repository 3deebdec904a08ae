/* A hand beside the lines that it was learnt from: see hand_picture.h. */
#include "hand_picture.h"
#include "writing.h"

#include <longhand/page.h>

enum { SHOWN_MOST = 6 };

static const char pangram[] = "The quick brown fox jumps over a lazy dog.";
static const uint32_t theirs = 0x8a8f98u, ours = 0x1b2a4au;
/* Millimetres from row to row, and of small letters: all as high, to compare their shapes. */
static const float pitch = 15, small = 2.6F;

static lh_status add_ink(lh_page *page, const lh_ink *ink, const char *text, int row,
                         uint32_t colour, lh_error *error)
{
    lh_ink *level = lh_ink_copy(ink, error);
    lh_status status = level ? lh_ink_level(level, error) : error->status;
    if (status == LH_OK) {
        const lh_box box = lh_ink_bounds(level);
        const float scale = small / lh_features_baseline(level).height;
        lh_ink_move(level, -box.left, 0);
        status = lh_page_add_line(
            page, level, text,
            (lh_placing){.y = pitch * (float)row, .scale = scale, .colour = colour}, error);
    }
    lh_ink_free(level);
    return status;
}

static lh_status add_rows(lh_page *page, const lh_writer *writer, const lh_reader *reader,
                          const lh_hand_line *lines, size_t count, lh_error *error)
{
    lh_write_options options = lh_write_defaults;
    const size_t shown = count < SHOWN_MOST ? count : SHOWN_MOST;
    const char *texts[SHOWN_MOST + 1];
    lh_written *written[SHOWN_MOST + 1] = {0};
    options.reader = reader;
    for (size_t i = 0; i < shown; i++)
        texts[i] = lines[i].text;
    texts[shown] = pangram;
    lh_status status = lh_write_texts(writer, &options, texts, shown + 1, 0, written, error);
    int row = 0;
    for (size_t i = 0; i <= shown && status == LH_OK; i++) {
        if (i < shown)
            status = add_ink(page, lines[i].ink, lines[i].text, row++, theirs, error);
        if (status == LH_OK)
            status = add_ink(page, written[i]->ink, written[i]->text, row++, ours, error);
    }
    for (size_t i = 0; i <= shown; i++)
        lh_written_free(written[i]);
    return status;
}

lh_status cli_draw_hand(const lh_model *model, const lh_reader *reader, const lh_style *style,
                        const lh_hand_line *lines, size_t count, const char *path, lh_error *error)
{
    lh_paper paper = lh_paper_default;
    paper.width = paper.height = 0;
    paper.left = paper.right = paper.top = paper.bottom = 5;
    paper.pitch = pitch;
    lh_page *page = lh_page_new(&paper, error);
    lh_writer *writer = page ? lh_writer_new(model, style, error) : NULL;
    lh_status status = writer ? add_rows(page, writer, reader, lines, count, error) : error->status;
    if (status == LH_OK) {
        lh_page_fit(page);
        status = lh_page_set_title(page, "A hand, and what it was learnt from", error);
    }
    if (status == LH_OK)
        status = cli_page_write(page, path, error);
    lh_writer_free(writer);
    lh_page_free(page);
    return status;
}
