/* The kernels behind the fast paths through SQL: every variant makes the same of the same bytes,
 * whatever these are and wherever a chunk ends. Needs no other library: it runs under QEMU, too. */
#include "check.h"
#include "tests/random.h"

#include "decode/sql/rows.h"

enum { ROUNDS = 3000, CHUNKS = 3, COLUMNS_MAX = 20, CELLS = SQL_CHUNK_BYTES };

static const struct sql_kernels *kernels_of(enum isa isa) {
    return VARIANT_FOR(isa, sql_kernels);
}

/* What chunks of random lengths are, one after the other; COPY or VALUES of some form. */
struct reading {
    struct sql_sets sets[CHUNKS];
    struct sql_carry carry[CHUNKS];
};

static void read_chunks(enum isa isa, const uint8_t *bytes, const size_t *lengths,
                        const struct sql_string_form *form, struct reading *out) {
    struct sql_carry carry = {0};
    memset(out, 0, sizeof *out);
    for (unsigned i = 0; i < CHUNKS; i++) {
        if (form != NULL) {
            kernels_of(isa)->values(bytes, lengths[i], *form, &carry, &out->sets[i]);
        } else {
            kernels_of(isa)->copy(bytes, lengths[i], &carry, &out->sets[i]);
        }
        out->carry[i] = carry;
        bytes += lengths[i];
    }
}

/* What stands behind the last mark means nothing. */
static bool same_sets(const struct sql_sets *a, const struct sql_sets *b) {
    return a->mark_count == b->mark_count &&
           memcmp(a->marks, b->marks, a->mark_count * sizeof *a->marks) == 0 &&
           memcmp(a->events, b->events, sizeof a->events) == 0 && a->any_event == b->any_event &&
           a->any_odd == b->any_odd;
}

static void sets_agree(void) {
    static const char *const alphabets[] = {"'\\(),; N01.-ULa\xE7\n", "'(),12", "\\\\\\'(,1",
                                            "\t\n\\aN1\xE7", "'1,()(),'aaaaaaaaaaaa"};
    static const struct sql_string_form forms[] = {{'\'', ~UINT64_C(0)}, {'\'', 0}, {'"', 0}};
    static uint8_t bytes[CHUNKS * SQL_CHUNK_BYTES + SEGMENT_PADDING];
    static struct reading want, have;
    for (unsigned round = 0; round < ROUNDS; round++) {
        const char *alphabet = alphabets[round % 5];
        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (uint8_t)alphabet[random_below((unsigned)strlen(alphabet))];
        }
        size_t lengths[CHUNKS] = {64 * (size_t)(1 + random_below(3)),
                                  64 * (size_t)(1 + random_below(3)), random_below(200)};
        lengths[1] = round % 50 == 0 ? SQL_CHUNK_BYTES : lengths[1];
        const struct sql_string_form *form = round % 4 == 3 ? NULL : &forms[round % 4];
        read_chunks(ISA_SCALAR, bytes, lengths, form, &want);
        for (enum isa isa = ISA_SSE2; isa < ISA_COUNT; isa++) {
            if (!isa_available(isa)) {
                continue;
            }
            read_chunks(isa, bytes, lengths, form, &have);
            for (unsigned i = 0; i < CHUNKS; i++) {
                CHECK(same_sets(&have.sets[i], &want.sets[i]));
                CHECK(memcmp(&have.carry[i], &want.carry[i], sizeof *want.carry) == 0);
            }
        }
    }
}

/* ---- rows ---- */

struct rows_room {
    struct cell cells[CELLS + SQL_ROW_CELLS_BEHIND];
    struct row_mark rows[CELLS];
};

/* Rows of COLUMNS values, some empty, some long; now and then one value too few or too many. */
static size_t make_rows(uint8_t *bytes, unsigned columns) {
    size_t len = 0;
    while (len < SQL_CHUNK_BYTES - COLUMNS_MAX * 8 - 400) {
        unsigned values = random_below(40) == 0 ? 1 + random_below(COLUMNS_MAX) : columns;
        for (unsigned i = 0; i < values; i++) {
            bool string = random_below(2) == 0;
            size_t count = random_below(60) == 0 ? (string ? random_below(400) : 0)
                                                 : 1 + random_below(string ? 5 : 6);
            bytes[len++] = i == 0 ? '(' : ',';
            memcpy(bytes + len, "'", string);
            len += string;
            memset(bytes + len, string ? 'a' : '7', count);
            len += count;
            memcpy(bytes + len, "'", string);
            len += string;
            if (len > SQL_CHUNK_BYTES - 450) {
                break;
            }
        }
        bytes[len++] = ')';
        bytes[len++] = random_below(200) == 0 ? ';' : ',';
    }
    return len;
}

static struct sql_rows rows_of(enum isa isa, const uint8_t *bytes, const struct sql_sets *sets,
                               const uint32_t *fields, unsigned columns, struct rows_room *room) {
    memset(room, 0xAA, sizeof *room);
    struct sql_rows rows = {.bytes = bytes,
                            .sets = sets,
                            .fields = fields,
                            .columns = columns,
                            .cells = room->cells,
                            .rows = room->rows,
                            .start = 1,
                            .mark = 1,
                            .row = 5};
    kernels_of(isa)->rows(&rows);
    return rows;
}

static void rows_agree(void) {
    static uint8_t bytes[2 * SQL_CHUNK_BYTES];
    static struct sql_sets sets;
    static struct rows_room want_room, have_room;
    uint32_t fields[COLUMNS_MAX];
    size_t taken = 0;
    for (unsigned i = 0; i < COLUMNS_MAX; i++) {
        fields[i] = 100 + 3 * i;
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        unsigned columns = 1 + random_below(COLUMNS_MAX);
        size_t len = make_rows(bytes, columns);
        struct sql_carry carry = {0};
        kernels_of(ISA_SCALAR)
            ->values(bytes, len, (struct sql_string_form){'\'', 0}, &carry, &sets);
        struct sql_rows want = rows_of(ISA_SCALAR, bytes, &sets, fields, columns, &want_room);
        taken += want.count;
        for (enum isa isa = ISA_SSE2; isa < ISA_COUNT; isa++) {
            if (!isa_available(isa)) {
                continue;
            }
            struct sql_rows have = rows_of(isa, bytes, &sets, fields, columns, &have_room);
            CHECK_INT(have.start, want.start);
            CHECK(have.mark == want.mark && have.cell == want.cell && have.count == want.count &&
                  have.row == want.row && have.flags == want.flags);
            CHECK(memcmp(have_room.cells, want_room.cells, want.cell * sizeof *want.cells) == 0 &&
                  memcmp(have_room.rows, want_room.rows, want.count * sizeof *want.rows) == 0);
        }
    }
    CHECK(taken > ROUNDS);
}

static const struct test_case cases[] = {{"sets_agree", sets_agree}, {"rows_agree", rows_agree}};
TEST_MAIN(cases)
