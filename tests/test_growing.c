/* Documents that grow while somebody watches are those that a desk writes at once, whichever way
 * the text came to be. */
#include "check.h"
#include "write_model.h"

#include <stdlib.h>
#include <string.h>

static const char text[] = "It was the best of times, it was the worst of times.\n\nit was the age "
                           "of wisdom, it was the age of foolishness, it was the epoch of belief, "
                           "it was the epoch of incredulity.\tand so on\n    and on";

static lh_error error;
static lh_model *model;
static lh_desk *desk;

static lh_style *find_style(void *user, const char *name, lh_error *why)
{
    (void)user;
    lh_ink *ink = write_model_ink(90);
    lh_style *style = lh_style_new(name, ink, "a text behind which the window was", why);
    lh_ink_free(ink);
    return style;
}

static lh_document_options options_of(unsigned keep)
{
    lh_document_options options = lh_document_defaults();
    options.style = "wavy";
    options.find_style = find_style;
    options.width = 90;
    options.write.keep = keep;
    return options;
}

static int set_up(void **state)
{
    (void)state;
    lh_document_options options = options_of(LH_KEEP_WINDOW);
    model = write_model_new(&write_model_plain);
    desk = lh_desk_new(model, &options, &error);
    return desk ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    lh_desk_free(desk);
    lh_model_free(model);
    return 0;
}

static lh_growing *begin(void)
{
    lh_growing *growing = lh_growing_new(desk, 5, &error);
    assert_non_null(growing);
    return growing;
}

static void write_on(lh_growing *growing, int pieces)
{
    for (int i = 0; i < pieces && lh_growing_behind(growing); i++)
        check_ok(lh_growing_write(growing, &error), &error);
}

static lh_document *lay_out(lh_growing *growing)
{
    lh_document *document = lh_growing_lay_out(growing, &error);
    if (!document)
        fail_msg("%s", error.message);
    return document;
}

/* Are all lines of both pages the same, to the last bit? */
static void check_same(const lh_page *page, const lh_page *expected)
{
    assert_int_equal(lh_page_count(page), lh_page_count(expected));
    assert_true(lh_page_count(page) > 2);
    for (size_t i = 0; i < lh_page_count(page); i++) {
        const lh_page_line a = lh_page_get(page, i), b = lh_page_get(expected, i);
        assert_string_equal(a.text, b.text);
        assert_memory_equal(&a.placing, &b.placing, sizeof a.placing);
        assert_int_equal(a.ink->count, b.ink->count);
        assert_memory_equal(a.ink->points, b.ink->points, a.ink->count * sizeof *a.ink->points);
    }
}

/* What `growing` has come to is what the desk writes of `whole`. */
static void check_written(lh_growing *growing, const char *whole)
{
    lh_document *document = lay_out(growing);
    lh_document *expected = lh_desk_write_one(desk, whole, 5, &error);
    assert_non_null(expected);
    lh_page_fit(document->page[0]);
    check_same(document->page[0], expected->page[0]);
    assert_memory_equal(&document->report, &expected->report, sizeof document->report);
    lh_document_free(document);
    lh_document_free(expected);
}

static void a_text_given_whole_is_what_the_desk_writes(void **state)
{
    (void)state;
    lh_growing *growing = begin();
    check_ok(lh_growing_set_text(growing, text, true, &error), &error);
    assert_int_equal(lh_growing_passages(growing), 4);
    write_on(growing, 1000);
    check_written(growing, text);
    lh_growing_free(growing);
}

/* Rows stay where they are while others come. */
static void rows_stay_while_more_is_written(void **state)
{
    (void)state;
    lh_growing *growing = begin();
    check_ok(lh_growing_set_text(growing, text, true, &error), &error);
    write_on(growing, 1);
    lh_document *first = lay_out(growing);
    write_on(growing, 1000);
    lh_document *last = lay_out(growing);
    const lh_page_line a = lh_page_get(first->page[0], 0), b = lh_page_get(last->page[0], 0);
    assert_true(lh_page_count(first->page[0]) < lh_page_count(last->page[0]));
    assert_memory_equal(&a.placing, &b.placing, sizeof a.placing);
    lh_document_free(first);
    lh_document_free(last);
    lh_growing_free(growing);
}

