#include "input/archive/member_name.h"

#include <iconv.h>

#include "core/utf8.h"

static struct bytes without_front(struct bytes name) {
    for (;;) {
        if (name.len > 1 && name.ptr[0] == '.' && name.ptr[1] == '/') {
            name = bytes_from(name, 2);
        } else if (name.len > 1 && name.ptr[0] == '/') {
            name = bytes_from(name, 1);
        } else {
            return name;
        }
    }
}

/* True when all of NAME is Big5; then it is in OUT as UTF-8. */
static bool put_big5(struct text_buffer *out, struct bytes name) {
    iconv_t converter = iconv_open("UTF-8", "CP950");
    if (converter == (iconv_t)-1) {
        return false;
    }
    char *from = (char *)(uintptr_t)name.ptr; /* iconv reads it only */
    size_t left = name.len;
    bool good = true;
    while (left > 0 && good) {
        char piece[256];
        char *to = piece;
        size_t room = sizeof piece;
        const size_t before = left;
        size_t result = iconv(converter, &from, &left, &to, &room);
        text_buffer_put(out, bytes_of(piece, sizeof piece - room));
        good = result != (size_t)-1 || (room < 8 && left < before); /* full: once more */
    }
    iconv_close(converter);
    return good && !out->failed;
}

void member_name_put(struct text_buffer *out, struct bytes raw) {
    text_buffer_clear(out);
    struct bytes name = without_front(raw);
    if (!utf8_valid(name, UTF8_WHOLE)) {
        if (put_big5(out, name)) {
            return;
        }
        text_buffer_clear(out);
    }
    text_buffer_put(out, name);
}
