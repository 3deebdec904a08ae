/* The table of heads; the first is what an lh_architecture of zeros has. */
#include "head.h"

#include <math.h>
#include <string.h>

#define LH_HEADS(ROW) ROW(mixture) ROW(softmax) ROW(ctc) ROW(square) ROW(bits)

#define ROW(name) extern const lh_head lh_head_##name;
LH_HEADS(ROW)
#undef ROW
#define ROW(name) &lh_head_##name,
static const lh_head *const heads[] = {LH_HEADS(ROW)};
#undef ROW
enum { HEADS = sizeof heads / sizeof *heads };

lh_status lh_check_symbols(const lh_architecture *a, const char *what, lh_status status,
                           lh_error *error)
{
    if (a->mixtures != 0)
        return lh_fail(error, status, "%s has no mixture, so 0 components, not %d", what,
                       a->mixtures);
    if (a->kind == LH_SYNTHESIS)
        return lh_fail(error, status, "%s tells what the text is: it has no window over it", what);
    if (a->alphabet < 1 || a->alphabet > LH_ALPHABET_MAX)
        return lh_fail(error, status, "%s tells apart 1 to %d symbols, not %d", what,
                       LH_ALPHABET_MAX, a->alphabet);
    return LH_OK;
}

lh_status lh_check_targets(const lh_architecture *a, const lh_sequence *q, int index, double low,
                           double high, lh_error *error)
{
    if (!q->targets)
        return lh_fail(error, LH_ERROR_ARGUMENT, "sequence %d has no targets", index);
    for (int t = 0; t < q->steps; t++)
        for (int k = 0; k < a->alphabet; k++) {
            const double z = (double)q->targets[(size_t)t * (size_t)a->alphabet + (size_t)k];
            if (!isnan(z) && !(isfinite(z) && z >= low && z <= high))
                return lh_fail(error, LH_ERROR_ARGUMENT,
                               "sequence %d: target %d of step %d is %g, which cannot be asked for",
                               index, k + 1, t + 1, z);
        }
    return LH_OK;
}

const lh_head *lh_head_at(int head)
{
    return head >= 0 && head < HEADS ? heads[head] : NULL;
}

int lh_head_find(const char *name)
{
    for (int i = 0; i < HEADS; i++)
        if (name && strcmp(heads[i]->name, name) == 0)
            return i;
    return -1;
}

lh_purpose lh_purpose_of(const lh_architecture *a)
{
    if (!a)
        return LH_FOR_TASK;
    if (lh_head_at(a->head) == &lh_head_ctc)
        return LH_FOR_READING;
    if (lh_head_at(a->head) != &lh_head_mixture)
        return LH_FOR_TASK;
    return a->kind == LH_SYNTHESIS ? LH_FOR_TEXT : LH_FOR_INK;
}

const char *lh_purpose_words(lh_purpose purpose)
{
    static const char *const words[] = {
        [LH_FOR_TEXT] = "writes texts",
        [LH_FOR_INK] = "writes of its own accord, without a text",
        [LH_FOR_READING] = "reads",
        [LH_FOR_TASK] = "has learnt an artificial task",
    };
    return (unsigned)purpose <= LH_FOR_TASK ? words[purpose] : NULL;
}

const char *lh_head_name(int head)
{
    return lh_head_at(head) ? heads[head]->name : NULL;
}
