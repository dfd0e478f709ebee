#include "patterns/hidden_text.h"

#include "core/utf8.h"

enum { SHOWN_TAIL = 3, LONG_ENOUGH = 8, WORD_MAX = 12 };

bool hidden_text_says_nothing(struct bytes text) {
    static const char *const words[] = {"-",       "--",   "---",    "n/a",       "na",     "n.a.",
                                        "null",    "none", "nil",    "nan",       "(null)", "\\n",
                                        "unknown", "no",   "n",      "false",     "0",      "無",
                                        "沒有",    "否",   "未填",   "未提供",    "不詳",   "未知",
                                        "暫無",    "空",   "未填寫", "undefined", NULL};
    if (text.len == 0 || text.len > WORD_MAX) {
        return text.len == 0;
    }
    for (const char *const *word = words; *word != NULL; word++) {
        if (bytes_equal_ignoring_case(text, bytes_of_string(*word))) {
            return true;
        }
    }
    return false;
}

static bool is_separator(uint8_t c) {
    return c == '-' || c == '/' || c == '.' || c == '+' || c == ' ' || c == '(' || c == ')';
}

/* Length in bytes of the run of x that begins at AT, when it is long enough to be a mask. */
static size_t run_of_x(struct bytes text, size_t at) {
    size_t end = at;
    while (end < text.len && (text.ptr[end] | 0x20) == 'x') {
        end++;
    }
    return end - at >= 3 ? end - at : 0;
}

static enum mask_state state_of(size_t hidden, size_t total, const struct mask_policy *policy) {
    unsigned percent = policy->min_hidden_percent != 0 ? policy->min_hidden_percent : 50;
    return hidden * 100 >= total * percent ? STATE_MASKED : STATE_WEAK;
}

enum read_result hidden_text_read(const struct value *value, size_t usual,
                                  const struct mask_policy *policy, struct reading *out) {
    struct bytes text = value->text;
    struct form_writer form = {0};
    size_t hidden = 0, shown = 0;
    for (size_t at = 0, used; at < text.len && !mask_hides_all(text); at += used) {
        uint8_t c = text.ptr[at];
        size_t mark = mask_mark_length(text.ptr + at, text.len - at), x = run_of_x(text, at);
        used = mark != 0 ? mark : x != 0 ? x : 1;
        if (mark != 0 || x != 0) {
            hidden += mark != 0 ? 1 : x;
            form_literal(&form, bytes_of("***************", mark != 0 ? 1 : x < 15 ? x : 15));
        } else if (byte_is_alnum(c)) {
            shown++;
            form_literal(&form, BYTES_LIT("#"));
        } else if (is_separator(c)) {
            form_literal(&form, bytes_of(&c, 1));
        } else {
            hidden = 0;
            break;
        }
    }
    if (hidden == 0 || shown == 0 || shown + hidden > usual + usual / 2) {
        return reading_without_shape(value, out);
    }
    size_t total = shown + hidden > usual ? shown + hidden : usual;
    return reading_hidden(out, state_of(total - shown, total, policy), 0, 0, text, form.text,
                          form.len);
}

enum read_result hidden_words_read(const struct value *value, const struct mask_policy *policy,
                                   struct reading *out) {
    struct bytes text = value->text;
    struct form_writer form = {0};
    size_t hidden = 0, shown = 0, run = 0, longest = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        size_t mark = mask_mark_length(text.ptr + at, text.len - at);
        size_t used = mark != 0 ? mark : utf8_decode(text.ptr + at, text.len - at, &code);
        run = mark != 0 ? run + 1 : 0;
        longest = run > longest ? run : longest;
        hidden += mark != 0;
        shown += mark == 0;
        form_run(&form, mark != 0 ? '*' : '#');
        at += used;
    }
    if (longest < 2 || shown == 0 || mask_hides_all(text)) {
        return reading_without_shape(value, out);
    }
    return reading_hidden(out, state_of(hidden, hidden + shown, policy), 0, 0, text, form.text,
                          form.len);
}

void hidden_text_show(struct bytes text, struct text_buffer *out) {
    text_buffer_puts(out, "***");
    size_t tail = 0;
    while (tail < SHOWN_TAIL && tail < text.len && byte_is_alnum(text.ptr[text.len - 1 - tail])) {
        tail++;
    }
    bool shown_before = text.len == 3 + SHOWN_TAIL && memcmp(text.ptr, "***", 3) == 0;
    if (tail == SHOWN_TAIL && (text.len >= LONG_ENOUGH || shown_before)) {
        text_buffer_put(out, bytes_from(text, text.len - SHOWN_TAIL));
    }
}

void hidden_words_show(struct bytes text, struct text_buffer *out) {
    (void)text;
    text_buffer_puts(out, "***");
}
