/* The packed corpus file: what it holds comes out of it, and nothing else is taken for one. */
#include "check.h"

#include "base/hash.h"
#include "corpus/corpus_file.h"
#include "corpus/corpus_pack.h"
#include "corpus/iam_name.h"
#include "tiny_corpus.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 3 };

typedef struct sandbox {
    char *folder, *path;
    lh_ink *ink[LINES];
    char *data; /* the whole file */
    size_t size;
} sandbox;

static const char *const name[LINES] = {"a01-000u-01", "a01-000u-02", "b01-000-01"};
static const char *const text[LINES] = {"caf\xc3\xa9", NULL, ""};

/* Writes lines of these names to the box's file. */
static void pack(const sandbox *box, const char *const names[LINES])
{
    lh_error error;
    pack_line line[LINES];
    lh_alphabet alphabet = {0};
    for (int i = 0; i < LINES; i++)
        line[i] = (pack_line){names[i], i == 2 ? "10027" : "", text[i], (lh_split)i, box->ink[i]};
    assert_true(lh_alphabet_parse(&alphabet, "acf\xc3\xa9"));
    check_ok(
        pack_write(line, LINES, (lh_scale){40, 37}, &alphabet, "{\"lines\":3}", box->path, &error),
        &error);
}

static int setup(void **state)
{
    lh_error error;
    sandbox *box = calloc(1, sizeof *box);
    assert_non_null(box);
    box->folder = tiny_folder();
    box->path = tiny_path(box->folder, "corpus.lhc");
    for (int i = 0; i < LINES; i++) {
        box->ink[i] = lh_ink_new(&error);
        assert_non_null(box->ink[i]);
        for (int j = 0; j < 2 + i; j++) {
            lh_point point = {(float)(10 * i + j), (float)-j, 0.5f * (float)j, j == 1 + i};
            check_ok(lh_ink_add(box->ink[i], point, &error), &error);
        }
    }
    pack(box, name);
    box->data = lh_file_read(box->path, 1 << 20, &box->size, &error);
    assert_non_null(box->data);
    *state = box;
    return 0;
}

static int teardown(void **state)
{
    sandbox *box = *state;
    for (int i = 0; i < LINES; i++)
        lh_ink_free(box->ink[i]);
    tiny_remove(box->folder);
    free(box->path);
    free(box->data);
    free(box);
    return 0;
}

static packed_header *header_of(sandbox *box)
{
    return (packed_header *)box->data;
}

static packed_line *table_of(sandbox *box)
{
    return (packed_line *)(box->data + header_of(box)->table);
}

