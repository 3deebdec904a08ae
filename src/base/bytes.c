/* Small binary records: see bytes.h. */
#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

void lh_bytes_put(lh_bytes *bytes, const void *data, size_t size)
{
    if (size > bytes->capacity - bytes->size) {
        size_t capacity = 2 * (bytes->size + size);
        unsigned char *larger = realloc(bytes->data, capacity);
        if (!larger) {
            bytes->failed = true;
            return;
        }
        bytes->data = larger;
        bytes->capacity = capacity;
    }
    if (size > 0)
        memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
}

static void put(lh_bytes *bytes, uint64_t value, size_t size)
{
    unsigned char little[8];
    for (size_t i = 0; i < size; i++)
        little[i] = (unsigned char)(value >> 8 * i);
    lh_bytes_put(bytes, little, size);
}

void lh_bytes_put_u32(lh_bytes *bytes, uint32_t value)
{
    put(bytes, value, sizeof value);
}

void lh_bytes_put_u64(lh_bytes *bytes, uint64_t value)
{
    put(bytes, value, sizeof value);
}

void lh_bytes_put_float(lh_bytes *bytes, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    lh_bytes_put_u32(bytes, bits);
}

void lh_bytes_put_double(lh_bytes *bytes, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    lh_bytes_put_u64(bytes, bits);
}

void lh_bytes_clear(lh_bytes *bytes)
{
    free(bytes->data);
    *bytes = (lh_bytes){0};
}

static uint64_t take(lh_bytes_left *left, size_t size)
{
    uint64_t value = 0;
    if (left->size < size) {
        left->ended = true;
        left->size = 0;
        return 0;
    }
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t)left->data[i] << 8 * i;
    left->data += size;
    left->size -= size;
    return value;
}

uint32_t lh_bytes_take_u32(lh_bytes_left *left)
{
    return (uint32_t)take(left, sizeof(uint32_t));
}

uint64_t lh_bytes_take_u64(lh_bytes_left *left)
{
    return take(left, sizeof(uint64_t));
}

float lh_bytes_take_float(lh_bytes_left *left)
{
    uint32_t bits = lh_bytes_take_u32(left);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

double lh_bytes_take_double(lh_bytes_left *left)
{
    uint64_t bits = lh_bytes_take_u64(left);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}
