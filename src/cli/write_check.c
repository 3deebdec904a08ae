/* Options of `longhand write` together: what goes with what, and what follows from it. */
#include "write.h"

#include "base/asset.h"

#include <stdlib.h>
#include <string.h>

/* As --format names it, or as the output's name ends. */
static bool find_format(write_job *j)
{
    char names[200];
    const char *name = j->format_name ? j->format_name : cli_ending(j->output);
    if (!name)
        name = "svg";
    j->format = lh_format_find(name, !j->format_name);
    if (j->format)
        return true;
    cli_wrong_usage("write", "no format '%s'; there are %s", name,
                    lh_format_names(~0u, names, sizeof names));
    return false;
}

/* What options may need, in words. */
static const char *who_has(unsigned needs)
{
    static char names[200];
    switch (needs) {
    case WRITE_MERGES:
        return "--merge";
    case WRITE_MERGES | WRITE_READS:
        return "--input or --merge";
    case WRITE_STYLE:
        return "--style or --style-from";
    case WRITE_PAPER:
        return "--paper";
    case WRITE_PROOFREAD:
        return "words that are read over, not with --no-proofread";
    case WRITE_INVENTS:
        return "--invent";
    case WRITE_COLUMNS:
        return "--columns";
    case WRITE_CUT:
        return "paper that is cut to the writing, not with --paper";
    default:
        return lh_format_names(needs, names, sizeof names);
    }
}

/* Is each option of use? */
static bool all_apply(const write_job *j, const cli_given *given)
{
    const unsigned formats = WRITE_MERGES - 1;
    const unsigned have = (j->merge ? WRITE_MERGES : 0) | (j->input.count > 0 ? WRITE_READS : 0) |
                          (j->style || j->style_from ? WRITE_STYLE : 0) |
                          (j->proofread ? WRITE_PROOFREAD : 0) | (j->invent ? WRITE_INVENTS : 0) |
                          (cli_was_given(given, "--paper") ? WRITE_PAPER : WRITE_CUT) |
                          (j->document.columns > 1 ? WRITE_COLUMNS : 0);
    return cli_all_apply(given, have | formats, NULL, who_has) &&
           cli_all_apply(given, have | j->format->traits, j->format->name, who_has);
}

/* A pen that is lifted by commands of its own has no heights, and one that has is up above where it
 * draws; false when it said so. */
static bool heights_fit(const write_job *j, const cli_given *given)
{
    static const char *const heights[] = {"--up", "--down", "--lift-feed"};
    const lh_gcode_options *gcode = &j->render.gcode;
    for (size_t i = 0; i < sizeof heights / sizeof *heights && gcode->pen_up; i++)
        if (cli_was_given(given, heights[i])) {
            cli_wrong_usage("write", "%s is of the z axis, and goes not with --pen-up", heights[i]);
            return false;
        }
    if (gcode->pen_up || gcode->up > gcode->down)
        return true;
    cli_wrong_usage("write", "--up %g is not above --down %g", (double)gcode->up,
                    (double)gcode->down);
    return false;
}

/* The machine's preset, under what was set. */
static void choose_machine(write_job *j)
{
    const lh_gcode_options *preset = j->machine == 0 ? &lh_gcode_grbl : &lh_gcode_marlin;
    j->render.gcode.start = preset->start;
    j->render.gcode.finish = preset->finish;
    j->render.gcode.next_page = preset->next_page;
    j->render.gcode.feed_on_travel = preset->feed_on_travel;
    j->render.gcode.wait_in_seconds = preset->wait_in_seconds;
}

/* Paper that is cut to the writing has less around it than a sheet. */
static void choose_margin(write_job *j, const cli_given *given)
{
    lh_paper *paper = &j->document.paper;
    if (cli_was_given(given, "--paper") && !cli_was_given(given, "--margin"))
        paper->left = paper->top = paper->right = paper->bottom = lh_paper_default.top;
}

/* The default hand is for the network that is installed with it: another may know none of its
 * characters. A file is one even where its name might be that of a style: `line` is then ./line. */
static lh_status choose_style(write_job *j, lh_error *error)
{
    const char *path = j->style_from;
    if (!path) {
        if (!j->style)
            j->style = j->model_path ? LH_OWN_STYLE : LH_DEFAULT_STYLE;
        return LH_OK;
    }
    j->style = path;
    if (strchr(path, '/') || cli_ending(path))
        return LH_OK;
    j->style = j->style_file = malloc(strlen(path) + 3);
    if (!j->style_file)
        return lh_fail_memory(error, "the name of a style");
    sprintf(j->style_file, "./%s", path);
    return LH_OK;
}

/* Pictures of how writing came about are no ink, and on no paper; false when it said so. */
static bool look_fits(const write_job *j, const cli_given *given)
{
    static const char *const of_ink[] = {"--manifest", "--together",     "--animate",
                                         "--by-speed", "--paper-colour", "--ruling"};
    const char *wrong = j->render.svg.use == LH_SVG_PLOTTED ? "--for plotter" : NULL;
    for (size_t i = 0; i < sizeof of_ink / sizeof *of_ink; i++)
        wrong = cli_was_given(given, of_ink[i]) ? of_ink[i] : wrong;
    if (!wrong || j->render.look == LH_LOOK_INK)
        return true;
    cli_wrong_usage("write", "%s goes with ink, and not with --draw", wrong);
    return false;
}

/* Says what does not fit together; false then. */
static bool usage_fits(write_job *j, const cli_given *given)
{
    const int kinds =
        (j->text != NULL) + (j->input.count > 0) + (j->merge != NULL) + (j->invent != NULL);
    const lh_gcode_options *gcode = &j->render.gcode;
    if (kinds != 1)
        cli_wrong_usage("write",
                        "needs a text, --input FILE, --merge TABLE or --invent MODEL, one of them");
    else if (!j->output)
        cli_wrong_usage("write", "needs -o FILE to write to");
    else if (j->style && j->style_from)
        cli_wrong_usage("write", "takes --style or --style-from, not both");
    else if (!gcode->pen_up != !gcode->pen_down)
        cli_wrong_usage("write", "--pen-up and --pen-down go together");
    else if (j->document.fit && cli_was_given(given, "--pitch"))
        cli_wrong_usage("write", "--fit finds the pitch, and goes not with --pitch");
    else if (!find_format(j) || !all_apply(j, given) || !heights_fit(j, given) ||
             !look_fits(j, given))
        return false;
    else if (j->together && j->resume)
        cli_wrong_usage("write", "--together makes one file or none: nothing to --resume");
    else if (j->together && j->manifest)
        cli_wrong_usage("write",
                        "--manifest goes with files of their own, and not with --together");
    else if (j->render.svg.use == LH_SVG_PLOTTED && j->render.svg.speed > 0)
        cli_wrong_usage("write", "takes --for plotter or --animate, not both");
    else if (j->format->folder && lh_is_standard_output(j->output))
        cli_wrong_usage("write", "--format %s makes a folder, and - is none", j->format->name);
    else
        return true;
    return false;
}

int write_check_options(write_job *j, const cli_given *given)
{
    lh_error error;
    if (!usage_fits(j, given))
        return CLI_USAGE;
    if (choose_style(j, &error) != LH_OK)
        return cli_failed(&error);
    choose_machine(j);
    choose_margin(j, given);
    j->document.pen_follows = !cli_was_given(given, "--pen");
    j->document.skip_unknown = j->document.skip_unknown || j->invent;
    j->document.steps = j->trace || j->manifest || cli_was_given(given, "--draw");
    return CLI_OK;
}
