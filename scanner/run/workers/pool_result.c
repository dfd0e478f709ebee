#include <stdlib.h>

#include "run/ledger.h"
#include "run/workers/pool.h"

static size_t count_spans(const struct ledger *ledgers, size_t count) {
    size_t spans = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < ledgers[i].unit_count; j++) {
            spans += ledgers[i].units[j].spans.count;
        }
    }
    return spans;
}

static void add_chunks(struct pool_result *out, const struct spool_spans *spans) {
    for (size_t i = 0; i < spans->count; i++) {
        out->chunks[out->chunk_count++] =
            (struct occurrence_chunk){.unit = (uint32_t)out->unit_count,
                                      .at = spans->items[i].at,
                                      .length = spans->items[i].length};
    }
}

int pool_result_collect(struct pool_result *out, struct ledger *ledgers, size_t count,
                        struct error *err) {
    size_t spans = count_spans(ledgers, count);
    if (spans > 0) {
        out->chunks = calloc(spans, sizeof *out->chunks);
        if (out->chunks == NULL) {
            return error_set(err, YINMA_E_MEMORY, "no memory for the list of occurrences");
        }
    }
    struct unit_facts **tail = &out->units;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < ledgers[i].unit_count; j++) {
            struct ledger_unit *unit = &ledgers[i].units[j];
            add_chunks(out, &unit->spans);
            *tail = unit->facts;
            unit->facts->item = i;
            tail = &unit->facts->next;
            *tail = NULL;
            unit->facts = NULL;
            out->unit_count++;
        }
    }
    return 0;
}

void pool_result_release(struct pool_result *result) {
    while (result->units != NULL) {
        struct unit_facts *next = result->units->next;
        unit_facts_free(result->units);
        result->units = next;
    }
    facts_store_free(result->store);
    if (result->occurrences != NULL) {
        (void)fclose(result->occurrences);
    }
    free(result->chunks);
    free(result->item_bytes);
    free(result->finished);
    *result = (struct pool_result){0};
}
