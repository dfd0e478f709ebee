/* Files against `expect:` of the configuration; and backups that hold nothing. */
#include <stdlib.h>

#include "catalog/ciphers.h"
#include "judge/findings/findings.h"

/* The units of one file that an expectation is about. */
struct expected_file {
    const struct results *results;
    const struct expect_setting *expect; /* NULL: none, all units */
    size_t first, end;
};

static struct bytes outer_file(struct bytes path) {
    size_t at = bytes_find(path, BYTES_LIT("!/"));
    return at == SIZE_MAX ? path : bytes_first(path, at);
}

static size_t end_of_file(const struct results *results, size_t first) {
    struct bytes file = outer_file(results->units[first].facts->path);
    size_t end = first + 1;
    while (end < results->unit_count &&
           bytes_equal(file, outer_file(results->units[end].facts->path))) {
        end++;
    }
    return end;
}

/* The next unit from AT on that the expectation is about; `end` when there is none. */
static size_t next_unit(const struct expected_file *file, size_t at) {
    while (at < file->end &&
           !glob_matches_unit(file->expect->glob, file->results->units[at].facts->path)) {
        at++;
    }
    return at;
}

/* ---- what is expected of each file ---- */

static uint32_t missed_encryption(const struct expected_file *file) {
    uint32_t missed = 0;
    bool any = false;
    for (size_t i = next_unit(file, file->first); i < file->end; i = next_unit(file, i + 1)) {
        const struct unit_facts *unit = file->results->units[i].facts;
        if (unit->error_code == YINMA_E_ENCRYPTED) {
            any = true;
            if (file->expect->cipher != NULL &&
                !cipher_is_enough(cipher_in(bytes_of_string(unit->detail)), file->expect->cipher)) {
                missed |= MISSED_CIPHER;
            }
        } else if ((unit->traits & (UNIT_CONTAINER | UNIT_SPECIAL_FILE)) == 0) {
            missed |= MISSED_ENCRYPTED;
        }
    }
    return any ? missed : MISSED_ENCRYPTED;
}

static uint32_t missed_content(const struct expected_file *file) {
    const struct expect_setting *expect = file->expect;
    uint64_t bytes = 0, rows = 0, tables = 0;
    unsigned traits = 0;
    bool failed = false;
    for (size_t i = next_unit(file, file->first); i < file->end; i = next_unit(file, i + 1)) {
        const struct unit_facts *unit = file->results->units[i].facts;
        bytes += unit->bytes;
        rows += unit->rows;
        tables |= unit->tables_seen;
        traits |= unit->traits;
        failed = failed || unit->error_code != 0;
    }
    uint32_t missed = bytes == 0 && !failed ? MISSED_CONTENT : 0U;
    missed |= (expect->tables & ~tables) != 0 ? MISSED_TABLES : 0U;
    missed |= rows < expect->rows ? MISSED_ROWS : 0U;
    missed |= expect->end_mark && (traits & UNIT_END_MARK) == 0 ? MISSED_END_MARK : 0U;
    return missed;
}

/* ---- how old the newest one is ---- */

/* Seconds since 1970 until which the file, or the dump in it, is known to be made. */
static int64_t time_of(const struct judging *judging, const struct unit_facts *unit) {
    if (unit->age.dumped != DAY_NONE) { /* a copy has the time of copying */
        int64_t end = ((int64_t)unit->age.dumped + 1) * 86400 - judging->settings->zone_seconds - 1;
        bool earlier = unit->file.known && unit->file.modified < end;
        return earlier ? unit->file.modified : end;
    }
    return unit->file.known ? unit->file.modified : INT64_MIN;
}

static bool is_too_old(const struct judging *judging, int64_t made,
                       const struct rule_period *newest) {
    const struct judge_settings *settings = judging->settings;
    if (made == INT64_MIN) {
        return true;
    }
    if (newest->unit == PERIOD_HOURS) {
        int64_t now = ((int64_t)settings->day + 1) * 86400 - settings->zone_seconds - 1;
        int64_t started = (int64_t)judging->results->run.started;
        now = started > 0 && started < now ? started : now;
        return made < now - (int64_t)newest->number * 3600;
    }
    int number = (int)newest->number;
    int32_t limit = newest->unit == PERIOD_DAYS     ? settings->day - number
                    : newest->unit == PERIOD_MONTHS ? day_add_months(settings->day, -number)
                                                    : day_add_months(settings->day, -12 * number);
    int32_t day = day_of_seconds(made, settings->zone_seconds);
    return day == DAY_NONE || day < limit;
}

