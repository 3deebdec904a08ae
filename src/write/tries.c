/* Words accepted and words written anew: see tries.h. Every try of a word begins with the pen
 * lifted behind the word before, in the same state of the network. */
#include "tries.h"

#include "apart.h"

#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whiteboard units between two words, where the network has not said it: the pen goes on behind a
 * word that was given up. Half the words of IAM-OnDB stand further apart. */
static const double word_gap = 150;

/* Tries that came to the word's end are better than all that did not, which rank by how far they
 * came; and those that the guard let pass, which might only be misread, are better than these. */
static const double whole_word = 1e6, sound_word = 2e6;

lh_clerk_word *lh_clerk_current(lh_clerk *clerk)
{
    return &clerk->word[clerk->current];
}

bool lh_clerk_own_word(const lh_clerk *clerk)
{
    return clerk->current >= clerk->first;
}

/* How many nats of reading count as much as being wrong by a factor e in the amount of ink, when
 * the best of the tries is looked for. */
static const double nats_a_badness = 3;
/* No reading is less likely: the ink of "..." may have fewer curves than its text needs, and of
 * -infinity there is no difference. */
static const double least_reading = -1e4;

/* ---- beginning --------------------------------------------------------------------------------
 */

/* Every try of every word has a stream that only its place in the text decides. What is mended of
 * the word before has the place of the first word, and streams beside those. */
static void seed_try(lh_clerk *clerk)
{
    lh_rng text;
    lh_rng_seed(&text, clerk->options->seed, clerk->index);
    bool own = lh_clerk_own_word(clerk);
    int start = own ? lh_clerk_current(clerk)->start : clerk->before;
    uint64_t place = clerk->offset + (size_t)(start - clerk->before);
    lh_rng_seed(&clerk->rng, lh_rng_next(&text),
                place << 9 | (uint64_t)!own << 8 | (uint64_t)clerk->tries);
}

static lh_status begin_stroke_where_pen_stands(lh_clerk *clerk, lh_error *error)
{
    lh_draft_row row = {
        .point = {.x = (float)clerk->now.tip.pen_x, .y = (float)clerk->now.tip.pen_y},
        .trace = {.component = -1,
                  .character =
                      (int32_t)(clerk->offset) + lh_clerk_current(clerk)->start - clerk->before},
    };
    clerk->lifted = false;
    return lh_draft_add(&clerk->draft, &row, error);
}

lh_status lh_clerk_start_try(lh_clerk *clerk, lh_state *state, int row, lh_error *error)
{
    lh_status status = lh_state_copy(state, row, clerk->saved, LH_CLERK_CHECKPOINT, error);
    if (status != LH_OK)
        return status;
    clerk->now = clerk->checkpoint;
    clerk->draft.count = clerk->checkpoint.count;
    clerk->lifted = true;
    clerk->seam.open = false;
    lh_clerk_current(clerk)->point = clerk->draft.count;
    seed_try(clerk);
    clerk->has_candidate = false;
    if (!lh_clerk_own_word(clerk))
        return lh_clerk_save_candidate(clerk, state, row, error);
    return clerk->now.fresh ? begin_stroke_where_pen_stands(clerk, error) : LH_OK;
}

lh_status lh_clerk_save_candidate(lh_clerk *clerk, const lh_state *state, int row, lh_error *error)
{
    clerk->has_candidate = true;
    clerk->candidate = clerk->now;
    clerk->candidate.count = clerk->draft.count;
    clerk->candidate.fresh = false;
    return lh_state_copy(clerk->saved, LH_CLERK_CANDIDATE, state, row, error);
}

/* ---- ending -----------------------------------------------------------------------------------
 */

static void next_word(lh_clerk *clerk)
{
    bool own = lh_clerk_own_word(clerk);
    clerk->report.words += own;
    clerk->report.retried += own && clerk->tries > 0 && clerk->options->tries > 0;
    clerk->report.flawed += lh_clerk_current(clerk)->flawed;
    clerk->report.doubtful += lh_clerk_current(clerk)->doubtful;
    clerk->tries = 0;
    clerk->best_sound = false;
    clerk->done = ++clerk->current == clerk->words;
    if (clerk->done && clerk->start->state) {
        lh_state_free(clerk->saved);
        clerk->saved = NULL;
    }
}

/* Where the reading of the current word begins: at the word before it, whose ink it may touch or
 * run into, if that came out. */
static const lh_clerk_word *read_from(const lh_clerk *clerk)
{
    const lh_clerk_word *word = &clerk->word[clerk->current];
    return clerk->current > clerk->first && !word[-1].flawed ? word - 1 : word;
}

/* The characters of `first` to `word`, for the caller to free; NULL: no memory. */
static uint32_t *spell(const lh_clerk *clerk, const lh_clerk_word *first, const lh_clerk_word *word,
                       size_t *characters, lh_error *error)
{
    *characters = (size_t)(word->end - first->start);
    uint32_t *codepoint = calloc(*characters + 1, sizeof *codepoint);
    if (!codepoint)
        lh_fail_memory(error, "the characters of a word");
    for (size_t u = 0; codepoint && u < *characters; u++)
        codepoint[u] = clerk->model->alphabet.codepoint[clerk->text[(size_t)first->start + u]];
    return codepoint;
}

