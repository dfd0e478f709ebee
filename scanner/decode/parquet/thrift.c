#include "decode/parquet/thrift.h"

enum { DEPTH_MOST = 64, LONG_COUNT = 15 };

static uint8_t next_byte(struct thrift *t) {
    if (t->bad || t->at == t->end) {
        t->bad = true;
        return 0;
    }
    return *t->at++;
}

uint64_t thrift_varint(struct thrift *t) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const uint8_t byte = next_byte(t);
        value |= (uint64_t)(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0) {
            return value;
        }
    }
    t->bad = true;
    return 0;
}

bool thrift_next(struct thrift *t, struct thrift_field *field) {
    const uint8_t head = next_byte(t);
    if (t->bad || head == THRIFT_STOP) {
        return false;
    }
    const int step = head >> 4;
    field->type = head & 0xF;
    const int64_t id = step != 0 ? (int64_t)field->id + step : thrift_unfold(thrift_varint(t));
    t->bad = t->bad || id < INT16_MIN || id > INT16_MAX;
    field->id = t->bad ? 0 : (int)id;
    return !t->bad;
}

int64_t thrift_integer(struct thrift *t, unsigned type) {
    if (type == THRIFT_BYTE) {
        return (int8_t)next_byte(t);
    }
    if (type < THRIFT_I16 || type > THRIFT_I64) {
        t->bad = true;
        return 0;
    }
    return thrift_unfold(thrift_varint(t));
}

/* So many bytes as they are. */
static struct bytes take(struct thrift *t, uint64_t len) {
    if (t->bad || len > (uint64_t)(t->end - t->at)) {
        t->bad = true;
        return bytes_of("", 0);
    }
    const struct bytes taken = bytes_of(t->at, (size_t)len);
    t->at += len;
    return taken;
}

struct bytes thrift_binary(struct thrift *t, unsigned type) {
    t->bad = t->bad || type != THRIFT_BINARY;
    return take(t, t->bad ? 0 : thrift_varint(t));
}

static size_t list_head(struct thrift *t, unsigned *element) {
    const uint8_t head = next_byte(t);
    const uint64_t count = head >> 4 == LONG_COUNT ? thrift_varint(t) : head >> 4;
    *element = head & 0xF;
    if (t->bad || count > (uint64_t)(t->end - t->at)) { /* no element takes less than a byte */
        t->bad = true;
        return 0;
    }
    return (size_t)count;
}

size_t thrift_list(struct thrift *t, unsigned type, unsigned *element) {
    t->bad = t->bad || type != THRIFT_LIST;
    return t->bad ? 0 : list_head(t, element);
}

bool thrift_structure(struct thrift *t, unsigned type) {
    t->bad = t->bad || type != THRIFT_STRUCT;
    return !t->bad;
}

/* What is open while a value is skipped: a structure, or elements of a collection. */
struct level {
    uint64_t left;            /* elements; of a map keys and values */
    unsigned types[2];        /* of elements, of those of a map in turn */
    struct thrift_field last; /* of a structure */
    bool is_structure;
};

static struct level open_level(struct thrift *t, unsigned type) {
    struct level level = {.is_structure = type == THRIFT_STRUCT};
    if (type == THRIFT_LIST || type == THRIFT_SET) {
        level.left = list_head(t, &level.types[0]);
        level.types[1] = level.types[0];
    } else if (type == THRIFT_MAP) {
        const uint64_t count = thrift_varint(t);
        const uint8_t types = count == 0 ? 0 : next_byte(t);
        t->bad = t->bad || count > (uint64_t)(t->end - t->at);
        level.left = t->bad ? 0 : 2 * count;
        level.types[level.left % 2] = types >> 4;
        level.types[(level.left + 1) % 2] = types & 0xF;
    }
    return level;
}

/* A value that holds no others; false: it does. IN_STRUCTURE: a truth is in the field's type. */
static bool skip_plain(struct thrift *t, unsigned type, bool in_structure) {
    switch (type) {
    case THRIFT_TRUE:
    case THRIFT_FALSE:
        take(t, in_structure ? 0 : 1);
        return true;
    case THRIFT_BYTE:
        take(t, 1);
        return true;
    case THRIFT_I16:
    case THRIFT_I32:
    case THRIFT_I64:
        thrift_varint(t);
        return true;
    case THRIFT_DOUBLE:
        take(t, 8);
        return true;
    case THRIFT_UUID:
        take(t, 16);
        return true;
    case THRIFT_BINARY:
        take(t, thrift_varint(t));
        return true;
    default:
        t->bad = t->bad || type > THRIFT_STRUCT || type == THRIFT_STOP;
        return t->bad;
    }
}

void thrift_skip(struct thrift *t, unsigned type) {
    struct level open[DEPTH_MOST];
    size_t depth = 0;
    bool in_structure = true;
    while (!t->bad) {
        if (!skip_plain(t, type, in_structure)) {
            t->bad = depth == DEPTH_MOST;
            if (!t->bad) {
                open[depth++] = open_level(t, type);
            }
        }
        while (depth > 0 && !t->bad) { /* what is next? */
            struct level *top = &open[depth - 1];
            in_structure = top->is_structure;
            if (top->is_structure && thrift_next(t, &top->last)) {
                type = top->last.type;
                break;
            }
            if (!top->is_structure && top->left > 0) {
                type = top->types[top->left-- % 2];
                break;
            }
            depth--;
        }
        if (depth == 0) {
            return;
        }
    }
}
