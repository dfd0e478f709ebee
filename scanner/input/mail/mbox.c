/* mbox.c - mailboxes (RFC 4155): messages one after the other, each behind a line "From address
 * date". Each is a member; ">From " at the start of a line is "From " of the message. */
#include <stdio.h>
#include <stdlib.h>

#include "input/formats.h"
#include "input/limits.h"
#include "input/mail/header.h"

struct mbox {
    struct byte_source content; /* of the message that is read */
    struct input_budget *budget;
    bool ended; /* the message */

    bool blank; /* an empty line came before */
    uint64_t messages;
    char name[32];
    struct mail_lines lines;
};

/* "From someone@example.com Sat Jan 31 08:00:00 2026": ends in a year, a time stands before it. */
static bool is_separator(struct bytes line) {
    if (!bytes_starts_with(line, BYTES_LIT("From "))) {
        return false;
    }
    line = bytes_trim(mail_line_text(line));
    size_t digits = 0;
    while (digits < line.len && byte_is_digit(line.ptr[line.len - 1 - digits])) {
        digits++;
    }
    return (digits == 4 && bytes_find(line, BYTES_LIT(":")) != SIZE_MAX);
}

static bool is_quoted(struct bytes line) {
    size_t marks = 0;
    while (marks < line.len && line.ptr[marks] == '>') {
        marks++;
    }
    return marks > 0 && bytes_starts_with(bytes_from(line, marks), BYTES_LIT("From "));
}

/* The next piece of the message; false: it is over. */
static bool message_peek(struct mbox *m, struct bytes *line) {
    if (!mail_lines_peek(&m->lines, line)) {
        return false;
    }
    return m->lines.inside || !m->blank || !is_separator(*line);
}

static void message_take(struct mbox *m, struct bytes line) {
    m->blank = !m->lines.inside && mail_line_text(line).len == 0;
    mail_lines_take(&m->lines, line);
}

static int64_t content_read(struct byte_source *source, void *buffer, size_t capacity,
                            struct error *err) {
    struct mbox *m = (struct mbox *)source;
    struct bytes line;
    if (m->ended || capacity == 0) {
        return 0;
    }
    if (!message_peek(m, &line)) {
        m->ended = true;
        if (m->lines.failure.code != 0 && err != NULL) {
            *err = m->lines.failure;
        }
        return m->lines.failure.code;
    }
    if (!m->lines.inside && is_quoted(line)) {
        mail_lines_take(&m->lines, bytes_first(line, 1));
        line = bytes_from(line, 1);
    }
    struct bytes given = bytes_first(line, capacity);
    memcpy(buffer, given.ptr, given.len);
    message_take(m, given);
    int code = budget_deliver(m->budget, given.len, err);
    return code < 0 ? code : (int64_t)given.len;
}

static void content_close(struct byte_source *source) {
    (void)source; /* it belongs to the container */
}

static const struct byte_source_ops content_ops = {.read = content_read, .close = content_close};

static int mbox_next(void *state, struct container_member *out, struct error *err) {
    struct mbox *m = state;
    struct bytes line;
    while (!m->ended && message_peek(m, &line)) {
        message_take(m, line);
    }
    m->ended = true;
    if (!mail_lines_peek(&m->lines, &line)) {
        if (m->lines.failure.code != 0) {
            *err = m->lines.failure;
        }
        return m->lines.failure.code;
    }
    int code = budget_entry(m->budget, err);
    if (code != 0) {
        return code;
    }
    do { /* the line that separates, however long */
        mail_lines_take(&m->lines, line);
    } while (m->lines.inside && mail_lines_peek(&m->lines, &line));
    m->ended = m->blank = false;
    m->content = (struct byte_source){.ops = &content_ops, .size = UINT64_MAX};
    snprintf(m->name, sizeof m->name, "%llu.eml", (unsigned long long)++m->messages);
    *out = (struct container_member){.name = bytes_of_string(m->name), .source = &m->content};
    return 1;
}

static void mbox_close(void *state) {
    free(state);
}

static int mbox_open(struct byte_source *source, struct input_budget *budget, void **state,
                     struct error *err) {
    struct mbox *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a mailbox");
    }
    m->budget = budget;
    m->lines.source = source;
    m->ended = true;
    *state = m;
    return 0;
}

static unsigned mbox_bid(struct bytes head) {
    const uint8_t *newline = memchr(head.ptr, '\n', head.len);
    if (newline == NULL || !is_separator(bytes_first(head, (size_t)(newline - head.ptr) + 1))) {
        return 0;
    }
    return mail_field_name(bytes_from(head, (size_t)(newline - head.ptr) + 1)) > 0 ? 60 : 0;
}

static const char *const mbox_endings[] = {NULL};

const struct container_format container_mbox = {
    .name = "mbox",
    .summary = "mailboxes (mbox): every message is a member",
    .type = CONTAINER_ARCHIVE,
    .endings = mbox_endings,
    .holds_mail = true,
    .bid = mbox_bid,
    .open = mbox_open,
    .next = mbox_next,
    .close = mbox_close,
};
