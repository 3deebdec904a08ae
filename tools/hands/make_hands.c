/* Makes the hands of assets/styles: hands of nobody, drawn from how people vary.
 *
 *     make-hands -o FOLDER [--candidates 200] [--hands 24] [--keep felix] [--seed 1] [--size 1]
 *                [--bias 0.4] [--share 0.3] [--license TEXT] PERSON.hand...
 *
 * The hands of many people, learnt with tools/hands --save, are points in one space of numbers
 * (nn.h, adaptations). A candidate is drawn there (lh_hand_draw): it has the mean and the
 * covariance that people have, and is no one's. Nothing of anybody's ink is used: the network, so
 * changed, writes the line that the hand is primed with at a low bias, where it varies most.
 *
 * A candidate then writes two rows in its style, and the half which the reader doubts least writes
 * six more. Of the --share of all that is read best those are taken that look most different: first
 * the most ordinary, then again and again the one that is furthest from all taken (Gonzalez 1985),
 * in the reader's features (lh_reader_hand). The names of --keep are left to others. */
#include "../given.h"

#include "base/asset.h"
#include "base/extremes.h"

#include <longhand/longhand.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE_MAX = 1000, CANDIDATES_MAX = 1000, HANDS_MAX = 32, FIRST = 2, ROWS = 8, PRIMERS = 6 };

static const char *const names[HANDS_MAX] = {
    "anna",  "bruno", "clara", "david", "emma",  "felix",  "greta",  "hugo",
    "ida",   "jonas", "karla", "leon",  "maria", "nils",   "olga",   "peter",
    "quinn", "rosa",  "simon", "tina",  "urs",   "vera",   "willem", "yvonne",
    "agnes", "boris", "celia", "dora",  "emil",  "fabian", "gesa",   "henri",
};

/* Short texts of common letters, with a capital. */
static const char *const primers[PRIMERS] = {
    "We have seen the first light",  "A quiet walk in the morning",
    "The old clock began to strike", "Bring me paper and a good pen",
    "She had come home too early",   "Many thanks for the long letter",
};

static const char *const rows[ROWS] = {
    "The ferry was late, so we drank our tea on the pier.",
    "My brother keeps four hens and a very proud cockerel.",
    "Please leave the parcel with the neighbours at number 7.",
    "Every Thursday the band plays under the lime trees.",
    "Kindly close the gate, for the lambs have learned to open it.",
    "The judge smiled, folded his paper, and went home early.",
    "After the storm the beach was covered with driftwood in 1953.",
    "Walter mixed the jam, a box of figs and ten quinces: that was all.",
};

/* Nats that a word of which the reader is in doubt counts for at most. */
static const double doubt_most = 3;

typedef struct candidate {
    lh_style *style; /* owned; NULL: it cannot write */
    double *look;    /* [width], owned: the mean of its rows in the reader's features */
    double trouble;  /* nats by which the reader doubts a word, and how often one is written anew */
    bool taken;
} candidate;

typedef struct maker {
    const char *folder, *keep, *license;
    int candidates, hands;
    double size, bias, share;
    uint64_t seed;
    lh_model *model;
    lh_reader *reader;
    size_t width; /* of features */
    lh_style *person[PEOPLE_MAX];
    size_t people;
    candidate *candidate;
} maker;

static void die(const lh_error *error)
{
    fprintf(stderr, "make-hands: %s\n", error->message);
    exit(1);
}

/* ---- people ------------------------------------------------------------------------------------
 */

static void read_person(maker *m, const char *path)
{
    lh_error error;
    lh_style *person = lh_style_read(path, NULL, &error);
    if (!person)
        die(&error);
    const lh_hand *hand = person->hand, *first = m->people > 0 ? m->person[0]->hand : hand;
    if (!hand || hand->network != lh_network_fingerprint(m->model->network) ||
        hand->rank != first->rank || m->people == PEOPLE_MAX) {
        fprintf(stderr, "make-hands: %s: is no hand of this network, or of another rank\n", path);
        exit(1);
    }
    m->person[m->people++] = person;
}

/* ---- a candidate -------------------------------------------------------------------------------
 */

