#include "cli/previous_book.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/block64/block64.h"
#include "decode/office/xlsx_book.h"
#include "input/input.h"

enum { CELLS_MAX = 256 };

enum cell_type { CELL_IS_NUMBER, CELL_IS_SHARED, CELL_IS_TEXT };

struct book_reader {
    struct sheet_table *table;
    struct xlsx_book book;
    struct text_buffer value;
    struct bytes *shared; /* the strings that cells refer to */
    size_t shared_count, shared_room;
    struct bytes cells[CELLS_MAX]; /* of the row */
    size_t count;                  /* behind the last one */
    size_t column;
    enum cell_type type;
    uint64_t style;
    bool in_value, in_reading; /* readings (furigana) are no part of a text */
    bool failed;               /* memory ran out */
};

static void take_text(void *context, const struct xml_text *text) {
    struct book_reader *r = context;
    if (r->in_value && !r->in_reading) {
        office_put_text(&r->value, text);
    }
}

static struct bytes keep(struct book_reader *r, struct bytes text) {
    struct bytes copy = arena_copy(&r->table->arena, text);
    r->failed = r->failed || r->value.failed || (copy.ptr == NULL && text.len > 0);
    return copy;
}

/* ---- the strings ---- */

static void start_string(void *context, struct bytes name, struct bytes tag) {
    struct book_reader *r = context;
    struct bytes local = xml_local_name(name);
    (void)tag;
    if (bytes_equal(local, BYTES_LIT("si"))) {
        text_buffer_clear(&r->value);
    }
    r->in_value = r->in_value || bytes_equal(local, BYTES_LIT("t"));
    r->in_reading = r->in_reading || bytes_equal(local, BYTES_LIT("rPh"));
}

static void end_string(void *context, struct bytes name, const uint8_t *at) {
    struct book_reader *r = context;
    struct bytes local = xml_local_name(name);
    (void)at;
    r->in_value = r->in_value && !bytes_equal(local, BYTES_LIT("t"));
    r->in_reading = r->in_reading && !bytes_equal(local, BYTES_LIT("rPh"));
    if (!bytes_equal(local, BYTES_LIT("si"))) {
        return;
    }
    if (r->shared_count == r->shared_room) {
        size_t room = r->shared_room * 2 + 256;
        struct bytes *bigger = reallocarray(r->shared, room, sizeof *bigger);
        if (bigger == NULL) {
            r->failed = true;
            return;
        }
        r->shared = bigger;
        r->shared_room = room;
    }
    r->shared[r->shared_count++] = keep(r, text_buffer_view(&r->value));
}

/* ---- the cells ---- */

/* "AB12" is in column 27, counted from 0. */
static size_t column_of(struct bytes reference, size_t otherwise) {
    size_t column = 0;
    for (size_t i = 0; i < reference.len && i < 3 && byte_is_letter(reference.ptr[i]); i++) {
        column = column * 26 + (size_t)(byte_upper(reference.ptr[i]) - 'A') + 1;
    }
    return column == 0 ? otherwise : column - 1;
}

static void begin_cell(struct book_reader *r, struct bytes tag) {
    struct bytes reference = {NULL, 0}, type = {NULL, 0};
    (void)xml_attribute_find(tag, BYTES_LIT("r"), &reference);
    (void)xml_attribute_find(tag, BYTES_LIT("t"), &type);
    r->column = column_of(reference, r->count);
    r->style = office_number(tag, BYTES_LIT("s"), 0);
    r->type = bytes_equal(type, BYTES_LIT("s"))                    ? CELL_IS_SHARED
              : type.len > 0 && !bytes_equal(type, BYTES_LIT("n")) ? CELL_IS_TEXT
                                                                   : CELL_IS_NUMBER;
    text_buffer_clear(&r->value);
}

static struct bytes cell_text(struct book_reader *r) {
    struct bytes value = text_buffer_view(&r->value);
    char room[SHEET_NUMBER_BYTES];
    size_t len = 0, number = 0;
    if (r->type == CELL_IS_SHARED) {
        for (size_t i = 0; i < value.len && byte_is_digit(value.ptr[i]); i++) {
            number = number * 10 + (size_t)(value.ptr[i] - '0');
        }
        return number < r->shared_count ? r->shared[number] : (struct bytes){NULL, 0};
    }
    if (r->type == CELL_IS_NUMBER && xlsx_style_is_date(&r->book, r->style)) {
        len = sheet_put_date(value, r->book.epoch, room);
    }
    return keep(r, len > 0 ? bytes_of(room, len) : value);
}

