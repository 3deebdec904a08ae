/* Plain text to words, and words to pieces. IAM-OnDB's transcriptions hold ordinary English text
 * (nine commas of ten, and more full stops, stand right behind a word), so the network is given
 * text as people type it. */
#include "words.h"

#include "composed.h"

#include <stdlib.h>
#include <string.h>

/* Characters. Half of IAM-OnDB's lines have 25 to 33, few more than 45: a piece of 24 to 36, read
 * behind a hand's ink of as many, stays within what the network has seen. */
enum { PIECE_MAX = 36, PIECE_GOOD = 28 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

char *lh_words_plain(const char *text)
{
    char *plain = malloc(strlen(text) + 1);
    if (!plain)
        return NULL;
    size_t n = 0;
    for (; *text; text++) {
        if (!is_blank(*text))
            plain[n++] = *text;
        else if (n > 0 && plain[n - 1] != ' ')
            plain[n++] = ' ';
    }
    while (n > 0 && plain[n - 1] == ' ')
        n--;
    plain[n] = '\0';
    return plain;
}

/* The text's code points and the characters that a network writes for them. */
static lh_status encode(lh_words *words, const lh_alphabet *alphabet, lh_error *error)
{
    char *bases = lh_composed_bases(words->text, alphabet, false);
    words->sign = malloc((strlen(words->text) + 1) * sizeof *words->sign);
    lh_status status = bases && words->sign ? lh_alphabet_encode(alphabet, bases, &words->character,
                                                                 &words->count, error)
                                            : lh_fail_memory(error, "a text");
    free(bases);
    const char *at = words->text;
    for (size_t i = 0; status == LH_OK && i < words->count; i++)
        words->sign[i] = lh_utf8_next(&at);
    return status;
}

lh_status lh_words_read(lh_words *words, const lh_alphabet *alphabet, const char *text,
                        lh_error *error)
{
    *words = (lh_words){.blank = lh_alphabet_index(alphabet, ' ')};
    words->text = lh_words_plain(text);
    if (!words->text)
        return lh_fail_memory(error, "a text");
    lh_status status = words->blank < 0 ? lh_fail(error, LH_ERROR_ARGUMENT,
                                                  "the model's alphabet has no blank between words")
                                        : encode(words, alphabet, error);
    if (status != LH_OK)
        lh_words_clear(words);
    return status;
}

lh_status lh_words_of_ink(const lh_alphabet *alphabet, const char *text, int32_t **character,
                          size_t *count, lh_error *error)
{
    char *spaced = malloc(strlen(text) + 2);
    char *bases =
        spaced ? lh_composed_bases(strcat(strcpy(spaced, text), " "), alphabet, true) : NULL;
    free(spaced);
    lh_status status = bases ? lh_alphabet_encode(alphabet, bases, character, count, error)
                             : lh_fail_memory(error, "a text");
    free(bases);
    return status;
}

void lh_words_clear(lh_words *words)
{
    free(words->text);
    free(words->sign);
    free(words->character);
    *words = (lh_words){0};
}

size_t lh_words_end(const lh_words *words, size_t start)
{
    while (start < words->count && words->character[start] != words->blank)
        start++;
    return start;
}

size_t lh_words_cut(const lh_words *words, size_t start)
{
    size_t rest = words->count - start;
    if (rest <= PIECE_MAX)
        return words->count;
    size_t pieces = (rest + PIECE_GOOD - 1) / PIECE_GOOD;
    size_t wanted = rest / pieces;
    size_t end = lh_words_end(words, start);
    while (end < words->count) {
        size_t longer = lh_words_end(words, end + 1);
        size_t length = end - start, grown = longer - start;
        if (grown > PIECE_MAX || 2 * wanted < length + grown)
            break;
        end = longer;
    }
    return end;
}

size_t lh_words_byte(const char *text, size_t character)
{
    const char *at = text;
    while (character-- > 0 && *at)
        lh_utf8_next(&at);
    return (size_t)(at - text);
}
