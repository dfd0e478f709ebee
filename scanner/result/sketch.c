#include "result/sketch.h"

#include <math.h>
#include <nettle/base64.h>
#include <stdlib.h>

#include "core/endian.h"
#include "core/error.h"
#include "core/hash_order.h"

#include "result/one_way_kernels.h"

enum {
    INDEX_BITS = 10,
    RANK_MAX = 64 - INDEX_BITS + 1,
    FIRST_CAPACITY = 8,
    FIRST_PLACES = 256,
};

_Static_assert(1 << INDEX_BITS == SKETCH_REGISTERS, "the index numbers the registers");

#define HASH_BYTES sizeof(uint64_t)

static const char exact_prefix[] = "exact:", hll_prefix[] = "hll10:";
static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void sketch_init(struct sketch *s) {
    *s = (struct sketch){0};
}

void sketch_release(struct sketch *s) {
    free(s->hashes);
    free(s->registers);
    *s = (struct sketch){0};
}

void sketch_widen(struct sketch *s) {
    s->wide = true;
}

void sketch_leave_hashes(struct sketch *s) {
    if (!s->overflowed && !s->wide && s->hashes != NULL) {
        free(s->hashes);
        s->hashes = NULL;
        s->capacity = 0;
        s->counted = true;
    }
}

/* Number of held hashes below HASH. Without branches on the data: which way each step goes cannot
 * be foretold. */
static size_t lower_bound(const struct sketch *s, uint64_t hash) {
    size_t at = 0;
    for (size_t left = s->count; left > 0;) {
        size_t half = left / 2;
        size_t right = s->hashes[at + half] < hash;
        at += right * (half + 1);
        left = right ? left - half - 1 : half;
    }
    return at;
}

/* Room for COUNT hashes. */
static bool reach(struct sketch *s, size_t count) {
    unsigned capacity = s->capacity == 0 ? FIRST_CAPACITY : s->capacity;
    while (capacity < count) {
        capacity *= 2;
    }
    if (capacity == s->capacity) {
        return true;
    }
    uint64_t *hashes = realloc(s->hashes, capacity * sizeof *hashes);
    if (hashes == NULL) {
        s->failed = true;
        return false;
    }
    s->hashes = hashes;
    s->capacity = capacity;
    return true;
}

static void to_registers(struct sketch *s) {
    uint8_t *registers = calloc(SKETCH_REGISTERS, 1);
    if (registers == NULL) {
        s->failed = true;
        return;
    }
    uint64_t *hashes = s->hashes;
    size_t count = s->wide ? s->capacity : s->count;
    s->registers = registers;
    s->overflowed = true;
    s->hashes = NULL;
    s->count = 0;
    s->capacity = 0;
    for (size_t i = 0; i < count; i++) {
        if (!s->wide || hashes[i] != 0) {
            sketch_add(s, hashes[i]);
        }
    }
    free(hashes);
}

/* ---- wide ones: a table of places ---- */

static uint64_t *place_of(const struct sketch *s, uint64_t hash) {
    size_t at = (size_t)hash & (s->capacity - 1);
    while (s->hashes[at] != 0 && s->hashes[at] != hash) {
        at = (at + 1) & (s->capacity - 1);
    }
    return &s->hashes[at];
}

static bool grow_table(struct sketch *s) {
    struct sketch bigger = *s;
    bigger.capacity = s->capacity == 0 ? FIRST_PLACES : 2 * s->capacity;
    bigger.hashes = calloc(bigger.capacity, sizeof *bigger.hashes);
    if (bigger.hashes == NULL) {
        s->failed = true;
        return false;
    }
    for (size_t i = 0; i < s->capacity; i++) {
        if (s->hashes[i] != 0) {
            *place_of(&bigger, s->hashes[i]) = s->hashes[i];
        }
    }
    free(s->hashes);
    s->hashes = bigger.hashes;
    s->capacity = bigger.capacity;
    return true;
}

