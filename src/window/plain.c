/* From what is typed to what is written: see plain.h. */
#include "plain.h"

#include "document/long_words.h"

#include <stdlib.h>
#include <string.h>

void win_plain_clear(win_plain *p)
{
    free(p->text);
    free(p->byte);
    free(p->letter);
    free(p->part_of);
    free(p->first);
    lh_manuscript_clear(&p->from);
    *p = (win_plain){0};
}

/* ---- parts ------------------------------------------------------------------------------------
 */

void win_parts_clear(win_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        free(parts->row[i].word);
    free(parts->row);
    *parts = (win_parts){0};
}

/* The row of a word, from 1; 0: it is not parted. */
static size_t find_part(const win_parts *parts, const char *word, size_t bytes)
{
    for (size_t i = 0; parts && i < parts->count; i++)
        if (strlen(parts->row[i].word) == bytes && memcmp(parts->row[i].word, word, bytes) == 0)
            return i + 1;
    return 0;
}

/* Word `index` of what is written. */
static const char *word_at(const win_plain *p, size_t index, size_t *bytes)
{
    const char *at = p->text;
    for (; index > 0 && *at; index--)
        at += strcspn(at, " ") + 1;
    *bytes = strcspn(at, " ");
    return at;
}

bool win_parts_add(win_parts *parts, const win_plain *p, size_t index, size_t characters)
{
    if (index >= p->words || characters < 2)
        return false;
    if (p->part_of[index] > 0) {
        struct win_part *row = &parts->row[p->part_of[index] - 1];
        bool shorter = characters < row->characters;
        row->characters = shorter ? characters : row->characters;
        return shorter;
    }
    struct win_part *more = realloc(parts->row, (parts->count + 1) * sizeof *more);
    size_t bytes;
    const char *word = word_at(p, index, &bytes);
    if (!more)
        return false;
    parts->row = more;
    more[parts->count] = (struct win_part){strndup(word, bytes), characters};
    bool whole = more[parts->count].word != NULL;
    parts->count += whole;
    return whole;
}

/* ---- joining ----------------------------------------------------------------------------------
 */

/* The text in the making; `size` is in bytes. */
typedef struct joining {
    win_plain *to;
    const char *typed;
    const win_letters *letters;
    size_t size;
} joining;

static void add_letter(joining *j, const char *letter, size_t bytes, size_t byte)
{
    win_plain *p = j->to;
    const char *at = letter;
    p->letter[p->count] = lh_utf8_next(&at);
    p->byte[p->count++] = byte;
    memcpy(p->text + j->size, letter, bytes);
    j->size += bytes;
}

/* Behind the character that was typed at `byte`. */
static size_t behind(const joining *j, size_t byte)
{
    const char *at = j->typed + byte;
    lh_utf8_next(&at);
    return (size_t)(at - j->typed);
}

/* A word, or a part of one, that stands at byte[0], ... of what is typed. */
static void add_word(joining *j, const char *word, size_t bytes, const size_t *byte, size_t part)
{
    win_plain *p = j->to;
    if (p->count > 0)
        add_letter(j, " ", 1,
                   part && p->part_of[p->words - 1] == part ? byte[0]
                                                            : behind(j, p->byte[p->count - 1]));
    for (const char *at = word, *next = at; at < word + bytes; at = next, byte++) {
        lh_utf8_next(&next);
        add_letter(j, at, (size_t)(next - at), *byte);
    }
    p->part_of[p->words++] = part;
}

static size_t count_letters(const char *word, size_t bytes)
{
    size_t count = 0;
    for (const char *at = word; at < word + bytes; count++)
        lh_utf8_next(&at);
    return count;
}

/* A word, in parts where it is too wide. Returns its characters. */
static size_t add_parts(joining *j, const char *word, size_t bytes, const size_t *byte)
{
    const win_letters *letters = j->letters;
    const size_t part = find_part(letters->parts, word, bytes), all = count_letters(word, bytes);
    const bool hyphens = lh_can_write(letters->alphabet, '-');
    const size_t most = part ? letters->parts->row[part - 1].characters : 0;
    const char *end = word + bytes;
    bool hyphen;
    size_t done = 0;
    for (size_t count; part && (count = lh_long_word_part(word, all - done, most, &hyphen)) > 0;) {
        const char *next = word;
        for (size_t i = 0; i < count; i++)
            lh_utf8_next(&next);
        add_word(j, word, (size_t)(next - word), byte + done, part);
        done += count;
        if (hyphen && hyphens)
            add_letter(j, "-", 1, byte[done]);
        word = next;
    }
    add_word(j, word, (size_t)(end - word), byte + done, done > 0 ? part : 0);
    return all;
}

