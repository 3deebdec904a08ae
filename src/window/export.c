/* The paper, as files and on the clipboard. */
#include "app.h"
#include "as_page.h"

#include "base/folder.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DPI = 192, FILES_MAX = 9999 };

static lh_status render(const win_app *app, const lh_page *page, win_action how, FILE *stream,
                        lh_error *error)
{
    lh_svg_options svg = lh_svg_defaults;
    lh_paint_options paint = lh_paint_defaults;
    double pace = win_pace(app->core.value[WIN_SPEED]);
    if (how == WIN_MOVING_SVG)
        svg.speed = isinf(pace) ? 16 : (float)pace;
    paint.by_speed = how == WIN_PNG;
    if (how == WIN_PNG)
        return lh_png_write(page, DPI, &paint, stream, error);
    if (how == WIN_PDF)
        return lh_pdf_write(&page, 1, &paint, stream, error);
    return lh_svg_write(&page, 1, &svg, stream, error);
}

static lh_status copy(const win_app *app, const lh_page *page, lh_error *error)
{
    char *svg = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&svg, &size);
    if (!stream)
        return lh_fail_memory(error, "a copy");
    lh_status status = render(app, page, WIN_COPY_SVG, stream, error);
    if (fclose(stream) != 0 && status == LH_OK)
        status = lh_fail_memory(error, "a copy");
    if (status == LH_OK && SDL_SetClipboardText(svg) != 0)
        status = lh_fail(error, LH_ERROR_IO, "the clipboard takes nothing: %s", SDL_GetError());
    free(svg);
    return status;
}

/* A name that is still free; the path is absolute, so that the message tells where it is. */
static bool free_name(const win_app *app, const char *ending, char path[4096])
{
    char here[3000];
    const char *folder = app->out;
    if (!folder)
        folder = getcwd(here, sizeof here) && access(here, W_OK) == 0 ? here : getenv("HOME");
    for (int i = 1; folder && i <= FILES_MAX; i++) {
        snprintf(path, 4096, "%.3000s/longhand-%d.%s", folder, i, ending);
        if (access(path, F_OK) != 0)
            return true;
    }
    return false;
}

static lh_status save(const win_app *app, const lh_page *page, win_action how, char path[4096],
                      lh_error *error)
{
    const char *ending = how == WIN_PNG ? "png" : how == WIN_PDF ? "pdf" : "svg";
    if (!free_name(app, ending, path))
        return lh_fail(error, LH_ERROR_IO, "there is no folder to save to; name one with --out");
    lh_status made = lh_folder_make_above(path, error);
    lh_output *output = made == LH_OK ? lh_output_open(path, error) : NULL;
    if (!output)
        return error->status;
    lh_status status = render(app, page, how, lh_output_stream(output), error);
    return lh_output_end(output, status, error);
}

void win_export(win_app *app, win_action how)
{
    lh_error error;
    char path[4096];
    if (win_mode(&app->core) == WIN_MODE_DRAW ? app->core.drawing.ink.count == 0
                                              : app->core.sheet.lines == 0) {
        win_core_say(&app->core, true, "Nothing is written yet that could be saved.");
        return;
    }
    lh_page *page = win_as_page(&app->core, how == WIN_MOVING_SVG, &error);
    lh_status status = !page                 ? error.status
                       : how == WIN_COPY_SVG ? copy(app, page, &error)
                                             : save(app, page, how, path, &error);
    lh_page_free(page);
    if (status != LH_OK)
        win_core_say(&app->core, true, "%s", error.message);
    else if (how == WIN_COPY_SVG)
        win_core_say(&app->core, false, "The paper is on the clipboard, as SVG.");
    else
        win_core_say(&app->core, false, "Saved as %s", path);
}