uint32_t sketch_capacity(const struct sketch *s, uint32_t count) {
    uint32_t capacity = FIRST_PLACES;
    while (s->wide && 4 * (uint64_t)count >= 3 * (uint64_t)capacity) {
        capacity *= 2;
    }
    return count == 0 ? 0 : s->wide ? capacity : count;
}

static void add_wide(struct sketch *s, uint64_t hash) {
    hash = hash == 0 ? 1 : hash; /* 0 is a free place */
    if (4 * (uint64_t)s->count >= 3 * (uint64_t)s->capacity && !grow_table(s)) {
        return;
    }
    uint64_t *place = place_of(s, hash);
    if (*place == hash) {
        return;
    }
    if (s->count == SKETCH_WIDE) {
        to_registers(s);
        if (s->overflowed) {
            sketch_add(s, hash);
        }
        return;
    }
    *place = hash;
    s->count++;
}

void sketch_add_slow(struct sketch *s, uint64_t hash) {
    if (s->wide) {
        add_wide(s, hash);
        return;
    }
    bool last = s->count > 0 && hash > s->hashes[s->count - 1]; /* sorted ones are read back */
    size_t at = last ? s->count : lower_bound(s, hash);
    if (at < s->count && s->hashes[at] == hash) {
        return;
    }
    if (s->count == SKETCH_EXACT) {
        to_registers(s);
        if (s->overflowed) {
            sketch_add(s, hash);
        }
        return;
    }
    if (s->count == s->capacity && !reach(s, s->count + 1)) {
        return;
    }
    memmove(s->hashes + at + 1, s->hashes + at, (s->count - at) * sizeof *s->hashes);
    s->hashes[at] = hash;
    s->count++;
}

/* ---- many at once ---- */

/* Few are out of place, and not far. */
static void sort_nearly(uint64_t *hashes, size_t count) {
    for (size_t i = 1; i < count; i++) {
        uint64_t hash = hashes[i];
        size_t at = i;
        for (; at > 0 && hashes[at - 1] > hash; at--) {
            hashes[at] = hashes[at - 1];
        }
        hashes[at] = hash;
    }
}

/* The hashes held and COUNT more, in order and each once. There is room for all of them. */
static void unite(struct sketch *s, const uint64_t *more, size_t count) {
    _Static_assert((int)SKETCH_EXACT <= (int)HASH_ORDER_MAX, "all are put in order in one go");
    uint64_t all[SKETCH_EXACT];
    uint8_t order[SKETCH_EXACT];
    const size_t total = s->count + count;
    if (s->count > 0) {
        memcpy(all, s->hashes, s->count * sizeof *all);
    }
    memcpy(all + s->count, more, count * sizeof *all);
    hash_order(all, total, order);
    uint32_t used = 0;
    for (size_t i = 0; i < total; i++) {
        s->hashes[used] = all[order[i]];
        used += i + 1 == total || all[order[i + 1]] != all[order[i]];
    }
    s->count = used;
}

void sketch_add_batch(struct sketch *s, const uint64_t *hashes, size_t count) {
    size_t total = s->count + count;
    if (s->overflowed || s->wide || total > SKETCH_EXACT || count == 0) {
        for (size_t i = 0; i < count; i++) {
            sketch_add(s, hashes[i]);
        }
    } else if (reach(s, total)) {
        s->last = hashes[count - 1];
        unite(s, hashes, count);
    }
}

uint64_t sketch_rank_limit(const struct sketch *s) {
    uint8_t least = UINT8_MAX;
    for (size_t i = 0; i < SKETCH_REGISTERS; i++) {
        least = s->registers[i] < least ? s->registers[i] : least;
    }
    return least == 0 ? UINT64_MAX : least >= RANK_MAX ? 0 : (UINT64_C(1) << (64 - least)) - 1;
}

