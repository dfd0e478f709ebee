#include "run/pieces/source.h"

#include <stdlib.h>

#include "decode/decoder.h"
#include "decode/delimited/sniff.h"
#include "decode/head_notes.h"
#include "judge/dates/unit_dates.h"
#include "run/pieces/text.h"

enum {
    STRIDE = UNIT_STRIDE,
    MIDDLE = STRIDE / 2,
    PREFIX_MAX = 3 * STRIDE,
    RECORDS_AGREE = 4, /* so many with as many fields as those of the head: a record begins */
    LOOK_BYTES = 3 * STRIDE,
};

/* How to find places between records. */
enum record_rule { RULE_NONE, RULE_LINES, RULE_TEXT_LINES, RULE_DELIMITED, RULE_SQL };

static const struct format_rule {
    const char *format;
    enum record_rule rule;
} format_rules[] = {
    {"csv", RULE_DELIMITED},  {"tsv", RULE_DELIMITED}, {"ndjson", RULE_LINES},
    {"log", RULE_TEXT_LINES}, {"mysqldump", RULE_SQL}, {"pg_dump", RULE_SQL},
    {"sql", RULE_SQL},
};

struct piece_source {
    struct byte_source base;
    struct byte_source *file;
    struct input_budget *budget;
    uint8_t *prefix;
    size_t prefix_len;
    uint64_t at;          /* in the stream */
    uint64_t begin, stop; /* of the file: what is read … */
    uint64_t end;         /* … and from where on it belongs to the next piece */
    struct bytes suffix;  /* behind it in the stream */
};

/* Rows of a COPY are said to end where those of a piece do. */
static const char copy_end[] = "\\.\n";

/* ---- reading ---- */

static int64_t piece_read(struct byte_source *source, void *buffer, size_t capacity,
                          struct error *err) {
    struct piece_source *self = (struct piece_source *)source;
    if (self->at < self->prefix_len) {
        size_t left = self->prefix_len - (size_t)self->at;
        size_t len = left < capacity ? left : capacity;
        memcpy(buffer, self->prefix + self->at, len);
        self->at += len;
        return (int64_t)len;
    }
    uint64_t place = self->begin + (self->at - self->prefix_len);
    if (place >= self->stop) {
        struct bytes rest = bytes_first(bytes_from(self->suffix, place - self->stop), capacity);
        memcpy(buffer, rest.ptr, rest.len);
        self->at += rest.len;
        return (int64_t)rest.len;
    }
    uint64_t left = self->stop - place;
    int64_t got = self->file->ops->read_at(self->file, place, buffer,
                                           left < capacity ? (size_t)left : capacity, err);
    if (got > 0) {
        self->at += (uint64_t)got;
        uint64_t own = place >= self->end ? 0 : self->end - place;
        own = own < (uint64_t)got ? own : (uint64_t)got;
        self->budget->compressed_bytes -= (uint64_t)got - own;
    }
    return got;
}

static void piece_close(struct byte_source *source) {
    struct piece_source *self = (struct piece_source *)source;
    byte_source_close(self->file);
    free(self->prefix);
    free(self);
}

static const struct byte_source_ops piece_ops = {.read = piece_read, .close = piece_close};

/* ---- finding ---- */

/* A file being looked at. */
struct finder {
    struct byte_source *file;
    const struct piece_known *known;
    struct input_budget *budget;
    const struct block64_ops *ops;
    enum encoding encoding;
    enum record_rule rule;
    struct delimited_dialect dialect;
    uint8_t *look; /* LOOK_BYTES */
};

static int64_t look_at(const struct finder *f, uint64_t at, size_t len, struct error *err) {
    uint64_t counted = f->budget->compressed_bytes;
    int64_t got = f->file->ops->read_at(f->file, at, f->look, len, err);
    f->budget->compressed_bytes = counted;
    return got;
}

/* Do records like those of the head begin at AT? */
static bool records_fit(const struct finder *f, struct bytes text, size_t at) {
    struct bytes field;
    for (unsigned i = 0; i < RECORDS_AGREE; i++) {
        size_t count = 0;
        bool closed = false;
        size_t next = delimited_record(f->dialect.marks, text, at, &field, 1, &count, &closed);
        if (!closed || count != f->dialect.columns) {
            return false;
        }
        at = next;
    }
    return true;
}

