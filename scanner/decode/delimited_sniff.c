#include "decode/delimited_sniff.h"

#include "core/utf8.h"

enum {
    SNIFF_RECORDS = 200,
    SNIFF_COLUMNS = 512, /* a record with more is never taken for a header */
    MOST_TITLES = 30,    /* records before the header: titles of a printed report */
    VALUE_DIGITS = 6,    /* a field with so many digits is a value, never a name */
};

struct counts {
    size_t fields[SNIFF_RECORDS]; /* of record i; empty lines are left out */
    size_t begins[SNIFF_RECORDS];
    size_t records;
};

static void count_fields(struct delimited_marks marks, struct bytes sample, size_t at, bool whole,
                         struct counts *out) {
    out->records = 0;
    while (at < sample.len && out->records < SNIFF_RECORDS) {
        size_t count, next;
        struct bytes first;
        bool closed;
        next = delimited_record(marks, sample, at, &first, 1, &count, &closed);
        if (!closed && !whole && out->records > 0) {
            break; /* the sample cuts it off */
        }
        if (count > 1 || bytes_trim(first).len > 0) {
            out->fields[out->records] = count;
            out->begins[out->records] = at;
            out->records++;
        }
        at = next;
    }
}

/* The field count that most records have, at least two; 0 when none has. */
static size_t usual_count(const struct counts *counts, size_t *votes) {
    size_t best = 0;
    *votes = 0;
    for (size_t i = 0; i < counts->records; i++) {
        if (i > 0 && counts->fields[i] == counts->fields[i - 1]) {
            continue; /* counted already */
        }
        size_t same = 0;
        for (size_t j = 0; j < counts->records; j++) {
            same += counts->fields[j] == counts->fields[i];
        }
        if (counts->fields[i] >= 2 && same > *votes) {
            best = counts->fields[i];
            *votes = same;
        }
    }
    return best;
}

/* "Dear Sir, thank you" and "1, 2": a comma with a blank behind it is punctuation as a rule. */
static bool reads_like_prose(struct delimited_marks marks, struct bytes sample) {
    size_t delimiters = 0, blanks = 0;
    for (size_t i = 0; i + 1 < sample.len; i++) {
        if (sample.ptr[i] == marks.delimiter) {
            delimiters++;
            blanks += sample.ptr[i + 1] == ' ';
        }
    }
    return marks.delimiter != '\t' && marks.delimiter != '|' && blanks * 2 > delimiters;
}

static bool try_delimiter(struct bytes sample, size_t from, bool whole,
                          struct delimited_dialect *out) {
    struct counts counts = {0};
    size_t votes, titles = 0;
    count_fields(out->marks, sample, from, whole, &counts);
    out->columns = usual_count(&counts, &votes);
    if (out->columns == 0) {
        return false;
    }
    while (titles < counts.records && counts.fields[titles] != out->columns) {
        titles++;
    }
    if (titles > MOST_TITLES || titles >= counts.records) {
        return false;
    }
    out->records = counts.records - titles;
    out->agreement = (unsigned)(votes * 100 / out->records);
    out->first_row = counts.begins[titles];
    out->prose = reads_like_prose(out->marks, sample);
    return out->agreement >= 60;
}

/* ---- header ---- */

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

/* Words that names of fields end in or hold; enough to know a header over columns of plain text. */
static bool is_field_word(struct bytes text) {
    static const char *const words[] = {
        "姓名",   "地址", "電話",  "手機",   "編號", "號碼", "日期",  "備註",   "名稱",  "序號",
        "證號",   "字號", "帳號",  "卡號",   "金額", "性別", "生日",  "信箱",   "單號",  "時間",
        "name",   "addr", "phone", "mail",   "tel",  "date", "card",  "mobile", "_id",   "_no",
        "status", "type", "code",  "remark", "note", "city", "birth", "gender", "amount"};
    uint8_t lower[64];
    if (text.len == 0 || text.len > sizeof lower) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        lower[i] = byte_lower(text.ptr[i]);
    }
    struct bytes folded = bytes_of(lower, text.len);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (bytes_find(folded, bytes_of_string(words[i])) != SIZE_MAX) {
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

/* Does TEXT look unlike a name above it? Digits where the name has letters, Chinese where it is an
 * identifier. */
static bool is_unlike(struct bytes name, struct bytes text) {
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
        for (size_t i = 0; i < columns; i++) {
            struct bytes text = delimited_field_of(fields[i]).text;
            differing[i] += is_unlike(delimited_field_of(header[i]).text, text);
        }
    }
    for (size_t i = 0; i < columns; i++) {
        if (rows > 0 && differing[i] * 10 >= rows * 6) {
            return true;
        }
    }
    return false;
}

/* The record at AT as the header: behind it, or SIZE_MAX when it is none. */
static size_t try_header(struct bytes sample, const struct delimited_dialect *dialect, size_t at) {
    struct bytes fields[SNIFF_COLUMNS];
    size_t count;
    bool closed;
    size_t next =
        delimited_record(dialect->marks, sample, at, fields, SNIFF_COLUMNS, &count, &closed);
    size_t columns = count < SNIFF_COLUMNS ? count : SNIFF_COLUMNS;
    if (count > SNIFF_COLUMNS || !may_be_names(fields, columns)) {
        return SIZE_MAX;
    }
    size_t words = 0, numbers = 0;
    for (size_t i = 0; i < columns; i++) {
        struct bytes text = delimited_field_of(fields[i]).text;
        words += is_field_word(text);
        numbers += class_of(text) == CLASS_NUMBER;
    }
    if (words == 0 && numbers > 0) {
        return SIZE_MAX; /* more likely somebody's row than names */
    }
    bool names = words * 4 >= columns || rows_differ(sample, dialect, next, fields, columns);
    return names ? next : SIZE_MAX;
}

