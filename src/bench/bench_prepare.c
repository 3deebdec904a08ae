/* The benchmark's reading: line files as a whiteboard records them, made in a folder that is
 * removed, through `longhand prepare`'s code on one thread. */
#include "bench/bench.h"
#include "bench/bench_folder.h"

#include "base/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES = 200, PATH_SIZE = 4096 };

static const char *const folders[] = {"", "/lineStrokes", "/lineStrokes/a01",
                                      "/lineStrokes/a01/a01-000"};
enum { FOLDERS = sizeof folders / sizeof *folders };

static void file_path(char *path, const char *root, int index)
{
    snprintf(path, PATH_SIZE, "%s%s/a01-000u-%02d.xml", root, folders[FOLDERS - 1], index);
}

/* Readings at whole units, 75 a second, as on the whiteboard. */
static lh_status write_line(const lh_sequence *line, const char *path, lh_error *error)
{
    lh_ink *ink = lh_ink_new(error);
    lh_point point = {.x = 1000, .y = 1000};
    lh_status status = ink ? LH_OK : error->status;
    for (int t = 0; t < line->steps && status == LH_OK; t++) {
        const lh_real *x = line->x + (ptrdiff_t)t * LH_INPUTS;
        point.x += (float)lround(8 + 40 * (double)x[0]);
        point.y += (float)lround(37 * (double)x[1]);
        point.time = (float)t / 75;
        point.end = x[2] > 0 || t + 1 == line->steps;
        status = lh_ink_add(ink, point, error);
    }
    if (status == LH_OK)
        status = lh_iam_write(ink, path, error);
    lh_ink_free(ink);
    return status;
}

static lh_status make_recordings(const bench *b, const char *root, double *bytes, lh_error *error)
{
    char path[PATH_SIZE];
    bench_lines lines;
    lh_status status = bench_lines_make(&lines, FILES, 0, error);
    for (int i = 1; i < FOLDERS && status == LH_OK; i++) {
        snprintf(path, sizeof path, "%s%s", root, folders[i]);
        if (mkdir(path, 0700) != 0)
            status = lh_fail(error, LH_ERROR_IO, "%s: cannot create: %s", path, strerror(errno));
    }
    for (int i = 0; i < FILES && status == LH_OK && !b->stopped(); i++) {
        struct stat info = {0};
        file_path(path, root, i + 1);
        status = write_line(&lines.sequences[i], path, error);
        if (status == LH_OK && stat(path, &info) == 0)
            *bytes += (double)info.st_size;
    }
    bench_lines_free(&lines);
    return status;
}

/* Files that a benchmark was killed in the midst of. */
static void remove_unfinished(const char *folder)
{
    char path[PATH_SIZE];
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;)
        if (strncmp(entry->d_name, LH_TEMPORARY_NAME, sizeof LH_TEMPORARY_NAME - 1) == 0) {
            snprintf(path, sizeof path, "%.2000s/%.255s", folder, entry->d_name);
            unlink(path);
        }
    if (directory)
        closedir(directory);
}

static void remove_recordings(const char *root)
{
    char path[PATH_SIZE];
    for (int i = 0; i < FILES; i++) {
        file_path(path, root, i + 1);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/corpus.lhc", root);
    unlink(path);
    for (int i = FOLDERS; i-- > 0;) {
        snprintf(path, sizeof path, "%s%s", root, folders[i]);
        remove_unfinished(path);
        if (i > 0)
            rmdir(path);
    }
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static lh_status measure(bench *b, const char *root, lh_error *error)
{
    enum { REPEATS = 3 };
    char corpus[PATH_SIZE];
    double bytes = 0, rates[REPEATS];
    lh_prepare_options options = lh_prepare_defaults();
    options.threads = 1;
    snprintf(corpus, sizeof corpus, "%s/corpus.lhc", root);
    lh_status status = make_recordings(b, root, &bytes, error);
    for (int i = 0; i < REPEATS && status == LH_OK; i++) {
        if (b->stopped())
            return LH_OK;
        double start = cpu_seconds();
        status = lh_corpus_prepare(&root, 1, &options, corpus, error);
        rates[i] = 1e-6 * bytes / (cpu_seconds() - start);
    }
    if (status != LH_OK)
        return status;
    double rate = bench_median(rates, REPEATS);
    bench_heading(b, "reading recordings, one core (%d lines, %.1f MB of XML)", FILES,
                  1e-6 * bytes);
    bench_row(b, "XML a second of processor time", "%.0f MB", rate);
    bench_keep(b, "prepare_mb_per_s", rate);
    return LH_OK;
}

lh_status bench_prepare(bench *b, lh_error *error)
{
    bench_folder folder;
    b->stop_gently("stopping; the files made for the measurement are removed");
    lh_status status = bench_folder_make(&folder, remove_recordings, error);
    if (status != LH_OK)
        return status;
    status = measure(b, folder.path, error);
    bench_folder_remove(&folder);
    b->stop_gently(NULL);
    return b->stopped() ? lh_fail(error, LH_ERROR_INTERRUPTED, "stopped") : status;
}
