/* Byte ranges: CP950 has lead bytes 81-FE and trail bytes 40-7E, A1-FE; level-1 hanzi have the
 * leads A4-C6. GBK trails reach from 40 to FE without 7F, and GB 2312 hanzi are B0-F7 followed by
 * A1-FE.
 */
#include "decode/encoding/regions.h"

#include "core/utf8.h"
#include "decode/encoding/big5_table.h"

enum {
    SURE_PAIRS = 2,  /* so few characters can be Big5 by themselves, whatever is around them */
    BLOB_BYTES = 96, /* so far control characters speak against it; one byte in ten of a blob is */
};

struct pair_ranges {
    uint8_t trail_gap_low, trail_gap_high; /* trails are 40-FE but for 7F and this gap */
    uint8_t frequent_low, frequent_high;   /* leads of the frequent hanzi */
};

static const struct pair_ranges big5_ranges = {0x7F, 0xA0, 0xA4, 0xC6};
static const struct pair_ranges gbk_ranges = {0x7F, 0x7F, 0xB0, 0xF7};

/* The rarer characters of GB18030: 81-FE 30-39 81-FE 30-39. */
static bool is_four_bytes(struct bytes text, size_t at) {
    const uint8_t *p = text.ptr + at;
    return text.len - at >= 4 && p[0] >= 0x81 && p[0] != 0xFF && byte_is_digit(p[1]) &&
           p[2] >= 0x81 && p[2] != 0xFF && byte_is_digit(p[3]);
}

struct pair_counts count_pairs(struct bytes text, enum encoding family, bool cut) {
    const struct pair_ranges *ranges = family == ENCODING_BIG5 ? &big5_ranges : &gbk_ranges;
    struct pair_counts counts = {0};
    size_t at = 0;
    while (at < text.len) {
        uint8_t lead = text.ptr[at];
        if (lead < 0x80) {
            at++;
            continue;
        }
        if (at + 1 == text.len && cut) {
            break;
        }
        if (family == ENCODING_GB18030 && is_four_bytes(text, at)) {
            at += 4; /* speaks neither for nor against what is frequent */
            continue;
        }
        uint8_t trail = at + 1 < text.len ? text.ptr[at + 1] : 0;
        if (lead == 0x80 || lead == 0xFF || trail < 0x40 || trail == 0xFF ||
            (trail >= ranges->trail_gap_low && trail <= ranges->trail_gap_high)) {
            counts.broken++;
            at++;
            continue;
        }
        counts.pairs++;
        counts.frequent += (lead >= 0xA1 && lead <= 0xA3) ||
                           (lead >= ranges->frequent_low && lead <= ranges->frequent_high);
        counts.low_trails += trail < 0x80;
        counts.common += family == ENCODING_GB18030 ? gbk_is_common(lead, trail) : 0;
        counts.symbols += lead >= 0xA1 && lead <= 0xA3;
        at += 2;
    }
    return counts;
}

/* Control characters that text does not have. 01, 02, 07 and 1C to 1F separate fields in some
 * exports, 09 to 0D are blanks, 1B begins colours. */
static inline uint8_t is_control(uint8_t c) {
    return (uint8_t)((c == 0) + byte_is_within(c, 0x03, 0x06) + (c == 0x08) +
                     byte_is_within(c, 0x0E, 0x1A) + (c == 0x7F));
}

size_t encoding_controls(struct bytes text) {
    return bytes_count(text, is_control);
}

static bool mostly_frequent(struct pair_counts counts) {
    return counts.frequent * 10 >= counts.pairs * 7;
}

static bool mostly_valid(struct pair_counts counts) {
    return counts.pairs > 0 && counts.broken * 50 <= counts.pairs && mostly_frequent(counts);
}

/* UTF-8 with a few damaged characters (a cut log line, a blob in a dump) is still UTF-8. */
static bool mostly_utf8(struct bytes text) {
    size_t good = 0, bad = 0, at = 0;
    while (at < text.len) {
        if (text.ptr[at] < 0x80) {
            at++;
            continue;
        }
        uint32_t code;
        at += utf8_decode(text.ptr + at, text.len - at, &code);
        bad += code == UINT32_MAX;
        good += code != UINT32_MAX;
    }
    return good > 0 && good >= 8 * bad;
}

/* Read as GBK nearly everything is an everyday character, and as Big5 not. Of Big5 text, read as
 * GBK, about 4 in 10 are; of text in GBK, read as Big5, about half, traditional or simplified: so
 * whoever is ahead by that much is right. A few characters may be everyday ones in both: they stay
 * Big5. */
static bool reads_like_gbk(struct pair_counts big5, struct pair_counts gbk) {
    enum { LEAST_HANZI = 4 };
    size_t hanzi = gbk.pairs - gbk.symbols, other = big5.pairs - big5.symbols + big5.broken;
    size_t frequent = big5.frequent - big5.symbols;
    return hanzi >= LEAST_HANZI && gbk.broken * 50 <= gbk.pairs && gbk.common * 10 >= hanzi * 9 &&
           20 * gbk.common * other >= 20 * frequent * hanzi + 3 * hanzi * other;
}

