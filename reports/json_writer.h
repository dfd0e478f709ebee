/* json_writer.h - JSON written straight to a sink: commas and escaping, nothing kept. */
#ifndef YINMA_REPORTS_JSON_WRITER_H
#define YINMA_REPORTS_JSON_WRITER_H

#include "reports/sink.h"

struct json_writer {
    struct report_sink *sink;
    bool comma;   /* a value stands before, on this level */
    bool in_page; /* inside a script element: '<', '>' and '&' become escapes */
};

void json_open(struct json_writer *json, char bracket); /* '{' or '[' */
void json_close(struct json_writer *json, char bracket);
void json_key(struct json_writer *json, const char *key); /* keys are ours: never escaped */

/* UTF-8; what is no valid UTF-8 becomes U+FFFD, control characters become escapes. */
void json_text(struct json_writer *json, struct bytes text);
void json_string(struct json_writer *json, const char *text);
void json_number(struct json_writer *json, uint64_t number);
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);
/* With DIGITS decimals, whatever the locale thinks of decimal points. VALUE >= 0. */
void json_decimal(struct json_writer *json, double value, unsigned digits);

void json_member_text(struct json_writer *json, const char *key, struct bytes text);
void json_member_string(struct json_writer *json, const char *key, const char *text);
/* Left out when TEXT is NULL or empty. */
void json_member_known(struct json_writer *json, const char *key, const char *text);
void json_member_number(struct json_writer *json, const char *key, uint64_t number);

#endif
