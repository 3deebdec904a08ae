/* Ink made by hand, for marks to be drawn on: see marks_piece.h. */
#include "marks_piece.h"

#include "check.h"

#include "write/composed.h"

#include <stdlib.h>

lh_error error;

static const lh_write_options options = {.bias = 1, .seed = 3};
static const lh_architecture architecture = {
    .kind = LH_SYNTHESIS, .layers = 1, .cells = 4, .mixtures = 1, .windows = 1, .alphabet = 60};

void piece_start(piece *p, const char *signs)
{
    *p = (piece){.start = {.height = X_HEIGHT, .lean = 0}};
    assert_true(lh_alphabet_parse(
        &p->model.alphabet, " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.,'0123456789"));
    p->clerk = (lh_clerk){
        .model = &p->model, .options = &options, .word = p->word, .text = p->index, .offset = 7};
    char *bases = lh_composed_bases(signs, &p->model.alphabet, false);
    const char *base = bases;
    int n = 0, word = 0;
    for (uint32_t c; (c = lh_utf8_next(&signs)) != 0; n++) {
        p->sign[n] = c;
        p->index[n] = lh_alphabet_index(&p->model.alphabet, lh_utf8_next(&base));
        assert_true(p->index[n] >= 0);
        if (c != ' ' && (n == 0 || p->sign[n - 1] == ' '))
            p->word[word++].start = n;
        if (c != ' ')
            p->word[word - 1].end = n + 1;
    }
    free(bases);
    p->index[n] = lh_alphabet_index(&p->model.alphabet, ' ');
    p->clerk.characters = n + 1;
    p->clerk.words = word;
    lh_draft_start(&p->clerk.draft, &architecture, 0);
}

void piece_clear(piece *p)
{
    lh_draft_clear(&p->clerk.draft);
}

void begin_word(piece *p, int word)
{
    p->word[word].point = p->clerk.draft.count;
}

void add_stroke(piece *p, int on, int late, int count, double x0, double y0, double x1, double y1)
{
    for (int i = 0; i < count; i++) {
        const double t = (double)i / (count - 1);
        lh_draft_row row = {
            .point = {.x = (float)(x0 + t * (x1 - x0)),
                      .y = (float)(y0 + t * (y1 - y0)),
                      .end = i + 1 == count},
            .trace = {.component = 1, .character = 7 + on + (i >= late)},
        };
        check_ok(lh_draft_add(&p->clerk.draft, &row, &error), &error);
    }
}

void add_letter(piece *p, int on, double high)
{
    const double left = 100 * on, top = -high * X_HEIGHT;
    add_stroke(p, on, 12, 12, left, top, left + 60, 0);
}

void draw(piece *p)
{
    check_ok(lh_marks_draw(&p->clerk, &p->start, p->sign, &error), &error);
}

lh_box box(const piece *p, size_t from, size_t to)
{
    assert_true(from < to && to <= p->clerk.draft.count);
    const lh_ink view = {.points = p->clerk.draft.point + from, .count = to - from};
    return lh_ink_bounds(&view);
}

double middle(const lh_box *b)
{
    return ((double)b->left + b->right) / 2;
}

lh_box mark_behind(const piece *p, int word, size_t own)
{
    const size_t from = p->word[word].point + own;
    const size_t to = word + 1 < p->clerk.words ? p->word[word + 1].point : p->clerk.draft.count;
    for (size_t i = from; i < to; i++)
        assert_int_equal(lh_draft_trace(&p->clerk.draft, i)->component, -1);
    assert_true(p->clerk.draft.point[to - 1].end);
    return box(p, from, to);
}
