/* Styles as files: see style_list.h. A style is NAME.hand, or NAME.xml, an IAM-OnDB line, with its
 * text in NAME.txt.
 */
#include "style_list.h"

#include "base/folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_BYTES = 4096, OWN_MAX = 9999 };

char *win_styles_folder(void)
{
    char *path = lh_folder_of_user("XDG_DATA_HOME", ".local/share", "longhand/styles");
    if (path && lh_folder_make(path, 0777, NULL) == LH_OK)
        return path;
    free(path);
    return NULL;
}

void win_styles_clear(win_styles *styles)
{
    for (int i = 0; i < styles->count; i++) {
        lh_style_free(styles->style[i]);
        free(styles->path[i]);
    }
    styles->count = 0;
}

static int add(win_styles *s, const char *path, lh_error *error)
{
    for (int i = 0; i < s->count; i++)
        if (strcmp(s->path[i], path) == 0)
            return i;
    if (s->count == WIN_STYLES_MAX) {
        lh_fail(error, LH_ERROR_ARGUMENT, "%s: there is room for %d styles", path, WIN_STYLES_MAX);
        return -1;
    }
    lh_style *style = lh_style_read(path, NULL, error);
    char *copy = style ? strdup(path) : NULL;
    if (!copy) {
        if (style)
            lh_fail_memory(error, "a style");
        lh_style_free(style);
        return -1;
    }
    s->style[s->count] = style;
    s->path[s->count] = copy;
    return s->count++;
}

int win_styles_add(win_styles *s, const char *path, lh_error *error)
{
    char *whole = realpath(path, NULL); /* one file is one style, however it is named */
    int index = add(s, whole ? whole : path, error);
    free(whole);
    return index;
}

int win_styles_named(const win_styles *s, const char *name)
{
    for (int i = 0; i < s->count; i++)
        if (strcmp(s->style[i]->name, name) == 0)
            return i;
    return -1;
}

static int is_line(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && (strcmp(dot, ".xml") == 0 || strcmp(dot, ".hand") == 0);
}

static void find_in(win_styles *s, const char *folder)
{
    struct dirent **entry;
    int count = folder ? scandir(folder, &entry, is_line, alphasort) : -1;
    for (int i = 0; i < count; i++) {
        char path[PATH_BYTES + 300];
        snprintf(path, sizeof path, "%.4000s/%.255s", folder, entry[i]->d_name);
        lh_error ignored; /* what cannot be read is no style */
        win_styles_add(s, path, &ignored);
        free(entry[i]);
    }
    if (count >= 0)
        free(entry);
}

void win_styles_find(win_styles *s, const char *installed, const char *own)
{
    find_in(s, installed);
    find_in(s, own);
}

static lh_status write_text(const char *path, const char *text, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    fprintf(lh_output_stream(output), "%s\n", text);
    return lh_output_commit(output, error);
}

/* Is there an own style of that number, or a part of one? */
static bool is_taken(const char *folder, int number)
{
    static const char *const endings[] = {"txt", "xml", "hand"};
    char path[PATH_BYTES];
    struct stat there;
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%.4000s/own-%04d.%s", folder, number, endings[i]);
        if (stat(path, &there) == 0)
            return true;
    }
    return false;
}

/* The number of the next own style. */
static lh_status next_number(const char *folder, int *number, lh_error *error)
{
    *number = 1;
    while (*number < OWN_MAX && is_taken(folder, *number))
        ++*number;
    return *number < OWN_MAX ? LH_OK
                             : lh_fail(error, LH_ERROR_IO, "%.200s: holds %d hands of your own",
                                       folder, OWN_MAX - 1);
}

char *win_styles_keep_hand(const char *folder, const lh_style *style, lh_error *error)
{
    char path[PATH_BYTES], *copy = NULL;
    int number;
    if (next_number(folder, &number, error) != LH_OK)
        return NULL;
    snprintf(path, sizeof path, "%.4000s/own-%04d.hand", folder, number);
    if (lh_style_save(style, path, error) == LH_OK && !(copy = strdup(path)))
        lh_fail_memory(error, "a path");
    return copy;
}

char *win_styles_keep(const char *folder, const lh_ink *ink, const char *text, lh_error *error)
{
    char path[PATH_BYTES];
    int number;
    if (next_number(folder, &number, error) != LH_OK)
        return NULL;
    snprintf(path, sizeof path, "%.4000s/own-%04d.txt", folder, number);
    if (write_text(path, text, error) != LH_OK)
        return NULL;
    strcpy(path + strlen(path) - 3, "xml");
    if (lh_iam_write(ink, path, error) == LH_OK) {
        char *copy = strdup(path);
        if (!copy)
            lh_fail_memory(error, "a path");
        return copy;
    }
    strcpy(path + strlen(path) - 3, "txt");
    remove(path);
    return NULL;
}
