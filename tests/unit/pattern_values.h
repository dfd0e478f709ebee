/* pattern_values.h - texts as values of kinds. */
#ifndef YINMA_TESTS_PATTERN_VALUES_H
#define YINMA_TESTS_PATTERN_VALUES_H

#include "core/utf8.h"
#include "patterns/pattern.h"

static inline bool is_ascii(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Half width, as collectors do it. BUFFER is as long as TEXT. */
static inline struct value value_of(const char *text, uint8_t *buffer, bool named) {
    struct bytes folded = bytes_of(buffer, utf8_fold_width(bytes_of_string(text), buffer));
    return (struct value){.text = folded, .ascii = is_ascii(folded), .named = named};
}

static inline enum read_result read_text(const struct pattern *pattern, const char *text,
                                         bool named, struct reading *out) {
    static uint8_t buffer[4096];
    struct value value = value_of(text, buffer, named);
    return pattern->read(&value, &pattern->policy, out);
}

static inline bool luhn_by_hand(const char *text, size_t len) {
    unsigned sum = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(text[len - 1 - i] - '0');
        unsigned add = i % 2 == 1 ? digit * 2 : digit;
        sum += add / 10 + add % 10;
    }
    return sum % 10 == 0;
}

#endif
