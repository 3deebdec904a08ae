/* What is remembered between runs: rows "key value" in longhand/window in the user's configuration
 * folder. What a row says is taken as if set by hand, so an old or damaged file does no harm. */
#include "app.h"
#include "file_kinds.h"

#include "base/folder.h"

#include <stdlib.h>
#include <string.h>

enum { SETTINGS_BYTES = 1 << 16 };
/* The row of who wants no style; without a row for the hand it is that of the first run. */
static const char hand_by_seed[] = "hand by seed";

char *win_settings_path(void)
{
    char *folder = lh_folder_of_user("XDG_CONFIG_HOME", ".config", "longhand");
    bool made = folder && lh_folder_make(folder, 0777, NULL) == LH_OK;
    free(folder);
    return made ? lh_folder_of_user("XDG_CONFIG_HOME", ".config", "longhand/window") : NULL;
}

static void take_row(win_app *app, const char *key, double number)
{
    for (int i = 0; i < WIN_VALUES; i++)
        if (i != WIN_STYLE && strcmp(key, win_settings[i].key) == 0)
            app->core.value[i] = win_value_fit((win_value)i, number);
    for (int i = 0; i < WIN_ACTIONS; i++)
        if (win_deeds[i].key_in_file && strcmp(key, win_deeds[i].key_in_file) == 0)
            app->core.on[i] = number != 0;
    if (strcmp(key, "zoom") == 0 && number >= 0.5 && number <= 4)
        app->view.zoom_wanted = number;
    if (strcmp(key, "window_width") == 0 && number >= WIN_LEAST_WIDTH && number <= 16384)
        app->size.w = (int)number;
    if (strcmp(key, "window_height") == 0 && number >= WIN_LEAST_HEIGHT && number <= 16384)
        app->size.h = (int)number;
}

/* A row whose value is words. */
static bool take_words(win_app *app, const char *row)
{
    char **words = strncmp(row, "folder ", 7) == 0 ? &app->folder
                   : strncmp(row, "name ", 5) == 0 ? &app->name
                                                   : NULL;
    if (strncmp(row, "format ", 7) == 0)
        app->kind = win_export_kind(row + 7);
    else if (words) {
        free(*words);
        *words = strdup(strchr(row, ' ') + 1);
    }
    return words || strncmp(row, "format ", 7) == 0;
}

bool win_settings_read(win_app *app, const char *path)
{
    lh_error ignored; /* a first run */
    size_t size;
    char *text = lh_file_read(path, SETTINGS_BYTES, &size, &ignored), *next = text;
    while (next && *next) {
        char *row = next, *end = strchr(row, '\n'), key[32];
        double number;
        next = end ? end + 1 : NULL;
        if (end)
            *end = '\0';
        if (strcmp(row, hand_by_seed) == 0)
            app->core.value[WIN_STYLE] = 0;
        else if (strncmp(row, "hand ", 5) == 0)
            app->core.value[WIN_STYLE] = 1 + win_styles_add(&app->core.styles, row + 5, &ignored);
        else if (!take_words(app, row) && sscanf(row, "%31s %lf", key, &number) == 2)
            take_row(app, key, number);
    }
    bool there = text != NULL;
    free(text);
    return there;
}

lh_status win_settings_write(const win_app *app, const char *path, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    FILE *stream = lh_output_stream(output);
    for (int i = 0; i < WIN_VALUES; i++)
        if (i != WIN_STYLE)
            fprintf(stream, "%s %g\n", win_settings[i].key, app->core.value[i]);
    if (app->core.value[WIN_STYLE] > 0)
        fprintf(stream, "hand %s\n", app->core.styles.path[(int)app->core.value[WIN_STYLE] - 1]);
    else
        fprintf(stream, "%s\n", hand_by_seed);
    for (int i = 0; i < WIN_ACTIONS; i++)
        if (win_deeds[i].key_in_file) /* of a tour, as it was before */
            fprintf(stream, "%s %d\n", win_deeds[i].key_in_file,
                    app->core.on[WIN_TOUR] ? app->tour.on[i] : app->core.on[i]);
    if (app->folder && *app->folder && !strchr(app->folder, '\n'))
        fprintf(stream, "folder %s\n", app->folder);
    if (app->name && *app->name && !strchr(app->name, '\n'))
        fprintf(stream, "name %s\n", app->name);
    fprintf(stream, "format %s\n", win_export_name(app->kind));
    fprintf(stream, "window_width %d\nwindow_height %d\n", app->size.w, app->size.h);
    fprintf(stream, "zoom %g\n", app->view.zoom_wanted);
    return lh_output_commit(output, error);
}
