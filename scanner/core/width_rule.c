#include "core/width_rule.h"

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

static uint64_t count_four(struct bytes text) {
    uint64_t four = 0;
    for (size_t i = 0; i < text.len; i++) {
        four += text.ptr[i] >= 0xF0;
    }
    return four;
}

/* Numbers with a sign are compared by one instruction, others by two: ASCII is 0 and more, what
 * begins a character -64 and more. */
static struct lead_counts count_leads(struct bytes text) {
    struct lead_counts total = {0};
    uint64_t begins = 0;
    uint8_t most = 0;
    for (size_t at = 0; at < text.len; at += PIECE_BYTES) {
        size_t len = text.len - at < PIECE_BYTES ? text.len - at : PIECE_BYTES;
        const uint8_t *p = text.ptr + at;
        const int8_t *with_sign = (const int8_t *)p;
        uint8_t ascii = 0, first = 0, largest = 0;
        for (size_t i = 0; i < len; i++) {
            ascii = (uint8_t)(ascii + (with_sign[i] >= 0));
            first = (uint8_t)(first + (with_sign[i] >= -64));
            largest = p[i] > largest ? p[i] : largest;
        }
        total.ascii += ascii;
        begins += first;
        most = largest > most ? largest : most;
    }
    total.leads = begins - total.ascii;
    total.four = most >= 0xF0 ? count_four(text) : 0; /* hardly ever any */
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
