#include "decode/parquet/values.h"

#include "core/endian.h"

void parquet_values_release(struct parquet_values *values) {
    text_buffer_release(&values->last);
    *values = (struct parquet_values){0};
}

/* ---- beginning ---- */

static bool begin_runs(struct parquet_values *v, struct bytes data) {
    if (v->encoding == PARQUET_VALUES_RUNS) { /* truths, behind the length of all runs */
        const bool told = data.len >= 4;
        const size_t len = told ? little_u32(data.ptr) : 0;
        parquet_runs_begin(&v->runs, bytes_first(bytes_from(data, 4), len), 1);
        return told && v->type.physical == PARQUET_BOOLEAN;
    }
    parquet_runs_begin(&v->runs, bytes_from(data, 1), data.len > 0 ? data.ptr[0] : 0);
    return v->dictionary != NULL;
}

/* Lengths, or lengths of beginnings and of ends; the bytes follow. */
static bool begin_lengths(struct parquet_values *v, struct bytes data) {
    const uint8_t *behind =
        parquet_deltas_begin(&v->deltas, data) ? parquet_deltas_end(v->deltas) : NULL;
    if (behind != NULL && v->encoding == PARQUET_VALUES_DELTA_BYTES) {
        data = bytes_from(data, (size_t)(behind - data.ptr));
        behind = parquet_deltas_begin(&v->suffixes, data) ? parquet_deltas_end(v->suffixes) : NULL;
    }
    if (behind != NULL) {
        v->data = bytes_from(data, (size_t)(behind - data.ptr));
    }
    return behind != NULL;
}

/* 0: the encoding is not known. */
static int begin(struct parquet_values *v, struct bytes data) {
    const enum parquet_physical is = v->type.physical;
    const bool number = is == PARQUET_INT32 || is == PARQUET_INT64;
    const bool bytes = is == PARQUET_BYTES || is == PARQUET_FIXED_BYTES;
    switch (v->encoding) {
    case PARQUET_VALUES_PLAIN:
        return 1;
    case PARQUET_VALUES_OLD_DICTIONARY:
    case PARQUET_VALUES_DICTIONARY:
    case PARQUET_VALUES_RUNS:
        return begin_runs(v, data) ? 1 : -1;
    case PARQUET_VALUES_DELTAS:
        return number && parquet_deltas_begin(&v->deltas, data) ? 1 : -1;
    case PARQUET_VALUES_DELTA_LENGTHS:
    case PARQUET_VALUES_DELTA_BYTES:
        return bytes && begin_lengths(v, data) ? 1 : -1;
    case PARQUET_VALUES_SPLIT:
        v->count = v->type.length > 0 ? data.len / v->type.length : 0;
        return v->count > 0 ? 1 : -1;
    case PARQUET_LEVELS_PACKED:
    default:
        return 0;
    }
}

int parquet_values_begin(struct parquet_values *values, int64_t encoding,
                         const struct parquet_type *type,
                         const struct parquet_dictionary *dictionary, struct bytes data,
                         struct error *err) {
    struct text_buffer last = values->last;
    text_buffer_clear(&last);
    last.limit = PARQUET_PAGE_BYTES;
    *values = (struct parquet_values){.encoding = (enum parquet_encoding)encoding,
                                      .type = *type,
                                      .dictionary = dictionary,
                                      .data = data,
                                      .last = last};
    const int known = begin(values, data);
    return known > 0    ? 0
           : known == 0 ? error_set(err, YINMA_E_UNSUPPORTED,
                                    "its values are in an encoding "
                                    "that is not known (%lld)",
                                    (long long)encoding)
                        : error_set(err, YINMA_E_DAMAGED, "a page makes no sense");
}

/* ---- taking ---- */

static const uint8_t *truth(bool is) {
    static const uint8_t truths[2] = {0, 1};
    return &truths[is];
}

static size_t take_plain(struct parquet_values *v, struct bytes *out, size_t count) {
    const size_t length = v->type.length;
    size_t taken = 0;
    if (v->type.physical == PARQUET_BOOLEAN) {
        for (; taken < count && v->at < 8 * (uint64_t)v->data.len; taken++, v->at++) {
            out[taken] = bytes_of(truth(parquet_bits(v->data, v->at, 1) != 0), 1);
        }
        return taken;
    }
    for (; taken < count; taken++) {
        size_t len = length;
        struct bytes rest = v->data;
        if (v->type.physical == PARQUET_BYTES) {
            if (rest.len < 4) {
                break;
            }
            len = little_u32(rest.ptr);
            rest = bytes_from(rest, 4);
        }
        if (len > rest.len) {
            break;
        }
        out[taken] = bytes_first(rest, len);
        v->data = bytes_from(rest, len);
    }
    return taken;
}

