/* sniff.h - is this delimited text, and how is it written? */
#ifndef YINMA_DECODE_DELIMITED_SNIFF_H
#define YINMA_DECODE_DELIMITED_SNIFF_H

#include "decode/decoder.h"
#include "decode/delimited/dialect.h"

/* SAMPLE is the start of the unit (WHOLE: all of it). False: no delimiter splits it evenly. */
bool delimited_sniff(struct bytes sample, bool whole, struct delimited_dialect *out);
/* The same with what HEAD, which begins the same unit, tells. */
bool delimited_sniff_head(const struct decode_head *head, struct bytes sample, bool whole,
                          struct delimited_dialect *out);

/* Its first half, without the header, once for bids and decoder: HEAD may keep notes. */
bool delimited_split_head(const struct decode_head *head, struct bytes sample, bool whole,
                          struct delimited_dialect *out);
/* The same for a file that is called a table and has one column: no delimiter anywhere, and the
 * first line is a name. */
bool delimited_sniff_single(struct bytes sample, bool whole, struct delimited_dialect *out);

/* What the rows of the table of decoders bid. */
unsigned delimited_csv_bid(const struct decode_head *head);
unsigned delimited_tsv_bid(const struct decode_head *head);

#endif
