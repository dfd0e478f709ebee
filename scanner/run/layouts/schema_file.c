#include "run/layouts/schema_file.h"

#include <stdlib.h>

#include "catalog/file_text.h"
#include "core/text_buffer.h"

enum { PARTS_MAX = 3 };

/* The next part of a line parted by commas or tabs, without quotes around it. */
static struct bytes next_part(struct bytes *line) {
    size_t end = 0;
    while (end < line->len && line->ptr[end] != ',' && line->ptr[end] != '\t') {
        end++;
    }
    struct bytes part = bytes_trim(bytes_first(*line, end));
    if (part.len >= 2 && part.ptr[0] == '"' && part.ptr[part.len - 1] == '"') {
        part = bytes_of(part.ptr + 1, part.len - 2);
    }
    *line = bytes_from(*line, end + 1);
    return part;
}

static void put_quoted(struct text_buffer *out, struct bytes name, char quote) {
    text_buffer_putc(out, quote);
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] != (uint8_t)quote && name.ptr[i] != '\\') {
            text_buffer_putc(out, (char)name.ptr[i]);
        }
    }
    text_buffer_putc(out, quote);
}

/* A name of several parts, each in quotes. */
static void put_table(struct text_buffer *out, struct bytes name) {
    for (;;) {
        const size_t dot = bytes_find(name, BYTES_LIT("."));
        put_quoted(out, bytes_first(name, dot), '`');
        if (dot == SIZE_MAX) {
            return;
        }
        text_buffer_putc(out, '.');
        name = bytes_from(name, dot + 1);
    }
}

static bool is_heading(struct bytes table, struct bytes column) {
    return bytes_equal_ignoring_case(table, BYTES_LIT("table")) &&
           bytes_equal_ignoring_case(column, BYTES_LIT("column"));
}

/* Lines of one table stand together. */
static void put_lines(struct text_buffer *out, struct bytes text) {
    struct bytes before = bytes_of("", 0);
    while (text.len > 0) {
        const size_t end = bytes_find(text, BYTES_LIT("\n"));
        struct bytes line = bytes_first(text, end), part[PARTS_MAX];
        text = end == SIZE_MAX ? bytes_of("", 0) : bytes_from(text, end + 1);
        for (size_t i = 0; i < PARTS_MAX; i++) {
            part[i] = next_part(&line);
        }
        if (part[0].len == 0 || part[1].len == 0 || is_heading(part[0], part[1])) {
            continue;
        }
        if (bytes_equal(part[0], before)) {
            text_buffer_puts(out, ",\n");
        } else {
            text_buffer_puts(out, before.len == 0 ? "CREATE TABLE " : ");\nCREATE TABLE ");
            put_table(out, part[0]);
            text_buffer_puts(out, " (\n");
        }
        put_quoted(out, part[1], '`');
        text_buffer_puts(out, " text");
        if (part[2].len > 0) {
            text_buffer_puts(out, " COMMENT ");
            put_quoted(out, part[2], '\'');
        }
        before = part[0];
    }
    text_buffer_puts(out, before.len == 0 ? "" : ");\n");
}

int schema_file_read(const char *file, struct bytes *out, struct error *err) {
    struct bytes text;
    int code = file_text_read(file, &text, err);
    if (code != 0) {
        const struct error inner = *err;
        return error_set(err, code, "--schema: %s", inner.text);
    }
    struct text_buffer sql;
    text_buffer_init(&sql, 0);
    struct bytes body = text;
    if (bytes_starts_with(body, BYTES_LIT("\xEF\xBB\xBF"))) {
        body = bytes_from(body, 3);
    }
    if (bytes_find(body, BYTES_LIT("CREATE ")) != SIZE_MAX ||
        bytes_find(body, BYTES_LIT("create ")) != SIZE_MAX) {
        text_buffer_put(&sql, body);
        text_buffer_putc(&sql, '\n');
    } else {
        put_lines(&sql, body);
    }
    free((void *)(uintptr_t)text.ptr);
    *out = text_buffer_view(&sql); /* the buffer's memory is handed over */
    if (!sql.failed && sql.len > 0) {
        return 0;
    }
    *out = bytes_of(NULL, 0);
    code = sql.failed ? error_set(err, YINMA_E_MEMORY, "out of memory")
                      : error_set(err, YINMA_E_USAGE,
                                  "--schema %s: neither CREATE TABLE statements nor lines of "
                                  "table,column",
                                  file);
    text_buffer_release(&sql);
    return code;
}
