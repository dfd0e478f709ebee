/* What is remembered of names says what is found out anew, also where names push each other out and
 * where they are too long to be kept. */
#include "judge/shown_names.h"
#include "patterns/name_memory.h"
#include "tests/unit/check.h"

enum { NAMES = 4000, ROUNDS = 3, NAME_ROOM = 128 };

/* Numbered variants of words that the lexicon knows, short and long ones. */
static struct bytes make_name(unsigned number, char out[NAME_ROOM]) {
    static const char *const words[] = {"phone",          "idno", "收件人地址",
                                        "card_no_masked", "備註", "email"};
    static const char *const owners[] = {
        "", "cust_", "寄件人", "the_longest_owner_that_there_is_",
        "a_name_of_more_bytes_than_are_ever_kept_about_a_column_of_any_table_"};
    int len =
        snprintf(out, NAME_ROOM, "%s%s%u", owners[number % 5], words[number / 5 % 6], number / 30);
    return bytes_of(out, (size_t)len);
}

static void readings_are_those_of_the_lexicon(void) {
    struct lexicon *lexicon = lexicon_new();
    struct name_memory *memory = name_memory_new(lexicon);
    CHECK(lexicon != NULL && memory != NULL);
    for (unsigned round = 0; memory != NULL && round < ROUNDS; round++) {
        for (unsigned i = 0; i < NAMES; i++) {
            char column[NAME_ROOM], label[NAME_ROOM];
            struct bytes name = make_name(i, column);
            struct bytes caption = i % 3 == 0 ? make_name(i * 7, label) : bytes_of("", 0);
            struct name_reading known, anew;
            memset(&known, 0, sizeof known);
            memset(&anew, 0, sizeof anew);
            name_memory_read(memory, name, caption, &known);
            lexicon_read(lexicon, name, caption, &anew);
            CHECK_INT(known.strength, anew.strength);
            CHECK_INT(known.kinds, anew.kinds);
            CHECK_INT(known.first_kind, anew.first_kind);
            CHECK_INT(known.role_bits, anew.role_bits);
            CHECK(known.says_masked == anew.says_masked && known.says_hashed == anew.says_hashed &&
                  known.says_firm == anew.says_firm && known.says_keyed == anew.says_keyed);
        }
    }
    name_memory_free(memory);
    lexicon_free(lexicon);
}

/* "ab" with the label "c" is another column than "a" with the label "bc". */
static void column_and_label_are_told_apart(void) {
    struct lexicon *lexicon = lexicon_new();
    struct name_memory *memory = name_memory_new(lexicon);
    struct name_reading known, anew;
    CHECK(memory != NULL);
    if (memory != NULL) {
        name_memory_read(memory, BYTES_LIT("emailphone"), BYTES_LIT(""), &known);
        name_memory_read(memory, BYTES_LIT("email"), BYTES_LIT("phone"), &known);
        lexicon_read(lexicon, BYTES_LIT("email"), BYTES_LIT("phone"), &anew);
        CHECK_INT(known.kinds, anew.kinds);
    }
    name_memory_free(memory);
    lexicon_free(lexicon);
}

static void names_are_shown_as_they_were_kept(void) {
    struct name_cache *names = shown_names_new();
    CHECK(names != NULL);
    for (unsigned i = 0; names != NULL && i < NAMES; i++) {
        char text[NAME_ROOM], shown[NAME_ROOM + 8];
        struct bytes name = make_name(i, text);
        int len = snprintf(shown, sizeof shown, "<%s>", text);
        struct bytes out;
        shown_names_keep(names, name, bytes_of(shown, (size_t)len));
        bool known = shown_names_find(names, name, &out);
        CHECK(known == (name.len <= NAME_CACHE_MOST && len <= 96));
        CHECK(!known || bytes_equal(out, bytes_of(shown, (size_t)len)));
        char other[NAME_ROOM]; /* whose place it may have taken */
        struct bytes before = make_name(i / 2, other);
        if (shown_names_find(names, before, &out)) {
            len = snprintf(shown, sizeof shown, "<%s>", other);
            CHECK(bytes_equal(out, bytes_of(shown, (size_t)len)));
        }
    }
    name_cache_free(names);
}

static const struct test_case cases[] = {
    {"readings_are_those_of_the_lexicon", readings_are_those_of_the_lexicon},
    {"column_and_label_are_told_apart", column_and_label_are_told_apart},
    {"names_are_shown_as_they_were_kept", names_are_shown_as_they_were_kept},
};
TEST_MAIN(cases)
