/* Where rows of a document stand: alignment, indents, lists, headings, fitting, words that are too
 * long, underlines. */
#include "base/extremes.h"
#include "check.h"
#include "write_model.h"

#include <longhand/document.h>

#include "document/layout.h"
#include "document/long_words.h"
#include "document/signs.h"
#include "page/pages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static lh_error error;
static const char long_text[] =
    "the quick brown fox jumps over the lazy dog and the five boxing wizards jump quickly while "
    "the judge vows to pack";

static lh_document_options on_paper(const char *size)
{
    lh_document_options options = lh_document_defaults();
    options.drift = 0;
    check_ok(lh_paper_set_size(&options.paper, size, &error), &error);
    return options;
}

static lh_document *try_writing(const lh_document_options *options, const char *text)
{
    lh_model *model = write_model_new(&write_model_plain);
    lh_desk *desk = lh_desk_new(model, options, &error);
    if (!desk)
        fail_msg("%s", error.message);
    lh_document *document = lh_desk_write_one(desk, text, 1, &error);
    lh_desk_free(desk);
    lh_model_free(model);
    return document;
}

static lh_document *write_one(const lh_document_options *options, const char *text)
{
    lh_document *document = try_writing(options, text);
    if (!document)
        fail_msg("%s", error.message);
    return document;
}

static size_t count_of(const lh_document *document)
{
    return lh_page_count(document->page[0]);
}

/* The place of line `i` of the first page on the paper, mm. */
static lh_box box_of(const lh_document *document, size_t i)
{
    const lh_page_line line = lh_page_get(document->page[0], i);
    const lh_box box = lh_ink_bounds(line.ink);
    const lh_placing at = line.placing;
    return (lh_box){at.x + at.scale * box.left, at.y + at.scale * box.top,
                    at.x + at.scale * box.right, at.y + at.scale * box.bottom};
}

static const char *text_of(const lh_document *document, size_t i)
{
    return lh_page_get(document->page[0], i).text;
}

static float y_of(const lh_document *document, size_t i)
{
    return lh_page_get(document->page[0], i).placing.y;
}

/* Rows are nudged by up to 2 mm to keep clear of each other. */
#define NEAR 2.2f
static void check_near(float a, float b, const char *what)
{
    if (!(fabsf(a - b) <= NEAR))
        fail_msg("%s: %g mm and not %g", what, (double)a, (double)b);
}

/* The row of the page that a line is on. */
static int row_of(const lh_document *document, const lh_document_options *options, size_t i)
{
    const float row = (y_of(document, i) - lh_paper_row(&options->paper, 0)) / options->paper.pitch;
    return (int)lroundf(row);
}

/* ---- sides ------------------------------------------------------------------------------------
 */

static void rows_are_aligned_as_asked(void **state)
{
    (void)state;
    for (int align = LH_ALIGN_LEFT; align <= LH_ALIGN_JUSTIFY; align++) {
        lh_document_options options = on_paper("300x2000");
        options.align = (lh_align)align;
        lh_document *document = write_one(&options, long_text);
        const size_t rows = count_of(document);
        assert_in_range(rows, 3, 40);
        for (size_t i = 0; i < rows; i++) {
            const lh_box box = box_of(document, i);
            const bool last = i + 1 == rows;
            if (align == LH_ALIGN_LEFT || align == LH_ALIGN_JUSTIFY)
                check_near(box.left, 5, "left edge");
            if (align == LH_ALIGN_RIGHT || (align == LH_ALIGN_JUSTIFY && !last))
                check_near(box.right, 295, "right edge");
            if (align == LH_ALIGN_CENTRE)
                check_near((box.left + box.right) / 2, 150, "middle");
            if (align == LH_ALIGN_JUSTIFY && last)
                assert_true(box.right < 290);
        }
        lh_document_free(document);
    }
}

