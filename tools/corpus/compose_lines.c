/* Composes training lines with signs that people seldom write:
 *
 *     compose-lines --model MODEL --corpus CORPUS -o FOLDER [--each 3]
 *
 * IAM-OnDB has an X in 4 of its 12,194 lines and a Z in 7, from which no network learns them; but
 * it has 506 x and 174 z, which are the same shapes. So the x of a hand is taken out of a line,
 * enlarged to the size of a capital, and put where the same form has a capital at the beginning of
 * a word: "Xhe fox" is as good a text to learn from as any. In the same way a straight I, l
 * or 1 of a hand is set above its full stops, which makes exclamation marks.
 *
 * The network's window tells which strokes are which character. Taken are only characters in
 * strokes of their own, and an x only when its two strokes cross.
 *
 * FOLDER becomes one in the layout of IAM-OnDB with its trainset.txt, to be prepared together with
 * the recordings: longhand prepare IAM FOLDER -o CORPUS. What it holds are recordings, to which
 * IAM-OnDB's conditions apply. */
#include <longhand/longhand.h>

#include "base/folder.h"
#include "changes.h"
#include "corpus/layout.h"
#include "pieces.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FORM_LINES = 64, TEXT_MAX = 400, FOLDER_MAX = 3000, EVERY = 4 };
enum { SMALL = 2, APART = 5 }; /* small letters put into a line, and characters between them */

/* Height of a capital, of small letters. */
static const float CAPITAL = 1.7F;

static const char usage[] =
    "usage: compose-lines --model MODEL --corpus CORPUS -o FOLDER [--each 3]\n";

typedef struct composer {
    const char *model_path, *corpus_path, *folder;
    size_t each; /* lines made of a letter, at most */
    lh_model *model;
    lh_state *state;
    lh_corpus *corpus;
    FILE *list;
    size_t seen, forms; /* forms of the corpus; forms made */
    size_t made[128];   /* lines, by capital */
} composer;

/* ---- files ------------------------------------------------------------------------------------
 */

/* A form of one line. */
static lh_status save(composer *c, const lh_ink *ink, const char *text, lh_error *error)
{
    char form[64], line[80], path[IAM_PATH];
    snprintf(form, sizeof form, "comp-%05zuz", ++c->forms);
    snprintf(line, sizeof line, "%s-01", form);
    lh_status status = iam_line_path(path, c->folder, line, error);
    if (status == LH_OK)
        status = lh_iam_write(ink, path, error);
    if (status == LH_OK)
        status = iam_write_text(c->folder, form, &text, 1, error);
    fprintf(c->list, "%s\n", form);
    return status;
}

/* ---- forms -------------------------------------------------------------------------------------
 */

/* Makes the changes and saves the line. */
static lh_status make_line(composer *c, const aligned *line, const change *changes, size_t count,
                           lh_error *error)
{
    char text[TEXT_MAX];
    snprintf(text, sizeof text, "%s", line->line.text);
    for (size_t i = 0; i < count; i++) {
        text[changes[i].place] = changes[i].sign;
        c->made[(unsigned char)changes[i].sign]++;
    }
    lh_ink *ink = change_line(line, changes, count, error);
    lh_status status = ink ? save(c, ink, text, error) : error->status;
    lh_ink_free(ink);
    return status;
}

/* The letter, in the place of the strokes of `at`, `high` times as large. */
static change replacing(const aligned *from, const cutting *letter, const cutting *at, float wide,
                        float high)
{
    return (change){.from = from,
                    .letter = *letter,
                    .at = *at,
                    .to = {at->box.left, at->box.bottom, wide, high},
                    .replaces = true};
}

/* Makes a capital of the letter where the line has one, or else a small letter, at the beginning
 * of a word. */
static bool put_capital(const aligned *line, const aligned *from, const cutting *letter, change *to)
{
    const char *text = line->line.text;
    const float height = letter->box.bottom - letter->box.top;
    cutting at;
    size_t place = 0;
    while (text[place] && !take_capital(line, place, &at))
        place++;
    float high = (at.box.bottom - at.box.top) / height;
    if (!text[place]) {
        place = 0;
        while (text[place] && !take_initial(line, place, &at))
            place++;
        high = CAPITAL * line->height / height;
    }
    *to = replacing(from, letter, &at, 0.9F * high, high);
    to->place = place;
    return text[place];
}

