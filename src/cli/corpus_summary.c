/* Counts what a corpus holds, and tells it as text or as JSON. */
#include "corpus_summary.h"
#include "json.h"

#include "base/visible.h"
#include "corpus/iam_name.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const double ranks[SUMMARY_RANKS] = {0, 0.01, 0.25, 0.5, 0.75, 0.99, 1};
static const char *const rank_names[SUMMARY_RANKS] = {"min", "1%",  "25%", "50%",
                                                      "75%", "99%", "max"};

/* One figure of each line. */
typedef struct figures {
    double *value;
    size_t count;
} figures;

/* What is counted on the way and not told. */
typedef struct counting {
    figures points, characters, character_points;
    const char **writer; /* of each line that has one */
    size_t writers;
    double seconds; /* the pen was down */
    size_t steps;   /* readings in them, less one a stroke */
} counting;

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static summary_spread spread_of(figures *all)
{
    summary_spread spread = {0};
    qsort(all->value, all->count, sizeof *all->value, by_value);
    for (int i = 0; all->count > 0 && i < SUMMARY_RANKS; i++)
        spread.rank[i] = all->value[(size_t)(ranks[i] * (double)(all->count - 1) + 0.5)];
    return spread;
}

static size_t count_names(const char **name, size_t count)
{
    size_t different = 0;
    qsort(name, count, sizeof *name, by_name);
    for (size_t i = 0; i < count; i++)
        different += i == 0 || strcmp(name[i - 1], name[i]) != 0;
    return different;
}

static void add_strokes(const lh_corpus_line *line, summary *s, counting *c)
{
    size_t first = 0;
    for (size_t i = 0; i < line->count; i++) {
        if (!line->points[i].end && i + 1 < line->count)
            continue;
        s->strokes++;
        c->seconds += (double)line->points[i].time - (double)line->points[first].time;
        c->steps += i - first;
        first = i + 1;
    }
}

static void add_text(const lh_corpus *corpus, const lh_corpus_line *line, summary *s, counting *c)
{
    const lh_alphabet *alphabet = lh_corpus_alphabet(corpus);
    size_t length = 0;
    uint32_t codepoint;
    for (const char *text = line->text; (codepoint = lh_utf8_next(&text)) != 0; length++) {
        int index = lh_alphabet_index(alphabet, codepoint);
        if (index >= 0)
            s->occurs[index]++;
    }
    s->texts++;
    s->characters += length;
    c->characters.value[c->characters.count++] = (double)length;
    if (length > 0)
        c->character_points.value[c->character_points.count++] =
            (double)line->count / (double)length;
}

static void add_line(const lh_corpus *corpus, size_t index, summary *s, counting *c)
{
    lh_corpus_line line = lh_corpus_get(corpus, index);
    s->forms += index == 0 || !iam_same_form(line.name, lh_corpus_get(corpus, index - 1).name);
    s->lines++;
    s->points += line.count;
    s->split_lines[line.split]++;
    s->split_points[line.split] += line.count;
    c->points.value[c->points.count++] = (double)line.count;
    if (*line.writer)
        c->writer[c->writers++] = line.writer;
    if (line.text)
        add_text(corpus, &line, s, c);
    add_strokes(&line, s, c);
}

lh_status summary_make(const lh_corpus *corpus, summary *s, lh_error *error)
{
    size_t lines = lh_corpus_count(corpus);
    double *value = calloc(3 * lines + 1, sizeof *value);
    const char **writer = calloc(lines + 1, sizeof *writer);
    if (!value || !writer) {
        free(value);
        free(writer);
        return lh_fail_memory(error, "a summary");
    }
    counting c = {{value, 0}, {value + lines, 0}, {value + 2 * lines, 0}, writer, 0, 0, 0};
    *s = (summary){0};
    for (size_t i = 0; i < lines; i++)
        add_line(corpus, i, s, &c);
    s->line_points = spread_of(&c.points);
    s->line_characters = spread_of(&c.characters);
    s->character_points = spread_of(&c.character_points);
    s->writers = count_names(writer, c.writers);
    s->rate = c.seconds > 0 ? (double)c.steps / c.seconds : 0;
    free(value);
    free(writer);
    return LH_OK;
}

