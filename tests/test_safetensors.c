/* nn: float16 numbers, and safetensors files as a container: what is written is read back, and
 * what is malformed, truncated or hostile is refused with the file and the place named. */
#include "check.h"

#include <math.h>
#include <nn/half.h>
#include <nn/safetensors.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/longhand-test-XXXXXX";
static char path[64]; /* the file in `folder` that a test writes and reads */

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/file", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

/* ---- float16 -----------------------------------------------------------------------------------
 */

/* The value of a half from the definition, in double arithmetic. */
static double half_by_definition(unsigned half)
{
    double sign = half & 0x8000 ? -1 : 1;
    int exponent = (int)(half >> 10 & 31), fraction = (int)(half & 1023);
    return exponent ? sign * ldexp(1024 + fraction, exponent - 25) : sign * ldexp(fraction, -24);
}

static void every_half_is_exact_in_float_and_comes_back(void **state)
{
    (void)state;
    for (unsigned half = 0; half < 0x10000; half++) {
        float value = lh_half_to_float((uint16_t)half);
        /* What is not a number may be made a quiet one (IEEE 754, 6.2): i386 does on every return.
         */
        const unsigned quiet = isnan(value) ? 0x200 : 0;
        assert_int_equal(lh_half_from_float(value) | quiet, half | quiet);
        assert_int_equal(!!signbit(value), half >> 15);
        if ((half & 0x7c00) != 0x7c00)
            assert_true((double)value == half_by_definition(half));
        else if (half & 0x3ff)
            assert_true(isnan(value));
        else
            assert_true(isinf(value));
    }
}

/* Between every two neighbours: below the middle to the lower, above to the upper, the middle
 * itself to the even one. 65536 stands for infinity as the neighbour of 65504. */
static void rounding_is_to_nearest_and_ties_to_even(void **state)
{
    (void)state;
    for (unsigned half = 0; half < 0x7c00; half++) {
        double low = half_by_definition(half);
        double high = half + 1 == 0x7c00 ? 65536 : half_by_definition(half + 1);
        float middle = (float)((low + high) / 2); /* exact: one bit more than a half has */
        unsigned even = half & 1 ? half + 1 : half;
        assert_int_equal(lh_half_from_float(middle), even);
        assert_int_equal(lh_half_from_float(-middle), even | 0x8000);
        assert_int_equal(lh_half_from_float(nextafterf(middle, 0)), half);
        assert_int_equal(lh_half_from_float(nextafterf(middle, INFINITY)), half + 1);
    }
}

static void floats_beyond_the_range_of_halves_become_infinite_or_zero(void **state)
{
    (void)state;
    assert_int_equal(lh_half_from_float(65519.996f), 0x7bff);
    assert_int_equal(lh_half_from_float(65520), 0x7c00);
    assert_int_equal(lh_half_from_float(3.4e38f), 0x7c00);
    assert_int_equal(lh_half_from_float(-INFINITY), 0xfc00);
    assert_int_equal(lh_half_from_float(0x1p-25f), 0);
    assert_int_equal(lh_half_from_float(0x1p-149f), 0);
    assert_int_equal(lh_half_from_float(-0x1p-126f), 0x8000);
    /* A NaN whose payload lies in the bits that are lost must not turn into infinity. */
    uint32_t bits = 0x7f800001;
    float nan_value;
    memcpy(&nan_value, &bits, sizeof nan_value);
    assert_true(isnan(lh_half_to_float(lh_half_from_float(nan_value))));
}

/* ---- round trips -------------------------------------------------------------------------------
 */

