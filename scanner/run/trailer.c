#include "run/trailer.h"

enum { DIGITS_MAX = 12 };

void trailer_add(struct trailer *trailer, struct bytes text) {
    struct bytes head = bytes_first(text, TRAILER_HEAD - trailer->head_len);
    if (head.len > 0) {
        memcpy(trailer->head + trailer->head_len, head.ptr, head.len);
        trailer->head_len += head.len;
    }
    if (text.len >= TRAILER_BYTES) {
        memcpy(trailer->tail, text.ptr + text.len - TRAILER_BYTES, TRAILER_BYTES);
        trailer->len = TRAILER_BYTES;
        return;
    }
    size_t kept =
        trailer->len + text.len <= TRAILER_BYTES ? trailer->len : TRAILER_BYTES - text.len;
    memmove(trailer->tail, trailer->tail + trailer->len - kept, kept);
    if (text.len > 0) {
        memcpy(trailer->tail + kept, text.ptr, text.len);
    }
    trailer->len = kept + text.len;
}

static bool is_separator(uint8_t c) {
    return c == ',' || c == ';' || c == '|' || c == '\t' || c == ' ' || c == '"' || c == ':' ||
           c == '=';
}

/* The next word of LINE, which goes. */
static struct bytes take_word(struct bytes *line) {
    while (line->len > 0 && is_separator(line->ptr[0])) {
        *line = bytes_from(*line, 1);
    }
    size_t len = 0;
    while (len < line->len && !is_separator(line->ptr[len])) {
        len++;
    }
    struct bytes word = bytes_first(*line, len);
    *line = bytes_from(*line, len);
    return word;
}

static bool is_one_of(struct bytes word, const char *const *words) {
    for (; *words != NULL; words++) {
        if (bytes_equal_ignoring_case(word, bytes_of_string(*words))) {
            return true;
        }
    }
    return false;
}

static bool is_trailer_word(struct bytes word) {
    static const char *const words[] = {
        "T",      "TR",   "TRL",  "TRAILER", "TAIL",   "EOF",  "END",    "TOTAL", "TOTALS", "COUNT",
        "FOOTER", "尾筆", "合計", "總計",    "總筆數", "筆數", "總件數", "結尾",  NULL};
    return is_one_of(word, words);
}

static bool has_head(const struct trailer *trailer) {
    static const char *const words[] = {"H", "HD", "HDR", "HEAD", "HEADER", "首筆", "表頭", NULL};
    struct bytes line = bytes_of(trailer->head, trailer->head_len);
    return is_one_of(take_word(&line), words);
}

static bool read_number(struct bytes word, uint64_t *out) {
    uint64_t number = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (!byte_is_digit(word.ptr[i])) {
            return false;
        }
        number = number * 10 + (uint64_t)(word.ptr[i] - '0');
    }
    *out = number;
    return word.len > 0 && word.len <= DIGITS_MAX;
}

bool trailer_rows(const struct trailer *trailer, uint64_t *out, unsigned *lines) {
    struct bytes line = bytes_trim(bytes_of(trailer->tail, trailer->len));
    const uint8_t *end = line.len == 0 ? NULL : memrchr(line.ptr, '\n', line.len);
    if (end == NULL) { /* nothing stands before it, or it is longer than any */
        return false;
    }
    line = bytes_trim(bytes_from(line, (size_t)(end - line.ptr) + 1));
    if (!is_trailer_word(take_word(&line))) {
        return false;
    }
    *lines = has_head(trailer) ? 2 : 1;
    while (line.len > 0) {
        if (read_number(take_word(&line), out)) {
            return true;
        }
    }
    return false;
}