/* A passage that is typed anew is written anew, and others keep their ink. */
static void what_stands_of_a_changed_text_is_kept(void **state)
{
    (void)state;
    lh_growing *growing = begin();
    check_ok(lh_growing_set_text(growing, "one two\nthree four", true, &error), &error);
    write_on(growing, 1000);
    const lh_point *kept = lh_growing_written(growing, 0)->ink->points;
    const size_t points = lh_growing_written(growing, 0)->ink->count;
    check_ok(lh_growing_set_text(growing, "one two\nthree more\nfive", true, &error), &error);
    assert_ptr_equal(lh_growing_written(growing, 0)->ink->points, kept);
    assert_int_equal(lh_growing_written(growing, 0)->ink->count, points);
    assert_int_equal(lh_growing_written(growing, 1)->words, 1);
    assert_int_equal(lh_growing_written(growing, 2)->words, 0);
    write_on(growing, 1000);
    assert_int_equal(lh_growing_written(growing, 1)->words, 2);
    check_ok(lh_growing_set_text(growing, "", true, &error), &error);
    assert_int_equal(lh_growing_passages(growing), 0);
    lh_document *document = lay_out(growing);
    assert_int_equal(lh_page_count(document->page[0]), 0);
    lh_document_free(document);
    lh_growing_free(growing);
}

static void a_word_waits_until_it_is_whole(void **state)
{
    (void)state;
    lh_growing *growing = begin();
    check_ok(lh_growing_set_text(growing, "one tw", false, &error), &error);
    write_on(growing, 1000);
    assert_int_equal(lh_growing_written(growing, 0)->words, 1);
    check_ok(lh_growing_set_text(growing, "one two ", false, &error), &error);
    write_on(growing, 1000);
    assert_int_equal(lh_growing_written(growing, 0)->words, 2);
    check_ok(lh_growing_set_text(growing, "one two\nth", false, &error), &error);
    assert_false(lh_growing_behind(growing));
    check_ok(lh_growing_set_text(growing, "one two\nth", true, &error), &error);
    assert_true(lh_growing_behind(growing));
    lh_growing_free(growing);
}

static void lines_know_where_they_are_from(void **state)
{
    (void)state;
    lh_growing *growing = begin();
    check_ok(lh_growing_set_text(growing, text, true, &error), &error);
    write_on(growing, 1000);
    lh_document *document = lay_out(growing);
    const size_t lines = lh_page_count(document->page[0]);
    for (size_t i = 0; i < lines; i++) {
        const lh_growing_line from = lh_growing_line_of(growing, i);
        const lh_written *w = lh_growing_written(growing, from.passage);
        const lh_word *word = &w->word[from.first];
        const char *line = lh_page_get(document->page[0], i).text;
        assert_true(from.words > 0 && from.first + from.words <= w->words);
        assert_true(strncmp(w->text + word->byte, line, strlen(line)) == 0);
    }
    assert_int_equal(lh_growing_line_of(growing, lines).words, 0);
    assert_int_equal(lh_growing_row(growing, 1), 3);
    assert_int_equal(lh_growing_column(growing, 1), 1);
    assert_int_equal(lh_growing_row(growing, 4), 0);
    lh_document_free(document);
    lh_growing_free(growing);
}

/* The characters of a text that stand at a passage's places, each as its first byte. */
static void check_places(lh_growing *growing, size_t passage, const char *given,
                         const char *expected)
{
    size_t count = 0;
    const size_t *place = lh_growing_places(growing, passage, &count);
    assert_int_equal(count, strlen(expected));
    for (size_t i = 0; i < count; i++) {
        assert_true(place[i] < strlen(given));
        assert_int_equal(given[place[i]], expected[i]);
    }
}

