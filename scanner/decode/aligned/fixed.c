/* Records of constant length. Lines of another length (headers, trailers, page titles) are running
 * text; they count as rows all the same. Fields touch each other, and a number that begins where
 * another one ends would be read as one: so records are given out as a copy with a tab between the
 * fields, and a map of widths that knows the tabs. */
#include <stdio.h>
#include <stdlib.h>

#include "core/width_map.h"
#include "decode/aligned/fixed_heading.h"
#include "decode/decoder.h"
#include "decode/window.h"

enum {
    MOST_CELLS = 16 * 1024, /* in a segment */
    MOST_ROWS = 8 * 1024,
    TEXT_BYTES = 256,       /* longer cells are running text */
    LINE_BYTES = 64 * 1024, /* longer lines are no records */
    TEXT_ROOM = 512 * 1024,
    NAME_BYTES = 32,
    HEADING_BYTES = 2048, /* longer ones are no names */
    FIXED_BITS = 4,
};

struct fixed {
    struct window window;
    struct fixed_layout layout;
    struct decode_report *report;
    struct field_set *fields;
    uint32_t first_field;
    size_t heading_len; /* 0: no line names the fields */
    uint8_t heading[HEADING_BYTES];
    uint64_t offset, line; /* of window.bytes[window.begin] */
    uint64_t row;
    struct width_map *map; /* of the lines as they are given out */
    uint64_t skipped;      /* original bytes that left nothing since the last region */
    size_t len;            /* of text */
    bool failed;           /* memory ran out */
    size_t cell_count, row_count;
    struct cell cells[MOST_CELLS];
    struct row_mark rows[MOST_ROWS];
    uint8_t text[TEXT_ROOM + SEGMENT_PADDING];
};

static unsigned bid(const struct decode_head *head) {
    struct fixed_layout layout;
    return fixed_layout_find(head, &layout) ? FIXED_BITS : 0;
}

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for reading fixed-width records");
}

/* As a line above the records says; else "@12+10": the first byte, from 1, and the width. */
static int name_fields(struct fixed *f, const struct decode_head *head, struct error *err) {
    struct column_name names[FIXED_MAX_FIELDS];
    struct bytes said[FIXED_MAX_FIELDS], line;
    char text[FIXED_MAX_FIELDS][NAME_BYTES];
    bool named = fixed_heading_find(head, &f->layout, &line, said) && line.len <= HEADING_BYTES;
    if (named) {
        memcpy(f->heading, line.ptr, line.len);
        f->heading_len = line.len;
    }
    for (size_t i = 0; i < f->layout.count; i++) {
        unsigned start = f->layout.starts[i];
        int len =
            snprintf(text[i], NAME_BYTES, "@%u+%u", start + 1, f->layout.starts[i + 1] - start);
        names[i] = (struct column_name){
            .column = named && said[i].len > 0 ? said[i] : bytes_of(text[i], (size_t)len),
            .label = BYTES_LIT("")};
    }
    f->first_field =
        field_set_columns(f->fields, TABLE_NONE, names, f->layout.count, ATTRIBUTION_INFERRED);
    return f->first_field == UINT32_MAX ? out_of_memory(err) : 0;
}

static void fixed_close(void *state) {
    struct fixed *f = state;
    if (f != NULL) {
        window_release(&f->window);
        width_map_free(f->map);
        free(f);
    }
}

static int fixed_open(const struct decode_input *in, void **state, struct error *err) {
    struct fixed *f = calloc(1, sizeof *f);
    if (f == NULL) {
        return out_of_memory(err);
    }
    f->report = in->report;
    f->fields = in->fields;
    f->line = 1;
    if (!fixed_layout_find(&in->head, &f->layout)) {
        f->layout = (struct fixed_layout){.count = 0}; /* asked for by name: every line is text */
    }
    f->map = width_map_new();
    int status = f->map == NULL ? out_of_memory(err) : 0;
    status =
        status != 0 ? status : window_init(&f->window, in->source, in->ops, in->width_rule, err);
    if (status == 0 && f->layout.count > 0) {
        status = name_fields(f, &in->head, err);
    }
    if (status != 0) {
        fixed_close(f);
        return status;
    }
    f->window.err = &in->report->error;
    *state = f;
    return 0;
}

