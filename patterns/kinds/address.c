/* Postal addresses of Taiwan: [zip] county district [village] road [section] [lane] [alley] number
 * [floor] [room]. A county or district, a road or place, and a number with 號 prove one. Shown
 * finer than the road (number, lane, floor) an address is not well hidden. */
#include "patterns/address_marks.h"
#include "patterns/address_plain.h"
#include "patterns/districts.h"
#include "patterns/english_address.h"
#include "patterns/half_width.h"
#include "patterns/han.h"
#include "patterns/kinds/kinds.h"
#include "patterns/mask_marks.h"

enum { HAN = HAN_BYTES, PLACE_MIN = 2 * HAN, PART_MAX = 10 * HAN, ZIP_LEAST = 3, ZIP_MOST = 6 };

/* What one pass over an address finds. */
struct address_parts {
    size_t admin_end; /* behind zip, county and district */
    bool county, district;
    bool road;        /* 路 街 道 段 巷 弄 村 里 */
    bool numbered;    /* a shown number before 號 */
    bool finer;       /* any shown number finer than the road */
    bool hidden;      /* mask marks */
    bool loose_digit; /* digits behind the last road or section, without a unit */
    size_t place;     /* bytes of Han characters between admin_end and the first number */
};

/* Zip code, name of the state or province, county, district. */
static void read_admin(struct bytes text, struct address_parts *parts) {
    static const struct bytes states[] = {
        {(const uint8_t *)"中華民國", 12}, {(const uint8_t *)"台灣省", 9},
        {(const uint8_t *)"臺灣省", 9},    {(const uint8_t *)"福建省", 9},
        {(const uint8_t *)"台灣", 6},      {(const uint8_t *)"臺灣", 6}};
    size_t at = address_zip_length(text);
    size_t county = county_at_start(bytes_from(text, at));
    for (size_t i = 0; county == 0 && i < sizeof states / sizeof *states; i++) {
        if (bytes_starts_with(bytes_from(text, at), states[i])) {
            at += states[i].len;
            county = county_at_start(bytes_from(text, at));
            break;
        }
    }
    at += county;
    while (county != 0 && at < text.len && text.ptr[at] == ' ') {
        at++;
    }
    size_t district = district_at_start(bytes_from(text, at));
    parts->county = county != 0;
    parts->district = district != 0;
    parts->admin_end = at + district;
}

static void pass_unit(struct address_parts *parts, enum unit unit, bool after_number) {
    switch (unit) {
    case UNIT_ROAD:
    case UNIT_SECTION:
        parts->road = true;
        parts->loose_digit = false;
        break;
    case UNIT_HOUSE:
        parts->numbered |= after_number;
        parts->finer |= after_number;
        parts->loose_digit = false;
        break;
    case UNIT_FINE:
        parts->road = true;
        parts->finer |= after_number;
        break;
    default:
        break;
    }
}

/* Of a character that hides nothing: 〇 is a numeral then. */
static enum unit unit_at(struct bytes text, size_t at) {
    return text.ptr[at] == 0xE3 && memcmp(text.ptr + at, "〇", HAN) == 0
               ? UNIT_NUMERAL
               : address_unit_of(han_code(text.ptr + at));
}

/* From AT on, character by character. */
static void scan(struct bytes text, size_t at, struct address_parts *parts) {
    bool after_number = false, any_number = false;
    while (at < text.len) {
        uint8_t c = text.ptr[at];
        size_t mark;
        if (c >= 0xE3 && c <= 0xE9 && at + HAN <= text.len &&
            (c != 0xE3 || address_mark_at(text, at) == 0)) {
            enum unit unit = unit_at(text, at);
            pass_unit(parts, unit, after_number);
            after_number = unit == UNIT_NUMERAL || (unit == UNIT_JOINT && after_number);
            parts->place += any_number ? 0 : HAN;
            at += HAN;
        } else if (byte_is_digit(c)) {
            after_number = any_number = parts->loose_digit = true;
            at++;
        } else if ((mark = address_mark_at(text, at)) != 0) {
            parts->hidden = true;
            after_number = false;
            at += mark;
        } else {
            bool floor = (c | 0x20) == 'f' && after_number;
            parts->finer |= floor;
            after_number &= c == '-' || c == '~' || c == ' ' || c == ',';
            at++;
        }
    }
}

