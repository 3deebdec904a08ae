/* Pieces of handwriting: see piece_pool.h. */
#include "piece_pool.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the points of a word's stroke that are of any word, so many must be of it. */
static const double own_share = 0.9;
/* Between words there is so much room at least, in heights of small letters, and parts of a word
 * may overlap by so much; characters by a share of their width. */
static const float word_gap = 0.3F, character_overlap = 0.3F, part_overlap = 0.15F;
/* Letters of a part of a word, at most. */
enum { PART_MOST = 5 };
/* How probable a word or a letter by itself must be to the reader. */
static const double word_read = 0.2, letter_read = 0.1;

void pool_free(piece_pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        free(pool->piece[i].points);
    free(pool->piece);
    *pool = (piece_pool){0};
}

void pools_free(piece_pools *pools)
{
    pool_free(&pools->characters);
    pool_free(&pools->words);
    pool_free(&pools->parts);
}

static piece *new_piece(piece_pool *pool, lh_error *error)
{
    if (pool->count == pool->capacity) {
        const size_t capacity = pool->capacity ? 2 * pool->capacity : 1024;
        piece *larger = realloc(pool->piece, capacity * sizeof *larger);
        if (!larger) {
            lh_fail(error, LH_ERROR_MEMORY, "out of memory");
            return NULL;
        }
        pool->piece = larger;
        pool->capacity = capacity;
    }
    return &pool->piece[pool->count];
}

/* `base` is the baseline's y under the points. */
static lh_status add(piece_pool *pool, const char *text, size_t form, const lh_point *points,
                     size_t count, float base, float height, lh_error *error)
{
    piece *to = new_piece(pool, error);
    if (!to)
        return error->status;
    const lh_ink view = {(lh_point *)points, count, 0};
    const lh_box box = lh_ink_bounds(&view);
    *to = (piece){.form = form, .count = count, .width = (box.right - box.left) / height};
    snprintf(to->text, sizeof to->text, "%s", text);
    to->points = malloc(count * sizeof *to->points);
    if (!to->points)
        return lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    pool->count++;
    for (size_t i = 0; i < count; i++)
        to->points[i] = (lh_point){.x = (points[i].x - box.left) / height,
                                   .y = (points[i].y - base) / height,
                                   .end = points[i].end};
    to->points[count - 1].end = 1;
    return LH_OK;
}

lh_status pool_add(piece_pool *pool, const char *text, size_t form, const lh_point *points,
                   size_t count, float height, lh_error *error)
{
    return add(pool, text, form, points, count, 0, height, error);
}

static bool is_character(const char *text)
{
    const char *at = text;
    lh_utf8_next(&at);
    return !*at;
}

lh_status pool_sort(piece_pool *from, piece_pools *pools, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < from->count && status == LH_OK; i++) {
        piece_pool *pool = is_character(from->piece[i].text) ? &pools->characters
                           : from->piece[i].part             ? &pools->parts
                                                             : &pools->words;
        piece *to = new_piece(pool, error);
        if (!to) {
            status = error->status;
            continue;
        }
        *to = from->piece[i];
        from->piece[i].points = NULL;
        pool->count++;
    }
    pool_free(from);
    return status;
}

/* ---- characters --------------------------------------------------------------------------------
 */

/* How sure the reader must be of a character that is taken. Digits it hardly knows. */
static const double sure_enough = 0.7, digit_sure_enough = 0.2;

/* In heights of the small letters, y up from the baseline. */
typedef struct bounds {
    const char *characters;
    float least_height, most_height, least_bottom, most_bottom, most_width;
} bounds;

