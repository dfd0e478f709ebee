/* row_pieces.h - what stands together in one row: masked values of one kind that complement each
 * other, digests beside the clear values they were made of. Facts only: counts by pair of columns.
 * One a worker; what it holds of values is gone with the row. */
#ifndef YINMA_JUDGE_COLLECT_ROW_PIECES_H
#define YINMA_JUDGE_COLLECT_ROW_PIECES_H

#include "judge/collect/row_key.h"
#include "judge/collect/value_piece.h"
#include "judge/live/fields.h"

enum {
    PIECES_IN_ROW = 12,  /* of masked values; more are not compared */
    DIGESTS_IN_ROW = 8,  /* … */
    CLEARS_IN_ROW = 16,  /* … */
    DIGEST_ROWS = 64,    /* digests are compared in the first rows of a table only */
    CLEAR_TEXT_MAX = 64, /* bytes */
    KEYS_IN_ROW = 3,     /* columns whose values tell rows apart; further ones are not used */
};

struct row_pieces {
    uint64_t row;
    bool proving; /* the row is one of the first: clear values and digests are kept */
    unsigned piece_count, digest_count, clear_count, key_count;
    uint64_t seed; /* of the hashes of keys */
    struct placed_piece pieces[PIECES_IN_ROW];
    struct {
        uint32_t field;
        struct bytes text; /* in the segment; in `kept` when that is gone */
    } keys[KEYS_IN_ROW];
    uint8_t kept[KEYS_IN_ROW][ROW_KEY_TEXT_MAX];
    struct {
        uint32_t field;
        uint8_t len;
        uint8_t bytes[64];
    } digests[DIGESTS_IN_ROW];
    struct {
        uint8_t text_len, normal_len;
        uint8_t text[CLEAR_TEXT_MAX], normal[CLEAR_TEXT_MAX];
    } clears[CLEARS_IN_ROW];
};

/* Forget what is held, as a unit begins. */
void row_pieces_start(struct row_pieces *row);

/* The row is over: count what was found in it into FIELDS. False when memory is out. */
bool row_pieces_end(struct row_pieces *row, const struct mask_policy *policies,
                    struct live_fields *fields);

/* Row NUMBER begins (or goes on). False when memory is out. */
static inline bool row_pieces_begin(struct row_pieces *row, uint64_t number,
                                    const struct mask_policy *policies,
                                    struct live_fields *fields) {
    if (number == row->row) {
        return true;
    }
    bool ok = (row->piece_count | row->digest_count | row->clear_count) == 0 ||
              row_pieces_end(row, policies, fields);
    row->key_count = 0;
    row->row = number;
    row->proving = number <= DIGEST_ROWS;
    return ok;
}

void row_pieces_masked(struct row_pieces *row, uint32_t field, const struct pattern *pattern,
                       unsigned kind, struct bytes text, enum value_part part);
/* TEXT is the value of a key column. It is looked at when the row is over: most rows need no key.
 */
static inline void row_pieces_key(struct row_pieces *row, uint32_t field, struct bytes text) {
    if (row->key_count < KEYS_IN_ROW && text.len <= ROW_KEY_TEXT_MAX) {
        row->keys[row->key_count].field = field;
        row->keys[row->key_count++].text = text;
    }
}
/* The segment goes: keep the keys of the row that may go on in the next one. */
void row_pieces_keep_keys(struct row_pieces *row);
void row_pieces_clear(struct row_pieces *row, struct bytes text, struct bytes normal);
/* TEXT is an encrypted value of FIELD: count it as a digest if it looks like one. */
void row_pieces_digest(struct row_pieces *row, uint32_t field, struct bytes text,
                       struct live_field *live);

#endif
