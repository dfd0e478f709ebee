#include "decode/parquet/bits.h"

#include "core/endian.h"

enum { GROUP_VALUES = 8, WIDTH_MOST = 32, DELTA_WIDTH_MOST = 64 };

/* Eight bytes from AT on, as far as there are any. */
static uint64_t word_at(struct bytes data, size_t at) {
    uint64_t word = 0;
    if (data.len >= 8 && at <= data.len - 8) {
        return little_u64(data.ptr + at);
    }
    for (size_t i = 0; at < data.len && i < data.len - at; i++) {
        word |= (uint64_t)data.ptr[at + i] << (8 * i);
    }
    return word;
}

uint64_t parquet_bits(struct bytes data, uint64_t at, unsigned width) {
    const size_t byte = (size_t)(at / 8);
    const unsigned shift = (unsigned)(at % 8);
    uint64_t value = word_at(data, byte) >> shift;
    if (width + shift > 64) {
        value |= word_at(data, byte + 8) << (64 - shift);
    }
    return width == 64 ? value : value & ((UINT64_C(1) << width) - 1);
}

/* ---- runs ---- */

void parquet_runs_begin(struct parquet_runs *runs, struct bytes data, unsigned width) {
    *runs = (struct parquet_runs){.data = {data.ptr, data.ptr + data.len, width > WIDTH_MOST},
                                  .width = width};
}

void parquet_runs_deprecated(struct parquet_runs *runs, struct bytes data, unsigned width,
                             uint64_t count) {
    parquet_runs_begin(runs, bytes_of(data.ptr, 0), width);
    runs->left = count;
    runs->packed = true;
    runs->group = data;
    runs->is_high_first = true;
}

static size_t bytes_left(const struct thrift *data) {
    return (size_t)(data->end - data->at);
}

/* Some writers leave out the bytes of the last group that hold no value. */
static bool next_run(struct parquet_runs *runs) {
    struct thrift *data = &runs->data;
    if (data->bad || data->at == data->end) {
        return false;
    }
    const uint64_t head = thrift_varint(data);
    runs->packed = (head & 1) != 0;
    runs->left = head >> 1;
    if (runs->packed) {
        const uint64_t most = bytes_left(data), want = (head >> 1) * runs->width;
        data->bad = data->bad || runs->left > UINT32_MAX;
        runs->left *= GROUP_VALUES;
        runs->group = bytes_of(data->at, (size_t)(want < most ? want : most));
        runs->at = 0;
        data->at += runs->group.len;
    } else {
        const size_t len = (runs->width + 7) / 8;
        data->bad = data->bad || len > bytes_left(data);
        if (!data->bad) {
            runs->value = (uint32_t)parquet_bits(bytes_of(data->at, len), 0, (unsigned)(8 * len));
            data->at += len;
        }
    }
    return !data->bad;
}

/* The deprecated form: the highest bit of each byte first. */
static uint32_t high_bits(struct bytes data, uint64_t at, unsigned width) {
    uint32_t value = 0;
    for (uint64_t end = at + width; at < end; at++) {
        const size_t byte = (size_t)(at / 8);
        const unsigned bit = byte < data.len ? (unsigned)data.ptr[byte] >> (7 - at % 8) & 1U : 0U;
        value = value << 1 | bit;
    }
    return value;
}

static void unpack(struct parquet_runs *runs, uint32_t *out, size_t count) {
    for (size_t i = 0; i < count; i++, runs->at += runs->width) {
        out[i] = runs->is_high_first ? high_bits(runs->group, runs->at, runs->width)
                                     : (uint32_t)parquet_bits(runs->group, runs->at, runs->width);
    }
}

size_t parquet_runs_take(struct parquet_runs *runs, uint32_t *out, size_t count) {
    size_t taken = 0;
    while (taken < count && (runs->left > 0 || next_run(runs))) {
        size_t some = count - taken;
        some = runs->left < some ? (size_t)runs->left : some;
        if (runs->packed) {
            unpack(runs, out + taken, some);
        } else {
            for (size_t i = 0; i < some; i++) {
                out[taken + i] = runs->value;
            }
        }
        taken += some;
        runs->left -= some;
    }
    return taken;
}

/* ---- differences ---- */

bool parquet_deltas_begin(struct parquet_deltas *deltas, struct bytes data) {
    enum { BLOCK_MOST = 1 << 20 };
    *deltas = (struct parquet_deltas){.data = {data.ptr, data.ptr + data.len, false}};
    deltas->block_values = thrift_varint(&deltas->data);
    deltas->parts = thrift_varint(&deltas->data);
    deltas->left = thrift_varint(&deltas->data);
    deltas->last = thrift_unfold(thrift_varint(&deltas->data));
    deltas->first = deltas->left > 0;
    return !deltas->data.bad && deltas->parts > 0 && deltas->block_values <= BLOCK_MOST &&
           deltas->block_values >= deltas->parts && deltas->block_values % deltas->parts == 0;
}

/* The next part of the current block, or of the next one. */
static bool next_part(struct parquet_deltas *deltas) {
    struct thrift *data = &deltas->data;
    if (deltas->widths == NULL || ++deltas->part == deltas->parts) {
        deltas->least = thrift_unfold(thrift_varint(data));
        data->bad = data->bad || deltas->parts > bytes_left(data);
        if (data->bad) {
            return false;
        }
        deltas->widths = data->at;
        data->at += deltas->parts;
        deltas->part = 0;
    }
    deltas->part_left = deltas->block_values / deltas->parts;
    const unsigned width = deltas->widths[deltas->part];
    const uint64_t bytes = (deltas->part_left * width + 7) / 8, most = bytes_left(data);
    deltas->packed = bytes_of(data->at, (size_t)(bytes < most ? bytes : most));
    deltas->at = 0;
    data->at += deltas->packed.len;
    data->bad = data->bad || width > DELTA_WIDTH_MOST;
    return !data->bad;
}

size_t parquet_deltas_take(struct parquet_deltas *deltas, int64_t *out, size_t count) {
    size_t taken = 0;
    if (deltas->first && count > 0) {
        out[taken++] = deltas->last;
        deltas->first = false;
        deltas->left--;
    }
    while (taken < count && deltas->left > 0 && (deltas->part_left > 0 || next_part(deltas))) {
        const unsigned width = deltas->widths[deltas->part];
        for (; taken < count && deltas->left > 0 && deltas->part_left > 0; taken++) {
            const uint64_t more = parquet_bits(deltas->packed, deltas->at, width);
            deltas->last =
                (int64_t)((uint64_t)deltas->last + (uint64_t)deltas->least + more); /* may wrap */
            out[taken] = deltas->last;
            deltas->at += width;
            deltas->part_left--;
            deltas->left--;
        }
    }
    return taken;
}

const uint8_t *parquet_deltas_end(struct parquet_deltas deltas) {
    uint64_t left = deltas.left - (deltas.first ? 1 : 0);
    while (left > 0 && next_part(&deltas)) {
        left = left > deltas.part_left ? left - deltas.part_left : 0;
    }
    return left > 0 ? NULL : deltas.data.at;
}
