/* "Native format" of the documentation of SQL Server: a value is its bytes as the server keeps
 * them, behind a length where that is not the same for all; a length of -1 is NULL. Dates as in
 * [MS-TDS] 2.2.5.5.1. */
#include "decode/sqlserver/bcp_fields.h"

#include <stdlib.h>

#include "core/endian.h"

enum {
    DECIMAL_DIGITS = 38,
    DAYS_MOST = 3652058,       /* 9999-12-31 since 0001-01-01 */
    DATETIME_FIRST = -53690,   /* 1753-01-01 since 1900-01-01 */
    DATETIME_LAST = 2958463,   /* 9999-12-31 */
    DATETIME_TICKS = 25920000, /* of a day, 300 a second */
    SMALLDATETIME_MINUTES = 1440,
    TIME_BYTES_FEWEST = 3,
    OFFSET_MINUTES_MOST = 840,
    STRANGE_SHARE = 16, /* more than one of so many characters: it was read as what it is not */
};
#define TIME_TICKS UINT64_C(864000000000) /* of a day, ten million a second */

static uint64_t little(const uint8_t *p, size_t bytes) {
    uint64_t value = 0;
    for (size_t i = bytes; i-- > 0;) {
        value = value << 8 | p[i];
    }
    return value;
}

/* ---- are these bytes a value of that type? ---- */

static bool is_day(const uint8_t *p) {
    return little(p, 3) <= DAYS_MOST;
}

/* Times of fewer bytes have fewer digits: none can be told from a wrong one. */
static bool is_time(const uint8_t *p, uint64_t bytes) {
    return bytes < 5 || little(p, 5) < TIME_TICKS;
}

static bool is_value(const struct bcp_column *column, const uint8_t *p, uint64_t length) {
    switch (column->type) {
    case BCP_BIT:
        return p[0] <= 1;
    case BCP_DECIMAL:
        return p[0] >= 1 && p[0] <= DECIMAL_DIGITS && p[1] <= p[0] && p[2] <= 1;
    case BCP_DATETIME: {
        const int32_t day = (int32_t)little_u32(p);
        return day >= DATETIME_FIRST && day <= DATETIME_LAST && little_u32(p + 4) < DATETIME_TICKS;
    }
    case BCP_SMALLDATETIME:
        return little_u16(p + 2) < SMALLDATETIME_MINUTES;
    case BCP_DATE:
        return is_day(p);
    case BCP_TIME:
        return is_time(p, length);
    case BCP_DATETIME2:
        return is_time(p, length - 3) && is_day(p + length - 3);
    case BCP_DATETIMEOFFSET: {
        const int16_t ahead = (int16_t)little_u16(p + length - 2);
        return is_time(p, length - 5) && is_day(p + length - 5) && ahead >= -OFFSET_MINUTES_MOST &&
               ahead <= OFFSET_MINUTES_MOST;
    }
    default:
        return true;
    }
}

/* Can a value of COLUMN be so long? */
static bool is_length(const struct bcp_column *column, uint64_t length) {
    switch (column->type) {
    case BCP_TEXT:
    case BCP_BINARY:
    case BCP_ANY:
        return column->width == BCP_UNLIMITED || length <= column->width;
    case BCP_WIDE_TEXT:
        return length % 2 == 0 && (column->width == BCP_UNLIMITED || length <= column->width);
    case BCP_TIME:
    case BCP_DATETIME2:
    case BCP_DATETIMEOFFSET:
        return length <= column->width && length + 5 - TIME_BYTES_FEWEST >= column->width;
    default:
        return length == column->width;
    }
}

static bool is_checked(enum bcp_type type) {
    return type == BCP_BIT || (type >= BCP_DECIMAL && type <= BCP_DATETIMEOFFSET);
}

/* ---- one value ---- */

static struct bcp_field found(enum bcp_found what, uint64_t before) {
    return (struct bcp_field){.found = what, .before = before};
}

/* Up to its terminator. */
static struct bcp_field terminated(const struct bcp_column *column, struct bytes left) {
    struct bcp_field field = {.found = BCP_VALUE, .behind = column->terminator.len};
    const bool wide = column->type == BCP_WIDE_TEXT;
    size_t at = 0, step;
    while ((step = bytes_find(bytes_from(left, at), column->terminator)) != SIZE_MAX) {
        at += step;
        if (!wide || at % 2 == 0) {
            field.length = at;
            return field;
        }
        at++;
    }
    return found(BCP_SHORT, 0);
}

