#include "result/people.h"

void people_init(struct people *people) {
    *people = (struct people){.other_exact = true};
    for (unsigned i = 0; i < PEOPLE_BASES; i++) {
        sketch_init(&people->by[i]);
    }
}

void people_release(struct people *people) {
    for (unsigned i = 0; i < PEOPLE_BASES; i++) {
        sketch_release(&people->by[i]);
    }
}

enum people_basis people_basis_of(const char *kind) {
    static const struct {
        const char *kind;
        enum people_basis basis;
    } rows[] = {{"tw_national_id", PEOPLE_BY_ID},
                {"tw_resident_id", PEOPLE_BY_ID},
                {"tw_resident_id_old", PEOPLE_BY_ID},
                {"phone_mobile", PEOPLE_BY_MOBILE},
                {"email", PEOPLE_BY_MAIL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].kind, kind) == 0) {
            return rows[i].basis;
        }
    }
    return PEOPLE_BASES;
}

static bool belongs_to_one(const char *kind) {
    static const char *const kinds[] = {"card_number",       "bank_account",
                                        "tw_passport",       "tw_nhi_card",
                                        "tw_driver_license", "tw_citizen_certificate",
                                        "tw_mobile_barcode", "phone_landline",
                                        "person_name",       "address"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i], kind) == 0) {
            return true;
        }
    }
    return false;
}

void people_add(struct people *people, const struct field_result *field) {
    enum people_basis basis = people_basis_of(field->kind);
    if (!field->written) {
        return;
    }
    if (basis != PEOPLE_BASES) {
        sketch_merge(&people->by[basis], &field->facts->distinct);
        return;
    }
    uint64_t count = belongs_to_one(field->kind) ? sketch_estimate(&field->facts->distinct) : 0;
    if (count > people->other) {
        people->other = count;
        people->other_exact = sketch_is_exact(&field->facts->distinct);
        people->other_field = field;
    }
}

void people_merge(struct people *into, const struct people *from) {
    for (unsigned i = 0; i < PEOPLE_BASES; i++) {
        sketch_merge(&into->by[i], &from->by[i]);
    }
    if (from->other > into->other) {
        into->other = from->other;
        into->other_exact = from->other_exact;
        into->other_field = from->other_field;
    }
}

struct people_count people_result(const struct people *people) {
    uint64_t counts[PEOPLE_BASES];
    for (unsigned i = 0; i < PEOPLE_BASES; i++) {
        counts[i] = sketch_estimate(&people->by[i]);
    }
    enum people_basis basis = counts[PEOPLE_BY_ID] > 0 ? PEOPLE_BY_ID
                              : counts[PEOPLE_BY_MAIL] > counts[PEOPLE_BY_MOBILE]
                                  ? PEOPLE_BY_MAIL
                                  : PEOPLE_BY_MOBILE;
    if (counts[basis] == 0) {
        return (struct people_count){.basis = PEOPLE_BASES, .exact = true};
    }
    return (struct people_count){counts[basis], basis, sketch_is_exact(&people->by[basis])};
}
