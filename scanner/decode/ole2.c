/* OLE2 files (doc, xls, msg): which of them are encrypted Office documents, and how; the others are
 * raw bytes, which shows text of one byte a character only. FreeXL was tried for xls: it reads
 * beyond its memory when the file is damaged.
 *
 * [MS-CFB] for the directory of an OLE2 file, [MS-OFFCRYPTO] 2.3.4 for what says how it is
 * encrypted. */
#include <stdlib.h>

#include "decode/free_text.h"

enum {
    OLE2_BITS = 64,
    SECTOR_SHIFT_AT = 30,
    DIRECTORY_AT = 48, /* number of its first sector */
    DIRECTORY_BYTES = 4096,
    ENTRY_BYTES = 128,
    INFO_BYTES = 64 * 1024, /* where the description of the encryption is looked for */
};

struct ole2 {
    struct decode_report *report;
    void *raw; /* its bytes; NULL: it is encrypted */
};

/* ---- what kind of OLE2 file ---- */

static uint32_t little(const uint8_t *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Is the entry called NAME? Names are UTF-16. */
static bool is_called(const uint8_t *entry, const char *name) {
    size_t len = strlen(name);
    for (size_t i = 0; i <= len; i++) {
        if (entry[2 * i] != (uint8_t)name[i] || entry[2 * i + 1] != 0) {
            return false;
        }
    }
    return true;
}

static bool is_encrypted(struct byte_source *source, struct bytes head) {
    uint8_t directory[DIRECTORY_BYTES];
    struct error err = {0};
    if (head.len < 512 || head.ptr[SECTOR_SHIFT_AT] < 9 || head.ptr[SECTOR_SHIFT_AT] > 12) {
        return false;
    }
    uint64_t at = ((uint64_t)little(head.ptr + DIRECTORY_AT) + 1) << head.ptr[SECTOR_SHIFT_AT];
    int64_t got = source->ops->read_at(source, at, directory, sizeof directory, &err);
    for (int64_t i = 0; i + ENTRY_BYTES <= got; i += ENTRY_BYTES) {
        if (is_called(directory + i, "EncryptedPackage")) {
            return true;
        }
    }
    return false;
}

/* The value of an attribute in the XML that describes the encryption. */
static struct bytes described(struct bytes text, struct bytes attribute) {
    size_t at = bytes_find(text, attribute);
    if (at == SIZE_MAX) {
        return BYTES_LIT("");
    }
    text = bytes_first(bytes_from(text, at + attribute.len), 16);
    size_t len = 0;
    while (len < text.len && byte_is_alnum(text.ptr[len])) {
        len++;
    }
    return bytes_first(text, len);
}

static void tell_encryption(struct byte_source *source, struct decode_report *report) {
    struct error err = {0};
    uint8_t *text = calloc(1, INFO_BYTES);
    struct bytes cipher = BYTES_LIT(""), bits = BYTES_LIT("");
    if (text != NULL) { /* a small file: the description stands near its start, or at its end */
        uint64_t places[] = {0, source->size > INFO_BYTES ? source->size - INFO_BYTES : 0};
        for (size_t i = 0; i < 2 && cipher.len == 0; i++) {
            int64_t got = source->ops->read_at(source, places[i], text, INFO_BYTES, &err);
            struct bytes info = bytes_of(text, got > 0 ? (size_t)got : 0);
            cipher = described(info, BYTES_LIT("cipherAlgorithm=\""));
            bits = described(info, BYTES_LIT("keyBits=\""));
        }
    }
    if (cipher.len > 0 && bits.len > 0) {
        report->status = error_set(
            &report->error, YINMA_E_ENCRYPTED, "encrypted Office document: %.*s, key of %.*s bits",
            (int)cipher.len, (const char *)cipher.ptr, (int)bits.len, (const char *)bits.ptr);
    } else {
        report->status = error_set(&report->error, YINMA_E_ENCRYPTED,
                                   "encrypted Office document, its cipher is not told");
    }
    free(text);
}

/* ---- the decoder ---- */

static void close_ole2(void *state) {
    struct ole2 *ole2 = state;
    if (ole2 != NULL) {
        if (ole2->raw != NULL) {
            free_text_close(ole2->raw);
        }
        free(ole2);
    }
}

static int open_ole2(const struct decode_input *in, void **state, struct error *err) {
    struct ole2 *ole2 = calloc(1, sizeof *ole2);
    if (ole2 == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    ole2->report = in->report;
    int status = 0;
    if (in->source->ops->read_at != NULL && is_encrypted(in->source, in->head.head)) {
        tell_encryption(in->source, in->report);
    } else {
        in->report->status = error_set(&in->report->error, YINMA_E_UNSUPPORTED,
                                       "OLE2 document (doc, xls, msg): only its raw bytes were "
                                       "scanned");
        status = free_text_open(in, FREE_TEXT_WITHOUT_KEYS, SEGMENT_BINARY, &ole2->raw, err);
    }
    if (status != 0) {
        close_ole2(ole2);
        return status;
    }
    *state = ole2;
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct ole2 *ole2 = state;
    if (ole2->raw == NULL) {
        return 0;
    }
    const struct decode_report before = *ole2->report;
    int more = free_text_next(ole2->raw, out, err);
    if (ole2->report->status == 0) { /* that it is raw stays told */
        ole2->report->status = before.status;
        ole2->report->error = before.error;
    }
    return more;
}

static unsigned bid(const struct decode_head *head) {
    return bytes_starts_with(head->head, BYTES_LIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) ? OLE2_BITS
                                                                                        : 0;
}

const struct decoder decoder_ole2 = {
    .name = "ole2",
    .summary =
        "OLE2 files (xls, doc, msg): raw bytes; encrypted Office documents with their cipher",
    .traits = DECODER_BINARY | DECODER_SEEKS | DECODER_RAW,
    .bid = bid,
    .open = open_ole2,
    .next = next_segment,
    .close = close_ole2,
};
