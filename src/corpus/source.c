/* What walks of folders and of archives share: see source.h. */
#include "source.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *source_last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool source_is_wanted(const char *base)
{
    size_t length = strlen(base);
    return base[0] != '.' && length > 4 &&
           (strcmp(base + length - 4, ".xml") == 0 || strcmp(base + length - 4, ".txt") == 0);
}

char *source_join(const char *folder, const char *name, lh_error *error)
{
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    char *path = malloc(length + strlen(name) + 2);
    if (!path) {
        lh_fail_memory(error, "a path");
        return NULL;
    }
    memcpy(path, folder, length);
    path[length] = '/';
    memcpy(path + length + 1, name, strlen(name) + 1);
    return path;
}

lh_status source_check_budget(const source_budget *budget, uint64_t more, const char *path,
                              lh_error *error)
{
    if (budget->max_files > 0 && budget->files > budget->max_files)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: the sources hold more than %" PRIu64
                       " files; --max-files N allows more",
                       path, budget->max_files);
    if (budget->max_bytes > 0 &&
        (budget->bytes > budget->max_bytes || more > budget->max_bytes - budget->bytes))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: the sources hold more than %" PRIu64
                       " bytes when unpacked; --max-bytes N allows more",
                       path, budget->max_bytes);
    return LH_OK;
}
