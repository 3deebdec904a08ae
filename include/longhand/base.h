/* Longhand, base: what every room uses and what knows none of them: errors as values, a seeded
 * random stream, UTF-8 and alphabets, and output files that are whole or absent. */
#ifndef LONGHAND_BASE_H
#define LONGHAND_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#if defined(__GNUC__)
#define LH_API __attribute__((visibility("default")))
#define LH_PRINTF(string, first) __attribute__((__format__(__printf__, string, first)))
#else
#define LH_API
#define LH_PRINTF(string, first)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- errors ---------------------------------------------------------------------------------- */

typedef enum lh_status {
    LH_OK = 0,
    LH_ERROR_ARGUMENT,    /* the caller asked for something that cannot be */
    LH_ERROR_IO,          /* the system refused: open, read, write, rename */
    LH_ERROR_FORMAT,      /* a file is malformed, truncated or of another kind */
    LH_ERROR_MEMORY,      /* an allocation failed */
    LH_ERROR_NUMERIC,     /* a loss or a weight is no longer finite */
    LH_ERROR_INTERRUPTED, /* the caller asked to stop; what was promised is saved */
} lh_status;

/* What went wrong, as a sentence for a person that names the file and the place. A function that
 * can fail takes an `lh_error *`, which may be NULL, and fills it only when it fails.
 *
 * Arguments that cannot be (NULL where it is not said that it may be, an enumerator or an index
 * that does not exist, a size or a number that is negative, zero or not finite where that means
 * nothing) are LH_ERROR_ARGUMENT; a function that cannot fail gives 0, false, NULL or an empty
 * struct for them, unless it says otherwise, and one that gives nothing does nothing. */
typedef struct lh_error {
    lh_status status;
    char message[512]; /* UTF-8 in one row; no control characters, whatever it names */
} lh_error;

/* Fills `error` (if not NULL) and returns `status`, so that a caller can `return lh_fail(...)`. */
LH_API lh_status lh_fail(lh_error *error, lh_status status, const char *format, ...)
    LH_PRINTF(3, 4);

/* lh_fail for a failed allocation of `what`; always returns LH_ERROR_MEMORY. */
LH_API lh_status lh_fail_memory(lh_error *error, const char *what);

/* Polled during long work, from any thread but one at a time: true asks it to stop. */
typedef bool lh_stop(void *user);

/* ---- random numbers -------------------------------------------------------------------------- */

/* xoshiro256** (Blackman and Vigna, 2018), seeded through splitmix64. Plain data: copying the
 * struct copies the stream, and writing its words to a file saves it. */
typedef struct lh_rng {
    uint64_t word[4];
} lh_rng;

/* Starts stream number `stream` of `seed`; streams of one seed are independent of each other. */
LH_API void lh_rng_seed(lh_rng *rng, uint64_t seed, uint64_t stream);
LH_API uint64_t lh_rng_next(lh_rng *rng);
/* Uniform in [0, 1), 53 bits. */
LH_API double lh_rng_uniform(lh_rng *rng);
/* Standard normal (Box and Muller; two uniforms a call, so that the state stays four words). */
LH_API double lh_rng_normal(lh_rng *rng);
/* Uniform in 0..bound-1, without bias; `bound` > 0. */
LH_API uint64_t lh_rng_below(lh_rng *rng, uint64_t bound);

/* ---- text ------------------------------------------------------------------------------------ */

/* Decodes the code point at `*text` (NUL-terminated UTF-8) and moves `*text` behind it. Returns 0
 * at the end, UINT32_MAX for a malformed sequence (and moves one byte on). */
LH_API uint32_t lh_utf8_next(const char **text);
/* True when all of `text` (NUL-terminated) is well-formed UTF-8. */
LH_API bool lh_utf8_valid(const char *text);
/* Writes `codepoint` as UTF-8 to `out` with a NUL; returns the number of bytes before the NUL, 0
 * for what is no code point. */
LH_API size_t lh_utf8_encode(uint32_t codepoint, char out[5]);

enum { LH_ALPHABET_MAX = 512 };

/* The characters a corpus holds and a network can write, in ascending order of code point.
 * Index i of a character is its column in the one-hot text c_u. */
typedef struct lh_alphabet {
    int count;
    uint32_t codepoint[LH_ALPHABET_MAX];
} lh_alphabet;

/* The index of `codepoint`, or -1. */
LH_API int lh_alphabet_index(const lh_alphabet *alphabet, uint32_t codepoint);
/* Adds `codepoint` in its place unless it is there; false when the alphabet is full, or for 0 and
 * what is no code point. */
LH_API bool lh_alphabet_add(lh_alphabet *alphabet, uint32_t codepoint);
/* Reads an alphabet from the UTF-8 string of its characters; false when malformed or too long. */
LH_API bool lh_alphabet_parse(lh_alphabet *alphabet, const char *characters);
/* The alphabet as one UTF-8 string in code point order; the caller frees it. NULL: no memory. */
LH_API char *lh_alphabet_string(const lh_alphabet *alphabet);

/* Encodes UTF-8 `text` to indices. On success `*indices` (caller frees; never NULL, even when
 * empty) holds `*count` of them. A character outside the alphabet is LH_ERROR_ARGUMENT with a
 * message naming the character, its place, and what can be written. */
LH_API lh_status lh_alphabet_encode(const lh_alphabet *alphabet, const char *text,
                                    int32_t **indices, size_t *count, lh_error *error);

/* ---- output files ---------------------------------------------------------------------------- */

/* A file that appears under its name only when whole: it is written beside its place, and commit
 * fsyncs and renames it. "-" is standard output. */
typedef struct lh_output lh_output;

LH_API lh_output *lh_output_open(const char *path, lh_error *error);
/* The stream to write to; closed by commit or discard, not by the caller. */
LH_API FILE *lh_output_stream(lh_output *output);
/* Puts the file in its place and frees `output`, also on failure (then nothing is left behind). */
LH_API lh_status lh_output_commit(lh_output *output, lh_error *error);
/* Gives the file up and frees `output`; NULL is fine. */
LH_API void lh_output_discard(lh_output *output);
/* Ends writing that went as `status` says, which it returns: commits, or gives the file up (NULL is
 * fine). Where the stream itself failed the error is that of commit, which knows file and reason;
 * what wrote to it may not. */
LH_API lh_status lh_output_end(lh_output *output, lh_status status, lh_error *error);

/* Reads a whole regular file of at most `limit` bytes into memory the caller frees; a NUL is put
 * behind its end. `*size` is its length. A larger file is LH_ERROR_FORMAT. NULL on failure. */
LH_API char *lh_file_read(const char *path, size_t limit, size_t *size, lh_error *error);

#ifdef __cplusplus
}
#endif
#endif
