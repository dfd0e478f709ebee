#include "cli/wrapped.h"

#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

/* Bytes up to the next place where a line may break: behind a blank, or on both sides of a wide
 * character. */
static size_t next_piece(const char *text) {
    size_t len = strlen(text), at = 0;
    while (at < len) {
        uint32_t code;
        size_t step = utf8_decode((const uint8_t *)text + at, len - at, &code);
        bool wide = utf8_width(bytes_of(text + at, step)) > 1;
        if (wide && at > 0) {
            return at;
        }
        at += step;
        if (wide || code == ' ') {
            return at;
        }
    }
    return at;
}

void print_wrapped(const char *text, unsigned indent, unsigned width) {
    size_t column = indent;
    bool blank = false; /* owed: written only when something follows on the same line */
    while (*text != '\0') {
        size_t len = next_piece(text);
        bool ends_blank = text[len - 1] == ' ';
        struct bytes piece = bytes_of(text, len - ends_blank);
        size_t needed = blank + utf8_width(piece);
        if (column > indent && column + needed > width) {
            printf("\n%*s", (int)indent, "");
            column = indent;
            needed -= blank;
            blank = false;
        }
        printf("%s%.*s", blank ? " " : "", (int)piece.len, (const char *)piece.ptr);
        column += needed;
        blank = ends_blank;
        text += len;
    }
    putchar('\n');
}