static void characters_know_where_they_stand_in_the_text(void **state)
{
    (void)state;
    lh_document_options options = options_of(0);
    options.skip_unknown = true;
    lh_desk *lenient = lh_desk_new(model, &options, &error);
    lh_growing *growing = lh_growing_new(lenient, 5, &error);
    assert_non_null(growing);
    const char first[] = "one \xe2\x98\x83two @_on_@\n\n     three";
    check_ok(lh_growing_set_text(growing, first, true, &error), &error);
    check_places(growing, 0, first, "one two on");
    check_places(growing, 1, first, "three");
    const char then[] = "\n one two";
    check_ok(lh_growing_set_text(growing, then, true, &error), &error);
    check_places(growing, 0, then, "one two");
    size_t count = 9;
    assert_null(lh_growing_places(growing, 1, &count));
    assert_int_equal(count, 0);
    lh_growing_free(growing);
    lh_desk_free(lenient);
}

static void steps_are_kept_until_they_are_forgotten(void **state)
{
    (void)state;
    lh_growing *growing = begin();
    check_ok(lh_growing_set_text(growing, "one two", true, &error), &error);
    write_on(growing, 1000);
    const lh_written *w = lh_growing_written(growing, 0);
    assert_non_null(w->window);
    assert_null(w->cell);
    assert_int_equal(w->kept_from, 0);
    lh_growing_forget(growing);
    assert_int_equal(w->kept_from, w->ink->count);
    lh_growing_free(growing);
}

static void what_cannot_be_written_changes_nothing(void **state)
{
    (void)state;
    lh_growing *growing = begin();
    check_ok(lh_growing_set_text(growing, "one two", true, &error), &error);
    write_on(growing, 1000);
    check_fails(LH_ERROR_ARGUMENT, lh_growing_set_text(growing, "one \xe2\x82\xac", true, &error),
                &error, "row 1, column 5");
    check_fails(LH_ERROR_ARGUMENT,
                lh_growing_set_text(growing, "one\n@style own\ntwo", true, &error), &error,
                "row 3: a text that is written while it grows needs a style");
    assert_int_equal(lh_growing_written(growing, 0)->words, 2);
    lh_growing_free(growing);
}

/* On real paper a word has to fit; where it does not, what is written stays. */
static void a_word_wider_than_the_paper_is_told(void **state)
{
    (void)state;
    lh_document_options options = options_of(0);
    check_ok(lh_paper_set_size(&options.paper, "20x200", &error), &error);
    options.paper.pitch = 30;
    lh_desk *narrow = lh_desk_new(model, &options, &error);
    assert_non_null(narrow);
    lh_growing *growing = lh_growing_new(narrow, 1, &error);
    check_ok(lh_growing_set_text(growing, "comprehensible", true, &error), &error);
    write_on(growing, 1000);
    check_none(LH_ERROR_ARGUMENT, lh_growing_lay_out(growing, &error), &error, "mm wide");
    assert_int_equal(lh_growing_written(growing, 0)->words, 1);
    check_ok(lh_growing_set_text(growing, "", true, &error), &error);
    lh_document_free(lay_out(growing));
    lh_growing_free(growing);
    lh_desk_free(narrow);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_text_given_whole_is_what_the_desk_writes),
        cmocka_unit_test(rows_stay_while_more_is_written),
        cmocka_unit_test(what_stands_of_a_changed_text_is_kept),
        cmocka_unit_test(a_word_waits_until_it_is_whole),
        cmocka_unit_test(lines_know_where_they_are_from),
        cmocka_unit_test(characters_know_where_they_stand_in_the_text),
        cmocka_unit_test(steps_are_kept_until_they_are_forgotten),
        cmocka_unit_test(what_cannot_be_written_changes_nothing),
        cmocka_unit_test(a_word_wider_than_the_paper_is_told),
    };
    return cmocka_run_group_tests(cases, set_up, tear_down);
}
