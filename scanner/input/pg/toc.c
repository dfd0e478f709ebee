/* The contents of an archive. Layouts are those of PostgreSQL's
 * pg_backup_archiver.c: 1.12 came with PostgreSQL 9.0, 1.13 with 11, 1.14 with
 * 12 (table access method), 1.15 with 16 (a byte names the compression), 1.16
 * with 17 (relation kind). */
#include "input/pg/toc.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

#include "input/archive/member_name.h"

enum {
    VERSION_MIN = 0x010A,
    VERSION_TABLE_AM = 0x010E,
    VERSION_ALGORITHM = 0x010F,
    VERSION_RELKIND = 0x0110,
    VERSION_MAX = 0x0110,
    DEPENDENCIES_MAX = 1000000,
    STATE_NO_DATA = 3, /* of the offset of a custom archive's entry */
};

static int damaged(struct pg_reader *reader, const char *what) {
    return error_set(&reader->failure, YINMA_E_DAMAGED, "the archive's %s makes no sense", what);
}

/* ---- header ---- */

bool pg_head_is(struct bytes head, enum pg_format *format) {
    if (head.len < 11 || memcmp(head.ptr, "PGDMP", 5) != 0 || head.ptr[5] != 1 ||
        head.ptr[8] > PG_INT_BYTES_MAX || head.ptr[9] > 16) {
        return false;
    }
    *format = (enum pg_format)head.ptr[10];
    return true;
}

static int read_compression(struct pg_toc *toc, struct pg_reader *reader) {
    int64_t level = 0;
    if (toc->version < VERSION_ALGORITHM) {
        int code = pg_int(reader, &level);
        toc->compression = level == 0 ? PG_PLAIN : PG_ZLIB;
        return code;
    }
    int algorithm = pg_byte(reader);
    if (algorithm < 0 || algorithm > PG_ZSTD) {
        return algorithm < 0 ? pg_read(reader, NULL, 1) : damaged(reader, "compression");
    }
    toc->compression = (enum pg_compression)algorithm;
    return 0;
}

/* A string, kept in toc->texts; *AT is where it stands. */
static int read_text(struct pg_toc *toc, struct pg_reader *reader, size_t *at) {
    int64_t len;
    int code = pg_int(reader, &len);
    *at = toc->texts.len;
    while (code == 0 && len > 0) {
        uint8_t piece[4096];
        int64_t got = pg_read_some(reader, piece, len < 4096 ? (size_t)len : 4096);
        if (got <= 0) {
            return got < 0 ? (int)got : pg_read(reader, NULL, 1);
        }
        text_buffer_put(&toc->texts, bytes_of(piece, (size_t)got));
        len -= got;
        if (toc->texts.failed) {
            return error_set(&reader->failure, YINMA_E_LIMIT,
                             "--max-memory: the archive's contents take more than that");
        }
    }
    if (code == 0) {
        text_buffer_putc(&toc->texts, '\0');
    }
    return code;
}

static int skip_text(struct pg_reader *reader) {
    int64_t len;
    int code = pg_int(reader, &len);
    return code == 0 && len > 0 ? pg_read(reader, NULL, (uint64_t)len) : code;
}

static int read_header(struct pg_toc *toc, struct pg_reader *reader) {
    uint8_t fixed[11] = {0};
    enum pg_format format;
    int code = pg_read(reader, fixed, sizeof fixed);
    if (code != 0) {
        return code;
    }
    if (!pg_head_is(bytes_of(fixed, sizeof fixed), &format) || fixed[8] == 0) {
        return damaged(reader, "header");
    }
    toc->version = (unsigned)fixed[5] << 8 | fixed[6];
    toc->format = format;
    reader->int_bytes = fixed[8];
    reader->offset_bytes = fixed[9];
    if (toc->version < VERSION_MIN || toc->version > VERSION_MAX) {
        return error_set(&reader->failure, YINMA_E_UNSUPPORTED,
                         "a PostgreSQL archive of version %u.%u, which is not known here",
                         toc->version >> 8, toc->version & 0xFF);
    }
    code = read_compression(toc, reader);
    for (int i = 0; code == 0 && i < 7; i++) { /* when it was made */
        int64_t ignored;
        code = pg_int(reader, &ignored);
    }
    for (int i = 0; code == 0 && i < 3; i++) { /* database, versions of server and pg_dump */
        code = skip_text(reader);
    }
    return code;
}