struct bcp_field bcp_field_at(const struct bcp_column *column, struct bytes left) {
    const size_t prefix = column->prefix;
    if (prefix == 0 && column->terminator.len > 0) {
        return terminated(column, left);
    }
    struct bcp_field field = {.found = BCP_VALUE, .before = prefix, .length = column->width};
    if (left.len < prefix) {
        return found(BCP_SHORT, prefix);
    }
    if (prefix > 0) {
        field.length = little(left.ptr, prefix);
        if (field.length == UINT64_MAX >> (64 - 8 * prefix)) {
            return found(column->nullable ? BCP_NULL : BCP_WRONG, prefix);
        }
        if (!is_length(column, field.length)) {
            return found(BCP_WRONG, prefix);
        }
    } else if (column->width == BCP_UNLIMITED) {
        return found(BCP_WRONG, 0);
    }
    if (is_checked(column->type)) {
        if (left.len < prefix + field.length) {
            return found(BCP_SHORT, prefix);
        }
        if (!is_value(column, left.ptr + prefix, field.length)) {
            return found(BCP_WRONG, prefix);
        }
    }
    return field;
}

uint64_t bcp_row_length(const struct bcp_column *columns, size_t count, struct bytes left,
                        bool *wrong) {
    uint64_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const struct bcp_field field =
            at > left.len ? found(BCP_SHORT, 0)
                          : bcp_field_at(&columns[i], bytes_from(left, (size_t)at));
        if (field.found == BCP_WRONG || field.found == BCP_SHORT ||
            field.length > UINT64_MAX / 4 - at) {
            *wrong = field.found != BCP_SHORT;
            return 0;
        }
        at += field.before + field.length + field.behind;
    }
    return at;
}

/* ---- does a table fit? ---- */

/* What text never holds: control characters; in UTF-16 also what no Chinese or Latin text does. */
static size_t strange_in(const struct bcp_column *column, struct bytes value) {
    size_t strange = 0;
    if (column->type == BCP_TEXT) {
        for (size_t i = 0; i < value.len; i++) {
            strange += value.ptr[i] < 0x20 && value.ptr[i] != '\t' && value.ptr[i] != '\n' &&
                       value.ptr[i] != '\r';
        }
    } else if (column->type == BCP_WIDE_TEXT) {
        for (size_t i = 0; i + 2 <= value.len; i += 2) {
            const uint32_t unit = little_u16(value.ptr + i);
            const bool written = unit == '\t' || unit == '\n' || unit == '\r' ||
                                 (unit >= 0x20 && unit < 0x250) ||
                                 (unit >= 0x2000 && unit < 0xA000) ||
                                 (unit >= 0xD800 && unit < 0xE000) || unit >= 0xF900;
            strange += !written;
        }
    }
    return strange;
}

static size_t strange_in_row(const struct bcp_column *columns, size_t count, struct bytes row) {
    size_t at = 0, strange = 0;
    for (size_t i = 0; i < count; i++) {
        const struct bcp_field field = bcp_field_at(&columns[i], bytes_from(row, at));
        strange += strange_in(&columns[i], bytes_first(bytes_from(row, at + (size_t)field.before),
                                                       (size_t)field.length));
        at += (size_t)(field.before + field.length + field.behind);
    }
    return strange;
}

static struct bcp_fit fit_one(const struct bcp_column *columns, size_t count, struct bytes head,
                              bool whole) {
    struct bcp_fit fit = {0};
    while (head.len > 0 && !fit.wrong) {
        const uint64_t length = bcp_row_length(columns, count, head, &fit.wrong);
        if (length == 0 || length > head.len) {
            fit.wrong = fit.wrong || whole || length == UINT64_MAX;
            break;
        }
        fit.strange += strange_in_row(columns, count, bytes_first(head, (size_t)length));
        fit.rows++;
        head = bytes_from(head, (size_t)length);
    }
    return fit;
}

static bool is_better(const struct bcp_fit *a, const struct bcp_fit *b) {
    if (a->wrong != b->wrong) {
        return !a->wrong;
    }
    if (a->wrong && a->rows != b->rows) {
        return a->rows > b->rows;
    }
    return a->strange < b->strange;
}

struct bcp_fit bcp_fit(const struct bcp_column *columns, size_t count, struct bytes head,
                       bool whole, unsigned preferred) {
    struct bcp_fit best = {.wrong = true};
    unsigned ways = 0;
    struct bcp_column *written = calloc(count, sizeof *written);
    for (size_t i = 0; i < count; i++) {
        ways |= bcp_column_ways(&columns[i]);
    }
    bool first = true;
    for (unsigned change = 0; written != NULL && change < BCP_WAYS; change++) {
        if ((change & ~ways) != 0) {
            continue;
        }
        const unsigned way = (preferred & ways) ^ change;
        for (size_t i = 0; i < count; i++) {
            written[i] = bcp_column_written(&columns[i], way);
        }
        struct bcp_fit fit = fit_one(written, count, head, whole);
        fit.way = way;
        if (first || is_better(&fit, &best)) {
            best = fit;
            first = false;
        }
    }
    free(written);
    return best;
}

bool bcp_is_fit(const struct bcp_fit *fit, size_t length) {
    const bool proven = !fit->wrong || fit->rows >= BCP_ROWS_PROVE;
    return length == 0 || (proven && fit->strange <= length / STRANGE_SHARE);
}
