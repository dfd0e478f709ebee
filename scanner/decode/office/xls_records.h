/* xls_records.h - the records of BIFF8 ([MS-XLS] 2.1.4): a type, a length, up to 64 KiB of data;
 * what is longer goes on in CONTINUE records. */
#ifndef YINMA_DECODE_OFFICE_XLS_RECORDS_H
#define YINMA_DECODE_OFFICE_XLS_RECORDS_H

#include "core/ole2_file.h"
#include "core/text_buffer.h"

enum { XLS_RECORD_MOST = 65535, XLS_CONTINUE = 0x3C };

struct xls_records {
    struct ole2_stream stream;
    uint8_t *buffer;   /* of the stream, from `from` on */
    uint64_t from, at; /* `at`: of the next record */
    size_t have;
    unsigned type;
    struct bytes data; /* of the record; valid until the next one */
    bool cut;          /* the stream ends inside a record */
};

/* 0 or YINMA_E_MEMORY; release it in any case. */
int xls_records_open(struct xls_records *records, struct ole2_stream stream, struct error *err);
void xls_records_release(struct xls_records *records);

/* Go on at OFFSET of the stream. */
void xls_records_seek(struct xls_records *records, uint64_t offset);
/* The next record; false: there is none. */
bool xls_records_next(struct xls_records *records);
/* The next record if it continues this one; else nothing happens. */
bool xls_records_continue(struct xls_records *records);

/* Strings over any number of records. */
struct xls_text {
    struct xls_records *records;
    struct bytes left; /* of the present record */
};

/* A string whose count of characters has COUNT_BYTES (1 or 2), appended to OUT in UTF-8. False: the
 * data ends before. */
bool xls_text_string(struct xls_text *text, unsigned count_bytes, struct text_buffer *out);

#endif
