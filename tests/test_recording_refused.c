/* Recordings: files that are refused, and with which words. */
#include "recorded.h"

static void outlines_of_letters_are_refused(void **state)
{
    (void)state;
    recorded_refused("<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h9v9z\"/></svg>",
                     "holds only filled shapes");
    recorded_refused(SVG_OPEN "<path stroke=\"none\" fill=\"#123\" d=\"M0 0h9\"/>" SVG_CLOSE,
                     "holds only filled shapes");
    recorded_refused(SVG_OPEN SVG_CLOSE, "holds no strokes");
    recorded_refused(SVG_OPEN "<g class=\"line\" data-text=\"a\"></g>" SVG_CLOSE,
                     "holds no strokes");
}

static void malformed_shapes_are_named_with_their_row(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "1 2",
        "L1 2",
        "M1",
        "M1 2L",
        "M1 2 3",
        "M1 2X3",
        "M1 2L3,,4",
        "M1 2,L3 4",
        "M1 2L3 4,",
        "M1 2C1 2 3 4",
        "M1 2z3",
        "M1 2L3 nan",
        "M1 2L3 inf",
        "M1 2L.",
        "M1 2L-",
        "M1 2L3 1e39",
        "M1 2L1e400 3",
        "M1 2L0x10 3",
        "M1 2A1 1 0 2 0 3 4",
        "M1 2A1 1 0 0",
        "M1 2A1 1 0 0.0 1 3 4",
        "M1 2L3 \xce\xbc",
    };
    char text[400];
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        snprintf(text, sizeof text, SVG_OPEN "\n<path d=\"%s\"/>" SVG_CLOSE, paths[i]);
        recorded_refused(text, ":3: <path> has a malformed d");
    }
    static const char *const transforms[] = {
        "translate",       "translate(1",       "translate(1 2 3)",
        "rotate(1 2)",     "matrix(1 2 3 4 5)", "scale()",
        "scale(1e39)",     "skew(3)",           "1",
        "translate(1,,2)", "translate(nan)",    "rotate(1 2 3 4 5 6 7)",
        "scale(1)x",
    };
    for (size_t i = 0; i < sizeof transforms / sizeof *transforms; i++) {
        snprintf(text, sizeof text, SVG_OPEN "<g\ntransform=\"%s\"/>" SVG_CLOSE, transforms[i]);
        recorded_refused(text, ":3: <g> has a malformed transform");
    }
    recorded_refused(SVG_OPEN "<polyline points=\"1 2 3\"/>" SVG_CLOSE, ":2: <polyline> has a");
    recorded_refused(SVG_OPEN "<polygon points=\"1 2 a 3\"/>" SVG_CLOSE, ":2: <polygon> has a");
    recorded_refused(SVG_OPEN "<line x1=\"5em\"/>" SVG_CLOSE, ":2: <line> has a malformed x1");
    recorded_refused(SVG_OPEN
                     "<g transform=\"scale(1e30)\">\n<path d=\"M0 0L1e30 1\"/></g>" SVG_CLOSE,
                     ":3: <path> leads beyond all measure");
    recorded_refused(SVG_OPEN "<path d=\"M3e38 0l3e38 0\"/>" SVG_CLOSE, "beyond all measure");
    recorded_refused(SVG_OPEN "<path d=\"M3e38 0A3e38 1e-38 5 0 1-3e38 3e38\"/>" SVG_CLOSE,
                     "beyond all measure");
}

static void files_of_other_kinds_are_refused(void **state)
{
    (void)state;
    recorded_refused("", "is empty");
    recorded_refused(" \n\t\r\n", "is empty");
    recorded_refused("\xef\xbb\xbf", "is empty");
    recorded_refused("words", "is of no kind that can be read; SVG of strokes, InkML, Xournal++, "
                              "JSON lines of strokes and "
                              "IAM-OnDB's line files (.xml) are");
    recorded_refused_sized("\x89PNG\r\n\x1a\n\0\0", 10,
                           "is of no kind that can be read; SVG of strokes, InkML, Xournal++, JSON "
                           "lines of strokes and "
                           "IAM-OnDB's line files (.xml) are");
    recorded_refused_sized("\0\0\0\0", 4,
                           "is of no kind that can be read; SVG of strokes, InkML, Xournal++, JSON "
                           "lines of strokes and "
                           "IAM-OnDB's line files (.xml) are");
    recorded_refused("[[1,2,3]]", "is of no kind that can be read; SVG of strokes, InkML, "
                                  "Xournal++, JSON lines of strokes and "
                                  "IAM-OnDB's line files (.xml) are");
    recorded_refused("<html><svg/></html>", "XML of another kind");
    recorded_refused("<svgs/>", "XML of another kind");
    recorded_refused("<", "XML of another kind");
    recorded_refused("<WhiteboardCaptureSession/>", "holds no strokes");
}

