/* myisam.c - rows of MyISAM tables (.MYD): the text in them, deleted rows with the living. What
 * columns there are is written in other files. Rows of variable length stand in blocks (MySQL
 * Internals, "MyISAM Dynamic Data File Layout"), those of one length side by side without anything
 * around them. */
#include <stdlib.h>

#include "decode/byte_feed.h"
#include "decode/decoder.h"
#include "decode/server_files/page_cuts.h"

enum {
    BLOCK_BYTES_MIN = 20,
    BLOCK_ALIGNMENT = 4,
    BLOCK_BYTES_MAX = 16 << 20, /* longer ones are not believed */
    PIECE_BYTES = 32 * 1024,    /* of rows of one length */
    LONG_VALUE = 1024,          /* with a length of two bytes */
    TAIL_BYTES = 4,             /* of a binary column that look like letters */
};

/* By the first byte of a block: where the length of its data stands, and of what is left unused. */
static const struct block_form {
    uint8_t header, length_at, length_bytes, unused_at;
} forms[] = {{20, 1, 3, 0}, {3, 1, 2, 0},  {4, 1, 3, 0},  {4, 1, 2, 3}, {5, 1, 3, 4},
             {13, 3, 2, 0}, {15, 4, 3, 0}, {3, 1, 2, 0},  {4, 1, 3, 0}, {4, 1, 2, 3},
             {5, 1, 3, 4},  {11, 1, 2, 0}, {12, 1, 3, 0}, {16, 5, 3, 0}};
enum { FORMS = sizeof forms / sizeof *forms, FORM_DELETED = 0, HEADER_BYTES_MAX = 20 };

struct block {
    size_t header, data, whole; /* bytes; all of it with what is unused */
};

/* HEAD: HEADER_BYTES_MAX bytes. */
static bool read_block(const uint8_t *head, struct block *out) {
    if (head[0] >= FORMS) {
        return false;
    }
    const struct block_form *form = &forms[head[0]];
    size_t length = 0;
    for (unsigned i = 0; i < form->length_bytes; i++) {
        length = length << 8 | head[form->length_at + i];
    }
    out->header = form->header;
    if (head[0] == FORM_DELETED) { /* the length is that of the block */
        out->whole = length;
        out->data = length - (length < form->header ? length : form->header);
    } else {
        out->data = length;
        out->whole = form->header + length + (form->unused_at != 0 ? head[form->unused_at] : 0U);
    }
    return out->whole >= BLOCK_BYTES_MIN && out->whole % BLOCK_ALIGNMENT == 0 &&
           out->whole <= BLOCK_BYTES_MAX;
}

/* Does HEAD begin with blocks, one behind the other? */
static bool has_blocks(struct bytes head, bool whole) {
    size_t at = 0;
    unsigned count = 0;
    struct block block;
    while (at + HEADER_BYTES_MAX <= head.len) {
        if (!read_block(head.ptr + at, &block)) {
            return false;
        }
        at += block.whole;
        count++;
    }
    return count > 1 || (count == 1 && whole && at == head.len);
}

/* ---- where values end ---- */

/* Lengths of one byte from AT on, each before its value, that lead through the letters that end at
 * END. A binary column behind them may begin like letters. */
static bool cut_chain(const uint8_t *data, size_t at, size_t end, struct page_marks *cuts) {
    const size_t first = at;
    unsigned values = 0;
    while (at < end && data[at] > 0 && at + 1 + data[at] <= end) {
        at += 1U + data[at];
        values++;
    }
    if (values == 0 || at + TAIL_BYTES < end) {
        return false;
    }
    for (size_t each = first; each < at; each += 1U + data[each]) {
        page_mark(cuts, each);
        page_mark(cuts, each + 1);
    }
    page_mark(cuts, at < end ? at : end);
    return true;
}

/* The last letter before END may be the first byte of the next value's length, which is written
 * with the lower one first. */
static void cut_long(struct bytes data, size_t end, struct page_marks *cuts) {
    const size_t length = end < data.len ? little_u16(data.ptr + end - 1) : 0;
    if (length > 0 && length <= LONG_VALUE && end + 1 + length <= data.len &&
        record_text_word(data, end + 1) >= length) {
        page_mark(cuts, end - 1);
        page_mark(cuts, end + 1);
        page_mark(cuts, end + 1 + length);
    }
}

static void mark_values(struct bytes data, struct page_marks *cuts) {
    for (size_t at = 0; at < data.len;) {
        const size_t length = record_text_word(data, at), end = at + length;
        if (length >= RECORD_WORD_MIN) {
            if (!(at > 0 && cut_chain(data.ptr, at - 1, end, cuts))) {
                (void)cut_chain(data.ptr, at, end, cuts);
            }
            cut_long(data, end, cuts);
        }
        at = end + 1;
    }
}

