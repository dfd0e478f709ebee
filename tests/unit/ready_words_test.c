/* The word databases that the build makes find what one compiled here finds, for every processor
 * that this one can play; and they are used for no other words than their own. */
#include "match/words.h"
#include "tests/random.h"
#include "tests/unit/check.h"

enum { TEXT_BYTES = 1 << 14, HITS = 2 * TEXT_BYTES, ROUNDS = 40 };

struct sought {
    struct word_database *db;
    struct word_search *search;
};

static struct sought open_search(kind_list kinds, const struct ready_words *ready) {
    struct sought one = {0};
    struct error err = {0};
    CHECK_INT(word_database_new(kinds, ready, &one.db, &err), 0);
    one.search = word_search_new(one.db);
    CHECK(one.search != NULL);
    return one;
}

static void close_search(struct sought *one) {
    word_search_free(one->search);
    word_database_free(one->db);
}

/* Words of the database, halves of them, capitals, and what stands between words. */
static size_t write_text(const struct word_database *db, uint64_t *state, uint8_t *out) {
    static const char between[] = " :=,;\t\n\"_x1\xE5\x8F\xB0";
    size_t used = 0;
    while (used < TEXT_BYTES - 256) {
        struct bytes word =
            word_database_text(db, (uint32_t)(random_from(state) % word_database_count(db)));
        size_t take = random_from(state) % 4 != 0 ? word.len : 1 + random_from(state) % word.len;
        bool shout = random_from(state) % 5 == 0;
        for (size_t i = 0; i < take && i < 128; i++) {
            uint8_t c = word.ptr[i];
            out[used++] = shout && c >= 'a' && c <= 'z' ? (uint8_t)(c - 'a' + 'A') : c;
        }
        for (uint64_t i = random_from(state) % 3; i > 0; i--) {
            out[used++] = (uint8_t)between[random_from(state) % (sizeof between - 1)];
        }
    }
    return used;
}

static int by_place(const void *a, const void *b) {
    return memcmp(a, b, sizeof(struct word_hit));
}

/* Hits that end at one place come in any order. Returns how many there are. */
static size_t find(struct sought *one, struct bytes text, struct word_hit *out, size_t room) {
    const struct word_hit *hits;
    size_t count;
    struct error err = {0};
    CHECK_INT(word_search_run(one->search, text, &hits, &count, &err), 0);
    CHECK(count <= room);
    count = count < room ? count : room;
    memcpy(out, hits, count * sizeof *hits);
    qsort(out, count, sizeof *out, by_place);
    return count;
}

static void compare(struct sought *one, struct sought *other) {
    static uint8_t text[TEXT_BYTES];
    static struct word_hit here[HITS], there[HITS];
    uint64_t state = 20261121;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct bytes bytes = bytes_of(text, write_text(one->db, &state, text));
        size_t count = find(one, bytes, here, HITS);
        CHECK(count > 100);
        CHECK_INT(find(other, bytes, there, HITS), count);
        CHECK(memcmp(here, there, count * sizeof *here) == 0);
    }
}

static void every_ready_database_finds_the_same(void) {
    struct sought compiled = open_search(patterns, NULL);
    CHECK(!word_database_is_ready(compiled.db));
    CHECK(ready_words.count > 0);
    for (size_t i = 0; i < ready_words.count; i++) {
        struct ready_words one = {ready_words.digest, 1, &ready_words.engines[i]};
        struct sought ready = open_search(patterns, &one);
        compare(&compiled, &ready);
        /* the last one is for any processor that runs the library at all */
        CHECK(word_database_is_ready(ready.db) || i + 1 < ready_words.count);
        close_search(&ready);
    }
    close_search(&compiled);
}

/* Other kinds, damaged bytes: the engine is compiled. */
static void others_are_compiled(void) {
    const struct pattern *few[] = {patterns[0], patterns[1], NULL};
    struct sought one = open_search(few, &ready_words);
    CHECK(!word_database_is_ready(one.db));
    close_search(&one);
    const struct bytes *engine = &ready_words.engines[ready_words.count - 1];
    uint8_t *copy = malloc(engine->len);
    CHECK(copy != NULL);
    if (copy == NULL) {
        return;
    }
    memcpy(copy, engine->ptr, engine->len);
    copy[engine->len / 2] ^= 1;
    struct bytes damaged = bytes_of(copy, engine->len);
    struct ready_words bad = {ready_words.digest, 1, &damaged};
    struct sought compiled = open_search(patterns, NULL), other = open_search(patterns, &bad);
    CHECK(!word_database_is_ready(other.db));
    compare(&compiled, &other);
    close_search(&compiled);
    close_search(&other);
    free(copy);
}

static const struct test_case cases[] = {
    {"every_ready_database_finds_the_same", every_ready_database_finds_the_same},
    {"others_are_compiled", others_are_compiled},
};
TEST_MAIN(cases)
