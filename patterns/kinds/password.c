/* Passwords: whatever stands in a field of that name, and user:password@host in addresses of
 * services. Digests and cipher text are told by their form (crypt(3), LDAP, hexadecimal digests);
 * names of variables and words that stand for a password are none. */
#include "patterns/basic_credentials.h"
#include "patterns/chosen_word.h"
#include "patterns/cipher_text.h"
#include "patterns/command_secrets.h"
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"
#include "patterns/secret_phrases.h"

enum { PASSWORD_MAX = 128, SHORTEST = 4, HEX_MIN = 32, USER_MAX = 64 };

/* hash:salt of shops and portals, md5… of PostgreSQL. */
static bool is_salted_digest(struct bytes text) {
    size_t from = bytes_starts_with(text, BYTES_LIT("md5")) ? 3 : 0, at = from;
    while (at < text.len && byte_is_hex(text.ptr[at])) {
        at++;
    }
    size_t digits = at - from;
    return digits >= HEX_MIN && digits % 8 == 0 &&
           (at == text.len ? from != 0 : text.ptr[at] == ':' || text.ptr[at] == '$');
}

static bool is_dummy(struct bytes text) {
    static const char *const words[] = {"password", "123456",  "12345678", "1234",   "admin",
                                        "test",     "root",    "changeme", "secret", "qwerty",
                                        "P@ssw0rd", "test123", "abc123",   NULL};
    for (const char *const *word = words; *word != NULL; word++) {
        if (bytes_equal_ignoring_case(text, bytes_of_string(*word))) {
            return true;
        }
    }
    return false;
}

/* 0x216, 60: constants of programs and places in an index, as in "new_password": 60. */
static bool is_constant(struct bytes text) {
    size_t at = text.len > 2 && text.ptr[0] == '0' && text.ptr[1] == 'x' ? 2 : 0;
    size_t digits = 0;
    while (at + digits < text.len &&
           (byte_is_digit(text.ptr[at + digits]) ||
            (at != 0 && (uint8_t)((text.ptr[at + digits] | 0x20) - 'a') < 6))) {
        digits++;
    }
    return at + digits == text.len && (at != 0 || digits <= 3);
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (basic_credentials_are(text)) {
        return reading_clear(out, EVIDENCE_LAYOUT, text);
    }
    if (!value->named && mask_hides_all(text)) {
        /* what stands before it was a command or a phrase */
        return reading_hidden(out, STATE_MASKED, EVIDENCE_MASK_FORM, 0, text, "***", 3);
    }
    if (text.len == 0 || mask_hides_all(text) || cipher_text_is(text)) {
        return text.len == 0 ? READ_NO : reading_without_shape(value, out);
    }
    if (is_salted_digest(text)) {
        return reading_hidden(out, STATE_ENCRYPTED, 0, 0, text, "", 0);
    }
    if (text.len > PASSWORD_MAX || hidden_text_says_nothing(text) ||
        chosen_word_is_variable(text) || chosen_word_is_path(text) || is_constant(text)) {
        return READ_NO;
    }
    if (!value->named && (text.len < SHORTEST || chosen_word_is_placeholder(text))) {
        return READ_NO;
    }
    if (chosen_word_is_partly_hidden(text)) {
        return hidden_words_read(value, policy, out);
    }
    return reading_clear(out, is_dummy(text) ? EVIDENCE_DUMMY : 0, text);
}

/* ---- scheme://user:password@host ---- */

static bool in_login(uint8_t c) {
    return c > 0x20 && c < 0x7F && strchr("/@\"'<>\\`|,;?#()[]{}", c) == NULL;
}

static size_t login_end(struct bytes text, size_t at) {
    while (at < text.len && in_login(text.ptr[at])) {
        at++;
    }
    return at;
}

/* Hosts of manuals. */
static bool is_example_host(struct bytes host) {
    static const char *const starts[] = {"example", "host", "localhost",   "server",   "proxy",
                                         "domain",  "your", "www.example", "hostname", "127.",
                                         "my",      "foo",  "test",        "some",     "ip",
                                         "dummy",   NULL};
    for (const char *const *start = starts; *start != NULL; start++) {
        if (bytes_equal_ignoring_case(bytes_first(host, strlen(*start)), bytes_of_string(*start))) {
            return true;
        }
    }
    return host.len == 0 || bytes_find(host, BYTES_LIT("example")) != SIZE_MAX;
}

static bool is_example_user(struct bytes user) {
    static const char *const users[] = {"user", "username", "name",   "login",         "foo", "me",
                                        "you",  "john",     "myuser", "your_username", NULL};
    for (const char *const *name = users; *name != NULL; name++) {
        if (bytes_equal_ignoring_case(user, bytes_of_string(*name))) {
            return true;
        }
    }
    return false;
}