static void start_cell(void *context, struct bytes name, struct bytes tag) {
    struct book_reader *r = context;
    struct bytes local = xml_local_name(name);
    if (bytes_equal(local, BYTES_LIT("row"))) {
        memset(r->cells, 0, sizeof r->cells);
        r->count = 0;
    } else if (bytes_equal(local, BYTES_LIT("c"))) {
        begin_cell(r, tag);
    }
    r->in_value =
        r->in_value || bytes_equal(local, BYTES_LIT("v")) || bytes_equal(local, BYTES_LIT("t"));
    r->in_reading = r->in_reading || bytes_equal(local, BYTES_LIT("rPh"));
}

static void end_cell(void *context, struct bytes name, const uint8_t *at) {
    struct book_reader *r = context;
    struct bytes local = xml_local_name(name);
    (void)at;
    if (bytes_equal(local, BYTES_LIT("v")) || bytes_equal(local, BYTES_LIT("t"))) {
        r->in_value = false;
    } else if (bytes_equal(local, BYTES_LIT("rPh"))) {
        r->in_reading = false;
    } else if (bytes_equal(local, BYTES_LIT("c")) && r->column < CELLS_MAX) {
        r->cells[r->column] = cell_text(r);
        r->count = r->column + 1 > r->count ? r->column + 1 : r->count;
    } else if (bytes_equal(local, BYTES_LIT("row"))) {
        struct error ignored;
        r->failed = r->failed || sheet_table_add(r->table, r->cells, r->count, &ignored) < 0;
    }
}

/* ---- the book ---- */

static int read_page(struct book_reader *r, struct byte_source *document, const char *file,
                     struct error *err) {
    static const struct xml_events strings = {start_string, end_string, take_text};
    static const struct xml_events cells = {start_cell, end_cell, take_text};
    struct decode_report report = {0};
    const struct decode_input in = {
        .source = document, .ops = block64_ops(isa_best()), .report = &report};
    int rc = xlsx_book_open(&r->book, &in, err);
    if (rc == 0) {
        rc = office_part_read(document, BYTES_LIT("xl/sharedStrings.xml"), in.ops, &strings, r,
                              &report, err);
    }
    if (rc == 0 && r->book.sheet_count > 0) {
        rc = office_part_read(document, r->book.sheets[0].path, in.ops, &cells, r, &report, err);
    }
    if (rc == 0 && r->failed) {
        rc = error_set(err, YINMA_E_MEMORY, "no memory for the earlier sheet");
    }
    if (rc == 0 && (report.status != 0 || r->book.sheet_count == 0)) {
        rc = error_set(err, YINMA_E_USAGE, "%s: a workbook that cannot be read: %s", file,
                       report.status != 0 ? report.error.text : "it has no page");
    }
    xlsx_book_close(&r->book);
    return rc;
}

static int read_book(struct byte_source *zip, struct input_budget *budget, const char *file,
                     struct sheet_table **out, struct error *err) {
    struct input_package *package = NULL;
    struct error problem = {0};
    struct book_reader *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the earlier sheet");
    }
    text_buffer_init(&r->value, 0);
    r->table = sheet_table_new();
    int rc = r->table == NULL ? error_set(err, YINMA_E_MEMORY, "no memory for the earlier sheet")
                              : input_package_open(zip, budget, &package, &problem);
    if (r->table != NULL &&
        (rc < 0 || package == NULL || strcmp(input_package_format(package), "xlsx") != 0)) {
        rc = error_set(err, YINMA_E_USAGE, "%s: neither CSV nor a workbook", file);
    }
    if (rc == 0) {
        rc = read_page(r, input_package_source(package), file, err);
    }
    if (package != NULL) {
        input_package_close(package);
    }
    *out = rc == 0 ? r->table : NULL;
    if (rc < 0) {
        sheet_table_free(r->table);
    }
    text_buffer_release(&r->value);
    free(r->shared);
    free(r);
    return rc;
}

int previous_sheet_read(const char *file, struct sheet_table **out, struct error *err) {
    static const char mark[] = "PK\x03\x04";
    char start[sizeof mark] = "";
    struct input_limits limits;
    struct input_budget budget;
    struct byte_source *zip = NULL;
    struct work_item item = {.type = ITEM_FILE, .named = true};
    *out = NULL;
    FILE *first = fopen(file, "re");
    bool book = first != NULL && fread(start, 1, sizeof mark - 1, first) == sizeof mark - 1 &&
                memcmp(start, mark, sizeof mark - 1) == 0;
    if (first != NULL) {
        fclose(first);
    }
    if (!book) {
        return sheet_table_read(file, out, err);
    }
    item.path = (char *)(uintptr_t)file; /* only read */
    item.name = item.path;
    input_limits_default(&limits);
    input_budget_start(&budget, &limits);
    int rc = input_open_file(&item, &budget, &zip, err);
    if (rc == 0) {
        rc = read_book(zip, &budget, file, out, err);
        byte_source_close(zip);
    }
    return rc == 0 || rc == YINMA_E_MEMORY ? rc : (err->code = YINMA_E_USAGE);
}
