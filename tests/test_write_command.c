/* `longhand write` and `longhand sample`, run as people run them: one text becomes a file, and what
 * is wrong is told. */
#include "check.h"
#include "write_command_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void a_text_becomes_valid_svg_that_says_how_it_was_made(void **state)
{
    (void)state;
    char texts[500];
    assert_int_equal(run("write 'Bread & <Butter> \"now\"' -o a.svg --model plain.safetensors "
                         "--width 400 --seed 7"),
                     0);
    assert_true(read_svg("a.svg", texts, sizeof texts) >= 4);
    assert_string_equal(texts, "Bread & <Butter> \"now\"|");
    check_says("a.svg", "<title>Bread &amp; &lt;Butter&gt;");
    check_says("a.svg", "seed: 7");
    check_says("a.svg", "bias: 1\n");
    check_says("a.svg", "model: plain.safetensors");
    check_says("a.svg", "style: own");
    char *first = contents("a.svg");
    assert_int_equal(run("write -o a.svg --seed=7 --width 400 --model=plain.safetensors -- 'Bread "
                         "& <Butter> \"now\"'"),
                     0);
    char *second = contents("a.svg");
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void text_comes_from_files_and_pipes_and_goes_to_standard_output(void **state)
{
    (void)state;
    char texts[500];
    write_file("in.txt", "\xef\xbb\xbf"
                         "Dear all,\r\n\r\nwell met\n\n");
    assert_int_equal(run("write --input in.txt -o - --model plain.safetensors"), 0);
    read_svg("out", texts, sizeof texts);
    assert_string_equal(texts, "Dear all,|well met|");
    assert_int_equal(run("write - -o b.svg --model plain.safetensors <in.txt"), 0);
    read_svg("b.svg", texts, sizeof texts);
    assert_string_equal(texts, "Dear all,|well met|");
    assert_int_equal(run("write --input none.txt -o b.svg --model plain.safetensors"), 1);
    check_says("err", "none.txt");
}

static void a_text_that_names_a_file_is_written_and_told(void **state)
{
    (void)state;
    char texts[100];
    write_file("letter", "Dear all");
    assert_int_equal(run("write letter -o w.svg --model plain.safetensors"), 0);
    read_svg("w.svg", texts, sizeof texts);
    assert_string_equal(texts, "letter|");
    check_says("err", "writes the words 'letter'; --input letter writes what is in that file");
    assert_int_equal(run("write letters -o w.svg --model plain.safetensors"), 0);
    char *said = contents("err");
    assert_null(strstr(said, "--input"));
    free(said);
}

static void a_long_text_is_broken_by_the_width_that_it_takes(void **state)
{
    (void)state;
    char texts[2000];
    static const char text[] =
        "it was the best of times, it was the worst of times, it was the age "
        "of wisdom, it was the age of foolishness";
    char arguments[400];
    snprintf(arguments, sizeof arguments,
             "write '%s' -o c.svg --model plain.safetensors --width 100", text);
    assert_int_equal(run(arguments), 0);
    read_svg("c.svg", texts, sizeof texts);
    size_t lines = 0;
    for (char *c = texts; *c; c++)
        if (*c == '|') {
            *c = c[1] ? ' ' : '\0';
            lines++;
        }
    assert_in_range(lines, 3, 30);
    assert_string_equal(texts, text);
}

static void unknown_characters_are_named_and_nothing_is_left(void **state)
{
    (void)state;
    assert_int_equal(run("write 'five 5s' -o d.svg --model plain.safetensors"), 1);
    check_says("err", "longhand: row 1, column 6: cannot write '5'");
    check_says("err", "abcdefg");
    assert_false(exists("d.svg"));
}

static void wrong_usage_is_told(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "write",
        "write a",
        "write a b -o x.svg",
        "write a --input in.txt -o x.svg",
        "write a -o x.svg --bias -1",
        "write a -o x.svg --bias many",
        "write a -o x.svg --seed",
        "write a -o x.svg --colour red",
        "write a -o x.svg --style-text b",
        "write a -o x.svg --template in.txt",
        "write a -o x.svg --merge in.csv",
        "write a -o x.svg --paper a9",
        "write a -o x.svg --margin 1,2",
        "write a -o x.svg --margin 1,2,3,4,5",
        "write a -o x.svg --ink mud",
        "write a -o x.svg --format doc",
        "write a -o x.doc",
        "write a -o x.gcode --machine loom",
        "write a -o x.gcode --pen-up M3",
        "write a -o x.gcode --origin 5",
        "write a -o x.gcode --order random",
        "sample",
        "sample a -o x.svg",
        "sample -o x.svg --points 0",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int code = run(wrong[i]);
        if (code != 2)
            fail_msg("longhand %s exits with %d", wrong[i], code);
        check_says("err", "longhand ");
        assert_false(exists("x.svg"));
    }
    assert_int_equal(run("write --help"), 0);
    check_says("out", "--style");
    assert_int_equal(run("sample --help"), 0);
    check_says("out", "--points");
}

