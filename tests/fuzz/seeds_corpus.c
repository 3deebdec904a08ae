/* Writes small corpus files to the folder given, for fuzz_corpus to begin with. */
#include "corpus/pack.h"

#include <stdlib.h>

enum { MOST_LINES = 4 };

static lh_status write_seed(const char *folder, size_t count, lh_error *error)
{
    static const char *const name[MOST_LINES] = {"a01-000u-01", "a01-000u-02", "b", "c"};
    static const char *const text[MOST_LINES] = {"ab", NULL, "", "\xc3\xa9"};
    lh_point points[] = {{0, 0, 0, 0}, {1, 2, 0.5f, 1}, {3, 4, 1, 1}};
    lh_ink ink = {points, 3, 3};
    pack_line line[MOST_LINES];
    lh_alphabet alphabet = {0};
    char path[4096];
    for (size_t i = 0; i < count; i++)
        line[i] = (pack_line){name[i], i % 2 ? "10027" : "", text[i], (lh_split)i, &ink};
    lh_alphabet_parse(&alphabet, "ab\xc3\xa9");
    snprintf(path, sizeof path, "%s/%zu", folder, count);
    return pack_write(line, count, (lh_scale){2, 1}, &alphabet, "{}", path, error);
}

int main(int argc, char **argv)
{
    lh_error error = {LH_ERROR_ARGUMENT, "which folder?"};
    lh_status status = argc == 2 ? LH_OK : LH_ERROR_ARGUMENT;
    for (size_t count = 0; status == LH_OK && count <= MOST_LINES; count++)
        status = write_seed(argv[1], count, &error);
    if (status == LH_OK)
        return EXIT_SUCCESS;
    fprintf(stderr, "seeds_corpus: %s\n", error.message);
    return EXIT_FAILURE;
}
