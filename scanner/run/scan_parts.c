#include "run/scan_parts.h"

#include <stdio.h>
#include <time.h>

#include "run/scan.h"

/* ---- the day ---- */

static unsigned number_at(const char *digits, size_t count) {
    unsigned value = 0;
    for (size_t i = 0; i < count; i++) {
        value = value * 10 + (unsigned)(digits[i] - '0');
    }
    return value;
}

static unsigned days_in(unsigned year, unsigned month) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return leap && month == 2 ? 29 : days[month - 1];
}

bool scan_date_valid(const char *text) {
    static const char form[] = "####-##-##";
    for (size_t i = 0; i < sizeof form; i++) { /* the NUL too */
        if (form[i] == '#' ? !byte_is_digit((uint8_t)text[i]) : text[i] != form[i]) {
            return false;
        }
    }
    unsigned year = number_at(text, 4), month = number_at(text + 5, 2),
             day = number_at(text + 8, 2);
    return month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

int scan_judging_day(const char *given, const char *zone, char out[11], struct error *err) {
    /* Taipei has kept UTC+8 without summer time since 1979-10-01 (IANA tz database, file asia) */
    static const struct {
        const char *zone;
        int hours;
    } fixed[] = {{SCAN_DEFAULT_ZONE, 8}, {"UTC", 0}};
    if (given != NULL) {
        if (!scan_date_valid(given)) {
            return error_set(err, YINMA_E_USAGE, "--as-of: not a date like 2026-01-31");
        }
        memcpy(out, given, 11);
        return 0;
    }
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (strcmp(fixed[i].zone, zone) == 0) {
            time_t now = time(NULL) + (time_t)fixed[i].hours * 3600;
            struct tm day;
            return gmtime_r(&now, &day) != NULL && strftime(out, 11, "%Y-%m-%d", &day) == 10
                       ? 0
                       : error_set(err, YINMA_E_USAGE, "the clock shows no date: use --as-of");
        }
    }
    return error_set(err, YINMA_E_USAGE, "no date to judge by in the time zone %s", zone);
}

/* ---- gaps ---- */

static bool is_gap(const struct unit_facts *unit) {
    return unit->status == COVERAGE_PARTIAL || unit->status == COVERAGE_SKIPPED ||
           unit->status == COVERAGE_FAILED;
}

void scan_accept_gap(const struct config *config, const char *day, struct unit_facts *unit) {
    if (config == NULL || !is_gap(unit)) {
        return;
    }
    for (size_t i = 0; i < config->expect_count; i++) {
        const struct expect_setting *expect = &config->expects[i];
        if (expect->encrypted && unit->error_code == YINMA_E_ENCRYPTED &&
            glob_matches_unit(expect->glob, unit->path)) {
            unit->status = COVERAGE_EXPECTED;
            return;
        }
    }
    for (size_t i = 0; i < config->waive_count; i++) {
        const struct waive_setting *waive = &config->waives[i];
        bool expired = waive->expires != NULL && strcmp(waive->expires, day) < 0;
        if (!expired && glob_matches_unit(waive->glob, unit->path)) {
            unit->status = COVERAGE_WAIVED;
            return;
        }
    }
}