static void what_cannot_be_found_is_named(void **state)
{
    (void)state;
    assert_int_equal(run("write a -o x.svg --model none.safetensors"), 1);
    check_says("err", "none.safetensors");
    assert_int_equal(run("write a -o x.svg --model plain.safetensors --style nobody"), 1);
    check_says("err", "nobody");
    assert_int_equal(run("write a -o nowhere/x.svg --model plain.safetensors"), 1);
    check_says("err", "nowhere/x.svg");
    assert_int_equal(run("write a -o x.svg --model prediction.safetensors"), 1);
    check_says("err",
               "this network writes of its own accord, without a text; one that writes texts is");
    assert_int_equal(run("write ' ' -o x.svg --model plain.safetensors"), 1);
    check_says("err", "no text");
}

static void words_that_go_wrong_are_named_and_strict_fails(void **state)
{
    (void)state;
    assert_int_equal(run("write 'two words' -o e.svg --model wild.safetensors -v"), 0);
    check_says("err", "'two' did not come out well");
    check_says("err", "2 words, 2 written anew, 2 flawed");
    check_says("err", "50 tries given up: jump");
    assert_true(exists("e.svg"));
    assert_int_equal(run("write 'two words' -o e.svg --model wild.safetensors --strict"), 1);
    check_says("err", "2 of 2 words");
    assert_false(exists("e.svg"));
}

static void a_network_that_draws_nothing_is_an_error_and_writes_no_file(void **state)
{
    (void)state;
    assert_int_equal(run("write 'two words' -o n.svg --model hopeless.safetensors"), 1);
    check_says("err", "hopeless.safetensors: the network draws nothing");
    assert_false(exists("n.svg"));
}

/* Copies a model file of float32 weights, with `number` as the last of them. */
static void spoil_model(const char *from, const char *to, float number)
{
    char path[100];
    size_t size;
    lh_error error;
    snprintf(path, sizeof path, "%s/%s", folder, from);
    char *bytes = lh_file_read(path, 1 << 24, &size, &error);
    assert_non_null(bytes);
    memcpy(bytes + size - sizeof number, &number, sizeof number);
    snprintf(path, sizeof path, "%s/%s", folder, to);
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
    free(bytes);
}

static void a_model_of_absurd_weights_is_refused_by_every_command(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "write a -o a.svg --model absurd.safetensors",
        "sample -o a.svg --model absurd2.safetensors",
        "model absurd.safetensors",
        "model absurd2.safetensors",
        "styles -o a.svg --model absurd.safetensors",
    };
    static const float numbers[] = {1e10f, -7e4f, NAN, INFINITY};
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
        spoil_model("plain.safetensors", "absurd.safetensors", numbers[n]);
        spoil_model("prediction.safetensors", "absurd2.safetensors", numbers[n]);
        for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
            int code = run(commands[i]);
            if (code != 1)
                fail_msg("longhand %s exits with %d for a weight of %g", commands[i], code,
                         (double)numbers[n]);
            check_says("err", "weights go from -65504 to 65504");
            check_says("err", "absurd");
            assert_false(exists("a.svg"));
        }
    }
}