static void move_on(lh_stand *stand, double way)
{
    stand->tip.pen_x += way;
    stand->right += way;
}

/* Sets figures and capitals of the current word apart, which ended at the candidate. */
static lh_status set_apart(lh_clerk *clerk, lh_error *error)
{
    const lh_clerk_word *word = lh_clerk_current(clerk);
    lh_apart_word what = {
        .from = word->point,
        .to = clerk->candidate.count,
        .first = (int32_t)clerk->offset + word->start - clerk->before,
        .height = clerk->start->state ? (double)clerk->start->height : 0,
    };
    if (!(what.height > 0) || what.from >= what.to)
        return LH_OK;
    uint32_t *codepoint = spell(clerk, word, word, &what.characters, error);
    if (!codepoint)
        return error->status;
    what.codepoint = codepoint;
    const double way = lh_apart(&clerk->draft, &what);
    move_on(&clerk->candidate, way);
    move_on(&clerk->now, way);
    free(codepoint);
    return LH_OK;
}

/* Reads the current word over, which ended at the candidate: ln p of it, behind the word before. */
static lh_status read_word(lh_clerk *clerk, double *log_reading, lh_error *error)
{
    const lh_clerk_word *word = &clerk->word[clerk->current], *first = read_from(clerk);
    size_t characters;
    uint32_t *codepoint = spell(clerk, first, word, &characters, error);
    if (!codepoint)
        return error->status;
    const lh_proof_text read = {
        .draft = &clerk->draft,
        .from = first->point,
        .to = clerk->candidate.count,
        .codepoint = codepoint,
        .characters = characters,
        .height = clerk->start->state ? clerk->start->height : 0,
    };
    lh_status status = lh_proof_read(clerk->proof, &read, log_reading, error);
    free(codepoint);
    lh_raise(log_reading, least_reading);
    clerk->with_before = first < word ? *log_reading : -INFINITY;
    *log_reading -= first < word ? first->log_reading : 0;
    lh_lower(log_reading, 0);
    return status;
}

static lh_status read_over(lh_clerk *clerk, int *fault, double *badness, lh_error *error)
{
    double *log_reading = &lh_clerk_current(clerk)->log_reading;
    lh_status status = read_word(clerk, log_reading, error);
    if (status == LH_OK && !lh_proof_is_readable(*log_reading)) {
        *fault = LH_FAULT_MISREAD;
        *badness = -*log_reading / nats_a_badness;
    }
    return status;
}

/* The word before was read by itself, or behind another: a dash, say, tells little alone. Both
 * together are no likelier than it is beside the current one. */
static void read_before_again(lh_clerk *clerk)
{
    lh_clerk_word *before = lh_clerk_current(clerk) - 1;
    if (!clerk->proof || clerk->current <= clerk->first ||
        clerk->with_before <= before->log_reading)
        return;
    before->log_reading = clerk->with_before;
    clerk->report.doubtful -= before->doubtful;
    before->doubtful = before->doubtful && lh_proof_is_doubtful(before->log_reading);
    clerk->report.doubtful += before->doubtful;
}

/* What was written up to the candidate stands. */
static lh_status accept_word(lh_clerk *clerk, lh_error *error)
{
    lh_status status =
        lh_state_copy(clerk->saved, LH_CLERK_CHECKPOINT, clerk->saved, LH_CLERK_CANDIDATE, error);
    clerk->checkpoint = clerk->candidate;
    clerk->has_candidate = false;
    if (!lh_clerk_own_word(clerk)) { /* the ink that mended the word before is not this text's */
        lh_draft_remove(&clerk->draft, 0, clerk->checkpoint.count);
        clerk->checkpoint.count = 0;
    }
    read_before_again(clerk);
    next_word(clerk);
    if (clerk->done) {
        clerk->draft.count = clerk->checkpoint.count;
        return status;
    }
    lh_clerk_current(clerk)->point = clerk->checkpoint.count;
    seed_try(clerk);
    return status;
}

lh_status lh_clerk_end_word(lh_clerk *clerk, lh_state *state, int row, lh_error *error)
{
    lh_clerk_word *word = lh_clerk_current(clerk);
    if (!lh_clerk_own_word(clerk))
        return accept_word(clerk, error);
    lh_status moved = set_apart(clerk, error);
    if (moved != LH_OK)
        return moved;
    lh_guard judged = clerk->candidate.guard;
    int fault = lh_guard_word(&judged, &clerk->course, word->start, word->end,
                              clerk->candidate.count - word->point);
    if (fault == LH_NO_FAULT && clerk->proof) {
        lh_status status = read_over(clerk, &fault, &judged.badness, error);
        if (status != LH_OK)
            return status;
    }
    if (fault != LH_NO_FAULT) {
        clerk->now.guard = judged;
        return lh_clerk_find_fault(clerk, fault, state, row, error);
    }
    clerk->candidate.guard = judged;
    clerk->now.guard.points = judged.points;
    clerk->now.guard.due = judged.due;
    return accept_word(clerk, error);
}

