#include "catalog/kind_names.h"

#include "catalog/suggest.h"

enum { NAMES_MAX = 160, KINDS_MAX = 64, ROLES_MAX = 32 };

static const char *const kind_names[] = {"tw_national_id",
                                         "tw_resident_id",
                                         "tw_resident_id_old",
                                         "tw_passport",
                                         "tw_nhi_card",
                                         "tw_driver_license",
                                         "tw_citizen_certificate",
                                         "tw_mobile_barcode",
                                         "tw_business_id",
                                         "person_name",
                                         "birth_date",
                                         "vehicle_plate",
                                         "phone_mobile",
                                         "phone_landline",
                                         "address",
                                         "email",
                                         "card_number",
                                         "card_security_code",
                                         "card_expiry",
                                         "card_track",
                                         "bank_account",
                                         "password",
                                         "health",
                                         "genetic",
                                         "sex_life",
                                         "medical_exam",
                                         "criminal_record",
                                         "ip_address",
                                         "key_material",
                                         "biometric_template",
                                         NULL};

static const char *const role_names[] = {
    "invoice_number",     "goods_description", "payment_amount",
    "transaction_number", "created_date",      "closed_date",
    "delivered_date",     "account_name",      NULL};

/* Place of NAME in NAMES, or -1. */
static int place_of(const char *const *names, struct bytes name) {
    for (int i = 0; names != NULL && names[i] != NULL; i++) {
        if (bytes_equal(name, bytes_of_string(names[i]))) {
            return i;
        }
    }
    return -1;
}

static int bit_of(const char *const *words, int limit, const char *const *known,
                  struct bytes name) {
    int place = place_of(words, name);
    if (place >= 0) {
        return place < limit ? place : -1;
    }
    return place_of(known, name) >= 0 ? -1 : -2;
}

int kind_bit(const struct rule_vocabulary *words, struct bytes name) {
    return bit_of(words->kinds, KINDS_MAX, kind_names, name);
}

int role_bit(const struct rule_vocabulary *words, struct bytes name) {
    return bit_of(words->roles, ROLES_MAX, role_names, name);
}

/* KNOWN, and then the words that are not among them. */
static void complain(const char *what, const char *const *words, const char *const *known,
                     struct bytes given, char *out, size_t size) {
    const char *names[NAMES_MAX + 1];
    size_t count = 0;
    for (; known[count] != NULL; count++) {
        names[count] = known[count];
    }
    for (size_t i = 0; words != NULL && words[i] != NULL && count < NAMES_MAX; i++) {
        if (place_of(known, bytes_of_string(words[i])) < 0) {
            names[count++] = words[i];
        }
    }
    names[count] = NULL;
    name_complaint(what, given, names, out, size);
}

void kind_complaint(const struct rule_vocabulary *words, struct bytes given, char *out,
                    size_t size) {
    complain(SAID("kind"), words->kinds, kind_names, given, out, size);
}

void role_complaint(const struct rule_vocabulary *words, struct bytes given, char *out,
                    size_t size) {
    complain(SAID("role"), words->roles, role_names, given, out, size);
}
