#include "result/wire/format.h"

/* The number at AT, which has room for VARINT_MAX bytes; where the next thing goes. */
static inline char *write_varint(char *at, uint64_t value) {
    while (value >= 0x80) {
        *at++ = (char)(value | 0x80);
        value >>= 7;
    }
    *at++ = (char)value;
    return at;
}

static inline char *write_bytes(char *at, const void *from, size_t len) {
    if (from != NULL && len > 0) {
        memcpy(at, from, len);
    }
    return at + len;
}

/* AT has room for VARINT_MAX bytes more than TEXT has. */
static inline char *write_text(char *at, struct bytes text) {
    return write_bytes(write_varint(at, text.len), text.ptr, text.len);
}

enum {
    EXAMPLE_ROOM = 5 * VARINT_MAX + SHOWN_MAX + FINGERPRINT_TEXT,
    STATE_ROOM = 3 * VARINT_MAX + EXAMPLES_KEPT * EXAMPLE_ROOM,
};

/* Many numbers, most of them small, are written in one go. */
static void put_numbers(struct text_buffer *out, const uint64_t *numbers, unsigned count) {
    char *at = text_buffer_room(out, (size_t)count * VARINT_MAX);
    if (at != NULL) {
        for (unsigned i = 0; i < count; i++) {
            at = write_varint(at, numbers[i]);
        }
        text_buffer_end(out, at);
    }
}
#define PUT_NUMBERS(out, ...)                                                                      \
    put_numbers(out, (const uint64_t[]){__VA_ARGS__},                                              \
                sizeof((const uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t))

static void put_varint(struct text_buffer *out, uint64_t value) {
    put_numbers(out, &value, 1);
}

static void put_u64(struct text_buffer *out, uint64_t value) {
    uint8_t bytes[8];
    for (unsigned i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(value >> (8 * i));
    }
    text_buffer_put(out, bytes_of(bytes, sizeof bytes));
}

static void put_text(struct text_buffer *out, struct bytes text) {
    char *at = text_buffer_room(out, text.len + VARINT_MAX);
    if (at != NULL) {
        text_buffer_end(out, write_text(at, text));
    }
}

static void put_string(struct text_buffer *out, const char *text) {
    put_text(out, bytes_of_string(text));
}

/* UINT64_MAX (unknown) becomes 0, so that it takes one byte. */
static char *write_example(char *at, const struct example *example) {
    at = write_varint(at, example->row);
    at = write_varint(at, example->line);
    at = write_varint(at, example->offset + 1);
    at = write_text(at, bytes_of_string(example->shown));
    return write_text(at, bytes_of_string(example->fingerprint));
}

static void put_example(const struct example *example, struct text_buffer *out) {
    char *at = text_buffer_room(out, EXAMPLE_ROOM);
    if (at != NULL) {
        text_buffer_end(out, write_example(at, example));
    }
}

static void put_sketch(const struct sketch *s, struct text_buffer *out) {
    unsigned flags = (s->overflowed ? SKETCH_FLAG_REGISTERS : 0U) |
                     (s->failed ? SKETCH_FLAG_FAILED : 0U) |
                     (s->one_way ? SKETCH_FLAG_ONE_WAY : 0U) | (s->wide ? SKETCH_FLAG_WIDE : 0U) |
                     (s->counted ? SKETCH_FLAG_COUNTED : 0U);
    text_buffer_putc(out, (char)flags);
    if (s->overflowed) {
        text_buffer_put(out, bytes_of(s->registers, SKETCH_REGISTERS));
        return;
    }
    put_varint(out, s->count);
    if (s->counted) {
        return;
    }
    if (!s->wide) { /* processors have the byte order of the wire */
        text_buffer_put(out, bytes_of(s->hashes, s->count * sizeof *s->hashes));
        return;
    }
    for (unsigned i = 0; i < s->capacity; i++) {
        if (s->hashes[i] != 0) {
            put_u64(out, s->hashes[i]);
        }
    }
}

static void put_forms(const struct mask_forms *forms, struct text_buffer *out) {
    put_varint(out, forms->used);
    text_buffer_putc(out, (char)forms->dropped);
    for (uint32_t i = 0; i < forms->used; i++) {
        put_varint(out, forms->forms[i].count);
        put_string(out, forms->forms[i].text);
    }
}

/* Up to the last one that is not zero: most kinds have none. */
static char *write_groups(char *at, const uint64_t *groups) {
    unsigned used = groups == NULL ? 0 : COLUMN_GROUPS_MAX;
    while (used > 0 && groups[used - 1] == 0) {
        used--;
    }
    at = write_varint(at, used);
    for (unsigned i = 0; i < used; i++) {
        at = write_varint(at, groups[i]);
    }
    return at;
}

/* Days before 1970 are negative: the sign becomes the lowest bit. */
static void put_day(struct text_buffer *out, int32_t day) {
    put_varint(out, (uint32_t)day << 1 ^ (day < 0 ? UINT32_MAX : 0));
}

/* Nothing but a zero when no row had a date. */
static void put_dates(const struct date_facts *dates, struct text_buffer *out) {
    put_varint(out, dates == NULL ? 0 : dates->period_count);
    if (dates == NULL || dates->period_count == 0) {
        return;
    }
    put_day(out, dates->oldest);
    put_day(out, dates->newest);
    for (uint32_t i = 0; i < dates->period_count; i++) {
        const struct date_period *period = &dates->periods[i];
        put_day(out, period->first);
        put_numbers(out, &period->count[0][0], STATE_COUNT * 2);
    }
    put_varint(out, dates->column_count);
    for (uint32_t i = 0; i < dates->column_count; i++) {
        put_text(out, dates->columns[i].name);
        put_varint(out, dates->columns[i].rank);
        put_varint(out, dates->columns[i].values);
    }
}

static void put_values(const struct value_sample *sample, struct text_buffer *out) {
    put_varint(out, sample == NULL ? 0 : sample->limit);
    if (sample != NULL) {
        put_u64(out, sample->below);
        put_varint(out, sample->count);
        for (uint32_t i = 0; i < sample->count; i++) {
            put_u64(out, sample->hashes[i]);
        }
    }
}

static char *write_states(char *at, const struct kind_facts *kind) {
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        at = write_varint(at, kind->count[state]);
        at = write_varint(at, kind->unproven[state]);
        at = write_varint(at, kind->example_count[state]);
        for (unsigned i = 0; i < kind->example_count[state]; i++) {
            at = write_example(at, &kind->examples[state][i]);
        }
    }
    return at;
}

