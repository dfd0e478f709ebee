#include "run/pieces/sql.h"

#include <stdlib.h>

#include "core/error.h"
#include "run/pieces/copy.h"

enum {
    HEAD_BYTES = 64 * 1024,         /* what anything is recognised by */
    CHUNK_BYTES = 256 * 1024,       /* read at a time */
    REACH_BYTES = 16 * 1024 * 1024, /* how far away the next statement may begin */
    PREFIX_MAX = 4 * 1024 * 1024,
    PREFIX_ENOUGH = 128 * 1024, /* rows behind that tell nothing new */
    TABLE_MAX = 256,            /* bytes of a table's name */
    CREATE_MAX = 256 * 1024,    /* … and of its description */
};

/* Behind rows of a COPY that go on elsewhere. */
static const char copy_end[] = "\\.\n";

/* The head of a statement with rows. */
struct row_head {
    uint64_t at; /* of its first byte; UINT64_MAX: there is none */
    bool copy;
    bool inside; /* `at` is that of a row, between others of a COPY */
    size_t table_len;
    uint8_t table[TABLE_MAX]; /* as it is written */
};

struct dump {
    struct byte_source *file;
    const struct piece_known *known; /* NULL: the file can be searched */
    uint8_t *chunk;                  /* CHUNK_BYTES + TABLE_MAX */
};

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for a piece of a dump");
}

static struct bytes table_of(const struct row_head *head) {
    return bytes_of(head->table, head->table_len);
}

/* Does a statement with rows begin at the start of TEXT? */
static bool read_head(struct bytes text, struct row_head *out) {
    static const char insert[] = "INSERT INTO ", copy[] = "COPY ";
    out->inside = false;
    out->copy = bytes_starts_with(text, BYTES_LIT(copy));
    if (!out->copy && !bytes_starts_with(text, BYTES_LIT(insert))) {
        return false;
    }
    struct bytes rest = bytes_from(text, out->copy ? sizeof copy - 1 : sizeof insert - 1);
    size_t len = 0;
    while (len < rest.len && len < TABLE_MAX && rest.ptr[len] != ' ' && rest.ptr[len] != '(' &&
           rest.ptr[len] != '\n') {
        out->table[len] = rest.ptr[len];
        len++;
    }
    out->table_len = len;
    return len > 0 && len < TABLE_MAX && len < rest.len;
}

/* The first such statement behind a line end, from FROM to before LIMIT. */
static int next_head(const struct dump *dump, uint64_t from, uint64_t limit, struct row_head *out,
                     struct error *err) {
    out->at = UINT64_MAX;
    for (uint64_t at = from; at < limit; at += CHUNK_BYTES) {
        int64_t got =
            dump->file->ops->read_at(dump->file, at, dump->chunk, CHUNK_BYTES + TABLE_MAX, err);
        if (got < 0) {
            return (int)got;
        }
        struct bytes text = bytes_of(dump->chunk, (size_t)got);
        size_t most = text.len < CHUNK_BYTES ? text.len : CHUNK_BYTES;
        for (size_t i = 0; i < most;) {
            const uint8_t *end = memchr(text.ptr + i, '\n', most - i);
            if (end == NULL) {
                break;
            }
            i = (size_t)(end - text.ptr) + 1;
            if (read_head(bytes_from(text, i), out)) {
                out->at = at + i;
                return 0;
            }
        }
        if ((size_t)got < CHUNK_BYTES) {
            break;
        }
    }
    return 0;
}

/* Does nothing stand between FROM, in a statement with rows, and TO but the rest of it? What
 * describes tables would be unknown to a piece that begins at TO. */
static int only_rows(const struct dump *dump, uint64_t from, uint64_t to, bool *out,
                     struct error *err) {
    uint64_t tail = to - from > TABLE_MAX ? to - TABLE_MAX : from;
    int64_t got = dump->file->ops->read_at(dump->file, tail, dump->chunk, (size_t)(to - tail), err);
    if (got < 0) {
        return (int)got;
    }
    struct bytes text = bytes_trim(bytes_of(dump->chunk, (size_t)got));
    const uint8_t *line = text.len == 0 ? NULL : memrchr(text.ptr, '\n', text.len);
    size_t begin = line == NULL ? 0 : (size_t)(line - text.ptr) + 1;
    struct bytes last = bytes_from(text, begin);
    /* the line before is the statement itself, or ends a list of rows */
    *out = last.len > 0 && last.ptr[last.len - 1] == ';' &&
           (tail + begin <= from || (line == NULL && tail > from) || last.ptr[0] == '(' ||
            last.ptr[0] == '\t' || last.ptr[0] == ' ');
    return 0;
}

