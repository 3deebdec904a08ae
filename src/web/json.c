/* JSON in a browser, which reads it itself: of cJSON's interface what reading a model file asks
 * for. What JSON.parse refuses, is none. */
#include "json.h"

#include <emscripten.h>
#include <stdlib.h>
#include <string.h>

EMSCRIPTEN_KEEPALIVE cJSON *web_json_new(int type, double number, char *name, char *string)
{
    cJSON *item = calloc(1, sizeof *item);
    if (!item) {
        free(name);
        free(string);
        return NULL;
    }
    item->type = type;
    item->valuedouble = number;
    item->valueint = number > 2147483647    ? 2147483647
                     : number < -2147483647 ? -2147483647
                                            : (int)number;
    item->string = name;
    item->valuestring = string;
    return item;
}

EMSCRIPTEN_KEEPALIVE void web_json_add(cJSON *parent, cJSON *item)
{
    cJSON *first = parent->child;
    if (!first) {
        parent->child = item->prev = item;
        return;
    }
    item->prev = first->prev;
    first->prev->next = item;
    first->prev = item;
}

// clang-format off
EM_JS(cJSON *, parse_here, (const char *text, size_t bytes), {
    const kinds = {false: 1, true: 2, null: 4, number: 8, string: 16, array: 32, object: 64};
    const kindOf = value =>
        kinds[value === null || typeof value == 'boolean' ? String(value)
              : Array.isArray(value) ? 'array' : typeof value];
    const make = (name, value) => {
        const kind = kindOf(value);
        const item = _web_json_new(kind, kind == 8 ? value : 0,
                                   name === undefined ? 0 : allocateUTF8(name),
                                   kind == 16 ? allocateUTF8(value) : 0);
        if (kind == 32)
            for (const part of value)
                _web_json_add(item, make(undefined, part));
        if (kind == 64)
            for (const key of Object.keys(value))
                _web_json_add(item, make(key, value[key]));
        return item;
    };
    try {
        return make(undefined, JSON.parse(UTF8ToString(text, bytes)));
    } catch (wrong) {
        return 0;
    }
})
// clang-format on

cJSON *cJSON_ParseWithLengthOpts(const char *value, size_t length, const char **end,
                                 cJSON_bool whole)
{
    (void)whole; /* JSON.parse allows nothing behind the value */
    cJSON *item = value ? parse_here(value, length) : NULL;
    if (end)
        *end = item ? value + length : value;
    return item;
}

cJSON *cJSON_ParseWithOpts(const char *value, const char **end, cJSON_bool whole)
{
    return cJSON_ParseWithLengthOpts(value, value ? strlen(value) : 0, end, whole);
}

cJSON *cJSON_Parse(const char *value)
{
    return cJSON_ParseWithOpts(value, NULL, 0);
}

void cJSON_Delete(cJSON *item)
{
    while (item) {
        cJSON *next = item->next;
        free(item->string);
        if (!(item->type & cJSON_IsReference)) {
            cJSON_Delete(item->child);
            free(item->valuestring);
        }
        free(item);
        item = next;
    }
}

/* ---- looking inside ---------------------------------------------------------------------------
 */

int cJSON_GetArraySize(const cJSON *array)
{
    int size = 0;
    for (const cJSON *at = array ? array->child : NULL; at; at = at->next)
        size++;
    return size;
}

cJSON *cJSON_GetArrayItem(const cJSON *array, int index)
{
    cJSON *at = array && index >= 0 ? array->child : NULL;
    for (int i = 0; at && i < index; i++)
        at = at->next;
    return at;
}

cJSON *cJSON_GetObjectItemCaseSensitive(const cJSON *object, const char *name)
{
    cJSON *at = object ? object->child : NULL;
    while (at && !(at->string && strcmp(at->string, name) == 0))
        at = at->next;
    return at;
}

char *cJSON_GetStringValue(const cJSON *item)
{
    return cJSON_IsString(item) ? item->valuestring : NULL;
}

static cJSON_bool is_kind(const cJSON *item, int kind)
{
    return item && (item->type & 0xff) == kind;
}

cJSON_bool cJSON_IsNumber(const cJSON *item)
{
    return is_kind(item, cJSON_Number);
}

cJSON_bool cJSON_IsString(const cJSON *item)
{
    return is_kind(item, cJSON_String);
}

cJSON_bool cJSON_IsArray(const cJSON *item)
{
    return is_kind(item, cJSON_Array);
}

cJSON_bool cJSON_IsObject(const cJSON *item)
{
    return is_kind(item, cJSON_Object);
}
