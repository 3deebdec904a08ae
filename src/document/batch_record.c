/* The record of a batch: see batch_record.h. */
#include "document/batch_record.h"

#include "base/folder.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char file_name[] = "longhand-batch.jsonl";

typedef struct entry {
    char *name;
    uint64_t key;
    size_t order; /* of the file's rows: the last of a name counts */
} entry;

struct lh_record {
    FILE *file;
    char *path;
    entry *entry; /* [count], by name and then order */
    size_t count, capacity;
};

void lh_record_free(lh_record *record)
{
    if (!record)
        return;
    if (record->file)
        fclose(record->file);
    for (size_t i = 0; i < record->count; i++)
        free(record->entry[i].name);
    free(record->entry);
    free(record->path);
    free(record);
}

/* ---- reading ----------------------------------------------------------------------------------
 */

/* All files of a row are there. */
static bool files_exist(const cJSON *row)
{
    const cJSON *file, *files = cJSON_GetObjectItemCaseSensitive(row, "files");
    if (cJSON_GetArraySize(files) == 0)
        return false;
    cJSON_ArrayForEach(file, files) if (!cJSON_IsString(file) ||
                                        access(file->valuestring, F_OK) != 0) return false;
    return true;
}

static lh_status add_entry(lh_record *record, const cJSON *row, size_t order, lh_error *error)
{
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(row, "name");
    const cJSON *key = cJSON_GetObjectItemCaseSensitive(row, "key");
    if (!cJSON_IsString(name) || !cJSON_IsString(key) || !files_exist(row))
        return LH_OK;
    if (record->count == record->capacity) {
        size_t capacity = 2 * record->capacity + 64;
        entry *larger = realloc(record->entry, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "the record of a batch");
        record->entry = larger;
        record->capacity = capacity;
    }
    entry added = {strdup(name->valuestring), strtoull(key->valuestring, NULL, 16), order};
    if (!added.name)
        return lh_fail_memory(error, "the record of a batch");
    record->entry[record->count++] = added;
    return LH_OK;
}

static int compare(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int names = strcmp(x->name, y->name);
    return names ? names : (x->order > y->order) - (x->order < y->order);
}

/* A row that a crash cut off is no JSON, and passed over. */
static lh_status read_entries(lh_record *record, lh_error *error)
{
    size_t size, order = 0;
    if (access(record->path, F_OK) != 0)
        return LH_OK;
    char *text = lh_file_read(record->path, LH_RECORD_LIMIT, &size, error);
    if (!text)
        return error->status;
    lh_status status = LH_OK;
    for (char *at = text, *next; at && *at && status == LH_OK; at = next, order++) {
        next = strchr(at, '\n');
        if (next)
            *next++ = '\0';
        cJSON *row = cJSON_Parse(at);
        status = add_entry(record, row, order, error);
        cJSON_Delete(row);
    }
    free(text);
    if (record->count > 0)
        qsort(record->entry, record->count, sizeof *record->entry, compare);
    return status;
}

