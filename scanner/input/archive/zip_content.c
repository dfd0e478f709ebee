/* zip_content.c - the data of one member: a window of the archive through the decoder of its
 * method, compared with what the headers say. */
#include <archive.h>
#include <inttypes.h>
#include <isa-l/crc.h>
#include <stdlib.h>

#include "core/endian.h"
#include "input/archive/archive.h"
#include "input/archive/zip.h"
#include "input/limits.h"

enum {
    FLAG_ENCRYPTED = 1,
    FLAG_LZMA_ENDS = 2, /* the data tells its end by a mark */
    FLAG_STRONG = 64,
    LZMA_PROPERTIES = 5,
    PREFIX_BYTES = 64,
};

/* Bytes put in front, then a part of the archive. */
struct window {
    struct byte_source base;
    struct byte_source *zip;
    uint64_t at, end;
    size_t prefix_at, prefix_len;
    uint8_t prefix[PREFIX_BYTES];
};

struct zip_method {
    uint16_t number;
    const char *name;
    const struct container_format *codec; /* NULL: the bytes as they are, when `open` is */
    /* Another way than a codec of its own: adjusts the window, then *codec is what reads it. */
    int (*prepare)(struct zip_content *content, const struct container_format **codec,
                   struct error *err);
};

struct zip_content {
    struct byte_source base;
    struct byte_source *zip;
    struct input_budget *budget;
    struct window window;
    const struct zip_method *method;
    const struct container_format *codec;
    void *state;
    struct byte_source *decoded; /* NULL: not opened yet */
    uint64_t packed, size, at;
    uint32_t crc, wanted_crc;
    bool crc_known, lzma_ends;
    struct error failure;
    bool ended;
};

/* ---- the window ---- */

static int64_t window_read(struct byte_source *source, void *buffer, size_t capacity,
                           struct error *err) {
    struct window *self = (struct window *)source;
    if (self->prefix_at < self->prefix_len) {
        size_t len = self->prefix_len - self->prefix_at;
        len = len < capacity ? len : capacity;
        memcpy(buffer, self->prefix + self->prefix_at, len);
        self->prefix_at += len;
        return (int64_t)len;
    }
    const uint64_t left = self->end - self->at;
    if (left == 0) {
        return 0;
    }
    const size_t len = left < capacity ? (size_t)left : capacity;
    int64_t got = self->zip->ops->read_at(self->zip, self->at, buffer, len, err);
    self->at += got > 0 ? (uint64_t)got : 0;
    return got;
}

static void belongs_to_the_archive(struct byte_source *source) {
    (void)source;
}

static const struct byte_source_ops window_ops = {.read = window_read,
                                                  .close = belongs_to_the_archive};

/* ---- methods ---- */

static void put_number(uint8_t *to, uint64_t number, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        to[i] = (uint8_t)(number >> (8 * i));
    }
}

/* A version, the length of the properties, the properties (APPNOTE 5.8.8); a .lzma file has the
 * properties, then the size. */
static int prepare_lzma(struct zip_content *content, const struct container_format **codec,
                        struct error *err) {
    uint8_t head[4 + LZMA_PROPERTIES];
    struct window *window = &content->window;
    if (window->end - window->at < sizeof head) {
        return error_set(err, YINMA_E_TRUNCATED, "the LZMA data ends too early");
    }
    int code = zip_read_at(content->zip, window->at, head, sizeof head, err);
    if (code < 0) {
        return code;
    }
    if (little_u16(head + 2) != LZMA_PROPERTIES) {
        return error_set(err, YINMA_E_UNSUPPORTED, "LZMA data with unknown properties");
    }
    window->at += sizeof head;
    memcpy(window->prefix, head + 4, LZMA_PROPERTIES);
    put_number(window->prefix + LZMA_PROPERTIES, content->lzma_ends ? UINT64_MAX : content->size,
               8);
    window->prefix_len = LZMA_PROPERTIES + 8;
    *codec = &container_lzma;
    return 0;
}

static const struct archive_kind member_kind = {
    .name = "zip", .support = archive_read_support_format_zip_streamable};

static int member_open(struct byte_source *source, struct input_budget *budget, void **state,
                       struct error *err) {
    return archive_open(&member_kind, source, budget, state, err);
}

static const struct container_format member_alone = {
    .name = "zip",
    .open = member_open,
    .next = archive_next,
    .close = archive_close,
};

