/* The text that is typed: see editor.h. */
#include "editor.h"

#include <longhand/base.h>

#include <stdlib.h>
#include <string.h>

bool win_editor_start(win_editor *e, const char *text)
{
    *e = (win_editor){.text = strdup(text)};
    if (!e->text)
        return false;
    e->caret = e->anchor = strlen(text);
    return true;
}

static void forget(win_past *past, int *count)
{
    while (*count > 0)
        free(past[--*count].text);
}

void win_editor_clear(win_editor *e)
{
    forget(e->past, &e->pasts);
    forget(e->future, &e->futures);
    free(e->text);
    e->text = NULL;
}

bool win_editor_show(win_editor *e, const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        return false;
    free(e->text);
    e->text = copy;
    e->version++;
    e->caret = e->anchor = strlen(copy);
    e->typing = false;
    return true;
}

/* ---- undo ------------------------------------------------------------------------------------ */

/* Keeps the text as it is; the oldest is forgotten when there are too many. */
static bool remember(win_past *past, int *count, const win_editor *e, unsigned step)
{
    char *text = strdup(e->text);
    if (!text)
        return false;
    if (*count == WIN_UNDO_MAX) {
        free(past[0].text);
        memmove(past, past + 1, (WIN_UNDO_MAX - 1) * sizeof *past);
        --*count;
    }
    past[(*count)++] = (win_past){text, e->caret, step};
    return true;
}

static bool go_back(win_editor *e, win_past *from, int *froms, win_past *to, int *tos)
{
    if (*froms == 0 || !remember(to, tos, e, from[*froms - 1].step))
        return false;
    win_past past = from[--*froms];
    free(e->text);
    e->text = past.text;
    e->version++;
    e->caret = e->anchor = past.caret;
    e->typing = false;
    return true;
}

bool win_editor_undo(win_editor *e)
{
    return go_back(e, e->past, &e->pasts, e->future, &e->futures);
}

bool win_editor_redo(win_editor *e)
{
    return go_back(e, e->future, &e->futures, e->past, &e->pasts);
}

unsigned win_editor_past(const win_editor *e)
{
    return e->pasts > 0 ? e->past[e->pasts - 1].step : 0;
}

unsigned win_editor_future(const win_editor *e)
{
    return e->futures > 0 ? e->future[e->futures - 1].step : 0;
}

/* ---- changes --------------------------------------------------------------------------------- */

static size_t from(const win_editor *e)
{
    return e->caret < e->anchor ? e->caret : e->anchor;
}

static size_t to(const win_editor *e)
{
    return e->caret < e->anchor ? e->anchor : e->caret;
}

/* `more` without what cannot stand in a text; NULL: no memory. */
static char *clean_text(const char *more)
{
    char *clean = malloc(strlen(more) + 1);
    size_t size = 0;
    for (const char *next = more; clean && *more; more = next) {
        uint32_t c = lh_utf8_next(&next);
        if (c == UINT32_MAX || (c < ' ' && c != '\n' && c != '\t') || c == 0x7f)
            continue;
        memcpy(clean + size, more, (size_t)(next - more));
        size += (size_t)(next - more);
    }
    if (clean)
        clean[size] = '\0';
    return clean;
}

static bool replace(win_editor *e, const char *more, bool typed)
{
    size_t a = from(e), b = to(e), length = strlen(e->text), size = strlen(more);
    char *text = malloc(length - (b - a) + size + 1);
    bool joins = typed && e->typing && a == b;
    unsigned step = e->step ? *e->step : 1;
    if (!text || (!joins && !remember(e->past, &e->pasts, e, step))) {
        free(text);
        return false;
    }
    forget(e->future, &e->futures);
    memcpy(text, e->text, a);
    memcpy(text + a, more, size);
    memcpy(text + a + size, e->text + b, length - b + 1);
    free(e->text);
    e->text = text;
    e->version++;
    e->caret = e->anchor = a + size;
    e->typing = typed && !strchr(more, ' ') && !strchr(more, '\n');
    return true;
}

bool win_editor_insert(win_editor *e, const char *more, bool typed)
{
    char *clean = clean_text(more);
    bool changed = clean && (*clean || e->caret != e->anchor) && replace(e, clean, typed);
    free(clean);
    return changed;
}

/* ---- places ---------------------------------------------------------------------------------- */

static size_t character_off(const win_editor *e, size_t at, int way)
{
    if (way > 0 && e->text[at])
        do
            at++;
        while (((unsigned char)e->text[at] & 0xc0) == 0x80);
    if (way < 0 && at > 0)
        do
            at--;
        while (at > 0 && ((unsigned char)e->text[at] & 0xc0) == 0x80);
    return at;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static size_t word_off(const win_editor *e, size_t at, int way)
{
    if (way < 0) {
        while (at > 0 && is_blank(e->text[at - 1]))
            at--;
        while (at > 0 && !is_blank(e->text[at - 1]))
            at--;
    } else {
        while (is_blank(e->text[at]))
            at++;
        while (e->text[at] && !is_blank(e->text[at]))
            at++;
    }
    return at;
}

bool win_editor_erase(win_editor *e, int way, bool word)
{
    if (e->caret == e->anchor)
        e->anchor = word ? word_off(e, e->caret, way) : character_off(e, e->caret, way);
    return e->caret != e->anchor && replace(e, "", false);
}

void win_editor_place(win_editor *e, size_t byte, bool extend)
{
    e->caret = byte;
    if (!extend)
        e->anchor = byte;
    e->typing = false;
}

void win_editor_step(win_editor *e, int way, bool word, bool extend)
{
    size_t at = word ? word_off(e, e->caret, way) : character_off(e, e->caret, way);
    if (!extend && !word && e->caret != e->anchor)
        at = way < 0 ? from(e) : to(e);
    win_editor_place(e, at, extend);
}

void win_editor_select_all(win_editor *e)
{
    e->anchor = 0;
    e->caret = strlen(e->text);
    e->typing = false;
}

void win_editor_select_word(win_editor *e, size_t byte)
{
    size_t end = byte;
    while (byte > 0 && !is_blank(e->text[byte - 1]))
        byte--;
    while (e->text[end] && !is_blank(e->text[end]))
        end++;
    e->anchor = byte;
    e->caret = end;
    e->typing = false;
}

char *win_editor_selection(const win_editor *e)
{
    size_t size = to(e) - from(e);
    char *text = size > 0 ? malloc(size + 1) : NULL;
    if (text) {
        memcpy(text, e->text + from(e), size);
        text[size] = '\0';
    }
    return text;
}
