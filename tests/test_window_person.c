/* longhand-window as a person uses it: keys, mouse, clipboard and drops that come from an X server
 * (Xvfb), beneath a window manager. What the window holds is told by a script that prints it over
 * and over; each test waits for what it expects. That a key does nothing is seen by one behind it,
 * as they come in order. */
#include "check.h"
#include "window_run.h"
#include "write_model.h"
#include "x_input.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 30 }; /* seconds */

static x_input x;
static pid_t manager, window; /* 0: none */
static char *last_state;

/* ---- the screen ------------------------------------------------------------------------------ */

static pid_t start(const char *const command[])
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    int said = open(in_folder("said"), O_CREAT | O_TRUNC | O_WRONLY, 0666);
    int err = open(in_folder("err"), O_CREAT | O_TRUNC | O_WRONLY, 0666);
    if (chdir(folder) != 0 || dup2(said, 1) < 0 || dup2(err, 2) < 0)
        _exit(126);
    execvp(command[0], (char **)(void *)command);
    _exit(127);
}

static void moment(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
}

/* Ends the process as a person would, and one that does not answer by force: the next test begins
 * whatever became of this one. */
static void end(pid_t *pid)
{
    if (*pid > 0) {
        kill(*pid, SIGTERM);
        for (time_t began = time(NULL); waitpid(*pid, NULL, WNOHANG) == 0; moment())
            if (time(NULL) > began + PATIENCE)
                kill(*pid, SIGKILL);
    }
    *pid = 0;
}

static int begin_screen(void **state)
{
    if (set_up(state) != 0 || !x_input_open(&x))
        return -1;
    /* It leaves keys and mouse to the window: else it would look at each press first, while time
     * goes on for a mouse and a keyboard that are as fast as these. */
    write_file("openbox.xml", "<?xml version=\"1.0\"?>\n"
                              "<openbox_config xmlns=\"http://openbox.org/3.4/rc\">"
                              "<focus><focusNew>yes</focusNew></focus><keyboard/><mouse/>"
                              "</openbox_config>\n");
    manager = start((const char *const[]){"openbox", "--sm-disable", "--config-file",
                                          in_folder("openbox.xml"), NULL});
    x_input_await_manager(&x);
    return 0;
}

static int end_screen(void **state)
{
    end(&window);
    end(&manager);
    x_input_close(&x);
    free(last_state);
    return tear_down(state);
}

/* ---- what it holds --------------------------------------------------------------------------- */

/* The value of `key` in the last state that was printed whole; NULL: there is none yet. */
static const char *now(const char *key)
{
    free(last_state);
    last_state = contents("said");
    char *end = NULL, *from = last_state;
    for (char *at = last_state; (at = strstr(at, "\nmessage ")); at++)
        if (strchr(at + 1, '\n'))
            end = strchr(at + 1, '\n') + 1;
    if (!end)
        return NULL;
    *end = '\0';
    for (char *at = last_state; (at = strstr(at, "\nmode ")); at++)
        from = at + 1;
    return held_in(from, key);
}

static bool is_now(const char *key, const char *value)
{
    const char *its = now(key);
    return its && strcmp(its, value) == 0;
}

static void await(const char *key, const char *value)
{
    for (time_t began = time(NULL); !is_now(key, value); moment())
        if (time(NULL) > began + PATIENCE)
            fail_msg("%s is '%s' and not '%s'", key, now(key), value);
}

static void await_other(const char *key, const char *value)
{
    for (time_t began = time(NULL); !now(key) || is_now(key, value); moment())
        if (time(NULL) > began + PATIENCE)
            fail_msg("%s is still '%s'", key, value);
}

/* ---- the window ------------------------------------------------------------------------------ */

/* Opens the window, 1280 x 800, which plays the script, and waits until it has the keyboard. */
static void open_window_playing(const char *script)
{
    end(&window); /* of a test that failed */
    write_file("script", script);
    window = start((const char *const[]){getenv("LONGHAND_WINDOW"), "--model", "plain.safetensors",
                                         "--live", "--script", "script", NULL});
    x_input_await_window(&x, "Longhand");
}

