#include "run/piece_sql.h"

#include <stdlib.h>

#include "core/error.h"

enum {
    HEAD_BYTES = 64 * 1024,         /* what anything is recognised by */
    CHUNK_BYTES = 256 * 1024,       /* read at a time */
    REACH_BYTES = 16 * 1024 * 1024, /* how far away the next statement may begin */
    PREFIX_MAX = 4 * 1024 * 1024,
    TABLE_MAX = 256,         /* bytes of a table's name */
    CREATE_MAX = 256 * 1024, /* … and of its description */
};

/* The head of a statement with rows. */
struct row_head {
    uint64_t at; /* of its first byte; UINT64_MAX: there is none */
    bool copy;
    size_t table_len;
    uint8_t table[TABLE_MAX]; /* as it is written */
};

struct dump {
    struct byte_source *file;
    uint8_t *chunk; /* CHUNK_BYTES + TABLE_MAX */
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

/* Where a piece may begin at or behind TARGET. */
static int find_begin(const struct dump *dump, uint64_t target, struct row_head *out,
                      struct error *err) {
    struct row_head before;
    uint64_t limit = target + REACH_BYTES;
    int status = next_head(dump, target, limit, out, err);
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

/* The file up to a statement with rows, behind its head where there is one near enough. */
static int read_prefix(const struct dump *dump, struct piece_sql *out, struct error *err) {
    struct row_head head;
    int status = next_head(dump, HEAD_BYTES, PREFIX_MAX, &head, err);
    if (status == 0 && head.at == UINT64_MAX) {
        status = next_head(dump, 0, PREFIX_MAX, &head, err);
    }
    if (status != 0 || head.at == UINT64_MAX || head.at > out->begin) {
        return status;
    }
    out->prefix = malloc((size_t)head.at + 1);
    if (out->prefix == NULL) {
        return out_of_memory(err);
    }
    int64_t got = dump->file->ops->read_at(dump->file, 0, out->prefix, (size_t)head.at, err);
    out->prefix_len = got > 0 ? (size_t)got : 0;
    return got < 0 ? (int)got : 0;
}

/* The description of TABLE in TEXT, with its semicolon and line end; empty: it is not there. */
static struct bytes description(struct bytes text, struct bytes table) {
    static const char create[] = "\nCREATE TABLE ";
    for (;;) {
        size_t at = bytes_find(text, BYTES_LIT(create));
        if (at == SIZE_MAX) {
            return bytes_of(text.ptr, 0);
        }
        struct bytes statement = bytes_from(text, at + 1);
        struct bytes name = bytes_from(statement, sizeof create - 2);
        text = name;
        if (bytes_starts_with(name, table) && name.len > table.len &&
            (name.ptr[table.len] == ' ' || name.ptr[table.len] == '(')) {
            size_t end = bytes_find(statement, BYTES_LIT(";\n"));
            return bytes_first(statement, end == SIZE_MAX ? 0 : end + 2);
        }
    }
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
    if (status != 0 || head.at == UINT64_MAX) {
        return status;
    }
    uint64_t from = head.at > CREATE_MAX ? head.at - CREATE_MAX : 0;
    size_t len = (size_t)(head.at - from);
    uint8_t *text = malloc(len + 1);
    if (text == NULL) {
        return out_of_memory(err);
    }
    int64_t got = dump->file->ops->read_at(dump->file, from, text, len, err);
    if (got >= 0) {
        struct bytes found = description(bytes_of(text, (size_t)got), table_of(first));
        status = found.len == 0 || put(out, found) ? 0 : out_of_memory(err);
    }
    free(text);
    return got < 0 ? (int)got : status;
}

size_t piece_sql_describe(struct bytes text, struct text_buffer *out) {
    static const char create[] = "CREATE TABLE ";
    size_t at = 0;
    while (at < text.len) {
        struct bytes line = bytes_from(text, at);
        if (bytes_starts_with(line, BYTES_LIT(create))) {
            size_t end = bytes_find(bytes_first(line, CREATE_MAX), BYTES_LIT(";\n"));
            if (end == SIZE_MAX && line.len < CREATE_MAX) {
                break;
            }
            text_buffer_putc(out, '\n');
            text_buffer_put(out, bytes_first(line, end == SIZE_MAX ? 0 : end + 2));
        }
        const uint8_t *newline = memchr(line.ptr, '\n', line.len);
        if (newline == NULL) {
            break;
        }
        at = (size_t)(newline - text.ptr) + 1;
    }
    return at;
}

static int add_description(const struct dump *dump, const struct row_head *head,
                           struct bytes described, struct piece_sql *out, struct error *err) {
    if (description(bytes_of(out->prefix, out->prefix_len), table_of(head)).len != 0) {
        return 0;
    }
    if (described.ptr == NULL) {
        return find_description(dump, head, out, err);
    }
    struct bytes found = description(described, table_of(head));
    return found.len == 0 || put(out, found) ? 0 : out_of_memory(err);
}

int piece_sql_place(struct byte_source *file, const struct work_piece *piece,
                    struct bytes described, struct piece_sql *out, struct error *err) {
    struct dump dump = {.file = file, .chunk = malloc(CHUNK_BYTES + TABLE_MAX)};
    struct row_head head = {.at = 0}, next = {.at = file->size};
    int status = 0;
    *out = (struct piece_sql){.end = file->size};
    if (dump.chunk == NULL) {
        return out_of_memory(err);
    }
    if (piece->number > 1) {
        status = find_begin(&dump, piece->from, &head, err);
    }
    if (status == 0 && piece->number < piece->count) {
        status = find_begin(&dump, piece->to, &next, err);
    }
    out->begin = head.at;
    out->end = next.at;
    out->open = piece->number > 1 && !head.copy;
    if (status == 0 && head.at != UINT64_MAX && next.at != UINT64_MAX && head.at < next.at) {
        out->placed = true;
        if (piece->number > 1) {
            status = read_prefix(&dump, out, err);
            out->placed = out->prefix != NULL;
        }
        if (status == 0 && out->placed && out->open) {
            status = add_description(&dump, &head, described, out, err);
        }
    }
    free(dump.chunk);
    return status;
}
