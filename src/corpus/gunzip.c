/* Reads gzip through zlib, which checks its sums: see gunzip.h. */
#include "gunzip.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { BLOCK = 1 << 17, GZIP_ONLY = 16 + MAX_WBITS };

struct gunzip {
    FILE *stream;
    z_stream zlib;
    bool within; /* a member (RFC 1952, 2.2) has begun and not ended */
    bool any;    /* one has ended */
    const char *wrong;
    unsigned char in[BLOCK], out[BLOCK];
};

bool gunzip_fits(FILE *stream)
{
    int first = getc(stream), second = getc(stream), method = getc(stream);
    rewind(stream);
    return first == 0x1f && second == 0x8b && method == Z_DEFLATED;
}

gunzip *gunzip_new(FILE *stream)
{
    gunzip *from = calloc(1, sizeof *from);
    if (from && inflateInit2(&from->zlib, GZIP_ONLY) == Z_OK) {
        from->stream = stream;
        return from;
    }
    free(from);
    fclose(stream);
    return NULL;
}

void gunzip_free(gunzip *from)
{
    if (!from)
        return;
    inflateEnd(&from->zlib);
    fclose(from->stream);
    free(from);
}

const char *gunzip_wrong(const gunzip *from)
{
    return from->wrong;
}

/* More of the file for zlib; false at its end. */
static bool fill(gunzip *from)
{
    if (from->zlib.avail_in > 0)
        return true;
    from->zlib.next_in = from->in;
    from->zlib.avail_in = (uInt)fread(from->in, 1, BLOCK, from->stream);
    if (ferror(from->stream))
        from->wrong = "the file cannot be read";
    else if (from->zlib.avail_in == 0 && from->within)
        from->wrong = "the file is cut short";
    return from->zlib.avail_in > 0;
}

/* Members stand behind each other; what follows the last and is none (zeros, a signature) is passed
 * over, as gzip does. */
static bool begin_member(gunzip *from)
{
    if (from->any && from->zlib.next_in[0] != 0x1f)
        return false;
    from->within = true;
    return inflateReset(&from->zlib) == Z_OK;
}

ptrdiff_t gunzip_read(gunzip *from, const void **bytes)
{
    z_stream *zlib = &from->zlib;
    zlib->next_out = from->out;
    zlib->avail_out = BLOCK;
    while (!from->wrong && zlib->avail_out > 0 && fill(from)) {
        if (!from->within && !begin_member(from))
            break;
        int got = inflate(zlib, Z_NO_FLUSH);
        if (got == Z_STREAM_END) {
            from->within = false;
            from->any = true;
        } else if (got != Z_OK && got != Z_BUF_ERROR) {
            from->wrong = zlib->msg ? zlib->msg : "the compressed data is damaged";
        }
    }
    *bytes = from->out;
    const size_t length = BLOCK - zlib->avail_out;
    return length > 0 ? (ptrdiff_t)length : from->wrong ? -1 : 0;
}

char *gunzip_all(const char *data, size_t size, size_t most, size_t *unpacked, const char **wrong)
{
    FILE *stream = fmemopen((void *)(uintptr_t)data, size, "rb");
    gunzip *from = stream ? gunzip_new(stream) : NULL;
    char *all = NULL;
    size_t length = 0, room = 0;
    *wrong = from ? NULL : "there is no memory to unpack it";
    const void *bytes;
    for (ptrdiff_t got; from && !*wrong && (got = gunzip_read(from, &bytes)) != 0;) {
        if (got < 0) {
            *wrong = gunzip_wrong(from);
        } else if (length + (size_t)got > most) {
            *wrong = "it unpacks to more than is read";
        } else if (length + (size_t)got + 1 > room) {
            room = 2 * (length + (size_t)got) + 1;
            char *larger = realloc(all, room);
            *wrong = larger ? NULL : "there is no memory to unpack it";
            all = larger ? larger : all;
        }
        if (!*wrong) {
            memcpy(all + length, bytes, (size_t)got);
            length += (size_t)got;
        }
    }
    if (from && !*wrong)
        *wrong = gunzip_wrong(from);
    gunzip_free(from);
    if (*wrong || !all) {
        *wrong = *wrong ? *wrong : "it is empty";
        free(all);
        return NULL;
    }
    all[length] = '\0';
    *unpacked = length;
    return all;
}
