/* The marks of a piece: see marks.h. */
#include "marks.h"

#include "marking.h"

#include <math.h>

/* Whiteboard units that heights of small letters are taken to be within; and the most they lean. */
static const double height_least = 40, height_most = 300, lean_most = 1;
/* Apart from the streams of what the network draws. */
static const uint64_t marks_stream = 0x6d61726b73;

/* What was wrong with a hyphen is not with the sign in its place. */
static void forgive(marking *m, lh_clerk_word *word)
{
    m->clerk->report.flawed -= word->flawed;
    word->flawed = false;
}

/* The mark of character `u` of the piece, and what it comes to; NULL: it has none. */
static const lh_mark *mark_of(const marking *m, const uint32_t *sign, int u, uint32_t *base)
{
    const lh_clerk *clerk = m->clerk;
    const lh_mark *mark;
    const uint32_t written = clerk->model->alphabet.codepoint[clerk->text[clerk->before + u]];
    return sign[u] != written && lh_composed_find(sign[u], base, &mark) ? mark : NULL;
}

static bool is_instead(const lh_mark *mark)
{
    return mark && mark->place >= LH_MARK_INSTEAD;
}

static lh_status mark_word(marking *m, lh_clerk_word *word, const uint32_t *sign, lh_error *error)
{
    const lh_clerk *clerk = m->clerk;
    const int end = word->end - clerk->before;
    lh_status status = LH_OK;
    int run = 0;           /* characters in a hyphen's place, one behind the other */
    if (m->from == m->own) /* given up with no ink at all */
        return LH_OK;
    for (int u = word->start - clerk->before; u < end && status == LH_OK; u++) {
        uint32_t base, next;
        const lh_mark *mark = mark_of(m, sign, u, &base);
        if (!mark)
            continue;
        m->character = (int32_t)clerk->offset + u;
        status = is_instead(mark) ? marking_for_hyphen(m, mark, error)
                                  : marking_on_letter(m, base, mark, error);
        if (!is_instead(mark))
            continue;
        if (m->alone)
            forgive(m, word);
        run++;
        if (u + 1 < end && is_instead(mark_of(m, sign, u + 1, &next)))
            continue;
        if (run > 1 && status == LH_OK)
            marking_take_rest(m, run, run == word->end - word->start);
        run = 0;
    }
    return status == LH_OK ? marking_put_dots(m, word, sign, error) : status;
}

lh_status lh_marks_draw(lh_clerk *clerk, const lh_start *start, const uint32_t *sign,
                        lh_error *error)
{
    marking m = {
        .clerk = clerk,
        .draft = &clerk->draft,
        .height = fmin(fmax((double)start->height, height_least), height_most),
        .shear = fmin(fmax((double)start->lean, -lean_most), lean_most),
    };
    lh_status status = LH_OK;
    for (int i = clerk->first; i < clerk->words && status == LH_OK; i++) {
        m.from = clerk->word[i].point;
        m.to = m.own = i + 1 < clerk->words ? clerk->word[i + 1].point : clerk->draft.count;
        m.current = i;
        m.first = (int32_t)clerk->offset + clerk->word[i].start - clerk->before;
        m.alone = clerk->word[i].end - clerk->word[i].start == 1;
        lh_rng_seed(&m.rng, clerk->options->seed ^ marks_stream,
                    clerk->index << 32 ^ (clerk->offset + (size_t)clerk->word[i].start));
        status = mark_word(&m, &clerk->word[i], sign, error);
    }
    return status;
}
