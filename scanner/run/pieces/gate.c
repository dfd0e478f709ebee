#include "run/pieces/gate.h"

#include <stdlib.h>

#include "core/hash64.h"
#include "match/match.h"
#include "run/record_cut.h"

enum { FIELDS_OF_PIECE = 1 << 18 }; /* fields of a piece get numbers below that */

void piece_gate_init(struct piece_gate *gate, const struct piece_cut *cut,
                     const struct block64_ops *ops, const struct field_set *fields) {
    *gate = (struct piece_gate){.cut = cut,
                                .ops = ops,
                                .fields = fields,
                                .open_table = UINT32_MAX,
                                .last_table = UINT32_MAX};
}

void piece_gate_release(struct piece_gate *gate) {
    free(gate->before);
    free(gate->rows);
    gate->before = NULL;
    gate->rows = NULL;
}

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for a piece of a file");
}

static uint32_t table_of(const struct piece_gate *gate, const struct segment *segment,
                         size_t cell) {
    return field_set_field(gate->fields, segment->cells[cell].field)->table;
}

static uint64_t rows_before(const struct piece_gate *gate, uint32_t table) {
    return table < gate->before_count ? gate->before[table] : 0;
}

/* ---- before the cut ---- */

static bool note_rows(struct piece_gate *gate, const struct segment *segment, size_t cells) {
    for (size_t i = 0; i < segment->row_count && segment->rows[i].first_cell < cells; i++) {
        if (segment->rows[i].row == 0) {
            continue; /* running text between rows */
        }
        uint32_t table = table_of(gate, segment, segment->rows[i].first_cell);
        if (table >= gate->before_count) {
            uint64_t *before = reallocarray(gate->before, table + 1, sizeof *before);
            if (before == NULL) {
                return false;
            }
            memset(before + gate->before_count, 0,
                   (table + 1 - gate->before_count) * sizeof *before);
            gate->before = before;
            gate->before_count = table + 1;
        }
        gate->before[table] = segment->rows[i].row;
    }
    return true;
}

/* ---- the rows of a segment ---- */

/* By which columns a row of a described table is read: it must go on so in the next piece. */
static uint64_t hash_row(const struct piece_gate *gate, const struct segment *segment, size_t cell,
                         uint32_t table) {
    uint64_t hash = 1;
    for (; table != TABLE_NONE && cell < segment->cell_count; cell++) {
        const struct field *field = field_set_field(gate->fields, segment->cells[cell].field);
        if (field->table != table) {
            break;
        }
        hash = hash64(field->column, hash);
    }
    return table == TABLE_NONE ? 0 : hash;
}

/* SEGMENT up to the end of the row at MARK. */
static struct segment one_row(const struct segment *segment, size_t mark) {
    struct segment row = *segment;
    if (mark + 1 < segment->row_count && segment->rows[mark + 1].first_cell < row.cell_count) {
        row.cell_count = segment->rows[mark + 1].first_cell;
    }
    return row;
}

static bool reserve_rows(struct piece_gate *gate, size_t count) {
    if (count > gate->row_capacity) {
        struct row_mark *rows = reallocarray(gate->rows, 2 * count, sizeof *rows);
        if (rows == NULL) {
            return false;
        }
        gate->rows = rows;
        gate->row_capacity = 2 * count;
    }
    return true;
}

/* Does every row begin with the field that the first one begins with? */
static bool begin_alike(const struct segment *segment) {
    const struct row_mark *rows = segment->rows, *end = rows + segment->row_count;
    if (rows == end || end[-1].first_cell >= segment->cell_count || rows->row == 0 ||
        end[-1].row == 0) {
        return false;
    }
    if (segment->columns != 0) {
        return true;
    }
    const uint32_t field = segment->cells[rows->first_cell].field;
    bool differs = false;
    for (; rows < end; rows++) { /* their places ascend: all are those of cells */
        differs |= (segment->cells[rows->first_cell].field ^ field) != 0 || rows->row == 0;
    }
    return !differs;
}

/* Rows of one table, behind the first ones of the piece: all are moved by the same number. False:
 * they are not such. */
