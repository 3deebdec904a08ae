/* Letters that stand on the line: see feet.h. */
#include "feet.h"
#include "base/extremes.h"

#include <math.h>
#include <string.h>

/* Letters of a word that are looked at. */
enum { FEET = 32 };

/* Whiteboard units: how far below the line feet of letters reach in ink that is levelled by all its
 * points; the mean over 272 words in eight hands. */
static const float below = 6.5f;

/* Does the letter stand on the line in whatever hand? Then it has no tail below it. */
static bool stands(uint32_t letter)
{
    bool small = letter >= 'a' && letter <= 'z', capital = letter >= 'A' && letter <= 'Z';
    return (small || capital) && !strchr("fgjpqyzJQ", (int)letter);
}

static float median(float *value, int count)
{
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && value[j] < value[j - 1]; j--) {
            float swap = value[j];
            value[j] = value[j - 1];
            value[j - 1] = swap;
        }
    return count % 2 ? value[count / 2] : (value[count / 2 - 1] + value[count / 2]) / 2;
}

/* The lowest of a word's points, from..to-1, where character `at` of the window's text stands on
 * the line; -INFINITY: nowhere. The window is at the next letter before the pen has come down all
 * the way, so the way up from the letter before is not looked at, and the way down is until it
 * turns.
 */
static float foot_of(const lh_clerk *clerk, size_t from, size_t to, int at)
{
    const lh_draft *draft = &clerk->draft;
    const lh_point *point = draft->point;
    const int32_t character = at + (int)clerk->offset - clerk->before;
    size_t i = from, last;
    while (i < to && lh_draft_trace(draft, i)->character != character)
        i++;
    for (last = i; last + 1 < to && lh_draft_trace(draft, last + 1)->character == character;)
        last++;
    if (i > from && !point[i - 1].end)
        while (i < last && point[i + 1].y < point[i].y)
            i++;
    while (last + 1 < to && !point[last].end && point[last + 1].y > point[last].y)
        last++;
    float lowest = -INFINITY;
    for (; i < to && i <= last; i++)
        lh_raisef(&lowest, point[i].y);
    return lowest;
}

static size_t word_end(const lh_clerk *clerk, int word)
{
    return word + 1 < clerk->words ? clerk->word[word + 1].point : clerk->draft.count;
}

/* How high the line is below a word; NAN: no letter tells. */
static float line_of(const lh_clerk *clerk, int index)
{
    const lh_clerk_word *word = &clerk->word[index];
    float foot[FEET];
    int feet = 0;
    for (int u = word->start; u < word->end && feet < FEET; u++) {
        if (!stands(clerk->model->alphabet.codepoint[clerk->text[u]]))
            continue;
        foot[feet] = foot_of(clerk, word->point, word_end(clerk, index), u);
        feet += isfinite(foot[feet]);
    }
    return feet > 0 ? median(foot, feet) - below : NAN;
}

bool lh_feet_level(lh_clerk *clerk)
{
    float line = NAN;
    for (int i = clerk->first; i < clerk->words && isnan(line); i++)
        line = line_of(clerk, i);
    if (isnan(line))
        return false;
    for (int i = clerk->first; i < clerk->words; i++) {
        float own = line_of(clerk, i);
        line = isnan(own) ? line : own;
        for (size_t k = clerk->word[i].point; k < word_end(clerk, i); k++)
            clerk->draft.point[k].y -= line;
    }
    return true;
}