/* The first line from AT of RAW on, before the end of the stride, that records begin with;
 * SIZE_MAX: none. TEXT is RAW from AT on as UTF-8, which has the same lines. */
static size_t find_record(const struct finder *f, struct bytes raw, size_t at, struct bytes text) {
    size_t place = 0;
    while (at < STRIDE && !records_fit(f, text, place)) {
        struct bytes rest = bytes_from(text, place);
        const uint8_t *end = rest.len == 0 ? NULL : memchr(rest.ptr, '\n', rest.len);
        at = piece_text_line(f->encoding, raw, at);
        place = end == NULL ? text.len : (size_t)(end - text.ptr) + 1;
    }
    return at < STRIDE ? at : SIZE_MAX;
}

static int find_delimited(const struct finder *f, struct bytes raw, size_t at, size_t *out,
                          struct error *err) {
    struct text_buffer converted;
    struct bytes rest = bytes_from(raw, at);
    if (f->encoding == ENCODING_UTF8) {
        *out = find_record(f, raw, at, rest);
        return 0;
    }
    text_buffer_init(&converted, 0);
    int status = transcode_text(rest, f->encoding, f->ops, &converted, err);
    *out = status == 0 ? find_record(f, raw, at, text_buffer_view(&converted)) : SIZE_MAX;
    text_buffer_release(&converted);
    return status;
}

/* Where the piece that is to begin near TARGET begins; 0: nowhere. For lines: behind one that ends
 * behind the middle of a stride and begins behind the start of it, so that lines that are read for
 * their dates (judge/dates/unit_dates.c) belong to one piece. */
static int find_line(const struct finder *f, uint64_t target, uint64_t *out, struct error *err) {
    uint64_t from = target / STRIDE * STRIDE;
    *out = 0;
    int64_t got = look_at(f, from, LOOK_BYTES, err);
    if (got < STRIDE) {
        return got < 0 ? (int)got : 0;
    }
    struct bytes raw = bytes_of(f->look, (size_t)got);
    size_t at = piece_text_line(f->encoding, raw, MIDDLE);
    if (at >= STRIDE || piece_text_line(f->encoding, bytes_first(raw, MIDDLE), 0) == SIZE_MAX) {
        return 0;
    }
    int status = f->rule == RULE_DELIMITED ? find_delimited(f, raw, at, &at, err) : 0;
    *out = at == SIZE_MAX ? 0 : from + at;
    return status;
}

/* ---- the beginning ---- */

/* The head of the file up to a line end behind the bytes that anything is recognised by. */
static int read_prefix(const struct finder *f, struct piece_source *self, uint64_t begin,
                       struct error *err) {
    int64_t got = look_at(f, 0, PREFIX_MAX, err);
    if (got < 0) {
        return (int)got;
    }
    size_t len = INPUT_HEAD_BYTES;
    bool found = false;
    while (!found && len < (size_t)got) {
        size_t line = piece_text_line(f->encoding, bytes_of(f->look, (size_t)got), len);
        if (line == SIZE_MAX) {
            break;
        }
        len = line;
        found = f->rule != RULE_DELIMITED ||
                piece_text_count(f->encoding, f->ops, bytes_of(f->look, len), '"') % 2 == 0;
    }
    self->prefix = found && len <= begin ? malloc(len + STRIDE) : NULL;
    if (self->prefix == NULL) {
        return found && len <= begin
                   ? error_set(err, YINMA_E_MEMORY, "out of memory for a piece of a file")
                   : 0;
    }
    memcpy(self->prefix, f->look, len);
    self->prefix_len = len;
    if (f->rule != RULE_TEXT_LINES) {
        return 0;
    }
    /* Running text needs what stands before. */
    uint64_t from = begin / STRIDE * STRIDE;
    size_t have = (size_t)(begin - from);
    got = look_at(f, from, have, err);
    if (got != (int64_t)have) {
        self->prefix_len = 0;
        return got < 0 ? (int)got : 0;
    }
    size_t context = SEGMENT_CONTEXT * piece_text_unit(f->encoding), line = SIZE_MAX;
    if (have > context) {
        line = piece_text_last_line(f->encoding, bytes_of(f->look, have - context));
    }
    self->prefix_len = line == SIZE_MAX ? 0 : len + have - line;
    if (line != SIZE_MAX) {
        memcpy(self->prefix + len, f->look + line, have - line);
    }
    return 0;
}

