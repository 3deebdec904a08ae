/* The checksum of options by which a batch knows its documents again: every field counts, but for
 * those that are said not to. */
#include "check.h"

#include "document/batch_settings.h"

#include <stdlib.h>
#include <string.h>

static uint64_t hash_of_options(const lh_settings *settings, const void *options)
{
    hash_state hash = hash_start();
    lh_settings_add(&hash, settings, options);
    return hash_end(&hash);
}

/* What is walked through. */
typedef struct walk {
    const lh_settings *all;
    const void *options; /* of the size `size` */
    size_t size;
    char without[400]; /* the names of fields that do not count */
    int fields;
} walk;

/* Changes the field at `offset` in a copy of the options: does the checksum change? */
static bool counts(const walk *w, const lh_setting *setting, size_t offset)
{
    char *copy = malloc(w->size);
    assert_non_null(copy);
    memcpy(copy, w->options, w->size);
    if (setting->kind == LH_SETTING_TEXT) {
        const char *text = "another text";
        memcpy(copy + offset, &text, sizeof text);
    } else {
        copy[offset] ^= 1;
    }
    bool differs = hash_of_options(w->all, copy) != hash_of_options(w->all, w->options);
    free(copy);
    return differs;
}

static void try_fields(walk *w, const lh_settings *settings, size_t from)
{
    size_t behind = 0; /* the field before */
    for (size_t i = 0; i < settings->count; i++) {
        const lh_setting *s = &settings->setting[i];
        if (s->offset < behind || from + s->offset + s->size > w->size)
            fail_msg("'%s' does not stand where it is in its struct", s->name);
        behind = s->offset + s->size;
        if (s->kind == LH_SETTING_PART) {
            try_fields(w, s->part, from + s->offset);
            continue;
        }
        const bool idle = s->kind == LH_SETTING_IDLE || s->kind == LH_SETTING_APART;
        if (idle)
            snprintf(w->without + strlen(w->without), sizeof w->without - strlen(w->without), "%s ",
                     s->name);
        if (counts(w, s, from + s->offset) == idle)
            fail_msg("'%s' %s", s->name, idle ? "counts" : "does not count");
        w->fields++;
    }
}

static void every_field_of_a_document_counts(void **state)
{
    (void)state;
    const lh_document_options options = lh_document_defaults();
    walk w = {.all = &lh_settings_of_document, .options = &options, .size = sizeof options};
    try_fields(&w, w.all, 0);
    assert_string_equal(w.without,
                        "signs style find_style draw_hand user hands_folder rows threads reader "
                        "stop stop_user ");
    assert_true(w.fields > 30);
}

static void every_field_of_a_batch_counts(void **state)
{
    (void)state;
    const lh_batch_options options = lh_batch_defaults();
    walk w = {.all = &lh_settings_of_batch, .options = &options, .size = sizeof options};
    try_fields(&w, w.all, 0);
    assert_string_equal(w.without, "output format together resume strict reads read_count "
                                   "style_file words stop event user ");
    assert_true(w.fields > 30);
}

/* Texts are compared by what they say, and none is not an empty one. */
static void texts_count_by_what_they_say(void **state)
{
    (void)state;
    char same[] = "M3 S0";
    lh_batch_options a = lh_batch_defaults(), b = a;
    a.render.gcode.pen_up = "M3 S0";
    b.render.gcode.pen_up = same;
    assert_true(hash_of_options(&lh_settings_of_batch, &a) ==
                hash_of_options(&lh_settings_of_batch, &b));
    a.render.gcode.pen_up = "";
    b.render.gcode.pen_up = NULL;
    assert_true(hash_of_options(&lh_settings_of_batch, &a) !=
                hash_of_options(&lh_settings_of_batch, &b));
    a.style_text = "ab";
    a.model = "c";
    b = a;
    b.style_text = "a";
    b.model = "bc";
    assert_true(hash_of_options(&lh_settings_of_batch, &a) !=
                hash_of_options(&lh_settings_of_batch, &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_of_a_document_counts),
        cmocka_unit_test(every_field_of_a_batch_counts),
        cmocka_unit_test(texts_count_by_what_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
