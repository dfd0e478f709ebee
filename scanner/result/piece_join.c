#include "result/piece_join.h"

#include <stdlib.h>

#include "core/hash64.h"

enum { KEYS_MAX = 2048 }; /* decoders and unfolding take twice as many */

/* What is known of a table so far. */
struct known_table {
    uint64_t name, columns;
    uint64_t before;  /* rows in the pieces before */
    uint64_t here;    /* … in the piece in work */
    uint64_t total;   /* … in all pieces */
    uint32_t piece;   /* that `here` speaks of */
    uint32_t last_in; /* the last piece whose last row is one of it */
    bool used;
};

struct known_tables {
    struct known_table *slots;
    size_t mask;
};

static bool tables_init(struct known_tables *tables, struct unit_facts *const *pieces,
                        uint32_t count) {
    size_t most = 0, slots = 16;
    for (uint32_t i = 0; i < count; i++) {
        most += pieces[i]->piece.table_count;
    }
    while (slots < 2 * most) {
        slots *= 2;
    }
    tables->slots = calloc(slots, sizeof *tables->slots);
    tables->mask = slots - 1;
    return tables->slots != NULL;
}

static struct known_table *find_table(const struct known_tables *tables, uint64_t name) {
    size_t at = (size_t)(name ^ name >> 32) & tables->mask;
    while (tables->slots[at].used && tables->slots[at].name != name) {
        at = (at + 1) & tables->mask;
    }
    return &tables->slots[at];
}

/* ---- do they fit? ---- */

static bool same_text(const char *a, const char *b) {
    return strcmp(a, b) == 0;
}

static bool is_whole(const struct unit_facts *unit) {
    return !unit->piece.broken && unit->status == COVERAGE_SCANNED && unit->error_code == 0 &&
           unit->detail[0] == '\0' && !unit->age.log_year_assumed && unit->file.known;
}

/* Only the last piece can hold the mark of the end. */
static bool same_traits(const struct unit_facts *a, const struct unit_facts *b) {
    return ((a->traits ^ b->traits) & ~(unsigned)UNIT_END_MARK) == 0;
}

/* LAST: what BEFORE told as the piece before. */
static bool follows(const struct unit_facts *unit, const struct unit_facts *before,
                    const struct piece_facts *last) {
    return unit->piece.number == last->number + 1 && unit->piece.count == last->count &&
           unit->piece.begin == last->end && unit->piece.pairs == last->pairs &&
           unit->piece.settings == last->settings && same_traits(unit, before) &&
           same_text(unit->format, before->format) && same_text(unit->encoding, before->encoding) &&
           same_text(unit->encoding_basis, before->encoding_basis) &&
           unit->file.size == before->file.size && unit->file.modified == before->file.modified;
}

/* What is looked at more closely in the first rows are digests. */
static bool has_digests(const struct unit_facts *unit, uint64_t table) {
    for (uint32_t i = 0; i < unit->field_count; i++) {
        const struct field_facts *field = &unit->fields[i];
        if (field->digests != 0 && hash64(field->table, (uint64_t)field->storage) == table) {
            return true;
        }
    }
    return false;
}

/* The first row of UNIT goes on with the table of the last one before it, in the same columns. */
static bool goes_on(const struct unit_facts *unit, const struct piece_facts *last) {
    for (uint32_t i = 0; i < unit->piece.table_count; i++) {
        if ((unit->piece.tables[i].flags & PIECE_TABLE_OPEN) != 0) {
            return unit->piece.first_row == last->last_row;
        }
    }
    return true;
}

static bool tables_fit(struct known_tables *tables, const struct unit_facts *unit,
                       uint64_t first_rows, uint64_t lines_before) {
    const struct piece_facts *piece = &unit->piece;
    bool any = false;
    for (uint32_t i = 0; i < piece->table_count; i++) {
        const struct piece_table *told = &piece->tables[i];
        if (told->rows == 0) {
            continue;
        }
        struct known_table *known = find_table(tables, told->name);
        bool again = known->used && known->total > 0;
        bool open = (told->flags & PIECE_TABLE_OPEN) != 0;
        if ((again && known->columns != told->columns) || again != open ||
            (open && known->last_in + 1 != piece->number) ||
            (again && known->piece == piece->number) ||
            (again && known->total < first_rows && has_digests(unit, told->name))) {
            return false;
        }
        *known = (struct known_table){
            .name = told->name,
            .columns = told->columns,
            .before = known->before + known->here,
            .here = told->rows,
            .total = known->total + told->rows,
            .piece = piece->number,
            .last_in = (told->flags & PIECE_TABLE_LAST) != 0 ? piece->number : known->last_in,
            .used = true};
        any = true;
    }
    return any || piece->number == 1 || lines_before >= first_rows;
}