/* ---- cells ---- */

static void put_cell(struct fixed *f, size_t base, struct bytes raw, uint32_t field,
                     uint32_t flags) {
    struct bytes value = bytes_trim_wide(raw);
    size_t offset = base + (size_t)(value.ptr - raw.ptr);
    if (value.len == 0) {
        flags = CELL_NULL;
    } else if (value.len > TEXT_BYTES) {
        flags |= CELL_TEXT;
    }
    f->cells[f->cell_count++] = (struct cell){
        .offset = (uint32_t)offset, .length = (uint32_t)value.len, .field = field, .flags = flags};
}

static void add_region(struct fixed *f, enum width_rule rule, uint64_t skipped) {
    f->failed = !width_map_add(f->map, f->len, rule, skipped) || f->failed;
}

/* How the characters of RAW count; all of one line are alike. */
static enum width_rule rule_of(const struct fixed *f, struct bytes raw, uint64_t width) {
    const struct widths *widths = &f->window.width_rule;
    if (widths->map == NULL) {
        return widths->rule;
    }
    return width == raw.len ? WIDTH_SAME : WIDTH_DOUBLE;
}

/* RAW of the window as a cell, and a byte behind it that the data does not have. Returns its
 * original width. */
static uint64_t copy_field(struct fixed *f, struct bytes raw, uint32_t field, uint32_t flags,
                           uint8_t end) {
    uint64_t width = width_before(f->window.width_rule, raw);
    enum width_rule rule = rule_of(f, raw, width);
    add_region(f, rule, f->skipped);
    f->skipped = width - width_by_rule(rule, raw);
    memcpy(f->text + f->len, raw.ptr, raw.len);
    put_cell(f, f->len, bytes_of(f->text + f->len, raw.len), field, flags);
    f->len += raw.len;
    add_region(f, WIDTH_NONE, 0);
    f->text[f->len++] = end;
    return width;
}

/* LINE cut where the fields begin. */
static uint64_t copy_record(struct fixed *f, struct bytes line) {
    const struct fixed_layout *layout = &f->layout;
    size_t at = 0, column = 0;
    uint64_t width = 0;
    for (size_t i = 0; i < layout->count; i++) {
        width += copy_field(f, fixed_next_field(layout, line, i, &at, &column),
                            f->first_field + (uint32_t)i, 0, i + 1 < layout->count ? '\t' : '\n');
    }
    return width;
}

/* WHOLE with its line end. */
static void copy_line(struct fixed *f, struct bytes line, struct bytes whole) {
    f->rows[f->row_count++] =
        (struct row_mark){.first_cell = (uint32_t)f->cell_count, .row = ++f->row};
    bool is_heading = f->heading_len > 0 && bytes_equal(line, bytes_of(f->heading, f->heading_len));
    bool is_record = f->layout.count > 0 && !is_heading &&
                     fixed_width(f->layout.measure, line) == f->layout.width;
    uint64_t width =
        is_record ? copy_record(f, line) : copy_field(f, line, FIELD_FREE_TEXT, CELL_TEXT, '\n');
    f->skipped += width_before(f->window.width_rule, whole) - width;
}

