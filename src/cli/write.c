/* `longhand write`: texts to handwriting. */
#include "write_names.h"

#include "base/folder.h"
#include "document/batch_record.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *write_find_style_file(const char *style, lh_error *error)
{
    char name[300];
    bool is_path = strchr(style, '/') || cli_ending(style);
    snprintf(name, sizeof name, "styles/%.250s.xml", style);
    char *path = is_path && access(style, F_OK) == 0 ? strdup(style)
                 : is_path                           ? NULL
                                                     : cli_asset(name);
    if (!path)
        lh_fail(error, LH_ERROR_IO, "no style '%.200s': %s", style,
                is_path
                    ? "there is no such file"
                    : "none is installed by this name (a file has a / or an ending in its own)");
    return path;
}

static lh_style *find_style(void *user, const char *name, lh_error *error)
{
    const write_job *job = user;
    char *path = write_find_style_file(name, error);
    bool default_style = strcmp(name, job->style) == 0;
    lh_style *style =
        path ? lh_style_read(path, default_style ? job->style_text : NULL, error) : NULL;
    free(path);
    return style;
}

/* The table of signs that is installed, and the user's rows before it. */
static lh_signs *read_signs(const write_job *job, lh_error *error)
{
    lh_signs *signs = lh_signs_new(error);
    char *path = signs ? cli_asset("signs.txt") : NULL;
    lh_status status = !signs ? error->status : path ? lh_signs_read(signs, path, error) : LH_OK;
    free(path);
    if (status == LH_OK && job->signs)
        status = lh_signs_read(signs, job->signs, error);
    if (status == LH_OK)
        return signs;
    lh_signs_free(signs);
    return NULL;
}

/* All is well: the record's folder is made, and documents are written. */
static int write_documents(const write_job *job, const lh_model *model, lh_desk *desk,
                           const lh_sources *sources, const char *pattern)
{
    lh_error error;
    char *record = lh_record_path(pattern, job->format->folder);
    lh_status status = LH_OK;
    if (!record)
        status = lh_fail_memory(&error, "the record of a batch");
    else if (sources->count > 1 && !job->together)
        status = lh_folder_make_above(record, &error);
    free(record);
    return status == LH_OK ? write_all_documents(job, model, desk, sources, pattern)
                           : cli_failed(&error);
}

static int write_sources_found(write_job *job, const lh_sources *sources, const char *pattern,
                               write_names *names)
{
    lh_error error;
    lh_signs *signs = read_signs(job, &error);
    if (!signs)
        return cli_failed(&error);
    lh_model *model = cli_model_load(job->model_path, "longhand.safetensors");
    char *hands = lh_folder_of_user("XDG_CACHE_HOME", ".cache", "longhand/hands");
    int code = CLI_FAILED;
    if (model) {
        job->document.signs = signs;
        job->document.style = job->style;
        job->document.find_style = find_style;
        job->document.user = job;
        job->document.hands_folder = hands;
        if (write_is_whole(job, sources))
            job->document.write.stop = cli_asked_to_stop;
        lh_desk *desk = lh_desk_new(model, &job->document, &error);
        if (desk && write_names_settle(names, desk, &error) == LH_OK)
            code = write_documents(job, model, desk, sources, pattern);
        else
            cli_failed(&error);
        lh_desk_free(desk);
    }
    free(hands);
    lh_model_free(model);
    lh_signs_free(signs);
    return code;
}

static lh_sources *find_sources(const write_job *job, lh_error *error)
{
    lh_sources *sources = job->merge  ? lh_sources_of_table(job->merge, job->template, error)
                          : job->text ? lh_sources_of_text(job->text, error)
                                      : lh_sources_of_files(job->input, job->inputs, error);
    if (sources && lh_sources_choose(sources, job->only, error) == LH_OK)
        return sources;
    lh_sources_free(sources);
    return NULL;
}

static int run(write_job *job)
{
    lh_error error;
    int code = CLI_FAILED;
    lh_sources *sources = find_sources(job, &error);
    char *pattern = sources ? write_output_pattern(job, sources, &error) : NULL;
    write_names *names = pattern ? write_names_claim(job, sources, pattern, &error) : NULL;
    if (names)
        code = write_sources_found(job, sources, pattern, names);
    else
        cli_failed(&error);
    write_names_free(names);
    free(pattern);
    lh_sources_free(sources);
    return code;
}

int cli_write(int argc, char **argv)
{
    write_job job;
    bool help;
    int code = CLI_USAGE;
    if (write_read_options(&job, argc, argv, &help)) {
        if (help)
            printf("%s%s", write_help, write_help_files);
        code = help ? CLI_OK : run(&job);
    }
    lh_claims_free(&job.claims);
    free(job.style_file);
    free(job.input);
    return code;
}