/* A row of a COPY there. */
static int find_row(const struct dump *dump, uint64_t target, const struct bytes *open,
                    struct piece_copy *copy, struct row_head *out, struct error *err) {
    int status = piece_copy_find(dump->file, target, open, copy, err);
    copy->found = copy->found && read_head(text_buffer_view(&copy->head), out);
    out->at = copy->at;
    out->inside = copy->found;
    return status;
}

/* Where a piece may begin at or behind TARGET. OPEN: see piece_copy_find(). */
static int find_begin(const struct dump *dump, uint64_t target, const struct bytes *open,
                      struct piece_copy *copy, struct row_head *out, struct error *err) {
    struct row_head before;
    uint64_t limit = target + REACH_BYTES;
    int status = find_row(dump, target, open, copy, out, err);
    if (status != 0 || copy->found) {
        return status;
    }
    status = next_head(dump, target, limit, out, err);
    while (status == 0 && out->at != UINT64_MAX && !out->copy) {
        before = *out;
        status = next_head(dump, before.at, limit, out, err);
        bool rows = false;
        if (status == 0 && out->at != UINT64_MAX && !out->copy &&
            bytes_equal(table_of(&before), table_of(out))) {
            status = only_rows(dump, before.at, out->at, &rows, err);
        }
        if (rows) {
            break;
        }
    }
    return status;
}

/* ---- what stands before ---- */

static bool put(struct piece_sql *out, struct bytes text) {
    uint8_t *bigger = realloc(out->prefix, out->prefix_len + text.len + 1);
    if (bigger == NULL) {
        return false;
    }
    memcpy(bigger + out->prefix_len, text.ptr, text.len);
    out->prefix = bigger;
    out->prefix_len += text.len;
    return true;
}

/* Is the last statement with rows that begins in TEXT an INSERT? */
static bool ends_in_insert(struct bytes text) {
    struct row_head head;
    bool insert = false;
    for (size_t at = 0; at < text.len;) {
        const uint8_t *end = memchr(text.ptr + at, '\n', text.len - at);
        if (read_head(bytes_from(text, at), &head)) {
            insert = !head.copy;
        }
        at = end == NULL ? text.len : (size_t)(end - text.ptr) + 1;
    }
    return insert;
}

/* Statements may have a megabyte of rows, which would be read before each piece: the last one ends
 * after some of them. A row that is not one leaves a text open in which the piece then begins, and
 * that is seen. */
static void shorten_prefix(struct piece_sql *out) {
    static const char between[] = "),(", end[] = ";\n";
    struct bytes text = bytes_of(out->prefix, out->prefix_len);
    size_t at = bytes_find(bytes_from(text, PREFIX_ENOUGH), BYTES_LIT(between));
    if (at != SIZE_MAX && at + PREFIX_ENOUGH + sizeof between < text.len &&
        ends_in_insert(bytes_first(text, PREFIX_ENOUGH))) {
        at += PREFIX_ENOUGH + 1;
        memcpy(out->prefix + at, end, sizeof end - 1);
        out->prefix_len = at + sizeof end - 1;
    }
}

/* The file up to PLACE. */
static int read_until(const struct dump *dump, uint64_t place, struct piece_sql *out,
                      struct error *err) {
    out->prefix = malloc((size_t)place + sizeof copy_end);
    if (out->prefix == NULL) {
        return out_of_memory(err);
    }
    int64_t got = dump->file->ops->read_at(dump->file, 0, out->prefix, (size_t)place, err);
    out->prefix_len = got > 0 ? (size_t)got : 0;
    return got < 0 ? (int)got : 0;
}

