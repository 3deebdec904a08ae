/* Measures the processor's sgemm through CBLAS, and reading with plain vector loads. */
#include "nn/machine.h"

#include "base/need.h"
#include "nn/blas.h"
#include "nn/profile.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

void lh_machine_processor(char *name, size_t size)
{
    snprintf(name, size, "unknown processor");
    FILE *stream = fopen("/proc/cpuinfo", "r");
    if (!stream)
        return;
    char row[256];
    while (fgets(row, sizeof row, stream)) {
        char *value = strchr(row, ':');
        if (strncmp(row, "model name", 10) == 0 && value) {
            value += strspn(value, ": \t");
            value[strcspn(value, "\n")] = '\0';
            snprintf(name, size, "%s", value);
            break;
        }
    }
    fclose(stream);
}

lh_status lh_machine_blas(char *name, size_t size, lh_error *error)
{
    LH_OWN_ERROR(error);
    const lh_blas *blas = lh_blas_get(error);
    if (!blas)
        return error->status;
    blas->describe(name, size);
    return LH_OK;
}

/* Memory in huge pages where the system has them, so that it is the cache that is measured and not
 * the page tables. */
static void *huge_alloc(size_t bytes)
{
    const size_t page = 2u << 20;
    void *memory = aligned_alloc(page, (bytes + page - 1) / page * page);
#ifdef MADV_HUGEPAGE
    if (memory)
        madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    return memory;
}

/* a, b and c's for the threads, each [LH_SGEMM_SIZE][LH_SGEMM_SIZE], of which [n][n] is used. */
typedef struct squares {
    const lh_blas *blas;
    int threads;
    size_t n;
    float *a, *b, *c;
} squares;

static double product_gflop(const squares *s)
{
    return 2e-9 * (double)s->n * (double)s->n * (double)s->n;
}

/* c += a b */
static void square_product(const squares *s, int thread)
{
    float *c = s->c + (size_t)thread * LH_SGEMM_SIZE * LH_SGEMM_SIZE;
    s->blas->nn(s->n, s->n, s->n, s->a, s->n, s->b, s->n, c, s->n);
}

static double split_product_gflops(const squares *s)
{
    /* OpenBLAS's threads go on looking for work for a while, and would be in the way of what is
     * measured next. */
    const struct timespec spinning = {.tv_nsec = 100000000};
    s->blas->set_threads(s->threads);
    double start = lh_profile_clock(s->threads);
    square_product(s, 0);
    double seconds = lh_profile_clock(s->threads) - start;
    s->blas->set_threads(1);
    nanosleep(&spinning, NULL);
    return product_gflop(s) / seconds;
}

static double product_each_gflops(const squares *s)
{
    double start = lh_profile_clock(s->threads);
#pragma omp parallel num_threads(s->threads)
    square_product(s, omp_get_thread_num());
    return product_gflop(s) * s->threads / (lh_profile_clock(s->threads) - start);
}

/* The size of products that take no longer than a few seconds. */
static size_t choose_size(squares *s)
{
    static const double longest = 3;
    s->n = LH_SGEMM_SLOW;
    const double gflops = product_each_gflops(s) / s->threads;
    s->n = LH_SGEMM_SIZE;
    return product_gflop(s) / gflops > longest ? LH_SGEMM_SLOW : LH_SGEMM_SIZE;
}

lh_status lh_machine_sgemm(int threads, double *gflops, lh_error *error)
{
    const size_t elements = (size_t)LH_SGEMM_SIZE * LH_SGEMM_SIZE;
    LH_OWN_ERROR(error);
    const lh_blas *blas = lh_blas_get(error);
    if (!blas)
        return error->status;
    float *memory = huge_alloc((2 + (size_t)threads) * elements * sizeof *memory);
    if (!memory)
        return lh_fail_memory(error, "measuring sgemm");
    for (size_t i = 0; i < (2 + (size_t)threads) * elements; i++)
        memory[i] = (float)(i % 1024) / 1024 - 0.5f;
    squares s = {blas, threads, 0, memory, memory + elements, memory + 2 * elements};
    s.n = choose_size(&s);
    double each = product_each_gflops(&s);
    double split = threads > 1 ? split_product_gflops(&s) : 0;
    *gflops = each > split ? each : split;
    free(memory);
    return LH_OK;
}

/* 512 bits, which the compiler makes two or four loads of where the processor has no such. */
typedef uint32_t vector __attribute__((vector_size(64)));

/* Once for each width of loads that this family of processors has; the widest of it is chosen when
 * the program starts. */
#ifdef LH_KERNELS_X86
#define EVERY_WIDTH __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define EVERY_WIDTH
#endif

/* Eight sums side by side, so that no load waits for an addition. */
EVERY_WIDTH static uint32_t read_all(const vector *data, size_t count)
{
    vector sum[8] = {{0}};
    for (size_t i = 0; i + 8 <= count; i += 8)
        for (int j = 0; j < 8; j++)
            sum[j] += data[i + (size_t)j];
    vector all = sum[0] + sum[1] + sum[2] + sum[3] + sum[4] + sum[5] + sum[6] + sum[7];
    uint32_t result = 0;
    for (int j = 0; j < 16; j++)
        result += all[j];
    return result;
}

lh_status lh_machine_read(size_t bytes, double *bytes_per_second, lh_error *error)
{
    const double at_least = 0.1; /* seconds */
    const size_t block = 8 * sizeof(vector);
    size_t size = (bytes + block - 1) / block * block;
    vector *data = huge_alloc(size);
    if (!data)
        return lh_fail_memory(error, "measuring read bandwidth");
    memset(data, 1, size);
    volatile uint32_t sink = read_all(data, size / sizeof *data);
    double start = lh_profile_clock(1);
    double rounds = 0, seconds;
    do {
        sink = read_all(data, size / sizeof *data);
        rounds++;
        seconds = lh_profile_clock(1) - start;
    } while (seconds < at_least);
    (void)sink;
    free(data);
    *bytes_per_second = rounds * (double)size / seconds;
    return LH_OK;
}
