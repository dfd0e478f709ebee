#include "patterns/chosen_word.h"

#include "patterns/mask_marks.h"

/* ${DB_PASS}, $PASS, %s, <password>, {{ password }}, :password, process.env.X, os.environ[…] */
bool chosen_word_is_variable(struct bytes text) {
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
bool chosen_word_is_path(struct bytes text) {
    bool drive = text.len > 2 && byte_is_letter(text.ptr[0]) && text.ptr[1] == ':' &&
                 (text.ptr[2] == '\\' || text.ptr[2] == '/');
    bool slash = text.len > 2 && (text.ptr[0] == '/' || (text.ptr[0] == '~' && text.ptr[1] == '/'));
    return drive || (slash && memchr(text.ptr + 1, '/', text.len - 1) != NULL);
}

/* Words that stand for a password in manuals. */
bool chosen_word_is_placeholder(struct bytes text) {
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

/* pa****rd */
bool chosen_word_is_partly_hidden(struct bytes text) {
    return bytes_find(text, BYTES_LIT("***")) != SIZE_MAX;
}

enum { CHOSEN_LEAST = 4, CHOSEN_MOST = 64 };

static bool ends_word(uint8_t c) {
    return c <= 0x20 || c >= 0x7F || strchr("\"'<>,;[]{}()|`\\", c) != NULL;
}

/* Where the word at AT ends, without marks of the sentence behind it. */
size_t chosen_word_end(struct bytes text, size_t at) {
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
bool chosen_word_looks(struct bytes word) {
    if (word.len < CHOSEN_LEAST || word.len > CHOSEN_MOST || is_technique(word) ||
        chosen_word_is_variable(word) || chosen_word_is_path(word) ||
        bytes_find(word, BYTES_LIT("://")) != SIZE_MAX) {
        return false;
    }
    if (mask_hides_all(word) || chosen_word_is_partly_hidden(word)) {
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

bool chosen_word_is_number(struct bytes word) {
    return make_of(word).digits == word.len;
}
