/* Ink to text: the beam against all texts, sureness against all alternatives, and a network that
 * has learnt to read made-up writing. */
#include "check.h"
#include "tiny_corpus.h"

#include <longhand/corpus.h>
#include <longhand/read.h>
#include <longhand/train.h>

#include "nn/ctc.h"
#include "read/beam.h"
#include "read/characters.h"
#include "read/errors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* ---- small outputs, of which all texts can be listed ---- */

enum { SYMBOLS = 3, OUTPUTS = SYMBOLS + 1, STEPS = 5, TEXTS = 364 };

static double log_y[STEPS * OUTPUTS];
static uint32_t point[STEPS] = {3, 5, 8, 13, 21};

static read_outputs random_outputs(uint64_t seed)
{
    lh_rng rng;
    lh_real u[OUTPUTS];
    lh_rng_seed(&rng, seed, 1);
    for (int t = 0; t < STEPS; t++) {
        for (int k = 0; k < OUTPUTS; k++)
            u[k] = (lh_real)(2 * lh_rng_normal(&rng));
        lh_log_softmax(u, OUTPUTS, log_y + t * OUTPUTS);
    }
    return (read_outputs){
        .features = {.point = point, .count = STEPS}, .symbols = SYMBOLS, .log_y = log_y};
}

/* Text number `number`: all texts of length 0, 1, 2, ... */
static int text_of(int number, int32_t text[STEPS])
{
    int length = 0, texts = 1;
    for (; number >= texts; length++, texts *= SYMBOLS)
        number -= texts;
    for (int u = 0; u < length; u++, number /= SYMBOLS)
        text[u] = number % SYMBOLS;
    return length;
}

static double log_p(const read_outputs *outputs, const int32_t *text, int count)
{
    lh_error error;
    double p;
    check_ok(read_log_probability(outputs, text, count, &p, &error), &error);
    return p;
}

/* Time and memory are their product. */
static void a_row_that_is_too_long_for_its_text_is_refused(void **state)
{
    (void)state;
    enum { LONG = 40000 };
    int32_t *text = calloc(LONG, sizeof *text);
    assert_non_null(text);
    const read_outputs outputs = {.features = {.count = LONG}, .symbols = 3};
    lh_error error;
    double p;
    lh_read_character characters[1];
    lh_alphabet alphabet;
    assert_true(lh_alphabet_parse(&alphabet, "abc"));
    assert_int_equal(read_log_probability(&outputs, text, LONG / 2, &p, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "a row of 40000 curves that says 20000 characters"));
    assert_int_equal(read_characters(&outputs, &alphabet, text, LONG, characters, &p, &error),
                     LH_ERROR_ARGUMENT);
    free(text);
}

static void all_texts_together_are_certain(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        const read_outputs outputs = random_outputs(seed);
        int32_t text[STEPS];
        double sum = 0;
        for (int i = 0; i < TEXTS; i++)
            sum += exp(log_p(&outputs, text, text_of(i, text)));
        assert_true(fabs(sum - 1) < 1e-12);
    }
}

/* Symbol 1 stands for an i without a dot, which then is as good as symbol 0, the i. */
static void an_i_without_a_dot_is_an_i(void **state)
{
    (void)state;
    const lh_alphabet alphabet = {.count = SYMBOLS, .codepoint = {'i', READ_DOTLESS_I, 'x'}};
    for (uint64_t seed = 0; seed < 20; seed++) {
        read_outputs outputs = random_outputs(seed);
        int32_t text[STEPS];
        double before[TEXTS], sum = 0;
        for (int i = 0; i < TEXTS; i++)
            before[i] = log_p(&outputs, text, text_of(i, text));
        read_outputs_dot(&outputs, &alphabet);
        for (int i = 0; i < TEXTS; i++) {
            bool dotless = false;
            const int count = text_of(i, text);
            for (int u = 0; u < count; u++)
                dotless |= text[u] == 1;
            const double p = log_p(&outputs, text, count);
            assert_true(dotless ? p == -INFINITY : p >= before[i] - 1e-12);
            sum += exp(p);
        }
        assert_true(fabs(sum - 1) < 1e-12);
    }
}

