#include "decode/office/xlsb_book.h"

#include "core/endian.h"

/* Types of records, [MS-XLSB] 2.3.2. */
enum {
    RECORD_STRING = 19,  /* BrtSSTItem */
    RECORD_FORMAT = 44,  /* BrtFmt */
    RECORD_STYLE = 47,   /* BrtXF */
    RECORD_BOOK = 153,   /* BrtWbProp */
    RECORD_SHEET = 156,  /* BrtBundleSh */
    RECORD_STYLES = 617, /* BrtBeginCellXFs */
    RECORD_STYLES_END = 618,
    DATE_1904 = 1,
};

struct reading {
    struct xlsx_book *book;
    struct sheet_strings *strings;
    struct text_buffer name, relation;
    bool damaged;
};

static void take_sheet(struct reading *r, struct bytes data) {
    const bool hidden = data.len >= 4 && little_u32(data.ptr) != 0;
    text_buffer_clear(&r->name);
    text_buffer_clear(&r->relation);
    data = bytes_from(data, 8); /* whether it is shown, its number */
    if (!xlsb_string(&data, &r->relation) || !xlsb_string(&data, &r->name)) {
        r->damaged = true;
        return;
    }
    xlsx_book_sheet(r->book, text_buffer_view(&r->name), text_buffer_view(&r->relation), hidden);
}

static void take_format(struct reading *r, struct bytes data) {
    const uint64_t number = data.len >= 2 ? little_u16(data.ptr) : UINT64_MAX;
    text_buffer_clear(&r->name);
    data = bytes_from(data, 2);
    if (xlsb_string(&data, &r->name)) {
        xlsx_book_format(r->book, number, text_buffer_view(&r->name));
    }
}

static void take_string(struct reading *r, struct bytes data) {
    if (!r->strings->over) {
        r->damaged |= !xlsb_rich_string(data, &r->strings->text);
        sheet_strings_end(r->strings);
    }
}

static void take_record(struct reading *r, unsigned type, struct bytes data) {
    switch (type) {
    case RECORD_BOOK:
        if (data.len >= 4 && (little_u32(data.ptr) & DATE_1904) != 0) {
            r->book->epoch = SHEET_EPOCH_1904;
        }
        break;
    case RECORD_SHEET:
        take_sheet(r, data);
        break;
    case RECORD_FORMAT:
        take_format(r, data);
        break;
    case RECORD_STYLES:
    case RECORD_STYLES_END:
        r->book->in_styles = type == RECORD_STYLES;
        break;
    case RECORD_STYLE:
        if (r->book->in_styles && data.len >= 4) {
            xlsx_book_style(r->book, little_u16(data.ptr + 2));
        }
        break;
    case RECORD_STRING:
        take_string(r, data);
        break;
    default:
        break;
    }
}

void xlsb_tell_end(const struct xlsb_records *records, struct decode_report *report) {
    struct error problem = records->feed.failure;
    if (problem.code == 0 && records->cut) {
        error_set(&problem, YINMA_E_DAMAGED, "a part of the workbook ends inside a record");
    }
    if (problem.code != 0) {
        office_tell(report, &problem);
    }
}

/* Member NAME; one that does not exist is no problem. */
static int read_part(struct reading *r, const struct decode_input *in, const char *name,
                     struct error *err) {
    struct error problem = {0};
    struct xlsb_records records = {
        .feed = {.source = in->source->ops->sibling(in->source, name, &problem)}};
    if (records.feed.source == NULL) {
        if (problem.code != 0) {
            office_tell(in->report, &problem);
        }
        return problem.code == YINMA_E_MEMORY ? error_set(err, problem.code, "%s", problem.text)
                                              : 0;
    }
    while (xlsb_records_next(&records)) {
        take_record(r, records.type, records.data);
    }
    xlsb_tell_end(&records, in->report);
    const bool failed = records.feed.no_memory;
    byte_source_close(records.feed.source);
    byte_feed_release(&records.feed);
    return failed ? error_set(err, YINMA_E_MEMORY, "out of memory for a workbook") : 0;
}

int xlsb_book_open(struct xlsx_book *book, struct sheet_strings *strings,
                   const struct decode_input *in, struct error *err) {
    static const char *const parts[] = {"xl/workbook.bin", "xl/styles.bin", "xl/sharedStrings.bin"};
    struct reading r = {.book = book, .strings = strings};
    text_buffer_init(&r.name, 0);
    text_buffer_init(&r.relation, 0);
    int status = xlsx_book_begin(book, err);
    for (size_t i = 0; status == 0 && i < sizeof parts / sizeof *parts; i++) {
        status = read_part(&r, in, parts[i], err);
    }
    if (status == 0) {
        status = xlsx_book_relations(book, in, BYTES_LIT("xl/_rels/workbook.bin.rels"), err);
    }
    if (status == 0 && (book->failed || strings->failed || r.name.failed || r.relation.failed)) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
    }
    if (r.damaged) {
        struct error problem = {0};
        error_set(&problem, YINMA_E_DAMAGED, "names or strings of the workbook make no sense");
        office_tell(in->report, &problem);
    }
    sheet_strings_tell_limit(strings, in->report);
    text_buffer_release(&r.name);
    text_buffer_release(&r.relation);
    return status;
}