static const bounds sizes[] = {
    {"0123456789", 0.9F, 2.8F, -0.9F, 0.5F, 2.2F},
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZ&", 1.1F, 3.2F, -1.2F, 0.4F, 3.2F},
    {"acemnorsuvwxz", 0.5F, 1.7F, -0.5F, 0.4F, 2.6F},
    {"bdhklti", 1, 3, -0.5F, 0.4F, 2.2F},
    {"fgjpqy", 1, 3.6F, -2.2F, 0.2F, 2.4F},
    {"()[]!?/", 1.1F, 3.4F, -1.4F, 0.5F, 1.5F},
    {"#", 0.8F, 2.6F, -0.8F, 0.5F, 2.5F},
    {".", 0, 0.35F, -0.35F, 0.35F, 0.35F},
    {",", 0.15F, 1, -1, 0.2F, 0.7F},
    {":;", 0.3F, 1.6F, -0.9F, 0.5F, 0.7F},
    {"-", 0, 0.5F, 0.1F, 1.1F, 1.8F},
    {"'", 0.1F, 1, 0.7F, 2.6F, 0.7F},
    {"\"", 0.1F, 1, 0.7F, 2.6F, 1},
    {"+*", 0.3F, 1.6F, -0.3F, 1.6F, 1.6F},
};

static bool is_sized(const char *text, const cutting *cut, float base, float height)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const bounds *b = &sizes[i];
        const float tall = (cut->box.bottom - cut->box.top) / height,
                    bottom = (base - cut->box.bottom) / height,
                    wide = (cut->box.right - cut->box.left) / height;
        if (strchr(b->characters, text[0]))
            return tall >= b->least_height && tall <= b->most_height && bottom >= b->least_bottom &&
                   bottom <= b->most_bottom && wide <= b->most_width;
    }
    return false;
}

/* ---- a line ------------------------------------------------------------------------------------
 */

static float base_below(const lh_baseline *baseline, const lh_box *box)
{
    return baseline->offset + baseline->slope * 0.5F * (box->left + box->right);
}

/* The strokes of characters [begin, end) of the text; false where a stroke is shared with others,
 * or nobody can tell whose it is, or they are not all one behind the other. Points on the
 * characters beside these, `around` on each side, may be their own: on the blanks around a word. */
static bool cut_letters(const aligned *line, size_t begin, size_t end, size_t around, cutting *cut)
{
    const lh_ink whole = {(lh_point *)line->line.points, line->line.count, 0};
    const lh_point *stroke;
    size_t position = 0, count;
    *cut = (cutting){0};
    while (lh_ink_next_stroke(&whole, &position, &stroke, &count)) {
        const size_t first = (size_t)(stroke - whole.points);
        size_t own = 0, others = 0;
        for (size_t i = first; i < first + count; i++) {
            const size_t on = (size_t)line->on[i];
            own += on >= begin && on < end;
            others += on + around < begin || on >= end + around;
        }
        const bool ours = (double)own >= own_share * (double)(own + others);
        if (own + others == 0 ||
            (!ours && (double)own > (1 - own_share) * (double)(own + others)) ||
            (ours && cut->strokes > 0 && cut->end != first))
            return false;
        if (!ours)
            continue;
        if (cut->strokes++ == 0)
            cut->first = first;
        cut->end = first + count;
    }
    const lh_ink ink = {whole.points + cut->first, cut->end - cut->first, 0};
    cut->box = lh_ink_bounds(&ink);
    return cut->strokes > 0;
}

/* Are all strokes before the cut ones left of them by `gap`, and those behind them right of them?
 * Else one of them is likely to be a part of what is cut. */
static bool stands_alone(const aligned *line, const cutting *cut, float gap)
{
    const lh_point *points = line->line.points;
    for (size_t i = 0; i < line->line.count; i++)
        if ((i < cut->first && points[i].x > cut->box.left - gap) ||
            (i >= cut->end && points[i].x < cut->box.right + gap))
            return false;
    return true;
}

static bool is_sure(const aligned *line, size_t place)
{
    const bool digit = line->line.text[place] >= '0' && line->line.text[place] <= '9';
    return line->sureness[place] > (digit ? digit_sure_enough : sure_enough);
}

/* Is the reader sure of all characters, and of the blanks around? */
static bool is_sure_of_word(const aligned *line, size_t begin, size_t end)
{
    bool sure = true;
    begin -= begin > 0;
    end += end < line->characters;
    for (size_t place = begin; place < end; place++)
        sure = sure && is_sure(line, place);
    return sure;
}

/* Is the piece, the last of the pool, read as what it is by itself? Digits and signs nobody can be
 * sure of without what stands beside them. */
