/* avro.c - Avro object container files (avro.apache.org, specification 1.11, "Object Container
 * Files"): a header with the schema, then blocks of records, each compressed by itself and closed
 * by the same sixteen bytes, which show where to go on behind damage. */
#include <stdlib.h>

#include "decode/avro/walk.h"
#include "decode/byte_feed.h"
#include "decode/decoder.h"

enum {
    SYNC_BYTES = 16,
    BLOCK_HEAD_BYTES = 20, /* two numbers */
    BLOCK_BYTES_MAX = 256 << 20,
    HEADER_BYTES = 4096,
    HEADER_BYTES_MAX = 16 << 20,
    SCHEMA_MEMORY = 64 << 20,
    SKIP_BYTES = 64 * 1024,
    /* Values of no bytes: nulls in records in records may be any number. So many are read of each
     * byte of a file, and of a file of a few bytes. */
    IDLE_OF_BYTE = 64,
    IDLE_OF_FEW = 16 << 20,
};

#define MAGIC BYTES_LIT("Obj\x01")

struct avro_decoder {
    struct field_set *fields;
    struct decode_report *report;
    struct block_expander expander;
    struct byte_feed feed;
    struct arena arena; /* of the schema */
    const struct avro_type *type;
    bool compressed;
    enum block_codec codec;
    uint8_t sync[SYNC_BYTES];
    bool has_sync; /* the header was read */

    struct json_paths *paths;
    struct record_text text;
    struct narrow_text narrow;
    struct avro_walk walk;
    uint32_t table;
    bool written; /* text holds something that no segment showed yet */

    bool block_open, skipping, ended;
    bool block_cut;           /* the data ends in it: that is told */
    uint64_t records;         /* of the block that follow */
    const uint8_t *record;    /* where the one in work began */
    uint64_t idle, idle_most; /* values of no bytes: read, and that may be */
    size_t block_bytes;       /* of the feed, which are used when it is closed */
    struct block_buffer content;
};

static void avro_close(void *state) {
    struct avro_decoder *d = state;
    if (d != NULL) {
        json_paths_free(d->paths);
        record_text_release(&d->text);
        narrow_text_release(&d->narrow);
        block_buffer_release(&d->content);
        byte_feed_release(&d->feed);
        arena_release(&d->arena);
        free(d);
    }
}

/* The first that is told stands. */
static void tell(struct avro_decoder *d, int code, const char *why) {
    if (d->report->status == 0) {
        d->report->status = error_set(&d->report->error, code, "%s", why);
    }
}

/* Bytes that could not be read as records. */
static void put_strings(struct avro_decoder *d, struct bytes raw) {
    record_text_row(&d->text, 0);
    record_text_strings(&d->text, raw, true, FIELD_FREE_TEXT);
}

/* ---- blocks ---- */

static void skip_block(struct avro_decoder *d, const char *why) {
    tell(d, YINMA_E_DAMAGED, why);
    d->skipping = true;
}

static void end_of_data(struct avro_decoder *d) {
    d->ended = true;
    if (d->feed.failure.code != 0) {
        d->report->status = d->feed.failure.code;
        d->report->error = d->feed.failure;
    }
}

/* PACKED is what there is of a block of so many RECORDS. */
static void begin_block(struct avro_decoder *d, uint64_t records, struct bytes packed) {
    struct error why = {0};
    struct bytes content = packed;
    if (d->compressed) {
        const int code = block_expand(&d->expander, d->codec, packed, &d->content, &why);
        content = bytes_of(d->content.bytes, d->content.len);
        d->text.failed = d->text.failed || code == YINMA_E_MEMORY;
        if (code != 0) {
            tell(d, code, why.text);
            d->ended = code != YINMA_E_DAMAGED && code != YINMA_E_TRUNCATED;
        }
    }
    d->records = records;
    d->idle_most += IDLE_OF_BYTE * (uint64_t)packed.len;
    d->block_open = true;
    d->walk.depth = 0;
    d->walk.reader = (struct avro_reader){content.ptr, content.ptr + content.len};
}

