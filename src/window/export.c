/* The paper, as files and on the clipboard. */
#include "export.h"

#include "as_page.h"

#include "base/folder.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DPI = 192, FILES_MAX = 9999 };

/* ---- kinds of files -------------------------------------------------------------------------- */

static bool moves(int kind)
{
    return kind + 1 >= win_export_kinds();
}

static const lh_format *format_of(int kind)
{
    return moves(kind) ? lh_format_find("svg", false) : lh_format_at((size_t)kind);
}

/* ---- where files go -------------------------------------------------------------------------- */

const char *win_export_folder(const win_app *app, char *here, size_t size)
{
    if (app->folder && *app->folder)
        return app->folder;
    return getcwd(here, size) && access(here, W_OK) == 0 ? here : getenv("HOME");
}

const char *win_export_base(const win_app *app)
{
    return app->name && *app->name ? app->name : "longhand";
}

bool win_export_path(const win_app *app, int kind, char path[4096])
{
    char here[3000];
    const char *folder = win_export_folder(app, here, sizeof here);
    const lh_format *format = format_of(kind);
    if (!folder)
        return false;
    snprintf(path, 4096, "%.3000s/%.255s%s%s", folder, win_export_base(app),
             format->folder ? "" : ".", format->folder ? "" : format->name);
    return true;
}

/* A name with a number, that is still free; the path is absolute, so that the message tells where
 * it is. */
static bool free_path(const win_app *app, const char *ending, char path[4096])
{
    char here[3000];
    const char *folder = win_export_folder(app, here, sizeof here);
    for (int i = 1; folder && i <= FILES_MAX; i++) {
        snprintf(path, 4096, "%.3000s/%.255s-%d.%s", folder, win_export_base(app), i, ending);
        if (access(path, F_OK) != 0)
            return true;
    }
    return false;
}

/* ---- writing --------------------------------------------------------------------------------- */

static lh_render_options options_of(const win_app *app, int kind)
{
    lh_render_options options = lh_render_defaults();
    double pace = win_pace(app->core.value[WIN_SPEED]);
    options.dpi = DPI;
    options.paint.by_speed = format_of(kind)->traits & LH_FORMAT_PIXELS;
    if (moves(kind))
        options.svg.speed = isinf(pace) ? 16 : (float)pace;
    return options;
}

/* Of what shows colours, all that is seen; else the ink alone, which machines draw. */
static win_page_of page_of(int kind)
{
    return moves(kind)                                 ? WIN_PAGE_MOVING
           : format_of(kind)->traits & LH_FORMAT_WIDTH ? WIN_PAGE_SEEN
                                                       : WIN_PAGE_INK;
}

static lh_status render(const win_app *app, int kind, FILE *stream, lh_error *error)
{
    lh_page *page = win_as_page(&app->core, page_of(kind), error);
    if (!page)
        return error->status;
    lh_render_options options = options_of(app, kind);
    const lh_page *const pages[] = {page};
    lh_status status = format_of(kind)->write(pages, 1, &options, stream, error);
    lh_page_free(page);
    return status;
}

/* A folder of files; what an earlier one made of the first document goes. */
static lh_status save_folder(const win_app *app, int kind, const char *path, lh_error *error)
{
    const lh_folder_format *format = format_of(kind)->folder;
    lh_page *page = win_as_page(&app->core, page_of(kind), error);
    char *list = NULL;
    size_t size = 0;
    FILE *stream = page ? open_memstream(&list, &size) : NULL;
    if (page && !stream)
        lh_fail_memory(error, "a folder");
    lh_status status = stream ? lh_folder_make(path, 0777, error) : error->status;
    const lh_page *const pages[] = {page};
    if (status == LH_OK)
        status = format->write(path, 1, pages, 1, stream, error);
    if (status == LH_OK)
        status = format->end(path, error);
    if (stream)
        fclose(stream);
    free(list);
    lh_page_free(page);
    return status;
}

static lh_status save(const win_app *app, int kind, const char *path, lh_error *error)
{
    lh_status made = lh_folder_make_above(path, error);
    if (made != LH_OK || format_of(kind)->folder)
        return made == LH_OK ? save_folder(app, kind, path, error) : made;
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    lh_status status = render(app, kind, lh_output_stream(output), error);
    return lh_output_end(output, status, error);
}

/* ---- what is said of it ---------------------------------------------------------------------- */

/* Says so where nothing is on the paper. */
static bool is_empty(win_app *app)
{
    bool empty = win_mode(&app->core) == WIN_MODE_DRAW ? app->core.drawing.ink.count == 0
                                                       : app->core.sheet.shown == 0;
    if (empty)
        win_core_say(&app->core, true, "Nothing is written yet that could be saved.");
    return empty;
}

/* " so far (3 of 12 words)", or "" when all is written. */
static void so_far(const win_core *core, char text[60])
{
    size_t words = 0;
    *text = '\0';
    if (win_core_progress(core) >= 1)
        return;
    while (words < core->sheet.words &&
           core->sheet.word[words].point + core->sheet.word[words].points <= core->sheet.shown)
        words++;
    snprintf(text, 60, " so far (%zu of %zu words)", words, core->plain.words);
}

bool win_export_save(win_app *app, int kind, const char *path)
{
    lh_error error;
    char far[60];
    if (is_empty(app))
        return false;
    so_far(&app->core, far);
    bool saved = save(app, kind, path, &error) == LH_OK;
    if (saved)
        win_core_say(&app->core, false, "Saved%s as %s", far, path);
    else
        win_core_say(&app->core, true, "%s", error.message);
    return saved;
}

