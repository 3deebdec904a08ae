/* Paper: named sizes, rows, and how large to write on it. Rulings are drawn by the renderers. */
#include <longhand/page.h>

#include "base/need.h"
#include "page/pages.h"
#include "page/ruling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Shares of the pitch: the small letters' height, what ascenders need above the first baseline, and
 * what descenders need below the last. */
#define LETTER_SHARE 0.3f
#define ASCENT_SHARE 0.75f
#define DESCENT_SHARE 0.35f

const lh_paper lh_paper_default = {.width = 210,
                                   .height = 297,
                                   .left = 20,
                                   .top = 20,
                                   .right = 20,
                                   .bottom = 20,
                                   .pitch = 8,
                                   .colour = 0xffffff};

/* ISO 216 and 269, ANSI/ASME Y14.1, and the postcard of the Universal Postal Union. */
static const struct {
    const char *name;
    float width, height; /* mm */
} sizes[] = {
    {"a3", 297, 420},          {"a4", 210, 297},          {"a5", 148, 210},
    {"a6", 105, 148},          {"a7", 74, 105},           {"b4", 250, 353},
    {"b5", 176, 250},          {"b6", 125, 176},          {"letter", 215.9f, 279.4f},
    {"legal", 215.9f, 355.6f}, {"postcard", 148, 105},    {"envelope-dl", 220, 110},
    {"envelope-c6", 162, 114}, {"envelope-c5", 229, 162}, {"envelope-10", 241.3f, 104.8f},
};

/* mm in the unit at `text`, which is all that is there; 0: it is none. */
static float parse_unit(const char *text)
{
    static const struct {
        const char *name;
        float length;
    } units[] = {{"", 1}, {"mm", 1}, {"cm", 10}, {"in", 25.4f}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcasecmp(text, units[i].name) == 0)
            return units[i].length;
    return 0;
}

/* "120x80", "5x7in". */
static bool parse_custom(const char *text, float *width, float *height)
{
    char *end;
    float w = strtof(text, &end);
    if (end == text || (*end != 'x' && *end != 'X'))
        return false;
    text = end + 1;
    float h = strtof(text, &end), unit = parse_unit(end);
    if (end == text || !(unit > 0 && w > 0 && h > 0 && w * unit <= LH_PAPER_LONGEST &&
                         h * unit <= LH_PAPER_LONGEST))
        return false;
    *width = w * unit;
    *height = h * unit;
    return true;
}

lh_status lh_paper_set_size(lh_paper *paper, const char *name, lh_error *error)
{
    LH_NEED(error, paper && name, LH_ERROR_ARGUMENT);
    static const char turned[] = "-landscape";
    size_t length = strlen(name), tail = sizeof turned - 1;
    bool landscape = length > tail && strcasecmp(name + length - tail, turned) == 0;
    if (landscape)
        length -= tail;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (strlen(sizes[i].name) != length || strncasecmp(sizes[i].name, name, length) != 0)
            continue;
        float a = sizes[i].width, b = sizes[i].height;
        paper->width = landscape ? fmaxf(a, b) : a;
        paper->height = landscape ? fminf(a, b) : b;
        return LH_OK;
    }
    char custom[64];
    snprintf(custom, sizeof custom, "%.*s", length < 60 ? (int)length : 60, name);
    float w, h;
    if (parse_custom(custom, &w, &h)) {
        paper->width = landscape ? fmaxf(w, h) : w;
        paper->height = landscape ? fminf(w, h) : h;
        return LH_OK;
    }
    char known[256] = "";
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        snprintf(known + strlen(known), sizeof known - strlen(known), "%s, ", sizes[i].name);
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "paper \"%.40s\" is not known: there are %sany of them with -landscape, and "
                   "WIDTHxHEIGHT in mm, or with cm or in behind it (5x7in)",
                   name, known);
}

static const char *const rulings[] = {
    [LH_PLAIN] = "plain", [LH_RULED] = "ruled", [LH_SQUARED] = "squared"};

const char *lh_ruling_name(lh_ruling ruling)
{
    return rulings[ruling];
}

lh_status lh_paper_set_ruling(lh_paper *paper, const char *name, lh_error *error)
{
    LH_NEED(error, paper && name, LH_ERROR_ARGUMENT);
    for (int i = 0; i < 3; i++)
        if (strcmp(name, rulings[i]) == 0) {
            paper->ruling = (lh_ruling)i;
            return LH_OK;
        }
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "ruling \"%.40s\" is not known: there are plain, ruled and squared", name);
}

lh_status lh_paper_check(const lh_paper *paper, lh_error *error)
{
    LH_NEED(error, paper && (unsigned)paper->ruling <= LH_SQUARED, LH_ERROR_ARGUMENT);
    const float lengths[] = {paper->width, paper->height, paper->left,
                             paper->right, paper->top,    paper->bottom};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        if (!(lengths[i] >= 0 && lengths[i] <= LH_PAPER_LONGEST))
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "a length of %g mm: paper and margins have from 0 to %g mm",
                           (double)lengths[i], (double)LH_PAPER_LONGEST);
    if (!(paper->pitch > 0.5f && paper->pitch <= LH_PAPER_LONGEST))
        return lh_fail(error, LH_ERROR_ARGUMENT, "lines %g mm apart cannot be written on",
                       (double)paper->pitch);
    if (paper->width == 0 && paper->height == 0)
        return LH_OK;
    if (!(paper->width > paper->left + paper->right) ||
        !(paper->height > paper->top + paper->bottom))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "paper of %g x %g mm has no room between its margins", (double)paper->width,
                       (double)paper->height);
    return LH_OK;
}

int lh_paper_rows(const lh_paper *paper)
{
    if (!(paper && paper->pitch > 0))
        return 0;
    float room = paper->height - paper->top - paper->bottom;
    room -= (ASCENT_SHARE + DESCENT_SHARE) * paper->pitch;
    return room < 0 ? 0 : 1 + (int)floorf(room / paper->pitch + 1e-3f);
}

float lh_paper_height(const lh_paper *paper, int rows)
{
    if (!(paper && rows >= 1))
        return 0;
    return paper->top + (ASCENT_SHARE + (float)(rows - 1) + DESCENT_SHARE) * paper->pitch +
           paper->bottom;
}

float lh_paper_row(const lh_paper *paper, int row)
{
    return paper ? paper->top + (ASCENT_SHARE + (float)row) * paper->pitch : 0;
}

float lh_paper_room(const lh_paper *paper)
{
    return paper ? paper->width - paper->left - paper->right : 0;
}

float lh_paper_scale(const lh_paper *paper, float height)
{
    return paper && height > 0 ? LETTER_SHARE * paper->pitch / height : 0;
}
