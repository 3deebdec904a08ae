/* Small binary records: numbers one behind the other, little-endian on every machine. */
#ifndef LONGHAND_BASE_BYTES_H
#define LONGHAND_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A record that grows. Zero-initialised it is empty; lh_bytes_clear frees. */
typedef struct lh_bytes {
    unsigned char *data; /* [size], owned */
    size_t size, capacity;
    bool failed; /* memory ran out: what was put since is missing */
} lh_bytes;

void lh_bytes_put(lh_bytes *bytes, const void *data, size_t size);
void lh_bytes_put_u32(lh_bytes *bytes, uint32_t value);
void lh_bytes_put_u64(lh_bytes *bytes, uint64_t value);
void lh_bytes_put_float(lh_bytes *bytes, float value);
void lh_bytes_put_double(lh_bytes *bytes, double value);
void lh_bytes_clear(lh_bytes *bytes);

/* A record that is read from its start: `{data, size}`, borrowed. */
typedef struct lh_bytes_left {
    const unsigned char *data;
    size_t size; /* not yet taken */
    bool ended;  /* more was taken than there was */
} lh_bytes_left;

/* The next value; 0 when there is not so much left. */
uint32_t lh_bytes_take_u32(lh_bytes_left *left);
uint64_t lh_bytes_take_u64(lh_bytes_left *left);
float lh_bytes_take_float(lh_bytes_left *left);
double lh_bytes_take_double(lh_bytes_left *left);

#endif
