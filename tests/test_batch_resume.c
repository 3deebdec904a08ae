/* Batches from C: what they tell as they go, and how they stop and go on. */
#include "batch_room.h"
#include "check.h"
#include "document/signs.h"
#include "write_model.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what it tells ----------------------------------------------------------------------------
 */

/* What events said, noted as they came. */
typedef struct heard {
    size_t steps[LH_BATCH_FAILED + 1];
    size_t done, chosen;
    bool inside, wrong; /* two came at once, or one that makes no sense */
    char failed[200], message[600];
    size_t stop_after; /* documents; 0: never */
} heard;

static void hear(void *user, const lh_batch_event *event)
{
    heard *h = user;
    const bool ended = event->step > LH_BATCH_STARTED;
    h->wrong = h->wrong || h->inside;
    h->inside = true;
    usleep(1000);
    h->steps[event->step]++;
    h->wrong = h->wrong || (h->steps[LH_BATCH_BEGINS] != 1) || event->done != h->done + ended ||
               event->done > event->chosen ||
               (event->step == LH_BATCH_MADE) != (event->files != NULL) ||
               (event->step == LH_BATCH_FAILED) != (event->error != NULL) ||
               (event->step == LH_BATCH_MADE && (!event->document || !*event->files)) ||
               (event->step == LH_BATCH_BEGINS) != !event->name;
    if (event->step == LH_BATCH_FAILED) {
        snprintf(h->failed, sizeof h->failed, "%s", event->name);
        snprintf(h->message, sizeof h->message, "%s", event->error->message);
    }
    h->done = event->done;
    h->chosen = event->chosen;
    h->inside = false;
}

static bool stop_after(void *user)
{
    const heard *h = user;
    return h->stop_after > 0 && h->done >= h->stop_after;
}

static void listen_to(lh_batch_options *options, heard *h)
{
    *h = (heard){.done = 0};
    options->event = hear;
    options->stop = stop_after;
    options->user = h;
}

static void every_step_is_told_one_at_a_time(void **state)
{
    (void)state;
    heard h;
    lh_sources *sources = many(20);
    lh_batch_options options = as("svg", "out/");
    listen_to(&options, &h);
    check_ok(write_batch(sources, &options), &failure);
    assert_true(!h.wrong && h.chosen == 20 && h.done == 20);
    assert_int_equal(h.steps[LH_BATCH_STARTED], 20);
    assert_int_equal(h.steps[LH_BATCH_MADE], 20);
    listen_to(&options, &h);
    options.resume = true;
    check_ok(write_batch(sources, &options), &failure);
    assert_true(!h.wrong && h.steps[LH_BATCH_THERE] == 20 && h.steps[LH_BATCH_MADE] == 0);
    check_report(0, 20, 0);
    lh_sources_free(sources);
}

static void a_document_that_fails_leaves_the_others(void **state)
{
    (void)state;
    heard h;
    write_file("good.txt", "good");
    write_file("bad.txt", "a \u0416");
    static const char *const paths[] = {"good.txt", "bad.txt", "good.txt"};
    lh_sources *sources = files(paths, 3);
    lh_batch_options options = as("svg", "out/");
    listen_to(&options, &h);
    check_ok(write_batch(sources, &options), &failure);
    check_report(2, 0, 1);
    assert_false(h.wrong);
    assert_string_equal(h.failed, "bad");
    assert_non_null(strstr(h.message, "row 1, column 3"));
    check_says("out/longhand-batch.jsonl", "{\"name\":\"bad\",\"error\":");
    assert_true(is_there("out/good.svg") && is_there("out/good-2.svg"));
    assert_false(is_there("out/bad.svg"));
    unlink("bad.txt");
    listen_to(&options, &h);
    options.resume = true;
    check_ok(write_batch(sources, &options), &failure);
    check_report(0, 2, 1);
    assert_non_null(strstr(h.message, "bad.txt"));
    lh_sources_free(sources);
}

static void a_word_that_goes_wrong_fails_where_that_is_strict(void **state)
{
    (void)state;
    heard h;
    write_model_options wild = write_model_plain;
    wild.wild = 0.03;
    lh_model *careless = write_model_new(&wild);
    lh_document_options document = plain();
    document.write.tries = 0;
    lh_sources *sources = table("name,text\na,words of a long text that is written\n"
                                "b,words of another text that is written\n",
                                NULL);
    lh_batch_options options = as("svg", "out/");
    for (int strict = 0; strict < 2; strict++) {
        listen_to(&options, &h);
        options.strict = strict;
        lh_status status =
            lh_batch_write(careless, &document, sources, &options, &report, &failure);
        check_ok(status, &failure);
        if (report.guard.flawed == 0)
            fail_msg("no word went wrong");
        check_report(strict ? 0 : 2, 0, strict ? 2 : 0);
        assert_true(!h.wrong &&
                    (!strict ||
                     strstr(h.message, " words went wrong or may be misread; nothing is written")));
    }
    lh_sources_free(sources);
    lh_model_free(careless);
}