static void add_passage(joining *j, const lh_passage *passage)
{
    const size_t *byte = passage->byte;
    for (const char *word = passage->text; *word;) {
        size_t bytes = strcspn(word, " ");
        byte += add_parts(j, word, bytes, byte);
        word += bytes;
        if (*word) {
            word++;
            byte++;
        }
    }
}

/* A blank behind all says that the last word is whole. */
static void join(joining *j)
{
    win_plain *p = j->to;
    const size_t length = strlen(j->typed);
    for (size_t i = 0; i < p->from.passages; i++) {
        p->first[i] = p->words;
        add_passage(j, &p->from.passage[i]);
    }
    p->first[p->from.passages] = p->words;
    if (p->count > 0 && strchr(" \t\n", j->typed[length - 1]))
        add_letter(j, " ", 1, behind(j, p->byte[p->count - 1]));
    p->byte[p->count] = length;
    p->text[j->size] = '\0';
}

lh_status win_plain_read(win_plain *plain, const char *typed, const win_letters *letters,
                         lh_error *error)
{
    const lh_manuscript_options options = {
        .alphabet = letters->alphabet, .signs = letters->signs, .skip_unknown = true, .bare = true};
    win_plain p = {0};
    lh_status status = lh_manuscript_read(&p.from, typed, &options, error);
    size_t room = 2;
    for (size_t i = 0; i < p.from.passages; i++) /* each character may get a hyphen and a blank */
        room += 3 * (strlen(p.from.passage[i].text) + 1);
    p.text = malloc(room);
    p.byte = malloc(room * sizeof *p.byte);
    p.letter = malloc(room * sizeof *p.letter);
    p.part_of = malloc(room * sizeof *p.part_of);
    p.first = malloc((p.from.passages + 1) * sizeof *p.first);
    if (status == LH_OK && (!p.text || !p.byte || !p.letter || !p.part_of || !p.first))
        status = lh_fail_memory(error, "a text");
    if (status != LH_OK) {
        win_plain_clear(&p);
        return status;
    }
    join(&(joining){&p, typed, letters, 0});
    win_plain_clear(plain);
    *plain = p;
    return LH_OK;
}

/* ---- what differs, and what is left out -------------------------------------------------------
 */

static bool stands_alike(const lh_passage *a, const lh_passage *b)
{
    return a->rows == b->rows && a->page == b->page && a->indent == b->indent &&
           a->tabs == b->tabs && a->blanks == b->blanks && a->hangs == b->hangs &&
           (!a->hangs || a->mark == b->mark);
}

size_t win_plain_moved(const win_plain *p, const win_plain *before)
{
    size_t i = 0;
    while (i < p->from.passages && i < before->from.passages && p->first[i] == before->first[i] &&
           stands_alike(&p->from.passage[i], &before->from.passage[i]))
        i++;
    if (i == p->from.passages && i == before->from.passages)
        return p->words;
    const size_t a = p->first ? p->first[i] : 0, b = before->first ? before->first[i] : 0;
    return a < b ? a : b;
}

void win_plain_copy(const win_plain *p, size_t from, size_t to, char *text, size_t size)
{
    size_t length = 0;
    for (size_t i = from; i < to && i < p->count && length + 5 <= size; i++)
        length += lh_utf8_encode(p->letter[i], text + length);
    text[length] = '\0';
}

bool win_plain_skips(const win_plain *p, uint32_t letter)
{
    return lh_alphabet_index(&p->from.skipped.signs, letter == UINT32_MAX ? 0xfffd : letter) >= 0;
}

size_t win_plain_skipped(const win_plain *p, char *text, size_t size)
{
    enum { NAMED = 10 };
    const lh_alphabet *signs = &p->from.skipped.signs;
    *text = '\0';
    for (int i = 0; i < signs->count && i < NAMED; i++) {
        char sign[5];
        lh_utf8_encode(signs->codepoint[i], sign);
        size_t length = strlen(text);
        snprintf(text + length, size - length, "%s\u201c%s\u201d", i > 0 ? ", " : "", sign);
    }
    return (size_t)signs->count;
}
