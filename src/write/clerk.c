/* What a clerk has in hand: see clerk.h. */
#include "clerk.h"

#include <stdlib.h>
#include <string.h>

static lh_status set_text(lh_clerk *clerk, const int32_t *text, int count, lh_error *error)
{
    int before = clerk->start->characters;
    int32_t blank = lh_alphabet_index(&clerk->model->alphabet, ' ');
    clerk->before = before;
    clerk->characters = before + count + 1;
    clerk->text = malloc((size_t)clerk->characters * sizeof *text);
    clerk->word = calloc((size_t)count / 2 + 2, sizeof *clerk->word);
    if (!clerk->text || !clerk->word)
        return lh_fail_memory(error, "a piece of text");
    if (before > 0) {
        memcpy(clerk->text, clerk->start->text, (size_t)before * sizeof *text);
        clerk->word[clerk->words++] = (lh_clerk_word){.start = before - 1, .end = before - 1};
    }
    clerk->first = clerk->words;
    memcpy(clerk->text + before, text, (size_t)count * sizeof *text);
    clerk->text[clerk->characters - 1] = blank;
    for (int from = before; from < clerk->characters; from++) {
        int end = from;
        while (clerk->text[end] != blank)
            end++;
        clerk->word[clerk->words++] = (lh_clerk_word){.start = from, .end = end};
        from = end;
    }
    return LH_OK;
}

lh_status lh_clerk_init(lh_clerk *clerk, const lh_model *model, const lh_write_options *options,
                        const lh_start *start, const int32_t *text, int count, uint64_t index,
                        size_t offset, lh_error *error)
{
    *clerk = (lh_clerk){.model = model, .options = options, .start = start, .index = index};
    clerk->offset = offset;
    lh_draft_start(&clerk->draft, lh_network_architecture(model->network), options->keep);
    lh_draft_start(&clerk->best, lh_network_architecture(model->network), options->keep);
    lh_status status = set_text(clerk, text, count, error);
    if (status == LH_OK)
        status = lh_course_init(&clerk->course, &model->alphabet, clerk->text, clerk->characters,
                                clerk->before, error);
    if (status != LH_OK)
        lh_clerk_clear(clerk);
    else if (start->state) {
        clerk->course.pace = start->pace;
        clerk->course.known = start->known;
    }
    return status;
}

void lh_clerk_clear(lh_clerk *clerk)
{
    free(clerk->text);
    free(clerk->word);
    lh_state_free(clerk->saved);
    lh_course_clear(&clerk->course);
    lh_draft_clear(&clerk->draft);
    lh_draft_clear(&clerk->best);
    *clerk = (lh_clerk){0};
}

lh_status lh_clerk_leave(const lh_clerk *clerk, lh_start *start, lh_error *error)
{
    lh_status status =
        lh_start_from_state(start, clerk->model, clerk->saved, LH_CLERK_CHECKPOINT,
                            clerk->checkpoint.tip.x, clerk->text, clerk->characters, error);
    start->pace = lh_guard_pace(&clerk->checkpoint.guard, &clerk->course);
    start->known = clerk->checkpoint.guard.due;
    return status;
}
