#include "decode/json/bson_walk.h"

#include <stdio.h>
#include <time.h>

#include "core/endian.h"

enum bson_type {
    BSON_DOUBLE = 0x01,
    BSON_STRING = 0x02,
    BSON_DOCUMENT = 0x03,
    BSON_ARRAY = 0x04,
    BSON_BINARY = 0x05,
    BSON_UNDEFINED = 0x06,
    BSON_OBJECT_ID = 0x07,
    BSON_BOOL = 0x08,
    BSON_DATE = 0x09,
    BSON_NULL = 0x0A,
    BSON_REGEX = 0x0B,
    BSON_POINTER = 0x0C,
    BSON_CODE = 0x0D,
    BSON_SYMBOL = 0x0E,
    BSON_SCOPED_CODE = 0x0F,
    BSON_INT32 = 0x10,
    BSON_TIMESTAMP = 0x11,
    BSON_INT64 = 0x12,
    BSON_DECIMAL = 0x13,
    BSON_MAX_KEY = 0x7F,
    BSON_MIN_KEY = 0xFF,
};

struct element {
    uint8_t type;
    struct bytes key, value;
};

/* Bytes of a value of TYPE at the start of REST; SIZE_MAX when it cannot be. */
static size_t value_bytes(uint8_t type, struct bytes rest) {
    static const uint8_t fixed[] = {
        [BSON_DOUBLE] = 8, [BSON_OBJECT_ID] = 12, [BSON_BOOL] = 1,  [BSON_DATE] = 8,
        [BSON_INT32] = 4,  [BSON_TIMESTAMP] = 8,  [BSON_INT64] = 8, [BSON_DECIMAL] = 16};
    size_t len = 0;
    switch ((enum bson_type)type) {
    case BSON_UNDEFINED:
    case BSON_NULL:
    case BSON_MAX_KEY:
    case BSON_MIN_KEY:
        return 0;
    case BSON_STRING:
    case BSON_CODE:
    case BSON_SYMBOL:
        len = rest.len < 5 ? SIZE_MAX : (size_t)little_u32(rest.ptr) + 4;
        return len > 4 && len <= rest.len && rest.ptr[len - 1] == 0 ? len : SIZE_MAX;
    case BSON_DOCUMENT:
    case BSON_ARRAY:
    case BSON_SCOPED_CODE:
        len = rest.len < 5 ? SIZE_MAX : little_u32(rest.ptr);
        return len >= BSON_BYTES_MIN ? len : SIZE_MAX;
    case BSON_BINARY:
        return rest.len < 5 ? SIZE_MAX : (size_t)little_u32(rest.ptr) + 5;
    case BSON_POINTER:
        len = rest.len < 5 ? SIZE_MAX : (size_t)little_u32(rest.ptr) + 4;
        return len > 4 && len < rest.len ? len + 12 : SIZE_MAX;
    case BSON_REGEX:
        for (int strings = 0; strings < 2; strings++) {
            const uint8_t *end = len < rest.len ? memchr(rest.ptr + len, 0, rest.len - len) : NULL;
            if (end == NULL) {
                return SIZE_MAX;
            }
            len = (size_t)(end - rest.ptr) + 1;
        }
        return len;
    case BSON_DOUBLE:
    case BSON_OBJECT_ID:
    case BSON_BOOL:
    case BSON_DATE:
    case BSON_INT32:
    case BSON_TIMESTAMP:
    case BSON_INT64:
    case BSON_DECIMAL:
        return fixed[type];
    default:
        return SIZE_MAX;
    }
}

/* The element at *AT, which moves behind it: 1, 0 at the end, -1: it makes no sense. */
static int next_element(struct bytes document, size_t *at, struct element *out) {
    const size_t end = document.len - 1; /* the byte 0 that ends a document */
    if (*at >= end) {
        return *at == end && document.ptr[end] == 0 ? 0 : -1;
    }
    out->type = document.ptr[*at];
    const uint8_t *key = document.ptr + *at + 1;
    const uint8_t *behind = memchr(key, 0, end - (*at + 1));
    if (behind == NULL) {
        return -1;
    }
    out->key = bytes_of(key, (size_t)(behind - key));
    struct bytes rest = bytes_of(behind + 1, (size_t)(document.ptr + end - (behind + 1)));
    const size_t len = value_bytes(out->type, rest);
    if (len > rest.len) {
        return -1;
    }
    out->value = bytes_first(rest, len);
    *at = (size_t)(behind + 1 - document.ptr) + len;
    return 1;
}

static bool is_document(struct bytes bytes) {
    return bytes.len >= BSON_BYTES_MIN && little_u32(bytes.ptr) == bytes.len;
}

/* ---- values ---- */

static void take_decimal(const uint8_t *p, uint32_t field, struct record_text *text) {
    const uint64_t low = little_u64(p), high = little_u64(p + 8);
    if ((high >> 61 & 3) == 3) { /* infinity, not a number, or a form that nobody writes */
        record_text_cell(text, bytes_of("", 0), field, CELL_NULL);
        return;
    }
    int exponent = (int)(high >> 49 & 0x3FFF) - 6176;
    __extension__ unsigned __int128 digits =
        (__extension__(unsigned __int128)(high & ((UINT64_C(1) << 49) - 1)) << 64) | low;
    char out[96];
    size_t at = sizeof out, written = 0;
    while (exponent > 0 && exponent <= 34 && at > 48) { /* whole numbers with zeros behind */
        out[--at] = '0';
        exponent--;
    }
    do {
        if (exponent < 0 && written == (size_t)-exponent) {
            out[--at] = '.';
        }
        out[--at] = (char)('0' + (int)(digits % 10));
        digits /= 10;
        written++;
    } while ((digits != 0 || (exponent < 0 && written <= (size_t)-exponent)) && at > 4);
    if ((high >> 63) != 0) {
        out[--at] = '-';
    }
    record_text_cell(text, bytes_of(out + at, sizeof out - at), field, CELL_NUMBER);
}

