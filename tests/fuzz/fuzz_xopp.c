/* Any bytes as a file of Xournal++, and what was read of them. */
#include "fuzz.h"
#include "recorded_line.h"

#include "corpus/recording_read.h"

#include <stdlib.h>
#include <string.h>

const char *const fuzz_goals[] = {"a page is read", "a stroke is refused", NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    fuzz_seed_text(take, user,
                   "<?xml version=\"1.0\"?><xournal><page width=\"1\"><layer>"
                   "<stroke tool=\"pen\" width=\"1 1\">1 2 3 4e0 5 6</stroke>"
                   "<stroke tool=\"eraser\">1 2</stroke><stroke>7 90 8 91</stroke>"
                   "</layer></page><page><layer><stroke>1 1</stroke></layer></page></xournal>");
    fuzz_seed_text(take, user, "<xournal><page><stroke>1 2 3</stroke></page></xournal>");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error = {0};
    char *text = fuzz_text(data, size);
    const bool pages = strstr(text, "<xournal") != NULL;
    lh_recording *recording = recording_read_memory(text, size, "fuzz", &error);
    free(text);
    if (!recording) {
        if (pages && strstr(error.message, "<stroke> has"))
            fuzz_reach(1);
        return 0;
    }
    for (size_t i = 0; i < recording->count; i++)
        check_line(&recording->line[i]);
    if (pages)
        fuzz_reach(0);
    lh_recording_free(recording);
    return 0;
}
