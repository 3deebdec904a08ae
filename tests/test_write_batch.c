/* `longhand write` with many texts: their files and the record of them, tables, what goes on after
 * a stop, one file of all, and a corpus. */
#include "check.h"
#include "write_command_run.h"
#include "write_model.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void many_texts_are_many_files_and_those_that_fail_are_told(void **state)
{
    (void)state;
    write_file("one.txt", "first");
    write_file("two.txt", "not 1");
    write_file("three.txt", "third");
    assert_int_equal(run("write --input one.txt two.txt three.txt none.txt -o many/ "
                         "--model plain.safetensors --no-proofread"),
                     1);
    check_says("err", "longhand: two: row 1, column 5");
    check_says("err", "none.txt");
    /* Which of the two fails first is for the threads to say. */
    char *said = contents("err");
    assert_true(strstr(said, "2 of 4 documents failed: two, none\n") ||
                strstr(said, "2 of 4 documents failed: none, two\n"));
    free(said);
    assert_int_equal(run("write --input one.txt no1 no2 no3 no4 no5 no6 no7 -o many/ "
                         "--model plain.safetensors --no-proofread"),
                     1);
    check_says("err", "7 of 8 documents failed: no1, no2, no3, no4, no5 and 2 more\n");
    assert_true(exists("many/one.svg") && exists("many/three.svg") && !exists("many/two.svg"));
    check_says("many/longhand-batch.jsonl", "\"files\":[\"many/one.svg\"]");
    check_says("many/longhand-batch.jsonl", "\"error\":");
    assert_int_equal(
        run("write --input one.txt three.txt -o same.svg --model plain.safetensors --no-proofread"),
        1);
    check_says("err", "{name}");
}

static void a_document_is_the_same_alone_and_in_a_batch(void **state)
{
    (void)state;
    write_file("one.txt", "first text\nof two rows");
    write_file("two.txt", "the other");
    assert_int_equal(run("write --input one.txt two.txt -o 'm{name}.svg' --jobs 2 "
                         "--model plain.safetensors --no-proofread"),
                     0);
    char *together = contents("mone.svg");
    assert_int_equal(
        run("write --input one.txt -o m.svg --jobs 1 --model plain.safetensors --no-proofread"), 0);
    char *alone = contents("m.svg");
    assert_string_equal(together, alone);
    free(alone);
    assert_int_equal(run("write --input one.txt two.txt -o 'm{number}.svg' --only one "
                         "--model plain.safetensors --no-proofread"),
                     0);
    assert_true(exists("m1.svg") && !exists("m2.svg"));
    alone = contents("m1.svg");
    assert_string_equal(together, alone);
    free(alone);
    free(together);
    assert_int_equal(
        run("write --input one.txt -o m.svg --only three --model plain.safetensors --no-proofread"),
        1);
    check_says("err", "'three'");
}

static void a_drawing_is_the_same_alone_and_in_a_batch(void **state)
{
    (void)state;
    write_file("one.txt", "first text");
    write_file("two.txt", "the other");
    static const char *const ways[] = {"density", "attention", "speed"};
    for (size_t i = 0; i < 3; i++) {
        char arguments[200];
        snprintf(arguments, sizeof arguments,
                 "write --input one.txt two.txt -o 'm{name}.svg' --draw %s "
                 "--model plain.safetensors --no-proofread",
                 ways[i]);
        assert_int_equal(run(arguments), 0);
        char *together = contents("mtwo.svg");
        strcat(arguments, " --only two");
        assert_int_equal(run(arguments), 0);
        char *alone = contents("mtwo.svg");
        assert_string_equal(together, alone);
        free(alone);
        free(together);
    }
}

