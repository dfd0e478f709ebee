/* Which encoding a unit is in, by evidence that is hard to fake first. Byte ranges: CP950 has lead
 * bytes 81-FE and trail bytes 40-7E, A1-FE; level-1 hanzi have the leads A4-C6; GBK trails reach
 * from 40 to FE without 7F, and GB 2312 hanzi are B0-F7 followed by A1-FE. */
#include "core/block64/block64.h"
#include "core/script_text.h"
#include "core/utf8.h"
#include "decode/encoding/regions.h"

enum {
    DUMP_HEAD_BYTES = 16 * 1024,  /* where a dump says its encoding */
    MARKUP_HEAD_BYTES = 4 * 1024, /* where XML and HTML do */
    NAME_BYTES = 32,              /* longest name of a character set we read */
};

static const struct {
    const char *name;
    enum encoding encoding;
} encoding_names[] = {
    {"utf-8", ENCODING_UTF8}, /* the first name of an encoding is the one that is printed */
    {"big5", ENCODING_BIG5},        {"utf-16le", ENCODING_UTF16LE},
    {"utf-16be", ENCODING_UTF16BE}, {"gb18030", ENCODING_GB18030},
    {"cp937", ENCODING_CP937},      {"unknown-8bit", ENCODING_UNKNOWN_8BIT},
    {"binary", ENCODING_BINARY},    {"utf8", ENCODING_UTF8},
    {"utf8mb3", ENCODING_UTF8},     {"utf8mb4", ENCODING_UTF8},
    {"unicode", ENCODING_UTF8}, /* PostgreSQL's old name of UTF8 */
    {"ascii", ENCODING_UTF8},       {"us-ascii", ENCODING_UTF8},
    {"cp950", ENCODING_BIG5},       {"ms950", ENCODING_BIG5},
    {"win950", ENCODING_BIG5},      {"windows950", ENCODING_BIG5},
    {"windows-950", ENCODING_BIG5}, {"big-5", ENCODING_BIG5},
    {"big5-eten", ENCODING_BIG5},   {"utf16le", ENCODING_UTF16LE},
    {"utf-16", ENCODING_UTF16LE},   {"utf16", ENCODING_UTF16LE},
    {"ucs-2le", ENCODING_UTF16LE},  {"utf16be", ENCODING_UTF16BE},
    {"ucs-2be", ENCODING_UTF16BE},  {"gbk", ENCODING_GB18030},
    {"cp936", ENCODING_GB18030},    {"win936", ENCODING_GB18030},
    {"gb2312", ENCODING_GB18030},   {"ibm937", ENCODING_CP937},
    {"ibm-937", ENCODING_CP937},    {"ebcdic", ENCODING_CP937},
};

const char *encoding_name(enum encoding encoding) {
    for (size_t i = 0; i < sizeof encoding_names / sizeof *encoding_names; i++) {
        if (encoding_names[i].encoding == encoding) {
            return encoding_names[i].name;
        }
    }
    return "unknown-8bit";
}

const char *encoding_basis_name(enum encoding_basis basis) {
    static const char *const names[] = {"assumed", "likely",   "valid",
                                        "marked",  "declared", "forced"};
    return names[basis];
}

bool encoding_from_name(const char *name, enum encoding *out) {
    struct bytes wanted = bytes_of_string(name);
    for (size_t i = 0; i < sizeof encoding_names / sizeof *encoding_names; i++) {
        if (bytes_equal_ignoring_case(wanted, bytes_of_string(encoding_names[i].name))) {
            *out = encoding_names[i].encoding;
            return true;
        }
    }
    return false;
}

enum width_rule encoding_width_rule(enum encoding encoding) {
    switch (encoding) {
    case ENCODING_BIG5:
    case ENCODING_GB18030:
        return WIDTH_DOUBLE;
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
        return WIDTH_UTF16;
    case ENCODING_CP937:
        return WIDTH_SINGLE; /* outside its two-byte parts */
    case ENCODING_UTF8:
    case ENCODING_UNKNOWN_8BIT:
    case ENCODING_BINARY:
        break;
    }
    return WIDTH_SAME;
}

/* ---- what a dump says of itself ---- */

