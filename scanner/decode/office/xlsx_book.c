#include "decode/office/xlsx_book.h"

#include <stdlib.h>

static struct bytes keep(struct xlsx_book *book, struct bytes attribute) {
    struct text_buffer text;
    text_buffer_init(&text, 0);
    office_put_attribute(&text, attribute);
    struct bytes copy = arena_copy(&book->arena, text_buffer_view(&text));
    book->failed |= text.failed || (copy.ptr == NULL && text.len > 0);
    text_buffer_release(&text);
    return copy;
}

static void ignore_end(void *context, struct bytes name, const uint8_t *at) {
    (void)context;
    (void)name;
    (void)at;
}

static void ignore_text(void *context, const struct xml_text *text) {
    (void)context;
    (void)text;
}

void xlsx_book_sheet(struct xlsx_book *book, struct bytes name, struct bytes relation,
                     bool hidden) {
    if (book->sheet_count < XLSX_SHEETS_MOST) {
        struct xlsx_sheet *sheet = &book->sheets[book->sheet_count++];
        *sheet = (struct xlsx_sheet){.name = arena_copy(&book->arena, name),
                                     .relation = arena_copy(&book->arena, relation),
                                     .hidden = hidden};
        book->failed |= (sheet->name.ptr == NULL && name.len > 0) ||
                        (sheet->relation.ptr == NULL && relation.len > 0);
    }
}

/* ---- workbook.xml ---- */

static void on_sheet(struct xlsx_book *book, struct bytes tag) {
    struct bytes name = {NULL, 0}, id = {NULL, 0}, state;
    if (book->sheet_count == XLSX_SHEETS_MOST ||
        !xml_attribute_find(tag, BYTES_LIT("name"), &name) ||
        !xml_attribute_find(tag, BYTES_LIT("id"), &id)) {
        return;
    }
    bool hidden = xml_attribute_find(tag, BYTES_LIT("state"), &state) &&
                  !bytes_equal(state, BYTES_LIT("visible"));
    book->sheets[book->sheet_count++] =
        (struct xlsx_sheet){.name = keep(book, name), .relation = keep(book, id), .hidden = hidden};
}

static void on_book(void *context, struct bytes name, struct bytes tag) {
    struct xlsx_book *book = context;
    name = xml_local_name(name);
    if (bytes_equal(name, BYTES_LIT("sheet"))) {
        on_sheet(book, tag);
    } else if (bytes_equal(name, BYTES_LIT("workbookPr")) &&
               office_is_true(tag, BYTES_LIT("date1904"))) {
        book->epoch = SHEET_EPOCH_1904;
    }
}

/* ---- workbook.xml.rels ---- */

/* Targets stand relative to xl/, or from the root of the package. */
static struct bytes path_of(struct xlsx_book *book, struct bytes target) {
    struct text_buffer path;
    text_buffer_init(&path, 0);
    bool from_root = target.len > 0 && target.ptr[0] == '/';
    text_buffer_puts(&path, from_root ? "" : "xl/");
    office_put_attribute(&path, bytes_from(target, from_root ? 1 : 0));
    struct bytes copy = arena_copy(&book->arena, text_buffer_view(&path));
    book->failed |= path.failed || copy.ptr == NULL;
    text_buffer_release(&path);
    return copy;
}

static void on_relation(void *context, struct bytes name, struct bytes tag) {
    struct xlsx_book *book = context;
    struct bytes id, target;
    if (!bytes_equal(xml_local_name(name), BYTES_LIT("Relationship")) ||
        !xml_attribute_find(tag, BYTES_LIT("Id"), &id) ||
        !xml_attribute_find(tag, BYTES_LIT("Target"), &target)) {
        return;
    }
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (bytes_equal(book->sheets[i].relation, id)) {
            book->sheets[i].path = path_of(book, target);
        }
    }
}

/* ---- styles.xml ---- */