/* ---- entries ---- */

/* Where the strings of an entry stand while toc->texts still grows. */
struct places {
    size_t tag, desc, definition, copy, schema, file;
};

static int read_dependencies(struct pg_reader *reader) {
    for (int i = 0; i < DEPENDENCIES_MAX; i++) {
        int64_t len;
        int code = pg_int(reader, &len);
        if (code != 0 || len < 0) {
            return code;
        }
        code = pg_read(reader, NULL, (uint64_t)len);
        if (code != 0) {
            return code;
        }
    }
    return damaged(reader, SAID("list of dependencies"));
}

/* What only archives of that format have. */
static int read_extra(struct pg_toc *toc, struct pg_reader *reader, struct pg_entry *entry,
                      size_t *file) {
    if (toc->format == PG_CUSTOM) {
        int state = pg_byte(reader);
        entry->has_data = entry->has_data && state != STATE_NO_DATA;
        *file = SIZE_MAX;
        return pg_read(reader, NULL, reader->offset_bytes);
    }
    int code = read_text(toc, reader, file);
    entry->has_data = code == 0 && toc->texts.len > *file + 1;
    return code;
}

static int read_entry(struct pg_toc *toc, struct pg_reader *reader, struct pg_entry *entry,
                      struct places *at) {
    int64_t has_dumper = 0, ignored;
    int code = pg_int(reader, &entry->dump_id);
    code = code != 0 ? code : pg_int(reader, &has_dumper);
    code = code != 0 ? code : skip_text(reader); /* table oid */
    code = code != 0 ? code : skip_text(reader); /* oid */
    code = code != 0 ? code : read_text(toc, reader, &at->tag);
    code = code != 0 ? code : read_text(toc, reader, &at->desc);
    code = code != 0 ? code : (toc->version >= 0x010B ? pg_int(reader, &ignored) : 0); /* section */
    code = code != 0 ? code : read_text(toc, reader, &at->definition);
    code = code != 0 ? code : skip_text(reader); /* DROP */
    code = code != 0 ? code : read_text(toc, reader, &at->copy);
    code = code != 0 ? code : read_text(toc, reader, &at->schema);
    code = code != 0 ? code : skip_text(reader); /* tablespace */
    if (code == 0 && toc->version >= VERSION_TABLE_AM) {
        code = skip_text(reader);
    }
    if (code == 0 && toc->version >= VERSION_RELKIND) {
        code = pg_int(reader, &ignored);
    }
    code = code != 0 ? code : skip_text(reader); /* owner */
    code = code != 0 ? code : skip_text(reader); /* with OIDs */
    code = code != 0 ? code : read_dependencies(reader);
    entry->has_data = has_dumper != 0;
    return code != 0 ? code : read_extra(toc, reader, entry, &at->file);
}

static bool room_for_entry(struct pg_toc *toc, struct places **places) {
    if (*places != NULL && (toc->count & (toc->count - 1)) != 0) {
        return true; /* room is always a power of two */
    }
    const size_t room = toc->count == 0 ? 1 : toc->count * 2;
    struct pg_entry *entries = reallocarray(toc->entries, room, sizeof *entries);
    if (entries == NULL) {
        return false;
    }
    toc->entries = entries;
    struct places *more = reallocarray(*places, room, sizeof *more);
    if (more == NULL) {
        return false;
    }
    *places = more;
    return true;
}

static const char *text_at(const struct pg_toc *toc, size_t at) {
    return at == SIZE_MAX ? "" : toc->texts.data + at;
}

