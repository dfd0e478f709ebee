/* The first record that names the columns, behind titles; and forms of labels and values, which
 * have none. */
#include "decode/delimited/dialect.h"

#include "core/utf8.h"

enum {
    SNIFF_RECORDS = 200,
    SNIFF_COLUMNS = 512, /* a record with more is never taken for a header */
    VALUE_DIGITS = 6,    /* a field with so many digits is a value, never a name */
};

enum field_class { CLASS_EMPTY, CLASS_NUMBER, CLASS_MIXED, CLASS_TEXT };

/* What stands between the digits of amounts, dates and numbers (and NUL, which nothing shows). */
static bool is_number_mark(uint8_t c) {
    static const uint64_t marks = UINT64_C(1) << ' ' | UINT64_C(1) << '.' | UINT64_C(1) << ',' |
                                  UINT64_C(1) << '-' | UINT64_C(1) << '+' | UINT64_C(1) << '/' |
                                  UINT64_C(1) << ':' | UINT64_C(1) << '$' | UINT64_C(1) << '%' |
                                  UINT64_C(1) << '(' | UINT64_C(1) << ')' | 1;
    return c < 64 && (marks >> c & 1) != 0;
}

static enum field_class class_of(struct bytes text) {
    size_t digits = 0, others = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += byte_is_digit(text.ptr[i]);
        others += !byte_is_digit(text.ptr[i]) && !is_number_mark(text.ptr[i]);
    }
    if (text.len == 0) {
        return CLASS_EMPTY;
    }
    if (digits == 0) {
        return CLASS_TEXT;
    }
    return others == 0 ? CLASS_NUMBER : CLASS_MIXED;
}

/* Holds what may be somebody's number or address, or a mask of one: such a record is data, and its
 * fields must never be shown as names. */
static bool is_value(struct bytes text) {
    size_t digits = 0, marks = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += byte_is_digit(text.ptr[i]);
        marks += text.ptr[i] == '*' || text.ptr[i] == '#';
        /* Full-width digits are EF BC 90 - EF BC 99. */
        digits += i + 2 < text.len && text.ptr[i] == 0xEF && text.ptr[i + 1] == 0xBC &&
                  text.ptr[i + 2] >= 0x90 && text.ptr[i + 2] <= 0x99;
    }
    return digits >= VALUE_DIGITS || (marks >= 2 && digits > 0) ||
           (text.len > 2 && memchr(text.ptr, '@', text.len) != NULL);
}

/* One of 64 for two bytes. */
static uint64_t pair_bit(const uint8_t *two) {
    return UINT64_C(1) << ((unsigned)(two[0] * 5 + two[1]) & 63);
}

bool delimited_is_field_word(struct bytes text) {
    static const char *const words[] = {
        "姓名",   "地址", "電話",  "手機",   "編號", "號碼", "日期",  "備註",   "名稱",  "序號",
        "證號",   "字號", "帳號",  "卡號",   "金額", "性別", "生日",  "信箱",   "單號",  "時間",
        "name",   "addr", "phone", "mail",   "tel",  "date", "card",  "mobile", "_id",   "_no",
        "status", "type", "code",  "remark", "note", "city", "birth", "gender", "amount"};
    uint8_t lower[64];
    uint64_t pairs = 0; /* that stand in it, each as one bit: most words need no search */
    if (text.len == 0 || text.len > sizeof lower) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        lower[i] = byte_lower(text.ptr[i]);
        pairs |= i == 0 ? 0 : pair_bit(lower + i - 1);
    }
    struct bytes folded = bytes_of(lower, text.len);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if ((pairs & pair_bit((const uint8_t *)words[i] + 1)) != 0 &&
            bytes_find(folded, bytes_of_string(words[i])) != SIZE_MAX) {
            return true;
        }
    }
    return bytes_equal(folded, BYTES_LIT("id")) || bytes_equal(folded, BYTES_LIT("no"));
}

/* Every name filled in (but for a last one behind a trailing delimiter), none twice, hardly any a
 * number, none a value. */
static bool may_be_names(const struct bytes *fields, size_t count) {
    size_t numbers = 0, twice = 0, empty = 0;
    for (size_t i = 0; i < count; i++) {
        struct bytes text = delimited_field_of(fields[i]).text;
        if (is_value(text)) {
            return false;
        }
        enum field_class class = class_of(text);
        numbers += class == CLASS_NUMBER;
        empty += class == CLASS_EMPTY && i + 1 < count;
        for (size_t j = 0; j < i && class != CLASS_EMPTY; j++) {
            twice += bytes_equal(text, delimited_field_of(fields[j]).text);
        }
    }
    return numbers * 5 <= count && twice * 4 <= count && empty * 4 <= count;
}

