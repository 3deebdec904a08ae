/* The options of `longhand write`. */
#include "write.h"

#include "base/asset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char write_help[] =
    "usage: longhand write TEXT -o FILE [OPTION...]\n"
    "       longhand write --input FILE... -o FILE [OPTION...]\n"
    "       longhand write --merge TABLE [--template FILE] -o 'FOLDER/{name}.svg' [OPTION...]\n\n"
    "Writes texts by hand. TEXT - is standard input. A row of a text is a row of writing, or "
    "several\n"
    "where it does not fit; an empty one is left empty. Rows that begin with @ set the style, bias "
    "or\n"
    "ink from there on: see longhand(1).\n\n"
    "Texts\n"
    "  --input FILE...     texts, UTF-8; - is standard input\n"
    "  --merge TABLE       one text for each row of a CSV or TSV file: its column 'text', or\n"
    "  --template FILE     this text with {column} replaced\n"
    "  --only NAME,...     only these of the texts\n"
    "  --reflow            join the rows of a paragraph; two blanks or \\ at the end keep a break\n"
    "  --signs FILE        what to write for characters that the model does not know\n"
    "  --skip-unknown      leave out characters that cannot be written, and count them\n\n"
    "Hand\n"
    "  --model FILE        a synthesis network (default: the one that is installed)\n"
    "  --style STYLE       the hand: a name, or an IAM-OnDB line file (.xml) with its text in the\n"
    "                      .txt file beside it (default: felix); own: one that the network finds\n"
    "                      for itself, another with each seed (default with --model)\n"
    "  --style-from FILE   the same, for a file\n"
    "  --style-text TEXT   what the style's ink says, instead of the file beside it\n"
    "  --bias B            0: as people vary; larger: neater (default: 0.75)\n"
    "  --seed N            another seed, other ink (default: 1); each file and each row of a "
    "table\n"
    "                      gets one of its own from it, by its name\n"
    "  --no-proofread      do not read each word over, to write it anew if it might be taken "
    "for\n"
    "                      another: six times as fast\n"
    "  --tries N           times that a word may be written anew when it goes wrong (default: 6)\n"
    "  --drift X           how far rows stray from their lines (default: 1)\n\n"
    "Paper\n"
    "  --paper SIZE        a4, a5, a6, letter, legal, postcard, envelope-dl, -c6, -c5, -10, each\n"
    "                      also with -landscape; WIDTHxHEIGHT in mm (default: cut to the writing)\n"
    "  --margin MM[,...]   all, or top,right,bottom,left (default: 20; 5 on paper that is cut)\n"
    "  --pitch MM          from row to row; sizes the letters too (default: 8)\n"
    "  --width MM          longest row on paper that is cut to the writing (default: 170)\n"
    "  --columns N         columns of writing on a page (default: 1), and\n"
    "  --gap MM            what is between them (default: 10)\n"
    "  --ruling KIND       plain, ruled or squared (default: plain)\n"
    "  --paper-colour C    #rrggbb, or none\n"
    "  --page-numbers      number the pages when there are several\n"
    "  --pen MM            width of the pen (default: 0.5)\n"
    "  --ink COLOUR        #rrggbb, black, blue, red, green, grey or brown (default: black)\n\n";

const char write_help_files[] =
    "Files\n"
    "  -o, --output FILE   {name}, {number} and {page} in it are replaced; FOLDER/ is\n"
    "                      FOLDER/{name}.svg; - is standard output\n"
    "  --together          all texts in one file, page behind page: svg, pdf, gcode, hpgl, jsonl\n"
    "  --format FORMAT     svg, pdf, png, gcode, hpgl, jsonl, xml (one line as IAM-OnDB has it), "
    "iam\n"
    "                      (a folder that longhand prepare reads); default: as FILE ends\n"
    "  --animate X         SVG that writes itself, at X times the pace of the hand\n"
    "  --draw WAY          SVG and PNG: ink, strokes, points, end, density, attention or speed, "
    "with\n"
    "                      a legend, each page a file (default: ink)\n"
    "  --trace FILE        how each point came about, as JSON lines; {name} and {number} are "
    "replaced\n"
    "  --dpi N             of PNG (default: 150)\n"
    "  --by-speed          PDF and PNG: the line is thinner where the pen was faster\n"
    "  --machine KIND      of G-code: grbl or marlin (default: grbl)\n"
    "  --order KIND        of G-code and HPGL: written, or short for less travel of the pen\n"
    "  --draw-feed N, --travel-feed N, --lift-feed N     mm a minute\n"
    "  --pen-up CODE, --pen-down CODE    G-code to lift and lower the pen (default: Z5 and Z0)\n"
    "  --up MM, --down MM  heights of the pen on the z axis\n"
    "  --origin X,Y        mm, where the page lies on the machine\n"
    "  --inches            G-code in inches\n\n"
    "Running\n"
    "  --jobs N            threads (default: all cores); what is written does not depend on it\n"
    "  --resume            leave out documents that an interrupted run has made\n"
    "  --strict            fail when a word goes wrong in all its tries\n"
    "  -v, --verbose       tell how many words were written anew, and why\n\n"
    "Hands that were learnt from styles are kept in $XDG_CACHE_HOME/longhand/hands, or\n"
    "~/.cache/longhand/hands, so that the next run need not learn them; they may be deleted.\n";

