/* The reading half of the wire form: what was seen of the kinds of one field. Everything is sent in
 * the order in which it is kept, so it is taken as it comes; another order is a mad worker's. */
#include "result/reference.h"
#include "result/wire/reader.h"

enum {
    KIND_BYTES_MIN = 25, /* an empty kind on the wire: limits the count before memory is taken */
    KINDS_MAX = 256,
};

/* ---- distinct values ---- */

static void get_registers(struct wire_reader *in, struct sketch *s) {
    if (in->left.len < SKETCH_REGISTERS) {
        wire_fail(in, YINMA_E_DAMAGED);
        return;
    }
    for (size_t i = 0; i < SKETCH_REGISTERS; i++) {
        if (in->left.ptr[i] > SKETCH_RANK_MAX) {
            wire_fail(in, YINMA_E_DAMAGED);
            return;
        }
    }
    s->registers = wire_take(in, SKETCH_REGISTERS, 1);
    if (s->registers != NULL) {
        memcpy(s->registers, in->left.ptr, SKETCH_REGISTERS);
        s->overflowed = true;
        in->left = bytes_from(in->left, SKETCH_REGISTERS);
    }
}

static void get_wide_hashes(struct wire_reader *in, struct sketch *s, uint32_t count) {
    for (uint32_t i = 0; i < count && in->status == 0; i++) {
        sketch_add_slow(s, wire_u64(in)); /* there is room for all */
    }
}

static void get_hashes(struct wire_reader *in, struct sketch *s, uint32_t count) {
    const size_t len = count * sizeof *s->hashes; /* get_sketch has seen that they are there */
    memcpy(s->hashes, in->left.ptr, len);         /* processors have the byte order of the wire */
    bool sorted = true;
    for (uint32_t i = 1; i < count; i++) {
        sorted = sorted && s->hashes[i] > s->hashes[i - 1];
    }
    in->left = bytes_from(in->left, len);
    if (!sorted) {
        wire_fail(in, YINMA_E_DAMAGED);
    }
    s->count = in->status == 0 ? count : 0;
}

static void get_sketch(struct wire_reader *in, struct sketch *s) {
    uint8_t flags = wire_u8(in);
    s->failed = (flags & SKETCH_FLAG_FAILED) != 0;
    s->one_way = (flags & SKETCH_FLAG_ONE_WAY) != 0;
    if ((flags & SKETCH_FLAG_REGISTERS) != 0) {
        get_registers(in, s);
        return;
    }
    if ((flags & SKETCH_FLAG_WIDE) != 0) {
        sketch_widen(s);
    }
    uint32_t count = (uint32_t)wire_up_to(in, s->wide ? SKETCH_WIDE : SKETCH_EXACT);
    if ((flags & SKETCH_FLAG_COUNTED) != 0) {
        s->counted = true;
        s->count = count;
        return;
    }
    if (count > in->left.len / sizeof *s->hashes) {
        wire_fail(in, YINMA_E_DAMAGED);
        return;
    }
    uint32_t capacity = sketch_capacity(s, count);
    s->hashes = wire_take(in, capacity, sizeof *s->hashes);
    if (s->hashes != NULL) {
        s->capacity = capacity;
        (s->wide ? get_wide_hashes : get_hashes)(in, s, count);
    }
}

/* ---- forms ---- */

static void get_forms(struct wire_reader *in, struct mask_forms *forms) {
    size_t count = (size_t)wire_up_to(in, FORMS_KEPT);
    bool dropped = wire_u8(in) != 0;
    /* what is merged later needs room for others */
    size_t room = in->store == NULL && count > 0 ? FORMS_KEPT : count;
    forms->forms = wire_take(in, room, sizeof *forms->forms);
    for (size_t i = 0; i < count && in->status == 0; i++) {
        char text[FORM_TEXT];
        uint64_t times = wire_varint(in);
        wire_string(in, text, sizeof text);
        if (in->status == 0 && !mask_forms_add(forms, bytes_of_string(text), times)) {
            wire_fail(in, YINMA_E_MEMORY);
        }
    }
    forms->dropped = dropped;
}

/* ---- dates ---- */

static void get_period(struct wire_reader *in, struct date_period *period) {
    period->first = wire_day(in);
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        period->count[state][0] = wire_varint(in);
        period->count[state][1] = wire_varint(in);
    }
}

static void get_periods(struct wire_reader *in, struct date_facts *dates, uint32_t count) {
    dates->periods = wire_take(in, count, sizeof *dates->periods);
    for (uint32_t i = 0; i < count && in->status == 0; i++) {
        get_period(in, &dates->periods[i]);
        dates->period_count = i + 1;
        if (i > 0 && dates->periods[i].first <= dates->periods[i - 1].first) {
            wire_fail(in, YINMA_E_DAMAGED);
        }
    }
}

static void get_date_columns(struct wire_reader *in, struct date_facts *dates) {
    uint32_t count = (uint32_t)wire_up_to(in, DATE_COLUMNS_KEPT);
    size_t room = in->store == NULL && count > 0 ? DATE_COLUMNS_KEPT : count;
    dates->columns = wire_take(in, room, sizeof *dates->columns);
    for (uint32_t i = 0; i < count && in->status == 0; i++) {
        struct date_column *column = &dates->columns[i];
        wire_text(in, &column->name);
        dates->column_count = i + 1;
        column->rank = (enum date_rank)wire_up_to(in, DATE_CHANGED);
        column->values = wire_varint(in);
        if (in->status == 0 && i > 0 && !date_column_before(column - 1, column)) {
            wire_fail(in, YINMA_E_DAMAGED);
        }
    }
}