static void a_justified_row_is_stretched_between_its_words(void **state)
{
    (void)state;
    lh_document_options options = on_paper("300x2000");
    lh_document *left = write_one(&options, long_text);
    options.align = LH_ALIGN_JUSTIFY;
    lh_document *both = write_one(&options, long_text);
    const lh_ink *a = lh_page_get(left->page[0], 0).ink, *b = lh_page_get(both->page[0], 0).ink;
    assert_int_equal(a->count, b->count);
    float shift = 0;
    int gaps = 0;
    for (size_t i = 0; i < a->count; i++) {
        const float by = b->points[i].x - a->points[i].x;
        if (by > shift + 1) {
            assert_true(i > 0 && a->points[i - 1].end); /* words are not torn */
            gaps++;
        }
        assert_true(by > shift - 1);
        shift = by;
    }
    int blanks = 0;
    for (const char *c = text_of(both, 0); *c; c++)
        blanks += *c == ' ';
    assert_int_equal(gaps, blanks);
    lh_document_free(left);
    lh_document_free(both);
}

static void check_not_stretched(lh_document_options options, const char *text)
{
    options.align = LH_ALIGN_LEFT;
    lh_document *left = write_one(&options, text);
    options.align = LH_ALIGN_JUSTIFY;
    lh_document *both = write_one(&options, text);
    assert_true(count_of(left) >= 2 && count_of(both) == count_of(left));
    for (size_t k = 0; k < count_of(left); k++)
        assert_true(box_of(left, k).right == box_of(both, k).right);
    lh_document_free(left);
    lh_document_free(both);
}

static void short_rows_and_headings_are_not_stretched(void **state)
{
    (void)state;
    lh_document_options options = on_paper("300x2000");
    check_not_stretched(options,
                        "@heading the quick brown fox jumps over the lazy dog and the five boxing "
                        "wizards");
    /* Each of the two gaps would be 6 mm wider, and the last word has no room behind them. */
    lh_document *row = write_one(&options, "fox dog fox");
    options.paper.width = box_of(row, 0).right + 2 * 6 + options.paper.right;
    check_not_stretched(options, "fox dog fox quickly");
    lh_document_free(row);
}

static void the_right_margin_of_cut_paper_is_where_the_longest_row_ends(void **state)
{
    (void)state;
    lh_document_options options = lh_document_defaults();
    options.drift = 0;
    lh_document *document = write_one(&options, "five boxing wizards\n@align right\njump");
    check_near(box_of(document, 0).right, box_of(document, 1).right, "right edge");
    check_near(lh_page_paper(document->page[0])->width, box_of(document, 0).right + 5, "paper");
    lh_document_free(document);
}

static void a_block_at_the_right_has_one_left_edge(void **state)
{
    (void)state;
    lh_document_options options = on_paper("a5");
    lh_document *document =
        write_one(&options, "@right\njudge vow\nbox\nfive wizards\n\nquickly\n@align right\ndog");
    assert_int_equal(count_of(document), 5);
    const float left = box_of(document, 0).left;
    assert_true(left > 60);
    check_near(box_of(document, 1).left, left, "left edge");
    check_near(box_of(document, 2).left, left, "left edge");
    float right = 0;
    for (size_t i = 0; i < 3; i++)
        lh_raisef(&right, box_of(document, i).right);
    check_near(right, 143, "right edge");
    check_near(box_of(document, 3).left, 5, "left edge behind it");
    check_near(box_of(document, 4).right, 143, "right edge of an aligned row");
    lh_document_free(document);
}

static void what_stands_far_in_is_moved_to_the_right_margin(void **state)
{
    (void)state;
    lh_document_options options = on_paper("300x200");
    char text[500], in[71], tabs[19];
    memset(in, ' ', 70); /* 280 of 290 mm */
    memset(tabs, '\t', 18);
    in[70] = tabs[18] = '\0';
    snprintf(text, sizeof text, "%sfive may\n%sbox\n\nfox%sfive may\n%sfive may", in, in, in, tabs);
    lh_document *document = write_one(&options, text);
    assert_int_equal(count_of(document), 5);
    check_near(box_of(document, 0).right, 295, "a date");
    check_near(box_of(document, 1).left, box_of(document, 0).left, "the row below it");
    check_near(box_of(document, 2).left, 5, "the row's beginning");
    check_near(box_of(document, 3).right, 295, "the row's end");
    assert_int_equal(row_of(document, &options, 3), row_of(document, &options, 2));
    check_near(box_of(document, 4).right, 295, "a date behind tabs");
    lh_document_free(document);
    /* Where it has no room in a row, no more than half of that is left empty. */
    snprintf(text, sizeof text, "%s%s", in, long_text);
    document = write_one(&options, text);
    for (size_t i = 0; i < count_of(document); i++)
        check_near(box_of(document, i).left, 5 + 290 / 2.0f, "a paragraph");
    lh_document_free(document);
}

