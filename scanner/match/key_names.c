#include "match/key_names.h"

enum { NAME_MAX_BYTES = 64 };

static bool ends_with(struct bytes name, const char *end) {
    struct bytes tail = bytes_of_string(end);
    return name.len >= tail.len && bytes_equal(bytes_from(name, name.len - tail.len), tail);
}

/* orderId, MemberNO: a small letter, then the word with a capital one. */
static bool ends_with_capital(struct bytes name, const char *end) {
    struct bytes tail = bytes_of_string(end);
    return ends_with(name, end) && name.len > tail.len &&
           name.ptr[name.len - tail.len - 1] >= 'a' && name.ptr[name.len - tail.len - 1] <= 'z';
}

bool is_key_name(struct bytes column) {
    static const char *const names[] = {"id",          "no",       "sn",    "pk",
                                        "uid",         "uuid",     "guid",  "orderno",
                                        "ordernumber", "memberno", "custno"};
    static const char *const ends[] = {
        "_id", "_no",  "_sn",  "_uid", "_uuid", "_guid", "_number", " id",    " no",   "-id",
        "-no", "編號", "单号", "單號", "序號",  "代號",  "會員號",  "訂單號", "客戶號"};
    static const char *const capitals[] = {"Id", "ID", "No", "NO", "Number", "Sn"};
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
        found = bytes_equal(small, bytes_of_string(names[i]));
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends && !found; i++) {
        found = ends_with(small, ends[i]);
    }
    for (size_t i = 0; i < sizeof capitals / sizeof *capitals && !found; i++) {
        found = ends_with_capital(name, capitals[i]);
    }
    return found;
}
