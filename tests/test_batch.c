/* Batches from C: many texts, their files, and the record of them. */
#include "check.h"

#include "document/signs.h"
#include "write_model.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char place[] = "/tmp/longhand-batch-XXXXXX";
static lh_model *model;
static lh_error error;
static lh_batch_report report;

static int enter(void **state)
{
    (void)state;
    model = write_model_new(&write_model_plain);
    return !(model && mkdtemp(place) && chdir(place) == 0);
}

static int leave(void **state)
{
    (void)state;
    char command[100];
    lh_model_free(model);
    snprintf(command, sizeof command, "rm -r %s", place);
    return chdir("/") != 0 || system(command) != 0;
}

/* Each test begins with an empty folder. */
static int clear(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s/*", place);
    return system(command);
}

/* ---- files ------------------------------------------------------------------------------------
 */

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static char *contents(const char *name)
{
    size_t size;
    char *text = lh_file_read(name, 64 << 20, &size, &error);
    if (!text)
        fail_msg("%s", error.message);
    return text;
}

static void check_says(const char *name, const char *words)
{
    char *text = contents(name);
    if (!strstr(text, words))
        fail_msg("%s does not say '%s' but: %s", name, words, text);
    free(text);
}

static bool is_there(const char *name)
{
    return access(name, F_OK) == 0;
}

static int count_files(const char *folder)
{
    int count = 0;
    DIR *open = opendir(folder);
    assert_non_null(open);
    for (struct dirent *entry; (entry = readdir(open)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(open);
    return count;
}

/* ---- batches ----------------------------------------------------------------------------------
 */

static lh_sources *files(const char *const *paths, size_t count)
{
    lh_sources *sources = lh_sources_of_files(paths, count, &error);
    if (!sources)
        fail_msg("%s", error.message);
    return sources;
}

static lh_sources *table(const char *text, const char *template)
{
    write_file("people.csv", text);
    if (template)
        write_file("template.txt", template);
    lh_sources *sources =
        lh_sources_of_table("people.csv", template ? "template.txt" : NULL, &error);
    if (!sources)
        fail_msg("%s", error.message);
    return sources;
}

/* So many rows, called 1, 2, ... */
static lh_sources *many(int count)
{
    char text[2000] = "text\n";
    for (int i = 0; i < count; i++)
        strcat(text, "words of a letter\n");
    return table(text, NULL);
}

static lh_document_options plain(void)
{
    lh_document_options document = lh_document_defaults();
    check_ok(lh_paper_set_size(&document.paper, "a6", &error), &error);
    document.write.proofread = false;
    return document;
}

static lh_batch_options as(const char *format, const char *output)
{
    lh_batch_options options = lh_batch_defaults();
    options.format = lh_format_find(format, false);
    options.output = output;
    return options;
}

static lh_status write_batch(const lh_sources *sources, const lh_batch_options *options)
{
    const lh_document_options document = plain();
    return lh_batch_write(model, &document, sources, options, &report, &error);
}

static void check_report(size_t made, size_t there, size_t failed)
{
    if (report.made != made || report.there != there || report.failed != failed)
        fail_msg("%zu made, %zu there and %zu failed", report.made, report.there, report.failed);
}

static void check_refused(const lh_sources *sources, const lh_batch_options *options,
                          const char *words)
{
    const int before = count_files(".");
    assert_int_equal(write_batch(sources, options), LH_ERROR_ARGUMENT);
    if (!strstr(error.message, words))
        fail_msg("it says: %s", error.message);
    assert_int_equal(count_files("."), before);
}

/* ---- what comes out ---------------------------------------------------------------------------
 */

static void a_merge_is_a_file_a_row(void **state)
{
    (void)state;
    lh_sources *sources =
        table("name,town\nAnna,Ulm\nBen,Kiel\nAnna,Bonn\n", "Dear {name} of {town}");
    assert_int_equal(lh_sources_count(sources), 3);
    assert_string_equal(lh_sources_name(sources, 0), "Anna");
    assert_string_equal(lh_sources_name(sources, 2), "Anna-2");
    assert_null(lh_sources_name(sources, 3));
    lh_batch_options options = as("jsonl", "new/folder/");
    check_ok(write_batch(sources, &options), &error);
    check_report(3, 0, 0);
    assert_int_equal(report.chosen, 3);
    assert_int_equal(report.guard.words, 12);
    check_says("new/folder/Ben.jsonl", "\"Dear Ben of");
    check_says("new/folder/longhand-batch.jsonl", "new/folder/Anna-2.jsonl");
    lh_sources_free(sources);
}

static void a_document_of_a_batch_is_that_of_its_name_and_seed(void **state)
{
    (void)state;
    lh_sources *sources = table("name,text\nAnna,one text\nBen,another text\n", NULL);
    const lh_batch_options options = as("jsonl", "{name}.jsonl");
    check_ok(write_batch(sources, &options), &error);
    lh_sources_free(sources);
    const lh_document_options document = plain();
    lh_desk *desk = lh_desk_new(model, &document, &error);
    lh_document *alone =
        lh_desk_write_one(desk, "another text", lh_document_seed(1, "Ben"), &error);
    assert_non_null(alone);
    char *text = NULL, *file = contents("Ben.jsonl");
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    check_ok(lh_json_lines_write((const lh_page *const *)alone->page, 1, stream, &error), &error);
    fclose(stream);
    assert_string_equal(file, text);
    free(file);
    free(text);
    lh_document_free(alone);
    lh_desk_free(desk);
}

static void only_those_chosen_are_written(void **state)
{
    (void)state;
    write_file("one.txt", "one");
    write_file("two.txt", "two");
    write_file("three.txt", "three");
    static const char *const paths[] = {"one.txt", "two.txt", "three.txt"};
    lh_sources *sources = files(paths, 3);
    lh_batch_options options = as("svg", "a/");
    check_ok(write_batch(sources, &options), &error);
    assert_int_equal(lh_sources_choose(sources, "two,nobody", &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "'nobody'"));
    check_ok(lh_sources_choose(sources, "two", &error), &error);
    options.output = "b/";
    check_ok(write_batch(sources, &options), &error);
    check_report(1, 0, 0);
    assert_true(!is_there("b/one.svg") && !is_there("b/three.svg"));
    char *all = contents("a/two.svg"), *only = contents("b/two.svg");
    assert_string_equal(all, only);
    free(all);
    free(only);
    check_ok(lh_sources_choose(sources, NULL, &error), &error);
    check_ok(write_batch(sources, &options), &error);
    check_report(3, 0, 0);
    lh_sources_free(sources);
}

static void a_lone_text_has_the_seed_itself_and_its_notes(void **state)
{
    (void)state;
    lh_sources *sources = lh_sources_of_text("a lone text", &error);
    lh_batch_options options = as("svg", "x.svg");
    options.model = "small";
    options.trace = "x.trace";
    lh_document_options document = plain();
    document.write.seed = 7;
    document.steps = true;
    check_ok(lh_batch_write(model, &document, sources, &options, NULL, &error), &error);
    check_says("x.svg", "text: a lone text\nstyle: own\nmodel: small (weights ");
    check_says("x.svg", "seed: 7\nmade by: longhand ");
    check_says("x.trace", "\"mixture\":[[");
    assert_false(is_there("longhand-batch.jsonl"));
    lh_sources_free(sources);
}

static void pages_have_files_of_their_own_where_asked(void **state)
{
    (void)state;
    lh_sources *sources = lh_sources_of_text("a\n@page\nb\n@page\nc", &error);
    lh_batch_options options = as("svg", "p{page}.svg");
    check_ok(write_batch(sources, &options), &error);
    assert_int_equal(count_files("."), 3);
    options = as("png", "q.png");
    check_ok(write_batch(sources, &options), &error);
    assert_true(is_there("q-1.png") && is_there("q-3.png") && count_files(".") == 6);
    lh_sources_free(sources);
}

static void all_go_into_one_file_together(void **state)
{
    (void)state;
    lh_sources *sources = table("name,text\nc,third\na,first\nb,\"\u0416\"\n", NULL);
    lh_batch_options options = as("jsonl", "all.jsonl");
    options.together = true;
    check_ok(write_batch(sources, &options), &error);
    check_report(2, 0, 1);
    char *text = contents("all.jsonl");
    const char *second = strchr(text, '\n') + 1; /* in the order of the table */
    assert_non_null(strstr(text, "\"page\":1,\"line\":1,\"text\":\"third\""));
    assert_non_null(strstr(second, "\"page\":2,\"line\":1,\"text\":\"first\""));
    free(text);
    assert_false(is_there("longhand-batch.jsonl"));
    lh_sources_free(sources);
}

static void a_folder_is_a_corpus(void **state)
{
    (void)state;
    lh_sources *sources = many(3);
    const lh_batch_options options = as("iam", "corpus");
    check_ok(write_batch(sources, &options), &error);
    check_report(3, 0, 0);
    check_says("corpus/trainset.txt", "d0003-001");
    check_says("corpus/longhand-batch.jsonl", "corpus/ascii/d0002/d0002-001/d0002-001.txt");
    lh_sources_free(sources);
}

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
    check_ok(write_batch(sources, &options), &error);
    assert_true(!h.wrong && h.chosen == 20 && h.done == 20);
    assert_int_equal(h.steps[LH_BATCH_STARTED], 20);
    assert_int_equal(h.steps[LH_BATCH_MADE], 20);
    listen_to(&options, &h);
    options.resume = true;
    check_ok(write_batch(sources, &options), &error);
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
    check_ok(write_batch(sources, &options), &error);
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
    check_ok(write_batch(sources, &options), &error);
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
        lh_status status = lh_batch_write(careless, &document, sources, &options, &report, &error);
        check_ok(status, &error);
        if (report.guard.flawed == 0)
            fail_msg("no word went wrong");
        check_report(strict ? 0 : 2, 0, strict ? 2 : 0);
        assert_true(!h.wrong &&
                    (!strict || strstr(h.message, " words went wrong; nothing is written")));
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
    check_ok(lh_batch_write(model, &document, sources, &options, NULL, &error), &error);
    options.output = "out/";
    listen_to(&options, &h);
    h.stop_after = 2;
    check_ok(lh_batch_write(model, &document, sources, &options, &report, &error), &error);
    assert_true(report.stopped && report.made >= 2 && report.made < ALL && report.failed == 0);
    const size_t made = report.made;
    assert_int_equal(count_files("out"), made + 1);
    listen_to(&options, &h);
    options.resume = true;
    check_ok(lh_batch_write(model, &document, sources, &options, &report, &error), &error);
    check_report(ALL - made, made, 0);
    assert_false(report.stopped);
    unlink("out/3.svg");
    check_ok(lh_batch_write(model, &document, sources, &options, &report, &error), &error);
    check_report(1, ALL - 1, 0);
    /* As if it had been made at once: the same files and rows. */
    assert_int_equal(system("sed 's|out/|once/|' out/longhand-batch.jsonl >record && "
                            "cmp record once/longhand-batch.jsonl && rm record && "
                            "for i in once/*.svg; do cmp $i out/${i#once/} || exit 1; done"),
                     0);
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
    lh_sources *several = many(3), *one = lh_sources_of_text("a text", &error);
    lh_batch_options options = as("svg", "x.svg");
    options.stop = stop_at_once;
    assert_int_equal(write_batch(one, &options), LH_ERROR_INTERRUPTED);
    options.together = true;
    assert_int_equal(write_batch(several, &options), LH_ERROR_INTERRUPTED);
    options = as("svg", "x.svg"); /* within a document, too */
    lh_document_options document = plain();
    document.write.stop = stop_at_once;
    assert_int_equal(lh_batch_write(model, &document, one, &options, &report, &error),
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
    lh_signs *signs = lh_signs_new(&error);
    check_ok(lh_signs_parse(signs, "5 five", "signs", &error), &error);
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
            check_ok(lh_signs_parse(signs, "5 V", "more", &error), &error);
        else if (change == 9)
            options.format = lh_format_find("svg", false);
        for (int again = 0; again < 2; again++) {
            check_ok(lh_batch_write(with, &document, sources, &options, &report, &error), &error);
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

/* ---- what is refused --------------------------------------------------------------------------
 */

static char *file_of_wave(void *user, const char *name)
{
    (void)user;
    return strcmp(name, "wave") == 0 ? strdup("wave.xml") : NULL;
}

static void nothing_that_is_read_is_written_over(void **state)
{
    (void)state;
    write_file("a.txt", "@style wave\nwords");
    write_file("model", "weights");
    write_file("wave.xml", "ink");
    write_file("wave.txt", "text");
    static const char *const paths[] = {"a.txt"};
    const lh_batch_file reads[] = {{"model", "the model's weights"}, {NULL, "nothing"}};
    lh_sources *one = files(paths, 1), *rows = table("name\nx\n", "Dear {name}");
    lh_batch_options options = as("svg", "a.txt");
    options.reads = reads;
    options.read_count = 2;
    options.style_file = file_of_wave;
    check_refused(one, &options, "overwrite a.txt, which is read (a text)");
    options.output = "./model";
    check_refused(one, &options, "overwrite model, which is read (the model's weights)");
    options.output = "wave.xml";
    check_refused(one, &options, "overwrite wave.xml, which is read (a)");
    options.output = "wave.txt";
    check_refused(one, &options, "overwrite wave.txt");
    options.output = "people.csv";
    check_refused(rows, &options, "which is read (the table)");
    const lh_batch_words words = {.template_path = "--template", .output = "-o"};
    options.words = &words;
    options.output = "template.txt";
    check_refused(rows, &options, "(-o) would overwrite template.txt, which is read (--template)");
    check_says("template.txt", "Dear {name}");
    lh_sources_free(one);
    lh_sources_free(rows);
}

static void two_documents_never_share_a_file(void **state)
{
    (void)state;
    write_file("a.txt", "one\n@page\ntwo");
    write_file("a-2.txt", "three");
    static const char *const paths[] = {"a.txt", "a-2.txt"};
    lh_sources *sources = files(paths, 2);
    lh_batch_options options = as("png", "./");
    check_refused(sources, &options, "a-2.png would be written twice (a.txt and a-2.txt)");
    options.output = "longhand-batch.jsonl";
    check_refused(sources, &options, "its name needs {name} or {number} in it, or together");
    write_file("a.txt", "one");
    options.output = "./";
    check_ok(write_batch(sources, &options), &error); /* without a second page they are others */
    lh_sources_free(sources);
}

static void options_that_do_not_go_together_are_refused(void **state)
{
    (void)state;
    lh_sources *sources = many(2);
    lh_batch_options options = as("png", "x.png");
    options.together = true;
    check_refused(sources, &options, "together goes with svg");
    options = as("svg", "{name}.svg");
    options.together = true;
    check_refused(sources, &options, "would be several");
    options.output = "x.svg";
    options.resume = true;
    check_refused(sources, &options, "nothing to resume");
    options = as("iam", "-");
    check_refused(sources, &options, "iam is a folder");
    options = as("pdf", "{name}.pdf");
    options.render.look = LH_LOOK_SPEED;
    check_refused(sources, &options, "pdf shows nothing but ink");
    options = as("svg", "{name}.svg");
    options.trace = "{name}.trace";
    check_refused(sources, &options, "needs documents that keep their steps");
    lh_sources_free(sources);
    write_file("people.csv", "name\nx\n");
    assert_null(lh_sources_of_table("people.csv", NULL, &error));
    assert_non_null(strstr(error.message, "no column 'text'"));
    write_file("people.csv", "text\n");
    assert_null(lh_sources_of_table("people.csv", NULL, &error));
    assert_non_null(strstr(error.message, "no rows"));
}

int main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup(test, clear)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_merge_is_a_file_a_row),
        IN_A_FOLDER(a_document_of_a_batch_is_that_of_its_name_and_seed),
        IN_A_FOLDER(only_those_chosen_are_written),
        IN_A_FOLDER(a_lone_text_has_the_seed_itself_and_its_notes),
        IN_A_FOLDER(pages_have_files_of_their_own_where_asked),
        IN_A_FOLDER(all_go_into_one_file_together),
        IN_A_FOLDER(a_folder_is_a_corpus),
        IN_A_FOLDER(every_step_is_told_one_at_a_time),
        IN_A_FOLDER(a_document_that_fails_leaves_the_others),
        IN_A_FOLDER(a_word_that_goes_wrong_fails_where_that_is_strict),
        IN_A_FOLDER(a_batch_that_was_stopped_goes_on),
        IN_A_FOLDER(what_is_one_thing_is_whole_or_not_there),
        IN_A_FOLDER(a_document_made_of_other_things_is_made_anew),
        IN_A_FOLDER(nothing_that_is_read_is_written_over),
        IN_A_FOLDER(two_documents_never_share_a_file),
        IN_A_FOLDER(options_that_do_not_go_together_are_refused),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
