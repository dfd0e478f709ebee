/* JSON of saved results, as RFC 8259 has it and as nobody should write it. */
#include "core/json_value.h"

#include "tests/unit/check.h"

static int parse(const char *text, size_t len, struct arena *arena, const struct json_value **out) {
    struct error err = {0};
    arena_init(arena, 1 << 20);
    return json_parse(bytes_of(text, len), arena, out, &err);
}

static void members_are_found_by_name_and_type(void) {
    static const char text[] = " {\"a\":\"\\u00e9\\ud83d\\ude00\\n\",\"b\":18446744073709551615,"
                               "\"c\":-1.5e2,\"d\":true,\"e\":[1,[],{}],\"f\":null,\"a\":2}\r\n";
    struct arena arena;
    const struct json_value *root = NULL;
    CHECK_INT(parse(text, sizeof text - 1, &arena, &root), 0);
    CHECK(bytes_equal(json_find_text(root, "a"), BYTES_LIT("\xC3\xA9\xF0\x9F\x98\x80\n")));
    CHECK(json_find_whole(root, "b") == UINT64_MAX);
    CHECK(json_find_real(root, "c") == -150.0);
    CHECK_INT(json_find_whole(root, "c"), 0);
    CHECK(json_find_truth(root, "d"));
    const struct json_value *list = json_find_list(root, "e");
    CHECK(list != NULL && list->whole == 1 && list->next != NULL && list->next->first == NULL);
    CHECK(json_find(root, "f", JSON_NULL) != NULL && json_find(root, "f", JSON_TEXT) == NULL);
    CHECK(json_find(root, "missing", JSON_TEXT) == NULL && json_find_text(root, "b").len == 0);
    CHECK(json_find(list, "a", JSON_TEXT) == NULL && json_find(NULL, "a", JSON_TEXT) == NULL);
    arena_release(&arena);
}

static void what_is_no_json_is_refused(void) {
    char deep[2 * (JSON_DEPTH + 1) + 1] = {0}; /* brackets in brackets */
    memset(deep, '[', JSON_DEPTH + 1);
    memset(deep + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
    const char *const wrong[] = {
        "",
        " ",
        "{",
        "}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "[1,]",
        "[1 2]",
        "{a:1}",
        "{'a':1}",
        "01",
        "1.",
        ".5",
        "-",
        "+1",
        "1e",
        "nul",
        "True",
        "NaN",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\x01\"",
        "\"\x80\"",
        "\"\\",
        "1 1",
        "[1]]",
        "{\"a\":1}x",
        deep,
        "1234567890123456789012345678901234567890123456789012345678901234567890",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena arena;
        const struct json_value *root;
        int rc = parse(wrong[i], strlen(wrong[i]), &arena, &root);
        if (rc != YINMA_E_DAMAGED) {
            printf("%s is taken\n", wrong[i]);
        }
        CHECK_INT(rc, YINMA_E_DAMAGED);
        arena_release(&arena);
    }
}

/* Cut anywhere, a record is refused and nothing behind its end is read. */
static void every_beginning_is_refused(void) {
    static const char text[] =
        "{\"type\":\"field\",\"n\":[1,2.5,-3],\"t\":\"\\u4e2d\\\"\",\"b\":false}";
    for (size_t len = 0; len < sizeof text - 1; len++) {
        struct arena arena;
        const struct json_value *root;
        char *copy = malloc(len + 1); /* of its own, so that the address sanitizer sees its end */
        CHECK(copy != NULL);
        if (copy != NULL) {
            memcpy(copy, text, len);
            CHECK_INT(parse(copy, len, &arena, &root), YINMA_E_DAMAGED);
            arena_release(&arena);
        }
        free(copy);
    }
}

static void memory_has_an_end(void) {
    struct arena arena;
    struct error err = {0};
    const struct json_value *root;
    char many[4001];
    memset(many, '1', sizeof many);
    for (size_t i = 0; i < 4000; i += 2) {
        many[i] = i == 0 ? '[' : ',';
    }
    many[4000] = ']';
    arena_init(&arena, 10000);
    CHECK_INT(json_parse(bytes_of(many, sizeof many), &arena, &root, &err), YINMA_E_MEMORY);
    arena_release(&arena);
}

static const struct test_case cases[] = {
    {"members_are_found_by_name_and_type", members_are_found_by_name_and_type},
    {"what_is_no_json_is_refused", what_is_no_json_is_refused},
    {"every_beginning_is_refused", every_beginning_is_refused},
    {"memory_has_an_end", memory_has_an_end},
};

int main(int argc, char **argv) {
    return check_run(cases, sizeof cases / sizeof *cases, argc, argv);
}
