#include "decode/encoding/narrow_text.h"

#include "core/utf8.h"

enum { PIECE_BYTES = 256 };

void narrow_text_init(struct narrow_text *text, const char *code_page) {
    text_buffer_init(&text->utf8, 0);
    text->pages = iconv_open("UTF-8", code_page);
}

void narrow_text_release(struct narrow_text *text) {
    if (text->pages != (iconv_t)-1) {
        iconv_close(text->pages);
    }
    text->pages = (iconv_t)-1;
    text_buffer_release(&text->utf8);
}

struct bytes narrow_text_read(struct narrow_text *text, struct bytes raw) {
    if (text->pages == (iconv_t)-1 || utf8_valid(raw, UTF8_WHOLE)) {
        return raw;
    }
    char *from = (char *)(uintptr_t)raw.ptr; /* iconv reads it only */
    size_t left = raw.len;
    text_buffer_clear(&text->utf8);
    while (left > 0) {
        char piece[PIECE_BYTES];
        char *to = piece;
        size_t room = sizeof piece;
        const size_t before = left;
        size_t result = iconv(text->pages, &from, &left, &to, &room);
        text_buffer_put(&text->utf8, bytes_of(piece, sizeof piece - room));
        if (result == (size_t)-1 && !(room < 8 && left < before)) {
            text_buffer_puts(&text->utf8, "\xEF\xBF\xBD");
            from++;
            left--;
        }
    }
    return text_buffer_view(&text->utf8);
}
