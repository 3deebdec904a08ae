/* Makes the styles of assets/styles with a model of our own:
 *
 *     make-styles --model MODEL -o FOLDER --trial tools/styles/trial.txt [--keep NAME,NAME...]
 *                 [--styles 14] [--candidates 192] [--seed 1]
 *
 * The network writes a short text many times at bias 0, where the hand changes from one to the next
 * as people differ. Each hand is then asked to write a longer text as a style, at the default bias,
 * and is judged by that, since that is what it is for:
 *
 *   - the guard must find no fault, neither with the primer nor with what was written in its style;
 *   - it must be readable: the network, following the ink, must find it likelier with its own text
 *     than with another of the same shape (each letter exchanged for the one 13 further on). The
 *     less readable half is left out;
 *   - of what is left, those are taken that look most different: first the most ordinary, then
 * again and again the hand that is furthest from all taken (Gonzalez, "Clustering to minimize the
 *     maximum intercluster distance", 1985) in slant, size, width, joining and care. A hand that
 * would be taken first writes the lines of the trial, and is left out when the guard or reading
 * over has much to do there: a short text may go well by chance.
 *
 * Styles in the folder that are named by --keep stay, and count as taken; the others are removed.
 */
#include <longhand/longhand.h>

#include "../lines.h"
#include "base/extremes.h"
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CANDIDATES_MAX = 2000,
    STYLES_MAX = 24,
    LOOKS = 5,
    TOGETHER = 16,
    TRIAL_MAX = 200,
    FOLDER_MAX = 3000
};

static const char usage[] = "usage: make-styles --model MODEL -o FOLDER --trial FILE "
                            "[--keep NAME,NAME...] [--styles 14] [--candidates 192] [--seed 1]\n";

/* What a good style may come to in the trial. */
static const double guarded_most = 0.02;  /* lines in which the guard had a word written anew */
static const double doubtful_most = 0.02; /* words that might still be misread */
static const double again_most = 0.35;    /* times that a word was written anew, to a word */

static const char *const names[STYLES_MAX] = {
    "anna",  "bruno", "clara", "david", "emma",  "felix", "greta",  "hugo",
    "ida",   "jonas", "karla", "leon",  "maria", "nils",  "olga",   "peter",
    "quinn", "rosa",  "simon", "tina",  "urs",   "vera",  "willem", "yvonne",
};

/* Short texts of common letters: a primer's letters are those that its style does best. */
static const char *const primers[] = {
    "we have seen the first light",
    "a quiet walk in the morning",
    "the old clock began to strike",
    "bring me paper and a good pen",
};
static const char sample_text[] = "the ship had left in the dark and nobody on the quay knew why";

typedef struct candidate {
    lh_style *style; /* owned: the primer and its text */
    bool good;
    double readable;    /* nats a point that the right text explains better than another */
    double look[LOOKS]; /* measures of what was written in its style, in units of their spread */
    lh_measures measures;
} candidate;

typedef struct maker {
    const char *model_path, *folder, *trial_path;
    char *keep;           /* names, or NULL */
    size_t kept;          /* candidates that are kept styles: the first ones */
    size_t count, wanted; /* candidates, kept ones too; styles */
    char *trial_text;
    const char *trial[TRIAL_MAX];
    size_t trials;
    lh_write_options options;
    lh_model *model;
    lh_workspace *workspace;
    candidate candidate[CANDIDATES_MAX];
    size_t taken[STYLES_MAX];
    const char *called[STYLES_MAX];
    size_t styles;
} maker;

/* ---- how readable ------------------------------------------------------------------------------
 */

/* The text with each letter exchanged for the one 13 further on. */
static void turn_letters(char *text)
{
    for (char *c = text; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)('a' + (*c - 'a' + 13) % 26);
}

