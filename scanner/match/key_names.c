#include "match/key_names.h"

enum { NAME_MAX_BYTES = 64 };

#define WORD(text)                                                                                 \
    { (const uint8_t *)(text), sizeof(text) - 1 }

/* The last letters differ for most: asked first, as every name of every table comes by here. */
static bool ends_with(struct bytes name, const struct bytes *end) {
    return name.len >= end->len && name.ptr[name.len - 1] == end->ptr[end->len - 1] &&
           bytes_equal(bytes_from(name, name.len - end->len), *end);
}

/* orderId, MemberNO: a small letter, then the word with a capital one. */
static bool ends_with_capital(struct bytes name, const struct bytes *end) {
    return ends_with(name, end) && name.len > end->len &&
           name.ptr[name.len - end->len - 1] >= 'a' && name.ptr[name.len - end->len - 1] <= 'z';
}

bool is_key_name(struct bytes column) {
    static const struct bytes names[] = {WORD("id"),       WORD("no"),      WORD("sn"),
                                         WORD("pk"),       WORD("uid"),     WORD("uuid"),
                                         WORD("guid"),     WORD("orderno"), WORD("ordernumber"),
                                         WORD("memberno"), WORD("custno")};
    static const struct bytes ends[] = {
        WORD("_id"),   WORD("_no"),     WORD("_sn"),    WORD("_uid"),  WORD("_uuid"),
        WORD("_guid"), WORD("_number"), WORD(" id"),    WORD(" no"),   WORD("-id"),
        WORD("-no"),   WORD("編號"),    WORD("单号"),   WORD("單號"),  WORD("序號"),
        WORD("代號"),  WORD("會員號"),  WORD("訂單號"), WORD("客戶號")};
    static const struct bytes capitals[] = {WORD("Id"), WORD("ID"),     WORD("No"),
                                            WORD("NO"), WORD("Number"), WORD("Sn")};
    struct bytes name = bytes_trim(column);
    /* the last part of a path: order.items[].id */
    for (size_t i = name.len; i > 0; i--) {
        if (name.ptr[i - 1] == '.') {
            name = bytes_from(name, i);
            break;
        }
    }
    uint8_t lower[NAME_MAX_BYTES];
    if (name.len == 0 || name.len > sizeof lower) {
        return false;
    }
    for (size_t i = 0; i < name.len; i++) {
        lower[i] = byte_lower(name.ptr[i]);
    }
    struct bytes small = bytes_of(lower, name.len);
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++) {
        found = small.len == names[i].len && ends_with(small, &names[i]);
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends && !found; i++) {
        found = ends_with(small, &ends[i]);
    }
    for (size_t i = 0; i < sizeof capitals / sizeof *capitals && !found; i++) {
        found = ends_with_capital(name, &capitals[i]);
    }
    return found;
}