/* ---- values -----------------------------------------------------------------------------------
 */

/* Says that the option just read has a value that is none. */
static void refuse_value(cli_arguments *a, const char *expected)
{
    cli_wrong_usage(a->command, "%s: %s", a->option, expected);
    a->failed = true;
}

static void check_value(cli_arguments *a, lh_status status, const lh_error *error)
{
    if (status != LH_OK)
        refuse_value(a, error->message);
}

/* One to `most` numbers with commas between; returns how many. */
static int read_numbers(cli_arguments *a, float *values, int most)
{
    const char *text = cli_string(a);
    int count = 0;
    while (text) {
        char *end;
        values[count] = strtof(text, &end);
        bool number = end != text && values[count] > -1e5f && values[count] < 1e5f;
        text = *end == ',' ? end + 1 : NULL;
        count++;
        if (!number || (!text && *end) || (text && count == most)) {
            refuse_value(a, "takes numbers with commas between");
            return 0;
        }
    }
    return count;
}

static void read_margin(write_job *j, cli_arguments *a)
{
    lh_paper *paper = &j->document.paper;
    float v[4];
    int count = read_numbers(a, v, 4);
    if (count == 1)
        v[1] = v[2] = v[3] = v[0];
    else if (count != 4 && !a->failed)
        refuse_value(a, "takes one number, or four: top,right,bottom,left");
    if (a->failed)
        return;
    paper->top = v[0];
    paper->right = v[1];
    paper->bottom = v[2];
    paper->left = v[3];
}

static void read_paper_colour(write_job *j, cli_arguments *a)
{
    lh_error error;
    const char *value = cli_string(a);
    if (!value)
        return;
    j->document.paper.transparent = strcmp(value, "none") == 0;
    if (!j->document.paper.transparent)
        check_value(a, lh_colour_parse(value, &j->document.paper.colour, &error), &error);
}

/* ---- groups -----------------------------------------------------------------------------------
 */

static bool read_text_option(write_job *j, cli_arguments *a)
{
    if (cli_is(a, "--input", NULL))
        j->input[j->inputs++] = cli_string(a);
    else if (cli_is(a, "--merge", NULL))
        j->merge = cli_string(a);
    else if (cli_is(a, "--template", NULL))
        j->template = cli_string(a);
    else if (cli_is(a, "--only", NULL))
        j->only = cli_string(a);
    else if (cli_is(a, "--reflow", NULL))
        j->document.reflow = true;
    else if (cli_is(a, "--signs", NULL))
        j->signs = cli_string(a);
    else if (cli_is(a, "--skip-unknown", NULL))
        j->document.skip_unknown = true;
    else
        return false;
    return true;
}

static bool read_hand_option(write_job *j, cli_arguments *a)
{
    lh_write_options *write = &j->document.write;
    if (cli_is(a, "--model", NULL))
        j->model_path = cli_string(a);
    else if (cli_is(a, "--style", NULL) || cli_is(a, "--style-from", NULL))
        j->style = cli_string(a);
    else if (cli_is(a, "--style-text", NULL))
        j->style_text = cli_string(a);
    else if (cli_is(a, "--bias", NULL))
        write->bias = cli_number(a, 0, 100);
    else if (cli_is(a, "--seed", NULL))
        write->seed = (uint64_t)cli_integer(a, 0, INT64_MAX);
    else if (cli_is(a, "--no-proofread", NULL))
        write->proofread = false;
    else if (cli_is(a, "--tries", NULL))
        write->tries = (int)cli_integer(a, 0, 200);
    else if (cli_is(a, "--drift", NULL))
        j->document.drift = (float)cli_number(a, 0, 100);
    else
        return false;
    return true;
}

