/* The table of heads; the first is what an lh_architecture of zeros has. */
#include "head.h"

#include <string.h>

#define LH_HEADS(ROW) ROW(mixture) ROW(softmax) ROW(ctc)

#define ROW(name) extern const lh_head lh_head_##name;
LH_HEADS(ROW)
#undef ROW
#define ROW(name) &lh_head_##name,
static const lh_head *const heads[] = {LH_HEADS(ROW)};
#undef ROW
enum { HEADS = sizeof heads / sizeof *heads };

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

const char *lh_head_name(int head)
{
    return lh_head_at(head) ? heads[head]->name : NULL;
}
