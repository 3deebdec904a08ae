/* Any bytes as a table of signs. What it has for a character can be written. */
#include "fuzz.h"

#include "document/signs.h"

#include <stdlib.h>
#include <string.h>

enum { FINDS_MAX = 100 };

const char *const fuzz_goals[] = {"a table is read", "a replacement is found", NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    fuzz_seed_file(take, user, "assets/signs.txt");
    fuzz_seed_text(take, user, "# none\n\xe2\x80\xa6 ...\nU+2019 ' \"\"\r\nU+0300-U+036F \"\"\n");
    fuzz_seed_text(take, user, "\xc3\xa4\xc3\xb6\t\xc3\xa4 ae \"a e\"\n\n\xe2\x82\xac \"EUR \" E");
}

static void find(const lh_signs *signs, const lh_alphabet *alphabet, uint32_t codepoint)
{
    const char *found = lh_signs_find(signs, codepoint, alphabet);
    if (!found)
        return;
    fuzz_reach(1);
    for (uint32_t c; (c = lh_utf8_next(&found)) != 0;)
        if (!lh_can_write(alphabet, c))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    lh_alphabet alphabet;
    char *text = fuzz_text(data, size);
    lh_signs *signs = lh_signs_new(&error);
    if (!signs || !lh_alphabet_parse(&alphabet, " abcdefghijklmnopqrstuvwxyz.,-'"))
        abort();
    if (lh_signs_parse(signs, text, "fuzz.txt", &error) == LH_OK)
        fuzz_reach(0);
    /* Also of a table that ends in a row that is none: what was read is there. */
    const char *at = text;
    int finds = 0;
    for (uint32_t c; finds < FINDS_MAX && (c = lh_utf8_next(&at)) != 0; finds++)
        find(signs, &alphabet, c);
    for (uint32_t c = 0x2000; c < 0x2100; c++)
        find(signs, &alphabet, c);
    lh_signs_free(signs);
    free(text);
    return 0;
}
