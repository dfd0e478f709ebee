#include "run/scan_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "result/text_copy.h"
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

/* Declarations stand in the order waive, synthetic, allow. */
static void count_use(struct results *results, size_t number) {
    if (number < results->declaration_count) {
        results->declarations[number].count++;
    }
}

void scan_accept_gap(const struct config *config, struct results *results,
                     struct unit_facts *unit) {
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
        if (!declaration_expired(waive->expires, results->run.as_of) &&
            glob_matches_unit(waive->glob, unit->path)) {
            unit->status = COVERAGE_WAIVED;
            count_use(results, i);
            return;
        }
    }
}

bool scan_is_synthetic(const struct config *config, struct results *results,
                       const struct unit_facts *unit) {
    for (size_t i = 0; config != NULL && i < config->synthetic_count; i++) {
        const struct synthetic_setting *synthetic = &config->synthetics[i];
        if (!declaration_expired(synthetic->expires, results->run.as_of) &&
            glob_matches_unit(synthetic->glob, unit->path)) {
            count_use(results, config->waive_count + i);
            return true;
        }
    }
    return false;
}

/* ---- declarations ---- */

static bool shown_text(kind_list kinds, const char *text, struct bytes *out) {
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    conceal(kinds, bytes_of_string(text == NULL ? "" : text), &shown);
    bool ok = !shown.failed && text_copy(text_buffer_view(&shown), out);
    text_buffer_release(&shown);
    return ok;
}

static bool declare(struct results *results, kind_list kinds, const char *member,
                    const char *const texts[3], const char *expires) {
    struct declaration *declaration = &results->declarations[results->declaration_count++];
    *declaration = (struct declaration){
        .member = member, .expired = declaration_expired(expires, results->run.as_of)};
    snprintf(declaration->expires, sizeof declaration->expires, "%s",
             expires == NULL ? "" : expires);
    return shown_text(kinds, texts[0], &declaration->files) &&
           shown_text(kinds, texts[1], &declaration->by) &&
           shown_text(kinds, texts[2], &declaration->why);
}

int scan_declare(const struct config *config, kind_list kinds, struct results *results,
                 struct error *err) {
    if (config == NULL) {
        return 0;
    }
    size_t count = config->waive_count + config->synthetic_count + config->allow_count;
    results->declarations = calloc(count + 1, sizeof *results->declarations);
    bool ok = results->declarations != NULL;
    for (size_t i = 0; ok && i < config->waive_count; i++) {
        const struct waive_setting *waive = &config->waives[i];
        ok = declare(results, kinds, "waive",
                     (const char *[]){waive->glob, waive->owner, waive->reason}, waive->expires);
    }
    for (size_t i = 0; ok && i < config->synthetic_count; i++) {
        const struct synthetic_setting *made = &config->synthetics[i];
        ok = declare(results, kinds, "synthetic",
                     (const char *[]){made->glob, made->owner, made->generator}, made->expires);
    }
    for (size_t i = 0; ok && i < config->allow_count; i++) {
        const struct allow_setting *allow = &config->allows[i];
        ok = declare(results, kinds, "allow",
                     (const char *[]){allow->glob, allow->owner, allow->reason}, allow->expires);
    }
    return ok ? 0 : error_set(err, YINMA_E_MEMORY, "no memory for what is declared");
}