static void take_date(int64_t milliseconds, uint32_t field, struct record_text *text) {
    char out[40];
    struct tm tm;
    const time_t seconds = (time_t)(milliseconds / 1000);
    size_t len =
        gmtime_r(&seconds, &tm) == NULL ? 0 : strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &tm);
    record_text_cell(text, bytes_of(out, len), field, 0);
}

static void take_value(const struct element *e, uint32_t field, struct record_text *text) {
    const uint8_t *p = e->value.ptr;
    double real;
    switch ((enum bson_type)e->type) {
    case BSON_STRING:
    case BSON_CODE:
    case BSON_SYMBOL:
        record_text_cell(text, bytes_of(p + 4, e->value.len - 5), field, 0);
        break;
    case BSON_INT32:
        record_text_integer(text, (int32_t)little_u32(p), field);
        break;
    case BSON_INT64:
        record_text_integer(text, (int64_t)little_u64(p), field);
        break;
    case BSON_DOUBLE:
        memcpy(&real, p, sizeof real); /* little-endian, as every machine this runs on */
        record_text_real(text, real, field);
        break;
    case BSON_DECIMAL:
        take_decimal(p, field, text);
        break;
    case BSON_DATE:
        take_date((int64_t)little_u64(p), field, text);
        break;
    case BSON_BINARY:
        record_text_cell(text, bytes_from(e->value, 5), field, CELL_TEXT);
        break;
    case BSON_REGEX:
    case BSON_POINTER:
    case BSON_SCOPED_CODE:
        record_text_strings(text, e->value, false, field);
        break;
    case BSON_UNDEFINED:
    case BSON_NULL:
        record_text_cell(text, bytes_of("", 0), field, CELL_NULL);
        break;
    case BSON_DOCUMENT:
    case BSON_ARRAY:
    case BSON_OBJECT_ID:
    case BSON_BOOL:
    case BSON_TIMESTAMP:
    case BSON_MAX_KEY:
    case BSON_MIN_KEY:
    default:
        break;
    }
}

/* ---- documents ---- */

/* One open document: where it goes on, where it is called what. */
struct open {
    struct bytes document;
    size_t at;
    uint32_t place, last;
    bool is_array;
};

static uint32_t place_of(struct json_paths *paths, struct open *top, struct bytes key) {
    if (top->is_array) {
        return json_paths_element(paths, top->place);
    }
    top->last = json_paths_key(paths, top->place, top->last, key);
    return top->last;
}

bool bson_walk(struct bytes document, struct json_paths *paths, uint32_t root,
               struct record_text *text) {
    struct open stack[BSON_DEPTH_MAX];
    size_t depth = 0;
    if (!is_document(document)) {
        return false;
    }
    stack[depth++] =
        (struct open){.document = document, .at = 4, .place = root, .last = JSON_PATH_NONE};
    while (depth > 0) {
        struct open *top = &stack[depth - 1];
        struct element e;
        int more = next_element(top->document, &top->at, &e);
        if (more < 0) {
            return false;
        }
        if (more == 0) {
            depth--;
            continue;
        }
        const bool nested = e.type == BSON_DOCUMENT || e.type == BSON_ARRAY;
        const uint32_t place = place_of(paths, top, e.key);
        if (!nested) {
            take_value(&e, json_paths_field(paths, place), text);
        } else if (depth == BSON_DEPTH_MAX || !is_document(e.value)) {
            return false;
        } else {
            stack[depth++] = (struct open){.document = e.value,
                                           .at = 4,
                                           .place = place,
                                           .last = JSON_PATH_NONE,
                                           .is_array = e.type == BSON_ARRAY};
        }
    }
    return !text->failed;
}

bool bson_is_sound(struct bytes document) {
    struct element e;
    size_t at = 4;
    int more = is_document(document) ? 1 : -1;
    while (more > 0) {
        more = next_element(document, &at, &e);
        if (more > 0 && (e.type == BSON_DOCUMENT || e.type == BSON_ARRAY) &&
            !is_document(e.value)) {
            more = -1;
        }
    }
    return more == 0;
}

static bool find(struct bytes document, const char *key, struct element *out) {
    size_t at = 4;
    while (is_document(document) && next_element(document, &at, out) > 0) {
        if (bytes_equal(out->key, bytes_of_string(key))) {
            return true;
        }
    }
    return false;
}

bool bson_find_text(struct bytes document, const char *key, struct bytes *out) {
    struct element e;
    if (!find(document, key, &e) || e.type != BSON_STRING) {
        return false;
    }
    *out = bytes_of(e.value.ptr + 4, e.value.len - 5);
    return true;
}

bool bson_find_truth(struct bytes document, const char *key) {
    struct element e;
    return find(document, key, &e) && e.type == BSON_BOOL && e.value.ptr[0] != 0;
}