/* Puts the letter, as it is, where small letters are, up to twice and not beside `but`. */
static size_t put_small(const aligned *line, const aligned *from, const cutting *letter, size_t but,
                        change *to)
{
    const char *text = line->line.text;
    const float scale = line->height / from->height;
    size_t count = 0, next = 0;
    cutting at;
    for (size_t place = 0; text[place] && count < SMALL; place++) {
        if (place < next || (place + 1 >= but && place <= but + 1) || !take_small(line, place, &at))
            continue;
        to[count] = replacing(from, letter, &at, scale, scale);
        to[count++].place = place;
        next = place + APART;
    }
    return count;
}

static int by_place(const void *a, const void *b)
{
    const size_t left = ((const change *)a)->place, right = ((const change *)b)->place;
    return left < right ? -1 : left > right;
}

/* Are the strokes of each change behind those of the one before? */
static bool in_order(const change *changes, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (changes[i].at.first < changes[i - 1].at.end)
            return false;
    return true;
}

/* Puts the letter of `from` into up to `each` lines of the form, as a capital and as it is. */
static lh_status use_letter(composer *c, const aligned *line, size_t lines, const aligned *from,
                            const cutting *letter, char sign, lh_error *error)
{
    size_t made = 0;
    lh_status status = LH_OK;
    for (size_t i = 0; i < lines && made < c->each && status == LH_OK; i++) {
        const aligned *into = &line[(c->forms + i) % lines];
        change changes[1 + SMALL];
        if (!put_capital(into, from, letter, changes))
            continue;
        changes[0].sign = (char)toupper((unsigned char)sign);
        const size_t count = 1 + put_small(into, from, letter, changes[0].place, changes + 1);
        for (size_t k = 1; k < count; k++)
            changes[k].sign = sign;
        qsort(changes, count, sizeof *changes, by_place);
        if (!in_order(changes, count))
            continue;
        status = make_line(c, into, changes, count, error);
        made++;
    }
    return status;
}

/* Sets the first bar of the form above the full stops of its lines. */
static lh_status use_bar(composer *c, const aligned *line, size_t lines, lh_error *error)
{
    cutting bar, stop;
    const aligned *from = NULL;
    for (size_t i = 0; i < lines && !from; i++)
        for (size_t place = 0; line[i].line.text[place] && !from; place++)
            from = take_bar(&line[i], place, &bar) ? &line[i] : NULL;
    lh_status status = LH_OK;
    for (size_t i = 0, made = 0; from && i < lines && made < c->each && status == LH_OK; i++) {
        if (!take_stop(&line[i], &stop))
            continue;
        const float height = line[i].height, scale = 1.5F * height / (bar.box.bottom - bar.box.top),
                    left = 0.5F * (stop.box.left + stop.box.right -
                                   scale * (bar.box.right - bar.box.left));
        const change what = {.from = from,
                             .letter = bar,
                             .at = stop,
                             .place = strlen(line[i].line.text) - 1,
                             .sign = '!',
                             .to = {left, stop.box.top - 0.35F * height, scale, scale}};
        status = make_line(c, &line[i], &what, 1, error);
        made++;
    }
    return status;
}

/* Is it a text that the model can follow, in ASCII and of a line's length? */
static bool is_known(const composer *c, const char *text)
{
    const char *at = text;
    for (; *at && (unsigned char)*at < 128; at++)
        if (lh_alphabet_index(&c->model->alphabet, (unsigned char)*at) < 0)
            return false;
    return !*at && at > text && at - text < TEXT_MAX;
}

/* Puts every letter of `from` into lines of its form. */
static lh_status use_letters(composer *c, const aligned *from, const aligned *lines, size_t count,
                             lh_error *error)
{
    const char *text = from->line.text;
    lh_status status = LH_OK;
    cutting letter;
    for (size_t place = 0; text[place] && status == LH_OK; place++)
        if (take_letter(from, place, &letter))
            status = use_letter(c, lines, count, from, &letter, text[place], error);
    return status;
}

/* The aligned lines first..end-1 of the corpus, of one form, that have an x or z, or all of them.
 */
static lh_status align_form(composer *c, size_t first, size_t end, bool all, aligned *to,
                            size_t *count, lh_error *error)
{
    lh_corpus_line line[FORM_LINES];
    *count = 0;
    for (size_t i = first; i < end && *count < FORM_LINES; i++) {
        lh_corpus_line one = lh_corpus_get(c->corpus, i);
        if (is_known(c, one.text) && (all || strpbrk(one.text, "xz")))
            line[(*count)++] = one;
    }
    return align_lines(c->model, c->state, line, *count, to, error);
}