static bool shift_rows(struct piece_gate *gate, struct segment *segment, size_t dropped) {
    const size_t count = segment->row_count;
    if (!gate->begun || dropped > 0 || !begin_alike(segment)) {
        return false;
    }
    const uint32_t table = table_of(gate, segment, segment->rows[0].first_cell);
    const uint64_t more = (table == gate->open_table ? PIECE_ROWS : 0) - rows_before(gate, table);
    gate->last_table = table;
    gate->last_row = hash_row(gate, segment, segment->rows[count - 1].first_cell, table);
    segment->row_shift = more;
    return true;
}

static bool number_rows(struct piece_gate *gate, struct segment *segment, size_t dropped) {
    if (shift_rows(gate, segment, dropped)) {
        return true;
    }
    if (!reserve_rows(gate, segment->row_count)) {
        return false;
    }
    size_t count = 0, last = SIZE_MAX;
    for (size_t i = 0; i < segment->row_count; i++) {
        struct row_mark mark = segment->rows[i];
        if (mark.first_cell < dropped) {
            continue;
        }
        if (mark.first_cell < segment->cell_count && mark.row != 0) {
            uint32_t table = table_of(gate, segment, mark.first_cell);
            if (gate->cut->open && !gate->begun) {
                gate->open_table = table;
            }
            if (!gate->begun) {
                struct segment row = one_row(segment, i);
                gate->first_row = hash_row(gate, &row, mark.first_cell, table);
            }
            gate->begun = true;
            gate->last_table = table;
            last = i;
            mark.row -= rows_before(gate, table);
            mark.row += table == gate->open_table ? PIECE_ROWS : 0;
        }
        mark.first_cell -= (uint32_t)dropped;
        gate->rows[count++] = mark;
    }
    if (last != SIZE_MAX) {
        struct segment row = one_row(segment, last);
        gate->last_row = hash_row(gate, &row, segment->rows[last].first_cell, gate->last_table);
    }
    /* a row must begin at the cut */
    gate->broken |= dropped > 0 && count > 0 && gate->rows[0].first_cell != 0;
    gate->broken |= dropped > 0 && count == 0 && segment->cell_count > dropped;
    segment->rows = gate->rows;
    segment->row_count = count;
    return true;
}

static uint64_t width_of(const struct segment *segment, size_t begin, size_t end) {
    return width_before(segment->width_rule, bytes_of(segment->bytes + begin, end - begin));
}

/* Cells outside [from, to) go; none may stand on the edge. Returns how many went at the front. */
static size_t trim_cells(struct piece_gate *gate, struct segment *segment, size_t from, size_t to) {
    size_t first = 0, last = segment->cell_count;
    while (first < last && segment->cells[first].offset < from) {
        const struct cell *cell = &segment->cells[first++];
        gate->broken |= (size_t)cell->offset + cell->length > from;
    }
    while (last > first && segment->cells[last - 1].offset >= to) {
        last--;
    }
    segment->cell_count = last;
    return first;
}

/* How many lines there are up to the end of SEGMENT, the last one of the piece: its decoder has
 * counted those before it. */
static void count_lines(struct piece_gate *gate, const struct segment *segment) {
    bool text = (segment->flags & SEGMENT_FREE_TEXT) != 0;
    gate->lines = segment->line - 1 + gate->ops->count(segment->bytes, segment->end, '\n') -
                  gate->cut->prefix_lines;
    gate->text_lines = text ? gate->lines + (segment->bytes[segment->end - 1] != '\n') : 0;
}

int piece_gate_pass(struct piece_gate *gate, struct segment *segment, struct error *err) {
    const struct piece_cut *cut = gate->cut;
    if (cut == NULL) {
        return 1;
    }
    uint64_t stop = cut->prefix + (cut->end - cut->begin);
    uint64_t from = segment_place(segment, segment->begin);
    uint64_t to = from + width_of(segment, segment->begin, segment->end);
    bool text = (segment->flags & SEGMENT_FREE_TEXT) != 0;
    gate->broken |= (segment->flags & SEGMENT_NO_OFFSETS) != 0;
    if (to <= cut->prefix) {
        return text || note_rows(gate, segment, segment->cell_count) ? 0 : out_of_memory(err);
    }
    if (from >= stop || gate->broken) {
        return 0;
    }
    /* both stand behind line ends, which are one byte */
    size_t begin = from < cut->prefix ? segment_index(segment, cut->prefix) : segment->begin;
    size_t end = to > stop ? segment_index(segment, stop) : segment->end;
    size_t dropped = trim_cells(gate, segment, begin, end);
    if (!text && ((dropped > 0 && !note_rows(gate, segment, dropped)) ||
                  !number_rows(gate, segment, dropped))) {
        return out_of_memory(err);
    }
    segment->cells += dropped;
    segment->cell_count -= dropped;
    segment->begin = begin;
    if (end < segment->end) { /* no quiet stretch reaches over the edge */
        segment->quiet = segment->quiet_cell_count = 0;
    }
    gate->bytes +=
        (to < stop ? to : stop) - (from > cut->prefix ? from : cut->prefix); /* of the data */
    segment->end = end;
    if (to >= stop) {
        count_lines(gate, segment);
    }
    segment->offset += cut->begin - cut->prefix; /* may be below zero until a place is added */
    if (cut->number > 1) {
        segment->line += PIECE_LINES - cut->prefix_lines;
    }
    return 1;
}

