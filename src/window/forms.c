/* What an open form is used for: to save the paper as one chooses, and to name what is kept of a
 * search; that of hands is in hand_form.c. */
#include "events.h"
#include "export.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FORM_SAVE = 1, FORM_MARK }; /* and WIN_FORM_HAND */

/* ---- saving ---------------------------------------------------------------------------------- */

enum { SAVE_FOLDER, SAVE_NAME };
enum { SAVE_DO, SAVE_SHOW, SAVE_CLOSE };

/* The folder as it is typed: "~" is that of the user. */
static char *whole_folder(const char *typed)
{
    const char *home = getenv("HOME");
    bool of_home = typed[0] == '~' && (typed[1] == '/' || typed[1] == '\0') && home;
    size_t size = strlen(typed) + (of_home ? strlen(home) : 0) + 1;
    char *whole = malloc(size);
    if (whole)
        snprintf(whole, size, "%s%s", of_home ? home : "", typed + of_home);
    return whole;
}

/* Remembers what is chosen, though nothing may come to be saved. */
static void keep_choice(win_app *app)
{
    win_form *f = &app->view.form;
    char *folder = whole_folder(f->text[SAVE_FOLDER].text), *name = strdup(f->text[SAVE_NAME].text);
    if (folder && name) {
        free(app->folder);
        free(app->name);
        app->folder = folder;
        app->name = name;
    }
    app->kind = f->chosen;
}

/* What is said below: the kind of file, and whether there is one of the name. Returns whether there
 * is. */
static bool note_choice(win_app *app)
{
    win_form *f = &app->view.form;
    char path[4096];
    keep_choice(app);
    bool named = *f->text[SAVE_NAME].text && !strchr(f->text[SAVE_NAME].text, '/');
    bool there = named && win_export_path(app, app->kind, path) && access(path, F_OK) == 0;
    f->warns = there || !named;
    f->sure = false;
    if (!named)
        snprintf(f->note, sizeof f->note, "A name is needed, without a slash.");
    else
        snprintf(f->note, sizeof f->note, "%.120s.%s", win_export_title(app->kind),
                 there ? " There is one of this name: it would be replaced." : "");
    return there;
}

void win_forms_save(win_app *app)
{
    win_form *f = &app->view.form;
    char here[3000];
    const char *folder = win_export_folder(app, here, sizeof here);
    win_form_close(f);
    bool whole = win_editor_start(&f->text[SAVE_FOLDER], folder ? folder : "") &&
                 win_editor_start(&f->text[SAVE_NAME], win_export_base(app));
    f->texts = 2;
    if (!whole) {
        win_form_close(f);
        return;
    }
    win_app_end_composing(app);
    f->kind = FORM_SAVE;
    f->title = "Save as";
    f->label[SAVE_FOLDER] = "Folder";
    f->label[SAVE_NAME] = "Name";
    f->choices = win_export_kinds() < WIN_FORM_CHOICES ? win_export_kinds() : WIN_FORM_CHOICES;
    for (int i = 0; i < f->choices; i++)
        f->choice[i] = win_export_name(i);
    f->chosen = app->kind < f->choices ? app->kind : 0;
    f->deeds = 3;
    f->deed[SAVE_DO] = "Save";
    f->deed[SAVE_SHOW] = "Open folder";
    f->deed[SAVE_CLOSE] = "Close";
    f->row = SAVE_NAME;
    win_editor_select_all(&f->text[SAVE_NAME]);
    note_choice(app);
}

/* What is there already is replaced when one asks for it a second time. */
static void save(win_app *app)
{
    win_form *f = &app->view.form;
    char path[4096];
    bool sure = f->sure, there = note_choice(app);
    if (!*f->text[SAVE_NAME].text || strchr(f->text[SAVE_NAME].text, '/') ||
        !win_export_path(app, app->kind, path))
        return;
    f->sure = there;
    if (there && !sure)
        snprintf(f->note, sizeof f->note,
                 "There is one of this name. Save once more to replace it.");
    else if (win_export_save(app, app->kind, path))
        win_form_close(f);
    else
        snprintf(f->note, sizeof f->note, "%.200s", app->core.message);
}

/* ---- what a search found ----------------------------------------------------------------------
 */

enum { MARK_KEEP, MARK_FORGET, MARK_CLOSE };

void win_forms_mark(win_app *app)
{
    win_form *f = &app->view.form;
    const win_search *search = &app->core.search;
    win_pattern pattern = win_search_pattern(search, &app->core.sheet);
    if (!app->core.on[WIN_FIND] || pattern.cells == 0) {
        win_core_say(&app->core, false, "Find something first: press Ctrl F, and mark ink.");
        return;
    }
    static const char *const deeds[WIN_FORM_DEEDS] = {
        [MARK_KEEP] = "Keep", [MARK_FORGET] = "Forget", [MARK_CLOSE] = "Close"};
    if (!win_form_ask_name(f, FORM_MARK, "Keep the cells that were found", pattern.name, deeds))
        return;
    win_app_end_composing(app);
    snprintf(f->note, sizeof f->note,
             "%d cells of layer %d, to be looked for in other ink. Forget takes one of this name "
             "away.",
             pattern.cells, pattern.layer + 1);
}

/* Writes down what is kept now, and says so. */
static void keep_marks(win_app *app, const char *said)
{
    lh_error error;
    char *path = win_marks_path();
    if (!path)
        win_core_say(&app->core, true, "There is no folder to keep it in: set XDG_DATA_HOME.");
    else if (win_marks_write(&app->core.marks, path, &error) != LH_OK)
        win_core_say(&app->core, true, "%s", error.message);
    else
        win_core_say(&app->core, false, "%s", said);
    free(path);
}

