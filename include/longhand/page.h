/* Longhand, page: ink placed on paper, and paper to files.
 *
 * A page is paper (size, margins, ruling) and lines of writing, each of them ink with its text and
 * its place. Placing is one thing and rendering another: whoever breaks text to lines asks the
 * paper where its rows are, adds lines, and gives the page to any renderer. A document is a row of
 * pages.
 *
 * Lengths are in millimetres from the top left corner of the page, y down; ink is in whiteboard
 * units and stays so: a line carries the scale from one to the other. Colours are 0xRRGGBB. Texts
 * are UTF-8; malformed bytes become U+FFFD. */
#ifndef LONGHAND_PAGE_H
#define LONGHAND_PAGE_H

#include <longhand/write.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- paper ----------------------------------------------------------------------------------- */

typedef enum lh_ruling { LH_PLAIN, LH_RULED, LH_SQUARED } lh_ruling;

/* Millimetres: no paper is longer, and no margin wider; a plotter on a roll may come near. */
#define LH_PAPER_LONGEST 20000.0f

typedef struct lh_paper {
    float width, height;            /* mm; 0 x 0: paper that lh_page_fit cuts to the writing */
    float left, top, right, bottom; /* margins, mm */
    float pitch;                    /* mm from baseline to baseline, ruled or not */
    lh_ruling ruling;
    bool whole_rows;  /* lh_page_fit cuts plain paper at its rows as well */
    bool transparent; /* no paper at all behind ink and ruling */
    uint32_t colour;
} lh_paper;

/* A4, margins of 20 mm, 8 mm from line to line, plain and white. */
LH_API extern const lh_paper lh_paper_default;

/* Sets width and height of `paper` by name ("a4", "a5", "b5", "letter", "legal", "postcard",
 * "envelope-dl", "envelope-c6", "envelope-10", ...; any of them with "-landscape") or as
 * "WIDTHxHEIGHT" in mm or another unit ("120x80", "12x8cm", "5x7in"). */
LH_API lh_status lh_paper_set_size(lh_paper *paper, const char *name, lh_error *error);
/* "plain", "ruled" or "squared". */
LH_API lh_status lh_paper_set_ruling(lh_paper *paper, const char *name, lh_error *error);
/* Refuses paper with no room between its margins, or of senseless size. */
LH_API lh_status lh_paper_check(const lh_paper *paper, lh_error *error);

/* How many rows of writing there is room for between the margins. */
LH_API int lh_paper_rows(const lh_paper *paper);
/* y of the baseline of row 0, 1, ... The last row's descenders stay within the margin. */
LH_API float lh_paper_row(const lh_paper *paper, int row);
/* Width between the margins. */
LH_API float lh_paper_room(const lh_paper *paper);
/* mm a unit, for writing whose small letters are `height` units high to fill the pitch as a hand
 * does: small letters three tenths of it high. */
LH_API float lh_paper_scale(const lh_paper *paper, float height);

/* "#rrggbb", "#rgb", black, blue, red, green, grey, brown as inks are, or a name of CSS. */
LH_API lh_status lh_colour_parse(const char *name, uint32_t *colour, lh_error *error);

/* ---- pages ----------------------------------------------------------------------------------- */

typedef struct lh_page lh_page;

/* Where a line of ink goes: ink at (u, v) lands at (x + scale u, y + scale v). */
typedef struct lh_placing {
    float x, y;  /* mm; of the ink's origin: for levelled ink the start of its baseline */
    float scale; /* mm a unit, > 0 */
    uint32_t colour;
} lh_placing;

/* How each point of a line came about, for drawings that show it. */
typedef struct lh_steps {
    size_t count;                 /* points: those of the line's ink */
    const lh_trace *trace;        /* [count] */
    const float *output;          /* [count][1 + 6 M], or NULL: not kept */
    const lh_window_view *window; /* [count], or NULL */
    int mixtures;                 /* M */
    const int32_t *word; /* [count]: the first character of the word that the point is of, counted
                          * as trace does, or NULL */
    int32_t character;   /* the one that the line's text begins with, as trace counts */
    double bias;         /* with which `output` is a mixture */
    double scale_x, scale_y; /* units that an offset of 1 is long: lh_model's */
} lh_steps;

