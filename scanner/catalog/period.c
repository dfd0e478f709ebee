#include "catalog/period.h"

#include <string.h>

enum { PERIOD_MOST = 100000 };

static const struct {
    enum period_unit unit;
    const char *member; /* in packs */
    const char *suffix; /* in configurations */
    uint32_t hours;
} units[] = {
    {PERIOD_HOURS, "hours", "h", 1},
    {PERIOD_DAYS, "days", "d", 24},
    {PERIOD_MONTHS, "months", "mo", 24 * 30},
    {PERIOD_YEARS, "years", "y", 24 * 365},
};
enum { UNITS = sizeof units / sizeof *units };

int period_read(const struct yaml_place *place, struct rule_period *out) {
    struct bytes text;
    *out = (struct rule_period){PERIOD_NONE, 0};
    int status = yaml_scalar(place, &text);
    if (status != 0) {
        return status;
    }
    uint64_t number = 0;
    size_t digits = 0;
    for (; digits < text.len && byte_is_digit(text.ptr[digits]) && digits < 7; digits++) {
        number = number * 10 + (uint64_t)(text.ptr[digits] - '0');
    }
    struct bytes suffix = bytes_trim(bytes_from(text, digits));
    for (size_t i = 0; i < UNITS && digits > 0 && number <= PERIOD_MOST; i++) {
        if (bytes_equal(suffix, bytes_of_string(units[i].suffix))) {
            *out = (struct rule_period){units[i].unit, (uint32_t)number};
            return 0;
        }
    }
    return yaml_complain(place,
                         "%s; allowed: a number up to %d and h (hours), d (days), mo "
                         "(months) or y (years), as in 90d",
                         digits > 0 && suffix.len == 0 ? SAID("has no unit of time")
                                                       : SAID("is no length of time"),
                         PERIOD_MOST);
}

int period_read_member(const struct yaml_place *map, struct rule_period *out, bool *found_out) {
    *out = (struct rule_period){PERIOD_NONE, 0};
    *found_out = false;
    for (size_t i = 0; i < UNITS; i++) {
        struct yaml_place value;
        if (!yaml_member(map, units[i].member, &value)) {
            continue;
        }
        if (*found_out) {
            return yaml_complain(map, "states a length of time twice");
        }
        int status = yaml_number(&value, 1, PERIOD_MOST, &out->number);
        if (status != 0) {
            return status;
        }
        out->unit = units[i].unit;
        *found_out = true;
    }
    return 0;
}

static uint64_t hours_of(const struct rule_period *period) {
    for (size_t i = 0; i < UNITS; i++) {
        if (units[i].unit == period->unit) {
            return (uint64_t)period->number * units[i].hours;
        }
    }
    return period->unit == PERIOD_SAME_DAY ? 24 : 0;
}

bool period_shorter(const struct rule_period *a, const struct rule_period *b) {
    return hours_of(a) < hours_of(b);
}
