/* date_facts.h - how old the rows are in which values of one kind stand: by year, and on either
 * side of the days that rules of the run ask about. Parts of facts.h: merged and sent likewise. */
#ifndef YINMA_RESULT_DATE_FACTS_H
#define YINMA_RESULT_DATE_FACTS_H

#include "core/day.h"
#include "core/error.h"
#include "core/vocabulary.h"

/* What a date column says of its row. Where a row has several dates the first one here that is
 * filled in is the row's. */
enum date_rank {
    DATE_NOTHING,   /* no date column, or one that is about something else */
    DATE_CLOSED,    /* the matter is over */
    DATE_DELIVERED, /* delivered, signed for, fetched */
    DATE_CREATED,
    DATE_CHANGED,
};
/* Does it say that the purpose of the row's data has ended? */
static inline bool date_rank_ends(enum date_rank rank) {
    return rank == DATE_CLOSED || rank == DATE_DELIVERED;
}

enum {
    DATE_PERIODS_MAX = 240,
    DATE_CUTS_MAX = 64, /* days that rules ask about */
    DATE_COLUMNS_KEPT = 8,
    DATE_BLOCKS = 152 * 366 / 64 + 1,
};

/* The periods that are counted: each begins at its day and ends before the next one. */
struct date_cuts {
    unsigned count;
    int32_t first[DATE_PERIODS_MAX + 1]; /* sorted, all different; behind them INT32_MAX */
    uint8_t of_block[DATE_BLOCKS];       /* the period of the first of 64 days, from first[0] on */
};
/* The number of the period that DAY lies in; days before the first one are in it as well. */
static inline unsigned date_cuts_period(const struct date_cuts *cuts, int32_t day) {
    if (day < cuts->first[0]) {
        return 0;
    }
    uint32_t block = (uint32_t)(day - cuts->first[0]) / 64;
    unsigned period = cuts->of_block[block < DATE_BLOCKS ? block : DATE_BLOCKS - 1];
    while (cuts->first[period + 1] <= day) {
        period++;
    }
    return period;
}
/* Years, cut at DAYS as well. Of more than DATE_CUTS_MAX days the last ones are left out. */
void date_cuts_init(struct date_cuts *cuts, const int32_t *days, size_t count);

struct date_period {
    int32_t first; /* day */
    /* Values by state, and by whether their row's date is one at which the purpose ended. */
    uint64_t count[STATE_COUNT][2];
};

struct date_column {
    struct bytes name; /* concealed, owned */
    enum date_rank rank;
    uint64_t values; /* that stand in rows dated by it */
};

/* Order of columns: by rank, then name. */
bool date_column_before(const struct date_column *a, const struct date_column *b);

struct date_facts {
    int32_t oldest, newest; /* DAY_NONE while there is no value */
    uint32_t period_count;
    struct date_period *periods; /* sorted; only those that hold something */
    uint32_t column_count;
    struct date_column *columns; /* sorted by rank, then name: the first DATE_COLUMNS_KEPT */
};

/* What tells how old values are. */
enum dated_by {
    DATED_BY_NOTHING,
    DATED_BY_ROW,    /* the dates of their rows */
    DATED_BY_LOG,    /* time stamps of the log */
    DATED_BY_DUMP,   /* the dump's own header */
    DATED_BY_MEMBER, /* the time that an archive keeps of its member */
    DATED_BY_FILE,   /* when the file was last changed */
};
/* As printed in records; NULL for DATED_BY_NOTHING. */
const char *dated_by_name(enum dated_by by);
enum dated_by dated_by_from_name(struct bytes name);

/* NULL when memory is out. */
struct date_facts *date_facts_new(void);
void date_facts_free(struct date_facts *facts); /* NULL is fine */

void date_facts_span(struct date_facts *facts, int32_t oldest, int32_t newest);
/* The period that begins at FIRST, made on first use; valid until the next one is made. NULL when
 * memory is out. */
struct date_period *date_facts_period(struct date_facts *facts, int32_t first);
/* VALUES more are dated by that column (its name is copied). False when memory is out. */
bool date_facts_column(struct date_facts *facts, struct bytes name, enum date_rank rank,
                       uint64_t values);

/* Add FROM, which stays as it is. False when memory is out. */
bool date_facts_merge(struct date_facts *into, const struct date_facts *from);

/* ---- questions ---- */

/* The values of one year; begins as zeros. */
struct date_year {
    unsigned year;
    uint64_t values;
    uint32_t next; /* period */
};
/* Step to the next year that has values; false when there is none. */
bool date_facts_next_year(const struct date_facts *facts, struct date_year *year);

/* The column that dates most values; NULL: none. */
const struct date_column *date_facts_main_column(const struct date_facts *facts);

/* Values in one of STATES (bit per enum mask_state) whose row is older than DAY, which is one of
 * the days that were cut at. ENDED: only rows with a date at which the purpose ended. */
uint64_t date_facts_before(const struct date_facts *facts, uint32_t states, int32_t day,
                           bool ended);
/* All dated values in one of STATES. */
uint64_t date_facts_dated(const struct date_facts *facts, uint32_t states, bool ended);

#endif