static void write_example(void)
{
    static const float weights[6] = {1, -2, 3.5f, 0, 1e-30f, 6};
    static const uint8_t bytes[5] = {1, 2, 3, 4, 255};
    static const uint64_t words[4] = {1, UINT64_MAX, 3, 0x0123456789abcdef};
    static const double scalar = 0.1;
    lh_error error;
    lh_safetensors_writer *writer = lh_safetensors_writer_new(path, &error);
    assert_non_null(writer);
    check_ok(lh_safetensors_add_metadata(writer, "note", "ein \"Text\"\n äöü", &error), &error);
    check_ok(lh_safetensors_add(writer, "bytes", LH_DTYPE_U8, 1, (size_t[]){5}, bytes, &error),
             &error);
    check_ok(lh_safetensors_add(writer, "w", LH_DTYPE_F32, 2, (size_t[]){2, 3}, weights, &error),
             &error);
    check_ok(lh_safetensors_add(writer, "rng", LH_DTYPE_U64, 1, (size_t[]){4}, words, &error),
             &error);
    check_ok(lh_safetensors_add(writer, "none", LH_DTYPE_I32, 2, (size_t[]){0, 7}, NULL, &error),
             &error);
    check_ok(lh_safetensors_add(writer, "scalar", LH_DTYPE_F64, 0, NULL, &scalar, &error), &error);
    check_ok(lh_safetensors_write(writer, &error), &error);
    lh_safetensors_writer_free(writer);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    write_example();
    lh_error error = {LH_OK, ""};
    lh_safetensors *file = lh_safetensors_read(path, &error);
    if (!file)
        fail_msg("%s", error.message);
    assert_int_equal(lh_safetensors_count(file), 5);
    assert_string_equal(lh_safetensors_metadata(file, "note"), "ein \"Text\"\n äöü");
    assert_null(lh_safetensors_metadata(file, "other"));
    const lh_stored *words =
        lh_safetensors_require(file, "rng", LH_DTYPE_U64, 1, (size_t[]){4}, &error);
    assert_non_null(words);
    assert_int_equal((uintptr_t)words->data % 8, 0);
    assert_true(((const uint64_t *)words->data)[1] == UINT64_MAX);
    assert_true(((const uint64_t *)words->data)[3] == 0x0123456789abcdef);
    const lh_stored *w =
        lh_safetensors_require(file, "w", LH_DTYPE_F32, 2, (size_t[]){2, 3}, &error);
    assert_non_null(w);
    assert_true(((const float *)w->data)[4] == 1e-30f);
    const lh_stored *bytes = lh_safetensors_find(file, "bytes");
    assert_memory_equal(bytes->data, ((uint8_t[]){1, 2, 3, 4, 255}), 5);
    assert_int_equal(lh_safetensors_find(file, "none")->bytes, 0);
    const lh_stored *scalar = lh_safetensors_require(file, "scalar", LH_DTYPE_F64, 0, NULL, &error);
    assert_non_null(scalar);
    assert_true(*(const double *)scalar->data == 0.1);
    lh_safetensors_free(file);
}

static void a_wrong_shape_dtype_or_name_is_told_with_what_is_there(void **state)
{
    (void)state;
    write_example();
    lh_error error = {LH_OK, ""};
    lh_safetensors *file = lh_safetensors_read(path, &error);
    assert_non_null(file);
    assert_null(lh_safetensors_require(file, "w", LH_DTYPE_F16, 2, (size_t[]){3, 2}, &error));
    assert_int_equal(error.status, LH_ERROR_FORMAT);
    assert_non_null(strstr(error.message, path));
    assert_non_null(strstr(error.message, "\"w\" is F32 [2, 3], not F16 [3, 2]"));
    assert_null(lh_safetensors_require(file, "v", LH_DTYPE_F32, 0, NULL, &error));
    assert_non_null(strstr(error.message, "\"v\" is missing"));
    assert_null(lh_safetensors_require_metadata(file, "author", &error));
    assert_non_null(strstr(error.message, "\"author\""));
    lh_safetensors_free(file);
}

static char *read_bytes(size_t *size)
{
    lh_error error;
    char *bytes = lh_file_read(path, 1 << 26, size, &error);
    if (!bytes)
        fail_msg("%s", error.message);
    return bytes;
}

static void the_same_additions_give_the_same_aligned_bytes(void **state)
{
    (void)state;
    size_t one_size, two_size;
    write_example();
    char *one = read_bytes(&one_size);
    write_example();
    char *two = read_bytes(&two_size);
    assert_int_equal(one_size, two_size);
    assert_memory_equal(one, two, one_size);
    uint64_t header;
    memcpy(&header, one, 8);
    assert_int_equal((8 + header) % 64, 0);
    assert_int_equal(one_size, 8 + header + 5 + 24 + 32 + 8);
    free(one);
    free(two);
}

