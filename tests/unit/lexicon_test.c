/* What names of fields say, on names from public schemas, forms and interfaces of Taiwan. */
#include "check.h"
#include "patterns/lexicon.h"

/* NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): reads from left to right */
struct expectation {
    const char *name;
    enum name_strength strength;
    const char *first; /* kind; NULL = none */
    unsigned flags;
};
enum { MASKED = 1, HASHED = 2, FIRM_OWN = 4 };

#define ID "tw_national_id"
#define UI "tw_resident_id"
#define CARD "card_number"
#define CVV "card_security_code"
#define EXPIRY "card_expiry"
#define MOBILE "phone_mobile"
#define LANDLINE "phone_landline"
#define ADDRESS "address"
#define EMAIL "email"
#define NAME "person_name"
#define BIRTH "birth_date"
#define BARCODE "tw_mobile_barcode"
#define FIRM "tw_business_id"
#define PLATE "vehicle_plate"
#define BANK "bank_account"
#define PASSWORD "password"

static const struct expectation expectations[] = {
    /* identity */
    {"身分證字號", NAME_TELLS, ID, 0},
    {"身份證字號", NAME_TELLS, ID, 0},
    {"國民身分證統一編號", NAME_TELLS, ID, 0},
    {"客戶身分證號碼", NAME_TELLS, ID, 0},
    {"證號", NAME_TELLS, ID, 0},
    {"居留證號", NAME_TELLS, UI, 0},
    {"身分證字號(一)", NAME_TELLS, ID, 0},
    {"身分證字號後四碼", NAME_TELLS, ID, MASKED},
    {"id_no", NAME_TELLS, ID, 0},
    {"idno", NAME_TELLS, ID, 0},
    {"idNo", NAME_TELLS, ID, 0},
    {"IDNo", NAME_TELLS, ID, 0},
    {"ID_Number", NAME_TELLS, ID, 0},
    {"id_card_num", NAME_TELLS, ID, 0},
    {"IdentityCardNumber", NAME_TELLS, ID, 0},
    {"PERSON_ID", NAME_TELLS, ID, 0},
    {"nationalId", NAME_TELLS, ID, 0},
    {"twid", NAME_TELLS, ID, 0},
    {"cust_idno", NAME_TELLS, ID, 0},
    {"receiver_id_no", NAME_TELLS, ID, 0},
    {"idno_masked", NAME_TELLS, ID, MASKED},
    {"idno_sha256", NAME_TELLS, ID, HASHED},
    {"id_no_hash", NAME_TELLS, ID, HASHED},
    {"md5_idno", NAME_TELLS, ID, HASHED},
    {"id_no_enc", NAME_TELLS, ID, 0},
    {"id_no2", NAME_TELLS, ID, 0},
    {"old_id_no", NAME_TELLS, ID, 0},
    {"arc_no", NAME_TELLS, UI, 0},
    {"arcNo", NAME_TELLS, UI, 0},
    {"uid", NAME_HINT, ID, 0},
    {"custid", NAME_HINT, ID, 0},
    {"user_id", NAME_HINT, ID, 0},
    {"account", NAME_HINT, NULL, 0},
    {"number", NAME_HINT, ID, 0},
    {"護照號碼", NAME_TELLS, "tw_passport", 0},
    {"passportNo", NAME_TELLS, "tw_passport", 0},
    {"passport_expiry", NAME_OTHER, NULL, 0},
    {"健保卡號", NAME_TELLS, "tw_nhi_card", 0},
    {"hicardno", NAME_TELLS, "tw_nhi_card", 0},
    {"駕照管轄編號", NAME_TELLS, "tw_driver_license", 0},
    {"駕照號碼", NAME_TELLS, ID, 0}, /* the holder's own number */
    {"driver_license_no", NAME_TELLS, ID, 0},
    {"license_no", NAME_HINT, "tw_driver_license", 0},
    {"車牌號碼", NAME_TELLS, PLATE, 0},
    {"license_plate", NAME_TELLS, PLATE, 0},
    {"car_no", NAME_TELLS, PLATE, 0},
    {"plate_color", NAME_OTHER, NULL, 0},
    {"buyer_tax_id", NAME_TELLS, FIRM, 0},
    {"買方統編", NAME_TELLS, FIRM, 0},
    {"client_ip", NAME_OTHER, NULL, 0}, /* off by default */
    /* accounts, secrets, article 6 */
    {"銀行帳號", NAME_TELLS, BANK, 0},
    {"bank_account_number", NAME_TELLS, BANK, 0},
    {"匯款帳號後五碼", NAME_TELLS, BANK, MASKED},
    {"ATMAccNo", NAME_TELLS, BANK, 0},
    {"account_type", NAME_OTHER, NULL, 0},
    {"登入帳號", NAME_OTHER, NULL, 0},
    {"bank_code", NAME_OTHER, NULL, 0},
    {"password", NAME_TELLS, PASSWORD, 0},
    {"user_pwd", NAME_TELLS, PASSWORD, 0},
    {"會員密碼", NAME_TELLS, PASSWORD, 0},
    {"encrypted_password", NAME_TELLS, PASSWORD, 0},
    {"password_md5", NAME_TELLS, PASSWORD, HASHED},
    {"password_reset_token", NAME_OTHER, NULL, 0},
    {"密碼提示", NAME_OTHER, NULL, 0},
    {"track2_data", NAME_TELLS, "card_track", 0},
    {"病歷號碼", NAME_TELLS, "health", 0},
    {"icd10_code", NAME_TELLS, "health", 0},
    {"性別", NAME_OTHER, NULL, 0},
    {"性傾向", NAME_TELLS, "sex_life", 0},
    {"健檢結果", NAME_TELLS, "medical_exam", 0},
    {"blood_pressure", NAME_TELLS, "medical_exam", 0},
    {"犯罪紀錄", NAME_TELLS, "criminal_record", 0},
    {"基因檢測結果", NAME_TELLS, "genetic", 0},
    /* cards */
    {"card_no", NAME_TELLS, CARD, 0},
    {"cardno", NAME_TELLS, CARD, 0},
    {"CardNumber", NAME_TELLS, CARD, 0},
    {"creditCard", NAME_TELLS, CARD, 0},
    {"credit_card_number", NAME_TELLS, CARD, 0},
    {"creditcard_no", NAME_TELLS, CARD, 0},
    {"pan", NAME_TELLS, CARD, 0},
    {"MaskedPan", NAME_TELLS, CARD, MASKED},
    {"card_no_masked", NAME_TELLS, CARD, MASKED},
    {"card_last4", NAME_TELLS, CARD, MASKED},
    {"card_no_last4", NAME_TELLS, CARD, MASKED},
    {"Card4No", NAME_TELLS, CARD, MASKED},
    {"Card6No", NAME_TELLS, CARD, MASKED},
    {"CardNo4", NAME_TELLS, CARD, MASKED},
    {"ccnum", NAME_TELLS, CARD, 0},
    {"信用卡號", NAME_TELLS, CARD, 0},
    {"刷卡卡號", NAME_TELLS, CARD, 0},
    {"持卡人末四碼", NAME_TELLS, CARD, MASKED},
    {"信用卡號末四碼", NAME_TELLS, CARD, MASKED},
    {"卡號", NAME_HINT, CARD, 0},
    {"cvv", NAME_TELLS, CVV, 0},
    {"CVV2", NAME_TELLS, CVV, 0},
    {"cvc_code", NAME_TELLS, CVV, 0},
    {"card_security_code", NAME_TELLS, CVV, 0},
    {"卡片背面三碼", NAME_TELLS, CVV, 0},
    {"信用卡安全碼", NAME_TELLS, CVV, 0},
    {"驗證碼", NAME_HINT, CVV, 0},
    {"檢查碼", NAME_HINT, CVV, 0},
    {"security_code", NAME_HINT, CVV, 0},
    {"末三碼", NAME_HINT, CVV, 0},
    {"簡訊驗證碼", NAME_OTHER, NULL, 0},
    {"card_exp", NAME_TELLS, EXPIRY, 0},
    {"CardValidYY", NAME_TELLS, EXPIRY, 0},
    {"credit_card_date", NAME_TELLS, EXPIRY, 0},
    {"有效月年", NAME_TELLS, EXPIRY, 0},
    {"exp_date", NAME_HINT, EXPIRY, 0},
    {"expMonth", NAME_HINT, EXPIRY, 0},
    {"有效期限", NAME_HINT, EXPIRY, 0},
    /* telephones */
    {"phone", NAME_TELLS, MOBILE, 0},
    {"phone1", NAME_TELLS, MOBILE, 0},
    {"tel_2", NAME_TELLS, MOBILE, 0},
    {"rcv_tel", NAME_TELLS, MOBILE, 0},
    {"consigneePhone", NAME_TELLS, MOBILE, 0},
    {"ReceiverCellPhone", NAME_TELLS, MOBILE, 0},
    {"receiver_mobile", NAME_TELLS, MOBILE, 0},
    {"receivermobile", NAME_TELLS, MOBILE, 0},
    {"usertel", NAME_TELLS, MOBILE, 0},
    {"order_cusphone", NAME_TELLS, MOBILE, 0},
    {"cellphone", NAME_TELLS, MOBILE, 0},
    {"電話", NAME_TELLS, MOBILE, 0},
    {"收件人電話", NAME_TELLS, MOBILE, 0},
    {"緊急聯絡電話", NAME_TELLS, MOBILE, 0},
    {"電話(日)", NAME_TELLS, MOBILE, 0},
    {"手機號碼", NAME_TELLS, MOBILE, 0},
    {"手機後三碼", NAME_TELLS, MOBILE, MASKED},
    {"mobile_md5", NAME_TELLS, MOBILE, HASHED},
    {"市話", NAME_TELLS, LANDLINE, 0},
    {"公司電話", NAME_TELLS, LANDLINE, 0},
    {"home_phone", NAME_TELLS, LANDLINE, 0},
    {"fax", NAME_TELLS, LANDLINE, 0},
    {"phone_model", NAME_OTHER, NULL, 0},
    {"phone_verified", NAME_OTHER, NULL, 0},
    {"取貨門市電話", NAME_OTHER, NULL, FIRM_OWN},
    {"客服專線", NAME_OTHER, NULL, FIRM_OWN},
    {"store_tel", NAME_OTHER, NULL, FIRM_OWN},
    {"門市地址", NAME_OTHER, NULL, FIRM_OWN},
    {"warehouse_address", NAME_OTHER, NULL, FIRM_OWN},
    {"手機條碼", NAME_TELLS, BARCODE, 0},
    {"手機載具", NAME_TELLS, BARCODE, 0},
    {"carrierId1", NAME_TELLS, BARCODE, 0},
    {"載具號碼", NAME_TELLS, BARCODE, 0},
    {"載具類別", NAME_OTHER, NULL, 0},
    {"carrierType", NAME_OTHER, NULL, 0},
    {"自然人憑證號碼", NAME_TELLS, "tw_citizen_certificate", 0},
    {"手機型號", NAME_OTHER, NULL, 0},
    {"hotel", NAME_SAYS_NOTHING, NULL, 0},
    /* addresses, mail */
    {"addr", NAME_TELLS, ADDRESS, 0},
    {"receiver_addr", NAME_TELLS, ADDRESS, 0},
    {"ReceiverAddress", NAME_TELLS, ADDRESS, 0},
    {"shipping_address_2", NAME_TELLS, ADDRESS, 0},
    {"戶籍地址", NAME_TELLS, ADDRESS, 0},
    {"收件人地址", NAME_TELLS, ADDRESS, 0},
    {"order.receiver.address", NAME_TELLS, ADDRESS, 0},
    {"address_id", NAME_OTHER, NULL, 0},
    {"ip_address", NAME_OTHER, NULL, 0},
    {"mac_address", NAME_OTHER, NULL, 0},
    {"email", NAME_TELLS, EMAIL, 0},
    {"E-mail", NAME_TELLS, EMAIL, 0},
    {"eMail", NAME_TELLS, EMAIL, 0},
    {"member_email", NAME_TELLS, EMAIL, 0},
    {"電子信箱", NAME_TELLS, EMAIL, 0},
    {"email_address", NAME_TELLS, EMAIL, 0},
    {"電子郵件地址", NAME_TELLS, EMAIL, 0},
    {"email_verified", NAME_OTHER, NULL, 0},
    /* names */
    {"姓名", NAME_TELLS, NAME, 0},
    {"收件人", NAME_TELLS, NAME, 0},
    {"收件人姓名", NAME_TELLS, NAME, 0},
    {"customer_name", NAME_TELLS, NAME, 0},
    {"buyer_name", NAME_TELLS, NAME, 0},
    {"buyername", NAME_TELLS, NAME, 0},
    {"receiver", NAME_TELLS, NAME, 0},
    {"recipientName", NAME_TELLS, NAME, 0},
    {"cname", NAME_TELLS, NAME, 0},
    {"member_name", NAME_TELLS, NAME, 0},
    {"contact", NAME_TELLS, NAME, 0},
    {"receiver.name", NAME_TELLS, NAME, 0},
    {"ＮＡＭＥ", NAME_HINT, NAME, 0},
    {"name", NAME_HINT, NAME, 0},
    {"user_name", NAME_HINT, NAME, 0},
    {"username", NAME_HINT, NAME, 0},
    {"product_name", NAME_OTHER, NULL, 0},
    {"file_name", NAME_OTHER, NULL, 0},
    {"table_name", NAME_OTHER, NULL, 0},
    {"company_name", NAME_OTHER, NULL, 0},
    {"公司名稱", NAME_OTHER, NULL, 0},
    {"商品名稱", NAME_OTHER, NULL, 0},
    /* births */
    {"birthday", NAME_TELLS, BIRTH, 0},
    {"birth_date", NAME_TELLS, BIRTH, 0},
    {"DOB", NAME_TELLS, BIRTH, 0},
    {"出生年月日", NAME_TELLS, BIRTH, 0},
    {"birth_place", NAME_OTHER, NULL, 0},
    /* nothing of the kind */
    {"order_no", NAME_OTHER, NULL, 0},
    {"card_type", NAME_OTHER, NULL, 0},
    {"id", NAME_OTHER, NULL, 0},
    {"no", NAME_OTHER, NULL, 0},
    {"code", NAME_OTHER, NULL, 0},
    {"status", NAME_OTHER, NULL, 0},
    {"created_at", NAME_OTHER, NULL, 0},
    {"統一編號", NAME_TELLS, FIRM, 0},
    {"訂單編號", NAME_OTHER, NULL, 0},
    {"託運單號", NAME_OTHER, NULL, 0},
    {"tracking_no", NAME_OTHER, NULL, 0},
    {"imei", NAME_OTHER, NULL, 0},
    {"barcode", NAME_OTHER, NULL, 0},
    {"japan", NAME_SAYS_NOTHING, NULL, 0},
    {"remark", NAME_SAYS_NOTHING, NULL, 0},
    {"備註", NAME_SAYS_NOTHING, NULL, 0},
    {"#3", NAME_SAYS_NOTHING, NULL, 0},
    {"", NAME_SAYS_NOTHING, NULL, 0},
};
enum { EXPECTATIONS = sizeof expectations / sizeof *expectations };

