/* result: sketches of distinct values, one by one and by columns of hashes. */
#include "result/one_way_kernels.h"
#include "result/sketch_kernels.h"
#include "result/wire/wire.h"
#include "tests/random.h"
#include "tests/unit/check.h"
#include "tests/unit/hashes.h"

/* ---- sketch ---- */

static void sketch_is_exact_up_to_its_limit(void) {
    struct sketch s;
    sketch_init(&s);
    CHECK_INT(sketch_estimate(&s), 0);
    for (unsigned round = 0; round < 3; round++) {
        for (uint64_t i = 0; i < SKETCH_EXACT; i++) {
            sketch_add(&s, hash_of(i));
            sketch_add(&s, hash_of(i));
        }
    }
    sketch_add(&s, hash_of(0));
    CHECK(sketch_is_exact(&s));
    CHECK_INT(sketch_estimate(&s), SKETCH_EXACT);
    sketch_add(&s, hash_of(SKETCH_EXACT));
    CHECK(!sketch_is_exact(&s));
    CHECK(sketch_estimate(&s) > SKETCH_EXACT && sketch_estimate(&s) < SKETCH_EXACT * 5 / 4);
    sketch_release(&s);
}

/* In batches of any size, with values that are met again, evenly spread and all alike. */
static void sketch_batches_are_single_ones(void) {
    uint64_t random = 3, hashes[SKETCH_BATCH];
    for (unsigned round = 0; round < 400; round++) {
        struct sketch one, many;
        sketch_init(&one);
        sketch_init(&many);
        if (round % 7 == 0) {
            sketch_widen(&one);
            sketch_widen(&many);
        }
        uint64_t different = 1 + random_from(&random) % 300, shift = round % 5 == 0 ? 40 : 0;
        for (unsigned batch = 0; batch < 5; batch++) {
            size_t count = (size_t)(random_from(&random) % (SKETCH_BATCH + 1));
            for (size_t i = 0; i < count; i++) {
                hashes[i] = hash_of(random_from(&random) % different) >> shift;
                sketch_add(&one, hashes[i]);
            }
            sketch_add_batch(&many, hashes, count);
            CHECK_INT(sketch_estimate(&one), sketch_estimate(&many));
        }
        struct text_buffer a, b;
        text_buffer_init(&a, 0);
        text_buffer_init(&b, 0);
        sketch_print(&one, isa_best(), &a);
        sketch_print(&many, isa_best(), &b);
        CHECK_STR(text_buffer_string(&a), text_buffer_string(&b));
        text_buffer_release(&a);
        text_buffer_release(&b);
        sketch_release(&one);
        sketch_release(&many);
    }
}

/* People are counted one by one up to a million, whatever is merged with whatever. */
static void sketch_wide_is_exact_for_longer(void) {
    struct sketch wide, other, narrow;
    sketch_init(&wide);
    sketch_init(&other);
    sketch_init(&narrow);
    sketch_widen(&wide);
    sketch_widen(&other);
    for (unsigned i = 0; i < 20000; i++) {
        sketch_add(&wide, hash_of(i));
        sketch_add(&wide, hash_of(i / 2));
        sketch_add(&other, hash_of(10000 + i));
    }
    for (unsigned i = 0; i < 100; i++) {
        sketch_add(&narrow, hash_of(40000 + i));
    }
    CHECK_INT(sketch_estimate(&wide), 20000);
    sketch_merge(&wide, &other);
    CHECK_INT(sketch_estimate(&wide), 30000);
    sketch_merge(&narrow, &wide);
    CHECK_INT(sketch_estimate(&narrow), 30100);
    CHECK(sketch_is_exact(&narrow));
    for (unsigned i = 0; i <= SKETCH_WIDE; i++) {
        sketch_add(&narrow, hash_of(i));
    }
    CHECK(!sketch_is_exact(&narrow));
    CHECK(sketch_estimate(&narrow) > 900000 && sketch_estimate(&narrow) < 1100000);
    struct text_buffer text;
    text_buffer_init(&text, 0);
    sketch_print(&wide, isa_best(), &text);
    CHECK(!text.failed && text.len < 2000);
    text_buffer_release(&text);
    sketch_release(&wide);
    sketch_release(&other);
    sketch_release(&narrow);
}

static void sketch_zero_hash_counts(void) {
    struct sketch s;
    sketch_init(&s);
    sketch_add(&s, 0);
    sketch_add(&s, 0);
    CHECK_INT(sketch_estimate(&s), 1);
    sketch_add(&s, UINT64_MAX);
    sketch_add(&s, 0);
    CHECK_INT(sketch_estimate(&s), 2);
    sketch_release(&s);
}

