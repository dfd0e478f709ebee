#include "decode/aligned/layout_records.h"

#include "decode/aligned/fixed_layout.h"

enum { EBCDIC_NEW_LINE = 0x15, EBCDIC_LINE_FEED = 0x25, RECORDS_LOOKED_AT = 400 };

/* ---- lengths ---- */

size_t layout_length(const struct layout_form *form, struct bytes record) {
    return form->by_display ? fixed_width(WIDTH_DOUBLE, record) : record.len;
}

size_t layout_byte_of(const struct layout_form *form, struct bytes record, size_t column) {
    size_t at = 0, here = 0;
    if (!form->by_display) {
        return column < record.len ? column : record.len;
    }
    while (at < record.len && here < column) {
        size_t length;
        here += fixed_character(WIDTH_DOUBLE, record.ptr + at, record.len - at, &length);
        at += length;
    }
    return at;
}

/* ---- records ---- */

/* The place of the first line end in TEXT, SIZE_MAX: none. */
static size_t line_end(const struct layout_form *form, struct bytes text) {
    for (size_t at = 0; at < text.len;) {
        const uint8_t *found = memchr(text.ptr + at, form->newline, text.len - at);
        if (found == NULL) {
            return SIZE_MAX;
        }
        size_t place = (size_t)(found - text.ptr), first = place - (form->big_endian ? 1 : 0);
        if (form->unit == 1) {
            return place;
        }
        if (first % 2 == 0 && first + 1 < text.len &&
            text.ptr[form->big_endian ? first : first + 1] == 0) {
            return first;
        }
        at = place + 1;
    }
    return SIZE_MAX;
}

static struct bytes without_return(const struct layout_form *form, struct bytes line) {
    size_t unit = form->unit;
    if (line.len >= unit && line.ptr[line.len - (form->big_endian ? 1 : unit)] == '\r' &&
        (unit == 1 || line.ptr[line.len - (form->big_endian ? 2 : 1)] == 0)) {
        line.len -= unit;
    }
    return line;
}

static struct layout_cut cut_line(const struct layout_form *form, struct bytes text, bool at_end) {
    size_t end = line_end(form, bytes_first(text, LAYOUT_LINE_BYTES));
    if (end != SIZE_MAX) {
        return (struct layout_cut){without_return(form, bytes_first(text, end)), end + form->unit,
                                   false};
    }
    if (text.len >= LAYOUT_LINE_BYTES) {
        return (struct layout_cut){bytes_first(text, LAYOUT_LINE_BYTES / 2), LAYOUT_LINE_BYTES / 2,
                                   true};
    }
    return at_end ? (struct layout_cut){without_return(form, text), text.len, false}
                  : (struct layout_cut){bytes_first(text, 0), 0, false};
}

struct layout_cut layout_cut(const struct layout_form *form, struct bytes text, bool at_end) {
    if (form->lines) {
        return cut_line(form, text, at_end);
    }
    size_t stray = 0; /* line ends between blocks of records */
    while (stray < text.len && (text.ptr[stray] == '\n' || text.ptr[stray] == '\r')) {
        stray++;
    }
    struct bytes record = bytes_first(bytes_from(text, stray), form->width);
    bool have = record.len == form->width || at_end;
    return (struct layout_cut){record, have ? stray + record.len : 0, false};
}

/* ---- the form of a file ---- */

bool layout_has_length(const struct layout_record *record, size_t widest, size_t length) {
    const struct layout_field *last =
        record->field_count == 0 ? NULL : &record->fields[record->field_count - 1];
    return length == widest ||
           (last != NULL && length > last->span.start && length <= record->width);
}

static bool has_code(const struct layout_record *sort, const struct layout_form *form,
                     struct bytes record) {
    size_t begin = layout_byte_of(form, record, sort->code.start);
    struct bytes code = bytes_from(record, begin);
    return sort->code.length > 0 && bytes_starts_with(code, sort->code_text);
}

/* Is RECORD exactly as long as one of the sorts, or does it have the code of one and end inside its
 * last field? */
static bool is_fitting(const struct record_layout *layout, const struct layout_form *form,
                       struct bytes record) {
    size_t length = layout_length(form, record);
    for (size_t i = 0; i < layout->record_count; i++) {
        const struct layout_record *sort = &layout->records[i];
        if (length == sort->width ||
            (has_code(sort, form, record) && layout_has_length(sort, layout->width, length))) {
            return true;
        }
    }
    return length == layout->width;
}

size_t layout_mark_length(struct bytes text) {
    return bytes_starts_with(text, BYTES_LIT("\xEF\xBB\xBF")) ? 3
           : bytes_starts_with(text, BYTES_LIT("\xFF\xFE")) ||
                   bytes_starts_with(text, BYTES_LIT("\xFE\xFF"))
               ? 2
               : 0;
}

struct fit {
    size_t records, fitting;
};

static struct fit count_fit(const struct record_layout *layout, const struct layout_form *form,
                            struct bytes head, bool whole) {
    struct fit fit = {0};
    while (head.len > 0 && fit.records < RECORDS_LOOKED_AT) {
        struct layout_cut cut = layout_cut(form, head, whole);
        if (cut.whole == 0) {
            break;
        }
        head = bytes_from(head, cut.whole);
        bool end_mark = cut.record.len == 0 || (head.len == 0 && cut.record.ptr[0] == 0x1A);
        if (!end_mark) {
            fit.records++;
            fit.fitting += is_fitting(layout, form, cut.record);
        }
    }
    return fit;
}

struct layout_form layout_form_of(const struct record_layout *layout, enum encoding encoding,
                                  struct bytes head, bool whole) {
    struct layout_form form = {.newline = '\n', .unit = 1, .width = layout->width};
    if (encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE) {
        form.unit = 2;
        form.big_endian = encoding == ENCODING_UTF16BE;
    }
    if (encoding == ENCODING_CP937) {
        uint8_t behind = head.len > form.width ? head.ptr[form.width] : 0;
        form.lines = behind == EBCDIC_NEW_LINE || behind == EBCDIC_LINE_FEED;
        form.newline = behind;
        return form;
    }
    head = bytes_from(head, layout_mark_length(head));
    size_t end = line_end(&form, head);
    struct bytes first = without_return(&form, bytes_first(head, end));
    form.lines = end == SIZE_MAX
                     ? head.len < form.width || (whole && head.len == form.width)
                     : !(first.len > form.width && form.width > 0 && first.len % form.width == 0);
    if (form.lines && encoding == ENCODING_UTF8) {
        struct layout_form display = form;
        display.by_display = true;
        struct fit bytes = count_fit(layout, &form, head, whole);
        form.by_display = bytes.fitting * 2 < bytes.records &&
                          count_fit(layout, &display, head, whole).fitting > bytes.fitting;
    }
    return form;
}

bool layout_fits(const struct record_layout *layout, enum encoding encoding, struct bytes head,
                 bool whole) {
    struct layout_form form = layout_form_of(layout, encoding, head, whole);
    head = bytes_from(head, layout_mark_length(head));
    struct fit fit = count_fit(layout, &form, head, whole);
    return fit.fitting > 0 && fit.fitting * 2 >= fit.records;
}
