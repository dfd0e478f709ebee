#include "patterns/field_qualifiers.h"

struct qualifier {
    const char *word;
    unsigned effect;
};

static const struct qualifier qualifiers[] = {
    {"masked", QUALIFIER_MASKED},  {"mask", QUALIFIER_MASKED},    {"last4", QUALIFIER_MASKED},
    {"last3", QUALIFIER_MASKED},   {"last5", QUALIFIER_MASKED},   {"first6", QUALIFIER_MASKED},
    {"partial", QUALIFIER_MASKED}, {"hidden", QUALIFIER_MASKED},  {"hash", QUALIFIER_HASHED},
    {"hashed", QUALIFIER_HASHED},  {"md5", QUALIFIER_HASHED},     {"sha", QUALIFIER_HASHED},
    {"sha1", QUALIFIER_HASHED},    {"sha2", QUALIFIER_HASHED},    {"sha256", QUALIFIER_HASHED},
    {"sha512", QUALIFIER_HASHED},  {"digest", QUALIFIER_HASHED},  {"hmac", QUALIFIER_HASHED},
    {"enc", QUALIFIER_NONE},       {"encrypted", QUALIFIER_NONE}, {"encrypt", QUALIFIER_NONE},
    {"crypt", QUALIFIER_NONE},     {"cipher", QUALIFIER_NONE},    {"aes", QUALIFIER_NONE},
    {"new", QUALIFIER_NONE},       {"old", QUALIFIER_NONE},       {"bak", QUALIFIER_NONE},
    {"backup", QUALIFIER_NONE},    {"tmp", QUALIFIER_NONE},       {"temp", QUALIFIER_NONE},
    {"orig", QUALIFIER_NONE},      {"original", QUALIFIER_NONE},  {"raw", QUALIFIER_NONE},
    {"plain", QUALIFIER_NONE},     {"clear", QUALIFIER_NONE},     {"txt", QUALIFIER_NONE},
    {"text", QUALIFIER_NONE},      {"str", QUALIFIER_NONE},       {"val", QUALIFIER_NONE},
    {"value", QUALIFIER_NONE},     {"input", QUALIFIER_NONE},     {"field", QUALIFIER_NONE},
    {"a", QUALIFIER_NONE},         {"b", QUALIFIER_NONE},         {"main", QUALIFIER_NONE},
    {"primary", QUALIFIER_NONE},   {"secondary", QUALIFIER_NONE}, {"backup1", QUALIFIER_NONE},
    {"後四碼", QUALIFIER_MASKED},  {"末四碼", QUALIFIER_MASKED},  {"后四碼", QUALIFIER_MASKED},
    {"後4碼", QUALIFIER_MASKED},   {"末4碼", QUALIFIER_MASKED},   {"後三碼", QUALIFIER_MASKED},
    {"末三碼", QUALIFIER_MASKED},  {"後3碼", QUALIFIER_MASKED},   {"末3碼", QUALIFIER_MASKED},
    {"後五碼", QUALIFIER_MASKED},  {"末五碼", QUALIFIER_MASKED},  {"後5碼", QUALIFIER_MASKED},
    {"前六碼", QUALIFIER_MASKED},  {"前三碼", QUALIFIER_MASKED},  {"遮蔽", QUALIFIER_MASKED},
    {"已遮蔽", QUALIFIER_MASKED},  {"遮罩", QUALIFIER_MASKED},    {"隱碼", QUALIFIER_MASKED},
    {"雜湊", QUALIFIER_HASHED},    {"雜湊值", QUALIFIER_HASHED},  {"加密", QUALIFIER_NONE},
    {"密文", QUALIFIER_NONE},      {"加密後", QUALIFIER_NONE},    {"必填", QUALIFIER_NONE},
    {"選填", QUALIFIER_NONE},      {"一", QUALIFIER_NONE},        {"二", QUALIFIER_NONE},
    {"三", QUALIFIER_NONE},        {"新", QUALIFIER_NONE},        {"舊", QUALIFIER_NONE},
    {"欄位", QUALIFIER_NONE},
};
enum { QUALIFIER_COUNT = sizeof qualifiers / sizeof *qualifiers };