static void a_table_fills_a_template(void **state)
{
    (void)state;
    char texts[200];
    write_file("people.csv", "name,nick,gift\nAnna,Ann,\"a book, a pen\"\nBen/Bob,Ben,tea\n"
                             "Anna,Ann,milk\n");
    write_file("thanks.txt", "Dear {nick},\nthank you for {gift}.");
    assert_int_equal(run("write --merge people.csv --template thanks.txt -o 'n-{name}.svg' "
                         "--model plain.safetensors --no-proofread"),
                     0);
    read_svg("n-Anna.svg", texts, sizeof texts);
    assert_string_equal(texts, "Dear Ann,|thank you for a book, a pen.|");
    assert_true(exists("n-Ben_Bob.svg") && exists("n-Anna-2.svg"));
    /* The folder is made, as that of `-o FOLDER/` is. */
    assert_int_equal(run("write --merge people.csv --template thanks.txt -o 'new/of/{name}.svg' "
                         "--model plain.safetensors --no-proofread"),
                     0);
    assert_true(exists("new/of/Anna.svg") && exists("new/of/longhand-batch.jsonl"));
    assert_int_equal(
        run("write --merge - --template thanks.txt -o '{gift}-{number}.svg' --only Anna "
            "--model plain.safetensors --no-proofread <people.csv"),
        0);
    read_svg("a book, a pen-1.svg", texts, sizeof texts);
    assert_string_equal(texts, "Dear Ann,|thank you for a book, a pen.|");
    assert_int_equal(
        run("write --merge people.csv --template thanks.txt -o 'padded-{number:3}.svg' "
            "--only Anna --model plain.safetensors --no-proofread"),
        0);
    assert_true(exists("padded-001.svg"));
    check_says("padded-001.svg", "own seed: ");
    write_file("pages.txt", "Ann\fBen");
    assert_int_equal(run("write --input pages.txt -o 'page-{page:3}.svg' --paper a6 "
                         "--model plain.safetensors --no-proofread"),
                     0);
    assert_true(exists("page-001.svg") && exists("page-002.svg"));
    assert_int_equal(
        run("write --merge - --template - -o '{name}.svg' --model plain.safetensors --no-proofread "
            "<people.csv"),
        1);
    check_says("err", "not both standard input");
    write_file("few.csv", "nick,gift\nAnn,\n");
    assert_int_equal(run("write --merge few.csv --template thanks.txt -o few.svg "
                         "--model plain.safetensors --no-proofread"),
                     1);
    check_says("err", "thanks.txt, row 2, column 15: few.csv, row 2: no value for 'gift'");
    assert_int_equal(run("write --merge few.csv --template thanks.txt -o few.svg --missing empty "
                         "--model plain.safetensors --no-proofread"),
                     0);
    /* What a table has is text: no command, and each of its rows is one. */
    write_file("texts.csv", "name,text\nx,\"@page\nto  you\"\n");
    assert_int_equal(run("write --merge texts.csv -o 't-{name}.svg' --reflow "
                         "--skip-unknown --model plain.safetensors --no-proofread"),
                     0);
    read_svg("t-x.svg", texts, sizeof texts);
    assert_string_equal(texts, "page|to|you|"); /* this model has no @ */
    write_file("thanks.txt", "Dear {nme},");
    assert_int_equal(run("write --merge people.csv --template thanks.txt -o 'n-{name}.svg' "
                         "--model plain.safetensors --no-proofread"),
                     1);
    check_says("err",
               "thanks.txt, row 1, column 6: '{nme}' names no column of people.csv; there are");
    /* Once, and how many others there are. */
    char *said = contents("err");
    assert_null(strstr(strstr(said, "'{nme}'") + 1, "'{nme}'"));
    free(said);
    check_says("err", "2 more documents failed for the same reason");
    check_says("err", "3 of 3 documents failed: Anna");
    assert_int_equal(
        run("write --merge people.csv -o 'n-{name}.svg' --model plain.safetensors --no-proofread"),
        1);
    check_says("err", "no column 'text'");
}

