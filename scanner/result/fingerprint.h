/* fingerprint.h - digests that leave the program. Of a value: HMAC-SHA-256 under the site's key
 * over kind, a NUL and the normalised value, first 128 bits in hex; whoever holds key and
 * fingerprint can enumerate short identifiers, so the key is a secret. Of a violation: plain
 * SHA-256 over rule, source, table, column and kind, a NUL behind each: the same on every machine.
 * Where the rows are no live ones, the name of their storage stands behind them. */
#ifndef YINMA_RESULT_FINGERPRINT_H
#define YINMA_RESULT_FINGERPRINT_H

#include "core/bytes.h"
#include "core/error.h"
#include "core/field_set.h"

enum { FINGERPRINT_KEY_BYTES = 32, FINGERPRINT_KEYED_WORDS = 48 };

struct fingerprint_key {
    uint8_t bytes[FINGERPRINT_KEY_BYTES];
    char id[17];       /* first 64 bits of SHA-256 of the key in hex: tells keys apart */
    uint64_t hash_key; /* for hash64 of distinct values, derived from the key */
    bool ephemeral;    /* made for this run only */
    bool exposed;      /* everybody on the machine may read its file */
    /* The state of HMAC-SHA-256 once it has taken the key: half the work of a short value. */
    uint64_t keyed[FINGERPRINT_KEYED_WORDS];
};

/* Make what follows from BYTES of KEY: its other members, but for `ephemeral`. */
void fingerprint_key_derive(struct fingerprint_key *key);

/* Read the key of FILE (32 raw bytes, or 64 hex digits and perhaps a line end). With FILE NULL: the
 * user's own
 * ($XDG_CONFIG_HOME or ~/.config, yinma/key), made on first use with mode 0600; when that is not to
 * be had, one for this run. 0 or a negative code (only for an explicit FILE). */
int fingerprint_key_load(const char *file, struct fingerprint_key *out, struct error *err);

void fingerprint_value(const struct fingerprint_key *key, const char *kind, struct bytes normal,
                       char out[33]);
void fingerprint_violation(const char *rule, struct bytes source, struct bytes table,
                           struct bytes column, const char *kind_or_role, enum storage storage,
                           char out[65]);
/* SHA-256 in hex. */
void digest_hex(struct bytes data, char out[65]);

#endif