/* A hand that is drawn, and the ink of a text that the network writes in it by itself. */
static lh_style *draw_style(const maker *m, size_t c, lh_error *error)
{
    const lh_hand *hands[PEOPLE_MAX];
    for (size_t p = 0; p < m->people; p++)
        hands[p] = m->person[p]->hand;
    lh_hand *hand = lh_hand_draw(hands, m->people, m->size, m->seed * CANDIDATES_MAX + c, error);
    if (!hand)
        return NULL;
    lh_write_options options = lh_write_defaults;
    options.bias = m->bias;
    options.threads = 1;
    options.reader = m->reader;
    options.seed = m->seed + c;
    lh_writer *writer = lh_writer_in_hand(m->model, hand, error);
    lh_written *written =
        writer ? lh_write_text(writer, &options, primers[c % PRIMERS], error) : NULL;
    lh_style *style = NULL;
    if (written && written->report.flawed == 0 && written->report.doubtful == 0 &&
        (style = lh_style_new("drawn", written->ink, written->text, error)) != NULL) {
        style->hand = hand;
        hand = NULL;
    } else {
        lh_fail(error, LH_ERROR_NUMERIC, "its primer cannot be read");
    }
    lh_written_free(written);
    lh_writer_free(writer);
    lh_hand_free(hand);
    return style;
}

static double doubt_of(const lh_written *written)
{
    double sum = 0;
    for (size_t w = 0; w < written->words; w++) {
        const lh_word *word = &written->word[w];
        sum += word->flawed ? doubt_most : fmin(-word->log_reading, doubt_most);
    }
    return sum;
}

/* Has the candidate write rows `from` to before `to`, and looks at these. */
static void try_candidate(const maker *m, candidate *c, int from, int to)
{
    lh_error error;
    lh_written *written[ROWS];
    lh_write_options options = lh_write_defaults;
    options.threads = 1;
    options.reader = m->reader;
    lh_writer *writer = lh_writer_new(m->model, c->style, &error);
    if (!writer || lh_write_texts(writer, &options, rows + from, (size_t)(to - from),
                                  (uint64_t)from, written, &error) != LH_OK) {
        c->trouble = INFINITY;
        lh_writer_free(writer);
        return;
    }
    lh_real *look = malloc(m->width * sizeof *look);
    if (!c->look)
        c->look = calloc(m->width, sizeof *c->look);
    for (int r = 0; r < to - from; r++) {
        const lh_guard_report *report = &written[r]->report;
        c->trouble += (doubt_of(written[r]) + 0.3 * report->retried) / report->words / ROWS;
        if (lh_reader_hand(m->reader, written[r]->ink, NULL, look, &error) != LH_OK)
            die(&error);
        for (size_t i = 0; i < m->width; i++)
            c->look[i] += (double)look[i] / ROWS;
        lh_written_free(written[r]);
    }
    free(look);
    lh_writer_free(writer);
}

/* ---- choosing ----------------------------------------------------------------------------------
 */

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Forgets those that are harder to read than `share` of all. */
static void leave_out(maker *m, double share)
{
    double *trouble = malloc((size_t)m->candidates * sizeof *trouble);
    for (int c = 0; c < m->candidates; c++)
        trouble[c] = m->candidate[c].style ? m->candidate[c].trouble : INFINITY;
    qsort(trouble, (size_t)m->candidates, sizeof *trouble, compare);
    const int last = (int)(m->candidates * share);
    const double most = trouble[last < m->candidates ? last : m->candidates - 1];
    printf("trouble with a word: least %.3f, at most %.3f\n", trouble[0], most);
    for (int c = 0; c < m->candidates; c++)
        if (!(m->candidate[c].trouble <= most) || !isfinite(m->candidate[c].trouble)) {
            lh_style_free(m->candidate[c].style);
            m->candidate[c].style = NULL;
        }
    free(trouble);
}

static double distance(const maker *m, const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < m->width; i++)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

/* The candidate that is furthest from all in `taken`, or of none taken the most ordinary. */
static candidate *next_hand(maker *m, candidate *const *taken, size_t count)
{
    candidate *best = NULL;
    double best_score = -INFINITY;
    double *mean = calloc(m->width, sizeof *mean), there = 0;
    for (int c = 0; c < m->candidates; c++)
        there += m->candidate[c].style != NULL;
    for (int c = 0; c < m->candidates; c++)
        for (size_t i = 0; i < m->width && m->candidate[c].style; i++)
            mean[i] += m->candidate[c].look[i] / there;
    for (int c = 0; c < m->candidates; c++) {
        candidate *one = &m->candidate[c];
        if (!one->style || one->taken)
            continue;
        double score = count == 0 ? -distance(m, one->look, mean) : INFINITY;
        for (size_t t = 0; t < count; t++)
            lh_lower(&score, distance(m, one->look, taken[t]->look));
        if (score > best_score) {
            best_score = score;
            best = one;
        }
    }
    free(mean);
    return best;
}

