#include "decode/parquet/element.h"

/* What a converted type (the older annotation) says. */
enum { CONVERTED_TYPES = 22 };
static const struct {
    enum parquet_meaning meaning;
    uint32_t parts;
} converted_types[CONVERTED_TYPES] = {
    [0] = {PARQUET_TEXT, 0},           /* UTF8 */
    [4] = {PARQUET_TEXT, 0},           /* ENUM */
    [5] = {PARQUET_DECIMAL, 0},        /* DECIMAL */
    [6] = {PARQUET_DATE, 0},           /* DATE */
    [7] = {PARQUET_TIME, 1000},        /* TIME_MILLIS */
    [8] = {PARQUET_TIME, 1000000},     /* TIME_MICROS */
    [9] = {PARQUET_INSTANT, 1000},     /* TIMESTAMP_MILLIS */
    [10] = {PARQUET_INSTANT, 1000000}, /* TIMESTAMP_MICROS */
    [11] = {PARQUET_UNSIGNED, 0},      /* UINT_8 … */
    [12] = {PARQUET_UNSIGNED, 0},      [13] = {PARQUET_UNSIGNED, 0},
    [14] = {PARQUET_UNSIGNED, 0},      [19] = {PARQUET_TEXT, 0}, /* JSON */
    [21] = {PARQUET_INTERVAL, 0},                                /* INTERVAL */
};
enum { CONVERTED_MAP = 1, CONVERTED_MAP_KEY_VALUE = 2, CONVERTED_LIST = 3 };

static void take_converted(struct parquet_element *e, int64_t converted) {
    if (converted == CONVERTED_LIST) {
        e->kind = PARQUET_LIST;
    } else if (converted == CONVERTED_MAP || converted == CONVERTED_MAP_KEY_VALUE) {
        e->kind = PARQUET_MAP;
    } else if (converted >= 0 && converted < CONVERTED_TYPES) {
        e->type.meaning = converted_types[converted].meaning;
        e->type.parts = converted_types[converted].parts;
    }
}

/* Members of the union LogicalType. */
enum {
    LOGICAL_STRING = 1,
    LOGICAL_MAP = 2,
    LOGICAL_LIST = 3,
    LOGICAL_ENUM = 4,
    LOGICAL_DECIMAL = 5,
    LOGICAL_DATE = 6,
    LOGICAL_TIME = 7,
    LOGICAL_TIMESTAMP = 8,
    LOGICAL_INTEGER = 10,
    LOGICAL_JSON = 12,
    LOGICAL_UUID = 14,
    LOGICAL_FLOAT16 = 15,
};

/* TimeType, TimestampType: 1 whether it is of UTC, 2 the unit, a union of empty structures. */
static void take_clock(struct thrift *t, struct parquet_element *e) {
    static const uint32_t units[] = {1, 1000, 1000000, 1000000000};
    struct thrift_field field = {0};
    bool utc = false;
    while (thrift_next(t, &field)) {
        if (field.id == 1) {
            utc = field.type == THRIFT_TRUE;
        } else if (field.id == 2 && thrift_structure(t, field.type)) {
            struct thrift_field unit = {0};
            while (thrift_next(t, &unit)) {
                e->type.parts = unit.id >= 1 && unit.id <= 3 ? units[unit.id] : 1;
                thrift_skip(t, unit.type);
            }
        } else {
            thrift_skip(t, field.type);
        }
    }
    if (e->type.meaning == PARQUET_TIMESTAMP && utc) {
        e->type.meaning = PARQUET_INSTANT;
    }
}

/* The first member of the structure that is a number or a truth: DecimalType 1 scale; IntType 2
 * whether it has a sign. */
static void take_numbers(struct thrift *t, struct parquet_element *e, bool is_decimal) {
    struct thrift_field field = {0};
    while (thrift_next(t, &field)) {
        if (is_decimal && field.id == 1) {
            e->type.scale = (int32_t)thrift_integer(t, field.type);
        } else if (!is_decimal && field.id == 2) {
            e->type.meaning = field.type == THRIFT_FALSE ? PARQUET_UNSIGNED : PARQUET_PLAIN;
        } else {
            thrift_skip(t, field.type);
        }
    }
}

