/* bcp.c - tables that SQL Server's bcp has written in native format. Nothing in such a file says
 * what it is: a format file or CREATE TABLE beside it does. Without one its words are read. */
#include <stdlib.h>

#include "core/record_layout.h"
#include "decode/sqlserver/bcp_rows.h"

enum { NAME_BITS = 2 };

struct bcp {
    struct bcp_rows rows;
    struct record_text text;
    struct narrow_text narrow;
    bool ended;
};

static void close_bcp(void *state) {
    struct bcp *b = state;
    if (b != NULL) {
        bcp_rows_close(&b->rows);
        record_text_release(&b->text);
        narrow_text_release(&b->narrow);
        free(b);
    }
}

static int open_bcp(const struct decode_input *in, void **state, struct error *err) {
    const struct bcp_layout *layout = in->layout == NULL ? NULL : in->layout->native;
    struct bcp *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a table");
    }
    narrow_text_init(&b->narrow, "CP950");
    b->rows = (struct bcp_rows){
        .fields = in->fields, .text = &b->text, .narrow = &b->narrow, .report = in->report};
    if (layout == NULL) {
        bcp_rows_open_unknown(&b->rows, in->source);
        in->report->status =
            error_set(&in->report->error, YINMA_E_UNSUPPORTED,
                      "native data of SQL Server, and nothing beside them says what their columns "
                      "are (CREATE TABLE, a format file): read as running text");
        *state = b;
        return 0;
    }
    int status = bcp_rows_open(&b->rows, layout, in->source, 0, err);
    if (status == 0 &&
        !bcp_layout_define(layout, in->fields, &b->rows.table, &b->rows.first_field)) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for a table");
    }
    if (status != 0) {
        close_bcp(b);
        return status;
    }
    *state = b;
    return 0;
}

static int next_rows(void *state, struct segment *out, struct error *err) {
    struct bcp *b = state;
    record_text_clear(&b->text);
    int more = b->ended ? 0 : bcp_rows_next(&b->rows, err);
    if (more < 0) {
        return more;
    }
    b->ended = more == 0;
    if (b->text.len == 0 && b->text.cell_count == 0) {
        return 0;
    }
    record_text_segment(&b->text, out);
    return 1;
}

/* By the name alone, where the data are no text. */
static unsigned bid(const struct decode_head *head) {
    const bool named = bytes_ends_with(head->name, BYTES_LIT(".bcp")) ||
                       bytes_ends_with(head->name, BYTES_LIT(".BCP"));
    const bool binary = named && head->head.len > 0 && encoding_may_be_binary(head->head) &&
                        encoding_guess(head->head, head->whole).encoding == ENCODING_BINARY;
    return binary ? NAME_BITS : 0;
}

const struct decoder decoder_bcp = {
    .name = "bcp",
    .summary =
        "native data of SQL Server's bcp (-n, -N), by the format file or CREATE TABLE beside "
        "them; after the documentation only",
    .traits = DECODER_BINARY | DECODER_DUMP,
    .bid = bid,
    .open = open_bcp,
    .next = next_rows,
    .close = close_bcp,
};
