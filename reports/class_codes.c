/* 個人資料保護法之特定目的及個人資料之類別 (Ministry of Justice, 2012-10-01): the classes whose
 * examples name the kind or plainly hold it. */
#include "reports/class_codes.h"

#include <stddef.h>
#include <string.h>

static const char persons[] = "C001 辨識個人者", finance[] = "C002 辨識財務者",
                  government[] = "C003 政府資料中之辨識者", description[] = "C011 個人描述",
                  health[] = "C111 健康紀錄", sex_life[] = "C112 性生活";

const char *class_code(const char *kind) {
    static const struct {
        const char *kind, *code;
    } rows[] = {
        {"person_name", persons},
        {"phone_mobile", persons},
        {"phone_landline", persons},
        {"address", persons},
        {"email", persons},
        {"tw_citizen_certificate", persons},
        {"biometric_template", persons},
        {"card_number", finance},
        {"card_security_code", finance},
        {"card_expiry", finance},
        {"card_track", finance},
        {"bank_account", finance},
        {"tw_national_id", government},
        {"tw_resident_id", government},
        {"tw_resident_id_old", government},
        {"tw_passport", government},
        {"tw_nhi_card", government},
        {"tw_driver_license", government},
        {"birth_date", description},
        {"health", health},
        {"medical_exam", health},
        {"sex_life", sex_life},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].kind, kind) == 0) {
            return rows[i].code;
        }
    }
    return NULL;
}