/* Names in a store are the same where they are equal, unless their place was given to another. */
static bool same_columns(const struct date_facts *x, const struct date_facts *y) {
    bool same = x->column_count == y->column_count;
    for (uint32_t i = 0; same && i < x->column_count; i++) {
        const struct date_column *a = &x->columns[i], *b = &y->columns[i];
        same = a->name.ptr == b->name.ptr && a->name.len == b->name.len && a->rank == b->rank &&
               a->values == b->values;
    }
    return same;
}

static bool same_dates(const struct date_facts *x, const struct date_facts *y) {
    bool same =
        x->oldest == y->oldest && x->newest == y->newest && x->period_count == y->period_count;
    for (uint32_t i = 0; same && i < x->period_count; i++) {
        same = x->periods[i].first == y->periods[i].first &&
               memcmp(x->periods[i].count, y->periods[i].count, sizeof x->periods[i].count) == 0;
    }
    return same && same_columns(x, y);
}

/* Columns of one table are mostly dated alike: what is stored is not changed any more, so one copy
 * does. */
static void share_dates(struct wire_reader *in, struct kind_facts *kind) {
    if (in->store == NULL || in->status < 0) {
        return;
    }
    if (in->dates != NULL && same_dates(in->dates, kind->dates)) {
        facts_store_end(in->store, kind->dates);
        kind->dates = in->dates;
    }
    in->dates = kind->dates;
}

static void get_dates(struct wire_reader *in, struct kind_facts *kind) {
    uint32_t periods = (uint32_t)wire_up_to(in, DATE_PERIODS_MAX);
    kind->dates = periods == 0 ? NULL : wire_take(in, 1, sizeof *kind->dates);
    if (kind->dates != NULL) {
        kind->dates->oldest = wire_day(in);
        kind->dates->newest = wire_day(in);
        get_periods(in, kind->dates, periods);
        get_date_columns(in, kind->dates);
        share_dates(in, kind);
    }
}

/* ---- sampled values ---- */

static void get_values(struct wire_reader *in, struct kind_facts *kind) {
    uint32_t limit = (uint32_t)wire_up_to(in, REFERENCE_VALUES);
    if (limit == 0) {
        return;
    }
    uint64_t below = wire_u64(in);
    size_t count = (size_t)wire_up_to(in, in->left.len / sizeof below);
    if (in->store != NULL) {
        wire_fail(in, YINMA_E_DAMAGED); /* nobody has asked for them */
    }
    if (in->status == 0 && !kind_facts_sample(kind, UINT64_MAX, limit)) {
        wire_fail(in, YINMA_E_MEMORY);
    }
    for (size_t i = 0; i < count && in->status == 0; i++) {
        if (!value_sample_add(kind->sample, wire_u64(in))) {
            wire_fail(in, YINMA_E_MEMORY);
        }
    }
    if (in->status == 0) {
        kind->sample->below = below;
        value_sample_settle(kind->sample);
    }
}

/* ---- one kind ---- */

static void get_examples(struct wire_reader *in, struct kind_facts *kind, unsigned state) {
    unsigned count = (unsigned)wire_up_to(in, EXAMPLES_KEPT);
    struct example *examples = wire_take(in, count, sizeof *examples);
    kind->examples[state] = examples;
    for (unsigned i = 0; i < count && in->status == 0; i++) {
        wire_example(in, &examples[i]);
        kind->example_count[state] = (uint8_t)(i + 1);
        if (i > 0 && example_before(&examples[i], &examples[i - 1])) {
            wire_fail(in, YINMA_E_DAMAGED);
        }
    }
    if (count > 0 && in->status == 0) {
        wire_end_text(in, examples[count - 1].shown);
    }
}

static void get_groups(struct wire_reader *in, struct kind_facts *kind) {
    unsigned count = (unsigned)wire_up_to(in, COLUMN_GROUPS_MAX);
    kind->groups = wire_take(in, count == 0 ? 0 : COLUMN_GROUPS_MAX, sizeof *kind->groups);
    for (unsigned i = 0; i < count && in->status == 0; i++) {
        kind->groups[i] = wire_varint(in);
    }
}

static void get_kind(struct wire_reader *in, struct kind_facts *kind) {
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        kind->count[state] = wire_varint(in);
        kind->unproven[state] = wire_varint(in);
        get_examples(in, kind, state);
    }
    kind->shaped = wire_varint(in);
    kind->dummies = wire_varint(in);
    kind->with_checksum = wire_varint(in);
    kind->with_layout = wire_varint(in);
    kind->with_context = wire_varint(in);
    kind->embedded = wire_varint(in);
    kind->evidence = (uint32_t)wire_up_to(in, UINT32_MAX);
    kind->residual_min = wire_varint(in);
    get_groups(in, kind);
    get_sketch(in, &kind->distinct);
    get_forms(in, &kind->forms);
    get_values(in, kind);
    get_dates(in, kind);
}

void wire_kinds(struct wire_reader *in, struct field_facts *field) {
    size_t count = (size_t)wire_up_to(in, KINDS_MAX);
    if (count > in->left.len / KIND_BYTES_MIN) {
        wire_fail(in, YINMA_E_DAMAGED);
        return;
    }
    int last = -1;
    field->kinds = wire_take(in, count, sizeof *field->kinds);
    for (size_t i = 0; i < count && in->status == 0; i++) {
        uint8_t number = wire_u8(in);
        if (number <= last) {
            wire_fail(in, YINMA_E_DAMAGED);
            return;
        }
        last = number;
        kind_facts_init(&field->kinds[i], number);
        field->kind_count = (uint32_t)i + 1;
        get_kind(in, &field->kinds[i]);
    }
}
