/* A hash table from names to numbers: open addressing, at most half full. */
#include "names.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static names_entry *slot_of(const names *table, const char *name, size_t length)
{
    size_t i = (size_t)hash_of(name, length) & (table->slots - 1);
    while (table->slot[i].name &&
           (strncmp(table->slot[i].name, name, length) != 0 || table->slot[i].name[length] != '\0'))
        i = (i + 1) & (table->slots - 1);
    return &table->slot[i];
}

size_t *names_find(const names *table, const char *name, size_t length)
{
    if (table->slots == 0)
        return NULL;
    names_entry *entry = slot_of(table, name, length);
    return entry->name ? &entry->value : NULL;
}

static lh_status grow(names *table, lh_error *error)
{
    names larger = {.slots = table->slots ? 2 * table->slots : 64, .count = table->count};
    larger.slot = calloc(larger.slots, sizeof *larger.slot);
    if (!larger.slot)
        return lh_fail_memory(error, "a table of names");
    for (size_t i = 0; i < table->slots; i++) {
        const char *name = table->slot[i].name;
        if (name)
            *slot_of(&larger, name, strlen(name)) = table->slot[i];
    }
    free(table->slot);
    *table = larger;
    return LH_OK;
}

lh_status names_add(names *table, const char *name, size_t length, size_t value, lh_error *error)
{
    lh_status status = 2 * (table->count + 1) > table->slots ? grow(table, error) : LH_OK;
    if (status != LH_OK)
        return status;
    char *copy = strndup(name, length);
    if (!copy)
        return lh_fail_memory(error, "a name");
    *slot_of(table, name, length) = (names_entry){copy, value};
    table->count++;
    return LH_OK;
}

void names_free(names *table)
{
    for (size_t i = 0; i < table->slots; i++)
        free(table->slot[i].name);
    free(table->slot);
    *table = (names){0};
}
