/* `longhand bench`, and what it measures with. How fast the machine is, is not tested. */
#include "check.h"

#include "nn/machine.h"
#include "nn/profile.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

/* Keeps the processor busy for `seconds` of its time. */
static void work(double seconds)
{
    struct timespec now;
    double end = -1, time;
    do {
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        time = (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
        end = end < 0 ? time + seconds : end;
    } while (time < end);
}

static void check_seconds(lh_part part, double least, double most)
{
    double seconds = lh_profile_seconds(part);
    if (!(seconds >= least && seconds <= most))
        fail_msg("%s: %g seconds, expected %g to %g", lh_part_name(part), seconds, least, most);
}

static void laps_go_to_their_parts_when_the_stopwatch_runs(void **state)
{
    (void)state;
    lh_profile_start();
    lh_lap lap = lh_lap_start();
    work(0.02);
    lh_lap_end(&lap, LH_PART_GATES);
    work(0.04);
    lh_lap_end_shared(&lap, LH_PART_UPDATE, 3);
    lh_profile_stop();
    lap = lh_lap_start();
    work(0.01);
    lh_lap_end(&lap, LH_PART_WINDOW);
    /* Others may take the processor away in between: no upper bound. */
    check_seconds(LH_PART_GATES, 0.02, INFINITY);
    check_seconds(LH_PART_UPDATE, 0.12, INFINITY);
    check_seconds(LH_PART_WINDOW, 0, 0);
    lh_profile_start();
    lh_profile_stop();
    check_seconds(LH_PART_GATES, 0, 0);
}

static void laps_of_all_threads_add_up(void **state)
{
    (void)state;
    lh_profile_start();
#pragma omp parallel for num_threads(3) schedule(static, 1)
    for (int i = 0; i < 3; i++) {
        lh_lap lap = lh_lap_start();
        work(0.02);
        lh_lap_end(&lap, LH_PART_MIXTURE);
    }
    lh_profile_stop();
    check_seconds(LH_PART_MIXTURE, 0.06, INFINITY);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void check_speed(const char *what, double value, double least, double most)
{
    if (!(value >= least && value <= most))
        fail_msg("%g %s, expected %g to %g", value, what, least, most);
}

/* Linux tells it in a row of its own, or does not. */
static void check_processor(const char *name)
{
    char row[300], told[300];
    bool known = false;
    snprintf(told, sizeof told, ": %s\n", name);
    FILE *stream = fopen("/proc/cpuinfo", "r");
    for (bool found = false; stream && !found && fgets(row, sizeof row, stream);) {
        found = strstr(row, told) && strncmp(row, "model name", 10) == 0;
        known = known || strncmp(row, "model name", 10) == 0;
        if (found) {
            fclose(stream);
            return;
        }
    }
    if (stream)
        fclose(stream);
    if (known || strcmp(name, "unknown processor") != 0)
        fail_msg("'%s' is not the processor that Linux names", name);
}

static void machine_is_described_and_measured(void **state)
{
    (void)state;
    lh_error error;
    char name[128];
    double value;
    lh_machine_processor(name, sizeof name);
    check_processor(name);
    check_ok(lh_machine_blas(name, sizeof name, &error), &error);
    int digits = 0, end = 0;
    if (sscanf(name, "%*[A-Za-z] %*[0-9.]%n, kernels %n", &digits, &end) < 0 || end <= digits ||
        !name[end])
        fail_msg("'%s' is no library, its version and its kernels", name);
    /* What was measured is part of the time that passes here, which bounds the speed from below;
     * from above, no core comes near. */
    const double flop = 2.0 * LH_SGEMM_SLOW * LH_SGEMM_SLOW * LH_SGEMM_SLOW;
    double start = seconds_now();
    check_ok(lh_machine_sgemm(2, &value, &error), &error);
    check_speed("gflops", value, 1e-9 * flop / (seconds_now() - start), 1e5);
    const size_t bytes = 100000;
    start = seconds_now();
    check_ok(lh_machine_read(bytes, &value, &error), &error);
    check_speed("bytes a second", value, (double)bytes / (seconds_now() - start), 1e13);
}

/* Runs `longhand bench`; its output, which the caller frees, and its exit code. */
static char *run(const char *arguments, int *code)
{
    char command[4096];
    snprintf(command, sizeof command, "%s bench %s 2>&1", getenv("LONGHAND_PROGRAM"), arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    char *output = calloc(1, 1 << 16);
    assert_non_null(output);
    size_t size = fread(output, 1, (1 << 16) - 1, pipe);
    output[size] = '\0';
    int result = pclose(pipe);
    assert_true(WIFEXITED(result));
    *code = WEXITSTATUS(result);
    return output;
}

/* OpenBLAS uses what the processor can do, also one that is newer than itself. */
static void check_kernels(const cJSON *blas)
{
    static const char *const old[] = {"Prescott", "Core2",  "Penryn",    "Dunnington", "Nehalem",
                                      "Katmai",   "Athlon", "Barcelona", "Opteron",    "Bobcat"};
    assert_true(cJSON_IsString(blas));
#if defined __x86_64__
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        return;
    for (size_t i = 0; i < sizeof old / sizeof *old; i++)
        if (strstr(blas->valuestring, old[i]))
            fail_msg("slow products: %s", blas->valuestring);
#else
    (void)old;
#endif
}

static void parts_of_the_bench_give_their_numbers(void **state)
{
    (void)state;
    int code;
    unsetenv("OPENBLAS_CORETYPE");
    char *output = run("--only sample,prepare --repeats 1 --json", &code);
    cJSON *json = cJSON_Parse(output);
    if (code != 0 || !json)
        fail_msg("exit %d: %s", code, output);
    static const char *const keys[] = {"threads", "sgemm_gflops", "sample_points_per_s",
                                       "sample_efficiency", "prepare_mb_per_s"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, keys[i]);
        if (!cJSON_IsNumber(item) || !(item->valuedouble > 0))
            fail_msg("no number above 0 \"%s\": %s", keys[i], output);
    }
    check_kernels(cJSON_GetObjectItemCaseSensitive(json, "blas"));
    assert_null(cJSON_GetObjectItemCaseSensitive(json, "train_efficiency"));
    cJSON_Delete(json);
    free(output);
}

static void wrong_use_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        int code;
        const char *words;
    } cases[] = {{"--only train64,nosuch", 2, "nosuch"},
                 {"--only", 2, "--only"},
                 {"--repeats 0", 2, "--repeats"},
                 {"extra", 2, "extra"},
                 {"--repeats 1 --only train16 --corpus /no/such", 1, "/no/such"},
                 {"--repeats 1 --only ink --model /no/such", 1, "no ink"},
                 {"--help", 0, "train64"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int code;
        char *output = run(cases[i].arguments, &code);
        if (code != cases[i].code || !strstr(output, cases[i].words))
            fail_msg("bench %s: exit %d, '%s'", cases[i].arguments, code, output);
        free(output);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(laps_go_to_their_parts_when_the_stopwatch_runs),
        cmocka_unit_test(laps_of_all_threads_add_up),
        cmocka_unit_test(machine_is_described_and_measured),
        cmocka_unit_test(parts_of_the_bench_give_their_numbers),
        cmocka_unit_test(wrong_use_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
