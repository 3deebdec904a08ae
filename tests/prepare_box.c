/* A tree of recordings that is prepared in tests: see prepare_box.h. */
#include "prepare_box.h"

#include "check.h"
#include "tiny_corpus.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int setup(void **state)
{
    sandbox *box = calloc(1, sizeof *box);
    assert_non_null(box);
    box->folder = tiny_folder();
    box->line = tree_line(60, 1);
    const tree_file files[TREE_FILES] = {
        {"lineStrokes/a01/a01-000/a01-000u-01.xml", box->line, 0},
        {"lineStrokes/a01/a01-000/a01-000u-02.xml", box->line, 0},
        {"lineStrokes/a01/a01-000/a01-000x-01.xml", box->line, 0},
        {"lineStrokes/a01/a01-000/a01-000x-02.xml", box->line, 0},
        {"lineStrokes/b02/b02-003/b02-003-01.xml", box->line, 0},
        {"ascii/a01/a01-000/a01-000u.txt", "OCR:\n\nA ro\nw\n\nCSR:\n\nA row \n r\xf4w 2.\t\r\n\n",
         0},
        {"ascii/a01/a01-000/a01-000x.txt", "CSR:\nlonely", 0},
        {"trainset.txt", "a01-000u\n", 0},
        {"testset_v.txt", "  a01-000x \r\n\n", 0},
        {"testset_t.txt", "", 0},
        {"testset_f.txt", "zzz-999\n", 0},
    };
    memcpy(box->file, files, sizeof files);
    box->reasons = calloc(1, 1 << 16);
    assert_non_null(box->reasons);
    *state = box;
    return 0;
}

int teardown(void **state)
{
    sandbox *box = *state;
    tiny_remove(box->folder);
    free(box->line);
    free(box->reasons);
    free(box);
    return 0;
}

static void note_skip(void *user, const char *reason)
{
    sandbox *box = user;
    box->skipped++;
    strcat(box->reasons, reason);
    strcat(box->reasons, "\n");
}

lh_prepare_options lenient(sandbox *box)
{
    lh_prepare_options options = lh_prepare_defaults();
    options.min_points_per_character = options.max_points_per_character = 0;
    options.threads = 2;
    options.skip = note_skip;
    options.user = box;
    return options;
}

lh_corpus *prepare(sandbox *box, const char *const *sources, size_t count,
                   const lh_prepare_options *options)
{
    lh_error error;
    char *path = tiny_path(box->folder, "corpus.lhc");
    check_ok(lh_corpus_prepare(sources, count, options, path, &error), &error);
    lh_corpus *corpus = lh_corpus_open(path, &error);
    if (!corpus)
        fail_msg("%s", error.message);
    free(path);
    return corpus;
}

lh_corpus *prepare_tree(sandbox *box)
{
    tree_write(box->folder, box->file, TREE_FILES);
    lh_prepare_options options = lenient(box);
    const char *source = box->folder;
    return prepare(box, &source, 1, &options);
}

void check_refused(sandbox *box, const char *source, const lh_prepare_options *options,
                   const char *words)
{
    lh_error error = {0};
    char *path = tiny_path(box->folder, "refused.lhc");
    if (lh_corpus_prepare(&source, 1, options, path, &error) == LH_OK)
        fail_msg("should have been refused with '%s'", words);
    assert_int_not_equal(error.status, LH_OK);
    if (!strstr(error.message, words))
        fail_msg("'%s' lacks '%s'", error.message, words);
    assert_int_equal(access(path, F_OK), -1);
    free(path);
}

lh_corpus_line line_named(const lh_corpus *corpus, const char *name)
{
    size_t index = lh_corpus_find(corpus, name);
    if (index == SIZE_MAX)
        fail_msg("there is no line %s", name);
    lh_corpus_line line = lh_corpus_get(corpus, index);
    assert_string_equal(line.name, name);
    return line;
}

void check_text(const lh_corpus *corpus, const char *name, const char *text)
{
    lh_corpus_line line = line_named(corpus, name);
    if (!text)
        assert_null(line.text);
    else if (!line.text || strcmp(line.text, text) != 0)
        fail_msg("the text of %s is '%s', not '%s'", name, line.text ? line.text : "(none)", text);
}

void check_report(const lh_corpus *corpus, const char *part)
{
    if (!strstr(lh_corpus_report(corpus), part))
        fail_msg("the report lacks %s: %s", part, lh_corpus_report(corpus));
}

void check_tree(const lh_corpus *corpus)
{
    assert_int_equal(lh_corpus_count(corpus), 5);
    check_text(corpus, "a01-000u-01", "A row");
    check_text(corpus, "a01-000u-02", " r\xc3\xb4w 2.");
    check_text(corpus, "a01-000x-01", NULL);
    check_text(corpus, "a01-000x-02", NULL);
    check_text(corpus, "b02-003-01", NULL);
    assert_int_equal(line_named(corpus, "a01-000u-02").split, LH_SPLIT_TRAIN);
    assert_int_equal(line_named(corpus, "a01-000x-02").split, LH_SPLIT_V);
    assert_int_equal(line_named(corpus, "b02-003-01").split, LH_SPLIT_NONE);
    assert_int_equal(line_named(corpus, "b02-003-01").count, 60);
    check_report(corpus, "\"lines_misfit\":2");
    check_report(corpus, "\"lines_untranscribed\":1");
    check_report(corpus, "\"misfit_forms\":[\"a01-000x\"]");
    check_report(corpus, "\"skipped\":0");
}
