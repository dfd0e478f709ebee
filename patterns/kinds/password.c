/* Passwords: whatever stands in a field of that name, and user:password@host in addresses of
 * services. Digests and cipher text are told by their form (crypt(3), LDAP, hexadecimal digests);
 * names of variables and words that stand for a password are none. */
#include "patterns/cipher_text.h"
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"

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

/* ${DB_PASS}, $PASS, %s, <password>, {{ password }}, :password, process.env.X, os.environ[…] */
static bool is_variable(struct bytes text) {
    uint8_t first = text.ptr[0], last = text.ptr[text.len - 1];
    bool bracketed = (first == '<' && last == '>') || (first == '[' && last == ']') ||
                     (first == '{' && last == '}') || (first == '(' && last == ')') ||
                     (first == '%' && last == '%') || last == ')';
    bool sign =
        (first == '$' && text.len > 1 &&
         (text.ptr[1] == '{' || text.ptr[1] == '(' ||
          (byte_is_letter(text.ptr[1]) && memchr(text.ptr + 1, '$', text.len - 1) == NULL))) ||
        (first == '%' && text.len <= 3) || first == ':' || first == '?';
    return bracketed || sign || bytes_find(text, BYTES_LIT("${")) != SIZE_MAX ||
           bytes_find(text, BYTES_LIT("env")) == 0 ||
           bytes_find(text, BYTES_LIT(".env")) != SIZE_MAX;
}

/* PWD is also where a shell stands: /home/x, C:\x. */
static bool is_path(struct bytes text) {
    bool drive = text.len > 2 && byte_is_letter(text.ptr[0]) && text.ptr[1] == ':' &&
                 (text.ptr[2] == '\\' || text.ptr[2] == '/');
    bool slash = text.len > 2 && (text.ptr[0] == '/' || (text.ptr[0] == '~' && text.ptr[1] == '/'));
    return drive || (slash && memchr(text.ptr + 1, '/', text.len - 1) != NULL);
}

