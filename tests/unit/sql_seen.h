/* sql_seen.h - what a decoder of SQL said, as text. */
#ifndef YINMA_TESTS_SQL_SEEN_H
#define YINMA_TESTS_SQL_SEEN_H

#include "decode/sql/decoder.h"
#include "tests/unit/check.h"

struct memory_source {
    struct byte_source base;
    struct bytes data;
    size_t at, block;
};

static inline int64_t memory_read(struct byte_source *self, void *buffer, size_t capacity,
                                  struct error *err) {
    struct memory_source *m = (struct memory_source *)self;
    size_t len = m->data.len - m->at;
    (void)err;
    len = len < capacity ? len : capacity;
    len = m->block != 0 && len > m->block ? m->block : len;
    memcpy(buffer, m->data.ptr + m->at, len);
    m->at += len;
    return (int64_t)len;
}

static inline void memory_close(struct byte_source *self) {
    (void)self;
}

static const struct byte_source_ops memory_ops = {.read = memory_read, .close = memory_close};

struct run {
    struct sql_options options;
    enum isa isa;
    size_t block;
};

struct seen {
    struct text_buffer cells;  /* one line a value: table.column [row] flags: text */
    uint8_t *covered;          /* for each byte: 1 running text, 2 a value */
    struct text_buffer tables; /* one line a table: name rows: columns */
    struct decode_report report;
    size_t largest; /* segment */
    unsigned pieces;
    uint64_t piece_bytes;
    bool sound; /* segments without gaps, cells sorted and inside */
};

static inline void release(struct seen *seen) {
    text_buffer_release(&seen->cells);
    text_buffer_release(&seen->tables);
    free(seen->covered);
}

static inline void put_name(struct text_buffer *out, const struct field_set *fields,
                            uint32_t number) {
    const struct field *field = field_set_field(fields, number);
    const struct table *table = field_set_table_view(fields, field->table);
    text_buffer_put(out, table->name);
    text_buffer_putc(out, '.');
    text_buffer_put(out, field->column);
    if (field->label.len != 0) {
        text_buffer_puts(out, "<");
        text_buffer_put(out, field->label);
        text_buffer_puts(out, ">");
    }
}

static inline void put_flags(struct text_buffer *out, unsigned flags) {
    static const char letters[] = "TEHNPD"; /* text escaped hex null partial number */
    for (unsigned i = 0; letters[i] != '\0'; i++) {
        if ((flags >> i & 1) != 0) {
            text_buffer_putc(out, letters[i]);
        }
    }
}

static inline void put_value(struct seen *seen, const struct segment *s, const struct cell *cell,
                             const struct field_set *fields, uint64_t row) {
    struct bytes value = bytes_of(s->bytes + cell->offset, cell->length);
    uint8_t *plain = malloc(value.len + 1);
    put_name(&seen->cells, fields, cell->field);
    text_buffer_printf(&seen->cells, " [%llu] ", (unsigned long long)row);
    put_flags(&seen->cells, cell->flags);
    text_buffer_puts(&seen->cells, ": ");
    if ((cell->flags & CELL_ESCAPED) != 0 && plain != NULL) {
        value = bytes_of(plain, s->unescape(value, plain, s->dialect));
    }
    text_buffer_put(&seen->cells, value);
    text_buffer_putc(&seen->cells, '\n');
    free(plain);
}

static inline void look_at(struct seen *seen, const struct segment *s,
                           const struct field_set *fields) {
    size_t mark = 0, before = s->begin;
    uint64_t row = 0;
    for (size_t i = 0; i < s->cell_count; i++) {
        const struct cell *cell = &s->cells[i];
        while (mark < s->row_count && s->rows[mark].first_cell <= i) {
            row = s->rows[mark++].row;
        }
        size_t end = (size_t)cell->offset + cell->length;
        seen->sound &= cell->offset >= before && end <= s->end;
        before = end;
        bool text = cell->field == FIELD_FREE_TEXT;
        memset(seen->covered + s->offset + cell->offset, text ? 1 : 2, cell->length);
        if ((cell->flags & CELL_PARTIAL) != 0) {
            seen->pieces++;
            seen->piece_bytes += cell->length;
        } else if (!text) {
            put_value(seen, s, cell, fields, row);
        }
    }
    seen->largest = s->end - s->begin > seen->largest ? s->end - s->begin : seen->largest;
}

static inline void put_tables(struct seen *seen, struct field_set *fields) {
    for (uint32_t i = 1; i < field_set_table_count(fields); i++) {
        const struct table *table = field_set_table_view(fields, i);
        text_buffer_put(&seen->tables, table->name);
        text_buffer_printf(&seen->tables, " %llu:", (unsigned long long)table->rows);
        for (uint32_t f = 0; f < table->field_count; f++) {
            const struct field *field = field_set_field(fields, table->first_field + f);
            text_buffer_putc(&seen->tables, ' ');
            text_buffer_put(&seen->tables, field->column);
            text_buffer_putc(&seen->tables, "-~="[field->attribution]);
        }
        text_buffer_putc(&seen->tables, '\n');
    }
}

static inline struct seen decode(struct bytes data, const struct run *run) {
    struct seen seen = {.sound = true};
    struct field_set *fields = field_set_new();
    struct error err;
    struct memory_source source = {
        .base = {&memory_ops, data.len}, .data = data, .block = run->block};
    struct decode_input in = {.source = &source.base,
                              .head = {.head = bytes_first(data, 65536)},
                              .fields = fields,
                              .ops = block64_ops(run->isa),
                              .report = &seen.report};
    void *state = NULL;
    uint64_t next = 0;
    struct segment s;
    text_buffer_init(&seen.cells, 0);
    text_buffer_init(&seen.tables, 0);
    seen.covered = calloc(1, data.len + 1);
    CHECK_INT(sql_open(&in, &run->options, &state, &err), 0);
    while (sql_next(state, &s, &err) > 0) {
        seen.sound &= s.offset + s.begin == next && s.end > s.begin && s.end <= s.len;
        next = s.offset + s.end;
        look_at(&seen, &s, fields);
    }
    seen.sound &= next == data.len;
    put_tables(&seen, fields);
    sql_close(state);
    field_set_free(fields);
    return seen;
}

static inline struct run usual(struct sql_dialect dialect) {
    return (struct run){.options = {.dialect = dialect}, .isa = isa_best()};
}

#endif
