/* Any bytes as what the window remembers between runs. Whatever a row says, every value is one that
 * could have been set by hand, and what is written of them reads back as the same. */
#include "fuzz.h"

#include "window/app.h"
#include "window/file_kinds.h"

#include <stdlib.h>
#include <string.h>

const char *const fuzz_goals[] = {"a value is set", "a switch is set", "a hand is read",
                                  "a name of files is read", NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    fuzz_seed_text(take, user,
                   "mode 0\nbias 0.5\nseed 7\nspeed 2\nwidth 1.2\ncolour 2\nruling 1\nsize 60\n"
                   "hand by seed\nfolder /a b/c\nname letter\nformat gcode\nlifts 1\nahead "
                   "0\nattention 1\ncells 0\ngates 1\nzoom 1.5\n");
    fuzz_seed_text(take, user,
                   "hand " LONGHAND_SOURCE "/assets/styles/felix.xml\nzoom 9\nbias nan");
}

static void start(win_app *app)
{
    memset(app, 0, sizeof *app);
    app->view.zoom = 1;
    for (int i = 0; i < WIN_VALUES; i++)
        app->core.value[i] = win_settings[i].start;
}

static void check(const win_app *app)
{
    for (int i = 0; i < WIN_VALUES; i++) {
        double value = app->core.value[i];
        if (!(value >= win_settings[i].low && value <= win_settings[i].high) ||
            (i != WIN_STYLE && value != win_value_fit((win_value)i, value)))
            abort();
        if (i != WIN_STYLE && value != win_settings[i].start)
            fuzz_reach(0);
    }
    for (int i = 0; i < WIN_ACTIONS; i++)
        if (app->core.on[i])
            fuzz_reach(1);
    if (!(app->view.zoom >= 0.5 && app->view.zoom <= 4) ||
        app->core.value[WIN_STYLE] > app->core.styles.count)
        abort();
    if (app->core.value[WIN_STYLE] > 0)
        fuzz_reach(2);
    if (app->name)
        fuzz_reach(3);
    if (app->kind < 0 || app->kind >= win_export_kinds())
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static win_app app, again;
    lh_error error;
    start(&app);
    start(&again);
    win_settings_read(&app, fuzz_put("settings", data, size));
    check(&app);
    if (win_settings_write(&app, fuzz_path("again"), &error) != LH_OK)
        abort();
    win_settings_read(&again, fuzz_path("again"));
    for (int i = 0; i < WIN_VALUES; i++)
        if (i != WIN_STYLE && app.core.value[i] != again.core.value[i])
            abort();
    if (memcmp(app.core.on, again.core.on, sizeof app.core.on) != 0 ||
        (app.core.value[WIN_STYLE] > 0) != (again.core.value[WIN_STYLE] > 0) ||
        app.kind != again.kind || (app.name && *app.name && strcmp(app.name, again.name) != 0))
        abort();
    free(app.folder);
    free(app.name);
    free(again.folder);
    free(again.name);
    win_styles_clear(&app.core.styles);
    win_styles_clear(&again.core.styles);
    return 0;
}
