#include "decode/office/xls_book.h"

#include <stdlib.h>

#include "core/endian.h"
#include "decode/office/cipher.h"

/* Types of records, [MS-XLS] 2.3. */
enum {
    RECORD_END = 0x0A,
    RECORD_DATE_1904 = 0x22,
    RECORD_FILE_PASS = 0x2F,
    RECORD_SHEET = 0x85,
    RECORD_STYLE = 0xE0,
    RECORD_STRINGS = 0xFC,
    RECORD_FORMAT = 0x41E,
    RECORD_BEGIN = 0x809,
    BIFF8 = 0x0600,
    WORKSHEET = 0,
    CRYPTO_API_AT = 14, /* the EncryptionHeader in FilePass */
};

static bool bit(const uint8_t *bits, size_t index) {
    return index < XLS_FORMATS && (bits[index / 8] >> index % 8 & 1) != 0;
}

static void set_bit(uint8_t *bits, size_t index, bool value) {
    if (index < XLS_FORMATS && value) {
        bits[index / 8] |= (uint8_t)(1U << index % 8);
    }
}

bool xls_style_is_date(const struct xls_book *book, size_t style) {
    return bit(book->date_styles, style);
}

struct bytes xls_sheet_name(const struct xls_book *book, size_t index) {
    return bytes_of(book->names.data + book->sheets[index].name, book->sheets[index].name_len);
}

/* Offset, how hidden it is, what it is, its name. */
static void take_sheet(struct xls_book *book, struct xls_records *records) {
    const struct bytes data = records->data;
    if (data.len < 8 || data.ptr[5] != WORKSHEET || book->sheet_count == XLS_SHEETS_MOST) {
        return; /* charts and modules have no cells */
    }
    struct xls_sheet *sheet = &book->sheets[book->sheet_count++];
    *sheet = (struct xls_sheet){
        .offset = little_u32(data.ptr), .hidden = (data.ptr[4] & 3) != 0, .name = book->names.len};
    struct xls_text text = {.records = records, .left = bytes_from(data, 6)};
    (void)xls_text_string(&text, 1, &book->names);
    sheet->name_len = book->names.len - sheet->name;
}

static void take_strings(struct xls_book *book, struct xls_records *records) {
    struct sheet_strings *strings = &book->strings;
    if (records->data.len < 8) {
        return;
    }
    const uint32_t unique = little_u32(records->data.ptr + 4);
    struct xls_text text = {.records = records, .left = bytes_from(records->data, 8)};
    for (uint32_t i = 0; i < unique && !strings->over && !strings->failed; i++) {
        if (!xls_text_string(&text, 2, &strings->text)) {
            error_set(&book->problem, YINMA_E_DAMAGED,
                      "the strings of the workbook end too early: %u of %u were read", i, unique);
            return;
        }
        sheet_strings_end(strings);
    }
    if (strings->over && strings->count < unique) {
        error_set(&book->problem, YINMA_E_LIMIT,
                  "the workbook shares more than %d MiB of strings: those beyond were not read",
                  SHEET_STRINGS_BYTES >> 20);
    }
}

static void take_format(struct xls_book *book, struct xls_records *records) {
    if (records->data.len < 5) {
        return;
    }
    const uint32_t number = little_u16(records->data.ptr);
    struct xls_text text = {.records = records, .left = bytes_from(records->data, 2)};
    struct text_buffer code;
    text_buffer_init(&code, 0);
    if (xls_text_string(&text, 2, &code)) {
        set_bit(book->date_formats, number, sheet_code_is_date(text_buffer_view(&code)));
    }
    text_buffer_release(&code);
}

static void take_style(struct xls_book *book, struct bytes data) {
    if (data.len >= 4) {
        const uint32_t format = little_u16(data.ptr + 2);
        set_bit(book->date_styles, book->style_count++,
                sheet_format_is_date(format) || bit(book->date_formats, format));
    }
}

/* [MS-XLS] 2.4.117: what stands behind it is cipher text. */
static int encrypted(struct bytes data, struct error *err) {
    const uint32_t type = data.len >= 2 ? little_u16(data.ptr) : 0;
    const uint32_t version = data.len >= 4 ? little_u16(data.ptr + 2) : 0;
    char room[64];
    const struct bytes name =
        type == 0      ? BYTES_LIT(SAID("XOR, a key of 16 bits"))
        : version == 1 ? BYTES_LIT(SAID("RC4, key of 40 bits"))
                       : office_cipher_name(bytes_from(data, CRYPTO_API_AT), room, sizeof room);
    return error_set(err, YINMA_E_ENCRYPTED, "encrypted workbook: %.*s", (int)name.len,
                     (const char *)name.ptr);
}

static int take_record(struct xls_book *book, struct xls_records *records, struct error *err) {
    switch (records->type) {
    case RECORD_FILE_PASS:
        return encrypted(records->data, err);
    case RECORD_SHEET:
        take_sheet(book, records);
        break;
    case RECORD_STRINGS:
        take_strings(book, records);
        break;
    case RECORD_FORMAT:
        take_format(book, records);
        break;
    case RECORD_STYLE:
        take_style(book, records->data);
        break;
    case RECORD_DATE_1904:
        if (records->data.len >= 2 && little_u16(records->data.ptr) == 1) {
            book->epoch = SHEET_EPOCH_1904;
        }
        break;
    default:
        break;
    }
    return 0;
}

int xls_book_read(struct xls_book *book, struct xls_records *records, struct error *err) {
    int status = 0;
    *book = (struct xls_book){.epoch = SHEET_EPOCH_1900};
    text_buffer_init(&book->names, 0);
    sheet_strings_init(&book->strings);
    book->sheets = calloc(XLS_SHEETS_MOST, sizeof *book->sheets);
    book->date_formats = calloc(2, XLS_FORMATS / 8);
    if (book->sheets == NULL || book->date_formats == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
    }
    book->date_styles = book->date_formats + XLS_FORMATS / 8;
    if (!xls_records_next(records) || records->type != RECORD_BEGIN || records->data.len < 4 ||
        little_u16(records->data.ptr) != BIFF8) {
        return error_set(err, YINMA_E_UNSUPPORTED,
                         "the workbook is older than Excel 97: only its raw bytes were scanned");
    }
    bool more = xls_records_next(records);
    while (status == 0 && more && records->type != RECORD_END) {
        status = take_record(book, records, err);
        more = xls_records_next(records);
    }
    if (status == 0 && !more && book->problem.code == 0) {
        error_set(&book->problem, YINMA_E_TRUNCATED, "the workbook ends before its sheets do");
    }
    if (status == 0 && (book->names.failed || book->strings.failed)) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
    }
    return status;
}

void xls_book_release(struct xls_book *book) {
    text_buffer_release(&book->names);
    sheet_strings_release(&book->strings);
    free(book->sheets);
    free(book->date_formats);
    book->sheets = NULL;
    book->date_formats = NULL;
}
