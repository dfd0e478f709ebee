#include "judge/presence.h"

#include <stdlib.h>

#include "core/hash64.h"

static uint64_t presence_key(struct bytes table, const char *kind) {
    return hash64(table, hash64(bytes_of_string(kind), 0));
}

static int compare_keys(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

bool presence_fill(struct presence *presence, const struct field_result *results, size_t count) {
    presence->keys = malloc((count + 1) * sizeof *presence->keys);
    presence->count = 0;
    if (presence->keys == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (results[i].confidence >= CONFIDENCE_LIKELY) {
            presence->keys[presence->count++] =
                presence_key(results[i].field->table, results[i].kind);
        }
    }
    qsort(presence->keys, presence->count, sizeof *presence->keys, compare_keys);
    return true;
}

bool presence_has_company(const struct presence *presence, const struct field_facts *field,
                          const struct pattern *pattern) {
    if (pattern->company == NULL || presence->count == 0) {
        return false;
    }
    uint64_t key = presence_key(field->table, pattern->company);
    return bsearch(&key, presence->keys, presence->count, sizeof key, compare_keys) != NULL;
}
