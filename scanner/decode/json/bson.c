/* bson.c - files of mongodump: a collection's documents one after the other (customers.bson), and
 * archives (--archive), in which collections take turns: a header that names one, its documents,
 * a mark. Documents are read one at a time. */
#include <stdlib.h>

#include "core/endian.h"
#include "decode/byte_feed.h"
#include "decode/decoder.h"
#include "decode/json/bson_walk.h"

enum { MAGIC_BYTES = 4, NAMESPACE_BYTES = 512, NAMESPACES_MAX = 100000 };
#define TERMINATOR UINT32_MAX

struct collection {
    uint32_t table, root;
    bool ended; /* the archive said that it is over */
};

struct bson_decoder {
    struct field_set *fields;
    struct decode_report *report;
    struct json_paths *paths;
    struct record_text text;
    bool is_archive, header_next, ended;
    struct collection *collections;
    uint32_t count, capacity, current;
    struct byte_feed feed;
};

static void bson_close(void *state) {
    struct bson_decoder *d = state;
    if (d != NULL) {
        json_paths_free(d->paths);
        record_text_release(&d->text);
        free(d->collections);
        byte_feed_release(&d->feed);
        free(d);
    }
}

static void stop(struct bson_decoder *d, int code, const char *why) {
    d->ended = true;
    if (d->feed.failure.code != 0) {
        d->report->status = d->feed.failure.code;
        d->report->error = d->feed.failure;
    } else if (d->report->status == 0) {
        d->report->status = error_set(&d->report->error, code, "%s", why);
    }
}

/* ---- collections ---- */

static bool select_collection(struct bson_decoder *d, struct bytes name) {
    const uint32_t table = field_set_table(d->fields, name);
    if (table == UINT32_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < d->count; i++) {
        if (d->collections[i].table == table) {
            d->current = i;
            return true;
        }
    }
    if (d->count == d->capacity) {
        const uint32_t capacity = d->capacity == 0 ? 16 : d->capacity * 2;
        struct collection *more = reallocarray(d->collections, capacity, sizeof *more);
        if (more == NULL) {
            return false;
        }
        d->collections = more;
        d->capacity = capacity;
    }
    d->current = d->count++;
    d->collections[d->current] = (struct collection){
        .table = table, .root = json_paths_column(d->paths, table, BYTES_LIT(""))};
    return true;
}

/* The header of a run of documents in an archive. */
static void take_header(struct bson_decoder *d, struct bytes document) {
    struct bytes db, collection;
    char name[NAMESPACE_BYTES];
    const bool named =
        bson_find_text(document, "db", &db) && bson_find_text(document, "collection", &collection);
    if (!named || d->count >= NAMESPACES_MAX || db.len + collection.len + 1 > sizeof name) {
        d->text.failed = d->text.failed || !select_collection(d, BYTES_LIT(""));
        return;
    }
    memcpy(name, db.ptr, db.len);
    name[db.len] = '.';
    memcpy(name + db.len + 1, collection.ptr, collection.len);
    const size_t from = db.len == 0 ? 1 : 0;
    d->text.failed =
        d->text.failed ||
        !select_collection(d, bytes_of(name + from, db.len + 1 + collection.len - from));
    if (!d->text.failed) {
        d->collections[d->current].ended = bson_find_truth(document, "EOF");
    }
}

static void take_document(struct bson_decoder *d, struct bytes document) {
    if (d->header_next) {
        take_header(d, document);
        d->header_next = false;
        return;
    }
    const struct collection *c = &d->collections[d->current];
    record_text_row(&d->text, ++field_set_table_at(d->fields, c->table)->rows);
    d->report->rows += /* what the archive says of itself is none */
        !d->is_archive || field_set_table_view(d->fields, c->table)->name.len != 0;
    if (!bson_walk(document, d->paths, c->root, &d->text) && d->report->status == 0) {
        d->report->status = error_set(&d->report->error, YINMA_E_DAMAGED,
                                      "a document makes no sense; others were read");
    }
}

/* ---- reading ---- */