/* A title that a spreadsheet has padded with delimiters: one field of at least three is filled. */
static size_t pass_title(struct bytes sample, const struct delimited_dialect *dialect, size_t at) {
    struct bytes fields[SNIFF_COLUMNS];
    size_t count, filled = 0;
    bool closed;
    size_t next =
        delimited_record(dialect->marks, sample, at, fields, SNIFF_COLUMNS, &count, &closed);
    for (size_t i = 0; i < count && i < SNIFF_COLUMNS; i++) {
        filled += delimited_field_of(fields[i]).text.len > 0;
    }
    return count >= 3 && filled <= 1 ? next : SIZE_MAX;
}

void delimited_find_header(struct bytes sample, struct delimited_dialect *dialect) {
    size_t at = dialect->first_row;
    for (size_t i = 0; i <= MOST_TITLES && at < sample.len; i++) {
        size_t behind = try_header(sample, dialect, at);
        if (behind != SIZE_MAX) {
            dialect->header = at;
            dialect->first_row = behind;
            return;
        }
        at = pass_title(sample, dialect, at);
    }
}

/* ---- the whole ---- */

/* Behind a byte order mark and Excel's "sep=;" line; 0xFF: no such line. */
static size_t skip_preface(struct bytes sample, uint8_t *delimiter) {
    size_t at = bytes_starts_with(sample, BYTES_LIT("\xEF\xBB\xBF")) ? 3 : 0;
    struct bytes rest = bytes_from(sample, at);
    *delimiter = 0;
    if (rest.len > 5 && bytes_equal_ignoring_case(bytes_first(rest, 4), BYTES_LIT("sep=")) &&
        (rest.ptr[5] == '\n' || rest.ptr[5] == '\r')) {
        *delimiter = rest.ptr[4];
        bool two = rest.len > 6 && rest.ptr[5] == '\r' && rest.ptr[6] == '\n';
        at += two ? 7 : 6;
    }
    return at;
}

static bool is_better(const struct delimited_dialect *a, const struct delimited_dialect *b) {
    if (a->prose != b->prose) {
        return b->prose;
    }
    if (a->agreement >= b->agreement + 10 || b->agreement >= a->agreement + 10) {
        return a->agreement > b->agreement;
    }
    return a->columns > b->columns;
}

/* %B4999…^NAME^…: the first track of a card (ISO/IEC 7813) is parted by ^ and is one value. */
static bool holds_tracks(struct bytes sample) {
    for (size_t i = 0; i + 2 < sample.len; i++) {
        if (sample.ptr[i] == '%' && (sample.ptr[i + 1] | 0x20) == 'b' &&
            byte_is_digit(sample.ptr[i + 2])) {
            return true;
        }
    }
    return false;
}

bool delimited_split(struct bytes sample, bool whole, struct delimited_dialect *out) {
    static const uint8_t delimiters[] = {'\t', ',', ';', '|', '^', '~'};
    uint8_t declared;
    sample = whole ? sample : bytes_first(sample, DELIMITED_SAMPLE_BYTES);
    size_t from = skip_preface(sample, &declared);
    bool has_newline = memchr(sample.ptr, '\n', sample.len) != NULL;
    bool has_return = memchr(sample.ptr, '\r', sample.len) != NULL;
    struct delimited_dialect empty = {
        .header = SIZE_MAX,
        .first_row = from,
        .declared = declared != 0,
        .marks = {.delimiter = declared != 0 ? declared : ',',
                  .record_end = !has_newline && has_return ? '\r' : '\n'}};
    bool found = false;
    *out = empty;
    if (declared != 0) {
        found = try_delimiter(sample, from, whole, out);
    }
    for (size_t i = 0; declared == 0 && i < sizeof delimiters; i++) {
        struct delimited_dialect dialect = empty;
        dialect.marks.delimiter = delimiters[i];
        if (memchr(sample.ptr, delimiters[i], sample.len) != NULL &&
            (delimiters[i] != '^' || !holds_tracks(sample)) &&
            try_delimiter(sample, from, whole, &dialect) && (!found || is_better(&dialect, out))) {
            *out = dialect;
            found = true;
        }
    }
    return found;
}

bool delimited_sniff(struct bytes sample, bool whole, struct delimited_dialect *out) {
    bool found = delimited_split(sample, whole, out);
    if (found) {
        delimited_find_header(sample, out);
    }
    return found;
}

bool delimited_sniff_single(struct bytes sample, bool whole, struct delimited_dialect *out) {
    if (delimited_sniff(sample, whole, out)) {
        return false;
    }
    struct counts counts;
    count_fields(out->marks, sample, out->first_row, whole, &counts);
    size_t votes = 0;
    for (size_t i = 0; i < counts.records; i++) {
        votes += counts.fields[i] == 1;
    }
    if (counts.records < 2 || votes != counts.records) {
        return false;
    }
    out->columns = 1;
    out->records = counts.records;
    out->agreement = 100;
    delimited_find_header(sample, out);
    return out->header != SIZE_MAX;
}
