/* Associative recall: items of three vectors of six bits, a delimiter before each; then one of
 * them, but for the last, again between delimiters of another kind, and the item that followed it
 * is asked for. (Graves, Wayne and Danihelka 2014, section 4.3.) */
#include "task.h"

enum { BITS = 6, VECTORS = 3, ITEM = BITS, QUERY = BITS + 1 };

static lh_status make(const lh_task *task, int shortest, int longest, lh_rng *rng,
                      lh_example *example, lh_error *error)
{
    const int items = lh_draw(rng, shortest, longest), shown = lh_draw(rng, 0, items - 2);
    const int length = VECTORS + 1, query = items * length; /* the step of its delimiter */
    const lh_status status = lh_example_begin(task, query + length + 1 + VECTORS, example, error);
    if (status != LH_OK)
        return status;
    for (int i = 0; i < items; i++) {
        lh_enters(task, example, i * length)[ITEM] = 1;
        lh_draw_bits(task, example, i * length + 1, VECTORS, BITS, rng);
    }
    lh_enters(task, example, query)[QUERY] = lh_enters(task, example, query + length)[QUERY] = 1;
    for (int t = 1; t <= VECTORS; t++)
        for (int k = 0; k < BITS; k++)
            lh_enters(task, example, query + t)[k] =
                lh_enters(task, example, shown * length + t)[k];
    lh_ask_bits(task, example, query + length + 1, VECTORS, BITS, (shown + 1) * length + 1);
    return LH_OK;
}

const lh_task lh_task_recall = {
    .name = "recall",
    .about = "say the item that followed the one shown again",
    .paper = "Graves, Wayne and Danihelka 2014, section 4.3",
    .unit = "items",
    .least = 2,
    .most = 200,
    .head = "bits",
    .inputs = BITS + 2,
    .outputs = BITS,
    .usual = {2, 2, 1, 128, 60000, 20, 2e-3, 10},
    .with_memory = {2, 6, 1, 100, 60000, 16, 3e-3, 10},
    .make = make,
};
