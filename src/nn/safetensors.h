/* The safetensors file format (github.com/huggingface/safetensors): named arrays of numbers that
 * Python's stock library and a page of numpy read as well. Model files and training states are such
 * files.
 *
 *   8 bytes    length N of the header, little-endian
 *   N bytes    JSON: {"__metadata__": {KEY: STRING, ...},
 *                     NAME: {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, ...},
 *              padded with blanks so that the data begin at a multiple of 64
 *   the rest   the tensors' elements, little-endian, row-major, without holes or overlaps; offsets
 *              count from the end of the header
 *
 * This file knows nothing of networks: what the tensors mean is said in model.c and in src/train.
 */
#ifndef LONGHAND_NN_SAFETENSORS_H
#define LONGHAND_NN_SAFETENSORS_H

#include <longhand/nn.h>

typedef enum lh_dtype {
    LH_DTYPE_F16,
    LH_DTYPE_BF16,
    LH_DTYPE_F32,
    LH_DTYPE_F64,
    LH_DTYPE_I32,
    LH_DTYPE_I64,
    LH_DTYPE_U8,
    LH_DTYPE_U64,
} lh_dtype;

enum {
    LH_RANK_MAX = 8,
    LH_SAFETENSORS_PREFIX = 8,           /* bytes before the header: its length */
    LH_SAFETENSORS_ALIGNMENT = 64,       /* bytes; of the data in the file and in memory */
    LH_TENSOR_NAME_MAX = 255,            /* bytes */
    LH_SAFETENSORS_HEADER_MAX = 4 << 20, /* bytes; a longer header is refused */
};

/* Bytes; a larger file is refused. As many as 2,000,000,000 float32 weights take, or half of what
 * an address can name where that is less. */
#if SIZE_MAX / 2 > 8000000000
#define LH_SAFETENSORS_FILE_MAX 8000000000ull
#else
#define LH_SAFETENSORS_FILE_MAX (SIZE_MAX / 2 + 0ull)
#endif

/* lh_real as stored without loss. */
#ifdef LH_FLOAT64
#define LH_DTYPE_REAL LH_DTYPE_F64
#else
#define LH_DTYPE_REAL LH_DTYPE_F32
#endif

/* "F32" and so on. */
const char *lh_dtype_name(lh_dtype dtype);
/* Bytes of an element. */
size_t lh_dtype_size(lh_dtype dtype);
/* The type of that name; false when there is none. */
bool lh_dtype_parse(const char *name, lh_dtype *dtype);
/* Whether a tensor may be named so: 1 to LH_TENSOR_NAME_MAX bytes of UTF-8 without control
 * characters, which would reach the terminal through messages. */
bool lh_tensor_name_fits(const char *name);

/* ---- reading ------------------------------------------------------------------------------------
 */

/* A tensor of a file that was read. `data` is aligned for its dtype in files written here; in those
 * of others it need not be: copy elements out with memcpy. */
typedef struct lh_stored {
    const char *name;
    lh_dtype dtype;
    int rank;
    size_t shape[LH_RANK_MAX];
    const void *data; /* [bytes] */
    size_t bytes;
} lh_stored;

typedef struct lh_safetensors lh_safetensors;

/* Reads a whole file and checks all of the above, and that no name stands twice. A file that is
 * truncated, malformed, of another kind or oversized is LH_ERROR_FORMAT with a message naming the
 * file and the place. NULL on failure; the caller frees. Views stay valid until then. */
lh_safetensors *lh_safetensors_read(const char *path, lh_error *error);
void lh_safetensors_free(lh_safetensors *file);
const char *lh_safetensors_path(const lh_safetensors *file);
size_t lh_safetensors_count(const lh_safetensors *file);
/* Tensor `index` in the order of data. */
const lh_stored *lh_safetensors_at(const lh_safetensors *file, size_t index);
/* NULL when there is none of that name. */
const lh_stored *lh_safetensors_find(const lh_safetensors *file, const char *name);
/* The tensor `name`, which must be there with this dtype and shape [rank]. NULL and a message that
 * says what is there instead. */
const lh_stored *lh_safetensors_require(const lh_safetensors *file, const char *name,
                                        lh_dtype dtype, int rank, const size_t *shape,
                                        lh_error *error);
/* The string of `key` in `__metadata__`, or NULL. */
const char *lh_safetensors_metadata(const lh_safetensors *file, const char *key);
/* A copy of it into `*copy`, which the caller frees, or NULL where there is none. */
lh_status lh_safetensors_copy_metadata(const lh_safetensors *file, const char *key, char **copy,
                                       lh_error *error);
/* The same, but a missing one fills `error`. */
const char *lh_safetensors_require_metadata(const lh_safetensors *file, const char *key,
                                            lh_error *error);

/* ---- writing ------------------------------------------------------------------------------------
 */

/* Collects what a file shall hold, then writes it. Its messages name the file. */
typedef struct lh_safetensors_writer lh_safetensors_writer;

/* A file at `path` ("-": standard output), touched by nothing but lh_safetensors_write. NULL on
 * failure; the caller frees. */
lh_safetensors_writer *lh_safetensors_writer_new(const char *path, lh_error *error);
void lh_safetensors_writer_free(lh_safetensors_writer *writer);
const char *lh_safetensors_writer_path(const lh_safetensors_writer *writer);
/* Adds a tensor; `name` and `shape` [rank] are copied, `data` must live until the file is written.
 * A name that is empty, too long, taken or not clean UTF-8 is LH_ERROR_ARGUMENT. */
lh_status lh_safetensors_add(lh_safetensors_writer *writer, const char *name, lh_dtype dtype,
                             int rank, const size_t *shape, const void *data, lh_error *error);
/* Adds a metadata string; both are copied. */
lh_status lh_safetensors_add_metadata(lh_safetensors_writer *writer, const char *key,
                                      const char *value, lh_error *error);
/* Writes the file, whole or not at all. The same additions in the same
 * order give the same bytes. Tensors are laid out by falling element size, else as added, so that
 * each is aligned. */
lh_status lh_safetensors_write(const lh_safetensors_writer *writer, lh_error *error);

#endif
