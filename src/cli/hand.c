/* `longhand hand`: learns a hand from lines of it. */
#include "hand_picture.h"
#include "options.h"
#include "writing.h"

#include "base/visible.h"
#include "write/style.h"

#include <longhand/corpus.h>

#include <stdlib.h>
#include <string.h>

typedef struct job {
    cli_texts files, texts;
    const char *output, *picture, *texts_path, *model_path, *reader_path, *maker, *license;
    bool unchecked;
    lh_hand_options options;
    lh_hand_line line[LH_HAND_LINES_MAX]; /* ink and text owned */
    size_t count;
    lh_reader *reader; /* owned; NULL: nothing is read */
    cli_progress progress;
} job;

enum { TEXTS_LIMIT = 1 << 20 };

#define AT(member) offsetof(job, member)

/* clang-format off */
static const cli_option rows[] = {
    {.value = "FILE", .kind = CLI_INPUTS, .at = AT(files),
     .help = "lines that one person wrote: InkML, Xournal++, SVG of single strokes, JSON lines, IAM-OnDB's XML (with its text in "
             "the .txt file beside it), or a .hand file, to learn it anew; several rows in a file are cut apart"},
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(output), .endings = "hand",
     .fallback = "", .help = "the hand to write; - is standard output"},
    {.name = "--text", .value = "TEXT", .kind = CLI_TEXTS, .at = AT(texts), .fallback = "as the file says, else as it is read",
     .help = "what the first row says; given again, the next"},
    {.name = "--texts", .value = "FILE", .kind = CLI_INPUT, .at = AT(texts_path), .fallback = "",
     .help = "a text file with what the rows say, a row each; empty rows are passed over"},
    {.name = "--picture", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(picture), .endings = "svg",
     .help = "an SVG that shows the lines, and below each the same text in the new hand"},
    {.name = "--maker", .value = "NAME", .kind = CLI_TEXT, .at = AT(maker), .fallback = "nobody", .help = "whose hand it is, kept in the file"},
    {.name = "--license", .value = "TEXT", .kind = CLI_TEXT, .at = AT(license), .fallback = "none",
     .help = "what others may do with it, kept in the file"},
    {.name = "--unchecked", .kind = CLI_FLAG, .at = AT(unchecked), .help = "does not ask the reader whether the ink says the text"},
    {.kind = CLI_HEADING, .help = "Learning"},
    {.name = "--steps", .value = "N", .kind = CLI_INT, .at = AT(options.steps), .low = 1, .high = 1000,
     .fallback = "12 for one row, 18 for two, else 24, or until a row that is held back gets no likelier",
     .help = "learn so long, from all rows; more: nearer to these lines, and less readable"},
    {.name = "--rate", .value = "X", .kind = CLI_DOUBLE, .at = AT(options.rate), .low = 1e-6, .high = 1, .help = "learning rate"},
    {.name = "--rank", .value = "N", .kind = CLI_INT, .at = AT(options.rank), .low = 0, .high = 24,
     .help = "how much may change: of each matrix a part of this rank"},
    {.name = "--model", .value = "FILE", .kind = CLI_INPUT, .at = AT(model_path), .fallback = "the one that is installed",
     .help = "the synthesis network beside which the hand is learnt"},
    {.name = "--reader", .value = "FILE", .kind = CLI_INPUT, .at = AT(reader_path), .fallback = "the one that is installed",
     .help = "a network that reads"},
    {.name = "--threads", .value = "N", .kind = CLI_INT, .at = AT(options.threads), .low = 0, .high = 1024, .fallback = "a core each",
     .help = "threads"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_hand_table = {
    "hand", "FILE... -o me.hand [OPTION...]",
    "Learns a person's hand from one to fifty lines, in some seconds, so that\n"
    "`longhand write --style me.hand` writes in it. Three lines are a good beginning.\n"
    "Write them at your usual pace, with pen and tablet, and let them have the letters\n"
    "you care for.\n",
    rows, NULL};

/* ---- lines -------------------------------------------------------------------------------------
 */

/* Takes `ink` and `text` (which may be NULL) over, also on failure. */
static lh_status add_line(job *j, const char *path, lh_ink *ink, char *text, lh_error *error)
{
    lh_status status = LH_OK;
    if (j->count == LH_HAND_LINES_MAX)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "%s: a hand is learnt from %d rows at most",
                         path, LH_HAND_LINES_MAX);
    else if (!ink)
        status = lh_fail_memory(error, "a line");
    if (status == LH_OK) {
        j->line[j->count++] = (lh_hand_line){ink, text};
        return LH_OK;
    }
    lh_ink_free(ink);
    free(text);
    return status;
}

