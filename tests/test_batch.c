/* Batches from C: many texts, their files, and what is refused. */
#include "batch_room.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

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
    check_ok(write_batch(sources, &options), &failure);
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
    check_ok(write_batch(sources, &options), &failure);
    lh_sources_free(sources);
    const lh_document_options document = plain();
    lh_desk *desk = lh_desk_new(model, &document, &failure);
    lh_document *alone =
        lh_desk_write_one(desk, "another text", lh_document_seed(1, "Ben"), &failure);
    assert_non_null(alone);
    char *text = NULL, *file = contents("Ben.jsonl");
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    check_ok(lh_json_lines_write((const lh_page *const *)alone->page, 1, stream, &failure),
             &failure);
    fclose(stream);
    assert_string_equal(file, text);
    free(file);
    free(text);
    lh_document_free(alone);
    lh_desk_free(desk);
}

static void any_column_names_files(void **state)
{
    (void)state;
    lh_sources *sources =
        table("name;town; Name of it\nAnna;Ulm/Donau;{page}\nBen;Kiel;b\n", "{name}");
    lh_batch_options options = as("jsonl", "{town}/{Name of it}-{number}-{name}.jsonl");
    check_ok(write_batch(sources, &options), &failure);
    check_report(2, 0, 0);
    check_says("Ulm_Donau/_page_-1-Anna.jsonl", "\"Anna");
    check_says("Kiel/b-2-Ben.jsonl", "\"Ben");
    options.output = "{twn}.jsonl";
    check_refused(sources, &options,
                  "'{twn}' in the name of a file is no column of people.csv; "
                  "there are name, town and Name of it, and {number}");
    lh_sources_free(sources);
    sources = table("name,town\nAnna,Ulm\nBen,Ulm\nCy,\n", "{name}");
    options.output = "{town}.jsonl";
    check_refused(sources, &options, "people.csv, row 4: no value for 'town', which names a file");
    check_ok(lh_sources_choose(sources, "Anna,Ben", &failure), &failure);
    check_refused(sources, &options, "row 1, 'Anna'");
    lh_sources_take_missing(sources, true);
    check_ok(lh_sources_choose(sources, "Ben,Cy", &failure), &failure);
    check_ok(write_batch(sources, &options), &failure);
    check_says("_.jsonl", "\"Cy");
    lh_sources_free(sources);
}

static void a_row_without_a_value_fails_alone(void **state)
{
    (void)state;
    lh_sources *sources = table("name,town\nAnna,\nBen,Kiel\nCy\n", "{name} {town}");
    const lh_batch_options options = as("jsonl", "{name}.jsonl");
    check_ok(write_batch(sources, &options), &failure);
    check_report(1, 0, 2);
    check_says("longhand-batch.jsonl",
               "template.txt, row 1, column 8: people.csv, row 4: no value for 'town'");
    check_says("Ben.jsonl", "\"Ben Kiel");
    lh_sources_take_missing(sources, true);
    check_ok(write_batch(sources, &options), &failure);
    check_report(3, 0, 0);
    check_says("Cy.jsonl", "\"Cy");
    lh_sources_free(sources);
    sources = table("text,town\n,Ulm\na,\n", NULL);
    const lh_batch_options numbered = as("jsonl", "n-{number}.jsonl");
    check_ok(write_batch(sources, &numbered), &failure);
    check_report(1, 0, 1);
    check_says("longhand-batch.jsonl", "people.csv, row 2: no value for 'text'");
    lh_sources_free(sources);
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
    check_ok(write_batch(sources, &options), &failure);
    assert_int_equal(lh_sources_choose(sources, "two,nobody", &failure), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(failure.message, "'nobody'"));
    check_ok(lh_sources_choose(sources, "two", &failure), &failure);
    options.output = "b/";
    check_ok(write_batch(sources, &options), &failure);
    check_report(1, 0, 0);
    assert_true(!is_there("b/one.svg") && !is_there("b/three.svg"));
    char *all = contents("a/two.svg"), *only = contents("b/two.svg");
    assert_string_equal(all, only);
    free(all);
    free(only);
    /* The record goes on to say what there is of the others. */
    options.output = "a/";
    check_ok(write_batch(sources, &options), &failure);
    check_report(1, 0, 0);
    check_ok(lh_sources_choose(sources, NULL, &failure), &failure);
    options.resume = true;
    check_ok(write_batch(sources, &options), &failure);
    check_report(0, 3, 0);
    options.output = "b/";
    options.resume = false;
    check_ok(write_batch(sources, &options), &failure);
    check_report(3, 0, 0);
    lh_sources_free(sources);
}