static void names_say_what_is_expected(void) {
    struct lexicon *lexicon = lexicon_new();
    CHECK(lexicon != NULL);
    CHECK(EXPECTATIONS >= 120);
    for (size_t i = 0; lexicon != NULL && i < EXPECTATIONS; i++) {
        const struct expectation *e = &expectations[i];
        struct name_reading r;
        lexicon_read(lexicon, bytes_of_string(e->name), (struct bytes){0}, &r);
        unsigned flags = (r.says_masked ? MASKED : 0U) | (r.says_hashed ? HASHED : 0U) |
                         (r.says_firm ? FIRM_OWN : 0U);
        const char *first = r.first_kind < 0 ? NULL : patterns[r.first_kind]->name;
        bool kind_fits = e->strength < NAME_HINT
                             ? first == NULL
                             : e->first == NULL || (first != NULL && strcmp(first, e->first) == 0);
        bool ok = r.strength == e->strength && kind_fits && flags == e->flags;
        if (!ok) {
            printf("\"%s\": strength %d, expected %d; first %s; flags %u\n", e->name,
                   (int)r.strength, (int)e->strength, first == NULL ? "-" : first, flags);
        }
        CHECK(ok);
        CHECK(r.first_kind < 0 || (r.kinds >> r.first_kind & 1) != 0);
    }
    lexicon_free(lexicon);
}