static bool starts_with_word(struct bytes b, struct bytes word) {
    return b.len >= word.len && bytes_equal_ignoring_case(bytes_first(b, word.len), word);
}

/* !40101 in a comment before SET is how MySQL hides a statement from other servers. */
static struct bytes skip_version_comment(struct bytes line) {
    line = bytes_trim(line);
    if (bytes_starts_with(line, BYTES_LIT("/*!"))) {
        line = bytes_from(line, 3);
        while (line.len > 0 && byte_is_digit(line.ptr[0])) {
            line = bytes_from(line, 1);
        }
    }
    return bytes_trim(line);
}

static bool named_encoding(struct bytes text, enum encoding *out) {
    while (text.len > 0 && (text.ptr[0] == ' ' || text.ptr[0] == '=' || text.ptr[0] == '\'' ||
                            text.ptr[0] == '"')) {
        text = bytes_from(text, 1);
    }
    char name[NAME_BYTES + 1];
    size_t len = 0;
    while (len < text.len && len < NAME_BYTES &&
           (byte_is_alnum(text.ptr[len]) || text.ptr[len] == '-')) {
        name[len] = (char)text.ptr[len];
        len++;
    }
    name[len] = '\0';
    /* binary, latin1 and SQL_ASCII carry any bytes: they say nothing of the text. */
    return encoding_from_name(name, out) && *out != ENCODING_BINARY;
}

/* Does a line begin with S, a comment or blanks? */
static bool may_hold_set(const struct block64_ops *ops, struct bytes head) {
    static const char starts[] = "Ss/ \t\r";
    uint64_t set[4];
    ops->line_starts(head.ptr, head.len, set);
    for (const char *c = starts; *c != '\0'; c++) {
        if ((set[(uint8_t)*c >> 6] >> (*c & 63) & 1) != 0) {
            return true;
        }
    }
    return false;
}

static bool declared_by_dump(const struct block64_ops *ops, struct bytes head, enum encoding *out) {
    head = bytes_first(head, DUMP_HEAD_BYTES);
    if (!may_hold_set(ops, head)) {
        return false;
    }
    while (head.len > 0) {
        const uint8_t *newline = memchr(head.ptr, '\n', head.len);
        size_t len = newline == NULL ? head.len : (size_t)(newline - head.ptr);
        struct bytes line = skip_version_comment(bytes_first(head, len));
        head = bytes_from(head, len + 1);
        if (!starts_with_word(line, BYTES_LIT("SET "))) {
            continue;
        }
        line = bytes_trim(bytes_from(line, 4));
        if ((starts_with_word(line, BYTES_LIT("NAMES ")) &&
             named_encoding(bytes_from(line, 6), out)) ||
            (starts_with_word(line, BYTES_LIT("client_encoding")) &&
             named_encoding(bytes_from(line, 15), out))) {
            return true;
        }
    }
    return false;
}

/* <?xml version="1.0" encoding="Big5"?>, <meta charset=big5> and the older form of it with
 * content="text/html; charset=big5". UTF-8 is not believed: strict validity tells it better. */
static bool declared_by_markup(struct bytes head, enum encoding *out) {
    static const char *const words[] = {"encoding=", "charset="};
    head = bytes_trim(bytes_first(head, MARKUP_HEAD_BYTES));
    if (head.len == 0 || head.ptr[0] != '<') {
        return false;
    }
    bool xml = bytes_starts_with(head, BYTES_LIT("<?xml"));
    const uint8_t *end = xml ? memchr(head.ptr, '>', head.len) : NULL;
    if (end != NULL && bytes_find(bytes_of(head.ptr, (size_t)(end - head.ptr)),
                                  bytes_of_string(words[0])) == SIZE_MAX) {
        xml = false; /* XHTML may still say it further down */
    }
    struct bytes word = bytes_of_string(words[xml ? 0 : 1]);
    size_t at = bytes_find(head, word);
    return at != SIZE_MAX && named_encoding(bytes_from(head, at + word.len), out) &&
           (*out == ENCODING_BIG5 || *out == ENCODING_GB18030);
}

/* ---- UTF-16 without a byte order mark ---- */

