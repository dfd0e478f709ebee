/* The reading half of the wire form: units and their fields. */
#include "result/wire/reader.h"

enum {
    FIELD_BYTES_MIN = 10, /* an empty field and … */
    PAIR_BYTES_MIN = 6,   /* … its parts on the wire: limits counts before memory is taken */
    PIECE_TABLE_BYTES_MIN = 18,
    PLAUSIBLE_ERRORS = 64,
};

static void get_pairs(struct wire_reader *in, struct field_facts *field) {
    size_t count = (size_t)wire_up_to(in, in->left.len / PAIR_BYTES_MIN);
    field->pairs = wire_take(in, count, sizeof *field->pairs);
    for (size_t i = 0; i < count && in->status == 0; i++) {
        struct mask_pair *pair = &field->pairs[i];
        wire_text(in, &pair->column);
        field->pair_count = (uint32_t)i + 1;
        pair->kind = wire_u8(in);
        pair->shown = wire_varint(in);
        pair->narrowed = wire_varint(in);
        pair->against = wire_varint(in);
        pair->residual_min = wire_varint(in);
        if (in->status == 0 && i > 0 && !mask_pair_before(pair - 1, pair)) {
            wire_fail(in, YINMA_E_DAMAGED);
        }
    }
}

static void get_field(struct wire_reader *in, struct field_facts *field) {
    wire_text(in, &field->table);
    wire_text(in, &field->column);
    wire_text(in, &field->label);
    field->ordinal = (uint32_t)wire_up_to(in, UINT32_MAX);
    field->number = (uint32_t)wire_up_to(in, UINT32_MAX);
    field->attribution = (enum attribution)wire_up_to(in, ATTRIBUTION_EXACT);
    field->end_column = wire_u8(in) != 0;
    field->idle = wire_u8(in) != 0;
    field->storage = (enum storage)wire_up_to(in, STORAGE_WAL);
    field->cells = wire_varint(in);
    field->empty = wire_varint(in);
    field->digests = wire_varint(in);
    field->digests_only = wire_varint(in);
    field->digests_proven = wire_varint(in);
    wire_kinds(in, field);
    get_pairs(in, field);
}

static void get_fields(struct wire_reader *in, struct unit_facts *unit) {
    size_t count = (size_t)wire_up_to(in, in->left.len / FIELD_BYTES_MIN);
    unit->fields = wire_take(in, count, sizeof *unit->fields);
    while (unit->fields != NULL && unit->field_count < count && in->status == 0) {
        get_field(in, &unit->fields[unit->field_count++]);
    }
}

static void get_age(struct wire_reader *in, struct unit_age *age) {
    age->dumped = wire_day(in);
    age->member = wire_day(in);
    age->log_first = wire_day(in);
    age->log_last = wire_day(in);
    age->log_year_assumed = wire_u8(in) != 0;
}

static void get_file(struct wire_reader *in, struct file_facts *file) {
    file->known = wire_u8(in) != 0;
    if (file->known) {
        file->size = wire_varint(in);
        file->modified = (int64_t)wire_u64(in);
        file->accessed = (int64_t)wire_u64(in);
        file->access_kept = wire_u8(in) != 0;
        file->mode = (uint32_t)wire_up_to(in, UINT32_MAX);
        file->user = (uint32_t)wire_up_to(in, UINT32_MAX);
        wire_string(in, file->sha256, sizeof file->sha256);
    }
}

static void get_piece(struct wire_reader *in, struct piece_facts *piece) {
    piece->number = (uint32_t)wire_up_to(in, UINT32_MAX);
    if (piece->number == 0) {
        return;
    }
    piece->count = (uint32_t)wire_up_to(in, UINT32_MAX);
    piece->broken = wire_u8(in) != 0;
    piece->begin = wire_varint(in);
    piece->end = wire_varint(in);
    piece->lines = wire_varint(in);
    piece->pairs = wire_u64(in);
    piece->settings = wire_u64(in);
    piece->first_row = wire_u64(in);
    piece->last_row = wire_u64(in);
    piece->keys = wire_varint(in);
    size_t count = (size_t)wire_up_to(in, in->left.len / PIECE_TABLE_BYTES_MIN);
    piece->tables = wire_take(in, count, sizeof *piece->tables);
    while (piece->tables != NULL && piece->table_count < count && in->status == 0) {
        struct piece_table *table = &piece->tables[piece->table_count++];
        table->name = wire_u64(in);
        table->columns = wire_u64(in);
        table->rows = wire_varint(in);
        table->flags = (unsigned)wire_up_to(in, UINT32_MAX);
    }
}

static void get_found_place(struct wire_reader *in, uint32_t field, struct found_places *found) {
    struct found_place place = {.field = field, .identifier = wire_u8(in), .sort = wire_u8(in)};
    place.state = wire_u8(in);
    place.digest = wire_u8(in);
    place.length = (uint32_t)wire_up_to(in, UINT32_MAX);
    place.row = wire_varint(in);
    place.line = wire_varint(in);
    place.offset = wire_varint(in) - 1;
    place.candidates = wire_varint(in);
    wire_string(in, place.shown, sizeof place.shown);
    if (place.identifier >= IDENTIFIERS_MAX || place.sort >= FOUND_SORTS ||
        place.state >= STATE_COUNT) {
        wire_fail(in, YINMA_E_DAMAGED);
    }
    if (in->status == 0 && !found_places_keep(found, &place)) {
        wire_fail(in, YINMA_E_MEMORY);
    }
}

