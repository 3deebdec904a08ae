/* What a search found, kept: see marks.h. */
#include "marks.h"

#include "base/folder.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES = 1 << 16, CELLS_MOST = 1 << 16, LAYERS_MOST = 64, LENGTH_MOST = 1500 };

char *win_marks_path(void)
{
    char *folder = lh_folder_of_user("XDG_DATA_HOME", ".local/share", "longhand");
    bool made = folder && lh_folder_make(folder, 0777, NULL) == LH_OK;
    free(folder);
    return made ? lh_folder_of_user("XDG_DATA_HOME", ".local/share", "longhand/marks") : NULL;
}

static int find(const win_marks *m, const char *name)
{
    for (int i = 0; i < m->count; i++)
        if (strcmp(m->mark[i].name, name) == 0)
            return i;
    return -1;
}

bool win_marks_add(win_marks *m, const win_pattern *pattern, const char *name)
{
    win_pattern named = *pattern;
    snprintf(named.name, sizeof named.name, "%s", name);
    while (!lh_utf8_valid(named.name)) /* cut in the middle of a letter */
        named.name[strlen(named.name) - 1] = '\0';
    int at = find(m, named.name);
    if (at < 0 && m->count == WIN_MARKS)
        return false;
    m->mark[at < 0 ? m->count++ : at] = named;
    m->version++;
    return true;
}

bool win_marks_drop(win_marks *m, const char *name)
{
    int at = find(m, name);
    if (at < 0)
        return false;
    m->count--;
    memmove(m->mark + at, m->mark + at + 1, (size_t)(m->count - at) * sizeof *m->mark);
    m->version++;
    return true;
}

/* ---- the file -------------------------------------------------------------------------------- */

/* Reads the cells up to the '='; returns what is behind it, or NULL. */
static const char *read_cells(const char *text, win_pattern *p)
{
    for (p->cells = 0;; p->cells++) {
        char *end;
        text += strspn(text, " ");
        if (*text == '=')
            return text + 1;
        long cell = strtol(text, &end, 10);
        if (end == text || p->cells == WIN_FOUND_CELLS || cell == 0 || cell < -p->of ||
            cell > p->of)
            return NULL;
        p->cell[p->cells] = abs((int)cell) - 1;
        p->way[p->cells] = cell < 0 ? -1 : 1;
        text = end;
    }
}

/* The numbers before the cells, each within its bounds. */
static bool read_numbers(const char **row, long number[5])
{
    static const long least[] = {1, 1, 1, WIN_ON_LEAST, 1};
    static const long most[] = {LAYERS_MOST, CELLS_MOST, LAYERS_MOST, WIN_ON_MOST, LENGTH_MOST};
    for (int i = 0; i < 5; i++) {
        char *end;
        number[i] = strtol(*row, &end, 10);
        if (end == *row || number[i] < least[i] || number[i] > most[i])
            return false;
        *row = end;
    }
    return true;
}

/* Reads a row; false: it is none. */
static bool read_row(const char *row, win_pattern *p, char name[WIN_MARK_NAME])
{
    long number[5];
    if (!read_numbers(&row, number))
        return false;
    p->layers = (int)number[0];
    p->of = (int)number[1];
    p->layer = (int)number[2] - 1;
    p->on = (int)number[3];
    p->length = (size_t)number[4];
    const char *rest = p->layer < p->layers ? read_cells(row, p) : NULL;
    if (!rest || p->cells == 0)
        return false;
    rest += strspn(rest, " ");
    snprintf(name, WIN_MARK_NAME, "%s", rest);
    return *name != '\0' && lh_utf8_valid(name);
}

void win_marks_read(win_marks *m, const char *path)
{
    lh_error ignored; /* none are kept yet */
    size_t size;
    char *text = lh_file_read(path, FILE_BYTES, &size, &ignored), *next = text;
    while (next && *next) {
        char *row = next, *end = strchr(row, '\n'), name[WIN_MARK_NAME];
        win_pattern pattern = {0};
        next = end ? end + 1 : NULL;
        if (end)
            *end = '\0';
        if (read_row(row, &pattern, name))
            win_marks_add(m, &pattern, name);
    }
    free(text);
}

lh_status win_marks_write(const win_marks *m, const char *path, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    FILE *stream = lh_output_stream(output);
    for (int i = 0; i < m->count; i++) {
        const win_pattern *p = &m->mark[i];
        fprintf(stream, "%d %d %d %d %zu", p->layers, p->of, p->layer + 1, p->on, p->length);
        for (int k = 0; k < p->cells; k++)
            fprintf(stream, " %d", p->way[k] * (p->cell[k] + 1));
        fprintf(stream, " = %s\n", p->name);
    }
    return lh_output_commit(output, error);
}
