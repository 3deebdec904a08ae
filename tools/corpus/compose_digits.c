/* Other numbers of the digits of a form. */
#include "composer.h"
#include "pieces.h"

enum { DIGITS = 10, KEPT = 4, CHANGES = 16 };

/* Of each digit the first few that a form has. */
typedef struct pool {
    struct {
        const aligned *from;
        cutting cut;
    } piece[DIGITS][KEPT];
    size_t count[DIGITS];
} pool;

static void fill(pool *p, const aligned *line)
{
    const char *text = line->line.text;
    cutting cut;
    for (size_t place = 0; text[place]; place++) {
        if (!take_digit(line, place, &cut))
            continue;
        const int digit = text[place] - '0';
        if (p->count[digit] < KEPT) {
            p->piece[digit][p->count[digit]].from = line;
            p->piece[digit][p->count[digit]++].cut = cut;
        }
    }
}

static size_t kinds_of(const pool *p)
{
    size_t kinds = 0;
    for (int digit = 0; digit < DIGITS; digit++)
        kinds += p->count[digit] > 0;
    return kinds;
}

/* The digit of the pool that is `steps` further than `digit`. */
static int other_digit(const pool *p, int digit, size_t steps)
{
    for (; steps > 0; steps--)
        do
            digit = (digit + 1) % DIGITS;
        while (p->count[digit] == 0);
    return digit;
}

/* Changes each digit of the line that can be, to others for each turn below kinds - 1. */
static size_t change_digits(const pool *p, size_t kinds, const aligned *line, size_t turn,
                            change *to)
{
    const char *text = line->line.text;
    cutting at;
    size_t count = 0;
    for (size_t place = 0; text[place] && count < CHANGES; place++) {
        if (!take_digit(line, place, &at))
            continue;
        const int other = other_digit(p, text[place] - '0', 1 + (turn + count) % (kinds - 1));
        const size_t which = (turn + count) % p->count[other];
        const aligned *from = p->piece[other][which].from;
        const float scale = line->height / from->height;
        to[count] = change_replacing(from, &p->piece[other][which].cut, &at, scale, scale);
        to[count].place = place;
        to[count++].sign = (char)('0' + other);
    }
    return count;
}

lh_status compose_digits(composer *c, const aligned *lines, size_t count, lh_error *error)
{
    pool p = {0};
    if (!composer_makes(c, '0'))
        return LH_OK;
    for (size_t i = 0; i < count; i++)
        fill(&p, &lines[i]);
    const size_t kinds = kinds_of(&p);
    lh_status status = LH_OK;
    for (size_t i = 0; i < count; i++)
        for (size_t turn = 0; turn + 1 < kinds && 2 * (turn + 1) <= c->each && status == LH_OK;
             turn++) {
            change changes[CHANGES];
            const size_t made = change_digits(&p, kinds, &lines[i], turn, changes);
            if (made > 0 && changes_in_order(changes, made))
                status = composer_make(c, &lines[i], changes, made, error);
        }
    return status;
}
