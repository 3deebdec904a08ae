/* Preparing a corpus passes over bad files, names them and counts them; strict stops at the first.
 */
#include "check.h"
#include "prepare_box.h"
#include "tiny_corpus.h"

#include <stdlib.h>
#include <string.h>

static void bad_files_are_named_skipped_and_counted(void **state)
{
    sandbox *box = *state;
    box->file[1].content = "<WhiteboardCaptureSession><StrokeSet><Stroke>";
    box->file[4].content = "";
    box->file[6].content = "no transcription";
    lh_corpus *corpus = prepare_tree(box);
    assert_int_equal(lh_corpus_count(corpus), 3);
    assert_int_equal(box->skipped, 3);
    if (!strstr(box->reasons, "/a01-000u-02.xml:1: malformed XML") ||
        !strstr(box->reasons, "/b02-003-01.xml") ||
        !strstr(box->reasons, "/a01-000x.txt: has no row CSR:"))
        fail_msg("the reasons are\n%s", box->reasons);
    check_report(corpus, "\"skipped\":3");
    /* The bad line keeps its number: the rows still fit. */
    check_text(corpus, "a01-000u-01", "A row");
    lh_corpus_free(corpus);
}

static void strict_stops_at_the_first_bad_file(void **state)
{
    sandbox *box = *state;
    box->file[1].content = "<html/>";
    box->file[3].content = "<wrong/>";
    tree_write(box->folder, box->file, TREE_FILES);
    lh_prepare_options options = lenient(box);
    options.strict = true;
    check_refused(box, box->folder, &options, "a01-000u-02.xml:1: is no IAM-OnDB line file");
    assert_int_equal(box->skipped, 0);
}

static void other_files_are_passed_over_in_silence(void **state)
{
    sandbox *box = *state;
    const tree_file others[] = {{"README.txt", "nothing", 0},
                                {"ascii/._a01-000u.txt", "\0\5\26\7", 4},
                                {"lineStrokes/a01/.a01-000u-09.xml", "x", 0},
                                {"notes/picture.png", "x", 0}};
    tree_write(box->folder, others, 4);
    lh_corpus *corpus = prepare_tree(box);
    check_tree(corpus);
    assert_int_equal(box->skipped, 0);
    lh_corpus_free(corpus);
}

static void an_xml_file_of_another_name_is_named(void **state)
{
    sandbox *box = *state;
    const tree_file other = {"original/strokesz.xml", box->line, 0};
    tree_write(box->folder, &other, 1);
    lh_corpus *corpus = prepare_tree(box);
    assert_int_equal(lh_corpus_count(corpus), 5);
    assert_int_equal(box->skipped, 1);
    assert_non_null(strstr(box->reasons, "strokesz.xml: is not named as a line file"));
    lh_corpus_free(corpus);
}

static void a_line_of_one_point_is_skipped(void **state)
{
    sandbox *box = *state;
    box->file[4].content = "<WhiteboardCaptureSession><Stroke><Point x=\"1\" y=\"1\" time=\"0\"/>"
                           "</Stroke></WhiteboardCaptureSession>";
    lh_corpus *corpus = prepare_tree(box);
    assert_int_equal(lh_corpus_count(corpus), 4);
    assert_non_null(strstr(box->reasons, "b02-003-01.xml: holds a single point"));
    lh_corpus_free(corpus);
}

#define SESSION(points)                                    \
    "<WhiteboardCaptureSession><StrokeSet><Stroke>" points \
    "</Stroke></StrokeSet></WhiteboardCaptureSession>"
#define POINT(x, time) "<Point x=\"" x "\" y=\"7\" time=\"" time "\"/>"

/* Finite as read, and not so, or no place of a pen, when it is cleaned: one such recording is no
 * reason to have no corpus, nor one that no line has its scale in. */
static void a_recording_that_cannot_be_cleaned_is_named_and_skipped(void **state)
{
    sandbox *box = *state;
    static const char *const bad[] = {
        SESSION(POINT("1", "-3e38") POINT("9", "3e38") POINT("12", "3e38")),
        SESSION(POINT("-2e7", "0") POINT("-2e7", "1") POINT("-2e7", "2")),
        SESSION(POINT("1e30", "0") POINT("1e30", "1") POINT("1e30", "2")),
    };
    lh_corpus *whole = prepare_tree(box);
    lh_scale scale = lh_corpus_scale(whole);
    lh_corpus_free(whole);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        box->file[1].content = bad[i];
        box->skipped = 0;
        *box->reasons = '\0';
        lh_corpus *corpus = prepare_tree(box);
        assert_int_equal(lh_corpus_count(corpus), 4);
        assert_int_equal(box->skipped, 1);
        if (!strstr(box->reasons, "/a01-000u-02.xml:"))
            fail_msg("recording %zu: the reason is %s", i, box->reasons);
        check_report(corpus, "\"skipped\":1");
        check_report(corpus, "a01-000u-02.xml:");
        assert_true(lh_corpus_scale(corpus).x < 2 * scale.x &&
                    lh_corpus_scale(corpus).y < 2 * scale.y);
        lh_corpus_free(corpus);
    }
    lh_prepare_options options = lenient(box);
    options.strict = true;
    check_refused(box, box->folder, &options, "a01-000u-02.xml: point 1 is at (1e+30, 7)");
}

static void a_form_in_two_lists_is_named(void **state)
{
    sandbox *box = *state;
    box->file[9].content = "a01-000u";
    lh_corpus *corpus = prepare_tree(box);
    assert_int_equal(box->skipped, 1);
    assert_non_null(strstr(box->reasons, "stand in another list as well"));
    lh_corpus_free(corpus);
}

static void sources_with_nothing_in_them_are_refused(void **state)
{
    sandbox *box = *state;
    lh_prepare_options options = lenient(box);
    check_refused(
        box, box->folder, &options,
        "no lines of writing in the sources (0 files read, 0 passed over); what is looked "
        "for, in any folder, are strokes in files as a01-000u-01.xml");
    check_refused(box, "/nowhere/iam", &options, "/nowhere/iam: cannot open");
    char *path = tiny_path(box->folder, "foreign.bin");
    const tree_file foreign = {"foreign.bin", "this is no archive, whatever it is", 0};
    tree_write(box->folder, &foreign, 1);
    check_refused(box, path, &options, "foreign.bin: cannot read the archive");
    check_refused(box, path, &options, "sources are folders, .tar.gz, .tar.xz and .zip archives");
    const tree_file empty = {"foreign.bin", "", 0};
    tree_write(box->folder, &empty, 1);
    check_refused(box, path, &options, "foreign.bin");
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(bad_files_are_named_skipped_and_counted),
        IN_SANDBOX(strict_stops_at_the_first_bad_file),
        IN_SANDBOX(other_files_are_passed_over_in_silence),
        IN_SANDBOX(an_xml_file_of_another_name_is_named),
        IN_SANDBOX(a_line_of_one_point_is_skipped),
        IN_SANDBOX(a_recording_that_cannot_be_cleaned_is_named_and_skipped),
        IN_SANDBOX(a_form_in_two_lists_is_named),
        IN_SANDBOX(sources_with_nothing_in_them_are_refused),
    };
    return cmocka_run_group_tests_name("prepare_skips", tests, NULL, NULL);
}
