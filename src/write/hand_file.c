/* .hand files: see lh_style_save. */
#include "hand.h"
#include "style.h"

#include "base/need.h"
#include "nn/half.h"
#include "nn/safetensors.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char file_kind[] = "hand 1", ending[] = ".hand";

enum { IN_STROKE, ENDS_STROKE, ENDS_LINE };
enum {
    XYT = 3,
    BYTES_A_READING = XYT * sizeof(float) + 1,
    NOTE_MAX = 1000, /* bytes of the maker's name and of the licence */
    BYTES_BESIDES = 8000,
    NUMBERS_MAX = (LH_HAND_FILE_MAX - BYTES_BESIDES) / sizeof(uint16_t)
};

/* ---- writing -----------------------------------------------------------------------------------
 */

/* What of a style goes into its file: the style's own line, and others as long as there is room. */
typedef struct draft {
    const lh_style *style;
    size_t lines, readings; /* of all that go in */
    uint16_t *number;       /* [count], owned */
    float *xyt;             /* [readings][3], owned */
    uint8_t *end;           /* [readings], owned */
    char *texts;            /* owned; a row a line */
} draft;

static lh_hand_line line_at(const lh_style *style, size_t i)
{
    return i == 0 ? (lh_hand_line){style->ink, style->text} : style->hand->line[i - 1];
}

static void choose_lines(draft *d)
{
    size_t room = LH_HAND_FILE_MAX - BYTES_BESIDES - d->style->hand->count * sizeof *d->number;
    for (size_t i = 0; i <= d->style->hand->lines; i++) {
        const lh_hand_line line = line_at(d->style, i);
        const size_t bytes = line.ink->count * BYTES_A_READING + 2 * strlen(line.text) + 2;
        if (bytes > room)
            break;
        room -= bytes;
        d->lines++;
        d->readings += line.ink->count;
    }
}

static bool fill(draft *d)
{
    const lh_hand *hand = d->style->hand;
    size_t length = 1, at = 0;
    for (size_t i = 0; i < d->lines; i++)
        length += strlen(line_at(d->style, i).text) + 1;
    d->number = malloc((hand->count + 1) * sizeof *d->number);
    d->xyt = malloc((d->readings + 1) * XYT * sizeof *d->xyt);
    d->end = malloc(d->readings + 1);
    d->texts = calloc(length, 1);
    if (!d->number || !d->xyt || !d->end || !d->texts)
        return false;
    for (size_t i = 0; i < hand->count; i++)
        d->number[i] = lh_half_from_float((float)hand->number[i]);
    for (size_t i = 0; i < d->lines; i++) {
        const lh_hand_line line = line_at(d->style, i);
        strcat(strcat(d->texts, i > 0 ? "\n" : ""), line.text);
        for (size_t k = 0; k < line.ink->count; k++, at++) {
            const lh_point *p = &line.ink->points[k];
            const float xyt[XYT] = {p->x, p->y, p->time};
            memcpy(d->xyt + at * XYT, xyt, sizeof xyt);
            d->end[at] = k + 1 == line.ink->count ? ENDS_LINE : p->end ? ENDS_STROKE : IN_STROKE;
        }
    }
    return true;
}

static lh_status add_metadata(lh_safetensors_writer *writer, const draft *d, lh_error *error)
{
    const lh_hand *hand = d->style->hand;
    char network[17], rank[12];
    snprintf(network, sizeof network, "%016" PRIx64, hand->network);
    snprintf(rank, sizeof rank, "%d", hand->rank);
    const char *const pairs[][2] = {
        {"longhand", file_kind}, {"network", network},   {"rank", rank},
        {"texts", d->texts},     {"maker", hand->maker}, {"license", hand->license},
    };
    lh_status status = LH_OK;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && status == LH_OK; i++)
        if (pairs[i][1])
            status = lh_safetensors_add_metadata(writer, pairs[i][0], pairs[i][1], error);
    return status;
}

static lh_status write_draft(const draft *d, const char *path, lh_error *error)
{
    lh_safetensors_writer *writer = lh_safetensors_writer_new(path, error);
    if (!writer)
        return error->status;
    const size_t numbers[] = {d->style->hand->count}, readings[] = {d->readings, XYT};
    lh_status status = add_metadata(writer, d, error);
    if (status == LH_OK)
        status = lh_safetensors_add(writer, "numbers", LH_DTYPE_F16, 1, numbers, d->number, error);
    if (status == LH_OK)
        status = lh_safetensors_add(writer, "readings", LH_DTYPE_F32, 2, readings, d->xyt, error);
    if (status == LH_OK)
        status = lh_safetensors_add(writer, "ends", LH_DTYPE_U8, 1, readings, d->end, error);
    if (status == LH_OK)
        status = lh_safetensors_write(writer, error);
    lh_safetensors_writer_free(writer);
    return status;
}

