/* Addresses of the Internet, versions 4 and 6, where the field's name tells. Off by default:
 * whether an address speaks of a person hangs on who can tell the subscriber. Private, link-local,
 * loopback and documentation ranges (RFC 1918, 3927, 5737, 6598, 4193, 3849) are nobody's. */
#include <arpa/inet.h>

#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"

enum { TEXT_MAX = 46, V4_SHORTEST = 7 };

static bool is_public_v4(const uint8_t *a) {
    bool nobody = a[0] == 0 || a[0] == 10 || a[0] == 127 || a[0] >= 224 ||
                  (a[0] == 100 && (a[1] & 0xC0) == 64) || (a[0] == 169 && a[1] == 254) ||
                  (a[0] == 172 && (a[1] & 0xF0) == 16) || (a[0] == 192 && a[1] == 168) ||
                  (a[0] == 192 && a[1] == 0 && a[2] == 2) ||
                  (a[0] == 198 && a[1] == 51 && a[2] == 100) ||
                  (a[0] == 203 && a[1] == 0 && a[2] == 113);
    return !nobody;
}

static bool is_public_v6(const uint8_t *a) {
    bool documentation = a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0D && a[3] == 0xB8;
    return (a[0] & 0xE0) == 0x20 && !documentation; /* 2000::/3, what is given out */
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    char name[TEXT_MAX];
    uint8_t address[16];
    if (text.len >= 3 && text.len < sizeof name && memchr(text.ptr, 0, text.len) == NULL) {
        memcpy(name, text.ptr, text.len);
        name[text.len] = '\0';
        if (inet_pton(AF_INET, name, address) == 1) {
            return is_public_v4(address) ? reading_clear(out, EVIDENCE_LAYOUT, text) : READ_NO;
        }
        if (inet_pton(AF_INET6, name, address) == 1) {
            return is_public_v6(address) ? reading_clear(out, EVIDENCE_LAYOUT, text) : READ_NO;
        }
    }
    return hidden_text_read(value, V4_SHORTEST, policy, out);
}

static const struct pattern_example examples[] = {{"168.95.1.1", STATE_CLEAR, READ_YES},
                                                  {"8.8.8.8", STATE_CLEAR, READ_YES},
                                                  {"61.219.36.248", STATE_CLEAR, READ_YES},
                                                  {"140.112.8.116", STATE_CLEAR, READ_YES},
                                                  {"2001:b000:168::1", STATE_CLEAR, READ_YES},
                                                  {"2404:6800:4012:3::200e", STATE_CLEAR, READ_YES},
                                                  {"192.168.0.1", STATE_CLEAR, READ_NO},
                                                  {"10.1.2.3", STATE_CLEAR, READ_NO},
                                                  {"203.0.113.7", STATE_CLEAR, READ_NO},
                                                  {"256.1.1.1", STATE_CLEAR, READ_NO},
                                                  {"1.2.3", STATE_CLEAR, READ_NO},
                                                  {"fe80::1", STATE_CLEAR, READ_NO},
                                                  {"168.**.*.*", STATE_MASKED, READ_YES},
                                                  {"168.95.1.*", STATE_WEAK, READ_YES},
                                                  {"***", STATE_MASKED, READ_YES},
                                                  {0}};

static const char *const field_names[] = {
    "ip",          "ip 位址",        "ip位址",    "來源ip",    "登入ip",   "ip address",
    "ip addr",     "ipaddr",         "ipaddress", "client ip", "clientip", "remote ip",
    "remote addr", "remote address", "user ip",   "userip",    "login ip", "loginip",
    "register ip", "reg ip",         "last ip",   "source ip", "src ip",   "x forwarded for",
    "x real ip",   "visitor ip",     "member ip", NULL};
static const char *const other_names[] = {"server ip", "host ip",    "dst ip",  "destination ip",
                                          "listen ip", "gateway ip", "bind ip", NULL};

const struct pattern pattern_ip_address = {
    .name = "ip_address",
    .title = "IP address",
    .check = "a public address of version 4 or 6",
    .legal = LEGAL_NONE,
    .off_by_default = true,
    .chance = 0.5,
    .field_names = field_names,
    .other_names = other_names,
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = hidden_text_show,
    .examples = examples,
};