static void bind_texts(struct pg_toc *toc, const struct places *places) {
    for (size_t i = 0; i < toc->count; i++) {
        struct pg_entry *entry = &toc->entries[i];
        entry->tag = text_at(toc, places[i].tag);
        entry->desc = text_at(toc, places[i].desc);
        entry->definition = text_at(toc, places[i].definition);
        entry->copy = text_at(toc, places[i].copy);
        entry->schema = text_at(toc, places[i].schema);
        entry->file = text_at(toc, places[i].file);
    }
}

/* SET client_encoding = 'BIG5'; a server calls it EUC_TW, UTF8, SQL_ASCII … */
static void note_encoding(struct pg_toc *toc) {
    for (size_t i = 0; i < toc->count; i++) {
        const char *open = strcmp(toc->entries[i].desc, "ENCODING") == 0
                               ? strchr(toc->entries[i].definition, '\'')
                               : NULL;
        const char *close = open == NULL ? NULL : strchr(open + 1, '\'');
        if (close != NULL && (size_t)(close - open) <= sizeof toc->encoding) {
            const size_t len = (size_t)(close - open) - 1;
            for (size_t c = 0; c < len; c++) {
                toc->encoding[c] = (char)tolower((unsigned char)open[1 + c]);
            }
            toc->encoding[len] = '\0';
        }
    }
}

int pg_toc_read(struct pg_toc *toc, struct pg_reader *reader, uint64_t max_bytes,
                struct error *err) {
    struct places *places = NULL;
    int64_t count = 0;
    *toc = (struct pg_toc){0};
    text_buffer_init(&toc->texts, max_bytes / 2 < SIZE_MAX ? (size_t)(max_bytes / 2) : 0);
    int code = read_header(toc, reader);
    code = code != 0 ? code : pg_int(reader, &count);
    if (code == 0 && count < 0) {
        code = damaged(reader, SAID("number of entries"));
    }
    while (code == 0 && (int64_t)toc->count < count) {
        if (toc->count * sizeof *toc->entries > max_bytes / 4 || !room_for_entry(toc, &places)) {
            code = error_set(&reader->failure, YINMA_E_LIMIT,
                             "--max-memory: the archive's contents take more than that");
            break;
        }
        toc->entries[toc->count] = (struct pg_entry){0};
        code = read_entry(toc, reader, &toc->entries[toc->count], &places[toc->count]);
        toc->count += code == 0;
    }
    if (code == 0 && toc->entries != NULL && places != NULL) {
        bind_texts(toc, places);
        note_encoding(toc);
    }
    free(places);
    if (code != 0) {
        toc->count = 0;
        if (err != NULL) {
            *err = reader->failure;
        }
    }
    return code;
}

void pg_toc_release(struct pg_toc *toc) {
    text_buffer_release(&toc->texts);
    free(toc->entries);
    toc->entries = NULL;
    toc->count = 0;
}

/* ---- questions ---- */

struct pg_entry *pg_toc_by_id(struct pg_toc *toc, int64_t dump_id) {
    for (size_t i = 0; i < toc->count; i++) {
        if (toc->entries[i].dump_id == dump_id) {
            return &toc->entries[i];
        }
    }
    return NULL;
}

struct pg_entry *pg_toc_by_file(struct pg_toc *toc, struct bytes file) {
    for (size_t i = 0; i < toc->count; i++) {
        if (file.len > 0 && bytes_equal(bytes_of_string(toc->entries[i].file), file)) {
            return &toc->entries[i];
        }
    }
    return NULL;
}

void pg_toc_met(struct pg_toc *toc, const char *desc) {
    for (size_t i = 0; i < toc->count; i++) {
        toc->entries[i].met = toc->entries[i].met || strcmp(toc->entries[i].desc, desc) == 0;
    }
}

static bool is_table_data(const struct pg_entry *entry) {
    return strcmp(entry->desc, "TABLE DATA") == 0;
}