void sketch_merge(struct sketch *into, const struct sketch *from) {
    if (into == from) {
        return;
    }
    into->failed = into->failed || from->failed || from->counted;
    if (from->counted) {
        return;
    }
    into->one_way = into->one_way || from->one_way;
    if (from->wide && !into->wide) {
        struct sketch narrow = *into;
        *into = (struct sketch){.wide = true,
                                .failed = narrow.failed,
                                .one_way = narrow.one_way,
                                .overflowed = narrow.overflowed,
                                .registers = narrow.registers};
        for (size_t i = 0; i < narrow.count; i++) {
            sketch_add(into, narrow.hashes[i]);
        }
        free(narrow.hashes);
    }
    if (from->overflowed && !into->overflowed) {
        to_registers(into);
    }
    if (from->overflowed && into->overflowed) {
        for (size_t i = 0; i < SKETCH_REGISTERS; i++) {
            if (into->registers[i] < from->registers[i]) {
                into->registers[i] = from->registers[i];
            }
        }
    }
    size_t places = from->wide ? from->capacity : from->count;
    for (size_t i = 0; !from->overflowed && i < places; i++) {
        if (!from->wide || from->hashes[i] != 0) {
            sketch_add(into, from->hashes[i]);
        }
    }
}

/* The estimator of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches"
 * (2017), section 4: good over the whole range without tables of measured bias. sigma stands for
 * registers that are still zero, tau for those that are full. */
static double sigma(double x) {
    if (x >= 1.0) {
        return INFINITY;
    }
    double y = 1.0, z = x, before;
    do {
        x *= x;
        before = z;
        z += x * y;
        y += y;
    } while (z > before);
    return z;
}

static double tau(double x) {
    if (x <= 0.0 || x >= 1.0) {
        return 0.0;
    }
    double y = 1.0, z = 1.0 - x, before;
    do {
        x = sqrt(x);
        before = z;
        y *= 0.5;
        z -= (1.0 - x) * (1.0 - x) * y;
    } while (z < before);
    return z / 3.0;
}

uint64_t sketch_estimate(const struct sketch *s) {
    if (!s->overflowed) {
        return s->count;
    }
    const double m = SKETCH_REGISTERS;
    unsigned histogram[RANK_MAX + 1] = {0};
    for (size_t i = 0; i < SKETCH_REGISTERS; i++) {
        histogram[s->registers[i]]++;
    }
    double z = m * tau(1.0 - histogram[RANK_MAX] / m);
    for (unsigned rank = RANK_MAX - 1; rank >= 1; rank--) {
        z = 0.5 * (z + histogram[rank]);
    }
    z += m * sigma(histogram[0] / m);
    double estimate = m * m / (2.0 * M_LN2) / z;
    /* Registers come into use with the value SKETCH_EXACT + 1. */
    return estimate <= SKETCH_EXACT ? SKETCH_EXACT + 1 : (uint64_t)(estimate + 0.5);
}

/* What registers would tell of the hash stays, the rest is that of DIGEST. */
static uint64_t one_way(uint64_t hash, uint64_t digest) {
    unsigned kept = INDEX_BITS + (unsigned)__builtin_clzll(hash << INDEX_BITS | 1) + 1;
    uint64_t mask = kept >= 64 ? 0 : UINT64_MAX >> kept;
    return (hash & ~mask) | (digest & mask);
}

static void print_exact(const struct sketch *s, enum isa isa, struct text_buffer *out) {
    uint64_t hashes[SKETCH_EXACT] = {0}, digests[SKETCH_EXACT];
    uint8_t raw[HASH_BYTES * SKETCH_EXACT];
    if (!s->one_way) {
        VARIANT_FOR(isa, one_way)(s->hashes, s->count, digests);
    }
    for (size_t i = 0; i < s->count; i++) {
        hashes[i] = s->one_way ? s->hashes[i] : one_way(s->hashes[i], digests[i]);
    }
    sort_nearly(hashes, s->count); /* one_way() keeps the first bits of what was sorted */
    for (size_t i = 0; i < s->count; i++) {
        put_little_u64(raw + HASH_BYTES * i, hashes[i]);
    }
    size_t len = BASE64_ENCODE_RAW_LENGTH(HASH_BYTES * s->count);
    text_buffer_puts(out, exact_prefix);
    char *text = text_buffer_room(out, len);
    if (text != NULL) {
        base64_encode_raw(text, HASH_BYTES * s->count, raw);
        text_buffer_end(out, text + len);
    }
}

