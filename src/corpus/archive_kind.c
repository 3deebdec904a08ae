/* Archives and compressions by their first bytes: see archive_kind.h. */
#include "archive_kind.h"

#include <stddef.h>
#include <string.h>

const char *archive_kind(const unsigned char start[ARCHIVE_KIND_BYTES])
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *kind;
    } kinds[] = {
        {"LRZI", 4, "compressed with lrzip"},
        {"\x89LZO\0\r\n\x1a\n", 9, "compressed with lzop"},
        {"GRZipII\0\x02\x04:)", 12, "compressed with grzip"},
        {"\x1f\x8b", 2, "compressed with gzip"},
        {"BZh", 3, "compressed with bzip2"},
        {"\xfd\x37zXZ", 5, "compressed with xz"},
        {"LZIP", 4, "compressed with lzip"},
        {"\x28\xb5\x2f\xfd", 4, "compressed with zstd"},
        {"\x04\x22\x4d\x18", 4, "compressed with lz4"},
        {"\x1f\x9d", 2, "compressed with compress"},
        {"begin ", 6, "a uuencoded file"},
        {"\xed\xab\xee\xdb", 4, "an RPM package"},
        {"7z\xbc\xaf\x27\x1c", 6, "a 7z archive"},
        {"Rar!\x1a\x07", 6, "a RAR archive"},
        {"MSCF", 4, "a cabinet file"},
        {"xar!", 4, "a xar archive"},
        {"!<arch>\n", 8, "an ar archive"},
        {"070701", 6, "a cpio archive"},
        {"070707", 6, "a cpio archive"},
        {"PK\x03\x04", 4, "a zip archive without its table of contents at the end"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (memcmp(start, kinds[i].bytes, kinds[i].length) == 0)
            return kinds[i].kind;
    return NULL;
}
