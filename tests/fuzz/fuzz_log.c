/* Feeds the reader of training logs with anything. */
#include <longhand/longhand.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + 1);
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    copy[size] = '\0';
    lh_error error;
    lh_training_log *log = lh_training_log_parse(copy, size, "log", &error);
    for (size_t i = 1; log && i < log->count; i++)
        if (log->rows[i].step < log->rows[i - 1].step)
            abort();
    lh_training_log_free(log);
    free(copy);
    return 0;
}