/* The same, and waits until it knows that it has the keyboard: a click that comes with that would
 * be taken for what gave it. */
static void open_window(void)
{
    open_window_playing("0.04 state\n0.08 again 0.04 1e6\n");
    x_input_key(&x, XK_Tab, NULL);
    await("focus", "Mode");
    x_input_key(&x, XK_Escape, NULL);
    await("focus", "text");
}

static void close_window(void)
{
    static const KeySym control[] = {XK_Control_L, 0};
    int status;
    x_input_key(&x, XK_q, control);
    for (time_t began = time(NULL); waitpid(window, &status, WNOHANG) == 0; moment())
        if (time(NULL) > began + PATIENCE)
            fail_msg("the window does not close");
    window = 0;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("the window ended otherwise: %s", contents("err"));
}

/* ---- time ------------------------------------------------------------------------------------ */

static void await_states(int count)
{
    for (time_t began = time(NULL);; moment()) {
        char *said = contents("said");
        int states = 0;
        for (char *at = said; (at = strstr(at, "\nmessage ")); at++)
            states += strchr(at + 1, '\n') != NULL;
        free(said);
        if (states >= count)
            return;
        if (time(NULL) > began + PATIENCE)
            fail_msg("there are %d states and not %d", states, count);
    }
}

/* Behind the last blink of the caret nothing wakes the window but the one who uses it. */
static void a_pause_is_no_time_of_writing(void **state)
{
    (void)state;
    open_window_playing("0 type so many words that the pen writes them for longer than this test "
                        "looks at it and does not come to their end\n"
                        "1 focus Pause\n1.5 key Space\n12 state\n20 state\n28 state\n");
    await_states(1);
    assert_string_equal(held(0, "paused"), "yes");
    nanosleep(&(struct timespec){.tv_sec = 4}, NULL);
    x_input_key(&x, XK_space, NULL); /* alone: the mouse would move first */
    await_states(3);
    assert_string_equal(held(1, "paused"), "no");
    const long before = whole(0, "shown"), soon = whole(1, "shown"), later = whole(2, "shown");
    assert_true(before > 0 && later > soon && later < whole(2, "points"));
    /* It writes for 4 seconds of these 8 at most, however long the key takes, and then for 8. */
    if (4 * (soon - before) > 3 * (later - soon))
        fail_msg("the pen went on by %ld points, and then by %ld", soon - before, later - soon);
    close_window();
}

/* ---- typing ---------------------------------------------------------------------------------- */

static const KeySym control[] = {XK_Control_L, 0}, alt[] = {XK_Alt_L, 0}, super[] = {XK_Super_L, 0},
                    shift[] = {XK_Shift_L, 0}, control_shift[] = {XK_Control_L, XK_Shift_L, 0},
                    alt_gr[] = {XK_ISO_Level3_Shift, 0};

static void letters_are_typed_and_written(void **state)
{
    (void)state;
    open_window();
    x_input_type(&x, "Two (2) words: \"so\"!");
    await("text", "Two (2) words: \"so\"!");
    await_other("shown", "0");
    close_window();
}

static void shortcuts_type_nothing(void **state)
{
    (void)state;
    static const struct {
        KeySym key;
        const KeySym *held;
    } shortcuts[] = {
        {XK_plus, control_shift},
        {XK_minus, control},
        {XK_period, control},
        {XK_0, control},
        {XK_1, control},
        {XK_u, control},
        {XK_9, control_shift},
        {XK_c, alt},
        {XK_l, alt},
        {XK_x, alt},
        {XK_0, alt},
        {XK_1, alt},
        {XK_equal, alt},
        {XK_bracketleft, alt},
        {XK_bracketright, alt},
        {XK_bracketright, alt},
        {XK_comma, alt},
        {XK_o, super},
        {XK_space, control},
    };
    open_window();
    x_input_type(&x, "a");
    for (size_t i = 0; i < sizeof shortcuts / sizeof *shortcuts; i++)
        x_input_key(&x, shortcuts[i].key, shortcuts[i].held);
    x_input_type(&x, "z");
    await("text", "az");
    assert_string_equal(now("paused"), "yes");
    assert_string_equal(now("ahead"), "on");
    assert_string_equal(now("lifts"), "on");
    assert_string_equal(now("colour"), "blue");
    assert_string_equal(now("ruling"), "ruled");
    assert_string_equal(now("width"), "2.1");
    assert_string_equal(now("bias"), "1.05");
    x_input_key(&x, XK_l, control);
    await("text", "");
    x_input_key(&x, XK_z, control);
    await("text", "az");
    close_window();
}