static bool read_paper_option(write_job *j, cli_arguments *a)
{
    lh_error error;
    lh_document_options *document = &j->document;
    lh_paper *paper = &document->paper;
    const char *value;
    if (cli_is(a, "--paper", NULL)) {
        if ((value = cli_string(a)) != NULL)
            check_value(a, lh_paper_set_size(paper, value, &error), &error);
        j->paper_given = true;
    } else if (cli_is(a, "--ruling", NULL)) {
        if ((value = cli_string(a)) != NULL)
            check_value(a, lh_paper_set_ruling(paper, value, &error), &error);
    } else if (cli_is(a, "--margin", NULL))
        read_margin(j, a);
    else if (cli_is(a, "--paper-colour", NULL))
        read_paper_colour(j, a);
    else if (cli_is(a, "--pitch", NULL))
        paper->pitch = (float)cli_number(a, 0.6, 1000);
    else if (cli_is(a, "--width", NULL))
        document->width = (float)cli_number(a, 1, 10000);
    else if (cli_is(a, "--columns", NULL))
        document->columns = (int)cli_integer(a, 1, 12);
    else if (cli_is(a, "--gap", NULL))
        document->gap = (float)cli_number(a, 0, 1000);
    else if (cli_is(a, "--page-numbers", NULL))
        document->numbers = true;
    else if (cli_is(a, "--pen", NULL))
        document->pen = (float)cli_number(a, 0.01, 100);
    else if (cli_is(a, "--ink", NULL)) {
        if ((value = cli_string(a)) != NULL)
            check_value(a, lh_colour_parse(value, &document->ink, &error), &error);
    } else
        return false;
    return true;
}

static void read_order(write_job *j, cli_arguments *a)
{
    const char *value = cli_string(a);
    if (value && strcmp(value, "short") != 0 && strcmp(value, "written") != 0)
        refuse_value(a, "takes written or short");
    j->gcode.order = value && strcmp(value, "short") == 0 ? LH_ORDER_SHORT : LH_ORDER_WRITTEN;
}

static bool read_plotter_option(write_job *j, cli_arguments *a)
{
    lh_gcode_options *gcode = &j->gcode;
    float origin[2];
    if (cli_is(a, "--machine", NULL))
        j->machine = cli_string(a);
    else if (cli_is(a, "--order", NULL))
        read_order(j, a);
    else if (cli_is(a, "--draw-feed", NULL))
        gcode->draw_feed = (float)cli_number(a, 1, 100000);
    else if (cli_is(a, "--travel-feed", NULL))
        gcode->travel_feed = (float)cli_number(a, 1, 100000);
    else if (cli_is(a, "--lift-feed", NULL))
        gcode->lift_feed = (float)cli_number(a, 1, 100000);
    else if (cli_is(a, "--pen-up", NULL))
        gcode->pen_up = cli_string(a);
    else if (cli_is(a, "--pen-down", NULL))
        gcode->pen_down = cli_string(a);
    else if (cli_is(a, "--up", NULL))
        gcode->up = (float)cli_number(a, -1000, 1000);
    else if (cli_is(a, "--down", NULL))
        gcode->down = (float)cli_number(a, -1000, 1000);
    else if (cli_is(a, "--inches", NULL))
        gcode->inches = true;
    else if (cli_is(a, "--origin", NULL)) {
        if (read_numbers(a, origin, 2) == 2) {
            gcode->x = origin[0];
            gcode->y = origin[1];
        } else if (!a->failed) {
            refuse_value(a, "takes two numbers, X,Y");
        }
    } else
        return false;
    return true;
}

static void read_look(write_job *j, cli_arguments *a)
{
    lh_error error;
    const char *value = cli_string(a);
    if (value)
        check_value(a, lh_look_parse(value, &j->look, &error), &error);
    j->document.steps = true;
}

static bool read_file_option(write_job *j, cli_arguments *a)
{
    if (cli_is(a, "--output", "-o"))
        j->output = cli_string(a);
    else if (cli_is(a, "--format", NULL))
        j->format_name = cli_string(a);
    else if (cli_is(a, "--animate", NULL))
        j->svg.speed = (float)cli_number(a, 0.01, 1000);
    else if (cli_is(a, "--draw", NULL))
        read_look(j, a);
    else if (cli_is(a, "--trace", NULL)) {
        j->trace = cli_string(a);
        j->document.steps = true;
    } else if (cli_is(a, "--dpi", NULL))
        j->dpi = (float)cli_number(a, 1, 10000);
    else if (cli_is(a, "--by-speed", NULL))
        j->paint.by_speed = true;
    else if (cli_is(a, "--jobs", NULL) || cli_is(a, "--threads", NULL))
        j->document.write.threads = (int)cli_integer(a, 1, 1024);
    else if (cli_is(a, "--together", NULL))
        j->together = true;
    else if (cli_is(a, "--resume", NULL))
        j->resume = true;
    else if (cli_is(a, "--strict", NULL))
        j->strict = true;
    else if (cli_is(a, "--verbose", "-v"))
        j->verbose = true;
    else
        return false;
    return true;
}

