/* Training options: one table of what there is, which defaults, JSON, check and comparison walk. */
#include "train_options.h"

#include "nn/bounds.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum field_kind { INTEGER, SEED, NUMBER, SPLITS, CHOICE } field_kind;

/* FIXED cannot change in a run; PLAN shapes the result as well but may be changed when resuming;
 * HABIT leaves the weights as they are. */
typedef enum field_role { FIXED, PLAN, HABIT } field_role;

typedef struct field {
    const char *name;
    field_kind kind;
    field_role role;
    size_t offset;
    double low, high;           /* range of INTEGER and NUMBER */
    const char *const *choices; /* CHOICE: names of values 0, 1, ...; ends with NULL */
} field;

#define AT(member) offsetof(lh_train_options, member)

static const field fields[] = {
    {"network", CHOICE, FIXED, AT(network), 0, 0, lh_network_choices},
    {"layers", INTEGER, FIXED, AT(layers), 1, LH_LAYERS_MAX, NULL},
    {"cells", INTEGER, FIXED, AT(cells), 1, LH_CELLS_MAX, NULL},
    {"cell", CHOICE, FIXED, AT(cell), 0, 0, lh_cell_choices},
    {"skips", CHOICE, FIXED, AT(skips), 0, 0, lh_yes_choices},
    {"mixtures", INTEGER, FIXED, AT(mixtures), 1, LH_MIXTURES_MAX, NULL},
    {"windows", INTEGER, FIXED, AT(windows), 0, 65536, NULL},
    {"train_splits", SPLITS, FIXED, AT(train_splits), 0, 0, NULL},
    {"valid_splits", SPLITS, FIXED, AT(valid_splits), 0, 0, NULL},
    {"max_train_lines", INTEGER, FIXED, AT(max_train_lines), 0, 1e9, NULL},
    {"max_valid_lines", INTEGER, FIXED, AT(max_valid_lines), 0, 1e9, NULL},
    {"max_offset", NUMBER, FIXED, AT(max_offset), 0, 1e9, NULL},
    {"rare_weight", INTEGER, FIXED, AT(rare_weight), 1, 1000, NULL},
    {"seed", SEED, FIXED, AT(seed), 0, 0, NULL},
    {"batch", INTEGER, FIXED, AT(batch), 1, 65536, NULL},
    {"optimizer", CHOICE, FIXED, AT(optimizer), 0, 0, lh_optimizer_choices},
    {"clip_output", NUMBER, FIXED, AT(clipping.output), 0, 1e30, NULL},
    {"clip_lstm", NUMBER, FIXED, AT(clipping.cell), 0, 1e30, NULL},
    {"truncate", INTEGER, FIXED, AT(clipping.steps), 0, 1e9, NULL},
    {"ema", NUMBER, FIXED, AT(ema), 0, 1, NULL},
    {"epochs", NUMBER, PLAN, AT(epochs), 0, 1e9, NULL},
    {"minutes", NUMBER, PLAN, AT(minutes), 0, 1e9, NULL},
    {"learning_rate", NUMBER, PLAN, AT(learning_rate), 0, 1e3, NULL},
    {"learning_rate_final", NUMBER, PLAN, AT(learning_rate_final), 0, 1e3, NULL},
    {"schedule", CHOICE, PLAN, AT(schedule), 0, 0, lh_schedule_choices},
    {"warmup", INTEGER, PLAN, AT(warmup), 0, 1e9, NULL},
    {"weight_noise", CHOICE, PLAN, AT(weight_noise), 0, 0, lh_noise_choices},
    {"noise_deviation", NUMBER, PLAN, AT(noise_deviation), 1e-6, 10, NULL},
    {"description_weight", NUMBER, PLAN, AT(description_weight), 1e-6, 1e6, NULL},
    {"slant", NUMBER, PLAN, AT(slant), 0, 1, NULL},
    {"size", NUMBER, PLAN, AT(size), 0, 1, NULL},
    {"jitter", NUMBER, PLAN, AT(jitter), 0, 10, NULL},
    {"dropout", NUMBER, PLAN, AT(dropout), 0, 0.95, NULL},
    {"clip_value", NUMBER, PLAN, AT(clip_value), 0, 1e30, NULL},
    {"clip", NUMBER, PLAN, AT(clip), 0, 1e30, NULL},
    {"products", CHOICE, PLAN, AT(products), 0, 0, lh_products_choices},
    {"validate_every", NUMBER, PLAN, AT(validate_every), 1e-6, 1e9, NULL},
    {"patience", INTEGER, PLAN, AT(patience), 0, 1e9, NULL},
    {"save_minutes", NUMBER, HABIT, AT(save_minutes), 0, 1e9, NULL},
    {"log_every", INTEGER, HABIT, AT(log_every), 1, 1e9, NULL},
    {"threads", INTEGER, HABIT, AT(threads), 0, 4096, NULL},
    {"precision", CHOICE, HABIT, AT(precision), 0, 0, lh_precision_choices},
};

