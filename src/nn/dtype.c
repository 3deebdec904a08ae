/* The element types of safetensors files, and the names that tensors may have. */
#include "safetensors.h"

#include <string.h>

static const struct {
    const char *name;
    size_t size;
} dtypes[] = {
    [LH_DTYPE_F16] = {"F16", 2}, [LH_DTYPE_BF16] = {"BF16", 2}, [LH_DTYPE_F32] = {"F32", 4},
    [LH_DTYPE_F64] = {"F64", 8}, [LH_DTYPE_I32] = {"I32", 4},   [LH_DTYPE_I64] = {"I64", 8},
    [LH_DTYPE_U8] = {"U8", 1},   [LH_DTYPE_U64] = {"U64", 8},
};

const char *lh_dtype_name(lh_dtype dtype)
{
    return dtypes[dtype].name;
}

size_t lh_dtype_size(lh_dtype dtype)
{
    return dtypes[dtype].size;
}

bool lh_dtype_parse(const char *name, lh_dtype *dtype)
{
    for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes; i++)
        if (strcmp(name, dtypes[i].name) == 0) {
            *dtype = (lh_dtype)i;
            return true;
        }
    return false;
}

bool lh_tensor_name_fits(const char *name)
{
    size_t length = strlen(name);
    for (uint32_t c; (c = lh_utf8_next(&name)) != 0;)
        if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == UINT32_MAX)
            return false;
    return length > 0 && length <= LH_TENSOR_NAME_MAX;
}