static bool starts_a_word(const struct field_words *words, size_t at) {
    for (size_t i = 0; i < words->count; i++) {
        if (words->start[i] == at) {
            return true;
        }
    }
    return false;
}

size_t field_qualifier_take(struct field_words *words, unsigned *effect) {
    struct bytes text = bytes_of(words->text, words->len);
    size_t digits = 0;
    while (digits < text.len && byte_is_digit(text.ptr[text.len - digits - 1])) {
        digits++;
    }
    const struct qualifier *longest = NULL;
    size_t longest_len = 0;
    for (size_t i = 0; i < QUALIFIER_COUNT; i++) {
        struct bytes word = bytes_of_string(qualifiers[i].word);
        if (word.len > longest_len && word.len < text.len && bytes_ends_with(text, word) &&
            starts_a_word(words, text.len - word.len)) {
            longest = &qualifiers[i];
            longest_len = word.len;
        }
    }
    if (longest != NULL) {
        *effect |= longest->effect;
    } else if (digits != 0 && digits < text.len) {
        longest_len = digits;
    }
    field_words_drop(words, longest_len);
    return longest_len;
}

unsigned field_qualifier_effects(const struct field_words *words) {
    unsigned effects = 0;
    for (size_t i = 0; i < words->count; i++) {
        size_t end = i + 1 < words->count ? words->start[i + 1] : words->len;
        struct bytes word = bytes_of(words->text + words->start[i], end - words->start[i]);
        for (size_t q = 0; q < QUALIFIER_COUNT; q++) {
            if (qualifiers[q].effect != 0 &&
                bytes_equal(word, bytes_of_string(qualifiers[q].word))) {
                effects |= qualifiers[q].effect;
            }
        }
    }
    return effects;
}

bool field_owner_word(struct bytes text) {
    static const char *const owners[] = {
        "user",     "member",    "mem",     "cust",      "cus",        "customer", "client",
        "buyer",    "receiver",  "receive", "rcv",       "recipient",  "rcpt",     "consignee",
        "sender",   "send",      "snd",     "shipper",   "ship",       "shipping", "order",
        "orderer",  "contact",   "home",    "office",    "company",    "bill",     "billing",
        "delivery", "payer",     "payee",   "holder",    "cardholder", "owner",    "applicant",
        "emp",      "employee",  "staff",   "student",   "stu",        "patient",  "guest",
        "agent",    "emergency", "my",      "person",    "personal",   "insured",  "txt",
        "str",      "tb",        "fld",     "passenger", "donor",      "parent",   "mother",
        "father"};
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++) {
        if (bytes_equal(text, bytes_of_string(owners[i]))) {
            return true;
        }
    }
    return false;
}

