/* Columns of a document: what goes over all of them, where they begin, and words that would run
 * into their margins. */
#include "base/extremes.h"
#include "check.h"
#include "write_model.h"

#include <longhand/document.h>

#include "document/columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static lh_error error;
static const float stray = 1; /* mm: nudges */

/* 100 x 60 mm, two columns of 42.5 mm with 4 rows each. */
static lh_document_options two_columns(void)
{
    lh_document_options options = lh_document_defaults();
    options.drift = 0;
    check_ok(lh_paper_set_size(&options.paper, "100x60", &error), &error);
    options.columns = 2;
    options.paper.pitch = 10;
    assert_int_equal(lh_paper_rows(&options.paper), 4);
    return options;
}

static lh_document *write_one(const lh_document_options *options, const char *text)
{
    lh_model *model = write_model_new(&write_model_plain);
    lh_desk *desk = lh_desk_new(model, options, &error);
    if (!desk)
        fail_msg("%s", error.message);
    lh_document *document = lh_desk_write_one(desk, text, 1, &error);
    if (!document)
        fail_msg("%s", error.message);
    lh_desk_free(desk);
    lh_model_free(model);
    return document;
}

typedef struct place {
    const char *text;
    size_t page;
    int column, row; /* of the paper */
} place;

static void check_places(const lh_document *document, const lh_document_options *options,
                         const place *places, size_t count)
{
    size_t k = 0;
    for (size_t p = 0; p < document->pages; p++)
        for (size_t i = 0; i < lh_page_count(document->page[p]); i++, k++) {
            const lh_page_line line = lh_page_get(document->page[p], i);
            assert_true(k < count);
            assert_string_equal(line.text, places[k].text);
            assert_int_equal(p, places[k].page);
            const float x = lh_column_left(options, places[k].column);
            const float y = lh_paper_row(&options->paper, places[k].row);
            if (fabsf(line.placing.x - x) > stray || fabsf(line.placing.y - y) > stray)
                fail_msg("'%s' stands at %g, %g, not at %g, %g", line.text, (double)line.placing.x,
                         (double)line.placing.y, (double)x, (double)y);
        }
    assert_int_equal(k, count);
}

static void columns_begin_below_what_goes_over_all(void **state)
{
    (void)state;
    const lh_document_options options = two_columns();
    lh_document *document = write_one(&options, "@across\nover\n\na\nb\nc\nd\ne\nf");
    const place places[] = {{"over", 0, 0, 0}, {"a", 0, 0, 2}, {"b", 0, 0, 3}, {"c", 0, 1, 2},
                            {"d", 0, 1, 3},    {"e", 1, 0, 0}, {"f", 1, 0, 1}};
    check_places(document, &options, places, sizeof places / sizeof *places);
    lh_document_free(document);
}

static void below_columns_what_goes_over_all_begins_a_page(void **state)
{
    (void)state;
    const lh_document_options options = two_columns();
    lh_document *document = write_one(&options, "a\nb\n@across\nover\ntoo\n\nc\nd\ne");
    const place places[] = {{"a", 0, 0, 0}, {"b", 0, 0, 1}, {"over", 1, 0, 0}, {"too", 1, 0, 1},
                            {"c", 1, 0, 3}, {"d", 1, 1, 3}, {"e", 2, 0, 0}};
    check_places(document, &options, places, sizeof places / sizeof *places);
    lh_document_free(document);
}

static void an_empty_row_before_it_is_not_the_first_of_that_page(void **state)
{
    (void)state;
    const lh_document_options options = two_columns();
    lh_document *document = write_one(&options, "a\nb\n\n@across\nover\n\nc");
    const place places[] = {{"a", 0, 0, 0}, {"b", 0, 0, 1}, {"over", 1, 0, 0}, {"c", 1, 0, 2}};
    check_places(document, &options, places, sizeof places / sizeof *places);
    lh_document_free(document);
}

