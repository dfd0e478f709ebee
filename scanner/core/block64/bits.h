/* bits.h - reading arrays of 64-bit position sets as one long set. */
#ifndef YINMA_CORE_BLOCK64_BITS_H
#define YINMA_CORE_BLOCK64_BITS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { BITS_SHORT = 56 }; /* so many, from any bit on, are had by one load */

/* 64 bits from bit FROM on. The array has one readable word behind the last one in use. */
static inline uint64_t bits_at(const uint64_t *set, size_t from) {
    size_t word = from >> 6;
    unsigned shift = (unsigned)(from & 63);
    return shift == 0 ? set[word] : set[word] >> shift | set[word + 1] << (64 - shift);
}

static inline uint64_t bits_low_mask(size_t count) {
    return count >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1;
}

/* Every second bit of each run of ones, the first of it among them: a lead is followed by its trail
 * in text whose characters have two bytes. */
static inline uint64_t bits_alternating(uint64_t set) {
    const uint64_t odd = UINT64_C(0xAAAAAAAAAAAAAAAA);
    /* The difference borrows from behind each run, and leaves its places or those between, as it
     * begins at an odd one or not. */
    return (((set << 1 | odd) - set) ^ odd) & set;
}

/* Bits set in WORD. Without the instruction (it came with SSE4.2) the compiler would call a
 * function. */
static inline unsigned bits_in_word(uint64_t word) {
#if defined(__POPCNT__) || defined(__aarch64__)
    return (unsigned)__builtin_popcountll(word);
#else
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
#endif
}

/* COUNT <= BITS_SHORT bits from bit FROM on. */
static inline uint64_t bits_short(const uint64_t *set, size_t from, size_t count) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t bits;
    memcpy(&bits, (const unsigned char *)set + from / 8, sizeof bits);
    return bits >> from % 8 & ((UINT64_C(1) << count) - 1);
#else
    return bits_at(set, from) & ((UINT64_C(1) << count) - 1);
#endif
}

/* Number of bits set in [from, from + count). */
static inline size_t bits_count(const uint64_t *set, size_t from, size_t count) {
    size_t total = 0;
    while (count > 64) {
        total += bits_in_word(bits_at(set, from));
        from += 64;
        count -= 64;
    }
    return total + bits_in_word(bits_at(set, from) & bits_low_mask(count));
}

/* Are at least three bits set in [from, from + count)? Without counting: not every processor has an
 * instruction for that. */
static inline int bits_at_least_three(const uint64_t *set, size_t from, size_t count) {
    int missing = 3;
    while (count != 0 && missing > 0) {
        size_t step = count < 64 ? count : 64;
        uint64_t word = bits_at(set, from) & bits_low_mask(step);
        for (; word != 0 && missing > 0; word &= word - 1) {
            missing--;
        }
        from += step;
        count -= step;
    }
    return missing == 0;
}

/* First bit set in [from, end), or end. */
static inline size_t bits_next(const uint64_t *set, size_t from, size_t end) {
    while (from < end) {
        uint64_t word = set[from >> 6] >> (from & 63);
        if (word != 0) {
            size_t at = from + (size_t)__builtin_ctzll(word);
            return at < end ? at : end;
        }
        from = (from | 63) + 1;
    }
    return end;
}

/* Is any bit set in [from, from + count)? */
static inline __attribute__((always_inline)) int bits_any(const uint64_t *set, size_t from,
                                                          size_t count) {
    return count <= BITS_SHORT ? bits_short(set, from, count) != 0
                               : bits_next(set, from, from + count) < from + count;
}

/* First bit clear in [from, end), or end. */
static inline size_t bits_next_clear(const uint64_t *set, size_t from, size_t end) {
    while (from < end) {
        uint64_t word = ~set[from >> 6] >> (from & 63);
        if (word != 0) {
            size_t at = from + (size_t)__builtin_ctzll(word);
            return at < end ? at : end;
        }
        from = (from | 63) + 1;
    }
    return end;
}

#endif
