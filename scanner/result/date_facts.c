#include "result/date_facts.h"

#include <stdlib.h>

#include "result/text_copy.h"

enum { YEAR_FIRST = 1950, YEAR_LAST = 2101 };
_Static_assert(YEAR_LAST - YEAR_FIRST + 1 + DATE_CUTS_MAX <= DATE_PERIODS_MAX, "room for all");

static const char *const dated_by_names[] = {NULL, "row", "log", "dump", "member", "file"};
_Static_assert(sizeof dated_by_names / sizeof *dated_by_names == DATED_BY_FILE + 1,
               "a name for each");

const char *dated_by_name(enum dated_by by) {
    return dated_by_names[by];
}

enum dated_by dated_by_from_name(struct bytes name) {
    enum dated_by by = DATED_BY_FILE;
    while (by > DATED_BY_NOTHING && !bytes_equal(name, bytes_of_string(dated_by_names[by]))) {
        by--;
    }
    return by;
}

static void add_cut(struct date_cuts *cuts, int32_t day) {
    unsigned at = cuts->count;
    while (at > 0 && cuts->first[at - 1] > day) {
        at--;
    }
    if (at > 0 && cuts->first[at - 1] == day) {
        return;
    }
    memmove(cuts->first + at + 1, cuts->first + at, (cuts->count - at) * sizeof *cuts->first);
    cuts->first[at] = day;
    cuts->count++;
}

void date_cuts_init(struct date_cuts *cuts, const int32_t *days, size_t count) {
    cuts->count = 0;
    for (unsigned year = YEAR_FIRST; year <= YEAR_LAST; year++) {
        cuts->first[cuts->count++] = day_of(year, 1, 1);
    }
    for (size_t i = 0; i < count && i < DATE_CUTS_MAX; i++) {
        if (days[i] > cuts->first[0]) {
            add_cut(cuts, days[i]);
        }
    }
    cuts->first[cuts->count] = INT32_MAX;
    unsigned period = 0;
    for (unsigned block = 0; block < DATE_BLOCKS; block++) {
        int32_t day = cuts->first[0] + (int32_t)block * 64;
        while (cuts->first[period + 1] <= day) {
            period++;
        }
        cuts->of_block[block] = (uint8_t)period;
    }
}

struct date_facts *date_facts_new(void) {
    struct date_facts *facts = calloc(1, sizeof *facts);
    if (facts != NULL) {
        facts->oldest = facts->newest = DAY_NONE;
    }
    return facts;
}

void date_facts_free(struct date_facts *facts) {
    if (facts != NULL) {
        for (uint32_t i = 0; i < facts->column_count; i++) {
            text_copy_free(&facts->columns[i].name);
        }
        free(facts->columns);
        free(facts->periods);
        free(facts);
    }
}

void date_facts_span(struct date_facts *facts, int32_t oldest, int32_t newest) {
    if (oldest != DAY_NONE && (facts->oldest == DAY_NONE || oldest < facts->oldest)) {
        facts->oldest = oldest;
    }
    if (newest != DAY_NONE && newest > facts->newest) {
        facts->newest = newest;
    }
}

struct date_period *date_facts_period(struct date_facts *facts, int32_t first) {
    uint32_t at = facts->period_count;
    while (at > 0 && facts->periods[at - 1].first > first) {
        at--;
    }
    if (at > 0 && facts->periods[at - 1].first == first) {
        return &facts->periods[at - 1];
    }
    struct date_period *periods =
        reallocarray(facts->periods, facts->period_count + 1, sizeof *periods);
    if (periods == NULL) {
        return NULL;
    }
    facts->periods = periods;
    memmove(periods + at + 1, periods + at, (facts->period_count - at) * sizeof *periods);
    facts->period_count++;
    periods[at] = (struct date_period){.first = first};
    return &periods[at];
}