static void names_that_could_not_be_read_back_are_refused(void **state)
{
    (void)state;
    char long_name[LH_TENSOR_NAME_MAX + 2];
    memset(long_name, 'x', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    const char *const bad[] = {"",     "taken",   "__metadata__", "two\nlines",
                               "\xff", "\033[2J", long_name};
    const char *const named[] = {"named \"\"",          "named \"taken\"", "named \"__metadata__\"",
                                 "named \"two lines\"", "named \"?\"",     "named \"?[2J\"",
                                 "named \"xxxx"};
    lh_error error;
    lh_safetensors_writer *writer = lh_safetensors_writer_new(path, &error);
    assert_non_null(writer);
    check_ok(lh_safetensors_add(writer, "taken", LH_DTYPE_U8, 1, (size_t[]){0}, NULL, &error),
             &error);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_fails(LH_ERROR_ARGUMENT,
                    lh_safetensors_add(writer, bad[i], LH_DTYPE_U8, 1, (size_t[]){0}, NULL, &error),
                    &error, named[i]);
    check_fails(LH_ERROR_ARGUMENT,
                lh_safetensors_add(writer, "huge", LH_DTYPE_F32, 2, (size_t[]){SIZE_MAX / 2, 3},
                                   NULL, &error),
                &error, "tensor \"huge\" is too large");
    check_fails(LH_ERROR_ARGUMENT, lh_safetensors_add_metadata(writer, "key", "\xc3", &error),
                &error, "metadata \"key\" is not valid UTF-8");
    check_ok(lh_safetensors_add_metadata(writer, "key", "value", &error), &error);
    check_fails(LH_ERROR_ARGUMENT, lh_safetensors_add_metadata(writer, "key", "value", &error),
                &error, "metadata \"key\" is given twice");
    lh_safetensors_writer_free(writer);
}

/* ---- refusals ----------------------------------------------------------------------------------
 */

static void put_bytes(const void *bytes, size_t size)
{
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

/* Writes a file of this header and `data` zero bytes. */
static void put_header(const char *header, size_t data)
{
    size_t length = strlen(header), size = 8 + length + data;
    char *bytes = calloc(1, size);
    assert_non_null(bytes);
    memcpy(bytes, &(uint64_t){length}, 8);
    memcpy(bytes + 8, header, length);
    put_bytes(bytes, size);
    free(bytes);
}

/* The file at `path` must be refused, naming it and `place`. */
static void check_refused(const char *what, const char *place)
{
    lh_error error = {LH_OK, ""};
    lh_safetensors *file = lh_safetensors_read(path, &error);
    if (file)
        fail_msg("accepted: %s", what);
    if (error.status != LH_ERROR_FORMAT || !strstr(error.message, path) ||
        !strstr(error.message, place))
        fail_msg("%s: status %d, message: %s; expected a mention of '%s'", what, error.status,
                 error.message, place);
}

static void malformed_headers_are_refused_by_place(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        size_t data;
        const char *place;
    } bad[] = {
        {"", 0, "no JSON object"},
        {"[]", 0, "no JSON object"},
        {" {}", 0, "no JSON object"},
        {"{\"a\": \"\xff\"}", 0, "no JSON object"},
        {"{\"a\":", 0, "at byte 5"},
        {"{} x", 0, "at byte 3"},
        {"{}", 1, "1 bytes behind the last"},
        {"{\"a\":1}", 0, "\"a\""},
        {"{\"a\":{}}", 0, "\"a\""},
        {"{\"\":{}}", 0, "name"},
        {"{\"\\u001b[2J\":{}}", 0, "name"},
        {"{\"__metadata__\":[]}", 0, "__metadata__"},
        {"{\"__metadata__\":{\"a\":1}}", 0, "__metadata__"},
        {"{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "\"a\" stands twice"},
        {"{\"__metadata__\":{},\"__metadata__\":{}}", 0, "\"__metadata__\" stands twice"},
#define TENSOR(name, dtype, shape, offsets) \
    "\"" name "\":{\"dtype\":" dtype ",\"shape\":" shape ",\"data_offsets\":" offsets "}"
        {"{" TENSOR("a", "\"F8\"", "[1]", "[0,1]") "}", 1, "\"dtype\""},
        {"{" TENSOR("a", "4", "[1]", "[0,1]") "}", 1, "\"dtype\""},
        {"{" TENSOR("a", "\"F32\"", "1", "[0,4]") "}", 4, "\"shape\""},
        {"{" TENSOR("a", "\"F32\"", "[-1]", "[0,4]") "}", 4, "\"shape\""},
        {"{" TENSOR("a", "\"F32\"", "[1.5]", "[0,6]") "}", 6, "\"shape\""},
        {"{" TENSOR("a", "\"F32\"", "[1e999]", "[0,4]") "}", 4, "\"shape\""},
        {"{" TENSOR("a", "\"F32\"", "[\"1\"]", "[0,4]") "}", 4, "\"shape\""},
        {"{" TENSOR("a", "\"U8\"", "[1,1,1,1,1,1,1,1,1]", "[0,1]") "}", 1, "8 dimensions"},
        {"{" TENSOR("a", "\"F32\"", "[4294967296,4294967296]", "[0,0]") "}", 0, "larger"},
        {"{" TENSOR("a", "\"F32\"", "[2]", "[0,4]") "}", 4, "takes 8 bytes"},
        {"{" TENSOR("a", "\"F32\"", "[1]", "[0]") "}", 4, "\"data_offsets\""},
        {"{" TENSOR("a", "\"F32\"", "[1]", "[4,0]") "}", 4, "\"data_offsets\""},
        {"{" TENSOR("a", "\"F32\"", "[1]", "[-4,0]") "}", 4, "\"data_offsets\""},
        {"{" TENSOR("a", "\"F32\"", "[1]", "[0,4,8]") "}", 4, "\"data_offsets\""},
        {"{" TENSOR("a", "\"F32\"", "[1]", "[0,4]") "}", 3, "truncated: tensor \"a\""},
        {"{" TENSOR("a", "\"F32\"", "[1]", "[9007199254740988,9007199254740992]") "}", 4, "\"a\""},
        {"{" TENSOR("a", "\"F32\"", "[1]", "[4,8]") "}", 8, "neither overlap nor leave a hole"},
        {"{" TENSOR("a", "\"F32\"", "[1]", "[0,4]") "," TENSOR("b", "\"F32\"", "[1]", "[2,6]") "}",
         6, "neither overlap nor leave a hole"},
        {"{" TENSOR("a", "\"F32\"", "[1]", "[0,4]") "," TENSOR("b", "\"F32\"", "[1]", "[0,4]") "}",
         4, "neither overlap nor leave a hole"},
        {"{" TENSOR("a", "\"U8\"", "[1]", "[0,1]") "," TENSOR("a", "\"U8\"", "[1]", "[1,2]") "}", 2,
         "\"a\" stands twice"},
        {"{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}", 0,
         "\"a\""},
        {"{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[0]}}", 0, "\"a\""},
#undef TENSOR
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put_header(bad[i].header, bad[i].data);
        check_refused(bad[i].header, bad[i].place);
    }
}

static void a_header_may_be_padded_with_blanks_and_list_tensors_in_any_order(void **state)
{
    (void)state;
    put_header("{\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]},"
               "\"a\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}   ",
               3);
    lh_error error;
    lh_safetensors *file = lh_safetensors_read(path, &error);
    if (!file)
        fail_msg("%s", error.message);
    assert_string_equal(lh_safetensors_at(file, 0)->name, "a");
    assert_string_equal(lh_safetensors_at(file, 1)->name, "b");
    lh_safetensors_free(file);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    write_example();
    size_t size;
    char *bytes = read_bytes(&size);
    for (size_t length = 0; length < size; length++) {
        put_bytes(bytes, length);
        check_refused("a truncated file", "");
    }
    put_bytes(bytes, 3);
    check_refused("three bytes", "3 bytes are too few");
    put_bytes(bytes, 20);
    check_refused("twenty bytes", "truncated: the header is");
    put_bytes(bytes, size - 1);
    check_refused("all but one byte", "truncated: tensor \"bytes\"");
    free(bytes);
}

static void header_lengths_beyond_the_file_or_the_bound_are_refused(void **state)
{
    (void)state;
    static const uint64_t lengths[] = {57,         LH_SAFETENSORS_HEADER_MAX,
                                       UINT32_MAX, LH_SAFETENSORS_HEADER_MAX + 1,
                                       INT64_MAX,  UINT64_MAX - 7,
                                       UINT64_MAX};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char bytes[64] = {0};
        memset(bytes, ' ', sizeof bytes);
        memcpy(bytes, &lengths[i], 8);
        put_bytes(bytes, sizeof bytes);
        check_refused("a wrong header length", "header");
    }
}

