/* Words that are wider than a row: see long_words.h. The parts are words of their own. They stand
 * in rows of their own too, as two of them have no room in one. */
#include "document/long_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the room that a part has by the mean width of the word's characters, what it is to take: hands
 * vary. */
static const float share = 0.92f, share_less = 0.85f;

static const char breaks[] = "/.-_?&=:,;+@#%";

static bool breaks_behind(const char *at, const char *next)
{
    return *at && strchr(breaks, *at) && *next && !strchr(breaks, *next);
}

/* The part's end: the last place in its second half at which words break, else the room's end less
 * a hyphen. */
size_t lh_long_word_part(const char *word, size_t characters, size_t room, bool *hyphen)
{
    size_t found = 0, index = 0;
    *hyphen = false;
    if (room >= characters || room < 2)
        return 0;
    for (const char *at = word, *next = at; index < room; at = next) {
        lh_utf8_next(&next);
        index++;
        if (2 * index >= room && breaks_behind(at, next))
            found = index;
    }
    if (found > 0)
        return found;
    *hyphen = true;
    return room - 1;
}

/* Parts on their way to the text of a passage. */
typedef struct parting {
    FILE *text;
    bool *underlined; /* [words so far], or NULL */
    size_t words;
    bool broken, hyphens;
} parting;

static void add_word(parting *p, const char *bytes, size_t count, bool hyphen, bool underlined)
{
    fprintf(p->text, "%s%.*s%s", p->words > 0 ? " " : "", (int)count, bytes,
            hyphen && p->hyphens ? "-" : "");
    if (p->underlined)
        p->underlined[p->words] = underlined;
    p->words++;
}

/* A word [characters, bytes] of which `room` characters go in a row. */
static void add_parts(parting *p, const char *word, size_t bytes, size_t characters, size_t room,
                      bool underlined)
{
    char *rest = strndup(word, bytes);
    const char *from = rest;
    bool hyphen;
    for (size_t part; rest && (part = lh_long_word_part(from, characters, room, &hyphen)) > 0;) {
        const char *end = from;
        for (size_t i = 0; i < part; i++)
            lh_utf8_next(&end);
        add_word(p, from, (size_t)(end - from), hyphen, underlined);
        characters -= part;
        from = end;
        p->broken = true;
    }
    if (rest)
        add_word(p, from, strlen(from), false, underlined);
    free(rest);
}

/* Rows that words go in, units. */
typedef struct row_room {
    float width;  /* within the margins */
    float widest; /* of a word alone in its row, which runs into the margin */
    float share;  /* of `width`, for a part */
    bool hyphens; /* can be written */
} row_room;

/* How many characters of a word go in a row: all, if it goes, or if it has nowhere to be broken but
 * at a hyphen and runs into the margin. */
static size_t characters_in_row(const row_room *room, const char *text, const lh_word *word,
                                float width)
{
    const size_t all = (size_t)word->count;
    if (!(width > room->width)) /* a word of no ink has no width */
        return all;
    const size_t fit = (size_t)(fmaxf(room->share * room->width / width, 0) * (float)all);
    if (width > room->widest)
        return fit;
    char *bytes = strndup(text + word->byte, word->bytes);
    bool hyphen = true;
    const size_t part = bytes ? lh_long_word_part(bytes, all, fit, &hyphen) : 0;
    free(bytes);
    return part > 0 && !hyphen ? fit : all;
}

/* The text of a passage with its long words in parts; `*underlined` as that of a passage. */
static char *part_text(const lh_passage *passage, const lh_written *written, const row_room *room,
                       bool *broken, bool **underlined)
{
    char *text = NULL;
    size_t size;
    parting p = {.text = open_memstream(&text, &size), .hyphens = room->hyphens};
    if (passage->underlined)
        p.underlined = calloc(strlen(passage->text) + 1, sizeof *p.underlined);
    if (!p.text || (passage->underlined && !p.underlined)) {
        if (p.text)
            fclose(p.text);
        free(text);
        free(p.underlined);
        return NULL;
    }
    for (size_t i = 0; i < written->words; i++) {
        const lh_word *word = &written->word[i];
        const lh_box box = lh_written_bounds(written, i, 1);
        add_parts(&p, written->text + word->byte, word->bytes, (size_t)word->count,
                  characters_in_row(room, written->text, word, box.right - box.left),
                  passage->underlined && passage->underlined[i]);
    }
    *broken = p.broken;
    *underlined = p.underlined;
    const bool good = !ferror(p.text);
    if (fclose(p.text) == 0 && good)
        return text;
    free(text);
    free(p.underlined);
    return NULL;
}

/* Writes passage `i` anew, as `text`, which it takes over. */
static lh_status write_again(lh_work *w, size_t i, char *text, bool *underlined, lh_error *error)
{
    lh_passage *passage = &w->text.passage[i];
    lh_write_options options = w->options[passage->manner];
    options.stop = NULL; /* others ask it meanwhile */
    free(passage->text);
    free(passage->byte);
    free(passage->underlined);
    passage->text = text;
    passage->byte = NULL; /* hyphens stand nowhere */
    passage->underlined = underlined;
    const char *const texts[] = {text};
    lh_written *written;
    lh_status status = lh_write_texts(lh_work_writer(w, w->hand[passage->manner]), &options, texts,
                                      1, i, &written, error);
    if (status != LH_OK)
        return status;
    lh_written_free(w->written[i]);
    w->written[i] = written;
    return LH_OK;
}

lh_status lh_long_words_break(lh_work *w, const lh_setting_out *set, int round, bool *broken,
                              lh_error *error)
{
    const bool hyphens = lh_can_write(&set->model->alphabet, '-');
    float part = share;
    for (int i = 0; i < round; i++)
        part *= share_less;
    *broken = false;
    lh_status status = LH_OK;
    for (size_t i = 0; i < w->text.passages && status == LH_OK; i++) {
        bool here = false, *underlined;
        const bool across = w->text.manner[w->text.passage[i].manner].across;
        const row_room room = {
            .width = lh_across_width(&set->options, across) / set->scale[i],
            .widest = lh_widest_word(&set->options, across) / set->scale[i],
            .share = part,
            .hyphens = hyphens,
        };
        char *text = part_text(&w->text.passage[i], w->written[i], &room, &here, &underlined);
        if (!text)
            return lh_fail_memory(error, "a document");
        if (here) {
            status = write_again(w, i, text, underlined, error);
        } else {
            free(text);
            free(underlined);
        }
        *broken = *broken || here;
    }
    return status;
}