static void an_interrupted_batch_goes_on(void **state)
{
    (void)state;
    static const char command[] = "write --input one.txt two.txt -o 'o-{name}.pdf' --resume "
                                  "--model plain.safetensors --no-proofread";
    write_file("one.txt", "first");
    write_file("two.txt", "second");
    assert_int_equal(
        run("write --input one.txt -o 'o-{name}.pdf' --model plain.safetensors --no-proofread"), 0);
    /* As a run leaves it that was killed: one row, and half of the next. */
    write_file("longhand-batch.jsonl", "");
    assert_int_equal(run(command), 0);
    char *record = contents("longhand-batch.jsonl");
    strchr(record, '\n')[20] = '\0';
    write_file("longhand-batch.jsonl", record);
    free(record);
    char path[200];
    snprintf(path, sizeof path, "%s/o-two.pdf", folder);
    unlink(path);
    assert_int_equal(run(command), 0);
    check_says("err", "1 documents were there already");
    assert_true(exists("o-two.pdf"));
    assert_int_equal(run(command), 0);
    check_says("err", "2 documents were there already");
    write_file("two.txt", "another");
    assert_int_equal(run(command), 0);
    check_says("err", "1 documents were there already");
    char other[300];
    snprintf(other, sizeof other, "%s --bias 1", command); /* as it is anyway */
    assert_int_equal(run(other), 0);
    check_says("err", "2 documents were there already");
    snprintf(other, sizeof other, "%s --bias 1.5", command);
    assert_int_equal(run(other), 0);
    record = contents("err");
    assert_null(strstr(record, "there already"));
    free(record);
}

static void check_there(const char *command, const char *there)
{
    assert_int_equal(run(command), 0);
    check_says("err", there);
}

static void a_document_is_made_again_when_what_it_is_made_from_has_changed(void **state)
{
    (void)state;
    static const char command[] = "write --input one.txt two.txt -o 's-{name}.jsonl' --resume "
                                  "--model changing.safetensors --signs mine.txt";
    char path[200], other[300];
    lh_error error;
    write_file("one.txt", "plain 5");
    write_file("two.txt", "begins\n@style second.xml\nin that hand");
    write_file("mine.txt", "5 five");
    write_file("first.txt", "primer");
    write_file("second.txt", "primer");
    save_hand("first.xml", 60);
    save_hand("second.xml", 60);
    write_model_options spread = write_model_plain;
    for (int i = 0; i < 2; i++, spread.spread *= 2) {
        lh_model *model = write_model_new(&spread);
        snprintf(path, sizeof path, "%s/changing.safetensors", folder);
        check_ok(lh_model_save(model, path, LH_PRECISION_FLOAT32, &error), &error);
        lh_model_free(model);
        assert_int_equal(run(command), 0);
        char *said = contents("err");
        assert_null(strstr(said, "there already"));
        free(said);
        check_there(command, "2 documents were there already");
    }
    save_hand("second.xml", 70); /* of the second text alone */
    check_there(command, "1 documents were there already");
    write_file("second.txt", "primers");
    check_there(command, "1 documents were there already");
    check_there(command, "2 documents were there already");
    snprintf(other, sizeof other, "%s --style first.xml", command);
    assert_int_equal(run(other), 0);
    check_there(other, "2 documents were there already");
    write_file("mine.txt", "5 V");
    assert_int_equal(run(other), 0);
    char *said = contents("err");
    assert_null(strstr(said, "there already"));
    free(said);
    save_hand("first.xml", 70);
    assert_int_equal(run(other), 0);
    said = contents("err");
    assert_null(strstr(said, "there already"));
    free(said);
}

static void all_texts_go_into_one_file_together(void **state)
{
    (void)state;
    char texts[300];
    write_file("one.txt", "first\n@page\nits end");
    write_file("two.txt", "not 1");
    write_file("three.txt", "third");
    assert_int_equal(run("write --input one.txt three.txt -o t.svg --together --paper a6 "
                         "--model plain.safetensors --no-proofread"),
                     0);
    read_svg("t.svg", texts, sizeof texts);
    assert_string_equal(texts, "first|its end|third|");
    assert_int_equal(run("write --input one.txt two.txt three.txt -o t.pdf --together --paper a6 "
                         "--model plain.safetensors --no-proofread"),
                     1);
    check_says("err", "1 of 3 documents failed: two\n");
    check_begins("t.pdf", "%PDF-");
    /* The ink is that of a file for each. */
    assert_int_equal(run("write --input one.txt three.txt -o 't-{name}.svg' --paper a6 "
                         "--model plain.safetensors --no-proofread"),
                     0);
    char *each = contents("t-three.svg");
    assert_int_equal(run("write --input one.txt three.txt -o t.svg --together --paper a6 "
                         "--model plain.safetensors --no-proofread"),
                     0);
    char *path = strstr(each, "<path");
    *strchr(path, '>') = '\0';
    check_says("t.svg", path);
    free(each);
    static const char *const refused[] = {"t.png", "t.xml", "t.svg --resume", "t.svg --draw speed",
                                          "t --format iam"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char arguments[200];
        snprintf(arguments, sizeof arguments,
                 "write --input one.txt three.txt --together --model plain.safetensors "
                 "--no-proofread -o %s",
                 refused[i]);
        int code = run(arguments);
        if (code != 2)
            fail_msg("longhand %s exits with %d", arguments, code);
    }
    assert_int_equal(
        run("write --input one.txt three.txt --together --model plain.safetensors --no-proofread "
            "-o 't{page}.pdf'"),
        1);
    check_says("err", "--together makes one file");
}

