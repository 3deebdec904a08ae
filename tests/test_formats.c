/* The table of formats, and DXF, read back by a reader of its own. */
#include "check.h"
#include "drawn.h"
#include "scribble.h"

#include "corpus/iam.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINES = 3, LAYERS_MAX = 8 };

static const uint32_t colours[LINES] = {0x101010, 0x1f3a93, 0x101010};

static lh_page *letter(uint64_t seed)
{
    lh_rng rng;
    lh_rng_seed(&rng, seed, 0);
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    assert_non_null(page);
    for (int i = 0; i < LINES; i++) {
        lh_ink *ink = scribble(5, &rng);
        lh_placing placing = {20, lh_paper_row(&lh_paper_default, i), 0.0213f, colours[i]};
        check_ok(lh_page_add_line(page, ink, "words", placing, &error), &error);
        lh_ink_free(ink);
    }
    return page;
}

static char *text_of(const lh_format *format, const lh_page *const *pages, size_t count)
{
    char *text = NULL;
    size_t size = 0;
    lh_error error = {0};
    lh_render_options options = lh_render_defaults();
    FILE *stream = open_memstream(&text, &size);
    check_ok(format->write(pages, count, &options, stream, &error), &error);
    fclose(stream);
    return text;
}

/* ---- DXF --------------------------------------------------------------------------------------
 */

/* A row of two: a group code and its value. */
typedef struct group {
    int code;
    char value[80];
} group;

static bool next_group(const char **at, group *g)
{
    char *end;
    if (!**at)
        return false;
    g->code = (int)strtol(*at, &end, 10);
    assert_true(end != *at && *end == '\n');
    const char *value = end + 1, *past = strchr(value, '\n');
    assert_non_null(past);
    snprintf(g->value, sizeof g->value, "%.*s", (int)(past - value), value);
    *at = past + 1;
    return true;
}

/* A drawing as a program sees it that knows sections, layers and polylines. */
typedef struct drawing {
    char layer[LAYERS_MAX][32];
    int colour[LAYERS_MAX], layers;
    lh_ink ink;         /* mm, y up */
    uint32_t *inked;    /* [ink.count]: the colour that the layer's name tells */
    double right, high; /* $EXTMAX */
    bool sealed;        /* SEQEND was there for each POLYLINE, EOF at the end */
} drawing;

static void read_vertex(drawing *d, const char **at)
{
    group g;
    lh_point point = {0};
    uint32_t colour = 0;
    bool known = false;
    const char *before = *at;
    while (next_group(at, &g) && g.code != 0) {
        if (g.code == 10)
            point.x = strtof(g.value, NULL);
        if (g.code == 20)
            point.y = strtof(g.value, NULL);
        for (int i = 0; g.code == 8 && i < d->layers; i++)
            known = known || strcmp(g.value, d->layer[i]) == 0;
        if (g.code == 8)
            colour = (uint32_t)strtoul(g.value + strlen("INK_"), NULL, 16);
        before = *at;
    }
    *at = before;
    assert_true(known);
    check_ok(lh_ink_add(&d->ink, point, NULL), (&(lh_error){0}));
    d->inked = realloc(d->inked, d->ink.count * sizeof *d->inked);
    d->inked[d->ink.count - 1] = colour;
}

static drawing read_drawing(const char *text)
{
    drawing d = {0};
    group g, name = {0};
    bool open = false, layer = false;
    while (next_group(&text, &g)) {
        if (g.code == 9)
            name = g;
        if (strcmp(name.value, "$EXTMAX") == 0 && g.code == 10)
            d.right = strtod(g.value, NULL);
        if (strcmp(name.value, "$EXTMAX") == 0 && g.code == 20)
            d.high = strtod(g.value, NULL);
        if (layer && g.code == 2) {
            assert_true(d.layers < LAYERS_MAX);
            snprintf(d.layer[d.layers++], sizeof d.layer[0], "%.31s", g.value);
        }
        if (layer && g.code == 62)
            d.colour[d.layers - 1] = atoi(g.value);
        if (g.code != 0)
            continue;
        layer = strcmp(g.value, "LAYER") == 0;
        name.value[0] = '\0';
        if (strcmp(g.value, "POLYLINE") == 0) {
            assert_false(open);
            open = true;
        } else if (strcmp(g.value, "VERTEX") == 0) {
            assert_true(open);
            read_vertex(&d, &text);
        } else if (strcmp(g.value, "SEQEND") == 0) {
            assert_true(open && d.ink.count > 0);
            d.ink.points[d.ink.count - 1].end = 1;
            open = false;
        } else if (strcmp(g.value, "EOF") == 0) {
            d.sealed = !open && !*text;
        }
    }
    return d;
}

