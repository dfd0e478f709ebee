/* sheet_strings.h - the strings that the cells of a workbook share. They may stand behind the
 * sheets that use them, so all of them are read first: the one place where a document is held in
 * memory, up to SHEET_STRINGS_BYTES. What is beyond is not known to cells (see `over`). */
#ifndef YINMA_DECODE_OFFICE_SHEET_STRINGS_H
#define YINMA_DECODE_OFFICE_SHEET_STRINGS_H

#include "core/text_buffer.h"
#include "decode/markup/xml_reader.h"

enum { SHEET_STRINGS_BYTES = 96 * 1024 * 1024, SHEET_STRINGS_MOST = 8 * 1024 * 1024 };

struct sheet_strings {
    struct text_buffer text;
    uint32_t *ends; /* of each in text */
    uint8_t *used;  /* a bit each: some cell has it */
    size_t count, capacity;
    size_t told; /* see sheet_strings_unused */
    bool in_string, aside, failed;
    bool over; /* there are more */
};

void sheet_strings_init(struct sheet_strings *strings);
void sheet_strings_release(struct sheet_strings *strings);

/* With a struct sheet_strings as context: reads xl/sharedStrings.xml. */
extern const struct xml_events sheet_strings_events;

struct decode_report;
/* When there are more than fit: that is told in REPORT. */
void sheet_strings_tell_limit(const struct sheet_strings *strings, struct decode_report *report);

/* What was put into `text` since the last one is a string. */
void sheet_strings_end(struct sheet_strings *strings);
/* String INDEX, marked as used; false: there is none. */
bool sheet_strings_get(struct sheet_strings *strings, size_t index, struct bytes *text);
/* The next string that no cell has: what was deleted from the sheets may still be here. */
bool sheet_strings_unused(struct sheet_strings *strings, struct bytes *text);

#endif
