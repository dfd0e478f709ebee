/* decode: keys that were met before are the same keys, wherever and however often they stand; an
 * unquoted value ends where the rule says, told byte by byte. */
#include "core/field_set.h"
#include "decode/keyed/values.h"
#include "tests/random.h"
#include "tests/unit/check.h"

enum { TEXT_BYTES = 900, ROUNDS = 300 };

static size_t put_piece(uint8_t *out) {
    static const char *const pieces[] = {"tel",
                                         "t",
                                         "user_name",
                                         "電話",
                                         "a.long-key_of_bytes",
                                         "12345",
                                         "deadbeef01",
                                         "=",
                                         "=",
                                         "=",
                                         "\":",
                                         "\": \"",
                                         "':",
                                         " = ",
                                         "[",
                                         "]",
                                         "%5Btel%5D",
                                         "&",
                                         ";",
                                         "\n",
                                         " ",
                                         "\\",
                                         "\\xE7",
                                         "\\\"",
                                         "(",
                                         ")",
                                         "，",
                                         "。",
                                         "、",
                                         "王小明",
                                         "09123456",
                                         "A%20B",
                                         "%",
                                         "null",
                                         ".",
                                         "QUJDREVGR0hJSktM",
                                         "\"",
                                         "'",
                                         "@",
                                         "{",
                                         "{Name:",
                                         " Tel:",
                                         "(b: \"",
                                         "map[c:",
                                         "}",
                                         ": Some(\"",
                                         "|"};
    const char *piece = pieces[random_next() % (sizeof pieces / sizeof *pieces)];
    memcpy(out, piece, strlen(piece));
    return strlen(piece);
}

static const struct cell *find(struct keyed_values *keys, struct bytes text, size_t *count) {
    struct error err;
    CHECK_INT(keyed_values_find(keys, text, 0, text.len, &err), 0);
    return keyed_values_cells(keys, count);
}

/* As a value behind an equals sign and no quote, which opens no bracket. */
static size_t plain_end(struct bytes text, size_t at) {
    static const char stops[] = "&;,\"'<>)]}|\\";
    while (at < text.len && text.ptr[at] > 0x20 && strchr(stops, text.ptr[at]) == NULL &&
           !bytes_starts_with(bytes_from(text, at), BYTES_LIT("，")) &&
           !bytes_starts_with(bytes_from(text, at), BYTES_LIT("。")) &&
           !bytes_starts_with(bytes_from(text, at), BYTES_LIT("、"))) {
        at++;
    }
    return at;
}

static void check_end(struct bytes text, const struct cell *cell) {
    size_t begin = cell->offset, end = begin + cell->length;
    bool simple = begin > 0 && text.ptr[begin - 1] == '=' &&
                  memchr(text.ptr + begin, '(', end - begin) == NULL &&
                  memchr(text.ptr + begin, '\\', end - begin) == NULL;
    if (simple && end < text.len && text.ptr[end] != '.' && text.ptr[end] != '\\') {
        CHECK_INT(end, plain_end(text, begin));
    }
}

/* Not so many rounds that there would be more keys than are taken. */
static void known_keys_are_the_same(void) {
    static uint8_t data[TEXT_BYTES + 64 + SEGMENT_PADDING];
    const struct block64_ops *ops = block64_ops(isa_best());
    struct field_set *old_fields = field_set_new();
    struct keyed_values *old = keyed_values_new(old_fields, ops);
    keyed_values_with_members(old);
    for (int round = 0; round < ROUNDS; round++) {
        struct field_set *new_fields = field_set_new();
        struct keyed_values *new = keyed_values_new(new_fields, ops);
        keyed_values_with_members(new);
        struct bytes text = {data, 0};
        while (text.len < TEXT_BYTES) {
            text.len += put_piece(data + text.len);
        }
        size_t old_count, new_count;
        const struct cell *a = find(old, text, &old_count), *b = find(new, text, &new_count);
        CHECK_INT(old_count, new_count);
        for (size_t i = 0; old_count == new_count && i < old_count; i++) {
            CHECK(a[i].offset == b[i].offset && a[i].length == b[i].length &&
                  a[i].flags == b[i].flags);
            CHECK(bytes_equal(field_set_field(old_fields, a[i].field)->column,
                              field_set_field(new_fields, b[i].field)->column));
            check_end(text, &a[i]);
        }
        keyed_values_free(new);
        field_set_free(new_fields);
    }
    CHECK(keyed_values_known(old) > 4);
    keyed_values_free(old);
    field_set_free(old_fields);
}

static const struct test_case cases[] = {
    {"known_keys_are_the_same", known_keys_are_the_same},
};
TEST_MAIN(cases)
