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
    NULL,
};
/* NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers is counted */
enum { PATTERN_COUNT = sizeof patterns / sizeof patterns[0] - 1 };
_Static_assert((int)PATTERN_COUNT <= (int)PATTERN_MAX, "a kind_set holds 64 kinds");

unsigned pattern_count(void) {
    return PATTERN_COUNT;
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