static void save_numbered(win_app *app, int kind)
{
    char path[4096];
    if (free_path(app, format_of(kind)->name, path))
        win_export_save(app, kind, path);
    else
        win_core_say(&app->core, true, "There is no folder to save to; choose one with Ctrl E.");
}

/* ---- the clipboard --------------------------------------------------------------------------- */

static lh_status draw_copy(const win_app *app, const char *name, win_offered *copy, lh_error *error)
{
    FILE *stream = open_memstream(&copy->bytes, &copy->size);
    if (!stream)
        return lh_fail_memory(error, "a copy");
    lh_status status = render(app, win_export_kind(name), stream, error);
    if (fclose(stream) != 0 && status == LH_OK)
        status = lh_fail_memory(error, "a copy");
    return status;
}

/* The SVG under all the types that text goes by, and the PNG. */
static lh_status offer(win_app *app, const win_offered *svg, win_offered png, lh_error *error)
{
    static const char *const types[] = {"image/svg+xml", "UTF8_STRING", "text/plain;charset=utf-8",
                                        "text/plain"};
    enum { TEXTS = sizeof types / sizeof *types };
    win_offered all[TEXTS + 1] = {png};
    all[0].type = "image/png";
    for (int i = 0; i < TEXTS; i++) {
        char *bytes = strdup(svg->bytes);
        all[i + 1] = (win_offered){types[i], bytes, bytes ? svg->size : 0};
    }
    win_offer_stop(app->offer);
    app->offer = win_offer_start(all, TEXTS + 1, error);
    return app->offer ? LH_OK : error->status;
}

static lh_status copy(win_app *app, bool *pictures, lh_error *error)
{
    win_offered svg = {0}, png = {0};
    lh_error why;
    const char *driver = SDL_GetCurrentVideoDriver();
    lh_status status = draw_copy(app, "svg", &svg, error);
    if (status == LH_OK)
        status = draw_copy(app, "png", &png, error);
    bool x11 = status == LH_OK && driver && strcmp(driver, "x11") == 0;
    *pictures = x11 && offer(app, &svg, png, &why) == LH_OK;
    if (!x11) /* else it was taken over */
        free(png.bytes);
    if (status == LH_OK && !*pictures && SDL_SetClipboardText(svg.bytes) != 0)
        status = lh_fail(error, LH_ERROR_IO, "the clipboard takes nothing: %s", SDL_GetError());
    free(svg.bytes);
    return status;
}

static void copy_picture(win_app *app)
{
    lh_error error;
    char far[60];
    bool pictures;
    so_far(&app->core, far);
    if (is_empty(app))
        return;
    if (copy(app, &pictures, &error) != LH_OK)
        win_core_say(&app->core, true, "%s", error.message);
    else if (pictures)
        win_core_say(&app->core, false, "The paper is on the clipboard%s, as SVG and PNG.", far);
    else
        win_core_say(&app->core, false,
                     "The paper is on the clipboard%s, as SVG in letters: a text editor takes it. "
                     "Pictures cannot be copied in this kind of window; save one as PNG instead.",
                     far);
}

/* ---- the folder ------------------------------------------------------------------------------ */

/* Is there a program of this name in a folder of PATH? */
static bool is_installed(const char *program)
{
    const char *path = getenv("PATH");
    for (size_t length; path && *path; path += length + (path[length] == ':')) {
        char file[4096];
        length = strcspn(path, ":");
        snprintf(file, sizeof file, "%.*s/%s", (int)length, path, program);
        if (length < 4000 && access(file, X_OK) == 0)
            return true;
    }
    return false;
}

/* "file:///home/a%20b" of an absolute path. */
static void write_link(const char *path, char *link, size_t size)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    size_t length = (size_t)snprintf(link, size, "file://");
    for (; *path && length + 4 < size; path++)
        length += (size_t)snprintf(link + length, size - length,
                                   strchr(plain, *path) ? "%c" : "%%%02X", (unsigned char)*path);
}

static void open_folder(win_app *app)
{
    char here[3000], link[9200];
    const char *folder = win_export_folder(app, here, sizeof here);
    char *whole = folder ? realpath(folder, NULL) : NULL;
    if (!whole) {
        win_core_say(&app->core, true, "%s: %s", folder ? folder : "no folder",
                     strerror(folder ? errno : ENOENT));
        return;
    }
    write_link(whole, link, sizeof link);
    if (!is_installed("xdg-open"))
        win_core_say(&app->core, true, "There is no xdg-open to show the folder %s with.", whole);
    else if (SDL_OpenURL(link) != 0)
        win_core_say(&app->core, true, "The folder %s cannot be shown: %s", whole, SDL_GetError());
    else
        win_core_say(&app->core, false, "Files are saved in %s", whole);
    free(whole);
}

void win_export(win_app *app, win_action how)
{
    static const struct {
        win_action how;
        const char *name;
    } kinds[] = {
        {WIN_SVG, "svg"}, {WIN_PNG, "png"}, {WIN_PDF, "pdf"}, {WIN_MOVING_SVG, "moving svg"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].how == how && !is_empty(app))
            save_numbered(app, win_export_kind(kinds[i].name));
    if (how == WIN_COPY_SVG)
        copy_picture(app);
    if (how == WIN_FOLDER)
        open_folder(app);
}
