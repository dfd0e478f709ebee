/* E-mail addresses of persons. Length limits: RFC 5321, 4.5.3.1. Mail boxes of a service (service@,
 * no-reply@) belong to nobody and are not counted. */
#include "patterns/kinds/kinds.h"
#include "patterns/mask_marks.h"
#include "patterns/written_email.h"

enum { LOCAL_MAX = 64, ADDRESS_MAX = 254 };

enum { IN_LOCAL = 1, IN_DOMAIN = 2 };

/* Where each ASCII character may stand: the unquoted local part (RFC 5322 atoms and dots), domains.
 */
static const uint8_t uses[128] = {
    ['0' ... '9'] = 3, ['A' ... 'Z'] = 3, ['a' ... 'z'] = 3, ['-'] = 3,  ['.'] = 3, ['_'] = 1,
    ['+'] = 1,         ['%'] = 1,         ['&'] = 1,         ['\''] = 1, ['='] = 1, ['!'] = 1,
    ['~'] = 1,         ['$'] = 1,         ['{'] = 1,         ['}'] = 1,  ['/'] = 1, ['^'] = 1};

static unsigned use_of(uint8_t c) {
    return c < 0x80 ? uses[c] : IN_DOMAIN; /* international domains */
}

static bool in_list(struct bytes text, const char *const *list) {
    uint8_t first = byte_lower(text.ptr[0]);
    for (; *list != NULL; list++) {
        if ((uint8_t) * *list == first && bytes_equal_ignoring_case(text, bytes_of_string(*list))) {
            return true;
        }
    }
    return false;
}

static bool is_service(struct bytes local) {
    static const char *const names[] = {"service",
                                        "services",
                                        "info",
                                        "no-reply",
                                        "noreply",
                                        "no_reply",
                                        "donotreply",
                                        "do-not-reply",
                                        "support",
                                        "admin",
                                        "administrator",
                                        "webmaster",
                                        "postmaster",
                                        "hostmaster",
                                        "abuse",
                                        "root",
                                        "sales",
                                        "contact",
                                        "help",
                                        "helpdesk",
                                        "hr",
                                        "mailer-daemon",
                                        "notice",
                                        "notification",
                                        "notify",
                                        "system",
                                        "news",
                                        "newsletter",
                                        "marketing",
                                        "customer",
                                        "customerservice",
                                        "cs",
                                        "billing",
                                        "invoice",
                                        "einvoice",
                                        "privacy",
                                        "security",
                                        "git",
                                        "nobody",
                                        NULL};
    return in_list(local, names);
}

/* Letters that end the names of files; icon@2x.png. */
static bool is_file_ending(struct bytes label) {
    static const char *const endings[] = {
        "png", "jpg", "jpeg", "gif", "svg", "webp", "css",   "js",        "json",     "html",
        "php", "py",  "bmp",  "ico", "pdf", "zip",  "local", "localhost", "internal", NULL};
    return in_list(label, endings);
}

static bool is_dummy_domain(struct bytes domain) {
    static const char *const ends[] = {
        "example.com", "example.org", "example.net", "example.com.tw", "test.com",
        "test.com.tw", ".test",       ".example",    ".invalid",       "abc.com"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct bytes end = bytes_of_string(ends[i]);
        if (domain.len >= end.len && byte_lower(domain.ptr[domain.len - end.len]) == end.ptr[0] &&
            bytes_equal_ignoring_case(bytes_from(domain, domain.len - end.len), end) &&
            (domain.len == end.len || end.ptr[0] == '.' ||
             domain.ptr[domain.len - end.len - 1] == '.')) {
            return true;
        }
    }
    return false;
}

/* Labels parted by single dots, at least two, the last one of letters. */
static bool is_domain(struct bytes domain) {
    size_t label = 0, dots = 0, last = 0;
    bool letters = true;
    for (size_t i = 0; i < domain.len; i++) {
        uint8_t c = domain.ptr[i];
        if (c == '.') {
            if (label == 0) {
                return false;
            }
            dots++;
            label = 0;
            last = i + 1;
            letters = true;
            continue;
        }
        if ((use_of(c) & IN_DOMAIN) == 0 || (c == '-' && label == 0)) {
            return false;
        }
        letters &= !byte_is_digit(c);
        label++;
    }
    struct bytes top = bytes_from(domain, last);
    return dots >= 1 && top.len >= 2 && top.len <= 24 &&
           (letters || bytes_starts_with(top, BYTES_LIT("xn--"))) && !is_file_ending(top);
}