static void several_blanks_are_a_gap_as_wide(void **state)
{
    (void)state;
    lh_document_options options = on_paper("a5");
    lh_document *document = write_one(&options, "fox       dog");
    assert_int_equal(count_of(document), 2);
    check_near(box_of(document, 1).left - box_of(document, 0).right, 7 * 4, "the gap");
    lh_document_free(document);
}

/* ---- lists and headings -----------------------------------------------------------------------
 */

static void items_hang_behind_their_marks(void **state)
{
    (void)state;
    lh_document_options options = on_paper("105x2000");
    lh_signs *signs = lh_signs_new(&error); /* this model has no bullets and numbers */
    check_ok(lh_signs_parse(signs, "U+2022 .", "signs", &error), &error);
    options.signs = signs;
    options.steps = true;
    for (int tab = 0; tab < 2; tab++) {
        char text[300];
        snprintf(text, sizeof text, "\xe2\x80\xa2%s%s\nfox", tab ? "\t" : " ", long_text);
        lh_document *document = write_one(&options, text);
        const size_t rows = count_of(document);
        assert_in_range(rows, 4, 40);
        const lh_page_line first = lh_page_get(document->page[0], 0);
        const lh_point *point = first.ink->points;
        size_t i = 1; /* where the word behind the mark begins */
        while (!tab && !(first.steps->trace[i].character >= 2 && point[i - 1].end))
            i++;
        const float in =
            tab ? box_of(document, 1).left : first.placing.x + first.placing.scale * point[i].x;
        assert_true(in > 8);
        for (size_t k = 1; k + 1 < rows; k++)
            check_near(box_of(document, k).left, in, "a row of an item");
        check_near(box_of(document, rows - 1).left, 5, "the row behind it");
        lh_document_free(document);
    }
    lh_signs_free(signs);
}

/* mm: where words from character `from` on begin, or end where those before it do. */
static float edge_of_words(const lh_page_line *line, int from, bool right)
{
    float edge = right ? -INFINITY : INFINITY;
    for (size_t i = 0; i < line->ink->count; i++) {
        const float x = line->placing.x + line->placing.scale * line->ink->points[i].x;
        if (right && line->steps->word[i] < from)
            lh_raisef(&edge, x);
        else if (!right && line->steps->word[i] >= from)
            lh_lowerf(&edge, x);
    }
    return edge;
}

/* However the network spaced them: in a list, past rows that are farther in. */
static void texts_of_a_list_begin_alike(void **state)
{
    (void)state;
    lh_document_options options = on_paper("105x2000");
    lh_signs *signs = lh_signs_new(&error);
    check_ok(lh_signs_parse(signs, "U+2022 .", "signs", &error), &error);
    options.signs = signs;
    options.steps = true;
    lh_document *document =
        write_one(&options, "\u2022 fox\n\u2022 dog\n  \u2022 and\n\n\u2022 jug");
    assert_int_equal(count_of(document), 4);
    static const size_t rows[] = {0, 1, 3};
    float first = 0, widest = 0;
    for (int i = 0; i < 3; i++) {
        const lh_page_line line = lh_page_get(document->page[0], rows[i]);
        const float at = edge_of_words(&line, 2, false);
        first = i == 0 ? at : first;
        check_near(at, first, "the text of an item");
        lh_raisef(&widest, edge_of_words(&line, 2, true));
    }
    check_near(first - widest, 0.3f * 8, "the gap behind the widest mark");
    lh_document_free(document);
    lh_signs_free(signs);
}

