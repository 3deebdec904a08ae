/* Learning whose hand each line is in: who wrote what, what is held back, and that the network
 * without a hand stays what it was. */
#include "check.h"
#include "tiny_corpus.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* FORMS forms to learn from, of ALL lines, and one to validate on. */
enum { FORMS = 5, LINES = 4, SHORT_FORM = 2, LINES_OF_SHORT = 2, ALL = 18 };

static int lines_of(int form)
{
    return form == SHORT_FORM ? LINES_OF_SHORT : LINES;
}

static void make_folder(const char *folder, const char *name)
{
    char *path = tiny_path(folder, name);
    assert_int_equal(mkdir(path, 0777), 0);
    free(path);
}

static void append(const char *folder, const char *name, const char *row)
{
    char *path = tiny_path(folder, name);
    FILE *stream = fopen(path, "ab");
    assert_non_null(stream);
    fputs(row, stream);
    fclose(stream);
    free(path);
}

/* Waves, which each person draws in a size and with a slant of their own. */
static void write_waves(const char *path, int form, lh_rng *rng)
{
    lh_error error;
    lh_ink *ink = lh_ink_new(&error);
    assert_non_null(ink);
    for (int i = 0; i < 60; i++) {
        const double y = 40 * (1 + 0.4 * form) * sin(0.7 * i);
        const lh_point p = {
            .x = (float)(1000 + 12 * i + (0.5 * form - 1) * y + lh_rng_normal(rng)),
            .y = (float)(1000 + y + lh_rng_normal(rng)),
            .time = 0.01f * (float)i,
            .end = i % 20 == 19,
        };
        check_ok(lh_ink_add(ink, p, &error), &error);
    }
    check_ok(lh_iam_write(ink, path, &error), &error);
    lh_ink_free(ink);
}

static void make_form(const char *folder, int form, lh_rng *rng)
{
    char name[96], row[32];
    snprintf(name, sizeof name, "lineStrokes/p01/p01-%03d", form);
    make_folder(folder, name);
    snprintf(name, sizeof name, "ascii/p01/p01-%03d", form);
    make_folder(folder, name);
    snprintf(name, sizeof name, "ascii/p01/p01-%03d/p01-%03du.txt", form, form);
    append(folder, name, "OCR:\n\nno\n\nCSR:\n\n");
    for (int line = 1; line <= lines_of(form); line++) {
        append(folder, name, "nono\n");
        char xml[128];
        snprintf(xml, sizeof xml, "lineStrokes/p01/p01-%03d/p01-%03du-%02d.xml", form, form, line);
        char *path = tiny_path(folder, xml);
        write_waves(path, form, rng);
        free(path);
    }
    snprintf(row, sizeof row, "p01-%03du\n", form);
    append(folder, form < FORMS ? "trainset.txt" : "testset_v.txt", row);
}