/* Some layouts have letters behind AltGr, others a second Alt there. */
static void letters_behind_altgr_are_typed(void **state)
{
    (void)state;
    assert_int_equal(system("setxkbmap de"), 0);
    open_window();
    x_input_key(&x, XK_q, alt_gr);
    x_input_key(&x, XK_7, alt_gr);
    await("text", "@{");
    close_window();
    assert_int_equal(system("setxkbmap us"), 0);
    static const KeySym right[] = {XK_Alt_R, 0};
    open_window();
    x_input_key(&x, XK_bracketleft, right);
    await("text", "[");
    assert_string_equal(now("bias"), "1.00");
    close_window();
}

/* ---- focus ----------------------------------------------------------------------------------- */

static void a_click_keeps_no_letter_from_the_text(void **state)
{
    (void)state;
    static const struct {
        int px, py;
        const char *key, *value; /* as it is behind the click; NULL: nothing changes */
    } clicks[] = {
        {1148, 93, "style", "1"},      {1062, 93, "style", "0"},       {1240, 189, "seed", NULL},
        {1101, 315, "colour", "blue"}, {1148, 375, "ruling", "ruled"}, {1090, 444, "lifts", "on"},
        {1090, 506, "ahead", "on"},    {55, 655, "paused", "yes"},     {1148, 29, "mode", "Free"},
        {1073, 29, "mode", "Write"},   {300, 200, "mode", "Write"},    {1250, 780, "mode", "Write"},
        {969, 655, "mode", "Write"},   {300, 300, "mode", "Write"},
    };
    enum { CLICKS = sizeof clicks / sizeof *clicks };
    char text[CLICKS + 1] = "";
    open_window();
    for (int i = 0; i < CLICKS; i++) {
        x_input_click(&x, clicks[i].px, clicks[i].py);
        text[i] = i % 3 == 2 ? ' ' : (char)('a' + i); /* spaces as well */
        x_input_type(&x, text + i);
        char shown[CLICKS + 1];
        snprintf(shown, sizeof shown, "%s", text);
        await("text", shown);
        assert_string_equal(now("focus"), "text");
        if (clicks[i].value && strcmp(now(clicks[i].key), clicks[i].value) != 0)
            fail_msg("%s is %s behind click %d", clicks[i].key, now(clicks[i].key), i);
    }
    await_other("seed", "1");
    close_window();
}

/* Draws a stroke of four points; `drawn` there are then. */
static void draw_stroke(int left, int drawn)
{
    char count[20];
    x_input_press(&x, left, 150);
    x_input_move(&x, left + 20, 190);
    x_input_move(&x, left + 40, 150);
    x_input_release(&x, left + 60, 190);
    snprintf(count, sizeof count, "%d", drawn);
    await("drawn", count);
}

static void what_is_drawn_can_be_named_at_once(void **state)
{
    (void)state;
    open_window();
    x_input_click(&x, 1222, 29); /* Draw, by mouse */
    await("mode", "Draw");
    draw_stroke(100, 4);
    x_input_type(&x, "my hand");
    await("text", "my hand");
    close_window();
}

/* A zigzag of two strokes, as long as two words are. */
static void draw_words(void)
{
    for (int stroke = 0; stroke < 2; stroke++) {
        x_input_press(&x, 100 + 130 * stroke, 150);
        for (int i = 1; i < 25; i++)
            x_input_move(&x, 100 + 130 * stroke + 5 * i, 150 + (i % 4 < 2 ? 0 : 24));
        x_input_release(&x, 225 + 130 * stroke, 150);
    }
}

