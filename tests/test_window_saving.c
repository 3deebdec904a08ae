/* What longhand-window saves: pictures that others can read, whole or not at all, and never in the
 * place of what it reads. Played by scripts. */
#include "check.h"
#include "window_run.h"

#include <errno.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void check_svg(const char *name, bool moves)
{
    char *text = contents(name);
    xmlDocPtr document = xmlReadMemory(text, (int)strlen(text), name, NULL, XML_PARSE_NONET);
    if (!document)
        fail_msg("%s is no XML", name);
    assert_non_null(strstr(text, "data-text=\"save"));
    assert_non_null(strstr(text, "<path"));
    assert_int_equal(strstr(text, "animation") != NULL, moves);
    xmlFreeDoc(document);
    free(text);
}

static void exports_are_valid(void **state)
{
    (void)state;
    play(SMALL "--out out --text 'save this'",
         "3 key ctrl+s\n3.1 state\n3.1 key shift+ctrl+s\n3.2 key ctrl+d\n3.3 key ctrl+m\n"
         "3.4 key shift+ctrl+c\n3.5 key ctrl+a\n3.5 key ctrl+v\n3.6 state\n3.6 close\n");
    assert_non_null(strstr(held(0, "message"), "out/longhand-1.svg"));
    check_svg("out/longhand-1.svg", false);
    check_svg("out/longhand-2.svg", true);
    cairo_surface_t *png = picture("out/longhand-1");
    assert_in_range(cairo_image_surface_get_width(png), 500, 2000);
    cairo_surface_destroy(png);
    size_t size;
    char *pdf = lh_file_read(in_folder("out/longhand-1.pdf"), 8 << 20, &size, &error);
    assert_non_null(pdf);
    assert_memory_equal(pdf, "%PDF", 4);
    assert_memory_equal(pdf + size - 6, "%%EOF\n", 6);
    free(pdf);
    char *said = contents("said");
    assert_non_null(strstr(said, "<svg")); /* pasted from the clipboard */
    free(said);
}

/* How many colours strokes of an SVG have of their own. */
static int stroke_colours(const char *name)
{
    char *text = contents(name), seen[300][8];
    int colours = 0;
    for (const char *at = text; (at = strstr(at, "<path stroke=\"")) && colours < 300; at++) {
        int i = 0;
        snprintf(seen[colours], sizeof seen[0], "%.7s", at + 14);
        while (strcmp(seen[i], seen[colours]) != 0)
            i++;
        colours += i == colours;
    }
    free(text);
    return colours;
}

/* Pixels of a saved picture that are about black: no cell's colour is. */
static int black(const char *name)
{
    cairo_surface_t *s = picture(name);
    int count = 0;
    for (int y = 0; y < cairo_image_surface_get_height(s); y++)
        for (int x = 0; x < cairo_image_surface_get_width(s); x++) {
            uint32_t p = pixel(s, x, y);
            count += (p >> 16) < 80 && (p >> 8 & 255) < 80 && (p & 255) < 80;
        }
    cairo_surface_destroy(s);
    return count;
}

static void the_colours_of_a_cell_are_exported(void **state)
{
    (void)state;
    play(PLAIN "--out cell --text 'save this'",
         "0 key alt+c\n0 key alt+c\n0 key alt+c\n0 key alt+c\n0 key alt+c\n" /* black */
         "4 key ctrl+p\n4 key ctrl+s\n4 key shift+ctrl+s\n4.1 key ctrl+3\n4.2 click 900 520\n"
         "4.3 state\n4.3 key ctrl+s\n4.3 key shift+ctrl+s\n4.3 key ctrl+d\n4.4 key ctrl+m\n"
         "4.4 state\n4.5 close\n");
    assert_string_equal(held(0, "colour"), "black");
    assert_true(number(0, "cell") >= 0);
    assert_int_equal(stroke_colours("cell/longhand-1.svg"), 0);
    /* The cells of the small model hardly change: one colour, which is not the black before. */
    assert_true(stroke_colours("cell/longhand-2.svg") >= 1);
    assert_true(stroke_colours("cell/longhand-3.svg") >= 1);
    check_svg("cell/longhand-2.svg", false);
    check_svg("cell/longhand-3.svg", true);
    assert_true(black("cell/longhand-1") > 100);
    assert_int_equal(black("cell/longhand-2"), 0);
}

