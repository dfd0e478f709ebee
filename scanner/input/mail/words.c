#include "input/mail/words.h"

#include <iconv.h>
#include <stdio.h>

#include "core/utf8.h"

enum { CHARSET_BYTES = 40, WORD_BYTES = 4096, PARAMETER_PIECES = 100 };

/* ---- charsets ---- */

/* Names come from data, so only these reach iconv. Big5 of mail is that of Windows, and what calls
 * itself GB2312 is GBK or more. */
static const struct {
    const char *name, *iconv;
} charsets[] = {
    {"big5", "CP950"},          {"cp950", "CP950"},
    {"x-x-big5", "CP950"},      {"big5-hkscs", "BIG5-HKSCS"},
    {"gb2312", "GB18030"},      {"gbk", "GB18030"},
    {"gb18030", "GB18030"},     {"iso-2022-jp", "ISO-2022-JP"},
    {"shift_jis", "CP932"},     {"euc-jp", "EUC-JP"},
    {"euc-kr", "CP949"},        {"iso-8859-1", "CP1252"},
    {"windows-1252", "CP1252"}, {"utf-7", "UTF-7"},
    {"utf-16", "UTF-16"},
};

static const char *iconv_name(struct bytes charset) {
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
        if (bytes_equal_ignoring_case(charset, bytes_of_string(charsets[i].name))) {
            return charsets[i].iconv;
        }
    }
    return NULL;
}

/* False when some of TEXT is no character of it. */
static bool convert(struct text_buffer *out, const char *charset, struct bytes text) {
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) {
        text_buffer_put(out, text);
        return false;
    }
    char *from = (char *)(uintptr_t)text.ptr; /* iconv reads it only */
    size_t left = text.len;
    bool good = true;
    while (left > 0) {
        char piece[512];
        char *to = piece;
        size_t room = sizeof piece;
        const size_t before = left;
        size_t result = iconv(converter, &from, &left, &to, &room);
        text_buffer_put(out, bytes_of(piece, sizeof piece - room));
        if (result == (size_t)-1 && !(room < 16 && left < before)) {
            text_buffer_putc(out, '?');
            from++;
            left--;
            good = false;
        }
    }
    iconv_close(converter);
    return good;
}

void mail_charset_put(struct text_buffer *out, struct bytes charset, struct bytes text) {
    const char *name = iconv_name(charset);
    if (name != NULL) {
        (void)convert(out, name, text);
    } else if (utf8_valid(text, UTF8_WHOLE)) {
        text_buffer_put(out, text);
    } else {
        (void)convert(out, "CP950", text);
    }
}

/* ---- encoded words ---- */

struct encoded_word {
    struct bytes charset, text;
    bool base64;
    size_t len; /* of all of it */
};

static bool encoded_word(struct bytes at, struct encoded_word *word) {
    if (!bytes_starts_with(at, BYTES_LIT("=?"))) {
        return false;
    }
    const uint8_t *mark = memchr(at.ptr + 2, '?', bytes_first(at, CHARSET_BYTES + 4).len - 2);
    size_t charset = mark == NULL ? 0 : (size_t)(mark - at.ptr) - 2;
    if (charset == 0 || charset > CHARSET_BYTES || at.len < charset + 7 ||
        at.ptr[charset + 4] != '?') {
        return false;
    }
    const uint8_t how = byte_lower(at.ptr[charset + 3]);
    struct bytes rest = bytes_first(bytes_from(at, charset + 5), WORD_BYTES);
    size_t end = bytes_find(rest, BYTES_LIT("?="));
    if ((how != 'b' && how != 'q') || end == SIZE_MAX) {
        return false;
    }
    word->charset = bytes_of(at.ptr + 2, charset);
    const uint8_t *language = memchr(word->charset.ptr, '*', charset); /* RFC 2231, 5 */
    if (language != NULL) {
        word->charset.len = (size_t)(language - word->charset.ptr);
    }
    word->text = bytes_first(rest, end);
    word->base64 = how == 'b';
    word->len = charset + 5 + end + 2;
    return true;
}

