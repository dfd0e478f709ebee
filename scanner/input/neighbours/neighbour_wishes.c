#include "input/neighbours/beside_rule.h"
#include "input/neighbours/neighbour_store.h"

/* Descriptions are small; what is larger is read as any file. */
enum { DESCRIPTION_BYTES_MAX = 1024 * 1024 };

bool neighbour_next_line(struct bytes *lines, struct bytes *line) {
    *line = bytes_first(*lines, bytes_find(*lines, BYTES_LIT("\n")));
    *lines = bytes_from(*lines, line->len + 1);
    return line->len != 0;
}

static bool ends_like(struct bytes name, const char *ending) {
    const size_t len = strlen(ending);
    return name.len > len &&
           bytes_equal_ignoring_case(bytes_from(name, name.len - len), bytes_of(ending, len));
}

static void put_line(struct text_buffer *lines, struct bytes stem, const char *ending) {
    text_buffer_put(lines, stem);
    text_buffer_puts(lines, ending);
    text_buffer_putc(lines, '\n');
}

/* Does the header of a table of dBase or FoxPro (32 bytes, then 32 a column until 0D) describe a
 * column of memos? */
static bool has_memos(struct bytes head) {
    enum { PIECE = 32, TYPE_AT = 11, END = 0x0D };
    for (size_t at = PIECE; at + PIECE <= head.len && head.ptr[at] != END; at += PIECE) {
        if (head.ptr[at + TYPE_AT] == 'M') {
            return true;
        }
    }
    return false;
}

/* A database wishes for the log or the journal that may stand beside it (it is copied to be read,
 * anyway), these for their database, which tells what is in them. */
static void put_database_wishes(struct bytes path, struct bytes head, struct text_buffer *lines) {
    static const char *const logs[] = {"-wal", "-journal"};
    if (bytes_starts_with(head, BYTES_LIT("SQLite format 3\0"))) {
        put_line(lines, path, logs[0]);
        put_line(lines, path, logs[1]);
    }
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        if (ends_like(path, logs[i])) {
            put_line(lines, bytes_first(path, path.len - strlen(logs[i])), "");
        }
    }
    if (ends_like(path, ".dbf") && has_memos(head)) {
        static const char *const endings[] = {".fpt", ".FPT", ".dbt", ".DBT"};
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
            put_line(lines, bytes_first(path, path.len - 4), endings[i]);
        }
    }
}

/* Records without names wish for their layout, native ones also for CREATE TABLE. */
static void put_layout_wishes(struct bytes path, struct bytes head, struct text_buffer *lines) {
    const struct bytes stem = beside_layout_stem(path);
    const struct bytes folder = bytes_first(path, path.len - bytes_last_component(path).len);
    const bool text = ends_like(path, ".csv") || ends_like(path, ".txt") ||
                      bytes_starts_with(head, BYTES_LIT("\xFF\xFE"));
    const bool native = stem.len != 0 && !text && beside_layout_native(head);
    const bool may = stem.len != 0 && (head.len == 0 || native || beside_layout_plausible(head));
    if (native) {
        put_line(lines, stem, ".sql");
    }
    for (size_t i = 0; native && beside_layout_scripts[i] != NULL; i++) {
        put_line(lines, folder, beside_layout_scripts[i]);
    }
    for (size_t i = 0; may && beside_layout_endings[i].ending != NULL; i++) {
        put_line(lines, stem, beside_layout_endings[i].ending);
    }
}

void neighbour_wishes(struct bytes path, struct bytes head, struct input_budget *budget,
                      struct text_buffer *lines) {
    struct bytes name = bytes_last_component(path);
    struct text_buffer wish;
    text_buffer_init(&wish, 0);
    text_buffer_put(&wish, bytes_first(path, path.len - name.len));
    if (beside_wish(name, head, budget, &wish)) {
        for (size_t i = 0; beside_endings[i] != NULL; i++) {
            put_line(lines, text_buffer_view(&wish), beside_endings[i]);
        }
    }
    lines->failed = lines->failed || wish.failed;
    text_buffer_release(&wish);
    put_layout_wishes(path, head, lines);
    if (head.len != 0) {
        put_database_wishes(path, head, lines);
    }
}

bool neighbour_comes_last(struct bytes path) {
    return bytes_equal(bytes_last_component(path), BYTES_LIT("toc.dat"));
}

bool neighbour_may_serve(struct bytes path, struct bytes head, uint64_t size,
                         struct input_budget *budget) {
    static const char *const endings[] = {".fpt", ".dbt", "-wal", "-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ends_like(path, endings[i])) {
            return true;
        }
    }
    if (beside_layout_may_be(path, head, size)) {
        return true;
    }
    uint8_t buffer[16384];
    if (!bytes_ends_with(beside_stem(path), BYTES_LIT(".sql")) || size > DESCRIPTION_BYTES_MAX) {
        return false;
    }
    struct bytes text = beside_plain_head(head, budget, buffer, sizeof buffer);
    if (bytes_find(text, BYTES_LIT("T\0A\0B\0L\0E\0 \0")) != SIZE_MAX) {
        return true; /* a script of SQL Server */
    }
    return bytes_find(text, BYTES_LIT("CREATE TABLE ")) != SIZE_MAX &&
           bytes_find(text, BYTES_LIT("INSERT INTO ")) == SIZE_MAX;
}