static void drawn_ink_and_its_ways_are_exported(void **state)
{
    (void)state;
    char script[4000] = "0 key f3\n0.1 key ctrl+s\n0.2 state\n";
    draw_rows(script, 1, 100);
    strcat(script, "1.5 type save my hand\n3 key ctrl+s\n3 key shift+ctrl+s\n3 key ctrl+d\n"
                   "3.1 key ctrl+m\n3.2 state\n3.3 close\n");
    play(PLAIN "--out drawn", script);
    assert_non_null(strstr(held(0, "message"), "Nothing is written yet"));
    assert_non_null(strstr(held(1, "message"), "drawn/longhand-2.svg"));
    check_svg("drawn/longhand-1.svg", false);
    check_svg("drawn/longhand-2.svg", true);
    assert_int_equal(stroke_colours("drawn/longhand-1.svg"), 5); /* the ink's, and four ways' */
    cairo_surface_t *png = picture("drawn/longhand-1");
    int dark = 0; /* where it was drawn: 192 pixels an inch are two for each of the window's */
    for (int y = 280; y < 360; y++)
        for (int x = 190; x < 710; x++)
            dark += (pixel(png, x, y) >> 8 & 255) < 80;
    cairo_surface_destroy(png);
    assert_true(dark > 1000);
}

static void the_folder_to_save_to_is_made(void **state)
{
    (void)state;
    play(SMALL "--out made/here --text 'save this'", "3 key ctrl+s\n3.1 state\n3.1 close\n");
    assert_non_null(strstr(held(0, "message"), "made/here/longhand-1.svg"));
    check_svg("made/here/longhand-1.svg", false);
}

/* A row of a script that opens the form, types a name and presses Right until the format is the
 * `nth` of those behind SVG, then saves. */
static void add_saving(char *script, double time, const char *name, int nth)
{
    char row[80];
    snprintf(row, sizeof row, "%.2f key ctrl+e\n%.2f type %s\n%.2f key Tab\n", time, time, name,
             time);
    strcat(script, row);
    for (int i = 0; i < nth; i++) {
        snprintf(row, sizeof row, "%.2f key Right\n", time);
        strcat(script, row);
    }
    snprintf(row, sizeof row, "%.2f key Return\n%.2f state\n", time, time + 0.05);
    strcat(script, row);
}

static void every_format_can_be_chosen(void **state)
{
    (void)state;
    char script[8000] = "", name[20];
    int count = 0;
    /* Each begins from the format that was chosen last. */
    for (; lh_format_at((size_t)count); count++) {
        snprintf(name, sizeof name, "as%d", count);
        add_saving(script, 6 + 0.1 * count, name, count > 0);
    }
    add_saving(script, 8, "moves", 1);
    strcat(script, "9 close\n");
    assert_in_range(count, 8, 15);
    play(SMALL "--out formats --text save", script); /* one row, as one of them wants */
    for (int i = 0; i < count; i++) {
        const lh_format *format = lh_format_at((size_t)i);
        char path[60];
        snprintf(path, sizeof path, "formats/as%d%s%s", i, format->folder ? "/" : ".",
                 format->folder ? format->folder->files[0] : format->name);
        size_t size;
        char *bytes = lh_file_read(in_folder(path), 8 << 20, &size, &error);
        if (!bytes)
            fail_msg("%s: %s, and the window said: %s", format->name, error.message,
                     held(i, "message"));
        free(bytes);
        assert_non_null(strstr(held(i, "message"), "formats/as"));
    }
    check_svg("formats/as0.svg", false);
    check_svg("formats/moves.svg", true);
    char *gcode = contents("formats/as3.gcode");
    assert_non_null(strstr(gcode, "G1 X"));
    free(gcode);
}

static void a_file_is_replaced_when_asked_twice(void **state)
{
    (void)state;
    char script[2000] = "";
    add_saving(script, 6, "twice", 0);
    add_saving(script, 7, "twice", 0);
    strcat(script, "8 key Return\n8.1 state\n8.2 close\n");
    mkdir(in_folder("twice"), 0777);
    write_file("twice/twice.svg", "mine");
    play(SMALL "--out twice --text 'save this'", script);
    assert_string_equal(held(0, "form"), "Save as");
    assert_non_null(strstr(held(0, "form_note"), "once more"));
    assert_string_equal(held(2, "form"), ""); /* the first key of the second row did it */
    assert_non_null(strstr(held(2, "message"), "Saved as"));
    check_svg("twice/twice.svg", false);
}

