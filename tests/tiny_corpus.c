/* A small corpus for tests. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "tiny_corpus.h"

#include "check.h"

#include <ftw.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *tiny_folder(void)
{
    char *folder = strdup("/tmp/longhand-test-XXXXXX");
    if (!folder || !mkdtemp(folder))
        fail_msg("cannot make a folder in /tmp");
    return folder;
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *place)
{
    (void)info;
    (void)type;
    (void)place;
    return remove(path);
}

void tiny_remove(char *folder)
{
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(folder);
}

char *tiny_path(const char *folder, const char *name)
{
    size_t length = strlen(folder) + strlen(name) + 2;
    char *path = malloc(length);
    assert_non_null(path);
    snprintf(path, length, "%s/%s", folder, name);
    return path;
}

/* ---- a hand ---- */

/* Adds a letter: a loop whose shape follows from its code, then a lift of the pen. */
static void write_letter(lh_ink *ink, char letter, float *x, lh_rng *hand)
{
    int points = 6 + letter % 3;
    double height = 40 + 25 * (letter % 4), turn = letter % 2 ? 1 : -1;
    for (int i = 0; i < points; i++) {
        double angle = 6.28318 * i / (points - 1);
        lh_point p = {.x = *x + (float)(20 * sin(angle) * turn + 2 * lh_rng_normal(hand)),
                      .y = (float)(-height * (1 - cos(angle)) / 2 + 2 * lh_rng_normal(hand)),
                      .time = 0.01f * (float)ink->count,
                      .end = i == points - 1};
        assert_int_equal(lh_ink_add(ink, p, NULL), LH_OK);
        *x += 8;
    }
    *x += 25;
}

static void write_line(const char *path, const char *text, lh_rng *hand)
{
    lh_error error;
    lh_ink *ink = lh_ink_new(&error);
    assert_non_null(ink);
    float x = 1000;
    for (; *text; text++) {
        if (*text == ' ')
            x += 60;
        else
            write_letter(ink, *text, &x, hand);
    }
    check_ok(lh_iam_write(ink, path, &error), &error);
    lh_ink_free(ink);
}

/* ---- the files ---- */

static void make_folder(const char *folder, const char *name)
{
    char *path = tiny_path(folder, name);
    if (mkdir(path, 0777) != 0 && access(path, F_OK) != 0)
        fail_msg("cannot make %s", path);
    free(path);
}

static void append_row(const char *folder, const char *name, const char *row)
{
    char *path = tiny_path(folder, name);
    FILE *stream = fopen(path, "ab");
    assert_non_null(stream);
    fprintf(stream, "%s\n", row);
    fclose(stream);
    free(path);
}

/* 2 to 9 letters of "aeinost" and perhaps a blank within. */
static void invent_text(char text[16], lh_rng *hand)
{
    int length = 2 + (int)lh_rng_below(hand, 8);
    for (int i = 0; i < length; i++)
        text[i] = "aeinost"[lh_rng_below(hand, 7)];
    if (length > 4 && lh_rng_below(hand, 2))
        text[length / 2] = ' ';
    text[length] = '\0';
}

static void make_form(const char *folder, int number, bool valid, lh_rng *hand)
{
    char group[16], name[96], text[16], row[64];
    snprintf(group, sizeof group, "t01-%03d", number);
    invent_text(text, hand);
    snprintf(name, sizeof name, "lineStrokes/t01/%s", group);
    make_folder(folder, name);
    snprintf(name, sizeof name, "ascii/t01/%s", group);
    make_folder(folder, name);
    snprintf(name, sizeof name, "lineStrokes/t01/%s/%su-01.xml", group, group);
    char *path = tiny_path(folder, name);
    write_line(path, text, hand);
    free(path);
    snprintf(name, sizeof name, "ascii/t01/%s/%su.txt", group, group);
    snprintf(row, sizeof row, "OCR:\n\n%s\n\nCSR:\n\n%s", text, text);
    append_row(folder, name, row);
    snprintf(row, sizeof row, "%su", group);
    append_row(folder, valid ? "testset_v.txt" : "trainset.txt", row);
}

lh_corpus *tiny_corpus(const char *folder, int train, int valid, uint64_t seed)
{
    static const char *const folders[] = {"lineStrokes", "lineStrokes/t01", "ascii", "ascii/t01"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        make_folder(folder, folders[i]);
    lh_rng hand;
    lh_rng_seed(&hand, seed, 0);
    for (int i = 0; i < train + valid; i++)
        make_form(folder, i, i >= train, &hand);
    lh_error error;
    char *path = tiny_path(folder, "corpus.lhc");
    lh_prepare_options options = {.threads = 1, .strict = true};
    check_ok(lh_corpus_prepare(&folder, 1, &options, path, &error), &error);
    lh_corpus *corpus = lh_corpus_open(path, &error);
    if (!corpus)
        fail_msg("%s", error.message);
    free(path);
    assert_int_equal(lh_corpus_count(corpus), train + valid);
    return corpus;
}
