/* Styles by name: see style_name.h. */
#include "style_name.h"

#include "cli.h"
#include "write/hand_pool.h"
#include "write/style.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MIXED_MAX = 16, NAME_BYTES = 4000 };

/* The file of a style that is installed; NULL: there is none. */
static char *installed(const char *name, const char *ending)
{
    char file[300];
    snprintf(file, sizeof file, "styles/%.250s.%s", name, ending);
    return cli_asset(file);
}

/* That of one that longhand-window keeps. */
static char *kept(const char *name, const char *ending)
{
    char file[270];
    snprintf(file, sizeof file, "%.250s.%s", name, ending);
    char *path = lh_style_kept(file);
    if (path && access(path, F_OK) == 0)
        return path;
    free(path);
    return NULL;
}

/* Those that are installed come first, so that a name means the same to all. */
static char *named(const char *name)
{
    char *(*const places[])(const char *, const char *) = {installed, kept};
    static const char *const endings[] = {"hand", "xml"};
    for (int i = 0; i < 4; i++) {
        char *path = places[i / 2](name, endings[i % 2]);
        if (path)
            return path;
    }
    return NULL;
}

/* Is it "a:0.7,b:0.3"? A colon with a number behind it, at the end or before a comma, says so,
 * unless there is a file of that name. */
static bool is_mix(const char *name)
{
    const char *colon = strchr(name, ':');
    if (!colon || access(name, F_OK) == 0)
        return false;
    char *end;
    strtod(colon + 1, &end);
    return end > colon + 1 && (*end == '\0' || *end == ',');
}

char *cli_style_file(const char *name, lh_error *error)
{
    if (is_mix(name))
        return NULL;
    const bool is_path = strchr(name, '/') || cli_ending(name);
    char *path = NULL;
    if (is_path)
        path = access(name, F_OK) == 0 ? strdup(name) : NULL;
    else
        path = named(name);
    if (!path)
        lh_fail(error, LH_ERROR_IO, "no style '%.200s': %s", name,
                is_path
                    ? "there is no such file"
                    : "none is installed or kept by this name (a file has a / or an ending in its "
                      "own)");
    return path;
}

static lh_style *read_one(const char *name, const char *text, lh_error *error)
{
    char *path = cli_style_file(name, error);
    lh_style *style = path ? lh_style_read(path, text, error) : NULL;
    free(path);
    return style;
}

/* ---- mixing -----------------------------------------------------------------------------------
 */

/* Takes "anna:0.7" from the front of `*list`: the name and its share. */
static lh_status take_part(const char **list, char name[NAME_BYTES], double *share, lh_error *error)
{
    const size_t length = strcspn(*list, ",");
    const char *colon = memchr(*list, ':', length), *last = colon;
    for (; colon; colon = memchr(colon + 1, ':', length - (size_t)(colon + 1 - *list)))
        last = colon;
    char *end = NULL;
    *share = last ? strtod(last + 1, &end) : 1;
    if (!last || end == last + 1 || end != *list + length || last == *list ||
        (size_t)(last - *list) >= NAME_BYTES)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "hands are mixed as 'anna:0.7,./me.hand:0.3', each with its share, and not "
                       "as '%.*s'",
                       length < 100 ? (int)length : 100, *list);
    memcpy(name, *list, (size_t)(last - *list));
    name[last - *list] = '\0';
    *list += length + ((*list)[length] == ',');
    return LH_OK;
}

char *cli_style_part(const char *name, size_t index)
{
    char part[NAME_BYTES];
    double share;
    if (!is_mix(name))
        return index == 0 ? cli_style_file(name, NULL) : NULL;
    for (const char *list = name; *list && take_part(&list, part, &share, NULL) == LH_OK;) {
        char *path = cli_style_file(part, NULL);
        if (path && index-- == 0)
            return path;
        free(path);
    }
    return NULL;
}

static lh_style *read_mix(const char *name, lh_error *error)
{
    lh_style *part[MIXED_MAX], *mix = NULL;
    double share[MIXED_MAX];
    char of[NAME_BYTES];
    size_t count = 0;
    lh_status status = LH_OK;
    for (const char *list = name; *list && status == LH_OK;) {
        status = count < MIXED_MAX
                     ? take_part(&list, of, &share[count], error)
                     : lh_fail(error, LH_ERROR_ARGUMENT, "%d hands are mixed at most", MIXED_MAX);
        if (status == LH_OK && !(part[count] = read_one(of, NULL, error)))
            status = error->status;
        else if (status == LH_OK)
            count++;
    }
    if (status == LH_OK)
        mix = lh_style_mix(name, (const lh_style *const *)part, share, count, error);
    for (size_t i = 0; i < count; i++)
        lh_style_free(part[i]);
    return mix;
}

lh_style *cli_style_read(const char *name, const char *text, lh_error *error)
{
    return is_mix(name) ? read_mix(name, error) : read_one(name, text, error);
}

/* ---- hands to draw from ------------------------------------------------------------------------
 */

static struct {
    pthread_once_t once;
    lh_hand_pool hands; /* for the life of the program */
    lh_status status;
    lh_error error;
} installed_hands = {.once = PTHREAD_ONCE_INIT};

static void read_installed(void)
{
    char *folder = cli_asset("styles");
    installed_hands.status =
        lh_hand_pool_read(&installed_hands.hands, folder, &installed_hands.error);
    free(folder);
}

lh_hand *cli_draw_hand_of_own(void *user, uint64_t seed, lh_error *error)
{
    const lh_hand_pool *hands = &installed_hands.hands;
    (void)user;
    pthread_once(&installed_hands.once, read_installed);
    if (installed_hands.status != LH_OK) {
        lh_fail(error, installed_hands.status, "%s", installed_hands.error.message);
        return NULL;
    }
    return hands->count > 0 ? lh_hand_pool_draw(hands, hands->hand[0]->network, seed, error) : NULL;
}
