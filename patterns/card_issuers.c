/* Ranges as networks publish them and as the tables credit-card-type 10.3.0 (2024) and the list of
 * issuer identification numbers in Wikipedia (2024) repeat them; brands issued in Taiwan first of
 * all, Diners Club and Discover for foreign customers. Left out on purpose: Visa with 13 digits (no
 * longer issued; EAN-13 bar codes of Taiwan, 471…, would be taken for it), Maestro, Mir (2200-2204
 * are years and months), RuPay. Discover's 622126-622925 lies in UnionPay's range. */
#include "patterns/card_issuers.h"

#include "patterns/luhn.h"
#include "patterns/mask_marks.h"

#define FROM_16 (CARD_LENGTH(16) | CARD_LENGTH(17) | CARD_LENGTH(18) | CARD_LENGTH(19))
#define DINERS (CARD_LENGTH(14) | CARD_LENGTH(16))

const struct card_issuer card_issuers[] = {
    {"Mastercard", 2221, 2720, CARD_LENGTH(16)}, /* since 2017 */
    {"Diners Club", 3000, 3059, DINERS},
    {"Diners Club", 3095, 3095, DINERS},
    {"American Express", 3400, 3499, CARD_LENGTH(15)},
    {"JCB", 3528, 3589, CARD_LENGTH(16)},
    {"Diners Club", 3600, 3699, DINERS},
    {"American Express", 3700, 3799, CARD_LENGTH(15)},
    {"Diners Club", 3800, 3999, DINERS},
    {"Visa", 4000, 4999, CARD_LENGTH(16)},
    {"Mastercard", 5100, 5599, CARD_LENGTH(16)},
    {"Discover", 6011, 6011, CARD_LENGTH(16)},
    {"UnionPay", 6200, 6299, FROM_16},
    {"Discover", 6440, 6599, CARD_LENGTH(16)},
    {"UnionPay", 8100, 8171, FROM_16},
};
const size_t card_issuer_count = sizeof card_issuers / sizeof *card_issuers;

/* Rows that may begin with each digit: from first_row[d] to before first_row[d + 1]. */
static const uint8_t first_row[11] = {0, 0, 0, 1, 8, 9, 10, 13, 13, 14, 14};

const struct card_issuer *card_issuer_of(const uint8_t *p, size_t len) {
    unsigned lead = (unsigned)(p[0] - '0');
    unsigned prefix = digits_two(p) * 100 + digits_two(p + 2);
    for (unsigned row = first_row[lead]; row < first_row[lead + 1]; row++) {
        const struct card_issuer *issuer = &card_issuers[row];
        if (prefix >= issuer->first && prefix <= issuer->last) {
            return len <= CARD_LENGTH_MAX && (issuer->lengths >> len & 1) != 0 ? issuer : NULL;
        }
    }
    return NULL;
}

/* Test numbers as Visa, Mastercard, American Express, Stripe, Adyen, Braintree, PayPal and JCB
 * print them; then those of gateways in Taiwan (ECPay, NewebPay, PAYUNi), most of which fail the
 * check. */
static const char dummies[][CARD_LENGTH_MAX + 1] = {
    "4111111111111111",
    "4012888888881881",
    "4242424242424242",
    "4000056655665556",
    "4000000000000002",
    "4000002500003155",
    "4444333322221111",
    "4988438843884305",
    "4166676667666746",
    "4917610000000000",
    "4543474002249996",
    "4761739001010010",
    "5555555555554444",
    "5105105105105100",
    "5454545454545454",
    "5431111111111111",
    "5200828282828210",
    "5399999999999999",
    "5413330089010434",
    "5577000055770004",
    "5136333333333335",
    "2223003122003222",
    "2223000048400011",
    "378282246310005",
    "371449635398431",
    "378734493671000",
    "343434343434343",
    "370000000000002",
    "3530111333300000",
    "3566002020360505",
    "3566111111111113",
    "3569990010095841",
    "30569309025904",
    "38520000023237",
    "36227206271667",
    "3056930009020004",
    "6011111111111117",
    "6011000990139424",
    "6200000000000005",
    "6205500000000000004",
    "6250941006528599",
    /* Taiwan */
    "4311952222222222",
    "4311951111111111",
    "4000221111111111",
    "4003551111111111",
    "4000222222222222",
    "4147631000000001",
    "376000000000006",
    "340353278080900",
};

/* Their last three digits: tells nearly every other number from them with one look. */
static const bool dummy_ending[1000] = {
    [0] = true,   [1] = true,   [2] = true,   [4] = true,   [5] = true,   [6] = true,
    [10] = true,  [11] = true,  [100] = true, [111] = true, [113] = true, [117] = true,
    [155] = true, [210] = true, [222] = true, [237] = true, [242] = true, [305] = true,
    [335] = true, [343] = true, [424] = true, [431] = true, [434] = true, [444] = true,
    [454] = true, [505] = true, [556] = true, [599] = true, [667] = true, [746] = true,
    [841] = true, [881] = true, [900] = true, [904] = true, [996] = true, [999] = true,
};

bool card_is_dummy(const uint8_t *p, size_t len) {
    const uint8_t *end = p + len;
    if (!dummy_ending[(unsigned)(end[-3] - '0') * 100 + digits_two(end - 2)]) {
        return false;
    }
    for (size_t i = 0; i < sizeof dummies / sizeof *dummies; i++) {
        bool begins = memcmp(dummies[i], p, 8) == 0; /* one comparison: nearly all differ there */
        if (begins && strlen(dummies[i]) == len && memcmp(dummies[i], p, len) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- residual ---- */

static bool prefix_fits(unsigned prefix, const char *symbols, char *out) {
    for (unsigned i = CARD_PREFIX_DIGITS; i-- > 0; prefix /= 10) {
        out[i] = (char)('0' + prefix % 10);
        if (symbols[i] != '*' && symbols[i] != out[i]) {
            return false;
        }
    }
    return true;
}

/* Doubling permutes the digits, so any hidden digit behind the prefix spreads the sum evenly and
 * one in ten fillings is valid. With none hidden there, each prefix is checked. */
uint64_t card_residual(const char *symbols, size_t len) {
    char number[MASKED_NUMBER_MAX];
    unsigned behind = 0, prefixes = 0;
    bool any_prefix = true, one_prefix = true;
    memcpy(number, symbols, len);
    for (size_t i = 0; i < len; i++) {
        behind += i >= CARD_PREFIX_DIGITS && symbols[i] == '*';
        any_prefix &= i >= CARD_PREFIX_DIGITS || symbols[i] == '*';
        one_prefix &= i >= CARD_PREFIX_DIGITS || symbols[i] != '*';
    }
    if (one_prefix && behind != 0) {
        bool known = card_issuer_of((const uint8_t *)symbols, len) != NULL;
        return known ? power_of_ten(behind - 1) : 0;
    }
    for (size_t row = 0; row < card_issuer_count; row++) {
        const struct card_issuer *issuer = &card_issuers[row];
        if (len > CARD_LENGTH_MAX || (issuer->lengths >> len & 1) == 0) {
            continue;
        }
        if (any_prefix && behind != 0) {
            prefixes += 1U + issuer->last - issuer->first;
            continue;
        }
        for (unsigned prefix = issuer->first; prefix <= issuer->last; prefix++) {
            if (prefix_fits(prefix, symbols, number)) {
                prefixes += behind != 0 || luhn_valid((const uint8_t *)number, len);
            }
        }
    }
    return behind == 0 ? prefixes : prefixes * power_of_ten(behind - 1);
}
