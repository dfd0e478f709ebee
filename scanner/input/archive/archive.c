/* archive.c - members of archives through libarchive. What libarchive 3.6 does that one has to
 * know:
 * - after a fatal error the handle is dead, siblings included. For zip and 7z it is opened again
 * and led to the next member (reading headers decodes nothing).
 * - 7z skips a member by decoding it once data was read, which ends at encrypted ones: opened again
 *   as well.
 * - a member that ends early is no error to it: delivered bytes are compared with the declared
 * size.
 * - archive_read_data() forgets bytes it copied before an error, so blocks are taken instead. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>

#include "input/archive/archive.h"
#include "input/archive/member_name.h"
#include "input/limits.h"

enum {
    BUFFER_BYTES = 256 * 1024,
    REOPEN_LIMIT = 256,
};
/* Headers read again after reopening, in all: keeps hostile archives from quadratic work. */
static const uint64_t REPLAY_LIMIT = 4000000;

struct reader {
    struct byte_source content; /* of the current member */
    const struct archive_kind *kind;
    struct byte_source *inner;
    struct input_budget *budget;
    struct archive *archive;
    locale_t locale; /* for libarchive: names it cannot say in the locale's encoding are lost, so
                        that of the process must not matter. (locale_t)0: there is no C.UTF-8 */
    uint64_t offset; /* in inner, of the next read */
    size_t got;      /* by the last read, in buffer */
    struct error inner_failure; /* what the source said */
    struct error failure;       /* what every further next() says */
    bool ended;

    bool dead;               /* the handle cannot go on */
    bool decoded;            /* data was read through this handle */
    bool encrypted;          /* the current member */
    uint64_t index;          /* headers read */
    uint64_t replayed;       /* headers read again */
    unsigned reopened;       /* times */
    struct text_buffer name; /* of the current member */

    uint64_t declared; /* size of the current member, UINT64_MAX when unknown */
    uint64_t at;       /* bytes of it delivered */
    const uint8_t *block;
    size_t block_left;
    uint64_t block_at; /* where the block stands: zeros up to there (sparse files) */
    bool member_ended;
    struct error member_failure;

    uint8_t tail[ARCHIVE_TAR_BLOCK]; /* the last bytes of the source */
    uint8_t buffer[BUFFER_BYTES];
};

/* ---- libarchive's side of the source ---- */

static void keep_tail(struct reader *reader, size_t len) {
    const size_t keep = len < ARCHIVE_TAR_BLOCK ? len : ARCHIVE_TAR_BLOCK;
    memmove(reader->tail, reader->tail + keep, ARCHIVE_TAR_BLOCK - keep);
    memcpy(reader->tail + ARCHIVE_TAR_BLOCK - keep, reader->buffer + (len - keep), keep);
}

/* The next bytes of the source, to the buffer. */
static int64_t fill_buffer(struct reader *reader) {
    int64_t got =
        reader->kind->seeks
            ? reader->inner->ops->read_at(reader->inner, reader->offset, reader->buffer,
                                          BUFFER_BYTES, &reader->inner_failure)
            : byte_source_read(reader->inner, reader->buffer, BUFFER_BYTES, &reader->inner_failure);
    if (got < 0) {
        reader->inner_failure.code = (int)got;
        return got;
    }
    reader->offset += (uint64_t)got;
    reader->got = (size_t)got;
    keep_tail(reader, (size_t)got);
    return got;
}

static la_ssize_t on_read(struct archive *archive, void *data, const void **buffer) {
    struct reader *reader = data;
    *buffer = reader->buffer;
    int64_t got = fill_buffer(reader);
    if (got < 0) {
        archive_set_error(archive, EIO, "%s", SAID("the source failed"));
        return ARCHIVE_FATAL;
    }
    return (la_ssize_t)got;
}

static la_int64_t on_seek(struct archive *archive, void *data, la_int64_t offset, int whence) {
    (void)archive;
    struct reader *reader = data;
    const int64_t size = (int64_t)reader->inner->size;
    const int64_t base =
        whence == SEEK_SET ? 0 : (whence == SEEK_CUR ? (int64_t)reader->offset : size);
    int64_t target;
    if (__builtin_add_overflow(base, offset, &target) || target < 0) {
        return ARCHIVE_FATAL;
    }
    reader->offset = (uint64_t)target;
    return target;
}

static la_int64_t on_skip(struct archive *archive, void *data, la_int64_t request) {
    (void)archive;
    struct reader *reader = data;
    const uint64_t left =
        reader->inner->size > reader->offset ? reader->inner->size - reader->offset : 0;
    uint64_t step = (uint64_t)request < left ? (uint64_t)request : left;
    if (!reader->kind->seeks) {
        step = reader->inner->ops->skip(reader->inner, step);
    }
    reader->offset += step;
    return (la_int64_t)step;
}

