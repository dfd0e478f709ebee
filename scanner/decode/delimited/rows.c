#include "decode/delimited/rows.h"

#include "core/block64/bits.h"
#include "core/block64/variant_for.h"
#include "decode/delimited/bytes.h"

const struct delimited_kernels *delimited_kernels_for(enum isa isa) {
    return VARIANT_FOR(isa, delimited_kernels);
}

void delimited_template_make(struct delimited_template *template, const uint32_t *columns,
                             size_t width) {
    template->width = width;
    template->count = width;
    while (template->count < DELIMITED_TEMPLATE_MIN) {
        template->count += width;
    }
    for (size_t i = 0; i <= template->count; i++) {
        template->fields[i] = columns[i % width];
        template->records[i] = i % width == width - 1 ? DELIMITED_RECORD : 0;
    }
}

void delimited_rows_init(struct delimited_rows *rows, enum isa isa, uint8_t delimiter,
                         uint8_t record_end) {
    rows->kernels = delimited_kernels_for(isa);
    rows->delimiter = delimiter;
    rows->record_end = record_end;
    rows->plain = (struct retry){0};
    rows->template.width = 0;
}

void delimited_rows_list(struct delimited_rows *rows, const uint8_t *bytes, size_t blocks,
                         const uint64_t *ends, const uint64_t *records,
                         struct delimited_carry *carry) {
    const struct delimited_kernels *kernels = rows->kernels;
    struct delimited_list *list = &rows->list;
    if (!retry_now(&rows->plain) ||
        !retry_told(&rows->plain, kernels->list_plain(bytes, blocks, ends, records, carry, list))) {
        kernels->list(bytes, blocks, ends, records, carry, list);
    }
}

/* The row whose fields end at ENTRIES; false: it is none of those. START counts from the chunk -
 * BASE, which may lie before it. */
static bool take_row(const struct delimited_rows *rows, const uint8_t *chunk,
                     const uint16_t *entries, size_t start, size_t base, struct cell *cells) {
    const uint8_t *text = chunk - base;
    size_t last = rows->template.width - 1;
    bool odd = text[base + (entries[last] & DELIMITED_AT)] != rows->record_end;
    for (size_t i = 0; i <= last; i++) {
        size_t end = base + (entries[i] & DELIMITED_AT), len = end - start;
        odd |= len - 1 >= DELIMITED_BARE_BYTES || (i < last && text[end] != rows->delimiter);
        if (odd || delimited_is_dress(text[start]) || delimited_is_dress(text[end - 1])) {
            return false;
        }
        cells[i] =
            (struct cell){.offset = (uint32_t)start,
                          .length = (uint32_t)len,
                          .field = rows->template.fields[i],
                          .flags = delimited_is_number(text + start, len) ? CELL_NUMBER : 0U};
        start = end + 1;
    }
    return true;
}

/* How many of the COUNT entries from I on stand before position AT. */
static size_t entries_before(const struct delimited_list *list, size_t i, size_t count, size_t at) {
    size_t low = i, high = i + count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((size_t)(list->entries[middle] & DELIMITED_AT) < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low - i;
}

size_t delimited_rows_take(const struct delimited_rows *rows, const uint8_t *chunk, size_t i,
                           size_t most, size_t start, size_t base, struct cell *cells) {
    const struct delimited_list *list = &rows->list;
    size_t width = rows->template.width, taken = 0;
    size_t from = start < base ? 0 : start - base;
    size_t odd = list->any_odd == 0 ? DELIMITED_LIST_BYTES
                                    : bits_next(list->odd, from, DELIMITED_LIST_BYTES);
    size_t even =
        odd == DELIMITED_LIST_BYTES ? most : entries_before(list, i, most * width, odd) / width;
    if (start >= base && even > 0) {
        taken = rows->kernels->cells(list->entries + i, even * width, start, base, &rows->template,
                                     cells) /
                width;
    }
    if (taken > 0) {
        return taken;
    }
    size_t few = rows->template.count / width;
    for (; taken < most && taken < few; taken++) {
        const uint16_t *entries = list->entries + i + taken * width;
        if (!take_row(rows, chunk, entries, start, base, cells + taken * width)) {
            break;
        }
        start = base + (entries[width - 1] & DELIMITED_AT) + 1;
    }
    return taken;
}
