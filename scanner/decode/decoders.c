#include "decode/decoder.h"

/* The rows, the surest first: of equal bids the first one wins. */
#define DECODER_ROWS(row)                                                                          \
    row(decoder_mysqldump) row(decoder_pg_dump) row(decoder_sql) row(decoder_ndjson)               \
        row(decoder_json) row(decoder_csv) row(decoder_tsv) row(decoder_log) row(decoder_fixed)    \
            row(decoder_raw) row(decoder_text)

#define DECLARE(name) extern const struct decoder name;
DECODER_ROWS(DECLARE)

#define LIST(name) &(name),
const struct decoder *const decoders[] = {DECODER_ROWS(LIST) NULL};

const struct decoder *decoder_choose(const struct decode_head *head) {
    const struct decoder *best = decoders[0];
    unsigned best_bid = 0;
    for (size_t i = 0; decoders[i] != NULL; i++) {
        unsigned bid = decoders[i]->bid(head);
        if (bid > best_bid) {
            best = decoders[i];
            best_bid = bid;
        }
    }
    return best;
}
