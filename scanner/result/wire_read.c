#include <stdlib.h>

#include "result/reference.h"
#include "result/text_copy.h"
#include "result/wire_format.h"

/* Reading goes on over zeros after the first failure, so it is checked once a loop and at the
 * end. */
struct wire_reader {
    struct bytes left;
    int status; /* 0 or a negative code */
};

enum {
    FIELD_BYTES_MIN = 10, /* an empty field and … */
    KIND_BYTES_MIN = 25,  /* … an empty kind on the wire: limits counts before memory is taken */
    PAIR_BYTES_MIN = 6,
    SAMPLE_BYTES_MIN = 13,
    SAMPLED_ROW_BYTES_MIN = 18,
    PIECE_TABLE_BYTES_MIN = 18,
    KINDS_MAX = 256,
    PLAUSIBLE_ERRORS = 64,
};

static void fail(struct wire_reader *in, int code) {
    if (in->status == 0) {
        in->status = code;
    }
    in->left.len = 0;
}

static uint8_t get_u8(struct wire_reader *in) {
    if (in->left.len == 0) {
        fail(in, YINMA_E_DAMAGED);
        return 0;
    }
    uint8_t value = in->left.ptr[0];
    in->left = bytes_from(in->left, 1);
    return value;
}

static uint64_t get_varint(struct wire_reader *in) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        uint8_t byte = get_u8(in);
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            if (shift == 63 && byte > 1) {
                break;
            }
            return value;
        }
    }
    fail(in, YINMA_E_DAMAGED);
    return 0;
}

/* A number up to and including MAX. */
static uint64_t get_up_to(struct wire_reader *in, uint64_t max) {
    uint64_t value = get_varint(in);
    if (value > max) {
        fail(in, YINMA_E_DAMAGED);
        return 0;
    }
    return value;
}

static uint64_t get_u64(struct wire_reader *in) {
    if (in->left.len < 8) {
        fail(in, YINMA_E_DAMAGED);
        return 0;
    }
    uint64_t value = 0;
    for (unsigned i = 0; i < 8; i++) {
        value |= (uint64_t)in->left.ptr[i] << (8 * i);
    }
    in->left = bytes_from(in->left, 8);
    return value;
}

static struct bytes get_view(struct wire_reader *in) {
    size_t len = (size_t)get_up_to(in, in->left.len);
    if (len > in->left.len) {
        fail(in, YINMA_E_DAMAGED);
        len = 0;
    }
    struct bytes view = bytes_first(in->left, len);
    in->left = bytes_from(in->left, len);
    return view;
}

static void get_text(struct wire_reader *in, struct bytes *out) {
    if (!text_copy(get_view(in), out)) {
        fail(in, YINMA_E_MEMORY);
    }
}

/* Text with room for SIZE bytes, its NUL included. */
static void get_string(struct wire_reader *in, char *out, size_t size) {
    struct bytes view = get_view(in);
    if (view.len >= size || (view.len > 0 && memchr(view.ptr, 0, view.len) != NULL)) {
        fail(in, YINMA_E_DAMAGED);
        view.len = 0;
    }
    if (view.len > 0) {
        memcpy(out, view.ptr, view.len);
    }
    out[view.len] = '\0';
}

static void get_example(struct wire_reader *in, struct example *out) {
    out->row = get_varint(in);
    out->line = get_varint(in);
    out->offset = get_varint(in) - 1;
    get_string(in, out->shown, sizeof out->shown);
    get_string(in, out->fingerprint, sizeof out->fingerprint);
}

static void get_registers(struct wire_reader *in, struct sketch *s) {
    if (in->left.len < SKETCH_REGISTERS) {
        fail(in, YINMA_E_DAMAGED);
        return;
    }
    for (size_t i = 0; i < SKETCH_REGISTERS; i++) {
        if (in->left.ptr[i] > SKETCH_RANK_MAX) {
            fail(in, YINMA_E_DAMAGED);
            return;
        }
    }
    s->registers = malloc(SKETCH_REGISTERS);
    if (s->registers == NULL) {
        fail(in, YINMA_E_MEMORY);
        return;
    }
    memcpy(s->registers, in->left.ptr, SKETCH_REGISTERS);
    s->overflowed = true;
    in->left = bytes_from(in->left, SKETCH_REGISTERS);
}