/* ---- as text --------------------------------------------------------------------------------- */

static void print_spread(const char *what, const summary_spread *spread, FILE *stream)
{
    fprintf(stream, "  %-22s", what);
    for (int i = 0; i < SUMMARY_RANKS; i++)
        fprintf(stream, "%8.4g", spread->rank[i]);
    fputc('\n', stream);
}

/* The characters, the most frequent first. */
static void print_characters(const lh_corpus *corpus, const summary *s, FILE *stream)
{
    const lh_alphabet *alphabet = lh_corpus_alphabet(corpus);
    bool told[LH_ALPHABET_MAX] = {0};
    fprintf(stream, "characters: %zu, %d different\n", s->characters, alphabet->count);
    for (int n = 0; n < alphabet->count; n++) {
        int most = -1;
        for (int i = 0; i < alphabet->count; i++)
            if (!told[i] && (most < 0 || s->occurs[i] > s->occurs[most]))
                most = i;
        told[most] = true;
        char character[5];
        lh_utf8_encode(alphabet->codepoint[most], character);
        fputs(n % 12 ? "  " : n ? "\n  " : "  ", stream);
        visible_print(stream, "%s %zu", strcmp(character, " ") == 0 ? "blank" : character,
                      s->occurs[most]);
    }
    fputc('\n', stream);
}

static double number_in(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(item) ? item->valuedouble : 0;
}

static void print_strings(const cJSON *list, const char *indent, FILE *stream)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list) if (cJSON_IsString(item))
        visible_row(stream, "%s%s", indent, item->valuestring);
}

static void print_preparation(const char *report, FILE *stream)
{
    cJSON *root = cJSON_Parse(report);
    const cJSON *cleaning = cJSON_GetObjectItemCaseSensitive(root, "cleaning");
    fprintf(stream, "prepared from %.0f line files, %.1f MB of XML; %.0f files passed over\n",
            number_in(root, "files"), number_in(root, "bytes") / 1e6, number_in(root, "skipped"));
    print_strings(cJSON_GetObjectItemCaseSensitive(root, "skipped_files"), "  ", stream);
    fprintf(
        stream,
        "lines without text: %.0f in forms without a transcription, %.0f in forms whose rows do "
        "not fit,\n  %.0f with fewer than %g or more than %g points a character\n",
        number_in(root, "lines_untranscribed"), number_in(root, "lines_misfit"),
        number_in(root, "lines_implausible"), number_in(root, "min_points_per_character"),
        number_in(root, "max_points_per_character"));
    print_strings(cJSON_GetObjectItemCaseSensitive(root, "misfit_forms"), "  ", stream);
    fprintf(stream,
            "cleaning: of %.0f points read\n"
            "  %.0f that strayed removed, %.0f strokes ended at steps over %g units\n"
            "  %.0f interpolated in steps over %g units and %g s\n"
            "  %.0f pen lifts shortened to %g units\n"
            "  %.0f steps back in time mended, %.0f pauses of over a second within strokes cut\n",
            number_in(cleaning, "points_read"), number_in(cleaning, "points_removed"),
            number_in(cleaning, "strokes_split"), number_in(cleaning, "max_step"),
            number_in(cleaning, "points_interpolated"), number_in(cleaning, "max_stride"),
            number_in(cleaning, "max_gap"), number_in(cleaning, "lifts_limited"),
            number_in(cleaning, "max_pen_lift"), number_in(cleaning, "times_mended"),
            number_in(cleaning, "pauses_cut"));
    cJSON_Delete(root);
}

