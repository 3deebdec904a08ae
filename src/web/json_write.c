/* Making JSON in a browser: of cJSON's interface what writing a .hand file asks for. Beside json.c.
 */
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

cJSON *cJSON_CreateObject(void)
{
    return web_json_new(cJSON_Object, 0, NULL, NULL);
}

cJSON *cJSON_CreateNumber(double number)
{
    return web_json_new(cJSON_Number, number, NULL, NULL);
}

cJSON_bool cJSON_AddItemToArray(cJSON *array, cJSON *item)
{
    if (array && item)
        web_json_add(array, item);
    return array && item;
}

/* A member of an object, which owns copies of name and string. */
static cJSON *add_member(cJSON *object, int type, const char *name, const char *string)
{
    char *name_copy = strdup(name), *copy = string ? strdup(string) : NULL;
    if (!object || !name_copy || (string && !copy)) {
        free(name_copy);
        free(copy);
        return NULL;
    }
    cJSON *member = web_json_new(type, 0, name_copy, copy);
    cJSON_AddItemToArray(object, member);
    return member;
}

cJSON *cJSON_AddArrayToObject(cJSON *const object, const char *const name)
{
    return add_member(object, cJSON_Array, name, NULL);
}

cJSON *cJSON_AddObjectToObject(cJSON *const object, const char *const name)
{
    return add_member(object, cJSON_Object, name, NULL);
}

cJSON *cJSON_AddStringToObject(cJSON *const object, const char *const name,
                               const char *const string)
{
    return add_member(object, cJSON_String, name, string);
}

/* What the item holds stays its own. */
cJSON_bool cJSON_AddItemReferenceToObject(cJSON *object, const char *name, cJSON *item)
{
    cJSON *member = add_member(object, item->type | cJSON_IsReference, name, NULL);
    if (!member)
        return 0;
    member->child = item->child;
    member->valuestring = item->valuestring;
    member->valuedouble = item->valuedouble;
    return 1;
}

/* ---- as text ----------------------------------------------------------------------------------
 */

static void print_string(const char *string, FILE *to)
{
    fputc('"', to);
    for (const char *c = string; *c; c++)
        if (*c == '"' || *c == '\\')
            fprintf(to, "\\%c", *c);
        else if ((unsigned char)*c < 0x20)
            fprintf(to, "\\u%04x", (unsigned)*c);
        else
            fputc(*c, to);
    fputc('"', to);
}

static void print(const cJSON *item, FILE *to)
{
    const int kind = item->type & 0xff;
    if (kind == cJSON_Number)
        fprintf(to, "%.17g", item->valuedouble);
    if (kind == cJSON_String)
        print_string(item->valuestring, to);
    if (kind != cJSON_Array && kind != cJSON_Object)
        return;
    fputc(kind == cJSON_Array ? '[' : '{', to);
    for (const cJSON *part = item->child; part; part = part->next) {
        if (kind == cJSON_Object) {
            print_string(part->string, to);
            fputc(':', to);
        }
        print(part, to);
        if (part->next)
            fputc(',', to);
    }
    fputc(kind == cJSON_Array ? ']' : '}', to);
}

char *cJSON_PrintUnformatted(const cJSON *item)
{
    char *text = NULL;
    size_t size;
    FILE *stream = item ? open_memstream(&text, &size) : NULL;
    if (!stream)
        return NULL;
    print(item, stream);
    if (fclose(stream) == 0)
        return text;
    free(text);
    return NULL;
}

void cJSON_free(void *text)
{
    free(text);
}