/* ---- faults -----------------------------------------------------------------------------------
 */

/* Keeps the best of the tries: a whole word, or else the one that came furthest. */
static lh_status keep_best(lh_clerk *clerk, int fault, bool whole, lh_error *error)
{
    const lh_guard *guard = &clerk->now.guard;
    bool sound = fault == LH_FAULT_MISREAD;
    double rank = sound   ? sound_word - guard->badness
                  : whole ? whole_word - guard->badness
                          : guard->reached;
    if (clerk->tries > 0 && rank <= clerk->best_rank)
        return LH_OK;
    clerk->best_rank = rank;
    clerk->best.count = 0;
    clerk->best_sound = sound;
    clerk->best_log_reading = lh_clerk_current(clerk)->log_reading;
    clerk->best_with_before = clerk->with_before;
    if (sound) {
        clerk->best_end = clerk->candidate;
        clerk->best_end.guard = *guard;
        lh_status status =
            lh_state_copy(clerk->saved, LH_CLERK_BEST, clerk->saved, LH_CLERK_CANDIDATE, error);
        if (status != LH_OK)
            return status;
    }
    return lh_draft_append(&clerk->best, &clerk->draft, clerk->checkpoint.count, error);
}

/* No try reads well: the best stands, and writing goes on from its end. */
static lh_status settle(lh_clerk *clerk, lh_state *state, int row, lh_error *error)
{
    clerk->draft.count = clerk->checkpoint.count;
    lh_status status = lh_draft_append(&clerk->draft, &clerk->best, 0, error);
    if (status == LH_OK)
        status =
            lh_state_copy(clerk->saved, LH_CLERK_CANDIDATE, clerk->saved, LH_CLERK_BEST, error);
    if (status != LH_OK)
        return status;
    clerk->candidate = clerk->best_end;
    clerk->course.first = lh_clerk_current(clerk)->end + 1; /* before it, the last try was timed */
    lh_clerk_word *word = lh_clerk_current(clerk);
    word->log_reading = clerk->best_log_reading;
    clerk->with_before = clerk->best_with_before;
    word->doubtful = lh_proof_is_doubtful(word->log_reading);
    status = accept_word(clerk, error);
    return status != LH_OK || clerk->done ? status : lh_clerk_start_try(clerk, state, row, error);
}

static double right_edge(const lh_draft *draft, size_t from, double right)
{
    for (size_t i = from; i < draft->count; i++)
        lh_raise(&right, (double)draft->point[i].x);
    return right;
}

/* No try pleased: the best stands, and the clerk goes on from the last good blank as if it had just
 * written the word well. */
static lh_status give_up(lh_clerk *clerk, lh_state *state, int row, lh_error *error)
{
    lh_stand *at = &clerk->checkpoint;
    lh_clerk_word *word = lh_clerk_current(clerk);
    if (!lh_clerk_own_word(clerk)) { /* nothing to mend, then */
        next_word(clerk);
        return lh_clerk_start_try(clerk, state, row, error);
    }
    double right = at->right;
    clerk->draft.count = at->count;
    word->point = at->count;
    word->flawed = true;
    word->log_reading = 0;
    lh_status status = lh_draft_append(&clerk->draft, &clerk->best, 0, error);
    if (status != LH_OK)
        return status;
    if (clerk->draft.count > at->count)
        clerk->draft.point[clerk->draft.count - 1].end = 1;
    at->right = right_edge(&clerk->draft, at->count, right);
    at->tip.pen_x += at->right - right + (at->fresh ? word_gap : 0);
    at->fresh = false;
    at->count = clerk->draft.count;
    int moved = word->end + 1 - word->start;
    /* The window may have been beyond the word already. */
    const int reached = at->guard.reached + moved;
    at->guard.reached = reached < clerk->characters ? reached : clerk->characters;
    clerk->course.first = word->end + 1;
    lh_state_shift_kappa(clerk->saved, LH_CLERK_CHECKPOINT, moved);
    next_word(clerk);
    return clerk->done ? LH_OK : lh_clerk_start_try(clerk, state, row, error);
}

lh_status lh_clerk_find_fault(lh_clerk *clerk, int fault, lh_state *state, int row, lh_error *error)
{
    /* With ink behind its last lift the window was behind the word: all of it is there. */
    bool whole = clerk->has_candidate && lh_clerk_own_word(clerk);
    clerk->report.fault[fault]++;
    if (whole)
        clerk->draft.count = clerk->candidate.count;
    lh_status status = keep_best(clerk, fault, whole, error);
    if (status != LH_OK)
        return status;
    if (++clerk->tries > clerk->options->tries)
        return clerk->best_sound ? settle(clerk, state, row, error)
                                 : give_up(clerk, state, row, error);
    return lh_clerk_start_try(clerk, state, row, error);
}
