/* `longhand write` and `longhand sample`, run as people run them. */
#include "check.h"
#include "write_model.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/longhand-write-XXXXXX";

static int make_models(void **state)
{
    (void)state;
    lh_error error;
    char path[100];
    if (!mkdtemp(folder))
        return -1;
    write_model_options hopeless = write_model_plain, wild = write_model_plain;
    hopeless.wild = 1;
    wild.wild = 0.5;
    lh_model *models[] = {write_model_new(&write_model_plain), write_model_new(&hopeless),
                          write_model_new(&wild), write_model_prediction()};
    static const char *const names[] = {"plain", "hopeless", "wild", "prediction"};
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s.safetensors", folder, names[i]);
        check_ok(lh_model_save(models[i], path, LH_PRECISION_FLOAT32, &error), &error);
        lh_model_free(models[i]);
    }
    return 0;
}

static int remove_models(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* Runs `longhand ARGUMENTS` in the folder; standard output and error go to files there. */
static int run(const char *arguments)
{
    char command[1200];
    snprintf(command, sizeof command, "cd %s && rm -f *.svg && '%s' %s >out 2>err", folder,
             getenv("LONGHAND_PROGRAM"), arguments);
    int result = system(command);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

static char *contents(const char *name)
{
    char path[100];
    size_t size;
    lh_error error;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *text = lh_file_read(path, 8 << 20, &size, &error);
    if (!text)
        fail_msg("%s", error.message);
    return text;
}

static bool exists(const char *name)
{
    char path[100];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return stat(path, &info) == 0;
}

static void check_says(const char *file, const char *words)
{
    char *text = contents(file);
    if (!strstr(text, words))
        fail_msg("%s does not say '%s' but: %s", file, words, text);
    free(text);
}

static void add_texts(xmlNode *node, char *all, size_t size, int *strokes)
{
    for (; node; node = node->next) {
        xmlChar *text = xmlGetProp(node, (const xmlChar *)"data-text");
        if (text)
            snprintf(all + strlen(all), size - strlen(all), "%s|", (const char *)text);
        xmlFree(text);
        *strokes += xmlStrcmp(node->name, (const xmlChar *)"path") == 0;
        add_texts(node->children, all, size, strokes);
    }
}

/* Parses the SVG, and joins the texts of its lines. Returns how many strokes there are. */
static int read_svg(const char *name, char *texts, size_t size)
{
    char *xml = contents(name);
    xmlDoc *document = xmlReadMemory(xml, (int)strlen(xml), name, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    int strokes = 0;
    texts[0] = '\0';
    add_texts(xmlDocGetRootElement(document), texts, size, &strokes);
    xmlFreeDoc(document);
    free(xml);
    return strokes;
}

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
    char path[100];
    snprintf(path, sizeof path, "%s/in.txt", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("\xef\xbb\xbf"
          "Dear all,\r\n\r\nwell met\n\n",
          file);
    fclose(file);
    assert_int_equal(run("write --input in.txt -o - --model plain.safetensors"), 0);
    read_svg("out", texts, sizeof texts);
    assert_string_equal(texts, "Dear all,|well met|");
    assert_int_equal(run("write - -o b.svg --model plain.safetensors <in.txt"), 0);
    read_svg("b.svg", texts, sizeof texts);
    assert_string_equal(texts, "Dear all,|well met|");
    assert_int_equal(run("write --input none.txt -o b.svg --model plain.safetensors"), 1);
    check_says("err", "none.txt");
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
        "write a -o x.svg --ink pink",
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
    check_says("err", "prediction network");
    assert_int_equal(run("write ' ' -o x.svg --model plain.safetensors"), 1);
    check_says("err", "no text");
}

static void words_that_go_wrong_are_named_and_strict_fails(void **state)
{
    (void)state;
    assert_int_equal(run("write 'two words' -o e.svg --model wild.safetensors -v"), 0);
    check_says("err", "'two' did not come out well");
    check_says("err", "2 words, 2 written anew, 2 flawed");
    check_says("err", "26 tries given up: jump");
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

/* All letters of the network are the same. */
static void words_that_might_be_others_are_written_anew_and_counted(void **state)
{
    (void)state;
    assert_int_equal(run("write 'two words' -o p.svg --model plain.safetensors -v"), 0);
    check_says("err", "2 words, 2 written anew, 0 flawed, 2 that might be misread");
    check_says("err", "26 tries given up: misread");
    assert_int_equal(run("write 'two words' -o p.svg --model plain.safetensors --no-proofread -v"),
                     0);
    check_says("err", "2 words, 0 written anew, 0 flawed");
    assert_int_equal(run("write '...' -o p.svg --model plain.safetensors -v"), 0);
    check_says("err", "1 words, 0 written anew, 0 flawed");
}

static void a_style_file_with_its_text_is_followed(void **state)
{
    (void)state;
    char path[100], texts[300];
    lh_error error;
    snprintf(path, sizeof path, "%s/hand.xml", folder);
    lh_ink *ink = write_model_ink(60);
    check_ok(lh_iam_write(ink, path, &error), &error);
    lh_ink_free(ink);
    assert_int_equal(run("write 'some words' -o f.svg --model plain.safetensors --style hand.xml "
                         "--style-text primer"),
                     0);
    read_svg("f.svg", texts, sizeof texts);
    assert_string_equal(texts, "some words|");
    check_says("f.svg", "style: hand.xml");
    check_says("f.svg", "style text: primer");
    assert_int_equal(run("write a -o f.svg --model plain.safetensors --style hand.xml"), 1);
    check_says("err", "hand.txt");
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
    check_says("err", "prediction network");
    assert_int_equal(run("sample -o g.pdf --model prediction.safetensors"), 2);
    check_says("err", "g.pdf: what is drawn here is .svg or .png only");
    assert_int_equal(run("curve plain.safetensors -o g.png"), 2);
    check_says("err", ".svg only");
}

static void write_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void check_begins(const char *name, const char *start)
{
    char *text = contents(name);
    if (strncmp(text, start, strlen(start)) != 0)
        fail_msg("%s begins with '%.20s' and not with '%s'", name, text, start);
    free(text);
}

static void the_format_goes_by_the_ending(void **state)
{
    (void)state;
    static const char *const begins[][2] = {{"h.pdf", "%PDF-"},         {"h.png", "\x89PNG"},
                                            {"h.gcode", "; a word"},    {"h.hpgl", "IN;"},
                                            {"h.jsonl", "{\"page\":1"}, {"h.xml", "<?xml"}};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        char arguments[200];
        snprintf(arguments, sizeof arguments, "write 'a word' -o %s --model plain.safetensors",
                 begins[i][0]);
        int code = run(arguments);
        if (code != 0)
            fail_msg("longhand %s exits with %d", arguments, code);
        check_begins(begins[i][0], begins[i][1]);
    }
    assert_int_equal(run("write 'a word' -o h --format pdf --model plain.safetensors"), 0);
    check_begins("h", "%PDF-");
    write_file("rows.txt", "two\nrows\n");
    assert_int_equal(run("write --input rows.txt -o i.xml --model plain.safetensors"), 1);
    check_says("err", "--format iam");
    assert_false(exists("i.xml"));
}

static void plotter_options_reach_the_file(void **state)
{
    (void)state;
    assert_int_equal(run("write 'a word' -o j.gcode --model plain.safetensors --machine marlin "
                         "--draw-feed 1234 --pen-up 'M280 P0 S90' --pen-down 'M280 P0 S10' "
                         "--order short --paper a5 --origin 10,20"),
                     0);
    check_says("j.gcode", " F1234");
    check_says("j.gcode", "M280 P0 S90");
    check_says("j.gcode", "M84");
    assert_int_equal(run("write 'a word' -o j.gcode --model plain.safetensors --inches"), 0);
    check_says("j.gcode", "G20");
}

static void pages_go_to_files_of_their_own_where_they_must(void **state)
{
    (void)state;
    write_file("pages.txt", "one\n@page\ntwo\n");
    assert_int_equal(run("write --input pages.txt -o k.png --paper a6 --model plain.safetensors"),
                     0);
    assert_true(exists("k-1.png") && exists("k-2.png") && !exists("k.png"));
    assert_int_equal(
        run("write --input pages.txt -o 'k{page}.svg' --paper a6 --model plain.safetensors"), 0);
    assert_true(exists("k1.svg") && exists("k2.svg"));
    assert_int_equal(run("write --input pages.txt -o k.svg --paper a6 --model plain.safetensors"),
                     0);
    char texts[100];
    read_svg("k.svg", texts, sizeof texts);
    assert_string_equal(texts, "one|two|");
}

static void many_texts_are_many_files_and_those_that_fail_are_told(void **state)
{
    (void)state;
    write_file("one.txt", "first");
    write_file("two.txt", "not 1");
    write_file("three.txt", "third");
    assert_int_equal(run("write --input one.txt two.txt three.txt none.txt -o many/ "
                         "--model plain.safetensors"),
                     1);
    check_says("err", "longhand: two: row 1, column 5");
    check_says("err", "none.txt");
    check_says("err", "2 of 4 documents failed");
    assert_true(exists("many/one.svg") && exists("many/three.svg") && !exists("many/two.svg"));
    check_says("many/longhand-batch.jsonl", "\"files\":[\"many/one.svg\"]");
    check_says("many/longhand-batch.jsonl", "\"error\":");
    assert_int_equal(run("write --input one.txt three.txt -o same.svg --model plain.safetensors"),
                     1);
    check_says("err", "{name}");
}

static void a_document_is_the_same_alone_and_in_a_batch(void **state)
{
    (void)state;
    write_file("one.txt", "first text\nof two rows");
    write_file("two.txt", "the other");
    assert_int_equal(run("write --input one.txt two.txt -o 'm{name}.svg' --jobs 2 "
                         "--model plain.safetensors"),
                     0);
    char *together = contents("mone.svg");
    assert_int_equal(run("write --input one.txt -o m.svg --jobs 1 --model plain.safetensors"), 0);
    char *alone = contents("m.svg");
    assert_string_equal(together, alone);
    free(alone);
    assert_int_equal(run("write --input one.txt two.txt -o 'm{number}.svg' --only one "
                         "--model plain.safetensors"),
                     0);
    assert_true(exists("m1.svg") && !exists("m2.svg"));
    alone = contents("m1.svg");
    assert_string_equal(together, alone);
    free(alone);
    free(together);
    assert_int_equal(run("write --input one.txt -o m.svg --only three --model plain.safetensors"),
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
                 "--model plain.safetensors",
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
                         "--model plain.safetensors"),
                     0);
    read_svg("n-Anna.svg", texts, sizeof texts);
    assert_string_equal(texts, "Dear Ann,|thank you for a book, a pen.|");
    assert_true(exists("n-Ben_Bob.svg") && exists("n-Anna-2.svg"));
    /* The folder is made, as that of `-o FOLDER/` is. */
    assert_int_equal(run("write --merge people.csv --template thanks.txt -o 'new/of/{name}.svg' "
                         "--model plain.safetensors"),
                     0);
    assert_true(exists("new/of/Anna.svg") && exists("new/of/longhand-batch.jsonl"));
    /* What a table has is text: no command, and each of its rows is one. */
    write_file("texts.csv", "name,text\nx,\"@page\nto  you\"\n");
    assert_int_equal(run("write --merge texts.csv -o 't-{name}.svg' --reflow "
                         "--skip-unknown --model plain.safetensors"),
                     0);
    read_svg("t-x.svg", texts, sizeof texts);
    assert_string_equal(texts, "page|to|you|"); /* this model has no @ */
    write_file("thanks.txt", "Dear {nme},");
    assert_int_equal(run("write --merge people.csv --template thanks.txt -o 'n-{name}.svg' "
                         "--model plain.safetensors"),
                     1);
    check_says("err", "the template, row 1, column 6: '{nme}'");
    assert_int_equal(run("write --merge people.csv -o 'n-{name}.svg' --model plain.safetensors"),
                     1);
    check_says("err", "no column 'text'");
}

static void an_interrupted_batch_goes_on(void **state)
{
    (void)state;
    static const char command[] =
        "write --input one.txt two.txt -o 'o-{name}.pdf' --resume --model plain.safetensors";
    write_file("one.txt", "first");
    write_file("two.txt", "second");
    assert_int_equal(run("write --input one.txt -o 'o-{name}.pdf' --model plain.safetensors"), 0);
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

static void save_hand(const char *name, size_t points)
{
    char path[100];
    lh_error error;
    lh_ink *ink = write_model_ink(points);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    check_ok(lh_iam_write(ink, path, &error), &error);
    lh_ink_free(ink);
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

/* Sets an environment variable to `value`, or takes it out. */
static void set_variable(const char *name, const char *value)
{
    assert_int_equal(value ? setenv(name, value, 1) : unsetenv(name), 0);
}

static char *copy_of_variable(const char *name)
{
    return getenv(name) ? strdup(getenv(name)) : NULL;
}

/* The bytes that `longhand write` gives where learnt hands are kept in `cache`. */
static char *written_with(const char *cache, const char *home)
{
    char *own_cache = copy_of_variable("XDG_CACHE_HOME"), *own_home = copy_of_variable("HOME");
    set_variable("XDG_CACHE_HOME", cache);
    set_variable("HOME", home);
    assert_int_equal(run("write --input styles.txt -o k.svg --model plain.safetensors "
                         "--style first.xml --bias 0.3"),
                     0);
    set_variable("XDG_CACHE_HOME", own_cache);
    set_variable("HOME", own_home);
    free(own_cache);
    free(own_home);
    char *said = contents("err");
    assert_string_equal(said, "");
    free(said);
    return contents("k.svg");
}

static void ink_is_the_same_wherever_hands_are_kept(void **state)
{
    (void)state;
    char cache[100];
    write_file("styles.txt", "one\n@style second.xml\ntwo\n@style\nthree");
    write_file("first.txt", "primer");
    write_file("second.txt", "primer");
    save_hand("first.xml", 60);
    save_hand("second.xml", 70);
    snprintf(cache, sizeof cache, "%s/cache", folder);
    char *without = written_with(NULL, NULL);
    const char *const places[][2] = {{cache, NULL},  {cache, NULL},         {NULL, folder},
                                     {NULL, folder}, {"/dev/null", folder}, {NULL, "/dev/null"}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *with = written_with(places[i][0], places[i][1]);
        if (strcmp(with, without) != 0)
            fail_msg("other ink with hands in %s", places[i][0] ? places[i][0] : places[i][1]);
        free(with);
    }
    free(without);
    assert_true(exists("cache/longhand/hands"));
    assert_true(exists(".cache/longhand/hands"));
}

static void processes_keep_one_hand_at_once(void **state)
{
    (void)state;
    char command[1200];
    write_file("first.txt", "primer");
    save_hand("first.xml", 60);
    snprintf(command, sizeof command,
             "cd %s && for i in 1 2 3 4 5 6 7 8; do XDG_CACHE_HOME=%s/shared '%s' write some "
             "--model plain.safetensors --style first.xml -o together$i.jsonl & done; wait; "
             "for i in 1 2 3 4 5 6 7; do cmp together$i.jsonl together8.jsonl || exit; done; "
             "[ \"$(ls %s/shared/longhand/hands | wc -l)\" -eq 1 ]",
             folder, folder, getenv("LONGHAND_PROGRAM"), folder);
    assert_int_equal(system(command), 0);
}

static void all_texts_go_into_one_file_together(void **state)
{
    (void)state;
    char texts[300];
    write_file("one.txt", "first\n@page\nits end");
    write_file("two.txt", "not 1");
    write_file("three.txt", "third");
    assert_int_equal(run("write --input one.txt three.txt -o t.svg --together --paper a6 "
                         "--model plain.safetensors"),
                     0);
    read_svg("t.svg", texts, sizeof texts);
    assert_string_equal(texts, "first|its end|third|");
    assert_int_equal(run("write --input one.txt two.txt three.txt -o t.pdf --together --paper a6 "
                         "--model plain.safetensors"),
                     1);
    check_says("err", "1 of 3 documents failed");
    check_begins("t.pdf", "%PDF-");
    /* The ink is that of a file for each. */
    assert_int_equal(run("write --input one.txt three.txt -o 't-{name}.svg' --paper a6 "
                         "--model plain.safetensors"),
                     0);
    char *each = contents("t-three.svg");
    assert_int_equal(run("write --input one.txt three.txt -o t.svg --together --paper a6 "
                         "--model plain.safetensors"),
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
                 "write --input one.txt three.txt --together --model plain.safetensors -o %s",
                 refused[i]);
        int code = run(arguments);
        if (code != 2)
            fail_msg("longhand %s exits with %d", arguments, code);
    }
    assert_int_equal(run("write --input one.txt three.txt --together --model plain.safetensors "
                         "-o 't{page}.pdf'"),
                     1);
    check_says("err", "--together makes one file");
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
}

static void documents_become_a_corpus_that_prepare_reads(void **state)
{
    (void)state;
    char path[200];
    write_file("one.txt", "first row\nsecond row of it");
    write_file("two.txt", "another\n@page\nits other page");
    assert_int_equal(run("write --input one.txt two.txt -o corpus --format iam --paper a4 "
                         "--model plain.safetensors"),
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
                         "--model plain.safetensors"),
                     0);
    assert_true(exists("corpus/lineStrokes/d0001/d0001-001/d0001-001-01.xml"));
    assert_false(exists("corpus/lineStrokes/d0001/d0001-001/d0001-001-02.xml"));
}

static void corpus_files_are_valid_by_the_schema(void **state)
{
    (void)state;
    char command[600];
    const char *source = getenv("LONGHAND_SOURCE");
    if (!source || system("command -v xmllint >/dev/null") != 0)
        skip();
    assert_int_equal(run("write 'a few words' -o q.xml --model plain.safetensors"), 0);
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
                         "--model plain.safetensors"),
                     0);
    check_says("r.svg", "<image");
    check_says("r.jsonl", "\"mixture\":[[");
    assert_int_equal(run("sample -o r.png --draw density --trace r.jsonl --points 100 "
                         "--model prediction.safetensors"),
                     0);
    check_begins("r.png", "\x89PNG");
    check_says("r.jsonl", "\"mixture\":[[");
    assert_int_equal(run("write 'a word' -o x.pdf --draw speed --model plain.safetensors"), 2);
    assert_int_equal(run("sample -o x.svg --draw attention --model prediction.safetensors"), 2);
    /* The number of a page is drawn as its lines are. */
    assert_int_equal(run("write 'one two' -o x.svg --paper a6 --page-numbers --draw end "
                         "--model plain.safetensors"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_becomes_valid_svg_that_says_how_it_was_made),
        cmocka_unit_test(text_comes_from_files_and_pipes_and_goes_to_standard_output),
        cmocka_unit_test(a_long_text_is_broken_by_the_width_that_it_takes),
        cmocka_unit_test(unknown_characters_are_named_and_nothing_is_left),
        cmocka_unit_test(wrong_usage_is_told),
        cmocka_unit_test(what_cannot_be_found_is_named),
        cmocka_unit_test(words_that_go_wrong_are_named_and_strict_fails),
        cmocka_unit_test(a_network_that_draws_nothing_is_an_error_and_writes_no_file),
        cmocka_unit_test(a_model_of_absurd_weights_is_refused_by_every_command),
        cmocka_unit_test(words_that_might_be_others_are_written_anew_and_counted),
        cmocka_unit_test(a_style_file_with_its_text_is_followed),
        cmocka_unit_test(sample_draws_lines_of_no_text),
        cmocka_unit_test(the_format_goes_by_the_ending),
        cmocka_unit_test(plotter_options_reach_the_file),
        cmocka_unit_test(pages_go_to_files_of_their_own_where_they_must),
        cmocka_unit_test(many_texts_are_many_files_and_those_that_fail_are_told),
        cmocka_unit_test(a_document_is_the_same_alone_and_in_a_batch),
        cmocka_unit_test(a_drawing_is_the_same_alone_and_in_a_batch),
        cmocka_unit_test(a_table_fills_a_template),
        cmocka_unit_test(an_interrupted_batch_goes_on),
        cmocka_unit_test(a_document_is_made_again_when_what_it_is_made_from_has_changed),
        cmocka_unit_test(ink_is_the_same_wherever_hands_are_kept),
        cmocka_unit_test(processes_keep_one_hand_at_once),
        cmocka_unit_test(all_texts_go_into_one_file_together),
        cmocka_unit_test(characters_left_out_are_counted),
        cmocka_unit_test(documents_become_a_corpus_that_prepare_reads),
        cmocka_unit_test(corpus_files_are_valid_by_the_schema),
        cmocka_unit_test(looks_and_traces_are_written),
    };
    return cmocka_run_group_tests(tests, make_models, remove_models);
}