static void put_base64(struct text_buffer *out, struct bytes text) {
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < text.len; i++) {
        int digit = byte_base64_value(text.ptr[i]);
        if (digit < 0) {
            continue;
        }
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            text_buffer_putc(out, (char)(uint8_t)(bits >> count));
        }
    }
}

static void put_quoted(struct text_buffer *out, struct bytes text, uint8_t mark) {
    for (size_t i = 0; i < text.len; i++) {
        const uint8_t c = text.ptr[i];
        if (c == mark && text.len - i > 2 && byte_hex_value(text.ptr[i + 1]) >= 0 &&
            byte_hex_value(text.ptr[i + 2]) >= 0) {
            text_buffer_putc(out, (char)(byte_hex_value(text.ptr[i + 1]) << 4 |
                                         byte_hex_value(text.ptr[i + 2])));
            i += 2;
        } else {
            const uint8_t shown = c == '_' && mark == '=' ? ' ' : c;
            text_buffer_putc(out, (char)shown);
        }
    }
}

static size_t blanks(struct bytes at) {
    size_t len = 0;
    while (len < at.len && (at.ptr[len] == ' ' || at.ptr[len] == '\t')) {
        len++;
    }
    return len;
}

/* Words that follow one another are one text: a character may be cut between them. */
static size_t put_encoded_words(struct text_buffer *out, struct bytes value,
                                struct encoded_word word) {
    struct text_buffer raw;
    struct bytes charset = word.charset;
    size_t used = 0;
    text_buffer_init(&raw, out->limit);
    for (;;) {
        if (word.base64) {
            put_base64(&raw, word.text);
        } else {
            put_quoted(&raw, word.text, '=');
        }
        used += word.len;
        const size_t gap = blanks(bytes_from(value, used));
        if (!encoded_word(bytes_from(value, used + gap), &word) ||
            !bytes_equal_ignoring_case(charset, word.charset)) {
            break;
        }
        used += gap;
    }
    mail_charset_put(out, charset, text_buffer_view(&raw));
    out->failed = out->failed || raw.failed;
    text_buffer_release(&raw);
    return used;
}

void mail_words_put(struct text_buffer *out, struct bytes value) {
    struct encoded_word word;
    bool behind_word = false;
    size_t plain = 0, at = 0;
    while (at < value.len) {
        if (value.ptr[at] != '=' || !encoded_word(bytes_from(value, at), &word)) {
            at++;
            continue;
        }
        struct bytes before = bytes_of(value.ptr + plain, at - plain);
        if (!behind_word || blanks(before) != before.len) {
            mail_charset_put(out, BYTES_LIT(""), before);
        }
        at += put_encoded_words(out, bytes_from(value, at), word);
        plain = at;
        behind_word = true;
    }
    mail_charset_put(out, BYTES_LIT(""), bytes_from(value, plain));
}

/* ---- parameters ---- */

/* The next "; name=value" of *REST. */
static bool next_parameter(struct bytes *rest, struct bytes *name, struct bytes *value) {
    const uint8_t *semicolon = memchr(rest->ptr, ';', rest->len);
    if (semicolon == NULL) {
        return false;
    }
    struct bytes at = bytes_from(*rest, (size_t)(semicolon - rest->ptr) + 1);
    size_t end = 0;
    while (end < at.len && at.ptr[end] != '=' && at.ptr[end] != ';') {
        end++;
    }
    *name = bytes_trim(bytes_first(at, end));
    *value = BYTES_LIT("");
    at = bytes_from(at, end);
    if (at.len > 0 && at.ptr[0] == '=') {
        at = bytes_from(at, 1);
        at = bytes_from(at, blanks(at));
        end = 0;
        if (at.len > 0 && at.ptr[0] == '"') {
            for (end = 1; end < at.len && at.ptr[end] != '"'; end++) {
                end += at.ptr[end] == '\\' && end + 1 < at.len;
            }
            *value = bytes_of(at.ptr + 1, (end < at.len ? end : at.len) - 1);
        } else {
            while (end < at.len && at.ptr[end] != ';') {
                end++;
            }
            *value = bytes_trim(bytes_first(at, end));
        }
        at = bytes_from(at, end);
    }
    *rest = at;
    return true;
}

