#include "input/mail/lines.h"

static void refill(struct mail_lines *lines) {
    if (lines->at > 0) {
        memmove(lines->buffer, lines->buffer + lines->at, lines->have - lines->at);
        lines->have -= lines->at;
        lines->at = 0;
    }
    while (!lines->ended && lines->have < sizeof lines->buffer) {
        int64_t got = byte_source_read(lines->source, lines->buffer + lines->have,
                                       sizeof lines->buffer - lines->have, &lines->failure);
        if (got > 0) {
            lines->have += (size_t)got;
            if (memchr(lines->buffer + lines->have - (size_t)got, '\n', (size_t)got) != NULL) {
                return;
            }
        } else {
            lines->ended = true;
        }
    }
}

bool mail_lines_peek(struct mail_lines *lines, struct bytes *piece) {
    const uint8_t *newline = memchr(lines->buffer + lines->at, '\n', lines->have - lines->at);
    if (newline == NULL) {
        refill(lines);
        newline = memchr(lines->buffer + lines->at, '\n', lines->have - lines->at);
    }
    const uint8_t *from = lines->buffer + lines->at;
    const size_t left = lines->have - lines->at;
    *piece = bytes_of(from, newline != NULL ? (size_t)(newline - from) + 1 : left);
    return left > 0;
}

void mail_lines_take(struct mail_lines *lines, struct bytes piece) {
    lines->at += piece.len;
    lines->inside = piece.len > 0 && piece.ptr[piece.len - 1] != '\n';
}

struct bytes mail_line_text(struct bytes line) {
    if (line.len > 0 && line.ptr[line.len - 1] == '\n') {
        line.len--;
        line.len -= line.len > 0 && line.ptr[line.len - 1] == '\r';
    }
    return line;
}