static const read_prior no_prior;

static void a_wide_beam_finds_the_two_best(void **state)
{
    (void)state;
    lh_error error;
    for (uint64_t seed = 0; seed < 100; seed++) {
        const read_outputs outputs = random_outputs(seed);
        double best = -INFINITY, second = -INFINITY;
        for (int i = 0; i < TEXTS; i++) {
            int32_t text[STEPS];
            const double p = log_p(&outputs, text, text_of(i, text));
            second = p > best ? best : p > second ? p : second;
            best = p > best ? p : best;
        }
        read_found found[2];
        assert_int_equal(read_beam(log_y, STEPS, SYMBOLS, 1000, &no_prior, found, 2, &error), 2);
        assert_true(fabs(found[0].log_probability - best) < 1e-3);
        assert_true(fabs(found[1].log_probability - second) < 1e-3);
        assert_true(fabs(log_p(&outputs, found[0].text, found[0].count) - best) < 1e-9);
        assert_true(fabs(log_p(&outputs, found[1].text, found[1].count) - second) < 1e-9);
        free(found[0].text);
        free(found[1].text);
    }
}

/* With a language the best text is the best by both. */
static void a_language_is_added(void **state)
{
    (void)state;
    lh_error error;
    lh_language *language = lh_language_new(3, &error);
    check_ok(lh_language_learn(language, "abab bab", &error), &error);
    lh_alphabet alphabet = {.count = SYMBOLS};
    for (int k = 0; k < SYMBOLS; k++)
        alphabet.codepoint[k] = (uint32_t)('a' + k);
    const read_prior prior = {language, &alphabet, 0.7, 0.4};
    int changed = 0;
    for (uint64_t seed = 0; seed < 100; seed++) {
        const read_outputs outputs = random_outputs(seed);
        double best = -INFINITY, alone = -INFINITY;
        int best_at = -1, alone_at = -1;
        for (int i = 0; i < TEXTS; i++) {
            int32_t text[STEPS];
            const int count = text_of(i, text);
            double score = log_p(&outputs, text, count);
            if (score > alone) {
                alone = score;
                alone_at = i;
            }
            for (int u = 0; u < count; u++)
                score += read_prior_of(&prior, text, u, text[u]);
            if (score > best) {
                best = score;
                best_at = i;
            }
        }
        read_found found;
        assert_int_equal(read_beam(log_y, STEPS, SYMBOLS, 1000, &prior, &found, 1, &error), 1);
        assert_true(fabs(found.log_probability - best) < 1e-3);
        free(found.text);
        changed += best_at != alone_at;
    }
    assert_true(changed > 5);
    lh_language_free(language);
}

/* What can follow a history adds up to 1; what was met often is likelier. */
static void a_language_is_a_distribution(void **state)
{
    (void)state;
    lh_error error;
    lh_language *language = lh_language_new(4, &error);
    check_ok(lh_language_learn(language, "the theme of the thing", &error), &error);
    check_ok(lh_language_learn(language, "another th\xc3\xa9", &error), &error);
    static const uint32_t histories[][3] = {
        {'t', 'h', 'e'}, {' ', 't', 'h'}, {'x', 'q', 'h'}, {'z', 'z', 'z'}};
    for (size_t h = 0; h < 4; h++)
        for (size_t count = 0; count <= 3; count++) {
            double sum = 0;
            for (uint32_t k = 0; k < 65536; k++)
                sum +=
                    exp(lh_language_log_probability(language, histories[h] + 3 - count, count, k));
            assert_true(fabs(sum - 1) < 1e-9);
        }
    assert_true(lh_language_log_probability(language, histories[1], 3, 'e') >
                lh_language_log_probability(language, histories[1], 3, 'i'));
    assert_true(lh_language_log_probability(language, histories[1], 3, 'i') >
                lh_language_log_probability(language, histories[1], 3, 'z'));
    assert_int_equal(lh_language_learn(language, "\xff", &error), LH_ERROR_FORMAT);
    assert_null(lh_language_new(0, &error));
    assert_null(lh_language_new(LH_LANGUAGE_ORDER_MAX + 1, &error));
    lh_language_free(language);
}