static bool plausible_unit(unsigned unit) {
    return (unit >= 0x20 && unit < 0x7F) || unit == '\t' || unit == '\n' || unit == '\r' ||
           (unit >= 0xA0 && unit < 0x0600) || (unit >= 0x2000 && unit < 0xD7A4) ||
           (unit >= 0xD800 && unit < 0xFFF0);
}

/* Text in UTF-16 has zeros beside its ASCII characters, all at the same parity, and is not mostly
 * made of units that are two ASCII characters (text with a few NULs is). HIGH is the place of the
 * high byte in a unit. */
static bool looks_utf16(struct bytes head, size_t high) {
    size_t units = head.len / 2, ascii = 0, plausible = 0, doubles = 0;
    for (size_t i = 0; i < units; i++) {
        uint8_t first = head.ptr[2 * i + high], second = head.ptr[2 * i + 1 - high];
        bool good = plausible_unit((unsigned)first << 8 | second);
        plausible += good;
        ascii += good && first == 0 && second < 0x80;
        doubles += first >= 0x20 && first < 0x7F && second >= 0x20 && second < 0x7F;
    }
    return units >= 4 && ascii * 20 >= units && plausible * 20 >= units * 19 &&
           doubles * 10 <= units * 6;
}

static struct encoding_guess known(enum encoding encoding, enum encoding_basis basis) {
    bool by_region = encoding == ENCODING_UTF8 && basis == ENCODING_MARKED;
    return (struct encoding_guess){.encoding = encoding, .basis = basis, .settled = !by_region};
}

static struct encoding_guess guess_text(const struct block64_ops *ops, struct bytes head,
                                        bool whole, bool utf8) {
    struct encoding_guess guess = {.encoding = ENCODING_UTF8};
    if (utf8) {
        guess.basis = ops->ascii(head.ptr, head.len) ? ENCODING_ASSUMED : ENCODING_VALID;
        guess.settled = whole;
        return guess;
    }
    guess.encoding = guess_eight_bit(head);
    guess.basis = guess.encoding == ENCODING_UNKNOWN_8BIT ? ENCODING_ASSUMED : ENCODING_LIKELY;
    return guess;
}

bool encoding_may_be_binary(struct bytes head) {
    return !block64_ops(isa_best())->plain(head.ptr, head.len) &&
           encoding_controls(head) * 50 > head.len;
}

struct encoding_guess encoding_guess(struct bytes head, bool whole) {
    enum encoding declared;
    if (bytes_starts_with(head, BYTES_LIT("\xEF\xBB\xBF"))) {
        return known(ENCODING_UTF8, ENCODING_MARKED);
    }
    if (bytes_starts_with(head, BYTES_LIT("\xFF\xFE"))) {
        return known(ENCODING_UTF16LE, ENCODING_MARKED);
    }
    if (bytes_starts_with(head, BYTES_LIT("\xFE\xFF"))) {
        return known(ENCODING_UTF16BE, ENCODING_MARKED);
    }
    const struct block64_ops *ops = block64_ops(isa_best());
    if (declared_by_dump(ops, head, &declared)) {
        return known(declared, ENCODING_DECLARED);
    }
    bool may_be_utf8 =
        head.len == 0 || ops->utf8(head.ptr, head.len - (whole ? 0 : utf8_cut_off(head)));
    if (!may_be_utf8 && declared_by_markup(head, &declared)) {
        return known(declared, ENCODING_DECLARED);
    }
    size_t controls = ops->plain(head.ptr, head.len) ? 0 : encoding_controls(head);
    if (controls * 50 > head.len && looks_utf16(head, 1)) {
        return known(ENCODING_UTF16LE, ENCODING_LIKELY);
    }
    if (controls * 50 > head.len && looks_utf16(head, 0)) {
        return known(ENCODING_UTF16BE, ENCODING_LIKELY);
    }
    struct encoding_guess guess = guess_text(ops, head, whole, may_be_utf8);
    bool valid = guess.encoding == ENCODING_UTF8 && guess.basis != ENCODING_LIKELY;
    guess.quoted = script_text_begins(head);
    bool binary = controls * (valid ? 10 : 50) > head.len && !guess.quoted;
    return binary ? known(ENCODING_BINARY, ENCODING_ASSUMED) : guess;
}