static void get_sketch(struct wire_reader *in, struct sketch *s) {
    uint8_t flags = get_u8(in);
    s->failed = (flags & SKETCH_FLAG_FAILED) != 0;
    s->one_way = (flags & SKETCH_FLAG_ONE_WAY) != 0;
    if ((flags & SKETCH_FLAG_REGISTERS) != 0) {
        get_registers(in, s);
        return;
    }
    if ((flags & SKETCH_FLAG_WIDE) != 0) {
        sketch_widen(s);
    }
    size_t count = (size_t)get_up_to(in, s->wide ? SKETCH_WIDE : SKETCH_EXACT);
    uint64_t last = 0;
    for (size_t i = 0; i < count && in->status == 0; i++) {
        uint64_t hash = get_u64(in);
        if (in->status == 0 && i > 0 && !s->wide && hash <= last) {
            fail(in, YINMA_E_DAMAGED);
        } else if (in->status == 0) {
            bool failed_before = s->failed;
            sketch_add_slow(s, hash);
            if (s->failed && !failed_before) {
                fail(in, YINMA_E_MEMORY);
            }
        }
        last = hash;
    }
}

static void get_forms(struct wire_reader *in, struct mask_forms *forms) {
    size_t count = (size_t)get_up_to(in, FORMS_KEPT);
    bool dropped = get_u8(in) != 0;
    for (size_t i = 0; i < count && in->status == 0; i++) {
        char text[FORM_TEXT];
        uint64_t times = get_varint(in);
        get_string(in, text, sizeof text);
        if (in->status == 0 && !mask_forms_add(forms, bytes_of_string(text), times)) {
            fail(in, YINMA_E_MEMORY);
        }
    }
    forms->dropped = dropped;
}

static int32_t get_day(struct wire_reader *in) {
    uint32_t value = (uint32_t)get_up_to(in, UINT32_MAX);
    return (int32_t)(value >> 1 ^ (0U - (value & 1)));
}

static void get_period(struct wire_reader *in, struct date_facts *dates) {
    struct date_period *period = date_facts_period(dates, get_day(in));
    if (period == NULL) {
        fail(in, YINMA_E_MEMORY);
        return;
    }
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        period->count[state][0] = get_varint(in);
        period->count[state][1] = get_varint(in);
    }
}

static void get_date_column(struct wire_reader *in, struct date_facts *dates) {
    struct bytes name = get_view(in);
    enum date_rank rank = (enum date_rank)get_up_to(in, DATE_CHANGED);
    uint64_t values = get_varint(in);
    if (in->status == 0 && !date_facts_column(dates, name, rank, values)) {
        fail(in, YINMA_E_MEMORY);
    }
}

static void get_dates(struct wire_reader *in, struct kind_facts *kind) {
    unsigned periods = (unsigned)get_up_to(in, DATE_PERIODS_MAX);
    if (periods == 0 || in->status < 0) {
        return;
    }
    kind->dates = date_facts_new();
    if (kind->dates == NULL) {
        fail(in, YINMA_E_MEMORY);
        return;
    }
    kind->dates->oldest = get_day(in);
    kind->dates->newest = get_day(in);
    for (unsigned i = 0; i < periods && in->status == 0; i++) {
        get_period(in, kind->dates);
    }
    unsigned columns = (unsigned)get_up_to(in, DATE_COLUMNS_KEPT);
    for (unsigned i = 0; i < columns && in->status == 0; i++) {
        get_date_column(in, kind->dates);
    }
}

static void get_values(struct wire_reader *in, struct kind_facts *kind) {
    uint32_t limit = (uint32_t)get_up_to(in, REFERENCE_VALUES);
    if (limit == 0) {
        return;
    }
    uint64_t below = get_u64(in);
    size_t count = (size_t)get_up_to(in, in->left.len / sizeof below);
    if (in->status == 0 && !kind_facts_sample(kind, UINT64_MAX, limit)) {
        fail(in, YINMA_E_MEMORY);
        return;
    }
    for (size_t i = 0; i < count && in->status == 0; i++) {
        if (!value_sample_add(kind->sample, get_u64(in))) {
            fail(in, YINMA_E_MEMORY);
        }
    }
    if (in->status == 0) {
        kind->sample->below = below;
        value_sample_settle(kind->sample);
    }
}