/* How the way to a point looks that is not as the rest of its line. */
typedef struct lh_tint {
    uint32_t colour;
    float width; /* mm, 0.01 to 100: at the point; along the way it goes from that of the point
                    before to this */
} lh_tint;

/* A line on a page, as renderers see it. */
typedef struct lh_page_line {
    const lh_ink *ink;
    const char *text;
    lh_placing placing;
    const lh_steps *steps; /* or NULL */
    const lh_tint *tint; /* [points of the ink], or NULL: all in one colour, with the page's pen */
} lh_page_line;

/* An empty page; the paper is copied. NULL on failure (senseless paper, no memory). */
LH_API lh_page *lh_page_new(const lh_paper *paper, lh_error *error);
LH_API void lh_page_free(lh_page *page);
/* Adds a line; ink and text are copied. Ink with a coordinate or time that is not a number, or that
 * would lie farther than 100 m from the page, is LH_ERROR_ARGUMENT. Lines are drawn in this order.
 */
LH_API lh_status lh_page_add_line(lh_page *page, const lh_ink *ink, const char *text,
                                  lh_placing placing, lh_error *error);
/* How all the points of `written` came about; points into it. */
LH_API lh_steps lh_steps_of(const lh_written *written);
/* Says how the points of line `index` came about; all is copied, and characters are counted from
 * the line's own text on. Steps of another number of points are LH_ERROR_ARGUMENT. */
LH_API lh_status lh_page_set_steps(lh_page *page, size_t index, const lh_steps *steps,
                                   lh_error *error);
/* Gives the points of line `index` colours and widths of their own, which SVG, PDF and PNG show;
 * all is copied. A number of tints that is not that of the points, or a width out of range, is
 * LH_ERROR_ARGUMENT. */
LH_API lh_status lh_page_set_tints(lh_page *page, size_t index, const lh_tint *tint, size_t count,
                                   lh_error *error);
/* Cuts the paper to the writing: the page becomes the box around all ink, plus half a pen's width
 * and the margins, and the lines move along. Paper that is ruled or squared, or has whole_rows, is
 * cut at its sides, and behind the row of the last line: writing stays on its rows. Without ruling
 * it leaves them where ink would run into a margin, and a page that is not high enough grows. */
LH_API void lh_page_fit(lh_page *page);
/* Width of the pen, mm; 0.5 unless set. */
LH_API lh_status lh_page_set_pen(lh_page *page, float width, lh_error *error);
LH_API float lh_page_pen(const lh_page *page);
/* What the page is called: the title of the file. "" unless set. */
LH_API lh_status lh_page_set_title(lh_page *page, const char *title, lh_error *error);
/* Notes how the page came about ("seed", "7"), so that it can be made again; files carry all notes
 * in the order they were first set. Setting a key again replaces its value. */
LH_API lh_status lh_page_note(lh_page *page, const char *key, const char *value, lh_error *error);

LH_API const lh_paper *lh_page_paper(const lh_page *page);
LH_API size_t lh_page_count(const lh_page *page);
LH_API lh_page_line lh_page_get(const lh_page *page, size_t index);
LH_API const char *lh_page_title(const lh_page *page);
/* The notes as rows "key: value"; a value of several rows is indented by two blanks. */
LH_API const char *lh_page_notes(const lh_page *page);

/* ---- SVG ------------------------------------------------------------------------------------- */

typedef enum lh_svg_use {
    LH_SVG_SHOWN,  /* with paper and ruling */
    LH_SVG_PLOTTED /* only what a pen is to draw, in layers */
} lh_svg_use;

typedef struct lh_svg_options {
    float tolerance; /* mm that a reading may be off its curve, rounding included; >= 0.01 */
    float speed;     /* 0: a picture; 1: one that writes itself at the pace of the ink; 2: twice */
    lh_svg_use use;
} lh_svg_options;

/* A tolerance of 0.04 mm, less than a tenth of the pen; a picture. */
LH_API extern const lh_svg_options lh_svg_defaults;