/* What is of one length or nearly, in one go: its number, states, counts and groups. */
static void put_counts(const struct kind_facts *kind, struct text_buffer *out) {
    const uint64_t counts[] = {kind->shaped,      kind->dummies,      kind->with_checksum,
                               kind->with_layout, kind->with_context, kind->embedded,
                               kind->evidence,    kind->residual_min};
    enum { COUNTS = sizeof counts / sizeof *counts };
    char *at = text_buffer_room(out, 1 + STATE_COUNT * STATE_ROOM +
                                         (COUNTS + 1 + COLUMN_GROUPS_MAX) * VARINT_MAX);
    if (at == NULL) {
        return;
    }
    *at++ = (char)kind->kind;
    at = write_states(at, kind);
    for (unsigned i = 0; i < COUNTS; i++) {
        at = write_varint(at, counts[i]);
    }
    text_buffer_end(out, write_groups(at, kind->groups));
}

static void put_kind(const struct kind_facts *kind, struct text_buffer *out) {
    put_counts(kind, out);
    put_sketch(&kind->distinct, out);
    put_forms(&kind->forms, out);
    put_values(kind->sample, out);
    put_dates(kind->dates, out);
}

static void put_pair(const struct mask_pair *pair, struct text_buffer *out) {
    put_text(out, pair->column);
    text_buffer_putc(out, (char)pair->kind);
    PUT_NUMBERS(out, pair->shown, pair->narrowed, pair->against, pair->residual_min);
}

static void put_field(const struct field_facts *field, struct text_buffer *out) {
    const uint64_t counts[] = {field->storage,   field->cells,        field->empty,
                               field->digests,   field->digests_only, field->digests_proven,
                               field->kind_count};
    enum { COUNTS = sizeof counts / sizeof *counts };
    char *at = text_buffer_room(out, field->table.len + field->column.len + field->label.len + 2 +
                                         (size_t)(COUNTS + 6) * VARINT_MAX);
    if (at != NULL) {
        at = write_text(write_text(write_text(at, field->table), field->column), field->label);
        at = write_varint(write_varint(at, field->ordinal), field->number);
        at = write_varint(at, field->attribution);
        *at++ = (char)field->end_column;
        *at++ = (char)field->idle;
        for (unsigned i = 0; i < COUNTS; i++) {
            at = write_varint(at, counts[i]);
        }
        text_buffer_end(out, at);
    }
    for (uint32_t i = 0; i < field->kind_count; i++) {
        put_kind(&field->kinds[i], out);
    }
    put_varint(out, field->pair_count);
    for (uint32_t i = 0; i < field->pair_count; i++) {
        put_pair(&field->pairs[i], out);
    }
}

static void put_age(const struct unit_age *age, struct text_buffer *out) {
    put_day(out, age->dumped);
    put_day(out, age->member);
    put_day(out, age->log_first);
    put_day(out, age->log_last);
    text_buffer_putc(out, (char)age->log_year_assumed);
}

static void put_file(const struct file_facts *file, struct text_buffer *out) {
    text_buffer_putc(out, (char)file->known);
    if (file->known) {
        put_varint(out, file->size);
        put_u64(out, (uint64_t)file->modified);
        put_u64(out, (uint64_t)file->accessed);
        text_buffer_putc(out, (char)file->access_kept);
        put_varint(out, file->mode);
        put_varint(out, file->user);
        put_string(out, file->sha256);
    }
}