/* ---- what the file is ---- */

/* Of text, HEAD as UTF-8. */
static enum record_rule rule_of_text(struct head_memory *heads, const struct decode_head *head,
                                     struct delimited_dialect *dialect) {
    const struct decoder *decoder = head_memory_choose(heads, head);
    enum record_rule rule = RULE_NONE;
    for (size_t i = 0; i < sizeof format_rules / sizeof *format_rules; i++) {
        if (strcmp(format_rules[i].format, decoder->name) == 0) {
            rule = format_rules[i].rule;
        }
    }
    struct bytes sample = bytes_first(head->head, DELIMITED_SAMPLE_BYTES);
    if (rule == RULE_DELIMITED && (!delimited_sniff_head(head, sample, false, dialect) ||
                                   dialect->marks.record_end != '\n')) {
        rule = RULE_NONE;
    }
    return rule;
}

static enum record_rule rule_of_changed(const struct piece_eyes *eyes,
                                        const struct decode_head *head, enum encoding encoding,
                                        struct delimited_dialect *dialect) {
    struct text_buffer text;
    struct error ignored = {0};
    enum record_rule rule = RULE_NONE;
    text_buffer_init(&text, 0);
    if (transcode_text(head->head, encoding, eyes->engine->ops, &text, &ignored) == 0) {
        struct decode_head changed = *head;
        for (unsigned i = 0; i < SEGMENT_PADDING; i++) {
            text_buffer_putc(&text, '\0');
        }
        changed.head = bytes_first(text_buffer_view(&text), INPUT_HEAD_BYTES);
        changed.widths =
            (struct widths){.rule = encoding_width_rule(encoding), .anchor = changed.head.ptr};
        rule = text.failed ? RULE_NONE : rule_of_text(eyes->heads, &changed, dialect);
    }
    text_buffer_release(&text);
    return rule == RULE_SQL && piece_text_unit(encoding) != 1 ? RULE_NONE : rule;
}

/* *encoding: of all of the unit, as far as its head can tell. */
static enum record_rule rule_of(const struct piece_eyes *eyes, const struct decode_head *head,
                                enum encoding *encoding, struct delimited_dialect *dialect) {
    const struct engine *engine = eyes->engine;
    *encoding =
        engine->encoding_forced ? engine->encoding : encoding_guess(head->head, false).encoding;
    if (container_detect(head->head) != NULL || decoder_choose_binary(head) != NULL ||
        content_guess(head->head, head->name).class != CONTENT_TEXT ||
        !piece_text_cuts(*encoding)) {
        return RULE_NONE;
    }
    return *encoding == ENCODING_UTF8 ? rule_of_text(eyes->heads, head, dialect)
                                      : rule_of_changed(eyes, head, *encoding, dialect);
}

bool pieces_wanted(const struct engine *engine) {
    return !engine->occurrences && engine->schema.len == 0 && engine->layouts == NULL &&
           engine->delimiter.len == 0 && engine->sought == NULL && engine->reference == NULL &&
           engine->limits.max_unit_bytes == 0 && engine->limits.timeout_seconds <= 0;
}

bool pieces_possible(const struct piece_eyes *eyes, struct bytes head, struct bytes name,
                     bool *sql_out) {
    struct head_notes notes = {0};
    struct delimited_dialect dialect;
    enum encoding encoding;
    const struct decode_head look = {.head = head,
                                     .name = bytes_last_component(name),
                                     .widths.anchor = head.ptr,
                                     .notes = &notes};
    enum record_rule rule =
        head.len < INPUT_HEAD_BYTES ? RULE_NONE : rule_of(eyes, &look, &encoding, &dialect);
    *sql_out = rule == RULE_SQL;
    return rule != RULE_NONE;
}

