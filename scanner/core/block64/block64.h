/* block64.h - sets of byte positions, 64 bytes to a word, made with the widest instructions the
 * processor has. Everything above works on the words alone and is the same code everywhere; the
 * scalar variant is the reference that the others must equal bit for bit.
 *
 * Bit i of out[b] speaks of bytes[64 * b + i]. Callers make sure that 64 * blocks bytes are
 * readable (see SEGMENT_PADDING) and ignore the bits behind their data. */
#ifndef YINMA_CORE_BLOCK64_BLOCK64_H
#define YINMA_CORE_BLOCK64_BLOCK64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* x86-64 has SSE2 (every one), SSE4 (those with SSSE3, SSE4.2 and POPCNT), AVX2 and AVX-512; NEON
 * is AArch64's. Each of them beats those before it. */
enum isa { ISA_SCALAR, ISA_SSE2, ISA_SSE4, ISA_AVX2, ISA_AVX512, ISA_NEON, ISA_COUNT };

/* The best variant this processor can run; YINMA_SIMD=scalar|sse2|sse4|avx2 in the
 * environment asks for a lower one (for comparisons; one that the processor has not is ignored). */
enum isa isa_best(void);
const char *isa_name(enum isa isa);
/* Can this processor run it? */
int isa_available(enum isa isa);

enum { BLOCK64_MAX_WANTED = 8 };
enum {
    BLOCK64_POSITIONS_BEHIND = 64, /* mean nothing */
    BLOCK64_FLAGGED = 0x8000,      /* in lists of positions: of those in a second set */
};

/* Bytes of UTF-8 that are ASCII, that begin a character (ASCII among them), and is there one that
 * begins one of four bytes? */
struct block64_leads {
    uint64_t ascii, begins;
    bool four;
};

struct block64_ops {
    enum isa isa;
    /* out[k][b] = where byte wanted[k] stands, for k < count <= BLOCK64_MAX_WANTED. */
    void (*find)(const uint8_t *bytes, size_t blocks, const uint8_t *wanted, size_t count,
                 uint64_t *const *out);
    /* Does one of them stand anywhere among 64 * blocks bytes? */
    bool (*any)(const uint8_t *bytes, size_t blocks, const uint8_t *wanted, size_t count);
    /* The first place, below 64 * blocks, where the three bytes stand one behind the other;
     * 64 * blocks: nowhere. Reads two bytes more. */
    size_t (*three)(const uint8_t *bytes, size_t blocks, const uint8_t wanted[3]);
    /* out[b] = prefix XOR of in[b] (bit i = parity of bits 0 … i), complemented while the carry is
     * ~0. *carry (0 or ~0) goes from call to call. in == out is fine. */
    void (*prefix_xor)(const uint64_t *in, size_t words, uint64_t *carry, uint64_t *out);
    /* How many of bytes[0 .. len) equal WANTED. Reads nothing behind len. */
    uint64_t (*count)(const uint8_t *bytes, size_t len, uint8_t wanted);
    /* Is every byte of bytes[0 .. len) below 128? Reads nothing behind len. */
    bool (*ascii)(const uint8_t *bytes, size_t len);
    /* Has bytes[0 .. len) no control characters but HT, LF and CR? Reads nothing behind len. */
    bool (*plain)(const uint8_t *bytes, size_t len);
    /* Bytes that lines of bytes[0 .. len) begin with, each as a bit of SET, which is cleared first.
     * A line begins at the start and behind each LF. Reads nothing behind len. */
    void (*line_starts)(const uint8_t *bytes, size_t len, uint64_t set[4]);
    /* Is bytes[0 .. len) strictly valid UTF-8, from the first character to the last? Reads nothing
     * behind len. */
    bool (*utf8)(const uint8_t *bytes, size_t len);
    /* Is bytes[0 .. len) nothing but ASCII and whole pairs of a two-byte encoding: leads 81-FE,
     * trails 40-7E and TRAIL_FIRST-FE? Reads nothing behind len. */
    bool (*pairs)(const uint8_t *bytes, size_t len, uint8_t trail_first);
    /* Reads nothing behind len. */
    struct block64_leads (*leads)(const uint8_t *bytes, size_t len);
    /* The places of the bits of SETS, at most 1024 words, as a list; returns how many.
     * BLOCK64_POSITIONS_BEHIND more may be written. */
    size_t (*positions)(const uint64_t *sets, size_t words, uint16_t *out);
};

/* Never NULL; the variant must be available. */
const struct block64_ops *block64_ops(enum isa isa);

#endif