static void rows_over_all_columns_are_as_long_and_go_on_on_the_next_page(void **state)
{
    (void)state;
    const lh_document_options options = two_columns();
    lh_document *document = write_one(
        &options, "@across\nthe quick brown fox jumps over the lazy dog and the five boxing "
                  "wizards jump quickly while the judge vows to pack\n\nmore");
    float widest = 0;
    for (size_t p = 0; p < document->pages; p++)
        for (size_t i = 0; i < lh_page_count(document->page[p]); i++) {
            const lh_page_line line = lh_page_get(document->page[p], i);
            const lh_box box = lh_ink_bounds(line.ink);
            assert_true(line.placing.x < lh_column_left(&options, 1) - 10);
            lh_raisef(&widest, line.placing.scale * (box.right - box.left));
        }
    assert_true(widest > lh_column_width(&options) + 10);
    assert_true(document->pages > 1);
    lh_document_free(document);
}

static void rows_over_all_columns_are_aligned_between_the_margins(void **state)
{
    (void)state;
    const lh_document_options options = two_columns();
    lh_document *document = write_one(&options, "@across\n@align right\nover\n\nb");
    const float margin[] = {95, lh_column_left(&options, 0) + lh_column_width(&options)};
    for (size_t i = 0; i < 2; i++) {
        const lh_page_line line = lh_page_get(document->page[0], i);
        const float right = line.placing.x + line.placing.scale * lh_ink_bounds(line.ink).right;
        if (fabsf(right - margin[i]) > stray + 0.5f)
            fail_msg("'%s' ends at %g mm, not %g", line.text, (double)right, (double)margin[i]);
    }
    lh_document_free(document);
}

static void one_column_is_over_all(void **state)
{
    (void)state;
    lh_document_options options = two_columns();
    options.columns = 1;
    lh_document *document = write_one(&options, "a\n@across\nover\n\nb");
    const place places[] = {{"a", 0, 0, 0}, {"over", 0, 0, 1}, {"b", 0, 0, 3}};
    check_places(document, &options, places, sizeof places / sizeof *places);
    lh_document_free(document);
}

/* How wide a word is at the scale of the options. */
static float width_of(const lh_document_options *options, const char *word)
{
    lh_document_options wide = *options;
    wide.columns = 1;
    wide.paper.width = 1000;
    lh_document *document = write_one(&wide, word);
    assert_int_equal(lh_page_count(document->page[0]), 1);
    const lh_page_line line = lh_page_get(document->page[0], 0);
    const lh_box box = lh_ink_bounds(line.ink);
    const float width = line.placing.scale * (box.right - box.left);
    lh_document_free(document);
    return width;
}

static void an_address_is_broken_before_it_runs_into_the_margin(void **state)
{
    (void)state;
    lh_document_options options = two_columns();
    options.columns = 1;
    options.paper.right = 20;
    static const char *const words[] = {"thequick.brownfox", "thequickebrownfox"};
    for (size_t i = 0; i < 2; i++) {
        options.paper.width =
            options.paper.left + options.paper.right + width_of(&options, words[i]) - 5;
        lh_document *document = write_one(&options, words[i]);
        const size_t lines = lh_page_count(document->page[0]);
        if (i == 0) {
            assert_int_equal(lines, 2);
            assert_string_equal(lh_page_get(document->page[0], 0).text, "thequick.");
        } else { /* which has no place to be broken at, runs into it */
            assert_int_equal(lines, 1);
        }
        lh_document_free(document);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_begin_below_what_goes_over_all),
        cmocka_unit_test(below_columns_what_goes_over_all_begins_a_page),
        cmocka_unit_test(an_empty_row_before_it_is_not_the_first_of_that_page),
        cmocka_unit_test(rows_over_all_columns_are_as_long_and_go_on_on_the_next_page),
        cmocka_unit_test(rows_over_all_columns_are_aligned_between_the_margins),
        cmocka_unit_test(one_column_is_over_all),
        cmocka_unit_test(an_address_is_broken_before_it_runs_into_the_margin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
