/* Hands that were deleted: see gone.h. */
#include "gone.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 28 }; /* of a file; hands are far smaller */

const win_gone_hand *win_gone_past(const win_gone *g)
{
    return g->back < g->count ? &g->hand[g->count - g->back - 1] : NULL;
}

const win_gone_hand *win_gone_future(const win_gone *g)
{
    return g->back > 0 ? &g->hand[g->count - g->back] : NULL;
}

static void free_hand(win_gone_hand *hand)
{
    free(hand->path);
    free(hand->file);
    free(hand->text);
}

void win_gone_clear(win_gone *g)
{
    while (g->count > 0)
        free_hand(&g->hand[--g->count]);
    free(g->hand);
    *g = (win_gone){0};
}

/* A hand that is there, and that redo cannot delete any more: it stands in the way of others. */
static void forget(win_gone *g, int at)
{
    free_hand(&g->hand[at]);
    g->count--;
    memmove(g->hand + at, g->hand + at + 1, (size_t)(g->count - at) * sizeof *g->hand);
}

/* Reads all that is deleted with a hand. */
static lh_status keep_files(win_gone_hand *hand, const char *path, lh_error *error)
{
    char *text = win_styles_text(path);
    hand->path = strdup(path);
    hand->file = hand->path ? lh_file_read(path, MOST_BYTES, &hand->file_size, error) : NULL;
    if (hand->file && text && access(text, F_OK) == 0 &&
        !(hand->text = lh_file_read(text, MOST_BYTES, &hand->text_size, error))) {
        free(hand->file);
        hand->file = NULL;
    }
    free(text);
    return hand->file ? LH_OK : hand->path ? error->status : lh_fail_memory(error, "a hand");
}

lh_status win_gone_delete(win_gone *g, win_styles *s, int index, bool chosen, unsigned step,
                          lh_error *error)
{
    win_gone_hand hand = {.chosen = chosen, .step = step};
    win_gone_hand *more = realloc(g->hand, (size_t)(g->count + 1) * sizeof *more);
    if (!more)
        return lh_fail_memory(error, "a hand");
    g->hand = more;
    lh_status status = keep_files(&hand, s->path[index], error);
    if (status == LH_OK)
        status = win_styles_delete(s, index, error);
    if (status != LH_OK) {
        free_hand(&hand);
        return status;
    }
    for (; g->back > 0; g->back--)
        free_hand(&g->hand[--g->count]);
    g->hand[g->count++] = hand;
    return LH_OK;
}

static lh_status write_file(const char *path, const char *bytes, size_t size, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    fwrite(bytes, 1, size, lh_output_stream(output)); /* commit says whether that went well */
    return lh_output_commit(output, error);
}

/* The hand's own path, or another where a file stands in its place; the caller frees. */
static char *free_path(const win_gone_hand *hand, lh_error *error)
{
    char *text = win_styles_text(hand->path), *path;
    const bool taken = access(hand->path, F_OK) == 0 || (text && access(text, F_OK) == 0);
    free(text);
    if (taken) {
        char folder[4096];
        snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(hand->path, '/') - hand->path),
                 hand->path);
        return win_styles_next(folder, strrchr(hand->path, '.'), error);
    }
    path = strdup(hand->path);
    if (!path)
        lh_fail_memory(error, "a path");
    return path;
}

/* The text first, for a line is no style without. */
static lh_status write_files(const win_gone_hand *hand, const char *path, lh_error *error)
{
    char *text = hand->text ? win_styles_text(path) : NULL;
    lh_status status = hand->text && !text ? lh_fail_memory(error, "a path") : LH_OK;
    if (status == LH_OK && text)
        status = write_file(text, hand->text, hand->text_size, error);
    if (status == LH_OK && (status = write_file(path, hand->file, hand->file_size, error)) && text)
        unlink(text);
    free(text);
    return status;
}

int win_gone_undo(win_gone *g, win_styles *s, lh_error *error)
{
    const int at = g->count - g->back - 1;
    win_gone_hand *hand = &g->hand[at];
    char *path = free_path(hand, error);
    if (!path || write_files(hand, path, error) != LH_OK) {
        if (path && strcmp(path, hand->path) != 0) /* it was made for this */
            unlink(path);
        free(path);
        return -1;
    }
    free(hand->path);
    hand->path = path;
    const int index = win_styles_add(s, path, error);
    if (index >= 0)
        g->back++;
    else
        forget(g, at); /* its files are there again */
    return index;
}

int win_gone_redo(win_gone *g, win_styles *s, lh_error *error)
{
    const int at = g->count - g->back;
    const char *path = g->hand[at].path;
    int i = 0;
    while (i < s->count && strcmp(s->path[i], path) != 0)
        i++;
    if (i < s->count && access(path, F_OK) == 0) {
        if (win_styles_delete(s, i, error) != LH_OK)
            return -1;
        g->back--;
        return i;
    }
    lh_fail(error, LH_ERROR_IO, "%s: is no longer there", path);
    forget(g, at); /* it has another name, say */
    g->back--;
    return -1;
}