enum encoding guess_eight_bit(struct bytes text) {
    if (mostly_utf8(text)) {
        return ENCODING_UTF8;
    }
    struct pair_counts big5 = count_pairs(text, ENCODING_BIG5, true);
    struct pair_counts gbk = count_pairs(text, ENCODING_GB18030, true);
    if (reads_like_gbk(big5, gbk)) {
        return ENCODING_GB18030;
    }
    /* Four Big5 characters in ten end in an ASCII byte, hardly any of GB 2312 does. Symbols (a
     * column of ○○○ and full-width digits) say nothing about it. */
    size_t hanzi = gbk.pairs - gbk.symbols;
    bool gb_trails = hanzi >= 20 && gbk.low_trails * 20 < hanzi;
    if (mostly_valid(big5) && !(gb_trails && mostly_valid(gbk))) {
        return ENCODING_BIG5;
    }
    return gb_trails && mostly_valid(gbk) ? ENCODING_GB18030 : ENCODING_UNKNOWN_8BIT;
}

/* ---- regions ---- */

static bool is_family(enum encoding encoding) {
    return encoding == ENCODING_BIG5 || encoding == ENCODING_GB18030;
}

void region_state_init(struct region_state *state, struct encoding_guess guess,
                       const struct block64_ops *ops) {
    *state = (struct region_state){.ops = ops,
                                   .lean = guess.encoding,
                                   .quoted = guess.quoted,
                                   .escaped = guess.escaped,
                                   .family = ENCODING_BIG5};
    if (is_family(guess.encoding)) {
        state->family = guess.encoding;
    }
}

static bool is_separator(uint8_t c) {
    return c < 0x40 && !byte_is_digit(c);
}

/* Two-byte characters stay whole: in a stretch of high bytes at the end they go two by two. */
static size_t cut_of_long_line(const struct region_state *state, struct bytes text) {
    for (size_t at = text.len; at > 0; at--) {
        if (is_separator(text.ptr[at - 1])) {
            return at;
        }
    }
    size_t high = 0;
    while (is_family(state->lean) && high < text.len && text.ptr[text.len - 1 - high] >= 0x80) {
        high++;
    }
    return text.len - high % 2;
}

size_t region_length(const struct region_state *state, struct bytes text, bool at_end,
                     bool *ascii) {
    size_t step = text.len < REGION_ASCII_BYTES ? text.len : REGION_ASCII_BYTES;
    *ascii = false;
    if (step < REGION_ASCII_BYTES && !at_end) {
        return 0;
    }
    if (state->ops->ascii(text.ptr, step)) {
        *ascii = true;
        return step;
    }
    if (text.len <= REGION_BYTES) {
        return at_end ? text.len : 0;
    }
    text.len = REGION_BYTES;
    const size_t before = REGION_BYTES - REGION_LINE_BYTES; /* rows of dumps may have no end */
    const uint8_t *newline = memrchr(text.ptr + before, '\n', REGION_LINE_BYTES);
    return newline != NULL ? (size_t)(newline - text.ptr) + 1 : cut_of_long_line(state, text);
}

/* Text of one encoding: the next that fits two is taken for the same. */
static bool settle(struct region_state *state, enum encoding encoding, enum encoding *out) {
    state->lean = encoding;
    if (is_family(encoding)) {
        state->family = encoding;
    }
    *out = encoding;
    return true;
}

/* Lines of a mixed region that can be of one encoding only decide about those that can be of two.
 */
static void lean_by_lines(struct region_state *state, struct bytes region) {
    size_t utf8_lines = 0, pair_lines = 0;
    while (region.len > 0) {
        const uint8_t *newline = memchr(region.ptr, '\n', region.len);
        size_t len = newline == NULL ? region.len : (size_t)(newline - region.ptr) + 1;
        struct bytes line = bytes_first(region, len);
        region = bytes_from(region, len);
        if (state->ops->ascii(line.ptr, line.len)) {
            continue;
        }
        bool is_utf8 = state->ops->utf8(line.ptr, line.len);
        struct pair_counts counts = count_pairs(line, state->family, false);
        bool is_pairs = counts.broken == 0 && mostly_frequent(counts);
        utf8_lines += is_utf8 && !is_pairs;
        pair_lines += is_pairs && !is_utf8;
    }
    if (utf8_lines != pair_lines) {
        state->lean = utf8_lines > pair_lines ? ENCODING_UTF8 : state->family;
    }
}

/* The same as count_pairs().broken == 0, but for the four-byte part of GB18030. */
static bool is_all_pairs(const struct region_state *state, struct bytes text) {
    const struct pair_ranges *ranges = state->family == ENCODING_BIG5 ? &big5_ranges : &gbk_ranges;
    return state->ops->pairs(text.ptr, text.len, (uint8_t)(ranges->trail_gap_high + 1));
}

/* Of the backslashes behind a high byte that end a value, are most two? Then one alone escapes what
 * stands behind it. A server that knows the encoding writes one, as half of the character. */
