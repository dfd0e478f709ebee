#include "reports/previous_sheet.h"

#include <stdlib.h>

#include "reports/cell_guard.h"

/* SIZE_MAX: there is none. */
static size_t find_heads(const struct sheet_table *table) {
    for (size_t i = 0; i < table->count; i++) {
        if (bytes_equal(sheet_table_cell(table, i, 0), BYTES_LIT(INVENTORY_FIRST_HEAD))) {
            return i;
        }
    }
    return SIZE_MAX;
}

bool previous_is_inventory(const struct sheet_table *table) {
    return find_heads(table) != SIZE_MAX;
}

bool previous_init(struct previous_sheet *previous, const struct sheet_table *table) {
    *previous = (struct previous_sheet){.table = table, .heads = SIZE_MAX};
    if (table == NULL) {
        return true;
    }
    previous->heads = find_heads(table);
    previous->met = calloc(table->count + 1, sizeof *previous->met);
    return previous->met != NULL;
}

void previous_release(struct previous_sheet *previous) {
    free(previous->met);
    *previous = (struct previous_sheet){0};
}

size_t previous_column(const struct previous_sheet *previous, struct bytes head) {
    if (previous->table != NULL && previous->heads != SIZE_MAX) {
        const struct sheet_line *line = &previous->table->lines[previous->heads];
        for (size_t i = 0; i < line->count; i++) {
            if (bytes_equal(line->cells[i], head)) {
                return i;
            }
        }
    }
    return SIZE_MAX;
}

static struct bytes without_guard(struct bytes cell) {
    bool guarded = cell.len > 1 && cell.ptr[0] == '\'' && looks_like_formula(bytes_from(cell, 1));
    return guarded ? bytes_from(cell, 1) : cell;
}

struct bytes previous_cell(const struct previous_sheet *previous, size_t line, const char *head) {
    size_t column = previous_column(previous, bytes_of_string(head));
    if (column == SIZE_MAX) {
        return bytes_of("", 0);
    }
    return without_guard(sheet_table_cell(previous->table, line, column));
}

bool previous_is_line(const struct previous_sheet *previous, size_t line) {
    return previous->table != NULL && previous->heads != SIZE_MAX && line > previous->heads &&
           line < previous->table->count && sheet_table_cell(previous->table, line, 0).len > 0;
}

size_t previous_find(struct previous_sheet *previous, const char *const *heads,
                     const struct bytes *cells) {
    size_t count = previous->table == NULL ? 0 : previous->table->count;
    for (size_t line = 0; line < count; line++) {
        bool same = previous_is_line(previous, line) && !previous->met[line];
        for (size_t i = 0; same && heads[i] != NULL; i++) {
            same = bytes_equal(previous_cell(previous, line, heads[i]), cells[i]);
        }
        if (same) {
            previous->met[line] = true;
            return line;
        }
    }
    return SIZE_MAX;
}
