/* IAM-OnDB line files in, from files and memory; what is in them is read by iam_xml.c. */
#include "iam.h"

#include "base/need.h"
#include "xml_readers.h"

#include <stdlib.h>

lh_ink *iam_read_line(const char *data, size_t size, const char *name, char writer[IAM_WRITER],
                      lh_error *error)
{
    const xml_readers *xml = xml_readers_get(error);
    return xml ? xml->iam(data, size, name, writer, error) : NULL;
}

lh_ink *iam_read_memory(const char *data, size_t size, const char *name, lh_error *error)
{
    char writer[IAM_WRITER];
    return iam_read_line(data, size, name, writer, error);
}

lh_ink *lh_iam_read(const char *path, lh_error *error)
{
    LH_NEED(error, path, NULL);
    size_t size;
    char *data = lh_file_read(path, IAM_MAX_FILE, &size, error);
    if (!data)
        return NULL;
    lh_ink *ink = iam_read_memory(data, size, path, error);
    free(data);
    return ink;
}
