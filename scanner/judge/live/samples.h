/* samples.h - the samples of the tables of one unit while it is being read, by the number of
 * their key column. Only rows with masked values are sampled: other tables cost nothing. */
#ifndef YINMA_JUDGE_LIVE_SAMPLES_H
#define YINMA_JUDGE_LIVE_SAMPLES_H

#include "judge/collect/value_piece.h"
#include "result/row_sample.h"

struct live_sample {
    uint32_t key_field;
    uint32_t columns[SAMPLE_COLUMNS]; /* field numbers */
    uint8_t column_count;
    struct sampled_rows rows;
};

struct live_samples {
    struct live_sample *items;
    uint32_t count, capacity;
    uint32_t *by_field; /* place in items + 1; 0: none */
    uint32_t field_count;
    size_t rows; /* about as many are held; when there are too many, all keep fewer */
    uint32_t limit;
};

void live_samples_clear(struct live_samples *samples);
void live_samples_release(struct live_samples *samples);

struct placed_piece {
    uint32_t field;
    struct value_piece piece;
};

/* COUNT rows with their keys in FIELD; the rank of each is a hash of what it holds. False when
 * memory is out. */
bool live_samples_add_records(struct live_samples *samples, uint32_t field,
                              const struct sampled_row *rows, size_t count);
/* Keys from here on are left out. */
uint64_t live_samples_below(const struct live_samples *samples, uint32_t field);

/* A row with that key in FIELD holds those pieces. False when memory is out. */
bool live_samples_add(struct live_samples *samples, uint32_t field, struct sampled_row row,
                      const struct placed_piece *pieces, unsigned count);

struct collect_finish;
struct unit_facts;
/* Move what is sampled of masked values, and of records, into UNIT, with the names of the columns.
 * False when memory is out. */
bool live_samples_move(struct live_samples *masked, struct live_samples *records,
                       const struct collect_finish *finish, struct unit_facts *unit);

#endif