static void sketch_estimates_within_four_errors(void) {
    static const uint64_t sizes[] = {200, 500, 1000, 2500, 5000, 20000, 300000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct sketch s;
        sketch_init(&s);
        for (uint64_t value = 0; value < sizes[i]; value++) {
            sketch_add(&s, hash_of(value * 7919 + i));
        }
        double off = ((double)sketch_estimate(&s) - (double)sizes[i]) / (double)sizes[i];
        CHECK(off < 0.132 && off > -0.132);
        sketch_release(&s);
    }
}

static void print_to(const struct sketch *s, struct text_buffer *out) {
    text_buffer_clear(out);
    sketch_print(s, isa_best(), out);
}

static void sketch_merging_ignores_order(void) {
    static const uint64_t sizes[] = {0, 5, 100, 128, 129, 4000};
    struct text_buffer whole_text, merged_text;
    text_buffer_init(&whole_text, 0);
    text_buffer_init(&merged_text, 0);
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) {
        struct sketch whole, parts[3];
        sketch_init(&whole);
        uint64_t state = n;
        for (unsigned p = 0; p < 3; p++) {
            sketch_init(&parts[p]);
        }
        for (uint64_t i = 0; i < sizes[n]; i++) {
            sketch_add(&whole, hash_of(i));
            sketch_add(&parts[random_from(&state) % 3], hash_of(i));
        }
        sketch_merge(&parts[n % 3], &parts[(n + 1) % 3]);
        sketch_merge(&parts[(n + 2) % 3], &parts[n % 3]);
        print_to(&whole, &whole_text);
        print_to(&parts[(n + 2) % 3], &merged_text);
        CHECK_STR(text_buffer_string(&merged_text), text_buffer_string(&whole_text));
        sketch_release(&whole);
        for (unsigned p = 0; p < 3; p++) {
            sketch_release(&parts[p]);
        }
    }
    text_buffer_release(&whole_text);
    text_buffer_release(&merged_text);
}

/* Printed, parsed and merged again: as if it had been one run. */
static void sketch_printed_forms_merge(void) {
    struct text_buffer text;
    text_buffer_init(&text, 0);
    static const uint64_t sizes[] = {3, 100, 3000};
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) {
        struct sketch s, back, half, again;
        sketch_init(&s);
        sketch_init(&half);
        for (uint64_t i = 0; i < sizes[n]; i++) {
            sketch_add(&s, hash_of(i));
            if (i % 2 == 0) {
                sketch_add(&half, hash_of(i));
            }
        }
        print_to(&s, &text);
        CHECK_INT(sketch_parse(text_buffer_view(&text), &back), 0);
        CHECK_INT(sketch_estimate(&back), sketch_estimate(&s));
        print_to(&half, &text);
        CHECK_INT(sketch_parse(text_buffer_view(&text), &again), 0);
        sketch_merge(&again, &back);
        CHECK_INT(sketch_estimate(&again), sketch_estimate(&s));
        print_to(&s, &text);
        struct text_buffer second;
        text_buffer_init(&second, 0);
        sketch_print(&back, isa_best(), &second);
        CHECK_STR(text_buffer_string(&second), text_buffer_string(&text));
        text_buffer_release(&second);
        sketch_release(&s);
        sketch_release(&back);
        sketch_release(&half);
        sketch_release(&again);
    }
    text_buffer_release(&text);
}

/* What is saved is the same on every processor. */
static void digests_of_hashes_are_single_ones(void) {
    enum { MOST = 130 };
    uint64_t hashes[MOST], alone[MOST], together[MOST];
    for (size_t i = 0; i < MOST; i++) {
        hashes[i] = i == 0 ? 0 : i == 1 ? UINT64_MAX : hash_of(i);
    }
    one_way_scalar(hashes, MOST, alone);
    /* sha256sum of eight zeros */
    CHECK(alone[0] == UINT64_C(0xAF5570F5A1810B7A));
    for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
        for (size_t count = 0; isa_available(isa) && count <= MOST; count++) {
            memset(together, 0, sizeof together);
            VARIANT_FOR(isa, one_way)(hashes, count, together);
            CHECK(memcmp(together, alone, count * sizeof *alone) == 0);
            CHECK(count == MOST || together[count] == 0);
        }
    }
}