static void truncated_files_are_refused(void **state)
{
    (void)state;
    static const char *const wholes[] = {
        SVG_OPEN "<g class=\"line\" data-text=\"a\"><path d=\"M1 2h3\"/></g>"
                 "</svg>",
        "{\"text\":\"a\",\"strokes\":[[[1,2,3]]]}",
    };
    for (size_t w = 0; w < 2; w++)
        for (size_t cut = 0; cut < strlen(wholes[w]); cut++)
            recorded_refused_sized(wholes[w], cut, "");
}

static void json_that_is_no_line_is_refused_with_its_row(void **state)
{
    (void)state;
    static const struct {
        const char *row, *words;
    } rows[] = {
        {"{", ":2: is no JSON"},
        {"[]", ":2: is no JSON object"},
        {"{} {}", ":2: has more than one"},
        {"{}", ":2: has no \"strokes\""},
        {"{\"strokes\":3}", ":2: has no \"strokes\""},
        {"{\"strokes\":[3]}", ":2: a stroke is no row"},
        {"{\"strokes\":[[3]]}", ":2: a point is no row"},
        {"{\"strokes\":[[[]]]}", ":2: a point is no row"},
        {"{\"strokes\":[[[1,2]]]}", ":2: a point is no row"},
        {"{\"strokes\":[[[1,2,\"3\"]]]}", ":2: a point is no row"},
        {"{\"strokes\":[[[1,2,3,4]]]}", ":2: a point is no row"},
        {"{\"strokes\":[[[1e39,2,3]]]}", ":2: a point has a number that is beyond"},
        {"{\"strokes\":[[[1,2,1e999]]]}", ":2: a point has a number that is beyond"},
        {"{\"strokes\":[[[nan,2,3]]]}", ":2: is no JSON"},
        {"{\"text\":3,\"strokes\":[[[1,2,3]]]}", ":2: \"text\" is no text"},
        {"{\"text\":\"\xff\",\"strokes\":[[[1,2,3]]]}", ":2: \"text\" is no text"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[200];
        snprintf(text, sizeof text, "{\"strokes\":[[[1,2,3]]]}\n%s\n", rows[i].row);
        recorded_refused(text, rows[i].words);
    }
    recorded_refused("{\"strokes\":[]}\n", "holds no strokes");
    static const char zero[] = "{\"strokes\":[[[1,2,3]]]}\0{}";
    recorded_refused_sized(zero, sizeof zero - 1, ":1: is no JSON: there is a byte 0");
    lh_recording *recording = recorded("\xef\xbb\xbf{\"strokes\":[[],[[1,2,3]]]}\r\n\r\n \n"
                                       "{\"text\":null,\"strokes\":[[[1,2,3],[1,2,4]]]}");
    assert_int_equal(recording->count, 2);
    assert_null(recording->line[1].text);
    assert_int_equal(recording->line[1].ink->count, 2);
    lh_recording_free(recording);
}

static void document_types_are_read_that_declare_nothing(void **state)
{
    (void)state;
#define SVG_11 "svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n\"http://x.invalid/svg11.dtd\""
    static const char *const fine[] = {"svg", SVG_11, "svg SYSTEM '/etc/passwd'",
                                       "svg SYSTEM 'a[b>c'"};
    static const char *const bad[] = {"svg []",
                                      SVG_11 " [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">]",
                                      "svg [<!ENTITY a \"1\"><!ENTITY b \"&a;&a;&a;\">]",
                                      "svg [<!ENTITY % p SYSTEM \"http://x.invalid/\">%p;]",
                                      "svg SYSTEM \"a\" [<!ATTLIST path d CDATA \"M0 0h1\">]"};
    char text[400];
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        snprintf(text, sizeof text,
                 "<?xml version=\"1.0\"?>\n<!DOCTYPE %s>\n" SVG_OPEN
                 "<path d=\"M0 0h1\"/>" SVG_CLOSE,
                 fine[i]);
        lh_recording_free(recorded(text));
        /* Behind it tags are looked at as before. */
        char *many = malloc(2000);
        assert_non_null(many);
        int at = snprintf(many, 2000, "<!DOCTYPE %s>\n<svg ", fine[i]);
        for (int k = 0; k < 65; k++)
            at += snprintf(many + at, 2000 - (size_t)at, "a%d=\"\" ", k);
        snprintf(many + at, 2000 - (size_t)at, "/>");
        recorded_refused(many, "a tag has more than 64 attributes");
        free(many);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(text, sizeof text,
                 "<?xml version=\"1.0\"?>\n<!DOCTYPE %s>\n" SVG_OPEN
                 "<path d=\"M0 0h1\"/>" SVG_CLOSE,
                 bad[i]);
        recorded_refused(text, ":2: has a document type (<!DOCTYPE>) with declarations");
    }
    recorded_refused("<!DOCTYPE svg SYSTEM \"a\">\n" SVG_OPEN "<path d=\"&a;\"/>" SVG_CLOSE,
                     "drawn:");
}

