/* The official splits of IAM-OnDB: their names and their lists of forms, or of lines. */
#include "splits.h"

#include "base/need.h"

#include <string.h>

static const char *const split_names[LH_SPLIT_COUNT] = {"none", "trainset", "testset_v",
                                                        "testset_t", "testset_f"};

const char *lh_split_name(lh_split split)
{
    return (unsigned)split < LH_SPLIT_COUNT ? split_names[split] : "none";
}

static bool add_split(const char *name, size_t length, unsigned *mask)
{
    if (length == 3 && strncmp(name, "all", 3) == 0) {
        *mask |= (1u << LH_SPLIT_COUNT) - 1;
        return true;
    }
    for (int split = 0; split < LH_SPLIT_COUNT; split++) {
        if (strlen(split_names[split]) == length &&
            strncmp(name, split_names[split], length) == 0) {
            *mask |= 1u << split;
            return true;
        }
    }
    return false;
}

lh_status lh_split_parse(const char *text, unsigned *mask, lh_error *error)
{
    LH_NEED(error, text && mask, LH_ERROR_ARGUMENT);
    unsigned found = 0;
    for (const char *name = text;; name++) {
        size_t length = strcspn(name, ",");
        if (!add_split(name, length, &found))
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "no split '%.*s'; there are trainset, testset_v, testset_t, testset_f, "
                           "none and all",
                           length < 64 ? (int)length : 64, name);
        name += length;
        if (!*name)
            break;
    }
    *mask = found;
    return LH_OK;
}

lh_split split_of_list(const char *file)
{
    size_t length = strlen(file);
    for (int split = LH_SPLIT_TRAIN; split < LH_SPLIT_COUNT; split++) {
        size_t stem = strlen(split_names[split]);
        if (length == stem + 4 && strncmp(file, split_names[split], stem) == 0 &&
            strcmp(file + stem, ".txt") == 0)
            return (lh_split)split;
    }
    return LH_SPLIT_NONE;
}

/* Moves *name behind the folders of a path that ends at `end`; returns how long it is then, without
 * the ending of a line file. */
static size_t pass_path(const char **name, const char *end)
{
    static const char ending[] = ".xml";
    for (const char *c = *name; c + 1 < end; c++)
        if (*c == '/')
            *name = c + 1;
    const size_t length = (size_t)(end - *name), tail = strlen(ending);
    return length > tail && strncmp(end - tail, ending, tail) == 0 ? length - tail : length;
}

lh_status split_read_list(names *forms, lh_split split, const char *data, size_t *doubles,
                          lh_error *error)
{
    static const char blank[] = " \t\r\n\v\f";
    for (data += strspn(data, blank); *data; data += strspn(data, blank)) {
        const size_t length = strcspn(data, blank);
        const char *name = data;
        const size_t stem = pass_path(&name, data + length);
        size_t *known = names_find(forms, name, stem);
        if (known && *known != (size_t)split)
            ++*doubles;
        lh_status status = known ? LH_OK : names_add(forms, name, stem, (size_t)split, error);
        if (status != LH_OK)
            return status;
        data += length;
    }
    return LH_OK;
}