/* For libarchive: an archive of this member only, with 64-bit sizes. */
static int prepare_alone(struct zip_content *content, const struct container_format **codec,
                         struct error *err) {
    enum { NAME_BYTES = 1, EXTRA_BYTES = 20, VERSION = 63 };
    uint8_t *p = content->window.prefix;
    (void)err;
    put_number(p, 0x04034B50, 4);
    put_number(p + 4, VERSION, 2);
    put_number(p + 8, content->method->number, 2);
    put_number(p + 14, content->wanted_crc, 4);
    put_number(p + 18, UINT32_MAX, 4);
    put_number(p + 22, UINT32_MAX, 4);
    put_number(p + 26, NAME_BYTES, 2);
    put_number(p + 28, EXTRA_BYTES, 2);
    p[ZIP_LOCAL_BYTES] = 'm';
    uint8_t *extra = p + ZIP_LOCAL_BYTES + NAME_BYTES;
    put_number(extra, 1, 2);
    put_number(extra + 2, EXTRA_BYTES - 4, 2);
    put_number(extra + 4, content->size, 8);
    put_number(extra + 12, content->packed, 8);
    content->window.prefix_len = ZIP_LOCAL_BYTES + NAME_BYTES + EXTRA_BYTES;
    *codec = &member_alone;
    return 0;
}

/* What nobody can read has neither codec nor prepare. */
static const struct zip_method methods[] = {
    {8, "Deflate", &container_deflate, NULL},
    {9, "Deflate64", NULL, NULL},
    {12, "bzip2", &container_bzip2, NULL},
    {14, "LZMA", NULL, prepare_lzma},
    {20, "zstd", &container_zstd, NULL},
    {93, "zstd", &container_zstd, NULL},
    {95, "xz", &container_xz, NULL},
    {98, "PPMd", NULL, prepare_alone},
    {1, "Shrink", NULL, NULL},
    {6, "Implode", NULL, NULL},
    {96, "JPEG", NULL, NULL},
    {97, "WavPack", NULL, NULL},
};
static const struct zip_method stored = {0, "none", NULL, NULL};

static const struct zip_method *find_method(uint16_t number) {
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (methods[i].number == number) {
            return &methods[i];
        }
    }
    return number == 0 ? &stored : NULL;
}

/* ---- reading ---- */

static void close_decoder(struct zip_content *content) {
    if (content->state != NULL) {
        content->codec->close(content->state);
        content->state = NULL;
    }
    content->decoded = NULL;
}

static int open_decoder(struct zip_content *content, struct error *err) {
    int code = 0;
    content->codec = content->method->codec;
    if (content->method->number == 0 || content->packed == 0) {
        content->decoded = &content->window.base;
        return 0;
    }
    if (content->method->prepare != NULL) {
        code = content->method->prepare(content, &content->codec, err);
    }
    if (code == 0) {
        code = content->codec->open(&content->window.base, content->budget, &content->state, err);
    }
    struct container_member member = {0};
    if (code == 0) {
        code = content->codec->next(content->state, &member, err);
    }
    if (code < 0) {
        return code;
    }
    if (code == 0 || member.source == NULL) {
        return member.status < 0 && err != NULL
                   ? (*err = member.error, member.status)
                   : error_set(err, YINMA_E_DAMAGED, "the member of the zip archive is damaged");
    }
    content->decoded = member.source;
    return 0;
}

/* The data is over: was it all? */
static int check_end(const struct zip_content *content, struct error *err) {
    if (content->size != UINT64_MAX && content->at != content->size) {
        return error_set(err, content->at < content->size ? YINMA_E_TRUNCATED : YINMA_E_DAMAGED,
                         "the member holds %" PRIu64 " bytes, its header says %" PRIu64,
                         content->at, content->size);
    }
    if (content->crc_known && content->crc != content->wanted_crc) {
        return error_set(err, YINMA_E_DAMAGED, "the checksum of the member is wrong");
    }
    return 0;
}

static void count(struct zip_content *content, const void *data, size_t len) {
    content->crc = crc32_gzip_refl(content->crc, data, len);
    content->at += len;
    if (content->decoded == &content->window.base) { /* the codecs count by themselves */
        content->failure.code = budget_deliver(content->budget, len, &content->failure);
    }
}

static int64_t content_read(struct byte_source *source, void *buffer, size_t capacity,
                            struct error *err) {
    struct zip_content *content = (struct zip_content *)source;
    int64_t got = 0;
    if (content->failure.code == 0 && content->decoded == NULL) {
        content->failure.code = open_decoder(content, &content->failure);
    }
    if (content->failure.code == 0 && !content->ended && capacity > 0) {
        got = byte_source_read(content->decoded, buffer, capacity, &content->failure);
        content->failure.code = got < 0 ? (int)got : 0;
    }
    if (got > 0) {
        count(content, buffer, (size_t)got);
        return got;
    }
    if (content->failure.code == 0 && !content->ended && capacity > 0) {
        content->ended = true;
        content->failure.code = check_end(content, &content->failure);
    }
    if (content->failure.code != 0 && err != NULL) {
        *err = content->failure;
    }
    return content->failure.code;
}

