/* Compiled once an instruction set; see core/block64/variant.h. */
#include "patterns/number_form.h"

#include "core/block64/variant.h"
#include "patterns/digits.h"

static inline bool is_never(const struct number_form *form, const uint8_t *p) {
    uint64_t word = digits_load8(p + form->never_at) & form->never_mask;
    bool found = false;
    for (size_t i = 0; i < form->never_count; i++) {
        found |= form->never[i] == word;
    }
    return found;
}

static inline bool begins_right(const struct number_form *form, const uint8_t *p) {
    unsigned lead = digits_two(p) * 100 + digits_two(p + 2);
    bool found = form->lead_count == 0;
    for (size_t i = 0; i < form->lead_count; i++) {
        found |= lead >= form->leads[i].first && lead <= form->leads[i].last;
    }
    return found;
}

static inline bool one_fits(const struct number_form *form, const uint8_t *p, uint32_t len) {
    unsigned sum = form->start;
    if (len != form->length) {
        return false;
    }
    for (unsigned i = 0; i < form->length; i++) {
        unsigned value = (uint8_t)(p[i] - form->low[i]);
        if (value > form->span[i]) {
            return false;
        }
        bool mapped = (form->mapped >> i & 1) != 0;
        sum += (mapped ? form->map[value % NUMBER_FORM_VALUES] : value) * form->weight[i];
    }
    return sum % 10 == 0 && sum < NUMBER_FORM_SUM_MOST && begins_right(form, p) &&
           !is_never(form, p);
}

static inline size_t one_by_one(const struct number_form *form, const uint8_t *const *at,
                                const uint32_t *len, size_t from, size_t count, bool *fits) {
    size_t all = 0;
    for (size_t i = from; i < count; i++) {
        fits[i] = one_fits(form, at[i], len[i]);
        all += fits[i];
    }
    return all;
}

#if BLOCK64_VARIANT == VARIANT_AVX512

#include "patterns/value_quads.h"

enum { NEVER_BITS = 9 };

/* The form as the processor wants it. */
struct tables {
    __m512i low, span, weight, map, high_map, tens, never_bytes, filter;
};

/* One bit of 512 for each number that is left out: most others have bits of their own. */
static inline uint64_t never_slot(uint64_t word) {
    return word * UINT64_C(0x9E3779B97F4A7C15) >> (64 - NEVER_BITS);
}

static struct tables tables_of(const struct number_form *form) {
    static const uint8_t tens[16] = {10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1};
    uint64_t filter[1U << NEVER_BITS >> 6] = {0};
    uint8_t never[16];
    for (unsigned i = 0; i < sizeof never; i++) {
        bool asked = i < 8 && (form->never_mask >> (8 * (i % 8)) & 0xFF) != 0;
        never[i] = asked ? (uint8_t)(form->never_at + i) : 0x80;
    }
    for (size_t i = 0; i < form->never_count; i++) {
        uint64_t slot = never_slot(form->never[i]);
        filter[slot >> 6] |= UINT64_C(1) << (slot & 63);
    }
    return (struct tables){.low = quad_of_table(form->low),
                           .span = quad_of_table(form->span),
                           .weight = quad_of_table(form->weight),
                           .map = quad_of_table(form->map),
                           .high_map = quad_of_table(form->map + 16),
                           .tens = quad_of_table(tens),
                           .never_bytes = quad_of_table(never),
                           .filter = _mm512_loadu_si512(filter)};
}

/* What the places add, four numbers a value; much where one of them may not stand there. VALUES:
 * bytes above the lowest ones. */
static inline __m512i sums_of(const struct number_form *form, const struct tables *t,
                              __m512i values) {
    __m512i wrong = _mm512_subs_epu8(values, t->span);
    /* look-ups give nothing where the upper bit is set: 16 and more in the first, less in the other
     */
    __m512i mapped = _mm512_or_si512(
        _mm512_shuffle_epi8(t->map, _mm512_add_epi8(values, _mm512_set1_epi8(0x70))),
        _mm512_shuffle_epi8(t->high_map, _mm512_sub_epi8(values, _mm512_set1_epi8(16))));
    __mmask64 places = form->mapped * UINT64_C(0x0001000100010001);
    values = _mm512_mask_mov_epi8(values, places, mapped);
    __m512i sums = _mm512_madd_epi16(_mm512_maddubs_epi16(values, t->weight), _mm512_set1_epi16(1));
    return _mm512_mask_mov_epi32(sums, _mm512_test_epi32_mask(wrong, wrong),
                                 _mm512_set1_epi32(NUMBER_FORM_SUM_MOST));
}

/* The four numbers of each value added: value 0, 1, 2 … 15. */
static inline __m512i added_up(const __m512i sums[QUADS]) {
    __m512i one = _mm512_add_epi32(_mm512_unpacklo_epi32(sums[0], sums[1]),
                                   _mm512_unpackhi_epi32(sums[0], sums[1]));
    __m512i two = _mm512_add_epi32(_mm512_unpacklo_epi32(sums[2], sums[3]),
                                   _mm512_unpackhi_epi32(sums[2], sums[3]));
    return _mm512_add_epi32(_mm512_unpacklo_epi64(one, two), _mm512_unpackhi_epi64(one, two));
}

