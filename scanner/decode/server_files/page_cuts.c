#include "decode/server_files/page_cuts.h"

size_t page_next_mark(const struct page_marks *marks, size_t at, size_t end) {
    while (at < end) {
        const uint64_t word = marks->words[at / 64] >> at % 64;
        if (word != 0) {
            const size_t found = at + (size_t)__builtin_ctzll(word);
            return found < end ? found : end;
        }
        at = (at / 64 + 1) * 64;
    }
    return end;
}

void page_put_words(struct bytes page, const struct page_marks *cuts, bool wide,
                    struct record_text *text) {
    for (size_t at = 0; at < page.len;) {
        const size_t end = page_next_mark(cuts, at + 1, page.len);
        record_text_strings(text, bytes_of(page.ptr + at, end - at), wide, FIELD_FREE_TEXT);
        at = end;
    }
}
