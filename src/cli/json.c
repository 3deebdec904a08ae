/* JSON that the program tells: see json.h. */
#include "json.h"

#include "base/visible.h"

lh_status cli_print_json(FILE *stream, cJSON *json, bool row, const char *what, lh_error *error)
{
    char *text = row ? cJSON_PrintUnformatted(json) : cJSON_Print(json);
    cJSON_Delete(json);
    if (!text)
        return lh_fail_memory(error, what);
    visible_json(stream, text);
    cJSON_free(text);
    return LH_OK;
}
