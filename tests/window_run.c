/* longhand-window in tests: see window_run.h. */
#include "window_run.h"

#include "check.h"
#include "write_model.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

char folder[] = "/tmp/longhand-window-XXXXXX";
static pid_t screen;
lh_error error;

/* ---- a screen, models, and runs -------------------------------------------------------------- */

/* The row that a server writes of its display. It writes the number and the row's end apart, and
 * gives up when it finds nobody reading the second. */
static bool read_display(int from, char *display, size_t room)
{
    size_t size = 0;
    while (size + 1 < room && read(from, display + size, 1) == 1 && display[size] != '\n')
        size++;
    bool whole = size + 1 < room && display[size] == '\n';
    display[size] = '\0';
    return whole && size > 0;
}

/* Starts an X server that nobody sees, and names it in DISPLAY. False: there is none to start. */
static bool start_screen(void)
{
    int ends[2];
    if (pipe(ends) != 0 || (screen = fork()) < 0)
        return false;
    if (screen == 0) {
        char number[12];
        close(ends[0]);
        snprintf(number, sizeof number, "%d", ends[1]);
        freopen("/dev/null", "w", stderr);
        /* With -noreset it does not begin anew, deaf for a moment, when a window closes. */
        execlp("Xvfb", "Xvfb", "-noreset", "-displayfd", number, "-screen", "0", "1600x1200x24",
               "-nolisten", "tcp", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    char display[16] = ":";
    bool started = read_display(ends[0], display + 1, sizeof display - 1);
    close(ends[0]);
    return started && setenv("DISPLAY", display, 1) == 0;
}

const char *in_folder(const char *name)
{
    static char path[4][200];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static void save_model(lh_model *model, const char *name)
{
    check_ok(lh_model_save(model, in_folder(name), LH_PRECISION_FLOAT32, &error), &error);
    lh_model_free(model);
}

void write_file(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

char *contents(const char *name)
{
    size_t size;
    char *text = lh_file_read(in_folder(name), 8 << 20, &size, &error);
    if (!text)
        fail_msg("%s", error.message);
    return text;
}

int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    save_model(write_model_new(&write_model_plain), "plain.safetensors");
    save_model(write_model_prediction(), "prediction.safetensors");
    mkdir(in_folder("styles"), 0777);
    mkdir(in_folder("out"), 0777);
    mkdir(in_folder("cell"), 0777);
    mkdir(in_folder("drawn"), 0777);
    lh_ink *ink = write_model_ink(60);
    check_ok(lh_iam_write(ink, in_folder("styles/wave.xml"), &error), &error);
    check_ok(lh_iam_write(ink, in_folder("silent.xml"), &error), &error);
    lh_ink_free(ink);
    write_file("styles/wave.txt", "a wave\n");
    write_file("dropped.txt", "dropped words");
    setenv("LONGHAND_ASSETS", folder, 1);
    setenv("XDG_CONFIG_HOME", in_folder("config"), 1);
    setenv("XDG_DATA_HOME", in_folder("data"), 1);
    setenv("XDG_CACHE_HOME", in_folder("cache"), 1);
    return start_screen() ? 0 : -1;
}

bool without_screen(void)
{
    if (system("command -v Xvfb >/dev/null") == 0)
        return false;
    printf("skipped: there is no Xvfb\n");
    return true;
}

int tear_down(void **state)
{
    (void)state;
    char command[100];
    kill(screen, SIGTERM);
    waitpid(screen, NULL, 0);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int run(const char *options, const char *script)
{
    char command[2000];
    if (script)
        write_file("script", script);
    snprintf(command, sizeof command, "cd %s && '%s' %s%s >said 2>err", folder,
             getenv("LONGHAND_WINDOW"), script ? "--script script --record . " : "", options);
    int result = system(command);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

void play(const char *options, const char *script)
{
    int code = run(options, script);
    if (code != 0)
        fail_msg("exit code %d: %s", code, contents("err"));
}

void assert_said(const char *what)
{
    char *text = contents("err");
    if (!strstr(text, what))
        fail_msg("'%s' is not in: %s", what, text);
    free(text);
}

void draw_rows(char *script, double from, int x0)
{
    char row[80];
    for (int i = 0; i <= 50; i++) {
        const char *how = i % 26 == 0 ? "press" : i % 26 == 25 || i == 50 ? "release" : "move";
        snprintf(row, sizeof row, "%.2f %s %d %d\n", from + 0.02 * i, how, x0 + 5 * i,
                 150 + (i % 4 < 2 ? 0 : 24));
        strcat(script, row);
    }
}

const char *held_in(const char *state, const char *key)
{
    static char value[8][700];
    static int turn;
    char row[40];
    snprintf(row, sizeof row, "\n%s ", key);
    size_t length = strlen(row);
    const char *found = strncmp(state, row + 1, length - 1) == 0 ? state : strstr(state, row);
    if (!found)
        return NULL;
    found += found == state ? length - 1 : length;
    turn = (turn + 1) % 8;
    snprintf(value[turn], sizeof value[turn], "%.*s", (int)strcspn(found, "\n"), found);
    return value[turn];
}

const char *held(int nth, const char *key)
{
    char *text = contents("said"), *at = text;
    for (int i = 0; i <= nth; i++) {
        at = i == 0 ? text : at + 1;
        at = strncmp(at, "mode ", 5) == 0 ? at : strstr(at, "\nmode ");
        if (!at)
            fail_msg("state %d was not printed", nth);
        at += *at == '\n';
    }
    const char *value = held_in(at, key);
    if (!value)
        fail_msg("no %s in state %d", key, nth);
    free(text);
    return value;
}

double number(int nth, const char *key)
{
    return strtod(held(nth, key), NULL);
}

long whole(int nth, const char *key)
{
    char *end;
    const char *value = held(nth, key);
    const long number = strtol(value, &end, 10);
    if (end == value || (*end && *end != ' '))
        fail_msg("%s is '%s', which is no whole number", key, value);
    return number;
}

/* ---- pictures -------------------------------------------------------------------------------- */

cairo_surface_t *picture(const char *name)
{
    char file[60];
    snprintf(file, sizeof file, "%s.png", name);
    cairo_surface_t *surface = cairo_image_surface_create_from_png(in_folder(file));
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        fail_msg("%s: %s", file, cairo_status_to_string(cairo_surface_status(surface)));
    return surface;
}

uint32_t pixel(cairo_surface_t *s, int x, int y)
{
    const unsigned char *row =
        cairo_image_surface_get_data(s) + y * cairo_image_surface_get_stride(s);
    return ((const uint32_t *)(const void *)row)[x] & 0xffffff;
}

int ink_in(const char *name)
{
    cairo_surface_t *s = picture(name);
    int dark = 0;
    for (int y = 0; y < PAPER_H; y++)
        for (int x = 0; x < PAPER_W; x++)
            dark += (pixel(s, x, y) >> 8 & 255) < 80;
    cairo_surface_destroy(s);
    return dark;
}

int difference(const char *a, const char *b, int left, int top, int right, int bottom)
{
    cairo_surface_t *one = picture(a), *other = picture(b);
    int count = 0;
    for (int y = top; y < bottom; y++)
        for (int x = left; x < right; x++)
            count += pixel(one, x, y) != pixel(other, x, y);
    cairo_surface_destroy(one);
    cairo_surface_destroy(other);
    return count;
}

void assert_paper_differs(const char *a, const char *b)
{
    if (difference(a, b, 0, 0, PAPER_W, PAPER_H) < 20)
        fail_msg("the paper is the same in %s and %s", a, b);
}
