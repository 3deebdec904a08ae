/* Runs a fuzz target without libFuzzer, for any compiler: its seeds, then simple changes of them,
 * the same ones every time, for as many seconds as are asked for. Fails when an input ends the
 * target, or takes too long, and names the file that it is kept in; and when the seeds, unchanged,
 * do not reach every goal of the target.
 *
 *     fuzz_NAME_driver SECONDS    runs it
 *     fuzz_NAME_driver FILE       tries the input that the file holds
 *     fuzz_NAME_driver FOLDER     writes the seeds to files 0, 1, ... of the folder
 *
 * The target runs in a process of its own, which tells by shared memory what it is about to try. */
#include "fuzz.h"

#include <longhand/base.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { INPUT_MAX = 1 << 18, SEEDS_MAX = 64, HANGS_SECONDS = 20 };
enum { DEAD = 3 }; /* the exit code when goals are missed; sanitizers have 1 and 23 */

typedef struct input {
    size_t size;
    uint8_t data[INPUT_MAX];
} input;

typedef struct seeds {
    uint8_t *data[SEEDS_MAX];
    size_t size[SEEDS_MAX];
    int count;
} seeds;

static void add_seed(void *user, const void *data, size_t size)
{
    seeds *to = user;
    if (to->count == SEEDS_MAX || size > INPUT_MAX || !(to->data[to->count] = malloc(size + 1)))
        abort();
    memcpy(to->data[to->count], data, size);
    to->size[to->count++] = size;
}

static void free_seeds(seeds *all)
{
    for (int i = 0; i < all->count; i++)
        free(all->data[i]);
}

static int write_seeds(const seeds *all, const char *folder)
{
    for (int i = 0; i < all->count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%d", folder, i);
        FILE *stream = fopen(path, "wb");
        bool good = stream && fwrite(all->data[i], 1, all->size[i], stream) == all->size[i];
        if ((stream && fclose(stream) != 0) || !good) {
            perror(path);
            return EXIT_FAILURE;
        }
    }
    return EXIT_SUCCESS;
}

/* ---- changes ----------------------------------------------------------------------------------
 */

static size_t below(lh_rng *rng, size_t bound)
{
    return bound > 0 ? (size_t)lh_rng_below(rng, bound) : 0;
}

/* Puts `size` bytes in at `at`, as many as there is room for. */
static void insert(input *in, size_t at, const uint8_t *data, size_t size)
{
    if (size > INPUT_MAX - in->size)
        size = INPUT_MAX - in->size;
    memmove(in->data + at + size, in->data + at, in->size - at);
    memcpy(in->data + at, data, size);
    in->size += size;
}

static void delete (input *in, size_t at, size_t size)
{
    memmove(in->data + at, in->data + at + size, in->size - at - size);
    in->size -= size;
}

/* Numbers and signs at which readers turn. */
static void put_special(input *in, size_t at, lh_rng *rng)
{
    static const char *const special[] = {"\n",
                                          "\"",
                                          "{",
                                          "}",
                                          "<",
                                          ">",
                                          ",",
                                          "\t",
                                          "\f",
                                          "\\",
                                          "@",
                                          "\"\"",
                                          "-1",
                                          "nan",
                                          "inf",
                                          "1e999",
                                          "0",
                                          "\r\n",
                                          "4294967296",
                                          "#",
                                          "\xff",
                                          "\xc3",
                                          "\xef\xbb\xbf",
                                          "U+",
                                          "\xe2\x80\xa9",
                                          "-9e18",
                                          "]]>",
                                          "&#0;",
                                          "  ",
                                          "e"};
    static const uint32_t number[] = {0,          1,          0x7f,       0xff,       0x7fffffff,
                                      0x80000000, 0xffffffff, 0x7fc00000, 0x7f800000, 0x3f800000};
    if (below(rng, 2)) {
        const char *text = special[below(rng, sizeof special / sizeof *special)];
        insert(in, at, (const uint8_t *)text, strlen(text));
    } else if (in->size - at >= sizeof *number) {
        memcpy(in->data + at, &number[below(rng, sizeof number / sizeof *number)], sizeof *number);
    }
}

