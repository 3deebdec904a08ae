/* What happens in the window: time, orders, news. See core.h. */
#include "core.h"
#include "base/extremes.h"

#include "base/visible.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Seconds without a key after which the last word typed counts as whole. */
#define PAUSE_AFTER_WORD 0.6
/* Seconds without a key after which the list of hands is filled: each takes the network a while. */
#define HANDS_AFTER 1.0
/* Seconds for which a message stands. */
#define MESSAGE_STANDS 6

void win_core_say(win_core *core, bool trouble, const char *format, ...)
{
    char raw[sizeof core->message];
    va_list list;
    va_start(list, format);
    vsnprintf(raw, sizeof raw, format, list);
    va_end(list);
    visible_text(raw, core->message, sizeof core->message);
    core->trouble = trouble;
    core->messages++;
    core->message_until = core->time + MESSAGE_STANDS;
}

lh_status win_core_start(win_core *core, const char *text, void (*wake)(void *data),
                         lh_error *error)
{
    win_cell_colours_start(core);
    core->marked = core->pinned = core->hovered = SIZE_MAX;
    core->follow = true;
    core->sheet.resume = -1;
    core->cell = core->search.shown = -1;
    core->search.again = true;
    if (!win_editor_start(&core->text, text) || !win_editor_start(&core->caption, ""))
        return lh_fail_memory(error, "a text");
    core->text.step = core->caption.step = core->drawing.step = &core->step;
    core->editor = win_mode(core) == WIN_MODE_DRAW ? &core->caption : &core->text;
    core->scribe = win_scribe_start(wake, NULL, error);
    if (!core->scribe)
        return error->status;
    char *marks = win_marks_path();
    if (marks)
        win_marks_read(&core->marks, marks);
    free(marks);
    win_core_text_changed(core);
    core->finish_at = core->time;
    win_core_update(core, 0);
    return LH_OK;
}

void win_core_stop(win_core *core)
{
    win_learner_free(core->learner);
    win_scribe_stop(core->scribe);
    win_editor_clear(&core->text);
    win_editor_clear(&core->caption);
    win_plain_clear(&core->plain);
    win_plain_clear(&core->says);
    win_plain_clear(&core->follows);
    win_parts_clear(&core->parts);
    lh_signs_free(core->signs);
    win_sheet_clear(&core->sheet);
    win_likeness_clear(&core->likeness);
    win_telling_clear(&core->telling);
    win_hands_clear(&core->hands);
    win_ghosts_clear(&core->ghosts);
    win_compare_end(core);
    win_freehand_clear(&core->drawing);
    win_styles_clear(&core->styles);
    win_gone_clear(&core->gone);
    free(core->model);
    free(core->free_model);
    free(core->reader);
    free(core->installed);
}

bool win_core_can_caption(const win_core *core)
{
    const char *read = core->drawing.reading.text;
    return win_mode(core) == WIN_MODE_DRAW && !*core->caption.text && read && *read;
}

/* ---- the text -------------------------------------------------------------------------------- */

win_letters win_core_letters(const win_core *core)
{
    return (win_letters){&core->alphabet, core->signs, &core->parts};
}

/* Says what is left out, where there is more of it than before. */
static void tell_skipped(win_core *core, size_t before)
{
    char signs[200];
    const win_plain *plain = core->editor == &core->text ? &core->plain : &core->says;
    if (plain->from.skipped.count <= before)
        return;
    size_t count = win_plain_skipped(plain, signs, sizeof signs);
    win_core_say(core, true, "This hand has not learned to write %s%s; %s left out.", signs,
                 count > 10 ? " and others" : "", count > 1 ? "they are" : "it is");
}

/* Reads what is typed, and sets out anew what stands elsewhere. */
static void read_text(win_core *core)
{
    if (!core->ready)
        return;
    const win_letters letters = win_core_letters(core);
    bool text = core->editor == &core->text;
    size_t skipped = (text ? &core->plain : &core->says)->from.skipped.count;
    win_plain plain = {0};
    lh_error error;
    lh_status status = win_plain_read(&plain, core->text.text, &letters, &error);
    if (status == LH_OK) {
        size_t moved = win_plain_moved(&plain, &core->plain);
        win_plain_clear(&core->plain);
        core->plain = plain;
        if (moved < core->sheet.words && win_mode(core) == WIN_MODE_WRITE) {
            win_sheet_break(&core->sheet, moved, &core->plain);
            core->sheet.version++;
        }
        status = win_plain_read(&core->says, core->caption.text, &letters, &error);
    }
    if (status != LH_OK)
        win_core_say(core, true, "%s", error.message);
    tell_skipped(core, skipped);
}

/* Shows another text, beside what can be undone. */
static void show_text(win_core *core, const char *text)
{
    if (!win_editor_show(&core->text, text))
        win_core_say(core, true, "There is no memory left for a text.");
    win_core_text_changed(core);
}

void win_core_welcome(win_core *core, const char *text)
{
    core->welcome = true;
    show_text(core, text);
}

