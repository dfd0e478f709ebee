#include "check.h"
#include "patterns/checksums.h"

static bool valid(const char *name, const char *text, const uint8_t *weights, unsigned count) {
    const struct checksum *row = checksum_find(name);
    const struct checksum_weights given = {weights, count};
    CHECK(row != NULL);
    return row != NULL && row->valid(bytes_of_string(text), &given);
}

static void known_values(void) {
    static const uint8_t isbn[] = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    static const uint8_t ean[] = {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1};
    CHECK(valid("luhn", "79927398713", NULL, 0)); /* the example of the standard's many texts */
    CHECK(!valid("luhn", "79927398710", NULL, 0));
    CHECK(valid("mod10-weighted", "4006381333931", ean, 13)); /* EAN-13 */
    CHECK(!valid("mod10-weighted", "4006381333932", ean, 13));
    CHECK(valid("mod11-weighted", "0306406152", isbn, 10)); /* ISBN-10 */
    CHECK(valid("mod11-weighted", "080442957X", isbn, 10));
    CHECK(!valid("mod11-weighted", "0804429571", isbn, 10));
    CHECK(valid("iban", "GB82WEST12345698765432", NULL, 0)); /* ISO 13616 registry */
    CHECK(!valid("iban", "GB83WEST12345698765432", NULL, 0));
    CHECK(valid("mod97", "WEST12345698765432GB82", NULL, 0));
    CHECK(!valid("mod97", "GB82WEST12345698765432", NULL, 0));
}

static void texts_of_the_wrong_form(void) {
    static const uint8_t three[] = {1, 2, 3};
    for (const struct checksum *row = checksums; row->name != NULL; row++) {
        const unsigned count = row->needs_weights ? 3 : 0;
        CHECK(!valid(row->name, "", three, count));
        CHECK(!valid(row->name, "*-*", three, count));
        CHECK(!valid(row->name, "\xE4\xB8\xAD", three, count));
        CHECK(row->chance > 0 && row->chance < 1);
    }
    CHECK(!valid("mod10-weighted", "1234", three, 3)); /* more characters than weights */
    CHECK(!valid("luhn", "7992A398713", NULL, 0));
    CHECK(checksum_find("no such") == NULL);
}

static const struct test_case cases[] = {
    {"known_values", known_values},
    {"texts_of_the_wrong_form", texts_of_the_wrong_form},
};

TEST_MAIN(cases)