/* Rows behind a tab or several blanks in an item go on as the item does. */
static void items_hang_behind_gaps_in_them_too(void **state)
{
    (void)state;
    lh_document_options options = on_paper("105x2000");
    lh_signs *signs = lh_signs_new(&error);
    check_ok(lh_signs_parse(signs, "U+2022 .", "signs", &error), &error);
    options.signs = signs;
    for (int tab = 0; tab < 2; tab++) {
        char text[300];
        snprintf(text, sizeof text, "\xe2\x80\xa2 fox%s%s", tab ? "\t" : "   ", long_text);
        lh_document *document = write_one(&options, text);
        const size_t lines = count_of(document);
        assert_in_range(lines, 4, 40);
        for (size_t k = 2; k < lines; k++)
            assert_true(box_of(document, k).left > 8);
        lh_document_free(document);
    }
    lh_signs_free(signs);
}

/* On columns of so many rows a list of items of about three rows, below `above` rows. What comes:
 * how many lines of the item stand in the first column. */
static size_t rows_in_the_first_column(const char *above, const char *item, int rows)
{
    lh_document_options options = on_paper("210x200");
    lh_signs *signs = lh_signs_new(&error);
    check_ok(lh_signs_parse(signs, "U+2022 .", "signs", &error), &error);
    char text[600];
    snprintf(text, sizeof text, "%s\xe2\x80\xa2 %s", above, item);
    options.signs = signs;
    options.columns = 2;
    options.paper.height = lh_paper_height(&options.paper, rows);
    lh_document *document = write_one(&options, text);
    size_t count = 0;
    for (size_t i = 0; i < count_of(document); i++)
        count += box_of(document, i).left < 100;
    for (const char *c = above; *c; c++)
        count -= *c == '\n';
    lh_document_free(document);
    lh_signs_free(signs);
    return count;
}

static void an_item_is_kept_in_one_column(void **state)
{
    (void)state;
    static const char item[] = "the quick brown fox jumps over the lazy dog";
    const size_t whole = rows_in_the_first_column("", item, 40);
    assert_in_range(whole, 2, 4);
    const int least = (int)whole;
    assert_int_equal(rows_in_the_first_column("a\nb\nc\n", item, 3 + least), whole);
    assert_int_equal(rows_in_the_first_column("a\nb\nc\n", item, 2 + least), 0);
    /* It has no room in a column, or would leave most of one empty. */
    assert_int_equal(rows_in_the_first_column("a\n", long_text, 4), 3);
    assert_int_equal(rows_in_the_first_column("a\n", item, least), least - 1);
}

static void large_letters_have_the_rows_that_they_need(void **state)
{
    (void)state;
    lh_document_options options = on_paper("a5");
    lh_document *document = write_one(
        &options,
        "@heading fox\ndog\n@heading jump\nbox\n\n@heading judge\n@size 3\njug\n@size 0.5\nvow");
    static const int rows[] = {1, 3, 6, 8, 11, 14, 16};
    static const float sizes[] = {1.4f, 1, 1.4f, 1, 1.4f, 3, 0.5f};
    assert_int_equal(count_of(document), sizeof rows / sizeof *rows);
    const float usual = lh_page_get(document->page[0], 1).placing.scale;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const float scale = lh_page_get(document->page[0], i).placing.scale;
        assert_int_equal(row_of(document, &options, i), rows[i]);
        assert_true(fabsf(scale / usual - sizes[i]) < 1e-3f);
    }
    lh_document_free(document);
    /* A heading does not stand alone at the foot of a page. */
    options.paper.height = lh_paper_height(&options.paper, 5);
    document = write_one(&options, "a\nb\n@heading fox\ndog");
    assert_int_equal(document->pages, 2);
    assert_int_equal(count_of(document), 2);
    lh_document_free(document);
}

/* ---- fitting ----------------------------------------------------------------------------------
 */