int pieces_fit(struct unit_facts *const *pieces, uint32_t count, uint64_t first_rows, bool *fit_out,
               struct error *err) {
    struct known_tables tables;
    uint64_t keys = 0, lines = 0;
    *fit_out = false;
    bool fit = count > 0 && pieces[0]->piece.number == 1 && pieces[0]->piece.begin == 0;
    for (uint32_t i = 0; fit && i < count; i++) {
        keys += pieces[i]->piece.keys;
        fit = is_whole(pieces[i]) &&
              (i == 0 || (follows(pieces[i], pieces[i - 1], &pieces[i - 1]->piece) &&
                          goes_on(pieces[i], &pieces[i - 1]->piece))) &&
              keys < KEYS_MAX;
    }
    if (fit && pieces[count - 1]->piece.number == pieces[0]->piece.count) {
        fit = pieces[count - 1]->piece.end == pieces[0]->file.size;
    }
    if (!fit) {
        return 0;
    }
    if (!tables_init(&tables, pieces, count)) {
        return error_set(err, YINMA_E_MEMORY, "no memory for putting a file together");
    }
    for (uint32_t i = 0; fit && i < count; i++) {
        fit = tables_fit(&tables, pieces[i], first_rows, lines);
        lines += pieces[i]->piece.lines;
    }
    free(tables.slots);
    *fit_out = fit;
    return 0;
}

/* ---- putting together ---- */

static void shift_examples(struct kind_facts *kind, uint64_t rows, uint64_t lines) {
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        for (unsigned i = 0; i < kind->example_count[state]; i++) {
            struct example *example = &kind->examples[state][i];
            if (example->line >= PIECE_LINES) {
                example->line += lines - PIECE_LINES;
            }
            if (example->row >= PIECE_ROWS) {
                example->row += rows - PIECE_ROWS;
            } else if (example->row >= PIECE_LINES) {
                example->row += lines - PIECE_LINES;
            }
        }
    }
}

/* A table without rows in this piece is described there only. */
static bool says_nothing(const struct field_facts *field, const struct known_table *table,
                         uint32_t number) {
    return field->table.len != 0 && field->cells == 0 && field->kind_count == 0 && table->used &&
           table->total > 0 && table->piece != number;
}

static void shift_fields(struct unit_facts *unit, const struct known_tables *tables,
                         uint64_t lines) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < unit->field_count; i++) {
        struct field_facts *field = &unit->fields[i];
        const struct known_table *table =
            find_table(tables, hash64(field->table, (uint64_t)field->storage));
        if (says_nothing(field, table, unit->piece.number)) {
            field_facts_release(field);
            continue;
        }
        for (uint32_t k = 0; k < field->kind_count; k++) {
            shift_examples(&field->kinds[k], table->before, lines);
        }
        unit->fields[kept++] = *field;
    }
    unit->field_count = kept;
}

static void drop_idle(struct unit_facts *unit) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < unit->field_count; i++) {
        if (unit->fields[i].idle) {
            field_facts_release(&unit->fields[i]);
        } else {
            unit->fields[kept++] = unit->fields[i];
        }
    }
    unit->field_count = kept;
}

static void count_tables(struct known_tables *tables, const struct piece_facts *piece) {
    for (uint32_t i = 0; i < piece->table_count; i++) {
        const struct piece_table *told = &piece->tables[i];
        if (told->rows != 0) {
            struct known_table *known = find_table(tables, told->name);
            known->name = told->name;
            known->used = true;
            known->total += told->rows;
        }
    }
}

static void enter_piece(struct known_tables *tables, const struct piece_facts *piece) {
    for (uint32_t i = 0; i < piece->table_count; i++) {
        const struct piece_table *told = &piece->tables[i];
        if (told->rows != 0) {
            struct known_table *known = find_table(tables, told->name);
            known->before += known->here;
            known->here = told->rows;
            known->piece = piece->number;
        }
    }
}