static void a_hand_is_learnt_renamed_and_deleted(void **state)
{
    (void)state;
    open_window();
    x_input_key(&x, XK_F3, NULL);
    await("mode", "Draw");
    draw_words();
    x_input_type(&x, "my hand");
    await("text", "my hand");
    x_input_key(&x, XK_k, control);
    await("mode", "Write");
    await("styles", "2");
    assert_string_equal(now("style"), "2");
    assert_int_equal(access(in_folder("data/longhand/styles/own-0001.hand"), R_OK), 0);
    x_input_click_by(&x, 3, 1225, 85); /* in the list of hands */
    await("form", "Your hand");
    x_input_type(&x, "mine");
    await("form_text", "mine");
    x_input_key(&x, XK_Return, NULL);
    await("form", "");
    assert_int_equal(access(in_folder("data/longhand/styles/mine.hand"), R_OK), 0);
    x_input_key(&x, XK_t, control);
    await("form_text", "mine");
    for (int i = 0; i < 2; i++)
        x_input_key(&x, XK_Tab, NULL);
    x_input_key(&x, XK_Return, NULL);
    await("form_note",
          "Delete once more, and its file goes. Ctrl Z brings it back, until you close Longhand.");
    x_input_key(&x, XK_Return, NULL);
    await("styles", "1");
    assert_int_not_equal(access(in_folder("data/longhand/styles/mine.hand"), F_OK), 0);
    x_input_key(&x, XK_z, control);
    await("styles", "2");
    assert_int_equal(access(in_folder("data/longhand/styles/mine.hand"), R_OK), 0);
    await("style", "2");
    x_input_key(&x, XK_y, control);
    await("styles", "1");
    close_window();
}

/* Focus by Tab is for who has no mouse: keys that a control knows are its own. */
static void a_control_in_focus_has_arrows_and_space_and_no_letters(void **state)
{
    (void)state;
    open_window();
    x_input_key(&x, XK_Tab, NULL);
    await("focus", "Mode");
    x_input_key(&x, XK_Tab, NULL);
    x_input_key(&x, XK_Tab, NULL);
    await("focus", "Neatness");
    x_input_key(&x, XK_Right, NULL);
    await("bias", "1.05");
    x_input_key(&x, XK_BackSpace, NULL); /* the text's, though there is nothing to erase */
    await("focus", "text");
    for (int i = 0; i < 3; i++)
        x_input_key(&x, XK_Tab, NULL);
    x_input_type(&x, "n");
    await("focus", "text");
    await("text", "n");
    x_input_key(&x, XK_Tab, shift);
    await("focus", "Keys");
    for (int i = 0; i < 20 && !is_now("focus", "Cells"); i++) {
        char *before = strdup(now("focus"));
        x_input_key(&x, XK_Tab, shift);
        await_other("focus", before);
        free(before);
    }
    await("focus", "Cells");
    x_input_type(&x, " ");
    await("cells", "on");
    x_input_type(&x, " ");
    await("cells", "off");
    assert_string_equal(now("focus"), "Cells");
    x_input_type(&x, "? o");
    await("text", "n? o");
    for (int i = 0; i < 7; i++)
        x_input_key(&x, XK_Tab, NULL);
    await("focus", "Ink");
    x_input_type(&x, " ");
    await("colour", "blue");
    x_input_key(&x, XK_v, control); /* as Ctrl with a letter does nothing to a control */
    x_input_key(&x, XK_a, control);
    await("focus", "text");
    x_input_type(&x, "all");
    await("text", "all");
    close_window();
}

/* ---- undo ------------------------------------------------------------------------------------ */

