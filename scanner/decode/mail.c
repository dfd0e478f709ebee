/* The headers of a mail as input/mail/mail.c writes them: UTF-8, "Name: value", one a line. Each
 * name is a column. */
#include <stdlib.h>

#include "decode/byte_feed.h"
#include "decode/decoder.h"
#include "decode/record_text.h"

enum { HEADERS_BYTES_MAX = 8 << 20, NAMES_MAX = 1000 };

struct mail_headers {
    struct decode_report *report;
    struct field_set *fields;
    struct record_text text;
    struct byte_feed feed;
    uint32_t table;
    unsigned names;
};

static void close_headers(void *state) {
    struct mail_headers *m = state;
    if (m != NULL) {
        record_text_release(&m->text);
        byte_feed_release(&m->feed);
        free(m);
    }
}

static int open_headers(const struct decode_input *in, void **state, struct error *err) {
    struct mail_headers *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the headers of a mail");
    }
    *state = m;
    m->report = in->report;
    m->fields = in->fields;
    m->feed.source = in->source;
    m->table = field_set_table(in->fields, BYTES_LIT(""));
    in->report->encoding = "utf-8";
    return 0;
}

static void add_line(struct mail_headers *m, struct bytes line) {
    const uint8_t *colon = memchr(line.ptr, ':', line.len);
    if (colon == NULL) {
        return;
    }
    struct bytes name = bytes_first(line, (size_t)(colon - line.ptr));
    struct bytes value = bytes_trim(bytes_from(line, name.len + 1));
    name = m->names++ < NAMES_MAX ? name : BYTES_LIT("*");
    uint32_t field = field_set_key(m->fields, m->table, name, ATTRIBUTION_EXACT);
    m->text.failed = m->text.failed || field == UINT32_MAX;
    if (!m->text.failed) {
        record_text_cell(&m->text, value, field, CELL_TEXT);
    }
}

static int next_headers(void *state, struct segment *out, struct error *err) {
    struct mail_headers *m = state;
    if (m->report->rows > 0) {
        return 0;
    }
    size_t need = 4096;
    while (need <= HEADERS_BYTES_MAX && byte_feed_need(&m->feed, need)) {
        need *= 2;
    }
    m->report->rows = 1;
    record_text_row(&m->text, 1);
    struct bytes all = bytes_of(byte_feed_at(&m->feed), byte_feed_left(&m->feed));
    while (all.len > 0) {
        const uint8_t *newline = memchr(all.ptr, '\n', all.len);
        const size_t len = newline == NULL ? all.len : (size_t)(newline - all.ptr);
        add_line(m, bytes_first(all, len));
        all = bytes_from(all, len + 1);
    }
    if (m->text.failed || m->feed.no_memory) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the headers of a mail");
    }
    m->report->status = m->feed.failure.code;
    m->report->error = m->feed.failure;
    if (m->text.len == 0) {
        return 0;
    }
    record_text_segment(&m->text, out);
    return 1;
}

static unsigned bid(const struct decode_head *head) {
    (void)head;
    return 0; /* named by the container */
}

const struct decoder decoder_mail = {
    .name = "mail",
    .summary = "headers of mails: a column a header",
    .traits = DECODER_BINARY,
    .bid = bid,
    .open = open_headers,
    .next = next_headers,
    .close = close_headers,
};
