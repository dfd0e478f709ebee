#include "run/layouts/layout_words.h"

enum { WORD_BYTES = 96 };

/* ---- headings ---- */

struct heading {
    const char *word; /* lower case, without blanks and marks */
    enum layout_column column;
};

static const struct heading headings[] = {
    {"錄別", LAYOUT_COLUMN_RECORD},
    {"紀錄別", LAYOUT_COLUMN_RECORD},
    {"記錄別", LAYOUT_COLUMN_RECORD},
    {"資料別", LAYOUT_COLUMN_RECORD},
    {"資料錄", LAYOUT_COLUMN_RECORD},
    {"錄別名稱", LAYOUT_COLUMN_RECORD},
    {"紀錄類別", LAYOUT_COLUMN_RECORD},
    {"記錄類別", LAYOUT_COLUMN_RECORD},
    {"紀錄種類", LAYOUT_COLUMN_RECORD},
    {"record", LAYOUT_COLUMN_RECORD},
    {"recordtype", LAYOUT_COLUMN_RECORD},
    {"recordname", LAYOUT_COLUMN_RECORD},
    {"segment", LAYOUT_COLUMN_RECORD},
    {"識別碼", LAYOUT_COLUMN_CODE},
    {"代碼", LAYOUT_COLUMN_CODE},
    {"錄別碼", LAYOUT_COLUMN_CODE},
    {"錄別代碼", LAYOUT_COLUMN_CODE},
    {"固定值", LAYOUT_COLUMN_CODE},
    {"固定內容", LAYOUT_COLUMN_CODE},
    {"常數", LAYOUT_COLUMN_CODE},
    {"code", LAYOUT_COLUMN_CODE},
    {"recordcode", LAYOUT_COLUMN_CODE},
    {"constant", LAYOUT_COLUMN_CODE},
    {"fixedvalue", LAYOUT_COLUMN_CODE},
    {"literal", LAYOUT_COLUMN_CODE},
    {"欄位名稱", LAYOUT_COLUMN_NAME},
    {"欄位", LAYOUT_COLUMN_NAME},
    {"欄名", LAYOUT_COLUMN_NAME},
    {"名稱", LAYOUT_COLUMN_NAME},
    {"欄位中文名稱", LAYOUT_COLUMN_NAME},
    {"中文名稱", LAYOUT_COLUMN_NAME},
    {"中文欄名", LAYOUT_COLUMN_NAME},
    {"資料名稱", LAYOUT_COLUMN_NAME},
    {"資料項目", LAYOUT_COLUMN_NAME},
    {"項目名稱", LAYOUT_COLUMN_NAME},
    {"項目", LAYOUT_COLUMN_NAME},
    {"欄位說明", LAYOUT_COLUMN_NAME},
    {"field", LAYOUT_COLUMN_NAME},
    {"fieldname", LAYOUT_COLUMN_NAME},
    {"name", LAYOUT_COLUMN_NAME},
    {"column", LAYOUT_COLUMN_NAME},
    {"columnname", LAYOUT_COLUMN_NAME},
    {"dataelement", LAYOUT_COLUMN_NAME},
    {"起", LAYOUT_COLUMN_START},
    {"起始", LAYOUT_COLUMN_START},
    {"起始位置", LAYOUT_COLUMN_START},
    {"起始位", LAYOUT_COLUMN_START},
    {"起始欄", LAYOUT_COLUMN_START},
    {"起始位元", LAYOUT_COLUMN_START},
    {"起位", LAYOUT_COLUMN_START},
    {"起點", LAYOUT_COLUMN_START},
    {"開始", LAYOUT_COLUMN_START},
    {"開始位置", LAYOUT_COLUMN_START},
    {"位置起", LAYOUT_COLUMN_START},
    {"自", LAYOUT_COLUMN_START},
    {"start", LAYOUT_COLUMN_START},
    {"startposition", LAYOUT_COLUMN_START},
    {"startpos", LAYOUT_COLUMN_START},
    {"startcolumn", LAYOUT_COLUMN_START},
    {"from", LAYOUT_COLUMN_START},
    {"begin", LAYOUT_COLUMN_START},
    {"begpos", LAYOUT_COLUMN_START},
    {"offset1", LAYOUT_COLUMN_START},
    {"迄", LAYOUT_COLUMN_END},
    {"訖", LAYOUT_COLUMN_END},
    {"迄位", LAYOUT_COLUMN_END},
    {"訖位", LAYOUT_COLUMN_END},
    {"迄止", LAYOUT_COLUMN_END},
    {"止", LAYOUT_COLUMN_END},
    {"終", LAYOUT_COLUMN_END},
    {"終止", LAYOUT_COLUMN_END},
    {"終止位置", LAYOUT_COLUMN_END},
    {"結束", LAYOUT_COLUMN_END},
    {"結束位置", LAYOUT_COLUMN_END},
    {"迄點", LAYOUT_COLUMN_END},
    {"位置迄", LAYOUT_COLUMN_END},
    {"至", LAYOUT_COLUMN_END},
    {"end", LAYOUT_COLUMN_END},
    {"endposition", LAYOUT_COLUMN_END},
    {"endpos", LAYOUT_COLUMN_END},
    {"endcolumn", LAYOUT_COLUMN_END},
    {"to", LAYOUT_COLUMN_END},
    {"長度", LAYOUT_COLUMN_LENGTH},
    {"長", LAYOUT_COLUMN_LENGTH},
    {"欄位長度", LAYOUT_COLUMN_LENGTH},
    {"資料長度", LAYOUT_COLUMN_LENGTH},
    {"欄長", LAYOUT_COLUMN_LENGTH},
    {"位數", LAYOUT_COLUMN_LENGTH},
    {"碼數", LAYOUT_COLUMN_LENGTH},
    {"位元組", LAYOUT_COLUMN_LENGTH},
    {"位元組數", LAYOUT_COLUMN_LENGTH},
    {"length", LAYOUT_COLUMN_LENGTH},
    {"len", LAYOUT_COLUMN_LENGTH},
    {"size", LAYOUT_COLUMN_LENGTH},
    {"width", LAYOUT_COLUMN_LENGTH},
    {"bytes", LAYOUT_COLUMN_LENGTH},
    {"fieldlength", LAYOUT_COLUMN_LENGTH},
    {"起迄", LAYOUT_COLUMN_RANGE},
    {"起訖", LAYOUT_COLUMN_RANGE},
    {"起迄位置", LAYOUT_COLUMN_RANGE},
    {"起訖位置", LAYOUT_COLUMN_RANGE},
    {"位置", LAYOUT_COLUMN_RANGE},
    {"欄位位置", LAYOUT_COLUMN_RANGE},
    {"位址", LAYOUT_COLUMN_RANGE},
    {"position", LAYOUT_COLUMN_RANGE},
    {"positions", LAYOUT_COLUMN_RANGE},
    {"pos", LAYOUT_COLUMN_RANGE},
    {"columns", LAYOUT_COLUMN_RANGE},
    {"range", LAYOUT_COLUMN_RANGE},
};