static void close_block(struct avro_decoder *d) {
    d->block_open = false;
    d->walk.depth = 0;
    d->feed.at += d->block_bytes;
    d->block_bytes = 0;
    if (d->block_cut) {
        end_of_data(d);
    }
}

/* The rest of the block is no record. */
static void leave_block(struct avro_decoder *d) {
    const struct avro_reader *rest = &d->walk.reader;
    tell(d, YINMA_E_DAMAGED, SAID("a block makes no sense from some place on; others were read"));
    put_strings(d, bytes_of(rest->at, (size_t)(rest->end - rest->at)));
    close_block(d);
}

static size_t find_sync(const struct avro_decoder *d, struct bytes data) {
    return d->has_sync ? bytes_find(data, bytes_of(d->sync, SYNC_BYTES)) : SIZE_MAX;
}

/* A block of which the data has but the begin, HEAD bytes of numbers first. */
static void open_last_block(struct avro_decoder *d, uint64_t records, size_t head) {
    struct bytes rest = bytes_of(byte_feed_at(&d->feed), byte_feed_left(&d->feed));
    if (find_sync(d, rest) != SIZE_MAX) {
        skip_block(d, SAID("the length of a block makes no sense; others were read"));
        return;
    }
    tell(d, YINMA_E_TRUNCATED, SAID("the data ends inside a block"));
    d->block_cut = true;
    d->block_bytes = rest.len;
    begin_block(d, records, bytes_from(rest, head));
}

static void open_block(struct avro_decoder *d) {
    (void)byte_feed_need(&d->feed, BLOCK_HEAD_BYTES);
    const uint8_t *start = byte_feed_at(&d->feed);
    const size_t left = byte_feed_left(&d->feed);
    struct avro_reader reader = {start, start + left};
    int64_t records, bytes;
    if (left == 0) {
        end_of_data(d);
        return;
    }
    if (!avro_take_long(&reader, &records) || !avro_take_long(&reader, &bytes)) {
        if (left < BLOCK_HEAD_BYTES) {
            tell(d, YINMA_E_TRUNCATED, SAID("the data ends inside a block"));
            end_of_data(d);
        } else {
            skip_block(d, SAID("the length of a block makes no sense; others were read"));
        }
        return;
    }
    if (records < 0 || bytes < 0 || bytes > BLOCK_BYTES_MAX) {
        skip_block(d, SAID("the length of a block makes no sense; others were read"));
        return;
    }
    const size_t head = (size_t)(reader.at - start), whole = head + (size_t)bytes + SYNC_BYTES;
    if (!byte_feed_need(&d->feed, whole)) {
        open_last_block(d, (uint64_t)records, head);
        return;
    }
    start = byte_feed_at(&d->feed);
    if (memcmp(start + head + bytes, d->sync, SYNC_BYTES) != 0) {
        skip_block(d, SAID("a block does not end where it should; others were read"));
        return;
    }
    d->block_bytes = whole;
    begin_block(d, (uint64_t)records, bytes_of(start + head, (size_t)bytes));
}

/* On to the next mark between blocks. What is passed by is read for its words, unless it is
 * compressed in a way that is known. */
static void skip_on(struct avro_decoder *d) {
    const bool more = byte_feed_need(&d->feed, SKIP_BYTES);
    struct bytes data = bytes_of(byte_feed_at(&d->feed), byte_feed_left(&d->feed));
    const size_t found = find_sync(d, data);
    const size_t passed = found != SIZE_MAX ? found : more ? data.len - (SYNC_BYTES - 1) : data.len;
    if (!d->compressed) {
        put_strings(d, bytes_first(data, passed));
    }
    d->feed.at += found != SIZE_MAX ? found + SYNC_BYTES : passed;
    d->skipping = found == SIZE_MAX;
    if (found == SIZE_MAX && !more) {
        end_of_data(d);
    }
}

/* ---- records ---- */

static void begin_record(struct avro_decoder *d) {
    d->records--;
    d->record = d->walk.reader.at;
    d->report->rows++;
    record_text_row(&d->text, ++field_set_table_at(d->fields, d->table)->rows);
    if (!avro_walk_begin(&d->walk, d->type)) {
        leave_block(d);
    }
}

