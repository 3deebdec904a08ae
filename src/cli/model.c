/* `longhand model`: tells what a model file holds, and writes it anew: in another precision, with
 * characters that are read as others, or the mean of several. */
#include "cli.h"
#include "json.h"
#include "model_alike.h"
#include "model_mean.h"
#include "options.h"

#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is told ------------------------------------------------------------------------------
 */

typedef struct weight_size {
    double rms, largest;
} weight_size;

static weight_size measure(const lh_model *model, const lh_tensor *tensor)
{
    const lh_real *weights = lh_network_parameters_const(model->network) + tensor->offset;
    size_t count = (size_t)tensor->rows * (size_t)tensor->columns;
    double square = 0, largest = 0;
    for (size_t i = 0; i < count; i++) {
        square += (double)weights[i] * weights[i];
        lh_raise(&largest, fabs((double)weights[i]));
    }
    return (weight_size){sqrt(square / (double)count), largest};
}

static const char *kind_name(const lh_architecture *architecture)
{
    static const char *const names[] = {[LH_FOR_TEXT] = "synthesis",
                                        [LH_FOR_INK] = "prediction",
                                        [LH_FOR_READING] = "reading",
                                        [LH_FOR_TASK] = "artificial task"};
    return names[lh_purpose_of(architecture)];
}

/* ---- as JSON -----------------------------------------------------------------------------------
 */

static bool add_architecture(cJSON *json, const lh_architecture *a)
{
    cJSON *object = cJSON_AddObjectToObject(json, "architecture");
    return object && cJSON_AddStringToObject(object, "kind", kind_name(a)) &&
           cJSON_AddNumberToObject(object, "layers", a->layers) &&
           cJSON_AddNumberToObject(object, "cells", a->cells) &&
           cJSON_AddNumberToObject(object, "mixtures", a->mixtures) &&
           cJSON_AddNumberToObject(object, "windows", a->windows) &&
           cJSON_AddNumberToObject(object, "alphabet", a->alphabet) &&
           cJSON_AddStringToObject(object, "cell", lh_cell_name(a->cell)) &&
           cJSON_AddStringToObject(object, "head", lh_head_name(a->head)) &&
           cJSON_AddNumberToObject(object, "inputs", lh_inputs(a)) &&
           cJSON_AddNumberToObject(object, "directions", lh_directions(a)) &&
           cJSON_AddBoolToObject(object, "skips", !a->no_skips) &&
           cJSON_AddStringToObject(object, "memory", lh_memory_name(a->memory)) &&
           (a->memory == 0 || (cJSON_AddNumberToObject(object, "slots", a->slots) &&
                               cJSON_AddNumberToObject(object, "width", a->width) &&
                               cJSON_AddNumberToObject(object, "reads", a->reads)));
}

static bool add_tensors(cJSON *json, const lh_model *model)
{
    cJSON *array = cJSON_AddArrayToObject(json, "tensors");
    for (size_t i = 0; array && i < lh_network_tensor_count(model->network); i++) {
        const lh_tensor *tensor = lh_network_tensor(model->network, i);
        weight_size size = measure(model, tensor);
        cJSON *object = cJSON_CreateObject();
        if (!cJSON_AddItemToArray(array, object) ||
            !cJSON_AddStringToObject(object, "name", tensor->name) ||
            !cJSON_AddNumberToObject(object, "rows", tensor->rows) ||
            !cJSON_AddNumberToObject(object, "columns", tensor->columns) ||
            !cJSON_AddNumberToObject(object, "rms", size.rms) ||
            !cJSON_AddNumberToObject(object, "largest", size.largest))
            return false;
    }
    return array != NULL;
}

static bool add_notes(cJSON *json, const lh_model *model)
{
    cJSON *history = model->history ? cJSON_Parse(model->history) : cJSON_CreateNull();
    return cJSON_AddItemToObject(json, "history", history) &&
           (model->license ? cJSON_AddStringToObject(json, "license", model->license)
                           : cJSON_AddNullToObject(json, "license"));
}

static cJSON *describe(const lh_model *model, const char *alphabet)
{
    cJSON *json = cJSON_CreateObject();
    double scale[2] = {model->scale_x, model->scale_y};
    double weights = (double)lh_network_weight_count(model->network);
    if (json && add_architecture(json, lh_network_architecture(model->network)) &&
        cJSON_AddNumberToObject(json, "weights", weights) &&
        cJSON_AddStringToObject(json, "alphabet", alphabet) &&
        cJSON_AddItemToObject(json, "scale", cJSON_CreateDoubleArray(scale, 2)) &&
        add_notes(json, model) && add_tensors(json, model))
        return json;
    cJSON_Delete(json);
    return NULL;
}