/* ---- reading ---- */

static void put_form(struct bytes text, struct form_writer *form) {
    static const char stay[] = "縣市區鄉鎮路街段巷弄號樓";
    for (size_t at = 0; at < text.len;) {
        size_t mark = address_mark_at(text, at);
        bool han = mark == 0 && address_han_at(text, at);
        bool structural = false;
        for (size_t i = 0; han && i < sizeof stay - 1; i += HAN) {
            structural |= memcmp(text.ptr + at, stay + i, HAN) == 0;
        }
        if (structural) {
            form_literal(form, bytes_of(text.ptr + at, HAN));
        } else {
            form_run(form, mark != 0 ? '*' : '#');
        }
        at += mark != 0 ? mark : han ? HAN : 1;
    }
}

static enum read_result read_hidden(const struct value *value, const struct address_parts *parts,
                                    struct reading *out) {
    struct bytes text = value->text;
    bool admin = parts->county || parts->district;
    bool words = admin || parts->road || parts->numbered;
    bool path = !words && parts->place == 0; /* /sys/class/…/address */
    if (mask_hides_all(text) || path || (!words && !value->named)) {
        return reading_without_shape(value, out);
    }
    struct form_writer form = {0};
    put_form(text, &form);
    bool shown_finer = parts->finer || parts->loose_digit;
    bool known = admin || (parts->road && bytes_find(text, BYTES_LIT("號")) != SIZE_MAX);
    return reading_hidden(out, shown_finer ? STATE_WEAK : STATE_MASKED,
                          known ? EVIDENCE_MASK_FORM | EVIDENCE_WORDS : 0, 0, text, form.text,
                          form.len);
}

/* A column of addresses that end at the district or the road: the rest was cut off. */
static enum read_result read_cut_off(const struct value *value, struct reading *out) {
    struct form_writer form = {0};
    put_form(value->text, &form);
    form_run(&form, '*');
    return reading_hidden(out, STATE_MASKED, EVIDENCE_WORDS, 0, value->text, form.text, form.len);
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    (void)policy; /* what may be shown is fixed: nothing finer than the road */
    struct bytes text = value->text;
    if (text.len < 2 || text.len > ADDRESS_MAX) {
        return reading_without_shape(value, out);
    }
    if (value->ascii) {
        if (mask_hides_all(text) || !(value->named || english_address_numbered(text))) {
            /* XX-XX-XX-XX-XX-XX is the address of a network card */
            return bytes_find(text, BYTES_LIT("-")) == SIZE_MAX ? reading_without_shape(value, out)
                                                                : READ_NO;
        }
        return english_address_is(text, value->named) || post_box_is(text)
                   ? reading_clear(out, EVIDENCE_WORDS, text)
                   : reading_without_shape(value, out);
    }
    if (address_is_plain(text)) {
        return reading_clear(out, EVIDENCE_WORDS | EVIDENCE_LAYOUT, text);
    }
    struct address_parts parts = {0};
    read_admin(text, &parts);
    scan(text, parts.admin_end, &parts);
    bool admin = parts.county || parts.district;
    if (parts.hidden) {
        return read_hidden(value, &parts, out);
    }
    if (admin && parts.numbered && (parts.road || parts.place > PLACE_MIN)) {
        return reading_clear(out, EVIDENCE_WORDS | EVIDENCE_LAYOUT, text);
    }
    if (post_box_is(text) && (admin || value->named)) {
        return reading_clear(out, EVIDENCE_WORDS, text);
    }
    if (!value->named) {
        return READ_NO;
    }
    if (parts.numbered || parts.finer || (parts.road && parts.loose_digit) ||
        (admin && parts.loose_digit)) {
        return reading_clear(out, EVIDENCE_LAYOUT | (admin ? EVIDENCE_WORDS : 0U), text);
    }
    return admin ? read_cut_off(value, out) : reading_without_shape(value, out);
}

