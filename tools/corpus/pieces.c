/* Characters that can be taken out of a line or replaced in it: see pieces.h. */
#include "pieces.h"

#include "cross.h"

#include <ctype.h>
#include <string.h>

/* Capitals that stand on the line and end there. */
static const char replaced[] = "ABCDEFHIKLMNOPRSTUVW";
/* Small letters without ascender and descender. */
static const char level[] = "acemnorsuvw";

static bool strokes_cross(const lh_point *points, size_t count)
{
    size_t second = 0;
    while (second < count && !points[second].end)
        second++;
    for (size_t i = 0; i < second; i++)
        for (size_t k = second + 1; k + 1 < count; k++)
            if (steps_cross(points + i, points + k))
                return true;
    return false;
}

/* Does the pen go to the right above, back to the left, and to the right below? */
static bool zigzags(const lh_point *points, const cutting *cut)
{
    const float far = 0.5F * (cut->box.right - cut->box.left),
                middle = 0.5F * (cut->box.top + cut->box.bottom);
    const lh_point *first = points + cut->first, *last = points + cut->end - 1;
    for (const lh_point *corner = first; corner < last; corner++) {
        if (corner->x - first->x < far || corner->y > middle)
            continue;
        for (const lh_point *turn = corner + 1; turn < last; turn++)
            if (corner->x - turn->x > far && last->x - turn->x > far && turn->y > middle)
                return true;
    }
    return false;
}

bool take_letter(const aligned *line, size_t place, cutting *cut)
{
    const char letter = line->line.text[place];
    if ((letter != 'x' && letter != 'z') || !align_cut(line, place, cut))
        return false;
    const float width = cut->box.right - cut->box.left, height = cut->box.bottom - cut->box.top;
    if (height < 0.5F * line->height || height > 1.8F * line->height || width < 0.3F * height ||
        width > 2 * height)
        return false;
    const lh_point *points = line->line.points;
    return letter == 'x'
               ? cut->strokes == 2 && strokes_cross(points + cut->first, cut->end - cut->first)
               : zigzags(points, cut);
}

static lh_box stroke_box(const lh_point *points, size_t first, size_t end)
{
    const lh_ink stroke = {(lh_point *)points + first, end - first, 0};
    return lh_ink_bounds(&stroke);
}

/* Do the strokes before and behind the cut ones keep to their sides? Else they are likely to be of
 * them, and the window was early or late. */
static bool stands_alone(const aligned *line, const cutting *cut)
{
    const lh_point *points = line->line.points;
    const float width = cut->box.right - cut->box.left;
    size_t before = cut->first, behind = cut->end;
    while (before > 0 && (before == cut->first || !points[before - 1].end))
        before--;
    while (behind < line->line.count && (behind == cut->end || !points[behind - 1].end))
        behind++;
    return (cut->first == 0 ||
            stroke_box(points, before, cut->first).right < cut->box.left + 0.3F * width) &&
           (cut->end == line->line.count ||
            stroke_box(points, cut->end, behind).left > cut->box.right - 0.3F * width);
}

bool take_capital(const aligned *line, size_t place, cutting *cut)
{
    const char *text = line->line.text;
    return strchr(replaced, text[place]) && (place == 0 || text[place - 1] == ' ') &&
           islower((unsigned char)text[place + 1]) && align_cut(line, place, cut) &&
           cut->box.bottom - cut->box.top > 1.2F * line->height && stands_alone(line, cut);
}

bool take_small(const aligned *line, size_t place, cutting *cut)
{
    if (!strchr(level, line->line.text[place]) || !align_cut(line, place, cut))
        return false;
    const float height = cut->box.bottom - cut->box.top;
    return height > 0.6F * line->height && height < 1.5F * line->height && stands_alone(line, cut);
}

bool take_initial(const aligned *line, size_t place, cutting *cut)
{
    const char *text = line->line.text;
    return (place == 0 || text[place - 1] == ' ') && islower((unsigned char)text[place + 1]) &&
           take_small(line, place, cut);
}

bool take_bar(const aligned *line, size_t place, cutting *cut)
{
    if (!strchr("Il1", line->line.text[place]) || !align_cut(line, place, cut) || cut->strokes != 1)
        return false;
    const float width = cut->box.right - cut->box.left, height = cut->box.bottom - cut->box.top;
    return height > 1.2F * line->height && width < 0.3F * height;
}

bool take_stop(const aligned *line, cutting *cut)
{
    const lh_point *points = line->line.points;
    const char *text = line->line.text;
    const size_t end = line->line.count;
    size_t first = end - 1;
    while (first > 0 && !points[first - 1].end)
        first--;
    const lh_ink ink = {(lh_point *)points + first, end - first, 0},
                 before = {(lh_point *)points, first, 0};
    *cut = (cutting){first, end, 1, lh_ink_bounds(&ink)};
    return text[strlen(text) - 1] == '.' && first > 1 &&
           cut->box.right - cut->box.left < 0.3F * line->height &&
           cut->box.bottom - cut->box.top < 0.3F * line->height &&
           cut->box.left > lh_ink_bounds(&before).right - line->height;
}

bool take_digit(const aligned *line, size_t place, cutting *cut)
{
    if (!isdigit((unsigned char)line->line.text[place]) || !align_cut(line, place, cut))
        return false;
    const float height = cut->box.bottom - cut->box.top;
    return height > 0.8F * line->height && height < 2.6F * line->height && stands_alone(line, cut);
}

/* Are most of the stroke's points written while the window is on character `place` or beside it? */
static bool is_about(const aligned *line, size_t first, size_t end, size_t place)
{
    size_t about = 0;
    for (size_t i = first; i < end; i++)
        about += (size_t)line->on[i] + 1 >= place && (size_t)line->on[i] <= place + 1;
    return 10 * about > 7 * (end - first);
}

bool take_comma(const aligned *line, size_t place, cutting *cut)
{
    const char *text = line->line.text;
    if (text[place] != ',' || place == 0 || (text[place + 1] && text[place + 1] != ' '))
        return false;
    const lh_ink whole = {(lh_point *)line->line.points, line->line.count, 0};
    const lh_baseline base = lh_ink_baseline(&whole);
    const lh_point *stroke;
    size_t position = 0, count, found = 0;
    while (lh_ink_next_stroke(&whole, &position, &stroke, &count)) {
        const size_t first = (size_t)(stroke - whole.points), end = first + count;
        const lh_box box = stroke_box(whole.points, first, end);
        const float below = box.top - (base.offset + base.slope * box.left);
        if (!is_about(line, first, end, place) || box.right - box.left > 0.6F * line->height ||
            box.bottom - box.top < 0.15F * line->height || box.bottom - box.top > line->height ||
            below < -0.5F * line->height)
            continue;
        *cut = (cutting){first, end, 1, box};
        found++;
    }
    return found == 1 && stands_alone(line, cut);
}

bool take_first(const aligned *line, bool take(const aligned *line, size_t place, cutting *cut),
                size_t *place, cutting *cut)
{
    for (*place = 0; line->line.text[*place]; ++*place)
        if (take(line, *place, cut))
            return true;
    return false;
}