static void take_logical(struct thrift *t, struct parquet_element *e) {
    static const enum parquet_meaning meanings[] = {
        [LOGICAL_STRING] = PARQUET_TEXT,     [LOGICAL_ENUM] = PARQUET_TEXT,
        [LOGICAL_DECIMAL] = PARQUET_DECIMAL, [LOGICAL_DATE] = PARQUET_DATE,
        [LOGICAL_TIME] = PARQUET_TIME,       [LOGICAL_TIMESTAMP] = PARQUET_TIMESTAMP,
        [LOGICAL_JSON] = PARQUET_TEXT,       [LOGICAL_UUID] = PARQUET_UUID,
        [LOGICAL_FLOAT16] = PARQUET_FLOAT16};
    struct thrift_field field = {0};
    while (thrift_next(t, &field)) {
        const bool known = field.id > 0 && field.id <= LOGICAL_FLOAT16;
        if (known && meanings[field.id] != PARQUET_PLAIN) {
            e->type.meaning = meanings[field.id];
        }
        e->kind = field.id == LOGICAL_LIST  ? PARQUET_LIST
                  : field.id == LOGICAL_MAP ? PARQUET_MAP
                                            : e->kind;
        const bool told = field.type == THRIFT_STRUCT;
        if (told && (field.id == LOGICAL_TIME || field.id == LOGICAL_TIMESTAMP)) {
            take_clock(t, e);
        } else if (told && (field.id == LOGICAL_DECIMAL || field.id == LOGICAL_INTEGER)) {
            take_numbers(t, e, field.id == LOGICAL_DECIMAL);
        } else {
            thrift_skip(t, field.type);
        }
    }
}

static uint32_t length_of(enum parquet_physical physical, int64_t told) {
    static const uint32_t lengths[] = {
        [PARQUET_BOOLEAN] = 1, [PARQUET_INT32] = 4,  [PARQUET_INT64] = 8, [PARQUET_INT96] = 12,
        [PARQUET_FLOAT] = 4,   [PARQUET_DOUBLE] = 8, [PARQUET_BYTES] = 0};
    return physical == PARQUET_FIXED_BYTES ? (uint32_t)told : lengths[physical];
}

/* A meaning holds for values of its own length only; others are shown as they are. */
static void check_type(struct parquet_type *type) {
    const enum parquet_physical is = type->physical;
    const bool number = is == PARQUET_INT32 || is == PARQUET_INT64;
    bool fits = true;
    switch (type->meaning) {
    case PARQUET_TEXT:
        fits = is == PARQUET_BYTES || is == PARQUET_FIXED_BYTES;
        break;
    case PARQUET_DECIMAL:
        fits = number || is == PARQUET_BYTES || is == PARQUET_FIXED_BYTES;
        break;
    case PARQUET_DATE:
        fits = is == PARQUET_INT32;
        break;
    case PARQUET_TIME:
    case PARQUET_TIMESTAMP:
    case PARQUET_INSTANT:
    case PARQUET_UNSIGNED:
        fits = number;
        break;
    case PARQUET_UUID:
        fits = type->length == 16;
        break;
    case PARQUET_FLOAT16:
        fits = is == PARQUET_FIXED_BYTES && type->length == 2;
        break;
    case PARQUET_INTERVAL:
        fits = is == PARQUET_FIXED_BYTES && type->length == 12;
        break;
    case PARQUET_PLAIN:
    default:
        break;
    }
    type->meaning = fits ? type->meaning : PARQUET_PLAIN;
    type->parts = type->parts == 0 ? 1 : type->parts;
}

void parquet_element_read(struct thrift *t, struct parquet_element *out) {
    enum { FIXED_BYTES_MOST = 1 << 20 };
    struct thrift_field field = {0};
    int64_t physical = 0, told = 0, repetition = 0, children = 0;
    *out = (struct parquet_element){.name = BYTES_LIT("")};
    while (thrift_next(t, &field)) {
        if (field.id == 1) {
            physical = thrift_integer(t, field.type);
        } else if (field.id == 2) {
            told = thrift_integer(t, field.type);
        } else if (field.id == 3) {
            repetition = thrift_integer(t, field.type);
        } else if (field.id == 4) {
            out->name = thrift_binary(t, field.type);
        } else if (field.id == 5) {
            children = thrift_integer(t, field.type);
        } else if (field.id == 6) {
            take_converted(out, thrift_integer(t, field.type));
        } else if (field.id == 7) {
            out->type.scale = (int32_t)thrift_integer(t, field.type);
        } else if (field.id == 10 && field.type == THRIFT_STRUCT) {
            take_logical(t, out);
        } else {
            thrift_skip(t, field.type);
        }
    }
    t->bad = t->bad || physical < 0 || physical > PARQUET_FIXED_BYTES || told < 0 ||
             told > FIXED_BYTES_MOST || repetition < 0 || repetition > PARQUET_REPEATED ||
             children < 0;
    if (!t->bad) {
        out->children = (uint64_t)children;
        out->repetition = (enum parquet_repetition)repetition;
        out->type.physical = (enum parquet_physical)physical;
        out->type.length = length_of(out->type.physical, told);
        check_type(&out->type);
    }
}