/* In one go: there are many. */
static void put_rows(const struct sampled_rows *rows, struct text_buffer *out) {
    enum { ROW_ROOM = 2 * sizeof(uint64_t) + 1 + VARINT_MAX };
    size_t room = (size_t)rows->count * ROW_ROOM;
    for (uint32_t i = 0; i < rows->count; i++) {
        room += rows->rows[i].length;
    }
    char *at = text_buffer_room(out, room);
    for (uint32_t i = 0; at != NULL && i < rows->count; i++) {
        const struct sampled_row *row = &rows->rows[i];
        at = write_bytes(at, &row->key, sizeof row->key);
        at = write_bytes(at, &row->rank, sizeof row->rank);
        *at++ = (char)row->telling;
        at = write_text(at, sampled_row_cells(rows, i));
    }
    if (at != NULL) {
        text_buffer_end(out, at);
    }
}

static void put_sample(const struct row_sample *sample, struct text_buffer *out) {
    const struct sampled_rows *rows = &sample->rows;
    put_text(out, sample->table);
    put_text(out, sample->key);
    text_buffer_putc(out, (char)sample->records);
    put_varint(out, sample->column_count);
    for (unsigned i = 0; i < sample->column_count; i++) {
        put_text(out, sample->columns[i]);
    }
    put_u64(out, rows->below);
    put_varint(out, rows->limit);
    put_varint(out, rows->count);
    put_rows(rows, out);
}

static void put_piece(const struct piece_facts *piece, struct text_buffer *out) {
    put_varint(out, piece->number);
    if (piece->number == 0) {
        return;
    }
    put_varint(out, piece->count);
    text_buffer_putc(out, (char)piece->broken);
    put_varint(out, piece->begin);
    put_varint(out, piece->end);
    put_varint(out, piece->lines);
    put_u64(out, piece->pairs);
    put_u64(out, piece->settings);
    put_u64(out, piece->first_row);
    put_u64(out, piece->last_row);
    put_varint(out, piece->keys);
    put_varint(out, piece->table_count);
    for (uint32_t i = 0; i < piece->table_count; i++) {
        put_u64(out, piece->tables[i].name);
        put_u64(out, piece->tables[i].columns);
        put_varint(out, piece->tables[i].rows);
        put_varint(out, piece->tables[i].flags);
    }
}

/* One zero where nobody was asked for. */
static void put_found(const struct found_places *found, struct text_buffer *out) {
    unsigned identifiers = 0;
    for (unsigned i = 0; found->total != NULL && i < IDENTIFIERS_MAX; i++) {
        for (unsigned sort = 0; sort < FOUND_SORTS; sort++) {
            identifiers = found->total[i][sort] != 0 ? i + 1 : identifiers;
        }
    }
    put_varint(out, identifiers);
    for (unsigned i = 0; i < identifiers; i++) {
        for (unsigned sort = 0; sort < FOUND_SORTS; sort++) {
            put_varint(out, found->total[i][sort]);
        }
    }
    for (uint32_t i = 0; i < found->count; i++) {
        const struct found_place *place = &found->places[i];
        put_varint(out, place->field + 1U);
        text_buffer_putc(out, (char)place->identifier);
        text_buffer_putc(out, (char)place->sort);
        text_buffer_putc(out, (char)place->state);
        text_buffer_putc(out, (char)place->digest);
        put_varint(out, place->length);
        put_varint(out, place->row);
        put_varint(out, place->line);
        put_varint(out, place->offset + 1);
        put_varint(out, place->candidates);
        put_string(out, place->shown);
    }
    if (identifiers != 0) {
        put_varint(out, 0); /* no field: the end */
    }
}

void wire_put_unit(const struct unit_facts *unit, struct text_buffer *out) {
    text_buffer_put(out, BYTES_LIT(WIRE_UNIT_MARK));
    put_varint(out, WIRE_VERSION);
    put_string(out, unit->detail);
    put_text(out, unit->name);
    put_text(out, unit->path);
    put_string(out, unit->format);
    put_string(out, unit->encoding);
    put_string(out, unit->encoding_basis);
    PUT_NUMBERS(out, unit->traits, unit->bytes, unit->rows, unit->tables_seen, unit->trailer_rows,
                unit->frame_rows, unit->status, (uint64_t) - (int64_t)unit->error_code);
    put_file(&unit->file, out);
    put_age(&unit->age, out);
    put_varint(out, unit->field_count);
    for (uint32_t i = 0; i < unit->field_count; i++) {
        put_field(&unit->fields[i], out);
    }
    put_varint(out, unit->sample_count);
    for (uint32_t i = 0; i < unit->sample_count; i++) {
        put_sample(&unit->samples[i], out);
    }
    put_piece(&unit->piece, out);
    put_found(&unit->found, out);
}

void wire_put_occurrence(const struct occurrence *occurrence, struct text_buffer *out) {
    put_varint(out, occurrence->field);
    text_buffer_putc(out, (char)occurrence->kind);
    text_buffer_putc(out, (char)occurrence->state);
    put_varint(out, occurrence->evidence);
    put_varint(out, occurrence->length);
    put_varint(out, occurrence->column_in_line);
    put_example(&occurrence->at, out);
}