static int place_lines(const struct finder *f, const struct work_piece *piece,
                       struct piece_source *self, bool *placed, struct error *err) {
    int status = 0;
    *placed = false;
    self->begin = 0;
    self->end = self->file->size;
    if (piece->number > 1) {
        status = find_line(f, piece->from, &self->begin, err);
        if (status != 0 || self->begin == 0) {
            return status;
        }
    }
    if (piece->number < piece->count) {
        status = find_line(f, piece->to, &self->end, err);
        if (status != 0 || self->end <= self->begin) {
            return status;
        }
    }
    self->stop = self->end;
    if (f->rule == RULE_TEXT_LINES && piece->number < piece->count) { /* it needs what follows */
        int64_t got = look_at(f, self->end, STRIDE, err);
        struct bytes behind = bytes_of(f->look, got > 0 ? (size_t)got : 0);
        size_t line = piece_text_last_line(f->encoding, behind);
        if (line == SIZE_MAX) {
            return got < 0 ? (int)got : 0;
        }
        self->stop += line;
    }
    if (piece->number > 1) {
        status = read_prefix(f, self, self->begin, err);
        *placed = self->prefix_len != 0;
    } else {
        *placed = self->end >= (uint64_t)2 * STRIDE;
    }
    return status;
}

static int place(struct finder *f, const struct work_piece *piece, struct piece_source *self,
                 struct piece_cut *cut, bool *placed, struct error *err) {
    cut->open = piece->number > 1;
    if (f->rule != RULE_SQL) {
        return place_lines(f, piece, self, placed, err);
    }
    struct piece_sql sql;
    uint64_t counted = f->budget->compressed_bytes;
    int status = piece_sql_place(f->file, piece, f->known, &sql, err);
    f->budget->compressed_bytes = counted;
    *placed = sql.placed;
    self->begin = sql.begin;
    self->end = self->stop = sql.end;
    self->prefix = sql.prefix;
    self->prefix_len = sql.prefix_len;
    self->suffix = sql.copied ? BYTES_LIT(copy_end) : bytes_of("", 0);
    cut->open = sql.open;
    return status;
}

int piece_open(const struct piece_eyes *eyes, const struct piece_of_file *wanted,
               struct piece_cut *cut, struct byte_source **out, struct error *err) {
    const struct work_piece *piece = wanted->piece;
    struct byte_source *file = wanted->file;
    struct finder f = {.file = file,
                       .known = wanted->known,
                       .budget = wanted->budget,
                       .ops = eyes->engine->ops,
                       .look = malloc(LOOK_BYTES)};
    struct piece_source *self = calloc(1, sizeof *self);
    bool placed = false;
    int status = 0;
    *out = NULL;
    *cut = (struct piece_cut){
        .number = piece->number, .count = piece->count, .last = piece->number == piece->count};
    if (self == NULL || f.look == NULL) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for a piece of a file");
        goto cleanup;
    }
    *self = (struct piece_source){.base = {.ops = &piece_ops, .size = UINT64_MAX},
                                  .file = file,
                                  .budget = wanted->budget,
                                  .suffix = bytes_of("", 0)};
    if (file->ops->read_at == NULL || file->size == UINT64_MAX) {
        goto cleanup;
    }
    int64_t got = look_at(&f, 0, INPUT_HEAD_BYTES, err);
    if (got < INPUT_HEAD_BYTES) {
        status = got < 0 ? (int)got : 0;
        goto cleanup;
    }
    struct head_notes notes = {0};
    const struct decode_head head = {.head = bytes_of(f.look, (size_t)got),
                                     .name = bytes_last_component(wanted->name),
                                     .widths.anchor = f.look,
                                     .notes = &notes};
    f.rule = rule_of(eyes, &head, &f.encoding, &f.dialect);
    if (f.rule != RULE_NONE) {
        status = place(&f, piece, self, cut, &placed, err);
    }
cleanup:
    free(f.look);
    if (status == 0 && placed) {
        cut->begin = self->begin;
        cut->end = self->end;
        cut->prefix = self->prefix_len;
        cut->prefix_lines =
            piece_text_count(f.encoding, f.ops, bytes_of(self->prefix, self->prefix_len), '\n');
        *out = &self->base;
        return 0;
    }
    if (self != NULL) {
        free(self->prefix);
        free(self);
    }
    byte_source_close(file);
    return status;
}
