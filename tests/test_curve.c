/* Training logs, charts, and `longhand curve`, which makes the one from the other. */
#include "check.h"

#include "page/chart.h"
#include "train/log_read.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRAIN(step, nats)                                                          \
    "{\"kind\":\"train\",\"step\":" #step ",\"epoch\":0.5,\"seconds\":" #step ", " \
    "\"nats_per_line\":" #nats "}\n"
#define VALID(step, nats)                                                          \
    "{\"kind\":\"valid\",\"step\":" #step ",\"epoch\":0.5,\"seconds\":" #step ", " \
    "\"nats_per_line\":" #nats "}\n"

static lh_training_log *parse(const char *text, size_t size, lh_error *error)
{
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    memcpy(copy, text, size);
    copy[size] = '\0';
    lh_training_log *log = lh_training_log_parse(copy, size, "run.jsonl", error);
    free(copy);
    return log;
}

static void check_refused(const char *text, size_t size, const char *words)
{
    lh_error error = {0};
    lh_training_log *log = parse(text, size, &error);
    if (log)
        fail_msg("taken, expected '%s': %s", words, text);
    assert_int_equal(error.status, LH_ERROR_FORMAT);
    if (!strstr(error.message, words))
        fail_msg("'%s' does not say '%s'", error.message, words);
}

static void log_rows_are_read_and_other_kinds_passed_over(void **state)
{
    (void)state;
    lh_error error;
    static const char text[] = "{\"kind\":\"start\",\"lines\":3}\n\n" TRAIN(10, 5.5)
        VALID(10, -7) "{\"kind\": \"stop\"}\r\n" TRAIN(20, 4);
    lh_training_log *log = parse(text, strlen(text), &error);
    assert_non_null(log);
    assert_int_equal(log->count, 3);
    assert_true(!log->rows[0].valid && log->rows[1].valid && !log->rows[2].valid);
    assert_true(log->rows[0].step == 10 && log->rows[0].epoch == 0.5);
    assert_true(log->rows[0].seconds == 10 && log->rows[0].nats_per_line == 5.5);
    assert_true(log->rows[1].nats_per_line == -7);
    lh_training_log_free(log);
}

static void malformed_log_is_refused_by_name_and_line(void **state)
{
    (void)state;
#define REFUSED(text, words) check_refused(text, sizeof(text) - 1, words)
    REFUSED(TRAIN(1, 1) "not json\n", "run.jsonl: line 2: not JSON");
    REFUSED(TRAIN(1, 1) "{\"kind\":\"train\"} trailing\n", "run.jsonl: line 2: not JSON");
    REFUSED(TRAIN(1, 1) "{\"kind\":\"stop\"}\0\n", "run.jsonl: line 2: not JSON");
    REFUSED("\n[1, 2]\n", "run.jsonl: line 2: expected a JSON object");
    REFUSED("7\n", "run.jsonl: line 1: expected a JSON object");
    REFUSED("{\"step\":1}\n", "\"kind\"");
    REFUSED("{\"kind\":5}\n", "\"kind\"");
    REFUSED("{\"kind\":\"train\",\"step\":\"1\"}\n", "line 1: expected a number \"step\"");
    REFUSED(TRAIN(1, 1) VALID(1, null), "line 2: expected a number \"nats_per_line\"");
    REFUSED(TRAIN(1, 1e999), "\"nats_per_line\"");
    REFUSED(TRAIN(1, -1e13), "\"nats_per_line\"");
    REFUSED(TRAIN(20, 1) VALID(20, 1) TRAIN(19, 1), "line 3: goes back, from step 20");
    REFUSED("{\"kind\":\"train\",\"step\":1,\"epoch\":2,\"seconds\":1,\"nats_per_line\":1}\n"
            "{\"kind\":\"train\",\"step\":2,\"epoch\":1,\"seconds\":1,\"nats_per_line\":1}\n",
            "line 2: goes back");
    /* Nested deeper than any log: refused, not a stack that overflows. */
    size_t depth = 100000;
    char *deep = malloc(depth + 1);
    assert_non_null(deep);
    memset(deep, '[', depth);
    deep[depth] = '\n';
    check_refused(deep, depth + 1, "not JSON");
    free(deep);
}

static void only_the_last_row_may_be_cut_off(void **state)
{
    (void)state;
    static const char text[] = TRAIN(1, 1) TRAIN(2, 2);
    size_t first = strlen(TRAIN(1, 1));
    for (size_t size = 0; size < sizeof text; size++) {
        lh_error error = {0};
        lh_training_log *log = parse(text, size, &error);
        if (!log)
            fail_msg("cut at %zu: %s", size, error.message);
        /* A row that is whole counts, also when its newline is missing. */
        size_t expected = (size + 1 >= first) + (size + 2 >= sizeof text);
        if (log->count != expected)
            fail_msg("cut at %zu: %zu rows, expected %zu", size, log->count, expected);
        lh_training_log_free(log);
    }
}

static void ticks_are_at_good_numbers(void **state)
{
    (void)state;
    static const struct {
        double low, high, step;
    } cases[] = {{0, 15, 2},          {-1100, 200, 200}, {0, 1, 0.2},    {0, 0.07, 0.01},
                 {-3, 3, 1},          {0, 8, 1},         {0, 8.01, 2},   {1e9, 1e9 + 70, 10},
                 {-1e12, 1e12, 5e11}, {0, 100, 20},      {0, 1e-6, 2e-7}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double step = lh_chart_tick_step(cases[i].low, cases[i].high, 8);
        if (fabs(step / cases[i].step - 1) > 1e-9)
            fail_msg("%g to %g: step %g, expected %g", cases[i].low, cases[i].high, step,
                     cases[i].step);
    }
}