static void get_kind(struct wire_reader *in, struct kind_facts *kind) {
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        kind->count[state] = get_varint(in);
        kind->unproven[state] = get_varint(in);
        unsigned examples = (unsigned)get_up_to(in, EXAMPLES_KEPT);
        for (unsigned i = 0; i < examples && in->status == 0; i++) {
            struct example example;
            get_example(in, &example);
            if (in->status == 0 && !kind_facts_example(kind, (enum mask_state)state, &example)) {
                fail(in, YINMA_E_MEMORY);
            }
        }
    }
    kind->shaped = get_varint(in);
    kind->dummies = get_varint(in);
    kind->with_checksum = get_varint(in);
    kind->with_layout = get_varint(in);
    kind->with_context = get_varint(in);
    kind->embedded = get_varint(in);
    kind->evidence = (uint32_t)get_up_to(in, UINT32_MAX);
    kind->residual_min = get_varint(in);
    unsigned groups = (unsigned)get_up_to(in, COLUMN_GROUPS_MAX);
    for (unsigned i = 0; i < groups && in->status == 0; i++) {
        if (!kind_facts_group(kind, i, get_varint(in))) {
            fail(in, YINMA_E_MEMORY);
        }
    }
    get_sketch(in, &kind->distinct);
    get_forms(in, &kind->forms);
    get_values(in, kind);
    get_dates(in, kind);
}

static void get_kinds(struct wire_reader *in, struct field_facts *field) {
    size_t count = (size_t)get_up_to(in, KINDS_MAX);
    if (count > in->left.len / KIND_BYTES_MIN) {
        fail(in, YINMA_E_DAMAGED);
        return;
    }
    int last = -1;
    for (size_t i = 0; i < count && in->status == 0; i++) {
        uint8_t number = get_u8(in);
        if (number <= last) {
            fail(in, YINMA_E_DAMAGED);
            return;
        }
        last = number;
        struct kind_facts *kind = field_facts_kind(field, number);
        if (kind == NULL) {
            fail(in, YINMA_E_MEMORY);
            return;
        }
        get_kind(in, kind);
    }
}

static void get_pairs(struct wire_reader *in, struct field_facts *field) {
    size_t count = (size_t)get_up_to(in, in->left.len / PAIR_BYTES_MIN);
    for (size_t i = 0; i < count && in->status == 0; i++) {
        struct mask_pair pair = {.column = get_view(in)};
        pair.kind = get_u8(in);
        pair.shown = get_varint(in);
        pair.narrowed = get_varint(in);
        pair.against = get_varint(in);
        pair.residual_min = get_varint(in);
        if (in->status == 0 && !field_facts_pair(field, &pair)) {
            fail(in, YINMA_E_MEMORY);
        }
    }
}

static void get_field(struct wire_reader *in, struct field_facts *field) {
    get_text(in, &field->table);
    get_text(in, &field->column);
    get_text(in, &field->label);
    field->ordinal = (uint32_t)get_up_to(in, UINT32_MAX);
    field->number = (uint32_t)get_up_to(in, UINT32_MAX);
    field->attribution = (enum attribution)get_up_to(in, ATTRIBUTION_EXACT);
    field->end_column = get_u8(in) != 0;
    field->idle = get_u8(in) != 0;
    field->storage = (enum storage)get_up_to(in, STORAGE_WAL);
    field->cells = get_varint(in);
    field->empty = get_varint(in);
    field->digests = get_varint(in);
    field->digests_only = get_varint(in);
    field->digests_proven = get_varint(in);
    get_kinds(in, field);
    get_pairs(in, field);
}

static void get_fields(struct wire_reader *in, struct unit_facts *unit) {
    size_t count = (size_t)get_up_to(in, in->left.len / FIELD_BYTES_MIN);
    if (count == 0 || in->status < 0) {
        return;
    }
    unit->fields = calloc(count, sizeof *unit->fields);
    if (unit->fields == NULL) {
        fail(in, YINMA_E_MEMORY);
        return;
    }
    while (unit->field_count < count && in->status == 0) {
        get_field(in, &unit->fields[unit->field_count++]);
    }
}

static void get_age(struct wire_reader *in, struct unit_age *age) {
    age->dumped = get_day(in);
    age->member = get_day(in);
    age->log_first = get_day(in);
    age->log_last = get_day(in);
    age->log_year_assumed = get_u8(in) != 0;
}

