/* Compiled once an instruction set; see core/block64/variant.h. */
#include "decode/delimited/lists.h"

#include "core/block64/variant.h"

/* Blanks, quotes and guards; the vertical tab, the form feed, # and & come along: rarely at the
 * edge of a field. */
static inline uint64_t dress_of(block64 v) {
    return block64_set(block64_either4(block64_in(v, '\t', 5), block64_is(v, ' '),
                                       block64_is_or(v, 5, '\''), block64_is(v, '=')));
}

/* A one added where a field of digits begins runs through to its end. */
static inline uint64_t digit_fields(uint64_t digits, uint64_t begins, uint64_t *carry) {
    uint64_t sum, whole;
    bool over = __builtin_add_overflow(digits, begins, &sum);
    over |= __builtin_add_overflow(sum, *carry, &whole);
    *carry = over;
    return whole;
}

/* END: behind the last entry. */
static void end_list(struct delimited_list *out, size_t blocks, uint64_t any_odd,
                     const uint16_t *end) {
    for (size_t b = blocks; b <= DELIMITED_LIST_BLOCKS; b++) {
        out->odd[b] = 0;
    }
    out->any_odd = any_odd;
    out->count = (size_t)(end - out->entries);
}

static void list(const uint8_t *bytes, size_t blocks, const uint64_t *ends, const uint64_t *records,
                 struct delimited_carry *carry, struct delimited_list *out) {
    uint16_t *end = out->entries;
    struct delimited_carry c = *carry;
    uint64_t any_odd = 0;
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(bytes + 64 * b);
        uint64_t begins = ends[b] << 1 | c.ended, dress = dress_of(v) & ~ends[b];
        uint64_t returns = block64_eq(v, '\r') & ~ends[b], behind = returns << 1 | c.returned;
        uint64_t record = ends[b] & records[b], pair = behind & record;
        uint64_t dressed = dress << 1 | c.dress; /* the byte before is */
        out->odd[b] = (begins & (dress | ends[b])) | (behind & ~record) |
                      (((ends[b] & ~pair) | returns) & dressed);
        any_odd |= out->odd[b];
        uint64_t numbers = digit_fields(block64_range(v, '0', 10) | returns, begins, &c.digits);
        uint16_t *first = end;
        end = block64_positions(end, 64 * b, ends[b], numbers);
        block64_flag_positions(first, ends[b], records[b], DELIMITED_RECORD);
        if (pair != 0) {
            block64_flag_positions(first, ends[b], pair, DELIMITED_RETURN);
        }
        c.returned = returns >> 63;
        c.ended = ends[b] >> 63;
        c.dress = dress >> 63;
    }
    end_list(out, blocks, any_odd, end);
    *carry = c;
}

static bool list_plain(const uint8_t *bytes, size_t blocks, const uint64_t *ends,
                       const uint64_t *records, struct delimited_carry *carry,
                       struct delimited_list *out) {
    uint16_t *end = out->entries;
    struct delimited_carry c = *carry;
    uint64_t any_odd = 0, dressed = c.dress | c.returned;
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(bytes + 64 * b);
        uint64_t begins = ends[b] << 1 | c.ended;
        dressed |= dress_of(v) & ~ends[b];
        out->odd[b] = begins & ends[b];
        any_odd |= out->odd[b];
        uint64_t numbers = digit_fields(block64_range(v, '0', 10), begins, &c.digits);
        uint16_t *first = end;
        end = block64_positions(end, 64 * b, ends[b], numbers);
        block64_flag_positions(first, ends[b], records[b], DELIMITED_RECORD);
        c.ended = ends[b] >> 63;
    }
    if (dressed != 0) {
        return false;
    }
    end_list(out, blocks, any_odd, end);
    *carry = c;
    return true;
}

static inline uint32_t flags_of(uint32_t entry) {
    return (entry & DELIMITED_NUMBER) >> 10;
}
_Static_assert(DELIMITED_NUMBER >> 10 == CELL_NUMBER, "one flag becomes the other");

/* A cell is written by halves, so that the compiler sees rows of words. */
typedef uint64_t half_cell __attribute__((may_alias));
_Static_assert(sizeof(struct cell) == 2 * sizeof(half_cell) && offsetof(struct cell, length) == 4 &&
                   offsetof(struct cell, field) == 8 && offsetof(struct cell, flags) == 12,
               "offset and length, field and flags");

/* Cells of ENTRIES behind one more, as FIELDS and RECORDS of a template say; not 0: some do not
 * fit. */
static inline uint64_t fill(const uint16_t *restrict entries, size_t count, uint64_t base,
                            const uint32_t *restrict fields, const uint16_t *restrict records,
                            half_cell *restrict out) {
    uint64_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t before = entries[i] & DELIMITED_AT, here = entries[i + 1];
        uint64_t length = (here & DELIMITED_AT) - before - 1 - ((here & DELIMITED_RETURN) != 0);
        wrong |= ((here ^ records[i]) & DELIMITED_RECORD) | (DELIMITED_BARE_BYTES - length) >> 63;
        out[2 * i] = (base + before + 1) | length << 32;
        out[2 * i + 1] = fields[i] | (here & DELIMITED_NUMBER) << (32 - 10);
    }
    return wrong;
}

static size_t make_cells(const uint16_t *entries, size_t count, size_t start, size_t base,
                         const struct delimited_template *template, struct cell *cells) {
    size_t length = base + (entries[0] & DELIMITED_AT) - start, step = template->count, made = 1;
    length -= (entries[0] & DELIMITED_RETURN) != 0;
    cells[0] = (struct cell){.offset = (uint32_t)start,
                             .length = (uint32_t)length,
                             .field = template->fields[0],
                             .flags = flags_of(entries[0])};
    if (length > DELIMITED_BARE_BYTES ||
        ((entries[0] ^ template->records[0]) & DELIMITED_RECORD) != 0) {
        return 0;
    }
    while (made < count) {
        size_t more = count - made < step ? count - made : step;
        if (fill(entries + made - 1, more, base, template->fields + 1, template->records + 1,
                 (half_cell *)(cells + made)) != 0) {
            break;
        }
        made += more;
    }
    return made;
}

const struct delimited_kernels VARIANT(delimited_kernels) = {
    .list = list, .list_plain = list_plain, .cells = make_cells};