static void change(input *in, const seeds *all, lh_rng *rng)
{
    enum { FLIP, SET, DELETE, REPEAT, SPECIAL, SPLICE, CUT, KINDS };
    size_t at = below(rng, in->size), left = in->size - at;
    size_t length = 1 + below(rng, below(rng, 4) ? 8 : left);
    length = length < left ? length : left;
    int other = (int)below(rng, (size_t)all->count);
    size_t from = below(rng, all->size[other]), rest = all->size[other] - from;
    switch (left > 0 ? (int)below(rng, KINDS) : SPLICE) {
    case FLIP:
        in->data[at] ^= (uint8_t)(1U << below(rng, 8));
        break;
    case SET:
        in->data[at] = (uint8_t)below(rng, 256);
        break;
    case DELETE:
        delete (in, at, length);
        break;
    case REPEAT: {
        uint8_t piece[256];
        length = length < sizeof piece ? length : sizeof piece;
        memcpy(piece, in->data + at, length);
        insert(in, at, piece, length);
        break;
    }
    case SPECIAL:
        put_special(in, at, rng);
        break;
    case SPLICE:
        insert(in, at, all->data[other] + from, length < rest ? length : rest);
        break;
    default:
        in->size = at;
    }
}

/* ---- running ----------------------------------------------------------------------------------
 */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void try_input(input *in)
{
    /* A copy of just that size, so that the sanitizers see who reads behind it. */
    uint8_t *copy = malloc(in->size + !in->size);
    if (!copy)
        abort();
    memcpy(copy, in->data, in->size);
    alarm(HANGS_SECONDS);
    if (LLVMFuzzerTestOneInput(copy, in->size) != 0)
        abort();
    alarm(0);
    free(copy);
}

static void take_seed(input *in, const seeds *all, int i)
{
    in->size = all->size[i];
    memcpy(in->data, all->data[i], in->size);
}

static int run(const seeds *all, double seconds, input *in)
{
    lh_rng rng;
    double end = now() + seconds;
    size_t tried = 0;
    int missed = 0;
    for (int i = 0; i < all->count; i++) {
        take_seed(in, all, i);
        try_input(in);
    }
    for (int i = 0; fuzz_goals[i]; i++) {
        if (!fuzz_reached(i))
            printf("no seed reaches this: %s\n", fuzz_goals[i]);
        missed += !fuzz_reached(i);
    }
    for (lh_rng_seed(&rng, 1, 0); missed == 0 && now() < end; tried++) {
        take_seed(in, all, (int)below(&rng, (size_t)all->count));
        for (size_t changes = 1 + below(&rng, 4); changes > 0; changes--)
            change(in, all, &rng);
        try_input(in);
    }
    printf("%d seeds, %zu more inputs tried\n", all->count, tried);
    return missed == 0 ? EXIT_SUCCESS : DEAD;
}

/* The input that ended the target. */
static void keep(const input *in, const char *program, int status)
{
    char path[4096];
    snprintf(path, sizeof path, "%.4000s-found", program);
    FILE *stream = fopen(path, "wb");
    bool kept = stream && fwrite(in->data, 1, in->size, stream) == in->size;
    kept = (!stream || fclose(stream) == 0) && kept;
    printf("ended by %s %d; the last input is %s%s\n", WIFSIGNALED(status) ? "signal" : "exit code",
           WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
           kept ? "in " : "lost: cannot write ", path);
}

/* Runs the target in a process of its own. */
static int run_apart(const seeds *all, double seconds, const char *program)
{
    input *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return EXIT_FAILURE;
    pid_t child = fork();
    if (child == 0)
        exit(run(all, seconds, shared));
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return EXIT_FAILURE;
    bool whole = WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == DEAD);
    if (!whole)
        keep(shared, program, status);
    munmap(shared, sizeof *shared);
    return whole && WEXITSTATUS(status) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int try_file(const char *path)
{
    size_t size;
    lh_error error;
    uint8_t *data = (uint8_t *)lh_file_read(path, INPUT_MAX, &size, &error);
    if (!data)
        fprintf(stderr, "%s\n", error.message);
    else
        LLVMFuzzerTestOneInput(data, size);
    free(data);
    return data ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct stat info;
    seeds all = {.count = 0};
    char *end = NULL;
    double seconds = argc == 2 ? strtod(argv[1], &end) : 0;
    bool timed = argc == 2 && end > argv[1] && !*end;
    if (argc != 2 || (!timed && stat(argv[1], &info) != 0)) {
        fprintf(stderr, "usage: %s SECONDS | FILE | FOLDER\n", argv[0]);
        return 2;
    }
    if (!timed && !S_ISDIR(info.st_mode))
        return try_file(argv[1]);
    fuzz_seeds(add_seed, &all);
    int result = timed ? run_apart(&all, seconds, argv[0]) : write_seeds(&all, argv[1]);
    free_seeds(&all);
    return result;
}
