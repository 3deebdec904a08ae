/* Invented files in the layout of IAM-OnDB. */
#include "iam_tree.h"

#include "check.h"
#include "tiny_corpus.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *tree_line(int points, unsigned seed)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    fputs(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<WhiteboardCaptureSession>\n<StrokeSet>\n"
        "<Stroke colour=\"black\">\n",
        stream);
    for (int i = 0; i < points; i++) {
        int x = 1000 + 15 * i + (int)(seed * 31 + (unsigned)i * 17) % 11;
        int y = 500 + (int)(seed * 7 + (unsigned)i * 13) % 37;
        fprintf(stream, "<Point x=\"%d\" y=\"%d\" time=\"%d.%02d\"/>\n", x, y, 700 + i / 100,
                i % 100);
        if (i == points / 2)
            fputs("</Stroke>\n<Stroke colour=\"black\">\n", stream);
    }
    fputs("</Stroke>\n</StrokeSet>\n</WhiteboardCaptureSession>\n", stream);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static size_t size_of(const tree_file *file)
{
    return file->size ? file->size : strlen(file->content);
}

static void make_parents(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
}

void tree_write(const char *folder, const tree_file *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *path = tiny_path(folder, files[i].path);
        make_parents(path);
        FILE *stream = fopen(path, "wb");
        if (!stream)
            fail_msg("cannot write %s", path);
        assert_int_equal(fwrite(files[i].content, 1, size_of(&files[i]), stream),
                         size_of(&files[i]));
        assert_int_equal(fclose(stream), 0);
        free(path);
    }
}

void tree_archive(const char *path, const char *format, const char *filter, const tree_file *files,
                  size_t count)
{
    struct archive *archive = archive_write_new();
    assert_non_null(archive);
    assert_int_equal(archive_write_set_format_by_name(archive, format), ARCHIVE_OK);
    if (strcmp(filter, "none") != 0)
        assert_int_equal(archive_write_add_filter_by_name(archive, filter), ARCHIVE_OK);
    if (archive_write_open_filename(archive, path) != ARCHIVE_OK)
        fail_msg("%s: %s", path, archive_error_string(archive));
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, files[i].path);
        archive_entry_set_size(entry, (la_int64_t)size_of(&files[i]));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(archive, files[i].content, size_of(&files[i])),
                         size_of(&files[i]));
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
    archive_write_free(archive);
}
