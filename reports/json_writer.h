/* json_writer.h - JSON written straight to a sink: commas and escaping, nothing kept. */
#ifndef YINMA_REPORTS_JSON_WRITER_H
#define YINMA_REPORTS_JSON_WRITER_H

#include "reports/sink.h"

struct json_writer {
    struct report_sink *sink;
    bool comma;   /* a value stands before, on this level */
    bool in_page; /* inside a script element: '<', '>' and '&' become escapes */
};

/* Members that are the same in objects on end: written once, then copied. They stand behind others
 * and are known by a number. All zero: nothing is known. */
struct json_stretch {
    struct text_buffer text;
    size_t of;
    bool known;
    size_t begin, flushes; /* while they are written */
};
void json_stretch_release(struct json_stretch *stretch);
/* Write the members OF, if these are known. */
bool json_stretch_again(struct json_writer *json, const struct json_stretch *stretch, size_t of);
/* Around writing them for the first time. */
void json_stretch_begin(struct json_writer *json, struct json_stretch *stretch);
void json_stretch_end(struct json_writer *json, struct json_stretch *stretch, size_t of);

void json_open(struct json_writer *json, char bracket); /* '{' or '[' */
void json_close(struct json_writer *json, char bracket);
/* Keys are ours: never escaped. Most are constants whose length the compiler knows. */
void json_name(struct json_writer *json, const char *key, size_t len);
static inline void json_key(struct json_writer *json, const char *key) {
    json_name(json, key, strlen(key));
}

/* UTF-8; what is no valid UTF-8 becomes U+FFFD, control characters become escapes. */
void json_text(struct json_writer *json, struct bytes text);
void json_string(struct json_writer *json, const char *text);
void json_number(struct json_writer *json, uint64_t number);
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);
/* With DIGITS decimals, whatever the locale thinks of decimal points. VALUE >= 0. */
void json_decimal(struct json_writer *json, double value, unsigned digits);

static inline void json_member_text(struct json_writer *json, const char *key, struct bytes text) {
    json_key(json, key);
    json_text(json, text);
}
static inline void json_member_string(struct json_writer *json, const char *key, const char *text) {
    json_member_text(json, key, bytes_of_string(text));
}
/* The same for what is known to need no escapes. */
void json_member_plain(struct json_writer *json, const char *key, struct bytes text);
/* Left out when TEXT is NULL or empty. */
static inline void json_member_known(struct json_writer *json, const char *key, const char *text) {
    if (text != NULL && text[0] != '\0') {
        json_member_string(json, key, text);
    }
}
static inline void json_member_number(struct json_writer *json, const char *key, uint64_t number) {
    json_key(json, key);
    json_number(json, number);
}

#endif