/* Writes pages as one SVG file in millimetres, below each other if there are several. Each line is
 * <g class="line" data-text="..."> and each stroke in it one <path> without fill, of cubic Bezier
 * curves in relative coordinates with two decimals, or where points have tints a <path> for each
 * run of points of one tint; <title> and <desc> hold title and notes of the first page. A file that
 * writes itself is animated by CSS, stroke after stroke and line after line; where the user prefers
 * reduced motion or nothing moves, it is the whole picture. What XML cannot hold in a text is
 * replaced by U+FFFD. Write errors show on `stream` (lh_output_commit reports them).
 *
 * Inks of which there are several, or what is to be plotted, are layers as Inkscape has them, one
 * an ink and called "2 blue", for plotters take such a number as that of a pen. They lie over the
 * papers of all pages; data-line tells of each line which one of all it was, from 1. */
LH_API lh_status lh_svg_write(const lh_page *const *pages, size_t count,
                              const lh_svg_options *options, FILE *stream, lh_error *error);

/* ---- PDF and PNG ----------------------------------------------------------------------------- */

typedef struct lh_paint_options {
    float tolerance; /* mm that a reading may be off its curve; > 0 */
    bool by_speed;   /* for screens: the line is thinner where the pen was faster */
} lh_paint_options;

/* 0.02 mm, one width. */
LH_API extern const lh_paint_options lh_paint_defaults;

/* Writes all pages as one PDF, each page of its own size; title and notes are those of the first
 * page. The same pages give the same bytes. */
LH_API lh_status lh_pdf_write(const lh_page *const *pages, size_t count,
                              const lh_paint_options *options, FILE *stream, lh_error *error);

/* Writes one page as PNG of `dpi` dots an inch, which the file also says; title and notes are in it
 * as Title and Description. A side of more than 32,767 pixels is LH_ERROR_ARGUMENT. */
LH_API lh_status lh_png_write(const lh_page *page, float dpi, const lh_paint_options *options,
                              FILE *stream, lh_error *error);

/* ---- ways to look at writing ------------------------------------------------------------------
 */

typedef enum lh_look {
    LH_LOOK_INK,       /* as written */
    LH_LOOK_STROKES,   /* a colour a stroke, in the order of writing */
    LH_LOOK_POINTS,    /* a colour a point, from the first to the last */
    LH_LOOK_END,       /* grey by how likely each point was to end its stroke */
    LH_LOOK_DENSITY,   /* the density predicted for every point, as heat under the ink */
    LH_LOOK_ATTENTION, /* the soft window over the text, time along x, below each line */
    LH_LOOK_SPEED,     /* a colour by the speed of the pen */
    LH_LOOKS
} lh_look;

/* "ink", "strokes", "points", "end", "density", "attention", "speed". */
LH_API lh_status lh_look_parse(const char *name, lh_look *look, lh_error *error);
/* Draws a page so, with a legend below; lightness goes with value, so that grey prints can be read.
 * End, density and attention need the steps of each line, with outputs and windows, else they
 * are LH_ERROR_ARGUMENT. An attention plot lists the lines below each other instead of on paper. */
LH_API lh_status lh_look_write_svg(const lh_page *page, lh_look look, FILE *stream,
                                   lh_error *error);
LH_API lh_status lh_look_write_png(const lh_page *page, lh_look look, float dpi, FILE *stream,
                                   lh_error *error);

/* Writes one JSON object a row and point of all lines that have steps:
 *     {"page":1,"line":1,"point":2,"x":20.1,"y":26,"time":0.015,"up":0,"dx":0.31,"dy":-0.1,
 *      "end":0.004,"component":7,"character":0,"place":0.4,
 *      "window":{"first":-12,"phi":[...]},"mixture":[[pi,mu_x,mu_y,sigma_x,sigma_y,rho],...]}
 * x, y on the page in mm; dx, dy and the mixture, bias applied, in normalised units; component
 * counts from 0 and is -1, without a mixture, for points that the network did not draw: a line's
 * first where nothing is before it, and marks (lh_can_write). */
LH_API lh_status lh_trace_lines_write(const lh_page *const *pages, size_t count, FILE *stream,
                                      lh_error *error);

/* ---- plotters -------------------------------------------------------------------------------- */

typedef enum lh_stroke_order {
    LH_ORDER_WRITTEN, /* as the hand wrote: nice to watch */
    LH_ORDER_SHORT    /* so that the pen travels little between strokes, some of them backwards */
} lh_stroke_order;

/* How far a page is turned on the machine, degrees against the clock. */
typedef enum lh_turn { LH_TURN_NONE, LH_TURN_90, LH_TURN_180, LH_TURN_270 } lh_turn;

