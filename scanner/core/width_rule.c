#include "core/width_rule.h"

#include "core/width_map.h"

/* The first two bytes of every WIDTH_INVALID_BASE + byte: F3 B0 80..83 xx. */
static bool is_invalid_marker(const uint8_t *p, size_t left) {
    return left >= 4 && p[0] == 0xF3 && p[1] == 0xB0 && p[2] >= 0x80 && p[2] <= 0x83;
}

/* Characters by the length of their UTF-8, in pieces short enough for counters of one byte: a loop
 * that compilers turn into vector code. */
enum { PIECE_BYTES = 240 };

struct lead_counts {
    uint64_t ascii, leads, four; /* leads: of two bytes and more; four: of those, the longest */
};

static struct lead_counts count_leads(struct bytes text) {
    struct lead_counts total = {0};
    for (size_t at = 0; at < text.len; at += PIECE_BYTES) {
        size_t len = text.len - at < PIECE_BYTES ? text.len - at : PIECE_BYTES;
        const uint8_t *p = text.ptr + at;
        uint8_t ascii = 0, leads = 0, four = 0;
        for (size_t i = 0; i < len; i++) {
            ascii = (uint8_t)(ascii + (p[i] < 0x80));
            leads = (uint8_t)(leads + (p[i] >= 0xC0));
            four = (uint8_t)(four + (p[i] >= 0xF0));
        }
        total.ascii += ascii;
        total.leads += leads;
        total.four += four;
    }
    return total;
}

static uint64_t count_invalid_markers(struct bytes text) {
    uint64_t count = 0;
    size_t at = 0;
    while (at < text.len) {
        const uint8_t *found = memchr(text.ptr + at, 0xF3, text.len - at);
        if (found == NULL) {
            break;
        }
        at = (size_t)(found - text.ptr);
        count += is_invalid_marker(found, text.len - at);
        at++;
    }
    return count;
}

uint64_t width_by_rule(enum width_rule rule, struct bytes text) {
    if (rule == WIDTH_SAME) {
        return text.len;
    }
    if (rule == WIDTH_NONE) {
        return 0;
    }
    struct lead_counts counts = count_leads(text);
    uint64_t markers = counts.four == 0 ? 0 : count_invalid_markers(text);
    if (rule == WIDTH_DOUBLE) {
        return counts.ascii + 2 * counts.leads - markers;
    }
    if (rule == WIDTH_SINGLE) {
        return counts.ascii + counts.leads;
    }
    return 2 * (counts.ascii + counts.leads + counts.four) - 3 * markers;
}

uint64_t width_before(struct widths widths, struct bytes text) {
    if (widths.map == NULL) {
        return width_by_rule(widths.rule, text);
    }
    uint64_t position = widths.position + (uintptr_t)text.ptr - (uintptr_t)widths.anchor;
    return width_map_before(widths.map, position, text);
}
