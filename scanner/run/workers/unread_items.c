#include "run/workers/unread_items.h"

#include "run/named_facts.h"

/* Who reads the coverage knows by it that ITEM was not read to its end. */
static bool says_so(const struct unit_facts *unit, const struct work_item *item) {
    return unit->error_code != 0 && unit->status != COVERAGE_SCANNED &&
           bytes_equal(unit->path, bytes_of_string(item->name));
}

/* Of what stands in a container some may be there, and nobody knows how much is not. */
static struct unit_facts *unread_item(kind_list kinds, const struct work_item *item, bool begun) {
    const char *how =
        begun ? SAID("interrupted before its end") : SAID("nothing of it is in the results");
    return named_facts_gap(kinds, bytes_of_string(item->name),
                           item->named ? (unsigned)UNIT_NAMED : 0,
                           begun ? COVERAGE_PARTIAL : COVERAGE_SKIPPED, YINMA_E_CANCELLED, how);
}

int unread_items_tell(kind_list kinds, const struct work_list *list, struct pool_result *result,
                      struct error *err) {
    struct unit_facts **at = &result->units;
    for (size_t i = 0; i < list->count; i++) {
        bool told = result->finished[i], begun = false;
        while (*at != NULL && (*at)->item == i) {
            told = told || says_so(*at, &list->items[i]);
            begun = true;
            at = &(*at)->next;
        }
        if (told) {
            continue;
        }
        struct unit_facts *unit = unread_item(kinds, &list->items[i], begun);
        if (unit == NULL) {
            return error_set(err, YINMA_E_MEMORY, "no memory for what was not read");
        }
        unit->item = i;
        unit->next = *at;
        *at = unit;
        at = &unit->next;
        result->unit_count++;
    }
    return 0;
}