/* Values of one length are filled up with blanks. */
static void mark_columns(struct bytes data, struct page_marks *cuts) {
    for (size_t at = 2; at < data.len; at++) {
        if (data.ptr[at] != ' ' && data.ptr[at - 1] == ' ' && data.ptr[at - 2] == ' ') {
            page_mark(cuts, at);
        }
    }
}

/* ---- reading ---- */

struct myisam {
    struct byte_feed feed;
    struct record_text text;
    struct page_marks cuts;
    struct decode_report *report;
    bool blocks, ended, broken;
};

static void myisam_close(void *state) {
    struct myisam *m = state;
    if (m != NULL) {
        record_text_release(&m->text);
        byte_feed_release(&m->feed);
        free(m);
    }
}

static int myisam_open(const struct decode_input *in, void **state, struct error *err) {
    struct myisam *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    m->feed.source = in->source;
    m->report = in->report;
    m->blocks = has_blocks(in->head.head, in->head.whole);
    *state = m;
    return 0;
}

static void put_words(struct myisam *m, struct bytes data) {
    while (data.len > 0) {
        const struct bytes part = bytes_first(data, PAGE_BYTES_MAX);
        memset(&m->cuts, 0, sizeof m->cuts);
        if (m->blocks) {
            mark_values(part, &m->cuts);
        } else {
            mark_columns(part, &m->cuts);
        }
        page_put_words(part, &m->cuts, false, &m->text);
        data = bytes_from(data, part.len);
    }
}

static void finish(struct myisam *m) {
    struct decode_report *report = m->report;
    m->ended = true;
    if (m->feed.failure.code != 0) {
        report->status = m->feed.failure.code;
        report->error = m->feed.failure;
    } else if (m->broken) {
        report->status = error_set(&report->error, YINMA_E_DAMAGED,
                                   "MyISAM rows: a block makes no sense, or the last one is cut "
                                   "off; text of all was read");
    } else {
        report->status = error_set(&report->error, YINMA_E_RAW_PAGES,
                                   "MyISAM rows: their text was read, not their columns and binary "
                                   "numbers");
    }
}

/* Rows without blocks: up to a blank or a control character, so that no value is cut. */
static void step_piece(struct myisam *m) {
    (void)byte_feed_need(&m->feed, PIECE_BYTES);
    const struct bytes all =
        bytes_first(bytes_of(byte_feed_at(&m->feed), byte_feed_left(&m->feed)), PIECE_BYTES);
    size_t len = all.len;
    while (all.len == PIECE_BYTES && len > PIECE_BYTES / 2 && all.ptr[len - 1] > ' ') {
        len--;
    }
    put_words(m, bytes_first(all, len));
    m->feed.at += len;
}

static void step_block(struct myisam *m) {
    uint8_t head[HEADER_BYTES_MAX] = {0};
    struct block block;
    (void)byte_feed_need(&m->feed, HEADER_BYTES_MAX);
    const size_t left = byte_feed_left(&m->feed);
    memcpy(head, byte_feed_at(&m->feed), left < sizeof head ? left : sizeof head);
    if (!read_block(head, &block) || !byte_feed_need(&m->feed, block.whole)) {
        m->blocks = false;
        m->broken = true;
        return;
    }
    put_words(m, bytes_of(byte_feed_at(&m->feed) + block.header, block.data));
    m->feed.at += block.whole;
}

static int myisam_next(void *state, struct segment *out, struct error *err) {
    struct myisam *m = state;
    record_text_clear(&m->text);
    while (!m->ended && !record_text_full(&m->text) && !m->feed.no_memory) {
        if (!byte_feed_need(&m->feed, 1)) {
            finish(m);
        } else if (m->blocks) {
            step_block(m);
        } else {
            step_piece(m);
        }
    }
    if (m->text.failed || m->feed.no_memory) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for rows of a database");
    }
    if (m->text.len == 0) {
        return 0;
    }
    record_text_segment(&m->text, out);
    return 1;
}

static unsigned myisam_bid(const struct decode_head *head) {
    const struct bytes data = head->head;
    const bool named = bytes_ends_with(head->name, BYTES_LIT(".MYD"));
    return !named || data.len == 0                 ? 0
           : has_blocks(data, head->whole)         ? 48
           : memchr(data.ptr, 0, data.len) != NULL ? 16
                                                   : 0;
}

const struct decoder decoder_myisam = {
    .name = "myisam",
    .summary = "rows of MyISAM tables (.MYD): their text and that of deleted rows, without columns",
    .traits = DECODER_DUMP | DECODER_BINARY,
    .bid = myisam_bid,
    .open = myisam_open,
    .next = myisam_next,
    .close = myisam_close,
};
