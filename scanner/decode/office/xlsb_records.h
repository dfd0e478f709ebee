/* xlsb_records.h - the records of BIFF12 ([MS-XLSB] 2.1.4): a type of one or two bytes, a length of
 * one to four, seven bits in each. */
#ifndef YINMA_DECODE_OFFICE_XLSB_RECORDS_H
#define YINMA_DECODE_OFFICE_XLSB_RECORDS_H

#include "core/text_buffer.h"
#include "decode/byte_feed.h"

enum { XLSB_RECORD_MOST = 16 << 20 };

/* All zero but for the source of the feed at first; byte_feed_release the feed. */
struct xlsb_records {
    struct byte_feed feed;
    size_t used; /* of the feed: the record that was given */
    unsigned type;
    struct bytes data; /* of the record; valid until the next one */
    bool cut;          /* the data end inside a record, or make no sense */
};

/* The next record; false: there is none, or `cut`, or the feed failed. */
bool xlsb_records_next(struct xlsb_records *records);

/* An XLWideString (2.5.168) at the beginning of *LEFT: to OUT in UTF-8, *LEFT goes on behind it.
 * False: there is none. */
bool xlsb_string(struct bytes *left, struct text_buffer *out);
/* The text of a RichStr (2.5.119): one byte of flags, the string; what follows is how it looks. */
bool xlsb_rich_string(struct bytes data, struct text_buffer *out);

#endif