static void set_bit(uint8_t *bits, uint64_t number, bool value) {
    if (value && number < XLSX_STYLES_MOST) {
        bits[number / 8] |= (uint8_t)(1U << number % 8);
    }
}

static bool bit(const uint8_t *bits, uint64_t number) {
    return number < XLSX_STYLES_MOST && (bits[number / 8] >> number % 8 & 1) != 0;
}

void xlsx_book_style(struct xlsx_book *book, uint64_t format) {
    set_bit(book->date_styles, book->style_count++,
            sheet_format_is_date(format) || bit(book->date_formats, format));
}

void xlsx_book_format(struct xlsx_book *book, uint64_t number, struct bytes code) {
    set_bit(book->date_formats, number, sheet_code_is_date(code));
}

static void on_style(void *context, struct bytes name, struct bytes tag) {
    struct xlsx_book *book = context;
    struct bytes code;
    name = xml_local_name(name);
    if (bytes_equal(name, BYTES_LIT("cellXfs"))) {
        book->in_styles = true;
    } else if (bytes_equal(name, BYTES_LIT("xf")) && book->in_styles) {
        xlsx_book_style(book, office_number(tag, BYTES_LIT("numFmtId"), 0));
    } else if (bytes_equal(name, BYTES_LIT("numFmt")) &&
               xml_attribute_find(tag, BYTES_LIT("formatCode"), &code)) {
        struct text_buffer plain;
        text_buffer_init(&plain, 0);
        office_put_attribute(&plain, code);
        xlsx_book_format(book, office_number(tag, BYTES_LIT("numFmtId"), UINT64_MAX),
                         text_buffer_view(&plain));
        text_buffer_release(&plain);
    }
}

static void on_style_end(void *context, struct bytes name, const uint8_t *at) {
    struct xlsx_book *book = context;
    (void)at;
    if (bytes_equal(xml_local_name(name), BYTES_LIT("cellXfs"))) {
        book->in_styles = false;
    }
}

bool xlsx_style_is_date(const struct xlsx_book *book, uint64_t style) {
    return bit(book->date_styles, style);
}

/* ---- the whole ---- */

int xlsx_book_begin(struct xlsx_book *book, struct error *err) {
    *book = (struct xlsx_book){.epoch = SHEET_EPOCH_1900};
    arena_init(&book->arena, 0);
    book->sheets = calloc(XLSX_SHEETS_MOST, sizeof *book->sheets);
    book->date_formats = calloc(2, XLSX_STYLES_MOST / 8);
    if (book->sheets == NULL || book->date_formats == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
    }
    book->date_styles = book->date_formats + XLSX_STYLES_MOST / 8;
    return 0;
}

int xlsx_book_relations(struct xlsx_book *book, const struct decode_input *in, struct bytes part,
                        struct error *err) {
    static const struct xml_events events = {on_relation, ignore_end, ignore_text};
    return office_part_read(in->source, part, in->ops, &events, book, in->report, err);
}

int xlsx_book_open(struct xlsx_book *book, const struct decode_input *in, struct error *err) {
    static const struct {
        struct bytes name;
        struct xml_events events;
    } parts[] = {
        {{(const uint8_t *)"xl/workbook.xml", 15}, {on_book, ignore_end, ignore_text}},
        {{(const uint8_t *)"xl/_rels/workbook.xml.rels", 26},
         {on_relation, ignore_end, ignore_text}},
        {{(const uint8_t *)"xl/styles.xml", 13}, {on_style, on_style_end, ignore_text}},
    };
    int status = xlsx_book_begin(book, err);
    for (size_t i = 0; status == 0 && i < sizeof parts / sizeof *parts; i++) {
        status = office_part_read(in->source, parts[i].name, in->ops, &parts[i].events, book,
                                  in->report, err);
    }
    return status == 0 && book->failed
               ? error_set(err, YINMA_E_MEMORY, "out of memory for a workbook")
               : status;
}

void xlsx_book_close(struct xlsx_book *book) {
    arena_release(&book->arena);
    free(book->sheets);
    free(book->date_formats);
}
