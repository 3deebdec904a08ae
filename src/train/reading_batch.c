/* Batches for a network that reads: see reading_batch.h. */
#include "reading_batch.h"

#include "random_streams.h"

#include <stdlib.h>

struct lh_reading_augmenter {
    int batch;
    lh_sequence *sequences; /* [batch] */
    lh_features *features;  /* [batch] */
};

lh_reading_augmenter *lh_reading_augmenter_new(int batch, lh_error *error)
{
    lh_reading_augmenter *a = calloc(1, sizeof *a);
    if (a) {
        a->batch = batch;
        a->sequences = calloc((size_t)batch, sizeof *a->sequences);
        a->features = calloc((size_t)batch, sizeof *a->features);
    }
    if (a && a->sequences && a->features)
        return a;
    lh_reading_augmenter_free(a);
    lh_fail_memory(error, "changed lines");
    return NULL;
}

void lh_reading_augmenter_free(lh_reading_augmenter *a)
{
    if (!a)
        return;
    for (int i = 0; a->features && i < a->batch; i++)
        lh_features_free(&a->features[i]);
    free(a->features);
    free(a->sequences);
    free(a);
}

static lh_status change_line(lh_reading_augmenter *a, int place, const lh_reading_change *how,
                             const lh_dataset *dataset, size_t index, uint64_t epoch,
                             lh_error *error)
{
    lh_features *features = &a->features[place];
    lh_sequence *sequence = &a->sequences[place];
    *sequence = lh_dataset_sequences(dataset)[index];
    lh_status status = lh_reading_features(lh_dataset_reading_line(dataset, index), how,
                                           lh_stream_augmentation(epoch, index), features, error);
    if (status == LH_OK &&
        lh_ctc_steps(sequence->text, sequence->characters) <= (int)features->count) {
        sequence->x = features->x;
        sequence->steps = (int)features->count;
    }
    return status;
}

lh_sequence *lh_reading_augment(lh_reading_augmenter *a, const lh_reading_change *how,
                                const lh_dataset *dataset, const size_t *batch, int count,
                                uint64_t epoch, int threads, lh_error *error)
{
    lh_status status = LH_OK;
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int i = 0; i < count; i++) {
        lh_error own;
        if (change_line(a, i, how, dataset, batch[i], epoch, &own) != LH_OK) {
#pragma omp critical(lh_reading_augment)
            {
                status = own.status;
                if (error)
                    *error = own;
            }
        }
    }
    return status == LH_OK ? a->sequences : NULL;
}