/* A beam of one is one of the better texts; it cannot be more probable than it is. */
static void a_narrow_beam_is_never_too_sure(void **state)
{
    (void)state;
    lh_error error;
    for (uint64_t seed = 0; seed < 100; seed++) {
        const read_outputs outputs = random_outputs(seed);
        read_found found;
        assert_int_equal(read_beam(log_y, STEPS, SYMBOLS, 1, &no_prior, &found, 1, &error), 1);
        assert_true(found.log_probability <= log_p(&outputs, found.text, found.count) + 1e-12);
        free(found.text);
    }
}

/* The text with character u replaced by k, or left out (k == SYMBOLS). */
static double log_p_changed(const read_outputs *outputs, const int32_t *text, int count, int u,
                            int k)
{
    int32_t changed[STEPS];
    int length = 0;
    for (int i = 0; i < count; i++)
        if (i != u || k < SYMBOLS)
            changed[length++] = i == u ? k : text[i];
    return log_p(outputs, changed, length);
}

static void a_character_is_as_sure_as_its_alternatives_allow(void **state)
{
    (void)state;
    lh_alphabet alphabet;
    assert_true(lh_alphabet_parse(&alphabet, "abc"));
    int tried = 0;
    for (uint64_t seed = 0; seed < 12; seed++) {
        const read_outputs outputs = random_outputs(seed);
        for (int i = 1; i < TEXTS; i += 7) {
            int32_t text[STEPS];
            const int count = text_of(i, text);
            lh_read_character characters[STEPS];
            lh_error error;
            double p;
            if (lh_ctc_steps(text, count) > STEPS)
                continue;
            check_ok(read_characters(&outputs, &alphabet, text, count, characters, &p, &error),
                     &error);
            assert_true(fabs(p - log_p(&outputs, text, count)) < 1e-12);
            for (int u = 0; u < count; u++, tried++) {
                double all = 0;
                for (int k = 0; k <= SYMBOLS; k++)
                    all += exp(log_p_changed(&outputs, text, count, u, k));
                if (!(fabs(characters[u].probability - exp(p) / all) < 1e-3))
                    fail_msg("seed %d, text %d, character %d: %g, not %g", (int)seed, i, u,
                             characters[u].probability, exp(p) / all);
                assert_int_equal(characters[u].codepoint, 'a' + (uint32_t)text[u]);
                assert_true(characters[u].from <= characters[u].to);
                assert_true(u == 0 || characters[u].from >= characters[u - 1].from);
            }
            assert_int_equal(characters[count - 1].to, point[STEPS - 1]);
        }
    }
    assert_true(tried > 1000);
}

/* ---- a network that has learnt ---- */

static char *folder, *path;
static lh_corpus *corpus;
static lh_reader *reader;

static int learn(void **state)
{
    (void)state;
    lh_error error = {0};
    folder = tiny_folder();
    path = tiny_path(folder, "reader.safetensors");
    corpus = tiny_corpus(folder, 90, 20, 3);
    lh_train_options o = lh_train_options_for(LH_TRAIN_READING, LH_ADAM);
    o.layers = 2;
    o.cells = 20;
    o.train_splits = 1u << LH_SPLIT_TRAIN;
    o.batch = 6;
    o.epochs = 32;
    o.validate_every = 8;
    o.learning_rate = 1e-2;
    o.ema = 0.9;
    o.threads = 2;
    o.jitter = 0.3;
    const lh_train_files files = {.model = path};
    if (lh_train(corpus, &o, &files, false, NULL, &error) == LH_OK)
        reader = lh_reader_load(path, &error);
    if (!reader)
        fprintf(stderr, "%s\n", error.message);
    return reader ? 0 : -1;
}

static int forget(void **state)
{
    (void)state;
    lh_reader_free(reader);
    lh_corpus_free(corpus);
    tiny_remove(folder);
    free(path);
    return 0;
}