static void an_oversized_file_is_refused_unread(void **state)
{
    (void)state;
    put_header("{}", 0);
    assert_int_equal(truncate(path, (off_t)LH_SAFETENSORS_FILE_MAX + 1), 0);
    char said[64];
    snprintf(said, sizeof said, "%llu bytes are more than", LH_SAFETENSORS_FILE_MAX + 1);
    check_refused("a sparse file", said);
}

static void files_of_other_kinds_are_refused(void **state)
{
    (void)state;
    static const char xml[] = "<?xml version=\"1.0\"?><WhiteboardCaptureSession/>";
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    put_bytes(xml, sizeof xml);
    check_refused("XML", "is not a safetensors file");
    put_bytes(png, sizeof png);
    check_refused("PNG", "is not a safetensors file");
    lh_error error;
    assert_null(lh_safetensors_read(folder, &error));
    assert_int_equal(error.status, LH_ERROR_IO);
    assert_non_null(strstr(error.message, folder));
    assert_null(lh_safetensors_read("/nowhere/model", &error));
    assert_int_equal(error.status, LH_ERROR_IO);
    assert_non_null(strstr(error.message, "/nowhere/model"));
}

/* Nesting and sheer number cost neither the stack nor quadratic time. */
static void deep_and_crowded_headers_are_refused_quickly(void **state)
{
    (void)state;
    enum { SIZE = LH_SAFETENSORS_HEADER_MAX };
    char *header = malloc(SIZE + 1);
    assert_non_null(header);
    memset(header, '[', SIZE);
    memcpy(header, "{\"a\":", 5);
    header[SIZE] = '\0';
    put_header(header, 0);
    check_refused("deep nesting", "malformed JSON");
    size_t used = 1;
    for (int i = 0; used + 16 < SIZE; i++)
        used += (size_t)snprintf(header + used, SIZE - used, "\"%d\":0,", i);
    header[used - 1] = '}';
    header[used] = '\0';
    put_header(header, 0);
    check_refused("many entries", "\"0\"");
    free(header);
}