static bool is_local(struct bytes local) {
    if (local.len == 0 || local.len > LOCAL_MAX || local.ptr[0] == '.' ||
        local.ptr[local.len - 1] == '.') {
        return false;
    }
    for (size_t i = 0; i < local.len; i++) {
        if ((use_of(local.ptr[i]) & IN_LOCAL) == 0 ||
            (local.ptr[i] == '.' && local.ptr[i + 1] == '.')) {
            return false;
        }
    }
    return true;
}

static size_t find_at(struct bytes text) {
    const uint8_t *at = text.len == 0 ? NULL : memchr(text.ptr, '@', text.len);
    return at == NULL ? SIZE_MAX : (size_t)(at - text.ptr);
}

/* Addresses are compared in upper case, as everything else (contract, section 4). */
static struct bytes normal_of(struct bytes text, struct reading *out) {
    if (text.len > NORMAL_MAX) {
        return text;
    }
    for (size_t i = 0; i < text.len; i++) {
        out->normal_buffer[i] = byte_upper(text.ptr[i]);
    }
    return bytes_of(out->normal_buffer, text.len);
}

/* ---- hidden characters ---- */

struct hidden_count {
    unsigned shown, hidden;
};

static bool count_part(struct bytes part, struct hidden_count *count, struct form_writer *form) {
    *count = (struct hidden_count){0};
    for (size_t at = 0; at < part.len;) {
        size_t mark = mask_mark_length(part.ptr + at, part.len - at);
        if (mark != 0) {
            count->hidden++;
            form_run(form, '*');
        } else if (use_of(part.ptr[at]) != 0) {
            count->shown++;
            form_run(form, '#');
        } else {
            return false;
        }
        at += mark != 0 ? mark : 1;
    }
    return true;
}

/* xxxx@gmail.com: letters that are nobody's name. */
static bool all_x(struct bytes local) {
    for (size_t i = 0; i < local.len; i++) {
        if ((local.ptr[i] | 0x20) != 'x') {
            return false;
        }
    }
    return local.len >= 3;
}

static enum read_result read_hidden(const struct value *value, size_t at,
                                    const struct mask_policy *policy, struct reading *out) {
    struct hidden_count local, domain = {0};
    struct form_writer form = {0};
    struct bytes text = value->text;
    size_t end = at == SIZE_MAX ? text.len : at;
    if (!count_part(bytes_first(text, end), &local, &form)) {
        return READ_NO;
    }
    if (at != SIZE_MAX) {
        form_literal(&form, BYTES_LIT("@"));
        if (!count_part(bytes_from(text, at + 1), &domain, &form)) {
            return READ_NO;
        }
    }
    if (local.hidden + domain.hidden == 0) {
        return READ_NO;
    }
    bool well =
        local.hidden * 100U >= (unsigned)policy->min_hidden_percent * (local.hidden + local.shown);
    return reading_hidden(out, well ? STATE_MASKED : STATE_WEAK,
                          at != SIZE_MAX ? EVIDENCE_MASK_FORM : 0, 0, text, form.text, form.len);
}

static enum read_result read_usual(const struct value *value, const struct mask_policy *policy,
                                   struct reading *out) {
    struct bytes text = value->text;
    size_t at = find_at(text);
    if (text.len > ADDRESS_MAX || at == SIZE_MAX || at == 0) {
        /* us****om: the '@' itself may be hidden; only the field's name can say so */
        if (value->named && text.len >= 6 && text.len <= LOCAL_MAX && mask_marks_in(text) &&
            !mask_hides_all(text) && read_hidden(value, SIZE_MAX, policy, out) == READ_YES) {
            return READ_YES;
        }
        return reading_without_shape(value, out);
    }
    struct bytes local = bytes_first(text, at), domain = bytes_from(text, at + 1);
    if (is_local(local) && is_domain(domain) && !mask_marks_in(domain)) {
        if (all_x(local)) {
            return reading_hidden(out, STATE_MASKED, EVIDENCE_MASK_FORM, 0, text, "*@#", 3);
        }
        if (is_service(local)) {
            return READ_NO;
        }
        return reading_clear(out, EVIDENCE_LAYOUT | (is_dummy_domain(domain) ? EVIDENCE_DUMMY : 0U),
                             normal_of(text, out));
    }
    if (mask_marks_in(text) && !mask_hides_all(text)) {
        return read_hidden(value, at, policy, out);
    }
    return reading_without_shape(value, out);
}

