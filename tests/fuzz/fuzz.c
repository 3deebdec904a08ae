/* What fuzz targets share: see fuzz.h. */
#include "fuzz.h"

#include <longhand/base.h>

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SEED_LIMIT = 1 << 20, FILES_MAX = 8 };

/* ---- goals ------------------------------------------------------------------------------------
 */

static bool reached[FUZZ_GOALS_MAX];

void fuzz_reach(int goal)
{
    reached[goal] = true;
}

bool fuzz_reached(int goal)
{
    return reached[goal];
}

/* ---- seeds ------------------------------------------------------------------------------------
 */

void fuzz_seed_text(fuzz_take *take, void *user, const char *text)
{
    take(user, text, strlen(text));
}

static void take_file(fuzz_take *take, void *user, const char *path)
{
    size_t size;
    lh_error error;
    char *data = lh_file_read(path, SEED_LIMIT, &size, &error);
    if (!data) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    take(user, data, size);
    free(data);
}

void fuzz_seed_file(fuzz_take *take, void *user, const char *path)
{
    char whole[4096];
    snprintf(whole, sizeof whole, "%s/%s", LONGHAND_SOURCE, path);
    take_file(take, user, whole);
}

void fuzz_seed_made(fuzz_take *take, void *user, const char *path)
{
    take_file(take, user, path);
    unlink(path);
}

/* ---- inputs -----------------------------------------------------------------------------------
 */

char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        abort();
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

static char folder[64];
static char path[FILES_MAX][sizeof folder + 64];

/* The folder is flat. */
static void remove_folder(void)
{
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;)
        if (entry->d_name[0] != '.')
            unlinkat(dirfd(directory), entry->d_name, 0);
    if (directory)
        closedir(directory);
    rmdir(folder);
}

static bool make_folder(const char *place)
{
    snprintf(folder, sizeof folder, "%s/longhand-fuzz-XXXXXX", place);
    return mkdtemp(folder) != NULL;
}

const char *fuzz_path(const char *name)
{
    if (!folder[0]) {
        if (!make_folder("/dev/shm") && !make_folder("/tmp"))
            abort();
        atexit(remove_folder);
    }
    char wanted[sizeof *path];
    snprintf(wanted, sizeof wanted, "%s/%.60s", folder, name);
    for (int i = 0; i < FILES_MAX; i++) {
        if (!path[i][0])
            memcpy(path[i], wanted, sizeof wanted);
        if (strcmp(path[i], wanted) == 0)
            return path[i];
    }
    abort();
}

const char *fuzz_put(const char *name, const void *data, size_t size)
{
    const char *at = fuzz_path(name);
    FILE *stream = fopen(at, "wb");
    if (!stream)
        abort();
    fwrite(data, 1, size, stream);
    if (fclose(stream) != 0)
        abort();
    return at;
}