/* ---- stopping and going on --------------------------------------------------------------------
 */

static void a_batch_that_was_stopped_goes_on(void **state)
{
    (void)state;
    enum { ALL = 30 };
    heard h;
    lh_document_options document = plain();
    document.write.threads = document.write.rows = 1;
    lh_sources *sources = many(ALL);
    lh_batch_options options = as("svg", "once/");
    check_ok(lh_batch_write(model, &document, sources, &options, NULL, &failure), &failure);
    options.output = "out/";
    listen_to(&options, &h);
    h.stop_after = 2;
    check_ok(lh_batch_write(model, &document, sources, &options, &report, &failure), &failure);
    assert_true(report.stopped && report.made >= 2 && report.made < ALL && report.failed == 0);
    const size_t made = report.made;
    assert_int_equal(count_files("out"), made + 1);
    listen_to(&options, &h);
    options.resume = true;
    check_ok(lh_batch_write(model, &document, sources, &options, &report, &failure), &failure);
    check_report(ALL - made, made, 0);
    assert_false(report.stopped);
    unlink("out/3.svg");
    check_ok(lh_batch_write(model, &document, sources, &options, &report, &failure), &failure);
    check_report(1, ALL - 1, 0);
    /* As if it had been made at once: the same files and rows. */
    assert_int_equal(system("sed 's|out/|once/|' out/longhand-batch.jsonl >record && "
                            "cmp record once/longhand-batch.jsonl && rm record && "
                            "for i in once/*.svg; do cmp $i out/${i#once/} || exit 1; done"),
                     0);
    lh_sources_free(sources);
}

/* Files of other names are not there, and are made. */
static void a_batch_with_other_names_is_made(void **state)
{
    (void)state;
    lh_sources *sources = many(3);
    lh_batch_options options = as("svg", "out/{name}.svg");
    options.resume = true;
    check_ok(write_batch(sources, &options), &failure);
    check_report(3, 0, 0);
    options.output = "out/of/letter-{name}.svg";
    check_ok(write_batch(sources, &options), &failure);
    check_report(3, 0, 0);
    options.output = "out/letter-{name}.svg";
    check_ok(write_batch(sources, &options), &failure);
    check_report(3, 0, 0);
    assert_true(is_there("out/1.svg") && is_there("out/letter-1.svg"));
    check_ok(write_batch(sources, &options), &failure);
    check_report(0, 3, 0);
    options.output = "./out/letter-{name}.svg";
    check_ok(write_batch(sources, &options), &failure);
    check_report(0, 3, 0);
    lh_sources_free(sources);
}

/* Rows of a record have the names 1, 2, ... in this order; some may be missing. */
static void check_order(const char *name)
{
    char *text = contents(name);
    int last = 0, rows = 0;
    for (char *row = strtok(text, "\n"); row; row = strtok(NULL, "\n"), rows++) {
        int number = 0;
        assert_int_equal(sscanf(row, "{\"name\":\"%d\"", &number), 1);
        if (number <= last)
            fail_msg("%s: %d stands behind %d", name, number, last);
        last = number;
    }
    assert_true(rows > 2);
    free(text);
}

/* The first texts take longest, so that later ones are done before them. */
static void rows_are_in_the_order_of_the_texts_after_a_stop_too(void **state)
{
    (void)state;
    enum { ALL = 30 };
    char text[3000] = "text\n";
    for (int i = 0; i < ALL; i++) {
        for (int k = 0; k < (i % 6 ? 1 : 8); k++)
            strcat(text, "words of it ");
        strcat(text, "\n");
    }
    lh_sources *sources = table(text, NULL);
    heard h;
    lh_document_options document = plain();
    document.write.threads = 2;
    document.write.rows = 6;
    document.steps = true;
    lh_batch_options options = as("svg", "out/");
    options.manifest = "boxes.jsonl";
    listen_to(&options, &h);
    h.stop_after = 8;
    check_ok(lh_batch_write(model, &document, sources, &options, &report, &failure), &failure);
    assert_true(report.stopped && report.made < ALL);
    check_order("out/longhand-batch.jsonl");
    check_order("boxes.jsonl");
    listen_to(&options, &h);
    options.resume = true;
    check_ok(lh_batch_write(model, &document, sources, &options, &report, &failure), &failure);
    assert_int_equal(report.made + report.there, ALL);
    check_order("out/longhand-batch.jsonl");
    check_order("boxes.jsonl");
    lh_sources_free(sources);
}