static lh_status add_recording(job *j, const char *path, lh_error *error)
{
    lh_error none; /* then it is read */
    lh_recording *recording = lh_recording_read(path, error);
    lh_status status = recording ? LH_OK : error->status;
    for (size_t i = 0; recording && i < recording->count && status == LH_OK; i++) {
        lh_recorded_line *line = &recording->line[i];
        char *text = line->text;
        if (!text && recording->count == 1)
            text = lh_style_text_beside(path, &none);
        lh_ink *ink = line->ink;
        *line = (lh_recorded_line){0};
        status = add_line(j, path, ink, text, error);
    }
    lh_recording_free(recording);
    return status;
}

static lh_status add_hand(job *j, const char *path, lh_error *error)
{
    lh_style *style = lh_style_read(path, NULL, error);
    if (!style)
        return error->status;
    lh_status status =
        add_line(j, path, lh_ink_copy(style->ink, error), strdup(style->text), error);
    for (size_t i = 0; style->hand && i < style->hand->lines && status == LH_OK; i++)
        status = add_line(j, path, lh_ink_copy(style->hand->line[i].ink, error),
                          strdup(style->hand->line[i].text), error);
    lh_style_free(style);
    return status;
}

static lh_status set_text(lh_hand_line *line, const char *text, size_t length, lh_error *error)
{
    free(line->text);
    line->text = strndup(text, length);
    return line->text ? LH_OK : lh_fail_memory(error, "a text");
}

/* The rows of the file of --texts take the place of what files of ink say. */
static lh_status read_texts(job *j, lh_error *error)
{
    size_t size, row = 0;
    char *texts = lh_file_read(j->texts_path, TEXTS_LIMIT, &size, error);
    if (!texts)
        return error->status;
    lh_status status = LH_OK;
    if (memchr(texts, '\0', size) || !lh_utf8_valid(texts))
        status = lh_fail(error, LH_ERROR_FORMAT, "%s: is no text in UTF-8", j->texts_path);
    for (const char *at = texts; status == LH_OK && *at; at += *at != '\0') {
        const size_t length = strcspn(at, "\r\n");
        if (length > 0 && row == j->count)
            status = lh_fail(error, LH_ERROR_ARGUMENT, "%s: has more rows than the ink, which has %zu",
                             j->texts_path, j->count);
        else if (length > 0)
            status = set_text(&j->line[row++], at, length, error);
        at += length;
    }
    free(texts);
    return status;
}

/* What was said with --text takes the place of what files say. */
static lh_status set_texts(job *j, lh_error *error)
{
    if (j->texts.count > j->count)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "--text is given %zu times, for ink of %zu row%s", j->texts.count, j->count,
                       j->count == 1 ? "" : "s");
    lh_status status = j->texts_path ? read_texts(j, error) : LH_OK;
    for (size_t i = 0; i < j->texts.count && status == LH_OK; i++)
        status = set_text(&j->line[i], j->texts.text[i], strlen(j->texts.text[i]), error);
    return status;
}

static lh_status read_lines(job *j, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < j->files.count && status == LH_OK; i++) {
        const char *path = j->files.text[i];
        status =
            cli_ends_in(path, "hand") ? add_hand(j, path, error) : add_recording(j, path, error);
    }
    return status == LH_OK ? set_texts(j, error) : status;
}

/* ---- what is told ------------------------------------------------------------------------------
 */

static void tell_lines(const job *j, const bool *read)
{
    for (size_t i = 0; i < j->count; i++)
        visible_row(stderr, "longhand: row %zu %s: %s", i + 1, read[i] ? "is read as" : "says",
                    j->line[i].text);
}

static void tell_missing(const job *j)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    char missing[sizeof letters] = "", *end = missing;
    for (const char *c = letters; *c; c++) {
        bool there = false;
        for (size_t i = 0; i < j->count; i++)
            there = there || strchr(j->line[i].text, *c);
        if (!there)
            *end++ = *c;
    }
    if (*missing)
        fprintf(stderr, "longhand: not in these lines, and so as the network has them: %s\n",
                missing);
}