static bool is_identifier(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if (!byte_is_letter(c) && c != '_' && (i == 0 || (!byte_is_digit(c) && c != ' '))) {
            return false;
        }
    }
    return text.len > 0;
}

static bool has_high_bytes(struct bytes text) {
    size_t at = 0;
    while (at < text.len && text.ptr[at] < 0x80) {
        at++;
    }
    return at < text.len;
}

bool delimited_is_unlike(struct bytes name, struct bytes text) {
    enum field_class of_name = class_of(name), of_text = class_of(text);
    if (of_name == CLASS_MIXED) { /* zip3, tel_2 */
        return is_identifier(name) && of_text == CLASS_NUMBER;
    }
    return of_name == CLASS_TEXT &&
           (of_text == CLASS_NUMBER || of_text == CLASS_MIXED || is_value(text) ||
            (is_identifier(name) && has_high_bytes(text)));
}

/* Is there a column whose fields are unlike the one in the first row? */
static bool rows_differ(struct bytes sample, const struct delimited_dialect *dialect, size_t at,
                        const struct bytes *header, size_t columns) {
    size_t differing[SNIFF_COLUMNS] = {0}, rows = 0;
    while (at < sample.len && rows < SNIFF_RECORDS) {
        struct bytes fields[SNIFF_COLUMNS];
        size_t count;
        bool closed;
        at = delimited_record(dialect->marks, sample, at, fields, columns, &count, &closed);
        if (count != dialect->columns) {
            continue;
        }
        rows++;
        for (size_t i = 0; i < columns && i < count; i++) { /* the header may have more */
            struct bytes text = delimited_field_of(fields[i]).text;
            differing[i] += delimited_is_unlike(delimited_field_of(header[i]).text, text);
        }
    }
    for (size_t i = 0; i < columns; i++) {
        if (rows > 0 && differing[i] * 10 >= rows * 6) {
            return true;
        }
    }
    return false;
}

enum header_verdict delimited_judge_names(const struct bytes *fields, size_t count) {
    if (count > SNIFF_COLUMNS || !may_be_names(fields, count)) {
        return HEADER_IS_NONE;
    }
    size_t words = 0, numbers = 0;
    for (size_t i = 0; i < count; i++) {
        struct bytes text = delimited_field_of(fields[i]).text;
        words += delimited_is_field_word(text);
        numbers += class_of(text) == CLASS_NUMBER;
    }
    if (words == 0 && numbers > 0) {
        return HEADER_IS_NONE; /* more likely somebody's row than names */
    }
    return words * 4 >= count ? HEADER_IS_ONE : HEADER_BY_ROWS;
}

/* Behind the record at AT; its first FIELDS, and the COUNT of all. */
static size_t record_at(struct bytes sample, const struct delimited_dialect *dialect, size_t at,
                        struct bytes fields[SNIFF_COLUMNS], size_t *count) {
    bool closed;
    return delimited_record(dialect->marks, sample, at, fields, SNIFF_COLUMNS, count, &closed);
}

/* The record at AT as the header: behind it, or SIZE_MAX when it is none. */
static size_t try_header(struct bytes sample, const struct delimited_dialect *dialect, size_t at,
                         struct header_memory *memory) {
    struct bytes fields[SNIFF_COLUMNS];
    size_t count;
    size_t next = record_at(sample, dialect, at, fields, &count);
    struct bytes record = bytes_of(sample.ptr + at, next - at);
    enum header_verdict verdict = header_memory_ask(memory, &dialect->marks, record);
    if (verdict == HEADER_UNKNOWN) {
        verdict = delimited_judge_names(fields, count);
        header_memory_keep(memory, &dialect->marks, record, verdict);
    }
    bool names = verdict == HEADER_IS_ONE ||
                 (verdict == HEADER_BY_ROWS && rows_differ(sample, dialect, next, fields, count));
    return names ? next : SIZE_MAX;
}

/* A title, padded with delimiters by a spreadsheet or not: of at least three columns half are empty
 * (a name, labels and values: 製表日期,2026/01/02,,,,), or the line is blank. */
static size_t pass_title(struct bytes sample, const struct delimited_dialect *dialect, size_t at) {
    struct bytes fields[SNIFF_COLUMNS];
    size_t count, filled = 0;
    size_t next = record_at(sample, dialect, at, fields, &count);
    for (size_t i = 0; i < count && i < SNIFF_COLUMNS; i++) {
        filled += delimited_field_of(fields[i]).text.len > 0;
    }
    return filled == 0 || (dialect->columns >= 3 && 2 * filled <= dialect->columns) ? next
                                                                                    : SIZE_MAX;
}