static void what_is_half_written_is_saved_so_far(void **state)
{
    (void)state;
    play(SMALL "--out half --text 'save this and a great many more words'",
         "1.5 key ctrl+p\n1.6 key ctrl+s\n1.7 state\n1.8 key alt+Right\n1.8 key alt+Right\n"
         "1.8 key alt+Right\n1.8 key alt+Right\n1.8 key alt+Right\n1.8 key ctrl+p\n4 key ctrl+s\n"
         "4.1 state\n4.2 close\n");
    assert_non_null(strstr(held(0, "message"), "so far ("));
    assert_non_null(strstr(held(0, "message"), "of 8 words)"));
    assert_null(strstr(held(1, "message"), "so far"));
    char *half = contents("half/longhand-1.svg"), *whole = contents("half/longhand-2.svg");
    assert_null(strstr(half, "words"));
    assert_non_null(strstr(whole, "words"));
    assert_true(strlen(half) < strlen(whole) / 2);
    free(half);
    free(whole);
}

static void the_choice_is_remembered(void **state)
{
    (void)state;
    char script[2000] = "";
    add_saving(script, 6, "mine", 3);
    strcat(script, "7 close\n");
    play(SMALL "--out chosen --settings chosen.set --text 'save this'", script);
    play(SMALL "--settings chosen.set --text 'save this'",
         "6 key ctrl+e\n6.1 state\n6.1 key Escape\n6.2 state\n6.2 close\n");
    assert_string_equal(held(0, "form"), "Save as");
    assert_string_equal(held(0, "form_chosen"), "gcode");
    char *said = contents("said");
    assert_non_null(strstr(said, "form_text chosen\nform_text mine\n"));
    free(said);
    assert_string_equal(held(1, "form"), "");
    play(SMALL "--out none-such --text 'save this'",
         "6 key ctrl+e\n6 key ctrl+a\n6 key Delete\n6.1 key Return\n6.2 state\n6.3 close\n");
    assert_non_null(strstr(held(0, "form_note"), "A name is needed"));
}

static void the_folder_is_shown_by_another_program(void **state)
{
    (void)state;
    char path[4096], *before = strdup(getenv("PATH"));
    mkdir(in_folder("a b"), 0777);
    mkdir(in_folder("bin"), 0777);
    write_file("bin/xdg-open", "#!/bin/sh\necho \"$1\" >shown\n");
    assert_int_equal(chmod(in_folder("bin/xdg-open"), 0755), 0);
    snprintf(path, sizeof path, "%s:%s", in_folder("bin"), before);
    setenv("PATH", path, 1);
    play(SMALL "--out 'a b'", "0 key ctrl+o\n0.1 state\n0.1 close\n");
    setenv("PATH", before, 1);
    free(before);
    assert_non_null(strstr(held(0, "message"), "/a b"));
    for (int i = 0; i < 300 && access(in_folder("shown"), R_OK) != 0; i++)
        usleep(10000);
    usleep(50000);
    char *shown = contents("shown");
    assert_memory_equal(shown, "file:///", 8);
    assert_non_null(strstr(shown, "/a%20b\n"));
    free(shown);
    play(SMALL "--out not/there", "0 key ctrl+o\n0.1 state\n0.1 close\n");
    assert_non_null(strstr(held(0, "message"), "not/there: No such file"));
}

static void settings_take_the_place_of_nothing_that_is_read(void **state)
{
    (void)state;
    size_t size, after;
    char *model = lh_file_read(in_folder("plain.safetensors"), 64 << 20, &size, &error);
    assert_non_null(model);
    assert_int_equal(link(in_folder("plain.safetensors"), in_folder("linked")), 0);
    static const char *const settings[] = {"plain.safetensors", "linked", "./script", "none/s"};
    for (int i = 0; i < 4; i++) {
        char options[200];
        snprintf(options, sizeof options, PLAIN "--settings %s", settings[i]);
        assert_int_equal(run(options, "0.1 close\n"), 1);
        char *said = contents("err");
        if (!strstr(said, i < 3 ? "which is read" : "cannot create"))
            fail_msg("of settings in %s: %s", settings[i], said);
        free(said);
    }
    char *kept = lh_file_read(in_folder("plain.safetensors"), 64 << 20, &after, &error);
    assert_non_null(kept);
    assert_int_equal(after, size);
    assert_memory_equal(model, kept, size);
    free(model);
    free(kept);
}

static void a_failed_export_says_so(void **state)
{
    (void)state;
    play(SMALL "--out /proc --text 'save this'",
         "0 key ctrl+s\n0.1 state\n3 key ctrl+s\n3.1 state\n3.1 close\n");
    assert_non_null(strstr(held(1, "message"), "/proc/longhand-1.svg"));
}

/* Plays a script where no file can grow beyond so many blocks of 512 bytes, as on a full disk.
 * Pipes know no such limit: "said" gets what is printed, and what is said on standard error. */
