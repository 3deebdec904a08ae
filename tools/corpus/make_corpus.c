/* make-corpus: writes sentences with the hands below and saves them as IAM-OnDB is: lineStrokes/,
 * ascii/ and the split lists. This is what made data/; the same seed makes the same files.
 *
 * A paragraph of the sentences is a form, a row of it a line. Forms go to the hands in turn, and by
 * their number within a hand to the splits, so that each hand is in each split. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/extremes.h"
#include "base/folder.h"
#include "corpus/iam_layout.h"
#include "hand.h"

static const hand_style hands[] = {
    /* face, joins, size, width, slant, spacing, blank, unsteady, drift, rounding, pace */
    {"futural.jhf", false, 11.5, 0.92, 0.04, -1.5, 9, 0.035, 14, 11, 360},
    {"rowmans.jhf", false, 10.5, 0.80, 0.34, -0.5, 10, 0.045, 22, 9, 400},
    {"scripts.jhf", true, 13.0, 1.05, 0.12, 0, 9, 0.040, 18, 9, 430},
    {"cursive.jhf", true, 14.0, 0.85, -0.18, 0, 9, 0.050, 26, 10, 470},
};
enum { HANDS = sizeof hands / sizeof *hands };
#define MARKS_FACE "rowmans.jhf" /* digits and punctuation of all hands: single strokes */

/* The list of a hand's form number i, over and over. */
static const char *const lists[] = {"trainset",  "trainset",  "testset_v",
                                    "testset_t", "testset_f", "testset_f"};
enum { LISTS = sizeof lists / sizeof *lists };

enum { LINES_MAX = 16, TEXT_LIMIT = 1 << 20 };

/* Where lines stand on the board, in its units, and when they were written, in seconds. */
#define LEFT 900.0
#define FIRST_BASELINE 1400.0
#define LINE_PITCH 620.0
#define PLACE_SPREAD 40.0
#define LINE_PAUSE 1.5

typedef struct maker {
    const char *out; /* the folder */
    uint64_t seed;
    hershey_face letters[HANDS], marks;
    size_t lines, points;
    lh_error error;
} maker;

typedef struct paper_form {
    char name[32]; /* "s03-002u" */
    int lines;
    const char *line[LINES_MAX];
} paper_form;

/* ---- files ----------------------------------------------------------------------------------- */

/* Opens OUT/rest for writing, making the folders it lies in. NULL on failure. */
static lh_output *open_in(maker *m, const char *rest)
{
    char path[IAM_PATH];
    int length = snprintf(path, sizeof path, "%s/%s", m->out, rest);
    if (length < 0 || (size_t)length >= sizeof path) {
        lh_fail(&m->error, LH_ERROR_ARGUMENT, "%s: too long a path", m->out);
        return NULL;
    }
    if (lh_folder_make_above(path, &m->error) != LH_OK)
        return NULL;
    return lh_output_open(path, &m->error);
}

static void print_stroke(FILE *file, const lh_point *point, size_t count)
{
    fprintf(file, "    <Stroke colour=\"black\" start_time=\"%.2f\" end_time=\"%.2f\">\n",
            point[0].time, point[count - 1].time);
    for (size_t i = 0; i < count; i++)
        fprintf(file, "      <Point x=\"%.0f\" y=\"%.0f\" time=\"%.2f\"/>\n", point[i].x,
                point[i].y, point[i].time);
    fputs("    </Stroke>\n", file);
}

static void print_ink(FILE *file, const lh_ink *ink)
{
    float left = INFINITY, right = 0, top = INFINITY, bottom = 0;
    for (size_t i = 0; i < ink->count; i++) {
        lh_lowerf(&left, ink->points[i].x);
        lh_raisef(&right, ink->points[i].x);
        lh_lowerf(&top, ink->points[i].y);
        lh_raisef(&bottom, ink->points[i].y);
    }
    fprintf(file,
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"
            "<WhiteboardCaptureSession>\n"
            "  <WhiteboardDescription>\n"
            "    <SensorLocation corner=\"top_left\"/>\n"
            "    <DiagonallyOppositeCoords x=\"%.0f\" y=\"%.0f\"/>\n"
            "    <VerticallyOppositeCoords x=\"%.0f\" y=\"%.0f\"/>\n"
            "    <HorizontallyOppositeCoords x=\"%.0f\" y=\"%.0f\"/>\n"
            "  </WhiteboardDescription>\n"
            "  <StrokeSet>\n",
            right, bottom, left, bottom, right, top);
    size_t position = 0, count;
    const lh_point *points;
    while (lh_ink_next_stroke(ink, &position, &points, &count))
        print_stroke(file, points, count);
    fputs("  </StrokeSet>\n</WhiteboardCaptureSession>\n", file);
}

/* ---- lines and forms ------------------------------------------------------------------------- */

static lh_status save_line(maker *m, const paper_form *f, int number, const lh_ink *ink)
{
    char path[IAM_PATH], line[64];
    snprintf(line, sizeof line, "%s-%02d", f->name, number);
    lh_status status = iam_line_path(path, m->out, line, &m->error);
    lh_output *output = status == LH_OK ? lh_output_open(path, &m->error) : NULL;
    if (!output)
        return m->error.status;
    print_ink(lh_output_stream(output), ink);
    return lh_output_commit(output, &m->error);
}

