/* The options of `longhand write`. What goes with what besides stands in write_check.c. */
#include "options.h"
#include "write.h"

#include "base/asset.h"
#include "document/commands.h"

#include <stdlib.h>
#include <string.h>

/* ---- values -----------------------------------------------------------------------------------
 */

/* One to `most` numbers with commas between; returns how many, or 0. */
static int read_numbers(const char *text, float *values, int most)
{
    int count = 0;
    while (text) {
        char *end;
        if (count == most)
            return 0;
        values[count] = strtof(text, &end);
        const bool number = end != text && values[count] > -1e5f && values[count] < 1e5f;
        text = *end == ',' ? end + 1 : NULL;
        count++;
        if (!number || (!text && *end))
            return 0;
    }
    return count;
}

static lh_status read_margin(void *at, const char *value, lh_error *error)
{
    lh_paper *paper = at;
    float v[4];
    const int count = read_numbers(value, v, 4);
    if (count != 1 && count != 4)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "takes one number, or four with commas between (top,right,bottom,left), "
                       "not '%s'",
                       value);
    for (int i = 0; i < count; i++)
        if (!(v[i] >= 0 && v[i] <= LH_PAPER_LONGEST))
            return lh_fail(error, LH_ERROR_ARGUMENT, "takes lengths from 0 to %g mm, not '%s'",
                           (double)LH_PAPER_LONGEST, value);
    if (count == 1)
        v[1] = v[2] = v[3] = v[0];
    paper->top = v[0];
    paper->right = v[1];
    paper->bottom = v[2];
    paper->left = v[3];
    return LH_OK;
}

static lh_status read_origin(void *at, const char *value, lh_error *error)
{
    lh_gcode_options *gcode = at;
    float origin[2];
    if (read_numbers(value, origin, 2) != 2)
        return lh_fail(error, LH_ERROR_ARGUMENT, "takes two numbers, X,Y, not '%s'", value);
    gcode->x = origin[0];
    gcode->y = origin[1];
    return LH_OK;
}

static lh_status read_park(void *at, const char *value, lh_error *error)
{
    lh_gcode_options *gcode = at;
    float place[2] = {0};
    gcode->park = strcmp(value, "off") != 0;
    if (gcode->park && read_numbers(value, place, 2) != 2)
        return lh_fail(error, LH_ERROR_ARGUMENT, "takes two numbers, X,Y, or off, not '%s'", value);
    gcode->park_x = place[0];
    gcode->park_y = place[1];
    return LH_OK;
}

static lh_status read_size(void *at, const char *value, lh_error *error)
{
    return lh_paper_set_size(at, value, error);
}

static lh_status read_ruling(void *at, const char *value, lh_error *error)
{
    return lh_paper_set_ruling(at, value, error);
}

static lh_status read_paper_colour(void *at, const char *value, lh_error *error)
{
    lh_paper *paper = at;
    paper->transparent = strcmp(value, "none") == 0;
    return paper->transparent ? LH_OK : lh_colour_parse(value, &paper->colour, error);
}

static lh_status read_colour(void *at, const char *value, lh_error *error)
{
    return lh_colour_parse(value, at, error);
}

static lh_status read_align(void *at, const char *value, lh_error *error)
{
    return lh_align_parse(value, at, error);
}

static lh_status read_look(void *at, const char *value, lh_error *error)
{
    return lh_look_parse(value, at, error);
}

/* ---- the table --------------------------------------------------------------------------------
 */

static const char *const sizes[] = {"a3",          "a4",          "a5",          "a6",
                                    "a7",          "b4",          "b5",          "b6",
                                    "letter",      "legal",       "postcard",    "envelope-dl",
                                    "envelope-c6", "envelope-c5", "envelope-10", NULL};
static const char *const rulings[] = {"plain", "ruled", "squared", NULL};
static const char *const colours[] = {"black", "blue", "red", "green", "grey", "brown", NULL};
static const char *const looks[] = {"ink",     "strokes",   "points", "end",
                                    "density", "attention", "speed",  NULL};
static const char *const aligns[] = {"left", "right", "centre", "justify", NULL};
static const char *const missings[] = {"error", "empty", NULL};
static const char *const machines[] = {"grbl", "marlin", NULL};
static const char *const uses[] = {[LH_SVG_SHOWN] = "screen", [LH_SVG_PLOTTED] = "plotter", NULL};
static const char *const turns[] = {
    [LH_TURN_NONE] = "0", [LH_TURN_90] = "90", [LH_TURN_180] = "180", [LH_TURN_270] = "270", NULL};
