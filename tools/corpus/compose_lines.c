/* Composes training lines with signs that people seldom write:
 *
 *     compose-lines --model MODEL --corpus CORPUS -o FOLDER [--each 3] [--signs 'XZ!;0']
 *
 * IAM-OnDB has an X in 4 of its 12,194 lines and a Z in 7, from which no network learns them; but
 * it has 506 x and 174 z, which are the same shapes. So the x of a hand is taken out of a line,
 * enlarged to the size of a capital, and put where the same form has a letter at the beginning of a
 * word; as it is it also takes the place of other small letters: "Xhe qxick fox" is as good a text
 * to learn from as any. In the same way a straight I, l or 1 of a hand is set above its full stop,
 * which makes !, a full stop above its comma, which makes ;, and its digits change places. --signs
 * says which of these are made; 0 stands for the digits.
 *
 * The network's window tells which strokes are which character. Taken are only characters in
 * strokes of their own, and an x only when its two strokes cross.
 *
 * FOLDER becomes one in the layout of IAM-OnDB with its trainset.txt, to be prepared together with
 * the recordings: longhand prepare IAM FOLDER -o CORPUS. What it holds are recordings, to which
 * IAM-OnDB's conditions apply. */
#include <longhand/longhand.h>

#include "../given.h"
#include "changes.h"
#include "composer.h"
#include "corpus/iam_layout.h"
#include "corpus/iam_name.h"
#include "pieces.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 400 };

static const char all_signs[] = "XZ!;0";

static const char usage[] =
    "usage: compose-lines --model MODEL --corpus CORPUS -o FOLDER [--each 3] [--signs 'XZ!;0']\n";

/* ---- forms -------------------------------------------------------------------------------------
 */

bool composer_makes(const composer *c, char sign)
{
    return strchr(c->signs, sign);
}

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
    lh_status status = ink ? forms_add(&c->forms, ink, text, error) : error->status;
    lh_ink_free(ink);
    return status;
}

/* Is it a training line of a form, with a text that the model can follow, in ASCII and of a line's
 * length? */
static bool is_used(const composer *c, const lh_corpus_line *line)
{
    const char *at = line->text;
    if (!at || !(1u << line->split & LH_SPLITS_PAPER_TRAINING) || !iam_has_place(line->name))
        return false;
    for (; *at && (unsigned char)*at < 128; at++)
        if (lh_alphabet_index(&c->model->alphabet, (unsigned char)*at) < 0)
            return false;
    return !*at && at > line->text && at - line->text < TEXT_MAX;
}

/* The lines that are used, which the caller frees; NULL: out of memory. */
static lh_corpus_line *used_lines(const composer *c, size_t *count)
{
    lh_corpus_line *lines = malloc((lh_corpus_count(c->corpus) + 1) * sizeof *lines);
    *count = 0;
    for (size_t i = 0; lines && i < lh_corpus_count(c->corpus); i++) {
        lines[*count] = lh_corpus_get(c->corpus, i);
        *count += is_used(c, &lines[*count]);
    }
    return lines;
}

/* Is lines[i] of another form than the line before it? */
static bool begins_form(const lh_corpus_line *lines, size_t i)
{
    return i == 0 || !iam_same_form(lines[i].name, lines[i - 1].name);
}

/* Up to which line the network follows at a time from `first` on: whole forms, or a part of a form
 * that is larger. */
static size_t batch_end(const lh_corpus_line *lines, size_t count, size_t first)
{
    if (count - first <= ALIGN_ROWS)
        return count;
    size_t end = first + ALIGN_ROWS;
    while (end > first && !begins_form(lines, end))
        end--;
    return end > first ? end : first + ALIGN_ROWS;
}

/* Makes what can be made of the lines, which are of one form. */
static lh_status use_form(composer *c, const aligned *lines, size_t count, lh_error *error)
{
    lh_status status = compose_letters(c, lines, count, error);
    if (status == LH_OK)
        status = compose_marks(c, lines, count, error);
    return status == LH_OK ? compose_digits(c, lines, count, error) : status;
}

/* Aligns the lines and makes what can be made of each form. */
static lh_status use_forms(composer *c, const lh_corpus_line *lines, size_t count, lh_error *error)
{
    aligned to[ALIGN_ROWS];
    lh_status status = align_lines(c->model, c->state, lines, count, to, error);
    if (status != LH_OK)
        return status;
    for (size_t first = 0, end; first < count && status == LH_OK; first = end) {
        for (end = first + 1; end < count && !begins_form(lines, end);)
            end++;
        status = use_form(c, to + first, end - first, error);
    }
    for (size_t i = 0; i < count; i++)
        align_clear(&to[i]);
    return status;
}

static lh_status compose_all(composer *c, lh_error *error)
{
    size_t count = 0;
    lh_status status = forms_begin(&c->forms, c->folder, "comp", error);
    lh_corpus_line *lines = status == LH_OK ? used_lines(c, &count) : NULL;
    if (status == LH_OK && !lines)
        status = lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    for (size_t i = 0, end; i < count && status == LH_OK; i = end) {
        end = batch_end(lines, count, i);
        status = use_forms(c, lines + i, end - i, error);
    }
    free(lines);
    status = forms_end(&c->forms, status, error);
    if (status == LH_OK)
        for (const char *sign = "XZ!;xz0123456789"; *sign; sign++)
            printf("%c %zu\n", *sign, c->made[(unsigned char)*sign]);
    return status;
}

/* ---- the program ------------------------------------------------------------------------------
 */

static bool read_options(composer *c, int argc, char **argv)
{
    const given_option options[] = {
        {"--model", GIVEN_TEXT, &c->model_path}, {"--corpus", GIVEN_TEXT, &c->corpus_path},
        {"--each", GIVEN_COUNT, &c->each},       {"--signs", GIVEN_TEXT, &c->signs},
        {"-o", GIVEN_TEXT, &c->folder},
    };
    int files;
    return given_read(options, sizeof options / sizeof *options, argc, argv, &files) &&
           files == 0 && c->model_path && c->corpus_path && c->folder && c->each > 0 &&
           c->signs[0] && !c->signs[strspn(c->signs, all_signs)];
}

int main(int argc, char **argv)
{
    composer c = {.each = 3, .signs = all_signs};
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
