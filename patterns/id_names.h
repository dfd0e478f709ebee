/* id_names.h - names of fields that may hold the number of any person, national or resident: forms
 * ask for 身分證字號 and take either; 份 for 分 is a common slip. Lists to be put into the rows of
 * the kinds, which add their own. */
#ifndef YINMA_PATTERNS_ID_NAMES_H
#define YINMA_PATTERNS_ID_NAMES_H

// clang-format off
#define ID_FIELD_NAMES \
    "駕照號碼", "駕照號", "駕駛執照號碼", "駕照字號", "driver license no", "driver license", "driver license number", \
    "driver licence no", "driving license no", "driving licence no", "drivers license no", \
    "身分證字號", "身份證字號", "身分證號", "身份證號", "身分證號碼", "身份證號碼", "身分證", "身份證", "身分證統一編號", "身份證統一編號", \
    "國民身分證統一編號", "國民身份證統一編號", "身分證統編", "身份證統編", "身證號", "身證字號", "證號", "證件號碼", "證件字號", \
    "身分識別碼", "身分證後四碼", "身分證末四碼", "身分證后四碼", "id no", "idno", "id num", "id number", \
    "id card", "id card no", "id card num", "id card number", "idcard", "identity", \
    "identity no", "identity id", "identity number", "identity card", "identity card no", \
    "identity card number", "national id", "national id no", "national no", \
    "national number", "nid", "person id", "personal id", "personal no", "personal number", \
    "ident no", "ident", "idn", "ssn", "twid", "tw id", "roc id", "citizen id", \
    "citizen no", "pid no", "cust idno", "cust pid", "cert id", "cert no", "id code", \
    "idcode", "identify no", "identify id", "identification", "identification no", \
    "identification number", "~id last4", "~id last 4", "~id4", "?pid", "?cust id", \
    "?customer id", "?uid", "?acc", "?account", "?user id", "?userid", "?member id", \
    "?number", "?insured id", "?applicant id", "?holder id", "?owner id", "?personid", \
    "=id", "=no", "=編號", "=代號", "?會員編號", "?客戶編號", "?客戶代號", "?帳號"

#define ID_OTHER_NAMES \
    "證件類別", "證件種類", "id type", "id card type", "identity type", "身分別", "身份別", "軍人證號", \
    "學生證號", "會員證號", "許可證號", "執照證號", "商品證號", "身分證正面", "身分證反面", "身分證影本", "發證日期", "發證地點"

#define ID_LABELS \
    "身分證", "身份證", "身證", "證號", "證件號碼", "證件字號", "國民身分證", "身分證字號", "身份證字號", "身分證號碼", "身份證號碼", \
    "身分證號", "身份證號", "身證字號", "身分證統一編號", "身份證統一編號", "身分證統編", "id no", "id_no", "idno", \
    "id number", "id card", "idcard", "id_number", "national id", "national_id", \
    "identity", "person_id", "personal_id", "twid", "ROC ID"

/* Only residents have these. */
#define RESIDENT_FIELD_NAMES \
    "統一證號", "居留證號", "居留證號碼", "外僑居留證", "外僑居留證號", "居留證", "居留證統一證號", "外來人口統一證號", "arc", \
    "arc no", "arcno", "arc number", "arc id", "aprc no", "ui no", "resident id", \
    "resident no", "resident permit no", "residence permit no", "residence permit number"

#define RESIDENT_LABELS \
    "外僑居留", "居留證", "居留證號", "居留證號碼", "居留證字號", "統一證號", "統一證號碼", "arc no", "ARC", "ui no"
// clang-format on

#endif