static void strokes_and_clearing_can_be_taken_back(void **state)
{
    (void)state;
    open_window();
    x_input_key(&x, XK_F3, NULL);
    await("mode", "Draw");
    draw_stroke(100, 4);
    x_input_type(&x, "on");
    draw_stroke(200, 8);
    x_input_type(&x, "e");
    await("text", "one");
    x_input_click(&x, 215, 655); /* Clear */
    await("drawn", "0");
    await("text", "");
    x_input_click(&x, 50, 655); /* Undo */
    await("drawn", "8");
    await("text", "one");
    x_input_key(&x, XK_z, control);
    await("text", "on");
    assert_string_equal(now("drawn"), "8");
    x_input_key(&x, XK_z, control);
    await("drawn", "4");
    x_input_key(&x, XK_z, control);
    await("text", "");
    x_input_key(&x, XK_z, control);
    await("drawn", "0");
    x_input_click(&x, 132, 655); /* Redo */
    await("drawn", "4");
    x_input_key(&x, XK_y, control);
    await("text", "on");
    x_input_key(&x, XK_z, control_shift);
    await("drawn", "8");
    x_input_key(&x, XK_z, control);
    await("drawn", "4");
    x_input_type(&x, "x"); /* now there is nothing to be done again */
    await("text", "onx");
    x_input_key(&x, XK_y, control);
    x_input_type(&x, "y");
    await("text", "onxy");
    assert_string_equal(now("drawn"), "4");
    close_window();
}

/* ---- mouse, clipboard, drops ----------------------------------------------------------------- */

static void sliders_and_selections_are_dragged(void **state)
{
    (void)state;
    open_window();
    x_input_type(&x, "some words");
    x_input_press(&x, 1200, 158);
    await_other("bias", "1.00");
    x_input_move(&x, 900, 300); /* wherever the mouse goes, as long as it is pressed */
    await("bias", "0.00");
    x_input_release(&x, 1400, 300);
    await("bias", "3.00");
    x_input_press(&x, 28, 702);
    x_input_move(&x, 300, 702);
    x_input_release(&x, 900, 702);
    x_input_type(&x, "none");
    await("text", "none");
    x_input_click(&x, 20, 702);
    x_input_down(&x, XK_Shift_L);
    x_input_click(&x, 900, 702);
    x_input_up(&x, XK_Shift_L);
    x_input_key(&x, XK_Delete, NULL);
    await("text", "");
    close_window();
}

static bool is_pasted(void *data)
{
    return is_now("text", data);
}

static void texts_are_pasted_and_copied(void **state)
{
    (void)state;
    open_window();
    x_input_key(&x, XK_Tab, NULL); /* wherever the focus is */
    await("focus", "Mode");
    XSetSelectionOwner(x.display, XInternAtom(x.display, "CLIPBOARD", False), x.self, CurrentTime);
    x_input_key(&x, XK_v, control);
    x_input_give(&x, "b\xc3\xa4r and b\xc3\xa9", is_pasted, (void *)"b\xc3\xa4r and b\xc3\xa9");
    x_input_key(&x, XK_a, control);
    x_input_key(&x, XK_x, control);
    await("text", "");
    char *text = x_input_take(&x);
    assert_string_equal(text, "b\xc3\xa4r and b\xc3\xa9");
    free(text);
    close_window();
}

/* SDL gives text alone. */
static void the_paper_is_copied_as_pictures_and_text(void **state)
{
    (void)state;
    size_t size;
    open_window();
    x_input_type(&x, "some words ");
    await_other("shown", "0");
    x_input_key(&x, XK_c, control_shift);
    await_other("message", "");
    assert_non_null(strstr(now("message"), "as SVG and PNG"));
    char *png = x_input_take_as(&x, "image/png", &size);
    assert_non_null(png);
    assert_true(size > 1000);
    assert_memory_equal(png, "\x89PNG\r\n\x1a\n", 8);
    free(png);
    char *svg = x_input_take_as(&x, "image/svg+xml", &size), *text = x_input_take(&x);
    assert_non_null(svg);
    assert_non_null(strstr(svg, "<svg"));
    assert_string_equal(svg, text);
    free(svg);
    free(text);
    assert_null(x_input_take_as(&x, "image/jpeg", &size));
    x_input_key(&x, XK_a, control); /* text takes the place of pictures */
    x_input_key(&x, XK_c, control);
    x_input_type(&x, "z");
    await("text", "z");
    text = x_input_take(&x);
    assert_string_equal(text, "some words ");
    free(text);
    assert_null(x_input_take_as(&x, "image/png", &size));
    x_input_key(&x, XK_e, control);
    await("form", "Save as");
    x_input_type(&x, "my letter");
    x_input_click(&x, 600, 230); /* the folder */
    await("form_row", "0");
    x_input_click(&x, 785, 425); /* Close */
    await("form", "");
    x_input_type(&x, "z");
    await("text", "zz");
    close_window();
}

