/* The '@' rows of a text as a table: a command is a row of it and a function. */
#include "document/commands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STYLE_BYTES = 4096 }; /* of the name of a hand, which may be a file's */

/* How much larger than the rest a heading is. */
static const float heading_size = 1.4f;

const lh_manner lh_manner_of_desk = {.bias = NAN, .size = 1};

/* A number from `low` to `high`, and nothing else. */
static bool read_number(const char *value, double low, double high, double *number)
{
    char *end;
    *number = strtod(value, &end);
    return end != value && !*end && *number >= low && *number <= high;
}

static lh_status set_style(lh_manner *manner, char *value, lh_error *error)
{
    if (strlen(value) > STYLE_BYTES)
        return lh_fail(error, LH_ERROR_ARGUMENT, "@style takes a name of at most %d bytes",
                       STYLE_BYTES);
    manner->style = *value ? value : NULL;
    return LH_OK;
}

static lh_status set_bias(lh_manner *manner, char *value, lh_error *error)
{
    if (!read_number(value, 0, 100, &manner->bias))
        return lh_fail(error, LH_ERROR_ARGUMENT, "@bias takes a number from 0 to 100");
    return LH_OK;
}

static lh_status set_ink(lh_manner *manner, char *value, lh_error *error)
{
    manner->inked = true;
    return lh_colour_parse(value, &manner->ink, error);
}

static lh_status set_size(lh_manner *manner, char *value, lh_error *error)
{
    double size;
    if (!read_number(value, 0.25, 10, &size))
        return lh_fail(error, LH_ERROR_ARGUMENT, "@size takes a number from 0.25 to 10");
    manner->size = (float)size;
    return LH_OK;
}

static lh_status set_align(lh_manner *manner, char *value, lh_error *error)
{
    manner->aligned = *value;
    return *value ? lh_align_parse(value, &manner->align, error) : LH_OK;
}

static lh_status set_heading(lh_manner *manner, char *value, lh_error *error)
{
    if (!*value)
        return lh_fail(error, LH_ERROR_ARGUMENT, "@heading takes the words of the heading");
    manner->size *= heading_size;
    return LH_OK;
}

static lh_status reset(lh_manner *manner, char *value, lh_error *error)
{
    (void)value, (void)error;
    *manner = lh_manner_of_desk;
    return LH_OK;
}

static lh_status leave(lh_manner *manner, char *value, lh_error *error)
{
    (void)manner, (void)value, (void)error;
    return LH_OK;
}

typedef struct command {
    lh_command_help help;
    lh_command_effect effect;
    lh_status (*obey)(lh_manner *manner, char *value, lh_error *error);
} command;

static const command commands[] = {
    {{"style", "NAME", "the hand; without a name that of --style"}, LH_COMMAND_SETS, set_style},
    {{"bias", "B", "how neat"}, LH_COMMAND_SETS, set_bias},
    {{"ink", "COLOUR", "the colour"}, LH_COMMAND_SETS, set_ink},
    {{"size", "X", "how large the letters are; 1: as the rows allow"}, LH_COMMAND_SETS, set_size},
    {{"align", "HOW", "left, right, centre or justify; alone as --align"},
     LH_COMMAND_SETS,
     set_align},
    {{"right", NULL, "a block at the right margin follows, up to an empty row"},
     LH_COMMAND_BLOCK,
     leave},
    {{"across", NULL, "a block over all columns follows, up to an empty row"},
     LH_COMMAND_ACROSS,
     leave},
    {{"heading", "WORDS", "these words, larger and with room above"},
     LH_COMMAND_HEADING,
     set_heading},
    {{"page", NULL, "a new page begins"}, LH_COMMAND_PAGE, leave},
    {{"reset", NULL, "everything as at the beginning"}, LH_COMMAND_SETS, reset},
};

static const size_t count = sizeof commands / sizeof *commands;

bool lh_command_tell(size_t index, lh_command_help *help)
{
    if (index >= count)
        return false;
    *help = commands[index].help;
    return true;
}

static lh_status refuse(const char *name, lh_error *error)
{
    char names[200] = "";
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += (size_t)snprintf(names + length, sizeof names - length, "%s@%s",
                                   i == 0           ? ""
                                   : i + 1 == count ? " and "
                                                    : ", ",
                                   commands[i].help.name);
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "no command '@%.40s'; there are %s, and @@ for a row that begins with '@'", name,
                   names);
}

lh_status lh_command_obey(const char *name, char *value, lh_manner *manner,
                          lh_command_effect *effect, lh_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const command *c = &commands[i];
        if (strcmp(name, c->help.name) != 0)
            continue;
        if (!c->help.value && *value)
            return lh_fail(error, LH_ERROR_ARGUMENT, "@%s takes no value", c->help.name);
        *effect = c->effect;
        return c->obey(manner, value, error);
    }
    return refuse(name, error);
}
