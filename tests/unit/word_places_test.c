/* match: the parts of running text that are searched for words, and the tokens that are looked at,
 * are those that matter. Whatever the text: the hits are the same as when nothing is left out. */
#include "match/matcher.h"
#include "tests/random.h"
#include "tests/unit/check.h"

enum { TEXT_BYTES = 5000, ROUNDS = 2000 };

/* ---- the same hits ---- */

struct bench {
    struct matcher *narrow, *wide;
    struct match_state *narrow_state, *wide_state;
};

static void open_bench(struct bench *bench, struct lexicon *lexicon) {
    struct error err;
    CHECK_INT(matcher_new(isa_best(), lexicon, &bench->narrow, &err), 0);
    CHECK_INT(matcher_new(isa_best(), lexicon, &bench->wide, &err), 0);
    CHECK(!bench->narrow->places.everywhere);
    bench->wide->places.everywhere = true;
    bench->wide->least_digits = 0;
    memset(bench->wide->taken, true, sizeof bench->wide->taken);
    memset(bench->wide->taken_bare, true, sizeof bench->wide->taken_bare);
    bench->narrow_state = match_state_new(bench->narrow);
    bench->wide_state = match_state_new(bench->wide);
}

static void close_bench(struct bench *bench) {
    match_state_free(bench->narrow_state);
    match_state_free(bench->wide_state);
    matcher_free(bench->narrow);
    matcher_free(bench->wide);
}

static void same_hits(struct bench *bench, const uint8_t *data, size_t len, size_t begin) {
    struct field_set *fields = field_set_new();
    struct segment segment = {
        .bytes = data, .len = len, .begin = begin, .end = len, .flags = SEGMENT_FREE_TEXT};
    struct match_result narrow, wide;
    struct error err;
    CHECK_INT(match_segment(bench->narrow_state, &segment, fields, &narrow, &err), 0);
    CHECK_INT(match_segment(bench->wide_state, &segment, fields, &wide, &err), 0);
    CHECK_INT(narrow.count, wide.count);
    for (size_t i = 0; narrow.count == wide.count && i < wide.count; i++) {
        const struct hit *a = &narrow.hits[i], *b = &wide.hits[i];
        CHECK(a->offset == b->offset && a->length == b->length && a->kinds == b->kinds &&
              a->origin == b->origin && a->labelled == b->labelled);
        if (a->offset != b->offset || a->kinds != b->kinds) {
            printf("%.*s\n", (int)len, (const char *)data);
        }
    }
    field_set_free(fields);
}

/* A word of some kind, in any case. */
static size_t put_word(uint8_t *out) {
    size_t kinds = 0, count = 0;
    while (patterns[kinds] != NULL) {
        kinds++;
    }
    const char *const *words = NULL;
    while (words == NULL) {
        const struct pattern *pattern = patterns[random_next() % (kinds == 0 ? 1 : kinds)];
        bool anchor = random_next() % 4 == 0;
        words = pattern == NULL ? NULL : anchor ? pattern->anchors : pattern->labels;
    }
    while (words[count] != NULL) {
        count++;
    }
    const char *word = count == 0 ? "" : words[random_next() % count];
    struct bytes text = bytes_of_string(word + (word[0] == '?'));
    bool upper = random_next() % 3 == 0;
    for (size_t i = 0; i < text.len; i++) {
        out[i] = upper ? byte_upper(text.ptr[i]) : text.ptr[i];
    }
    return text.len;
}