/* ANCHOR: of "://". The value is the password alone. */
static bool login_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    size_t user = anchor + 3, stop = login_end(text, user);
    if (anchor == 0 || !byte_is_alnum(text.ptr[anchor - 1]) || stop >= text.len ||
        text.ptr[stop] != '@') {
        return false;
    }
    const uint8_t *colon = memchr(text.ptr + user, ':', stop - user);
    if (colon == NULL || colon == text.ptr + user || (size_t)(colon - text.ptr) - user > USER_MAX) {
        return false;
    }
    *begin = (size_t)(colon - text.ptr) + 1;
    *end = stop;
    size_t host_end = login_end(text, stop + 1);
    struct bytes name = bytes_of(text.ptr + user, *begin - 1 - user);
    return *end > *begin && !is_example_user(name) &&
           !is_example_host(bytes_of(text.ptr + stop + 1, host_end - stop - 1)) &&
           !bytes_equal(name, bytes_of(text.ptr + *begin, *end - *begin));
}

static bool extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    return text.ptr[anchor] == ':' ? login_extent(text, anchor, begin, end)
                                   : command_secret_extent(text, anchor, begin, end) ||
                                         basic_credentials_extent(text, anchor, begin, end) ||
                                         secret_phrase_extent(text, anchor, begin, end);
}

/* ---- behind labels in running text ---- */

enum { LOGIN_LEAST = 2, ENGLISH_LEAST = 6 };

/* Behind an English label a colon must stand: program text is full of password = new1 and PWD=, and
 * what = names is read as any other key's value. A few digits alone are numbers of pages and lines
 * there. */
static bool told_in_english(struct bytes label, struct bytes word) {
    size_t letter = 0;
    while (letter < label.len && byte_is_letter(label.ptr[letter])) {
        letter++;
    }
    struct bytes gap = bytes_from(label, letter);
    bool colon = bytes_find(gap, BYTES_LIT(":")) != SIZE_MAX ||
                 bytes_find(gap, BYTES_LIT("：")) != SIZE_MAX ||
                 bytes_find(gap, BYTES_LIT("→")) != SIZE_MAX;
    bool blank = gap.len != 0 && gap.ptr[gap.len - 1] != ':';
    bool number = chosen_word_is_number(word);
    return letter == 0 || (colon && (!number || (blank && word.len >= ENGLISH_LEAST)));
}

/* 密碼：Abc123; 帳密：wang / Abc123, where the name of an account stands before it. */
static bool behind_label(struct bytes text, size_t at, size_t *begin, size_t *end) {
    struct bytes label = bytes_first(text, at);
    *begin = at;
    *end = chosen_word_end(text, at);
    struct bytes word = bytes_of(text.ptr + at, *end - at);
    if (chosen_word_looks(word)) {
        return told_in_english(label, word);
    }
    for (at = *end; at < text.len && text.ptr[at] == ' '; at++) {
    }
    bool wide = bytes_starts_with(bytes_from(text, at), BYTES_LIT("／"));
    if (word.len < LOGIN_LEAST || at >= text.len || (text.ptr[at] != '/' && !wide)) {
        return false;
    }
    for (at += wide ? strlen("／") : 1; at < text.len && text.ptr[at] == ' '; at++) {
    }
    *begin = at;
    *end = chosen_word_end(text, at);
    word = bytes_of(text.ptr + at, *end - at);
    return chosen_word_looks(word) && told_in_english(label, word);
}

static const struct pattern_example examples[] = {
    {"Tr0ub4dor&3", STATE_CLEAR, READ_YES},
    {"hunter2", STATE_CLEAR, READ_YES},
    {"1234", STATE_CLEAR, READ_YES},
    {"60", STATE_CLEAR, READ_NO},
    {"0x216", STATE_CLEAR, READ_NO},
    {"abc123", STATE_CLEAR, READ_YES},
    {"correct horse battery", STATE_CLEAR, READ_YES},
    {"19900307", STATE_CLEAR, READ_YES},
    {"Qx7!vv-2", STATE_CLEAR, READ_YES},
    {"我的密碼8888", STATE_CLEAR, READ_YES},
    {"password", STATE_CLEAR, READ_NO},
    {"N/A", STATE_CLEAR, READ_NO},
    {"${DB_PASS}", STATE_CLEAR, READ_NO},
    {"$PASSWORD", STATE_CLEAR, READ_NO},
    {"<password>", STATE_CLEAR, READ_NO},
    {"%s", STATE_CLEAR, READ_NO},
    {"null", STATE_CLEAR, READ_NO},
    {"getpass()", STATE_CLEAR, READ_NO},
    {"/home/ming/shop", STATE_CLEAR, READ_NO},
    {"********", STATE_MASKED, READ_YES},
    {"h****", STATE_MASKED, READ_YES},
    {"hunter***", STATE_WEAK, READ_YES},
    {"5f4dcc3b5aa765d61d8327deb882cf99", STATE_ENCRYPTED, READ_YES},
    {"$2y$10$abcdefghijklmnopqrstuuKq0Cg4m3uqkQm0w0Y8b0nWm0W9G2V9y", STATE_ENCRYPTED, READ_YES},
    {"$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/", STATE_ENCRYPTED, READ_YES},
    {"d2FuZzpReDchdnYtMg==", STATE_CLEAR, READ_YES},
    {"{SSHA}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3", STATE_ENCRYPTED, READ_YES},
    {"5f4dcc3b5aa765d61d8327deb882cf99:aB", STATE_ENCRYPTED, READ_YES},
    {"md55f4dcc3b5aa765d61d8327deb882cf99", STATE_ENCRYPTED, READ_YES},
    {0}};

