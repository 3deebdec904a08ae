/* Archives of recordings that are damaged, cut, foreign or too large. */
#include "check.h"
#include "prepare_box.h"
#include "tiny_corpus.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Packs the tree, of which `damage` may change bytes or the size, and prepares it; the caller
 * frees.
 */
typedef void damage(char *data, size_t *size);

static char *packed(sandbox *box, const char *name, const char *format, const char *filter,
                    damage *harm)
{
    lh_error error;
    size_t size;
    char *path = tiny_path(box->folder, name);
    tree_archive(path, format, filter, box->file, TREE_FILES);
    char *data = lh_file_read(path, 1 << 20, &size, &error);
    assert_non_null(data);
    harm(data, &size);
    const tree_file harmed = {name, data, size};
    tree_write(box->folder, &harmed, 1);
    free(data);
    return path;
}

/* Prepares what `harm` has damaged: `lines` are left, and the only reason says `words`. */
static void check_skipped(sandbox *box, const char *name, const char *format, const char *filter,
                          damage *harm, size_t lines, const char *words)
{
    char *path = packed(box, name, format, filter, harm);
    const char *source = path;
    lh_prepare_options options = lenient(box);
    box->skipped = 0;
    *box->reasons = '\0';
    lh_corpus *corpus = prepare(box, &source, 1, &options);
    if (box->skipped != 1 || lh_corpus_count(corpus) != lines || !strstr(box->reasons, words))
        fail_msg("%zu lines, and not the one reason '%s': %s", lh_corpus_count(corpus), words,
                 box->reasons);
    check_report(corpus, "\"skipped\":1,");
    lh_corpus_free(corpus);
    options.strict = true;
    check_refused(box, path, &options, words);
    free(path);
}

/* The place of the bytes `what`, the `nth` of them from 0. */
static char *find_bytes(char *data, size_t size, const char *what, size_t length, int nth)
{
    for (size_t i = 0; i + length <= size; i++)
        if (memcmp(data + i, what, length) == 0 && nth-- == 0)
            return data + i;
    fail_msg("no such bytes");
    return NULL;
}

/* In the zip's table of contents and before the file: it is encrypted. */
static void encrypt_the_second(char *data, size_t *size)
{
    find_bytes(data, *size, "PK\x01\x02", 4, 1)[8] |= 1;
    find_bytes(data, *size, "PK\x03\x04", 4, 1)[6] |= 1;
}

static void change_the_sum_of_the_second(char *data, size_t *size)
{
    find_bytes(data, *size, "PK\x01\x02", 4, 1)[16] ^= 1;
    find_bytes(data, *size, "PK\x07\x08", 4, 1)[4] ^= 1; /* behind the file */
}

static void spoil_the_second(char *data, size_t *size)
{
    memset(find_bytes(data, *size, "PK\x03\x04", 4, 1) + 90, 0xff, 40);
}

static void change_the_last_sum(char *data, size_t *size)
{
    data[*size - 8] ^= 1;
}

static void change_the_second_head(char *data, size_t *size)
{
    find_bytes(data, *size, "a01-000u-02", 11, 0)[0] ^= 1;
}

static void cut_in_the_fourth(char *data, size_t *size)
{
    *size = (size_t)(find_bytes(data, *size, "a01-000x-02", 11, 0) - data) + 1000;
}

static void files_of_an_archive_that_cannot_be_read_are_named_and_skipped(void **state)
{
    sandbox *box = *state;
    char *others[TREE_FILES];
    for (int i = 0; i < TREE_FILES; i++) /* no file as another, and text first */
        others[i] = i < 5 ? tree_line(60, 1 + (unsigned)i) : NULL;
    for (int i = 0; i < 5; i++)
        box->file[i].content = others[i];
    check_skipped(box, "x.zip", "zip", "none", encrypt_the_second, 4,
                  "x.zip/lineStrokes/a01/a01-000/a01-000u-02.xml: Passphrase required");
    check_skipped(box, "x.zip", "zip", "none", change_the_sum_of_the_second, 4,
                  "/a01-000u-02.xml: ZIP bad CRC");
    check_skipped(box, "x.zip", "zip", "none", spoil_the_second, 4, "/a01-000u-02.xml: ZIP ");
    check_skipped(box, "x.tar.gz", "ustar", "gzip", change_the_last_sum, 5,
                  "x.tar.gz: some file of it is damaged: incorrect data check");
    check_skipped(box, "x.tar", "ustar", "none", change_the_second_head, 4,
                  "x.tar: behind 'lineStrokes/a01/a01-000/a01-000u-01.xml' a file is damaged");
    check_skipped(box, "x.tar", "ustar", "none", cut_in_the_fourth, 3,
                  "/a01-000x-02.xml: Truncated tar archive");
    for (int i = 0; i < 5; i++)
        free(others[i]);
}

