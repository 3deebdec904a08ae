/* JSON that the program tells. */
#ifndef LONGHAND_CLI_JSON_H
#define LONGHAND_CLI_JSON_H

#include <longhand/base.h>

#include <cjson/cJSON.h>

/* Prints `json` in one row, or in rows for people, as base/visible.h does, and frees it; NULL, for
 * want of memory while it was made, fails as that of `what`. */
lh_status cli_print_json(FILE *stream, cJSON *json, bool row, const char *what, lh_error *error);

#endif