static const char *const field_names[] = {"密碼",
                                          "登入密碼",
                                          "會員密碼",
                                          "使用者密碼",
                                          "網路密碼",
                                          "交易密碼",
                                          "提款密碼",
                                          "預設密碼",
                                          "通行碼",
                                          "rediscli auth",
                                          "password",
                                          "passwd",
                                          "passwords",
                                          "pwd",
                                          "passwd1",
                                          "user pwd",
                                          "user pass",
                                          "userpass",
                                          "user password",
                                          "userpassword",
                                          "login password",
                                          "login pwd",
                                          "loginpwd",
                                          "login pass",
                                          "mem pwd",
                                          "member pwd",
                                          "member password",
                                          "admin password",
                                          "admin pwd",
                                          "admin pass",
                                          "pass word",
                                          "passphrase",
                                          "pass phrase",
                                          "db password",
                                          "db pass",
                                          "dbpass",
                                          "db pwd",
                                          "dbpwd",
                                          "mysql password",
                                          "smtp password",
                                          "smtp pass",
                                          "mail password",
                                          "ftp password",
                                          "ftp pass",
                                          "root password",
                                          "auth password",
                                          "plain password",
                                          "password plain",
                                          "passwordhash",
                                          "password hash",
                                          "pwd hash",
                                          "passhash",
                                          "hashed password",
                                          "psw",
                                          "pswd",
                                          "pin code password",
                                          "mysql pwd",
                                          "pgpassword",
                                          "keystore password",
                                          "key password",
                                          NULL};
static const char *const other_names[] = {"密碼提示",
                                          "忘記密碼",
                                          "密碼修改時間",
                                          "密碼錯誤次數",
                                          "密碼到期日",
                                          "圖形密碼",
                                          "密碼狀態",
                                          "err pwd", /* names of errors, as programs have them */
                                          "err password",
                                          "error pwd",
                                          "error password",
                                          "password hint",
                                          "password reset",
                                          "reset password",
                                          "password reset token",
                                          "reset password token",
                                          "password changed",
                                          "password changed at",
                                          "password expires",
                                          "password expired",
                                          "password expiry",
                                          "password expire",
                                          "password salt",
                                          "password status",
                                          "password policy",
                                          "password length",
                                          "password type",
                                          "password question",
                                          "password error count",
                                          "password count",
                                          "password errors",
                                          "password attempts",
                                          "password updated",
                                          "password updated at",
                                          "password modified",
                                          "password format",
                                          "password strength",
                                          "forgot password",
                                          "show password",
                                          "change password",
                                          "pwd date",
                                          "pwd time",
                                          "pwd count",
                                          "pwd error",
                                          "pwd status",
                                          "confirm password",
                                          "password confirm",
                                          "password confirmation",
                                          "password lifetime",
                                          "password last changed",
                                          "cwd pwd",
                                          NULL};
static const char *const anchors[] = {"@://", "authorization", COMMAND_WORDS, SECRET_PHRASES, NULL};
static const char *const labels[] = {"密碼",   "帳密", "通行碼", "password",
                                     "passwd", "pwd",  "pw",     NULL};

const struct pattern pattern_password = {
    .name = "password",
    .title = "password",
    .check = "any text in a field of passwords, between user: and @ of an address, in a "
             "command or statement that hands one over, or a word with digits or signs behind a "
             "label; digests and cipher text are told by their form",
    .legal = LEGAL_NONE,
    .proves_itself = true,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .behind_label = behind_label,
    .anchors = anchors,
    .extent = extent,
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = hidden_words_show,
    .examples = examples,
};