static size_t put_piece(uint8_t *out) {
    static const char *const pieces[] = {": ",
                                         "=",
                                         " ",
                                         "：",
                                         " = ",
                                         " \"",
                                         "\\\"",
                                         "('",
                                         "**",
                                         "**: ",
                                         "</b><i>",
                                         "|",
                                         "]: ",
                                         "->",
                                         "`: ",
                                         "__: ",
                                         "~~ ",
                                         "_",
                                         "\t",
                                         ", ",
                                         ".",
                                         "\n",
                                         "0912345678",
                                         "A143231948",
                                         "0912-345678",
                                         "2026-01-31 ",
                                         "4999 2698 2345 4950",
                                         "1711920481335",
                                         "a@b.tw",
                                         "://u1:pw12@db5/",
                                         "2025-11-13",
                                         "(02)2345-6789",
                                         "4999269823454950=281210100000",
                                         "１２３４５６７８９０",
                                         "A12****948",
                                         "12 34567",
                                         "王小明",
                                         "No. 7, Xinyi Rd., ",
                                         " the quick brown fox jumps over it ",
                                         "x86_64",
                                         "200 15114 ",
                                         "200 0 64 15114 1711920481335 7 ",
                                         "A1 2345 6789 ",
                                         "09 1234 56 78-",
                                         "45141 6730 28461-57=",
                                         "P<TWN",
                                         "1234567890TWN8001018F",
                                         "-----BEGIN RSA",
                                         "abc",
                                         "Z",
                                         "7",
                                         "hunter2",
                                         "25號3樓"};
    if (random_next() % 3 == 0) {
        return put_word(out);
    }
    const char *piece = pieces[random_next() % (sizeof pieces / sizeof *pieces)];
    memcpy(out, piece, strlen(piece));
    return strlen(piece);
}

static void nothing_is_missed(void) {
    static uint8_t data[TEXT_BYTES + 64 + SEGMENT_PADDING];
    struct lexicon *lexicon = lexicon_new();
    struct bench bench;
    open_bench(&bench, lexicon);
    for (int round = 0; round < ROUNDS; round++) {
        size_t len = 0, most = 40 + random_next() % (TEXT_BYTES - 40);
        bool sparse = round % 2 == 0; /* few of the pieces: little is searched */
        while (len < most) {
            if (sparse && random_next() % 4 != 0) {
                len += random_next() % 60 + 1;
                len = len < most ? len : most;
                continue;
            }
            len += put_piece(data + len);
        }
        len = len < TEXT_BYTES ? len : TEXT_BYTES;
        same_hits(&bench, data, len, 0);
        same_hits(&bench, data, len, random_next() % len);
        memset(data, "qQ w.,e/"[round % 8], sizeof data); /* between pieces */
    }
    close_bench(&bench);
    lexicon_free(lexicon);
}

/* A label and its mark on both sides of any place: also where the sets are made in parts. */
static void labels_anywhere(void) {
    static const char piece[] = " birthday=1990-03-07 ";
    static uint8_t data[TEXT_BYTES + SEGMENT_PADDING];
    struct lexicon *lexicon = lexicon_new();
    struct bench bench;
    open_bench(&bench, lexicon);
    for (size_t at = 0; at + sizeof piece < TEXT_BYTES; at++) {
        memset(data, '.', TEXT_BYTES);
        memcpy(data + at, piece, sizeof piece - 1);
        same_hits(&bench, data, TEXT_BYTES, 0);
    }
    close_bench(&bench);
    lexicon_free(lexicon);
}

/* All single tokens of digits with one byte before and behind them. */
static void tokens_of_any_length(void) {
    static const char around[] = " a)=^:.\xE8";
    uint8_t data[64 + SEGMENT_PADDING] = {0};
    struct lexicon *lexicon = lexicon_new();
    struct bench bench;
    open_bench(&bench, lexicon);
    for (unsigned length = 1; length <= DIGITS_MAX + 2; length++) {
        for (unsigned first = 0; first < 10; first++) {
            for (unsigned sides = 0; sides < 64; sides++) {
                data[0] = 'k';
                data[1] = (uint8_t)around[sides % 8];
                memset(data + 2, '7', length);
                data[2] = (uint8_t)('0' + first);
                data[2 + length] = (uint8_t)around[sides / 8];
                data[3 + length] = '5';
                same_hits(&bench, data, length + 4, 0);
            }
        }
    }
    close_bench(&bench);
    lexicon_free(lexicon);
}

static const struct test_case cases[] = {
    {"nothing_is_missed", nothing_is_missed},
    {"labels_anywhere", labels_anywhere},
    {"tokens_of_any_length", tokens_of_any_length},
};
TEST_MAIN(cases)