static size_t take_runs(struct parquet_values *v, struct bytes *out, size_t count) {
    uint32_t numbers[PARQUET_BATCH];
    const size_t taken = parquet_runs_take(&v->runs, numbers, count);
    if (v->encoding == PARQUET_VALUES_RUNS) {
        for (size_t i = 0; i < taken; i++) {
            out[i] = bytes_of(truth(numbers[i] != 0), 1);
        }
        return taken;
    }
    for (size_t i = 0; i < taken; i++) {
        if (numbers[i] >= v->dictionary->count) {
            return i;
        }
        out[i] = v->dictionary->entries[numbers[i]];
    }
    return taken;
}

static size_t take_deltas(struct parquet_values *v, struct bytes *out, size_t count,
                          struct text_buffer *made) {
    int64_t numbers[PARQUET_BATCH];
    const size_t taken = parquet_deltas_take(&v->deltas, numbers, count);
    uint8_t *room = (uint8_t *)text_buffer_room(made, taken * 8 + 1);
    if (room == NULL) {
        return 0;
    }
    for (size_t i = 0; i < taken; i++) {
        put_little_u64(room + 8 * i, (uint64_t)numbers[i]);
        out[i] = bytes_of(room + 8 * i, v->type.length);
    }
    text_buffer_end(made, (char *)room + 8 * taken);
    return taken;
}

static size_t take_lengths(struct parquet_values *v, struct bytes *out, size_t count) {
    int64_t lengths[PARQUET_BATCH];
    const size_t told = parquet_deltas_take(&v->deltas, lengths, count);
    size_t taken = 0;
    for (; taken < told && lengths[taken] >= 0 && (uint64_t)lengths[taken] <= v->data.len;
         taken++) {
        out[taken] = bytes_first(v->data, (size_t)lengths[taken]);
        v->data = bytes_from(v->data, (size_t)lengths[taken]);
    }
    return taken;
}

/* Each is the beginning of the one before and an end of its own. */
static size_t take_beginnings(struct parquet_values *v, struct bytes *out, size_t count,
                              struct text_buffer *made) {
    int64_t before[PARQUET_BATCH], own[PARQUET_BATCH];
    size_t offsets[PARQUET_BATCH], taken = 0;
    size_t told = parquet_deltas_take(&v->deltas, before, count);
    const size_t ends = parquet_deltas_take(&v->suffixes, own, count);
    told = told < ends ? told : ends;
    for (; taken < told; taken++) {
        if (before[taken] < 0 || (uint64_t)before[taken] > v->last.len || own[taken] < 0 ||
            (uint64_t)own[taken] > v->data.len) {
            break;
        }
        v->last.len = (size_t)before[taken];
        text_buffer_put(&v->last, bytes_first(v->data, (size_t)own[taken]));
        v->data = bytes_from(v->data, (size_t)own[taken]);
        offsets[taken] = made->len;
        text_buffer_put(made, text_buffer_view(&v->last));
        if (made->failed || v->last.failed) {
            break;
        }
        out[taken].len = v->last.len;
    }
    for (size_t i = 0; i < taken; i++) {
        out[i].ptr = (const uint8_t *)made->data + offsets[i];
    }
    return taken;
}

/* The first bytes of all values, then the second ones … */
static size_t take_split(struct parquet_values *v, struct bytes *out, size_t count,
                         struct text_buffer *made) {
    const size_t length = v->type.length;
    const uint64_t left = v->count - v->at;
    size_t taken = left < count ? (size_t)left : count;
    uint8_t *room = (uint8_t *)text_buffer_room(made, taken * length + 1);
    if (room == NULL) {
        return 0;
    }
    for (size_t i = 0; i < taken; i++) {
        for (size_t k = 0; k < length; k++) {
            room[i * length + k] = v->data.ptr[k * v->count + v->at + i];
        }
        out[i] = bytes_of(room + i * length, length);
    }
    text_buffer_end(made, (char *)room + taken * length);
    v->at += taken;
    return taken;
}

size_t parquet_values_take(struct parquet_values *values, struct bytes *out, size_t count,
                           struct text_buffer *made) {
    count = count < PARQUET_BATCH ? count : PARQUET_BATCH;
    switch (values->encoding) {
    case PARQUET_VALUES_PLAIN:
        return take_plain(values, out, count);
    case PARQUET_VALUES_OLD_DICTIONARY:
    case PARQUET_VALUES_DICTIONARY:
    case PARQUET_VALUES_RUNS:
        return take_runs(values, out, count);
    case PARQUET_VALUES_DELTAS:
        return take_deltas(values, out, count, made);
    case PARQUET_VALUES_DELTA_LENGTHS:
        return take_lengths(values, out, count);
    case PARQUET_VALUES_DELTA_BYTES:
        return take_beginnings(values, out, count, made);
    case PARQUET_VALUES_SPLIT:
        return take_split(values, out, count, made);
    case PARQUET_LEVELS_PACKED:
    default:
        return 0;
    }
}
