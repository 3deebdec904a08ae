/* What a batch is to do: see batch_plan.h. */
#include "document/batch_plan.h"
#include "document/batch_names.h"
#include "document/source_names.h"

#include "base/streams.h"

#include <stdlib.h>
#include <string.h>

lh_batch_options lh_batch_defaults(void)
{
    return (lh_batch_options){.format = lh_format_find("svg", false),
                              .render = lh_render_defaults()};
}

bool lh_batch_is_whole(const lh_batch_plan *p)
{
    return p->options.together || lh_sources_chosen(p->sources) < 2;
}

bool lh_batch_has_record(const lh_batch_plan *p)
{
    return p->sources->count > 1 && !p->options.together && !lh_is_standard_output(p->pattern);
}

/* ---- words ------------------------------------------------------------------------------------
 */

static const char *or_else(const char *word, const char *otherwise)
{
    return word ? word : otherwise;
}

static lh_batch_words all_words(const lh_batch_words *given)
{
    static const lh_batch_words none;
    const lh_batch_words *w = given ? given : &none;
    return (lh_batch_words){
        .text = or_else(w->text, "a text"),
        .table = or_else(w->table, "the table"),
        .template_path = or_else(w->template_path, "the template"),
        .style = or_else(w->style, "the style"),
        .style_text = or_else(w->style_text, "style_text"),
        .output = or_else(w->output, "the output"),
        .trace = or_else(w->trace, "the trace"),
        .manifest = or_else(w->manifest, "the manifest"),
        .together = or_else(w->together, "together"),
    };
}

/* A model is noted by the name of its file, wherever that lies. */
static const char *name_of_model(const lh_batch_options *options, const lh_model *model)
{
    if (options->model || !model->path)
        return or_else(options->model, "a model");
    const char *slash = strrchr(model->path, '/');
    return slash ? slash + 1 : model->path;
}

/* ---- checking ---------------------------------------------------------------------------------
 */

static lh_status check_options(const lh_batch_plan *p, lh_error *error)
{
    char names[200];
    const lh_batch_options *o = &p->options;
    const char *format = o->format->name, *together = p->words.together;
    const bool ink = o->render.look == LH_LOOK_INK;
    if (o->together && (!(o->format->traits & LH_FORMAT_PAGES) || !ink))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s goes with %s, and with nothing but ink",
                       together, lh_format_names(LH_FORMAT_PAGES, names, sizeof names));
    if (o->together && o->resume)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s makes one file or none: there is nothing to resume", together);
    if (o->format->folder && lh_is_standard_output(o->output))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s is a folder, and - is none", format);
    if (!ink && !(o->format->traits & LH_FORMAT_LOOKS))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s shows nothing but ink; others are %s", format,
                       lh_format_names(LH_FORMAT_LOOKS, names, sizeof names));
    if (o->trace && !p->document.steps)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s needs documents that keep their steps",
                       p->words.trace);
    if (o->manifest && (!ink || o->together || !(o->format->traits & LH_FORMAT_LOOKS)))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s goes with %s, a file or more a document, and with nothing but ink",
                       p->words.manifest, lh_format_names(LH_FORMAT_LOOKS, names, sizeof names));
    if (o->manifest && lh_is_standard_output(o->manifest))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s is a file, and - is none", p->words.manifest);
    if (o->manifest && !p->document.steps)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s needs documents that keep their steps",
                       p->words.manifest);
    return LH_OK;
}

static bool differ(const lh_batch_plan *p, const char *pattern)
{
    return lh_names_differ(pattern) || lh_sources_have_columns(p->sources, pattern);
}

bool lh_batch_makes_folders(const lh_batch_plan *p, const char *pattern)
{
    return lh_names_are_open(pattern) || lh_sources_have_columns(p->sources, pattern);
}

/* Several texts have several files, unless all go into one. */
static lh_status check_names(const lh_batch_plan *p, lh_error *error)
{
    const lh_batch_options *o = &p->options;
    lh_status status = lh_sources_check_columns(p->sources, p->pattern, error);
    if (status == LH_OK && o->trace)
        status = lh_sources_check_columns(p->sources, o->trace, error);
    if (status != LH_OK)
        return status;
    if (o->together && lh_batch_makes_folders(p, p->pattern))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s makes one file, and %s would be several",
                       p->words.together, p->pattern);
    const bool output = !o->format->folder && !o->together && !differ(p, p->pattern);
    const char *same = output ? o->output : o->trace && !differ(p, o->trace) ? o->trace : NULL;
    if (p->sources->count < 2 || !same)
        return LH_OK;
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "%zu texts, and one file %s: its name needs {name} or {number} in it%s%s",
                   p->sources->count, same, output ? ", or " : "", output ? p->words.together : "");
}

lh_status lh_batch_plan_make(lh_batch_plan *p, const lh_model *model,
                             const lh_document_options *document, const lh_sources *sources,
                             const lh_batch_options *options, lh_error *error)
{
    *p = (lh_batch_plan){.model = model,
                         .document = *document,
                         .sources = sources,
                         .options = *options,
                         .words = all_words(options->words)};
    p->options.model = name_of_model(options, model);
    p->document.style = or_else(document->style, LH_OWN_STYLE);
    lh_status status = check_options(p, error);
    if (status != LH_OK)
        return status;
    p->pattern = lh_names_pattern(options, error);
    return p->pattern ? check_names(p, error) : error->status;
}

void lh_batch_plan_clear(lh_batch_plan *p)
{
    lh_claims_free(&p->claims);
    free(p->pattern);
    *p = (lh_batch_plan){0};
}
