/* Options of `longhand write` together: what goes with what, and what follows from it. */
#include "cli.h"
#include "write.h"

#include "base/asset.h"

#include <string.h>
#include <strings.h>

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

/* The machine's preset, under what was set. */
static bool choose_machine(write_job *j)
{
    const lh_gcode_options set = j->render.gcode, *preset = &lh_gcode_grbl;
    if (j->machine && strcmp(j->machine, "marlin") == 0)
        preset = &lh_gcode_marlin;
    else if (j->machine && strcmp(j->machine, "grbl") != 0) {
        cli_wrong_usage("write", "--machine takes grbl or marlin, not '%s'", j->machine);
        return false;
    }
    j->render.gcode.start = preset->start;
    j->render.gcode.finish = preset->finish;
    j->render.gcode.next_page = preset->next_page;
    j->render.gcode.feed_on_travel = preset->feed_on_travel;
    if (!set.pen_up != !set.pen_down) {
        cli_wrong_usage("write", "--pen-up and --pen-down go together");
        return false;
    }
    return true;
}

/* May all documents go into one file? */
static bool check_one_file(const write_job *j)
{
    char names[200];
    if (j->resume)
        cli_wrong_usage("write", "--together makes one file or none: nothing to --resume");
    else if (!(j->format->traits & LH_FORMAT_PAGES) || j->render.look != LH_LOOK_INK)
        cli_wrong_usage("write", "--together goes with %s, and not with --draw",
                        lh_format_names(LH_FORMAT_PAGES, names, sizeof names));
    else
        return true;
    return false;
}

/* The default hand is for the network that is installed with it: another may know none of its
 * characters. */
static void choose_style(write_job *j)
{
    if (!j->style)
        j->style = j->model_path ? LH_OWN_STYLE : LH_DEFAULT_STYLE;
}

bool write_check_options(write_job *j)
{
    int kinds = (j->text != NULL) + (j->inputs > 0) + (j->merge != NULL);
    if (kinds != 1)
        cli_wrong_usage("write", "needs a text, --input FILE or --merge TABLE, one of them");
    else if (!j->output)
        cli_wrong_usage("write", "needs -o FILE to write to");
    else if (j->style_text && !j->style)
        cli_wrong_usage("write", "--style-text goes with --style or --style-from");
    else if (j->template && !j->merge)
        cli_wrong_usage("write", "--template goes with --merge");
    else if (find_format(j) && choose_machine(j)) {
        if (j->together && !check_one_file(j))
            return false;
        if (j->format->folder && strcmp(j->output, "-") == 0) {
            cli_wrong_usage("write", "--format %s makes a folder, and - is none", j->format->name);
            return false;
        }
        choose_style(j);
        char names[200];
        if (j->render.look == LH_LOOK_INK || j->format->traits & LH_FORMAT_LOOKS)
            return true;
        cli_wrong_usage("write", "--draw goes with %s",
                        lh_format_names(LH_FORMAT_LOOKS, names, sizeof names));
    }
    return false;
}
