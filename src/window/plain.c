/* From what is typed to what is written: see plain.h. */
#include "plain.h"

#include <stdlib.h>
#include <string.h>

uint32_t win_plain_letter(const lh_alphabet *alphabet, uint32_t c)
{
    static const struct {
        uint32_t fine, plain;
    } like[] = {{0x2018, '\''}, {0x2019, '\''}, {0x201c, '"'}, {0x201d, '"'}, {0x201e, '"'},
                {0x2013, '-'},  {0x2014, '-'},  {0x2010, '-'}, {0x2011, '-'}, {0x2212, '-'}};
    if (lh_can_write(alphabet, c))
        return c;
    for (size_t i = 0; i < sizeof like / sizeof *like; i++)
        if (like[i].fine == c && lh_can_write(alphabet, like[i].plain))
            return like[i].plain;
    return 0;
}

static void read_into(win_plain *p, const char *typed, const lh_alphabet *alphabet)
{
    bool blank = false; /* one is due before the next character */
    size_t size = 0, blank_byte = 0;
    const char *at = typed;
    for (const char *next = at; *at; at = next) {
        uint32_t c = lh_utf8_next(&next);
        size_t byte = (size_t)(at - typed);
        if (c == ' ' || c == '\n' || c == '\t' || c == 0xa0) {
            blank_byte = blank ? blank_byte : byte;
            blank = true;
            continue;
        }
        uint32_t letter = win_plain_letter(alphabet, c);
        if (!letter) {
            if (p->unknown++ == 0) {
                p->unknown_byte = byte;
                p->unknown_letter = c;
            }
            continue;
        }
        if (blank && p->count > 0) {
            p->byte[p->count++] = blank_byte;
            p->text[size++] = ' ';
        }
        blank = false;
        p->byte[p->count++] = byte;
        char utf8[5];
        size_t bytes = lh_utf8_encode(letter, utf8);
        memcpy(p->text + size, utf8, bytes);
        size += bytes;
    }
    if (blank && p->count > 0) {
        p->byte[p->count++] = blank_byte;
        p->text[size++] = ' ';
    }
    p->text[size] = '\0';
    p->byte[p->count] = (size_t)(at - typed);
}

bool win_plain_read(win_plain *plain, const char *typed, const lh_alphabet *alphabet)
{
    size_t size = strlen(typed);
    win_plain p = {.text = malloc(size + 1), .byte = malloc((size + 1) * sizeof *p.byte)};
    if (!p.text || !p.byte) {
        win_plain_clear(&p);
        return false;
    }
    read_into(&p, typed, alphabet);
    win_plain_clear(plain);
    *plain = p;
    return true;
}

void win_plain_clear(win_plain *plain)
{
    free(plain->text);
    free(plain->byte);
    *plain = (win_plain){0};
}
