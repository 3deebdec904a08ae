/* Any bytes as InkML, and what was read of them. */
#include "fuzz.h"
#include "recorded_line.h"

#include "corpus/recording_read.h"

#include <stdlib.h>
#include <string.h>

const char *const fuzz_goals[] = {"a group with a text is a line", "traces are sorted to rows",
                                  "a trace is refused", NULL};

#define INK "<ink xmlns=\"http://www.w3.org/2003/InkML\">"

void fuzz_seeds(fuzz_take *take, void *user)
{
    fuzz_seed_text(take, user,
                   "<?xml version=\"1.0\"?>\n" INK
                   "<definitions><brush xml:id=\"pen1\"/></definitions><traceFormat>"
                   "<channel name=\"X\"/><channel name=\"Y\" orientation=\"-ve\"/>"
                   "<channel name=\"T\" units=\"s\"/></traceFormat>"
                   "<traceGroup><traceGroup><annotation type=\"truth\">a &lt; b</annotation>"
                   "<trace brushRef=\"#pen1\">1 2 0.5, 3 4.25 .6</trace><trace>5 6 7</trace>"
                   "</traceGroup><trace>8 8 8</trace></traceGroup></ink>");
    fuzz_seed_text(take, user,
                   INK "<trace>1125 18432,'23'43,\"7\"-8,3-5,7-3, * *, !9 !8</trace>"
                       "<trace continuation=\"begin\">1 1000, 9 990</trace>"
                       "<trace type=\"penUp\">1 2</trace>"
                       "<trace continuation=\"end\">19 1000</trace></ink>");
    fuzz_seed_text(take, user,
                   INK "<annotation type=\"label\">x</annotation><traceFormat>"
                       "<channel name=\"B\"/><channel name=\"Y\"/><channel name=\"X\"/>"
                       "<intermittentChannels><channel name=\"F\"/></intermittentChannels>"
                       "</traceFormat><trace>T 1 2, ? 3 4 5, #fF 6 7</trace></ink>");
    fuzz_seed_text(take, user, INK "<trace>1 2, 3</trace></ink>");
    fuzz_seed_text(take, user, INK "<trace/><trace>1 2, 3 4</trace></ink>");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error = {0};
    char *text = fuzz_text(data, size);
    lh_recording *recording = recording_read_memory(text, size, "fuzz", &error);
    const bool ink = strstr(text, "<ink") != NULL;
    free(text);
    if (!recording) {
        if (ink && strstr(error.message, "<trace> has"))
            fuzz_reach(2);
        return 0;
    }
    for (size_t i = 0; i < recording->count; i++)
        check_line(&recording->line[i]);
    if (ink)
        fuzz_reach(recording->line[0].text ? 0 : 1);
    lh_recording_free(recording);
    return 0;
}
