#include "match/lattice.h"

#include "match/lattice_sets.h"

lattice_sets_fn *lattice_sets_for(enum isa isa) {
#if defined(__x86_64__)
    if (isa == ISA_AVX512) {
        return lattice_sets_avx512;
    }
    if (isa == ISA_AVX2) {
        return lattice_sets_avx2;
    }
#endif
    (void)isa;
    return lattice_sets_scalar;
}

void lattice_starts(const uint64_t *token, size_t blocks, uint64_t *starts) {
    _Static_assert(TOKEN_MIN == 8, "three shift-ands make runs of eight");
    uint64_t before = 0;
    for (size_t b = 0; b < blocks; b++) {
        uint64_t here = token[b];
        uint64_t edges = here & ~(here << 1 | before >> 63);
        /* whether there is an edge changes from word to word: asked, it would be guessed wrong */
        unsigned __int128 run = (unsigned __int128)token[b + 1] << 64 | here;
        run &= run >> 1;
        run &= run >> 2;
        run &= run >> 4;
        starts[b] = edges & (uint64_t)run;
        before = here;
    }
}

/* Bits of SET from bit BY on, those of the next word behind them. */
static inline uint64_t ahead(const uint64_t *set, unsigned by) {
    return set[0] >> by | set[1] << (64 - by);
}

void lattice_clear_dates(const struct lattice_sets *sets, size_t blocks, uint64_t *starts) {
    uint64_t joined = 0;
    for (size_t b = 0; b < blocks; b++) {
        uint64_t before = sets->letter[b] | sets->part[b] | sets->close[b];
        uint64_t follows = before << 1 | joined;
        joined = before >> 63;
        if ((sets->mark[b] | sets->mark[b + 1]) != 0) {
            continue; /* not worth a closer look */
        }
        const uint64_t *token = sets->token + b, *digit = sets->digit + b;
        uint64_t eight = ~ahead(token, 8);
        uint64_t date = ~ahead(digit, 4) & ~ahead(digit, 7) & ahead(token, 9) & ~ahead(token, 10);
        starts[b] &= follows | ~(eight | date);
    }
}
