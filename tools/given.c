/* Options of tools: see given.h. */
#include "given.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_whole(const char *text, uint64_t most, uint64_t *value)
{
    char *end;
    errno = 0;
    *value = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0 && *value <= most;
}

static bool take(const given_option *option, const char *value)
{
    uint64_t whole = 0;
    char *end;
    switch (option->kind) {
    case GIVEN_TEXT:
        *(const char **)option->to = value;
        return true;
    case GIVEN_COUNT:
        if (!read_whole(value, SIZE_MAX, &whole))
            return false;
        *(size_t *)option->to = (size_t)whole;
        return true;
    case GIVEN_SEED:
        return read_whole(value, UINT64_MAX, option->to);
    case GIVEN_INT:
        if (!read_whole(value, INT32_MAX, &whole))
            return false;
        *(int *)option->to = (int)whole;
        return true;
    case GIVEN_NUMBER:
        *(double *)option->to = strtod(value, &end);
        return end != value && !*end && isfinite(*(double *)option->to);
    case GIVEN_FLAG:
        break;
    }
    *(bool *)option->to = true;
    return true;
}

static const given_option *find(const given_option *options, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

bool given_read(const given_option *options, size_t count, int argc, char **argv, int *files)
{
    *files = 0;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        const given_option *option = find(options, count, word);
        if (!option && word[0] != '-') {
            argv[++*files] = argv[i];
            continue;
        }
        const bool valued = option && option->kind != GIVEN_FLAG;
        if (!option || (valued && i + 1 == argc)) {
            fprintf(stderr, "%s: %s\n", word, option ? "its value is missing" : "no such option");
            return false;
        }
        const char *value = valued ? argv[++i] : NULL;
        if (!take(option, value)) {
            fprintf(stderr, "%s: not '%.100s'\n", word, value);
            return false;
        }
    }
    return true;
}