/* TEXT in lower case, without blanks, marks and what stands in brackets: "長度 (BYTE)" is 長度. */
static struct bytes plain(struct bytes text, uint8_t out[WORD_BYTES]) {
    const struct bytes wide_blank = BYTES_LIT("\xE3\x80\x80"), bracket = BYTES_LIT("（");
    size_t len = 0;
    while (text.len > 0 && len < WORD_BYTES) {
        uint8_t c = text.ptr[0];
        if (c == '(' || bytes_starts_with(text, bracket)) {
            break;
        }
        bool wide = bytes_starts_with(text, wide_blank);
        if (!wide && c > ' ' && c != '_' && c != '-' && c != '.' && c != ':') {
            out[len++] = byte_lower(c);
        }
        text = bytes_from(text, wide ? wide_blank.len : 1);
    }
    return bytes_of(out, len);
}

enum layout_column layout_column_of(struct bytes heading) {
    uint8_t room[WORD_BYTES];
    struct bytes word = plain(heading, room);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        if (bytes_equal(word, bytes_of_string(headings[i].word))) {
            return headings[i].column;
        }
    }
    return LAYOUT_COLUMN_OTHER;
}

bool layout_is_total(struct bytes name) {
    static const char *const words[] = {
        "合計",     "總計", "小計",  "總長度",      "總長",         "合計長度", "紀錄長度",
        "記錄長度", "錄長", "total", "totallength", "recordlength", "lrecl",    NULL};
    uint8_t room[WORD_BYTES];
    struct bytes word = plain(name, room);
    for (size_t i = 0; words[i] != NULL; i++) {
        if (bytes_equal(word, bytes_of_string(words[i]))) {
            return true;
        }
    }
    return false;
}

