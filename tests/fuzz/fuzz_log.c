/* Feeds the reader of training logs with anything. */
#include "fuzz.h"

#include "train/log_read.h"

#include <stdlib.h>

const char *const fuzz_goals[] = {"rows are read", NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    fuzz_seed_text(
        take, user,
        "{\"kind\":\"train\",\"step\":1,\"epoch\":0.5,\"seconds\":1,\"nats_per_line\":-9.5}\n"
        "{\"kind\":\"valid\",\"step\":2,\"epoch\":0.5,\"seconds\":1,\"nats_per_line\":-9.5}\n"
        "{\"kind\":\"other\"}\n"
        "{\"kind\":\"train\",\"step\":3,\"epoch\":1,\"seconds\":2,\"nats_per_line\":1e2}\n");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = fuzz_text(data, size);
    lh_error error;
    lh_training_log *log = lh_training_log_parse(copy, size, "log", &error);
    for (size_t i = 1; log && i < log->count; i++)
        if (log->rows[i].step < log->rows[i - 1].step)
            abort();
    if (log && log->count > 1)
        fuzz_reach(0);
    lh_training_log_free(log);
    free(copy);
    return 0;
}