static void get_found(struct wire_reader *in, struct found_places *found) {
    unsigned identifiers = (unsigned)wire_up_to(in, IDENTIFIERS_MAX);
    if (identifiers > 0 && in->store != NULL) {
        wire_fail(in, YINMA_E_DAMAGED); /* nobody is looked for */
        return;
    }
    if (identifiers > 0 && !found_places_reach_totals(found)) {
        wire_fail(in, YINMA_E_MEMORY);
        return;
    }
    for (unsigned i = 0; i < identifiers; i++) {
        for (unsigned sort = 0; sort < FOUND_SORTS; sort++) {
            found->total[i][sort] = wire_varint(in);
        }
    }
    uint64_t field = identifiers == 0 ? 0 : wire_varint(in);
    while (field != 0 && in->status == 0) {
        if (field > UINT32_MAX) {
            wire_fail(in, YINMA_E_DAMAGED);
            return;
        }
        get_found_place(in, (uint32_t)(field - 1), found);
        field = wire_varint(in);
    }
}

/* Mostly the name: nothing in it had to be hidden. */
static void get_path(struct wire_reader *in, struct unit_facts *unit) {
    struct wire_reader ahead = *in;
    if (in->store != NULL && bytes_equal(wire_view(&ahead), unit->name)) {
        unit->path = unit->name;
        *in = ahead;
    } else {
        wire_text(in, &unit->path);
    }
}

static void get_unit(struct wire_reader *in, struct unit_facts *unit) {
    wire_string(in, unit->detail, sizeof unit->detail);
    wire_end_text(in, unit->detail);
    wire_text(in, &unit->name);
    get_path(in, unit);
    wire_string(in, unit->format_name, sizeof unit->format_name);
    wire_string(in, unit->encoding_name, sizeof unit->encoding_name);
    wire_string(in, unit->encoding_basis_name, sizeof unit->encoding_basis_name);
    unit->traits = (unsigned)wire_up_to(in, UINT32_MAX);
    unit->bytes = wire_varint(in);
    unit->rows = wire_varint(in);
    unit->tables_seen = wire_varint(in);
    unit->trailer_rows = wire_varint(in);
    unit->frame_rows = (unsigned)wire_up_to(in, 2);
    unit->status = (enum coverage_status)wire_up_to(in, COVERAGE_WAIVED);
    unit->error_code = -(int)wire_up_to(in, PLAUSIBLE_ERRORS);
    get_file(in, &unit->file);
    get_age(in, &unit->age);
    get_fields(in, unit);
    wire_samples(in, unit);
    get_piece(in, &unit->piece);
    get_found(in, &unit->found);
    if (in->left.len > 0) {
        wire_fail(in, YINMA_E_DAMAGED);
    }
}

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "memory ran out while a result was read");
}

static int get_whole(struct wire_reader *in, struct unit_facts **out, struct error *err) {
    const struct bytes mark = BYTES_LIT(WIRE_UNIT_MARK);
    if (!bytes_starts_with(in->left, mark)) {
        return error_set(err, YINMA_E_DAMAGED, "a worker sent something that is no result");
    }
    in->left = bytes_from(in->left, mark.len);
    if (wire_varint(in) != WIRE_VERSION) {
        return error_set(err, YINMA_E_DAMAGED, "a worker sent a result of another version");
    }
    struct unit_facts *unit = wire_take(in, 1, sizeof *unit);
    if (unit == NULL) {
        return no_memory(err);
    }
    unit->stored = in->store != NULL;
    unit->format = unit->format_name;
    unit->encoding = unit->encoding_name;
    unit->encoding_basis = unit->encoding_basis_name;
    get_unit(in, unit);
    if (in->status < 0) {
        unit_facts_free(unit);
        return in->status == YINMA_E_MEMORY
                   ? no_memory(err)
                   : error_set(err, in->status, "a worker sent a damaged result");
    }
    *out = unit;
    return 0;
}

int wire_get_unit(struct bytes in, struct unit_facts **out, struct error *err) {
    struct wire_reader reader = {.left = in};
    *out = NULL;
    return get_whole(&reader, out, err);
}

int wire_store_unit(struct bytes in, struct facts_store *store, struct unit_facts **out,
                    struct error *err) {
    struct wire_reader reader = {.left = in, .store = store};
    *out = NULL;
    return get_whole(&reader, out, err);
}

int wire_get_occurrence(struct bytes *in, struct occurrence *out, struct error *err) {
    *out = (struct occurrence){0};
    if (in->len == 0) {
        return 0;
    }
    struct wire_reader reader = {.left = *in};
    out->field = (uint32_t)wire_up_to(&reader, UINT32_MAX);
    out->kind = wire_u8(&reader);
    out->state = wire_u8(&reader);
    if (out->state >= STATE_COUNT) {
        wire_fail(&reader, YINMA_E_DAMAGED);
    }
    out->evidence = (uint32_t)wire_up_to(&reader, UINT32_MAX);
    out->length = (uint32_t)wire_up_to(&reader, UINT32_MAX);
    out->column_in_line = (uint32_t)wire_up_to(&reader, UINT32_MAX);
    wire_example(&reader, &out->at);
    if (reader.status < 0) {
        return error_set(err, YINMA_E_DAMAGED, "the spool of occurrences is damaged");
    }
    *in = reader.left;
    return 1;
}
