/* One field and one record of delimited text, outside of the hot loop. */
#include "decode/delimited/dialect.h"

static struct bytes trim(struct bytes b) {
    while (b.len > 0 && (b.ptr[b.len - 1] == ' ' || b.ptr[b.len - 1] == '\t' ||
                         b.ptr[b.len - 1] == '\r' || b.ptr[b.len - 1] == '\n')) {
        b.len--;
    }
    while (b.len > 0 &&
           (b.ptr[0] == ' ' || b.ptr[0] == '\t' || b.ptr[0] == '\r' || b.ptr[0] == '\n')) {
        b = bytes_from(b, 1);
    }
    return b;
}

static struct bytes inner(struct bytes b, size_t front, size_t back) {
    return bytes_of(b.ptr + front, b.len - front - back);
}

static bool wrapped(struct bytes b, struct bytes front, struct bytes back) {
    return b.len >= front.len + back.len && bytes_starts_with(b, front) && bytes_ends_with(b, back);
}

struct delimited_field delimited_field_of(struct bytes raw) {
    struct bytes text = trim(raw);
    bool quoted = false;
    if (wrapped(text, BYTES_LIT("=\""), BYTES_LIT("\""))) {
        text = inner(text, 2, 1);
        quoted = true;
    } else if (text.len > 0 && text.ptr[0] == '"') {
        text = inner(text, 1, text.len > 1 && text.ptr[text.len - 1] == '"');
        quoted = true;
    }
    /* The same guard written by the rules: "=""0912345678""" */
    if (quoted && wrapped(text, BYTES_LIT("=\"\""), BYTES_LIT("\"\""))) {
        text = inner(text, 3, 2);
    }
    text = trim(text);
    struct delimited_field field = {.dressed = quoted};
    if (text.len > 1 && text.ptr[0] == '\'') { /* "this is text", to a spreadsheet */
        text = inner(text, 1, text.ptr[text.len - 1] == '\'');
        field.dressed = true;
    }
    field.text = text;
    field.doubled = quoted && memchr(text.ptr, '"', text.len) != NULL;
    return field;
}

size_t delimited_unescape(struct bytes value, uint8_t *out, unsigned dialect) {
    (void)dialect;
    size_t len = 0;
    for (size_t i = 0; i < value.len; i++) {
        out[len++] = value.ptr[i];
        i += value.ptr[i] == '"' && i + 1 < value.len && value.ptr[i + 1] == '"';
    }
    return len;
}

/* Behind a quoted field that begins at AT, at its closing quote's successor; AT when the quote is
 * never closed. */
static size_t skip_quoted(struct bytes text, size_t at) {
    size_t from = at + 1;
    while (from < text.len) {
        const uint8_t *quote = memchr(text.ptr + from, '"', text.len - from);
        if (quote == NULL) {
            break;
        }
        from = (size_t)(quote - text.ptr) + 1;
        if (from == text.len || text.ptr[from] != '"') {
            return from;
        }
        from++;
    }
    return at;
}

static size_t count_marks(struct bytes text, uint8_t mark) {
    size_t count = 0;
    for (size_t i = 0; i < text.len;) {
        size_t end = text.len - i < UINT8_MAX ? text.len : i + UINT8_MAX;
        uint8_t few = 0; /* a byte: the compiler counts sixteen at a time */
        for (; i < end; i++) {
            few = (uint8_t)(few + (text.ptr[i] == mark));
        }
        count += few;
    }
    return count;
}

/* A record without quotes, by marks of one byte, that ends at END. */
static void cut_plain(struct delimited_marks marks, const uint8_t *at, const uint8_t *end,
                      struct bytes *fields, size_t most, size_t *count) {
    const uint8_t *mark;
    do {
        if (*count == most) {
            *count += 1 + count_marks(bytes_of(at, (size_t)(end - at)), marks.delimiter);
            return;
        }
        mark = at == end ? NULL : memchr(at, marks.delimiter, (size_t)(end - at));
        fields[*count] = bytes_of(at, (size_t)((mark == NULL ? end : mark) - at));
        (*count)++;
        at = mark == NULL ? end : mark + 1;
    } while (mark != NULL);
}

size_t delimited_record(struct delimited_marks marks, struct bytes text, size_t at,
                        struct bytes *fields, size_t most, size_t *count, bool *closed) {
    size_t begin = at, start = at;
    *count = 0;
    *closed = true;
    if (marks.before_len == 0 && marks.end_before_len == 0 && at < text.len) {
        const uint8_t *mark = memchr(text.ptr + at, marks.record_end, text.len - at);
        const uint8_t *stop = mark == NULL ? text.ptr + text.len : mark;
        if (memchr(text.ptr + at, '"', (size_t)(stop - text.ptr) - at) == NULL) {
            cut_plain(marks, text.ptr + at, stop, fields, most, count);
            *closed = mark != NULL;
            return (size_t)(stop - text.ptr) + (mark != NULL);
        }
    }
    for (;; at++) {
        bool end = at >= text.len;
        if (!end && text.ptr[at] == '"') {
            size_t front = at;
            front -= front > start && text.ptr[front - 1] == '=';
            while (front > start && text.ptr[front - 1] == ' ') {
                front--;
            }
            size_t behind = front == start ? skip_quoted(text, at) : at;
            if (behind != at) {
                at = behind - 1;
            }
            continue;
        }
        size_t field_end = text.len;
        if (!end && ((text.ptr[at] != marks.delimiter && text.ptr[at] != marks.record_end) ||
                     !delimited_ends_field(&marks, text.ptr, start, at, &field_end))) {
            continue;
        }
        if (*count < most) {
            fields[*count] = bytes_of(text.ptr + start, field_end - start);
        }
        (*count)++;
        if (end) {
            *closed = begin == text.len;
            return text.len;
        }
        if (text.ptr[at] == marks.record_end) {
            return at + 1;
        }
        start = at + 1;
    }
}