/* ---- errors ---- */

struct phrase {
    const char *text;
    int code;
};

/* libarchive has no codes for these, only words. */
static int code_of_message(const char *message) {
    static const struct phrase phrases[] = {
        {"assphrase", YINMA_E_ENCRYPTED},          {"ncrypt", YINMA_E_ENCRYPTED},
        {"rypto codec", YINMA_E_ENCRYPTED},        {"nsupported", YINMA_E_UNSUPPORTED},
        {"not supported", YINMA_E_UNSUPPORTED},    {"Unknown codec", YINMA_E_UNSUPPORTED},
        {"Unexpected codec", YINMA_E_UNSUPPORTED}, {"runcated", YINMA_E_TRUNCATED},
        {"Premature end", YINMA_E_TRUNCATED},      {"nexpected end", YINMA_E_TRUNCATED},
    };
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        if (strstr(message, phrases[i].text) != NULL) {
            return phrases[i].code;
        }
    }
    return YINMA_E_DAMAGED;
}

static int failed(const struct reader *reader, struct error *err) {
    if (reader->inner_failure.code != 0) { /* then that is the reason */
        *err = reader->inner_failure;
        return err->code;
    }
    const char *message = archive_error_string(reader->archive);
    if (message == NULL) { /* as when a header is cut off */
        message = reader->got == 0 ? "Truncated" : SAID("no reason given");
    }
    if (archive_errno(reader->archive) == ENOMEM) { /* sizes in the data decide what it asks for */
        return error_set(err, YINMA_E_LIMIT,
                         "--max-memory: the %s archive asks for more than there is: %s",
                         reader->kind->name, message);
    }
    return error_set(err, code_of_message(message), "%s archive: %s", reader->kind->name, message);
}

/* ---- opening, and opening again ---- */

static void close_handle(struct reader *reader) {
    if (reader->archive != NULL) {
        archive_read_free(reader->archive);
        reader->archive = NULL;
    }
}

static int open_handle(struct reader *reader, struct error *err) {
    close_handle(reader);
    reader->offset = 0;
    reader->dead = reader->decoded = false;
    struct archive *archive = reader->archive = archive_read_new();
    if (archive == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    reader->kind->support(archive);
    if (reader->kind->options != NULL) {
        archive_read_set_options(archive, reader->kind->options);
    }
    archive_read_set_callback_data(archive, reader);
    archive_read_set_read_callback(archive, on_read);
    if (reader->kind->seeks) {
        archive_read_set_seek_callback(archive, on_seek);
    }
    if (reader->kind->seeks || reader->inner->ops->skip != NULL) {
        archive_read_set_skip_callback(archive, on_skip);
    }
    return archive_read_open1(archive) == ARCHIVE_OK ? 0 : failed(reader, err);
}

/* A fresh handle that stands behind the header that was read last. */
static int reopen(struct reader *reader, struct error *err) {
    if (!reader->kind->seeks || reader->reopened >= REOPEN_LIMIT ||
        reader->replayed + reader->index > REPLAY_LIMIT) {
        return reader->member_failure.code != 0
                   ? (*err = reader->member_failure, err->code)
                   : error_set(err, YINMA_E_DAMAGED,
                               "%s archive: too much of it is unreadable to go on",
                               reader->kind->name);
    }
    reader->reopened++;
    reader->replayed += reader->index;
    reader->inner_failure.code = 0;
    int code = open_handle(reader, err);
    for (uint64_t i = 0; i < reader->index && code == 0; i++) {
        struct archive_entry *entry;
        int result = archive_read_next_header(reader->archive, &entry);
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
            code = failed(reader, err);
        }
    }
    return code;
}

/* ---- the content of a member ---- */

/* The next block: 0, or negative. */
static int take_block(struct reader *reader) {
    const void *data = NULL;
    size_t len = 0;
    la_int64_t offset = 0;
    reader->decoded = true;
    int result = archive_read_data_block(reader->archive, &data, &len, &offset);
    const uint64_t block_at = offset > 0 ? (uint64_t)offset : 0;
    if (result == ARCHIVE_OK || ((result == ARCHIVE_WARN || result == ARCHIVE_FAILED) && len > 0)) {
        reader->block = data; /* with a wrong checksum the block is still the data there is */
        reader->block_left = data != NULL ? len : 0;
        reader->block_at = block_at > reader->at ? block_at : reader->at;
    }
    if (result == ARCHIVE_EOF) {
        reader->member_ended = true;
        if (reader->kind->has_end_mark && block_at > reader->at) {
            reader->block_at = block_at; /* a sparse file ends in a hole */
        }
    } else if (result != ARCHIVE_OK) {
        reader->dead = result == ARCHIVE_FATAL;
        failed(reader, &reader->member_failure);
    }
    return 0;
}

