#include "reports/sheet_table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"

enum { CELLS_MAX = 256, ARENA_MAX = 512 << 20 };
#define FILE_MAX ((size_t)128 << 20)

/* ---- cells ---- */

struct csv_reader {
    struct bytes left;
    struct sheet_table *table;
};

/* A quoted cell: what stands between its quotes, doubled ones as one; put together where it stands
 * (the text is the table's own copy). False: it never ends. */
static bool take_quoted(struct csv_reader *in, struct bytes *out) {
    struct bytes text = bytes_from(in->left, 1);
    uint8_t *cell = (uint8_t *)(uintptr_t)text.ptr;
    size_t len = 0, at = 0;
    while (at < text.len) {
        bool quote = text.ptr[at] == '"';
        if (quote && (at + 1 == text.len || text.ptr[at + 1] != '"')) {
            in->left = bytes_from(text, at + 1);
            *out = (struct bytes){cell, len};
            return true;
        }
        cell[len++] = text.ptr[at];
        at += quote ? 2 : 1;
    }
    return false;
}

static struct bytes take_plain(struct csv_reader *in) {
    size_t len = 0;
    while (len < in->left.len && in->left.ptr[len] != ',' && in->left.ptr[len] != '\n') {
        len++;
    }
    struct bytes cell = bytes_first(in->left, len);
    in->left = bytes_from(in->left, len);
    return bytes_trim(cell);
}

static bool begins(const struct csv_reader *in, char c) {
    return in->left.len > 0 && in->left.ptr[0] == (uint8_t)c;
}

int sheet_table_add(struct sheet_table *table, const struct bytes *cells, size_t count,
                    struct error *err) {
    struct bytes *kept = arena_alloc(&table->arena, (count + 1) * sizeof *kept);
    if (table->count == table->room) {
        size_t room = table->room * 2 + 64;
        struct sheet_line *lines = reallocarray(table->lines, room, sizeof *lines);
        if (lines == NULL) {
            return error_set(err, YINMA_E_MEMORY, "no memory for the earlier sheet");
        }
        table->lines = lines;
        table->room = room;
    }
    if (kept == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the earlier sheet");
    }
    if (count > 0) {
        memcpy(kept, cells, count * sizeof *kept);
    }
    table->lines[table->count++] = (struct sheet_line){kept, count};
    return 0;
}

static int take_line(struct csv_reader *in, const char *name, struct error *err) {
    struct bytes cells[CELLS_MAX];
    size_t count = 0;
    for (;;) {
        if (count == CELLS_MAX) {
            return error_set(err, YINMA_E_USAGE, "%s:%zu: more than %d cells", name,
                             in->table->count + 1, CELLS_MAX);
        }
        if (!begins(in, '"')) {
            cells[count] = take_plain(in);
        } else if (!take_quoted(in, &cells[count])) {
            return error_set(err, YINMA_E_USAGE, "%s:%zu: a quote is never closed", name,
                             in->table->count + 1);
        }
        count++;
        if (begins(in, '\r')) {
            in->left = bytes_from(in->left, 1);
        }
        if (!begins(in, ',')) {
            break;
        }
        in->left = bytes_from(in->left, 1);
    }
    take_plain(in); /* what stands behind a closing quote is none of ours */
    in->left = bytes_from(in->left, 1);
    return sheet_table_add(in->table, cells, count, err);
}

struct sheet_table *sheet_table_new(void) {
    struct sheet_table *table = calloc(1, sizeof *table);
    if (table != NULL) {
        arena_init(&table->arena, ARENA_MAX);
    }
    return table;
}

int sheet_table_parse(struct bytes text, const char *name, struct sheet_table **out,
                      struct error *err) {
    struct sheet_table *table = sheet_table_new();
    *out = NULL;
    if (table == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the earlier sheet");
    }
    int rc = 0;
    if (!utf8_valid(text, UTF8_WHOLE)) {
        rc = error_set(err, YINMA_E_USAGE, "%s: not UTF-8; save it as CSV UTF-8", name);
    }
    struct bytes copy = rc == 0 ? arena_copy(&table->arena, text) : (struct bytes){0};
    if (rc == 0 && copy.ptr == NULL && text.len > 0) {
        rc = error_set(err, YINMA_E_MEMORY, "no memory for the earlier sheet");
    }
    if (copy.ptr == NULL) {
        copy = BYTES_LIT("");
    }
    bool marked = bytes_starts_with(copy, BYTES_LIT("\xEF\xBB\xBF"));
    struct csv_reader in = {.left = bytes_from(copy, marked ? 3 : 0), .table = table};
    while (rc == 0 && in.left.len > 0) {
        rc = take_line(&in, name, err);
    }
    if (rc < 0) {
        sheet_table_free(table);
        return rc;
    }
    *out = table;
    return 0;
}

/* ---- files ---- */

static int read_all(FILE *file, const char *path, uint8_t **data, size_t *len, struct error *err) {
    size_t room = 0, got = 1;
    while (got > 0) {
        if (*len == room) {
            room = room * 2 + 65536;
            uint8_t *bigger = realloc(*data, room);
            if (bigger == NULL) {
                return error_set(err, YINMA_E_MEMORY, "no memory for the earlier sheet");
            }
            *data = bigger;
        }
        got = fread(*data + *len, 1, room - *len, file);
        *len += got;
        if (*len > FILE_MAX) {
            return error_set(err, YINMA_E_USAGE, "%s: larger than any sheet of ours", path);
        }
    }
    return ferror(file) == 0 ? 0 : error_set(err, YINMA_E_USAGE, "%s: cannot be read", path);
}

int sheet_table_read(const char *path, struct sheet_table **out, struct error *err) {
    uint8_t *data = NULL;
    size_t len = 0;
    *out = NULL;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        error_set_errno(err, errno, "%s", path);
        err->code = YINMA_E_USAGE;
        return YINMA_E_USAGE;
    }
    int rc = read_all(file, path, &data, &len, err);
    fclose(file);
    if (rc == 0) {
        rc = sheet_table_parse(bytes_of(data, len), path, out, err);
    }
    free(data);
    return rc;
}

void sheet_table_free(struct sheet_table *table) {
    if (table != NULL) {
        free(table->lines);
        arena_release(&table->arena);
        free(table);
    }
}

struct bytes sheet_table_cell(const struct sheet_table *table, size_t line, size_t column) {
    if (line >= table->count || column >= table->lines[line].count) {
        return (struct bytes){0};
    }
    return table->lines[line].cells[column];
}
