#include "patterns/english_address.h"

enum { REACH = 120 }; /* bytes from a house number to its county */

static bool contains(struct bytes text, const char *word) {
    size_t len = strlen(word);
    for (size_t at = 0; at + len <= text.len; at++) {
        if (bytes_equal_ignoring_case(bytes_of(text.ptr + at, len), bytes_of_string(word)) &&
            (at == 0 || !byte_is_letter(text.ptr[at - 1]))) {
            return true;
        }
    }
    return false;
}

static bool contains_any(struct bytes text, const char *const *words) {
    for (; *words != NULL; words++) {
        if (contains(text, *words)) {
            return true;
        }
    }
    return false;
}

static bool has_digit(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (byte_is_digit(text.ptr[i])) {
            return true;
        }
    }
    return false;
}

bool english_address_numbered(struct bytes text) {
    return contains(text, "no.");
}

/* No. 12, Ln. 3, Sec. 1, Zhongxiao E. Rd., Da'an Dist., Taipei City 106409, Taiwan */
bool english_address_is(struct bytes text, bool named) {
    static const char *const roads[] = {"rd",  "road",  "st",  "street", "sec",  "ln", "lane",
                                        "aly", "alley", "ave", "avenue", "blvd", NULL};
    static const char *const places[] = {"dist",   "district", "city",   "county", "township",
                                         "taiwan", "r.o.c",    "taipei", "vil",    NULL};
    static const char *const numbers[] = {"no.", "no ", "f.", "rm.", "fl.", NULL};
    if (text.len < 12 || !has_digit(text)) {
        return false;
    }
    bool road = contains_any(text, roads), place = contains_any(text, places);
    bool number = contains_any(text, numbers);
    return road && (named ? place || number : place && number && english_address_numbered(text));
}

bool post_box_is(struct bytes text) {
    bool chinese = bytes_find(text, BYTES_LIT("信箱")) != SIZE_MAX &&
                   (bytes_find(text, BYTES_LIT("郵政")) != SIZE_MAX ||
                    bytes_find(text, BYTES_LIT("郵局")) != SIZE_MAX);
    return (chinese || contains(text, "P.O. Box") || contains(text, "PO Box")) && has_digit(text);
}

/* ---- inside running text ---- */

static bool goes_on(uint8_t c) {
    return byte_is_alnum(c) || c == ' ' || c == ',' || c == '.' || c == '-' || c == '\'';
}

/* Where "No." stands before ANCHOR in the same sentence; ANCHOR when it does not. */
static size_t number_before(struct bytes text, size_t anchor) {
    for (size_t at = anchor; at > 0 && anchor - at < REACH && goes_on(text.ptr[at - 1]); at--) {
        struct bytes rest = bytes_from(text, at - 1);
        bool begins = at == 1 || !byte_is_letter(text.ptr[at - 2]);
        if (begins && rest.len > 4 &&
            bytes_equal_ignoring_case(bytes_first(rest, 3), BYTES_LIT("no."))) {
            return at - 1;
        }
    }
    return anchor;
}

/* 21F., or 5F.-2, before a house number. */
static size_t floor_before(struct bytes text, size_t number) {
    const uint8_t *p = text.ptr;
    size_t at = number;
    while (at > 0 && (p[at - 1] == ' ' || p[at - 1] == ',')) {
        at--;
    }
    size_t suffix = at;
    while (suffix > 0 && byte_is_digit(p[suffix - 1])) {
        suffix--;
    }
    at = suffix > 0 && suffix < at && p[suffix - 1] == '-' ? suffix - 1 : at;
    at -= at > 0 && p[at - 1] == '.';
    if (at == 0 || (p[at - 1] | 0x20) != 'f') {
        return number;
    }
    size_t digits = at - 1;
    while (digits > 0 && byte_is_digit(p[digits - 1])) {
        digits--;
    }
    return digits < at - 1 ? digits : number;
}

/* Behind WORD at AT, with what may stand before it; AT when it is not there. */
static size_t skip_word(struct bytes text, size_t at, struct bytes word) {
    size_t from = at;
    while (from < text.len && (text.ptr[from] == ' ' || text.ptr[from] == ',')) {
        from++;
    }
    struct bytes rest = bytes_first(bytes_from(text, from), word.len);
    return bytes_equal_ignoring_case(rest, word) ? from + word.len : at;
}

static size_t end_behind(struct bytes text, size_t anchor) {
    size_t at = anchor;
    while (at < text.len && (byte_is_letter(text.ptr[at]) ||
                             (at > anchor && text.ptr[at] == ' ' && text.ptr[at - 1] != 'y'))) {
        at++;
    }
    size_t zip = at;
    while (zip < text.len && zip - at < 2 && (text.ptr[zip] == ' ' || text.ptr[zip] == ',')) {
        zip++;
    }
    size_t digits = zip;
    while (digits < text.len && digits - zip < 6 && byte_is_digit(text.ptr[digits])) {
        digits++;
    }
    at = digits - zip >= 3 ? digits : at;
    at = skip_word(text, at, BYTES_LIT("Taiwan"));
    at = skip_word(text, at, BYTES_LIT("(R.O.C.)"));
    return skip_word(text, at, BYTES_LIT("R.O.C."));
}

/* At the begin of TEXT, or behind a sign or a character that ends a label. Registers list firms by
 * name and address in lines of nothing else; what nobody calls an address is not taken for one. */
static bool is_told(struct bytes text, size_t begin) {
    bool sign = false; /* 地址|No. …, **地址：** No. …, not one that begins its line */
    while (begin > 0 && strchr(" |\t*`_", text.ptr[begin - 1]) != NULL) {
        sign = sign || text.ptr[begin - 1] != ' ';
        begin--;
    }
    if (begin == 0) {
        return !sign;
    }
    uint8_t c = text.ptr[begin - 1];
    return c >= 0x80 || c == ':' || c == '=' || c == '>' || c == '"' || c == '\'' || c == ']';
}

bool english_address_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    size_t number = number_before(text, anchor);
    if (number == anchor) {
        return false;
    }
    *begin = floor_before(text, number);
    *end = end_behind(text, anchor);
    return is_told(text, *begin);
}