static inline __mmask16 sums_fit(__m512i sums, unsigned start) {
    sums = _mm512_add_epi32(sums, _mm512_set1_epi32((int)start));
    /* N is a multiple of ten where N times the inverse of five, turned right by one, is at most a
     * tenth of all numbers (H. Warren, Hacker's Delight, 10-17) */
    __m512i turned =
        _mm512_ror_epi32(_mm512_mullo_epi32(sums, _mm512_set1_epi32((int)UINT32_C(0xCCCCCCCD))), 1);
    return _mm512_cmple_epu32_mask(turned, _mm512_set1_epi32(0x19999999)) &
           _mm512_cmplt_epu32_mask(sums, _mm512_set1_epi32(NUMBER_FORM_SUM_MOST));
}

static inline __mmask16 leads_fit(const struct number_form *form, const struct tables *t,
                                  const __m512i values[QUADS]) {
    __m512i leads = _mm512_unpacklo_epi64(_mm512_unpacklo_epi32(values[0], values[1]),
                                          _mm512_unpacklo_epi32(values[2], values[3]));
    leads = _mm512_maddubs_epi16(leads, t->tens);
    leads = _mm512_madd_epi16(leads, _mm512_set1_epi32(1 << 16 | 100));
    __mmask16 fit = 0;
    for (size_t i = 0; i < form->lead_count; i++) {
        const struct number_lead *lead = &form->leads[i];
        __m512i above = _mm512_sub_epi32(leads, _mm512_set1_epi32(lead->first));
        fit |= _mm512_cmple_epu32_mask(above, _mm512_set1_epi32(lead->last - lead->first));
    }
    return fit;
}

/* Which of the words may be among those that are left out. */
static inline __mmask8 suspects(const struct tables *t, __m512i words) {
    const __m512i multiplier = _mm512_set1_epi64((long long)UINT64_C(0x9E3779B97F4A7C15));
    __m512i slot = _mm512_srli_epi64(_mm512_mullo_epi64(words, multiplier), 64 - NEVER_BITS);
    __m512i bits = _mm512_permutexvar_epi64(_mm512_srli_epi64(slot, 6), t->filter);
    bits = _mm512_srlv_epi64(bits, _mm512_and_si512(slot, _mm512_set1_epi64(63)));
    return _mm512_test_epi64_mask(bits, _mm512_set1_epi64(1));
}

/* Values of FIT that are not left out. BYTES as they stand. */
static inline __mmask16 without_never(const struct number_form *form, const struct tables *t,
                                      const __m512i bytes[QUADS], const uint8_t *const *at,
                                      __mmask16 fit) {
    __m512i words[QUADS];
    for (unsigned i = 0; i < QUADS; i++) {
        words[i] = _mm512_shuffle_epi8(bytes[i], t->never_bytes);
    }
    /* values 0, 1, 4, 5, 8 … and 2, 3, 6, 7, 10 … */
    uint32_t first = suspects(t, _mm512_unpacklo_epi64(words[0], words[1]));
    uint32_t second = suspects(t, _mm512_unpacklo_epi64(words[2], words[3]));
    uint32_t found =
        fit & (_pdep_u32(first, UINT32_C(0x3333)) | _pdep_u32(second, UINT32_C(0xCCCC)));
    for (; found != 0; found &= found - 1) {
        unsigned i = (unsigned)__builtin_ctz(found);
        fit &= (__mmask16) ~((unsigned)is_never(form, at[i]) << i);
    }
    return fit;
}

static inline __mmask16 sixteen_fit(const struct number_form *form, const struct tables *t,
                                    const uint8_t *const *at, const uint32_t *len) {
    __m512i bytes[QUADS], values[QUADS], sums[QUADS];
    for (unsigned i = 0; i < QUADS; i++) {
        bytes[i] = quad_of_values(at, i);
        values[i] = _mm512_sub_epi8(bytes[i], t->low);
        sums[i] = sums_of(form, t, values[i]);
    }
    __mmask16 fit =
        sums_fit(added_up(sums), form->start) &
        _mm512_cmpeq_epi32_mask(_mm512_loadu_si512(len), _mm512_set1_epi32(form->length));
    if (form->lead_count != 0) {
        fit &= leads_fit(form, t, values);
    }
    return form->never_count == 0 ? fit : without_never(form, t, bytes, at, fit);
}

size_t VARIANT(number_form_fits)(const struct number_form *form, const uint8_t *const *at,
                                 const uint32_t *len, size_t count, bool *fits) {
    const struct tables t = tables_of(form);
    size_t all = 0, i = 0;
    for (; i + QUAD_VALUES <= count; i += QUAD_VALUES) {
        all += quads_tell(sixteen_fit(form, &t, at + i, len + i), fits + i);
    }
    return all + one_by_one(form, at, len, i, count, fits);
}

#else

size_t VARIANT(number_form_fits)(const struct number_form *form, const uint8_t *const *at,
                                 const uint32_t *len, size_t count, bool *fits) {
    return one_by_one(form, at, len, 0, count, fits);
}

#endif
