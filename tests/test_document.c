/* Desks: texts to pages. */
#include "check.h"
#include "write_model.h"

#include "base/extremes.h"
#include "document/edge.h"
#include "document/script_size.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char long_text[] =
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age "
    "of foolishness, it was the epoch of belief, it was the epoch of incredulity, it was the "
    "season of Light, it was the season of Darkness, it was the spring of hope.";

static lh_error error;

static lh_desk *new_desk(const lh_model *model, const lh_document_options *options)
{
    lh_desk *desk = lh_desk_new(model, options, &error);
    if (!desk)
        fail_msg("%s", error.message);
    return desk;
}

static lh_document *write_one(const lh_document_options *options, const char *text)
{
    lh_model *model = write_model_new(&write_model_plain);
    lh_desk *desk = new_desk(model, options);
    lh_document *document = lh_desk_write_one(desk, text, 1, &error);
    if (!document)
        fail_msg("%s", error.message);
    lh_desk_free(desk);
    lh_model_free(model);
    return document;
}

static lh_document_options on_paper(const char *size)
{
    lh_document_options options = lh_document_defaults();
    check_ok(lh_paper_set_size(&options.paper, size, &error), &error);
    return options;
}

/* The texts of all lines with '|' between, pages apart by '#'. */
static void list_lines(const lh_document *document, char *all, size_t size)
{
    all[0] = '\0';
    for (size_t p = 0; p < document->pages; p++)
        for (size_t i = 0; i < lh_page_count(document->page[p]); i++)
            snprintf(all + strlen(all), size - strlen(all), "%s%s",
                     p == 0 && i == 0 ? ""
                     : i == 0         ? "#"
                                      : "|",
                     lh_page_get(document->page[p], i).text);
}

static lh_box line_box(const lh_page_line *line)
{
    lh_box box = lh_ink_bounds(line->ink);
    lh_placing at = line->placing;
    return (lh_box){at.x + at.scale * box.left, at.y + at.scale * box.top,
                    at.x + at.scale * box.right, at.y + at.scale * box.bottom};
}

/* ---- breaking ---------------------------------------------------------------------------------
 */

static void rows_break_between_words_and_stay_in_the_room(void **state)
{
    (void)state;
    lh_document_options options = on_paper("105x2000");
    options.drift = 0;
    lh_document *document = write_one(&options, long_text);
    assert_int_equal(document->pages, 1);
    char all[1000];
    list_lines(document, all, sizeof all);
    size_t rows = lh_page_count(document->page[0]);
    assert_in_range(rows, 4, 40);
    for (char *c = all; *c; c++)
        *c = *c == '|' ? ' ' : *c;
    assert_string_equal(all, long_text);
    float scale = lh_page_get(document->page[0], 0).placing.scale, widest = 0;
    for (size_t i = 0; i < rows; i++) {
        lh_page_line line = lh_page_get(document->page[0], i);
        lh_box box = line_box(&line);
        assert_true(line.placing.scale == scale);          /* one letter scale */
        if (box.left < 5 - 2.1f || box.right > 100 + 2.1f) /* nudges */
            fail_msg("row %zu goes from %g to %g mm", i + 1, (double)box.left, (double)box.right);
        assert_true(fabsf(line.placing.y - lh_paper_row(&options.paper, (int)i)) < 1);
        lh_raisef(&widest, box.right);
    }
    assert_true(widest > 80); /* rows are filled */
    lh_document_free(document);
}

static void pages_and_columns_are_filled_in_order(void **state)
{
    (void)state;
    lh_document_options options = on_paper("100x60");
    options.columns = 2;
    options.paper.pitch = 10;
    options.drift = 0;
    int rows = lh_paper_rows(&options.paper);
    assert_int_equal(rows, 4);
    lh_document *document = write_one(&options, "a\nb\nc\n\n\n\nd\ne\nf\ng\nh\fi\n\nj");
    char all[200];
    list_lines(document, all, sizeof all);
    assert_string_equal(all, "a|b|c|d|e|f|g#h#i|j");
    lh_page_line d = lh_page_get(document->page[0], 3), h = lh_page_get(document->page[1], 0);
    lh_page_line j = lh_page_get(document->page[2], 1);
    assert_true(fabsf(d.placing.x - 55) < 2.1f); /* the second column */
    assert_true(fabsf(d.placing.y - lh_paper_row(&options.paper, 0)) < 1);
    assert_true(h.placing.x < 8);
    assert_true(fabsf(j.placing.y - lh_paper_row(&options.paper, 2)) < 1);
    lh_document_free(document);
}