void win_core_end_welcome(win_core *core)
{
    if (!core->welcome)
        return;
    core->welcome = false;
    show_text(core, "");
}

void win_core_text_changed(win_core *core)
{
    if (core->on[WIN_COMPARE]) /* of other words */
        win_compare_end(core);
    read_text(core);
    win_moment_drop(core);
    core->finished = false;
    core->finish_at = core->time + PAUSE_AFTER_WORD;
    core->follow = true;
    win_core_order(core);
}

/* ---- from the scribe ------------------------------------------------------------------------- */

/* Of a row, what part of a word is to take by the mean width of its characters; of a part that is
 * still too wide, what is left of it. */
static const double share = 0.92, share_less = 0.85;

/* Units. */
static float rows_width(const win_sheet *s)
{
    return win_sheet_room(s) / win_sheet_scale(s);
}

/* Parts the first word from `from` on that is wider than the paper; what is written then is another
 * text, and that word comes anew. */
static void part_wide_word(win_core *core, size_t from)
{
    win_sheet *s = &core->sheet;
    size_t wide = win_sheet_wide_word(s, from);
    if (wide >= core->plain.words || win_mode(core) != WIN_MODE_WRITE)
        return;
    const lh_word *word = &s->word[wide];
    lh_ink ink = {.points = s->point + word->point, .count = word->points};
    const lh_box box = lh_ink_bounds(&ink);
    size_t part = core->plain.part_of[wide], fit = 0;
    if (part > 0)
        fit = (size_t)(share_less * (double)core->parts.row[part - 1].characters);
    else
        fit =
            (size_t)(share * (double)rows_width(s) / (double)(box.right - box.left) * word->count);
    core->parts_width = rows_width(s);
    if (!win_parts_add(&core->parts, &core->plain, wide, fit))
        return;
    read_text(core);
    win_core_order(core);
}

void win_core_forget_parts(win_core *core)
{
    if (core->parts.count == 0)
        return;
    win_parts_clear(&core->parts);
    read_text(core);
}

const win_plain *win_core_says(const win_core *core)
{
    return win_mode(core) == WIN_MODE_WRITE                             ? &core->plain
           : win_mode(core) == WIN_MODE_DRAW && core->follows.count > 0 ? &core->follows
                                                                        : NULL;
}

static const win_plain *plain_of_sheet(const win_core *core)
{
    return win_mode(core) == WIN_MODE_WRITE ? &core->plain : NULL;
}

bool win_core_lay_out(win_core *core)
{
    if (core->sheet.points > 0 && core->parts_width != rows_width(&core->sheet)) {
        win_core_forget_parts(core); /* words may have room now that had none */
        win_core_order(core);
    }
    bool whole = win_sheet_break(&core->sheet, 0, plain_of_sheet(core));
    part_wide_word(core, 0);
    return whole;
}

static void take_ink(win_core *core, win_news *news)
{
    core->sheet.flat = news->followed;
    core->sheet.flat_scale = (float)win_core_unit(core);
    if (!win_sheet_take(&core->sheet, news) ||
        !win_sheet_break(&core->sheet, news->words_kept, plain_of_sheet(core)))
        win_core_say(core, true, "There is no memory left for more ink.");
    part_wide_word(core, news->words_kept);
    if (news->followed) /* no pen goes over it again */
        win_sheet_finish(&core->sheet);
    if (news->words > 0 && news->points == 0)
        win_core_say(core, true,
                     "The network finds no way to write this in this hand. Another style, "
                     "seed or neatness may do.");
    if (news->points_kept < core->search.span.to)
        win_search_mark(&core->search, (win_span){0, 0}); /* that ink is gone */
    core->search.again |= news->points_kept < core->search.searched;
    int cells = core->sheet.layers * core->sheet.cells;
    if (cells > 0 && core->cell >= cells)
        core->cell = -1;
}

/* A network that is missing is told for good, on the paper; other things for a while. */
static void take_fault(win_core *core, const win_news *news)
{
    if (news->fault != WIN_FAULT_OTHER) {
        visible_text(news->message, core->fault[news->fault], sizeof core->fault[news->fault]);
        core->faults++;
    }
    win_core_say(core, true, "%s", news->message);
}

static void take_news(win_core *core)
{
    for (win_news *news; (news = win_scribe_news(core->scribe)); win_news_free(news)) {
        if (news->kind == WIN_NEWS_INK) {
            if (win_mode(core) == WIN_MODE_FREE && news->points > 0)
                *core->fault[WIN_FAULT_FREE_MODEL] = '\0';
            take_ink(core, news);
        } else if (news->kind == WIN_NEWS_WAYS) {
            win_freehand_take_ways(&core->drawing, news, core->time);
        } else if (news->kind == WIN_NEWS_SAMPLE) {
            win_hands_take(&core->hands, news);
            win_ghosts_take(&core->ghosts, news);
            win_compare_take(core, news);
        } else if (news->kind == WIN_NEWS_FAULT) {
            take_fault(core, news);
        } else {
            core->alphabet = news->alphabet;
            core->ready = true;
            *core->fault[WIN_FAULT_MODEL] = '\0';
            core->models++;
            read_text(core);
            win_core_order(core);
        }
    }
}