static lh_status print_json(const lh_model *model, const char *alphabet, lh_error *error)
{
    return cli_print_json(stdout, describe(model, alphabet), false, "the description of a model",
                          error);
}

/* ---- for people --------------------------------------------------------------------------------
 */

enum { NAMES = 34, DEEPEST = 12 }; /* columns for names; runs within runs that are set in */

static int inset(int depth)
{
    return 2 + 2 * (depth < DEEPEST ? depth : DEEPEST);
}

static lh_status print_members(const cJSON *object, int depth, lh_error *error);

/* An object within the history, under its name and, of a list, its number (from 1; else 0). */
static lh_status print_part(const cJSON *object, const char *name, int number, int depth,
                            lh_error *error)
{
    visible_print(stdout, "%*s%s", inset(depth), "", name);
    if (number > 0)
        printf(" %d", number);
    putchar('\n');
    return print_members(object, depth + 1, error);
}

static lh_status print_list(const cJSON *list, int depth, lh_error *error)
{
    lh_status status = LH_OK;
    int number = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        number++;
        if (status == LH_OK && cJSON_IsObject(item))
            status = print_part(item, list->string, number, depth, error);
    }
    return status;
}

static lh_status print_value(const cJSON *item, int depth, lh_error *error)
{
    char *value = cJSON_PrintUnformatted(item);
    if (!value)
        return lh_fail_memory(error, "the history of a model");
    visible_row(stdout, "%*s%-*.100s %s", inset(depth), "", NAMES - inset(depth), item->string,
                cJSON_IsString(item) ? item->valuestring : value);
    cJSON_free(value);
    return LH_OK;
}

/* The members of the history, one a row; those of objects in it, such as the runs before, are set
 * in. The options of those are many, and left to --json. */
static lh_status print_members(const cJSON *object, int depth, lh_error *error)
{
    lh_status status = LH_OK;
    const cJSON *item;
    cJSON_ArrayForEach(item, object)
    {
        if (status != LH_OK || (depth > 0 && strcmp(item->string, "options") == 0))
            continue;
        if (cJSON_IsArray(item) && cJSON_IsObject(item->child))
            status = print_list(item, depth, error);
        else if (cJSON_IsObject(item))
            status = print_part(item, item->string, 0, depth, error);
        else
            status = print_value(item, depth, error);
    }
    return status;
}

static lh_status print_history(const lh_model *model, lh_error *error)
{
    if (!model->history) {
        puts("history       not told");
        return LH_OK;
    }
    cJSON *history = cJSON_Parse(model->history);
    if (!history)
        return lh_fail_memory(error, "the history of a model");
    puts("history");
    lh_status status = print_members(history, 0, error);
    cJSON_Delete(history);
    return status;
}

static void print_tensors(const lh_model *model)
{
    puts("tensors         rows  columns       rms   largest");
    for (size_t i = 0; i < lh_network_tensor_count(model->network); i++) {
        const lh_tensor *tensor = lh_network_tensor(model->network, i);
        weight_size size = measure(model, tensor);
        visible_row(stdout, "  %-16s %5d %8d %9.4f %9.4f", tensor->name, tensor->rows,
                    tensor->columns, size.rms, size.largest);
    }
}

static lh_status print_text(const lh_model *model, const char *alphabet, lh_error *error)
{
    const lh_architecture *a = lh_network_architecture(model->network);
    printf("architecture  %s: %d x %d cells (%s)", kind_name(a), a->layers, a->cells,
           lh_cell_name(a->cell));
    if (lh_directions(a) == 2)
        printf(" in both directions");
    if (a->mixtures > 0)
        printf(", %d mixture components", a->mixtures);
    if (a->kind == LH_SYNTHESIS)
        printf(", %d window components", a->windows);
    if (a->no_skips)
        printf(", no skip connections");
    if (a->memory)
        printf(", memory %s of %d x %d, read by %d", lh_memory_name(a->memory), a->slots, a->width,
               a->reads);
    printf("\nweights       %zu\n", lh_network_weight_count(model->network));
    printf("alphabet      %d characters", a->alphabet);
    visible_row(stdout, "%s%s", a->alphabet ? ": " : "", alphabet);
    if (a->mixtures > 0) /* it writes */
        printf("scale         %.4f x %.4f whiteboard units\n", model->scale_x, model->scale_y);
    visible_row(stdout, "license       %s", model->license ? model->license : "not told");
    lh_status status = print_history(model, error);
    if (status == LH_OK)
        print_tensors(model);
    return status;
}

