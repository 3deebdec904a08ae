/* Words to rows, by the rules that documents have: see sheet.h. The text's passages are set out as
 * those of a document are (document/layout.h), in pixels instead of millimetres, and only from the
 * row on that may change. */
#include "sheet.h"

#include "document/indents.h"
#include "document/layout.h"

#include <stdlib.h>
#include <string.h>

/* Pixels: a word wider than the rows may come so near to the edge of the paper. */
static const float edge = 3;

/* What is set out: passages, or the rest of one, and their words on the sheet. */
typedef struct setting {
    lh_passage *passage;
    lh_written *view;
    const lh_written **written;
    float *scale;
    size_t *word, *index; /* their first words; which of the text's passages they are */
    size_t count;
} setting;

static void free_setting(setting *set)
{
    free(set->passage);
    free(set->view);
    free(set->written);
    free(set->scale);
    free(set->word);
    free(set->index);
}

static bool make_setting(setting *set, size_t most)
{
    *set = (setting){.passage = calloc(most, sizeof *set->passage),
                     .view = calloc(most, sizeof *set->view),
                     .written = calloc(most, sizeof *set->written),
                     .scale = calloc(most, sizeof *set->scale),
                     .word = calloc(most, sizeof *set->word),
                     .index = calloc(most, sizeof *set->index)};
    return set->passage && set->view && set->written && set->scale && set->word && set->index;
}

/* ---- where to begin ---------------------------------------------------------------------------
 */

static bool begins_row(const win_sheet *s, size_t line)
{
    return line == 0 || s->line[line].row != s->line[line - 1].row;
}

/* The line from which all is set out again when words from `word` on are others: that of the word
 * before, which has a row of its own and does not stand at the right margin with others. */
static size_t first_line(const win_sheet *s, size_t word, const win_plain *plain)
{
    size_t line = s->lines;
    while (line > 0 && s->line[line - 1].word >= word)
        line--;
    line -= line > 0;
    for (; line > 0; line--) {
        const win_line *l = &s->line[line];
        if (plain && l->passage >= plain->from.passages)
            continue;
        if (begins_row(s, line) && !(plain && plain->from.passage[l->passage].block))
            break;
    }
    return line;
}

/* The rest of a passage that goes on in a row of its own. */
static lh_passage rest_of(lh_passage passage)
{
    passage.rows = 1;
    passage.indent = passage.tabs = passage.blanks = 0;
    passage.block = passage.hangs = false;
    return passage;
}

/* A form feed is an empty row: the paper has no end. */
static lh_passage without_pages(lh_passage passage)
{
    passage.rows += passage.page;
    passage.page = false;
    return passage;
}

static void add(setting *set, const win_sheet *s, lh_ink *ink, lh_passage passage, size_t index,
                size_t from, size_t to)
{
    size_t i = set->count++;
    set->passage[i] = passage;
    set->view[i] = (lh_written){.ink = ink, .word = s->word + from, .words = to - from};
    set->written[i] = &set->view[i];
    set->scale[i] = win_sheet_scale(s);
    set->word[i] = from;
    set->index[i] = index;
}

/* What stands from word `from` on, which begins line `line`. */
static void gather(setting *set, const win_sheet *s, lh_ink *ink, const win_plain *plain,
                   size_t line, size_t from)
{
    static const lh_passage alone = {.rows = 1};
    size_t at = 0, passages = plain ? plain->from.passages : 0;
    while (at + 1 < passages && plain->first[at + 1] <= from)
        at++;
    for (size_t i = at; from < s->words && (i < passages || i == at); i++) {
        const lh_passage *p = i < passages ? &plain->from.passage[i] : &alone;
        /* Ink that is older than the text goes behind its end. */
        size_t to = i + 1 < passages ? plain->first[i + 1] : s->words;
        bool rest = i < passages && from > plain->first[i];
        lh_passage passage = rest ? rest_of(*p) : without_pages(*p);
        if (i == at && line > 0)
            passage.rows = 1;
        to = to < s->words ? to : s->words;
        add(set, s, ink, passage, i, from, to);
        from = to;
    }
}

