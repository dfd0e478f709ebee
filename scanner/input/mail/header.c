#include "input/mail/header.h"

#include <stdio.h>

#include "input/mail/words.h"

enum { NAME_BYTES_MAX = 76, FIELDS_LOOKED_AT = 60, MESSAGE_BITS = 40 };

/* ---- is it one? ---- */

/* Those of RFC 5322 and of every server on the way. WHO: they say who wrote or who carried it. */
static const struct {
    const char *name;
    bool who;
} message_fields[] = {
    {"From", true},      {"Return-Path", true}, {"Received", true},     {"Delivered-To", true},
    {"Sender", true},    {"To", false},         {"Cc", false},          {"Date", false},
    {"Subject", false},  {"Message-ID", false}, {"Reply-To", false},    {"MIME-Version", false},
    {"X-Mailer", false}, {"References", false}, {"In-Reply-To", false}, {"Content-Type", false},
};

size_t mail_field_name(struct bytes line) {
    size_t len = 0;
    while (len < line.len && line.ptr[len] > ' ' && line.ptr[len] < 0x7F && line.ptr[len] != ':') {
        len++;
    }
    return len > 0 && len <= NAME_BYTES_MAX && len < line.len && line.ptr[len] == ':' ? len : 0;
}

static void look_at_field(struct bytes name, unsigned *seen, bool *who) {
    for (size_t i = 0; i < sizeof message_fields / sizeof *message_fields; i++) {
        if (bytes_equal_ignoring_case(name, bytes_of_string(message_fields[i].name))) {
            *seen |= 1U << i;
            *who = *who || message_fields[i].who;
        }
    }
}

unsigned mail_header_bid(struct bytes head) {
    unsigned seen = 0;
    bool who = false;
    for (unsigned field = 0; field < FIELDS_LOOKED_AT && head.len > 0;) {
        const uint8_t *newline = memchr(head.ptr, '\n', head.len);
        const size_t len = newline == NULL ? head.len : (size_t)(newline - head.ptr) + 1;
        struct bytes line = mail_line_text(bytes_first(head, len));
        const size_t name = mail_field_name(line);
        if (line.len == 0) {
            break;
        }
        if (name > 0) {
            look_at_field(bytes_first(line, name), &seen, &who);
            field++;
        } else if (field == 0 || (line.ptr[0] != ' ' && line.ptr[0] != '\t')) {
            return 0;
        }
        head = bytes_from(head, len);
    }
    const int count = __builtin_popcount(seen);
    return who && count >= 3 ? MESSAGE_BITS + (unsigned)count : 0;
}

/* ---- what a part is ---- */

static void copy_lower(char *out, size_t size, struct bytes text) {
    size_t len = 0;
    for (; len < text.len && len + 1 < size; len++) {
        out[len] = (char)byte_lower(text.ptr[len]);
    }
    out[len] = '\0';
}

/* One parameter to *TEXT, which is the caller's. */
static bool take_parameter(struct bytes value, const char *name, struct text_buffer *text) {
    text_buffer_init(text, MAIL_HEADERS_BYTES_MAX);
    return mail_parameter_put(text, value, name) && text->len > 0;
}

/* A parameter that is no text: what is longer than SIZE is cut. */
static void take_token(struct bytes value, const char *name, char *out, size_t size) {
    struct text_buffer text;
    if (take_parameter(value, name, &text)) {
        const size_t len = text.len < size ? text.len : size - 1;
        memcpy(out, text.data, len);
        out[len] = '\0';
    }
    text_buffer_release(&text);
}

static void take_name(struct mail_part *part, struct bytes value, const char *parameter) {
    struct text_buffer text;
    if (take_parameter(value, parameter, &text)) {
        mail_member_name(text_buffer_view(&text), part->name, sizeof part->name);
    }
    text_buffer_release(&text);
}

static struct bytes before_parameters(struct bytes value) {
    const uint8_t *semicolon = memchr(value.ptr, ';', value.len);
    return bytes_trim(semicolon == NULL ? value
                                        : bytes_first(value, (size_t)(semicolon - value.ptr)));
}

static enum mail_coding coding_of(struct bytes value) {
    static const struct {
        const char *name;
        enum mail_coding coding;
    } codings[] = {{"7bit", MAIL_PLAIN},
                   {"8bit", MAIL_PLAIN},
                   {"binary", MAIL_PLAIN},
                   {"", MAIL_PLAIN},
                   {"quoted-printable", MAIL_QUOTED},
                   {"base64", MAIL_BASE64}};
    for (size_t i = 0; i < sizeof codings / sizeof *codings; i++) {
        if (bytes_equal_ignoring_case(value, bytes_of_string(codings[i].name))) {
            return codings[i].coding;
        }
    }
    return MAIL_UNKNOWN_CODING;
}

static void take_field(struct mail_part *part, struct bytes name, struct bytes value) {
    if (bytes_equal_ignoring_case(name, BYTES_LIT("Content-Type"))) {
        copy_lower(part->type, sizeof part->type, before_parameters(value));
        take_token(value, "charset", part->charset, sizeof part->charset);
        take_token(value, "boundary", part->boundary, sizeof part->boundary);
        take_name(part, value, "name");
    } else if (bytes_equal_ignoring_case(name, BYTES_LIT("Content-Disposition"))) {
        take_name(part, value, "filename");
    } else if (bytes_equal_ignoring_case(name, BYTES_LIT("Content-Transfer-Encoding"))) {
        part->coding = coding_of(before_parameters(value));
    }
}

/* ---- reading ---- */

/* FIELD as written, its lines put together. */
static void end_field(struct text_buffer *field, struct mail_part *part, struct text_buffer *text) {
    struct bytes all = text_buffer_view(field);
    const size_t name = all.len == 0 ? 0 : mail_field_name(all);
    if (name > 0) {
        struct bytes value = bytes_trim(bytes_from(all, name + 1));
        take_field(part, bytes_first(all, name), value);
        if (text != NULL) {
            text_buffer_put(text, bytes_first(all, name + 1));
            text_buffer_putc(text, ' ');
            mail_words_put(text, value);
            text_buffer_putc(text, '\n');
        }
    }
    text_buffer_clear(field);
}

static bool is_blank_line(struct bytes line) {
    return mail_line_text(line).len == 0;
}

int mail_header_read(struct mail_lines *lines, struct mail_part *part, struct text_buffer *text,
                     struct error *err) {
    struct text_buffer field;
    struct bytes line;
    size_t used = 0;
    bool inside = false;
    text_buffer_init(&field, 0);
    *part = (struct mail_part){0};
    while (used < MAIL_HEADERS_BYTES_MAX && mail_lines_peek(lines, &line)) {
        const bool goes_on = inside || line.ptr[0] == ' ' || line.ptr[0] == '\t';
        if (!inside && is_blank_line(line)) {
            mail_lines_take(lines, line);
            break;
        }
        if (!goes_on && mail_field_name(line) == 0) {
            break;
        }
        if (!goes_on) {
            end_field(&field, part, text);
        }
        text_buffer_put(&field, mail_line_text(line));
        used += line.len;
        mail_lines_take(lines, line);
        inside = lines->inside;
    }
    end_field(&field, part, text);
    const bool failed = field.failed || (text != NULL && text->failed);
    text_buffer_release(&field);
    return failed ? error_set(err, YINMA_E_MEMORY, "out of memory for the headers of a mail") : 0;
}