enum { FIELDS = sizeof fields / sizeof *fields };

bool lh_train_option_range(size_t offset, double *low, double *high)
{
    for (int i = 0; i < FIELDS && low && high; i++)
        if (fields[i].offset == offset && (fields[i].kind == INTEGER || fields[i].kind == NUMBER)) {
            *low = fields[i].low;
            *high = fields[i].high;
            return true;
        }
    return false;
}

lh_train_options lh_train_options_default(lh_optimizer_kind optimizer)
{
    bool paper = optimizer == LH_RMSPROP_GRAVES;
    return (lh_train_options){
        .network = LH_TRAIN_SYNTHESIS,
        .layers = 3,
        .cells = 400,
        .mixtures = 20,
        .windows = 10,
        .train_splits = LH_SPLITS_PAPER_TRAINING,
        .valid_splits = 1u << LH_SPLIT_V,
        .max_offset = LH_DEFAULT_MAX_OFFSET,
        .rare_weight = 1,
        .seed = 1,
        .batch = 32,
        .optimizer = optimizer,
        .clipping = {.output = 100, .cell = 10},
        .ema = paper ? 0 : 0.998,
        .epochs = 30,
        .learning_rate = paper ? 1e-4 : 1e-3,
        .learning_rate_final = paper ? 1e-4 : 1e-5,
        .schedule = paper ? LH_SCHEDULE_CONSTANT : LH_SCHEDULE_COSINE,
        .warmup = paper ? 0 : 100,
        .noise_deviation = 0.075,
        .description_weight = 1,
        .clip = paper ? 0 : 300,
        .validate_every = 1,
        .save_minutes = 5,
        .log_every = 10,
    };
}

lh_train_options lh_train_options_for(lh_train_network network, lh_optimizer_kind optimizer)
{
    lh_train_options options = lh_train_options_default(optimizer);
    options.network = network;
    if (network == LH_TRAIN_READING) {
        options.layers = 3;
        options.cells = 96;
        options.batch = 16;
        options.slant = 0.15;
        options.size = 0.12;
        options.jitter = 1;
        options.max_offset = 0;
    }
    return options;
}

/* ---- values of any kind ---- */

/* An enum's or integer's value; all of them are as wide as int. */
static int get_int(const lh_train_options *options, const field *f)
{
    int value;
    memcpy(&value, (const char *)options + f->offset, sizeof value);
    return value;
}

static double get_number(const lh_train_options *options, const field *f)
{
    if (f->kind == INTEGER)
        return get_int(options, f);
    double value;
    memcpy(&value, (const char *)options + f->offset, sizeof value);
    return value;
}

static void put(lh_train_options *options, const field *f, const void *value, size_t size)
{
    memcpy((char *)options + f->offset, value, size);
}

enum { SHOWN = 128 };

/* The value as text: what messages say, and what JSON holds for values that are not numbers. */
static void show(const lh_train_options *options, const field *f, char text[SHOWN])
{
    text[0] = '\0';
    switch (f->kind) {
    case INTEGER:
        snprintf(text, SHOWN, "%d", get_int(options, f));
        break;
    case NUMBER:
        snprintf(text, SHOWN, "%.9g", get_number(options, f));
        break;
    case SEED:
        snprintf(text, SHOWN, "%" PRIu64, options->seed);
        break;
    case CHOICE:
        snprintf(text, SHOWN, "%s", f->choices[get_int(options, f)]);
        break;
    case SPLITS:
        for (int s = 0; s < LH_SPLIT_COUNT; s++)
            if (get_int(options, f) >> s & 1) {
                size_t length = strlen(text);
                snprintf(text + length, SHOWN - length, "%s%s", length ? "," : "",
                         lh_split_name((lh_split)s));
            }
        break;
    }
}

/* ---- JSON ---- */

cJSON *lh_train_options_write(const lh_train_options *options, bool traced)
{
    cJSON *json = cJSON_CreateObject();
    bool done = json != NULL;
    for (int i = 0; i < FIELDS && done; i++) {
        const field *f = &fields[i];
        char text[SHOWN];
        if (traced && f->role == HABIT)
            continue;
        show(options, f, text);
        if (f->kind == INTEGER || f->kind == NUMBER)
            done = cJSON_AddNumberToObject(json, f->name, get_number(options, f)) != NULL;
        else
            done = cJSON_AddStringToObject(json, f->name, text) != NULL;
    }
    if (done)
        return json;
    cJSON_Delete(json);
    return NULL;
}

