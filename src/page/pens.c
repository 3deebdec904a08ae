/* The inks of pages: see pens.h. */
#include "page/pens.h"

#include <stdlib.h>

void lh_pens_free(lh_pens *pens)
{
    free(pens->colour);
    *pens = (lh_pens){0};
}

bool lh_pen_draws(uint32_t colour, const lh_page_line *line)
{
    return line->ink->count > 0 && (line->placing.colour & 0xffffff) == colour;
}

static lh_status add_pen(lh_pens *pens, uint32_t colour, lh_error *error)
{
    for (size_t i = 0; i < pens->count; i++)
        if (pens->colour[i] == colour)
            return LH_OK;
    if ((pens->count & (pens->count - 1)) == 0) { /* full at each power of two */
        const size_t room = pens->count ? 2 * pens->count : 1;
        uint32_t *larger = realloc(pens->colour, room * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "the inks of a drawing");
        pens->colour = larger;
    }
    pens->colour[pens->count++] = colour;
    return LH_OK;
}

lh_status lh_pens_find(lh_pens *pens, const lh_page *const *pages, size_t count, lh_error *error)
{
    *pens = (lh_pens){0};
    lh_status status = LH_OK;
    for (size_t i = 0; i < count; i++)
        for (size_t row = 0; row < lh_page_count(pages[i]) && status == LH_OK; row++) {
            const lh_page_line line = lh_page_get(pages[i], row);
            if (line.ink->count > 0)
                status = add_pen(pens, line.placing.colour & 0xffffff, error);
        }
    return status;
}

static bool is_on(uint32_t colour, const lh_page *page)
{
    bool found = false;
    for (size_t row = 0; row < lh_page_count(page) && !found; row++) {
        const lh_page_line line = lh_page_get(page, row);
        found = lh_pen_draws(colour, &line);
    }
    return found;
}

bool lh_pens_next(const lh_pens *pens, const lh_page *page, size_t loaded, size_t *position,
                  size_t *pen)
{
    while (*position < pens->count) {
        const size_t i = (*position)++;
        *pen = i == 0 ? loaded : i <= loaded ? i - 1 : i;
        if (pens->count == 1 || is_on(pens->colour[*pen], page))
            return true;
    }
    return false;
}

char *lh_pen_name(uint32_t colour, char name[LH_PEN_NAME])
{
    static const char *const names[] = {"black", "blue", "red", "green", "grey", "brown"};
    snprintf(name, LH_PEN_NAME, "#%06x", (unsigned)colour);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t known;
        if (lh_colour_parse(names[i], &known, NULL) == LH_OK && known == colour)
            snprintf(name, LH_PEN_NAME, "%s", names[i]);
    }
    return name;
}