static lh_ink ink_of(size_t index)
{
    const lh_corpus_line line = lh_corpus_get(corpus, index);
    return (lh_ink){(lh_point *)line.points, line.count, line.count};
}

static void it_reads_lines_it_has_not_seen(void **state)
{
    (void)state;
    lh_error error;
    size_t lines = 0, right = 0;
    for (size_t i = 0; i < lh_corpus_count(corpus); i++) {
        const lh_corpus_line line = lh_corpus_get(corpus, i);
        if (line.split != LH_SPLIT_V)
            continue;
        const lh_ink ink = ink_of(i);
        lh_reading *reading = lh_read(reader, &ink, &lh_read_defaults, &error);
        assert_non_null(reading);
        lines++;
        right += strcmp(reading->text, line.text) == 0;
        double score;
        check_ok(lh_read_score(reader, &ink, reading->text, &lh_read_defaults, &score, &error),
                 &error);
        assert_true(fabs(score - reading->log_probability) < 1e-9);
        assert_true(reading->next && reading->next_log_probability < reading->log_probability);
        assert_true(strcmp(reading->next, reading->text) != 0);
        assert_true(reading->count > 0 && reading->character[reading->count - 1].to < line.count);
        lh_reading_free(reading);
    }
    assert_int_equal(lines, 20);
    if (right < 14)
        fail_msg("%zu of %zu lines are right", right, lines);
}

static void size_and_place_do_not_matter(void **state)
{
    (void)state;
    lh_error error;
    lh_ink ink = ink_of(0);
    lh_ink *moved = lh_ink_copy(&ink, &error);
    for (size_t i = 0; i < moved->count; i++) {
        moved->points[i].x = 1024 + moved->points[i].x / 128;
        moved->points[i].y = moved->points[i].y / 128 - 64;
    }
    lh_reading *a = lh_read(reader, &ink, &lh_read_defaults, &error);
    lh_reading *b = lh_read(reader, moved, &lh_read_defaults, &error);
    assert_true(a && b);
    assert_string_equal(a->text, b->text);
    lh_reading_free(a);
    lh_reading_free(b);
    lh_ink_free(moved);
}

static void what_is_no_line_is_read_as_something(void **state)
{
    (void)state;
    static lh_point dot = {5, 5, 0, 1}, dash[2] = {{5, 5, 0, 0}, {90, 5, 1, 1}};
    lh_error error;
    const lh_ink inks[] = {{0}, {&dot, 1, 1}, {dash, 2, 2}};
    for (size_t i = 0; i < 3; i++) {
        lh_reading *reading = lh_read(reader, &inks[i], &lh_read_defaults, &error);
        assert_non_null(reading);
        assert_true(i > 0 || (reading->count == 0 && reading->text[0] == '\0'));
        lh_reading_free(reading);
    }
}

static void texts_that_cannot_be_are_infinitely_unlikely(void **state)
{
    (void)state;
    static lh_point dot = {5, 5, 0, 1};
    lh_error error;
    double score = 0;
    const lh_ink ink = {&dot, 1, 1}, none = {0};
    check_ok(lh_read_score(reader, &ink, "aaaaaaaa", &lh_read_defaults, &score, &error), &error);
    assert_true(score == -INFINITY);
    check_ok(lh_read_score(reader, &ink, "\xe2\x82\xac", &lh_read_defaults, &score, &error),
             &error);
    assert_true(score == -INFINITY);
    check_ok(lh_read_score(reader, &none, "", &lh_read_defaults, &score, &error), &error);
    assert_true(score == 0);
    assert_int_equal(lh_read_score(reader, &ink, "\xff", &lh_read_defaults, &score, &error),
                     LH_ERROR_ARGUMENT);
}

/* ---- the command ---- */

