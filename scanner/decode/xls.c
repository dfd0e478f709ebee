/* xls (BIFF5 and BIFF8 in an OLE2 file) through FreeXL; other OLE2 files, and those that are
 * encrypted, are told. FreeXL reads a workbook as a whole and from a path, so the file is copied to
 * memory that has one. It gives the cells of sheets: what else there is (comments, formulas, the
 * space of deleted rows) is not seen.
 *
 * [MS-CFB] for the directory of an OLE2 file, [MS-OFFCRYPTO] 2.3.4 for what says how it is
 * encrypted. */
#include <freexl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "decode/free_text.h"
#include "decode/grid.h"

enum {
    OLE2_BITS = 64,
    SECTOR_SHIFT_AT = 30,
    DIRECTORY_AT = 48, /* number of its first sector */
    DIRECTORY_BYTES = 4096,
    ENTRY_BYTES = 128,
    INFO_BYTES = 64 * 1024, /* where the description of the encryption is looked for */
};
static const uint64_t WORKBOOK_BYTES_MOST = UINT64_C(64) << 20;

struct xls {
    struct decode_report *report;
    struct grid *grid;
    void *raw; /* a file of another kind: its bytes */
    const void *book;
    int descriptor;
    unsigned sheets, sheet;
    unsigned rows, row;
    unsigned short columns;
    bool in_sheet;
};

/* ---- what kind of OLE2 file ---- */

enum ole2_type { OLE2_OTHER, OLE2_WORKBOOK, OLE2_ENCRYPTED };

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

static enum ole2_type type_of(struct byte_source *source, struct bytes head) {
    uint8_t directory[DIRECTORY_BYTES];
    struct error err = {0};
    if (head.len < 512 || head.ptr[SECTOR_SHIFT_AT] < 9 || head.ptr[SECTOR_SHIFT_AT] > 12) {
        return OLE2_OTHER;
    }
    uint64_t at = ((uint64_t)little(head.ptr + DIRECTORY_AT) + 1) << head.ptr[SECTOR_SHIFT_AT];
    int64_t got = source->ops->read_at(source, at, directory, sizeof directory, &err);
    for (int64_t i = 0; i + ENTRY_BYTES <= got; i += ENTRY_BYTES) {
        if (is_called(directory + i, "EncryptedPackage")) {
            return OLE2_ENCRYPTED;
        }
        if (is_called(directory + i, "Workbook") || is_called(directory + i, "Book")) {
            return OLE2_WORKBOOK;
        }
    }
    return OLE2_OTHER;
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

/* ---- the workbook ---- */

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
}

/* Copy SOURCE to DESCRIPTOR; 0 or a negative code. */
static int copy(struct byte_source *source, int descriptor, struct error *err) {
    uint8_t piece[16 * 1024];
    uint64_t at = 0;
    int64_t got;
    while ((got = source->ops->read_at(source, at, piece, sizeof piece, err)) > 0) {
        if (write(descriptor, piece, (size_t)got) != got) {
            return out_of_memory(err);
        }
        at += (uint64_t)got;
    }
    return (int)got;
}