static void indents_and_tab_stops_stand_where_they_should(void **state)
{
    (void)state;
    lh_document_options options = on_paper("a4");
    options.drift = 0;
    lh_document *document = write_one(&options, "    a\n\tb\tc\n            d");
    static const float expected[] = {16, 16, 32, 48}; /* from the margin, pitch 8 */
    for (size_t i = 0; i < 4; i++) {
        lh_page_line line = lh_page_get(document->page[0], i);
        float x = line_box(&line).left - options.paper.left;
        if (fabsf(x - expected[i]) > 2.1f)
            fail_msg("'%s' stands at %g mm, not %g", line.text, (double)x, (double)expected[i]);
    }
    lh_document_free(document);
}

/* ---- the hand ---------------------------------------------------------------------------------
 */

static void add_stroke(lh_ink *ink, float x0, float y0, float x1, float y1)
{
    check_ok(lh_ink_add(ink, (lh_point){x0, y0, 0, 0}, &error), &error);
    check_ok(lh_ink_add(ink, (lh_point){x1, y1, 0, 1}, &error), &error);
}

static void a_row_knows_how_close_ink_below_it_comes(void **state)
{
    (void)state;
    lh_edge edge;
    lh_ink *above = lh_ink_new(&error), *below = lh_ink_new(&error);
    add_stroke(above, 0, 0, 10, 10); /* its middle is at (5, 5) */
    add_stroke(below, 5, 8, 5, 20);
    lh_placing in_place = {0, 0, 1, 0}, beside = {20, 0, 1, 0}, half = {2.5f, 4, 0.5f, 0};
    check_ok(lh_edge_init(&edge, -5, 30, &error), &error);
    assert_true(lh_edge_clearance(&edge, below, in_place) == INFINITY);
    lh_edge_add(&edge, above, in_place);
    float room = lh_edge_clearance(&edge, below, in_place);
    assert_true(room > 1.5f && room < 3.5f);
    assert_true(lh_edge_clearance(&edge, below, beside) == INFINITY);
    room = lh_edge_clearance(&edge, below, half);
    assert_true(room > 1.5f && room < 3.5f);
    lh_edge_clear(&edge);
    lh_ink_free(above);
    lh_ink_free(below);
}

static void a_hand_with_long_loops_is_written_smaller(void **state)
{
    (void)state;
    lh_paper paper = lh_paper_default;
    lh_script_size compact = {.small = 100, .up = 180, .down = 80};
    lh_script_size loopy = {.small = 100, .up = 300, .down = 250};
    float usual = lh_script_scale(&compact, &paper), less = lh_script_scale(&loopy, &paper);
    assert_true(fabsf(usual - 0.3f * 8 / 100) < 1e-6f);
    assert_true(less * 550 <= 8);
    assert_true(less < usual);
}

static void neighbouring_rows_do_not_touch(void **state)
{
    (void)state;
    lh_document_options options = on_paper("a5");
    lh_document *document = write_one(&options, long_text);
    const lh_page *page = document->page[0];
    lh_edge edge;
    check_ok(lh_edge_init(&edge, -50, 250, &error), &error);
    assert_true(lh_page_count(page) > 3);
    for (size_t i = 0; i < lh_page_count(page); i++) {
        lh_page_line line = lh_page_get(page, i);
        float room = lh_edge_clearance(&edge, line.ink, line.placing);
        if (room < options.pen)
            fail_msg("row %zu is %g mm from the row above", i + 1, (double)room);
        lh_edge_add(&edge, line.ink, line.placing);
    }
    lh_edge_clear(&edge);
    lh_document_free(document);
}

static lh_style *wavy_style(void *user, const char *name, lh_error *why)
{
    int *asked = user;
    ++*asked;
    if (strcmp(name, "wavy") != 0) {
        lh_fail(why, LH_ERROR_ARGUMENT, "no style '%s'", name);
        return NULL;
    }
    lh_ink *ink = write_model_ink(60);
    lh_style *style = lh_style_new(name, ink, "wave", why);
    lh_ink_free(ink);
    return style;
}

