#include "decode/aligned/listing_columns.h"

#include "core/utf8.h"
#include "decode/aligned/drawn_lines.h"

enum { LEAST_DASHES = 3, MOST_BETWEEN = 3 };

/* ---- dashes ---- */

static bool may_part(uint8_t c) {
    return c == ' ' || c == '|' || c == '+' || c == ';' || c == ',' || c == '~' || c == '^' ||
           c == '\t';
}

/* "├────┼────┤", "────┼────": joints part the columns. */
static bool drawn_dashes(struct bytes line, struct listing_columns *out) {
    size_t joints = 0, at = 0;
    bool after_dash = false;
    line = bytes_trim(line);
    if (!drawn_at(line, 0) || !(drawn_dash_at(line, 0) || drawn_left_joint_at(line, 0))) {
        return false; /* the top or the bottom of a frame */
    }
    for (; at < line.len; at += DRAWN_BYTES) {
        const bool inside = after_dash && at + DRAWN_BYTES < line.len;
        if (!drawn_at(line, at) || drawn_bar_at(line, at)) {
            return false;
        }
        after_dash = drawn_dash_at(line, at);
        joints += inside && !after_dash;
    }
    out->count = joints + 1;
    out->drawn = true;
    return at / DRAWN_BYTES >= LEAST_DASHES && joints < LISTING_COLUMNS_MAX;
}

/* "+----+----+", "+====+====+". */
static bool frame_dashes(struct bytes line, struct listing_columns *out) {
    size_t from = 1, dashes = 0;
    line = bytes_trim(line);
    for (size_t at = 1; at < line.len; at++) {
        const uint8_t c = line.ptr[at];
        if (c == '-' || c == '=') {
            dashes++;
        } else if (c != '+' || at == from || out->count == LISTING_COLUMNS_MAX) {
            return false;
        } else {
            out->start[out->count] = (uint32_t)from;
            out->end[out->count++] = (uint32_t)at;
            from = at + 1;
        }
    }
    out->framed = true;
    out->mark = '|';
    return dashes >= LEAST_DASHES && from == line.len && out->count > 0;
}

bool listing_dashes(struct bytes line, enum listing_runs runs, struct listing_columns *out) {
    size_t at = 0, dashes = 0;
    out->count = 0;
    out->mark = 0;
    out->drawn = false;
    out->framed = false;
    if (line.len > 0 && line.ptr[0] == '+') {
        return frame_dashes(line, out);
    }
    if (line.len > 0 && line.ptr[0] == 0xE2) {
        return drawn_dashes(line, out) && (out->count > 1 || runs == LISTING_ALONE);
    }
    while (line.len > 0 && (line.ptr[line.len - 1] == ' ' || line.ptr[line.len - 1] == '\r')) {
        line.len--;
    }
    if (line.len == 0 || line.ptr[0] != '-') {
        return false;
    }
    while (at < line.len) {
        size_t start = at;
        while (at < line.len && line.ptr[at] == '-') {
            at++;
        }
        if (at == start || out->count == LISTING_COLUMNS_MAX) {
            return false;
        }
        dashes += at - start;
        out->start[out->count] = (uint32_t)start;
        out->end[out->count++] = (uint32_t)at;
        size_t between = at;
        while (at < line.len && may_part(line.ptr[at])) {
            const uint8_t c = line.ptr[at++];
            out->mark = c == ' ' ? out->mark : c == '+' ? '|' : c;
        }
        if (at - between > MOST_BETWEEN) {
            return false;
        }
    }
    return dashes >= LEAST_DASHES && (out->count > 1 || runs == LISTING_ALONE);
}

/* ---- rows ---- */

/* How wide programs take a character that is no ASCII to be: two columns; what it takes on a
 * terminal, where marks like U+25CB take one; its bytes; one. */
enum measure { MEASURE_WIDE, MEASURE_TERMINAL, MEASURE_BYTES, MEASURE_ONE, MEASURES };

