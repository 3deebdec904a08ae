/* pack-hands STYLES FOLDER: the hands of assets/styles as a page reads them. A .hand file is copied
 * as it is; of a line of ink in XML, for which a page has no reader, FOLDER/NAME.json is made:
 *
 *     {"name":"felix","text":"...","points":[x,y,milliseconds,end,...]}
 *
 * in whiteboard units, four numbers a point, end being 1 for the last of a stroke. As for the
 * program, NAME.hand comes before NAME.xml. */
#include <longhand/longhand.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void pack(const lh_style *style, FILE *stream)
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
}

/* A file that holds either the style as JSON or, if that is NULL, the bytes. */
static lh_status make_file(const char *to, const lh_style *style, const char *bytes, size_t size,
                           lh_error *error)
{
    lh_output *output = lh_output_open(to, error);
    if (!output)
        return error->status;
    if (style)
        pack(style, lh_output_stream(output));
    else
        fwrite(bytes, 1, size, lh_output_stream(output));
    return lh_output_commit(output, error);
}

static const char *ending_of(const char *name)
{
    const char *ending = strrchr(name, '.');
    return ending ? ending : "";
}

static lh_status pack_file(const char *styles, const char *name, const char *folder,
                           lh_error *error)
{
    char from[4096], to[4096], beside[4096];
    const int stem = (int)(ending_of(name) - name);
    const bool is_hand = strcmp(ending_of(name), ".hand") == 0;
    snprintf(from, sizeof from, "%s/%s", styles, name);
    snprintf(to, sizeof to, "%s/%.*s.%s", folder, stem, name, is_hand ? "hand" : "json");
    snprintf(beside, sizeof beside, "%s/%.*s.hand", styles, stem, name);
    if (!is_hand && access(beside, F_OK) == 0)
        return LH_OK;
    /* Read even if it is copied: what is no hand is not given out. */
    lh_style *style = lh_style_read(from, NULL, error);
    size_t size = 0;
    char *bytes = style && is_hand ? lh_file_read(from, LH_HAND_FILE_MAX, &size, error) : NULL;
    const lh_status status = style && (bytes || !is_hand)
                                 ? make_file(to, is_hand ? NULL : style, bytes, size, error)
                                 : error->status;
    lh_style_free(style);
    free(bytes);
    return status;
}

static int is_style(const struct dirent *entry)
{
    const char *ending = ending_of(entry->d_name);
    return strcmp(ending, ".xml") == 0 || strcmp(ending, ".hand") == 0;
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
        if (pack_file(argument[1], entry[i]->d_name, argument[2], &error) != LH_OK) {
            fprintf(stderr, "pack-hands: %s\n", error.message);
            return 1;
        }
        free(entry[i]);
    }
    if (entries <= 0)
        fprintf(stderr, "pack-hands: no style in %s\n", argument[1]);
    else
        free(entry);
    return entries <= 0;
}