static const char *const orders[] = {
    [LH_ORDER_WRITTEN] = "written", [LH_ORDER_SHORT] = "short", NULL};
/* Those of the table of formats: see fill_formats. */
enum { FORMATS_MAX = 32 };
static const char *formats[FORMATS_MAX + 1];

#define AT(member) offsetof(write_job, member)
#define DOCUMENT(member) offsetof(write_job, document.member)
#define RENDER(member) offsetof(write_job, render.member)
#define GCODE(member) offsetof(write_job, render.gcode.member)

/* clang-format off */
static const cli_option rows[] = {
    {.value = "TEXT", .kind = CLI_TEXT, .at = AT(text), .help = "the text; - is standard input"},
    {.kind = CLI_HEADING, .help = "Texts"},
    {.name = "--input", .value = "FILE...", .kind = CLI_TEXTS, .at = AT(input), .more = true,
     .help = "texts, UTF-8; - is standard input"},
    {.name = "--merge", .value = "TABLE", .kind = CLI_TEXT, .at = AT(merge),
     .help = "one text for each row of a table (a CSV or TSV file; - is standard input): its column 'text', or the "
     "--template"},
    {.name = "--template", .value = "FILE", .kind = CLI_TEXT, .at = AT(template), .needs = WRITE_MERGES,
     .help = "this text with {column} replaced; values are text: their rows stay rows, their blanks stand, and none "
             "is a command"},
    {.name = "--missing", .value = "HOW", .kind = CLI_CHOICE, .at = AT(missing), .choices = missings, .needs = WRITE_MERGES,
     .help = "what a value is that the text asks for and the row has not: an error of that row, or empty"},
    {.name = "--only", .value = "NAME,...", .kind = CLI_TEXT, .at = AT(only), .needs = WRITE_MERGES | WRITE_READS,
     .help = "only these of the texts"},
    {.name = "--invent", .value = "MODEL", .kind = CLI_INPUT, .at = AT(invent),
     .help = "a text that this network of characters makes up (longhand learn text); what the hand cannot write of it is left out"},
    {.name = "--characters", .value = "N", .kind = CLI_INT, .at = AT(characters), .low = 1, .high = 1e6, .needs = WRITE_INVENTS,
     .help = "of such a text, about"},
    {.name = "--reflow", .kind = CLI_FLAG, .at = DOCUMENT(reflow),
     .help = "join the rows of a paragraph; two blanks or \\ at the end keep a break"},
    {.name = "--signs", .value = "FILE", .kind = CLI_TEXT, .at = AT(signs),
     .help = "what to write for characters that the model does not know"},
    {.name = "--skip-unknown", .kind = CLI_FLAG, .at = DOCUMENT(skip_unknown),
     .help = "leave out characters that cannot be written, and count them"},
    {.kind = CLI_HEADING, .help = "Hand"},
    {.name = "--model", .value = "FILE", .kind = CLI_TEXT, .at = AT(model_path), .fallback = "the one that is installed",
     .help = "a synthesis network"},
    {.name = "--style", .value = "STYLE", .kind = CLI_TEXT, .at = AT(style),
     .fallback = LH_DEFAULT_STYLE ", or own with --model",
     .help = "the hand: a name, a .hand file (longhand hand makes them), or an IAM-OnDB line file (.xml) with its "
             "text in the .txt file beside it; several mixed, anna:0.7,./me.hand:0.3; own: one that the network finds "
             "for itself, another with each seed. A file is what has a / or an ending in its name"},
    {.name = "--style-from", .value = "FILE", .kind = CLI_TEXT, .at = AT(style_from),
     .help = "the same, for a file, whatever its name"},
    {.name = "--style-text", .value = "TEXT", .kind = CLI_TEXT, .at = AT(style_text), .needs = WRITE_STYLE,
     .help = "what the style's ink says, instead of the file beside it"},
    {.name = "--bias", .value = "B", .kind = CLI_DOUBLE, .at = DOCUMENT(write.bias), .low = 0, .high = 100,
     .help = "0: as people vary; larger: neater"},
    {.name = "--seed", .value = "N", .kind = CLI_SEED, .at = DOCUMENT(write.seed), .low = 0, .high = 0x1p63,
     .help = "another seed, other ink; each file and each row of a table gets one of its own from it, by its name"},
    {.name = "--no-proofread", .kind = CLI_NEGATED, .at = AT(proofread),
     .help = "do not read each word over, to write it anew if it might be taken for another"},
    {.name = "--reader", .value = "FILE", .kind = CLI_TEXT, .at = AT(reader_path), .needs = WRITE_PROOFREAD,
     .fallback = "the one that is installed", .help = "the network that reads them over"},
    {.name = "--tries", .value = "N", .kind = CLI_INT, .at = DOCUMENT(write.tries), .low = 0, .high = 200,
     .help = "times that a word may be written anew when it goes wrong"},
    {.name = "--drift", .value = "X", .kind = CLI_FLOAT, .at = DOCUMENT(drift), .low = 0, .high = 100,
     .help = "how far rows stray from their lines"},
    {.kind = CLI_HEADING, .help = "Paper"},
    {.name = "--paper", .value = "SIZE", .kind = CLI_READ, .at = DOCUMENT(paper), .read = read_size, .choices = sizes,
     .fallback = "cut to the writing", .help = "a name, also with -landscape behind it, or WIDTHxHEIGHT in mm or with a "
     "unit behind it (12x8cm, 5x7in)"},
    {.name = "--margin", .value = "MM", .kind = CLI_READ, .at = DOCUMENT(paper), .read = read_margin,
     .fallback = "20; 5 on paper that is cut", .help = "all margins, or top,right,bottom,left"},
    {.name = "--pitch", .value = "MM", .kind = CLI_FLOAT, .at = DOCUMENT(paper.pitch), .low = 0.6, .high = 1000,
     .help = "from row to row; sizes the letters too"},
    {.name = "--width", .value = "MM", .kind = CLI_FLOAT, .at = DOCUMENT(width), .low = 1, .high = 10000,
     .needs = WRITE_CUT, .help = "longest row on paper that is cut to the writing"},
    {.name = "--whole-rows", .kind = CLI_FLAG, .at = DOCUMENT(paper.whole_rows), .needs = WRITE_CUT,
     .help = "cut the paper at its rows: pictures of one row all have the same height, unless the ink needs more"},
    {.name = "--columns", .value = "N", .kind = CLI_INT, .at = DOCUMENT(columns), .low = 1, .high = 12,
     .needs = WRITE_PAPER, .help = "columns of writing on a page"},
    {.name = "--align", .value = "HOW", .kind = CLI_READ, .at = DOCUMENT(align), .read = read_align, .choices = aligns,
     .fallback = "left", .help = "where rows stand; justify stretches those that go on in the next"},
    {.name = "--fit", .kind = CLI_FLAG, .at = DOCUMENT(fit), .needs = WRITE_PAPER,
     .help = "the largest letters with which the text goes on one page, or on as many as it asks for"},
    {.name = "--gap", .value = "MM", .kind = CLI_FLOAT, .at = DOCUMENT(gap), .low = 0, .high = 1000,
     .needs = WRITE_COLUMNS, .help = "what is between columns"},
    {.name = "--ruling", .value = "KIND", .kind = CLI_READ, .at = DOCUMENT(paper), .read = read_ruling,
     .choices = rulings, .fallback = "plain", .help = "lines that are printed on the paper"},
    {.name = "--paper-colour", .value = "C", .kind = CLI_READ, .at = DOCUMENT(paper), .read = read_paper_colour,
     .fallback = "white", .needs = LH_FORMAT_WIDTH, .help = "#rrggbb, #rgb, a name as for --ink, or none"},
    {.name = "--page-numbers", .kind = CLI_FLAG, .at = DOCUMENT(numbers), .needs = WRITE_PAPER,
     .help = "number the pages when there are several"},
    {.name = "--pen", .value = "MM", .kind = CLI_FLOAT, .at = DOCUMENT(pen), .low = 0.01, .high = 100,
     .help = "width of the pen; without this --fit makes it thinner for smaller letters"},
    {.name = "--ink", .value = "COLOUR", .kind = CLI_READ, .at = DOCUMENT(ink), .read = read_colour, .choices = colours,
     .fallback = "black", .needs = LH_FORMAT_COLOUR | LH_FORMAT_PENS,
     .help = "#rrggbb, #rgb, one of these inks, or a name of CSS"},
    {.kind = CLI_HEADING, .help = "Files"},
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_TEXT, .at = AT(output),
     .help = "{name}, {number} ({number:3}: 001), {page} ({page:3}) and with --merge any {column} in it are replaced, and the folders that it then names are made; FOLDER/ is "
             "FOLDER/{name}.svg; - is standard output"},
    {.name = "--together", .kind = CLI_FLAG, .at = AT(together), .needs = LH_FORMAT_PAGES,
     .help = "all texts in one file, page behind page"},
    {.name = "--format", .value = "FORMAT", .kind = CLI_TEXT, .at = AT(format_name), .choices = formats,
     .fallback = "as FILE ends", .help = "xml holds one line as IAM-OnDB has it, iam is a folder that longhand prepare "
     "reads"},
    {.name = "--animate", .value = "X", .kind = CLI_FLOAT, .at = RENDER(svg.speed), .low = 0.01, .high = 1000,
     .fallback = "", .needs = LH_FORMAT_MOTION, .help = "SVG that writes itself, at X times the pace of the hand"},
    {.name = "--draw", .value = "WAY", .kind = CLI_READ, .at = RENDER(look), .read = read_look, .choices = looks,
     .fallback = "ink", .needs = LH_FORMAT_LOOKS, .help = "what SVG and PNG show, with a legend, each page a file"},
    {.name = "--trace", .value = "FILE", .kind = CLI_TEXT, .at = AT(trace),
     .help = "how each point came about, as JSON lines; {name} and {number} are replaced"},
    {.name = "--manifest", .value = "FILE", .kind = CLI_TEXT, .at = AT(manifest), .needs = LH_FORMAT_LOOKS,
     .help = "where lines, words and characters lie in pictures, SVG or PNG, a JSON row a text"},
    {.name = "--dpi", .value = "N", .kind = CLI_FLOAT, .at = RENDER(dpi), .low = 1, .high = 10000,
     .needs = LH_FORMAT_PIXELS, .help = "of PNG"},
    {.name = "--by-speed", .kind = CLI_FLAG, .at = RENDER(paint.by_speed), .needs = LH_FORMAT_SPEED,
     .help = "PDF and PNG: the line is thinner where the pen was faster"},
    {.kind = CLI_HEADING, .help = "Plotters"},
    {.name = "--for", .value = "USE", .kind = CLI_CHOICE, .at = RENDER(svg.use), .choices = uses,
     .needs = LH_FORMAT_PENS, .help = "plotter: SVG without paper and ruling, each ink a layer"},
    {.name = "--machine", .value = "KIND", .kind = CLI_CHOICE, .at = AT(machine), .choices = machines,
     .needs = LH_FORMAT_MACHINE, .help = "what reads the G-code"},
    {.name = "--order", .value = "KIND", .kind = CLI_CHOICE, .at = GCODE(order), .choices = orders,
     .needs = LH_FORMAT_ORDER, .help = "of strokes: short for less travel of the pen"},
    {.name = "--origin", .value = "X,Y", .kind = CLI_READ, .at = RENDER(gcode), .read = read_origin, .fallback = "0,0",
     .needs = LH_FORMAT_ORDER, .help = "mm, where the bottom left corner of the page lies on the machine; for HPGL too, as --order, --rotate, --mirror and --park"},
    {.name = "--rotate", .value = "DEGREES", .kind = CLI_CHOICE, .at = GCODE(turn), .choices = turns,
     .needs = LH_FORMAT_ORDER, .help = "turn the page on the machine, against the clock"},
    {.name = "--mirror", .kind = CLI_FLAG, .at = GCODE(mirror), .needs = LH_FORMAT_ORDER,
     .help = "swap left and right, before turning"},
    {.name = "--park", .value = "X,Y", .kind = CLI_READ, .at = RENDER(gcode), .read = read_park, .fallback = "off",
     .needs = LH_FORMAT_ORDER,
     .help = "mm on the machine, where the lifted pen goes at the end and before a pause; or off"},
    {.name = "--draw-feed", .value = "N", .kind = CLI_FLOAT, .at = GCODE(draw_feed), .low = 1, .high = 100000,
     .needs = LH_FORMAT_MACHINE, .help = "mm a minute when drawing"},
    {.name = "--travel-feed", .value = "N", .kind = CLI_FLOAT, .at = GCODE(travel_feed), .low = 1, .high = 100000,
     .needs = LH_FORMAT_MACHINE, .help = "mm a minute between strokes"},
    {.name = "--lift-feed", .value = "N", .kind = CLI_FLOAT, .at = GCODE(lift_feed), .low = 1, .high = 100000,
     .needs = LH_FORMAT_MACHINE, .help = "mm a minute when lifting or lowering the pen"},
    {.name = "--pen-up", .value = "CODE", .kind = CLI_TEXT, .at = GCODE(pen_up), .needs = LH_FORMAT_MACHINE,
     .fallback = "to --up on the z axis", .help = "G-code that lifts the pen; \\n in it begins a row, here and below"},
    {.name = "--pen-down", .value = "CODE", .kind = CLI_TEXT, .at = GCODE(pen_down), .needs = LH_FORMAT_MACHINE,
     .fallback = "to --down on the z axis", .help = "G-code that lowers it"},
    {.name = "--lift-wait", .value = "S", .kind = CLI_FLOAT, .at = GCODE(lift_wait), .low = 0, .high = 1000,
     .needs = LH_FORMAT_MACHINE, .help = "seconds to wait after each lift and each lowering, for a servo"},
    {.name = "--pen-change", .value = "CODE", .kind = CLI_TEXT, .at = GCODE(pen_change), .needs = LH_FORMAT_MACHINE,
     .fallback = "a pause",
     .help = "G-code before another ink; {pen} in it is its number, and then it stands before the first as well"},
    {.name = "--up", .value = "MM", .kind = CLI_FLOAT, .at = GCODE(up), .low = -1000, .high = 1000,
     .needs = LH_FORMAT_MACHINE, .help = "height of the lifted pen"},
    {.name = "--down", .value = "MM", .kind = CLI_FLOAT, .at = GCODE(down), .low = -1000, .high = 1000,
     .needs = LH_FORMAT_MACHINE, .help = "height of the pen that draws"},
    {.name = "--inches", .kind = CLI_FLAG, .at = GCODE(inches), .needs = LH_FORMAT_MACHINE, .help = "G-code in inches"},
    {.kind = CLI_HEADING, .help = "Running"},
    {.name = "--jobs", .value = "N", .kind = CLI_INT, .at = DOCUMENT(write.threads), .low = 1, .high = 1024,
     .fallback = "all cores", .help = "threads; what is written does not depend on it"},
    {.name = "--threads", .value = "N", .kind = CLI_INT, .at = DOCUMENT(write.threads), .low = 1, .high = 1024,
     .fallback = "", .help = "the same"},
    {.name = "--resume", .kind = CLI_FLAG, .at = AT(resume), .needs = WRITE_MERGES | WRITE_READS,
     .help = "leave out documents that an interrupted run has made, unless what they are made from has changed since: "
             "text, options, model, styles, signs, file name"},
    {.name = "--strict", .kind = CLI_FLAG, .at = AT(strict), .help = "fail when a word goes wrong in all its tries, or may be misread"},
    {.name = "--verbose", .brief = "-v", .kind = CLI_FLAG, .at = AT(verbose),
     .help = "tell how many words were written anew, and why, and every word that may be misread, worst first"},
    {.kind = CLI_END},
};
/* clang-format on */

