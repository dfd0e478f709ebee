#include "run/ledger.h"

#include <stdlib.h>

/* Room for one more element of SIZE bytes. False when memory is out. */
static bool make_room(void **items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) {
        return true;
    }
    size_t wanted = *capacity == 0 ? 1 : *capacity * 2;
    void *grown = reallocarray(*items, wanted, size);
    if (grown == NULL) {
        return false;
    }
    *items = grown;
    *capacity = wanted;
    return true;
}

static void open_release(struct ledger_open *open) {
    free((void *)(uintptr_t)open->name.ptr);
    free(open->spans.items);
}

static void close_deeper(struct ledger *ledger, size_t depth) {
    while (ledger->open_count > depth) {
        open_release(&ledger->open[--ledger->open_count]);
    }
}

void ledger_close(struct ledger *ledger) {
    close_deeper(ledger, 0);
    ledger->begun = 0;
}

void ledger_trim(struct ledger *ledger) {
    ledger_close(ledger);
    free(ledger->open);
    ledger->open = NULL;
    ledger->open_capacity = 0;
}

void ledger_release(struct ledger *ledger) {
    ledger_trim(ledger);
    for (size_t i = 0; i < ledger->unit_count; i++) {
        unit_facts_free(ledger->units[i].facts);
        free(ledger->units[i].spans.items);
    }
    free(ledger->units);
    *ledger = (struct ledger){0};
}

int ledger_begin(struct ledger *ledger, struct frame_begin place, struct bytes name) {
    if (place.seq < ledger->begun || place.seq == UINT64_MAX || place.depth > ledger->open_count) {
        return YINMA_E_DAMAGED;
    }
    close_deeper(ledger, (size_t)place.depth);
    if (!make_room((void **)&ledger->open, ledger->open_count, &ledger->open_capacity,
                   sizeof *ledger->open)) {
        return YINMA_E_MEMORY;
    }
    uint8_t *copy = malloc(name.len + 1);
    if (copy == NULL) {
        return YINMA_E_MEMORY;
    }
    memcpy(copy, name.ptr, name.len);
    copy[name.len] = 0;
    ledger->open[ledger->open_count++] =
        (struct ledger_open){.seq = place.seq, .name = bytes_of(copy, name.len)};
    ledger->begun = place.seq + 1;
    return 0;
}

int ledger_commit(struct ledger *ledger, struct frame_unit place, struct unit_facts *facts) {
    size_t at = ledger->open_count;
    while (at > 0 && ledger->open[at - 1].seq != place.seq) {
        at--;
    }
    if (at == 0 || place.end <= place.seq) {
        unit_facts_free(facts);
        return YINMA_E_DAMAGED;
    }
    if (!make_room((void **)&ledger->units, ledger->unit_count, &ledger->unit_capacity,
                   sizeof *ledger->units)) {
        unit_facts_free(facts);
        return YINMA_E_MEMORY;
    }
    struct ledger_open *open = &ledger->open[at - 1];
    ledger->units[ledger->unit_count++] =
        (struct ledger_unit){.place = place, .facts = facts, .spans = open->spans};
    open->spans = (struct spool_spans){0};
    close_deeper(ledger, at - 1);
    return 0;
}

int ledger_spool(struct ledger *ledger, uint64_t at, uint64_t length) {
    if (ledger->open_count == 0) {
        return YINMA_E_DAMAGED;
    }
    struct spool_spans *spans = &ledger->open[ledger->open_count - 1].spans;
    if (spans->count > 0) {
        struct spool_span *last = &spans->items[spans->count - 1];
        if (last->at + last->length == at) {
            last->length += length;
            return 0;
        }
    }
    if (!make_room((void **)&spans->items, spans->count, &spans->capacity, sizeof *spans->items)) {
        return YINMA_E_MEMORY;
    }
    spans->items[spans->count++] = (struct spool_span){at, length};
    return 0;
}

static int compare_units(const void *a, const void *b) {
    uint64_t left = ((const struct ledger_unit *)a)->place.seq;
    uint64_t right = ((const struct ledger_unit *)b)->place.seq;
    return left < right ? -1 : left > right;
}

void ledger_sort(struct ledger *ledger) {
    if (ledger->unit_count > 1) {
        qsort(ledger->units, ledger->unit_count, sizeof *ledger->units, compare_units);
    }
}

const struct ledger_unit *ledger_find(const struct ledger *ledger, uint64_t seq) {
    struct ledger_unit wanted = {.place = {.seq = seq}};
    return ledger->unit_count == 0 ? NULL
                                   : bsearch(&wanted, ledger->units, ledger->unit_count,
                                             sizeof *ledger->units, compare_units);
}

struct bytes ledger_current(const struct ledger *ledger, const struct work_item *item) {
    return ledger->open_count == 0 ? bytes_of_string(item->name)
                                   : ledger->open[ledger->open_count - 1].name;
}
