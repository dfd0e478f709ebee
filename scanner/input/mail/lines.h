/* lines.h - mail and mailboxes line by line, in bounded memory: a line longer than the buffer
 * comes in pieces. Inside the room only. */
#ifndef YINMA_INPUT_MAIL_LINES_H
#define YINMA_INPUT_MAIL_LINES_H

#include "core/byte_source.h"

enum { MAIL_LINE_BYTES = 64 * 1024 };

struct mail_lines {
    struct byte_source *source; /* not owned */
    size_t at, have;
    bool ended;           /* the source has no more */
    bool inside;          /* of a line: the next piece does not begin one */
    struct error failure; /* of the source; code 0 when it ended as it should */
    uint8_t buffer[MAIL_LINE_BYTES];
};

/* Nothing of SOURCE was read yet. The buffer is left as it is: there may be a great many mails. */
static inline void mail_lines_start(struct mail_lines *lines, struct byte_source *source) {
    memset(lines, 0, offsetof(struct mail_lines, buffer));
    lines->source = source;
}

/* The next piece: a line with its end, or as much of it as the buffer holds. False at the end. The
 * piece is valid until the next call after it was taken. */
bool mail_lines_peek(struct mail_lines *lines, struct bytes *piece);
void mail_lines_take(struct mail_lines *lines, struct bytes piece);

/* LINE without "\n" or "\r\n". */
struct bytes mail_line_text(struct bytes line);

#endif