static void a_style_is_looked_for_once_and_may_change_inside(void **state)
{
    (void)state;
    int asked = 0;
    lh_document_options options = lh_document_defaults();
    options.find_style = wavy_style;
    options.user = &asked;
    options.steps = true;
    lh_document *document =
        write_one(&options, "one\n@style wavy\n@ink #123456\n@bias 2\ntwo\n@reset\nthree\n"
                            "@style wavy\nfour");
    assert_int_equal(asked, 1);
    const lh_page *page = document->page[0];
    assert_int_equal(lh_page_count(page), 4);
    assert_int_equal(lh_page_get(page, 0).placing.colour, options.ink);
    assert_int_equal(lh_page_get(page, 1).placing.colour, 0x123456);
    assert_int_equal(lh_page_get(page, 2).placing.colour, options.ink);
    assert_true(lh_page_get(page, 1).steps->bias == 2);
    assert_true(lh_page_get(page, 2).steps->bias == lh_write_defaults.bias);
    assert_true(lh_page_get(page, 1).placing.scale == lh_page_get(page, 3).placing.scale);
    lh_document_free(document);
}

static void steps_count_characters_from_their_own_row(void **state)
{
    (void)state;
    /* Random weights write wide words, and how wide depends on how the compiler rounds. */
    lh_document_options options = on_paper("110x200");
    options.steps = true;
    lh_document *document = write_one(&options, long_text);
    assert_true(lh_page_count(document->page[0]) > 3);
    for (size_t i = 0; i < lh_page_count(document->page[0]); i++) {
        lh_page_line line = lh_page_get(document->page[0], i);
        assert_non_null(line.steps);
        assert_int_equal(line.steps->count, line.ink->count);
        int first = line.steps->trace[0].character;
        int last = line.steps->trace[line.steps->count - 1].character;
        int length = (int)strlen(line.text);
        if (first < -1 || first > 1 || last < length - 3 || last > length)
            fail_msg("the pen goes from %d to %d in '%s'", first, last, line.text);
    }
    lh_document_free(document);
}

/* ---- many -------------------------------------------------------------------------------------
 */

static void assert_same_document(const lh_document *a, const lh_document *b)
{
    assert_int_equal(a->pages, b->pages);
    assert_true(a->pages > 0 && lh_page_count(a->page[0]) > 0);
    for (size_t p = 0; p < a->pages; p++) {
        assert_int_equal(lh_page_count(a->page[p]), lh_page_count(b->page[p]));
        for (size_t i = 0; i < lh_page_count(a->page[p]); i++) {
            lh_page_line x = lh_page_get(a->page[p], i), y = lh_page_get(b->page[p], i);
            assert_int_equal(x.ink->count, y.ink->count);
            assert_true(x.ink->count > 0);
            assert_memory_equal(x.ink->points, y.ink->points, x.ink->count * sizeof *x.ink->points);
            assert_memory_equal(&x.placing, &y.placing, sizeof x.placing);
        }
    }
}

static void a_document_is_the_same_alone_and_among_others(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_document_options options = on_paper("a5");
    options.write.threads = 1;
    lh_desk *desk = new_desk(model, &options);
    lh_document_job jobs[5];
    for (size_t i = 0; i < 5; i++)
        jobs[i] = (lh_document_job){.text = long_text + i, .seed = lh_document_seed(1, "x") + i};
    jobs[2].text = "one passage";
    check_ok(lh_desk_write(desk, jobs, 5, &error), &error);
    lh_desk_free(desk);
    options.write.threads = 3;
    options.write.rows = 2;
    desk = new_desk(model, &options);
    for (size_t i = 0; i < 5; i++) {
        lh_document *alone = lh_desk_write_one(desk, jobs[i].text, jobs[i].seed, &error);
        assert_non_null(alone);
        assert_same_document(jobs[i].document, alone);
        lh_document_free(alone);
    }
    for (size_t i = 0; i < 5; i++)
        lh_document_free(jobs[i].document);
    lh_desk_free(desk);
    lh_model_free(model);
}

