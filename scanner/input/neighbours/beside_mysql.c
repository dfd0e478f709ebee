/* beside_mysql.c - rows in one file, the description of their table in another: mysqldump --tab
 * (name.sql, name.txt) and mydumper (db.table-schema.sql, db.table.00000.sql). */
#include "input/neighbours/beside_rule.h"

/* The first name behind CREATE TABLE, in its quotes; empty when there is none. */
static struct bytes created_table(struct bytes script) {
    struct bytes words = BYTES_LIT("CREATE TABLE ");
    size_t at = bytes_find(script, words);
    struct bytes rest = at == SIZE_MAX ? bytes_of("", 0) : bytes_from(script, at + words.len);
    size_t end = bytes_find(rest, BYTES_LIT(" ("));
    return end == SIZE_MAX || end > 256 ? bytes_of("", 0) : bytes_first(rest, end);
}

/* Options of --tab can choose other separators: then the rows are read as any text of columns. */
static bool first_line_has_tabs(struct bytes text) {
    struct bytes line = bytes_first(text, bytes_find(text, BYTES_LIT("\n")));
    return bytes_find(line, BYTES_LIT("\t")) != SIZE_MAX;
}

static bool has_tabs(struct bytes head, struct bytes script, struct input_budget *budget) {
    uint8_t buffer[4096];
    struct bytes text = beside_plain_head(head, budget, buffer, sizeof buffer);
    bool one_column = bytes_find(script, BYTES_LIT(",\n  `")) == SIZE_MAX;
    return one_column || text.len == 0 || first_line_has_tabs(text);
}

static const struct bytes rows_ending = {(const uint8_t *)".txt", 4};

static bool tab_wish(struct bytes stem, struct text_buffer *wish) {
    const bool may = bytes_ends_with(stem, rows_ending);
    if (may) {
        text_buffer_put(wish, bytes_first(stem, stem.len - rows_ending.len));
        text_buffer_puts(wish, ".sql");
    }
    return may;
}

/* The neighbour that RULE wishes for, appended to the preamble. */
static bool read_description(struct beside *beside, const struct beside_rule *rule,
                             struct byte_source *source, struct bytes stem,
                             struct input_budget *budget) {
    struct text_buffer name;
    text_buffer_init(&name, 0);
    const bool read = rule->wish(stem, &name) && !name.failed &&
                      beside_read(source, text_buffer_view(&name), budget, &beside->preamble);
    text_buffer_release(&name);
    text_buffer_putc(&beside->preamble, '\n');
    return read;
}

static bool tab_find(struct beside *beside, struct byte_source *source, struct bytes stem,
                     struct bytes head, struct input_budget *budget) {
    uint8_t first[4096];
    if (!read_description(beside, &beside_mysql_tab, source, stem, budget)) {
        return false;
    }
    if (head.len == 0 && source->ops->read_at != NULL) {
        const int64_t got = source->ops->read_at(source, 0, first, sizeof first, NULL);
        head = bytes_of(first, got > 0 ? (size_t)got : 0);
    }
    struct bytes script = text_buffer_view(&beside->preamble);
    struct bytes table = created_table(script);
    if (table.len == 0 || bytes_find(script, BYTES_LIT("INSERT INTO")) != SIZE_MAX ||
        !has_tabs(head, script, budget)) {
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

const struct beside_rule beside_mysql_tab = {
    .wish = tab_wish, .plausible = first_line_has_tabs, .find = tab_find};

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

static bool mydumper_wish(struct bytes stem, struct text_buffer *wish) {
    struct bytes table = chunk_stem(stem);
    const size_t dot = bytes_find(table, BYTES_LIT("."));
    const bool may = table.len != 0 && dot != SIZE_MAX && dot != 0;
    if (may) {
        text_buffer_put(wish, table);
        text_buffer_puts(wish, "-schema.sql");
    }
    return may;
}

static bool mydumper_find(struct beside *beside, struct byte_source *source, struct bytes stem,
                          struct bytes head, struct input_budget *budget) {
    struct bytes table = chunk_stem(stem);
    (void)head;
    text_buffer_puts(&beside->preamble, "USE `");
    text_buffer_put(&beside->preamble, bytes_first(table, bytes_find(table, BYTES_LIT("."))));
    text_buffer_puts(&beside->preamble, "`;\n");
    if (!read_description(beside, &beside_mydumper, source, stem, budget)) {
        return false;
    }
    beside->hint = (struct content_hint){.format = "mydumper",
                                         .preamble = text_buffer_view(&beside->preamble)};
    return true;
}

/* Other dumps have a dot in their names as well: those create their tables. */
static bool has_rows_only(struct bytes text) {
    return bytes_find(text, BYTES_LIT("INSERT INTO ")) != SIZE_MAX &&
           bytes_find(text, BYTES_LIT("CREATE TABLE ")) == SIZE_MAX;
}

const struct beside_rule beside_mydumper = {
    .wish = mydumper_wish, .plausible = has_rows_only, .find = mydumper_find};