static void letters_are_as_large_as_the_page_allows(void **state)
{
    (void)state;
    lh_document_options options = on_paper("a6");
    static const char *const texts[] = {long_text, "fox", "fox\n@page\ndog\nand the lazy jug"};
    static const size_t pages[] = {1, 1, 2};
    for (size_t i = 0; i < 3; i++) {
        options.fit = true;
        lh_document *document = write_one(&options, texts[i]);
        assert_int_equal(document->pages, pages[i]);
        const float pitch = lh_page_paper(document->page[0])->pitch;
        lh_document_free(document);
        assert_true(pitch > 8); /* which leaves room */
        options.fit = false;
        options.paper.pitch = pitch;
        document = write_one(&options, texts[i]);
        assert_int_equal(document->pages, pages[i]);
        lh_document_free(document);
        options.paper.pitch = 1.1f * pitch;
        document = lh_paper_rows(&options.paper) > 0 ? write_one(&options, texts[i]) : NULL;
        bool larger = document && document->pages == pages[i];
        larger = larger && !(i == 1 && count_of(document) > 1); /* broken */
        if (larger)
            fail_msg("'%s' fits with rows %g mm apart, not only %g", texts[i],
                     (double)options.paper.pitch, (double)pitch);
        lh_document_free(document);
        options.paper.pitch = 8;
    }
    char much[1200] = "";
    check_ok(lh_paper_set_size(&options.paper, "60x30", &error), &error);
    while (strlen(much) + sizeof long_text < sizeof much)
        strcat(strcat(much, long_text), "\n");
    options.fit = true;
    assert_null(try_writing(&options, much));
    assert_non_null(strstr(error.message, "does not go on 1 page, not even with rows 2.5 mm"));
}

static void the_pen_is_thinner_in_smaller_letters(void **state)
{
    (void)state;
    lh_document_options options = on_paper("a6");
    enum { TIMES = 6 };
    char much[TIMES * sizeof long_text + 1] = "";
    for (int i = 0; i < TIMES; i++)
        strcat(strcat(much, long_text), "\n");
    options.fit = true;
    for (int follows = 0; follows < 2; follows++) {
        options.pen_follows = follows;
        lh_document *document = write_one(&options, much);
        const float pitch = lh_page_paper(document->page[0])->pitch;
        assert_true(pitch < 7);
        check_near(lh_page_pen(document->page[0]),
                   follows ? fmaxf(LH_PEN_LEAST, 0.5f * pitch / 8) : 0.5f, "the pen");
        lh_document_free(document);
    }
    lh_document *document = write_one(&options, "fox"); /* nor is it thicker in larger ones */
    check_near(lh_page_pen(document->page[0]), 0.5f, "the pen");
    lh_document_free(document);
}

/* ---- long words -------------------------------------------------------------------------------
 */

static void check_part(const char *word, size_t room, size_t expected, bool with_hyphen)
{
    bool hyphen;
    const char *at = word;
    size_t characters = 0;
    for (; *at; characters++)
        lh_utf8_next(&at);
    const size_t part = lh_long_word_part(word, characters, room, &hyphen);
    if (part != expected || (part > 0 && hyphen != with_hyphen))
        fail_msg("'%s' with room for %zu: %zu%s", word, room, part, hyphen ? "-" : "");
}

static void long_words_part_behind_signs_or_with_a_hyphen(void **state)
{
    (void)state;
    check_part("Donaudampfschiff", 10, 9, true);
    check_part("Donau-dampfschiff", 10, 6, false);
    check_part("Donaudampf", 10, 0, false);
    check_part("https://example.org/a/b", 10, 8, false);
    check_part("https://example.org/a/b", 14, 8, false);
    check_part("https://example.org/a/b", 22, 22, false);
    check_part("a-bcdefghijklmnop", 10, 9, true);
    check_part("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc", 4, 3, true);
    check_part("Donau", 1, 0, false);
}

/* The lines of a document behind each other, without hyphens at their ends. */
static void join_lines(const lh_document *document, char *all)
{
    *all = '\0';
    for (size_t p = 0; p < document->pages; p++)
        for (size_t i = 0; i < lh_page_count(document->page[p]); i++) {
            strcat(all, lh_page_get(document->page[p], i).text);
            if (strlen(all) > 0 && all[strlen(all) - 1] == '-')
                all[strlen(all) - 1] = '\0';
        }
}

