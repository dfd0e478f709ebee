/* header.h - header fields of a message or of one of its parts (RFC 5322, RFC 2045). Inside
 * the room only. */
#ifndef YINMA_INPUT_MAIL_HEADER_H
#define YINMA_INPUT_MAIL_HEADER_H

#include "core/text_buffer.h"
#include "input/mail/lines.h"

enum {
    MAIL_HEADERS_BYTES_MAX = 1 << 20, /* longer headers are read on as text */
    MAIL_BOUNDARY_BYTES_MAX = 200,    /* RFC 2046 allows 70 */
    MAIL_NAME_BYTES_MAX = 240,
};

enum mail_coding { MAIL_PLAIN, MAIL_QUOTED, MAIL_BASE64, MAIL_UNKNOWN_CODING };

struct mail_part {
    char type[80]; /* "text/html", lower case; "" = not said */
    char charset[40];
    char boundary[MAIL_BOUNDARY_BYTES_MAX + 1];
    char name[MAIL_NAME_BYTES_MAX + 1]; /* of an attachment, UTF-8, no slashes; "" = none */
    enum mail_coding coding;
};

/* Does HEAD begin with the header fields of a message? Bits of evidence. */
unsigned mail_header_bid(struct bytes head);

/* Is LINE a field, "Name: …"? The length of its name; 0: no. */
size_t mail_field_name(struct bytes line);

/* Read fields up to the empty line, into PART; and as UTF-8, one a line, into TEXT (NULL: not
 * wanted). What is no field ends them and stays to be read. 0 or YINMA_E_MEMORY. */
int mail_header_read(struct mail_lines *lines, struct mail_part *part, struct text_buffer *text,
                     struct error *err);

#endif