static void get_file(struct wire_reader *in, struct file_facts *file) {
    file->known = get_u8(in) != 0;
    if (file->known) {
        file->size = get_varint(in);
        file->modified = (int64_t)get_u64(in);
        file->accessed = (int64_t)get_u64(in);
        file->access_kept = get_u8(in) != 0;
        file->mode = (uint32_t)get_up_to(in, UINT32_MAX);
        file->user = (uint32_t)get_up_to(in, UINT32_MAX);
        get_string(in, file->sha256, sizeof file->sha256);
    }
}

/* Cells are checked where they are read: sample_cell_get stops at what makes no sense. */
static void get_sampled_rows(struct wire_reader *in, struct sampled_rows *rows) {
    sampled_rows_init(rows);
    rows->below = get_u64(in);
    rows->limit = (uint32_t)get_up_to(in, SAMPLE_ROWS);
    size_t count = (size_t)get_up_to(in, in->left.len / SAMPLED_ROW_BYTES_MIN);
    if (rows->limit == 0 || count > rows->limit) {
        fail(in, YINMA_E_DAMAGED);
    }
    for (size_t i = 0; i < count && in->status == 0; i++) {
        struct sampled_row row = {.key = get_u64(in), .rank = get_u64(in)};
        row.telling = get_u8(in) != 0;
        struct bytes cells = get_view(in);
        if (in->status == 0 && !sampled_rows_add(rows, row, cells)) {
            fail(in, YINMA_E_MEMORY);
        }
    }
    if (in->status == 0 && !sampled_rows_settle(rows)) {
        fail(in, YINMA_E_MEMORY);
    }
}

static void get_sample(struct wire_reader *in, struct row_sample *sample) {
    get_text(in, &sample->table);
    get_text(in, &sample->key);
    sample->records = get_u8(in) != 0;
    size_t columns = (size_t)get_up_to(in, SAMPLE_COLUMNS);
    for (size_t i = 0; i < columns && in->status == 0; i++) {
        get_text(in, &sample->columns[i]);
        sample->column_count = (uint8_t)(i + 1);
    }
    get_sampled_rows(in, &sample->rows);
}

static void get_samples(struct wire_reader *in, struct unit_facts *unit) {
    size_t count = (size_t)get_up_to(in, in->left.len / SAMPLE_BYTES_MIN);
    if (count == 0 || in->status < 0) {
        return;
    }
    unit->samples = calloc(count, sizeof *unit->samples);
    if (unit->samples == NULL) {
        fail(in, YINMA_E_MEMORY);
        return;
    }
    while (unit->sample_count < count && in->status == 0) {
        get_sample(in, &unit->samples[unit->sample_count++]);
    }
}

static void get_piece(struct wire_reader *in, struct piece_facts *piece) {
    piece->number = (uint32_t)get_up_to(in, UINT32_MAX);
    if (piece->number == 0) {
        return;
    }
    piece->count = (uint32_t)get_up_to(in, UINT32_MAX);
    piece->broken = get_u8(in) != 0;
    piece->begin = get_varint(in);
    piece->end = get_varint(in);
    piece->lines = get_varint(in);
    piece->pairs = get_u64(in);
    piece->settings = get_u64(in);
    piece->first_row = get_u64(in);
    piece->last_row = get_u64(in);
    piece->keys = get_varint(in);
    size_t count = (size_t)get_up_to(in, in->left.len / PIECE_TABLE_BYTES_MIN);
    if (count == 0 || in->status < 0) {
        return;
    }
    piece->tables = calloc(count, sizeof *piece->tables);
    if (piece->tables == NULL) {
        fail(in, YINMA_E_MEMORY);
        return;
    }
    while (piece->table_count < count && in->status == 0) {
        struct piece_table *table = &piece->tables[piece->table_count++];
        table->name = get_u64(in);
        table->columns = get_u64(in);
        table->rows = get_varint(in);
        table->flags = (unsigned)get_up_to(in, UINT32_MAX);
    }
}

static void get_found_place(struct wire_reader *in, uint32_t field, struct found_places *found) {
    struct found_place place = {.field = field, .identifier = get_u8(in), .sort = get_u8(in)};
    place.state = get_u8(in);
    place.digest = get_u8(in);
    place.length = (uint32_t)get_up_to(in, UINT32_MAX);
    place.row = get_varint(in);
    place.line = get_varint(in);
    place.offset = get_varint(in) - 1;
    place.candidates = get_varint(in);
    get_string(in, place.shown, sizeof place.shown);
    if (place.identifier >= IDENTIFIERS_MAX || place.sort >= FOUND_SORTS ||
        place.state >= STATE_COUNT) {
        fail(in, YINMA_E_DAMAGED);
    }
    if (in->status == 0 && !found_places_keep(found, &place)) {
        fail(in, YINMA_E_MEMORY);
    }
}