static lh_status write_form(maker *m, const paper_form *f, int hand, uint64_t stream)
{
    lh_rng rng;
    lh_rng_seed(&rng, m->seed, stream);
    lh_ink *ink = lh_ink_new(&m->error);
    if (!ink)
        return m->error.status;
    lh_status status = LH_OK;
    double time = 10 + 900 * lh_rng_uniform(&rng);
    for (int i = 0; i < f->lines && status == LH_OK; i++) {
        double x = LEFT + PLACE_SPREAD * lh_rng_normal(&rng);
        double y = FIRST_BASELINE + LINE_PITCH * i + PLACE_SPREAD * lh_rng_normal(&rng);
        lh_ink_clear(ink);
        status = hand_write(&hands[hand], &m->letters[hand], &m->marks, f->line[i], x, y, time,
                            &rng, ink, &m->error);
        if (status == LH_OK)
            status = save_line(m, f, i + 1, ink);
        if (status == LH_OK)
            time = ink->points[ink->count - 1].time + LINE_PAUSE * (1 + lh_rng_uniform(&rng));
        m->points += ink->count;
        m->lines++;
    }
    lh_ink_free(ink);
    if (status != LH_OK)
        return status;
    char path[IAM_PATH];
    return iam_write_text(path, m->out, f->name, f->line, (size_t)f->lines, &m->error);
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Takes the next paragraph's rows off `*text`, in place; false at the end. */
static bool next_form(char **text, paper_form *f)
{
    f->lines = 0;
    while (**text == '\n')
        (*text)++;
    while (**text && **text != '\n' && f->lines < LINES_MAX) {
        f->line[f->lines++] = *text;
        *text += strcspn(*text, "\n");
        if (**text == '\n')
            *(*text)++ = '\0';
    }
    return f->lines > 0;
}

/* Half of the hands' forms bear a letter, as those of IAM-OnDB that several people wrote. No name
 * there starts with s. */
static void name_form(paper_form *f, int hand, int number)
{
    snprintf(f->name, sizeof f->name, "s%02d-%03d%s", hand + 1, number, hand % 2 ? "u" : "");
}

/* Makes all forms; `members[i]` is, for list i, where to note its forms. */
static lh_status write_forms(maker *m, char *text, FILE *const members[LISTS])
{
    paper_form f;
    for (int i = 0; next_form(&text, &f); i++) {
        int hand = i % HANDS, number = i / HANDS;
        name_form(&f, hand, number);
        if (write_form(m, &f, hand, (uint64_t)i) != LH_OK)
            return m->error.status;
        /* The official lists indent some rows. */
        fprintf(members[number % LISTS], "%s%s\n", i % 3 == 2 ? " " : "", f.name);
    }
    return LH_OK;
}

static lh_status write_corpus(maker *m, char *text)
{
    lh_output *output[LISTS] = {NULL};
    FILE *members[LISTS];
    lh_status status = LH_OK;
    for (int i = 0; i < LISTS && status == LH_OK; i++) {
        members[i] = i > 0 && strcmp(lists[i], lists[i - 1]) == 0 ? members[i - 1] : NULL;
        if (members[i])
            continue;
        char name[32];
        snprintf(name, sizeof name, "%s.txt", lists[i]);
        output[i] = open_in(m, name);
        if (output[i])
            members[i] = lh_output_stream(output[i]);
        else
            status = m->error.status;
    }
    if (status == LH_OK)
        status = write_forms(m, text, members);
    for (int i = 0; i < LISTS; i++) {
        if (output[i] && status == LH_OK)
            status = lh_output_commit(output[i], &m->error);
        else
            lh_output_discard(output[i]);
    }
    return status;
}

static lh_status read_faces(maker *m, const char *fonts)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", fonts, MARKS_FACE);
    lh_status status = hershey_read(&m->marks, path, &m->error);
    for (int i = 0; i < HANDS && status == LH_OK; i++) {
        snprintf(path, sizeof path, "%s/%s", fonts, hands[i].face);
        status = hershey_read(&m->letters[i], path, &m->error);
    }
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fputs("usage: make-corpus FONTS SENTENCES SEED OUT\n\n"
              "FONTS is the folder of Hershey's .jhf files, /usr/share/hershey-fonts in Debian's\n"
              "hershey-fonts-data; OUT the folder to write to.\n",
              stderr);
        return 2;
    }
    static maker m;
    m.seed = strtoull(argv[3], NULL, 10);
    m.out = argv[4];
    size_t size;
    char *text = lh_file_read(argv[2], TEXT_LIMIT, &size, &m.error);
    lh_status status = text ? read_faces(&m, argv[1]) : m.error.status;
    if (status == LH_OK)
        status = write_corpus(&m, text);
    free(text);
    if (status != LH_OK) {
        fprintf(stderr, "make-corpus: %s\n", m.error.message);
        return 1;
    }
    printf("%zu lines, %zu points\n", m.lines, m.points);
    return 0;
}