static void show(struct bytes text, struct text_buffer *out) {
    struct address_parts parts = {0};
    read_admin(text, &parts);
    size_t begin = 0;
    while (begin < parts.admin_end && text.ptr[begin] < 0x80) {
        begin++; /* six-digit zip codes name a street */
    }
    if (parts.county || parts.district) {
        text_buffer_put(out, bytes_of(text.ptr + begin, parts.admin_end - begin));
    }
    text_buffer_puts(out, "***");
}

/* ---- inside running text ---- */

struct extent_step {
    size_t used; /* 0: no address goes on here */
    uint8_t c;   /* as ASCII, else 0 */
    bool mark;
    bool blank; /* beside a number: 五段 7 號 */
    enum unit unit;
};

/* Is the blank at AT one of those around numbers, between a unit and a digit? */
static bool is_beside_number(struct bytes text, size_t at) {
    bool digit_before = at > 0 && byte_is_digit(text.ptr[at - 1]);
    bool digit_behind = at + 1 < text.len && byte_is_digit(text.ptr[at + 1]);
    bool unit_before = at >= HAN && address_unit_at(text, at - HAN);
    return (digit_before && address_unit_at(text, at + 1)) || (digit_behind && unit_before);
}

/* Behind county and district, which a blank may part from each other and from the rest. */
static size_t behind_admin(struct bytes text, size_t county) {
    size_t blank = county < text.len && text.ptr[county] == ' ';
    size_t district = district_at_start(bytes_from(text, county + blank));
    size_t at = district == 0 ? county : county + blank + district;
    return district != 0 && at + 1 < text.len && text.ptr[at] == ' ' && text.ptr[at + 1] >= 0xE4
               ? at + 1
               : at;
}

/* What goes on an address behind its county. */
static struct extent_step step(struct bytes text, size_t at) {
    struct extent_step out = {0};
    size_t used, mark = address_mark_at(text, at);
    out.mark = mark != 0;
    bool zero = mark == 0 && bytes_starts_with(bytes_from(text, at), BYTES_LIT("〇"));
    if (address_han_at(text, at) && (text.ptr[at] != 0xE3 || mark != 0 || zero)) {
        out.used = HAN;
        out.unit = mark != 0 ? UNIT_NONE : unit_at(text, at);
        return out;
    }
    out.c = half_width_at(text, at, &used);
    if (out.c == ' ' && is_beside_number(text, at)) {
        out.blank = true;
        out.used = used;
        return out;
    }
    out.used = byte_is_alnum(out.c) || out.c == '-' || out.c == '~' ? used : mark;
    return out;
}

/* The zip code that stands before a county. */
static size_t zip_before(struct bytes text, size_t anchor) {
    size_t at = anchor;
    while (at > 0 && anchor - at < ZIP_MOST && byte_is_digit(text.ptr[at - 1])) {
        at--;
    }
    bool alone = at == 0 || !(byte_is_alnum(text.ptr[at - 1]) || text.ptr[at - 1] == '-' ||
                              text.ptr[at - 1] == '.');
    return anchor - at >= ZIP_LEAST && alone ? at : anchor;
}