/* Nats of ink that says `text`. */
static lh_status measure_loss(maker *m, const lh_ink *ink, const char *text, double *nats,
                              lh_error *error)
{
    int32_t *characters = NULL;
    size_t count;
    lh_offset *offsets = calloc(ink->count, sizeof *offsets);
    lh_status status =
        offsets ? lh_alphabet_encode(&m->model->alphabet, text, &characters, &count, error)
                : lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    if (status == LH_OK) {
        size_t steps = lh_ink_to_offsets(ink, offsets);
        for (size_t t = 0; t < steps; t++) {
            offsets[t].dx /= (float)m->model->scale_x;
            offsets[t].dy /= (float)m->model->scale_y;
        }
        lh_sequence sequence = {
            .x = &offsets->dx, .steps = (int)steps, .text = characters, .characters = (int)count};
        lh_loss loss;
        status = lh_network_loss(m->model->network, m->workspace, &sequence, 1, &loss, error);
        *nats = loss.mixture + loss.end_of_stroke;
    }
    free(offsets);
    free(characters);
    return status;
}

static lh_status measure_readable(maker *m, const lh_written *written, double *readable,
                                  lh_error *error)
{
    double right = 0, wrong = 0;
    char *turned = strdup(written->text);
    if (!turned)
        return lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    turn_letters(turned);
    lh_status status = measure_loss(m, written->ink, written->text, &right, error);
    if (status == LH_OK)
        status = measure_loss(m, written->ink, turned, &wrong, error);
    *readable = (wrong - right) / (double)written->ink->count;
    free(turned);
    return status;
}

/* ---- candidates -------------------------------------------------------------------------------
 */

static bool faultless(const lh_written *written)
{
    for (int f = 0; f < LH_FAULT_COUNT; f++)
        if (written->report.fault[f] > 0)
            return false;
    return written->ink->count > 1;
}

/* Makes each of the `some` texts written a candidate, from number `at` on, and frees them. */
static lh_status take_primers(maker *m, size_t at, lh_written **written, size_t some,
                              lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < some; i++) {
        candidate *c = &m->candidate[at + i];
        *c = (candidate){.good = faultless(written[i])};
        if (c->good && status == LH_OK) {
            c->style = lh_style_new("candidate", written[i]->ink, written[i]->text, error);
            status = c->style ? LH_OK : error->status;
        }
        lh_written_free(written[i]);
    }
    return status;
}

static lh_status write_primers(maker *m, lh_error *error)
{
    const char *texts[TOGETHER];
    lh_written *written[TOGETHER];
    lh_write_options options = m->options;
    options.bias = 0;
    options.tries = 0;
    lh_writer *writer = lh_writer_new(m->model, NULL, error);
    lh_status status = writer ? LH_OK : error->status;
    for (size_t at = m->kept; at < m->count && status == LH_OK; at += TOGETHER) {
        size_t some = m->count - at < TOGETHER ? m->count - at : TOGETHER;
        for (size_t i = 0; i < some; i++)
            texts[i] = primers[(at + i) % (sizeof primers / sizeof *primers)];
        status = lh_write_texts(writer, &options, texts, some, at, written, error);
        if (status == LH_OK)
            status = take_primers(m, at, written, some, error);
        fprintf(stderr, "%zu of %zu hands\n", at + some - m->kept, m->count - m->kept);
    }
    lh_writer_free(writer);
    return status;
}

/* Is one of the first `count` styles called so? */
static bool is_called(const maker *m, size_t count, const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(m->called[i]) == length && strncmp(m->called[i], name, length) == 0)
            return true;
    return false;
}