static bool escapes_bytes(struct bytes region) {
    size_t pairs = 0, singles = 0;
    for (size_t at = 0; at + 1 < region.len; at++) {
        const uint8_t *end = region.ptr + at + 1;
        if (region.ptr[at] == '\\' && (*end == '\t' || *end == '\n')) {
            size_t first = at;
            while (first > 0 && region.ptr[first - 1] == '\\') {
                first--;
            }
            bool high = first > 0 && region.ptr[first - 1] >= 0x80;
            pairs += high && (at - first) % 2 != 0;
            singles += high && (at - first) % 2 == 0;
        }
    }
    return pairs >= singles;
}

bool region_of_one(struct region_state *state, struct bytes region, size_t sure,
                   enum encoding *out) {
    state->bytewise = state->escaped && (!is_family(state->lean) || escapes_bytes(region));
    if (is_family(state->lean) && is_all_pairs(state, bytes_from(region, sure))) {
        return settle(state, state->family, out);
    }
    state->mixed = true;
    bool is_utf8 = state->ops->utf8(region.ptr, region.len);
    if (is_utf8 && !is_family(state->lean)) {
        return settle(state, ENCODING_UTF8, out);
    }
    if (!is_utf8 && !is_family(state->lean)) {
        enum encoding guess = guess_eight_bit(region);
        state->family = is_family(guess) ? guess : state->family;
    }
    struct pair_counts counts = count_pairs(region, state->family, false);
    if (counts.broken == 0 && (is_family(state->lean) || mostly_frequent(counts))) {
        return settle(state, state->family, out);
    }
    if (is_utf8) { /* Chinese in UTF-8 has bytes that are nothing in Big5 */
        return settle(state, ENCODING_UTF8, out);
    }
    lean_by_lines(state, region);
    return false;
}

/* UTF-8 or the family, where just one of them fits, or both and one is leant to. */
static bool fits_one(const struct region_state *state, struct bytes text, enum encoding *out) {
    bool is_utf8 = state->ops->utf8(text.ptr, text.len);
    struct pair_counts counts = count_pairs(text, state->family, false);
    bool leans = is_family(state->lean);
    bool is_pairs =
        counts.broken == 0 && (leans || (counts.pairs >= SURE_PAIRS && mostly_frequent(counts)));
    if (is_utf8 && !(leans && is_pairs)) {
        *out = ENCODING_UTF8;
        return true;
    }
    *out = state->family;
    return is_pairs;
}

/* Does RUN end in a backslash that takes the tab or line end behind it for part of a value? Where
 * columns are escaped byte by byte the backslash that is half a character has another one behind
 * it. */
static bool ends_escaped(const struct region_state *state, struct bytes run) {
    size_t end = run.len;
    while (end > 0 && is_separator(run.ptr[end - 1])) {
        end--;
    }
    size_t first = end;
    while (first > 0 && run.ptr[first - 1] == '\\') {
        first--;
    }
    return state->bytewise && (end - first) % 2 != 0 && end < run.len &&
           (run.ptr[end] == '\t' || run.ptr[end] == '\n');
}

bool region_line_of_one(const struct region_state *state, struct bytes line, enum encoding *out) {
    return !ends_escaped(state, line) && fits_one(state, line, out);
}

/* Does TEXT[at] begin or end a value? Those of dumps may hold such bytes behind a backslash. */
static bool is_border(const struct region_state *state, struct bytes text, size_t at) {
    uint8_t c = text.ptr[at];
    bool blank = c == '\t' || c == '\n';
    if (c != '\'' && c != '"' && (!blank || state->quoted)) {
        return false;
    }
    size_t first = at;
    while (first > 0 && text.ptr[first - 1] == '\\') {
        first--;
    }
    return (at - first) % 2 == 0;
}

/* Control characters near TEXT[at], in the same value: no text of a two-byte encoding. */
static bool in_blob(const struct region_state *state, struct bytes text, size_t at) {
    size_t from = at, end = at;
    while (from > 0 && at - from < BLOB_BYTES && !is_border(state, text, from - 1)) {
        from--;
    }
    while (end < text.len && end - at < BLOB_BYTES && !is_border(state, text, end)) {
        end++;
    }
    return encoding_controls(bytes_of(text.ptr + from, end - from)) != 0;
}

enum encoding region_run(const struct region_state *state, struct bytes text, size_t at,
                         size_t len) {
    enum encoding encoding;
    if (ends_escaped(state, bytes_of(text.ptr + at, len))) {
        return ENCODING_UNKNOWN_8BIT;
    }
    if (fits_one(state, bytes_of(text.ptr + at, len), &encoding)) {
        return encoding != ENCODING_UTF8 && in_blob(state, text, at) ? ENCODING_UNKNOWN_8BIT
                                                                     : encoding;
    }
    return is_family(state->lean) && !in_blob(state, text, at) ? state->family
                                                               : ENCODING_UNKNOWN_8BIT;
}

size_t region_run_length(struct bytes line) {
    size_t at = 0;
    while (at < line.len && !is_separator(line.ptr[at])) {
        at++;
    }
    while (at < line.len && is_separator(line.ptr[at])) {
        at++;
    }
    return at;
}