static void get_found(struct wire_reader *in, struct found_places *found) {
    unsigned identifiers = (unsigned)get_up_to(in, IDENTIFIERS_MAX);
    for (unsigned i = 0; i < identifiers; i++) {
        for (unsigned sort = 0; sort < FOUND_SORTS; sort++) {
            found->total[i][sort] = get_varint(in);
        }
    }
    uint64_t field = identifiers == 0 ? 0 : get_varint(in);
    while (field != 0 && in->status == 0) {
        if (field > UINT32_MAX) {
            fail(in, YINMA_E_DAMAGED);
            return;
        }
        get_found_place(in, (uint32_t)(field - 1), found);
        field = get_varint(in);
    }
}

static void get_unit(struct wire_reader *in, struct unit_facts *unit) {
    get_text(in, &unit->name);
    get_text(in, &unit->path);
    get_string(in, unit->format_name, sizeof unit->format_name);
    get_string(in, unit->encoding_name, sizeof unit->encoding_name);
    get_string(in, unit->encoding_basis_name, sizeof unit->encoding_basis_name);
    unit->traits = (unsigned)get_up_to(in, UINT32_MAX);
    unit->bytes = get_varint(in);
    unit->rows = get_varint(in);
    unit->tables_seen = get_varint(in);
    unit->trailer_rows = get_varint(in);
    unit->frame_rows = (unsigned)get_up_to(in, 2);
    unit->status = (enum coverage_status)get_up_to(in, COVERAGE_WAIVED);
    unit->error_code = -(int)get_up_to(in, PLAUSIBLE_ERRORS);
    get_string(in, unit->detail, sizeof unit->detail);
    get_file(in, &unit->file);
    get_age(in, &unit->age);
    get_fields(in, unit);
    get_samples(in, unit);
    get_piece(in, &unit->piece);
    get_found(in, &unit->found);
    if (in->left.len > 0) {
        fail(in, YINMA_E_DAMAGED);
    }
}

int wire_get_unit(struct bytes in, struct unit_facts **out, struct error *err) {
    *out = NULL;
    struct wire_reader reader = {.left = in};
    const struct bytes mark = BYTES_LIT(WIRE_UNIT_MARK);
    if (!bytes_starts_with(in, mark)) {
        return error_set(err, YINMA_E_DAMAGED, "a worker sent something that is no result");
    }
    reader.left = bytes_from(in, mark.len);
    if (get_varint(&reader) != WIRE_VERSION) {
        return error_set(err, YINMA_E_DAMAGED, "a worker sent a result of another version");
    }
    struct unit_facts *unit = unit_facts_new((struct bytes){0}, (struct bytes){0});
    if (unit == NULL) {
        return error_set(err, YINMA_E_MEMORY, "memory ran out while a result was read");
    }
    unit->format = unit->format_name;
    unit->encoding = unit->encoding_name;
    unit->encoding_basis = unit->encoding_basis_name;
    get_unit(&reader, unit);
    if (reader.status < 0) {
        unit_facts_free(unit);
        return error_set(err, reader.status,
                         reader.status == YINMA_E_MEMORY ? "memory ran out while a result was read"
                                                         : "a worker sent a damaged result");
    }
    *out = unit;
    return 0;
}

int wire_get_occurrence(struct bytes *in, struct occurrence *out, struct error *err) {
    *out = (struct occurrence){0};
    if (in->len == 0) {
        return 0;
    }
    struct wire_reader reader = {.left = *in};
    out->field = (uint32_t)get_up_to(&reader, UINT32_MAX);
    out->kind = get_u8(&reader);
    out->state = get_u8(&reader);
    if (out->state >= STATE_COUNT) {
        fail(&reader, YINMA_E_DAMAGED);
    }
    out->evidence = (uint32_t)get_up_to(&reader, UINT32_MAX);
    out->length = (uint32_t)get_up_to(&reader, UINT32_MAX);
    out->column_in_line = (uint32_t)get_up_to(&reader, UINT32_MAX);
    get_example(&reader, &out->at);
    if (reader.status < 0) {
        return error_set(err, YINMA_E_DAMAGED, "the spool of occurrences is damaged");
    }
    *in = reader.left;
    return 1;
}