/* What `longhand read` prints, also where it fails; the caller frees. */
static char *run_read(const char *arguments, int *code)
{
    char command[4096];
    snprintf(command, sizeof command, "%s read --model %s %s 2>&1", getenv("LONGHAND_PROGRAM"),
             path, arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    char *output = calloc(1, 1 << 16);
    assert_non_null(output);
    assert_true(fread(output, 1, (1 << 16) - 1, pipe) > 0);
    const int status = pclose(pipe);
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return output;
}

static void check_said(const char *arguments, int code, const char *words)
{
    int given;
    char *said = run_read(arguments, &given);
    if (given != code || !strstr(said, words))
        fail_msg("read %s: exit %d, \"%s\" in: %s", arguments, given, words, said);
    free(said);
}

static void the_command_reads_files_and_tells_of_bad_ones(void **state)
{
    (void)state;
    lh_error error;
    char arguments[1000], expected[1000];
    char *first = tiny_path(folder, "first.xml"), *second = tiny_path(folder, "second.xml");
    char *bad = tiny_path(folder, "bad.xml");
    const lh_ink inks[2] = {ink_of(0), ink_of(1)};
    check_ok(lh_iam_write(&inks[0], first, &error), &error);
    check_ok(lh_iam_write(&inks[1], second, &error), &error);
    FILE *stream = fopen(bad, "w");
    assert_non_null(stream);
    fputs("<WhiteboardCaptureSession><StrokeSet>", stream);
    fclose(stream);
    lh_reading *a = lh_read(reader, &inks[0], &lh_read_defaults, &error);
    lh_reading *b = lh_read(reader, &inks[1], &lh_read_defaults, &error);
    assert_true(a && b);
    snprintf(expected, sizeof expected, "%s\n", a->text);
    check_said(first, 0, expected);
    snprintf(arguments, sizeof arguments, "%s %s", first, second);
    snprintf(expected, sizeof expected, "%s\t%s\n%s\t%s\n", first, a->text, second, b->text);
    check_said(arguments, 0, expected);
    snprintf(arguments, sizeof arguments, "--json %s", first);
    snprintf(expected, sizeof expected, "\"text\":\"%s\",\"probability\":", a->text);
    check_said(arguments, 0, expected);
    snprintf(arguments, sizeof arguments, "%s %s", bad, second);
    snprintf(expected, sizeof expected, "%s\t%s\n", second, b->text);
    check_said(arguments, 1, expected);
    check_said(arguments, 1, "bad.xml:1: malformed XML");
    check_said(arguments, 1, "1 of 2 files could not be read: ");
    check_said(arguments, 1, "bad.xml\n");
    lh_reading_free(a);
    lh_reading_free(b);
    free(first);
    free(second);
    free(bad);
}

static void the_command_reads_and_is_measured_on_a_corpus(void **state)
{
    (void)state;
    char arguments[1000], command[2000];
    char *packed = tiny_path(folder, "corpus.lhc");
    snprintf(arguments, sizeof arguments, "--corpus %s", packed);
    int code;
    char *said = run_read(arguments, &code);
    size_t lines = 0;
    for (const char *c = said; *c; c++)
        lines += *c == '\n';
    assert_int_equal(code, 0);
    assert_int_equal(lines, 20);
    free(said);
    snprintf(command, sizeof command, "%s evaluate --model %s --corpus %s --json 2>/dev/null",
             getenv("LONGHAND_PROGRAM"), path, packed);
    FILE *pipe = popen(command, "r");
    char told[4000] = "";
    assert_true(fread(told, 1, sizeof told - 1, pipe) > 0);
    assert_int_equal(pclose(pipe), 0);
    const char *cer = strstr(told, "\"cer\":"), *count = strstr(told, "\"lines\":");
    assert_true(cer && count);
    assert_int_equal(atoi(count + 8), 20);
    assert_true(atof(cer + 6) > 0 && atof(cer + 6) < 0.2);
    free(packed);
}

/* What is for networks that write, with one that reads. */
static void a_network_that_reads_does_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *arguments, *words;
    } tries[] = {
        {"write a -o x.svg --model", "this network reads; one that writes texts is needed"},
        {"sample -o x.svg --model", "this network reads; one that writes without a text is needed"},
        {"model -o x --alike a=b", "--alike is of networks that write a text"}};
    for (size_t i = 0; i < 3; i++) {
        char command[2000], said[500] = "";
        snprintf(command, sizeof command, "cd %s && %s %s %s 2>&1", folder,
                 getenv("LONGHAND_PROGRAM"), tries[i].arguments, path);
        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        assert_true(fread(said, 1, sizeof said - 1, pipe) > 0);
        const int status = pclose(pipe);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 1 || !strstr(said, tries[i].words))
            fail_msg("longhand %s: %s", tries[i].arguments, said);
    }
}

