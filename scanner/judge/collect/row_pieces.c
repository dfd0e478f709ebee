#include "judge/collect/row_pieces.h"

#include <stdlib.h>

#include "judge/collect/row_key.h"
#include "result/plain_digest.h"

enum { CIPHER_BLOCK = 16 };

void row_pieces_start(struct row_pieces *row) {
    row->row = 0;
    row->proving = false;
    row->piece_count = row->digest_count = row->clear_count = row->key_count = 0;
}

/* ---- masks ---- */

void row_pieces_masked(struct row_pieces *row, uint32_t field, const struct pattern *pattern,
                       unsigned kind, struct bytes text, enum value_part part) {
    if (row->piece_count < PIECES_IN_ROW &&
        value_piece_read(pattern, kind, text, part, &row->pieces[row->piece_count].piece)) {
        row->pieces[row->piece_count++].field = field;
    }
}

static struct live_pair *reach_pair(struct live_field *field, uint32_t other, unsigned kind) {
    for (uint32_t i = 0; i < field->pair_count; i++) {
        if (field->pairs[i].other == other && field->pairs[i].counts.kind == kind) {
            return &field->pairs[i];
        }
    }
    struct live_pair *pairs = reallocarray(field->pairs, field->pair_count + 1, sizeof *pairs);
    if (pairs == NULL) {
        return NULL;
    }
    field->pairs = pairs;
    struct live_pair *made = &pairs[field->pair_count++];
    *made = (struct live_pair){.other = other, .counts.kind = (uint8_t)kind};
    return made;
}

static bool count_pair(struct live_fields *fields, uint32_t field, uint32_t other, unsigned kind,
                       enum pieces_result result, uint64_t residual) {
    struct live_field *live = live_fields_at(fields, field);
    struct live_pair *pair = live == NULL ? NULL : reach_pair(live, other, kind);
    if (pair == NULL) {
        return false;
    }
    struct mask_pair *counts = &pair->counts;
    counts->shown += result == PIECES_SHOW_ALL;
    counts->narrowed += result == PIECES_NARROW;
    counts->against += result == PIECES_DISAGREE;
    if (residual != 0 && (counts->residual_min == 0 || residual < counts->residual_min)) {
        counts->residual_min = residual;
    }
    return true;
}

static bool join_pieces(struct row_pieces *row, const struct mask_policy *policies,
                        struct live_fields *fields) {
    bool ok = true;
    for (unsigned i = 0; i + 1 < row->piece_count; i++) {
        for (unsigned j = i + 1; ok && j < row->piece_count; j++) {
            uint32_t a = row->pieces[i].field, b = row->pieces[j].field;
            unsigned kind;
            uint64_t residual;
            enum pieces_result result = value_pieces_join(
                &row->pieces[i].piece, &row->pieces[j].piece, policies, &kind, &residual);
            if (a != b && result != PIECES_SAY_NOTHING) {
                ok = count_pair(fields, a, b, kind, result, residual) &&
                     count_pair(fields, b, a, kind, result, residual);
            }
        }
    }
    return ok;
}

/* ---- keys ---- */

void row_pieces_keep_keys(struct row_pieces *row) {
    for (unsigned i = 0; i < row->key_count; i++) {
        struct bytes *text = &row->keys[i].text;
        if (text->len > 0) {
            memmove(row->kept[i], text->ptr, text->len);
        }
        text->ptr = row->kept[i];
    }
}

static bool sample_row(const struct row_pieces *row, struct live_fields *fields) {
    bool ok = true;
    for (unsigned i = 0; ok && i < row->key_count; i++) {
        struct sampled_row sampled = {0};
        if (row_key_hash(row->keys[i].text, row->seed, &sampled)) {
            ok = live_samples_add(&fields->samples, row->keys[i].field, sampled, row->pieces,
                                  row->piece_count);
        }
    }
    return ok;
}

/* ---- digests ---- */

void row_pieces_clear(struct row_pieces *row, struct bytes text, struct bytes normal) {
    if (row->clear_count < CLEARS_IN_ROW && text.len <= CLEAR_TEXT_MAX &&
        normal.len <= CLEAR_TEXT_MAX) {
        unsigned at = row->clear_count++;
        row->clears[at].text_len = (uint8_t)text.len;
        row->clears[at].normal_len = (uint8_t)normal.len;
        memcpy(row->clears[at].text, text.ptr, text.len);
        memcpy(row->clears[at].normal, normal.ptr, normal.len);
    }
}

void row_pieces_digest(struct row_pieces *row, uint32_t field, struct bytes text,
                       struct live_field *live) {
    uint8_t bytes[PLAIN_DIGEST_MAX];
    size_t len = plain_digest_read(text, bytes);
    if (len == 0) {
        return;
    }
    live->digests++;
    live->digests_only += len % CIPHER_BLOCK != 0;
    if (row->proving && row->digest_count < DIGESTS_IN_ROW) {
        unsigned at = row->digest_count++;
        row->digests[at].field = field;
        row->digests[at].len = (uint8_t)len;
        memcpy(row->digests[at].bytes, bytes, len);
    }
}

/* As it is written, in its normal form, and that in lower case. */
static bool is_digest_of(const struct row_pieces *row, unsigned digest, unsigned clear) {
    uint8_t lower[CLEAR_TEXT_MAX], made[PLAIN_DIGEST_MAX];
    size_t normal_len = row->clears[clear].normal_len, len = row->digests[digest].len;
    for (size_t i = 0; i < normal_len; i++) {
        lower[i] = byte_lower(row->clears[clear].normal[i]);
    }
    const struct bytes texts[] = {
        bytes_of(row->clears[clear].normal, normal_len),
        bytes_of(row->clears[clear].text, row->clears[clear].text_len),
        bytes_of(lower, normal_len),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (plain_digest(len, texts[i], made) &&
            memcmp(made, row->digests[digest].bytes, len) == 0) {
            return true;
        }
    }
    return false;
}

static bool compare_digests(struct row_pieces *row, struct live_fields *fields) {
    for (unsigned digest = 0; digest < row->digest_count; digest++) {
        for (unsigned clear = 0; clear < row->clear_count; clear++) {
            if (is_digest_of(row, digest, clear)) {
                struct live_field *live = live_fields_at(fields, row->digests[digest].field);
                if (live == NULL) {
                    return false;
                }
                live->digests_proven++;
                break;
            }
        }
    }
    return true;
}

bool row_pieces_end(struct row_pieces *row, const struct mask_policy *policies,
                    struct live_fields *fields) {
    bool ok = (row->piece_count < 2 || join_pieces(row, policies, fields)) &&
              (row->piece_count == 0 || sample_row(row, fields)) &&
              (row->digest_count == 0 || compare_digests(row, fields));
    row->piece_count = row->digest_count = row->clear_count = 0;
    return ok;
}