/* How much is left depends on where it is cut, but it is always said, and strict refuses it. */
static void an_archive_that_is_cut_anywhere_is_named(void **state)
{
    sandbox *box = *state;
    lh_prepare_options options = lenient(box);
    char *path = tiny_path(box->folder, "iam.tar");
    size_t cuts = 0;
    static const char *const filters[] = {"gzip", "xz", "zstd", "lz4", "bzip2", "none"};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        lh_error error;
        size_t whole;
        tree_archive(path, "ustar", filters[i], box->file, TREE_FILES);
        char *data = lh_file_read(path, 1 << 20, &whole, &error);
        assert_non_null(data);
        for (size_t size = 1; size + 9000 < whole || size < whole / 2; size += whole / 9) {
            const tree_file cut = {"iam.tar", data, size};
            const char *source = path;
            char *corpus = tiny_path(box->folder, "cut.lhc");
            tree_write(box->folder, &cut, 1);
            box->skipped = 0;
            *box->reasons = '\0';
            options.strict = false;
            const bool some = lh_corpus_prepare(&source, 1, &options, corpus, &error) == LH_OK;
            if (!strstr(box->reasons, "iam.tar") && (some || !strstr(error.message, "iam.tar")))
                fail_msg("cut to %zu of %zu bytes: '%s', '%s'", size, whole, box->reasons,
                         some ? "" : error.message);
            cuts++;
            options.strict = true;
            check_refused(box, path, &options, "iam.tar");
            free(corpus);
        }
        free(data);
    }
    assert_true(cuts >= 5 * sizeof filters / sizeof *filters);
    free(path);
}

/* Where libarchive would run a program to unpack, none is run: whatever the file is called. */
static void no_archive_runs_a_program(void **state)
{
    sandbox *box = *state;
    static const struct {
        const char *start;
        size_t size;
        const char *words;
    } cases[] = {
        {"LRZI\0\6", 6, "x.tgz: is compressed with lrzip"},
        {"\x89LZO\0\r\n\x1a\n", 9, "x.tgz: is compressed with lzop"},
        {"GRZipII\0\x02\x04:)", 12, "x.tgz: is compressed with grzip"},
        {"7z\xbc\xaf\x27\x1c", 6, "x.tgz: is a 7z archive"},
        {"Rar!\x1a\x07\x01", 7, "x.tgz: is a RAR archive"},
    };
    static const char *const programs[] = {"lrzip", "lzop", "grzip"};
    char *ran = tiny_path(box->folder, "ran"), *bin = tiny_path(box->folder, "bin");
    char script[4096], path[8192];
    snprintf(script, sizeof script, "#!/bin/sh\ntouch '%s'\n", ran);
    for (int i = 0; i < 3; i++) {
        const tree_file program = {programs[i], script, 0};
        tree_write(bin, &program, 1);
        snprintf(path, sizeof path, "%s/%s", bin, programs[i]);
        assert_int_equal(chmod(path, 0755), 0);
    }
    char *before = strdup(getenv("PATH"));
    snprintf(path, sizeof path, "%s:%s", bin, before);
    setenv("PATH", path, 1);
    lh_prepare_options options = lenient(box);
    char *source = tiny_path(box->folder, "x.tgz");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char content[4096] = {0};
        memcpy(content, cases[i].start, cases[i].size);
        const tree_file plain = {"x.tgz", content, sizeof content};
        tree_write(box->folder, &plain, 1);
        check_refused(box, source, &options, cases[i].words);
        tree_archive(source, "raw", "gzip", &plain, 1);
        check_refused(box, source, &options, cases[i].words);
    }
    assert_int_equal(access(ran, F_OK), -1);
    setenv("PATH", before, 1);
    free(before);
    free(source);
    free(ran);
    free(bin);
}

static void sources_beyond_their_limits_are_refused(void **state)
{
    sandbox *box = *state;
    static char zeros[3 << 20];
    char *path = tiny_path(box->folder, "x.tar.xz");
    tree_write(box->folder, box->file, TREE_FILES);
    lh_prepare_options options = lenient(box);
    options.max_files = TREE_FILES - 1;
    check_refused(box, box->folder, &options, "more than 10 files; --max-files");
    options.max_files = TREE_FILES;
    options.max_bytes = 5 * strlen(box->line);
    check_refused(box, box->folder, &options, "--max-bytes");
    tree_archive(path, "ustar", "xz", box->file, TREE_FILES);
    check_refused(box, path, &options, "x.tar.xz: the sources hold more than");
    options.max_bytes = 1 << 20;
    lh_corpus *corpus = prepare(box, &(const char *){path}, 1, &options);
    check_tree(corpus);
    lh_corpus_free(corpus);
    options.max_files = TREE_FILES - 1;
    check_refused(box, path, &options, "more than 10 files; --max-files");
    /* What is passed over is unpacked as well. */
    options.max_files = TREE_FILES;
    box->file[0] = (tree_file){"picture.tif", zeros, sizeof zeros};
    tree_archive(path, "ustar", "xz", box->file, TREE_FILES);
    check_refused(box, path, &options, "--max-bytes");
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(files_of_an_archive_that_cannot_be_read_are_named_and_skipped),
        IN_SANDBOX(an_archive_that_is_cut_anywhere_is_named),
        IN_SANDBOX(no_archive_runs_a_program),
        IN_SANDBOX(sources_beyond_their_limits_are_refused),
    };
    return cmocka_run_group_tests_name("archives", tests, NULL, NULL);
}