static void tell_report(const lh_hand_report *r)
{
    fprintf(stderr,
            "longhand: learnt from %zu points of the pen, whose loss went from %.3f to %.3f nats a point",
            r->points, r->before, r->after);
    if (r->held)
        fprintf(stderr, "; on a line that was held back from %.3f to %.3f, after step %d",
                r->held_before, r->held_after, r->steps);
    fputs("\n", stderr);
    if (r->share < 1)
        fprintf(stderr,
                "longhand: the network could hardly write in this hand; %.0f %% of what was learnt "
                "is left out, so that it can\n",
                100 * (1 - r->share));
}

static void on_step(void *user, int step, int steps, double nats)
{
    job *j = user;
    (void)steps;
    (void)nats;
    cli_progress_tell(&j->progress, (size_t)step);
}

/* ---- the command -------------------------------------------------------------------------------
 */

static lh_status prepare(job *j, lh_error *error)
{
    bool read[LH_HAND_LINES_MAX] = {false}, any_read = false;
    lh_status status = LH_OK;
    for (size_t i = 0; i < j->count; i++)
        any_read = (read[i] = !j->line[i].text) || any_read;
    if (any_read || !j->unchecked || j->picture) {
        j->reader = cli_reader_load(j->reader_path, "--reader", error);
        status = j->reader ? LH_OK : error->status;
    }
    if (status == LH_OK && (any_read || !j->unchecked))
        status = lh_hand_lines_check(j->reader, j->line, j->count, error);
    if (status == LH_OK)
        tell_lines(j, read);
    return status == LH_OK ? lh_hand_lines_fit(j->line, j->count, error) : status;
}

static lh_status learn(job *j, lh_error *error)
{
    lh_hand_report report;
    char name[256];
    lh_style_name_of(j->output, ".hand", name, sizeof name);
    lh_model *model = cli_model_load(j->model_path, "longhand.safetensors", error);
    if (!model)
        return error->status;
    j->progress = cli_progress_start(
        "steps", (size_t)(j->options.steps > 0 ? j->options.steps : lh_hand_steps(j->count)));
    lh_style *style = lh_hand_learn(name, model, j->line, j->count, &j->options, &report, error);
    cli_progress_clear(&j->progress);
    lh_status status = style ? LH_OK : error->status;
    if (style) {
        tell_report(&report);
        tell_missing(j);
        style->hand->maker = j->maker ? strdup(j->maker) : NULL;
        style->hand->license = j->license ? strdup(j->license) : NULL;
        if (j->picture)
            status = cli_draw_hand(model, j->reader, style, j->line, j->count, j->picture, error);
    }
    if (status == LH_OK)
        status = lh_style_save(style, j->output, error);
    lh_style_free(style);
    lh_model_free(model);
    return status;
}

static int run(void *job_of, cli_given *given)
{
    job *j = job_of;
    lh_error error = {0};
    if (j->files.count == 0 || !j->output)
        return cli_wrong_usage("hand", "needs lines, and -o with the name of the hand");
    if (!j->model_path)
        cli_claim_asset(&given->claims, NULL, "longhand.safetensors");
    lh_status status = lh_claims_check(&given->claims, &error);
    lh_error where;
    if (status == LH_OK)
        status = read_lines(j, &error);
    if (status == LH_OK && (status = prepare(j, &where)) != LH_OK)
        /* Rows are counted over all files; of one its name is said. */
        lh_fail(&error, status, "%s%s%s", j->files.count == 1 ? j->files.text[0] : "",
                j->files.count == 1 ? ": " : "", where.message);
    if (status == LH_OK)
        status = learn(j, &error);
    lh_reader_free(j->reader);
    for (size_t i = 0; i < j->count; i++) {
        lh_ink_free(j->line[i].ink);
        free(j->line[i].text);
    }
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_hand(int argc, char **argv)
{
    static job j;
    j = (job){.options = lh_hand_defaults};
    j.options.progress = on_step;
    j.options.stop = cli_asked_to_stop;
    j.options.user = &j;
    return cli_obey(&cli_hand_table, argc, argv, &j, run);
}
