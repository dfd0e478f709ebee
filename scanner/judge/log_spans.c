/* How far sets of logs reach: the units of one source, whose first and last time stamps count. */
#include <stdlib.h>

#include "judge/findings/findings.h"
#include "judge/retention.h"

/* access.log, access.log.1 and access.log.2.gz!/access.log.2 are one set of logs. A view of SOURCE.
 */
static struct bytes set_of(struct bytes source) {
    static const char *const endings[] = {".gz", ".zst", ".xz", ".bz2", ".lz4"};
    const struct bytes mark = BYTES_LIT("!/");
    size_t at = source.len;
    while (at > 0 && !bytes_starts_with(bytes_from(source, at), mark)) {
        at--;
    }
    struct bytes outer = bytes_first(source, at), inner = bytes_from(source, at + mark.len);
    for (size_t i = 0; at > 0 && i < sizeof endings / sizeof *endings; i++) {
        struct bytes ending = bytes_of_string(endings[i]);
        struct bytes name = bytes_first(outer, outer.len - ending.len);
        if (bytes_ends_with(outer, ending) &&
            bytes_equal(bytes_last_component(name), bytes_last_component(inner))) {
            source = name;
            break;
        }
    }
    size_t digits = 0;
    while (digits < source.len && byte_is_digit(source.ptr[source.len - 1 - digits])) {
        digits++;
    }
    bool rotated = digits > 0 && digits + 1 < source.len && digits <= 3 &&
                   source.ptr[source.len - 1 - digits] == '.';
    return rotated ? bytes_first(source, source.len - 1 - digits) : source;
}

static int compare_sources(const void *a, const void *b) {
    const struct log_span *x = a, *y = b;
    size_t common = x->source.len < y->source.len ? x->source.len : y->source.len;
    int order = common == 0 ? 0 : memcmp(x->source.ptr, y->source.ptr, common);
    if (order == 0) {
        order = (x->source.len > y->source.len) - (x->source.len < y->source.len);
    }
    return order != 0 ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

static void join(struct log_span *into, const struct log_span *from) {
    into->zones |= from->zones;
    into->units += from->units;
    into->undated += from->undated;
    into->year_assumed = into->year_assumed || from->year_assumed;
    if (from->first != DAY_NONE && (into->first == DAY_NONE || from->first < into->first)) {
        into->first = from->first;
    }
    into->last = from->last > into->last ? from->last : into->last;
}

int judge_log_spans(struct results *results, struct error *err) {
    struct log_span *spans = calloc(results->unit_count + 1, sizeof *spans);
    size_t count = 0, kept = 0;
    if (spans == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the spans of logs");
    }
    for (size_t i = 0; i < results->unit_count; i++) {
        const struct unit_result *unit = &results->units[i];
        const struct unit_age *age = &unit->facts->age;
        if ((unit->facts->traits & UNIT_LOG) != 0) {
            spans[count++] = (struct log_span){.source = set_of(unit->source),
                                               .zones = unit->zones,
                                               .unit = (uint32_t)i,
                                               .units = 1,
                                               .undated = age->log_first == DAY_NONE,
                                               .first = age->log_first,
                                               .last = age->log_last,
                                               .year_assumed = age->log_year_assumed};
        }
    }
    qsort(spans, count, sizeof *spans, compare_sources);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && bytes_equal(spans[kept - 1].source, spans[i].source)) {
            join(&spans[kept - 1], &spans[i]);
        } else {
            spans[kept++] = spans[i];
        }
    }
    results->log_spans = spans;
    results->log_span_count = kept;
    return 0;
}

int find_log_span(const struct finding_question *question, enum undecided *why) {
    const struct judge_settings *settings = question->judging->settings;
    const struct results *results = question->judging->results;
    const struct rule_clause *clause = question->clause;
    int status = 0;
    bool seen = false;
    for (size_t i = 0; status == 0 && i < results->log_span_count; i++) {
        const struct log_span *span = &results->log_spans[i];
        if ((span->zones & clause->zones) == 0) {
            continue;
        }
        seen = true;
        if (span->first == DAY_NONE || settings->day == DAY_NONE) {
            *why = UNDECIDED_DATE;
        } else if (span->first > retention_day(&clause->least_span, settings->day)) {
            const struct finding finding = {.unit = span->unit,
                                            .field = UINT32_MAX,
                                            .count = span->units,
                                            .confidence = CONFIDENCE_LIKELY};
            status = put_finding(question, &finding);
        }
    }
    *why = seen ? *why : UNDECIDED_FACTS; /* no log is no log that reaches back */
    return status;
}