static kind_set kind(const char *name) {
    return (kind_set)1 << pattern_number(name);
}

static void several_kinds_share_a_name(void) {
    struct lexicon *lexicon = lexicon_new();
    struct name_reading r;
    lexicon_read(lexicon, BYTES_LIT("tel"), (struct bytes){0}, &r);
    CHECK(r.kinds == (kind(MOBILE) | kind(LANDLINE)));
    lexicon_read(lexicon, BYTES_LIT("id_no"), (struct bytes){0}, &r);
    CHECK(r.kinds == (kind(ID) | kind(UI) | kind("tw_resident_id_old")));
    lexicon_free(lexicon);
}

static void captions_help(void) {
    static const struct {
        const char *column, *label, *first;
        enum name_strength strength;
    } cases[] = {
        {"c_07", "客戶手機號碼", MOBILE, NAME_TELLS},
        {"c_07", "手機號碼，登入用", MOBILE, NAME_TELLS},
        {"f12", "身分證字號 (必填)", ID, NAME_TELLS},
        {"name", "商品名稱", NULL, NAME_OTHER},
        {"name", "會員姓名", NAME, NAME_TELLS},
        {"email", "主旨", EMAIL, NAME_TELLS},
        {"mobile", "電子信箱", MOBILE, NAME_TELLS},
        {"code", "信用卡安全碼", CVV, NAME_TELLS},
        {"no", "", NULL, NAME_OTHER},
    };
    struct lexicon *lexicon = lexicon_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct name_reading r;
        lexicon_read(lexicon, bytes_of_string(cases[i].column), bytes_of_string(cases[i].label),
                     &r);
        CHECK_INT(r.strength, cases[i].strength);
        CHECK_INT(r.first_kind, cases[i].first == NULL ? -1 : pattern_number(cases[i].first));
    }
    lexicon_free(lexicon);
}