/* ---- the command -------------------------------------------------------------------------------
 */

enum { MODELS_MAX = 16 };

typedef struct request {
    cli_texts path, alike;
    const char *output;
    lh_precision precision;
    bool json;
} request;

enum { A_MODEL = 1 }; /* what an option may need: that one is written */

#define AT(member) offsetof(request, member)

/* clang-format off */
static const cli_option rows[] = {
    {.value = "MODEL", .kind = CLI_INPUTS, .at = AT(path), .help = "a model file; with -o several, 16 at most"},
    {.name = "--json", .kind = CLI_FLAG, .at = AT(json), .help = "tells it as JSON"},
    {.name = "--output", .brief = "-o", .value = "OUT", .kind = CLI_OUTPUT, .at = AT(output),
     .help = "writes the model to OUT instead, the same but for its precision; of several models the mean of their "
             "weights: where all were trained on from the same one, it often does better than each, as longhand "
             "evaluate tells; their histories become its history"},
    {.name = "--alike", .value = "X=x", .kind = CLI_TEXTS, .at = AT(alike), .needs = A_MODEL,
     .help = "in OUT the network reads X, which is added where the model lacks it, as x: where training lines hardly have "
             "a character, begin with the weights of one that is like it (then train with --from OUT); once for each"},
    {.name = "--precision", .value = "NAME", .kind = CLI_CHOICE, .at = AT(precision), .choices = lh_precision_choices,
     .needs = A_MODEL,
     .help = "of the weights in OUT: float16 takes half the room and writes as well; training goes on from states, "
             "which are exact"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_model_table = {
    "model", "MODEL... [--json | -o OUT [OPTION...]]",
    "Tells what a model file holds: the network's architecture and tensors with the\n"
    "size of their weights (root mean square, largest magnitude), the characters it\n"
    "can write, the scale, how it was trained and what it reached, and the licence of\n"
    "the weights.\n",
    rows, NULL};

static const char *who_writes(unsigned needs)
{
    (void)needs;
    return "-o";
}

/* Says what does not fit together; false then. */
static bool usage_fits(const request *r, const cli_given *given)
{
    if (r->path.count == 0)
        cli_wrong_usage("model", "which file?");
    else if (r->path.count > MODELS_MAX)
        cli_wrong_usage("model", "takes no more than %d models: '%s' is one more", MODELS_MAX,
                        r->path.text[MODELS_MAX]);
    else if (r->path.count > 1 && !r->output)
        cli_wrong_usage("model", "several models have a mean: where to, with -o?");
    else if (r->json && r->output)
        cli_wrong_usage("model", "--json tells of a model, -o writes one: which?");
    else
        return cli_all_apply(given, r->output ? A_MODEL : 0, "what only tells", who_writes);
    return false;
}

static lh_status tell(const lh_model *model, bool json, lh_error *error)
{
    char *alphabet = lh_alphabet_string(&model->alphabet);
    if (!alphabet)
        return lh_fail_memory(error, "an alphabet");
    lh_status status =
        json ? print_json(model, alphabet, error) : print_text(model, alphabet, error);
    free(alphabet);
    return status;
}

static lh_status load(const request *r, lh_model **model, lh_error *error)
{
    for (size_t i = 0; i < r->path.count; i++)
        if (!(model[i] = lh_model_load(r->path.text[i], error)))
            return error->status;
    lh_status status =
        r->path.count > 1 ? model_mean(model, r->path.text, r->path.count, error) : LH_OK;
    for (size_t i = 0; i < r->alike.count && status == LH_OK; i++)
        status = model_alike(model[0], r->alike.text[i], error);
    return status;
}

static int run(void *job, cli_given *given)
{
    const request *r = job;
    lh_error error;
    lh_model *model[MODELS_MAX] = {NULL};
    if (!usage_fits(r, given))
        return CLI_USAGE;
    lh_status status = lh_claims_check(&given->claims, &error);
    if (status == LH_OK)
        status = load(r, model, &error);
    if (status == LH_OK)
        status = r->output ? lh_model_save(model[0], r->output, r->precision, &error)
                           : tell(model[0], r->json, &error);
    for (size_t i = 0; i < r->path.count; i++)
        lh_model_free(model[i]);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_model(int argc, char **argv)
{
    request r = {.precision = LH_PRECISION_FLOAT16};
    return cli_obey(&cli_model_table, argc, argv, &r, run);
}