/* The document that lh_chart_write makes, parsed. */
static xmlDoc *drawn(const lh_chart *chart)
{
    char *data = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&data, &size);
    assert_non_null(stream);
    lh_chart_write(chart, stream);
    assert_int_equal(fclose(stream), 0);
    xmlDoc *document = xmlReadMemory(data, (int)size, "chart.svg", NULL, XML_PARSE_NONET);
    if (!document)
        fail_msg("not well-formed: %s", data);
    free(data);
    return document;
}

/* The number of elements `name` with exactly this text (NULL: any). */
static int count_elements(const xmlNode *node, const char *name, const char *text)
{
    int count = 0;
    for (; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        xmlChar *content = xmlNodeGetContent(node);
        count += strcmp((const char *)node->name, name) == 0 &&
                 (!text || strcmp((const char *)content, text) == 0);
        xmlFree(content);
        count += count_elements(node->children, name, text);
    }
    return count;
}

static void chart_is_svg_with_ticks_and_names_as_text(void **state)
{
    (void)state;
    static const double x[] = {0, 1, 2}, y[] = {500, -200, -1e12};
    lh_chart_series series = {.name = "a<b> & \xff\x01 \u00e9",
                              .mark = LH_CHART_DOTTED,
                              .look = 3,
                              .x = x,
                              .y = y,
                              .count = 3};
    const double values[] = {0, 0.5, 0.5, 1, 0, 7};
    const lh_chart_field field = {2, 3, values};
    lh_chart chart = {"<title>", "epochs", "nats", 0, 2, -400, 600, &series, 1, &field};
    xmlDoc *document = drawn(&chart);
    const xmlNode *root = xmlDocGetRootElement(document);
    assert_string_equal(root->name, "svg");
    assert_int_equal(count_elements(root, "title", "<title>"), 1);
    assert_int_equal(count_elements(root, "text", "a<b> & \ufffd\ufffd \u00e9"), 1);
    assert_int_equal(count_elements(root, "text", "epochs"), 1);
    static const char *const ticks[] = {"0.5", "1.5", "2.0", "\u2212200", "200", "600"};
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++)
        if (count_elements(root, "text", ticks[i]) != 1)
            fail_msg("no tick %s", ticks[i]);
    /* Of the field's rows one has one rectangle, for two numbers alike, the other two. */
    const xmlNode *at = root->children;
    while (at && strcmp((const char *)at->name, "g") != 0)
        at = at->next;
    assert_int_equal(count_elements(at, "rect", NULL), 3);
    xmlFreeDoc(document);
}

/* ---- the command ---- */

static char folder[] = "/tmp/longhand-test-curve-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[200];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static void write_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *stream = fopen(path, "w");
    assert_non_null(stream);
    fputs(text, stream);
    assert_int_equal(fclose(stream), 0);
}

/* Runs `longhand curve` with `arguments` in the folder; standard error goes to the file err. */
static int run_curve(const char *arguments)
{
    char command[1000];
    snprintf(command, sizeof command, "cd %s && %s curve %s 2>err", folder,
             getenv("LONGHAND_PROGRAM"), arguments);
    int result = system(command);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

static char *contents(const char *name)
{
    char path[200];
    size_t size;
    lh_error error;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *text = lh_file_read(path, 1 << 20, &size, &error);
    if (!text)
        fail_msg("%s", error.message);
    return text;
}

static void curve_draws_one_run_and_several(void **state)
{
    (void)state;
    write_file("small.log.jsonl", TRAIN(10, 500) TRAIN(20, 100) VALID(20, 120) TRAIN(30, 50));
    write_file("large.log.jsonl", TRAIN(10, 400) TRAIN(20, 80));
    assert_int_equal(run_curve("small.log.jsonl -o one.svg"), 0);
    char *svg = contents("one.svg");
    assert_non_null(strstr(svg, ">validation<"));
    assert_non_null(strstr(svg, ">epochs<"));
    free(svg);
    assert_int_equal(run_curve("small.log.jsonl large.log.jsonl --x=minutes -o two.svg"), 0);
    svg = contents("two.svg");
    assert_non_null(strstr(svg, ">small<"));
    assert_non_null(strstr(svg, ">large<"));
    assert_non_null(strstr(svg, ">minutes<"));
    free(svg);
}

static void curve_of_a_bad_log_writes_nothing(void **state)
{
    (void)state;
    write_file("bad.jsonl", TRAIN(10, 500) "{\n" TRAIN(20, 100));
    write_file("empty.jsonl", "");
    assert_int_equal(run_curve("bad.jsonl -o bad.svg"), 1);
    char *message = contents("err");
    assert_non_null(strstr(message, "longhand: bad.jsonl: line 2: "));
    free(message);
    assert_int_equal(run_curve("empty.jsonl -o bad.svg"), 1);
    assert_int_equal(run_curve("missing.jsonl -o bad.svg"), 1);
    char path[200];
    snprintf(path, sizeof path, "%s/bad.svg", folder);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(run_curve("-o bad.svg"), 2);
    assert_int_equal(run_curve("bad.jsonl"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_rows_are_read_and_other_kinds_passed_over),
        cmocka_unit_test(malformed_log_is_refused_by_name_and_line),
        cmocka_unit_test(only_the_last_row_may_be_cut_off),
        cmocka_unit_test(ticks_are_at_good_numbers),
        cmocka_unit_test(chart_is_svg_with_ticks_and_names_as_text),
        cmocka_unit_test(curve_draws_one_run_and_several),
        cmocka_unit_test(curve_of_a_bad_log_writes_nothing),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
