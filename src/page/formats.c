/* Formats by name: see page.h. */
#include "page/formats.h"

#include <string.h>
#include <strings.h>

lh_render_options lh_render_defaults(void)
{
    return (lh_render_options){
        .svg = lh_svg_defaults, .paint = lh_paint_defaults, .gcode = lh_gcode_grbl, .dpi = 150};
}

const lh_format *lh_format_at(size_t index)
{
    size_t count = 0;
    while (count < index && lh_formats[count])
        count++;
    return lh_formats[count];
}

/* Is `name` one of the words of `list`? */
static bool is_among(const char *name, const char *list)
{
    const size_t length = strlen(name);
    for (size_t word; (word = strcspn(list, " ")) > 0; list += word + (list[word] == ' '))
        if (word == length && strncasecmp(list, name, length) == 0)
            return true;
    return false;
}

const lh_format *lh_format_find(const char *name, bool ending)
{
    for (size_t i = 0; name && lh_formats[i]; i++)
        if (strcasecmp(lh_formats[i]->name, name) == 0 ||
            (ending && is_among(name, lh_formats[i]->endings)))
            return lh_formats[i];
    return NULL;
}

char *lh_format_names(unsigned traits, char *names, size_t size)
{
    if (!names || size == 0)
        return NULL;
    size_t left = 0, length = 0;
    for (size_t i = 0; lh_formats[i]; i++)
        left += (lh_formats[i]->traits & traits) != 0;
    names[0] = '\0';
    for (size_t i = 0; lh_formats[i] && length < size; i++)
        if (lh_formats[i]->traits & traits)
            length += (size_t)snprintf(names + length, size - length, "%s%s", lh_formats[i]->name,
                                       --left > 1  ? ", "
                                       : left == 1 ? " and "
                                                   : "");
    return names;
}