static void free_drawing(drawing *d)
{
    free(d->ink.points);
    free(d->inked);
}

static void dxf_draws_what_was_written(void **state)
{
    (void)state;
    const lh_page *page = letter(1);
    char *text = text_of(lh_format_find("dxf", false), &page, 1);
    drawing d = read_drawing(text);
    assert_true(d.sealed);
    check_drawn(&d.ink, page, 0.06, true); /* 0.05, and half the length of a dot */
    assert_true(fabs(d.right - 210) < 1e-3 && fabs(d.high - 297) < 1e-3);
    free_drawing(&d);
    free(text);
    lh_page_free((lh_page *)(uintptr_t)page);
}

static void dxf_has_a_layer_for_each_ink(void **state)
{
    (void)state;
    const lh_page *page = letter(2);
    char *text = text_of(lh_format_find("dxf", false), &page, 1);
    drawing d = read_drawing(text);
    assert_int_equal(d.layers, 2);
    assert_string_equal(d.layer[0], "INK_101010");
    assert_string_equal(d.layer[1], "INK_1F3A93");
    assert_int_equal(d.colour[0], 7);
    assert_int_equal(d.colour[1], 154); /* 0, 63, 127 */
    size_t changes = 0;
    for (size_t i = 1; i < d.ink.count; i++)
        changes += d.inked[i] != d.inked[i - 1];
    assert_int_equal(changes, 2);
    free_drawing(&d);
    free(text);
    lh_page_free((lh_page *)(uintptr_t)page);
}

static void dxf_sets_pages_side_by_side(void **state)
{
    (void)state;
    const lh_page *pages[2] = {letter(3), letter(3)};
    char *text = text_of(lh_format_find("dxf", false), pages, 2);
    drawing d = read_drawing(text);
    const size_t half = d.ink.count / 2;
    assert_true(half > 100 && d.ink.count == 2 * half);
    for (size_t i = 0; i < half; i++) {
        assert_true(fabsf(d.ink.points[half + i].x - d.ink.points[i].x - 220) < 2e-3f);
        assert_true(fabsf(d.ink.points[half + i].y - d.ink.points[i].y) < 2e-3f);
    }
    assert_true(fabs(d.right - 430) < 1e-3);
    free_drawing(&d);
    free(text);
    for (int i = 0; i < 2; i++)
        lh_page_free((lh_page *)(uintptr_t)pages[i]);
}

static void dxf_refuses_what_it_cannot_keep(void **state)
{
    (void)state;
    const lh_page *page = letter(4);
    lh_error error = {0};
    const float bad[] = {0, 0.009f, -1, NAN};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_fails(LH_ERROR_ARGUMENT, lh_dxf_write(&page, 1, bad[i], stdout, &error), &error,
                    "finer than DXF is written");
    lh_page_free((lh_page *)(uintptr_t)page);
}

/* ---- the table --------------------------------------------------------------------------------
 */

static void formats_are_found_by_name_and_ending(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool ending;
        const char *found;
    } cases[] = {
        {"svg", false, "svg"},     {"SVG", true, "svg"},   {"nc", true, "gcode"},
        {"NGC", true, "gcode"},    {"nc", false, NULL},    {"plt", true, "hpgl"},
        {"n", true, NULL},         {"nc ngc", true, NULL}, {"", true, NULL},
        {"jsonl", false, "jsonl"}, {"dxf", true, "dxf"},   {"docx", true, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const lh_format *format = lh_format_find(cases[i].name, cases[i].ending);
        if (!cases[i].found)
            assert_null(format);
        else
            assert_string_equal(format ? format->name : "none", cases[i].found);
    }
    assert_null(lh_format_find(NULL, true));
}