static void sketch_refuses_damaged_text(void) {
    static const char *const bad[] = {"",           "exact",      "hll10:",
                                      "exact:A",    "exact:====", "exact:AAAA",
                                      "hll10:AAAA", "none:",      "exact:AAAAAAAAAA*="};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct sketch s;
        CHECK_INT(sketch_parse(bytes_of_string(bad[i]), &s), YINMA_E_DAMAGED);
        sketch_release(&s);
    }
    struct text_buffer full;
    text_buffer_init(&full, 0);
    text_buffer_puts(&full, "hll10:");
    text_buffer_repeat(&full, '/', SKETCH_REGISTERS); /* 63: no run of zeros is that long */
    struct sketch s;
    CHECK_INT(sketch_parse(text_buffer_view(&full), &s), YINMA_E_DAMAGED);
    sketch_release(&s);
    text_buffer_release(&full);
}

/* ---- fingerprints and keys ---- */

/* What lies above the limit changes no register. */
static void hashes_above_the_limit_change_nothing(void) {
    struct sketch all, some;
    sketch_init(&all);
    sketch_init(&some);
    for (unsigned i = 0; i < 200000; i++) {
        uint64_t hash = hash_of(i);
        sketch_add(&all, hash);
        if (!some.overflowed || sketch_rank_bits(hash) <= sketch_rank_limit(&some)) {
            sketch_add(&some, hash);
        }
    }
    CHECK(all.overflowed && some.overflowed && sketch_rank_limit(&all) < UINT64_MAX / 8);
    CHECK(memcmp(all.registers, some.registers, SKETCH_REGISTERS) == 0);
    memset(all.registers, 0, SKETCH_REGISTERS);
    CHECK(sketch_rank_limit(&all) == UINT64_MAX);
    sketch_release(&all);
    sketch_release(&some);
}

/* COUNT values of up to MOST bytes, each at the end of what may be read. */
static void picked_hashes_agree(uint64_t *random, size_t count, unsigned most) {
    enum { PLACE = 128, VALUES = 64 };
    size_t step = most <= SKETCH_READABLE ? (most + 15U) / 16U * 16U : PLACE;
    uint8_t *bytes = calloc(count, step);
    const uint8_t *at[VALUES];
    uint32_t len[VALUES];
    bool wanted[VALUES];
    uint64_t hashes[VALUES], limit = random_from(random) >> random_from(random) % 8;
    for (size_t i = 0; bytes != NULL && i < count; i++) {
        at[i] = bytes + i * step;
        len[i] = (uint32_t)(random_from(random) % (most + 1));
        wanted[i] = random_from(random) % 4 != 0;
        for (size_t k = 0; k < step; k++) {
            bytes[i * step + k] = (uint8_t)random_from(random);
        }
    }
    struct sketch_values values = {at, len, wanted, bytes == NULL ? 0 : count};
    for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
        if (!isa_available(isa)) {
            continue;
        }
        size_t found = VARIANT_FOR(isa, sketch_pick)(&values, 77, limit, hashes), next = 0;
        for (size_t i = 0; i < values.count; i++) {
            uint64_t hash = hash64_seeded(bytes_of(at[i], len[i]), 77);
            if (wanted[i] && sketch_rank_bits(hash) <= limit) {
                CHECK(next < found && hashes[next] == hash);
                next++;
            }
        }
        CHECK_INT(next, found);
    }
    free(bytes);
}

static void hashes_of_columns_are_single_ones(void) {
    static const unsigned most[] = {4, 9, 16, 17, 32, 40, 64, 120};
    uint64_t random = 5;
    for (unsigned round = 0; round < 4000; round++) {
        size_t count = 1 + (size_t)(random_from(&random) % 40);
        picked_hashes_agree(&random, count, most[round % (sizeof most / sizeof *most)]);
    }
}

static const struct test_case cases[] = {
    {"hashes_of_columns_are_single_ones", hashes_of_columns_are_single_ones},
    {"hashes_above_the_limit_change_nothing", hashes_above_the_limit_change_nothing},
    {"sketch_is_exact_up_to_its_limit", sketch_is_exact_up_to_its_limit},
    {"sketch_batches_are_single_ones", sketch_batches_are_single_ones},
    {"sketch_wide_is_exact_for_longer", sketch_wide_is_exact_for_longer},
    {"sketch_zero_hash_counts", sketch_zero_hash_counts},
    {"sketch_estimates_within_four_errors", sketch_estimates_within_four_errors},
    {"sketch_merging_ignores_order", sketch_merging_ignores_order},
    {"sketch_printed_forms_merge", sketch_printed_forms_merge},
    {"digests_of_hashes_are_single_ones", digests_of_hashes_are_single_ones},
    {"sketch_refuses_damaged_text", sketch_refuses_damaged_text},
};

TEST_MAIN(cases)
