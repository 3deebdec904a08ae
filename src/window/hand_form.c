/* The form of a hand of one's own: another name for it, or its end. */
#include "app.h"

enum { HAND_RENAME, HAND_DELETE, HAND_CLOSE };

void win_hand_form_open(win_app *app, int index)
{
    win_form *f = &app->view.form;
    win_core *core = &app->core;
    if (index < 0 || !win_styles_is_own(&core->styles, index)) {
        win_core_say(core, false,
                     "Only hands of your own can be renamed and deleted: choose one of them.");
        return;
    }
    static const char *const deeds[WIN_FORM_DEEDS] = {
        [HAND_RENAME] = "Rename", [HAND_DELETE] = "Delete", [HAND_CLOSE] = "Close"};
    if (!win_form_ask_name(f, WIN_FORM_HAND, "Your hand", core->styles.style[index]->name, deeds))
        return;
    win_app_end_composing(app);
    app->hand = index;
    snprintf(f->note, sizeof f->note, "It is kept as %.200s.", core->styles.path[index]);
}

static void rename_hand(win_app *app)
{
    win_form *f = &app->view.form;
    win_core *core = &app->core;
    lh_error error;
    f->sure = false;
    if (win_styles_rename(&core->styles, app->hand, f->text[0].text, &error) != LH_OK) {
        f->warns = true;
        snprintf(f->note, sizeof f->note, "%.230s", error.message);
        return;
    }
    win_hands_touch(&core->hands); /* its name is drawn there */
    win_core_say(core, false, "It is called \u201c%s\u201d now.",
                 core->styles.style[app->hand]->name);
    win_core_order(core);
    win_form_close(f);
}

static void delete_hand(win_app *app)
{
    win_form *f = &app->view.form;
    win_core *core = &app->core;
    lh_error error;
    f->warns = true;
    if (!f->sure) {
        f->sure = true;
        snprintf(f->note, sizeof f->note,
                 "Delete once more, and its file goes. Ctrl Z brings it back, until you close "
                 "Longhand.");
        return;
    }
    f->sure = false;
    if (win_undo_delete(core, app->hand, &error) != LH_OK) {
        snprintf(f->note, sizeof f->note, "%.230s", error.message);
        return;
    }
    win_form_close(f);
    win_app_layout(app);
    win_core_say(core, false, "The hand is deleted. Ctrl Z brings it back.");
}

void win_hand_form_do(win_app *app, int deed)
{
    if (deed == HAND_RENAME)
        rename_hand(app);
    else if (deed == HAND_DELETE)
        delete_hand(app);
    else
        win_form_close(&app->view.form);
}