/* G-code: the pen goes in straight lines (G0 with the pen up, G1 with it down); y points up, and
 * the origin is the bottom left corner of the page. Commands are rows apart by '\n', or by a
 * backslash and an n. */
typedef struct lh_gcode_options {
    float tolerance; /* mm that a reading may be off the line drawn, rounding included; >= 0.01 */
    lh_stroke_order order;
    float draw_feed, travel_feed; /* mm a minute, pen down and pen up */
    float x, y;                   /* mm, added to every place: where the page lies on the machine */
    lh_turn turn;                 /* its bottom left corner, when turned, stays at the origin */
    bool mirror;                  /* left and right are swapped, before it is turned */
    bool inches;                  /* lengths and feeds in inches (G20) instead of mm (G21) */
    float up, down;               /* mm; the pen is moved on the z axis between these heights ... */
    float lift_feed;              /* mm a minute, of that */
    const char *pen_up, *pen_down; /* ... unless these commands are given */
    float lift_wait; /* seconds to wait (G4) after each lift and each lowering: a servo
                      * is told to move, and takes its time */
    bool park;       /* the lifted pen goes to (park_x, park_y) before each pause and at the end */
    float park_x, park_y;       /* mm on the machine, whatever its origin */
    const char *start, *finish; /* before the first and after the last command; may be "" */
    const char *next_page;      /* between two pages: time to change the paper */
    const char *pen_change;     /* before another ink; "{pen}" in it is the pen's number, from 1,
                                 * and then it stands before the first ink as well. NULL: as
                                 * next_page */
    bool feed_on_travel;        /* G0 takes a feed rate too, as Marlin has it */
    bool wait_in_seconds;       /* of G4, by the letter S, as Marlin has it; else P is seconds */
} lh_gcode_options;

/* A pen on the z axis, up at 5 mm and down at 0: GRBL 1.1 (ends with M2) and Marlin 2 (M84). */
LH_API extern const lh_gcode_options lh_gcode_grbl;
LH_API extern const lh_gcode_options lh_gcode_marlin;

/* Writes pages as one G-code file. Title, notes and what of the options says how the machine is
 * driven stand in comments, of at most 64 characters a row and without any that a controller takes
 * out of the stream and obeys ('!', '?', '~' and all beyond ASCII in GRBL): each is a '_'. Inks are
 * drawn one after the other, each page beginning with the one that the machine has; comments say
 * which page and pen to put in, at the beginning and before each pause. Of several inks that are
 * changed in a pause the first has one too: another may be in. */
LH_API lh_status lh_gcode_write(const lh_page *const *pages, size_t count,
                                const lh_gcode_options *options, FILE *stream, lh_error *error);

/* Writes pages as HPGL, 40 plotter units a millimetre, y up from the bottom left corner; pages are
 * apart by PG, and inks are pens: SP 1, 2, ... Of the options it takes tolerance (at least 0.025),
 * order, origin, turn, mirror and where to park. */
LH_API lh_status lh_hpgl_write(const lh_page *const *pages, size_t count,
                               const lh_gcode_options *options, FILE *stream, lh_error *error);

/* ---- the strokes themselves ------------------------------------------------------------------ */

/* Writes one JSON object a row and line of writing:
 *     {"page":1,"line":1,"text":"...","x":20,"y":26,"scale":0.0195,"color":"#101010",
 *      "strokes":[[[u,v,t],...],...]}
 * u, v in whiteboard units and t in seconds, each with as many digits as bring the float back;
 * on the page a point lies at (x + scale u, y + scale v) mm. */
LH_API lh_status lh_json_lines_write(const lh_page *const *pages, size_t count, FILE *stream,
                                     lh_error *error);

/* Writes pages as InkML: each line of writing a <traceGroup> with its text as an <annotation> of
 * type truth, each stroke a <trace> of X and Y in mm on its page, y down, with four decimals, and T
 * in seconds. Pages are groups around those of their lines; inks are brushes. */
LH_API lh_status lh_inkml_write(const lh_page *const *pages, size_t count, FILE *stream,
                                lh_error *error);

/* ---- all of them ------------------------------------------------------------------------------
 */

