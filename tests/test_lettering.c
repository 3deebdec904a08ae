/* Texts that are kept laid out are drawn as those that are laid out anew: whatever was drawn
 * before, of whatever size, width and scale. */
#include "check.h"

#include "window/theme.h"

#include <stdio.h>
#include <string.h>

enum { WIDE = 160, HIGH = 60 };

/* How one text is drawn; all that can differ does. */
static void draw_one(cairo_surface_t *s, int which)
{
    static const double scales[] = {1, 1.5, 2};
    static const char *const words[] = {"attention", "pen up", "a longer text that is cut off",
                                        "\u2190 \u2192 on time"};
    const win_box box = {4, 4, which % 7 < 3 ? 60 : 75, 40};
    char text[60];
    cairo_t *cr = cairo_create(s);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, scales[which % 3], scales[which % 3]);
    snprintf(text, sizeof text, "%s %d", words[which % 4], which / 5);
    if (which % 5 == 4)
        win_paragraph(cr, box, 11, which % 2, WIN_TEXT, text);
    else
        (which % 2 ? win_bold_text : win_text)(cr, box, which % 5 - 1, 11 + which % 3, WIN_TEXT,
                                               text);
    cairo_destroy(cr);
    cairo_surface_flush(s);
}

static cairo_surface_t *new_picture(void)
{
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, HIGH);
}

static int difference(cairo_surface_t *a, cairo_surface_t *b)
{
    const unsigned char *p = cairo_image_surface_get_data(a), *q = cairo_image_surface_get_data(b);
    size_t stride = (size_t)cairo_image_surface_get_stride(a);
    int differ = 0;
    for (size_t y = 0; y < HIGH; y++)
        for (size_t x = 0; x < WIDE; x++)
            differ += memcmp(p + y * stride + 4 * x, q + y * stride + 4 * x, 3) != 0;
    return differ;
}

/* More than are kept, twice: in the second round some are kept still. */
static void kept_texts_are_drawn_as_new_ones(void **state)
{
    (void)state;
    enum { TEXTS = 1600, EVERY = 13 };
    cairo_surface_t *kept = new_picture(), *anew = new_picture(), *empty = new_picture();
    int inked = 0;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < TEXTS; i++)
            draw_one(kept, i);
    draw_one(empty, 0);
    for (int i = TEXTS - 20 * EVERY; i < TEXTS; i += EVERY) {
        draw_one(kept, i);
        draw_one(kept, i);
        win_text_forget();
        draw_one(anew, i);
        if (difference(kept, anew) != 0)
            fail_msg("text %d looks otherwise when it is kept", i);
        inked += difference(kept, empty) > 0;
        for (int k = 0; k < 200; k++) /* kept again */
            draw_one(empty, TEXTS - 1 - k);
    }
    assert_true(inked > 15);
    win_text_forget();
    cairo_surface_destroy(kept);
    cairo_surface_destroy(anew);
    cairo_surface_destroy(empty);
}

static void widths_and_heights_are_those_of_the_text(void **state)
{
    (void)state;
    cairo_surface_t *s = new_picture();
    cairo_t *cr = cairo_create(s);
    double narrow = win_text_width(cr, 12, "i"), wide = win_text_width(cr, 12, "iiiiiiii");
    double one = win_paragraph_height(cr, 500, 12, false, "some words in a row");
    double more = win_paragraph_height(cr, 50, 12, false, "some words in a row");
    assert_true(wide > 4 * narrow && narrow > 0);
    assert_true(more >= 2 * one && one > 10);
    assert_true(win_text_width(cr, 12, "i") == narrow);
    assert_true(win_paragraph_height(cr, 50, 12, false, "some words in a row") == more);
    assert_true(win_paragraph(cr, (win_box){0, 0, 50, 0}, 12, false, WIN_TEXT,
                              "some words in a row") == more);
    win_text_forget();
    cairo_destroy(cr);
    cairo_surface_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_texts_are_drawn_as_new_ones),
        cmocka_unit_test(widths_and_heights_are_those_of_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
