/* beside_mysql.c - rows in one file, the description of their table in another: mysqldump --tab
 * (name.sql, name.txt) and mydumper (db.table-schema.sql, db.table.00000.sql). */
#include "input/beside.h"

static bool read_description(struct beside *beside, struct byte_source *source, struct bytes stem,
                             const char *ending, struct input_budget *budget) {
    struct text_buffer name;
    text_buffer_init(&name, 0);
    text_buffer_put(&name, stem);
    text_buffer_puts(&name, ending);
    bool read =
        !name.failed && beside_read(source, text_buffer_view(&name), budget, &beside->preamble);
    text_buffer_release(&name);
    text_buffer_putc(&beside->preamble, '\n');
    return read;
}

/* The first name behind CREATE TABLE, in its quotes; empty when there is none. */
static struct bytes created_table(struct bytes script) {
    struct bytes words = BYTES_LIT("CREATE TABLE ");
    size_t at = bytes_find(script, words);
    struct bytes rest = at == SIZE_MAX ? bytes_of("", 0) : bytes_from(script, at + words.len);
    size_t end = bytes_find(rest, BYTES_LIT(" ("));
    return end == SIZE_MAX || end > 256 ? bytes_of("", 0) : bytes_first(rest, end);
}

/* Options of --tab can choose other separators: then the rows are read as any text of columns. */
static bool has_tabs(struct byte_source *source, struct bytes script) {
    uint8_t head[4096];
    if (source->ops->read_at == NULL) {
        return true;
    }
    int64_t got = source->ops->read_at(source, 0, head, sizeof head, NULL);
    struct bytes text = bytes_of(head, got > 0 ? (size_t)got : 0);
    bool one_column = bytes_find(script, BYTES_LIT(",\n  `")) == SIZE_MAX;
    struct bytes line = bytes_first(text, bytes_find(text, BYTES_LIT("\n")));
    return one_column || bytes_find(line, BYTES_LIT("\t")) != SIZE_MAX ||
           bytes_starts_with(text, BYTES_LIT("\x1F\x8B")) || text.len == 0;
}

bool mysql_tab_beside(struct beside *beside, struct byte_source *source, struct bytes stem,
                      struct input_budget *budget) {
    if (!bytes_ends_with(stem, BYTES_LIT(".txt")) ||
        !read_description(beside, source, bytes_first(stem, stem.len - 4), ".sql", budget)) {
        return false;
    }
    struct bytes script = text_buffer_view(&beside->preamble);
    struct bytes table = created_table(script);
    if (table.len == 0 || bytes_find(script, BYTES_LIT("INSERT INTO")) != SIZE_MAX ||
        !has_tabs(source, script)) {
        return false;
    }
    struct text_buffer copy;
    text_buffer_init(&copy, 0);
    text_buffer_puts(&copy, "COPY ");
    text_buffer_put(&copy, table);
    text_buffer_puts(&copy, " FROM stdin;\n");
    text_buffer_put(&beside->preamble, text_buffer_view(&copy));
    beside->preamble.failed = beside->preamble.failed || copy.failed;
    text_buffer_release(&copy);
    beside->hint = (struct content_hint){.format = "mysql-tab",
                                         .preamble = text_buffer_view(&beside->preamble)};
    return true;
}

/* db.table.sql, db.table.00000.sql, db.table.00000.00001.sql -> db.table; empty: another file. */
static struct bytes chunk_stem(struct bytes name) {
    if (!bytes_ends_with(name, BYTES_LIT(".sql"))) {
        return bytes_of("", 0);
    }
    name = bytes_first(name, name.len - 4);
    for (int i = 0; i < 2; i++) {
        size_t digits = 0;
        while (digits < name.len && byte_is_digit(name.ptr[name.len - 1 - digits])) {
            digits++;
        }
        if (digits >= 5 && digits + 1 < name.len && name.ptr[name.len - 1 - digits] == '.') {
            name = bytes_first(name, name.len - 1 - digits);
        }
    }
    return name;
}

bool mydumper_beside(struct beside *beside, struct byte_source *source, struct bytes stem,
                     struct input_budget *budget) {
    struct bytes table = chunk_stem(stem);
    size_t dot = bytes_find(table, BYTES_LIT("."));
    if (table.len == 0 || dot == SIZE_MAX || dot == 0) {
        return false;
    }
    text_buffer_puts(&beside->preamble, "USE `");
    text_buffer_put(&beside->preamble, bytes_first(table, dot));
    text_buffer_puts(&beside->preamble, "`;\n");
    if (!read_description(beside, source, table, "-schema.sql", budget)) {
        return false;
    }
    beside->hint = (struct content_hint){.format = "mydumper",
                                         .preamble = text_buffer_view(&beside->preamble)};
    return true;
}
