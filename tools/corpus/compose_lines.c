/* Composes training lines with signs that people seldom write:
 *
 *     compose-lines --model MODEL --corpus CORPUS -o FOLDER [--each 3]
 *
 * IAM-OnDB has an X in 4 of its 12,194 lines and a Z in 7, from which no network learns them; but
 * it has 506 x and 174 z, which are the same shapes. So the x of a hand is taken out of a line,
 * enlarged to the size of a capital, and put where the same form has a letter at the beginning of a
 * word; as it is it also takes the place of other small letters: "Xhe qxick fox" is as good a text
 * to learn from as any. In the same way a straight I, l or 1 of a hand is set above its full stop,
 * which makes !, a full stop above its comma, which makes ;, and its digits change places.
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
#include "composer.h"
#include "corpus/layout.h"
#include "pieces.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FORM_LINES = 64, TEXT_MAX = 400, FOLDER_MAX = 3000 };

static const char usage[] =
    "usage: compose-lines --model MODEL --corpus CORPUS -o FOLDER [--each 3]\n";

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
        status = iam_write_text(path, c->folder, form, &text, 1, error);
    if (status == LH_OK)
        fprintf(c->list, "%s\n", form);
    return status;
}

/* ---- forms -------------------------------------------------------------------------------------
 */

lh_status composer_make(composer *c, const aligned *line, const change *changes, size_t count,
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

/* Is it a text that the model can follow, in ASCII and of a line's length? */
static bool is_known(const composer *c, const char *text)
{
    const char *at = text;
    for (; *at && (unsigned char)*at < 128; at++)
        if (lh_alphabet_index(&c->model->alphabet, (unsigned char)*at) < 0)
            return false;
    return !*at && at > text && at - text < TEXT_MAX;
}

/* Aligns lines first..end-1 of the corpus, which are of one form, and makes what can be made. */
static lh_status use_form(composer *c, size_t first, size_t end, lh_error *error)
{
    lh_corpus_line line[FORM_LINES];
    aligned lines[FORM_LINES];
    size_t count = 0;
    for (size_t i = first; i < end && count < FORM_LINES; i++) {
        lh_corpus_line one = lh_corpus_get(c->corpus, i);
        if (is_known(c, one.text))
            line[count++] = one;
    }
    lh_status status = align_lines(c->model, c->state, line, count, lines, error);
    if (status != LH_OK)
        return status;
    status = compose_letters(c, lines, count, error);
    if (status == LH_OK)
        status = compose_marks(c, lines, count, error);
    if (status == LH_OK)
        status = compose_digits(c, lines, count, error);
    for (size_t i = 0; i < count; i++)
        align_clear(&lines[i]);
    return status;
}

/* Up to which line do lines from `first` on have a text, are trained on, and are of its form? */
static size_t form_end(const lh_corpus *corpus, size_t first)
{
    char form[IAM_PATH], other[IAM_PATH];
    if (!iam_form_of(lh_corpus_get(corpus, first).name, form))
        return first;
    size_t end = first;
    for (; end < lh_corpus_count(corpus); end++) {
        lh_corpus_line line = lh_corpus_get(corpus, end);
        if (!line.text || !(1u << line.split & LH_SPLITS_PAPER_TRAINING) ||
            !iam_form_of(line.name, other) || strcmp(other, form) != 0)
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
        for (const char *sign = "XZ!;xz0123456789"; *sign; sign++)
            printf("%c %zu\n", *sign, c->made[(unsigned char)*sign]);
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
