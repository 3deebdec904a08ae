/* `longhand write`: texts to handwriting. */
#include "write.h"

#include "base/folder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *write_find_style_file(const char *style, lh_error *error)
{
    char name[300];
    struct stat info;
    if (stat(style, &info) == 0 && !S_ISDIR(info.st_mode))
        return strdup(style);
    snprintf(name, sizeof name, "styles/%.250s.xml", style);
    char *path = strchr(style, '/') ? NULL : cli_asset(name);
    if (!path)
        lh_fail(error, LH_ERROR_IO, "no style '%s': neither a file nor one that is installed",
                style);
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

static int write_sources_found(write_job *job, const write_sources *sources, const char *pattern)
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
        code = desk ? write_all_documents(job, model, desk, sources, pattern) : cli_failed(&error);
        lh_desk_free(desk);
    }
    free(hands);
    lh_model_free(model);
    lh_signs_free(signs);
    return code;
}

static int run(write_job *job)
{
    lh_error error;
    write_sources sources;
    int code = CLI_FAILED;
    char *pattern = NULL;
    if (write_sources_find(&sources, job, &error) == LH_OK)
        pattern = write_output_pattern(job, &sources, &error);
    if (pattern)
        code = write_sources_found(job, &sources, pattern);
    else
        cli_failed(&error);
    free(pattern);
    write_sources_free(&sources);
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
    free(job.input);
    return code;
}
