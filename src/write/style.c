/* Styles: ink and what it says, in memory and from files; those with a hand are hand_file.c's. */
#include <longhand/corpus.h>
#include <longhand/write.h>

#include "base/folder.h"
#include "base/need.h"
#include "hand.h"
#include "style.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

enum { STYLE_TEXT_LIMIT = 1 << 16 };

lh_style *lh_style_new(const char *name, const lh_ink *ink, const char *text, lh_error *error)
{
    LH_NEED(error, name && ink && text, NULL);
    if (ink->count < 2) {
        lh_fail(error, LH_ERROR_ARGUMENT, "%s: a style needs at least two points of ink", name);
        return NULL;
    }
    lh_style *style = calloc(1, sizeof *style);
    if (!style) {
        lh_fail_memory(error, "a style");
        return NULL;
    }
    style->name = strdup(name);
    style->text = lh_words_plain(text);
    style->ink = lh_ink_copy(ink, error);
    lh_error wrong;
    lh_status status = LH_OK;
    if (!style->name || !style->text || !style->ink)
        status = lh_fail_memory(error, "a style");
    else if (!*style->text)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "%s: a style needs the text of its ink", name);
    else if ((status = lh_ink_clean(style->ink, &lh_cleaning_default, NULL, &wrong)) != LH_OK)
        lh_fail(error, status, "%s: %s", name, wrong.message);
    if (status == LH_OK && style->ink->count < 2)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "%s: cleaning left no ink", name);
    if (status == LH_OK)
        return style;
    lh_style_free(style);
    return NULL;
}

void lh_style_free(lh_style *style)
{
    if (!style)
        return;
    free(style->name);
    lh_ink_free(style->ink);
    free(style->text);
    lh_hand_free(style->hand);
    free(style);
}

char *lh_style_text_path(const char *path)
{
    size_t length = strlen(path);
    char *beside = malloc(length + sizeof ".txt");
    if (!beside)
        return NULL;
    strcpy(beside, path);
    if (length > 4 && strcmp(path + length - 4, ".xml") == 0)
        length -= 4;
    strcpy(beside + length, ".txt");
    return beside;
}

char *lh_style_text_beside(const char *path, lh_error *error)
{
    char *beside = lh_style_text_path(path), *text = NULL;
    if (!beside) {
        lh_fail_memory(error, "a file name");
        return NULL;
    }
    size_t size;
    lh_error inner;
    text = lh_file_read(beside, STYLE_TEXT_LIMIT, &size, &inner);
    if (text)
        text[strcspn(text, "\r\n")] = '\0';
    else
        lh_fail(error, inner.status, "the text of style %s is not known: %s", path, inner.message);
    free(beside);
    return text;
}

void lh_style_name_of(const char *path, const char *ending, char *name, size_t size)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    size_t length = strlen(base), tail = strlen(ending);
    if (length > tail && strcmp(base + length - tail, ending) == 0)
        length -= tail;
    if (length >= size)
        length = size - 1;
    memcpy(name, base, length);
    name[length] = '\0';
}

char *lh_style_kept(const char *file)
{
    char below[300];
    snprintf(below, sizeof below, "longhand/styles%s%.270s", file ? "/" : "", file ? file : "");
    return lh_folder_of_user("XDG_DATA_HOME", ".local/share", below);
}

lh_style *lh_style_read(const char *path, const char *text, lh_error *error)
{
    LH_NEED(error, path, NULL);
    if (lh_hand_is_file(path))
        return lh_hand_read(path, text, error);
    lh_ink *ink = lh_iam_read(path, error); /* first, to say of a file of another kind that it is */
    char *found = ink && !text ? lh_style_text_beside(path, error) : NULL;
    lh_style *style = NULL;
    if (ink && (text || found)) {
        char name[256];
        lh_style_name_of(path, ".xml", name, sizeof name);
        style = lh_style_new(name, ink, text ? text : found, error);
    }
    lh_ink_free(ink);
    free(found);
    return style;
}
