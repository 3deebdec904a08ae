/* Styles as files: see style_list.h. A style is NAME.hand, or NAME.xml, an IAM-OnDB line, with its
 * text in NAME.txt.
 */
#include "style_list.h"

#include "base/folder.h"
#include "write/style.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, OWN_MAX = 9999, NAME_MOST = 60 };

char *win_styles_folder(void)
{
    char *path = lh_style_kept(NULL);
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

static bool is_regular(const char *path)
{
    struct stat info;
    return stat(path, &info) != 0 || S_ISREG(info.st_mode);
}

bool win_styles_is_file(const char *path)
{
    char *text = win_styles_text(path);
    const bool is = is_regular(path) && (!text || is_regular(text));
    free(text);
    return is;
}

/* The index of the style at a path; behind all others, where there is none. */
static int index_of(const win_styles *s, const char *path)
{
    int i = 0;
    while (i < s->count && strcmp(s->path[i], path) != 0)
        i++;
    return i;
}

static int add(win_styles *s, const char *path, lh_error *error)
{
    const int at = index_of(s, path);
    if (at == WIN_STYLES_MAX) {
        lh_fail(error, LH_ERROR_ARGUMENT, "%s: there is room for %d styles", path, WIN_STYLES_MAX);
        return -1;
    }
    if (!win_styles_is_file(path)) {
        lh_fail(error, LH_ERROR_IO, "%s: is no file that can be read to its end", path);
        return -1;
    }
    lh_style *style = lh_style_read(path, NULL, error);
    if (!style)
        return -1;
    if (at < s->count) {
        lh_style_free(s->style[at]);
    } else if ((s->path[at] = strdup(path)) != NULL) {
        s->count++;
    } else {
        lh_style_free(style);
        lh_fail_memory(error, "a style");
        return -1;
    }
    s->style[at] = style;
    s->turn[at] = ++s->turns;
    return at;
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

/* Makes an empty file of the first free number, which then is no other window's. */
static lh_status take_number(const char *folder, const char *ending, char path[PATH_BYTES],
                             lh_error *error)
{
    for (int number = 1; number < OWN_MAX; number++) {
        if (is_taken(folder, number))
            continue;
        snprintf(path, PATH_BYTES, "%.4000s/own-%04d%s", folder, number, ending);
        const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0) {
            close(file);
            return LH_OK;
        }
        if (errno != EEXIST)
            return lh_fail(error, LH_ERROR_IO, "%.400s: cannot create: %s", path, strerror(errno));
    }
    return lh_fail(error, LH_ERROR_IO, "%.200s: holds %d hands of your own", folder, OWN_MAX - 1);
}

char *win_styles_next(const char *folder, const char *ending, lh_error *error)
{
    char path[PATH_BYTES], *copy;
    if (take_number(folder, ending, path, error) != LH_OK)
        return NULL;
    copy = strdup(path);
    if (!copy) {
        remove(path);
        lh_fail_memory(error, "a path");
    }
    return copy;
}

char *win_styles_text(const char *path)
{
    const char *dot = strrchr(path, '.');
    char *text = dot && strcmp(dot, ".xml") == 0 ? strdup(path) : NULL;
    if (text)
        strcpy(strrchr(text, '.'), ".txt");
    return text;
}

char *win_styles_keep_hand(const char *folder, const lh_style *style, lh_error *error)
{
    char *path = win_styles_next(folder, ".hand", error);
    if (path && lh_style_save(style, path, error) != LH_OK) {
        remove(path);
        free(path);
        path = NULL;
    }
    return path;
}

char *win_styles_keep(const char *folder, const lh_ink *ink, const char *text, lh_error *error)
{
    char *path = win_styles_next(folder, ".xml", error);
    char *beside = path ? win_styles_text(path) : NULL;
    if (path && !beside)
        lh_fail_memory(error, "a path");
    bool kept = beside && write_text(beside, text, error) == LH_OK;
    if (kept && lh_iam_write(ink, path, error) != LH_OK) {
        remove(beside);
        kept = false;
    }
    free(beside);
    if (path && !kept) {
        remove(path);
        free(path);
        path = NULL;
    }
    return path;
}

/* ---- renaming and deleting --------------------------------------------------------------------
 */

bool win_styles_is_own(const win_styles *s, int index)
{
    char *own = win_styles_folder(), *whole = own ? realpath(own, NULL) : NULL;
    const char *path = index >= 0 && index < s->count ? s->path[index] : "";
    const char *slash = strrchr(path, '/');
    bool is = whole && slash && (size_t)(slash - path) == strlen(whole) &&
              strncmp(path, whole, strlen(whole)) == 0;
    free(own);
    free(whole);
    return is;
}

/* Refuses a name that files cannot have, or that is another style's. */
static lh_status check_name(const win_styles *s, int index, const char *name, lh_error *error)
{
    const int named = win_styles_named(s, name);
    if (!*name || *name == '.' || strpbrk(name, "/:") || strlen(name) > NAME_MOST)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "A name is needed, of %d letters at most, without a slash or a colon, and "
                       "with no dot at its beginning.",
                       NAME_MOST);
    if (strcmp(name, LH_OWN_STYLE) == 0)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "'own' is what a hand is called that is drawn anew for each text.");
    if (named >= 0 && named != index)
        return lh_fail(error, LH_ERROR_ARGUMENT, "There is a hand called '%s'.", name);
    return LH_OK;
}