static void play_without_room(int blocks, const char *options, const char *script)
{
    char command[2000];
    write_file("script", script);
    snprintf(
        command, sizeof command,
        "cd %s && (trap '' XFSZ; ulimit -f %d; '%s' --script script %s; echo \"exit $?\") 2>&1 "
        "| cat >said",
        folder, blocks, getenv("LONGHAND_WINDOW"), options);
    assert_int_equal(system(command), 0);
}

static void assert_no_room(int state, const char *path)
{
    const char *message = held(state, "message");
    if (!strstr(message, path) || !strstr(message, strerror(EFBIG)))
        fail_msg("'%s' does not say that there is no room for %s", message, path);
}

static void exports_without_room_leave_nothing_and_say_so(void **state)
{
    (void)state;
    char script[4000];
    for (int blocks = 0; blocks < 2; blocks++) { /* none is written, or a half */
        mkdir(in_folder("full"), 0777);
        play_without_room(blocks,
                          SMALL
                          "--out full --text 'save this, and so many words that a PDF of them is "
                          "more than a buffer full, and its writer is stopped half-way'",
                          "3 key ctrl+s\n3.1 state\n3.1 key shift+ctrl+s\n3.2 state\n"
                          "3.2 key ctrl+d\n3.3 state\n3.3 key ctrl+m\n3.4 state\n"
                          "3.5 type  and more \n9 state\n9 close\n");
        assert_no_room(0, "full/longhand-1.svg");
        assert_no_room(1, "full/longhand-1.png");
        assert_no_room(2, "full/longhand-1.pdf");
        assert_no_room(3, "full/longhand-1.svg");
        assert_true(number(4, "shown") > number(3, "shown") + 10); /* it goes on */
        assert_int_equal(rmdir(in_folder("full")), 0);             /* empty */
    }
    setenv("XDG_DATA_HOME", in_folder("full"), 1);
    snprintf(script, sizeof script, "0 key f3\n");
    draw_rows(script, 1, 100);
    strcat(script, "2.5 type my hand\n3 key ctrl+k\n4 state\n4.1 close\n");
    play_without_room(1, PLAIN, script);
    setenv("XDG_DATA_HOME", in_folder("data"), 1);
    assert_no_room(0, "own-0001");
    assert_string_equal(held(0, "mode"), "Draw"); /* the ink is still there */
    assert_true(number(0, "drawn") > 40);
    assert_int_equal(rmdir(in_folder("full/longhand/styles")), 0);
}

static void settings_without_room_stay_as_they_were(void **state)
{
    (void)state;
    write_file("kept", "colour 2\n");
    play_without_room(0, PLAIN "--settings kept", "0 key alt+c\n0.1 close\n");
    char *said = contents("said"), *text = contents("kept");
    assert_non_null(strstr(said, "longhand-window: "));
    assert_non_null(strstr(said, "kept"));
    assert_non_null(strstr(said, strerror(EFBIG)));
    assert_non_null(strstr(said, "exit 1"));
    assert_string_equal(text, "colour 2\n");
    free(said);
    free(text);
}

/* As in a window of Wayland's own: SDL gives that clipboard texts alone. */
static void where_no_picture_can_be_copied_its_text_is(void **state)
{
    (void)state;
    assert_int_equal(setenv("SDL_VIDEODRIVER", "offscreen", 1), 0);
    play(PLAIN "--text words", "0 key alt+right\n3 key ctrl+shift+c\n3.1 state\n3.2 key ctrl+a\n"
                               "3.2 key ctrl+v\n3.3 state\n3.4 close\n");
    assert_int_equal(unsetenv("SDL_VIDEODRIVER"), 0);
    assert_non_null(strstr(held(0, "message"), "as SVG in letters"));
    assert_non_null(strstr(held(0, "message"), "PNG instead"));
    assert_non_null(strstr(held(1, "text"), "<svg"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exports_are_valid),
        cmocka_unit_test(the_colours_of_a_cell_are_exported),
        cmocka_unit_test(drawn_ink_and_its_ways_are_exported),
        cmocka_unit_test(the_folder_to_save_to_is_made),
        cmocka_unit_test(every_format_can_be_chosen),
        cmocka_unit_test(a_file_is_replaced_when_asked_twice),
        cmocka_unit_test(what_is_half_written_is_saved_so_far),
        cmocka_unit_test(the_choice_is_remembered),
        cmocka_unit_test(the_folder_is_shown_by_another_program),
        cmocka_unit_test(settings_take_the_place_of_nothing_that_is_read),
        cmocka_unit_test(a_failed_export_says_so),
        cmocka_unit_test(exports_without_room_leave_nothing_and_say_so),
        cmocka_unit_test(settings_without_room_stay_as_they_were),
        cmocka_unit_test(where_no_picture_can_be_copied_its_text_is),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