/* What rows of a text may say, by the table of them. */
static void print_commands(void)
{
    lh_command_help help;
    puts("Rows of a text that begin with @; what they set holds from there on");
    for (size_t i = 0; lh_command_tell(i, &help); i++) {
        char name[40];
        snprintf(name, sizeof name, "@%s%s%s", help.name, help.value ? " " : "",
                 help.value ? help.value : "");
        printf("  %-21s %s\n", name, help.words);
    }
    printf("  %-21s %s\n", "@@...", "a row of text that begins with @");
    printf("  %-21s %s\n\n", "@_words_@", "anywhere in a paragraph: these are underlined");
}

static void print_after(void)
{
    print_commands();
    fputs("Ctrl-C ends a batch after the documents under way, a second one at once.\n\n"
          "Hands that were learnt from styles are kept in $XDG_CACHE_HOME/longhand/hands,\n"
          "or ~/.cache/longhand/hands, so that the next run need not learn them; they may\n"
          "be deleted.\n",
          stdout);
}

const cli_table cli_write_table = {
    "write",
    "TEXT -o FILE [OPTION...]\n"
    "       longhand write --input FILE... -o FILE [OPTION...]\n"
    "       longhand write --merge TABLE [--template FILE] -o 'FOLDER/{name}.svg' [OPTION...]",
    "Writes texts by hand. A row of a text is a row of writing, or several where it\n"
    "does not fit; an empty one is left empty. Rows that begin with @ set the style,\n"
    "bias or ink from there on, see below.\n",
    rows, print_after};

static void fill_formats(void)
{
    size_t count = 0;
    for (; count < FORMATS_MAX && lh_format_at(count); count++)
        formats[count] = lh_format_at(count)->name;
}

/* ---- all of them ------------------------------------------------------------------------------
 */

int cli_write(int argc, char **argv)
{
    write_job j = {.document = lh_document_defaults(),
                   .render = lh_render_defaults(),
                   .proofread = true,
                   .characters = 300};
    fill_formats();
    return cli_obey(&cli_write_table, argc, argv, &j, write_obey);
}