/* A path beside `path`, which ends in `ending`; the caller frees. */
static char *path_beside(const char *path, const char *name, const char *ending)
{
    const size_t folder = (size_t)(strrchr(path, '/') + 1 - path);
    char *beside = malloc(folder + strlen(name) + strlen(ending) + 1);
    if (beside)
        sprintf(beside, "%.*s%s%s", (int)folder, path, name, ending);
    return beside;
}

/* Renames a file to one that is not there. */
static lh_status move(const char *from, const char *to, lh_error *error)
{
    if (access(to, F_OK) == 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "There is a file %s.", to);
    return rename(from, to) == 0 ? LH_OK
                                 : lh_fail(error, LH_ERROR_IO, "%s: %s", from, strerror(errno));
}

/* A text beside a line goes with it. */
static lh_status move_with_text(const char *path, const char *to, const char *name, lh_error *error)
{
    const bool line = strcmp(strrchr(path, '.'), ".xml") == 0;
    char *text = win_styles_text(path);
    char *text_to = line ? path_beside(path, name, ".txt") : NULL;
    lh_status status = LH_OK;
    if (line && (!text || !text_to))
        status = lh_fail_memory(error, "a path");
    if (line && status == LH_OK)
        status = move(text, text_to, error);
    if (status == LH_OK && (status = move(path, to, error)) != LH_OK && line)
        rename(text_to, text);
    free(text);
    free(text_to);
    return status;
}

lh_status win_styles_rename(win_styles *s, int index, const char *name, lh_error *error)
{
    lh_status status = check_name(s, index, name, error);
    if (status != LH_OK || strcmp(s->style[index]->name, name) == 0)
        return status;
    char *to = path_beside(s->path[index], name, strrchr(s->path[index], '.'));
    char *copy = strdup(name);
    status = to && copy ? move_with_text(s->path[index], to, name, error)
                        : lh_fail_memory(error, "a name");
    if (status != LH_OK) {
        free(to);
        free(copy);
        return status;
    }
    free(s->path[index]);
    free(s->style[index]->name);
    s->path[index] = to;
    s->style[index]->name = copy;
    return LH_OK;
}

lh_status win_styles_delete(win_styles *s, int index, lh_error *error)
{
    char *path = s->path[index], *text = win_styles_text(path);
    if (unlink(path) != 0) {
        free(text);
        return lh_fail(error, LH_ERROR_IO, "%s: %s", path, strerror(errno));
    }
    if (text)
        unlink(text); /* says nothing without the line */
    free(text);
    free(path);
    lh_style_free(s->style[index]);
    s->count--;
    for (int i = index; i < s->count; i++) {
        s->style[i] = s->style[i + 1];
        s->path[i] = s->path[i + 1];
        s->turn[i] = s->turn[i + 1];
    }
    return LH_OK;
}