bool lh_record_has(const lh_record *record, const char *name, uint64_t key)
{
    size_t low = 0, high = record->count;
    while (low < high) { /* the first beyond `name` */
        size_t middle = (low + high) / 2;
        if (strcmp(record->entry[middle].name, name) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && strcmp(record->entry[low - 1].name, name) == 0 &&
           record->entry[low - 1].key == key;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

char *lh_record_path(const char *pattern, bool folder)
{
    size_t plain = strcspn(pattern, "{"), length = folder ? strlen(pattern) : 0;
    for (size_t i = 0; !folder && i < plain; i++)
        length = pattern[i] == '/' ? i + 1 : length;
    char *path = malloc(length + 1 + sizeof file_name);
    if (path)
        sprintf(path, "%.*s%s%s", (int)length, pattern, folder ? "/" : "", file_name);
    return path;
}

/* Takes over `path`. */
static lh_record *open_record(char *path, bool adds, lh_error *error)
{
    lh_record *record = path ? calloc(1, sizeof *record) : NULL;
    if (!record) {
        lh_fail_memory(error, "the record of a batch");
        free(path);
        return NULL;
    }
    record->path = path;
    lh_status status = adds ? read_entries(record, error) : LH_OK;
    if (status == LH_OK)
        status = lh_folder_make_above(record->path, error);
    if (status == LH_OK) {
        record->file = fopen(record->path, adds ? "a+" : "w");
        if (!record->file)
            lh_fail(error, LH_ERROR_IO, "%s: %s", record->path, strerror(errno));
        /* A row that was cut off must not swallow the next. */
        if (record->file && adds && fseek(record->file, -1, SEEK_END) == 0 &&
            getc(record->file) != '\n' && fseek(record->file, 0, SEEK_END) == 0)
            fputc('\n', record->file);
    }
    if (record->file)
        return record;
    lh_record_free(record);
    return NULL;
}

lh_record *lh_record_open(const char *pattern, bool folder, bool adds, lh_error *error)
{
    return open_record(lh_record_path(pattern, folder), adds, error);
}

lh_record *lh_record_open_at(const char *path, bool adds, lh_error *error)
{
    return open_record(strdup(path), adds, error);
}

static void add_files(cJSON *row, const char *files)
{
    cJSON *list = cJSON_AddArrayToObject(row, "files");
    while (list && files && *files) {
        size_t length = strcspn(files, "\n");
        char *one = strndup(files, length);
        if (one)
            cJSON_AddItemToArray(list, cJSON_CreateString(one));
        free(one);
        files += length + (files[length] == '\n');
    }
}

/* The words that did not come out well. */
static void add_poor(cJSON *row, const lh_document *document)
{
    cJSON *list = document->poor_count > 0 ? cJSON_AddArrayToObject(row, "poor") : NULL;
    for (size_t i = 0; list && i < document->poor_count; i++) {
        const lh_document_word *poor = &document->poor[i];
        cJSON *word = cJSON_CreateObject();
        cJSON_AddStringToObject(word, "word", poor->text);
        cJSON_AddNumberToObject(word, "row", (double)poor->row);
        cJSON_AddNumberToObject(word, "probability", poor->probability);
        cJSON_AddItemToArray(list, word);
    }
}

lh_status lh_record_add_row(lh_record *record, const char *row, lh_error *error)
{
    const bool written = fprintf(record->file, "%s\n", row) > 0 && fflush(record->file) == 0;
    return written ? LH_OK : lh_fail(error, LH_ERROR_IO, "%s: %s", record->path, strerror(errno));
}

lh_status lh_record_add(lh_record *record, const char *name, uint64_t key, uint64_t seed,
                        const lh_document *document, const char *files, const lh_error *failure,
                        lh_error *error)
{
    char hex[24];
    cJSON *row = cJSON_CreateObject();
    snprintf(hex, sizeof hex, "%016llx", (unsigned long long)key);
    cJSON_AddStringToObject(row, "name", name);
    if (failure) {
        cJSON_AddStringToObject(row, "error", failure->message);
    } else {
        cJSON_AddStringToObject(row, "key", hex);
        snprintf(hex, sizeof hex, "%llu", (unsigned long long)seed);
        cJSON_AddStringToObject(row, "seed", hex);
        cJSON_AddNumberToObject(row, "pages", (double)document->pages);
        cJSON_AddNumberToObject(row, "words", document->report.words);
        cJSON_AddNumberToObject(row, "flawed", document->report.flawed);
        cJSON_AddNumberToObject(row, "doubtful", document->report.doubtful);
        add_poor(row, document);
        cJSON_AddNumberToObject(row, "skipped", (double)document->skipped);
        add_files(row, files);
    }
    char *text = cJSON_PrintUnformatted(row);
    cJSON_Delete(row);
    if (!text)
        return lh_fail_memory(error, "the record of a batch");
    lh_status status = lh_record_add_row(record, text, error);
    free(text);
    return status;
}

lh_status lh_record_sort(lh_record *record, const lh_sources *sources, lh_error *error)
{
    int failed = fclose(record->file);
    record->file = NULL;
    if (failed)
        return lh_fail(error, LH_ERROR_IO, "%s: %s", record->path, strerror(errno));
    return lh_record_order(record->path, sources, error);
}
