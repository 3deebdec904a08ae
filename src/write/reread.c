/* Words read again: see reread.h. */
#include "reread.h"

#include "composed.h"

static bool is_marked(const lh_clerk *clerk, const lh_clerk_word *word, const uint32_t *sign)
{
    if (word->dotted)
        return true;
    for (int u = word->start; u < word->end; u++)
        if (sign[u - clerk->before] != clerk->model->alphabet.codepoint[clerk->text[u]])
            return true;
    return false;
}

/* Is it one sign that the pen draws instead of what the network wrote? Its shape is always the
 * same, and without letters beside it the reader has nothing to tell its size by: what it says is
 * of the reader, not of the writing. */
static bool is_lone_sign(const lh_clerk_word *word, const uint32_t *codepoint)
{
    uint32_t base;
    const lh_mark *mark;
    return word->end - word->start == 1 && lh_composed_find(*codepoint, &base, &mark) &&
           mark->place >= LH_MARK_INSTEAD;
}

static lh_status read_word(lh_clerk *clerk, int index, lh_proof *proof, const lh_start *start,
                           const uint32_t *sign, lh_error *error)
{
    lh_clerk_word *word = &clerk->word[index];
    const lh_proof_text read = {
        .draft = &clerk->draft,
        .from = word->point,
        .to = index + 1 < clerk->words ? word[1].point : clerk->draft.count,
        .codepoint = sign + (word->start - clerk->before),
        .characters = (size_t)(word->end - word->start),
        .height = start->height,
    };
    double log_reading;
    lh_status status = lh_proof_read(proof, &read, &log_reading, error);
    if (status == LH_OK && log_reading < 0) { /* else the reader does not know its signs */
        word->log_reading = log_reading;
        clerk->report.doubtful -= word->doubtful;
        word->doubtful = lh_proof_is_doubtful(log_reading);
        clerk->report.doubtful += word->doubtful;
    }
    return status;
}

lh_status lh_reread_marked(lh_clerk *clerk, const lh_start *start, const uint32_t *sign,
                           lh_error *error)
{
    lh_proof *proof = NULL;
    lh_status status = LH_OK;
    for (int i = clerk->first; clerk->options->reader && i < clerk->words && status == LH_OK; i++) {
        const lh_clerk_word *word = &clerk->word[i];
        const size_t end = i + 1 < clerk->words ? word[1].point : clerk->draft.count;
        if (word->flawed || end == word->point || !is_marked(clerk, word, sign) ||
            is_lone_sign(word, sign + (word->start - clerk->before)))
            continue;
        if (!proof && !(proof = lh_proof_new(clerk->options->reader, error)))
            status = error->status;
        else
            status = read_word(clerk, i, proof, start, sign, error);
    }
    lh_proof_free(proof);
    return status;
}
