/* Recordings from texts that tests make. */
#ifndef LONGHAND_TESTS_RECORDED_H
#define LONGHAND_TESTS_RECORDED_H

#include "check.h"

#include "corpus/recording_read.h"

#include <stdlib.h>
#include <string.h>

#define SVG_OPEN "<svg xmlns=\"http://www.w3.org/2000/svg\" fill=\"none\" stroke=\"black\">\n"
#define SVG_CLOSE "</svg>\n"

static inline lh_recording *recorded_try(const char *text, size_t size, lh_error *error)
{
    char *copy = malloc(size + 1); /* so that the sanitizer sees a step too far */
    assert_non_null(copy);
    memcpy(copy, text, size);
    copy[size] = '\0';
    lh_recording *recording = recording_read_memory(copy, size, "drawn", error);
    free(copy);
    return recording;
}

static inline lh_recording *recorded(const char *text)
{
    lh_error error = {0};
    lh_recording *recording = recorded_try(text, strlen(text), &error);
    if (!recording)
        fail_msg("%s: %s", text, error.message);
    return recording;
}

/* Elements in an SVG whose shapes are stroked. */
static inline lh_recording *recorded_svg(const char *elements)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    fprintf(stream, SVG_OPEN "%s" SVG_CLOSE, elements);
    fclose(stream);
    lh_recording *recording = recorded(text);
    free(text);
    return recording;
}

static inline void recorded_refused_sized(const char *text, size_t size, const char *words)
{
    lh_error error = {0};
    lh_recording *recording = recorded_try(text, size, &error);
    if (recording)
        fail_msg("%.200s was read, and should have been refused with '%s'", text, words);
    assert_int_equal(error.status, LH_ERROR_FORMAT);
    if (!strstr(error.message, words) || strncmp(error.message, "drawn:", 6) != 0)
        fail_msg("'%s' lacks the file's name or '%s'", error.message, words);
}

static inline void recorded_refused(const char *text, const char *words)
{
    recorded_refused_sized(text, strlen(text), words);
}

#endif
