/* The list of kinds. Where several kinds could claim a value that proves nothing (a hidden ID, a
 * telephone number), the one that stands first does. */
#include "patterns/kinds/kinds.h"

const struct pattern *const patterns[] = {
    &pattern_tw_national_id,
    &pattern_tw_resident_id,
    &pattern_tw_resident_id_old,
    &pattern_card_number,
    &pattern_card_security_code,
    &pattern_card_expiry,
    &pattern_phone_mobile,
    &pattern_phone_landline,
    &pattern_address,
    &pattern_email,
    &pattern_person_name,
    &pattern_birth_date,
    &pattern_tw_passport,
    &pattern_tw_nhi_card,
    &pattern_tw_driver_license,
    &pattern_tw_mobile_barcode,
    &pattern_tw_citizen_certificate,
    &pattern_tw_business_id,
    &pattern_vehicle_plate,
    &pattern_bank_account,
    &pattern_card_track,
    &pattern_password,
    &pattern_health,
    &pattern_genetic,
    &pattern_sex_life,
    &pattern_medical_exam,
    &pattern_criminal_record,
    &pattern_ip_address,
    &pattern_key_material,
    &pattern_biometric_template,
    NULL,
};
/* NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers is counted */
enum { PATTERN_COUNT = sizeof patterns / sizeof patterns[0] - 1 };
_Static_assert((int)PATTERN_COUNT <= (int)PATTERN_MAX, "a kind_set holds 64 kinds");

unsigned pattern_count(void) {
    return PATTERN_COUNT;
}

kind_set pattern_default_kinds(void) {
    kind_set kinds = 0;
    for (unsigned i = 0; patterns[i] != NULL; i++) {
        kinds |= patterns[i]->off_by_default ? 0 : (kind_set)1 << i;
    }
    return kinds;
}

int kind_list_number(kind_list kinds, const char *name) {
    for (int i = 0; kinds[i] != NULL; i++) {
        if (strcmp(kinds[i]->name, name) == 0) {
            return i;
        }
    }
    return -1;
}

int pattern_number(const char *name) {
    return kind_list_number(patterns, name);
}
