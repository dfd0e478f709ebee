/* Labels that no colon parts from what follows: columns of forms, heads of tables in running text.
 */
#include "match/matcher.h"
#include "patterns/mask_marks.h"

bool match_holds_number(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (byte_is_digit(text.ptr[i]) || mask_mark_length(text.ptr + i, text.len - i) != 0) {
            return true;
        }
    }
    return false;
}

bool match_stands_apart(struct bytes gap) {
    for (size_t i = 0; i < gap.len; i++) {
        bool wide = bytes_starts_with(bytes_from(gap, i), BYTES_LIT("　"));
        if (!wide && gap.ptr[i] != ' ' && gap.ptr[i] != '\t' && gap.ptr[i] != '|') {
            return false;
        }
        i += wide ? 2 : 0;
    }
    return gap.len != 0;
}

bool match_is_heading(struct bytes value) {
    static const struct bytes words[] = {
        {(const uint8_t *)"金額", 6}, {(const uint8_t *)"單位", 6}, {(const uint8_t *)"單價", 6},
        {(const uint8_t *)"單號", 6}, {(const uint8_t *)"時間", 6}, {(const uint8_t *)"時段", 6},
        {(const uint8_t *)"年齡", 6}, {(const uint8_t *)"年級", 6}, {(const uint8_t *)"班級", 6},
        {(const uint8_t *)"方式", 6}, {(const uint8_t *)"項目", 6}, {(const uint8_t *)"性別", 6}};
    size_t i = 0;
    while (i < sizeof words / sizeof *words && !bytes_equal(value, words[i])) {
        i++;
    }
    return i < sizeof words / sizeof *words;
}
