/* Any bytes as a packed corpus file: refused, or all accessors stay inside it. The checksum is put
 * right, or nothing would come behind it. */
#define _GNU_SOURCE /* memfd_create */
#include "fuzz.h"

#include "base/hash.h"
#include "corpus/corpus_file.h"
#include "corpus/corpus_pack.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST_LINES = 4 };

const char *const fuzz_goals[] = {"a corpus opens", "its lines are found", NULL};

static void make_seed(const char *path, size_t count)
{
    static const char *const name[MOST_LINES] = {"a01-000u-01", "a01-000u-02", "b", "c"};
    static const char *const text[MOST_LINES] = {"ab", NULL, "", "\xc3\xa9"};
    lh_point points[] = {{0, 0, 0, 0}, {1, 2, 0.5f, 1}, {3, 4, 1, 1}};
    lh_ink ink = {points, 3, 3};
    pack_line line[MOST_LINES];
    lh_alphabet alphabet = {0};
    for (size_t i = 0; i < count; i++)
        line[i] = (pack_line){name[i], i % 2 ? "10027" : "", text[i], (lh_split)i, &ink};
    lh_alphabet_parse(&alphabet, "ab\xc3\xa9");
    if (pack_write(line, count, (lh_scale){2, 1}, &alphabet, "{}", path, NULL) != LH_OK)
        abort();
}

void fuzz_seeds(fuzz_take *take, void *user)
{
    for (size_t count = 0; count <= MOST_LINES; count++) {
        make_seed(fuzz_path("seed"), count);
        fuzz_seed_made(take, user, fuzz_path("seed"));
    }
}

static void visit(const lh_corpus *corpus)
{
    size_t sum = strlen(lh_corpus_report(corpus)) + (size_t)lh_corpus_alphabet(corpus)->count;
    for (size_t i = 0; i < lh_corpus_count(corpus); i++) {
        lh_corpus_line line = lh_corpus_get(corpus, i);
        sum += strlen(line.name) + strlen(line.writer) + (line.text ? strlen(line.text) : 0);
        sum += strlen(lh_split_name(line.split));
        for (size_t j = 0; j < line.count; j++)
            sum += line.points[j].end;
        if (lh_corpus_find(corpus, line.name) != i)
            abort();
        fuzz_reach(1);
    }
    if (sum == SIZE_MAX)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    int file = memfd_create("fuzz.lhc", 0);
    size_t from = offsetof(packed_header, size);
    packed_header header = {0};
    uint64_t length = size;
    uint8_t *copy = malloc(size + 1);
    if (file < 0 || !copy)
        abort();
    memcpy(copy, data, size);
    if (size >= sizeof header) {
        memcpy(copy + from, &length, sizeof length);
        uint64_t checksum = hash_of(copy + from, size - from);
        memcpy(copy + offsetof(packed_header, checksum), &checksum, sizeof checksum);
    }
    if (write(file, copy, size) != (ssize_t)size)
        abort();
    free(copy);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    lh_corpus *corpus = lh_corpus_open(path, NULL);
    if (corpus) {
        fuzz_reach(0);
        visit(corpus);
    }
    lh_corpus_free(corpus);
    close(file);
    return 0;
}
