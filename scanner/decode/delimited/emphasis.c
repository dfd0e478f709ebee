/* Marks that part no fields: those about words in text, as in "- **姓名**：王…", a list with
 * emphasised labels (CommonMark, section 6.2) that has as many marks in every line as a table; and
 * masks. */
#include "decode/delimited/dialect.h"

#include "core/utf8.h"

enum { LOOKED_AT = 50, HIDING = 3 }; /* lines that hold a mark */

/* Where a letter, a digit or a character of a script begins: not at blanks and punctuation, those
 * of CJK and full width included. */
static bool begins_word(struct bytes text) {
    uint32_t code;
    if (text.len == 0 || utf8_decode(text.ptr, text.len, &code) == 0) {
        return text.len > 0;
    }
    if (code < 0x80) {
        return byte_is_alnum((uint8_t)code);
    }
    bool general = code >= 0x2000 && code < 0x2E80; /* dashes, bullets, shapes */
    bool of_cjk = code >= 0x3000 && code < 0x3030;
    bool full_width = (code >= 0xFF01 && code < 0xFF10) || (code >= 0xFF1A && code < 0xFF21);
    return !general && !of_cjk && !full_width;
}

static bool ends_in_colon(struct bytes text) {
    return bytes_ends_with(text, BYTES_LIT(":")) || bytes_ends_with(text, BYTES_LIT("："));
}

/* What stands before a list's item: "-", "1.", "> ●", "- [x]". */
static bool is_item_mark(struct bytes text) {
    text = bytes_trim(text);
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        bool followed = i + 1 < text.len;
        bool number = byte_is_digit(c) && followed && strchr("0123456789.)", text.ptr[i + 1]);
        bool box = (c | 0x20) == 'x' && followed && text.ptr[i + 1] == ']';
        bool starts = c < 0x80 || c >= 0xC0; /* a character, not the middle of one */
        if (starts && begins_word(bytes_from(text, i)) && !number && !box) {
            return false;
        }
    }
    return true;
}

/* The next run of MARK in TEXT from AT, of any length; it begins at TEXT.len when there is none. */
struct run {
    size_t begin, end;
};

static struct run next_run(struct bytes text, uint8_t mark, size_t at) {
    struct run run = {.begin = at};
    while (run.begin < text.len && text.ptr[run.begin] != mark) {
        run.begin++;
    }
    run.end = run.begin;
    while (run.end < text.len && text.ptr[run.end] == mark) {
        run.end++;
    }
    return run;
}

static struct bytes between(struct bytes line, size_t begin, size_t end) {
    return bytes_of(line.ptr + begin, end - begin);
}

/* Is LINE an item mark or a label with its colon, and words between pairs of marks, each with a
 * colon or none of another word behind it? */
static bool is_emphasised(struct bytes line, uint8_t mark) {
    struct run open = next_run(line, mark, 0);
    bool bullet = open.end == open.begin + 1 && open.end < line.len && line.ptr[open.end] == ' ';
    if (bullet && is_item_mark(bytes_first(line, open.begin))) { /* "* **姓名**" */
        open = next_run(line, mark, open.end);
    }
    struct bytes before = bytes_trim(bytes_first(line, open.begin));
    if (!is_item_mark(before) && !ends_in_colon(before)) {
        return false;
    }
    while (open.begin < line.len) {
        struct run close = next_run(line, mark, open.end);
        struct run next = next_run(line, mark, close.end);
        struct bytes inner = between(line, open.end, close.begin);
        struct bytes after = between(line, close.end, next.begin);
        bool bare = inner.len > 0 && bytes_trim_wide(inner).len == inner.len;
        if (close.begin == line.len || !bare || (!ends_in_colon(inner) && begins_word(after))) {
            return false;
        }
        open = next;
    }
    return true;
}

/* "卡號：****…1234": marks that hide something. */
static bool hides(struct bytes line, uint8_t mark) {
    struct run run = next_run(line, mark, 0);
    while (run.begin < line.len && run.end - run.begin < HIDING) {
        run = next_run(line, mark, run.end);
    }
    return (mark == '*' || mark == '#') && run.begin < line.len;
}

bool delimited_is_emphasis(struct bytes sample, size_t from, uint8_t mark) {
    size_t lines = 0, emphasised = 0, hiding = 0;
    if (mark == 0 || strchr("*_~=#:$%&@!+", mark) == NULL) {
        return false;
    }
    while (from < sample.len && lines < LOOKED_AT) {
        struct bytes rest = bytes_from(sample, from);
        const uint8_t *newline = memchr(rest.ptr, '\n', rest.len);
        size_t len = newline == NULL ? rest.len : (size_t)(newline - rest.ptr);
        struct bytes line = bytes_trim(bytes_first(rest, len));
        from += len + 1;
        if (line.len > 0 && memchr(line.ptr, mark, line.len) != NULL) {
            lines++;
            emphasised += is_emphasised(line, mark);
            hiding += hides(line, mark);
        }
    }
    return lines > 0 && (emphasised * 10 >= lines * 9 || hiding * 2 >= lines);
}
