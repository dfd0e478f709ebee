#include "patterns/emphasis.h"

#include "core/utf8.h"
#include "patterns/mask_marks.h"

enum { MARKS_MOST = 3, INNER_MOST = 256 };

static size_t run_of(struct bytes text, size_t at, uint8_t mark) {
    size_t end = at;
    while (end < text.len && text.ptr[end] == mark) {
        end++;
    }
    return end - at;
}

/* "***，電話：***": two values of which nothing is shown, and what stands between them. */
static bool holds_several(struct bytes text) {
    static const char *const signs[] = {"，", "：", "；", "。", ":", ";"};
    size_t i = 0;
    while (i < sizeof signs / sizeof *signs &&
           bytes_find(text, bytes_of_string(signs[i])) == SIZE_MAX) {
        i++;
    }
    return i < sizeof signs / sizeof *signs;
}

size_t emphasis_length(struct bytes text, size_t *close) {
    if (text.len < 3 || !emphasis_may_begin(text.ptr[0])) {
        return 0;
    }
    uint8_t mark = text.ptr[0];
    size_t marks = run_of(text, 0, mark), end = marks;
    while (end < text.len && end < INNER_MOST && text.ptr[end] != mark && text.ptr[end] != '\n') {
        end++;
    }
    struct bytes inner = bytes_of(text.ptr + marks, end - marks);
    if (marks > MARKS_MOST || run_of(text, end, mark) != marks || mask_marks_in(inner) ||
        bytes_trim(inner).len != inner.len || holds_several(inner)) {
        return 0;
    }
    /* *小*, *小明*: more likely somebody of whom the rest is hidden. */
    size_t least = mark == '*' && marks == 1 ? 3 : 2;
    *close = end;
    return utf8_count(inner) >= least ? marks : 0;
}

struct bytes emphasis_without(struct bytes text) {
    size_t close, marks = emphasis_length(text, &close);
    bool whole = marks != 0 && close + marks == text.len;
    return whole ? bytes_of(text.ptr + marks, close - marks) : text;
}
