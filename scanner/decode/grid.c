#include "decode/grid.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/text_buffer.h"
#include "decode/delimited/sniff.h"

enum {
    ENOUGH_BYTES = 64 * 1024,
    HELD_ROWS = 48, /* rows that the header is looked for in */
    NAME_BYTES = 256,
    LONG_TEXT_BYTES = 256,
};

struct grid {
    struct field_set *fields;
    struct text_buffer text;
    struct cell *cells; /* held back: `field` is the column */
    size_t cell_count, cell_capacity;
    struct row_mark *rows; /* held back: `row` means nothing */
    size_t row_count, row_capacity;
    uint32_t table;
    bool in_table, failed;
    bool holding; /* cells and rows from here on are held back */
    size_t held_cell, held_row;
    bool taken;         /* what is there was given away as a segment */
    uint64_t row, read; /* the last one of the table; of all tables */
    bool row_waits;     /* it begins with its first cell: rows without cells are none */
    size_t at;          /* the column behind the last cell of the row */
    size_t headings;    /* columns that the header names: those that a row lacks are NULL */
    size_t columns;
    uint32_t *column; /* fields, once they are known */
};

struct grid *grid_new(struct field_set *fields) {
    struct grid *grid = calloc(1, sizeof *grid);
    if (grid == NULL) {
        return NULL;
    }
    grid->column = calloc(GRID_COLUMNS_MOST, sizeof *grid->column);
    if (grid->column == NULL) {
        free(grid);
        return NULL;
    }
    text_buffer_init(&grid->text, 0);
    grid->fields = fields;
    return grid;
}

void grid_free(struct grid *grid) {
    if (grid != NULL) {
        text_buffer_release(&grid->text);
        free(grid->cells);
        free(grid->rows);
        free(grid->column);
        free(grid);
    }
}

bool grid_failed(const struct grid *grid) {
    return grid->failed || grid->text.failed;
}

uint64_t grid_rows(const struct grid *grid) {
    return grid->read;
}

/* ---- putting ---- */

static bool grow(struct grid *grid, void **items, size_t *capacity, size_t count, size_t size) {
    if (count < *capacity) {
        return true;
    }
    size_t more = *capacity == 0 ? 256 : *capacity * 2;
    void *bigger = realloc(*items, more * size);
    if (bigger == NULL) {
        grid->failed = true;
        return false;
    }
    *items = bigger;
    *capacity = more;
    return true;
}

static void add_cell(struct grid *grid, struct cell cell) {
    void *cells = grid->cells;
    if (grow(grid, &cells, &grid->cell_capacity, grid->cell_count, sizeof *grid->cells)) {
        grid->cells = cells;
        grid->cells[grid->cell_count++] = cell;
    }
}

/* TEXT behind what is there already. */
static struct cell put_text(struct grid *grid, struct bytes text, uint32_t field, unsigned flags) {
    struct cell cell = {.offset = (uint32_t)grid->text.len,
                        .length = (uint32_t)text.len,
                        .field = field,
                        .flags = flags};
    text_buffer_put(&grid->text, text);
    text_buffer_putc(&grid->text, '\n');
    return cell;
}

static void put_row(struct grid *grid, uint64_t number) {
    void *rows = grid->rows;
    if (!grow(grid, &rows, &grid->row_capacity, grid->row_count, sizeof *grid->rows)) {
        return;
    }
    grid->rows = rows;
    if (grid->row_count > 0 && grid->rows[grid->row_count - 1].first_cell == grid->cell_count) {
        grid->row_count--; /* without cells */
    }
    grid->rows[grid->row_count++] =
        (struct row_mark){.first_cell = (uint32_t)grid->cell_count, .row = number};
}

static struct bytes number_name(size_t column, char *room) {
    return bytes_of(room, (size_t)snprintf(room, NAME_BYTES, "#%zu", column + 1));
}

/* What was given away is done with; an open row goes on in the next segment. */
static void forget_taken(struct grid *grid) {
    if (grid->taken) {
        grid->taken = false;
        text_buffer_clear(&grid->text);
        grid->cell_count = grid->row_count = 0;
        if (grid->in_table && grid->row > 0 && !grid->row_waits) {
            put_row(grid, grid->row);
        }
    }
}

