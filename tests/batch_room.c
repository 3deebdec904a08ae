/* A folder in which tests write batches: see batch_room.h. */
#include "batch_room.h"

#include "check.h"
#include "write_model.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

lh_model *model;
lh_error failure;
lh_batch_report report;
static char place[] = "/tmp/longhand-batch-XXXXXX";

int enter(void **state)
{
    (void)state;
    model = write_model_new(&write_model_plain);
    return !(model && mkdtemp(place) && chdir(place) == 0);
}

int leave(void **state)
{
    (void)state;
    char command[100];
    lh_model_free(model);
    snprintf(command, sizeof command, "rm -r %s", place);
    return chdir("/") != 0 || system(command) != 0;
}

int clear(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s/*", place);
    return system(command);
}

/* ---- files ------------------------------------------------------------------------------------
 */

void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

char *contents(const char *name)
{
    size_t size;
    char *text = lh_file_read(name, 64 << 20, &size, &failure);
    if (!text)
        fail_msg("%s", failure.message);
    return text;
}

void check_says(const char *name, const char *words)
{
    char *text = contents(name);
    if (!strstr(text, words))
        fail_msg("%s does not say '%s' but: %s", name, words, text);
    free(text);
}

bool is_there(const char *name)
{
    return access(name, F_OK) == 0;
}

int count_files(const char *folder)
{
    int count = 0;
    DIR *open = opendir(folder);
    assert_non_null(open);
    for (struct dirent *entry; (entry = readdir(open)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(open);
    return count;
}

/* ---- batches ----------------------------------------------------------------------------------
 */

lh_sources *files(const char *const *paths, size_t count)
{
    lh_sources *sources = lh_sources_of_files(paths, count, &failure);
    if (!sources)
        fail_msg("%s", failure.message);
    return sources;
}

lh_sources *table(const char *text, const char *template)
{
    write_file("people.csv", text);
    if (template)
        write_file("template.txt", template);
    lh_sources *sources =
        lh_sources_of_table("people.csv", template ? "template.txt" : NULL, &failure);
    if (!sources)
        fail_msg("%s", failure.message);
    return sources;
}

lh_sources *many(int count)
{
    char text[2000] = "text\n";
    for (int i = 0; i < count; i++)
        strcat(text, "words of a letter\n");
    return table(text, NULL);
}

lh_document_options plain(void)
{
    lh_document_options document = lh_document_defaults();
    check_ok(lh_paper_set_size(&document.paper, "a6", &failure), &failure);
    return document;
}

lh_batch_options as(const char *format, const char *output)
{
    lh_batch_options options = lh_batch_defaults();
    options.format = lh_format_find(format, false);
    options.output = output;
    return options;
}

lh_status write_batch(const lh_sources *sources, const lh_batch_options *options)
{
    const lh_document_options document = plain();
    return lh_batch_write(model, &document, sources, options, &report, &failure);
}

void check_report(size_t made, size_t there, size_t failed)
{
    if (report.made != made || report.there != there || report.failed != failed)
        fail_msg("%zu made, %zu there and %zu failed", report.made, report.there, report.failed);
}

void check_refused(const lh_sources *sources, const lh_batch_options *options, const char *words)
{
    const int before = count_files(".");
    assert_int_equal(write_batch(sources, options), LH_ERROR_ARGUMENT);
    if (!strstr(failure.message, words))
        fail_msg("it says: %s", failure.message);
    assert_int_equal(count_files("."), before);
}
