/* decoded.h - what a decoder said, a line a cell, from sources that give so many bytes at a time.
 */
#ifndef YINMA_TESTS_DECODED_H
#define YINMA_TESTS_DECODED_H

#include "decode/delimited/sniff.h"
#include "tests/unit/stepped.h"

struct decoded {
    char *text; /* row|column|attribution-free value, one a line */
    size_t len, capacity;
    struct decode_report report;
    struct field_set *fields;
    size_t segments;
};

static inline void decoded_put(struct decoded *out, struct bytes b) {
    if (out->len + b.len + 1 > out->capacity) {
        out->capacity = (out->capacity + b.len + 1) * 2;
        out->text = realloc(out->text, out->capacity);
    }
    memcpy(out->text + out->len, b.ptr, b.len);
    out->len += b.len;
    out->text[out->len] = '\0';
}

static inline void decoded_puts(struct decoded *out, const char *s) {
    decoded_put(out, bytes_of_string(s));
}

static inline void put_cell(struct decoded *out, const struct segment *s, size_t index,
                            uint64_t row) {
    const struct cell *cell = &s->cells[index];
    char head[64], flags[16];
    struct bytes value = bytes_of(s->bytes + cell->offset, cell->length);
    uint8_t *plain = malloc(value.len + 1);
    snprintf(head, sizeof head, "%llu|", (unsigned long long)row);
    decoded_puts(out, head);
    decoded_put(out, field_set_field(out->fields, cell->field)->column);
    snprintf(flags, sizeof flags, "|%s%s%s%s|", cell->flags & CELL_TEXT ? "T" : "",
             cell->flags & CELL_NULL ? "0" : "", cell->flags & CELL_NUMBER ? "N" : "",
             cell->flags & CELL_PARTIAL ? "P" : "");
    decoded_puts(out, flags);
    if (cell->flags & CELL_ESCAPED) {
        value = bytes_of(plain, s->unescape(value, plain, s->dialect));
    }
    decoded_put(out, value);
    decoded_puts(out, "\n");
    free(plain);
}

/* The promises of segment.h. COVERED: bytes that earlier segments covered. */
static inline void check_segment(const struct segment *s, struct bytes data, uint64_t covered) {
    CHECK(s->begin < s->end && s->end <= s->len);
    CHECK_INT(s->offset + s->begin, covered);
    CHECK(s->offset + s->len <= data.len && memcmp(s->bytes, data.ptr + s->offset, s->len) == 0);
    uint64_t line = 1;
    for (uint64_t i = 0; i < s->offset; i++) {
        line += data.ptr[i] == '\n';
    }
    CHECK_INT(s->line, line);
    size_t at = s->begin;
    for (size_t i = 0; i < s->cell_count; i++) {
        CHECK(s->cells[i].offset >= at && s->cells[i].offset + s->cells[i].length <= s->len);
        CHECK(s->cells[i].offset < s->end || s->cells[i].length == 0);
        at = s->cells[i].offset + s->cells[i].length;
    }
    for (size_t i = 1; i < s->row_count; i++) {
        CHECK(s->rows[i].row > s->rows[i - 1].row &&
              s->rows[i].first_cell >= s->rows[i - 1].first_cell);
    }
}

/* What a decoder says about the cells of a segment is what they show. */
static inline void check_description(const struct segment *s) {
    struct segment seen = *s;
    seen.described = false;
    segment_describe(&seen);
    CHECK(!s->described || (s->columns == seen.columns && (seen.gaps & ~s->gaps) == 0 &&
                            (seen.cell_flags & ~s->cell_flags) == 0));
}

static inline struct decoded decode_step(const struct decoder *decoder, struct bytes data,
                                         size_t step, enum isa isa) {
    struct decoded out = {.fields = field_set_new()};
    struct stepped source = stepped_open(data, step);
    struct error err = {0};
    struct decode_input in = {.source = &source.base,
                              .head = {.head = bytes_first(data, 65536),
                                       .whole = data.len <= 65536,
                                       .name = BYTES_LIT("")},
                              .fields = out.fields,
                              .ops = block64_ops(isa),
                              .report = &out.report};
    void *state = NULL;
    uint64_t covered = 0;
    decoded_puts(&out, "");
    CHECK_INT(decoder->open(&in, &state, &err), 0);
    struct segment s;
    while (decoder->next(state, &s, &err) == 1) {
        if (out.segments < 4 || out.segments % 16 == 0) {
            check_segment(&s, data, covered);
        }
        check_description(&s);
        covered = s.offset + s.end;
        out.segments++;
        size_t mark = 0;
        for (size_t i = 0; i < s.cell_count; i++) {
            while (mark < s.row_count && s.rows[mark].first_cell <= i) {
                mark++;
            }
            put_cell(&out, &s, i, mark > 0 ? s.rows[mark - 1].row : 0);
        }
    }
    CHECK_INT(covered, data.len);
    decoder->close(state);
    return out;
}

static inline void decoded_free(struct decoded *out) {
    free(out->text);
    field_set_free(out->fields);
}

/* Decode with all step sizes and instruction sets; the caller frees the result. */
static inline struct decoded decode_all_ways(const struct decoder *decoder, struct bytes data) {
    struct decoded first = decode_step(decoder, data, SIZE_MAX, ISA_SCALAR);
    for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
        for (size_t i = 0; isa_available(isa) && i < STEPS; i++) {
            if (steps[i] < 7 && data.len > 100000) {
                continue;
            }
            struct decoded other = decode_step(decoder, data, steps[i], isa);
            CHECK(first.len == other.len && memcmp(first.text, other.text, first.len) == 0);
            CHECK_INT(first.report.rows, other.report.rows);
            CHECK_INT(first.report.status, other.report.status);
            CHECK_INT(first.segments, other.segments);
            decoded_free(&other);
        }
    }
    return first;
}

static inline const struct decoder *decoder_named(const char *name) {
    for (size_t i = 0; decoders[i] != NULL; i++) {
        if (strcmp(decoders[i]->name, name) == 0) {
            return decoders[i];
        }
    }
    return NULL;
}

static inline struct decoded check_cells(const char *format, struct bytes data,
                                         const char *expected) {
    struct decoded out = decode_all_ways(decoder_named(format), data);
    CHECK_STR(out.text, expected);
    return out;
}

static inline void expect_cells(const char *format, const char *data, const char *expected) {
    struct decoded out = check_cells(format, bytes_of_string(data), expected);
    decoded_free(&out);
}

static inline struct bytes repeat(const char *head, const char *row, size_t rows,
                                  const char *tail) {
    size_t len = strlen(head) + strlen(row) * rows + strlen(tail);
    char *all = malloc(len + 1), *at = all;
    at = stpcpy(at, head);
    for (size_t i = 0; i < rows; i++) {
        at = stpcpy(at, row);
    }
    stpcpy(at, tail);
    return bytes_of(all, len);
}

#endif
