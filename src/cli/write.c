/* `longhand write`: texts to handwriting. */
#include "write.h"
#include "style_name.h"
#include "write_tell.h"

#include "base/folder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char model_asset[] = "longhand.safetensors", signs_asset[] = "signs.txt";

/* How options are called here. */
static const lh_batch_words words_of_options = {
    .text = "--input",
    .table = "--merge",
    .template_path = "--template",
    .style = "--style",
    .style_text = "--style-text",
    .output = "-o",
    .trace = "--trace",
    .manifest = "--manifest",
    .together = "--together",
};

/* A run. */
typedef struct run {
    const write_job *job;
    write_telling telling;
} run;

/* ---- what is read -----------------------------------------------------------------------------
 */

static lh_sources *find_sources(const write_job *job, lh_error *error)
{
    lh_sources *sources = job->merge    ? lh_sources_of_table(job->merge, job->template, error)
                          : job->invent ? write_invent(job, error)
                          : job->text
                              ? lh_sources_of_text(job->text, error)
                              : lh_sources_of_files(job->input.text, job->input.count, error);
    lh_sources_take_missing(sources, job->missing > 0);
    if (sources && lh_sources_choose(sources, job->only, error) == LH_OK)
        return sources;
    lh_sources_free(sources);
    return NULL;
}

static char *style_file(void *user, const char *name, size_t index)
{
    (void)user;
    return cli_style_part(name, index);
}

static lh_style *find_style(void *user, const char *name, lh_error *error)
{
    const write_job *job = user;
    const bool default_style = strcmp(name, job->style) == 0;
    return cli_style_read(name, default_style ? job->style_text : NULL, error);
}

/* The table of signs that is installed, and the user's rows before it. */
static lh_signs *read_signs(const write_job *job, lh_error *error)
{
    lh_signs *signs = lh_signs_new(error);
    char *path = signs ? cli_asset(signs_asset) : NULL;
    lh_status status = !signs ? error->status : path ? lh_signs_read(signs, path, error) : LH_OK;
    free(path);
    if (status == LH_OK && job->signs)
        status = lh_signs_read(signs, job->signs, error);
    if (status == LH_OK)
        return signs;
    lh_signs_free(signs);
    return NULL;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static void on_event(void *user, const lh_batch_event *event)
{
    run *r = user;
    write_tell(&r->telling, event, r->job->together);
}

static int write_batch(const write_job *job, const lh_model *model, const lh_sources *sources)
{
    run r = {.job = job, .telling = {.verbose = job->verbose, .merged = job->merge != NULL}};
    lh_error error;
    lh_batch_report report;
    lh_batch_words words = words_of_options;
    char *installed = cli_asset(model_asset), *signs = cli_asset(signs_asset),
         *reader = cli_asset(cli_reader_asset);
    const lh_batch_file reads[] = {{signs, signs_asset},
                                   {job->signs, "--signs"},
                                   {job->invent, "--invent"},
                                   {job->reader_path ? job->reader_path : reader, cli_reader_asset},
                                   {job->model_path ? job->model_path : installed, model_asset}};
    words.text = job->text || job->invent ? "write" : words.text;
    const lh_batch_options options = {
        .output = job->output,
        .trace = job->trace,
        .manifest = job->manifest,
        .format = job->format,
        .render = job->render,
        .together = job->together,
        .resume = job->resume,
        .strict = job->strict,
        .style_text = job->style_text,
        .model = cli_model_name(job->model_path),
        .reads = reads,
        .read_count = sizeof reads / sizeof *reads,
        .style_file = style_file,
        .words = &words,
        .stop = cli_asked_to_stop,
        .event = on_event,
        .user = &r,
    };
    lh_status status = lh_batch_write(model, &job->document, sources, &options, &report, &error);
    free(installed);
    free(signs);
    free(reader);
    if (status == LH_OK)
        write_tell_end(&r.telling, &report);
    write_telling_clear(&r.telling);
    if (status == LH_OK)
        return report.failed > 0 || report.stopped ? CLI_FAILED : CLI_OK;
    cli_progress_clear(&r.telling.progress);
    if (status == LH_ERROR_INTERRUPTED)
        cli_end_by_signal();
    return cli_failed(&error);
}

/* The network that reads over what is written; none where nothing is read over. */
static lh_status load_reader(const write_job *job, lh_reader **reader, lh_error *error)
{
    if (!job->proofread)
        return LH_OK;
    *reader = cli_reader_load(job->reader_path, "--reader", error);
    return *reader ? LH_OK : error->status;
}

static int write_sources(write_job *job, const lh_sources *sources)
{
    lh_error error;
    lh_signs *signs = read_signs(job, &error);
    if (!signs)
        return cli_failed(&error);
    lh_reader *reader = NULL;
    lh_model *model = cli_model_load(job->model_path, model_asset, &error);
    if (model && load_reader(job, &reader, &error) != LH_OK) {
        lh_model_free(model);
        model = NULL;
    }
    char *hands = lh_folder_of_user("XDG_CACHE_HOME", ".cache", "longhand/hands");
    int code = CLI_FAILED;
    if (model) {
        job->document.signs = signs;
        job->document.write.reader = reader;
        job->document.style = job->style;
        job->document.find_style = find_style;
        /* Hands belong to the network that is installed with them. */
        job->document.draw_hand = job->model_path ? NULL : cli_draw_hand_of_own;
        job->document.user = job;
        job->document.hands_folder = hands;
        code = write_batch(job, model, sources);
    } else {
        cli_failed(&error);
    }
    free(hands);
    lh_reader_free(reader);
    lh_model_free(model);
    lh_signs_free(signs);
    return code;
}

/* Whoever names a file as the text may want what is in it. */
static void tell_of_file(const char *text)
{
    struct stat info;
    if (text && stat(text, &info) == 0 && S_ISREG(info.st_mode))
        cli_tell("writes the words '%s'; --input %s writes what is in that file", text, text);
}

static int write_texts(write_job *job)
{
    lh_error error;
    tell_of_file(job->text);
    lh_sources *sources = find_sources(job, &error);
    int code = sources ? write_sources(job, sources) : cli_failed(&error);
    lh_sources_free(sources);
    return code;
}

int write_obey(void *job_of, cli_given *given)
{
    write_job *job = job_of;
    int code = write_check_options(job, given);
    if (code == CLI_OK)
        code = write_texts(job);
    free(job->style_file);
    return code;
}
