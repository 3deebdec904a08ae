/* Options of `longhand write` together: what goes with what, and what follows from it. */
#include "cli.h"
#include "write.h"

#include "base/asset.h"

#include <string.h>
#include <strings.h>

static const char *const formats[WRITE_FORMATS] = {"svg",  "pdf",   "png", "gcode",
                                                   "hpgl", "jsonl", "xml", "iam"};

/* As --format names it, or as the output's name ends. */
static bool find_format(write_job *j)
{
    static const struct {
        const char *end;
        write_format format;
    } others[] = {{"nc", WRITE_GCODE}, {"ngc", WRITE_GCODE}, {"plt", WRITE_HPGL}};
    const char *name = j->format_name ? j->format_name : cli_ending(j->output);
    if (!name)
        name = "svg";
    for (int i = 0; i < WRITE_FORMATS; i++)
        if (strcasecmp(name, formats[i]) == 0) {
            j->format = (write_format)i;
            return true;
        }
    for (size_t i = 0; !j->format_name && i < sizeof others / sizeof *others; i++)
        if (strcasecmp(name, others[i].end) == 0) {
            j->format = others[i].format;
            return true;
        }
    cli_wrong_usage("write",
                    "no format '%s'; there are svg, pdf, png, gcode, hpgl, jsonl, xml, iam", name);
    return false;
}

/* The machine's preset, under what was set. */
static bool choose_machine(write_job *j)
{
    const lh_gcode_options set = j->gcode, *preset = &lh_gcode_grbl;
    if (j->machine && strcmp(j->machine, "marlin") == 0)
        preset = &lh_gcode_marlin;
    else if (j->machine && strcmp(j->machine, "grbl") != 0) {
        cli_wrong_usage("write", "--machine takes grbl or marlin, not '%s'", j->machine);
        return false;
    }
    j->gcode.start = preset->start;
    j->gcode.finish = preset->finish;
    j->gcode.next_page = preset->next_page;
    j->gcode.feed_on_travel = preset->feed_on_travel;
    if (!set.pen_up != !set.pen_down) {
        cli_wrong_usage("write", "--pen-up and --pen-down go together");
        return false;
    }
    return true;
}

/* May all documents go into one file? */
static bool check_one_file(const write_job *j)
{
    bool pages = j->format == WRITE_SVG || j->format == WRITE_PDF || j->format == WRITE_GCODE ||
                 j->format == WRITE_HPGL || j->format == WRITE_JSON_LINES;
    if (j->resume)
        cli_wrong_usage("write", "--together makes one file or none: nothing to --resume");
    else if (!pages || j->look != LH_LOOK_INK)
        cli_wrong_usage("write", "--together goes with svg, pdf, gcode, hpgl and jsonl, and not "
                                 "with --draw");
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
        if (j->format == WRITE_IAM && strcmp(j->output, "-") == 0) {
            cli_wrong_usage("write", "--format iam makes a folder, and - is none");
            return false;
        }
        choose_style(j);
        if (j->look == LH_LOOK_INK || j->format == WRITE_SVG || j->format == WRITE_PNG)
            return true;
        cli_wrong_usage("write", "--draw goes with SVG and PNG");
    }
    return false;
}