static lh_corpus *make_corpus(const char *folder)
{
    lh_rng rng;
    lh_rng_seed(&rng, 5, 0);
    static const char *const folders[] = {"lineStrokes", "ascii", "lineStrokes/p01", "ascii/p01"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        make_folder(folder, folders[i]);
    for (int form = 0; form <= FORMS; form++)
        make_form(folder, form, &rng);
    char *path = tiny_path(folder, "corpus.lhc");
    lh_error error;
    const lh_prepare_options options = {.threads = 1, .strict = true};
    check_ok(lh_corpus_prepare(&(const char *){folder}, 1, &options, path, &error), &error);
    lh_corpus *corpus = lh_corpus_open(path, &error);
    if (!corpus)
        fail_msg("%s", error.message);
    assert_int_equal(lh_corpus_count(corpus), ALL + LINES);
    free(path);
    return corpus;
}

static lh_dataset *dataset_of(const lh_corpus *corpus, lh_people people)
{
    const lh_dataset_options options = {
        .splits = 1u << LH_SPLIT_TRAIN, .scale_x = 10, .scale_y = 10, .people = people};
    lh_error error;
    lh_dataset *dataset = lh_dataset_new(corpus, &options, &error);
    if (!dataset)
        fail_msg("%s", error.message);
    return dataset;
}

/* The name of the line says whose it is: "p01-003u-02" is person 4's. */
static void check_people(const lh_corpus *corpus, const lh_dataset *dataset, bool held)
{
    for (size_t i = 0; i < lh_dataset_count(dataset); i++) {
        const char *name = lh_corpus_get(corpus, lh_dataset_line(dataset, i)).name;
        int form, line;
        assert_int_equal(sscanf(name, "p01-%du-%d", &form, &line), 2);
        assert_int_equal(lh_dataset_sequences(dataset)[i].person, form + 1);
        assert_true((form != SHORT_FORM && line == LINES) == held);
    }
}

static void a_line_of_each_form_is_held_back(void **state)
{
    (void)state;
    char *folder = tiny_folder();
    lh_corpus *corpus = make_corpus(folder);
    lh_dataset *all = dataset_of(corpus, LH_PEOPLE_NONE);
    assert_int_equal(lh_dataset_count(all), ALL);
    assert_int_equal(lh_dataset_people(all), 0);
    assert_int_equal(lh_dataset_sequences(all)[ALL - 1].person, 0);
    lh_dataset *learnt = dataset_of(corpus, LH_PEOPLE_LEARNT);
    lh_dataset *held = dataset_of(corpus, LH_PEOPLE_HELD);
    assert_int_equal(lh_dataset_count(learnt), ALL - FORMS + 1);
    assert_int_equal(lh_dataset_count(held), FORMS - 1);
    assert_int_equal(lh_dataset_people(learnt), FORMS);
    assert_int_equal(lh_dataset_people(held), FORMS);
    check_people(corpus, learnt, false);
    check_people(corpus, held, true);
    lh_dataset_free(all);
    lh_dataset_free(learnt);
    lh_dataset_free(held);
    lh_corpus_free(corpus);
    tiny_remove(folder);
}

/* A limit on lines leaves people and held lines what they are. */
static void a_limit_leaves_people_as_they_are(void **state)
{
    (void)state;
    char *folder = tiny_folder();
    lh_corpus *corpus = make_corpus(folder);
    lh_error error;
    for (int held = 0; held < 2; held++) {
        const lh_dataset_options options = {.splits = 1u << LH_SPLIT_TRAIN,
                                            .scale_x = 10,
                                            .scale_y = 10,
                                            .max_lines = 3,
                                            .people = held ? LH_PEOPLE_HELD : LH_PEOPLE_LEARNT};
        lh_dataset *dataset = lh_dataset_new(corpus, &options, &error);
        assert_non_null(dataset);
        assert_int_equal(lh_dataset_count(dataset), 3);
        assert_int_equal(lh_dataset_people(dataset), FORMS);
        check_people(corpus, dataset, held);
        lh_dataset_free(dataset);
    }
    lh_corpus_free(corpus);
    tiny_remove(folder);
}

static lh_train_options small_options(double epochs)
{
    lh_train_options o = lh_train_options_default(LH_ADAM);
    o.network = LH_TRAIN_PREDICTION;
    o.layers = 2;
    o.cells = 12;
    o.mixtures = 2;
    o.windows = 0;
    o.train_splits = 1u << LH_SPLIT_TRAIN;
    o.batch = 4;
    o.epochs = epochs;
    o.learning_rate = 1e-2;
    o.validate_every = epochs;
    o.ema = 0;
    o.threads = 1;
    o.precision = LH_PRECISION_FLOAT32;
    return o;
}

/* The first and the best validation. */
typedef struct course {
    double first, best;
    int count;
} course;

static void watch(void *user, const lh_train_event *event)
{
    course *c = user;
    if (event->kind != LH_TRAIN_VALIDATED)
        return;
    if (c->count++ == 0)
        c->first = event->nats_per_line;
    c->best = event->best;
}

static lh_status train(const lh_corpus *corpus, const lh_train_options *o, const char *model,
                       const char *from, course *c, lh_error *error)
{
    const lh_train_files files = {.model = model, .from = from};
    const lh_train_callbacks callbacks = {.watch = watch, .user = c};
    *c = (course){0};
    return lh_train(corpus, o, &files, false, &callbacks, error);
}

static void check_same_weights(const lh_model *before, const lh_model *after)
{
    const lh_real *old = lh_network_parameters_const(before->network),
                  *now = lh_network_parameters_const(after->network);
    for (size_t i = 0; i < lh_network_tensor_count(before->network); i++) {
        const lh_tensor *tensor = lh_network_tensor(before->network, i);
        const lh_tensor *same = lh_network_find(after->network, tensor->name);
        assert_non_null(same);
        assert_memory_equal(old + tensor->offset, now + same->offset,
                            (size_t)tensor->rows * (size_t)tensor->columns * sizeof *old);
    }
}

/* Makes room for another run called "other". */
static void remove_run(const char *folder)
{
    static const char *const names[] = {"other", "other.state", "other.log.jsonl"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = tiny_path(folder, names[i]);
        assert_int_equal(remove(path), 0);
        free(path);
    }
}

/* What is learnt of people foretells their further lines; what is nobody's is the model's. */
static void hands_are_learnt_and_the_network_stays(void **state)
{
    (void)state;
    char *folder = tiny_folder();
    lh_corpus *corpus = make_corpus(folder);
    char *old = tiny_path(folder, "old"), *made = tiny_path(folder, "made");
    lh_error error;
    course c;
    lh_train_options o = small_options(3);
    check_ok(train(corpus, &o, old, NULL, &c, &error), &error);
    lh_model *before = lh_model_load(old, &error);
    assert_non_null(before);
    o = small_options(40);
    o.hand = 3;
    o.learn = LH_LEARN_HANDS;
    o.validate_every = 10;
    check_ok(train(corpus, &o, made, old, &c, &error), &error);
    lh_model *after = lh_model_load(made, &error);
    assert_non_null(after);
    const lh_architecture *a = lh_network_architecture(after->network);
    assert_int_equal(a->hand, 3);
    assert_int_equal(a->people, FORMS);
    check_same_weights(before, after);
    assert_true(c.best < c.first - 5);
    /* Hands of another size are learnt anew. */
    char *other = tiny_path(folder, "other");
    for (int hand = 1; hand <= 600; hand += 599) {
        o.hand = hand;
        o.epochs = 1;
        o.validate_every = 1;
        check_ok(train(corpus, &o, other, made, &c, &error), &error);
        lh_model *anew = lh_model_load(other, &error);
        assert_non_null(anew);
        check_same_weights(before, anew);
        lh_model_free(anew);
        remove_run(folder);
    }
    free(other);
    lh_model_free(before);
    lh_model_free(after);
    free(old);
    free(made);
    lh_corpus_free(corpus);
    tiny_remove(folder);
}

static void what_cannot_be_learnt_is_refused(void **state)
{
    (void)state;
    char *folder = tiny_folder();
    lh_corpus *corpus = make_corpus(folder);
    char *model = tiny_path(folder, "model");
    lh_error error;
    course c;
    lh_train_options o = small_options(1);
    o.learn = LH_LEARN_HANDS;
    check_fails(LH_ERROR_ARGUMENT, train(corpus, &o, model, NULL, &c, &error), &error,
                "hands can be learnt where there are some");
    o = small_options(1);
    o.hand = 2;
    o.rare_weight = 3;
    check_fails(LH_ERROR_ARGUMENT, train(corpus, &o, model, NULL, &c, &error), &error,
                "not learnt with a rare_weight");
    free(model);
    lh_corpus_free(corpus);
    tiny_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_of_each_form_is_held_back),
        cmocka_unit_test(a_limit_leaves_people_as_they_are),
        cmocka_unit_test(hands_are_learnt_and_the_network_stays),
        cmocka_unit_test(what_cannot_be_learnt_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