static void names_and_endings_are_unique(void **state)
{
    (void)state;
    size_t count = 0;
    for (const lh_format *format; (format = lh_format_at(count)) != NULL; count++) {
        char endings[100];
        assert_ptr_equal(lh_format_find(format->name, true), format);
        assert_true(format->title[0] && !format->write == !!format->folder);
        assert_int_equal(!format->folder, !(format->traits & LH_FORMAT_FOLDER));
        assert_true(format->traits < 1u << LH_FORMAT_TRAITS);
        snprintf(endings, sizeof endings, "%s", format->endings);
        for (char *word = strtok(endings, " "); word; word = strtok(NULL, " "))
            assert_ptr_equal(lh_format_find(word, true), format);
    }
    assert_true(count >= 8);
    assert_null(lh_format_at(count + 1));
}

static void lists_of_names_read_like_sentences(void **state)
{
    (void)state;
    char names[200];
    assert_string_equal(lh_format_names(LH_FORMAT_PIXELS, names, sizeof names), "png");
    assert_string_equal(lh_format_names(LH_FORMAT_LOOKS, names, sizeof names), "svg and png");
    assert_string_equal(lh_format_names(LH_FORMAT_LOOKS | LH_FORMAT_SPEED, names, sizeof names),
                        "svg, pdf and png");
    assert_string_equal(lh_format_names(0, names, sizeof names), "");
    assert_true(strlen(lh_format_names(~0u, names, 12)) < 12);
}

static void every_format_writes_a_page(void **state)
{
    (void)state;
    /* What files of these kinds begin with. */
    static const struct {
        const char *name, *begins;
    } kinds[] = {
        {"svg", "<?xml "},         {"pdf", "%PDF-1."},  {"png", "\x89PNG\r\n\x1a\n"},
        {"gcode", "; order: "},    {"hpgl", "IN;"},     {"dxf", "0\nSECTION\n"},
        {"jsonl", "{\"page\":1,"}, {"inkml", "<?xml "},
    };
    size_t written = 0;
    const lh_format *format;
    for (size_t i = 0; (format = lh_format_at(i)) != NULL; i++) {
        if (format->traits & (LH_FORMAT_LINE | LH_FORMAT_FOLDER))
            continue;
        const lh_page *page = letter(5);
        char *text = text_of(format, &page, 1);
        size_t kind = 0;
        while (kind < sizeof kinds / sizeof *kinds && strcmp(kinds[kind].name, format->name) != 0)
            kind++;
        if (kind == sizeof kinds / sizeof *kinds)
            fail_msg("what does a file of %s begin with? '%.20s'", format->name, text);
        if (strncmp(text, kinds[kind].begins, strlen(kinds[kind].begins)) != 0)
            fail_msg("a file of %s begins with '%.20s'", format->name, text);
        written++;
        free(text);
        lh_page_free((lh_page *)(uintptr_t)page);
    }
    assert_int_equal(written, sizeof kinds / sizeof *kinds);
}

/* Whether a path below `folder` is one that the format says it has. */
static bool is_foreseen(const lh_folder_format *format, const char *folder, const char *path)
{
    const size_t length = strlen(folder);
    if (strncmp(path, folder, length) != 0 || path[length] != '/')
        return false;
    bool seen = false;
    for (const char *const *name = format->files; *name; name++)
        seen = seen || strcmp(path + length + 1, *name) == 0;
    for (const char *const *name = format->folders; *name; name++)
        seen = seen || (strncmp(path + length + 1, *name, strlen(*name)) == 0 &&
                        path[length + 1 + strlen(*name)] == '/');
    return seen;
}

