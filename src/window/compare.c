/* The same words four times, with another seed, another bias or another hand in each: see core.h.
 * The scribe writes them beside the text. */
#include "core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 34 }; /* characters that are compared, of the text's first */

static const char SOME_WORDS[] = "the quick brown fox";
static const double biases[WIN_COMPARED] = {0, 0.6, 1.2, 2.4};

win_value win_compare_value(const win_core *core)
{
    static const win_value of[WIN_BYS] = {WIN_SEED, WIN_BIAS, WIN_STYLE};
    return of[core->compare.by];
}

void win_compare_name(const win_core *core, int i, char *text, size_t size)
{
    win_value which = win_compare_value(core);
    double value = core->compare.value[i];
    int hand = (int)value;
    char said[40];
    win_value_text(which, value, said, sizeof said);
    if (which != WIN_STYLE)
        snprintf(text, size, "%s %s", win_settings[which].name, said);
    else
        snprintf(text, size, "%.40s", hand > 0 ? core->styles.style[hand - 1]->name : "by seed");
}

/* ---- asking ---------------------------------------------------------------------------------- */

/* The text's first words, or some where there are none; the caller frees. */
static char *first_words(const win_core *core)
{
    enum { BYTES = 4 * WORDS_MOST + 8 };
    const win_plain *plain = &core->plain;
    size_t end = plain->count < WORDS_MOST ? plain->count : WORDS_MOST, blank = end;
    while (blank > 0 && blank < plain->count && plain->letter[blank] != ' ')
        blank--;
    end = blank > 0 ? blank : end;
    char *text = malloc(BYTES);
    if (!text)
        return NULL;
    win_plain_copy(plain, 0, end, text, BYTES);
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        text[--length] = '\0';
    if (length == 0)
        strcpy(text, SOME_WORDS);
    return text;
}

/* What way `i` has of the setting that differs; the first of seeds and hands is that which is set.
 */
static double value_of(const win_core *core, int i)
{
    const win_compare *c = &core->compare;
    const win_setting *seed = &win_settings[WIN_SEED];
    int on = WIN_COMPARED * c->page + i, count = core->styles.count + 1, range = (int)seed->high;
    if (c->by == WIN_BY_BIAS)
        return win_value_fit(WIN_BIAS, biases[i]);
    if (c->by == WIN_BY_HAND)
        return ((int)core->value[WIN_STYLE] + on % count + count) % count;
    return 1 + ((int)core->value[WIN_SEED] - 1 + on % range + range) % range;
}

static void drop_ink(win_compare *c)
{
    for (int i = 0; i < WIN_COMPARED; i++) {
        free(c->ink[i].points);
        c->ink[i] = (lh_ink){0};
        c->came[i] = false;
    }
    c->version++;
}

static void ask(win_core *core)
{
    win_compare *c = &core->compare;
    drop_ink(c);
    c->turn++;
    for (int i = 0; i < WIN_COMPARED && c->text; i++) {
        c->value[i] = value_of(core, i);
        int hand = (int)(c->by == WIN_BY_HAND ? c->value[i] : core->value[WIN_STYLE]);
        win_sample sample = {.slot = i, .turn = c->turn, .text = c->text};
        sample.style = hand > 0 ? core->styles.path[hand - 1] : NULL;
        sample.bias = c->by == WIN_BY_BIAS ? c->value[i] : core->value[WIN_BIAS];
        sample.seed = (uint64_t)(c->by == WIN_BY_SEED ? c->value[i] : core->value[WIN_SEED]);
        if (!win_scribe_sample(core->scribe, &sample))
            win_core_say(core, true, "There is no memory left to compare.");
    }
}

void win_compare_begin(win_core *core)
{
    win_compare *c = &core->compare;
    win_compare_end(core);
    if (!core->ready) {
        win_core_say(core, false, "There is no network yet to compare with.");
        return;
    }
    core->on[WIN_COMPARE] = true;
    c->by = WIN_BY_SEED;
    c->page = c->chosen = 0;
    c->text = first_words(core);
    ask(core);
}

void win_compare_end(win_core *core)
{
    drop_ink(&core->compare);
    free(core->compare.text);
    core->compare.text = NULL;
    core->on[WIN_COMPARE] = false;
}

void win_compare_by(win_core *core, int way)
{
    win_compare *c = &core->compare;
    c->by = (win_by)(((int)c->by + way + WIN_BYS) % WIN_BYS);
    c->page = c->chosen = 0;
    ask(core);
}

void win_compare_page(win_core *core, int way)
{
    core->compare.page += way;
    core->compare.chosen = 0;
    ask(core);
}

void win_compare_choose(win_core *core, int which)
{
    core->compare.chosen = which;
    core->compare.version++;
}

void win_compare_pick(win_core *core)
{
    char name[60];
    win_value which = win_compare_value(core);
    double value = core->compare.value[core->compare.chosen];
    win_compare_name(core, core->compare.chosen, name, sizeof name);
    win_compare_end(core);
    win_core_set(core, which, value);
    win_core_say(core, false, "%s writes now.", name);
}

void win_compare_take(win_core *core, const win_news *news)
{
    win_compare *c = &core->compare;
    if (!core->on[WIN_COMPARE] || news->slot < 0 || news->slot >= WIN_COMPARED ||
        news->turn != c->turn)
        return;
    lh_ink ink = {.points = news->point, .count = news->points};
    lh_error ignored; /* it is told that there is none */
    lh_ink_append(&c->ink[news->slot], &ink, 0, 0, 0, &ignored);
    c->came[news->slot] = true;
    c->version++;
}