static void roles_are_known(void) {
    static const struct {
        const char *name, *role;
    } cases[] = {
        {"invoice_no", "invoice_number"},
        {"發票號碼", "invoice_number"},
        {"InvoiceNo", "invoice_number"},
        {"invoice_type", NULL},
        {"發票載具", NULL},
        {"goods_name", "goods_description"},
        {"商品名稱", "goods_description"},
        {"品名", "goods_description"},
        {"amount", "payment_amount"},
        {"代收金額", "payment_amount"},
        {"TradeAmt", "payment_amount"},
        {"MerchantTradeNo", "transaction_number"},
        {"授權碼", "transaction_number"},
        {"created_at", "created_date"},
        {"createTime", "created_date"},
        {"訂單日期", "created_date"},
        {"closed_at", "closed_date"},
        {"結案日期", "closed_date"},
        {"delivered_at", "delivered_date"},
        {"簽收時間", "delivered_date"},
        {"birth_date", NULL},
        {"phone", NULL},
    };
    struct lexicon *lexicon = lexicon_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct name_reading r;
        lexicon_read(lexicon, bytes_of_string(cases[i].name), (struct bytes){0}, &r);
        uint32_t expected = cases[i].role == NULL ? 0 : UINT32_C(1) << role_number(cases[i].role);
        if (r.role_bits != expected) {
            printf("\"%s\": roles %x\n", cases[i].name, r.role_bits);
        }
        CHECK_INT(r.role_bits, expected);
    }
    lexicon_free(lexicon);
}