/* A text that repeats `part`. */
static char *repeated(const char *head, const char *part, size_t times, const char *tail)
{
    size_t length = strlen(part);
    char *text = malloc(strlen(head) + times * length + strlen(tail) + 1);
    assert_non_null(text);
    char *at = text + sprintf(text, "%s", head);
    for (size_t i = 0; i < times; i++, at += length)
        memcpy(at, part, length);
    strcpy(at, tail);
    return text;
}

static void huge_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *head, *part;
        size_t times;
        const char *tail, *words;
    } files[] = {
        {SVG_OPEN, "<g>", 260, "", "deeper than 250"},
        {SVG_OPEN "<g class=\"line\" data-text=\"\"><path d=\"M0 0", "h1", 1 << 20,
         "\"/></g>" SVG_CLOSE, "<path> has more points than are read"},
        {SVG_OPEN "<path d=\"M0 0", "h1", 1 << 20, "\"/>" SVG_CLOSE, "more points than are read"},
        {SVG_OPEN, "<g xmlns:a=\"b\"/>", 300, SVG_CLOSE, "declares more than 256 namespaces"},
        {"{\"strokes\":[[", "[1,2,3],", 1 << 20, "[1,2,3]]]}",
         ":1: a line of writing has more points"},
        {"{\"strokes\":", "[", 100000, "", ":1: is no JSON"},
        {"", "{\"strokes\":[[[1,2,3]]]}\n", (1 << 18) + 1, "", "has more than the 262144 lines"},
        {"{\"a\":[", "0,", 7 << 20, "0]}", ":1: a line of writing has more points"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *text = repeated(files[i].head, files[i].part, files[i].times, files[i].tail);
        recorded_refused(text, files[i].words);
        free(text);
    }
    static const char *const largest[][3] = {
        {SVG_OPEN "<path d=\"M0 0", "h1", "\"/>" SVG_CLOSE},
        {"{\"strokes\":[[[1,2,3]]", ",[[1,2,3]]", "]}"},
    };
    for (size_t i = 0; i < 2; i++) {
        char *text = repeated(largest[i][0], largest[i][1], (1 << 20) - 1, largest[i][2]);
        lh_recording *recording = recorded(text);
        assert_int_equal(recording->line[0].ink->count, 1 << 20);
        lh_recording_free(recording);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outlines_of_letters_are_refused),
        cmocka_unit_test(malformed_shapes_are_named_with_their_row),
        cmocka_unit_test(files_of_other_kinds_are_refused),
        cmocka_unit_test(truncated_files_are_refused),
        cmocka_unit_test(json_that_is_no_line_is_refused_with_its_row),
        cmocka_unit_test(document_types_are_read_that_declare_nothing),
        cmocka_unit_test(huge_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