void pg_entry_name(const struct pg_entry *entry, struct text_buffer *out) {
    struct text_buffer raw;
    text_buffer_init(&raw, 0);
    if (is_table_data(entry)) {
        text_buffer_puts(&raw, entry->schema);
        text_buffer_puts(&raw, *entry->schema != '\0' ? "." : "");
    } else {
        text_buffer_puts(&raw, entry->desc);
        text_buffer_putc(&raw, ' ');
    }
    text_buffer_puts(&raw, entry->tag);
    member_name_put(out, text_buffer_view(&raw));
    out->failed = out->failed || raw.failed;
    text_buffer_release(&raw);
}

struct content_hint pg_entry_hint(const struct pg_toc *toc, const struct pg_entry *entry,
                                  const char *format, struct text_buffer *preamble) {
    struct content_hint hint = {.encoding = *toc->encoding != '\0' ? toc->encoding : NULL};
    text_buffer_clear(preamble);
    if (entry == NULL || is_table_data(entry)) {
        hint.format = format;
    }
    if (entry != NULL && is_table_data(entry)) {
        pg_toc_preamble(toc, entry, preamble);
        hint.preamble = text_buffer_view(preamble);
    }
    return hint;
}

/* ---- scripts ---- */

/* TEXT as UTF-8: an archive of pg_dump -E BIG5 holds names in Big5. */
static void put_utf8(struct text_buffer *out, const char *text) {
    struct text_buffer utf8;
    text_buffer_init(&utf8, 0);
    member_name_put(&utf8, bytes_of_string(text));
    text_buffer_put(out, text_buffer_view(&utf8));
    out->failed = out->failed || utf8.failed;
    text_buffer_release(&utf8);
}

static bool describes(const struct pg_entry *entry, const struct pg_entry *data) {
    if (strcmp(entry->schema, data->schema) != 0) {
        return false;
    }
    if (strcmp(entry->desc, "COMMENT") == 0) { /* its tag: COLUMN table.column */
        const size_t len = strlen(data->tag);
        return strncmp(entry->tag, "COLUMN ", 7) == 0 &&
               (entry->tag[7] == '"' ||
                (strncmp(entry->tag + 7, data->tag, len) == 0 && entry->tag[7 + len] == '.'));
    }
    return strcmp(entry->tag, data->tag) == 0 &&
           (strcmp(entry->desc, "TABLE") == 0 || strcmp(entry->desc, "FOREIGN TABLE") == 0 ||
            strcmp(entry->desc, "MATERIALIZED VIEW") == 0);
}

void pg_toc_preamble(const struct pg_toc *toc, const struct pg_entry *entry,
                     struct text_buffer *out) {
    text_buffer_clear(out);
    for (size_t i = 0; i < toc->count; i++) {
        if (strcmp(toc->entries[i].desc, "STDSTRINGS") == 0) {
            put_utf8(out, toc->entries[i].definition);
        }
    }
    /* Before 1.13 names were not qualified: the schema was said by the search
     * path. */
    text_buffer_puts(out, "SET search_path = \"");
    put_utf8(out, entry->schema);
    text_buffer_puts(out, "\", pg_catalog;\n");
    for (size_t i = 0; i < toc->count; i++) {
        if (describes(&toc->entries[i], entry)) {
            put_utf8(out, toc->entries[i].definition);
            text_buffer_putc(out, '\n');
        }
    }
    put_utf8(out, entry->copy);
    text_buffer_putc(out, '\n');
}

void pg_toc_script(const struct pg_toc *toc, struct text_buffer *out) {
    text_buffer_clear(out);
    for (size_t i = 0; i < toc->count; i++) {
        text_buffer_puts(out, toc->entries[i].definition);
        text_buffer_putc(out, '\n');
    }
}

int pg_toc_check_all_met(const struct pg_toc *toc, const char *format, struct error *err) {
    size_t missing = 0, all = 0;
    for (size_t i = 0; i < toc->count; i++) {
        all += toc->entries[i].has_data;
        missing += toc->entries[i].has_data && !toc->entries[i].met;
    }
    return missing == 0 ? 0
                        : error_set(err, YINMA_E_TRUNCATED,
                                    "the %s archive lists data of %zu objects; that of %zu is "
                                    "missing",
                                    format, all, missing);
}