/* ---- all of them ------------------------------------------------------------------------------
 */

/* Options that say which documents are made, or how, but not what they look like. */
static bool matters(const char *option)
{
    static const char *const idle[] = {"--input",  "--merge",   "--template", "--only",
                                       "--output", "-o",        "--jobs",     "--threads",
                                       "--resume", "--verbose", "-v",         "--strict"};
    for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
        if (strcmp(option, idle[i]) == 0)
            return false;
    return true;
}

/* Options and their values into the hash of the settings. */
static void note_settings(write_job *j, const cli_arguments *a, int from)
{
    if (!a->option || !matters(a->option))
        return;
    uint64_t hash = j->settings;
    for (int i = from; i < a->next; i++)
        for (const char *c = a->argv[i];; c++) {
            hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
            if (!*c)
                break;
        }
    j->settings = hash;
}

static const char *const formats[WRITE_FORMATS] = {"svg",  "pdf",   "png", "gcode",
                                                   "hpgl", "jsonl", "xml", "iam"};

/* As --format names it, or as the output's name ends. */
static bool find_format(write_job *j)
{
    static const struct {
        const char *end;
        write_format format;
    } others[] = {{"nc", WRITE_GCODE}, {"ngc", WRITE_GCODE}, {"plt", WRITE_HPGL}};
    const char *point = strrchr(j->output, '.'), *slash = strrchr(j->output, '/');
    const char *name = j->format_name                       ? j->format_name
                       : point && (!slash || slash < point) ? point + 1
                                                            : "svg";
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

static bool check_options(write_job *j)
{
    int kinds = (j->text != NULL) + (j->inputs > 0) + (j->merge != NULL);
    if (kinds != 1)
        cli_wrong_usage("write", "needs a text, --input FILE or --merge TABLE, one of them");
    else if (!j->output)
        cli_wrong_usage("write", "needs -o FILE to write to");
    else if (j->style_text && !j->style)
        cli_wrong_usage("write", "--style-text goes with --style");
    else if (j->template && !j->merge)
        cli_wrong_usage("write", "--template goes with --merge");
    else if (find_format(j) && choose_machine(j)) {
        if (j->together && !check_one_file(j))
            return false;
        if (j->look == LH_LOOK_INK || j->format == WRITE_SVG || j->format == WRITE_PNG)
            return true;
        cli_wrong_usage("write", "--draw goes with SVG and PNG");
    }
    return false;
}

/* The default hand is for the network that is installed with it: another may know none of its
 * characters. */
static void choose_style(write_job *j)
{
    if (!j->style)
        j->style = j->model_path ? LH_OWN_STYLE : LH_DEFAULT_STYLE;
}

bool write_read_options(write_job *j, int argc, char **argv, bool *help)
{
    *j = (write_job){.document = lh_document_defaults(), .settings = 0xcbf29ce484222325u};
    j->svg = lh_svg_defaults;
    j->paint = lh_paint_defaults;
    j->gcode = lh_gcode_grbl;
    j->dpi = 150;
    float margin = -1;
    j->document.paper.top = margin;
    j->input = calloc((size_t)argc, sizeof *j->input);
    *help = false;
    cli_arguments a = cli_start(argc, argv);
    for (int from = 1; j->input && cli_next(&a); from = a.next) {
        if (cli_is(&a, "--help", "-h")) {
            *help = true;
            break;
        }
        if (!a.option && j->inputs > 0)
            j->input[j->inputs++] = a.value;
        else if (!a.option && !j->text)
            j->text = a.value;
        else if (!read_text_option(j, &a) && !read_hand_option(j, &a) &&
                 !read_paper_option(j, &a) && !read_file_option(j, &a) &&
                 !read_plotter_option(j, &a))
            cli_unknown(&a);
        note_settings(j, &a, from);
    }
    cli_end(&a);
    if (j->document.paper.top == margin) {
        float set = j->paper_given ? lh_paper_default.top : 5;
        lh_paper *paper = &j->document.paper;
        paper->left = paper->top = paper->right = paper->bottom = set;
    }
    if (*help)
        return true;
    if (a.failed || !check_options(j))
        return false;
    choose_style(j);
    return true;
}