static void a_document_that_fails_leaves_the_others(void **state)
{
    (void)state;
    int asked = 0;
    lh_model *model = write_model_new(&write_model_plain);
    lh_document_options options = on_paper("a6");
    options.find_style = wavy_style;
    options.user = &asked;
    lh_desk *desk = new_desk(model, &options);
    lh_document_job jobs[] = {
        {.name = "a.txt", .text = "good", .seed = 1},
        {.name = "b.txt", .text = "five 5s", .seed = 1},
        {.name = "c.txt", .text = "@style nobody\nx", .seed = 1},
        {.name = "d.txt", .text = " \n", .seed = 1},
        {.name = "e.txt", .text = "@size 10\nDonau\n\n@reset\n@bold", .seed = 1},
        {.name = "f.txt", .text = "good", .seed = 1},
    };
    static const char *const said[] = {NULL,      "row 1, column 6",    "no style 'nobody'",
                                       "no text", "no command '@bold'", NULL};
    check_ok(lh_desk_write(desk, jobs, 6, &error), &error);
    for (size_t i = 0; i < 6; i++) {
        if (said[i]) {
            assert_null(jobs[i].document);
            if (strncmp(jobs[i].error.message, jobs[i].name, 5) != 0 ||
                !strstr(jobs[i].error.message, said[i]))
                fail_msg("%s fails with: %s", jobs[i].name, jobs[i].error.message);
        }
        if (!said[i] && !jobs[i].document)
            fail_msg("%s: %s", jobs[i].name, jobs[i].error.message);
    }
    assert_same_document(jobs[0].document, jobs[5].document);
    for (size_t i = 0; i < 6; i++)
        lh_document_free(jobs[i].document);
    lh_desk_free(desk);
    lh_model_free(model);
}

/* Documents that come and go: what was asked of it, and what came of it. */
typedef struct traffic {
    lh_document_job job[40];
    size_t given, ends_at, fails_at;
    size_t done, dropped, given_at_first;
    bool stops; /* when the first is done */
} traffic;

static lh_status next_job(void *user, lh_document_job **job, lh_error *why)
{
    traffic *t = user;
    if (t->given == t->fails_at)
        return lh_fail(why, LH_ERROR_IO, "no more paper");
    if (t->given < t->ends_at) {
        *job = &t->job[t->given++];
        **job = (lh_document_job){.text = t->given % 2 ? "a text\nof rows" : "and another text",
                                  .seed = t->given};
    }
    return LH_OK;
}

static lh_status job_done(void *user, lh_document_job *job, lh_error *why)
{
    (void)why;
    traffic *t = user;
    if (!job->document)
        return lh_fail(why, LH_ERROR_FORMAT, "%s", job->error.message);
    t->given_at_first = t->done++ ? t->given_at_first : t->given;
    return LH_OK;
}

static void job_dropped(void *user, lh_document_job *job)
{
    traffic *t = user;
    assert_null(job->document);
    t->dropped++;
}

static bool first_is_done(void *user)
{
    const traffic *t = user;
    return t->stops && t->done > 0;
}

static void documents_go_while_others_come(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_document_options options = on_paper("a6");
    traffic t = {.ends_at = 40, .fails_at = SIZE_MAX};
    options.write.threads = 1; /* so that what is counted is counted by one thread */
    options.write.rows = 4;
    options.write.stop = first_is_done;
    options.write.stop_user = &t;
    lh_desk *desk = new_desk(model, &options);
    const lh_document_flow flow = {next_job, job_done, job_dropped, &t};
    check_ok(lh_desk_write_all(desk, &flow, &error), &error);
    assert_int_equal(t.done, 40);
    assert_in_range(t.given_at_first, 1, 5);
    lh_document *alone = lh_desk_write_one(desk, t.job[32].text, 33, &error);
    assert_same_document(alone, t.job[32].document);
    lh_document_free(alone);
    for (size_t i = 0; i < 40; i++)
        lh_document_free(t.job[i].document);
    /* What was under way when no more came is made; when all failed, it is given back. */
    for (int way = 0; way < 2; way++) {
        t = (traffic){.ends_at = 40, .fails_at = way ? SIZE_MAX : 20, .stops = way == 1};
        assert_int_equal(lh_desk_write_all(desk, &flow, &error),
                         way ? LH_ERROR_INTERRUPTED : LH_ERROR_IO);
        if (way == 0)
            assert_string_equal(error.message, "no more paper");
        assert_int_equal(t.done + t.dropped, t.given);
        assert_in_range(t.given, 1, 20);
        assert_true(t.dropped > 0);
        for (size_t i = 0; i < t.given; i++)
            lh_document_free(t.job[i].document);
    }
    lh_desk_free(desk);
    lh_model_free(model);
}

static void seeds_of_documents_differ_by_name_and_seed(void **state)
{
    (void)state;
    /* They are the same for ever: whoever writes a batch again gets the same ink. */
    assert_int_equal(lh_document_seed(1, "57"), UINT64_C(0x655caaf2cc419c0));
    assert_int_equal(lh_document_seed(9, "caf\xc3\xa9.txt"), UINT64_C(0x79782e9590e7ba22));
    assert_true(lh_document_seed(1, "57") != lh_document_seed(1, "58"));
    assert_true(lh_document_seed(1, "57") != lh_document_seed(2, "57"));
}

