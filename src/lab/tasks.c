/* The table of tasks. */
#include "task.h"

#include <string.h>

#define LH_TASKS(ROW) \
    ROW(sine) ROW(latch) ROW(adding) ROW(order) ROW(copy) ROW(copies) ROW(repeat) ROW(recall)

#define ROW(name) extern const lh_task lh_task_##name;
LH_TASKS(ROW)
#undef ROW
#define ROW(name) &lh_task_##name,
static const lh_task *const tasks[] = {LH_TASKS(ROW)};
#undef ROW
enum { TASKS = sizeof tasks / sizeof *tasks };

const lh_task *lh_task_at(int index)
{
    return index >= 0 && index < TASKS ? tasks[index] : NULL;
}

const lh_task *lh_task_find(const char *name)
{
    for (int i = 0; name && i < TASKS; i++)
        if (strcmp(tasks[i]->name, name) == 0)
            return tasks[i];
    return NULL;
}
