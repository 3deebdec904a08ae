/* The head of a G-code file: see gcode_head.h. What machine the file is for stands there as the
 * notes of a page do, "key: value", so that it can be made again from its own words. */
#include "page/gcode_head.h"

#include <string.h>

enum { COMMENT_WIDTH = 64 };

/* ---- comments ---------------------------------------------------------------------------------
 */

/* What a controller picks out of its input wherever it stands is none. */
static bool is_plain(uint32_t codepoint)
{
    return codepoint >= 0x20 && codepoint < 0x7f && !strchr("!?~%();", (int)codepoint);
}

/* A text as comments; a character that cannot stand there becomes '_'. */
static void write_comment(FILE *stream, const char *text)
{
    int column = 0;
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0;) {
        if (column == 0)
            column = fprintf(stream, "; ");
        if (c != '\n') {
            putc(is_plain(c) ? (int)c : '_', stream);
            column++;
        }
        if (c == '\n' || column == COMMENT_WIDTH) {
            putc('\n', stream);
            column = 0;
        }
    }
    if (column > 0)
        putc('\n', stream);
}

/* ---- the machine ------------------------------------------------------------------------------
 */

static void write_code(FILE *stream, const char *key, const char *code)
{
    if (!code)
        return;
    fprintf(stream, "; %s: ", key);
    for (; *code; code++) /* rows of commands in one, as they are given */
        if (*code == '\n')
            fputs("\\n", stream);
        else
            putc(is_plain((unsigned char)*code) ? *code : '_', stream);
    putc('\n', stream);
}

static void write_place(FILE *stream, const char *key, float x, float y)
{
    fprintf(stream, "; %s: %g,%g\n", key, (double)x, (double)y);
}

static void write_bed(FILE *stream, const lh_gcode_options *o)
{
    static const int degrees[] = {
        [LH_TURN_NONE] = 0, [LH_TURN_90] = 90, [LH_TURN_180] = 180, [LH_TURN_270] = 270};
    fprintf(stream, "; order: %s\n", o->order == LH_ORDER_SHORT ? "short" : "written");
    write_place(stream, "origin", o->x, o->y);
    if (o->turn != LH_TURN_NONE)
        fprintf(stream, "; rotate: %d\n", degrees[o->turn]);
    if (o->mirror)
        fputs("; mirror: 1\n", stream);
    if (o->inches)
        fputs("; inches: 1\n", stream);
    if (o->park)
        write_place(stream, "park", o->park_x, o->park_y);
}

static void write_pen(FILE *stream, const lh_gcode_options *o)
{
    fprintf(stream, "; draw feed: %g\n; travel feed: %g\n", (double)o->draw_feed,
            (double)o->travel_feed);
    write_code(stream, "pen up", o->pen_up);
    write_code(stream, "pen down", o->pen_down);
    if (!o->pen_up)
        fprintf(stream, "; up: %g\n", (double)o->up);
    if (!o->pen_down)
        fprintf(stream, "; down: %g\n", (double)o->down);
    if (!o->pen_up || !o->pen_down)
        fprintf(stream, "; lift feed: %g\n", (double)o->lift_feed);
    if (o->lift_wait > 0)
        fprintf(stream, "; lift wait: %g\n", (double)o->lift_wait);
    write_code(stream, "pen change", o->pen_change);
}

/* ---- all of it --------------------------------------------------------------------------------
 */

/* Which pens there are, where there are several: so many a row. */
static void write_pens(FILE *stream, const lh_pens *pens)
{
    enum { A_ROW = 4 };
    char name[LH_PEN_NAME];
    const size_t count = pens->count > 1 ? pens->count : 0;
    for (size_t i = 0; i < count; i++)
        fprintf(stream, "%s %zu %s%s", i % A_ROW == 0 ? "; pens:" : ",", i + 1,
                lh_pen_name(pens->colour[i], name),
                i % A_ROW == A_ROW - 1 || i + 1 == count ? "\n" : "");
}

void lh_gcode_head_write(FILE *stream, const lh_page *page, const lh_pens *pens,
                         const lh_gcode_options *options)
{
    write_comment(stream, lh_page_title(page));
    write_comment(stream, lh_page_notes(page));
    write_bed(stream, options);
    write_pen(stream, options);
    write_pens(stream, pens);
}
