#include "decode/aligned/fixed_heading.h"

#include "decode/delimited/dialect.h"

enum { LINES_ASKED = 12 }; /* titles may stand before the names */

struct bytes fixed_next_field(const struct fixed_layout *layout, struct bytes line, size_t i,
                              size_t *at, size_t *column) {
    size_t begin = *at;
    while (*at < line.len && *column < layout->starts[i + 1]) {
        size_t length;
        *column += fixed_character(layout->measure, line.ptr + *at, line.len - *at, &length);
        *at += length;
    }
    return bytes_of(line.ptr + begin, *at - begin);
}

/* A name ends before the next field begins: blanks stand between them. */
static bool cut_names(const struct fixed_layout *layout, struct bytes line, struct bytes *names) {
    size_t at = 0, column = 0, named = 0;
    for (size_t i = 0; i < layout->count; i++) {
        struct bytes raw = fixed_next_field(layout, line, i, &at, &column);
        bool last = at == line.len;
        names[i] = bytes_trim_wide(raw);
        named += names[i].len > 0;
        if (!last && raw.len > 0 && raw.ptr[raw.len - 1] != ' ' &&
            !bytes_ends_with(raw, BYTES_LIT("\xE3\x80\x80"))) {
            return false;
        }
    }
    return at == line.len && 4 * named >= 3 * layout->count;
}

static bool are_names(const struct bytes *names, size_t count) {
    struct bytes filled[FIXED_MAX_FIELDS];
    size_t named = 0;
    for (size_t i = 0; i < count; i++) {
        if (names[i].len > 0) {
            filled[named++] = names[i];
        }
    }
    return named > 1 && delimited_judge_names(filled, named) == HEADER_IS_ONE;
}

/* Records in which all names are of three characters are as constant in bytes as they are on a
 * terminal; the line above them is not. LAYOUT by columns of a terminal, as the first record has
 * them. */
static bool on_terminal(struct bytes rest, const struct fixed_layout *layout,
                        struct fixed_layout *out) {
    struct bytes line;
    while (layout->measure == WIDTH_SAME && fixed_next_line(&rest, false, &line)) {
        if (fixed_width(layout->measure, line) != layout->width) {
            continue;
        }
        size_t at = 0, column = 0;
        *out = (struct fixed_layout){.measure = WIDTH_DOUBLE, .count = layout->count};
        for (size_t i = 0; i < layout->count; i++) {
            struct bytes field = fixed_next_field(layout, line, i, &at, &column);
            out->starts[i + 1] = (uint16_t)(out->starts[i] + fixed_width(WIDTH_DOUBLE, field));
        }
        out->width = out->starts[layout->count];
        return true;
    }
    return false;
}

static bool find_names(struct bytes rest, const struct fixed_layout *layout, struct bytes *line,
                       struct bytes *names) {
    for (size_t i = 0; i < LINES_ASKED && fixed_next_line(&rest, false, line); i++) {
        if (cut_names(layout, *line, names) && are_names(names, layout->count)) {
            return true;
        }
    }
    return false;
}

bool fixed_heading_find(const struct decode_head *head, const struct fixed_layout *layout,
                        struct bytes *line, struct bytes *names) {
    struct fixed_layout terminal;
    struct bytes text = head->head;
    if (bytes_starts_with(text, BYTES_LIT("\xEF\xBB\xBF"))) {
        text = bytes_from(text, 3);
    }
    return find_names(text, layout, line, names) ||
           (on_terminal(text, layout, &terminal) && find_names(text, &terminal, line, names));
}
