/* The paper, as files and on the clipboard: its ink on a page of the page room, at 96 pixels an
 * inch. */
#include "app.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MM_A_PIXEL (25.4 / 96)
enum { DPI = 192, FILES_MAX = 9999 };

static lh_paper paper_of(const win_app *app)
{
    const win_sheet *s = &app->sheet;
    lh_paper paper = lh_paper_default;
    float mm = (float)MM_A_PIXEL, margin = s->margin * mm;
    paper.pitch = s->pitch * mm;
    paper.left = paper.right = paper.top = margin;
    paper.bottom = margin / 2;
    paper.width = s->width * mm;
    paper.height = win_sheet_row(s, s->lines) * mm + margin / 2;
    paper.ruling = (lh_ruling)app->value[WIN_RULING];
    return paper;
}

/* What a line says: the characters of its words. */
static char *line_text(const win_app *app, const win_line *line)
{
    const win_sheet *s = &app->sheet;
    const lh_word *first = &s->word[line->word], *last = first + line->words - 1;
    size_t from = (size_t)first->character, to = (size_t)(last->character + last->count);
    if (win_mode(app) != WIN_MODE_WRITE || to > app->plain.count)
        return strdup("");
    size_t a = app->plain.byte[from], b = app->plain.byte[to];
    char *text = strndup(app->text.text + a, b - a);
    for (char *c = text; c && *c; c++)
        *c = *c == '\n' || *c == '\t' ? ' ' : *c;
    return text;
}

static lh_status add_line(const win_app *app, lh_page *page, size_t i, lh_error *error)
{
    const win_sheet *s = &app->sheet;
    const win_line *line = &s->line[i];
    const lh_word *first = &s->word[line->word], *last = first + line->words - 1;
    const lh_paper *paper = lh_page_paper(page);
    lh_ink view = {.points = s->point + first->point,
                   .count = last->point + last->points - first->point};
    lh_ink *ink = lh_ink_new(error);
    char *text = line_text(app, line);
    lh_status status = ink && text ? LH_OK : lh_fail_memory(error, "a line");
    if (status == LH_OK && view.count > 0)
        status = lh_ink_append(ink, &view, -line->left, 0, -view.points[0].time, error);
    lh_placing placing = {.x = paper->left,
                          .y = lh_paper_row(paper, (int)i),
                          .scale = win_sheet_scale(s) * (float)MM_A_PIXEL,
                          .colour = win_ink_colour(app->value[WIN_COLOUR])};
    if (status == LH_OK && view.count > 0)
        status = lh_page_add_line(page, ink, text, placing, error);
    lh_ink_free(ink);
    free(text);
    return status;
}

static lh_status note_value(lh_page *page, const win_app *app, win_value which, lh_error *error)
{
    char text[32];
    win_value_text(which, app->value[which], text, sizeof text);
    return lh_page_note(page, win_settings[which].key, text, error);
}

static lh_page *make_page(const win_app *app, lh_error *error)
{
    lh_paper paper = paper_of(app);
    lh_page *page = lh_page_new(&paper, error);
    if (!page)
        return NULL;
    lh_status status = lh_page_set_pen(page, (float)(app->value[WIN_WIDTH] * MM_A_PIXEL), error);
    for (size_t i = 0; i < app->sheet.lines && status == LH_OK; i++)
        status = add_line(app, page, i, error);
    if (status == LH_OK)
        status = lh_page_set_title(page, "Written with Longhand", error);
    if (status == LH_OK)
        status = note_value(page, app, WIN_BIAS, error);
    if (status == LH_OK)
        status = note_value(page, app, WIN_SEED, error);
    if (status == LH_OK)
        return page;
    lh_page_free(page);
    return NULL;
}

static lh_status render(const win_app *app, const lh_page *page, win_action how, FILE *stream,
                        lh_error *error)
{
    lh_svg_options svg = lh_svg_defaults;
    lh_paint_options paint = lh_paint_defaults;
    double pace = win_pace(app->value[WIN_SPEED]);
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
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    lh_status status = render(app, page, how, lh_output_stream(output), error);
    if (status == LH_OK)
        return lh_output_commit(output, error);
    lh_output_discard(output);
    return status;
}

void win_export(win_app *app, win_action how)
{
    lh_error error;
    char path[4096];
    if (app->sheet.lines == 0 || win_mode(app) == WIN_MODE_DRAW) {
        win_app_say(app, true, "Nothing is written yet that could be saved.");
        return;
    }
    lh_page *page = make_page(app, &error);
    lh_status status = !page                 ? error.status
                       : how == WIN_COPY_SVG ? copy(app, page, &error)
                                             : save(app, page, how, path, &error);
    lh_page_free(page);
    if (status != LH_OK)
        win_app_say(app, true, "%s", error.message);
    else if (how == WIN_COPY_SVG)
        win_app_say(app, false, "The paper is on the clipboard, as SVG.");
    else
        win_app_say(app, false, "Saved as %s", path);
}