static lh_status check_last(piece_pool *pool, const lh_reader *reader, lh_error *error)
{
    static const lh_baseline unit = {.height = 1};
    const lh_read_options options = {.beam = 1, .baseline = &unit};
    piece *last = &pool->piece[pool->count - 1];
    const lh_ink ink = {last->points, last->count, 0};
    double log_probability;
    if (!last->text[1] && !isalpha((unsigned char)last->text[0]))
        return LH_OK;
    lh_status status = lh_read_score(reader, &ink, last->text, &options, &log_probability, error);
    if (status == LH_OK && log_probability < log(last->text[1] ? word_read : letter_read)) {
        free(last->points);
        pool->count--;
    }
    return status;
}

static bool cut_character(const aligned *line, const lh_baseline *baseline, size_t at, cutting *cut)
{
    return is_sure(line, at) && align_cut(line, at, cut) &&
           stands_alone(line, cut, -character_overlap * (cut->box.right - cut->box.left)) &&
           is_sized(line->line.text + at, cut, base_below(baseline, &cut->box), line->height);
}

static lh_status add_cut(piece_pool *pool, const lh_reader *reader, const aligned *line,
                         const lh_baseline *baseline, size_t begin, size_t length,
                         const cutting *cut, size_t form, lh_error *error)
{
    char text[PIECE_TEXT];
    snprintf(text, sizeof text, "%.*s", (int)length, line->line.text + begin);
    lh_status status = add(pool, text, form, line->line.points + cut->first, cut->end - cut->first,
                           base_below(baseline, &cut->box), line->height, error);
    return status == LH_OK ? check_last(pool, reader, error) : status;
}

/* The word [begin, begin + length), if it has room around it. */
static lh_status add_word(piece_pool *pool, const lh_reader *reader, const aligned *line,
                          const lh_baseline *baseline, size_t begin, size_t length, size_t form,
                          lh_error *error)
{
    cutting cut;
    if (length < 2 || length >= PIECE_TEXT || !is_sure_of_word(line, begin, begin + length) ||
        !cut_letters(line, begin, begin + length, 1, &cut) ||
        !stands_alone(line, &cut, word_gap * line->height))
        return LH_OK;
    return add_cut(pool, reader, line, baseline, begin, length, &cut, form, error);
}

/* The parts of a word that are whole strokes, of two letters to PART_MOST. */
static lh_status add_parts(piece_pool *pool, const lh_reader *reader, const aligned *line,
                           const lh_baseline *baseline, size_t begin, size_t length, size_t form,
                           lh_error *error)
{
    lh_status status = LH_OK;
    if (!is_sure_of_word(line, begin, begin + length))
        return LH_OK;
    for (size_t from = begin; from < begin + length; from++)
        for (size_t size = 2; size <= PART_MOST && from + size <= begin + length; size++) {
            cutting cut;
            if (size == length || status != LH_OK ||
                !cut_letters(line, from, from + size, 0, &cut) ||
                !stands_alone(line, &cut, -part_overlap * line->height))
                continue;
            const size_t before = pool->count;
            status = add_cut(pool, reader, line, baseline, from, size, &cut, form, error);
            if (pool->count > before)
                pool->piece[before].part = true;
        }
    return status;
}

lh_status pool_add_line(piece_pool *pool, const lh_reader *reader, const aligned *line, size_t form,
                        lh_error *error)
{
    const lh_ink whole = {(lh_point *)line->line.points, line->line.count, 0};
    const lh_baseline baseline = lh_ink_baseline(&whole);
    const char *text = line->line.text;
    cutting cut;
    lh_status status = LH_OK;
    for (size_t at = 0; text[at] && status == LH_OK; at++) {
        if (text[at] == ' ')
            continue;
        if (cut_character(line, &baseline, at, &cut))
            status = add_cut(pool, reader, line, &baseline, at, 1, &cut, form, error);
        const size_t length = at == 0 || text[at - 1] == ' ' ? strcspn(text + at, " ") : 0;
        if (status == LH_OK && length > 0)
            status = add_word(pool, reader, line, &baseline, at, length, form, error);
        if (status == LH_OK && length > 2)
            status = add_parts(pool, reader, line, &baseline, at, length, form, error);
    }
    return status;
}
