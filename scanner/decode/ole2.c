/* OLE2 files: workbooks of Excel 97 to 2003 are read (xls.h); which of the others are encrypted
 * Office documents, and how; the rest (doc, msg) are raw bytes, which shows text of one byte a
 * character only. FreeXL was tried for xls: it reads beyond its memory when the file is damaged.
 *
 * [MS-CFB] for the directory of an OLE2 file, [MS-OFFCRYPTO] 2.3.4 for what says how it is
 * encrypted. */
#include <stdlib.h>

#include "decode/free_text.h"
#include "decode/xls.h"

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
    void *book; /* an xls workbook; NULL: it is none */
    void *raw;  /* its bytes; NULL: it is encrypted, or a workbook */
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
        if (ole2->book != NULL) {
            xls_close(ole2->book);
        }
        if (ole2->raw != NULL) {
            free_text_close(ole2->raw);
        }
        free(ole2);
    }
}

/* Not read otherwise; WHY says more, when something does. An encrypted one has nothing to show. */
static int open_raw(struct ole2 *ole2, const struct decode_input *in, const struct error *why,
                    struct error *err) {
    struct decode_report *report = in->report;
    report->error = *why;
    report->status = why->code;
    if (why->code == YINMA_E_ENCRYPTED) {
        return 0;
    }
    if (why->code == 0) {
        report->status = error_set(&report->error, YINMA_E_UNSUPPORTED,
                                   "OLE2 document (doc, msg): only its raw bytes were scanned");
    }
    return free_text_open(in, FREE_TEXT_WITHOUT_KEYS, SEGMENT_BINARY, &ole2->raw, err);
}

static int open_ole2(const struct decode_input *in, void **state, struct error *err) {
    struct ole2 *ole2 = calloc(1, sizeof *ole2);
    if (ole2 == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    ole2->report = in->report;
    struct error why = {0};
    int status = 0;
    bool seekable = in->source->ops->read_at != NULL;
    if (seekable && is_encrypted(in->source, in->head.head)) {
        tell_encryption(in->source, in->report);
    } else {
        status = seekable ? xls_open(in, &ole2->book, &why) : 0;
        if (status < 0) {
            *err = why;
        } else if (ole2->book == NULL) {
            status = open_raw(ole2, in, &why, err);
        }
    }
    status = status > 0 ? 0 : status;
    if (status != 0) {
        close_ole2(ole2);
        return status;
    }
    *state = ole2;
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct ole2 *ole2 = state;
    if (ole2->book != NULL) {
        return xls_next(ole2->book, out, err);
    }
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

/* The directory stands where the header says: perhaps within the head. */
static unsigned bid_workbook(const struct decode_head *head) {
    const struct bytes data = head->head;
    if (bid(head) != 0 && bytes_ends_with(head->name, BYTES_LIT(".xls"))) {
        return OLE2_BITS + 1; /* the directory may stand at the end */
    }
    if (bid(head) == 0 || data.len < 512 || data.ptr[SECTOR_SHIFT_AT] < 9 ||
        data.ptr[SECTOR_SHIFT_AT] > 12) {
        return 0;
    }
    uint64_t at = ((uint64_t)little(data.ptr + DIRECTORY_AT) + 1) << data.ptr[SECTOR_SHIFT_AT];
    for (size_t i = 0; i < 4 && at + ENTRY_BYTES <= data.len; i++, at += ENTRY_BYTES) {
        if (is_called(data.ptr + at, "Workbook")) {
            return OLE2_BITS + 1;
        }
    }
    return 0;
}

/* The same decoder: what it is shows when it is opened. */
const struct decoder decoder_ole2 = {
    .name = "ole2",
    .summary = "OLE2 files (doc, msg): raw bytes; encrypted Office documents with their cipher",
    .traits = DECODER_BINARY | DECODER_SEEKS | DECODER_RAW,
    .bid = bid,
    .open = open_ole2,
    .next = next_segment,
    .close = close_ole2,
};

const struct decoder decoder_xls = {
    .name = "xls",
    .summary = "Excel 97-2003 workbooks (xls): sheets are tables, hidden ones too; comments, other "
               "streams as words; older ones raw",
    .traits = DECODER_BINARY | DECODER_SEEKS,
    .bid = bid_workbook,
    .open = open_ole2,
    .next = next_segment,
    .close = close_ole2,
};