static void do_mark(win_app *app, int deed)
{
    win_form *f = &app->view.form;
    win_core *core = &app->core;
    const char *name = f->text[0].text;
    char said[WIN_MARK_NAME + 60];
    f->warns = true;
    if (deed == MARK_CLOSE) {
        win_form_close(f);
        return;
    }
    win_pattern pattern = win_search_pattern(&core->search, &core->sheet);
    if (!*name) {
        snprintf(f->note, sizeof f->note, "A name is needed.");
    } else if (deed == MARK_FORGET && !win_marks_drop(&core->marks, name)) {
        snprintf(f->note, sizeof f->note, "None of this name is kept.");
    } else if (deed == MARK_KEEP && !win_marks_add(&core->marks, &pattern, name)) {
        snprintf(f->note, sizeof f->note, "There is room for %d: forget one first.", WIN_MARKS);
    } else {
        snprintf(said, sizeof said, "\u201c%.*s\u201d is %s.", WIN_MARK_NAME, name,
                 deed == MARK_KEEP ? "kept" : "forgotten");
        keep_marks(app, said);
        win_form_close(f);
    }
}

/* ---- all forms ------------------------------------------------------------------------------- */

static void do_deed(win_app *app, int deed)
{
    if (app->view.form.kind == WIN_FORM_HAND) {
        win_hand_form_do(app, deed);
        return;
    }
    if (app->view.form.kind == FORM_MARK) {
        do_mark(app, deed);
        return;
    }
    if (deed == SAVE_DO)
        save(app);
    else if (deed == SAVE_SHOW)
        win_export(app, WIN_FOLDER);
    else
        win_form_close(&app->view.form);
}

static void form_changed(win_app *app)
{
    if (app->view.form.kind == FORM_SAVE)
        note_choice(app);
    if (app->view.form.kind == WIN_FORM_HAND)
        app->view.form.sure = false;
}

/* The text's own keys; false: it has none of that name. */
static bool text_key(win_app *app, win_editor *e, const SDL_Keysym *key)
{
    bool control = key->mod & KMOD_CTRL, shift = key->mod & KMOD_SHIFT;
    char *text = NULL;
    switch (key->sym) {
    case SDLK_LEFT:
    case SDLK_RIGHT:
        win_editor_step(e, key->sym == SDLK_LEFT ? -1 : 1, control, shift);
        return true;
    case SDLK_HOME:
    case SDLK_END:
        win_editor_place(e, key->sym == SDLK_HOME ? 0 : strlen(e->text), shift);
        return true;
    case SDLK_BACKSPACE:
    case SDLK_DELETE:
        win_editor_erase(e, key->sym == SDLK_DELETE ? 1 : -1, control);
        form_changed(app);
        return true;
    case SDLK_a:
        if (control)
            win_editor_select_all(e);
        return true;
    case SDLK_c:
    case SDLK_x:
        text = control ? win_editor_selection(e) : NULL;
        if (text)
            SDL_SetClipboardText(text);
        if (text && key->sym == SDLK_x)
            win_editor_erase(e, 1, false);
        free(text);
        form_changed(app);
        return true;
    case SDLK_v:
        text = control ? SDL_GetClipboardText() : NULL;
        if (text) /* one row: what follows it is left out */
            text[strcspn(text, "\n")] = '\0';
        if (text)
            win_editor_insert(e, text, false);
        SDL_free(text);
        form_changed(app);
        return true;
    default:
        return false;
    }
}

bool win_forms_key(win_app *app, const SDL_KeyboardEvent *event)
{
    win_form *f = &app->view.form;
    const SDL_Keysym *key = &event->keysym;
    win_editor *e = f->kind ? win_form_editor(f) : NULL;
    bool back = key->sym == SDLK_LEFT || key->sym == SDLK_UP;
    if (f->kind == 0 || ((key->mod & KMOD_CTRL) && key->sym == SDLK_q))
        return false;
    if (key->sym == SDLK_ESCAPE)
        win_form_close(f);
    else if (key->sym == SDLK_TAB)
        win_form_step(f, key->mod & KMOD_SHIFT ? -1 : 1);
    else if (key->sym == SDLK_UP || key->sym == SDLK_DOWN)
        win_form_step(f, back ? -1 : 1);
    else if (key->sym == SDLK_RETURN || key->sym == SDLK_KP_ENTER ||
             (key->sym == SDLK_SPACE && win_form_deed(f) >= 0))
        do_deed(app, win_form_deed(f) >= 0 ? win_form_deed(f) : 0);
    else if (e)
        text_key(app, e, key);
    else if (key->sym == SDLK_LEFT || key->sym == SDLK_RIGHT) {
        if (win_form_choosing(f))
            win_form_choose(f, back ? -1 : 1);
        else
            win_form_step(f, back ? -1 : 1);
        form_changed(app);
    }
    app->space_pressed = key->sym == SDLK_SPACE && !e;
    return true;
}

bool win_forms_letters(win_app *app, const char *letters)
{
    win_form *f = &app->view.form;
    win_editor *e = f->kind ? win_form_editor(f) : NULL;
    if (e) {
        win_editor_insert(e, letters, true);
        form_changed(app);
    }
    return f->kind != 0;
}

bool win_forms_press(win_app *app, double x, double y)
{
    win_form *f = &app->view.form;
    if (f->kind == 0)
        return false;
    win_box box = win_form_box(f, app->view.width, app->view.height);
    int deed = win_form_press(f, box, x, y);
    if (deed >= 0)
        do_deed(app, deed);
    else if (win_box_holds(box, x, y))
        form_changed(app);
    else
        win_form_close(f);
    return true;
}