static bool read_choice(const field *f, const char *text, lh_train_options *options)
{
    for (int c = 0; f->choices[c]; c++)
        if (strcmp(f->choices[c], text) == 0) {
            put(options, f, &c, sizeof c);
            return true;
        }
    return false;
}

static bool read_text(const field *f, const char *text, lh_train_options *options)
{
    if (f->kind == CHOICE)
        return read_choice(f, text, options);
    if (f->kind == SPLITS) {
        unsigned mask;
        if (lh_split_parse(text, &mask, NULL) != LH_OK)
            return false;
        put(options, f, &mask, sizeof mask);
        return true;
    }
    char *end;
    options->seed = strtoull(text, &end, 10);
    return *text && *end == '\0';
}

static bool read_number(const field *f, double value, lh_train_options *options)
{
    if (!(value >= f->low && value <= f->high))
        return false;
    if (f->kind == NUMBER) {
        put(options, f, &value, sizeof value);
        return true;
    }
    int whole = (int)value; /* INTEGER's ranges are int's */
    put(options, f, &whole, sizeof whole);
    return whole == value;
}

lh_status lh_train_options_read(const cJSON *json, const char *name, lh_train_options *options,
                                lh_error *error)
{
    for (int i = 0; i < FIELDS; i++) {
        const field *f = &fields[i];
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(json, f->name);
        bool numeric = f->kind == INTEGER || f->kind == NUMBER;
        bool fits =
            !value ||
            (numeric ? cJSON_IsNumber(value) && read_number(f, cJSON_GetNumberValue(value), options)
                     : cJSON_IsString(value) && read_text(f, cJSON_GetStringValue(value), options));
        if (!fits)
            return lh_fail(error, LH_ERROR_FORMAT, "%s: the training option %s has an unfit value",
                           name, f->name);
    }
    return LH_OK;
}

/* ---- check and comparison ---- */

/* An enumerator that exists, or a mask of splits that do. */
static bool is_one(const lh_train_options *o, const field *f)
{
    int value = get_int(o, f), count = 0;
    if (f->kind == SPLITS)
        return (unsigned)value < 1U << LH_SPLIT_COUNT;
    while (f->choices[count])
        count++;
    return value >= 0 && value < count;
}

lh_status lh_train_options_check(const lh_train_options *o, lh_error *error)
{
    for (int i = 0; i < FIELDS; i++) {
        const field *f = &fields[i];
        bool numeric = f->kind == INTEGER || f->kind == NUMBER;
        double value = numeric ? get_number(o, f) : 0;
        if (numeric && !(value >= f->low && value <= f->high))
            return lh_fail(error, LH_ERROR_ARGUMENT, "%s must be from %g to %g, not %g", f->name,
                           f->low, f->high, value);
        if ((f->kind == CHOICE || f->kind == SPLITS) && !is_one(o, f))
            return lh_fail(error, LH_ERROR_ARGUMENT, "%s cannot be %d", f->name, get_int(o, f));
    }
    if (o->network == LH_TRAIN_SYNTHESIS && o->windows < 1)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a synthesis network needs windows");
    if (o->network == LH_TRAIN_READING && o->clipping.steps > 0)
        return lh_fail(
            error, LH_ERROR_ARGUMENT,
            "a network that reads goes in both directions: nothing of it can be truncated");
    if (!(o->epochs > 0) && !(o->minutes > 0))
        return lh_fail(error, LH_ERROR_ARGUMENT, "training needs epochs or minutes above 0");
    if (o->ema >= 1)
        return lh_fail(error, LH_ERROR_ARGUMENT, "the decay of averaged weights must be below 1");
    if (o->train_splits & o->valid_splits)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "training and validation splits overlap: validation would tell nothing");
    return LH_OK;
}

lh_status lh_train_options_same(const lh_train_options *run, const lh_train_options *asked,
                                lh_error *error)
{
    for (int i = 0; i < FIELDS; i++) {
        const field *f = &fields[i];
        char before[SHOWN], now[SHOWN];
        show(run, f, before);
        show(asked, f, now);
        if (f->role == FIXED && strcmp(before, now) != 0)
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "the run to resume has %s %s, which cannot become %s", f->name, before,
                           now);
    }
    return LH_OK;
}