static void a_folder_has_the_files_that_it_says(void **state)
{
    (void)state;
    char place[] = "/tmp/longhand-folder-XXXXXX", folder[60], command[200], path[4200];
    assert_non_null(mkdtemp(place));
    snprintf(folder, sizeof folder, "%s/made", place);
    const lh_format *found;
    for (size_t i = 0; (found = lh_format_at(i)) != NULL; i++) {
        if (!found->folder)
            continue;
        char *list = NULL;
        size_t size = 0, files = 0;
        lh_error error = {0};
        FILE *stream = open_memstream(&list, &size);
        const lh_page *page = letter(5);
        check_ok(found->folder->write(folder, 1, &page, 1, stream, &error), &error);
        check_ok(found->folder->end(folder, &error), &error);
        assert_int_equal(fclose(stream), 0);
        for (char *name = strtok(list, "\n"); name; name = strtok(NULL, "\n"), files++)
            assert_true(is_foreseen(found->folder, folder, name) && access(name, R_OK) == 0);
        assert_true(files > 1);
        for (const char *const *name = found->folder->files; *name; name++) {
            snprintf(path, sizeof path, "%s/%s", folder, *name);
            assert_int_equal(access(path, R_OK), 0);
        }
        /* And nothing besides. */
        snprintf(command, sizeof command, "find %s -type f", folder);
        FILE *all = popen(command, "r");
        while (fgets(path, sizeof path, all)) {
            path[strcspn(path, "\n")] = '\0';
            assert_true(is_foreseen(found->folder, folder, path));
        }
        pclose(all);
        free(list);
        lh_page_free((lh_page *)(uintptr_t)page);
        snprintf(command, sizeof command, "rm -r %s", folder);
        assert_int_equal(system(command), 0);
    }
    rmdir(place);
}

/* IAM-OnDB's readers call int(); what they read is the ink but for rounding, and lines of a form
 * lie below each other. */
static void a_corpus_has_whole_positive_coordinates(void **state)
{
    (void)state;
    char folder[] = "/tmp/longhand-whole-XXXXXX", path[100], command[100];
    assert_non_null(mkdtemp(folder));
    const lh_folder_format *format = lh_format_find("iam", false)->folder;
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    lh_rng rng;
    lh_rng_seed(&rng, 9, 0);
    for (int row = 0; row < 3; row++) {
        lh_ink *ink = scribble(4, &rng); /* the first leaves the page on its left and at its top */
        lh_placing placing = {row == 0 ? -7.3f : 20.1f, row == 0 ? 0 : 30.7f * (float)row, 0.0195f,
                              0};
        check_ok(lh_page_add_line(page, ink, "words", placing, &error), &error);
        lh_ink_free(ink);
    }
    char *list = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&list, &size);
    const lh_page *pages = page;
    check_ok(format->write(folder, 1, &pages, 1, stream, &error), &error);
    fclose(stream);
    free(list);
    float before = 0;
    for (size_t row = 0; row < 3; row++) {
        const lh_ink *ink = lh_page_get(page, row).ink;
        snprintf(path, sizeof path, "%s/lineStrokes/d0001/d0001-001/d0001-001-%02zu.xml", folder,
                 row + 1);
        lh_ink *read = lh_iam_read(path, &error);
        if (!read)
            fail_msg("%s", error.message);
        assert_int_equal(read->count, ink->count);
        const float dx = read->points[0].x - roundf(ink->points[0].x);
        const float dy = read->points[0].y - roundf(ink->points[0].y);
        for (size_t i = 0; i < ink->count; i++) {
            const lh_point *p = &read->points[i], *q = &ink->points[i];
            assert_true(p->x >= 1 && p->y >= 1 && p->x == roundf(p->x) && p->y == roundf(p->y));
            assert_true(fabsf(p->x - dx - q->x) <= 0.5f && fabsf(p->y - dy - q->y) <= 0.5f);
            assert_true(p->time == q->time - ink->points[0].time && p->end == q->end);
        }
        assert_true(row == 0 || dy - before > 30.7f / 0.0195f - 2);
        before = dy;
        lh_ink_free(read);
    }
    lh_page_free(page);
    snprintf(command, sizeof command, "! grep -rhE '[xy]=\"[^\"]*[^0-9\"]' %s && rm -r %s", folder,
             folder);
    assert_int_equal(system(command), 0);
}

/* A page with so many rows; the caller frees. */
static lh_page *page_of_rows(int rows)
{
    lh_error error;
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    lh_rng rng;
    lh_rng_seed(&rng, 9, 0);
    for (int row = 0; row < rows; row++) {
        lh_ink *ink = scribble(4, &rng);
        const lh_placing placing = {20, 30 * (float)row, 0.02f, 0};
        check_ok(lh_page_add_line(page, ink, "words", placing, &error), &error);
        lh_ink_free(ink);
    }
    return page;
}