/* Where the first row of a COPY ends that reaches behind the head; 0: nowhere near. */
static int row_end_behind_head(const struct dump *dump, uint64_t *out, struct error *err) {
    int64_t got = dump->file->ops->read_at(dump->file, HEAD_BYTES, dump->chunk, CHUNK_BYTES, err);
    struct bytes text = bytes_of(dump->chunk, got > 0 ? (size_t)got : 0);
    *out = 0;
    for (size_t at = 1; at < text.len && *out == 0; at++) {
        const uint8_t *end = memchr(text.ptr + at, '\n', text.len - at);
        if (end == NULL) {
            break;
        }
        at = (size_t)(end - text.ptr);
        *out = end[-1] == '\\' ? 0 : HEAD_BYTES + at + 1; /* a line end in a value */
    }
    return got < 0 ? (int)got : 0;
}

/* The file up to a statement with rows, behind its head where there is one near enough. Rows of a
 * COPY that reach from the head to the piece are read as far as the head: pieces with the same head
 * are recognised without a look (decode/head_memory.h). */
static int read_prefix(const struct dump *dump, const struct row_head *begin,
                       const struct piece_copy *copy, struct piece_sql *out, struct error *err) {
    struct row_head head;
    bool known = begin->inside && copy->statement_at < PREFIX_MAX; /* what is behind it are rows */
    uint64_t limit = known ? copy->statement_at + 1 : PREFIX_MAX, row_end = 0;
    int status = next_head(dump, HEAD_BYTES, limit, &head, err);
    if (status == 0 && head.at == UINT64_MAX) {
        status = next_head(dump, 0, limit, &head, err);
    }
    if (status != 0 || head.at == UINT64_MAX || head.at > out->begin) {
        return status;
    }
    if (known && head.at == copy->statement_at && head.at < HEAD_BYTES) {
        status = row_end_behind_head(dump, &row_end, err);
    }
    bool rows = row_end != 0 && row_end <= out->begin;
    status = status != 0 ? status : read_until(dump, rows ? row_end : head.at, out, err);
    if (status != 0 || out->prefix == NULL) {
        return status;
    }
    if (rows) {
        memcpy(out->prefix + out->prefix_len, copy_end, sizeof copy_end - 1);
        out->prefix_len += sizeof copy_end - 1;
    } else {
        shorten_prefix(out);
    }
    return 0;
}

/* The description of TABLE in TEXT, which begins with a line, up to its semicolon and line end;
 * empty: it is not there. */
static struct bytes description(struct bytes text, struct bytes table) {
    static const char create[] = "\nCREATE TABLE ";
    const struct bytes words = bytes_from(BYTES_LIT(create), 1);
    bool first = bytes_starts_with(text, words);
    for (;;) {
        size_t at = first ? 0 : bytes_find(text, BYTES_LIT(create));
        if (at == SIZE_MAX) {
            return bytes_of(text.ptr, 0);
        }
        struct bytes statement = bytes_from(text, at + !first);
        struct bytes name = bytes_from(statement, words.len);
        text = name;
        first = false;
        if (bytes_starts_with(name, table) && name.len > table.len &&
            (name.ptr[table.len] == ' ' || name.ptr[table.len] == '(')) {
            size_t end = bytes_find(statement, BYTES_LIT(";\n"));
            return bytes_first(statement, end == SIZE_MAX ? 0 : end + 2);
        }
    }
}

/* The description of TABLE that stands before the statement at PLACE. */
static int describe_before(const struct dump *dump, uint64_t place, struct bytes table,
                           struct piece_sql *out, struct error *err) {
    uint64_t from = place > CREATE_MAX ? place - CREATE_MAX : 0;
    size_t len = (size_t)(place - from);
    uint8_t *text = malloc(len + 1);
    if (text == NULL) {
        return out_of_memory(err);
    }
    int64_t got = dump->file->ops->read_at(dump->file, from, text, len, err);
    int status = got < 0 ? (int)got : 0;
    if (got > 0) {
        struct bytes lines = bytes_of(text, (size_t)got);
        const uint8_t *line_end = from == 0 ? text : memchr(lines.ptr, '\n', lines.len);
        lines = bytes_from(lines, line_end == NULL ? lines.len : (size_t)(line_end - text));
        struct bytes found = description(lines, table);
        status = found.len == 0 || put(out, found) ? 0 : out_of_memory(err);
    }
    free(text);
    return status;
}

/* Tables stand one behind the other: halve the file until the last INSERT of another table before
 * those of TABLE is found; the description stands behind it. */