static lh_status check(const lh_style *style, const char *path, lh_error *error)
{
    const lh_hand *hand = style->hand;
    if (hand->count > NUMBERS_MAX)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: a hand of %zu numbers is too large for a file", path, hand->count);
    if ((hand->maker && strlen(hand->maker) > NOTE_MAX) ||
        (hand->license && strlen(hand->license) > NOTE_MAX))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: maker and licence of a hand have at most %d bytes", path, NOTE_MAX);
    return LH_OK;
}

lh_status lh_style_save(const lh_style *style, const char *path, lh_error *error)
{
    LH_NEED(error, style && style->hand && path, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    draft d = {.style = style};
    lh_status status = check(style, path, error);
    if (status != LH_OK)
        return status;
    choose_lines(&d);
    if (d.lines == 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s: %s has a line that is too long for a file",
                       path, style->name);
    status = fill(&d) ? write_draft(&d, path, error) : lh_fail_memory(error, "a hand's file");
    free(d.number);
    free(d.xyt);
    free(d.end);
    free(d.texts);
    return status;
}

/* ---- reading -----------------------------------------------------------------------------------
 */

/* A .hand file begins with the length of a header (8 bytes, of which the last four are 0) and {;
 * no XML does. */
static bool begins_as_hand(const char *path, bool if_not_opened)
{
    unsigned char head[9] = {0};
    FILE *file = fopen(path, "rb");
    if (!file)
        return if_not_opened;
    const bool whole = fread(head, 1, sizeof head, file) == sizeof head;
    fclose(file);
    return whole && !head[4] && !head[5] && !head[6] && !head[7] && head[8] == '{';
}

/* What is called so and is none is told so. */
bool lh_hand_is_file(const char *path)
{
    const char *dot = strrchr(path, '.');
    return (dot && strcmp(dot, ending) == 0) || begins_as_hand(path, false);
}

static lh_status refuse(const lh_safetensors *file, const char *why, lh_error *error)
{
    return lh_fail(error, LH_ERROR_FORMAT, "%s: is no hand of this version: %s",
                   lh_safetensors_path(file), why);
}

static lh_status read_numbers(const lh_safetensors *file, lh_hand *hand, lh_error *error)
{
    const char *network = lh_safetensors_metadata(file, "network"),
               *rank = lh_safetensors_metadata(file, "rank");
    char *network_end = NULL, *rank_end = NULL;
    hand->network = network ? strtoull(network, &network_end, 16) : 0;
    const long number = rank ? strtol(rank, &rank_end, 10) : -1;
    if (!network || !*network || *network_end || !rank || !*rank || *rank_end || number < 0 ||
        number > LH_ADAPTATION_RANK_MAX)
        return refuse(file, "its metadata must have a \"network\" and a \"rank\"", error);
    hand->rank = (int)number;
    const lh_stored *stored = lh_safetensors_find(file, "numbers");
    if (!stored || stored->dtype != LH_DTYPE_F16 || stored->rank != 1 ||
        stored->shape[0] > NUMBERS_MAX)
        return refuse(file, "it must have \"numbers\" in one row of F16", error);
    hand->count = stored->shape[0];
    hand->number = malloc((hand->count + 1) * sizeof *hand->number);
    if (!hand->number)
        return lh_fail_memory(error, "a hand");
    for (size_t i = 0; i < hand->count; i++) {
        uint16_t bits;
        memcpy(&bits, (const char *)stored->data + i * sizeof bits, sizeof bits);
        hand->number[i] = lh_half_to_float(bits);
        if (!isfinite(hand->number[i]))
            return lh_fail(error, LH_ERROR_FORMAT, "%s: number %zu of the hand is %g",
                           lh_safetensors_path(file), i, (double)hand->number[i]);
    }
    return LH_OK;
}

/* The readings of a file, and how far they have been taken. */
typedef struct readings {
    const lh_stored *xyt, *end;
    size_t count, at;
    const char *text;
} readings;

static lh_status find_readings(const lh_safetensors *file, readings *r, lh_error *error)
{
    r->xyt = lh_safetensors_find(file, "readings");
    r->end = lh_safetensors_find(file, "ends");
    r->text = lh_safetensors_metadata(file, "texts");
    if (!r->text || !r->xyt || r->xyt->dtype != LH_DTYPE_F32 || r->xyt->rank != 2 ||
        r->xyt->shape[1] != XYT || !r->end || r->end->dtype != LH_DTYPE_U8 || r->end->rank != 1 ||
        r->end->shape[0] != r->xyt->shape[0])
        return refuse(
            file, "it must have \"readings\" [n, 3] in F32, \"ends\" [n] in U8, \"texts\"", error);
    r->count = r->xyt->shape[0];
    return LH_OK;
}

/* The next line: its ink and text, owned by the caller on success. */
static lh_status take_line(const lh_safetensors *file, readings *r, lh_hand_line *line,
                           lh_error *error)
{
    const uint8_t *end = r->end->data;
    size_t count = 0;
    while (r->at + count < r->count && end[r->at + count] != ENDS_LINE)
        count++;
    if (r->at + count == r->count || end[r->at + count] > ENDS_LINE)
        return refuse(file, "its readings end in the middle of a line", error);
    count++;
    *line = (lh_hand_line){.ink = lh_ink_new(error)};
    if (!line->ink)
        return error->status;
    lh_status status = LH_OK;
    for (size_t i = 0; i < count && status == LH_OK; i++, r->at++) {
        float xyt[XYT];
        memcpy(xyt, (const char *)r->xyt->data + r->at * sizeof xyt, sizeof xyt);
        if (!isfinite(xyt[0]) || !isfinite(xyt[1]) || !isfinite(xyt[2]))
            status = refuse(file, "a reading is no number", error);
        else
            status = lh_ink_add(
                line->ink,
                (lh_point){
                    .x = xyt[0], .y = xyt[1], .time = xyt[2], .end = end[r->at] != IN_STROKE},
                error);
    }
    const size_t length = strcspn(r->text, "\n");
    line->text = status == LH_OK ? strndup(r->text, length) : NULL;
    r->text += length + (r->text[length] == '\n');
    if (status == LH_OK && !line->text)
        status = lh_fail_memory(error, "a hand");
    if (status == LH_OK && length == 0)
        status = refuse(file, "a line has no text", error);
    return status;
}

static void clear_line(lh_hand_line *line)
{
    lh_ink_free(line->ink);
    free(line->text);
}

/* Lines after the first. */
static lh_status take_lines(const lh_safetensors *file, readings *r, lh_hand *hand, lh_error *error)
{
    lh_status status = LH_OK;
    while (r->at < r->count && status == LH_OK) {
        lh_hand_line *larger = realloc(hand->line, (hand->lines + 1) * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a hand");
        hand->line = larger;
        hand->line[hand->lines] = (lh_hand_line){0};
        status = take_line(file, r, &hand->line[hand->lines++], error);
    }
    if (status == LH_OK && *r->text)
        status = refuse(file, "it has more texts than lines", error);
    return status;
}

static lh_style *take_style(const lh_safetensors *file, lh_hand *hand, const char *text,
                            lh_error *error)
{
    const char *kind = lh_safetensors_metadata(file, "longhand");
    readings r = {0};
    lh_hand_line own = {0};
    lh_status status = kind && strcmp(kind, file_kind) == 0
                           ? read_numbers(file, hand, error)
                           : refuse(file, "its metadata must have \"longhand\": \"hand 1\"", error);
    if (status == LH_OK)
        status = find_readings(file, &r, error);
    if (status == LH_OK)
        status = take_line(file, &r, &own, error);
    if (status == LH_OK)
        status = take_lines(file, &r, hand, error);
    if (status == LH_OK)
        status = lh_safetensors_copy_metadata(file, "maker", &hand->maker, error);
    if (status == LH_OK)
        status = lh_safetensors_copy_metadata(file, "license", &hand->license, error);
    char name[256];
    lh_style_name_of(lh_safetensors_path(file), ending, name, sizeof name);
    lh_style *style =
        status == LH_OK ? lh_style_new(name, own.ink, text ? text : own.text, error) : NULL;
    clear_line(&own);
    return style;
}

lh_style *lh_hand_read(const char *path, const char *text, lh_error *error)
{
    struct stat info;
    const bool there = stat(path, &info) == 0;
    if (there && info.st_size > LH_HAND_FILE_MAX) {
        lh_fail(error, LH_ERROR_FORMAT, "%s: is no hand: these have at most %d bytes", path,
                LH_HAND_FILE_MAX);
        return NULL;
    }
    /* Why one cannot be opened is told below. */
    if (there && S_ISREG(info.st_mode) && !begins_as_hand(path, true)) {
        lh_fail(error, LH_ERROR_FORMAT,
                "%s: is no hand: it does not begin as what was learnt and kept does", path);
        return NULL;
    }
    lh_safetensors *file = lh_safetensors_read(path, error);
    if (!file)
        return NULL;
    lh_hand *hand = calloc(1, sizeof *hand);
    lh_style *style = hand ? take_style(file, hand, text, error) : NULL;
    if (!hand)
        lh_fail_memory(error, "a hand");
    lh_safetensors_free(file);
    if (style)
        style->hand = hand;
    else
        lh_hand_free(hand);
    return style;
}