static struct byte_source *content_again(struct byte_source *source, struct input_budget *budget);

static const struct byte_source_ops content_ops = {
    .read = content_read, .again = content_again, .close = belongs_to_the_archive};

/* ---- the interface ---- */

struct zip_content *zip_content_new(struct byte_source *zip, struct input_budget *budget) {
    struct zip_content *content = calloc(1, sizeof *content);
    if (content != NULL) {
        content->zip = zip;
        content->budget = budget;
    }
    return content;
}

void zip_content_free(struct zip_content *content) {
    if (content != NULL) {
        close_decoder(content);
        free(content);
    }
}

static int encrypted(const struct zip_entry *entry, struct error *err) {
    static const unsigned bits[] = {0, 128, 192, 256};
    if (entry->aes != 0) {
        return error_set(err, YINMA_E_ENCRYPTED, "encrypted with AES-%u", bits[entry->aes]);
    }
    if ((entry->flags & FLAG_STRONG) != 0 || entry->method == 99) {
        return error_set(err, YINMA_E_ENCRYPTED, "encrypted with a cipher that is not told");
    }
    return error_set(err, YINMA_E_ENCRYPTED,
                     "encrypted with ZipCrypto, which is weak: who knows a few bytes of the "
                     "content reads it without the password");
}

/* Before the first byte of DATA. */
static void begin_at(struct zip_content *content, const struct zip_method *method,
                     struct zip_range data) {
    content->window = (struct window){
        .base = {.ops = &window_ops, .size = UINT64_MAX},
        .zip = content->zip,
        .at = data.begin,
        .end = data.end,
    };
    content->method = method;
    content->packed = data.end - data.begin;
    content->at = 0;
    content->crc = 0;
    content->failure.code = 0;
    content->ended = false;
}

int zip_content_begin(struct zip_content *content, const struct zip_entry *entry,
                      struct zip_range data, struct error *err) {
    close_decoder(content);
    if ((entry->flags & FLAG_ENCRYPTED) != 0) {
        return encrypted(entry, err);
    }
    const struct zip_method *method = find_method(entry->method);
    if (method == NULL ||
        (method->codec == NULL && method->prepare == NULL && method->number != 0)) {
        return error_set(err, YINMA_E_UNSUPPORTED,
                         "compressed with method %u of zip (%s), which cannot be read here",
                         entry->method, method != NULL ? method->name : "unknown");
    }
    content->base = (struct byte_source){.ops = &content_ops, .size = entry->size};
    begin_at(content, method, data);
    content->size = entry->size;
    content->wanted_crc = entry->crc;
    content->crc_known = entry->crc_known;
    content->lzma_ends = (entry->flags & FLAG_LZMA_ENDS) != 0 || entry->size == UINT64_MAX;
    return 0;
}

/* ---- once more ---- */

static void close_copy(struct byte_source *source) {
    struct zip_content *copy = (struct zip_content *)source;
    struct byte_source *zip = copy->zip;
    zip_content_free(copy);
    byte_source_close(zip);
}

/* Of methods that read the window, and it alone, from its begin to its end. */
static struct byte_source *content_again(struct byte_source *source, struct input_budget *budget) {
    static const struct byte_source_ops copy_ops = {.read = content_read, .close = close_copy};
    struct zip_content *content = (struct zip_content *)source, *copy;
    const uint64_t begin = content->window.end - content->packed;
    struct byte_source *zip =
        content->method->prepare == NULL ? byte_source_again(content->zip, budget) : NULL;
    copy = zip == NULL ? NULL : zip_content_new(zip, budget);
    if (copy == NULL) {
        byte_source_close(zip);
        return NULL;
    }
    copy->base = (struct byte_source){.ops = &copy_ops, .size = content->size};
    begin_at(copy, content->method, (struct zip_range){begin, content->window.end});
    copy->size = content->size;
    copy->wanted_crc = content->wanted_crc;
    copy->crc_known = content->crc_known;
    copy->lzma_ends = content->lzma_ends;
    content->budget->compressed_bytes -= content->window.at - begin;
    content->budget->delivered_bytes -= content->at;
    return &copy->base;
}

struct byte_source *zip_content_source(struct zip_content *content) {
    return &content->base;
}
