/* What the window holds, in rows "key value", for tests and those who look for a fault. */
#include "app.h"

#include "base/visible.h"

static void print_search(const win_search *search, FILE *stream)
{
    const win_found *f = &search->found;
    fprintf(stream, "find_span %zu %zu\nfind_layer %d\nfind_cells %d\nfind_places %d",
            search->span.from, search->span.to, search->layer + 1, f->cells, f->places);
    for (int i = 0; i < f->places; i++)
        fprintf(stream, " %zu-%zu:%.2f", f->place[i].from, f->place[i].to, f->score[i]);
    fprintf(stream, "\nfind_shown %d\n", search->shown + 1);
    fprintf(stream, "find_on %.2f\n", win_search_on(search) / 127.0);
    visible_row(stream, "find_kept %s", search->kept.cells > 0 ? search->kept.name : "");
    visible_row(stream, "find_words %s", search->words);
}

const char *win_focus_name(const win_view *view)
{
    return view->focus == WIN_FOCUS_TEXT   ? "text"
           : view->focus == WIN_FOCUS_TIME ? "time"
           : view->focus < WIN_VALUES      ? win_settings[view->focus].name
                                           : win_deeds[view->focus - WIN_VALUES].name;
}

static void print_form(const win_form *form, FILE *stream)
{
    visible_row(stream, "form %s", form->kind ? form->title : "");
    fprintf(stream, "form_row %d\nform_chosen %s\n", form->row,
            form->choices > 0 ? form->choice[form->chosen] : "");
    for (int i = 0; i < form->texts; i++)
        visible_row(stream, "form_text %s", form->text[i].text);
    visible_row(stream, "form_note %s", form->note);
}

static void print_compare(const win_core *core, FILE *stream)
{
    const win_compare *c = &core->compare;
    char name[60] = "";
    int hands = 0, came = 0;
    for (int i = 0; i < core->hands.asked; i++)
        hands += core->hands.ink[i].count > 0;
    for (int i = 0; i < WIN_COMPARED; i++)
        came += core->on[WIN_COMPARE] && c->came[i];
    if (core->on[WIN_COMPARE])
        win_compare_name(core, c->chosen, name, sizeof name);
    fprintf(stream, "hands %d\ncompared %d\n", hands, came);
    visible_row(stream, "comparing %s", name);
}

static void print_telling(const win_core *core, FILE *stream)
{
    const win_telling *t = &core->telling;
    fprintf(stream, "telling_count %d\n", t->count);
    for (int i = 0; i < t->count; i++) {
        char text[120];
        win_telling_say(&t->told[i], core->sheet.cells, text, sizeof text);
        visible_row(stream, "telling_%d %d %.2f %s", i + 1, t->told[i].cell, t->told[i].r, text);
    }
}

/* The letters that the network looks at, as byte:much. */
static void print_attended(const win_core *core, FILE *stream)
{
    win_attended found;
    win_attended_find(core, &found);
    fprintf(stream, "attended ");
    for (int i = 0; i < found.count; i++)
        fprintf(stream, "%s%zu:%.2f", i > 0 ? " " : "", found.letter[i].byte,
                (double)found.letter[i].much);
    fprintf(stream, "\n");
}

void win_app_print(const win_app *app, FILE *stream)
{
    const win_sheet *s = &app->core.sheet;
    for (int i = 0; i < WIN_VALUES; i++) {
        char text[32];
        win_value_text((win_value)i, app->core.value[i], text, sizeof text);
        fprintf(stream, "%s %s\n", win_settings[i].key, text);
    }
    for (int i = 0; i < WIN_ACTIONS; i++)
        if (win_deeds[i].key_in_file)
            fprintf(stream, "%s %s\n", win_deeds[i].key_in_file, app->core.on[i] ? "on" : "off");
    fprintf(stream, "paused %s\n", app->core.on[WIN_PAUSE] ? "yes" : "no");
    visible_row(stream, "text %s", app->core.editor->text);
    visible_row(stream, "composing %s", app->core.composing);
    fprintf(stream, "focus %s\n", win_focus_name(&app->view));
    win_rect caret = win_field_caret(&app->view);
    fprintf(stream, "caret %d %d %d\n", caret.x, caret.y, caret.h);
    fprintf(stream, "field_scroll %.0f\n", app->view.field_scroll);
    fprintf(stream, "field_serial %u\n", pango_layout_get_serial(app->view.field_layout));
    fprintf(stream, "words %zu\nlines %zu\npoints %zu\nshown %zu\n", s->words, s->lines, s->points,
            s->shown);
    fprintf(stream, "marked %ld\n", app->core.marked == SIZE_MAX ? -1 : (long)app->core.marked);
    fprintf(stream, "moment %ld\n",
            win_moment_held(&app->core) ? (long)win_moment_point(&app->core) : -1);
    fprintf(stream, "docked %zu\n", app->view.docked);
    print_attended(&app->core, stream);
    char tip[600] = "";
    if (app->core.time >= app->view.tip_due)
        win_tip_text(&app->view, tip, sizeof tip);
    visible_row(stream, "tip %s", tip);
    fprintf(stream, "cell %d\n", app->core.cell);
    print_search(&app->core.search, stream);
    fprintf(stream, "styles %d\n", app->core.styles.count);
    fprintf(stream, "drawn %zu\nways", app->core.drawing.ink.count);
    for (int i = 0; i < WIN_WAYS; i++)
        fprintf(stream, " %zu", app->core.drawing.ways.way[i].count);
    size_t doubtful = 0;
    for (size_t i = 0; i < s->words; i++)
        doubtful += s->word[i].doubtful;
    fprintf(stream, "\nways_from %zu\ndoubtful %zu\n", app->core.drawing.ways.from, doubtful);
    const char *read = app->core.drawing.reading.text;
    visible_row(stream, "read %s", read ? read : "");
    fprintf(stream, "marks_kept %d\n", app->core.marks.count);
    fprintf(stream, "tour %d\n", app->core.on[WIN_TOUR] ? app->view.tour_stop + 1 : 0);
    print_telling(&app->core, stream);
    print_compare(&app->core, stream);
    print_form(&app->view.form, stream);
    fprintf(stream, "learning %d\n", app->core.learner ? app->core.learning.step : -1);
    fprintf(stream, "message %s\n", app->core.message);
}
