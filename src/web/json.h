/* Items of JSON as json.c makes them. */
#ifndef LONGHAND_WEB_JSON_H
#define LONGHAND_WEB_JSON_H

#include <cjson/cJSON.h>

/* Makes an item; `name` (of a member) and `string` are malloc'ed or NULL, and owned by it. NULL: no
 * memory, and they are freed. */
cJSON *web_json_new(int type, double number, char *name, char *string);
/* Puts `item` behind the last of the parent's children, of which the first one's `prev` knows. */
void web_json_add(cJSON *parent, cJSON *item);

#endif
