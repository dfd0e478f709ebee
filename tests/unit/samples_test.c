/* Coordinated samples: what they hold does not depend on how the rows were split. */
#include <stdlib.h>

#include "check.h"
#include "core/hash64.h"
#include "result/facts.h"
#include "result/wire/wire.h"

enum { ROWS = 20000, PIECES = 5 };

static void add_row(struct sampled_rows *rows, uint64_t number, unsigned column) {
    uint8_t cells[SAMPLE_CELL_BYTES];
    uint64_t key = hash64(bytes_of(&number, sizeof number), 7);
    struct sample_cell cell = {
        .column = (uint8_t)column, .kind = 2, .count = 3, .symbols = {'A', 0, 0x738B}};
    cell.symbols[0] = (uint32_t)('A' + number % 20);
    size_t used = sample_cell_put(&cell, cells);
    CHECK(sampled_rows_add(rows, (struct sampled_row){.key = key, .rank = number},
                           bytes_of(cells, used)));
}

static struct bytes copy_of(const char *text) {
    struct bytes from = bytes_of_string(text);
    uint8_t *copy = malloc(from.len);
    memcpy(copy, from.ptr, from.len);
    return bytes_of(copy, from.len);
}

/* A unit whose sample has the rows FIRST, FIRST + STEP …, in columns that are numbered otherwise in
 * every second piece. */
static struct unit_facts *piece_of(uint64_t first, uint64_t step, bool turned) {
    static const uint8_t same[SAMPLE_COLUMNS] = {0, 1};
    struct unit_facts *unit = unit_facts_new(BYTES_LIT("u"), BYTES_LIT("u"));
    unit->samples = calloc(1, sizeof *unit->samples);
    unit->sample_count = 1;
    struct row_sample *sample = &unit->samples[0];
    sample->table = copy_of("orders");
    sample->key = copy_of("order_no");
    CHECK(row_sample_reach_columns(sample));
    sample->columns[turned] = copy_of("card");
    sample->columns[!turned] = copy_of("phone");
    sample->column_count = 2;
    sampled_rows_init(&sample->rows);
    struct sampled_rows rows;
    sampled_rows_init(&rows);
    for (uint64_t number = first; number < ROWS; number += step) {
        add_row(&rows, number, (number % 2 == 0) == turned);
    }
    CHECK(row_sample_take(sample, &rows, same));
    sampled_rows_release(&rows);
    return unit;
}

static struct text_buffer wire_of(const struct unit_facts *unit) {
    struct text_buffer out;
    text_buffer_init(&out, 0);
    wire_put_unit(unit, &out);
    return out;
}

static void the_smallest_keys_are_kept(void) {
    struct unit_facts *whole = piece_of(0, 1, false);
    const struct sampled_rows *rows = &whole->samples[0].rows;
    CHECK_INT(rows->count, SAMPLE_ROWS);
    for (uint32_t i = 1; i < rows->count; i++) {
        CHECK(rows->rows[i - 1].key < rows->rows[i].key);
    }
    CHECK(rows->rows[rows->count - 1].key < rows->below);
    uint64_t under = 0;
    for (uint64_t number = 0; number < ROWS; number++) {
        under += hash64(bytes_of(&number, sizeof number), 7) < rows->below;
    }
    CHECK_INT(under, rows->count);
    unit_facts_free(whole);
}

static void merging_does_not_care_about_order(void) {
    struct unit_facts *whole = piece_of(0, 1, false);
    struct text_buffer expected = wire_of(whole);
    for (unsigned first = 0; first < PIECES; first++) {
        struct unit_facts *into = piece_of(first, PIECES, first % 2 == 0);
        for (unsigned i = 1; i < PIECES; i++) {
            unsigned piece = (first + i * 3) % PIECES;
            struct unit_facts *from = piece_of(piece, PIECES, piece % 2 == 0);
            CHECK_INT(unit_facts_merge(into, from, NULL), 0);
            unit_facts_free(from);
        }
        struct text_buffer found = wire_of(into);
        CHECK(bytes_equal(text_buffer_view(&found), text_buffer_view(&expected)));
        text_buffer_release(&found);
        unit_facts_free(into);
    }
    text_buffer_release(&expected);
    unit_facts_free(whole);
}

static void of_one_key_the_highest_rank_stays(void) {
    struct sampled_rows rows;
    sampled_rows_init(&rows);
    static const uint8_t cells[] = {0, 1, 0, 1, 'A'};
    for (uint64_t i = 0; i < UINT64_C(3) * SAMPLE_ROWS; i++) {
        const struct sampled_row row = {.key = 5, .rank = (i * 7919) % 1000};
        CHECK(sampled_rows_add(&rows, row, bytes_of(cells, sizeof cells)));
    }
    CHECK(sampled_rows_settle(&rows));
    CHECK_INT(rows.count, 1);
    CHECK_INT(rows.rows[0].rank, 999);
    CHECK(rows.below == UINT64_MAX);
    sampled_rows_release(&rows);
}

static void damaged_wire_is_refused(void) {
    struct unit_facts *unit = piece_of(0, 400, false), *back;
    struct text_buffer wire = wire_of(unit);
    struct error err;
    CHECK_INT(wire_get_unit(text_buffer_view(&wire), &back, &err), 0);
    struct text_buffer again = wire_of(back);
    CHECK(bytes_equal(text_buffer_view(&wire), text_buffer_view(&again)));
    unit_facts_free(back);
    for (size_t len = 0; len < wire.len; len++) {
        CHECK(wire_get_unit(bytes_first(text_buffer_view(&wire), len), &back, &err) < 0);
    }
    for (size_t at = 4; at < wire.len; at++) { /* whatever it says, nothing breaks */
        wire.data[at] = (char)(wire.data[at] ^ 0x41);
        if (wire_get_unit(text_buffer_view(&wire), &back, &err) == 0) {
            unit_facts_free(back);
        }
        wire.data[at] = (char)(wire.data[at] ^ 0x41);
    }
    text_buffer_release(&again);
    text_buffer_release(&wire);
    unit_facts_free(unit);
}

static const struct test_case cases[] = {
    {"the_smallest_keys_are_kept", the_smallest_keys_are_kept},
    {"merging_does_not_care_about_order", merging_does_not_care_about_order},
    {"of_one_key_the_highest_rank_stays", of_one_key_the_highest_rank_stays},
    {"damaged_wire_is_refused", damaged_wire_is_refused},
};
TEST_MAIN(cases)