/* ---- time ------------------------------------------------------------------------------------ */

static void mark_letter(win_core *core)
{
    const win_sheet *s = &core->sheet;
    size_t marked = SIZE_MAX;
    bool held = win_moment_held(core);
    if (win_mode(core) == WIN_MODE_WRITE && (win_sheet_moving(s) || held)) {
        size_t c = (size_t)s->character[held ? win_moment_point(core) : s->shown];
        if (c < core->plain.count)
            marked = core->plain.byte[c];
    }
    core->marked = marked;
}

double win_core_progress(const win_core *core)
{
    const win_sheet *s = &core->sheet;
    if (win_mode(core) != WIN_MODE_WRITE || core->plain.count == 0 ||
        (s->shown >= s->points && s->words >= core->plain.words))
        return 1;
    size_t done = s->shown > 0 ? (size_t)s->character[s->shown - 1] + 1 : 0;
    return fmin(1, (double)done / (double)core->plain.count);
}

/* Of what is replayed, where writing is done at once. */
static const double replay_pace = 8;

static void move_pen(win_core *core, double seconds)
{
    double pace = win_pace(core->value[WIN_SPEED]);
    size_t shown = core->sheet.shown;
    core->replays = core->replays && win_sheet_moving(&core->sheet);
    if (core->replays && isinf(pace))
        pace = replay_pace;
    if (isinf(pace))
        win_sheet_finish(&core->sheet);
    else
        win_sheet_advance(&core->sheet, seconds * pace);
    if (core->sheet.shown != shown)
        win_core_order(core);
}

/* Are there hands whose word is still to be asked for? */
static bool wants_hands(const win_core *core)
{
    return core->ready && win_mode(core) == WIN_MODE_WRITE && !core->on[WIN_FULL] &&
           win_hands_wanted(&core->hands, &core->styles, core->models);
}

void win_core_update(win_core *core, double seconds)
{
    core->time += seconds;
    take_news(core);
    if (core->time >= core->finish_at) {
        core->finish_at = INFINITY;
        core->finished = true;
        win_core_order(core);
    }
    if (!core->on[WIN_PAUSE] && win_mode(core) != WIN_MODE_DRAW)
        move_pen(core, seconds);
    if (wants_hands(core) && core->time >= core->last_input + HANDS_AFTER)
        win_hands_update(&core->hands, &core->styles, core->models, core->scribe);
    if (core->ready && core->on[WIN_GHOST] && win_mode(core) == WIN_MODE_DRAW)
        win_ghosts_update(&core->ghosts, win_core_style(core), core->value[WIN_BIAS],
                          (uint64_t)core->value[WIN_SEED], core->models, core->scribe);
    mark_letter(core);
    win_marking_update(core);
    if (core->on[WIN_CELLS])
        win_likeness_update(&core->likeness, &core->sheet);
    if (core->on[WIN_TELLING])
        win_telling_update(&core->telling, &core->sheet, win_core_says(core));
    win_cell_colours_update(core);
    if (core->time >= core->message_until)
        *core->message = '\0';
}

double win_core_rest(const win_core *core)
{
    bool moves =
        win_sheet_moving(&core->sheet) && !core->on[WIN_PAUSE] && win_mode(core) != WIN_MODE_DRAW;
    bool fades = win_mode(core) == WIN_MODE_DRAW && win_freehand_fades(&core->drawing, core->time);
    bool tells = core->on[WIN_TELLING] && win_telling_works(&core->telling);
    if (moves || fades || tells)
        return 0;
    double rest = INFINITY;
    if (*core->message)
        lh_lower(&rest, core->message_until - core->time);
    lh_lower(&rest, core->finish_at - core->time);
    if (wants_hands(core))
        lh_lower(&rest, core->last_input + HANDS_AFTER - core->time);
    if (core->time - core->last_input < WIN_CARET_BLINKS)
        lh_lower(&rest, 0.5 - fmod(core->time - core->last_input, 0.5));
    return isinf(rest) ? -1 : fmax(rest, 0.005);
}

bool win_core_caret_lit(const win_core *core)
{
    double rested = core->time - core->last_input;
    return rested >= WIN_CARET_BLINKS || fmod(rested, 1) < 0.5;
}

/* ---- how ink looks --------------------------------------------------------------------------- */

double win_core_unit(const win_core *core)
{
    return win_sheet_unit(core->value[WIN_SIZE]);
}

win_ink_look win_core_look(const win_core *core)
{
    return (win_ink_look){.width = core->value[WIN_WIDTH],
                          .colour = win_ink_colour(core->value[WIN_COLOUR]),
                          .lifts = core->on[WIN_LIFTS],
                          .cell = core->on[WIN_CELLS] || core->on[WIN_TELLING] || core->on[WIN_FIND]
                                      ? core->cell
                                      : -1,
                          .cell_colours = core->cell_inks};
}