/* The same hashes as any other sketch would hold them. */
static struct sketch narrowed(const struct sketch *s) {
    struct sketch narrow;
    sketch_init(&narrow);
    for (size_t i = 0; i < s->capacity; i++) {
        if (s->hashes[i] != 0) {
            sketch_add(&narrow, s->hashes[i]);
        }
    }
    return narrow;
}

void sketch_print(const struct sketch *s, enum isa isa, struct text_buffer *out) {
    if (s->counted) {
        return;
    }
    if (s->wide && !s->overflowed) {
        struct sketch narrow = narrowed(s);
        out->failed = out->failed || narrow.failed;
        sketch_print(&narrow, isa, out);
        sketch_release(&narrow);
        return;
    }
    if (!s->overflowed) {
        print_exact(s, isa, out);
        return;
    }
    char text[SKETCH_REGISTERS];
    for (size_t i = 0; i < SKETCH_REGISTERS; i++) {
        text[i] = base64_digits[s->registers[i] & 63];
    }
    text_buffer_puts(out, hll_prefix);
    text_buffer_put(out, bytes_of(text, sizeof text));
}

static int parse_exact(struct bytes text, struct sketch *out) {
    uint8_t raw[BASE64_DECODE_LENGTH(BASE64_ENCODE_RAW_LENGTH(HASH_BYTES * SKETCH_EXACT))];
    if (text.len > BASE64_ENCODE_RAW_LENGTH(HASH_BYTES * SKETCH_EXACT)) {
        return YINMA_E_DAMAGED;
    }
    struct base64_decode_ctx context;
    base64_decode_init(&context);
    size_t len = sizeof raw;
    if (base64_decode_update(&context, &len, raw, text.len, (const char *)text.ptr) != 1 ||
        base64_decode_final(&context) != 1 || len % 8 != 0 || len > HASH_BYTES * SKETCH_EXACT) {
        return YINMA_E_DAMAGED;
    }
    for (size_t at = 0; at < len; at += 8) {
        uint64_t hash = 0;
        for (unsigned i = 0; i < 8; i++) {
            hash |= (uint64_t)raw[at + i] << (8 * i);
        }
        sketch_add_slow(out, hash);
    }
    return out->failed ? YINMA_E_MEMORY : 0;
}

static int parse_registers(struct bytes text, struct sketch *out) {
    if (text.len != SKETCH_REGISTERS) {
        return YINMA_E_DAMAGED;
    }
    to_registers(out);
    if (out->failed) {
        return YINMA_E_MEMORY;
    }
    for (size_t i = 0; i < SKETCH_REGISTERS; i++) {
        const char *digit = memchr(base64_digits, text.ptr[i], sizeof base64_digits - 1);
        if (digit == NULL || digit - base64_digits > RANK_MAX) {
            return YINMA_E_DAMAGED;
        }
        out->registers[i] = (uint8_t)(digit - base64_digits);
    }
    return 0;
}

int sketch_parse(struct bytes text, struct sketch *out) {
    sketch_init(out);
    int status = YINMA_E_DAMAGED;
    if (bytes_starts_with(text, bytes_of_string(exact_prefix))) {
        status = parse_exact(bytes_from(text, sizeof exact_prefix - 1), out);
    } else if (bytes_starts_with(text, bytes_of_string(hll_prefix))) {
        status = parse_registers(bytes_from(text, sizeof hll_prefix - 1), out);
    }
    if (status < 0) {
        sketch_release(out);
    }
    out->one_way = true;
    return status;
}