/* ---- the end ---- */

static uint64_t hash_columns(const struct field_set *fields, const struct table *table) {
    uint64_t hash = 1;
    for (uint32_t i = 0; i < table->field_count; i++) {
        const struct field *field = field_set_field(fields, table->first_field + i);
        hash = hash64(field->column, hash);
        hash = hash64(field->label, hash + (uint64_t)field->attribution);
    }
    return hash;
}

/* As it is shown: that is what fields are known by when pieces are put together. */
static bool hash_name(kind_list kinds, const struct table *table, uint64_t *out) {
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    conceal(kinds, table->name, &shown);
    *out = hash64(text_buffer_view(&shown), (uint64_t)table->storage);
    bool ok = !shown.failed;
    text_buffer_release(&shown);
    return ok;
}

static uint64_t rows_of(const struct piece_gate *gate, uint32_t number) {
    return field_set_table_view(gate->fields, number)->rows - rows_before(gate, number);
}

/* Tables with rows enter a unit when their first row does, the others at its end. */
static uint32_t number_in_unit(const struct piece_gate *gate, uint32_t number) {
    uint32_t table = field_set_field(gate->fields, number)->table;
    bool late = table != TABLE_NONE && rows_of(gate, table) == 0;
    return (gate->cut->number - 1 + (late ? gate->cut->count : 0)) * FIELDS_OF_PIECE + number;
}

int piece_gate_finish(struct piece_gate *gate, kind_list kinds, struct unit_facts *unit,
                      struct error *err) {
    const struct piece_cut *cut = gate->cut;
    struct piece_facts *piece = &unit->piece;
    uint32_t tables = field_set_table_count(gate->fields);
    bool too_many = field_set_field_count(gate->fields) >= FIELDS_OF_PIECE ||
                    2 * (uint64_t)cut->count * FIELDS_OF_PIECE > UINT32_MAX;
    *piece = (struct piece_facts){.number = cut->number,
                                  .count = cut->count,
                                  .begin = cut->begin,
                                  .end = cut->end,
                                  .lines = gate->lines,
                                  .first_row = gate->first_row,
                                  .last_row = gate->last_row,
                                  .broken = gate->broken || too_many ||
                                            gate->bytes != cut->end - cut->begin};
    piece->tables = calloc(tables, sizeof *piece->tables);
    if (piece->tables == NULL) {
        return out_of_memory(err);
    }
    for (uint32_t i = 0; i < tables; i++) {
        const struct table *table = field_set_table_view(gate->fields, i);
        struct piece_table *told = &piece->tables[piece->table_count++];
        told->rows = rows_of(gate, i);
        told->columns = i == TABLE_NONE ? 0 : hash_columns(gate->fields, table);
        told->flags = (i == gate->open_table ? (unsigned)PIECE_TABLE_OPEN : 0U) |
                      (i == gate->last_table ? (unsigned)PIECE_TABLE_LAST : 0U);
        if (!hash_name(kinds, table, &told->name)) {
            return out_of_memory(err);
        }
    }
    for (uint32_t i = 0; i < gate->before_count; i++) {
        unit->rows -= gate->before[i];
    }
    if (gate->text_lines != 0) {
        unit->rows = gate->text_lines;
    }
    for (uint32_t i = 0; i < unit->field_count; i++) {
        unit->fields[i].number = number_in_unit(gate, unit->fields[i].number);
    }
    return 0;
}
