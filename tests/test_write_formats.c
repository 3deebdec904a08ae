/* What `longhand write` and `longhand sample` make: formats, looks, options of plotters, and the
 * files that pages go to. */
#include "check.h"
#include "write_command_run.h"

#include <stdlib.h>
#include <string.h>

static void the_format_goes_by_the_ending(void **state)
{
    (void)state;
    static const char *const begins[][2] = {{"h.pdf", "%PDF-"},         {"h.png", "\x89PNG"},
                                            {"h.gcode", "; a word"},    {"h.hpgl", "IN;"},
                                            {"h.jsonl", "{\"page\":1"}, {"h.xml", "<?xml"}};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        char arguments[200];
        snprintf(arguments, sizeof arguments, "write 'a word' -o %s --model plain.safetensors --no-proofread",
                 begins[i][0]);
        int code = run(arguments);
        if (code != 0)
            fail_msg("longhand %s exits with %d", arguments, code);
        check_begins(begins[i][0], begins[i][1]);
    }
    assert_int_equal(run("write 'a word' -o h --format pdf --model plain.safetensors --no-proofread"), 0);
    check_begins("h", "%PDF-");
    write_file("rows.txt", "two\nrows\n");
    assert_int_equal(run("write --input rows.txt -o i.xml --model plain.safetensors --no-proofread"), 1);
    check_says("err", "--format iam");
    assert_false(exists("i.xml"));
}

static void plotter_options_reach_the_file(void **state)
{
    (void)state;
    assert_int_equal(run("write 'a word' -o j.gcode --model plain.safetensors --no-proofread --machine marlin "
                         "--draw-feed 1234 --pen-up 'M280 P0 S90' --pen-down 'M280 P0 S10' "
                         "--order short --paper a5 --origin 10,20"),
                     0);
    check_says("j.gcode", " F1234");
    check_says("j.gcode", "M280 P0 S90");
    check_says("j.gcode", "M84");
    assert_int_equal(run("write 'a word' -o j.gcode --model plain.safetensors --no-proofread --inches"), 0);
    check_says("j.gcode", "G20");
}

/* The head of a file tells how to make it again; in comments of G-code in ASCII. */
static void the_head_tells_how_it_was_made(void **state)
{
    (void)state;
    write_file("Zo\xc3\xab \xe2\x80\x9cx\xe2\x80\x9d \xe7\x8c\xab.txt", "a word\n");
    assert_int_equal(run("write --input Zo*.txt -o z.gcode --model plain.safetensors --no-proofread --paper a5 "
                         "--rotate 90 --columns 2 --gap 7 --align justify --margin 10 --pen-up M5 --pen-down M3"),
                     0);
    check_says("z.gcode", "; document: Zoe \"x\" _\n");
    check_says("z.gcode", "; paper: 148x210\n; margin: 10,10,10,10\n; pitch: 8\n; columns: 2\n; gap: 7\n");
    check_says("z.gcode", "; align: justify\n");
    check_says("z.gcode", "; rotate: 90\n");
    check_says("z.gcode", "; pen up: M5\n");
    char *gcode = contents("z.gcode");
    assert_null(strstr(gcode, "; width"));
    free(gcode);
    assert_int_equal(run("write --input Zo*.txt -o z.svg --model plain.safetensors --no-proofread --width 90 "
                         "--ruling ruled --paper-colour none"),
                     0);
    check_says("z.svg", "document: Zo\xc3\xab \xe2\x80\x9cx");
    check_says("z.svg", "\nwidth: 90\nmargin: 5,5,5,5\npitch: 8\n");
    check_says("z.svg", "\nruling: ruled\n");
}

static void pages_go_to_files_of_their_own_where_they_must(void **state)
{
    (void)state;
    write_file("pages.txt", "one\n@page\ntwo\n");
    assert_int_equal(run("write --input pages.txt -o k.png --paper a6 --model plain.safetensors --no-proofread"),
                     0);
    assert_true(exists("k-1.png") && exists("k-2.png") && !exists("k.png"));
    assert_int_equal(
        run("write --input pages.txt -o 'k{page}.svg' --paper a6 --model plain.safetensors --no-proofread"), 0);
    assert_true(exists("k1.svg") && exists("k2.svg"));
    assert_int_equal(run("write --input pages.txt -o k.svg --paper a6 --model plain.safetensors --no-proofread"),
                     0);
    char texts[100];
    read_svg("k.svg", texts, sizeof texts);
    assert_string_equal(texts, "one|two|");
}

static void corpus_files_are_valid_by_the_schema(void **state)
{
    (void)state;
    char command[600];
    const char *source = getenv("LONGHAND_SOURCE");
    if (!source || system("command -v xmllint >/dev/null") != 0)
        skip();
    assert_int_equal(run("write 'a few words' -o q.xml --model plain.safetensors --no-proofread"), 0);
    snprintf(command, sizeof command,
             "xmllint --noout --relaxng '%s/assets/iam-ondb-line.rng' %s/q.xml "
             "'%s'/data/lineStrokes/s01/s01-000/*.xml 2>/dev/null",
             source, folder, source);
    assert_int_equal(system(command), 0);
    write_file("q.xml", "<WhiteboardCaptureSession><StrokeSet><Stroke colour='black' "
                        "start_time='0' end_time='1'><Point x='1' y='no' time='0'/></Stroke>"
                        "</StrokeSet></WhiteboardCaptureSession>");
    assert_int_not_equal(system(command), 0);
}

static void looks_and_traces_are_written(void **state)
{
    (void)state;
    assert_int_equal(run("write 'a word' -o r.svg --draw attention --trace r.jsonl "
                         "--model plain.safetensors --no-proofread"),
                     0);
    check_says("r.svg", "<image");
    check_says("r.jsonl", "\"mixture\":[[");
    assert_int_equal(run("sample -o r.png --draw density --trace r.jsonl --points 100 "
                         "--model prediction.safetensors"),
                     0);
    check_begins("r.png", "\x89PNG");
    check_says("r.jsonl", "\"mixture\":[[");
    assert_int_equal(run("write 'a word' -o x.pdf --draw speed --model plain.safetensors --no-proofread"), 2);
    assert_int_equal(run("sample -o x.svg --draw attention --model prediction.safetensors"), 2);
    /* The number of a page is drawn as its lines are. */
    assert_int_equal(run("write 'one two' -o x.svg --paper a6 --page-numbers --draw end "
                         "--model plain.safetensors --no-proofread"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_format_goes_by_the_ending),
        cmocka_unit_test(plotter_options_reach_the_file),
        cmocka_unit_test(the_head_tells_how_it_was_made),
        cmocka_unit_test(pages_go_to_files_of_their_own_where_they_must),
        cmocka_unit_test(corpus_files_are_valid_by_the_schema),
        cmocka_unit_test(looks_and_traces_are_written),
    };
    return cmocka_run_group_tests(tests, make_models, remove_models);
}