static int find_description(const struct dump *dump, const struct row_head *first,
                            struct piece_sql *out, struct error *err) {
    uint64_t low = 0, high = first->at;
    struct row_head head;
    int status = 0;
    while (status == 0 && high - low > CHUNK_BYTES) {
        uint64_t middle = low + (high - low) / 2;
        status = next_head(dump, middle, high, &head, err);
        bool ours = head.at == UINT64_MAX || bytes_equal(table_of(&head), table_of(first));
        *(ours ? &high : &low) = middle;
    }
    if (status != 0) {
        return status;
    }
    status = next_head(dump, high, first->at + 1, &head, err);
    return status != 0 || head.at == UINT64_MAX
               ? status
               : describe_before(dump, head.at, table_of(first), out, err);
}

size_t piece_sql_describe(struct bytes text, struct text_buffer *described,
                          struct text_buffer *copy) {
    static const char create[] = "CREATE TABLE ";
    size_t at = 0;
    while (at < text.len) {
        struct bytes line = bytes_from(text, at);
        const uint8_t *newline = memchr(line.ptr, '\n', line.len);
        if (bytes_starts_with(line, BYTES_LIT(create))) {
            size_t end = bytes_find(bytes_first(line, CREATE_MAX), BYTES_LIT(";\n"));
            if (end == SIZE_MAX && line.len < CREATE_MAX) {
                break;
            }
            text_buffer_putc(described, '\n');
            text_buffer_put(described, bytes_first(line, end == SIZE_MAX ? 0 : end + 2));
        }
        if (newline == NULL) {
            break;
        }
        size_t statement = piece_copy_statement(line);
        if (statement != 0 || piece_copy_ends(line)) {
            text_buffer_clear(copy);
            text_buffer_put(copy, bytes_first(line, statement));
        }
        at = (size_t)(newline - text.ptr) + 1;
    }
    return at;
}

static int add_description(const struct dump *dump, const struct row_head *head,
                           const struct piece_copy *copy, struct piece_sql *out,
                           struct error *err) {
    struct bytes table = table_of(head);
    if (description(bytes_of(out->prefix, out->prefix_len), table).len != 0) {
        return 0;
    }
    if (dump->known != NULL) {
        struct bytes found = description(dump->known->described, table);
        return found.len == 0 || put(out, found) ? 0 : out_of_memory(err);
    }
    return head->inside ? describe_before(dump, copy->statement_at, table, out, err)
                        : find_description(dump, head, out, err);
}

/* What must be said before the piece that begins at HEAD. */
static int make_prefix(const struct dump *dump, const struct row_head *head,
                       const struct piece_copy *copy, struct piece_sql *out, struct error *err) {
    int status = read_prefix(dump, head, copy, out, err);
    out->placed = out->prefix != NULL;
    if (status == 0 && out->placed && out->open) {
        status = add_description(dump, head, copy, out, err);
    }
    if (status == 0 && out->placed && head->inside && !put(out, text_buffer_view(&copy->head))) {
        status = out_of_memory(err);
    }
    return status;
}

int piece_sql_place(struct byte_source *file, const struct work_piece *piece,
                    const struct piece_known *known, struct piece_sql *out, struct error *err) {
    struct dump dump = {.file = file, .known = known, .chunk = malloc(CHUNK_BYTES + TABLE_MAX)};
    struct row_head head = {.at = 0}, next = {.at = file->size};
    struct piece_copy first, behind;
    int status = 0;
    *out = (struct piece_sql){.end = file->size};
    if (dump.chunk == NULL) {
        return out_of_memory(err);
    }
    piece_copy_init(&first);
    piece_copy_init(&behind);
    if (piece->number > 1) {
        status =
            find_begin(&dump, piece->from, known == NULL ? NULL : &known->copy, &first, &head, err);
    }
    if (status == 0 && piece->number < piece->count) {
        status = find_begin(&dump, piece->to, known == NULL ? NULL : &known->copy_behind, &behind,
                            &next, err);
    }
    out->begin = head.at;
    out->end = next.at;
    out->open = piece->number > 1 && (!head.copy || head.inside);
    out->copied = next.inside;
    if (status == 0 && head.at != UINT64_MAX && next.at != UINT64_MAX && head.at < next.at) {
        out->placed = true;
        if (piece->number > 1) {
            status = make_prefix(&dump, &head, &first, out, err);
        }
    }
    piece_copy_release(&first);
    piece_copy_release(&behind);
    free(dump.chunk);
    return status;
}