/* From the county on to the last number with a unit (號, 樓, 室, 之5, -3, F). */
static bool extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    struct bytes rest = bytes_first(bytes_from(text, anchor), 200);
    size_t county = county_at_start(rest);
    size_t at = behind_admin(rest, county), good = 0;
    size_t since_number = 0;
    bool number = false, house = false;
    if (county == 0) {
        return english_address_extent(text, anchor, begin, end);
    }
    for (struct extent_step s;
         at < rest.len && since_number <= PART_MAX && (s = step(rest, at)).used != 0;
         at += s.used) {
        if (s.blank) {
            continue;
        }
        if (s.mark || byte_is_digit(s.c) || s.unit == UNIT_NUMERAL) {
            since_number = 0;
            good = (house && good == at) || (s.mark && !house && (good == at || good == 0))
                       ? at + s.used
                       : good;
            number = true;
            continue;
        }
        since_number += s.used;
        bool ends = number &&
                    (s.unit == UNIT_HOUSE || s.unit == UNIT_FINE || (house && (s.c | 0x20) == 'f'));
        bool joint = house && good == at && (s.unit == UNIT_JOINT || s.c == '-');
        good = ends || joint ? at + s.used : good;
        house |= s.unit == UNIT_HOUSE && number;
        number = number && s.unit == UNIT_JOINT;
        if (house && !ends && !joint && s.unit == UNIT_NONE && !byte_is_alnum(s.c)) {
            break;
        }
    }
    *begin = good != 0 ? zip_before(text, anchor) : anchor;
    *end = anchor + good;
    return good != 0;
}

static const struct pattern_example examples[] = {
    {"台北市信義區信義路五段7號", STATE_CLEAR, READ_YES},
    {"臺北市信義區信義路五段7號89樓之1", STATE_CLEAR, READ_YES},
    {"110台北市信義區信義路5段7號", STATE_CLEAR, READ_YES},
    {"台北縣板橋市中山路一段161號", STATE_CLEAR, READ_YES},
    {"新竹縣竹北市光明六路10號", STATE_CLEAR, READ_YES},
    {"信義區松高路12之3號", STATE_CLEAR, READ_YES},
    {"屏東縣霧臺鄉霧台村1鄰23號", STATE_CLEAR, READ_YES},
    {"高雄市前金區中正四路一百二十三號", STATE_CLEAR, READ_YES},
    {"宜蘭縣南澳鄉建國十六村12號", STATE_CLEAR, READ_YES},
    {"嘉義縣阿里山鄉樂野村新庄3號", STATE_CLEAR, READ_YES},
    {"台北市中山區一〇三巷5號", STATE_CLEAR, READ_YES},
    {"No. 12, Ln. 3, Sec. 1, Zhongxiao E. Rd., Da'an Dist., Taipei City 106409, Taiwan",
     STATE_CLEAR, READ_YES},
    {"台北郵政第123號信箱", STATE_CLEAR, READ_NO}, /* only where the field's name tells */
    {"台北市信義區", STATE_CLEAR, READ_NO},
    {"三號機", STATE_CLEAR, READ_NO},
    {"5號", STATE_CLEAR, READ_NO},
    {"台北市政府", STATE_CLEAR, READ_NO},
    {"衛署藥製字第012345號", STATE_CLEAR, READ_NO},
    {"台北101", STATE_CLEAR, READ_NO},
    {"王小明", STATE_CLEAR, READ_NO},
    {"No. 5 Perfume", STATE_CLEAR, READ_NO},
    {"台北市信義區***", STATE_MASKED, READ_YES},
    {"台北市信義區○○路○段○號", STATE_MASKED, READ_YES},
    {"台北市信義區信義路五段***", STATE_MASKED, READ_YES},
    {"台北市信義區OO路O段O號", STATE_MASKED, READ_YES},
    {"台北市***", STATE_MASKED, READ_YES},
    {"台北市信義區XX路XX號", STATE_MASKED, READ_YES},
    {"********", STATE_MASKED, READ_YES},
    {"台北市信義區***7號", STATE_WEAK, READ_YES},
    {"台北市信義區信義路五段7號*樓", STATE_WEAK, READ_YES},
    {"台北市信義區信義路五段7***", STATE_WEAK, READ_YES},
    {"台北市○○區○○路12巷○號", STATE_WEAK, READ_YES},
    {0}};

