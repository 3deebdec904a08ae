/* X from x and Z from z. */
#include "composer.h"
#include "pieces.h"

#include <ctype.h>
#include <stdlib.h>

enum { SMALL = 2, APART = 5 }; /* small letters put into a line, and characters between them */

/* Height of a capital, of small letters. */
static const float CAPITAL = 1.7F;

/* Makes a capital of the letter, in the place of one or, where the line has none, of a small letter
 * that begins a word. False: it has neither. */
static bool put_capital(const aligned *line, const aligned *from, const cutting *letter, change *to)
{
    const float height = letter->box.bottom - letter->box.top;
    cutting at;
    size_t place;
    const bool capital = take_first(line, take_capital, &place, &at);
    if (!capital && !take_first(line, take_initial, &place, &at))
        return false;
    const float high = (capital ? at.box.bottom - at.box.top : CAPITAL * line->height) / height;
    *to = change_replacing(from, letter, &at, 0.9F * high, high);
    to->place = place;
    return true;
}

/* Puts the letter, as it is, where small letters are, up to twice and not beside `but`. */
static size_t put_small(const aligned *line, const aligned *from, const cutting *letter, size_t but,
                        change *to)
{
    const char *text = line->line.text;
    const float scale = line->height / from->height;
    size_t count = 0, next = 0;
    cutting at;
    for (size_t place = 0; text[place] && count < SMALL; place++) {
        if (place < next || (place + 1 >= but && place <= but + 1) || !take_small(line, place, &at))
            continue;
        to[count] = change_replacing(from, letter, &at, scale, scale);
        to[count++].place = place;
        next = place + APART;
    }
    return count;
}

static int by_place(const void *a, const void *b)
{
    const size_t left = ((const change *)a)->place, right = ((const change *)b)->place;
    return left < right ? -1 : left > right;
}

/* Puts the letter of `from` into up to `each` lines of the form, as a capital and as it is. */
static lh_status use_letter(composer *c, const aligned *line, size_t lines, const aligned *from,
                            const cutting *letter, char sign, lh_error *error)
{
    const size_t start = c->forms.count; /* so that not all letters go into the first lines */
    size_t made = 0;
    lh_status status = LH_OK;
    for (size_t i = 0; i < lines && made < c->each && status == LH_OK; i++) {
        const aligned *into = &line[(start + i) % lines];
        change changes[1 + SMALL];
        if (!put_capital(into, from, letter, changes))
            continue;
        changes[0].sign = (char)toupper((unsigned char)sign);
        const size_t count = 1 + put_small(into, from, letter, changes[0].place, changes + 1);
        for (size_t k = 1; k < count; k++)
            changes[k].sign = sign;
        qsort(changes, count, sizeof *changes, by_place);
        if (!changes_in_order(changes, count))
            continue;
        status = composer_make(c, into, changes, count, error);
        made++;
    }
    return status;
}

lh_status compose_letters(composer *c, const aligned *lines, size_t count, lh_error *error)
{
    lh_status status = LH_OK;
    cutting letter;
    for (size_t i = 0; i < count; i++) {
        const char *text = lines[i].line.text;
        for (size_t place = 0; text[place] && status == LH_OK; place++)
            if (composer_makes(c, (char)toupper((unsigned char)text[place])) &&
                take_letter(&lines[i], place, &letter))
                status = use_letter(c, lines, count, &lines[i], &letter, text[place], error);
    }
    return status;
}