static void a_lone_text_has_the_seed_itself_and_its_notes(void **state)
{
    (void)state;
    lh_sources *sources = lh_sources_of_text("a lone text", &failure);
    lh_batch_options options = as("svg", "x.svg");
    options.model = "small";
    options.trace = "x.trace";
    lh_document_options document = plain();
    document.write.seed = 7;
    document.steps = true;
    check_ok(lh_batch_write(model, &document, sources, &options, NULL, &failure), &failure);
    check_says("x.svg", "text: a lone text\nstyle: own\nmodel: small (weights ");
    check_says("x.svg", "seed: 7\nmade by: longhand ");
    check_says("x.trace", "\"mixture\":[[");
    assert_false(is_there("longhand-batch.jsonl"));
    lh_sources_free(sources);
}

static void pages_have_files_of_their_own_where_asked(void **state)
{
    (void)state;
    lh_sources *sources = lh_sources_of_text("a\n@page\nb\n@page\nc", &failure);
    lh_batch_options options = as("svg", "p{page}.svg");
    check_ok(write_batch(sources, &options), &failure);
    assert_int_equal(count_files("."), 3);
    options = as("png", "q.png");
    check_ok(write_batch(sources, &options), &failure);
    assert_true(is_there("q-1.png") && is_there("q-3.png") && count_files(".") == 6);
    lh_sources_free(sources);
}

static void all_go_into_one_file_together(void **state)
{
    (void)state;
    lh_sources *sources = table("name,text\nc,third\na,first\nb,\"\u0416\"\n", NULL);
    lh_batch_options options = as("jsonl", "all.jsonl");
    options.together = true;
    check_ok(write_batch(sources, &options), &failure);
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
    check_ok(write_batch(sources, &options), &failure);
    check_report(3, 0, 0);
    check_says("corpus/trainset.txt", "d0003-001");
    check_says("corpus/longhand-batch.jsonl", "corpus/ascii/d0002/d0002-001/d0002-001.txt");
    lh_sources_free(sources);
}

/* ---- what is refused --------------------------------------------------------------------------
 */

static char *file_of_wave(void *user, const char *name, size_t index)
{
    (void)user;
    static const char *const file[] = {"wave.xml", "swell.hand"};
    return strcmp(name, "wave") == 0 && index < 2 ? strdup(file[index]) : NULL;
}

static void nothing_that_is_read_is_written_over(void **state)
{
    (void)state;
    write_file("a.txt", "@style wave\nwords");
    write_file("model", "weights");
    write_file("wave.xml", "ink");
    write_file("wave.txt", "text");
    write_file("swell.hand", "more ink");
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
    options.output = "swell.hand";
    check_refused(one, &options, "overwrite swell.hand, which is read (a)");
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
    check_ok(write_batch(sources, &options), &failure); /* without a second page they are others */
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
    assert_null(lh_sources_of_table("people.csv", NULL, &failure));
    assert_non_null(strstr(failure.message, "no column 'text'"));
    write_file("people.csv", "text\n");
    assert_null(lh_sources_of_table("people.csv", NULL, &failure));
    assert_non_null(strstr(failure.message, "no rows"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_merge_is_a_file_a_row),
        IN_A_FOLDER(a_document_of_a_batch_is_that_of_its_name_and_seed),
        IN_A_FOLDER(any_column_names_files),
        IN_A_FOLDER(a_row_without_a_value_fails_alone),
        IN_A_FOLDER(only_those_chosen_are_written),
        IN_A_FOLDER(a_lone_text_has_the_seed_itself_and_its_notes),
        IN_A_FOLDER(pages_have_files_of_their_own_where_asked),
        IN_A_FOLDER(all_go_into_one_file_together),
        IN_A_FOLDER(a_folder_is_a_corpus),
        IN_A_FOLDER(nothing_that_is_read_is_written_over),
        IN_A_FOLDER(two_documents_never_share_a_file),
        IN_A_FOLDER(options_that_do_not_go_together_are_refused),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