/* Open the workbook; what is wrong with it goes to the report. 0 or YINMA_E_MEMORY. */
static int open_book(struct xls *x, struct byte_source *source, struct error *err) {
    char path[64];
    struct error problem = {0};
    unsigned password = 0, sheets = 0;
    x->descriptor = memfd_create("workbook", MFD_CLOEXEC);
    int status =
        x->descriptor < 0 ? out_of_memory(&problem) : copy(source, x->descriptor, &problem);
    if (status != 0) {
        x->report->status = status;
        x->report->error = problem;
        return status == YINMA_E_MEMORY ? error_set(err, status, "%s", problem.text) : 0;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", x->descriptor);
    int code = freexl_open(path, &x->book);
    if (code == FREEXL_OK) {
        code = freexl_get_info(x->book, FREEXL_BIFF_SHEET_COUNT, &sheets);
    }
    if (x->book != NULL && freexl_get_info(x->book, FREEXL_BIFF_PASSWORD, &password) == FREEXL_OK &&
        password == FREEXL_BIFF_OBFUSCATED) {
        x->report->status = error_set(&x->report->error, YINMA_E_ENCRYPTED,
                                      "encrypted workbook (xls), its cipher is not told");
    } else if (code != FREEXL_OK) {
        x->report->status = error_set(&x->report->error, YINMA_E_DAMAGED,
                                      "the workbook (xls) cannot be read: FreeXL says %d", code);
    } else {
        x->sheets = sheets;
    }
    return 0;
}

static bool next_sheet(struct xls *x) {
    const char *name = NULL;
    grid_end(x->grid);
    if (x->sheet >= x->sheets) {
        return false;
    }
    unsigned short number = (unsigned short)x->sheet++;
    x->row = x->rows = 0;
    if (freexl_get_worksheet_name(x->book, number, &name) != FREEXL_OK ||
        freexl_select_active_worksheet(x->book, number) != FREEXL_OK ||
        freexl_worksheet_dimensions(x->book, &x->rows, &x->columns) != FREEXL_OK) {
        x->report->status =
            error_set(&x->report->error, YINMA_E_DAMAGED, "a sheet of the workbook cannot be read");
        return true;
    }
    grid_begin(x->grid, name == NULL ? BYTES_LIT("") : bytes_of_string(name));
    return true;
}

static void put_cell(struct xls *x, unsigned short column) {
    FreeXL_CellValue value;
    char number[32];
    int len = 0;
    if (freexl_get_cell_value(x->book, x->row, column, &value) != FREEXL_OK) {
        return;
    }
    switch (value.type) {
    case FREEXL_CELL_INT:
        len = snprintf(number, sizeof number, "%d", value.value.int_value);
        break;
    case FREEXL_CELL_DOUBLE:
        len = snprintf(number, sizeof number, "%.15g", value.value.double_value);
        if (memchr(number, 'e', (size_t)len) != NULL) {
            len = snprintf(number, sizeof number, "%.0f", value.value.double_value);
        }
        break;
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
    case FREEXL_CELL_TIME:
        if (value.value.text_value != NULL) {
            grid_cell(x->grid, column, bytes_trim(bytes_of_string(value.value.text_value)), 0);
        }
        return;
    default:
        return;
    }
    if (len > 0 && (size_t)len < sizeof number) {
        grid_cell(x->grid, column, bytes_of(number, (size_t)len), CELL_NUMBER);
    }
}

static int next_cells(struct xls *x, struct segment *out, struct error *err) {
    for (;;) {
        if (grid_failed(x->grid)) {
            return out_of_memory(err);
        }
        if (grid_take(x->grid, GRID_ENOUGH, out)) {
            return 1;
        }
        if (x->row < x->rows) {
            grid_row(x->grid);
            for (unsigned short column = 0; column < x->columns; column++) {
                put_cell(x, column);
            }
            x->row++;
        } else if (!next_sheet(x)) {
            x->report->rows = grid_rows(x->grid);
            return grid_take(x->grid, GRID_ALL, out) ? 1 : 0;
        }
    }
}

/* ---- the decoder ---- */

static void close_xls(void *state) {
    struct xls *x = state;
    if (x != NULL) {
        if (x->raw != NULL) {
            free_text_close(x->raw);
        }
        if (x->book != NULL) {
            (void)freexl_close(x->book);
        }
        if (x->descriptor >= 0) {
            close(x->descriptor);
        }
        grid_free(x->grid);
        free(x);
    }
}

static int open_xls(const struct decode_input *in, void **state, struct error *err) {
    struct xls *x = calloc(1, sizeof *x);
    int status = 0;
    if (x == NULL) {
        return out_of_memory(err);
    }
    *x = (struct xls){.report = in->report, .descriptor = -1, .grid = grid_new(in->fields)};
    enum ole2_type type = in->source->ops->read_at == NULL || in->source->size == UINT64_MAX
                              ? OLE2_OTHER
                              : type_of(in->source, in->head.head);
    if (x->grid == NULL) {
        status = out_of_memory(err);
    } else if (type == OLE2_ENCRYPTED) {
        tell_encryption(in->source, in->report);
    } else if (type == OLE2_WORKBOOK && in->source->size <= WORKBOOK_BYTES_MOST) {
        status = open_book(x, in->source, err);
    } else {
        in->report->status = error_set(&in->report->error, YINMA_E_UNSUPPORTED,
                                       "OLE2 document: only its raw bytes were scanned");
        status = free_text_open(in, FREE_TEXT_WITHOUT_KEYS, SEGMENT_BINARY, &x->raw, err);
    }
    if (status != 0) {
        close_xls(x);
        return status;
    }
    *state = x;
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct xls *x = state;
    if (x->raw == NULL) {
        return next_cells(x, out, err);
    }
    struct decode_report before = *x->report;
    int more = free_text_next(x->raw, out, err);
    if (x->report->status == 0) { /* that it is raw stays told */
        x->report->status = before.status;
        x->report->error = before.error;
    }
    return more;
}

static unsigned bid(const struct decode_head *head) {
    return bytes_starts_with(head->head, BYTES_LIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) ? OLE2_BITS
                                                                                        : 0;
}

const struct decoder decoder_xls = {
    .name = "xls",
    .summary =
        "Excel workbooks of the old kind (xls, up to 64 MiB): sheets are tables, comments are "
        "not read; other OLE2 files raw; what is encrypted is told",
    .traits = DECODER_BINARY | DECODER_SEEKS,
    .bid = bid,
    .open = open_xls,
    .next = next_segment,
    .close = close_xls,
};