/* The field of COLUMN, also of one that the first rows did not have. */
static uint32_t field_of(struct grid *grid, size_t column) {
    while (grid->columns <= column) {
        char room[NAME_BYTES];
        uint32_t field = field_set_key(grid->fields, grid->table, number_name(grid->columns, room),
                                       ATTRIBUTION_NONE);
        if (field == UINT32_MAX) {
            grid->failed = true;
            return FIELD_FREE_TEXT;
        }
        grid->column[grid->columns++] = field;
    }
    return grid->column[column];
}

/* ---- the header ---- */

/* The cells of a held row: their range. */
static size_t row_end(const struct grid *grid, size_t row) {
    return row + 1 < grid->row_count ? grid->rows[row + 1].first_cell : grid->cell_count;
}

static size_t widest(const struct grid *grid) {
    size_t most = 0;
    for (size_t i = grid->held_cell; i < grid->cell_count; i++) {
        size_t column = grid->cells[i].field;
        most = grid->cells[i].length > 0 && column + 1 > most ? column + 1 : most;
    }
    return most;
}

/* Held rows as text with tabs. Rows that are filled for the most part have all their columns, so
 * that a title is not taken for one of them. */
static void put_line(const struct grid *grid, size_t row, size_t columns, struct text_buffer *out) {
    size_t at = grid->rows[row].first_cell, end = row_end(grid, row), filled = 0, last = 0;
    for (size_t i = at; i < end; i++) {
        if (grid->cells[i].length > 0) {
            filled++;
            last = grid->cells[i].field + 1;
        }
    }
    size_t most = filled * 2 > columns ? columns : last;
    for (size_t column = 0; column < most; column++) {
        if (column > 0) {
            text_buffer_putc(out, '\t');
        }
        for (; at < end && grid->cells[at].field == column; at++) {
            const struct cell *cell = &grid->cells[at];
            for (size_t i = 0; i < cell->length && i < NAME_BYTES; i++) {
                char c = grid->text.data[cell->offset + i];
                if (strchr("\t\r\n\",;|", c) != NULL) { /* and NUL */
                    c = ' ';
                }
                text_buffer_putc(out, c);
            }
        }
    }
    text_buffer_putc(out, '\n');
}

/* The held row that names the columns; SIZE_MAX: none. *FIRST: the first row of data. */
static size_t find_header(struct grid *grid, size_t columns, size_t *first) {
    struct text_buffer sample;
    struct delimited_dialect dialect;
    size_t header = SIZE_MAX;
    *first = grid->held_row;
    text_buffer_init(&sample, 0);
    for (size_t i = grid->held_row; i < grid->row_count; i++) {
        put_line(grid, i, columns, &sample);
    }
    struct bytes text = text_buffer_view(&sample);
    if (!sample.failed && text.len > 0 && delimited_sniff(text, true, &dialect) &&
        dialect.marks.delimiter == '\t') {
        size_t lines = 0;
        for (size_t i = 0; i < dialect.first_row && i < text.len; i++) {
            if (i == dialect.header) {
                header = grid->held_row + lines;
            }
            lines += text.ptr[i] == '\n';
        }
        *first += lines;
    }
    grid->failed |= sample.failed;
    text_buffer_release(&sample);
    return header;
}

static void name_columns(struct grid *grid, size_t columns, size_t header) {
    struct column_name *names = calloc(columns, sizeof *names);
    char(*rooms)[24] = calloc(columns, sizeof *rooms);
    uint32_t first = UINT32_MAX;
    if (names != NULL && rooms != NULL) {
        for (size_t i = 0; i < columns; i++) {
            int len = snprintf(rooms[i], sizeof rooms[i], "#%zu", i + 1);
            names[i] = (struct column_name){bytes_of(rooms[i], (size_t)len), BYTES_LIT("")};
        }
        for (size_t i = grid->rows[header].first_cell; i < row_end(grid, header); i++) {
            const struct cell *cell = &grid->cells[i];
            struct bytes text = bytes_trim(bytes_of(grid->text.data + cell->offset, cell->length));
            if (cell->field < columns && text.len > 0 && text.len <= NAME_BYTES) {
                names[cell->field].column = text;
            }
        }
        first = field_set_columns(grid->fields, grid->table, names, columns, ATTRIBUTION_EXACT);
    }
    free(names);
    free(rooms);
    grid->failed |= first == UINT32_MAX;
    for (size_t i = 0; first != UINT32_MAX && i < columns; i++) {
        grid->column[i] = first + (uint32_t)i;
    }
    grid->columns = grid->headings = first == UINT32_MAX ? 0 : columns;
}