static size_t width_of(enum measure measure, struct bytes character) {
    switch (measure) {
    case MEASURE_WIDE:
        return 2;
    case MEASURE_TERMINAL:
        return utf8_width(character);
    case MEASURE_BYTES:
        return character.len;
    default:
        return 1;
    }
}

static bool cut_by(struct bytes line, const struct listing_columns *columns, enum measure measure,
                   struct bytes *cells) {
    size_t at = 0, place = 0;
    bool clear = true;
    for (size_t i = 0; i < columns->count; i++) {
        const bool last = i + 1 == columns->count;
        for (bool inside = false;; inside = true) {
            const size_t wanted = inside ? columns->end[i] : columns->start[i], from = at;
            while (at < line.len && (place < wanted || (inside && last))) {
                uint32_t code;
                const size_t bytes =
                    line.ptr[at] < 0x80 ? 1 : utf8_decode(line.ptr + at, line.len - at, &code);
                clear = clear && (inside || (bytes == 1 && may_part(line.ptr[at])));
                place += bytes == 1 ? 1 : width_of(measure, bytes_of(line.ptr + at, bytes));
                at += bytes;
            }
            const struct bytes passed = bytes_of(line.ptr + from, at - from);
            const bool parted = columns->mark == 0 || passed.len == 0 ||
                                memchr(passed.ptr, columns->mark, passed.len) != NULL;
            clear = clear && (inside || parted);
            if (inside) {
                cells[i] = bytes_trim_wide(passed);
                break;
            }
        }
    }
    return clear;
}

static bool is_ascii(struct bytes line) {
    size_t at = 0;
    while (at < line.len && line.ptr[at] < 0x80) {
        at++;
    }
    return at == line.len;
}

/* LINE in drawn bars, with one before and one behind it or not. */
static bool cut_at_drawn_bars(struct bytes line, size_t columns, struct bytes *cells) {
    size_t count = 0, from = 0;
    line = bytes_trim(line);
    for (size_t at = 0; at <= line.len; at++) {
        const bool end = at == line.len, bar = !end && drawn_at(line, at) && drawn_bar_at(line, at);
        if (!bar && !end) {
            continue;
        }
        if (at > 0 && !(end && from == line.len)) { /* a frame is no column */
            if (count == columns) {
                return false;
            }
            cells[count++] = bytes_trim_wide(bytes_of(line.ptr + from, at - from));
        }
        from = end ? at : at + DRAWN_BYTES;
    }
    return count == columns;
}

/* "| a | b |" without what is left over behind its last bar. */
static bool cut_at_bars(struct bytes line, size_t columns, struct bytes *cells) {
    size_t count = 0, from = 1;
    for (size_t at = 1; at < line.len; at++) {
        if (line.ptr[at] != '|') {
            continue;
        }
        if (count == columns) {
            return false;
        }
        cells[count++] = bytes_trim_wide(bytes_of(line.ptr + from, at - from));
        from = at + 1;
    }
    return count == columns;
}

/* A row in a frame: a bar may stand in a value, too, so places are asked first. */
static bool cut_framed(struct bytes line, const struct listing_columns *columns,
                       struct bytes *cells) {
    line = bytes_trim(line);
    if (line.len < 2 || line.ptr[0] != '|' || line.ptr[line.len - 1] != '|') {
        return false;
    }
    const struct bytes inside = bytes_first(line, line.len - 1);
    for (enum measure measure = MEASURE_WIDE; measure < MEASURES; measure++) {
        if (cut_by(inside, columns, measure, cells)) {
            return true;
        }
    }
    return cut_at_bars(line, columns->count, cells);
}

bool listing_cut(struct bytes line, const struct listing_columns *columns, struct bytes *cells) {
    if (columns->drawn) {
        return cut_at_drawn_bars(line, columns->count, cells);
    }
    if (columns->framed) {
        return cut_framed(line, columns, cells);
    }
    const enum measure most = is_ascii(line) ? MEASURE_TERMINAL : MEASURES;
    for (enum measure measure = MEASURE_WIDE; measure < most; measure++) {
        if (cut_by(line, columns, measure, cells)) {
            return true;
        }
    }
    return false;
}