static void edits_are_counted_by_kind(void **state)
{
    (void)state;
    lh_error error;
    read_errors e = {0};
    check_ok(read_errors_add(&e, "Room 214, kitten", "Roam 24, sitting!", &error), &error);
    /* o to a, 1 lost, k to s, e to i, g and ! added. */
    assert_int_equal(e.characters, 16);
    assert_int_equal(e.edits, 6);
    assert_int_equal(e.added, 2);
    assert_int_equal(e.lost_of_kind[READ_SMALL], 3);
    assert_int_equal(e.lost_of_kind[READ_DIGIT], 1);
    assert_int_equal(e.of_kind[READ_CAPITAL], 1);
    assert_int_equal(e.of_kind[READ_DIGIT], 3);
    assert_int_equal(e.of_kind[READ_BLANK], 2);
    assert_int_equal(e.of_kind[READ_SIGN], 1);
    assert_int_equal(e.words, 3);
    assert_int_equal(e.word_edits, 3);
    check_ok(read_errors_add(&e, "a b", "ab", &error), &error);
    assert_int_equal(e.solid_edits, 6);
    assert_int_equal(e.edits, 7);
    assert_int_equal(e.lost_of_kind[READ_BLANK], 1);
    assert_int_equal(e.wrong_lines, 2);
    check_ok(read_errors_add(&e, "", "", &error), &error);
    assert_int_equal(e.wrong_lines, 2);
    assert_int_equal(e.lines, 3);
}

static void a_network_that_writes_is_refused(void **state)
{
    (void)state;
    lh_error error;
    char *model = tiny_path(folder, "writer.safetensors");
    lh_model writer = {.scale_x = 1, .scale_y = 1};
    writer.network = lh_network_new(
        &(lh_architecture){.kind = LH_PREDICTION, .layers = 1, .cells = 2, .mixtures = 1}, &error);
    check_ok(lh_model_save(&writer, model, LH_PRECISION_FLOAT32, &error), &error);
    assert_null(lh_reader_load(model, &error));
    assert_int_equal(error.status, LH_ERROR_FORMAT);
    assert_non_null(strstr(
        error.message, "writer.safetensors: this network writes of its own accord, without a text; "
                       "one that reads is needed"));
    lh_network_free(writer.network);
    free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_that_is_too_long_for_its_text_is_refused),
        cmocka_unit_test(all_texts_together_are_certain),
        cmocka_unit_test(an_i_without_a_dot_is_an_i),
        cmocka_unit_test(a_wide_beam_finds_the_two_best),
        cmocka_unit_test(a_narrow_beam_is_never_too_sure),
        cmocka_unit_test(a_language_is_added),
        cmocka_unit_test(a_language_is_a_distribution),
        cmocka_unit_test(a_character_is_as_sure_as_its_alternatives_allow),
        cmocka_unit_test(it_reads_lines_it_has_not_seen),
        cmocka_unit_test(size_and_place_do_not_matter),
        cmocka_unit_test(what_is_no_line_is_read_as_something),
        cmocka_unit_test(texts_that_cannot_be_are_infinitely_unlikely),
        cmocka_unit_test(the_command_reads_files_and_tells_of_bad_ones),
        cmocka_unit_test(the_command_reads_and_is_measured_on_a_corpus),
        cmocka_unit_test(a_network_that_reads_does_nothing_else),
        cmocka_unit_test(edits_are_counted_by_kind),
        cmocka_unit_test(a_network_that_writes_is_refused),
    };
    return cmocka_run_group_tests(tests, learn, forget);
}