static void documents_become_a_corpus_that_prepare_reads(void **state)
{
    (void)state;
    char path[200];
    write_file("one.txt", "first row\nsecond row of it");
    write_file("two.txt", "another\n@page\nits other page");
    assert_int_equal(run("write --input one.txt two.txt -o corpus --format iam --paper a4 "
                         "--model plain.safetensors --no-proofread"),
                     0);
    check_says("corpus/ascii/d0001/d0001-001/d0001-001.txt",
               "CSR:\n\nfirst row\nsecond row of it\n");
    check_says("corpus/trainset.txt", "d0001-001\nd0002-001\nd0002-002\n");
    assert_true(exists("corpus/testset_v.txt") && exists("corpus/testset_t.txt") &&
                exists("corpus/testset_f.txt"));
    assert_int_equal(run("prepare corpus --strict -o corpus.lhc"), 0);
    snprintf(path, sizeof path, "%s/corpus.lhc", folder);
    lh_error error;
    lh_corpus *corpus = lh_corpus_open(path, &error);
    if (!corpus)
        fail_msg("%s", error.message);
    assert_int_equal(lh_corpus_count(corpus), 4);
    lh_corpus_line line = lh_corpus_get(corpus, lh_corpus_find(corpus, "d0002-002-01"));
    assert_string_equal(line.text, "its other page");
    assert_int_equal(line.split, LH_SPLIT_TRAIN);
    /* The points are those of the file: cleaning found nothing to change. */
    snprintf(path, sizeof path, "%s/corpus/lineStrokes/d0002/d0002-002/d0002-002-01.xml", folder);
    lh_ink *ink = lh_iam_read(path, &error);
    assert_non_null(ink);
    assert_int_equal(ink->count, line.count);
    for (size_t i = 0; i < ink->count; i++)
        assert_true(ink->points[i].x == line.points[i].x && ink->points[i].y == line.points[i].y &&
                    ink->points[i].end == line.points[i].end);
    lh_ink_free(ink);
    lh_corpus_free(corpus);
    /* Written again with a shorter text, nothing is left of the longer. */
    write_file("one.txt", "only row");
    assert_int_equal(run("write --input one.txt two.txt -o corpus --format iam --paper a4 "
                         "--model plain.safetensors --no-proofread"),
                     0);
    assert_true(exists("corpus/lineStrokes/d0001/d0001-001/d0001-001-01.xml"));
    assert_false(exists("corpus/lineStrokes/d0001/d0001-001/d0001-001-02.xml"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_texts_are_many_files_and_those_that_fail_are_told),
        cmocka_unit_test(a_document_is_the_same_alone_and_in_a_batch),
        cmocka_unit_test(a_drawing_is_the_same_alone_and_in_a_batch),
        cmocka_unit_test(a_table_fills_a_template),
        cmocka_unit_test(an_interrupted_batch_goes_on),
        cmocka_unit_test(a_document_is_made_again_when_what_it_is_made_from_has_changed),
        cmocka_unit_test(all_texts_go_into_one_file_together),
        cmocka_unit_test(documents_become_a_corpus_that_prepare_reads),
    };
    return cmocka_run_group_tests(tests, make_models, remove_models);
}