const char *const field_other_names[] = {"id",
                                         "no",
                                         "num",
                                         "nbr",
                                         "code",
                                         "type",
                                         "status",
                                         "state",
                                         "flag",
                                         "count",
                                         "cnt",
                                         "qty",
                                         "quantity",
                                         "price",
                                         "amount",
                                         "total",
                                         "subtotal",
                                         "date",
                                         "time",
                                         "datetime",
                                         "at",
                                         "on",
                                         "by",
                                         "url",
                                         "uri",
                                         "link",
                                         "path",
                                         "file",
                                         "img",
                                         "image",
                                         "icon",
                                         "photo",
                                         "color",
                                         "size",
                                         "weight",
                                         "height",
                                         "width",
                                         "length",
                                         "level",
                                         "rank",
                                         "score",
                                         "rate",
                                         "ratio",
                                         "percent",
                                         "version",
                                         "ver",
                                         "year",
                                         "month",
                                         "day",
                                         "hour",
                                         "minute",
                                         "second",
                                         "model",
                                         "brand",
                                         "kind",
                                         "category",
                                         "class",
                                         "group",
                                         "tag",
                                         "sort",
                                         "order",
                                         "seq",
                                         "serial",
                                         "serial no",
                                         "sn",
                                         "index",
                                         "idx",
                                         "key",
                                         "token",
                                         "uuid",
                                         "guid",
                                         "lat",
                                         "lng",
                                         "lon",
                                         "latitude",
                                         "longitude",
                                         "port",
                                         "host",
                                         "domain",
                                         "lang",
                                         "language",
                                         "locale",
                                         "currency",
                                         "enabled",
                                         "disabled",
                                         "deleted",
                                         "active",
                                         "verified",
                                         "valid",
                                         "confirmed",
                                         "is default",
                                         "default",
                                         "timezone",
                                         "country",
                                         "country code",
                                         "zip",
                                         "zip code",
                                         "zipcode",
                                         "postcode",
                                         "post code",
                                         "postal code",
                                         "city",
                                         "district",
                                         "area",
                                         "region",
                                         "county",
                                         "town",
                                         "province",
                                         "discount",
                                         "tax",
                                         "fee",
                                         "balance",
                                         "point",
                                         "points",
                                         "coupon",
                                         "sku",
                                         "barcode",
                                         "bar code",
                                         "ean",
                                         "isbn",
                                         "imei",
                                         "imsi",
                                         "iccid",
                                         "mac",
                                         "ip",
                                         "order no",
                                         "order id",
                                         "order number",
                                         "order sn",
                                         "product id",
                                         "product no",
                                         "item no",
                                         "tracking no",
                                         "tracking number",
                                         "tracking id",
                                         "waybill no",
                                         "logistics id",
                                         "booking note",
                                         "cvs payment no",
                                         "batch",
                                         "batch no",
                                         "batch number",
                                         "lot no",
                                         "lot number",
                                         "serial number",
                                         "version number",
                                         "model number",
                                         "page number",
                                         "row number",
                                         "line number",
                                         "seat number",
                                         "room number",
                                         "floor number",
                                         "queue number",
                                         "ticket number",
                                         "case number",
                                         "part number",
                                         "captcha",
                                         "otp",
                                         "check mac value",
                                         "mac value",
                                         "checksum",
                                         "crc",
                                         "signature",
                                         "sign",
                                         "session id",
                                         "device id",
                                         "open id",
                                         "openid",
                                         "union id",
                                         "company id",
                                         "shop id",
                                         "store id",
                                         "file id",
                                         "role id",
                                         "category id",
                                         "parent id",
                                         "address id",
                                         "contact id",
                                         "phone id",
                                         "method",
                                         "enum",
                                         "mode",
                                         "step",
                                         "result",
                                         "reason",
                                         "error",
                                         "message",
                                         "template",
                                         "format",
                                         "order type",
                                         "is new",
                                         "birth place",
                                         "shop no",
                                         "store no",
                                         "flight number",
                                         "train number",
                                         "狀態",
                                         "類型",
                                         "類別",
                                         "種類",
                                         "數量",
                                         "單價",
                                         "金額",
                                         "總計",
                                         "日期",
                                         "時間",
                                         "年度",
                                         "月份",
                                         "網址",
                                         "版本",
                                         "名稱",
                                         "代碼",
                                         "代號",
                                         "編號",
                                         "序號",
                                         "流水號",
                                         "條碼",
                                         "批號",
                                         "貨號",
                                         "型號",
                                         "訂單編號",
                                         "訂單號碼",
                                         "託運單號",
                                         "配送單號",
                                         "物流單號",
                                         "追蹤號碼",
                                         "商品編號",
                                         "寄貨編號",
                                         "產品編號",
                                         "料號",
                                         "單號",
                                         "郵遞區號",
                                         "縣市",
                                         "鄉鎮市區",
                                         "國家",
                                         "順序",
                                         "排序",
                                         "等級",
                                         "顏色",
                                         "尺寸",
                                         "規格",
                                         "重量",
                                         "次數",
                                         "筆數",
                                         "比例",
                                         "密碼提示",
                                         "備用碼",
                                         "統一編號",
                                         "統編",
                                         NULL};
