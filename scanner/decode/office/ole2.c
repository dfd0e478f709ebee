/* OLE2 files: workbooks of Excel 97 to 2003 are read (xls.h); which of the others are encrypted
 * Office documents, and how; of the rest (doc, ppt) the raw bytes and the words in UTF-16 of all
 * streams are read. FreeXL was tried for xls: it reads beyond its memory when the file is damaged.
 *
 * [MS-CFB] for the directory of an OLE2 file. */
#include <stdlib.h>

#include "core/endian.h"
#include "decode/free_text.h"
#include "decode/office/cipher.h"
#include "decode/office/xls.h"
#include "decode/record_text.h"

enum {
    OLE2_BITS = 64,
    SECTOR_SHIFT_AT = 30,
    DIRECTORY_AT = 48, /* number of its first sector */
    ENTRY_BYTES = 128,
    PIECE_BYTES = 256 * 1024,
    TABLE_BYTES_MAX = 256 << 20, /* for those of a file: one of 16 GiB */
};

struct ole2 {
    struct decode_report *report;
    struct ole2_file file;
    void *book; /* an xls workbook; NULL: it is none */
    void *raw;  /* its bytes; NULL: it is encrypted, or a workbook */
    /* Behind its bytes: the words in UTF-16 of its streams. */
    struct record_text words;
    struct ole2_walk walk;
    uint8_t *piece;
};

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
        record_text_release(&ole2->words);
        free(ole2->piece);
        ole2_release(&ole2->file);
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
                                   "OLE2 document (doc, ppt): only its words were read");
    }
    if (ole2->file.entries != NULL) {
        ole2_walk_begin(&ole2->walk, &ole2->file, NULL);
    }
    ole2->piece = malloc(PIECE_BYTES);
    return ole2->piece == NULL
               ? error_set(err, YINMA_E_MEMORY, "out of memory for a document")
               : free_text_open(in, FREE_TEXT_WITHOUT_KEYS, SEGMENT_BINARY, &ole2->raw, err);
}

/* 1: a workbook is open; 0: there is none, *WHY says more when something does. */
static int open_book(struct ole2 *ole2, const struct decode_input *in, struct error *why) {
    if (in->source->ops->read_at == NULL || in->source->size == UINT64_MAX) {
        return 0;
    }
    int status = ole2_open(&ole2->file, in->source, TABLE_BYTES_MAX, why);
    if (status == YINMA_E_DAMAGED) { /* cannot be taken apart: nothing to tell but that */
        why->code = 0;
        return 0;
    }
    if (status == 0 && office_cipher_tell(&ole2->file, why) == 0) {
        status = xls_open(&ole2->file, in, &ole2->book, why);
    }
    return status == YINMA_E_MEMORY ? status : ole2->book != NULL;
}

static int open_ole2(const struct decode_input *in, void **state, struct error *err) {
    struct ole2 *ole2 = calloc(1, sizeof *ole2);
    if (ole2 == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    ole2->report = in->report;
    struct error why = {0};
    int status = open_book(ole2, in, &why);
    if (status < 0) {
        *err = why;
    } else if (status == 0) {
        status = open_raw(ole2, in, &why, err);
    }
    if (status < 0) {
        close_ole2(ole2);
        return status;
    }
    *state = ole2;
    return 0;
}

/* Word and PowerPoint write text in UTF-16, which the raw bytes do not show. */
static int next_words(struct ole2 *ole2, struct segment *out, struct error *err) {
    record_text_clear(&ole2->words);
    while (ole2->walk.file != NULL && !record_text_full(&ole2->words)) {
        const size_t got = ole2_walk_read(&ole2->walk, ole2->piece, PIECE_BYTES);
        if (got == 0) {
            break;
        }
        record_text_wide_strings(&ole2->words, bytes_of(ole2->piece, got), FIELD_FREE_TEXT);
    }
    if (ole2->words.failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    if (ole2->words.len == 0) {
        return 0;
    }
    record_text_segment(&ole2->words, out);
    return 1;
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
    return more == 0 ? next_words(ole2, out, err) : more;
}

/* Is the entry called NAME? Names are UTF-16. */
static bool is_called(const uint8_t *entry, const char *name) {
    const size_t len = strlen(name);
    for (size_t i = 0; i <= len; i++) {
        if (little_u16(entry + 2 * i) != (uint8_t)name[i]) {
            return false;
        }
    }
    return true;
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
    uint64_t at = ((uint64_t)little_u32(data.ptr + DIRECTORY_AT) + 1) << data.ptr[SECTOR_SHIFT_AT];
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
    .summary = "OLE2 files (doc, ppt): raw bytes and words in UTF-16; encrypted Office documents "
               "with their cipher",
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