void summary_print(const lh_corpus *corpus, const summary *s, FILE *stream)
{
    lh_scale scale = lh_corpus_scale(corpus);
    fprintf(stream, "%zu lines, %zu with text, of %zu forms\n", s->lines, s->texts, s->forms);
    for (int split = LH_SPLIT_TRAIN; split <= LH_SPLIT_COUNT; split++) {
        lh_split which = (lh_split)(split % LH_SPLIT_COUNT); /* "none" comes last */
        fprintf(stream, "  %-10s %6zu lines %9zu points\n", lh_split_name(which),
                s->split_lines[which], s->split_points[which]);
    }
    if (s->writers > 0)
        fprintf(stream, "%zu writers\n", s->writers);
    else
        fputs("writers: the recordings name none\n", stream);
    fprintf(stream, "%zu points, %zu strokes, %.1f points a second while the pen is down\n",
            s->points, s->strokes, s->rate);
    fprintf(stream, "standard deviation of offsets: %.2f, %.2f\n", scale.x, scale.y);
    fprintf(stream, "  %-22s", "");
    for (int i = 0; i < SUMMARY_RANKS; i++)
        fprintf(stream, "%8s", rank_names[i]);
    fputc('\n', stream);
    print_spread("points a line", &s->line_points, stream);
    print_spread("characters a line", &s->line_characters, stream);
    print_spread("points a character", &s->character_points, stream);
    print_characters(corpus, s, stream);
    print_preparation(lh_corpus_report(corpus), stream);
    fprintf(stream, "checksum %016" PRIx64 "\n", lh_corpus_checksum(corpus));
}

/* ---- as JSON --------------------------------------------------------------------------------- */

static void add_spread(cJSON *root, const char *key, const summary_spread *spread)
{
    cJSON *object = cJSON_AddObjectToObject(root, key);
    for (int i = 0; i < SUMMARY_RANKS; i++)
        cJSON_AddNumberToObject(object, rank_names[i], spread->rank[i]);
}

static cJSON *json_of(const lh_corpus *corpus, const summary *s)
{
    const lh_alphabet *alphabet = lh_corpus_alphabet(corpus);
    char text[32];
    cJSON *root = cJSON_CreateObject();
    cJSON_AddNumberToObject(root, "lines", (double)s->lines);
    cJSON_AddNumberToObject(root, "lines_with_text", (double)s->texts);
    cJSON_AddNumberToObject(root, "forms", (double)s->forms);
    cJSON_AddNumberToObject(root, "writers", (double)s->writers);
    cJSON_AddNumberToObject(root, "points", (double)s->points);
    cJSON_AddNumberToObject(root, "strokes", (double)s->strokes);
    cJSON_AddNumberToObject(root, "points_per_second_pen_down", s->rate);
    cJSON_AddNumberToObject(root, "scale_x", lh_corpus_scale(corpus).x);
    cJSON_AddNumberToObject(root, "scale_y", lh_corpus_scale(corpus).y);
    cJSON *splits = cJSON_AddObjectToObject(root, "splits");
    for (int split = 0; split < LH_SPLIT_COUNT; split++)
        cJSON_AddNumberToObject(splits, lh_split_name((lh_split)split),
                                (double)s->split_lines[split]);
    add_spread(root, "points_per_line", &s->line_points);
    add_spread(root, "characters_per_line", &s->line_characters);
    add_spread(root, "points_per_character", &s->character_points);
    cJSON *characters = cJSON_AddObjectToObject(root, "characters");
    for (int i = 0; i < alphabet->count; i++) {
        lh_utf8_encode(alphabet->codepoint[i], text);
        cJSON_AddNumberToObject(characters, text, (double)s->occurs[i]);
    }
    snprintf(text, sizeof text, "%016" PRIx64, lh_corpus_checksum(corpus));
    cJSON_AddStringToObject(root, "checksum", text);
    cJSON_AddItemToObject(root, "prepared", cJSON_Parse(lh_corpus_report(corpus)));
    return root;
}

lh_status summary_print_json(const lh_corpus *corpus, const summary *s, FILE *stream,
                             lh_error *error)
{
    return cli_print_json(stream, json_of(corpus, s), false, "a summary", error);
}