static bool stop_at_once(void *user)
{
    (void)user;
    return true;
}

static void what_is_one_thing_is_whole_or_not_there(void **state)
{
    (void)state;
    lh_sources *several = many(3), *one = lh_sources_of_text("a text", &failure);
    lh_batch_options options = as("svg", "x.svg");
    options.stop = stop_at_once;
    assert_int_equal(write_batch(one, &options), LH_ERROR_INTERRUPTED);
    options.together = true;
    assert_int_equal(write_batch(several, &options), LH_ERROR_INTERRUPTED);
    options = as("svg", "x.svg"); /* within a document, too */
    lh_document_options document = plain();
    document.write.stop = stop_at_once;
    assert_int_equal(lh_batch_write(model, &document, one, &options, &report, &failure),
                     LH_ERROR_INTERRUPTED);
    check_report(0, 0, 0);
    assert_int_equal(count_files("."), 1); /* the table */
    lh_sources_free(several);
    lh_sources_free(one);
}

/* A hand whose ink has so many points. */
static lh_style *find_wave(void *user, const char *name, lh_error *told)
{
    lh_ink *ink = write_model_ink(*(const size_t *)user);
    lh_style *style = lh_style_new(name, ink, "primer", told);
    lh_ink_free(ink);
    return style;
}

static void a_document_made_of_other_things_is_made_anew(void **state)
{
    (void)state;
    size_t points = 60;
    write_model_options other = write_model_plain;
    other.spread *= 2;
    lh_model *changed = write_model_new(&other);
    const lh_model *with = model;
    lh_signs *signs = lh_signs_new(&failure);
    check_ok(lh_signs_parse(signs, "5 five", "signs", &failure), &failure);
    write_file("a.txt", "of 5");
    write_file("b.txt", "@style wave\nwords");
    static const char *const paths[] = {"a.txt", "b.txt"};
    lh_sources *sources = files(paths, 2);
    lh_document_options document = plain();
    document.signs = signs;
    document.find_style = find_wave;
    document.user = &points;
    lh_batch_options options = as("jsonl", "{name}.jsonl");
    options.resume = true;
    for (int change = 0; change < 10; change++) {
        size_t made = change == 1 || change == 7 ? 1 : 2;
        if (change == 1 || change == 3)
            points = change == 1 ? 70 : 60; /* of the second text alone, and of both */
        else if (change == 2)
            document.style = "wave";
        else if (change == 4)
            document.write.bias = 2;
        else if (change == 5)
            options.render.gcode.draw_feed++;
        else if (change == 6)
            with = changed;
        else if (change == 7)
            write_file("b.txt", "@style wave\nother words");
        else if (change == 8)
            check_ok(lh_signs_parse(signs, "5 V", "more", &failure), &failure);
        else if (change == 9)
            options.format = lh_format_find("svg", false);
        for (int again = 0; again < 2; again++) {
            check_ok(lh_batch_write(with, &document, sources, &options, &report, &failure),
                     &failure);
            if (report.made != (again ? 0 : made) || report.made + report.there != 2)
                fail_msg("change %d, run %d: %zu made, %zu there", change, again, report.made,
                         report.there);
        }
        document.write.threads = 2; /* says nothing of what is written */
        document.hands_folder = "hands";
    }
    lh_sources_free(sources);
    lh_signs_free(signs);
    lh_model_free(changed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(every_step_is_told_one_at_a_time),
        IN_A_FOLDER(a_document_that_fails_leaves_the_others),
        IN_A_FOLDER(a_word_that_goes_wrong_fails_where_that_is_strict),
        IN_A_FOLDER(a_batch_that_was_stopped_goes_on),
        IN_A_FOLDER(a_batch_with_other_names_is_made),
        IN_A_FOLDER(rows_are_in_the_order_of_the_texts_after_a_stop_too),
        IN_A_FOLDER(what_is_one_thing_is_whole_or_not_there),
        IN_A_FOLDER(a_document_made_of_other_things_is_made_anew),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