static void finish(struct bson_decoder *d) {
    uint32_t open = 0;
    d->ended = true;
    if (d->feed.failure.code != 0 || byte_feed_left(&d->feed) != 0) {
        stop(d, YINMA_E_TRUNCATED, "the data ends inside a document");
        return;
    }
    for (uint32_t i = 0; d->is_archive && i < d->count; i++) {
        open += d->fields != NULL && !d->collections[i].ended &&
                field_set_table_view(d->fields, d->collections[i].table)->name.len != 0;
    }
    if (open > 0 || (d->is_archive && d->header_next == false)) {
        stop(d, YINMA_E_TRUNCATED, "the archive ends before all collections do");
    }
}

static void step(struct bson_decoder *d) {
    if (!byte_feed_need(&d->feed, 4)) {
        finish(d);
        return;
    }
    const uint32_t len = little_u32(byte_feed_at(&d->feed));
    if (d->is_archive && len == TERMINATOR) {
        d->feed.at += 4;
        d->header_next = true;
        return;
    }
    if (len < BSON_BYTES_MIN || len > BSON_BYTES_MAX) {
        stop(d, YINMA_E_DAMAGED, "the length of a document makes no sense; the rest was not read");
        return;
    }
    if (!byte_feed_need(&d->feed, len)) {
        finish(d);
        return;
    }
    take_document(d, bytes_of(byte_feed_at(&d->feed), len));
    d->feed.at += len;
}

static int bson_next(void *state, struct segment *out, struct error *err) {
    struct bson_decoder *d = state;
    record_text_clear(&d->text);
    while (!d->ended && !record_text_full(&d->text)) {
        step(d);
    }
    if (d->text.failed || d->feed.no_memory || json_paths_failed(d->paths)) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the documents of a collection");
    }
    if (d->text.len == 0) {
        return 0;
    }
    record_text_segment(&d->text, out);
    return 1;
}

static int open_bson(const struct decode_input *in, bool is_archive, void **state,
                     struct error *err) {
    struct bson_decoder *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    struct bytes name = in->head.name;
    if (bytes_ends_with(name, BYTES_LIT(".bson"))) {
        name = bytes_first(name, name.len - 5);
    }
    *state = d;
    d->feed.source = in->source;
    d->fields = in->fields;
    d->report = in->report;
    d->is_archive = d->header_next = is_archive;
    in->report->encoding = "utf-8";
    d->paths = json_paths_new(in->fields);
    if (d->paths == NULL || !select_collection(d, is_archive ? BYTES_LIT("") : name)) {
        bson_close(d);
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    if (is_archive && byte_feed_need(&d->feed, MAGIC_BYTES)) {
        d->feed.at += MAGIC_BYTES;
    }
    return 0;
}

static int open_collection(const struct decode_input *in, void **state, struct error *err) {
    return open_bson(in, false, state, err);
}

static int open_archive(const struct decode_input *in, void **state, struct error *err) {
    return open_bson(in, true, state, err);
}

static unsigned bid_archive(const struct decode_head *head) {
    return bytes_starts_with(head->head, BYTES_LIT("\x6D\xE2\x99\x81")) ? 32 : 0;
}

/* The first document must be whole and sound, or at least begin with an element. */
static unsigned bid_collection(const struct decode_head *head) {
    struct bytes data = head->head;
    const uint32_t len = data.len < BSON_BYTES_MIN + 2 ? 0 : little_u32(data.ptr);
    if (len <= BSON_BYTES_MIN || len > BSON_BYTES_MAX) {
        return 0;
    }
    if (len <= data.len) {
        return bson_is_sound(bytes_first(data, len)) ? 40 : 0;
    }
    const bool named = bytes_ends_with(head->name, BYTES_LIT(".bson"));
    const bool id = data.len > 8 && memcmp(data.ptr + 5, "_id", 4) == 0;
    return named || (id && data.ptr[4] <= 0x13) ? 36 : 0;
}

const struct decoder decoder_bson = {
    .name = "bson",
    .summary = "collections of mongodump, document by document",
    .traits = DECODER_DUMP | DECODER_BINARY,
    .bid = bid_collection,
    .open = open_collection,
    .next = bson_next,
    .close = bson_close,
};

const struct decoder decoder_mongodb_archive = {
    .name = "mongodb-archive",
    .summary = "archives of mongodump (--archive), a table a collection",
    .traits = DECODER_DUMP | DECODER_BINARY,
    .bid = bid_archive,
    .open = open_archive,
    .next = bson_next,
    .close = bson_close,
};