/* All letters of the network are the same; its dots are none. */
static void words_that_might_be_others_are_written_anew_and_counted(void **state)
{
    (void)state;
    assert_int_equal(run("write 'two words' -o p.svg --model plain.safetensors -v"), 0);
    check_says("err", "2 words, 2 written anew, 0 flawed, 2 that might be misread");
    check_says("err", "50 tries given up: misread");
    check_says("err", "row 1: 'two' may be misread");
    check_says("err", "row 1: 'words' may be misread");
    write_file("many.txt", "a\n\nb c d\ne f g h");
    assert_int_equal(run("write --input many.txt -o p.svg --model plain.safetensors"), 0);
    check_says("err", "row 3: 'b' may be misread");
    check_says("err", "3 more words that may be misread; -v tells all");
    assert_int_equal(run("write --input many.txt -o p.svg --model plain.safetensors -v"), 0);
    for (const char *c = "abcdefgh"; *c; c++) {
        char told[40];
        snprintf(told, sizeof told, "'%c' may be misread", *c);
        check_says("err", told);
    }
    assert_int_equal(run("write 'two words' -o strict.svg --model plain.safetensors --strict"), 1);
    check_says("err", "2 of 2 words went wrong or may be misread");
    assert_false(exists("strict.svg"));
    assert_int_equal(
        run("write 'two words' -o p.svg --model plain.safetensors --reader plain.safetensors"), 1);
    check_says("err", "plain.safetensors: this network writes texts; one that reads is needed");
    assert_int_equal(run("write 'two words' -o p.svg --model plain.safetensors --reader none"), 1);
    check_says("err", "none");
    assert_int_equal(
        run("write 'two words' -o p.svg --model plain.safetensors --reader x --no-proofread"), 2);
    check_says("err", "--reader");
    assert_int_equal(run("write 'two words' -o p.svg --model plain.safetensors --no-proofread -v"),
                     0);
    check_says("err", "2 words, 0 written anew, 0 flawed");
}

static void sample_draws_lines_of_no_text(void **state)
{
    (void)state;
    char texts[300];
    assert_int_equal(run("sample -o g.svg --model prediction.safetensors --lines 3 --points 200"),
                     0);
    assert_true(read_svg("g.svg", texts, sizeof texts) > 6);
    assert_string_equal(texts, "|||");
    assert_int_equal(run("sample -o g.svg --model plain.safetensors"), 1);
    check_says("err", "this network writes ");
    assert_int_equal(run("sample -o g.pdf --model prediction.safetensors"), 2);
    check_says("err", "g.pdf: what is drawn here is .svg or .png only");
    assert_int_equal(run("curve plain.safetensors -o g.png"), 2);
    check_says("err", ".svg only");
}

static void characters_written_otherwise_are_told_once(void **state)
{
    (void)state;
    write_file("signs.txt", "\u00e6 ae\n\u2116 No.\n\u2019 '\n");
    write_file("one.txt", "an \u00e6on\u2019s \u00e6");
    write_file("two.txt", "\u2116 an \u00e6on");
    assert_int_equal(
        run("write --input one.txt two.txt -o './{name}.svg' --signs signs.txt --jobs 1 "
            "--model plain.safetensors"),
        0);
    char *said = contents("err");
    char *first = strstr(said, "\u00e6 as ae"), *second = strstr(said, "\u2116 as No.");
    assert_true(first && second);
    assert_null(strstr(first + 1, "\u00e6 as ae"));
    assert_null(strstr(said, "\u2019"));
    free(said);
}

static void characters_left_out_are_counted(void **state)
{
    (void)state;
    assert_int_equal(run("write 'a 5 b 55' -o p.svg --skip-unknown --model plain.safetensors"), 0);
    check_says("err", "3 characters left out: 5");
    write_file("mine.txt", "5 five");
    assert_int_equal(run("write 'a 5 b' -o p.svg --signs mine.txt --model plain.safetensors"), 0);
    char texts[100];
    read_svg("p.svg", texts, sizeof texts);
    assert_string_equal(texts, "a five b|");
    write_file("open.txt", "a\nb @_c\n");
    assert_int_equal(
        run("write --input open.txt -o p.svg --skip-unknown --model plain.safetensors"), 0);
    check_says("err", "open: row 2: '@_' has no '_@' in its paragraph");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_becomes_valid_svg_that_says_how_it_was_made),
        cmocka_unit_test(text_comes_from_files_and_pipes_and_goes_to_standard_output),
        cmocka_unit_test(a_text_that_names_a_file_is_written_and_told),
        cmocka_unit_test(a_long_text_is_broken_by_the_width_that_it_takes),
        cmocka_unit_test(unknown_characters_are_named_and_nothing_is_left),
        cmocka_unit_test(wrong_usage_is_told),
        cmocka_unit_test(what_cannot_be_found_is_named),
        cmocka_unit_test(words_that_go_wrong_are_named_and_strict_fails),
        cmocka_unit_test(a_network_that_draws_nothing_is_an_error_and_writes_no_file),
        cmocka_unit_test(a_model_of_absurd_weights_is_refused_by_every_command),
        cmocka_unit_test(words_that_might_be_others_are_written_anew_and_counted),
        cmocka_unit_test(sample_draws_lines_of_no_text),
        cmocka_unit_test(characters_written_otherwise_are_told_once),
        cmocka_unit_test(characters_left_out_are_counted),
    };
    return cmocka_run_group_tests(tests, make_models, remove_models);
}
