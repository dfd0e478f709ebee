#include "judge/live/dates.h"

#include <stdlib.h>
#include <string.h>

enum { PERIODS_FIRST = 8 };

struct date_period *live_dates_make_period(struct live_dates *dates, unsigned number) {
    if (dates->used == dates->room) {
        unsigned room = dates->room == 0 ? PERIODS_FIRST : dates->room * 2U;
        room = room > DATE_PERIODS_MAX ? DATE_PERIODS_MAX : room;
        struct date_period *periods = reallocarray(dates->periods, room, sizeof *periods);
        if (periods == NULL) {
            return NULL;
        }
        dates->periods = periods;
        dates->room = (uint8_t)room;
    }
    struct date_period *period = &dates->periods[dates->used++];
    *period = (struct date_period){0};
    dates->place_of[number] = dates->used;
    return period;
}

struct date_facts *live_dates_facts(const struct live_dates *dates) {
    struct date_facts *facts = date_facts_new();
    bool ok = facts != NULL;
    for (unsigned i = 0; ok && i < dates->used; i++) {
        struct date_period *period = date_facts_period(facts, dates->periods[i].first);
        ok = period != NULL;
        if (ok) {
            *period = dates->periods[i];
        }
    }
    if (!ok) {
        date_facts_free(facts);
        return NULL;
    }
    date_facts_span(facts, dates->oldest, dates->newest);
    return facts;
}

void live_dates_column(struct live_dates *dates, uint8_t rank, uint32_t field, uint64_t values) {
    unsigned at = 0;
    while (at < dates->column_count &&
           (dates->columns[at].rank < rank ||
            (dates->columns[at].rank == rank && dates->columns[at].field < field))) {
        at++;
    }
    bool known = at < dates->column_count && dates->columns[at].rank == rank &&
                 dates->columns[at].field == field;
    if (!known) {
        if (at == DATE_COLUMNS_KEPT) {
            return;
        }
        if (dates->column_count == DATE_COLUMNS_KEPT) {
            dates->column_count--;
        }
        memmove(dates->columns + at + 1, dates->columns + at,
                (dates->column_count - at) * sizeof *dates->columns);
        dates->columns[at].rank = rank;
        dates->columns[at].field = field;
        dates->columns[at].values = 0;
        dates->column_count++;
    }
    dates->columns[at].values += values;
}
