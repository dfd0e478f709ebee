#include "decode/json/scan.h"

#include "core/block64/bits.h"

enum { CHUNK_BLOCKS = 64, WANTED = 8 };
enum { QUOTE, ESCAPE, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, COMMA, NEWLINE };

/* The bytes that a back-slash before them takes out of their meaning. *carry: the last one of the
 * word before does so with the first one of this. An even run of back-slashes escapes itself. */
static uint64_t escaped_bytes(uint64_t slashes, uint64_t *carry) {
    const uint64_t even = UINT64_C(0x5555555555555555);
    uint64_t before = *carry, sum;
    if (slashes == 0) {
        *carry = 0;
        return before;
    }
    slashes &= ~before;
    uint64_t follows = slashes << 1 | before;
    uint64_t odd_starts = slashes & ~even & ~follows;
    *carry = (uint64_t)__builtin_add_overflow(odd_starts, slashes, &sum);
    return (even ^ (sum << 1)) & follows;
}

struct scan {
    uint64_t sets[WANTED][CHUNK_BLOCKS];
    uint64_t escape_carry, string_carry;
    uint16_t places[64 * CHUNK_BLOCKS + BLOCK64_POSITIONS_BEHIND];
};

/* One chunk: sets[QUOTE] becomes the set of all marks. */
static void find_marks(const struct block64_ops *ops, const uint8_t *bytes, size_t blocks,
                       size_t wanted_count, struct scan *scan) {
    static const uint8_t wanted[WANTED] = {'"', '\\', '{', '}', '[', ']', ',', '\n'};
    uint64_t *out[WANTED], strings[CHUNK_BLOCKS];
    for (size_t i = 0; i < WANTED; i++) {
        out[i] = scan->sets[i];
    }
    ops->find(bytes, blocks, wanted, wanted_count, out);
    for (size_t b = 0; b < blocks; b++) {
        out[QUOTE][b] &= ~escaped_bytes(out[ESCAPE][b], &scan->escape_carry);
    }
    ops->prefix_xor(out[QUOTE], blocks, &scan->string_carry, strings);
    for (size_t b = 0; b < blocks; b++) {
        uint64_t structure = out[OPEN_OBJECT][b] | out[CLOSE_OBJECT][b] | out[OPEN_ARRAY][b] |
                             out[CLOSE_ARRAY][b] | out[COMMA][b];
        out[QUOTE][b] |= structure & ~strings[b];
        out[QUOTE][b] |= wanted_count == WANTED ? out[NEWLINE][b] : 0;
    }
}

void json_scan(const struct block64_ops *ops, struct bytes text, enum json_scan_start start,
               enum json_scan_lines lines, struct json_marks *out) {
    struct scan scan;
    size_t blocks = (text.len + 63) / 64, count = 0;
    uint64_t any = 0;
    scan.escape_carry = 0;
    scan.string_carry = start == JSON_SCAN_IN_STRING ? ~UINT64_C(0) : 0;
    for (size_t at = 0; at < blocks; at += CHUNK_BLOCKS) {
        size_t now = blocks - at < CHUNK_BLOCKS ? blocks - at : CHUNK_BLOCKS;
        find_marks(ops, text.ptr + 64 * at, now, lines == JSON_SCAN_LINE_ENDS ? WANTED : WANTED - 1,
                   &scan);
        for (size_t b = 0; b < now; b++) {
            size_t base = 64 * (at + b);
            uint64_t inside = bits_low_mask(text.len - base);
            out->escapes[at + b] = scan.sets[ESCAPE][b];
            any |= scan.sets[ESCAPE][b] & inside;
            scan.sets[QUOTE][b] &= inside;
        }
        size_t more = ops->positions(scan.sets[QUOTE], now, scan.places);
        for (size_t i = 0; i < more; i++) {
            out->at[count++] = (uint32_t)(64 * at) + scan.places[i];
        }
    }
    out->escapes[blocks] = 0;
    out->any_escape = any != 0;
    out->count = count;
}
