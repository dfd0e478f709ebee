#include "run/pieces/text.h"

bool piece_text_cuts(enum encoding encoding) {
    switch (encoding) {
    case ENCODING_UTF8:
    case ENCODING_BIG5:
    case ENCODING_GB18030:
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
        return true;
    case ENCODING_CP937: /* has codes that switch between its parts */
    case ENCODING_UNKNOWN_8BIT:
    case ENCODING_BINARY:
        break;
    }
    return false;
}

size_t piece_text_unit(enum encoding encoding) {
    return encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE ? 2 : 1;
}

/* Is the byte at AT, which is WANTED, all of a mark, or the half of one that tells? */
static bool is_mark(enum encoding encoding, struct bytes text, size_t at) {
    switch (encoding) {
    case ENCODING_UTF16LE:
        return at % 2 == 0 && at + 1 < text.len && text.ptr[at + 1] == 0;
    case ENCODING_UTF16BE:
        return at % 2 == 1 && text.ptr[at - 1] == 0;
    default:
        return true;
    }
}

/* Behind a mark whose telling byte stands at AT. */
static size_t behind(enum encoding encoding, size_t at) {
    return at + (encoding == ENCODING_UTF16LE ? 2 : 1);
}

size_t piece_text_line(enum encoding encoding, struct bytes text, size_t from) {
    for (size_t at = from; at < text.len; at++) {
        const uint8_t *found = memchr(text.ptr + at, '\n', text.len - at);
        if (found == NULL) {
            break;
        }
        at = (size_t)(found - text.ptr);
        if (is_mark(encoding, text, at)) {
            return behind(encoding, at);
        }
    }
    return SIZE_MAX;
}

size_t piece_text_last_line(enum encoding encoding, struct bytes text) {
    for (size_t end = text.len; end > 0;) {
        const uint8_t *found = memrchr(text.ptr, '\n', end);
        if (found == NULL) {
            break;
        }
        end = (size_t)(found - text.ptr);
        if (is_mark(encoding, text, end)) {
            return behind(encoding, end);
        }
    }
    return SIZE_MAX;
}

size_t piece_text_count(enum encoding encoding, const struct block64_ops *ops, struct bytes text,
                        uint8_t wanted) {
    if (piece_text_unit(encoding) == 1) {
        return ops->count(text.ptr, text.len, wanted);
    }
    size_t count = 0;
    for (size_t at = 0; at < text.len; at++) {
        count += text.ptr[at] == wanted && is_mark(encoding, text, at);
    }
    return count;
}
