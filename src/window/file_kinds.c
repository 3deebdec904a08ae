/* Kinds of files: see file_kinds.h. */
#include "file_kinds.h"

#include <longhand/page.h>

#include <string.h>

/* Behind all formats comes the SVG that writes itself. */
static int formats(void)
{
    int count = 0;
    while (lh_format_at((size_t)count))
        count++;
    return count;
}

int win_export_kinds(void)
{
    return formats() + 1;
}

static bool moves(int kind)
{
    return kind >= formats();
}

static const lh_format *format_of(int kind)
{
    return moves(kind) ? lh_format_find("svg", false) : lh_format_at((size_t)kind);
}

int win_export_kind(const char *name)
{
    for (int i = 0; i < win_export_kinds(); i++)
        if (strcmp(win_export_name(i), name) == 0)
            return i;
    return 0;
}

const char *win_export_name(int kind)
{
    return moves(kind) ? "moving svg" : format_of(kind)->name;
}

const char *win_export_title(int kind)
{
    return moves(kind) ? "SVG that writes itself, at the window\u2019s speed"
                       : format_of(kind)->title;
}