bool layout_is_title(struct bytes text) {
    static const char *const words[] = {"首錄",   "首筆",   "明細",    "尾錄",   "尾筆",   "表頭",
                                        "表尾",   "檔頭",   "檔尾",    "資料錄", "控制錄", "record",
                                        "header", "detail", "trailer", "footer", NULL};
    uint8_t room[WORD_BYTES];
    struct bytes word = plain(text, room);
    for (size_t i = 0; words[i] != NULL; i++) {
        if (bytes_find(word, bytes_of_string(words[i])) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* ---- numbers ---- */

/* The digit at the start of TEXT and its bytes; -1: none. */
static int take_digit(struct bytes text, size_t *length) {
    *length = 1;
    if (text.len > 0 && byte_is_digit(text.ptr[0])) {
        return text.ptr[0] - '0';
    }
    *length = 3; /* U+FF10 to U+FF19 */
    if (text.len >= 3 && text.ptr[0] == 0xEF && text.ptr[1] == 0xBC && text.ptr[2] >= 0x90 &&
        text.ptr[2] <= 0x99) {
        return text.ptr[2] - 0x90;
    }
    return -1;
}

/* Digits at the start of *text, which goes on behind them. */
static bool take_number(struct bytes *text, uint32_t *out) {
    uint32_t number = 0;
    size_t digits = 0, length;
    for (int digit; digits < 6 && (digit = take_digit(*text, &length)) >= 0; digits++) {
        number = number * 10 + (uint32_t)digit;
        *text = bytes_from(*text, length);
    }
    *out = number;
    return digits > 0 && number > 0;
}

static bool is_one_of(struct bytes text, const char *const *words) {
    for (; *words != NULL; words++) {
        if (bytes_equal_ignoring_case(text, bytes_of_string(*words))) {
            return true;
        }
    }
    return false;
}

bool layout_number(struct bytes text, uint32_t *out) {
    static const char *const units[] = {"",   ".0", ".00",    "byte", "bytes",   "b",
                                        "碼", "位", "位元組", "字元", "byte(s)", NULL};
    text = bytes_trim_wide(text);
    return take_number(&text, out) && is_one_of(bytes_trim_wide(text), units);
}

bool layout_range(struct bytes text, uint32_t *start, uint32_t *end) {
    static const char *const between[] = {"-",  "~", "～", "－", "–", "—", "−", "至",
                                          "到", ":", "..", "to", "∼", "/", NULL};
    *end = 0;
    text = bytes_trim_wide(text);
    if (!take_number(&text, start)) {
        return false;
    }
    size_t mark = 0, length;
    while (mark < text.len && take_digit(bytes_from(text, mark), &length) < 0) {
        mark++;
    }
    if (mark == text.len) {
        return bytes_trim_wide(text).len == 0;
    }
    bool parted = is_one_of(bytes_trim_wide(bytes_first(text, mark)), between);
    text = bytes_from(text, mark);
    return parted && take_number(&text, end) && bytes_trim_wide(text).len == 0;
}