static void step_record(struct avro_decoder *d) {
    const uint8_t *before = d->walk.reader.at;
    if (!avro_walk_step(&d->walk)) {
        leave_block(d);
        return;
    }
    d->idle += d->walk.reader.at == before;
    if (d->idle > d->idle_most) {
        tell(d, YINMA_E_LIMIT, SAID("records hold more values of no bytes than are read"));
        d->ended = true;
    }
}

static void step_block(struct avro_decoder *d) {
    if (avro_walk_open(&d->walk)) {
        step_record(d);
        return;
    }
    if (d->records > 0 && d->record == d->walk.reader.at) { /* of no bytes: so are all others */
        d->report->rows += d->records;
        field_set_table_at(d->fields, d->table)->rows += d->records;
        d->records = 0;
    }
    if (d->records > 0) {
        begin_record(d);
    } else if (d->walk.reader.at != d->walk.reader.end) {
        leave_block(d);
    } else {
        close_block(d);
    }
}

static void step(struct avro_decoder *d) {
    if (d->skipping) {
        skip_on(d);
    } else if (d->block_open) {
        step_block(d);
    } else {
        open_block(d);
        d->record = NULL;
    }
}

static int avro_next(void *state, struct segment *out, struct error *err) {
    struct avro_decoder *d = state;
    if (!d->written) {
        record_text_clear(&d->text);
    }
    d->written = false;
    if (d->block_open && avro_walk_open(&d->walk)) { /* the row goes on */
        record_text_row(&d->text, field_set_table_at(d->fields, d->table)->rows);
    }
    while (!d->ended && !record_text_full(&d->text)) {
        step(d);
    }
    if (d->text.failed || d->feed.no_memory || json_paths_failed(d->paths)) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the records of an Avro file");
    }
    record_text_tell_cut(&d->text, d->report);
    if (d->text.len == 0) {
        return 0;
    }
    record_text_segment(&d->text, out);
    return 1;
}

/* ---- the header ---- */

struct header {
    struct bytes schema, codec; /* empty: not said */
    size_t len;                 /* with the mark behind it; 0: it is longer than the data */
    bool bad;
};

/* What the writer says beside the schema goes to TEXT, as running text; NULL: to nobody. */
static struct header parse_header(struct bytes data, struct record_text *text) {
    struct header header = {0};
    struct avro_reader reader = {data.ptr + MAGIC.len, data.ptr + data.len};
    int64_t entries = 0, bytes;
    for (;;) {
        if (!avro_take_long(&reader, &entries) ||
            (entries < 0 && !avro_take_long(&reader, &bytes))) {
            return header;
        }
        if (entries == 0) {
            break;
        }
        header.bad = entries > HEADER_BYTES_MAX || entries < -HEADER_BYTES_MAX;
        if (header.bad) {
            return header;
        }
        for (entries = entries < 0 ? -entries : entries; entries > 0; entries--) {
            struct bytes key, value;
            if (!avro_take_bytes(&reader, &key) || !avro_take_bytes(&reader, &value)) {
                return header;
            }
            if (bytes_equal(key, BYTES_LIT("avro.schema"))) {
                header.schema = value;
            } else if (bytes_equal(key, BYTES_LIT("avro.codec"))) {
                header.codec = value;
            }
            if (text != NULL) {
                record_text_strings(text, value, false, FIELD_FREE_TEXT);
            }
        }
    }
    if ((size_t)(reader.end - reader.at) >= SYNC_BYTES) {
        header.len = (size_t)(reader.at - data.ptr) + SYNC_BYTES;
    }
    return header;
}