/* Names are data: any length, any bytes. */
static void odd_names_do_no_harm(void) {
    struct lexicon *lexicon = lexicon_new();
    struct name_reading r;
    char name[2000];
    for (size_t len = 0; len < sizeof name; len += 37) {
        memset(name, 'a', sizeof name);
        lexicon_read(lexicon, bytes_of(name, len), (struct bytes){0}, &r);
        CHECK_INT(r.strength, NAME_SAYS_NOTHING);
        memset(name, '1', sizeof name);
        lexicon_read(lexicon, bytes_of(name, len), (struct bytes){0}, &r);
        CHECK_INT(r.strength, NAME_SAYS_NOTHING);
        for (size_t i = 0; i < len; i++) {
            name[i] = (char)(i * 131 + len * 7);
        }
        lexicon_read(lexicon, bytes_of(name, len), bytes_of(name, len), &r);
    }
    struct text_buffer path;
    text_buffer_init(&path, 0);
    text_buffer_repeat(&path, '_', 1500);
    text_buffer_puts(&path, "phone");
    lexicon_read(lexicon, text_buffer_view(&path), (struct bytes){0}, &r);
    CHECK_INT(r.strength, NAME_TELLS);
    for (int i = 0; i < 300; i++) {
        text_buffer_puts(&path, ".a.b");
    }
    text_buffer_puts(&path, ".email");
    lexicon_read(lexicon, text_buffer_view(&path), (struct bytes){0}, &r);
    CHECK_INT(r.first_kind, pattern_number(EMAIL));
    text_buffer_release(&path);
    lexicon_free(lexicon);
    lexicon_free(NULL);
}

static const struct test_case cases[] = {
    {"names_say_what_is_expected", names_say_what_is_expected},
    {"several_kinds_share_a_name", several_kinds_share_a_name},
    {"captions_help", captions_help},
    {"roles_are_known", roles_are_known},
    {"odd_names_do_no_harm", odd_names_do_no_harm},
};

TEST_MAIN(cases)
