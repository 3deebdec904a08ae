/* What the core wants of the scribe: see core.h. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

/* Made plain, without a blank at its end; the caller frees. NULL: nothing, or no memory. */
static char *plain_text(const win_core *core, const char *typed)
{
    win_plain plain = {0};
    lh_error ignored;
    win_letters letters = win_core_letters(core);
    letters.parts = NULL;
    if (!typed || win_plain_read(&plain, typed, &letters, &ignored) != LH_OK)
        return NULL;
    char *text = plain.text;
    plain.text = NULL;
    win_plain_clear(&plain);
    size_t length = text ? strlen(text) : 0;
    if (length > 0 && text[length - 1] == ' ')
        text[length - 1] = '\0';
    if (length > 0 && *text)
        return text;
    free(text);
    return NULL;
}

/* What the drawn ink says, and what shall follow: the rows below, or else the text that is written
 * in the other mode. */
static char *text_to_follow(const win_core *core)
{
    enum { FOLLOWING = 40 };
    const char *caption = core->caption.text, *row = strchr(caption, '\n');
    const char *more = row && row[1] ? "" : *core->text.text ? core->text.text : "and so on";
    char *all = malloc(strlen(caption) + FOLLOWING + 2);
    if (!all || !*caption) {
        free(all);
        return NULL;
    }
    strcpy(all, caption);
    strcat(all, " ");
    strncat(all, more, FOLLOWING);
    char *text = plain_text(core, all);
    free(all);
    return text;
}

/* Does anybody look at what the network does? */
static bool is_looked_at(const win_core *core)
{
    static const win_action views[] = {WIN_AHEAD, WIN_ATTENTION, WIN_CELLS,
                                       WIN_GATES, WIN_FIND,      WIN_TELLING};
    bool any = false;
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        any |= core->on[views[i]];
    return any;
}

/* The text that drawn ink is followed by, for the views. */
static void read_followed(win_core *core, const char *follow)
{
    win_letters letters = win_core_letters(core);
    lh_error ignored;
    letters.parts = NULL;
    if (!follow)
        win_plain_clear(&core->follows);
    else if (!core->follows.text || strcmp(core->follows.text, follow) != 0)
        win_plain_read(&core->follows, follow, &letters, &ignored);
}

const char *win_core_style(const win_core *core)
{
    int style = (int)core->value[WIN_STYLE];
    return style > 0 && style <= core->styles.count ? core->styles.path[style - 1] : NULL;
}

static unsigned style_turn(const win_core *core)
{
    return win_core_style(core) ? core->styles.turn[(int)core->value[WIN_STYLE] - 1] : 0;
}

void win_core_order(win_core *core)
{
    bool draw = win_mode(core) == WIN_MODE_DRAW;
    char *follow = draw && core->ready ? text_to_follow(core) : NULL;
    win_order o = {
        .mode = win_mode(core),
        .model = core->model,
        .free_model = core->free_model,
        .reader = core->reader,
        .style = win_core_style(core),
        .model_turn = core->model_turn,
        .free_turn = core->free_turn,
        .style_turn = style_turn(core),
        .hands = core->installed,
        .text = draw ? follow : core->plain.text,
        .finished = core->finished,
        .bias = core->value[WIN_BIAS],
        .seed = (uint64_t)core->value[WIN_SEED],
        .turn = core->drawing.turn,
        .shown = core->sheet.shown,
    };
    if (draw) {
        o.drawn = core->drawing.ink;
        o.down = core->drawing.down;
        o.views = is_looked_at(core);
        read_followed(core, follow);
    }
    if (!win_scribe_ask(core->scribe, &o))
        win_core_say(core, true, "There is no memory left to write this text.");
    free(follow);
}