static bool is_kept(const maker *m, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = m->keep; at && *at;) {
        const size_t part = strcspn(at, ",");
        if (part == length && strncmp(at, name, length) == 0)
            return true;
        at += part + (at[part] == ',');
    }
    return false;
}

static void save(const maker *m, candidate *c, const char *name)
{
    lh_error error;
    char path[1000];
    snprintf(path, sizeof path, "%.900s/%s.hand", m->folder, name);
    c->style->hand->license = m->license ? strdup(m->license) : NULL;
    c->style->hand->maker = strdup("nobody: drawn by Longhand");
    if (lh_style_save(c->style, path, &error) != LH_OK)
        die(&error);
    printf("%-8s trouble %.2f\n", name, c->trouble);
}

static void choose(maker *m)
{
    candidate *taken[HANDS_MAX];
    size_t count = 0;
    for (int n = 0; n < m->hands; n++) {
        if (is_kept(m, names[n]))
            continue;
        candidate *next = next_hand(m, taken, count);
        if (!next)
            break;
        next->taken = true;
        taken[count++] = next;
        save(m, next, names[n]);
    }
}

/* ---- arguments ---------------------------------------------------------------------------------
 */

int main(int argc, char **argv)
{
    static maker m;
    m = (maker){.candidates = 200,
                .hands = 24,
                .keep = "felix",
                .seed = 1,
                .size = 1,
                .bias = 0.4,
                .share = 0.3};
    const given_option options[] = {
        {"-o", GIVEN_TEXT, &m.folder},         {"--candidates", GIVEN_INT, &m.candidates},
        {"--hands", GIVEN_INT, &m.hands},      {"--keep", GIVEN_TEXT, &m.keep},
        {"--seed", GIVEN_SEED, &m.seed},       {"--size", GIVEN_NUMBER, &m.size},
        {"--bias", GIVEN_NUMBER, &m.bias},     {"--share", GIVEN_NUMBER, &m.share},
        {"--license", GIVEN_TEXT, &m.license},
    };
    int files;
    if (!given_read(options, sizeof options / sizeof *options, argc, argv, &files) || !m.folder ||
        files == 0 || m.candidates < 1 || m.candidates > CANDIDATES_MAX || m.hands < 1 ||
        m.hands > HANDS_MAX || !(m.share > 0 && m.share <= 1)) {
        fputs("usage: make-hands -o FOLDER [OPTION VALUE...] PERSON.hand...; the options stand at "
              "the top of its source\n",
              stderr);
        return 2;
    }
    lh_error error;
    char *model = lh_asset_find("longhand.safetensors", LONGHAND_SOURCE "/assets"),
         *reader = lh_asset_find("reader.safetensors", LONGHAND_SOURCE "/assets");
    if (!(m.model = lh_model_load(model, &error)) || !(m.reader = lh_reader_load(reader, &error)))
        die(&error);
    m.width = lh_reader_hand_size(m.reader);
    for (int i = 1; i <= files; i++)
        read_person(&m, argv[i]);
    m.candidate = calloc((size_t)m.candidates, sizeof *m.candidate);
#pragma omp parallel for schedule(dynamic)
    for (int c = 0; c < m.candidates; c++) {
        lh_error why;
        m.candidate[c].style = draw_style(&m, (size_t)c, &why);
        if (m.candidate[c].style)
            try_candidate(&m, &m.candidate[c], 0, FIRST);
    }
    leave_out(&m, 0.5);
#pragma omp parallel for schedule(dynamic)
    for (int c = 0; c < m.candidates; c++)
        if (m.candidate[c].style)
            try_candidate(&m, &m.candidate[c], FIRST, ROWS);
    leave_out(&m, m.share);
    choose(&m);
    for (int c = 0; c < m.candidates; c++) {
        lh_style_free(m.candidate[c].style);
        free(m.candidate[c].look);
    }
    for (size_t p = 0; p < m.people; p++)
        lh_style_free(m.person[p]);
    free(m.candidate);
    lh_reader_free(m.reader);
    lh_model_free(m.model);
    free(model);
    free(reader);
    return 0;
}