static const char *const field_names[] = {"地址",
                                          "住址",
                                          "通訊地址",
                                          "聯絡地址",
                                          "連絡地址",
                                          "戶籍地址",
                                          "收件地址",
                                          "寄件地址",
                                          "送貨地址",
                                          "帳單地址",
                                          "收件人地址",
                                          "寄件人地址",
                                          "居住地",
                                          "居住地址",
                                          "戶籍地",
                                          "現居地",
                                          "現居地址",
                                          "配送地址",
                                          "寄送地址",
                                          "公司地址",
                                          "通訊處",
                                          "住所",
                                          "addr",
                                          "address",
                                          "address line",
                                          "address line1",
                                          "address1",
                                          "home addr",
                                          "home address",
                                          "permadr",
                                          "perm addr",
                                          "delivery address",
                                          "delivery addr",
                                          "receiver address",
                                          "receiver addr",
                                          "ship to",
                                          "shipto",
                                          "shipping address",
                                          "ship addr",
                                          "billing address",
                                          "bill addr",
                                          "full address",
                                          "street",
                                          "street address",
                                          "street line",
                                          "contact address",
                                          "mailing address",
                                          "residence address",
                                          "live address",
                                          "reg address",
                                          "addr detail",
                                          "address detail",
                                          "adr",
                                          "addres",
                                          "custaddr",
                                          "useraddr",
                                          "receiveaddr",
                                          "receiveaddress",
                                          "?location",
                                          "?residence",
                                          NULL};
static const char *const other_names[] = {"!門市地址",
                                          "!店家地址",
                                          "!店舖地址",
                                          "!分店地址",
                                          "!倉庫地址",
                                          "!營業所地址",
                                          "!站所地址",
                                          "!廠商地址",
                                          "!供應商地址",
                                          "!總公司地址",
                                          "!organization address",
                                          "!organisation address",
                                          "!物流中心地址",
                                          "!取貨門市地址",
                                          "!店址",
                                          "!store address",
                                          "!store addr",
                                          "!shop address",
                                          "!shop addr",
                                          "!branch address",
                                          "!branch addr",
                                          "!hub address",
                                          "!hub addr",
                                          "!depot address",
                                          "!depot addr",
                                          "!warehouse address",
                                          "!warehouse addr",
                                          "!station address",
                                          "!station addr",
                                          "!vendor address",
                                          "!vendor addr",
                                          "!supplier address",
                                          "!supplier addr",
                                          "!merchant address",
                                          "!merchant addr",
                                          "!outlet address",
                                          "!outlet addr",
                                          "電子郵件地址",
                                          "ip 位址",
                                          "網址",
                                          "ip address",
                                          "ip addr",
                                          "mac address",
                                          "mac addr",
                                          "email address",
                                          "e mail address",
                                          "mail address",
                                          "email addr",
                                          "address id",
                                          "address type",
                                          "address no",
                                          "url address",
                                          "memory address",
                                          "host address",
                                          "wallet address",
                                          "web address",
                                          "client address",
                                          "remote addr",
                                          "remote address",
                                          "server addr",
                                          "server address",
                                          "register address",
                                          "地址類型",
                                          "btc address",
                                          "eth address",
                                          "contract address",
                                          "bind address",
                                          "listen address",
                                          NULL};
static const char *const labels[] = {
    "地址", "住址", "addr", "address", "戶籍地", "居住地", "shipping address", "收件地址", NULL};

static const char *const anchors[] = {COUNTY_NAMES, ENGLISH_COUNTY_NAMES, NULL};

const struct pattern pattern_address = {
    .name = "address",
    .title = "postal address",
    .check = "a county or district that exists, a road or place, and a house number",
    .legal = LEGAL_CONTACT,
    .proves_itself = true,
    .chance = 0.01,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .anchors = anchors,
    .extent = extent,
    .company = "person_name",
    .read = read,
    .read_plain = address_read_plain,
    .plain_evidence = EVIDENCE_WORDS | EVIDENCE_LAYOUT,
    .show = show,
    .examples = examples,
};
