/* dates.h - the ages of the values of one kind in one field while a unit is being read. */
#ifndef YINMA_JUDGE_LIVE_DATES_H
#define YINMA_JUDGE_LIVE_DATES_H

#include "result/date_facts.h"

struct live_date_column {
    uint32_t field;
    uint8_t rank;
    uint64_t values;
};

struct live_dates {
    uint8_t kind;
    uint8_t column_count;
    uint8_t used, room;                 /* of `periods` */
    int32_t oldest, newest;             /* INT32_MAX and INT32_MIN while there is none */
    struct date_period *periods;        /* as they were met */
    uint8_t place_of[DATE_PERIODS_MAX]; /* in `periods`, from 1; by number of the period */
    struct live_date_column columns[DATE_COLUMNS_KEPT]; /* sorted by rank, then field */
};

/* The counts of period NUMBER, made on first use; NULL when memory is out. */
struct date_period *live_dates_make_period(struct live_dates *dates, unsigned number);
static inline struct date_period *live_dates_period(struct live_dates *dates, unsigned number) {
    unsigned place = dates->place_of[number];
    return place != 0 ? &dates->periods[place - 1] : live_dates_make_period(dates, number);
}

/* VALUES more stand in rows dated by FIELD, a date column of that rank. */
void live_dates_column(struct live_dates *dates, uint8_t rank, uint32_t field, uint64_t values);

/* As facts, without columns; NULL when memory is out. */
struct date_facts *live_dates_facts(const struct live_dates *dates);

#endif
