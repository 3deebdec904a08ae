/* One's own hand: what was drawn is given to the learner, and what it learnt is chosen. */
#include "app.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_POINTS = 20 };

/* Who has written nothing yet sees the hand in this. */
static const char SHOWS_A_HAND[] = "This is my hand: a quick brown fox jumps over the lazy dog.";

/* What a row of the caption says, for the caller to free; NULL: nothing that can be written. */
static char *caption_row(const win_core *core, const char *row, size_t length)
{
    win_plain plain = {0};
    lh_error ignored;
    win_letters letters = win_core_letters(core);
    letters.parts = NULL;
    char *typed = strndup(row, length), *text = NULL;
    if (typed && win_plain_read(&plain, typed, &letters, &ignored) == LH_OK && plain.count > 0) {
        text = plain.text;
        plain.text = NULL;
    }
    for (size_t end = text ? strlen(text) : 0; end > 0 && text[end - 1] == ' ';)
        text[--end] = '\0';
    win_plain_clear(&plain);
    free(typed);
    if (text && *text)
        return text;
    free(text);
    return NULL;
}

/* A row of caption is of a row of ink; what stands below is to follow, and says nothing of it. */
static void take_captions(const win_core *core, win_lesson *lesson)
{
    const char *row = core->caption.text;
    for (size_t i = 0; i < lesson->count && *row; i++) {
        size_t length = strcspn(row, "\n");
        lesson->line[i].text = caption_row(core, row, length);
        row += length + (row[length] == '\n');
    }
}

static lh_status prepare(const win_core *core, win_lesson *lesson, lh_error *error)
{
    lesson->options = lh_hand_defaults;
    lesson->folder = win_styles_folder();
    if (!lesson->folder)
        return lh_fail(error, LH_ERROR_IO,
                       "There is no folder to keep hands in: set XDG_DATA_HOME.");
    lesson->model = strdup(core->model);
    lesson->reader = core->reader ? strdup(core->reader) : NULL;
    if (!lesson->model || (core->reader && !lesson->reader))
        return lh_fail_memory(error, "a lesson");
    lh_status status = win_lesson_cut(lesson, &core->drawing.ink, error);
    if (status == LH_OK)
        take_captions(core, lesson);
    return status;
}

void win_learning_begin(win_app *app)
{
    win_core *core = &app->core;
    win_lesson lesson = {0};
    lh_error error;
    if (win_mode(core) != WIN_MODE_DRAW) {
        win_core_say(core, false, "Draw something first: press F3, or choose Draw.");
    } else if (core->learner) {
        win_core_say(core, false, "Your hand is being learnt. Esc stops that.");
    } else if (!core->ready) {
        win_core_say(core, true, "There is no network that could learn your hand.");
    } else if (core->drawing.ink.count < LEAST_POINTS) {
        win_core_say(core, true, "There is too little ink to learn a hand from: write a sentence.");
    } else if (prepare(core, &lesson, &error) != LH_OK) {
        win_core_say(core, true, "%s", error.message);
        win_lesson_clear(&lesson);
    } else {
        core->learner = win_learner_start(&lesson, core->held, win_app_wake, NULL, &error);
        core->learning = (win_learning){0};
        if (!core->learner)
            win_core_say(core, true, "%s", error.message);
    }
}

bool win_learning_stop(win_app *app)
{
    if (!app->core.learner)
        return false;
    win_learner_stop(app->core.learner);
    return true;
}

/* What is drawn meanwhile is not torn from the hand: the paper is left when the pen is lifted. */
void win_learning_update(win_app *app)
{
    win_core *core = &app->core;
    if (!core->learner)
        return;
    win_learning now = core->learning = win_learner_look(core->learner);
    if (!now.ended || core->drawing.down)
        return;
    if (now.path) {
        if (!*core->text.text)
            win_core_welcome(core, SHOWS_A_HAND);
        win_app_choose_style(app, now.path,
                             now.primed ? "This network learns no hands; yours is kept to be shown "
                                          "to it, as"
                                        : "Your hand is learnt, and kept as");
    } else if (now.stopped)
        win_core_say(core, false, "Learning was stopped. Nothing is kept.");
    else
        win_core_say(core, true, "%s", now.message);
    win_learner_free(core->learner);
    core->learner = NULL;
}