/* The first field of a record of which at most two hold something, or nothing. */
static struct bytes label_of(const struct bytes *fields, size_t count) {
    enum { LABEL_BYTES = 40 };
    struct bytes label = bytes_of("", 0);
    size_t filled = 0;
    for (size_t i = 0; i < count && filled < 3; i++) {
        struct bytes text = delimited_field_of(fields[i]).text;
        label = filled == 0 ? text : label;
        filled += text.len > 0;
    }
    bool alone = count == 1 || (filled == 2 && label.len <= LABEL_BYTES && !is_value(label));
    return alone ? label : bytes_of("", 0);
}

/* Surely no label with one value at most: three fields hold something. */
static bool holds_three(const struct bytes *fields, size_t count) {
    bool filled = count >= 3;
    for (size_t i = 0; filled && i < 3; i++) {
        filled = fields[i].len > 0 && fields[i].ptr[0] > ' ' && fields[i].ptr[0] != '"' &&
                 fields[i].ptr[0] != '=' && fields[i].ptr[0] != '\'';
    }
    return filled;
}

static bool reads_like_form(struct bytes sample, const struct delimited_dialect *dialect) {
    enum { MOST_FIELDS = 6 }; /* two, and empty ones at marks about them */
    size_t at = dialect->first_row, records = 0, labelled = 0, again = 0;
    struct bytes first = bytes_of("", 0);
    if (dialect->columns > MOST_FIELDS) {
        return false;
    }
    while (at < sample.len && records < SNIFF_RECORDS) {
        struct bytes fields[MOST_FIELDS];
        size_t count;
        bool closed;
        size_t begin = at;
        at = delimited_record(dialect->marks, sample, begin, fields, 3, &count, &closed);
        if (count == dialect->columns) {
            bool full = holds_three(fields, count);
            if (!full && count > 3) {
                (void)delimited_record(dialect->marks, sample, begin, fields, MOST_FIELDS, &count,
                                       &closed);
            }
            struct bytes label = full ? bytes_of("", 0) : label_of(fields, count);
            labelled += delimited_is_field_word(label);
            first = records == 0 ? label : first;
            again += label.len > 0 && bytes_equal(label, first);
            records++;
        }
    }
    /* The name of a column does not come again below it; the first label of a form does. */
    return labelled >= 2 && labelled * (again > 1 ? 5 : 2) >= records;
}

bool delimited_is_form(struct bytes sample, struct delimited_dialect *dialect) {
    if (dialect->form == FORM_UNASKED) {
        dialect->form = reads_like_form(sample, dialect) ? FORM_IS_ONE : FORM_IS_NONE;
    }
    return dialect->form == FORM_IS_ONE;
}

/* Dashes alone, with colons that align a column: the line below the names in Markdown (GFM,
 * section 4.10) and in what sqlcmd prints. */
static bool is_rule(struct bytes field) {
    size_t dashes = 0;
    for (size_t i = 0; i < field.len; i++) {
        dashes += field.ptr[i] == '-';
    }
    bool left = field.len > 0 && field.ptr[0] == ':';
    bool right = field.len > 1 && field.ptr[field.len - 1] == ':';
    return dashes > 0 && dashes + left + right == field.len;
}

/* Behind the rule that stands at AT; AT when there is none. */
static size_t pass_rule(struct bytes sample, const struct delimited_dialect *dialect, size_t at) {
    struct bytes fields[SNIFF_COLUMNS];
    size_t count, rules = 0;
    size_t next = record_at(sample, dialect, at, fields, &count);
    for (size_t i = 0; i < count && i < SNIFF_COLUMNS; i++) {
        struct bytes text = delimited_field_of(fields[i]).text;
        const bool edge = i == 0 || i + 1 == count;
        if (!is_rule(text) && !(edge && text.len == 0)) {
            return at;
        }
        rules += text.len > 0;
    }
    return count == dialect->columns && rules > 0 ? next : at;
}

void delimited_find_header(struct bytes sample, struct delimited_dialect *dialect,
                           struct header_memory *memory) {
    size_t at = dialect->first_row;
    if (delimited_is_form(sample, dialect)) {
        return;
    }
    for (size_t i = 0; i <= DELIMITED_MOST_TITLES && at < sample.len; i++) {
        size_t behind = try_header(sample, dialect, at, memory);
        if (behind != SIZE_MAX) {
            dialect->header = at;
            dialect->first_row = pass_rule(sample, dialect, behind);
            return;
        }
        at = pass_title(sample, dialect, at);
    }
}