/* Writes the first `size` bytes of the data back. */
static void put(const sandbox *box, size_t size)
{
    FILE *stream = fopen(box->path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(box->data, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

/* What a forger would do after changing the data. */
static void seal(sandbox *box)
{
    size_t from = offsetof(packed_header, size);
    header_of(box)->checksum = hash_of(box->data + from, box->size - from);
}

static void check_refused(const sandbox *box, const char *words)
{
    lh_error error = {0};
    lh_corpus *corpus = lh_corpus_open(box->path, &error);
    if (corpus)
        fail_msg("was opened, and should have been refused with '%s'", words);
    assert_int_equal(error.status, LH_ERROR_FORMAT);
    if (!strstr(error.message, words) || !strstr(error.message, box->path))
        fail_msg("'%s' lacks the file's name or '%s'", error.message, words);
}

static void what_was_packed_comes_out(void **state)
{
    sandbox *box = *state;
    lh_error error;
    lh_corpus *corpus = lh_corpus_open(box->path, &error);
    if (!corpus)
        fail_msg("%s", error.message);
    assert_int_equal(lh_corpus_count(corpus), LINES);
    for (size_t i = 0; i < LINES; i++) {
        lh_corpus_line line = lh_corpus_get(corpus, i);
        assert_string_equal(line.name, name[i]);
        assert_string_equal(line.writer, i == 2 ? "10027" : "");
        assert_int_equal(line.split, i);
        assert_int_equal(line.count, box->ink[i]->count);
        assert_memory_equal(line.points, box->ink[i]->points, line.count * sizeof(lh_point));
        if (text[i])
            assert_string_equal(line.text, text[i]);
        else
            assert_null(line.text);
        assert_int_equal(lh_corpus_find(corpus, name[i]), i);
    }
    assert_int_equal(lh_corpus_find(corpus, "a01-000u-03"), SIZE_MAX);
    assert_int_equal(lh_corpus_find(corpus, ""), SIZE_MAX);
    assert_float_equal(lh_corpus_scale(corpus).x, 40, 0);
    assert_float_equal(lh_corpus_scale(corpus).y, 37, 0);
    assert_int_equal(lh_corpus_alphabet(corpus)->count, 4);
    assert_string_equal(lh_corpus_report(corpus), "{\"lines\":3}");
    assert_int_equal(lh_corpus_checksum(corpus), header_of(box)->checksum);
    lh_corpus_free(corpus);
    lh_corpus_free(NULL);
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    sandbox *box = *state;
    for (size_t size = 0; size < box->size; size++) {
        put(box, size);
        check_refused(box, size < sizeof(packed_header) ? "is no corpus file" : "truncated");
    }
}

static void a_file_with_more_behind_it_is_refused(void **state)
{
    sandbox *box = *state;
    char *larger = realloc(box->data, box->size + 1);
    assert_non_null(larger);
    box->data = larger;
    larger[box->size] = 0;
    put(box, box->size + 1);
    check_refused(box, "truncated or grown");
}

static void any_flipped_bit_is_seen(void **state)
{
    sandbox *box = *state;
    for (size_t bit = 0; bit < 8 * box->size; bit += bit < 1024 ? 1 : 13) {
        box->data[bit / 8] ^= (char)(1u << bit % 8);
        put(box, box->size);
        lh_error error;
        lh_corpus *corpus = lh_corpus_open(box->path, &error);
        if (corpus)
            fail_msg("bit %zu of byte %zu was flipped and nobody saw", bit % 8, bit / 8);
        box->data[bit / 8] ^= (char)(1u << bit % 8);
    }
}

static void foreign_files_are_refused_by_name(void **state)
{
    sandbox *box = *state;
    memset(box->data, 'x', box->size);
    put(box, box->size);
    check_refused(box, "is no corpus file of Longhand");
    lh_error error;
    assert_null(lh_corpus_open(box->folder, &error));
    assert_int_equal(error.status, LH_ERROR_IO);
    assert_null(lh_corpus_open("/nowhere/c.lhc", &error));
    assert_int_equal(error.status, LH_ERROR_IO);
    assert_non_null(strstr(error.message, "/nowhere/c.lhc"));
}

static void other_versions_and_byte_orders_are_named(void **state)
{
    sandbox *box = *state;
    header_of(box)->version = PACKED_VERSION + 1;
    seal(box);
    put(box, box->size);
    check_refused(box, "prepare it again");
    header_of(box)->version = PACKED_VERSION;
    header_of(box)->magic = __builtin_bswap64(PACKED_MAGIC);
    seal(box);
    put(box, box->size);
    check_refused(box, "other byte order");
}

/* Sets a field to something hostile, seals and checks that it is refused, and puts it back. */
#define CHECK_HOSTILE(field, hostile, words)               \
    do {                                                   \
        packed_header whole_ = *header_of(box);            \
        packed_line lines_[LINES];                         \
        memcpy(lines_, table_of(box), sizeof lines_);      \
        uint64_t table_ = whole_.table;                    \
        (field) = (hostile);                               \
        seal(box);                                         \
        put(box, box->size);                               \
        check_refused(box, words);                         \
        *header_of(box) = whole_;                          \
        memcpy(box->data + table_, lines_, sizeof lines_); \
    } while (0)

static void hostile_headers_lead_nowhere(void **state)
{
    sandbox *box = *state;
    packed_header *h = header_of(box);
    uint64_t size = box->size, far = (size + 127) / 64 * 64;
    CHECK_HOSTILE(h->table, far, "outside");
    CHECK_HOSTILE(h->table, UINT64_MAX - 63, "outside");
    CHECK_HOSTILE(h->table, h->table + 1, "outside");
    CHECK_HOSTILE(h->lines, UINT64_MAX / 32 + 1, "outside");
    CHECK_HOSTILE(h->lines, size, "outside");
    CHECK_HOSTILE(h->strings, far, "outside");
    CHECK_HOSTILE(h->strings_size, size, "outside");
    CHECK_HOSTILE(h->strings_size, 0, "no end");
    CHECK_HOSTILE(h->strings_size, h->strings_size - 1, "outside");
    CHECK_HOSTILE(h->points, far, "outside");
    CHECK_HOSTILE(h->point_count, UINT64_MAX / 16 + 2, "outside");
    CHECK_HOSTILE(h->point_count, h->point_count - 1, "outside");
    CHECK_HOSTILE(h->alphabet, UINT32_MAX, "no end");
    CHECK_HOSTILE(h->report, (uint32_t)h->strings_size, "no end");
    CHECK_HOSTILE(h->scale_x, 0, "scale");
    CHECK_HOSTILE(h->scale_x, 1e-7, "scale");
    CHECK_HOSTILE(h->scale_y, 0x1p26, "scale");
    CHECK_HOSTILE(h->scale_y, (double)NAN, "scale");
    CHECK_HOSTILE(h->scale_y, (double)INFINITY, "scale");
}

static void hostile_tables_lead_nowhere(void **state)
{
    sandbox *box = *state;
    packed_line *line = table_of(box);
    uint32_t strings = (uint32_t)header_of(box)->strings_size;
    CHECK_HOSTILE(line[1].name, strings, "outside");
    CHECK_HOSTILE(line[1].name, line[0].name, "order");
    CHECK_HOSTILE(line[0].name, line[2].name, "order");
    CHECK_HOSTILE(line[2].writer, UINT32_MAX, "outside");
    CHECK_HOSTILE(line[0].text, strings, "outside");
    CHECK_HOSTILE(line[0].first, UINT64_MAX, "outside");
    CHECK_HOSTILE(line[0].first, 8, "outside");
    CHECK_HOSTILE(line[0].count, 1, "outside");
    CHECK_HOSTILE(line[2].count, 5, "outside");
    CHECK_HOSTILE(line[2].count, UINT32_MAX, "outside");
    /* What is one line's is no other's. */
    CHECK_HOSTILE(line[1].first, line[0].first, "in the order of its lines");
    CHECK_HOSTILE(line[1].text, line[0].text, "in the order of its lines");
    CHECK_HOSTILE(line[2].writer, line[2].name, "in the order of its lines");
    CHECK_HOSTILE(line[2].split, LH_SPLIT_COUNT, "split");
}

static void hostile_points_and_texts_are_refused(void **state)
{
    sandbox *box = *state;
    lh_point *point = (lh_point *)(box->data + header_of(box)->points);
    lh_point good = point[3];
    const lh_point bad[] = {
        {NAN, 0, 0, 0}, {0, INFINITY, 0, 0}, {0, 0, -INFINITY, 1}, {0, 0, 0, 2}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        point[3] = bad[i];
        seal(box);
        put(box, box->size);
        check_refused(box, "a point is no point");
    }
    point[3] = good;
    char *strings = box->data + header_of(box)->strings;
    strings[table_of(box)[0].text + 4] = 'x'; /* half of an e with acute */
    seal(box);
    put(box, box->size);
    check_refused(box, "is not UTF-8");
}

static void names_that_lead_out_of_the_folder_are_not_exported(void **state)
{
    sandbox *box = *state;
    static const struct {
        const char *name[LINES], *said;
    } cases[] = {
        {{"..-01", "b-01", "c-01"}, "'..-01'"},
        {{"..-000-01", "b-01", "c-01"}, "'..-000-01'"},
        {{"../../up-01", "b-01", "c-01"}, "'../../up-01'"},
        {{"/tmp/up-01", "b-01", "c-01"}, "'/tmp/up-01'"},
        {{"a/../../b-01", "b-01", "c-01"}, "'a/../../b-01'"},
        {{".-01", "b-01", "c-01"}, "'.-01'"},
        {{"a\nb-01", "b-01", "c-01"}, "no name that a file can have"},
        {{"a-01", "b", "c-01"}, "'b'"},
        {{"a-b-0", "a-b-0-01", "a-b-1"}, "'a-b-1': stands apart"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[1000];
        size_t size;
        lh_error error;
        pack(box, cases[i].name);
        snprintf(command, sizeof command,
                 "cd %s && mkdir -p in && '%s' corpus corpus.lhc --export in/side 2>said; "
                 "[ $? = 1 ] && [ \"$(find . -type f | sort | tr '\\n' ' ')\" = './corpus.lhc "
                 "./said ' ]",
                 box->folder, getenv("LONGHAND_PROGRAM"));
        if (system(command) != 0)
            fail_msg("%s: not refused, or a file is written", cases[i].name[0]);
        char *path = tiny_path(box->folder, "said");
        char *said = lh_file_read(path, 1 << 16, &size, &error);
        assert_non_null(said);
        if (!strstr(said, cases[i].said))
            fail_msg("%s: said '%s'", cases[i].name[0], said);
        free(said);
        free(path);
    }
}

static void the_checksum_is_xxh64(void **state)
{
    (void)state;
    /* Published values, seed 0. */
    assert_int_equal(hash_of("", 0), UINT64_C(0xef46db3751d8e999));
    assert_int_equal(hash_of("a", 1), UINT64_C(0xd24ec4f1a98c6e5b));
    assert_int_equal(hash_of("abc", 3), UINT64_C(0x44bc2cf5ad770999));
    const char *spam = "Nobody inspects the spammish repetition";
    assert_int_equal(hash_of(spam, strlen(spam)), UINT64_C(0xfbcea83c8a378bf1));
    /* In pieces as in one. */
    for (size_t piece = 1; piece < 40; piece++) {
        hash_state pieces = hash_start();
        for (size_t at = 0; at < strlen(spam); at += piece)
            hash_add(&pieces, spam + at, at + piece > strlen(spam) ? strlen(spam) - at : piece);
        assert_int_equal(hash_end(&pieces), hash_of(spam, strlen(spam)));
    }
}

static void names_tell_whether_lines_are_of_iam(void **state)
{
    sandbox *box = *state;
    lh_error error;
    static const struct {
        const char *name; /* between two others, in their order */
        bool iam;
    } cases[] = {{"a01-000u-01", true},  {"r06-412-07", true},  {"z01-000z-12", true},
                 {"s01-000u-01", false}, {"a01-000u-1", false}, {"a01-000uu-01", false},
                 {"a01-000U-01", false}, {"a1-000-01", false},  {"a01-000-012", false},
                 {"a01_000-01", false},  {"a", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pack(box, (const char *const[]){"S", cases[i].name, "zz-1"});
        lh_corpus *corpus = lh_corpus_open(box->path, &error);
        if (!corpus)
            fail_msg("%s", error.message);
        if (iam_is_in(corpus) != cases[i].iam)
            fail_msg("%s: should be%s of IAM-OnDB", cases[i].name, cases[i].iam ? "" : " none");
        lh_corpus_free(corpus);
    }
}

/* Values from the authors' own test suite. */
static void the_other_hash_is_fnv_1a(void **state)
{
    (void)state;
    assert_true(fnv_add(FNV_START, "", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(fnv_add(FNV_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(fnv_add(FNV_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
    assert_true(fnv_add(fnv_step(FNV_START, 'f'), "oobar", 5) == UINT64_C(0x85944171f73967e8));
}

#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(what_was_packed_comes_out),
        IN_SANDBOX(a_file_cut_anywhere_is_refused),
        IN_SANDBOX(a_file_with_more_behind_it_is_refused),
        IN_SANDBOX(any_flipped_bit_is_seen),
        IN_SANDBOX(foreign_files_are_refused_by_name),
        IN_SANDBOX(other_versions_and_byte_orders_are_named),
        IN_SANDBOX(hostile_headers_lead_nowhere),
        IN_SANDBOX(hostile_tables_lead_nowhere),
        IN_SANDBOX(hostile_points_and_texts_are_refused),
        IN_SANDBOX(names_that_lead_out_of_the_folder_are_not_exported),
        IN_SANDBOX(names_tell_whether_lines_are_of_iam),
        cmocka_unit_test(the_checksum_is_xxh64),
        cmocka_unit_test(the_other_hash_is_fnv_1a),
    };
    return cmocka_run_group_tests_name("corpus", tests, NULL, NULL);
}
