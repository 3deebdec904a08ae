/* The window's view with no screen: the user draws, and the paper and the other parts show it; each
 * part is drawn again when what it shows is another, and only then. */
#include "check.h"

#include "window/plot.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 800, HEIGHT = 600 };

static win_core core;
static win_view view;
static lh_error error;

static void wake(void *data)
{
    (void)data;
}

static int begin(void **state)
{
    (void)state;
    memset(&core, 0, sizeof core);
    for (int i = 0; i < WIN_VALUES; i++)
        core.value[i] = win_settings[i].start;
    core.value[WIN_MODE] = WIN_MODE_DRAW;
    view = (win_view){.core = &core,
                      .zoom = 1,
                      .focus = WIN_FOCUS_TEXT,
                      .hover = WIN_FOCUS_TEXT,
                      .tip_due = INFINITY};
    if (win_core_start(&core, "", wake, &error) != LH_OK ||
        !win_frame_layout(&view, WIDTH, HEIGHT, 1))
        return -1;
    core.last_input = -WIN_CARET_BLINKS; /* it does not blink */
    win_frame_draw(&view);
    view.changes = 0;
    return 0;
}

static int end(void **state)
{
    (void)state;
    win_core_stop(&core);
    win_frame_free(&view);
    return 0;
}

/* Draws a stroke to the right from (x, 200), 100 pixels long. */
static void draw_stroke(double x)
{
    double unit = win_core_unit(&core);
    core.step++;
    for (int i = 0; i <= 10; i++) {
        float u = (float)((x + 10 * i) / unit), v = (float)(200 / unit);
        assert_true(
            (i == 0 ? win_freehand_press : win_freehand_move)(&core.drawing, u, v, 0.02 * i, 0.5f));
    }
    win_freehand_release(&core.drawing);
}

/* Dark pixels around the row where strokes are drawn. */
static int dark(void)
{
    const unsigned char *data = cairo_image_surface_get_data(view.frame);
    int stride = cairo_image_surface_get_stride(view.frame), count = 0;
    for (int y = 190; y < 210; y++)
        for (int x = 0; x < (int)view.paper_box.w; x++)
            count += data[y * stride + 4 * x + 1] < 80;
    return count;
}

/* The frame is drawn; where does it differ from the one before? */
static bool draws_only(const win_box *boxes, int count)
{
    win_frame_draw(&view);
    bool only = true;
    for (int i = 0; i < view.changes; i++) {
        bool within = false;
        for (int k = 0; k < count; k++) {
            win_rect box = win_frame_rect(&view, boxes[k]), c = view.change[i];
            within |= c.x >= box.x && c.y >= box.y && c.x + c.w <= box.x + box.w &&
                      c.y + c.h <= box.y + box.h;
        }
        only &= within;
    }
    view.changes = 0;
    return only;
}

static void what_is_drawn_shows_and_what_is_undone_does_not(void **state)
{
    (void)state;
    win_frame_draw(&view);
    assert_int_equal(dark(), 0);
    draw_stroke(100);
    win_frame_draw(&view);
    int one = dark();
    assert_in_range(one, 150, 300);
    draw_stroke(300);
    win_frame_draw(&view);
    assert_in_range(dark(), 2 * one - 20, 2 * one + 20);
    win_undo(&core, false);
    win_frame_draw(&view);
    assert_int_equal(dark(), one);
    core.step++;
    win_core_clear(&core);
    win_frame_draw(&view);
    assert_int_equal(dark(), 0);
    win_undo(&core, false);
    win_undo(&core, true);
    win_undo(&core, false);
    win_frame_draw(&view);
    assert_int_equal(dark(), one);
}

static void what_rests_is_not_drawn_again(void **state)
{
    (void)state;
    draw_stroke(100);
    win_scribe_settle(core.scribe);
    win_core_update(&core, 0); /* how it could go on, if there were a network */
    win_core_update(&core, 1);
    int frames = 0;
    do
        win_frame_draw(&view);
    while (++frames < 10 && !win_frame_is_whole(&view));
    assert_true(win_frame_is_whole(&view));
    view.changes = 0;
    win_core_update(&core, 1);
    assert_true(draws_only(NULL, 0));
    view.mouse_x = 50; /* over the paper: nobody shows that */
    assert_true(draws_only(NULL, 0));
}

static void each_part_is_drawn_again_for_what_it_shows(void **state)
{
    (void)state;
    win_frame_draw(&view);
    view.changes = 0;
    win_box panel[] = {view.panel_box, view.bar_box}, bar[] = {view.bar_box},
            field[] = {view.field_box, view.bar_box}, paper[] = {view.paper_box};
    assert_true(win_core_set(&core, WIN_SPEED, 2)); /* shown on the panel, and by the bar's hint */
    assert_true(draws_only(panel, 2));
    view.hover = WIN_VALUES + WIN_CLEAR;
    assert_true(draws_only(bar, 1));
    core.step++;
    assert_true(win_editor_insert(core.editor, "a", true)); /* which can be undone, says the bar */
    assert_true(draws_only(field, 2));
    win_core_say(&core, false, "said");
    assert_true(draws_only(paper, 1));
    assert_true(win_core_set(&core, WIN_SPEED, 2) == false);
    assert_true(draws_only(NULL, 0));
}

