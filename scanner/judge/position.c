#include "judge/position.h"

#include "core/hit.h"
#include "core/utf8.h"

/* Whose lines are no lines of the data. */
enum { WITHOUT_LINES = SEGMENT_BINARY | SEGMENT_AGAIN };

void position_start(struct position *p, const struct segment *segment,
                    const struct block64_ops *ops) {
    const struct segment *data = segment;
    while (data->outer != NULL) {
        data = data->outer;
    }
    *p = (struct position){
        .segment = segment, .data = data, .ops = ops, .line = data->line, .offset = data->offset};
}

/* Where the byte at OFFSET of the segment stands in the data's. */
static size_t place_in_data(const struct position *p, size_t offset) {
    for (const struct segment *s = p->segment; s->outer != NULL; s = s->outer) {
        offset = s->locate(s->locate_context, offset);
    }
    return offset;
}

static uint64_t row_of_cell(const struct segment *segment, uint32_t cell) {
    size_t low = 0, high = segment->row_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (segment->rows[middle].first_cell <= cell) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? 0 : segment_row(segment, low - 1);
}

void position_describe(struct position *p, size_t offset, uint32_t cell, struct example *out) {
    const struct segment *data = p->data;
    offset = place_in_data(p, offset);
    if (offset < p->at) {
        position_start(p, p->segment, p->ops);
    }
    p->line += p->ops->count(data->bytes + p->at, offset - p->at, '\n');
    p->offset += width_before(data->width_rule, bytes_of(data->bytes + p->at, offset - p->at));
    p->at = offset;
    bool known = (data->flags & SEGMENT_NO_OFFSETS) == 0;
    out->offset = known ? p->offset : UINT64_MAX;
    out->line = known && (data->flags & WITHOUT_LINES) == 0 ? p->line : 0;
    if ((data->flags & SEGMENT_FREE_TEXT) != 0) {
        out->row = out->line;
    } else {
        out->row = cell == HIT_NO_CELL ? 0 : row_of_cell(p->segment, cell);
    }
}

uint32_t position_column(struct position *p, size_t offset) {
    const struct segment *segment = p->data;
    offset = place_in_data(p, offset);
    if ((segment->flags & (SEGMENT_NO_OFFSETS | WITHOUT_LINES)) != 0) {
        return 0;
    }
    if (offset < p->seen) {
        p->seen = p->line_begin = 0;
        p->width = 0;
    }
    const uint8_t *newline = memrchr(segment->bytes + p->seen, '\n', offset - p->seen);
    if (newline != NULL) {
        p->seen = p->line_begin = (size_t)(newline - segment->bytes) + 1;
        p->width = 0;
    }
    p->width +=
        width_before(segment->width_rule, bytes_of(segment->bytes + p->seen, offset - p->seen));
    p->seen = offset;
    bool begins = segment->offset == 0 || (segment->flags & SEGMENT_AT_LINE) != 0;
    if (p->line_begin == 0 && !begins) {
        return 0;
    }
    uint64_t column = p->width + 1;
    return column > UINT32_MAX ? 0 : (uint32_t)column;
}

/* Nothing that may not be shown, and not too much of it: as nearly all values are. */
static bool is_showable(struct bytes shown) {
    bool control = shown.len >= SHOWN_MAX;
    for (size_t i = 0; i < shown.len; i++) {
        control |= shown.ptr[i] < 0x20 || shown.ptr[i] == 0x7F;
    }
    return !control && utf8_valid(shown, UTF8_WHOLE);
}

void position_copy_shown(struct bytes shown, char out[SHOWN_MAX]) {
    size_t len = 0, at = 0;
    if (is_showable(shown)) {
        memcpy(out, shown.ptr, shown.len);
        out[shown.len] = '\0';
        return;
    }
    while (at < shown.len) {
        uint32_t code;
        size_t used = utf8_decode(shown.ptr + at, shown.len - at, &code);
        if (len + used >= SHOWN_MAX) {
            break;
        }
        bool plain = code != UINT32_MAX && code >= 0x20 && code != 0x7F;
        if (plain) {
            memcpy(out + len, shown.ptr + at, used);
            len += used;
        } else {
            out[len++] = ' ';
        }
        at += used;
    }
    out[len] = '\0';
}