static int compare_columns(const struct date_column *a, enum date_rank rank, struct bytes name) {
    if (a->rank != rank) {
        return a->rank < rank ? -1 : 1;
    }
    size_t len = a->name.len < name.len ? a->name.len : name.len;
    int order = len == 0 ? 0 : memcmp(a->name.ptr, name.ptr, len);
    return order != 0 ? order : (a->name.len > name.len) - (a->name.len < name.len);
}

bool date_column_before(const struct date_column *a, const struct date_column *b) {
    return compare_columns(a, b->rank, b->name) < 0;
}

bool date_facts_column(struct date_facts *facts, struct bytes name, enum date_rank rank,
                       uint64_t values) {
    uint32_t at = 0;
    while (at < facts->column_count && compare_columns(&facts->columns[at], rank, name) < 0) {
        at++;
    }
    if (at < facts->column_count && compare_columns(&facts->columns[at], rank, name) == 0) {
        facts->columns[at].values += values;
        return true;
    }
    if (at == DATE_COLUMNS_KEPT) {
        return true;
    }
    if (facts->columns == NULL) {
        facts->columns = calloc(DATE_COLUMNS_KEPT, sizeof *facts->columns);
    }
    struct date_column made = {.rank = rank, .values = values};
    if (facts->columns == NULL || !text_copy(name, &made.name)) {
        return false;
    }
    if (facts->column_count == DATE_COLUMNS_KEPT) {
        text_copy_free(&facts->columns[--facts->column_count].name); /* the last one makes room */
    }
    memmove(facts->columns + at + 1, facts->columns + at,
            (facts->column_count - at) * sizeof *facts->columns);
    facts->columns[at] = made;
    facts->column_count++;
    return true;
}

bool date_facts_merge(struct date_facts *into, const struct date_facts *from) {
    date_facts_span(into, from->oldest, from->newest);
    for (uint32_t i = 0; i < from->period_count; i++) {
        struct date_period *period = date_facts_period(into, from->periods[i].first);
        if (period == NULL) {
            return false;
        }
        for (unsigned state = 0; state < STATE_COUNT; state++) {
            period->count[state][0] += from->periods[i].count[state][0];
            period->count[state][1] += from->periods[i].count[state][1];
        }
    }
    bool ok = true;
    for (uint32_t i = 0; ok && i < from->column_count; i++) {
        const struct date_column *column = &from->columns[i];
        ok = date_facts_column(into, column->name, column->rank, column->values);
    }
    return ok;
}

const struct date_column *date_facts_main_column(const struct date_facts *facts) {
    const struct date_column *best = NULL;
    for (uint32_t i = 0; i < facts->column_count; i++) {
        if (best == NULL || facts->columns[i].values > best->values) {
            best = &facts->columns[i];
        }
    }
    return best;
}

static uint64_t sum_of(const struct date_period *period, uint32_t states, bool ended) {
    uint64_t sum = 0;
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        if ((states >> state & 1) != 0) {
            sum += period->count[state][1] + (ended ? 0 : period->count[state][0]);
        }
    }
    return sum;
}

bool date_facts_next_year(const struct date_facts *facts, struct date_year *year) {
    const uint32_t all = (1U << STATE_COUNT) - 1;
    year->values = 0;
    while (year->next < facts->period_count) {
        unsigned of_period = day_year(facts->periods[year->next].first);
        if (year->values > 0 && of_period != year->year) {
            break;
        }
        year->year = of_period;
        year->values += sum_of(&facts->periods[year->next++], all, false);
    }
    return year->values > 0;
}

uint64_t date_facts_before(const struct date_facts *facts, uint32_t states, int32_t day,
                           bool ended) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < facts->period_count && facts->periods[i].first < day; i++) {
        sum += sum_of(&facts->periods[i], states, ended);
    }
    return sum;
}

uint64_t date_facts_dated(const struct date_facts *facts, uint32_t states, bool ended) {
    return date_facts_before(facts, states, INT32_MAX, ended);
}