/* The list of keys takes some frames to be seen, and then none: not even where a key goes up. */
static void the_list_of_keys_is_drawn_once(void **state)
{
    (void)state;
    core.on[WIN_HELP] = true;
    assert_true(win_frame_layout(&view, WIDTH, HEIGHT, 1));
    int frames = 0;
    do
        win_frame_draw(&view);
    while (++frames < 20 && !win_frame_is_whole(&view));
    assert_in_range(frames, 2, 10);
    view.changes = 0;
    assert_true(draws_only(NULL, 0));
    win_box paper[] = {view.paper_box}, both[] = {view.paper_box, view.bar_box, view.panel_box};
    win_help_turn(&view, 1);
    for (frames = 0; frames < 10 && view.changes == 0; frames++)
        win_frame_draw(&view);
    assert_in_range(frames, 2, 9);
    assert_true(draws_only(paper, 1));
    assert_true(win_core_set(&core, WIN_WIDTH, 5)); /* which the list shows */
    assert_true(draws_only(both, 3));
    assert_false(win_frame_is_whole(&view));
    core.on[WIN_HELP] = false;
    assert_true(win_frame_layout(&view, WIDTH, HEIGHT, 1));
    for (frames = 0; frames < 10; frames++)
        win_frame_draw(&view);
    assert_null(view.help);
}

static void a_colour_changes_the_ink_that_is_there(void **state)
{
    (void)state;
    draw_stroke(100);
    win_frame_draw(&view);
    int before = dark();
    assert_true(win_core_set(&core, WIN_COLOUR, 4)); /* red */
    win_frame_draw(&view);
    const unsigned char *data = cairo_image_surface_get_data(view.frame);
    const unsigned char *at = data + 200 * cairo_image_surface_get_stride(view.frame) + 4 * 150;
    assert_true(before > 0 && at[2] > 150 && at[1] < 80);
}

static void a_layout_has_room_for_all(void **state)
{
    (void)state;
    core.on[WIN_CELLS] = core.on[WIN_FIND] = true;
    core.value[WIN_MODE] = WIN_MODE_WRITE;
    assert_true(win_frame_layout(&view, 2 * WIDTH, 2 * HEIGHT, 2)); /* the same, finer */
    assert_true(view.width == WIDTH && view.height == HEIGHT);
    assert_true(view.paper_box.h + view.dock_box.h + view.bar_box.h + view.field_box.h == HEIGHT);
    assert_true(view.dock_box.h > 0 && view.paper_box.w + view.panel_box.w == WIDTH);
    view.focus = WIN_VALUES + WIN_KEEP; /* which is there in Draw only */
    assert_true(win_frame_layout(&view, WIDTH, HEIGHT, 1));
    assert_int_equal(view.focus, WIN_FOCUS_TEXT);
}

static void no_cell_is_picked_that_is_not_there(void **state)
{
    (void)state;
    core.sheet.layers = 2;
    core.sheet.cells = 10;
    win_core_pick(&core, 20);
    assert_int_equal(core.cell, -1);
    win_core_pick(&core, 19);
    assert_int_equal(core.cell, 19);
    win_core_pick(&core, 19);
    assert_int_equal(core.cell, -1);
    core.search.found.cells = 1; /* of a larger network */
    core.search.found.cell[0] = 20;
    win_marking_next_cell(&core);
    assert_int_equal(core.cell, -1);
}

/* Views may be so low that the strip of a layer has no row. */
static void strips_without_rows_have_no_cells(void **state)
{
    (void)state;
    core.sheet.layers = 2;
    core.sheet.cells = 10;
    assert_int_equal(win_cells_at(&view, (win_box){100, 100, 200, 3}, 250, 101), -1);
    assert_int_equal(win_cells_at(&view, (win_box){100, 100, 200, 17}, 250, 100), 0);
}

static void the_focus_on_time_stays_when_the_window_is_laid_out(void **state)
{
    (void)state;
    view.focus = WIN_FOCUS_TIME;
    assert_true(win_frame_layout(&view, WIDTH, HEIGHT + 10, 1));
    assert_int_equal(view.focus, WIN_FOCUS_TIME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_drawn_shows_and_what_is_undone_does_not, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_rests_is_not_drawn_again, begin, end),
        cmocka_unit_test_setup_teardown(each_part_is_drawn_again_for_what_it_shows, begin, end),
        cmocka_unit_test_setup_teardown(the_list_of_keys_is_drawn_once, begin, end),
        cmocka_unit_test_setup_teardown(a_colour_changes_the_ink_that_is_there, begin, end),
        cmocka_unit_test_setup_teardown(a_layout_has_room_for_all, begin, end),
        cmocka_unit_test_setup_teardown(no_cell_is_picked_that_is_not_there, begin, end),
        cmocka_unit_test_setup_teardown(strips_without_rows_have_no_cells, begin, end),
        cmocka_unit_test_setup_teardown(the_focus_on_time_stays_when_the_window_is_laid_out, begin,
                                        end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
