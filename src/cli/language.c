/* A language learnt from a file: see language.h. */
#include "language.h"

#include <longhand/corpus.h>

#include <stdlib.h>
#include <string.h>

/* Characters that are seen at once; a text of the size of IAM-OnDB's is too small for more. */
enum { ORDER = 6, TEXT_LIMIT = 256 << 20 };

static const char corpus_ending[] = ".lhc";

static lh_status learn_corpus(lh_language *language, const char *path, lh_error *error)
{
    lh_corpus *corpus = lh_corpus_open(path, error);
    lh_status status = corpus ? LH_OK : error->status;
    size_t learnt = 0;
    for (size_t i = 0; corpus && i < lh_corpus_count(corpus) && status == LH_OK; i++) {
        const lh_corpus_line line = lh_corpus_get(corpus, i);
        if (!line.text || !(1u << line.split & LH_SPLITS_PAPER_TRAINING))
            continue;
        status = lh_language_learn(language, line.text, error);
        learnt++;
    }
    if (status == LH_OK && learnt == 0)
        status =
            lh_fail(error, LH_ERROR_ARGUMENT, "%s: there is no text of training lines in it", path);
    lh_corpus_free(corpus);
    return status;
}

static lh_status learn_text(lh_language *language, const char *path, lh_error *error)
{
    size_t size, row = 0;
    char *text = lh_file_read(path, TEXT_LIMIT, &size, error);
    lh_status status = text ? LH_OK : error->status;
    if (text && strlen(text) != size)
        status = lh_fail(error, LH_ERROR_FORMAT, "%s: this is no text", path);
    for (char *at = text, *next; at && *at && status == LH_OK; at = next) {
        next = strchr(at, '\n');
        if (next)
            *next++ = '\0';
        row++;
        if (!lh_utf8_valid(at))
            status = lh_fail(error, LH_ERROR_FORMAT, "%s:%zu: this is no UTF-8", path, row);
        else
            status = lh_language_learn(language, at, error);
    }
    free(text);
    return status;
}

lh_language *cli_language_load(const char *path, lh_error *error)
{
    const size_t length = strlen(path), ending = strlen(corpus_ending);
    const bool packed = length > ending && strcmp(path + length - ending, corpus_ending) == 0;
    lh_language *language = lh_language_new(ORDER, error);
    if (!language)
        return NULL;
    if ((packed ? learn_corpus : learn_text)(language, path, error) == LH_OK)
        return language;
    lh_language_free(language);
    return NULL;
}

/* ---- the text alone ---- */

static char *join_lines(const lh_corpus *corpus, const char *path, lh_error *error)
{
    size_t size = 1;
    for (size_t i = 0; i < lh_corpus_count(corpus); i++) {
        const char *line = lh_corpus_get(corpus, i).text;
        size += line ? strlen(line) + 1 : 0;
    }
    char *text = malloc(size), *at = text;
    if (!text)
        lh_fail_memory(error, "a text");
    for (size_t i = 0; text && i < lh_corpus_count(corpus); i++) {
        const char *line = lh_corpus_get(corpus, i).text;
        if (line)
            at += sprintf(at, "%s\n", line);
    }
    if (text && size == 1) {
        lh_fail(error, LH_ERROR_ARGUMENT, "%s: no line in it has a text", path);
        free(text);
        return NULL;
    }
    return text;
}

char *cli_text_load(const char *path, lh_error *error)
{
    const size_t length = strlen(path), ending = sizeof corpus_ending - 1;
    if (length > ending && strcmp(path + length - ending, corpus_ending) == 0) {
        lh_corpus *corpus = lh_corpus_open(path, error);
        char *text = corpus ? join_lines(corpus, path, error) : NULL;
        lh_corpus_free(corpus);
        return text;
    }
    size_t size;
    char *text = lh_file_read(path, TEXT_LIMIT, &size, error);
    if (text && strlen(text) == size)
        return text;
    if (text)
        lh_fail(error, LH_ERROR_FORMAT, "%s: this is no text", path);
    free(text);
    return NULL;
}

char *cli_letters_text(const lh_letters *letters, size_t count, lh_error *error)
{
    char *text = malloc(4 * count + 1), *at = text;
    if (!text)
        lh_fail_memory(error, "a text");
    for (size_t i = 0; text && i < count; i++) {
        char encoded[5];
        const size_t length = lh_utf8_encode(lh_letters_at(letters, i), encoded);
        memcpy(at, encoded, length);
        at += length;
    }
    if (text)
        *at = '\0';
    return text;
}
