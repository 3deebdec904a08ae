/* pack-hands STYLES FOLDER: the hands of assets/styles as a page reads them, FOLDER/NAME.json each:
 *
 *     {"name":"anna","text":"...","points":[x,y,milliseconds,end,...]}
 *
 * in whiteboard units, four numbers a point, end being 1 for the last of a stroke. */
#include <longhand/longhand.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static lh_status pack(const lh_style *style, FILE *stream)
{
    fprintf(stream, "{\"name\":\"%s\",\"text\":\"", style->name);
    for (const char *c = style->text; *c; c++)
        fprintf(stream, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    fprintf(stream, "\",\"points\":[");
    for (size_t i = 0; i < style->ink->count; i++) {
        const lh_point *p = &style->ink->points[i];
        fprintf(stream, "%s%.9g,%.9g,%.0f,%u", i > 0 ? "," : "", (double)p->x, (double)p->y,
                1000 * (double)p->time, p->end);
    }
    fprintf(stream, "]}\n");
    return LH_OK;
}

static lh_status pack_file(const char *from, const char *folder, lh_error *error)
{
    char to[4096];
    lh_style *style = lh_style_read(from, NULL, error);
    if (!style)
        return error->status;
    snprintf(to, sizeof to, "%s/%s.json", folder, style->name);
    lh_output *output = lh_output_open(to, error);
    const lh_status status =
        output ? lh_output_end(output, pack(style, lh_output_stream(output)), error)
               : error->status;
    lh_style_free(style);
    return status;
}

static int is_style(const struct dirent *entry)
{
    const char *ending = strrchr(entry->d_name, '.');
    return ending && strcmp(ending, ".xml") == 0;
}

int main(int count, char **argument)
{
    lh_error error;
    struct dirent **entry;
    if (count != 3) {
        fprintf(stderr, "usage: pack-hands STYLES FOLDER\n");
        return 2;
    }
    const int entries = scandir(argument[1], &entry, is_style, alphasort);
    for (int i = 0; i < entries; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argument[1], entry[i]->d_name);
        free(entry[i]);
        if (pack_file(path, argument[2], &error) != LH_OK) {
            fprintf(stderr, "pack-hands: %s\n", error.message);
            return 1;
        }
    }
    if (entries <= 0)
        fprintf(stderr, "pack-hands: no style in %s\n", argument[1]);
    else
        free(entry);
    return entries <= 0;
}
