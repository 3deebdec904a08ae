/* Reads strokes from JSON lines: see json_strokes.h. */
#include "json_strokes.h"

#include "iam.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    const char *name;
    size_t row, points; /* the row that is being read, from 1, and the points of those before */
    lh_recording *recording;
    lh_error *error;
} reading;

static lh_status refuse(const reading *r, const char *what)
{
    return lh_fail(r->error, LH_ERROR_FORMAT, "%s:%zu: %s", r->name, r->row, what);
}

static lh_status read_point(const reading *r, const cJSON *json, lh_ink *ink)
{
    static const char fault[] = "a point is no row of three numbers, as [1.5,2,0.01]";
    float value[3];
    const cJSON *number = cJSON_IsArray(json) ? json->child : NULL;
    for (int i = 0; i < 3; i++, number = number->next) {
        if (!cJSON_IsNumber(number))
            return refuse(r, fault);
        value[i] = (float)number->valuedouble;
        if (!isfinite(value[i]))
            return refuse(r, "a point has a number that is beyond all measure");
    }
    if (number)
        return refuse(r, fault);
    if (ink->count == IAM_MAX_POINTS)
        return refuse(r, "a line of writing has more points than are read");
    return lh_ink_add(ink, (lh_point){value[0], value[1], value[2], 0}, r->error);
}

static lh_status read_strokes(const reading *r, const cJSON *strokes, lh_ink *ink)
{
    lh_status status = LH_OK;
    if (!cJSON_IsArray(strokes))
        return refuse(r, "has no \"strokes\", a row of rows of points");
    for (const cJSON *stroke = strokes->child; stroke && status == LH_OK; stroke = stroke->next) {
        if (!cJSON_IsArray(stroke))
            return refuse(r, "a stroke is no row of points");
        for (const cJSON *p = stroke->child; p && status == LH_OK; p = p->next)
            status = read_point(r, p, ink);
        if (status == LH_OK && stroke->child)
            ink->points[ink->count - 1].end = 1;
    }
    return status;
}

/* The text of a line, if it tells. */
static lh_status read_text(const reading *r, const cJSON *line, char **text)
{
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(line, "text");
    *text = NULL;
    if (!json || cJSON_IsNull(json))
        return LH_OK;
    if (!cJSON_IsString(json) || !lh_utf8_valid(json->valuestring))
        return refuse(r, "\"text\" is no text in UTF-8");
    *text = strdup(json->valuestring);
    return *text ? LH_OK : lh_fail_memory(r->error, "a recording");
}

static lh_status read_line(reading *r, const cJSON *line)
{
    if (!cJSON_IsObject(line))
        return refuse(r, "is no JSON object");
    lh_ink *ink = lh_ink_new(r->error);
    if (!ink)
        return r->error->status;
    char *text = NULL;
    lh_status status = read_strokes(r, cJSON_GetObjectItemCaseSensitive(line, "strokes"), ink);
    if (status == LH_OK)
        status = read_text(r, line, &text);
    r->points += ink->count;
    if (status == LH_OK && r->points > RECORDING_MAX_POINTS)
        status = refuse(r, "the file has more points than are read");
    if (status == LH_OK && ink->count > 0)
        return recording_add(r->recording, ink, text, r->name, r->error);
    lh_ink_free(ink);
    free(text);
    return status;
}

/* Every value that cJSON makes takes some eighty bytes; a row that is only long is refused before.
 * A stroke of one point has the most brackets and commas a point. */
enum { VALUES_A_POINT = 6 };

static bool has_too_many_values(const char *row, size_t length)
{
    size_t values = 0;
    for (size_t i = 0; i < length; i++)
        values += row[i] == ',' || row[i] == '[' || row[i] == '{';
    return values > VALUES_A_POINT * (size_t)IAM_MAX_POINTS;
}

static lh_status read_row(reading *r, const char *row, size_t length)
{
    if (memchr(row, '\0', length))
        return refuse(r, "is no JSON: there is a byte 0 in it");
    if (strspn(row, " \t\r") >= length)
        return LH_OK;
    if (has_too_many_values(row, length))
        return refuse(r, "a line of writing has more points than are read");
    const char *end = row;
    cJSON *line = cJSON_ParseWithLengthOpts(row, length, &end, false);
    lh_status status;
    if (!line)
        status = refuse(r, "is no JSON, or is cut off");
    else if ((size_t)(end - row) + strspn(end, " \t\r") < length)
        status = refuse(r, "has more than one JSON object in a row");
    else
        status = read_line(r, line);
    cJSON_Delete(line);
    return status;
}

lh_status json_strokes_read(const char *data, size_t size, const char *name,
                            lh_recording *recording, lh_error *error)
{
    reading r = {.name = name, .row = 1, .recording = recording, .error = error};
    const char *end = data + size;
    lh_status status = LH_OK;
    for (; data < end && status == LH_OK; r.row++) {
        const char *row_end = memchr(data, '\n', (size_t)(end - data));
        row_end = row_end ? row_end : end;
        status = read_row(&r, data, (size_t)(row_end - data));
        data = row_end + (row_end < end);
    }
    return status;
}