/* Codecs by name ("Required Codecs" and "Optional Codecs"). */
static bool find_codec(struct avro_decoder *d, struct bytes name) {
    static const struct {
        const char *name;
        enum block_codec codec;
    } codecs[] = {
        {"deflate", BLOCK_DEFLATE}, {"snappy", BLOCK_SNAPPY_CRC}, {"bzip2", BLOCK_BZIP2},
        {"xz", BLOCK_XZ},           {"zstandard", BLOCK_ZSTD},
    };
    if (name.len == 0 || bytes_equal(name, BYTES_LIT("null"))) {
        return true;
    }
    for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        if (bytes_equal(name, bytes_of_string(codecs[i].name))) {
            d->compressed = true;
            d->codec = codecs[i].codec;
            return true;
        }
    }
    return false;
}

/* 0 or YINMA_E_MEMORY; what is wrong with the data is told. */
static int take_schema(struct avro_decoder *d, struct bytes schema, struct error *err) {
    struct error why = {0};
    const int code = avro_schema_read(schema, &d->arena, &d->type, &why);
    if (code != 0) {
        tell(d, code == YINMA_E_MEMORY ? YINMA_E_LIMIT : code, why.text);
        d->type = NULL;
        return 0;
    }
    d->table =
        field_set_table(d->fields, d->type->kind == AVRO_RECORD ? d->type->name : bytes_of("", 0));
    d->walk.root = json_paths_column(d->paths, d->table, BYTES_LIT(""));
    return d->table == UINT32_MAX || d->walk.root == JSON_PATH_NONE
               ? error_set(err, YINMA_E_MEMORY, "out of memory for a decoder")
               : 0;
}

static int read_header(struct avro_decoder *d, struct error *err) {
    struct header header = {0};
    size_t need = HEADER_BYTES;
    bool more = true;
    struct bytes data = {0};
    while (more && header.len == 0 && !header.bad && need <= HEADER_BYTES_MAX) {
        more = byte_feed_need(&d->feed, need);
        data = bytes_of(byte_feed_at(&d->feed), byte_feed_left(&d->feed));
        header = data.len < MAGIC.len ? header : parse_header(data, NULL);
        need *= 2;
    }
    if (header.len == 0) {
        tell(d, header.bad || more ? YINMA_E_DAMAGED : YINMA_E_TRUNCATED,
             header.bad || more ? SAID("the header makes no sense")
                                : SAID("the data ends inside the header"));
        d->skipping = true;
        return 0;
    }
    if (!find_codec(d, header.codec)) {
        tell(d, YINMA_E_UNSUPPORTED,
             SAID("Avro file whose blocks are compressed with an unknown codec"));
        d->skipping = true;
        return 0;
    }
    (void)parse_header(data, &d->text);
    d->written = true;
    const int code = take_schema(d, header.schema, err);
    if (d->type == NULL) {
        d->skipping = true;
        return code;
    }
    memcpy(d->sync, data.ptr + header.len - SYNC_BYTES, SYNC_BYTES);
    d->has_sync = true;
    d->feed.at += header.len;
    return code;
}

static int avro_open(const struct decode_input *in, void **state, struct error *err) {
    struct avro_decoder *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    arena_init(&d->arena, SCHEMA_MEMORY);
    d->idle_most = IDLE_OF_FEW;
    narrow_text_init(&d->narrow, "CP950");
    d->feed.source = in->source;
    d->fields = in->fields;
    d->report = in->report;
    d->expander = in->blocks;
    d->paths = json_paths_new(in->fields);
    d->walk.paths = d->paths;
    d->walk.cells = (struct avro_cells){&d->text, &d->narrow};
    in->report->encoding = "utf-8";
    const int code = d->paths == NULL
                         ? error_set(err, YINMA_E_MEMORY, "out of memory for a decoder")
                         : read_header(d, err);
    if (code != 0) {
        avro_close(d);
        return code;
    }
    *state = d;
    return 0;
}

static unsigned avro_bid(const struct decode_head *head) {
    return bytes_starts_with(head->head, MAGIC) ? 32 : 0;
}

const struct decoder decoder_avro = {
    .name = "avro",
    .summary = "Avro object container files, with nested values and all usual codecs",
    .traits = DECODER_BINARY,
    .bid = avro_bid,
    .open = avro_open,
    .next = avro_next,
    .close = avro_close,
};