/* Not in the usual way: without an '@', or with blanks around it. */
static bool may_be_written(struct bytes text) {
    if (text.len > ADDRESS_MAX) {
        return false;
    }
    size_t at = find_at(text);
    return at == SIZE_MAX ? memchr(text.ptr, ']', text.len) != NULL ||
                                memchr(text.ptr, ')', text.len) != NULL ||
                                bytes_find(text, BYTES_LIT("小老鼠")) != SIZE_MAX
                          : (at > 0 && text.ptr[at - 1] == ' ') ||
                                (at + 1 < text.len && text.ptr[at + 1] == ' ');
}

/* a [at] b.tw is read as a@b.tw. */
static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    uint8_t plain[NORMAL_MAX];
    size_t length =
        may_be_written(value->text) ? written_email_plain(value->text, plain, sizeof plain) : 0;
    if (length == 0) {
        return read_usual(value, policy, out);
    }
    struct value usual = *value;
    usual.text = bytes_of(plain, length);
    enum read_result result = read_usual(&usual, policy, out);
    if (result == READ_YES && out->state != STATE_CLEAR) {
        out->normal = value->text; /* nothing of PLAIN outlives this */
    }
    return result;
}

static void show(struct bytes text, struct text_buffer *out) {
    size_t at = find_at(text);
    if (at == SIZE_MAX || text.len > ADDRESS_MAX) {
        text_buffer_puts(out, "***");
        return;
    }
    if (at > 1 && byte_is_alnum(text.ptr[0])) {
        text_buffer_put(out, bytes_first(text, 1));
    }
    text_buffer_puts(out, "***");
    text_buffer_put(out, bytes_from(text, at));
}

/* scheme://user:password@host and scheme://user@host are no mail boxes. */
static bool is_login(struct bytes text, size_t local) {
    size_t at = local;
    if (at > 0 && text.ptr[at - 1] == ':') {
        at--;
        while (at > 0 && local - at < LOCAL_MAX && (use_of(text.ptr[at - 1]) & IN_LOCAL) != 0 &&
               text.ptr[at - 1] != '/') {
            at--;
        }
    }
    return at >= 3 && memcmp(text.ptr + at - 3, "://", 3) == 0;
}

/* Around an '@', as far as characters of addresses reach. */
static bool extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    size_t from = anchor, to = anchor + 1;
    if (text.ptr[anchor] != '@') {
        return written_email_extent(text, anchor, begin, end);
    }
    while (from > 0 && anchor - from < LOCAL_MAX &&
           ((use_of(text.ptr[from - 1]) & IN_LOCAL) != 0 || text.ptr[from - 1] == '*')) {
        from--;
    }
    while (to < text.len && to - anchor < ADDRESS_MAX - LOCAL_MAX && text.ptr[to] < 0x80 &&
           ((use_of(text.ptr[to]) & IN_DOMAIN) != 0 || text.ptr[to] == '*')) {
        to++;
    }
    while (to > anchor + 1 && (text.ptr[to - 1] == '.' || text.ptr[to - 1] == '-')) {
        to--; /* the end of a sentence */
    }
    /* key=value, 'quoted', /path: these signs are allowed in addresses, but nobody has them in
     * front */
    for (size_t i = from; i < anchor; i++) {
        if (strchr("='/!&{}$%~^", text.ptr[i]) != NULL) {
            from = i + 1;
        }
    }
    while (from < anchor && !byte_is_alnum(text.ptr[from]) && text.ptr[from] != '*' &&
           text.ptr[from] != '_') {
        from++;
    }
    *begin = from;
    *end = to;
    if (is_login(text, from) || from == anchor) {
        return false;
    }
    if (to > anchor + 3 && memchr(text.ptr + anchor, '.', to - anchor) != NULL) {
        return true;
    }
    /* a@b．tw */
    bool wide = to < text.len && text.ptr[to] == 0xEF;
    return wide && written_email_extent(text, anchor, begin, end);
}

