#include "reports/terminal.h"

#include <inttypes.h>

#include "core/utf8.h"

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */
static const char ellipsis[] = "\xE2\x80\xA6";    /* U+2026, one column */

void terminal_style(const struct terminal *terminal, enum style style) {
    static const char *const codes[] = {
        [STYLE_PLAIN] = "\033[0m",    [STYLE_BOLD] = "\033[1m", [STYLE_DIM] = "\033[2m",
        [STYLE_ALARM] = "\033[1;31m", [STYLE_RED] = "\033[31m", [STYLE_MAGENTA] = "\033[35m",
        [STYLE_CYAN] = "\033[36m",
    };
    if (terminal->color) {
        report_puts(terminal->sink, codes[style]);
    }
}

void terminal_cell(const struct terminal *terminal, struct bytes text, size_t width,
                   enum side side) {
    size_t used = utf8_width(text);
    size_t blanks = used < width ? width - used : 0;
    if (side == SIDE_LEFT) {
        report_put(terminal->sink, text);
    }
    for (; blanks > 0; blanks--) {
        report_putc(terminal->sink, ' ');
    }
    if (side == SIDE_RIGHT) {
        report_put(terminal->sink, text);
    }
}

/* Controls (C0, DEL, C1) and the marks that turn the writing direction around. */
static bool acts_on_terminals(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

void terminal_safe(struct text_buffer *out, struct bytes text) {
    size_t plain = 0, at = 0;
    while (at < text.len) {
        uint32_t code;
        size_t used = utf8_decode(text.ptr + at, text.len - at, &code);
        if (code == UINT32_MAX || acts_on_terminals(code)) {
            text_buffer_put(out, bytes_of(text.ptr + plain, at - plain));
            text_buffer_puts(out, replacement);
            plain = at + used;
        }
        at += used;
    }
    if (at > plain) {
        text_buffer_put(out, bytes_of(text.ptr + plain, at - plain));
    }
}

/* Length in bytes of the longest beginning of TEXT that takes at most WIDTH columns. */
static size_t beginning(struct bytes text, size_t width) {
    size_t at = 0, taken = 0;
    while (at < text.len) {
        uint32_t code;
        size_t used = utf8_decode(text.ptr + at, text.len - at, &code);
        size_t columns = utf8_width(bytes_of(text.ptr + at, used));
        if (taken + columns > width) {
            break;
        }
        taken += columns;
        at += used;
    }
    return at;
}

void terminal_fit(struct text_buffer *out, size_t from, size_t width) {
    struct bytes text = bytes_from(text_buffer_view(out), from);
    size_t have = utf8_width(text);
    if (out->failed || have <= width || width < 3) {
        return;
    }
    size_t head = beginning(text, (width - 1) / 2);
    size_t tail = text.len; /* where the kept end begins */
    size_t room = width - 1 - utf8_width(bytes_first(text, head));
    while (tail > head) {
        size_t start = tail - 1;
        while (start > head && (text.ptr[start] & 0xC0) == 0x80) {
            start--;
        }
        size_t columns = utf8_width(bytes_of(text.ptr + start, tail - start));
        if (columns > room) {
            break;
        }
        room -= columns;
        tail = start;
    }
    struct text_buffer kept;
    text_buffer_init(&kept, 0);
    text_buffer_put(&kept, bytes_first(text, head));
    text_buffer_puts(&kept, ellipsis);
    text_buffer_put(&kept, bytes_from(text, tail));
    if (!kept.failed) {
        out->len = from; /* only shorter: stays within what was reserved */
        text_buffer_put(out, text_buffer_view(&kept));
    }
    text_buffer_release(&kept);
}

void terminal_fit_before(struct text_buffer *out, size_t keep, size_t width) {
    enum { LEAST = 5 }; /* of what stands before: "ab…yz" */
    struct text_buffer kept;
    size_t tail = utf8_width(bytes_from(text_buffer_view(out), keep));
    if (keep == 0 || tail + LEAST > width) {
        terminal_fit(out, 0, width);
        return;
    }
    if (utf8_width(text_buffer_view(out)) <= width) {
        return;
    }
    text_buffer_init(&kept, 0);
    text_buffer_put(&kept, bytes_first(text_buffer_view(out), keep));
    terminal_fit(&kept, 0, width - tail);
    text_buffer_put(&kept, bytes_from(text_buffer_view(out), keep));
    if (!kept.failed) {
        text_buffer_clear(out);
        text_buffer_put(out, text_buffer_view(&kept));
    }
    text_buffer_release(&kept);
}

void terminal_cut(struct text_buffer *out, size_t width) {
    struct bytes text = text_buffer_view(out);
    if (!out->failed && utf8_width(text) > width && width > 0) {
        out->len = beginning(text, width - 1);
        text_buffer_puts(out, ellipsis);
    }
}

void terminal_number(struct text_buffer *out, uint64_t number) {
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, number);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            text_buffer_putc(out, ',');
        }
        text_buffer_putc(out, digits[i]);
    }
}

void terminal_bytes(struct text_buffer *out, uint64_t bytes) {
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    uint64_t scale = 1;
    unsigned unit = 0;
    while (unit + 1 < sizeof units / sizeof *units && bytes / scale >= 1000) {
        scale *= 1000;
        unit++;
    }
    if (unit == 0) {
        text_buffer_printf(out, "%" PRIu64 " B", bytes);
    } else {
        text_buffer_printf(out, "%" PRIu64 ".%" PRIu64 " %s", bytes / scale,
                           bytes % scale / (scale / 10), units[unit]);
    }
}