static void a_file_that_cannot_be_written_is_told_by_name(void **state)
{
    (void)state;
    lh_error error;
    lh_safetensors_writer *writer = lh_safetensors_writer_new("/nowhere/state", &error);
    assert_non_null(writer);
    assert_int_equal(lh_safetensors_write(writer, &error), LH_ERROR_IO);
    assert_non_null(strstr(error.message, "/nowhere/state"));
    lh_safetensors_writer_free(writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_half_is_exact_in_float_and_comes_back),
        cmocka_unit_test(rounding_is_to_nearest_and_ties_to_even),
        cmocka_unit_test(floats_beyond_the_range_of_halves_become_infinite_or_zero),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(a_wrong_shape_dtype_or_name_is_told_with_what_is_there),
        cmocka_unit_test(the_same_additions_give_the_same_aligned_bytes),
        cmocka_unit_test(names_that_could_not_be_read_back_are_refused),
        cmocka_unit_test(malformed_headers_are_refused_by_place),
        cmocka_unit_test(a_header_may_be_padded_with_blanks_and_list_tensors_in_any_order),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(header_lengths_beyond_the_file_or_the_bound_are_refused),
        cmocka_unit_test(an_oversized_file_is_refused_unread),
        cmocka_unit_test(files_of_other_kinds_are_refused),
        cmocka_unit_test(deep_and_crowded_headers_are_refused_quickly),
        cmocka_unit_test(a_file_that_cannot_be_written_is_told_by_name),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