/* Cells of the open row for the columns before COLUMN that it lacks: behind its last cell. */
static void fill_row(struct grid *grid, size_t column) {
    const struct cell *last = grid->cell_count == 0 ? NULL : &grid->cells[grid->cell_count - 1];
    uint32_t offset = last == NULL ? 0 : last->offset + last->length;
    for (; grid->at < column && grid->at < grid->headings; grid->at++) {
        add_cell(grid, (struct cell){
                           .offset = offset, .field = grid->column[grid->at], .flags = CELL_NULL});
    }
}

static void end_row(struct grid *grid) {
    if (!grid->holding && !grid->row_waits && grid->row > 0) {
        fill_row(grid, grid->headings);
    }
}

static void begin_row(struct grid *grid) {
    put_row(grid, ++grid->row);
    grid->row_waits = false;
    grid->at = 0;
    grid->read++;
    field_set_table_at(grid->fields, grid->table)->rows = grid->row;
}

/* A cell whose text stands in the buffer already. */
static void place_cell(struct grid *grid, size_t column, struct cell cell) {
    if (grid->row_waits) {
        begin_row(grid);
    }
    fill_row(grid, column);
    cell.field = field_of(grid, column);
    add_cell(grid, cell);
    grid->at = column + 1;
}

/* The held row ROW again, now that it is known what it is. */
static void release_row(struct grid *grid, const struct grid *held, size_t row, bool is_data) {
    size_t end = row_end(held, row);
    grid->row_waits = true;
    for (size_t i = held->rows[row].first_cell; i < end; i++) {
        struct cell cell = held->cells[i];
        if (is_data && cell.length > 0) {
            place_cell(grid, cell.field, cell);
        } else if (cell.length > 0) {
            cell.field = FIELD_FREE_TEXT;
            cell.flags = CELL_TEXT;
            add_cell(grid, cell);
        }
    }
}

/* The held rows and cells to *HELD, counted from 0, and out of GRID: what stands before them stays
 * where it is, since there may be many small tables in a segment. False: memory is out. */
static bool take_held(struct grid *grid, struct grid *held) {
    const size_t cells = grid->cell_count - grid->held_cell;
    const size_t rows = grid->row_count - grid->held_row;
    *held = (struct grid){.cell_count = cells, .row_count = rows};
    held->cells = calloc(cells + 1, sizeof *held->cells);
    held->rows = calloc(rows + 1, sizeof *held->rows);
    if (held->cells == NULL || held->rows == NULL) {
        free(held->cells);
        free(held->rows);
        return false;
    }
    for (size_t i = 0; i < cells; i++) {
        held->cells[i] = grid->cells[grid->held_cell + i];
    }
    for (size_t i = 0; i < rows; i++) {
        held->rows[i] = grid->rows[grid->held_row + i];
        held->rows[i].first_cell -= (uint32_t)grid->held_cell;
    }
    grid->cell_count = grid->held_cell;
    grid->row_count = grid->held_row;
    return true;
}

/* The held rows are all that is needed: give them their fields and numbers. The last one may go on.
 */
static void decide(struct grid *grid) {
    size_t first = grid->held_row;
    if (!grid->holding) {
        return;
    }
    grid->holding = false;
    size_t columns = widest(grid);
    size_t header = columns == 0 ? SIZE_MAX : find_header(grid, columns, &first);
    if (header != SIZE_MAX) {
        name_columns(grid, columns, header);
    } else {
        first = grid->held_row;
    }
    struct grid held;
    first -= grid->held_row;
    if (!take_held(grid, &held)) {
        grid->failed = true;
        return;
    }
    for (size_t row = 0; row < held.row_count; row++) {
        if (row > 0) {
            end_row(grid);
        }
        release_row(grid, &held, row, row >= first);
    }
    free(held.cells);
    free(held.rows);
}