int pieces_join(struct unit_facts *const *pieces, uint32_t count, struct error *err) {
    struct known_tables tables;
    struct unit_facts *unit = pieces[0];
    uint64_t lines = 0;
    int status = 0;
    if (!tables_init(&tables, pieces, count)) {
        return error_set(err, YINMA_E_MEMORY, "no memory for putting a file together");
    }
    for (uint32_t i = 0; i < count; i++) {
        count_tables(&tables, &pieces[i]->piece);
    }
    for (uint32_t i = 0; status == 0 && i < count; i++) {
        enter_piece(&tables, &pieces[i]->piece);
        shift_fields(pieces[i], &tables, lines);
        lines += pieces[i]->piece.lines;
        if (i > 0) {
            status = unit_facts_merge(unit, pieces[i], err);
        }
    }
    drop_idle(unit);
    free(tables.slots);
    free(unit->piece.tables);
    unit->piece = (struct piece_facts){0};
    return status;
}

/* ---- one by one ---- */

struct piece_join {
    struct unit_facts *unit;
    struct piece_facts last; /* without its tables */
    struct known_tables tables;
    size_t used; /* at most so many slots are */
    uint64_t lines, keys;
};

struct piece_join *piece_join_new(void) {
    struct piece_join *join = calloc(1, sizeof *join);
    if (join != NULL && !tables_init(&join->tables, NULL, 0)) {
        free(join);
        return NULL;
    }
    return join;
}

void piece_join_free(struct piece_join *join) {
    if (join != NULL) {
        unit_facts_free(join->unit);
        free(join->tables.slots);
        free(join);
    }
}

static size_t count_used(const struct known_tables *tables) {
    size_t used = 0;
    for (size_t i = 0; i <= tables->mask; i++) {
        used += tables->slots[i].used;
    }
    return used;
}

/* Room for MORE tables, most of which are known as a rule. */
static bool reserve_tables(struct piece_join *join, size_t more) {
    struct known_tables old = join->tables, grown = {.mask = old.mask};
    join->used += more;
    if (old.mask + 1 < 2 * join->used) {
        join->used = count_used(&old) + more;
    }
    while (grown.mask + 1 < 2 * join->used) {
        grown.mask = grown.mask * 2 + 1;
    }
    if (grown.mask == old.mask) {
        return true;
    }
    grown.slots = calloc(grown.mask + 1, sizeof *grown.slots);
    if (grown.slots == NULL) {
        return false;
    }
    for (size_t i = 0; i <= old.mask; i++) {
        if (old.slots[i].used) {
            *find_table(&grown, old.slots[i].name) = old.slots[i];
        }
    }
    free(old.slots);
    join->tables = grown;
    return true;
}

static bool fits(struct piece_join *join, const struct unit_facts *unit, uint64_t first_rows) {
    const struct piece_facts *piece = &unit->piece;
    bool first = join->unit == NULL;
    join->keys += piece->keys;
    return is_whole(unit) && join->keys < KEYS_MAX &&
           (first ? piece->number == 1 && piece->begin == 0
                  : follows(unit, join->unit, &join->last) && goes_on(unit, &join->last)) &&
           tables_fit(&join->tables, unit, first_rows, join->lines);
}

int piece_join_add(struct piece_join *join, struct unit_facts *unit, uint64_t first_rows,
                   bool *fit_out, struct error *err) {
    int status = 0;
    *fit_out = false;
    if (!reserve_tables(join, unit->piece.table_count)) {
        status = error_set(err, YINMA_E_MEMORY, "no memory for putting a unit together");
    }
    if (status != 0 || !fits(join, unit, first_rows)) {
        unit_facts_free(unit);
        return status;
    }
    *fit_out = true;
    shift_fields(unit, &join->tables, join->lines);
    join->lines += unit->piece.lines;
    join->last = unit->piece;
    join->last.tables = NULL;
    if (join->unit == NULL) {
        join->unit = unit;
        return 0;
    }
    status = unit_facts_merge(join->unit, unit, err);
    unit_facts_free(unit);
    return status;
}

struct unit_facts *piece_join_take(struct piece_join *join) {
    struct unit_facts *unit = join->unit;
    join->unit = NULL;
    if (unit != NULL) {
        drop_idle(unit);
        free(unit->piece.tables);
        unit->piece = (struct piece_facts){0};
    }
    return unit;
}
