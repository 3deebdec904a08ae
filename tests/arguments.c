/* Which calls with unfit arguments there were, and which there should be: see arguments.h. */
#include "arguments.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { FUNCTIONS_MAX = 600, ENUMS_MAX = 60, NAME = 64, ARGUMENTS_MAX = 16 };

typedef struct function {
    char name[NAME];
    unsigned null, unfit; /* bit i: argument i */
} function;

static function called[FUNCTIONS_MAX];
static size_t calls;

/* ---- rows of arguments ------------------------------------------------------------------------
 */

typedef struct piece {
    const char *at;
    size_t length;
} piece;

/* Splits what is between the bracket at `open` and its fellow at commas outside other brackets. */
static int split(const char *open, piece argument[ARGUMENTS_MAX])
{
    int depth = 0, count = 0;
    const char *from = open + 1;
    for (const char *at = open; *at; at++) {
        depth += strchr("([{", *at) != NULL;
        depth -= strchr(")]}", *at) != NULL;
        if (depth > 1 || (depth == 1 && *at != ','))
            continue;
        assert_true(count < ARGUMENTS_MAX);
        from += strspn(from, " \n");
        argument[count++] = (piece){from, (size_t)(at - from)};
        from = at + 1;
        if (depth == 0)
            return count;
    }
    fail_msg("no ')' in %.80s", open);
    return 0;
}

static bool has(piece in, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = in.at; at + length <= in.at + in.length; at++)
        if (strncmp(at, word, length) == 0)
            return true;
    return false;
}

/* ---- calls ------------------------------------------------------------------------------------
 */

static function *find(const char *name, size_t length)
{
    for (size_t i = 0; i < calls; i++)
        if (strlen(called[i].name) == length && strncmp(called[i].name, name, length) == 0)
            return &called[i];
    return NULL;
}

void arguments_note(const char *call)
{
    size_t length = strcspn(call, "(");
    function *f = find(call, length);
    if (!f) {
        assert_true(calls < FUNCTIONS_MAX && length < NAME);
        f = &called[calls++];
        snprintf(f->name, sizeof f->name, "%.*s", (int)length, call);
    }
    piece argument[ARGUMENTS_MAX];
    int count = split(call + length, argument);
    for (int i = 0; i < count; i++) {
        if (argument[i].length == 4 && has(argument[i], "NULL"))
            f->null |= 1U << i;
        if (has(argument[i], "NO_SUCH"))
            f->unfit |= 1U << i;
    }
}

void arguments_check(bool as_promised, const lh_error *error, const char *call)
{
    if (!as_promised)
        fail_msg("%s was not refused", call);
    if (error && (error->status != LH_ERROR_ARGUMENT || !error->message[0]))
        fail_msg("%s was refused with status %d and the words '%s'", call, (int)error->status,
                 error->message);
}

/* ---- what the headers declare -----------------------------------------------------------------
 */

static char enums[ENUMS_MAX][NAME];
static size_t enum_count;

/* Blanks out comments and preprocessor rows. */
static void strip(char *text)
{
    bool row_start = true;
    for (char *at = text; *at;) {
        char *end = NULL;
        if (strncmp(at, "/*", 2) == 0)
            end = strstr(at, "*/") + 2;
        else if (row_start && *at == '#')
            end = at + strcspn(at, "\n");
        row_start = *at == '\n';
        if (end)
            memset(at, ' ', (size_t)(end - at));
        at = end ? end : at + 1;
    }
}

static void find_enums(const char *text)
{
    static const char before[] = "typedef enum ";
    while ((text = strstr(text, before)) != NULL) {
        text += sizeof before - 1;
        assert_true(enum_count < ENUMS_MAX);
        snprintf(enums[enum_count++], NAME, "%.*s", (int)strcspn(text, " {"), text);
    }
}

/* An enumerator, given as it is. */
static bool is_enum(piece parameter)
{
    size_t length = strcspn(parameter.at, " ");
    for (size_t i = 0; i < enum_count; i++)
        if (strlen(enums[i]) == length && strncmp(enums[i], parameter.at, length) == 0)
            return true;
    return false;
}

/* Says what of the function declared at `open`, the bracket behind its name, was left out. */
static int count_missing(const char *name, size_t length, const char *open)
{
    piece parameter[ARGUMENTS_MAX];
    int count = split(open, parameter), missing = 0;
    const function none = {.null = 0}, *f = find(name, length);
    f = f ? f : &none;
    for (int i = 0; i < count; i++) {
        bool pointer = has(parameter[i], "*") || has(parameter[i], "[");
        bool never_null = pointer && !has(parameter[i], "lh_error *") && !(f->null >> i & 1);
        bool never_unfit = !pointer && is_enum(parameter[i]) && !(f->unfit >> i & 1);
        if (never_null || never_unfit)
            print_error("%.*s: '%.*s' was never %s\n", (int)length, name, (int)parameter[i].length,
                        parameter[i].at, never_null ? "NULL" : "NO_SUCH");
        missing += never_null || never_unfit;
    }
    return missing;
}

static int check_header(const char *text, size_t *found)
{
    static const char before[] = "LH_API ";
    int missing = 0;
    while ((text = strstr(text, before)) != NULL) {
        text += sizeof before - 1;
        const char *open = text + strcspn(text, "(;"), *name = open;
        if (*open == ';') /* a variable */
            continue;
        while (name[-1] == '_' || (name[-1] >= '0' && name[-1] <= '9') ||
               (name[-1] >= 'a' && name[-1] <= 'z'))
            name--;
        missing += count_missing(name, (size_t)(open - name), open);
        ++*found;
    }
    return missing;
}

/* Calls `visit` with each header's text. */
static void each_header(void (*visit)(const char *text))
{
    char folder[2000];
    snprintf(folder, sizeof folder, "%s/include/longhand", getenv("LONGHAND_SOURCE"));
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[4096];
        size_t size;
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        char *text = lh_file_read(path, 1 << 20, &size, NULL);
        assert_non_null(text);
        strip(text);
        visit(text);
        free(text);
    }
    closedir(directory);
}

static int all_missing;
static size_t functions;

static void visit_functions(const char *text)
{
    all_missing += check_header(text, &functions);
}

void arguments_check_all(void)
{
    each_header(find_enums);
    each_header(visit_functions);
    assert_true(functions > 200 && enum_count > 10);
    assert_int_equal(all_missing, 0);
}