/* Whole lines of TEXT, none of them too long; returns how far they reach. */
static size_t copy_lines(struct fixed *f, struct bytes text, bool at_end) {
    size_t at = 0;
    f->cell_count = f->row_count = f->len = 0;
    f->skipped = 0;
    width_map_clear(f->map);
    if (f->row == 0 && bytes_starts_with(text, BYTES_LIT("\xEF\xBB\xBF"))) {
        f->skipped = width_before(f->window.width_rule, bytes_first(text, 3));
        at = 3;
    }
    while (at < text.len && f->cell_count + FIXED_MAX_FIELDS < MOST_CELLS &&
           f->row_count < MOST_ROWS && f->len + LINE_BYTES + FIXED_MAX_FIELDS + 1 < TEXT_ROOM) {
        const uint8_t *newline = memchr(text.ptr + at, '\n', text.len - at);
        size_t end = newline == NULL ? text.len : (size_t)(newline - text.ptr);
        if ((newline == NULL && !at_end) || end - at > LINE_BYTES) {
            break;
        }
        struct bytes whole = bytes_of(text.ptr + at, end - at + (newline != NULL));
        copy_line(f, fixed_line(bytes_first(whole, end - at)), whole);
        at += whole.len;
    }
    return at;
}

/* ---- segments ---- */

/* LEN bytes of the window are over; how they are given out is in *out but for their place. */
static void give_segment(struct fixed *f, size_t len, struct segment *out) {
    struct window *w = &f->window;
    struct bytes text = bytes_of(w->bytes + w->begin, len);
    out->end = out->len;
    out->offset = f->offset;
    out->line = f->line;
    out->cells = f->cells;
    out->cell_count = f->cell_count;
    out->rows = f->rows;
    out->row_count = f->row_count;
    out->gap_field = FIELD_FREE_TEXT;
    f->offset += width_before(w->width_rule, text);
    f->line += w->ops->count(text.ptr, len, '\n');
    field_set_table_at(f->fields, TABLE_NONE)->rows = f->row;
    window_consume(w, w->begin + len);
}

static void give_lines(struct fixed *f, size_t used, struct segment *out) {
    add_region(f, WIDTH_NONE, f->skipped);
    memset(f->text + f->len, 0, SEGMENT_PADDING);
    *out = (struct segment){
        .bytes = f->text, .len = f->len, .width_rule = {.map = f->map, .anchor = f->text}};
    give_segment(f, used, out);
}

/* A line too long to be a record, or a piece of one: text where it stands. */
static void give_piece(struct fixed *f, struct bytes text, bool at_end, struct segment *out) {
    const uint8_t *newline = memchr(text.ptr, '\n', text.len);
    size_t end = newline == NULL ? text.len : (size_t)(newline - text.ptr) + 1;
    for (size_t back = 0; newline == NULL && !at_end && back < 3 && end > 1; back++) {
        if (text.ptr[end - 1] < 0x80) {
            break;
        }
        end--; /* not inside a character */
        if (text.ptr[end] >= 0xC0) {
            break;
        }
    }
    f->cell_count = f->row_count = 0;
    put_cell(f, 0, bytes_first(text, end), FIELD_FREE_TEXT, CELL_TEXT | CELL_PARTIAL);
    *out = (struct segment){.bytes = text.ptr, .len = end, .width_rule = f->window.width_rule};
    give_segment(f, end, out);
}

static int fixed_next(void *state, struct segment *out, struct error *err) {
    struct fixed *f = state;
    struct window *w = &f->window;
    for (;;) {
        struct bytes text = bytes_of(w->bytes + w->begin, w->end - w->begin);
        size_t used = copy_lines(f, text, w->at_end);
        if (f->failed) {
            return out_of_memory(err);
        }
        if (used > 0) {
            give_lines(f, used, out);
            return 1;
        }
        if (w->at_end && text.len == 0) {
            f->report->rows = f->row;
            f->report->status = w->status;
            return 0;
        }
        if (w->at_end || text.len / 2 > LINE_BYTES || !window_fill(w, NULL)) {
            give_piece(f, text, w->at_end, out);
            return 1;
        }
    }
}

const struct decoder decoder_fixed = {
    .name = "fixed",
    .summary = "records of constant length, fields by column",
    .traits = 0,
    .bid = bid,
    .most = FIXED_BITS,
    .open = fixed_open,
    .next = fixed_next,
    .close = fixed_close,
};
