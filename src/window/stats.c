/* The program's measurements of itself: see stats.h. */
#include "stats.h"

#include "base/visible.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

static double read_clock(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double win_stats_clock(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

/* Of all threads. */
static double cpu_seconds(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

static double resident_mib(void)
{
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file) {
        if (fscanf(file, "%ld %ld", &pages, &resident) != 2)
            resident = 0;
        fclose(file);
    }
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / (1 << 20);
}

static void begin(win_stats *s)
{
    s->since = win_stats_clock();
    s->cpu_since = cpu_seconds();
    s->frames = s->late = 0;
    s->worst = s->worst_cpu = s->sum = s->sum_cpu = 0;
    memset(s->took, 0, sizeof s->took);
}

void win_stats_start(win_stats *s)
{
    *s = (win_stats){.born = win_stats_clock()};
    begin(s);
}

void win_stats_begin_frame(win_stats *s)
{
    s->frame_began = win_stats_clock();
    s->frame_began_cpu = read_clock(CLOCK_THREAD_CPUTIME_ID);
    s->frame_began_all_cpu = cpu_seconds();
}

/* Until a share of the frames was done: milliseconds. */
static double quantile(const win_stats *s, double share)
{
    int bucket = 0, count = s->took[0];
    while (bucket + 1 < WIN_TOOK && count < share * s->frames)
        count += s->took[++bucket];
    return 0.1 * (bucket + 1);
}

void win_stats_end_frame(win_stats *s, bool text, bool ink)
{
    double now = win_stats_clock(), took = now - s->frame_began;
    double cpu = read_clock(CLOCK_THREAD_CPUTIME_ID) - s->frame_began_cpu;
    s->frames++;
    s->sum += took;
    s->sum_cpu += cpu;
    s->late += 1000 * took > WIN_FRAME_LATE_MS;
    int bucket = (int)(10 * 1000 * took);
    s->took[bucket < WIN_TOOK ? bucket : WIN_TOOK - 1]++;
    s->worst = took > s->worst ? took : s->worst;
    s->worst_cpu = cpu > s->worst_cpu ? cpu : s->worst_cpu;
    if (text && s->first_text == 0) {
        s->first_text = s->frame_began;
        s->first_text_cpu = s->frame_began_all_cpu;
    }
    if (ink && s->first_ink == 0) {
        s->first_ink = now - s->born;
        s->first_ink_cpu = cpu_seconds();
    }
}

void win_stats_print(win_stats *s, const char *name, FILE *stream)
{
    double seconds = win_stats_clock() - s->since;
    double frames = s->frames > 0 ? s->frames : 1, cpu = cpu_seconds() - s->cpu_since;
    visible_row(stream, "stats %s", name);
    fprintf(stream, "seconds %.2f\nframes %d\nframes_late %d\n", seconds, s->frames, s->late);
    fprintf(stream, "frame_ms_mean %.2f\nframe_ms_median %.1f\nframe_ms_99 %.1f\n",
            1000 * s->sum / frames, quantile(s, 0.5), quantile(s, 0.99));
    fprintf(stream, "frame_ms_worst %.2f\n", 1000 * s->worst);
    fprintf(stream, "frame_cpu_ms_mean %.2f\nframe_cpu_ms_worst %.2f\n", 1000 * s->sum_cpu / frames,
            1000 * s->worst_cpu);
    fprintf(stream, "cpu_percent %.2f\nresident_mib %.1f\n", seconds > 0 ? 100 * cpu / seconds : 0,
            resident_mib());
    fprintf(stream, "first_ink_ms %.0f\nfirst_ink_cpu_ms %.0f\n", 1000 * s->first_ink,
            1000 * s->first_ink_cpu);
    bool both = s->first_text > 0 && s->first_ink > 0;
    fprintf(stream, "text_to_ink_ms %.0f\ntext_to_ink_cpu_ms %.0f\n",
            both ? 1000 * (s->born + s->first_ink - s->first_text) : 0,
            both ? 1000 * (s->first_ink_cpu - s->first_text_cpu) : 0);
    fflush(stream);
    begin(s);
}
