/* Reads recordings of any kind, told apart by how the file begins, not by its name. */
#include "recording_read.h"

#include "base/need.h"
#include "json_strokes.h"
#include "unpack.h"
#include "xml_readers.h"

#include <stdlib.h>
#include <string.h>

static lh_status read_iam(const xml_readers *xml, const char *data, size_t size, const char *name,
                          lh_recording *recording, lh_error *error)
{
    char writer[IAM_WRITER];
    lh_ink *ink = xml->iam(data, size, name, writer, error);
    if (!ink)
        return error->status;
    /* As recordings are for a corpus. */
    lh_status status = lh_ink_clean(ink, &lh_cleaning_default, NULL, error);
    if (status == LH_OK)
        return recording_add(recording, ink, NULL, name, error);
    lh_ink_free(ink);
    return status;
}

static lh_status read_xml(const char *data, size_t size, const char *name, lh_recording *recording,
                          lh_error *error)
{
    static const char *const roots[] = {"svg", "WhiteboardCaptureSession", "ink", "xournal", NULL};
    const xml_readers *xml = xml_readers_get(error);
    if (!xml)
        return error->status;
    switch (xml->root(data, size, roots)) {
    case 0:
        return xml->svg(data, size, name, recording, error);
    case 1:
        return read_iam(xml, data, size, name, recording, error);
    case 2:
        return xml->inkml(data, size, name, recording, error);
    case 3:
        return xml->xopp(data, size, name, recording, error);
    default:
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: is XML of another kind; of XML, SVG, InkML, Xournal++ and IAM-OnDB's "
                       "line files are read",
                       name);
    }
}

/* Does it begin as XML in UTF-16 does? */
static bool is_wide(const char *data, size_t size)
{
    return size >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0 ||
                         memcmp(data, "\0<", 2) == 0);
}

static lh_status read_any(const char *data, size_t size, const char *name, lh_recording *recording,
                          lh_error *error)
{
    /* A mark of UTF-8 may stand before JSON too. */
    size_t mark = size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, from = mark;
    while (from < size && strchr(" \t\r\n", data[from]) && data[from])
        from++;
    if (from == size)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: is empty", name);
    if (data[from] == '{')
        return json_strokes_read(data + mark, size - mark, name, recording, error);
    if (data[from] == '<' || is_wide(data, size))
        return read_xml(data, size, name, recording, error);
    return lh_fail(
        error, LH_ERROR_FORMAT,
        "%s: is of no kind that can be read; SVG of strokes, InkML, Xournal++, JSON lines of "
        "strokes and IAM-OnDB's line files (.xml) are",
        name);
}

/* Xournal++ packs its files. */
static lh_status read_packed(const char *data, size_t size, const char *name,
                             lh_recording *recording, lh_error *error)
{
    const unpack *unpacks = unpack_get(error);
    if (!unpacks)
        return error->status;
    const char *wrong;
    size_t unpacked;
    char *text = unpacks->gunzip(data, size, RECORDING_MAX_FILE, &unpacked, &wrong);
    if (!text)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: cannot be unpacked: %s", name, wrong);
    const lh_status status = read_any(text, unpacked, name, recording, error);
    free(text);
    return status;
}

static bool is_packed(const char *data, size_t size)
{
    return size >= 3 && memcmp(data, "\x1f\x8b\x08", 3) == 0;
}

lh_recording *recording_read_memory(const char *data, size_t size, const char *name,
                                    lh_error *error)
{
    LH_OWN_ERROR(error);
    lh_recording *recording = recording_new(error);
    if (!recording)
        return NULL;
    lh_status status =
        (is_packed(data, size) ? read_packed : read_any)(data, size, name, recording, error);
    if (status == LH_OK && recording->count == 0)
        status = lh_fail(error, LH_ERROR_FORMAT, "%s: holds no strokes", name);
    if (status == LH_OK)
        return recording;
    lh_recording_free(recording);
    return NULL;
}

lh_recording *lh_recording_read(const char *path, lh_error *error)
{
    LH_NEED(error, path, NULL);
    bool standard = strcmp(path, "-") == 0;
    size_t size;
    char *data = lh_file_read(standard ? "/dev/stdin" : path, RECORDING_MAX_FILE, &size, error);
    if (!data)
        return NULL;
    lh_recording *recording =
        recording_read_memory(data, size, standard ? "standard input" : path, error);
    free(data);
    return recording;
}