/* Zeros of a hole, or bytes of the block; 0 when there is neither. */
static size_t give(struct reader *reader, uint8_t *buffer, size_t capacity) {
    size_t len = 0;
    if (reader->at < reader->block_at) {
        const uint64_t hole = reader->block_at - reader->at;
        len = hole < capacity ? (size_t)hole : capacity;
        memset(buffer, 0, len);
    } else if (reader->block_left > 0) {
        len = reader->block_left < capacity ? reader->block_left : capacity;
        memcpy(buffer, reader->block, len);
        reader->block += len;
        reader->block_left -= len;
        reader->block_at += len;
    }
    reader->at += len;
    return len;
}

static int64_t content_read(struct byte_source *source, void *buffer, size_t capacity,
                            struct error *err) {
    struct reader *reader = (struct reader *)source;
    size_t len = capacity > 0 ? give(reader, buffer, capacity) : 0;
    while (len == 0 && capacity > 0 && !reader->member_ended && reader->member_failure.code == 0) {
        take_block(reader);
        len = give(reader, buffer, capacity);
    }
    if (len > 0) {
        struct error limit = {0};
        if (budget_deliver(reader->budget, len, &limit) < 0) {
            reader->member_failure = limit;
            reader->block_left = 0;
            reader->block_at = reader->at;
        }
        return (int64_t)len;
    }
    if (reader->member_ended && reader->member_failure.code == 0 &&
        reader->declared != UINT64_MAX && reader->at < reader->declared) {
        error_set(&reader->member_failure, YINMA_E_TRUNCATED,
                  "the %s archive holds %" PRIu64 " of the %" PRIu64 " bytes of this member",
                  reader->kind->name, reader->at, reader->declared);
    }
    if (reader->member_failure.code != 0 && err != NULL) {
        *err = reader->member_failure;
    }
    return reader->member_failure.code;
}

/* The content belongs to the container. */
static void content_close(struct byte_source *source) {
    (void)source;
}

static const struct byte_source_ops content_ops = {.read = content_read, .close = content_close};

/* ---- members ---- */

static void name_member(struct reader *reader, struct archive_entry *entry) {
    /* As stored first; where that cannot be said in the locale's encoding, as UTF-8. */
    const char *raw = archive_entry_pathname(entry);
    if (raw == NULL) {
        raw = archive_entry_pathname_utf8(entry);
    }
    member_name_put(&reader->name, bytes_of_string(raw != NULL ? raw : "?"));
}

static void describe_member(struct reader *reader, struct archive_entry *entry,
                            struct container_member *out) {
    const bool has_size = archive_entry_size_is_set(entry) != 0;
    const la_int64_t size = archive_entry_size(entry);
    reader->declared = has_size && size >= 0 ? (uint64_t)size : UINT64_MAX;
    reader->encrypted = archive_entry_is_encrypted(entry) != 0;
    reader->at = reader->block_at = reader->block_left = 0;
    reader->member_ended = false;
    reader->member_failure.code = 0;
    name_member(reader, entry);
    *out = (struct container_member){.name = text_buffer_view(&reader->name)};
    if (archive_entry_mtime_is_set(entry) != 0) {
        out->modified = archive_entry_mtime(entry);
    }
    const bool linked = archive_entry_hardlink(entry) != NULL && (!has_size || size == 0);
    const unsigned type = archive_entry_filetype(entry); /* 0: as ar writes it, of a file */
    if ((type != AE_IFREG && type != 0) || linked) {
        out->special = true;
    } else if (reader->encrypted) {
        out->status = reader->kind->cipher != NULL
                          ? error_set(&out->error, YINMA_E_ENCRYPTED, "encrypted with %s",
                                      reader->kind->cipher)
                          : error_set(&out->error, YINMA_E_ENCRYPTED,
                                      "encrypted member of the %s archive", reader->kind->name);
    } else {
        reader->content = (struct byte_source){.ops = &content_ops, .size = reader->declared};
        out->source = &reader->content;
    }
}

/* Bytes that are not zero behind the end of the archive; negative when the source fails. */
static int64_t count_rest(struct reader *reader) {
    /* What libarchive has read but not used stands at the end of the buffer. */
    const uint64_t unused = reader->offset - (uint64_t)archive_filter_bytes(reader->archive, -1);
    size_t from = unused < reader->got ? reader->got - (size_t)unused : 0;
    int64_t got = 0, count = 0;
    do {
        for (size_t i = from; i < reader->got; i++) {
            count += reader->buffer[i] != 0;
        }
        from = 0;
        got = fill_buffer(reader);
    } while (got > 0);
    return got < 0 ? got : count;
}