/* Writes pages as DXF (AutoCAD R12, ASCII) for CAD and laser programs: in mm, y up from the bottom
 * left corner of the first page, the pages that follow to its right; a layer for each ink, and a
 * POLYLINE for each stroke; a dot is a line of a tenth of a millimetre. A reading may be off the
 * line drawn by `tolerance` mm, at least 0.01. */
LH_API lh_status lh_dxf_write(const lh_page *const *pages, size_t count, float tolerance,
                              FILE *stream, lh_error *error);

/* How to draw pages in whatever format: each takes what it can show. */
typedef struct lh_render_options {
    lh_look look; /* LH_LOOK_INK but for formats with LH_FORMAT_LOOKS */
    lh_svg_options svg;
    lh_paint_options paint; /* of PDF and PNG */
    lh_gcode_options gcode; /* of HPGL as well, and its tolerance of DXF */
    float dpi;              /* of PNG */
} lh_render_options;

/* The defaults of all formats; 150 dpi. */
LH_API lh_render_options lh_render_defaults(void);

/* What a format can do, as bits. */
typedef enum lh_format_trait {
    LH_FORMAT_PAGES = 1 << 0,   /* one file holds all pages; else each page is a file */
    LH_FORMAT_COLOUR = 1 << 1,  /* shows colours */
    LH_FORMAT_WIDTH = 1 << 2,   /* shows the width of the pen */
    LH_FORMAT_PENS = 1 << 3,    /* keeps inks apart, as layers or pens */
    LH_FORMAT_MOTION = 1 << 4,  /* can write itself: lh_svg_options.speed */
    LH_FORMAT_LOOKS = 1 << 5,   /* shows ways to look at writing, a page a file */
    LH_FORMAT_PIXELS = 1 << 6,  /* has dots an inch */
    LH_FORMAT_SPEED = 1 << 7,   /* lh_paint_options.by_speed */
    LH_FORMAT_ORDER = 1 << 8,   /* order, origin, turn, mirror and park of lh_gcode_options */
    LH_FORMAT_MACHINE = 1 << 9, /* the rest of lh_gcode_options */
    LH_FORMAT_LINE = 1 << 10,   /* holds one line of writing, no page */
    LH_FORMAT_FOLDER = 1 << 11, /* is a folder of files: lh_format.folder */
    LH_FORMAT_TRAITS = 12
} lh_format_trait;

/* A format that is a folder, to which one document after the other is added. */
typedef struct lh_folder_format {
    const char *const *files;   /* those that end it, in the folder itself; NULL behind the last */
    const char *const *folders; /* those below which all others lie; likewise */
    /* Writes the `count` pages of document `number`, from 1, in place of what an earlier run made
     * of it; `list` takes the paths of its files, a newline behind each. Several documents may be
     * written at the same time. */
    lh_status (*write)(const char *path, size_t number, const lh_page *const *pages, size_t count,
                       FILE *list, lh_error *error);
    /* Writes `files`, over all documents that are there. */
    lh_status (*end)(const char *path, lh_error *error);
} lh_folder_format;

typedef struct lh_format {
    const char *name;    /* as it is asked for, and the ending of its files: "gcode" */
    const char *endings; /* others that it goes by, with blanks between: "nc ngc"; "" */
    const char *title;   /* what it is, for a list */
    unsigned traits;
    /* Writes `count` pages; without LH_FORMAT_PAGES one, with
     * LH_FORMAT_LINE those of one row of writing. NULL with LH_FORMAT_FOLDER. */
    lh_status (*write)(const lh_page *const *pages, size_t count, const lh_render_options *options,
                       FILE *stream, lh_error *error);
    const lh_folder_format *folder; /* NULL without LH_FORMAT_FOLDER */
} lh_format;

/* The formats there are: the `index`-th, NULL behind the last. */
LH_API const lh_format *lh_format_at(size_t index);
/* The format called `name`, or with `ending` one that files of this ending have, in small letters
 * or in capitals; NULL: none. */
LH_API const lh_format *lh_format_find(const char *name, bool ending);
/* The names of the formats with one of these traits, as in a sentence: "svg, pdf and png". The
 * buffer takes at least 200 bytes. Returns it. */
LH_API char *lh_format_names(unsigned traits, char *names, size_t size);

#ifdef __cplusplus
}
#endif
#endif
