#include "patterns/checksums.h"

#include "patterns/luhn.h"

enum { CHECKED_MAX = 64 };

static bool only_digits(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.ptr[i])) {
            return false;
        }
    }
    return text.len > 0 && text.len <= CHECKED_MAX;
}

/* 0-9 and A 10 … Z 35; -1 for anything else. */
static int number_of(uint8_t c) {
    return byte_is_digit(c) ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
}

/* ISO/IEC 7812-1, annex B. */
static bool luhn(struct bytes text, const struct checksum_weights *weights) {
    (void)weights;
    return only_digits(text) && luhn_valid(text.ptr, (unsigned)text.len);
}

/* The sum of all characters times their weights; -1 when there are more or fewer. A last X of
 * modulus 11 is ten. */
static int weighted_sum(struct bytes text, const struct checksum_weights *weights) {
    unsigned sum = 0;
    if (text.len != weights->count) {
        return -1;
    }
    for (size_t i = 0; i < text.len; i++) {
        bool ten = i + 1 == text.len && text.ptr[i] == 'X';
        int number = ten ? 10 : number_of(text.ptr[i]);
        if (number < 0) {
            return -1;
        }
        sum += (unsigned)number * weights->values[i];
    }
    return (int)sum;
}

static bool mod10_weighted(struct bytes text, const struct checksum_weights *weights) {
    int sum = only_digits(text) ? weighted_sum(text, weights) : -1;
    return sum >= 0 && sum % 10 == 0;
}

static bool mod11_weighted(struct bytes text, const struct checksum_weights *weights) {
    int sum = weighted_sum(text, weights);
    return sum >= 0 && sum % 11 == 0;
}

/* ISO 7064, MOD 97-10: letters are two digits, the whole number leaves 1. */
static int remainder_97(struct bytes text, int remainder) {
    for (size_t i = 0; i < text.len && remainder >= 0; i++) {
        int number = number_of(text.ptr[i]);
        remainder = number < 0 ? -1 : (remainder * (number > 9 ? 100 : 10) + number) % 97;
    }
    return remainder;
}

static bool mod97(struct bytes text, const struct checksum_weights *weights) {
    (void)weights;
    return text.len > 2 && remainder_97(text, 0) == 1;
}

/* ISO 13616: country and check digits are moved to the end first. */
static bool iban(struct bytes text, const struct checksum_weights *weights) {
    (void)weights;
    return text.len > 4 &&
           remainder_97(bytes_first(text, 4), remainder_97(bytes_from(text, 4), 0)) == 1;
}

const struct checksum checksums[] = {
    {"luhn", 0.1, false, luhn},
    {"mod10-weighted", 0.1, true, mod10_weighted},
    {"mod11-weighted", 0.091, true, mod11_weighted},
    {"mod97", 0.011, false, mod97},
    {"iban", 0.011, false, iban},
    {0},
};

const struct checksum *checksum_find(const char *name) {
    for (const struct checksum *row = checksums; row->name != NULL; row++) {
        if (strcmp(row->name, name) == 0) {
            return row;
        }
    }
    return NULL;
}