static void a_word_wider_than_the_room_is_broken(void **state)
{
    (void)state;
    char all[500];
    lh_document_options options = on_paper("40x100");
    for (int fit = 0; fit < 2; fit++) {
        options.fit = fit;
        options.paper.right = fit ? 28 : 5;
        lh_document *document =
            write_one(&options, "a\nbe @_Donaudampfschiffahrtsgesellschaftskapitaen_@ c");
        join_lines(document, all);
        assert_string_equal(all, "abeDonaudampfschiffahrtsgesellschaftskapitaenc");
        assert_true(count_of(document) >= 5);
        for (size_t i = 0; i < count_of(document); i++)
            assert_true(box_of(document, i).right < 40);
        lh_document_free(document);
    }
    options = on_paper("40x100");
    options.paper.pitch = 80; /* not even a letter goes */
    options.paper.bottom = options.paper.top = 1;
    assert_null(try_writing(&options, "mm"));
    assert_non_null(strstr(error.message, "row 1, column"));
    assert_non_null(strstr(error.message, "room for 30 mm"));
    options = lh_document_defaults(); /* paper that is cut to the writing holds it */
    options.width = 30;
    lh_document *document = write_one(&options, "be Donaudampfschiffahrt c");
    assert_int_equal(count_of(document), 3);
    assert_string_equal(text_of(document, 1), "Donaudampfschiffahrt");
    lh_document_free(document);
}

/* ---- underlines -------------------------------------------------------------------------------
 */

static void words_are_underlined_by_a_stroke(void **state)
{
    (void)state;
    lh_document_options options = on_paper("300x2000");
    options.steps = true;
    lh_document *plain = write_one(&options, "the lazy dog and fox");
    lh_document *document = write_one(&options, "the @_lazy dog_@ and fox");
    const lh_page_line a = lh_page_get(plain->page[0], 0);
    const lh_page_line b = lh_page_get(document->page[0], 0);
    assert_string_equal(b.text, "the lazy dog and fox");
    assert_true(b.ink->count > a.ink->count + 3);
    assert_memory_equal(a.ink->points, b.ink->points, a.ink->count * sizeof(lh_point));
    float left = INFINITY, right = -INFINITY, time = a.ink->points[a.ink->count - 1].time;
    for (size_t i = a.ink->count; i < b.ink->count; i++) {
        const lh_point p = b.ink->points[i];
        assert_int_equal(p.end, i + 1 == b.ink->count);
        assert_true(p.y > 0 && p.time > time);
        lh_lowerf(&left, p.x);
        lh_raisef(&right, p.x);
        time = p.time;
    }
    assert_int_equal(b.steps->count, b.ink->count);
    assert_int_equal(b.steps->trace[b.ink->count - 1].component, -1);
    /* Words 1 and 2 of the same text have these edges: characters 4 to 11. */
    float from = INFINITY, to = -INFINITY;
    for (size_t i = 0; i < a.ink->count; i++) {
        const int32_t on = a.steps->trace[i].character;
        if (on >= 4 && on < 12) {
            lh_lowerf(&from, a.ink->points[i].x);
            lh_raisef(&to, a.ink->points[i].x);
        }
    }
    const float scale = b.placing.scale;
    check_near(scale * left, scale * from, "the stroke's left end");
    /* The window is ahead of the pen, by less than a blank. */
    assert_true(scale * right > scale * to - NEAR && scale * right < scale * to + 8);
    lh_document_free(plain);
    lh_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_aligned_as_asked),
        cmocka_unit_test(a_justified_row_is_stretched_between_its_words),
        cmocka_unit_test(short_rows_and_headings_are_not_stretched),
        cmocka_unit_test(the_right_margin_of_cut_paper_is_where_the_longest_row_ends),
        cmocka_unit_test(a_block_at_the_right_has_one_left_edge),
        cmocka_unit_test(what_stands_far_in_is_moved_to_the_right_margin),
        cmocka_unit_test(several_blanks_are_a_gap_as_wide),
        cmocka_unit_test(items_hang_behind_their_marks),
        cmocka_unit_test(items_hang_behind_gaps_in_them_too),
        cmocka_unit_test(texts_of_a_list_begin_alike),
        cmocka_unit_test(an_item_is_kept_in_one_column),
        cmocka_unit_test(large_letters_have_the_rows_that_they_need),
        cmocka_unit_test(letters_are_as_large_as_the_page_allows),
        cmocka_unit_test(the_pen_is_thinner_in_smaller_letters),
        cmocka_unit_test(long_words_part_behind_signs_or_with_a_hyphen),
        cmocka_unit_test(a_word_wider_than_the_room_is_broken),
        cmocka_unit_test(words_are_underlined_by_a_stroke),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
