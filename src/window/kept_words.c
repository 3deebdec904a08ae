/* Words on disk: see kept_words.h. A file is an IAM-OnDB line called by its key, which appears
 * whole or not at all. */
#include "kept_words.h"

#include "base/folder.h"
#include "base/hash.h"
#include "document/kept_hands.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

static void add_text(hash_state *hash, const char *text)
{
    hash_add(hash, text, strlen(text) + 1);
}

/* A file that is replaced is another. */
static void add_file(hash_state *hash, const char *path)
{
    struct stat info;
    if (!path || stat(path, &info) != 0)
        return;
    const int64_t what[] = {info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec};
    add_text(hash, path);
    hash_add(hash, what, sizeof what);
}

char *win_kept_word_path(const lh_model *model, const char *style, const char *reader,
                         const lh_write_options *options, const char *text)
{
    lh_error ignored; /* it cannot be written either */
    lh_style *hand = lh_style_read(style, NULL, &ignored);
    char *folder = hand ? lh_folder_of_user("XDG_CACHE_HOME", ".cache", "longhand/words") : NULL;
    char *path = folder ? malloc(strlen(folder) + 32) : NULL;
    if (path) {
        hash_state hash = hash_start();
        const uint64_t numbers[] = {lh_kept_hand_key(model, hand, options), options->seed};
        hash_add(&hash, numbers, sizeof numbers);
        add_text(&hash, text);
        add_file(&hash, reader);
        sprintf(path, "%s/%016llx.xml", folder, (unsigned long long)hash_end(&hash));
    }
    free(folder);
    lh_style_free(hand);
    return path;
}

lh_ink *win_kept_word_read(const char *path)
{
    lh_error ignored; /* the first time */
    return access(path, R_OK) == 0 ? lh_iam_read(path, &ignored) : NULL;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

/* How many files there are, and the oldest of them. */
static int count_files(const char *folder, char oldest[PATH_BYTES])
{
    struct timespec least = {0};
    int count = 0;
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;) {
        char path[PATH_BYTES];
        struct stat info;
        snprintf(path, sizeof path, "%.3800s/%.255s", folder, entry->d_name);
        if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode))
            continue;
        const struct timespec at = info.st_mtim;
        if (count++ == 0 || at.tv_sec < least.tv_sec ||
            (at.tv_sec == least.tv_sec && at.tv_nsec < least.tv_nsec)) {
            least = at;
            strcpy(oldest, path);
        }
    }
    if (directory)
        closedir(directory);
    return count;
}

void win_kept_word_write(const char *path, const lh_ink *ink)
{
    lh_error ignored; /* it is written anew next time */
    char *folder = strdup(path), oldest[PATH_BYTES];
    if (folder)
        *strrchr(folder, '/') = '\0';
    if (folder && ink->count > 0 && lh_folder_make(folder, 0700, &ignored) == LH_OK) {
        while (count_files(folder, oldest) >= WIN_KEPT_WORDS && unlink(oldest) == 0)
            ;
        lh_iam_write(ink, path, &ignored);
    }
    free(folder);
}
