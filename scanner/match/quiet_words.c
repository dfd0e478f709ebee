/* Which lines say nothing, whatever their numbers are. Words without digits stand in such a line or
 * not; of words with digits ("cvv2") all are taken to stand there that would with other digits. */
#include "match/matcher.h"

static bool has_digit(struct bytes text) {
    size_t at = 0;
    while (at < text.len && !byte_is_digit(text.ptr[at])) {
        at++;
    }
    return at < text.len;
}

/* Every run of digits becomes one '0'. */
static size_t without_numbers(struct bytes text, uint8_t *out) {
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = byte_is_digit(text.ptr[i]);
        if (!digit || i == 0 || !byte_is_digit(text.ptr[i - 1])) {
            out[len++] = digit ? '0' : text.ptr[i];
        }
    }
    return len;
}

static bool holds(struct bytes text, struct bytes word) {
    for (size_t at = 0; word.len > 0 && at + word.len <= text.len; at++) {
        if (byte_lower(text.ptr[at]) == byte_lower(word.ptr[0]) &&
            bytes_equal_ignoring_case(bytes_of(text.ptr + at, word.len), word)) {
            return true;
        }
    }
    return false;
}

/* Does WORD say something where no '@' and no byte of another alphabet stands? */
static bool tells(const struct word *word) {
    kind_set hints = word->hints & ~word->loose;
    return (word->labels | hints | word->anchors) != 0;
}

void match_learn_numbered_words(struct matcher *matcher) {
    uint8_t word[SKELETON_LINE_MOST];
    for (uint32_t i = 0; i < word_database_count(matcher->words); i++) {
        struct bytes text = word_database_text(matcher->words, i);
        if (!has_digit(text)) {
            continue;
        }
        if (matcher->numbered_count == NUMBERED_WORDS_MAX || text.len > sizeof word) {
            matcher->never_quiet = true;
            return;
        }
        matcher->numbered[matcher->numbered_count++] = i;
    }
}

bool match_knows_quiet(const struct match_state *state) {
    return state->expression_search == NULL && !state->matcher->never_quiet;
}

/* LINE holds a word that is told by digits, if these are other ones. */
static bool may_hold_numbered(const struct matcher *matcher, struct bytes line) {
    uint8_t plain[SKELETON_LINE_MOST], word[SKELETON_LINE_MOST];
    struct bytes text = bytes_of(plain, without_numbers(line, plain));
    for (size_t i = 0; i < matcher->numbered_count; i++) {
        uint32_t number = matcher->numbered[i];
        struct bytes wanted = word_database_text(matcher->words, number);
        wanted = bytes_of(word, without_numbers(wanted, word));
        if (tells(word_database_word(matcher->words, number)) && holds(text, wanted)) {
            return true;
        }
    }
    return false;
}

/* (0912)345678: do digits stand behind others in brackets? */
static bool holds_code(struct bytes line) {
    for (size_t at = 1; at + 1 < line.len; at++) {
        size_t behind = at + 1 + (line.ptr[at + 1] == ' ');
        if (line.ptr[at] == ')' && byte_is_digit(line.ptr[at - 1]) && behind < line.len &&
            byte_is_digit(line.ptr[behind])) {
            return true;
        }
    }
    return false;
}

int match_quiet_words(struct match_state *state, struct bytes line, bool *quiet_out,
                      struct error *err) {
    const struct matcher *matcher = state->matcher;
    const struct word_hit *hits;
    size_t count;
    *quiet_out = false;
    if (line.len > SKELETON_LINE_MOST) {
        return 0;
    }
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] >= 0x80 || line.ptr[i] == '@') {
            return 0;
        }
    }
    if (holds_code(line)) {
        return 0;
    }
    int status = word_search_run(state->search, line, &hits, &count, err);
    for (size_t i = 0; status == 0 && i < count; i++) {
        if (tells(word_database_word(matcher->words, hits[i].word))) {
            return 0;
        }
    }
    *quiet_out = status == 0 && !may_hold_numbered(matcher, line);
    return status;
}