/* The styles to keep become the first candidates. */
static lh_status read_kept(maker *m, lh_error *error)
{
    char *rest = NULL, path[4096];
    for (char *name = m->keep ? strtok_r(m->keep, ",", &rest) : NULL; name;
         name = strtok_r(NULL, ",", &rest)) {
        if (m->kept >= m->wanted)
            return lh_fail(error, LH_ERROR_ARGUMENT, "more styles to keep than styles wanted");
        snprintf(path, sizeof path, "%.3000s/%.1000s.xml", m->folder, name);
        lh_style *style = lh_style_read(path, NULL, error);
        if (!style)
            return error->status;
        m->candidate[m->kept] = (candidate){.style = style, .good = true};
        m->count++;
        if (is_called(m, m->kept, name, strlen(name)))
            return lh_fail(error, LH_ERROR_ARGUMENT, "%s is to be kept twice", name);
        m->called[m->kept++] = style->name;
    }
    return LH_OK;
}

/* Lets the candidate write as a style, and judges it; one to keep is only looked at. */
static lh_status try_style(maker *m, candidate *c, bool keep, lh_error *error)
{
    lh_write_options options = m->options;
    options.tries = keep ? options.tries : 0;
    lh_writer *writer = lh_writer_new(m->model, c->style, error);
    lh_written *written = writer ? lh_write_text(writer, &options, sample_text, error) : NULL;
    lh_status status = written ? LH_OK : error->status;
    c->good = written && (keep || faultless(written));
    if (c->good)
        status = measure_readable(m, written, &c->readable, error);
    if (c->good && status == LH_OK)
        c->measures = lh_measure_hand(written->ink, written->text);
    lh_written_free(written);
    lh_writer_free(writer);
    return status;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Leaves out the less readable half of the good that are new; returns how many are left of them. */
static size_t leave_out(maker *m)
{
    double readable[CANDIDATES_MAX];
    size_t good = 0, left = 0;
    for (size_t i = m->kept; i < m->count; i++)
        if (m->candidate[i].good)
            readable[good++] = m->candidate[i].readable;
    qsort(readable, good, sizeof *readable, compare_doubles);
    for (size_t i = m->kept; i < m->count; i++) {
        candidate *c = &m->candidate[i];
        c->good = c->good && c->readable >= readable[good / 2];
        left += c->good;
    }
    return left;
}

/* ---- the trial --------------------------------------------------------------------------------
 */

/* Judges by what the guard and reading over had to do in the lines written, and frees them. */
static bool passes(const maker *m, lh_written **written)
{
    lh_guard_report sum = {0};
    size_t guarded = 0;
    for (size_t i = 0; i < m->trials; i++) {
        const lh_guard_report *report = &written[i]->report;
        int faults = 0;
        for (int f = 0; f < LH_FAULT_COUNT; f++)
            faults += f == LH_FAULT_MISREAD ? 0 : report->fault[f];
        guarded += faults > 0;
        lh_guard_report_add(&sum, report);
        lh_written_free(written[i]);
    }
    double words = sum.words, again = sum.fault[LH_FAULT_MISREAD] / words;
    bool good = sum.flawed == 0 && (double)guarded <= guarded_most * (double)m->trials &&
                sum.doubtful <= doubtful_most * words && again <= again_most;
    fprintf(stderr, "trial: guard in %zu of %zu lines, %d words doubtful, %.2f times again: %s\n",
            guarded, m->trials, sum.doubtful, again, good ? "good" : "left out");
    return good;
}

static lh_status run_trial(maker *m, candidate *c, lh_error *error)
{
    lh_written *written[TRIAL_MAX];
    lh_writer *writer = lh_writer_new(m->model, c->style, error);
    lh_status status =
        writer ? lh_write_texts(writer, &m->options, m->trial, m->trials, 0, written, error)
               : error->status;
    if (status == LH_OK)
        c->good = passes(m, written);
    lh_writer_free(writer);
    return status;
}

/* ---- choosing ---------------------------------------------------------------------------------
 */

static void look_at(maker *m)
{
    double sum[LOOKS] = {0}, squares[LOOKS] = {0}, n = 0;
    for (size_t i = 0; i < m->count; i++) {
        candidate *c = &m->candidate[i];
        const lh_measures *s = &c->measures;
        if (!c->good)
            continue;
        const double look[LOOKS] = {s->slant, log(s->height + 1), log(s->width + 0.1),
                                    log(s->joined + 0.1), log(s->care + 0.1)};
        for (int k = 0; k < LOOKS; k++) {
            c->look[k] = look[k];
            sum[k] += look[k];
            squares[k] += look[k] * look[k];
        }
        n++;
    }
    for (size_t i = 0; i < m->count; i++)
        for (int k = 0; k < LOOKS; k++) {
            double mean = sum[k] / n, spread = sqrt(fmax(squares[k] / n - mean * mean, 1e-12));
            m->candidate[i].look[k] = (m->candidate[i].look[k] - mean) / spread;
        }
}

static double distance(const candidate *a, const candidate *b)
{
    double sum = 0;
    for (int k = 0; k < LOOKS; k++)
        sum += (a->look[k] - b->look[k]) * (a->look[k] - b->look[k]);
    return sqrt(sum);
}

static double distance_to_taken(const maker *m, const candidate *c)
{
    static const candidate ordinary = {0};
    if (m->styles == 0)
        return -distance(c, &ordinary);
    double least = INFINITY;
    for (size_t i = 0; i < m->styles; i++)
        lh_lower(&least, distance(c, &m->candidate[m->taken[i]]));
    return least;
}

/* The good candidate that is furthest from all taken; m->count if there is none that differs. */
static size_t furthest(const maker *m)
{
    size_t best = m->count;
    for (size_t i = m->kept; i < m->count; i++)
        if (m->candidate[i].good &&
            (best == m->count ||
             distance_to_taken(m, &m->candidate[i]) > distance_to_taken(m, &m->candidate[best])))
            best = i;
    if (best < m->count && m->styles > 0 && distance_to_taken(m, &m->candidate[best]) <= 0)
        best = m->count;
    return best;
}

static lh_status choose(maker *m, lh_error *error)
{
    lh_status status = LH_OK;
    look_at(m);
    while (m->styles < m->kept) {
        m->taken[m->styles] = m->styles;
        m->styles++;
    }
    for (size_t best; m->styles < m->wanted && (best = furthest(m)) < m->count;) {
        status = run_trial(m, &m->candidate[best], error);
        if (status != LH_OK)
            return status;
        if (m->candidate[best].good)
            m->taken[m->styles++] = best;
    }
    return m->styles == m->wanted
               ? LH_OK
               : lh_fail(error, LH_ERROR_NUMERIC,
                         "only %zu good styles of %zu; try more candidates", m->styles, m->wanted);
}

/* ---- files ------------------------------------------------------------------------------------
 */

/* Removes the files of styles that are not among those made or kept. */
static lh_status remove_old(const maker *m, lh_error *error)
{
    lh_status status = LH_OK;
    DIR *directory = opendir(m->folder);
    if (!directory)
        return lh_fail(error, LH_ERROR_IO, "%s: %s", m->folder, strerror(errno));
    for (struct dirent *entry; status == LH_OK && (entry = readdir(directory));) {
        char path[4096];
        size_t length = strlen(entry->d_name);
        const char *end = length > 4 ? entry->d_name + length - 4 : "";
        if ((strcmp(end, ".xml") != 0 && strcmp(end, ".txt") != 0) ||
            is_called(m, m->styles, entry->d_name, length - 4))
            continue;
        snprintf(path, sizeof path, "%.3000s/%.1000s", m->folder, entry->d_name);
        if (unlink(path) != 0)
            status = lh_fail(error, LH_ERROR_IO, "%s: cannot remove: %s", path, strerror(errno));
    }
    closedir(directory);
    return status;
}

static lh_status save_style(const maker *m, const candidate *c, const char *name, lh_error *error)
{
    char path[4096];
    snprintf(path, sizeof path, "%.3000s/%s.xml", m->folder, name);
    lh_status status = lh_iam_write(c->style->ink, path, error);
    snprintf(path, sizeof path, "%.3000s/%s.txt", m->folder, name);
    lh_output *output = status == LH_OK ? lh_output_open(path, error) : NULL;
    if (!output)
        return error->status;
    fprintf(lh_output_stream(output), "%s\n", c->style->text);
    return lh_output_commit(output, error);
}

/* Saves the new styles under names that are free, and then removes the old ones. */
static lh_status save_styles(maker *m, lh_error *error)
{
    const char *const *name = names;
    lh_status status = lh_folder_make(m->folder, 0777, error);
    for (size_t i = 0; i < m->styles && status == LH_OK; i++) {
        const candidate *c = &m->candidate[m->taken[i]];
        const lh_measures *look = &c->measures;
        if (i >= m->kept) {
            while (is_called(m, m->kept, *name, strlen(*name)))
                name++;
            m->called[i] = *name++;
            status = save_style(m, c, m->called[i], error);
        }
        printf("%-8s slant %.0f, height %.0f, width %.2f, joined %.2f, care %.2f, readable %.3f\n",
               m->called[i], look->slant, look->height, look->width, look->joined, look->care,
               c->readable);
    }
    return status == LH_OK ? remove_old(m, error) : status;
}

/* ---- the program ------------------------------------------------------------------------------
 */

static lh_status make_styles(maker *m, lh_error *error)
{
    lh_status status = read_kept(m, error);
    if (status == LH_OK)
        m->trial_text = lines_read(m->trial_path, 1 << 16, m->trial, TRIAL_MAX, &m->trials, error);
    if (status == LH_OK && !m->trial_text)
        status = error->status;
    if (status == LH_OK)
        status = write_primers(m, error);
    size_t faultless_primers = 0;
    for (size_t i = 0; i < m->count && status == LH_OK; i++)
        if (m->candidate[i].good) {
            faultless_primers += i >= m->kept;
            status = try_style(m, &m->candidate[i], i < m->kept, error);
        }
    if (status != LH_OK)
        return status;
    size_t left = leave_out(m);
    printf("%zu hands: %zu without fault, %zu of them good styles\n", m->count - m->kept,
           faultless_primers, left);
    status = choose(m, error);
    return status == LH_OK ? save_styles(m, error) : status;
}

static bool read_options(maker *m, int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *name = argv[i], *value = argv[i + 1];
        if (!strcmp(name, "--model"))
            m->model_path = value;
        else if (!strcmp(name, "-o"))
            m->folder = value;
        else if (!strcmp(name, "--trial"))
            m->trial_path = value;
        else if (!strcmp(name, "--keep"))
            m->keep = argv[i + 1];
        else if (!strcmp(name, "--styles"))
            m->wanted = strtoull(value, NULL, 10);
        else if (!strcmp(name, "--candidates"))
            m->count = strtoull(value, NULL, 10);
        else if (!strcmp(name, "--seed"))
            m->options.seed = strtoull(value, NULL, 10);
        else
            return false;
    }
    return argc % 2 == 1 && m->model_path && m->folder && strlen(m->folder) <= FOLDER_MAX &&
           m->trial_path && m->wanted >= 1 && m->wanted <= STYLES_MAX && m->count >= 1 &&
           m->count <= CANDIDATES_MAX - STYLES_MAX;
}

int main(int argc, char **argv)
{
    static maker m;
    m = (maker){.count = 192, .wanted = 14, .options = lh_write_defaults};
    if (!read_options(&m, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    lh_error error;
    m.model = lh_model_load(m.model_path, &error);
    m.workspace = m.model ? lh_workspace_new(&error) : NULL;
    lh_status status = m.workspace ? make_styles(&m, &error) : error.status;
    if (status != LH_OK)
        fprintf(stderr, "make-styles: %s\n", error.message);
    for (size_t i = 0; i < m.count; i++)
        lh_style_free(m.candidate[i].style);
    free(m.trial_text);
    lh_workspace_free(m.workspace);
    lh_model_free(m.model);
    return status == LH_OK ? 0 : 1;
}