/* Is there a letter to take out in lines first..end-1? */
static lh_status find_letter(composer *c, size_t first, size_t end, bool *found, lh_error *error)
{
    aligned line[FORM_LINES];
    cutting letter;
    size_t lines;
    lh_status status = align_form(c, first, end, false, line, &lines, error);
    for (size_t i = 0; status == LH_OK && i < lines; i++) {
        for (size_t place = 0; line[i].line.text[place] && !*found; place++)
            *found = take_letter(&line[i], place, &letter);
        align_clear(&line[i]);
    }
    return status;
}

/* Lines first..end-1 of the corpus, of one form. Following lines takes all the time: only forms
 * with a letter to take out are followed whole, and a few more for the sake of their full stops. */
static lh_status use_form(composer *c, size_t first, size_t end, lh_error *error)
{
    aligned line[FORM_LINES];
    size_t lines;
    bool whole = c->seen++ % EVERY == 0;
    lh_status status = whole ? LH_OK : find_letter(c, first, end, &whole, error);
    if (status == LH_OK && whole)
        status = align_form(c, first, end, true, line, &lines, error);
    if (status != LH_OK || !whole)
        return status;
    for (size_t i = 0; i < lines && status == LH_OK; i++)
        status = use_letters(c, &line[i], line, lines, error);
    if (status == LH_OK)
        status = use_bar(c, line, lines, error);
    for (size_t i = 0; i < lines; i++)
        align_clear(&line[i]);
    return status;
}

/* Up to which line do lines from `first` on have a text, are trained on, and are of its form? */
static size_t form_end(const lh_corpus *corpus, size_t first)
{
    const char *name = lh_corpus_get(corpus, first).name, *number = strrchr(name, '-');
    const size_t length = number ? (size_t)(number - name) + 1 : strlen(name);
    size_t end = first;
    for (; end < lh_corpus_count(corpus); end++) {
        lh_corpus_line line = lh_corpus_get(corpus, end);
        if (!line.text || !(1u << line.split & LH_SPLITS_PAPER_TRAINING) ||
            strncmp(line.name, name, length) != 0)
            break;
    }
    return end;
}

static lh_status compose_all(composer *c, lh_error *error)
{
    char path[IAM_PATH];
    if (strlen(c->folder) > FOLDER_MAX)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%.200s: too long a name", c->folder);
    snprintf(path, sizeof path, "%.3000s/lineStrokes/comp", c->folder);
    if (access(path, F_OK) == 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%.200s: there are composed lines in it already",
                       c->folder);
    snprintf(path, sizeof path, "%.3000s/trainset.txt", c->folder);
    lh_status status = lh_folder_make_above(path, error);
    lh_output *output = status == LH_OK ? lh_output_open(path, error) : NULL;
    if (!output)
        return error->status;
    c->list = lh_output_stream(output);
    for (size_t i = 0, end; i < lh_corpus_count(c->corpus) && status == LH_OK; i = end) {
        end = form_end(c->corpus, i);
        if (end == i)
            end++;
        else
            status = use_form(c, i, end, error);
    }
    status = lh_output_end(output, status, error);
    if (status == LH_OK)
        printf("%zu lines with X, %zu with Z, %zu with !; %zu x, %zu z\n", c->made['X'],
               c->made['Z'], c->made['!'], c->made['x'], c->made['z']);
    return status;
}

/* ---- the program ------------------------------------------------------------------------------
 */

static bool read_options(composer *c, int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *name = argv[i], *value = argv[i + 1];
        if (!strcmp(name, "--model"))
            c->model_path = value;
        else if (!strcmp(name, "--corpus"))
            c->corpus_path = value;
        else if (!strcmp(name, "--each"))
            c->each = strtoull(value, NULL, 10);
        else if (!strcmp(name, "-o"))
            c->folder = value;
        else
            return false;
    }
    return argc % 2 == 1 && c->model_path && c->corpus_path && c->folder && c->each > 0;
}

int main(int argc, char **argv)
{
    composer c = {.each = 3};
    if (!read_options(&c, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    lh_error error;
    c.model = lh_model_load(c.model_path, &error);
    c.corpus = c.model ? lh_corpus_open(c.corpus_path, &error) : NULL;
    c.state = c.corpus ? lh_state_new(c.model->network, ALIGN_ROWS, &error) : NULL;
    lh_status status = c.state ? compose_all(&c, &error) : error.status;
    if (status != LH_OK)
        fprintf(stderr, "compose-lines: %s\n", error.message);
    lh_state_free(c.state);
    lh_corpus_free(c.corpus);
    lh_model_free(c.model);
    return status == LH_OK ? 0 : 1;
}