/* ---- setting out ------------------------------------------------------------------------------
 */

static bool add_line(win_sheet *s, win_line line)
{
    if (s->lines == s->line_capacity) {
        size_t capacity = 2 * s->line_capacity + 16;
        win_line *more = realloc(s->line, capacity * sizeof *more);
        if (!more)
            return false;
        s->line = more;
        s->line_capacity = capacity;
    }
    s->line[s->lines++] = line;
    return true;
}

static float width_of(const win_sheet *s, size_t word, float *left)
{
    lh_ink ink = {.points = s->point + s->word[word].point, .count = s->word[word].points};
    lh_box box = lh_ink_bounds(&ink);
    *left = box.left;
    return box.right - box.left;
}

float win_sheet_room(const win_sheet *s)
{
    return s->width - 2 * s->margin;
}

float win_sheet_widest(const win_sheet *s)
{
    return s->width - s->margin - edge;
}

size_t win_sheet_wide_word(const win_sheet *s, size_t from)
{
    float left, scale = win_sheet_scale(s);
    for (size_t i = from; i < s->words; i++)
        if (scale * width_of(s, i, &left) > win_sheet_widest(s) - s->margin)
            return i;
    return SIZE_MAX;
}

/* The paper as one that is cut to the writing, which takes words of any width. */
static lh_document_options paper_of(const win_sheet *s)
{
    lh_document_options options = lh_document_defaults();
    options.paper.pitch = s->pitch;
    options.width = win_sheet_room(s);
    return options;
}

static bool take_lines(win_sheet *s, const setting *set, const lh_layout *layout, size_t base)
{
    for (size_t i = 0; i < layout->parts; i++) {
        const lh_row_part *part = &layout->part[i];
        win_line line = {.word = set->word[part->passage] + part->first,
                         .words = part->count,
                         .x = part->x,
                         .row = base + (size_t)part->row,
                         .passage = set->index[part->passage]};
        width_of(s, line.word, &line.left);
        if (!add_line(s, line))
            return false;
    }
    return true;
}

/* Sets out what is gathered; `in` is how far in the first row stands if that goes on with a
 * passage, else less than 0. */
static bool set_out(win_sheet *s, setting *set, float in, size_t base)
{
    const lh_document_options options = paper_of(s);
    lh_manner manner = lh_manner_of_desk;
    const lh_manuscript text = {
        .passage = set->passage, .passages = set->count, .manner = &manner, .manners = 1};
    for (size_t i = 0; i < set->count; i++)
        set->passage[i].manner = 0;
    lh_error ignored;
    lh_layout layout = {0};
    float *indent = lh_indents_find(&text, set->written, set->scale, &options, &ignored);
    if (indent && in >= 0) {
        indent[0] = in;
        set->passage[0].block = true; /* all its rows are so far in */
    }
    bool whole = indent && lh_layout_make(&layout, &text, set->written, set->scale, indent,
                                          &options, &ignored) == LH_OK;
    whole = whole && take_lines(s, set, &layout, base);
    lh_layout_clear(&layout);
    free(indent);
    return whole;
}

bool win_sheet_break(win_sheet *s, size_t word, const win_plain *plain)
{
    size_t line = first_line(s, word, plain);
    size_t from = line < s->lines ? s->line[line].word : 0;
    size_t base = line < s->lines ? s->line[line].row : 0;
    float in = line < s->lines && line > 0 ? s->line[line].x : -1;
    s->lines = line;
    if (s->words <= from || s->words == 0)
        return true;
    if (line == 0)
        base = 0;
    size_t passages = plain ? plain->from.passages : 0;
    lh_ink ink = {.points = s->point, .count = s->points};
    setting set;
    bool whole = make_setting(&set, passages + 1);
    if (whole) {
        gather(&set, s, &ink, plain, line, from);
        bool rest = passages > 0 && from > plain->first[set.index[0]];
        whole = set_out(s, &set, rest || passages == 0 ? in : -1, base);
    }
    free_setting(&set);
    return whole;
}
