/* kinds.h - the rows that registry.c lists; one file of this folder each. */
#ifndef YINMA_PATTERNS_KINDS_KINDS_H
#define YINMA_PATTERNS_KINDS_KINDS_H

#include "patterns/pattern.h"

extern const struct pattern pattern_tw_national_id;
extern const struct pattern pattern_tw_resident_id;
extern const struct pattern pattern_tw_resident_id_old;
extern const struct pattern pattern_card_number;
extern const struct pattern pattern_card_security_code;
extern const struct pattern pattern_card_expiry;
extern const struct pattern pattern_phone_mobile;
extern const struct pattern pattern_phone_landline;
extern const struct pattern pattern_address;
extern const struct pattern pattern_email;
extern const struct pattern pattern_person_name;
extern const struct pattern pattern_birth_date;
extern const struct pattern pattern_tw_passport;
extern const struct pattern pattern_tw_nhi_card;
extern const struct pattern pattern_tw_driver_license;
extern const struct pattern pattern_tw_mobile_barcode;
extern const struct pattern pattern_tw_citizen_certificate;
extern const struct pattern pattern_tw_business_id;
extern const struct pattern pattern_vehicle_plate;
extern const struct pattern pattern_bank_account;
extern const struct pattern pattern_card_track;
extern const struct pattern pattern_password;
extern const struct pattern pattern_health;
extern const struct pattern pattern_genetic;
extern const struct pattern pattern_sex_life;
extern const struct pattern pattern_medical_exam;
extern const struct pattern pattern_criminal_record;
extern const struct pattern pattern_ip_address;
extern const struct pattern pattern_key_material;
extern const struct pattern pattern_biometric_template;

#endif