static const struct pattern_example examples[] = {
    {"jolin.chen88@gmail.com", STATE_CLEAR, READ_YES},
    {"wang_xm@ms12.hinet.net", STATE_CLEAR, READ_YES},
    {"a+tag@seed.net.tw", STATE_CLEAR, READ_YES},
    {"USER@MAIL.IDV.TW", STATE_CLEAR, READ_YES},
    {"ming@xn--kpry57d.xn--kpry57d", STATE_CLEAR, READ_YES},
    {"lin@公司.台灣", STATE_CLEAR, READ_YES},
    {"someone@example.com", STATE_CLEAR, READ_YES}, /* dummy */
    {"service@shop.com.tw", STATE_CLEAR, READ_NO},
    {"no-reply@shop.com.tw", STATE_CLEAR, READ_NO},
    {"icon@2x.png", STATE_CLEAR, READ_NO},
    {"user@localhost", STATE_CLEAR, READ_NO},
    {"@scope/pkg", STATE_CLEAR, READ_NO},
    {"lin [at] shop.com.tw", STATE_CLEAR, READ_YES},
    {"lin(at)shop (dot) com (dot) tw", STATE_CLEAR, READ_YES},
    {"lin @ shop.com.tw", STATE_CLEAR, READ_YES},
    {"ｌｉｎ＠ｓｈｏｐ．ｃｏｍ", STATE_CLEAR, READ_YES},
    {"l** [at] shop.com.tw", STATE_MASKED, READ_YES},
    {"service [at] shop.com.tw", STATE_CLEAR, READ_NO},
    {"look (at) this. now", STATE_CLEAR, READ_NO},
    {"a..b@x.com", STATE_CLEAR, READ_NO},
    {".a@x.com", STATE_CLEAR, READ_NO},
    {"a@x.c", STATE_CLEAR, READ_NO},
    {"a@1.2.3.4", STATE_CLEAR, READ_NO},
    {"a b@x.com", STATE_CLEAR, READ_NO},
    {"a@@x.com", STATE_CLEAR, READ_NO},
    {"j***@x.com", STATE_MASKED, READ_YES},
    {"jo***n@x.com", STATE_MASKED, READ_YES},
    {"****@x.com", STATE_MASKED, READ_YES},
    {"u***@example...", STATE_MASKED, READ_YES},
    {"j●●●@x.com", STATE_MASKED, READ_YES},
    {"xxxx@gmail.com", STATE_MASKED, READ_YES},
    {"j***@g****.com", STATE_MASKED, READ_YES},
    {"***", STATE_MASKED, READ_YES},
    {"jolin*@x.com", STATE_WEAK, READ_YES},
    {"jolin@g****.com", STATE_WEAK, READ_YES},
    {0}};

static const char *const field_names[] = {"電子郵件",       "電子信箱",      "電郵",
                                          "電子郵件信箱",   "電子郵件地址",  "郵件信箱",
                                          "信箱",           "郵箱",          "email",
                                          "e mail",         "emailaddress",  "email address",
                                          "e mail address", "mail",          "mail address",
                                          "member email",   "email addr",    "mailaddress",
                                          "mailbox",        "contact email", "usermail",
                                          "useremail",      "cust email",    "custemail",
                                          "emailid",        "email id",      NULL};
static const char *const other_names[] = {"!門市信箱",       "!店家信箱",     "!店舖信箱",
                                          "!分店信箱",       "!倉庫信箱",     "!營業所信箱",
                                          "!store email",    "!shop email",   "!branch email",
                                          "!hub email",      "!depot email",  "!warehouse email",
                                          "!station email",  "!vendor email", "!supplier email",
                                          "!merchant email", "!outlet email", "郵政信箱",
                                          "email verified",  "email status",  "email type",
                                          "email template",  "email subject", "email count",
                                          "email title",     "email content", "email body",
                                          "email server",    "mail server",   "mail host",
                                          "mail port",       "mail type",     "mail subject",
                                          "mail title",      "mail status",   "is mail",
                                          "mail template",   "voice mail",    "email opt in",
                                          "mail content",    "mail body",     NULL};
static const char *const labels[] = {"e-mail", "email", "電子郵件", "電子信箱", "信箱", NULL};

static const char *const anchors[] = {WRITTEN_SIGNS, NULL};

const struct pattern pattern_email = {
    .name = "email",
    .title = "e-mail address",
    .check = "RFC 5321: a local part, one @, a domain with a dot; mail boxes of a service "
             "(service@, no-reply@) do not count",
    .legal = LEGAL_CONTACT,
    .proves_itself = true,
    .chance = 0.01,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .anchors = anchors,
    .anchor_byte = '@',
    .extent = extent,
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = show,
    .examples = examples,
};