static void ways_are_compared_and_the_tour_is_taken_by_mouse_and_keys(void **state)
{
    (void)state;
    open_window();
    x_input_type(&x, "some words ");
    await_other("shown", "0");
    x_input_click(&x, 426, 655); /* Compare */
    await("comparing", "Seed 1");
    await("compared", "4");
    x_input_key(&x, XK_Down, NULL);
    await("comparing", "Seed 2");
    x_input_click(&x, 500, 395); /* the third */
    await("seed", "3");
    assert_string_equal(now("comparing"), "");
    x_input_key(&x, XK_b, control);
    await("comparing", "Seed 3");
    x_input_key(&x, XK_Escape, NULL);
    await("comparing", "");
    x_input_click(&x, 895, 655); /* Tour */
    await("tour", "1");
    x_input_type(&x, " "); /* goes on, and types nothing */
    await("tour", "2");
    await("ahead", "on");
    x_input_key(&x, XK_Left, NULL);
    await("tour", "1");
    x_input_click(&x, 1222, 213); /* End */
    await("tour", "0");
    assert_string_equal(now("ahead"), "off");
    x_input_key(&x, XK_F4, NULL);
    await("tour", "1");
    x_input_type(&x, "z");
    await("text", "some words z");
    assert_string_equal(now("tour"), "0");
    close_window();
}

static void the_other_buttons_paste_and_open_a_menu(void **state)
{
    (void)state;
    open_window();
    x_input_type(&x, "one");
    await("text", "one");
    x_input_click(&x, 40, 700); /* twice: the word */
    x_input_click(&x, 40, 700);
    x_input_click_by(&x, 2, 500, 700);
    await("text", "oneone");
    x_input_key(&x, XK_a, control);
    x_input_key(&x, XK_Insert, control);
    x_input_key(&x, XK_End, NULL);
    x_input_key(&x, XK_Insert, shift);
    await("text", "oneoneoneone");
    x_input_click_by(&x, 3, 60, 700);
    x_input_key(&x, XK_Up, NULL); /* the last item: select all */
    x_input_key(&x, XK_Return, NULL);
    x_input_type(&x, "z");
    await("text", "z");
    x_input_click_by(&x, 3, 60, 700);
    x_input_click(&x, 80, 690); /* the menu opened upwards, as there is no room below */
    x_input_type(&x, "y");
    await_other("text", "z");
    close_window();
}

static void the_mouse_over_ink_shows_its_moment(void **state)
{
    (void)state;
    open_window();
    x_input_type(&x, "some words ");
    await_other("shown", "0");
    await("moment", "-1");
    x_input_move(&x, 34, 700); /* the s of the text */
    await_other("moment", "-1");
    await("marked", "0");
    x_input_move(&x, 700, 655);
    await("moment", "-1");
    close_window();
}

static void what_is_dragged_here_is_used(void **state)
{
    (void)state;
    char link[300];
    open_window();
    x_input_drop(&x, "text/plain", "dragged words", 300, 200);
    await("text", "dragged words");
    x_input_key(&x, XK_Tab, NULL);
    await("focus", "Mode");
    snprintf(link, sizeof link, "file://%s\r\n", in_folder("dropped.txt"));
    x_input_drop(&x, "text/uri-list", link, 300, 200);
    await("text", "dropped words");
    assert_string_equal(now("focus"), "text");
    snprintf(link, sizeof link, "file://%s\r\n", in_folder("silent.xml"));
    x_input_drop(&x, "text/uri-list", link, 300, 200);
    await("mode", "Draw");
    await("drawn", "60");
    x_input_key(&x, XK_z, control);
    await("drawn", "0");
    x_input_type(&x, "letters");
    await("text", "letters");
    close_window();
}