/* Words that stand for a password in manuals. */
static bool is_placeholder(struct bytes text) {
    static const char *const words[] = {"password",
                                        "passwd",
                                        "pass",
                                        "pwd",
                                        "pw",
                                        "secret",
                                        "token",
                                        "mypassword",
                                        "mypass",
                                        "yourpassword",
                                        "string",
                                        "varchar",
                                        "text",
                                        "hidden",
                                        "required",
                                        "true",
                                        "false",
                                        "yes",
                                        "your_password",
                                        "my_password",
                                        "your-password",
                                        "changeme",
                                        "example",
                                        "user",
                                        "username",
                                        "userpass",
                                        "my-password",
                                        "credentials",
                                        "x-oauth-basic",
                                        "密碼",
                                        NULL};
    for (const char *const *word = words; *word != NULL; word++) {
        if (bytes_equal_ignoring_case(text, bytes_of_string(*word))) {
            return true;
        }
    }
    return false;
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

/* pa****rd */
static bool is_partly_hidden(struct bytes text) {
    return bytes_find(text, BYTES_LIT("***")) != SIZE_MAX;
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
    if (text.len == 0 || mask_hides_all(text) || cipher_text_is(text)) {
        return text.len == 0 ? READ_NO : reading_without_shape(value, out);
    }
    if (is_salted_digest(text)) {
        return reading_hidden(out, STATE_ENCRYPTED, 0, 0, text, "", 0);
    }
    if (text.len > PASSWORD_MAX || hidden_text_says_nothing(text) || is_variable(text) ||
        is_path(text) || is_constant(text)) {
        return READ_NO;
    }
    if (!value->named && (text.len < SHORTEST || is_placeholder(text))) {
        return READ_NO;
    }
    if (is_partly_hidden(text)) {
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
    static const char *const starts[] = {
        "example",  "host", "localhost", "server", "proxy", "domain", "your", "www.example",
        "hostname", "127.", "my",        "foo",    "test",  "some",   "ip",   NULL};
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
static bool extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
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

/* ---- behind labels in running text ---- */

enum { TOLD_LEAST = 4, TOLD_MOST = 64, LOGIN_LEAST = 2, ENGLISH_LEAST = 6 };

static bool ends_word(uint8_t c) {
    return c <= 0x20 || c >= 0x7F || strchr("\"'<>,;[]{}()|`\\", c) != NULL;
}

/* Where the word at AT ends, without marks of the sentence behind it. */
static size_t word_end(struct bytes text, size_t at) {
    size_t end = at;
    while (end < text.len && !ends_word(text.ptr[end])) {
        end++;
    }
    while (end > at && (text.ptr[end - 1] == '.' || text.ptr[end - 1] == ':')) {
        end--;
    }
    return end;
}

/* sha256, utf8mb4, base64: names of what passwords are made into. */
static bool is_technique(struct bytes word) {
    static const char *const stems[] = {"sha",  "md5", "base6", "utf",   "crypt", "pbkdf", "argon",
                                        "pkcs", "aes", "ntlm",  "scram", "x509",  "rfc",   "oauth",
                                        "type", "tls", "ssl",   "http",  "ipv",   NULL};
    for (const char *const *stem = stems; *stem != NULL; stem++) {
        for (size_t at = 0; at + strlen(*stem) <= word.len; at++) {
            if (bytes_equal_ignoring_case(bytes_of(word.ptr + at, strlen(*stem)),
                                          bytes_of_string(*stem))) {
                return true;
            }
        }
    }
    return false;
}

/* How a word of running text is made. */
struct word_make {
    size_t digits, small, large, signs, others; /* others: signs of numbers, names and paths */
};

static struct word_make make_of(struct bytes word) {
    struct word_make make = {0};
    for (size_t i = 0; i < word.len; i++) {
        uint8_t c = word.ptr[i];
        make.digits += byte_is_digit(c);
        make.small += c >= 'a' && c <= 'z';
        make.large += c >= 'A' && c <= 'Z';
        make.signs += c < 0x80 && strchr("!@#$%^&*?~+", c) != NULL;
        make.others += c < 0x80 && strchr("-_./:=", c) != NULL;
    }
    return make;
}

/* Words, names, dates and places are no passwords: these have letters and digits, signs among
 * letters, or digits alone. */
static bool looks_chosen(struct bytes word) {
    if (word.len < TOLD_LEAST || word.len > TOLD_MOST || is_technique(word) || is_variable(word) ||
        is_path(word) || bytes_find(word, BYTES_LIT("://")) != SIZE_MAX) {
        return false;
    }
    if (mask_hides_all(word) || is_partly_hidden(word)) {
        return true;
    }
    struct word_make make = make_of(word);
    size_t letters = make.small + make.large;
    if (make.digits == word.len) {
        return true;
    }
    bool mixed = make.digits != 0 && letters != 0;
    bool signed_word = make.signs != 0 && letters != 0 && (make.small == 0) == (make.large == 0);
    return (mixed || signed_word) && make.others <= 2;
}

/* Behind an English label a colon must stand: program text is full of password = new1 and PWD=, and
 * what = names is read as any other key's value. A few digits alone are numbers of pages and lines
 * there. */
static bool told_in_english(struct bytes label, struct bytes word) {
    size_t letter = 0;
    while (letter < label.len && byte_is_letter(label.ptr[letter])) {
        letter++;
    }
    struct bytes gap = bytes_from(label, letter);
    bool colon =
        bytes_find(gap, BYTES_LIT(":")) != SIZE_MAX || bytes_find(gap, BYTES_LIT("：")) != SIZE_MAX;
    bool blank = gap.len != 0 && gap.ptr[gap.len - 1] != ':';
    bool number = make_of(word).digits == word.len;
    return letter == 0 || (colon && (!number || (blank && word.len >= ENGLISH_LEAST)));
}

/* 密碼：Abc123; 帳密：wang / Abc123, where the name of an account stands before it. */
static bool behind_label(struct bytes text, size_t at, size_t *begin, size_t *end) {
    struct bytes label = bytes_first(text, at);
    *begin = at;
    *end = word_end(text, at);
    struct bytes word = bytes_of(text.ptr + at, *end - at);
    if (looks_chosen(word)) {
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
    *end = word_end(text, at);
    word = bytes_of(text.ptr + at, *end - at);
    return looks_chosen(word) && told_in_english(label, word);
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
static const char *const anchors[] = {"://", NULL};
static const char *const labels[] = {"密碼", "帳密", "通行碼", "password", "passwd", "pwd", NULL};

const struct pattern pattern_password = {
    .name = "password",
    .title = "password",
    .check = "any text in a field of passwords, between user: and @ of an address, or a word with "
             "digits or signs behind a label; digests and cipher text are told by their form",
    .legal = LEGAL_NONE,
    .proves_itself = true,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .behind_label = behind_label,
    .anchors = anchors,
    .before_sign = true,
    .extent = extent,
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = hidden_words_show,
    .examples = examples,
};