/* ---- tables ---- */

void grid_begin(struct grid *grid, struct bytes table) {
    grid_end(grid);
    if (grid->row_count > 0 && grid->rows[grid->row_count - 1].first_cell == grid->cell_count) {
        grid->row_count--;
    }
    grid->holding = true;
    grid->held_cell = grid->cell_count;
    grid->held_row = grid->row_count;
    grid->table = field_set_table(grid->fields, table);
    if (grid->table == UINT32_MAX) {
        grid->failed = true;
        grid->table = TABLE_NONE;
    }
    grid->row = field_set_table_view(grid->fields, grid->table)->rows;
    grid->columns = grid->headings = 0;
    grid->in_table = grid->row_waits = true;
}

void grid_end(struct grid *grid) {
    forget_taken(grid);
    decide(grid);
    if (grid->in_table) {
        end_row(grid);
    }
    grid->in_table = false;
}

static size_t held_bytes(const struct grid *grid) {
    return grid->held_cell < grid->cell_count ? grid->text.len - grid->cells[grid->held_cell].offset
                                              : 0;
}

void grid_row(struct grid *grid) {
    forget_taken(grid);
    if (!grid->in_table || grid_failed(grid)) {
        return;
    }
    if (grid->holding &&
        (grid->row_count - grid->held_row >= HELD_ROWS || held_bytes(grid) >= ENOUGH_BYTES)) {
        decide(grid);
    }
    if (grid->holding) {
        put_row(grid, 0);
        return;
    }
    end_row(grid);
    grid->row_waits = true;
}

void grid_cell(struct grid *grid, size_t column, struct bytes text, unsigned flags) {
    if (text.len == 0 || grid_failed(grid)) {
        return; /* what a row lacks is NULL */
    }
    if (column >= GRID_COLUMNS_MOST || !grid->in_table) {
        grid_text(grid, text);
        return;
    }
    forget_taken(grid);
    flags |= text.len > LONG_TEXT_BYTES ? CELL_TEXT : 0U;
    if (!grid->holding) {
        if (grid->row_waits) {
            begin_row(grid);
        }
        fill_row(grid, column);
        place_cell(grid, column, put_text(grid, text, 0, flags));
        return;
    }
    if (grid->row_count == grid->held_row) {
        put_row(grid, 0);
    }
    add_cell(grid, put_text(grid, text, (uint32_t)column, flags));
}

void grid_text(struct grid *grid, struct bytes text) {
    forget_taken(grid);
    if (text.len > 0 && !grid_failed(grid)) {
        decide(grid); /* text between rows: what is held is all there is to judge by */
        add_cell(grid, put_text(grid, text, FIELD_FREE_TEXT, CELL_TEXT));
    }
}

bool grid_take(struct grid *grid, enum grid_take how, struct segment *out) {
    static const uint8_t padding[SEGMENT_PADDING];
    forget_taken(grid);
    if (how == GRID_ENOUGH &&
        (grid->text.len < ENOUGH_BYTES || (grid->holding && held_bytes(grid) < ENOUGH_BYTES))) {
        return false;
    }
    decide(grid);
    if (grid->text.len == 0 || grid_failed(grid)) {
        return false;
    }
    size_t len = grid->text.len;
    text_buffer_put(&grid->text, bytes_of(padding, sizeof padding));
    if (grid->text.failed) {
        return false;
    }
    *out = (struct segment){.bytes = (const uint8_t *)grid->text.data,
                            .len = len,
                            .begin = 0,
                            .end = len,
                            .cells = grid->cells,
                            .cell_count = grid->cell_count,
                            .rows = grid->rows,
                            .row_count = grid->row_count,
                            .gap_field = FIELD_FREE_TEXT,
                            .flags = SEGMENT_NO_OFFSETS};
    grid->taken = true;
    return true;
}