/* The files of a corpus are these. */
static void check_corpus(const char *folder, const char *wanted)
{
    char command[300], found[600];
    snprintf(command, sizeof command,
             "cd %s && find ascii lineStrokes -type f | sort | sed 's|.*/||' | tr '\\n' ' '",
             folder);
    FILE *stream = popen(command, "r");
    assert_non_null(stream);
    found[fread(found, 1, sizeof found - 1, stream)] = '\0';
    assert_int_equal(pclose(stream), 0);
    assert_string_equal(found, wanted);
}

/* A text that became shorter leaves no page and no row of what it was, nor empty folders, which
 * lists would name. */
static void a_corpus_has_a_document_as_it_is_now(void **state)
{
    (void)state;
    char folder[] = "/tmp/longhand-shorter-XXXXXX", command[200];
    assert_non_null(mkdtemp(folder));
    const lh_folder_format *format = lh_format_find("iam", false)->folder;
    lh_error error = {0};
    lh_page *page[3] = {page_of_rows(2), page_of_rows(0), page_of_rows(1)};
    FILE *list = fopen("/dev/null", "w");
    assert_non_null(list);
    const lh_page *all[] = {page[0], page[1], page[2]}, *fewer[] = {page[2], page[0]};
    check_ok(format->write(folder, 1, all, 3, list, &error), &error);
    check_ok(format->write(folder, 2, all, 1, list, &error), &error);
    check_corpus(folder,
                 "d0001-001.txt d0001-003.txt d0002-001.txt d0001-001-01.xml d0001-001-02.xml "
                 "d0001-003-01.xml d0002-001-01.xml d0002-001-02.xml ");
    check_ok(format->write(folder, 1, fewer, 2, list, &error), &error);
    check_corpus(folder,
                 "d0001-001.txt d0001-002.txt d0002-001.txt d0001-001-01.xml d0001-002-01.xml "
                 "d0001-002-02.xml d0002-001-01.xml d0002-001-02.xml ");
    check_ok(format->write(folder, 1, all + 1, 1, list, &error), &error);
    check_corpus(folder, "d0002-001.txt d0002-001-01.xml d0002-001-02.xml ");
    snprintf(command, sizeof command, "! ls %s/ascii/d0001 2>/dev/null | grep -q . && rm -r %s",
             folder, folder);
    assert_int_equal(system(command), 0);
    fclose(list);
    for (int i = 0; i < 3; i++)
        lh_page_free(page[i]);
}

static void a_line_file_takes_one_row(void **state)
{
    (void)state;
    lh_rng rng;
    lh_error error = {0};
    lh_rng_seed(&rng, 6, 0);
    lh_ink *ink = scribble(3, &rng);
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    lh_placing placing = {20, 30, 0.02f, 0};
    check_ok(lh_page_add_line(page, ink, "words", placing, &error), &error);
    const lh_page *pages = page;
    char *text = text_of(lh_format_find("xml", false), &pages, 1);
    lh_ink *back = iam_read_memory(text, strlen(text), "line.xml", &error);
    assert_non_null(back);
    assert_int_equal(back->count, ink->count);
    assert_memory_equal(back->points, ink->points, ink->count * sizeof *ink->points);
    check_ok(lh_page_add_line(page, ink, "more", placing, &error), &error);
    lh_render_options options = lh_render_defaults();
    check_fails(LH_ERROR_ARGUMENT,
                lh_format_find("xml", false)->write(&pages, 1, &options, stdout, &error), &error,
                "takes one row of writing, and these are 2");
    free(text);
    lh_ink_free(back);
    lh_ink_free(ink);
    lh_page_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dxf_draws_what_was_written),
        cmocka_unit_test(dxf_has_a_layer_for_each_ink),
        cmocka_unit_test(dxf_sets_pages_side_by_side),
        cmocka_unit_test(dxf_refuses_what_it_cannot_keep),
        cmocka_unit_test(formats_are_found_by_name_and_ending),
        cmocka_unit_test(names_and_endings_are_unique),
        cmocka_unit_test(lists_of_names_read_like_sentences),
        cmocka_unit_test(every_format_writes_a_page),
        cmocka_unit_test(a_folder_has_the_files_that_it_says),
        cmocka_unit_test(a_corpus_has_whole_positive_coordinates),
        cmocka_unit_test(a_corpus_has_a_document_as_it_is_now),
        cmocka_unit_test(a_line_file_takes_one_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