/* ---- one expectation ---- */

static int put_missed(const struct finding_question *question, size_t unit, uint32_t missed,
                      const char *declared) {
    const struct finding finding = {
        .unit = unit < question->judging->results->unit_count ? (uint32_t)unit : UINT32_MAX,
        .field = UINT32_MAX,
        .count = (uint64_t)__builtin_popcount(missed),
        .confidence = CONFIDENCE_CERTAIN,
        .missed = missed,
        .declared = declared};
    return missed == 0 ? 0 : put_finding(question, &finding);
}

/* Was anything looked at that files could be missing from? Standard input says nothing of them. */
static bool looked_at_files(const struct results *results) {
    bool found = results->unit_count == 0;
    for (size_t i = 0; !found && i < results->unit_count; i++) {
        found = results->units[i].facts->file.known;
    }
    return found;
}

static int judge_expectation(const struct finding_question *question,
                             const struct expect_setting *expect) {
    const struct judging *judging = question->judging;
    const struct results *results = judging->results;
    size_t newest = results->unit_count;
    int64_t newest_time = INT64_MIN;
    int status = 0;
    for (size_t first = 0, end; status == 0 && first < results->unit_count; first = end) {
        end = end_of_file(results, first);
        const struct expected_file file = {results, expect, first, end};
        size_t unit = next_unit(&file, first);
        if (unit == end) {
            continue;
        }
        int64_t made = time_of(judging, results->units[unit].facts);
        if (newest == results->unit_count || made > newest_time) {
            newest = unit;
            newest_time = made;
        }
        uint32_t missed = expect->encrypted ? missed_encryption(&file) : missed_content(&file);
        status = put_missed(question, unit, missed, expect->glob);
    }
    bool asked = expect->newest.unit != PERIOD_NONE;
    if (status == 0 && newest == results->unit_count) {
        /* how files of a name must be does not say that there must be one */
        bool must_be = asked || expect->tables != 0 || expect->rows != 0 || expect->end_mark;
        must_be = must_be && looked_at_files(results);
        return put_missed(question, newest, must_be ? MISSED_FILES : 0U, expect->glob);
    }
    return status == 0 && asked && is_too_old(judging, newest_time, &expect->newest)
               ? put_missed(question, newest, MISSED_NEWEST, expect->glob)
               : status;
}

/* ---- backups that hold nothing ---- */

static bool is_expected(const struct config *config, struct bytes path) {
    for (size_t i = 0; config != NULL && i < config->expect_count; i++) {
        if (glob_matches_unit(config->expects[i].glob, path)) {
            return true;
        }
    }
    return false;
}

/* Nobody needs to expect anything for an empty backup to be no backup. */
static int judge_empty_backups(const struct finding_question *question) {
    const struct results *results = question->judging->results;
    int status = 0;
    for (size_t i = 0; status == 0 && i < results->unit_count; i++) {
        const struct unit_result *unit = &results->units[i];
        bool empty = unit->facts->bytes == 0 && unit->facts->field_count == 0 &&
                     unit->facts->error_code == 0 &&
                     (unit->facts->traits & (UNIT_CONTAINER | UNIT_SPECIAL_FILE)) == 0;
        if (empty && (unit->zones & ZONE_BIT(ZONE_BACKUP)) != 0 &&
            !is_expected(question->judging->settings->config, unit->facts->path)) {
            status = put_missed(question, i, MISSED_CONTENT, NULL);
        }
    }
    return status;
}

int find_expectations(const struct finding_question *question, enum undecided *why) {
    const struct config *config = question->judging->settings->config;
    int status = 0;
    for (size_t i = 0; config != NULL && status == 0 && i < config->expect_count; i++) {
        status = judge_expectation(question, &config->expects[i]);
    }
    *why = DECIDED; /* nothing expected is nothing missed */
    return status == 0 ? judge_empty_backups(question) : status;
}