static bool find_parameter(struct bytes value, const char *wanted, struct bytes *found) {
    struct bytes name;
    while (next_parameter(&value, &name, found)) {
        if (bytes_equal_ignoring_case(name, bytes_of_string(wanted))) {
            return true;
        }
    }
    return false;
}

/* charset'language'text: what stands before the text. */
static struct bytes charset_of(struct bytes *value) {
    const uint8_t *first = memchr(value->ptr, '\'', value->len);
    if (first == NULL) {
        return BYTES_LIT("");
    }
    struct bytes rest = bytes_from(*value, (size_t)(first - value->ptr) + 1);
    const uint8_t *second = memchr(rest.ptr, '\'', rest.len);
    if (second == NULL) {
        return BYTES_LIT("");
    }
    struct bytes charset = bytes_first(*value, (size_t)(first - value->ptr));
    *value = bytes_from(rest, (size_t)(second - rest.ptr) + 1);
    return charset;
}

/* name*0*=…; name*1=…: pieces of one value, each percent-encoded or not. */
static bool put_pieces(struct text_buffer *out, struct bytes value, const char *name) {
    struct text_buffer raw;
    struct bytes piece, charset = BYTES_LIT("");
    unsigned number = 0;
    text_buffer_init(&raw, out->limit);
    for (; number < PARAMETER_PIECES; number++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, "%s*%u*", name, number);
        const bool encoded = find_parameter(value, wanted, &piece);
        wanted[strlen(wanted) - 1] = '\0';
        if (!encoded && !find_parameter(value, wanted, &piece)) {
            break;
        }
        if (number == 0 && encoded) {
            charset = charset_of(&piece);
        }
        if (encoded) {
            put_quoted(&raw, piece, '%');
        } else {
            text_buffer_put(&raw, piece);
        }
    }
    mail_charset_put(out, charset, text_buffer_view(&raw));
    text_buffer_release(&raw);
    return number > 0;
}

bool mail_parameter_put(struct text_buffer *out, struct bytes value, const char *name) {
    char starred[64];
    struct bytes found;
    snprintf(starred, sizeof starred, "%s*", name);
    if (find_parameter(value, starred, &found)) {
        struct text_buffer raw;
        struct bytes charset = charset_of(&found);
        text_buffer_init(&raw, out->limit);
        put_quoted(&raw, found, '%');
        mail_charset_put(out, charset, text_buffer_view(&raw));
        text_buffer_release(&raw);
        return true;
    }
    if (find_parameter(value, name, &found)) {
        mail_words_put(out, found);
        return true;
    }
    return put_pieces(out, value, name);
}

/* ---- names of members ---- */

/* ".csv": what a name ends in, when a format may be called so; else nothing. */
static struct bytes ending_of(struct bytes name) {
    enum { ENDING_MOST = 8 };
    size_t len = 0;
    while (len < ENDING_MOST && len < name.len && byte_is_letter(name.ptr[name.len - len - 1])) {
        len++;
    }
    const bool is = len > 0 && len < name.len && name.ptr[name.len - len - 1] == '.';
    return bytes_from(name, is ? name.len - len - 1 : name.len);
}

void mail_member_name(struct bytes name, char *out, size_t size) {
    static const char cut[] = "…";
    const struct bytes ending = name.len < size ? BYTES_LIT("") : ending_of(name);
    const size_t len =
        name.len < size ? name.len : utf8_cut_between_words(name, size - sizeof cut - ending.len);
    snprintf(out, size, "%.*s%s%.*s", (int)len, (const char *)name.ptr, len < name.len ? cut : "",
             (int)ending.len, (const char *)ending.ptr);
    for (char *c = out; *c != '\0'; c++) {
        if (*c == '/' || *c == '\\' || (uint8_t)*c < ' ') {
            *c = '_';
        }
    }
}
