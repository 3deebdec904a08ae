/* Any bytes as a text to write and, behind a NUL, as a table of signs for it. */
#include "fuzz.h"

#include "document/manuscript.h"
#include "document/signs.h"

#include <stdlib.h>
#include <string.h>

const char *const fuzz_goals[] = {"a text is read",
                                  "a manner is set",
                                  "a sign is replaced",
                                  "a sign is left out",
                                  "an item of a list is read",
                                  "a word is underlined",
                                  NULL};

#define SEED(text) take(user, text, sizeof text - 1)

void fuzz_seeds(fuzz_take *take, void *user)
{
    SEED(
        "a word\tand another  \n\n    indented, and \\\nmore\fa page\r\nand on\xe2\x80\xa9the end");
    SEED("@style anna\n@bias 0.5\n@ink #20409a\nin blue\n@page\n@@at\n@reset\nas before\n");
    SEED("don\xe2\x80\x99t \xe2\x80\xa6 e\xcc\x81 \xc3\xbc\0\xe2\x80\x99 '\n\xe2\x80\xa6 ...\n");
    SEED("- an item\n  of two rows\n1. [ ] b\n[x]\tc\n@heading a @_b\tc_@ d\n@right\ne   "
         "f\n\n@align centre\n"
         "@size 2\n@@_g_@");
    SEED("\xef\xbb\xbfone \xe4\xb8\x80 two");
}

/* A list's mark has words behind it, and each word is underlined or not. */
static void check_marks(const lh_passage *p)
{
    size_t words = 1, underlined = 0;
    for (const char *c = p->text; *c; c++)
        words += *c == ' ';
    if (p->hangs && (p->mark < 0 || (size_t)p->mark >= words))
        abort();
    for (size_t i = 0; p->underlined && i < words; i++)
        underlined += p->underlined[i];
    if (p->hangs)
        fuzz_reach(4);
    if (underlined > 0)
        fuzz_reach(5);
}

/* What comes out of a manuscript can be written, whatever went in. */
static void check_passages(const lh_manuscript *m, const lh_alphabet *alphabet)
{
    for (size_t i = 0; i < m->passages; i++) {
        const char *text = m->passage[i].text;
        size_t length = strlen(text);
        if (length == 0 || text[0] == ' ' || text[length - 1] == ' ' || strstr(text, "  ") ||
            m->passage[i].manner >= m->manners)
            abort();
        for (uint32_t c; (c = lh_utf8_next(&text)) != 0;)
            if (!lh_can_write(alphabet, c))
                abort();
        if (m->passage[i].manner > 0)
            fuzz_reach(1);
        check_marks(&m->passage[i]);
    }
}

static void read_manuscript(const char *text, const lh_signs *signs, int how)
{
    lh_alphabet alphabet;
    lh_error error;
    lh_manuscript m;
    const lh_manuscript_options options = {.alphabet = &alphabet,
                                           .signs = signs,
                                           .reflow = how & 1,
                                           .skip_unknown = how & 2,
                                           .bare = how & 4};
    if (!lh_alphabet_parse(&alphabet, " abcdefghijklmnopqrstuvwxyz.,-'"))
        abort();
    if (lh_manuscript_read(&m, text, &options, &error) == LH_OK) {
        check_passages(&m, &alphabet);
        fuzz_reach(0);
        if (signs && strstr(text, "\xe2\x80\xa6"))
            fuzz_reach(2);
        if (m.skipped.count > 0)
            fuzz_reach(3);
    }
    lh_manuscript_clear(&m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    char *text = fuzz_text(data, size);
    size_t length = strlen(text);
    lh_signs *signs = lh_signs_new(&error);
    if (!signs)
        abort();
    bool with_signs =
        length < size && lh_signs_parse(signs, text + length + 1, "fuzz.txt", &error) == LH_OK;
    for (int how = 0; how < 8; how++)
        read_manuscript(text, with_signs ? signs : NULL, how);
    lh_signs_free(signs);
    free(text);
    return 0;
}