/* The archive says that it is over. Is the source, and was it the end? */
static int check_end(struct reader *reader, struct error *err) {
    static const uint8_t zeros[ARCHIVE_TAR_BLOCK];
    if (reader->kind->seeks) {
        return 0; /* read by its directory */
    }
    if (reader->kind->has_end_mark) {
        return memcmp(reader->tail, zeros, ARCHIVE_TAR_BLOCK) == 0
                   ? 0
                   : error_set(err, YINMA_E_TRUNCATED,
                               "the %s archive ends without its end mark: some of it is missing",
                               reader->kind->name);
    }
    const int64_t rest = count_rest(reader);
    if (rest < 0) {
        *err = reader->inner_failure;
        return err->code;
    }
    return rest == 0 ? 0
                     : error_set(err, YINMA_E_DAMAGED,
                                 "data follows the end of the %s archive and was not read",
                                 reader->kind->name);
}

/* The next header: 1 and *ENTRY, 0 at the end, negative. */
static int next_entry(struct reader *reader, struct archive_entry **entry, struct error *err) {
    if (reader->dead || (reader->encrypted && reader->decoded && reader->kind->seeks)) {
        int code = reopen(reader, err);
        if (code < 0) {
            return code;
        }
    }
    int result = archive_read_next_header(reader->archive, entry);
    if (result == ARCHIVE_EOF) {
        return check_end(reader, err);
    }
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
        const bool hidden = archive_read_has_encrypted_entries(reader->archive) > 0;
        if (hidden && reader->index == 0) { /* 7z can hide its list of members as well */
            return error_set(err, YINMA_E_ENCRYPTED, "the list of members is encrypted%s%s",
                             reader->kind->cipher != NULL ? " with " : "",
                             reader->kind->cipher != NULL ? reader->kind->cipher : "");
        }
        return failed(reader, err);
    }
    reader->index++;
    int code = budget_entry(reader->budget, err);
    return code < 0 ? code : 1;
}

static int next_member(struct reader *reader, struct container_member *out, struct error *err) {
    struct archive_entry *entry = NULL;
    int code = reader->failure.code;
    while (code == 0 && !reader->ended) {
        code = next_entry(reader, &entry, &reader->failure);
        reader->failure.code = code < 0 ? code : 0;
        reader->ended = code == 0;
        reader->encrypted = false;
        if (code == 1 && archive_entry_filetype(entry) != AE_IFDIR) {
            describe_member(reader, entry, out);
            if (!reader->name.failed) {
                return 1;
            }
            code = error_set(&reader->failure, YINMA_E_MEMORY, "out of memory");
        }
        code = code < 0 ? code : 0;
    }
    if (code < 0 && err != NULL) {
        *err = reader->failure;
    }
    return code;
}

int archive_next(void *state, struct container_member *out, struct error *err) {
    struct reader *reader = state;
    const locale_t before = uselocale(reader->locale); /* of this thread only; 0 changes nothing */
    int code = next_member(reader, out, err);
    uselocale(before);
    return code;
}

void archive_close(void *state) {
    struct reader *reader = state;
    if (reader != NULL) {
        close_handle(reader);
        text_buffer_release(&reader->name);
        if (reader->locale != (locale_t)0) {
            freelocale(reader->locale);
        }
        free(reader);
    }
}

uint64_t archive_header_place(const void *state) {
    const struct reader *reader = state;
    const la_int64_t place = archive_read_header_position(reader->archive);
    return place > 0 ? (uint64_t)place : 0;
}

int archive_open(const struct archive_kind *kind, struct byte_source *source,
                 struct input_budget *budget, void **state, struct error *err) {
    *state = NULL;
    if (kind->seeks && (source->ops->read_at == NULL || source->size > INT64_MAX)) {
        return error_set(err, YINMA_E_UNSUPPORTED, "a %s archive needs random access", kind->name);
    }
    struct reader *reader = malloc(sizeof *reader);
    if (reader == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    memset(reader, 0, offsetof(struct reader, buffer));
    reader->kind = kind;
    reader->inner = source;
    reader->budget = budget;
    reader->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    text_buffer_init(&reader->name, 0);
    int code = open_handle(reader, &reader->failure);
    if (code < 0) {
        if (err != NULL) {
            *err = reader->failure;
        }
        archive_close(reader);
        return code;
    }
    *state = reader;
    return 0;
}
