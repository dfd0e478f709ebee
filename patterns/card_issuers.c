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
#define DUMMIES_OF_16(D)                                                                           \
    D(41111111, 11111111), D(40128888, 88881881), D(42424242, 42424242), D(40000566, 55665556),    \
        D(40000000, 00000002), D(40000025, 00003155), D(44443333, 22221111),                       \
        D(49884388, 43884305), D(41666766, 67666746), D(49176100, 00000000),                       \
        D(45434740, 02249996), D(47617390, 01010010), D(55555555, 55554444),                       \
        D(51051051, 05105100), D(54545454, 54545454), D(54311111, 11111111),                       \
        D(52008282, 82828210), D(53999999, 99999999), D(54133300, 89010434),                       \
        D(55770000, 55770004), D(51363333, 33333335), D(22230031, 22003222),                       \
        D(22230000, 48400011), D(35301113, 33300000), D(35660020, 20360505),                       \
        D(35661111, 11111113), D(35699900, 10095841), D(30569300, 09020004),                       \
        D(60111111, 11111117), D(60110009, 90139424), D(62000000, 00000005),                       \
        D(62509410, 06528599), D(43119522, 22222222), D(43119511, 11111111),                       \
        D(40002211, 11111111), D(40035511, 11111111), D(40002222, 22222222), D(41476310, 00000001)
#define TEXT(front, back) #front #back
#define LAST_8(front, back) DIGITS8(1##back - 100000000)
static const char dummies[][CARD_LENGTH_MAX + 1] = {
    DUMMIES_OF_16(TEXT), "378282246310005",     "371449635398431", "378734493671000",
    "343434343434343",   "370000000000002",     "30569309025904",  "38520000023237",
    "36227206271667",    "6205500000000000004", "376000000000006", "340353278080900",
};
static const uint64_t dummies_last_8[] = {DUMMIES_OF_16(LAST_8)};
#undef LAST_8
#undef TEXT

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

struct number_form card_form_of_16(struct number_lead leads[CARD_LEADS_MAX]) {
    struct number_form form = {.length = 16,
                               .mapped = 0x5555,
                               .map = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9},
                               .leads = leads,
                               .never = dummies_last_8,
                               .never_count = sizeof dummies_last_8 / sizeof *dummies_last_8,
                               .never_mask = UINT64_MAX,
                               .never_at = 8};
    memset(form.low, '0', sizeof form.low);
    memset(form.span, 9, sizeof form.span);
    memset(form.weight, 1, sizeof form.weight);
    _Static_assert(sizeof card_issuers / sizeof *card_issuers <= CARD_LEADS_MAX, "leads");
    for (size_t row = 0; row < card_issuer_count; row++) {
        if ((card_issuers[row].lengths & CARD_LENGTH(16)) != 0) {
            leads[form.lead_count++] =
                (struct number_lead){card_issuers[row].first, card_issuers[row].last};
        }
    }
    return form;
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