/* Puts a network that writes at this pace in the place of "again.safetensors", and drops it. */
static void drop_network(double pace)
{
    char link[300];
    write_model_options options = write_model_plain;
    options.pace = pace;
    lh_model *model = write_model_new(&options);
    check_ok(lh_model_save(model, in_folder("again.safetensors"), LH_PRECISION_FLOAT32, &error),
             &error);
    lh_model_free(model);
    snprintf(link, sizeof link, "file://%s\r\n", in_folder("again.safetensors"));
    x_input_drop(&x, "text/uri-list", link, 300, 200);
}

/* A hand that is kept at the same path, of so many points of ink, is dropped. */
static void drop_hand(size_t points)
{
    char link[300];
    lh_ink *ink = write_model_ink(points);
    check_ok(lh_iam_write(ink, in_folder("again.xml"), &error), &error);
    lh_ink_free(ink);
    write_file("again.txt", "a wave\n");
    snprintf(link, sizeof link, "file://%s\r\n", in_folder("again.xml"));
    x_input_drop(&x, "text/uri-list", link, 300, 200);
}

static void what_is_dragged_here_again_is_read_anew(void **state)
{
    (void)state;
    char points[20];
    open_window();
    x_input_type(&x, "some words ");
    await("words", "2");
    snprintf(points, sizeof points, "%s", now("points"));
    drop_network(0.03); /* which takes more points */
    await_other("points", points);
    await("words", "2");
    assert_true(strtod(now("points"), NULL) > 1.5 * strtod(points, NULL));
    drop_network(write_model_plain.pace);
    await("points", points);
    drop_hand(60);
    await("styles", "2");
    await_other("points", points);
    await("words", "2");
    snprintf(points, sizeof points, "%s", now("points"));
    drop_hand(30);
    await_other("points", points);
    assert_string_equal(now("styles"), "2");
    close_window();
}

static void a_window_in_the_back_comes_again_with_its_keys(void **state)
{
    (void)state;
    open_window();
    x_input_down(&x, XK_Control_L); /* goes up elsewhere */
    XSetInputFocus(x.display, PointerRoot, RevertToPointerRoot, CurrentTime);
    x_input_up(&x, XK_Control_L);
    XSetInputFocus(x.display, x.window, RevertToPointerRoot, CurrentTime);
    x_input_await_window(&x, "Longhand");
    x_input_type(&x, "1 +");
    await("text", "1 +");
    assert_string_equal(now("ahead"), "off");
    close_window();
}

static const char *missing_program(void)
{
    static const char *const programs[] = {"Xvfb", "openbox", "setxkbmap"};
    char command[80];
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        snprintf(command, sizeof command, "command -v %s >/dev/null", programs[i]);
        if (system(command) != 0)
            return programs[i];
    }
    return NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pause_is_no_time_of_writing),
        cmocka_unit_test(letters_are_typed_and_written),
        cmocka_unit_test(shortcuts_type_nothing),
        cmocka_unit_test(letters_behind_altgr_are_typed),
        cmocka_unit_test(a_click_keeps_no_letter_from_the_text),
        cmocka_unit_test(what_is_drawn_can_be_named_at_once),
        cmocka_unit_test(a_hand_is_learnt_renamed_and_deleted),
        cmocka_unit_test(a_control_in_focus_has_arrows_and_space_and_no_letters),
        cmocka_unit_test(strokes_and_clearing_can_be_taken_back),
        cmocka_unit_test(sliders_and_selections_are_dragged),
        cmocka_unit_test(texts_are_pasted_and_copied),
        cmocka_unit_test(the_paper_is_copied_as_pictures_and_text),
        cmocka_unit_test(ways_are_compared_and_the_tour_is_taken_by_mouse_and_keys),
        cmocka_unit_test(the_other_buttons_paste_and_open_a_menu),
        cmocka_unit_test(the_mouse_over_ink_shows_its_moment),
        cmocka_unit_test(what_is_dragged_here_is_used),
        cmocka_unit_test(what_is_dragged_here_again_is_read_anew),
        cmocka_unit_test(a_window_in_the_back_comes_again_with_its_keys),
    };
    const char *missing = missing_program();
    if (missing) {
        printf("skipped: there is no %s\n", missing);
        return 77;
    }
    return cmocka_run_group_tests(tests, begin_screen, end_screen);
}
