/* The options that documents depend on: see batch_settings.h. */
#include "document/batch_settings.h"
#include "document/prints.h"

/* ---- fields -----------------------------------------------------------------------------------
 *
 * V(field) is a value, T(field) a text, P(field, its table, its first field) a part, I(field) idle,
 * A(field) is added apart. In the order of the struct.
 */

/* clang-format off */
#define PAPER(V, T, P, I, A) \
    V(width) V(height) V(left) V(top) V(right) V(bottom) V(pitch) V(ruling) V(whole_rows) \
    V(transparent) V(colour)

#define WRITE(V, T, P, I, A) \
    V(bias) V(seed) V(tries) I(rows) I(threads) V(keep) V(raw) A(reader) I(stop) I(stop_user)

#define SVG(V, T, P, I, A) V(tolerance) V(speed) V(use)

#define PAINT(V, T, P, I, A) V(tolerance) V(by_speed)

#define GCODE(V, T, P, I, A) \
    V(tolerance) V(order) V(draw_feed) V(travel_feed) V(x) V(y) V(turn) V(mirror) V(inches) V(up) \
    V(down) V(lift_feed) T(pen_up) T(pen_down) V(lift_wait) V(park) V(park_x) V(park_y) T(start) \
    T(finish) T(next_page) T(pen_change) V(feed_on_travel) V(wait_in_seconds)

#define RENDER(V, T, P, I, A) \
    V(look) P(svg, of_svg, tolerance) P(paint, of_paint, tolerance) \
    P(gcode, of_gcode, tolerance) V(dpi)

#define DOCUMENT(V, T, P, I, A) \
    P(paper, of_paper, width) V(width) V(columns) V(gap) V(align) V(fit) V(numbers) V(pen) V(pen_follows) V(ink) V(drift) \
    V(reflow) V(skip_unknown) V(steps) A(signs) A(style) I(find_style) I(draw_hand) I(user) I(hands_folder) \
    P(write, of_write, bias)

#define BATCH(V, T, P, I, A) \
    I(output) T(trace) T(manifest) A(format) P(render, of_render, look) I(together) I(resume) I(strict) \
    T(style_text) T(model) I(reads) I(read_count) I(style_file) I(words) I(stop) I(event) I(user)
/* clang-format on */

/* ---- tables -----------------------------------------------------------------------------------
 */

#define ROW(field, kind, part) \
    {#field, offsetof(STRUCT, field), sizeof(((STRUCT *)0)->field), kind, part},
#define ROW_V(field) ROW(field, LH_SETTING_VALUE, NULL)
#define ROW_T(field) ROW(field, LH_SETTING_TEXT, NULL)
#define ROW_P(field, part, first) ROW(field, LH_SETTING_PART, &part)
#define ROW_I(field) ROW(field, LH_SETTING_IDLE, NULL)
#define ROW_A(field) ROW(field, LH_SETTING_APART, NULL)

#define ZERO(field) 0,
#define ZERO_P(field, part, first) {.first = 0},

/* A list that is shorter than its struct leaves fields without an initial value, which is an error
 * here; one that names a field twice or another's is found by tests/test_batch_settings.c. */
#define COUNTED(type, LIST) \
    _Static_assert(sizeof((type){LIST(ZERO, ZERO, ZERO_P, ZERO, ZERO)}) == sizeof(type), #type);
#define ROWS(LIST) LIST(ROW_V, ROW_T, ROW_P, ROW_I, ROW_A)
#define TABLE(rows)                      \
    {                                    \
        rows, sizeof rows / sizeof *rows \
    }

#pragma GCC diagnostic error "-Wmissing-field-initializers"

COUNTED(lh_paper, PAPER)
COUNTED(lh_write_options, WRITE)
COUNTED(lh_svg_options, SVG)
COUNTED(lh_paint_options, PAINT)
COUNTED(lh_gcode_options, GCODE)
COUNTED(lh_render_options, RENDER)
COUNTED(lh_document_options, DOCUMENT)
COUNTED(lh_batch_options, BATCH)

#define STRUCT lh_paper
static const lh_setting paper[] = {ROWS(PAPER)};
static const lh_settings of_paper = TABLE(paper);
#undef STRUCT
#define STRUCT lh_write_options
static const lh_setting write[] = {ROWS(WRITE)};
static const lh_settings of_write = TABLE(write);
#undef STRUCT
#define STRUCT lh_svg_options
static const lh_setting svg[] = {ROWS(SVG)};
static const lh_settings of_svg = TABLE(svg);
#undef STRUCT
#define STRUCT lh_paint_options
static const lh_setting paint[] = {ROWS(PAINT)};
static const lh_settings of_paint = TABLE(paint);
#undef STRUCT
#define STRUCT lh_gcode_options
static const lh_setting gcode[] = {ROWS(GCODE)};
static const lh_settings of_gcode = TABLE(gcode);
#undef STRUCT
#define STRUCT lh_render_options
static const lh_setting render[] = {ROWS(RENDER)};
static const lh_settings of_render = TABLE(render);
#undef STRUCT
#define STRUCT lh_document_options
static const lh_setting document[] = {ROWS(DOCUMENT)};
const lh_settings lh_settings_of_document = TABLE(document);
#undef STRUCT
#define STRUCT lh_batch_options
static const lh_setting batch[] = {ROWS(BATCH)};
const lh_settings lh_settings_of_batch = TABLE(batch);

/* ---- adding -----------------------------------------------------------------------------------
 */

/* NULL is not "". */
static void add_text(hash_state *hash, const char *text)
{
    const unsigned char given = text != NULL;
    hash_add(hash, &given, 1);
    if (text)
        lh_print_text(hash, text);
}

void lh_settings_add(hash_state *hash, const lh_settings *settings, const void *options)
{
    for (size_t i = 0; i < settings->count; i++) {
        const lh_setting *s = &settings->setting[i];
        const char *at = (const char *)options + s->offset;
        if (s->kind == LH_SETTING_VALUE)
            hash_add(hash, at, s->size);
        else if (s->kind == LH_SETTING_TEXT)
            add_text(hash, *(const char *const *)(const void *)at);
        else if (s->kind == LH_SETTING_PART)
            lh_settings_add(hash, s->part, at);
    }
}
