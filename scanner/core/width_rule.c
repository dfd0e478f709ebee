#include "core/width_rule.h"

/* The first two bytes of every WIDTH_INVALID_BASE + byte: F3 B0 80..83 xx. */
static bool is_invalid_marker(const uint8_t *p, size_t left) {
    return left >= 4 && p[0] == 0xF3 && p[1] == 0xB0 && p[2] >= 0x80 && p[2] <= 0x83;
}

static uint64_t count_four(struct bytes text) {
    uint64_t four = 0;
    for (size_t i = 0; i < text.len; i++) {
        four += text.ptr[i] >= 0xF0;
    }
    return four;
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
    return width_by_rule_on(block64_ops(ISA_SCALAR), rule, text);
}

uint64_t width_by_rule_on(const struct block64_ops *ops, enum width_rule rule, struct bytes text) {
    if (rule == WIDTH_SAME) {
        return text.len;
    }
    if (rule == WIDTH_NONE) {
        return 0;
    }
    struct block64_leads found = ops->leads(text.ptr, text.len);
    uint64_t markers = found.four ? count_invalid_markers(text) : 0; /* hardly ever any */
    if (rule == WIDTH_DOUBLE) {
        return 2 * found.begins - found.ascii - markers;
    }
    if (rule == WIDTH_SINGLE) {
        return found.begins;
    }
    uint64_t four = found.four ? count_four(text) : 0;
    return 2 * (found.begins + four) - 3 * markers;
}