static void senseless_desks_are_refused(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    enum { WRONG = 9 };
    lh_document_options good = on_paper("a5"), wrong[WRONG];
    static const char *const words[WRONG] = {
        "1 to 12 columns",  "12 columns leave no room",    "a drift from 0",
        "no row of 500 mm", "no room between its margins", "no style 'nobody'",
        "no negative gap",  "aligned as nothing known",    "a text fits a page of paper"};
    for (size_t i = 0; i < WRONG; i++)
        wrong[i] = good;
    wrong[0].columns = 0;
    wrong[1].columns = 12;
    wrong[1].gap = 40;
    wrong[2].drift = -1;
    wrong[3].paper.pitch = 500;
    wrong[4].paper.left = 200;
    wrong[5].style = "nobody";
    wrong[6].gap = NAN;
    wrong[7].align = (lh_align)4;
    wrong[8] = lh_document_defaults();
    wrong[8].fit = true;
    for (size_t i = 0; i < WRONG; i++)
        check_none(LH_ERROR_ARGUMENT, lh_desk_new(model, &wrong[i], &error), &error, words[i]);
    lh_desk_free(new_desk(model, &good));
    lh_model_free(model);
    model = write_model_prediction();
    check_none(
        LH_ERROR_ARGUMENT, lh_desk_new(model, &good, &error), &error,
        ": this network writes of its own accord, without a text; one that writes texts is needed");
    lh_model_free(model);
}

/* A model that knows digits: in place of <, > and A to H. */
static lh_model *model_with_digits(void)
{
    lh_model *model = write_model_new(&write_model_plain);
    int first = lh_alphabet_index(&model->alphabet, '<');
    for (int i = 0; i < 10; i++)
        model->alphabet.codepoint[first + i] = (uint32_t)('0' + i);
    return model;
}

static void pages_are_numbered_in_the_middle_of_their_foot(void **state)
{
    (void)state;
    lh_document_options options = on_paper("a6");
    options.numbers = true;
    lh_model *model = model_with_digits();
    lh_desk *desk = new_desk(model, &options);
    char text[200] = "one", lines[300];
    for (int i = 2; i <= 11; i++)
        strcat(text, "\n@page\nmore");
    lh_document *document = lh_desk_write_one(desk, text, 1, &error);
    if (!document)
        fail_msg("%s", error.message);
    list_lines(document, lines, sizeof lines);
    assert_string_equal(lines, "one|1#more|2#more|3#more|4#more|5#more|6#more|7#more|8#more|9#"
                               "more|10#more|11");
    const lh_paper *paper = &options.paper;
    for (size_t i = 0; i < document->pages; i++) {
        lh_page_line line = lh_page_get(document->page[i], 1);
        lh_box box = line_box(&line);
        float middle = paper->left + (paper->width - paper->left - paper->right) / 2;
        if (fabsf((box.left + box.right) / 2 - middle) > 0.1f ||
            box.top < paper->height - paper->bottom || box.bottom > paper->height)
            fail_msg("page %zu: its number is at %g..%g, %g..%g mm", i + 1, (double)box.left,
                     (double)box.right, (double)box.top, (double)box.bottom);
        assert_null(line.steps); /* nobody asked for them */
    }
    lh_document_free(document);
    document = lh_desk_write_one(desk, "one page", 1, &error);
    assert_non_null(document);
    list_lines(document, lines, sizeof lines);
    assert_string_equal(lines, "one page"); /* has no number */
    lh_document_free(document);
    lh_desk_free(desk);
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_break_between_words_and_stay_in_the_room),
        cmocka_unit_test(pages_and_columns_are_filled_in_order),
        cmocka_unit_test(indents_and_tab_stops_stand_where_they_should),
        cmocka_unit_test(a_row_knows_how_close_ink_below_it_comes),
        cmocka_unit_test(a_hand_with_long_loops_is_written_smaller),
        cmocka_unit_test(neighbouring_rows_do_not_touch),
        cmocka_unit_test(a_style_is_looked_for_once_and_may_change_inside),
        cmocka_unit_test(steps_count_characters_from_their_own_row),
        cmocka_unit_test(pages_are_numbered_in_the_middle_of_their_foot),
        cmocka_unit_test(a_document_is_the_same_alone_and_among_others),
        cmocka_unit_test(a_document_that_fails_leaves_the_others),
        cmocka_unit_test(documents_go_while_others_come),
        cmocka_unit_test(seeds_of_documents_differ_by_name_and_seed),
        cmocka_unit_test(senseless_desks_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
