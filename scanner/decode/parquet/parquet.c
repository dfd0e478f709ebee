/* parquet.c - Apache Parquet files (github.com/apache/parquet-format): a table column by column,
 * its pages compressed, with what says where they are at the end of the file. Only what the pages
 * hold is read: indexes, filters and statistics repeat it. */
#include <stdlib.h>

#include "decode/parquet/rows.h"

enum { PARQUET_BITS = 40, FIRST_FIELD = 0x15 };

/* More is not made of a file than so many bytes out of each of its own: one run may stand for any
 * number of values. */
enum { GROWTH_OF_FEW = 16384, GROWTH = 1000, SOME_BYTES = 64 * 1024 };
#define MANY_BYTES (UINT64_C(1) << 30)

enum phase { PHASE_TEXTS, PHASE_ROWS, PHASE_RAW, PHASE_DONE };

struct parquet {
    struct parquet_footer footer;
    struct parquet_rows rows;
    struct record_text text;
    enum phase phase;
    void *raw;            /* the state of the decoder of bytes, for files that are no table … */
    struct error problem; /* … and why they are none */
};

static void parquet_close(void *state) {
    struct parquet *p = state;
    if (p != NULL) {
        if (p->raw != NULL) {
            decoder_raw.close(p->raw);
        }
        parquet_rows_release(&p->rows);
        parquet_footer_release(&p->footer);
        record_text_release(&p->text);
        free(p);
    }
}

/* The lesser of two bounds: files of a few bytes may well hold thousands of equal rows. */
static uint64_t most_of(uint64_t size) {
    const uint64_t known = size == UINT64_MAX ? 0 : size;
    const uint64_t few = SOME_BYTES + known * GROWTH_OF_FEW, many = MANY_BYTES + known * GROWTH;
    return few < many ? few : many;
}

static int open_file(struct parquet *p, const struct decode_input *in, struct error *err) {
    struct decode_report *report = in->report;
    p->rows.report = report;
    const int status = parquet_footer_read(&p->footer, in->source, &p->problem);
    if (status == YINMA_E_MEMORY) {
        return error_set(err, YINMA_E_MEMORY, "%s", p->problem.text);
    }
    if (status != 0) {
        p->phase = PHASE_RAW;
        return decoder_raw.open(in, &p->raw, err);
    }
    p->rows.fields = in->fields;
    p->rows.text = &p->text;
    p->rows.footer = &p->footer;
    p->rows.desk.most = most_of(in->source->size);
    report->encoding = "utf-8";
    return parquet_rows_open(&p->rows, in, err);
}

static int parquet_open(const struct decode_input *in, void **state, struct error *err) {
    struct parquet *p = calloc(1, sizeof *p);
    if (p == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    const int status = open_file(p, in, err);
    if (status != 0) {
        parquet_close(p);
        return status;
    }
    *state = p;
    return 0;
}

/* What writers add: the schema as other programs know it, where the table comes from. */
static bool step_texts(struct parquet *p) {
    struct bytes key, value;
    if (!parquet_footer_text(&p->footer, &key, &value)) {
        return false;
    }
    record_text_row(&p->text, 0);
    record_text_cell(&p->text, key, FIELD_FREE_TEXT, CELL_TEXT);
    record_text_cell(&p->text, value, FIELD_FREE_TEXT, CELL_TEXT);
    return true;
}

static void step(struct parquet *p) {
    if (p->phase == PHASE_TEXTS) {
        p->phase = step_texts(p) ? PHASE_TEXTS : PHASE_ROWS;
    } else if (parquet_desk_spent(&p->rows.desk)) {
        p->phase = PHASE_DONE;
        parquet_rows_tell(&p->rows);
        p->rows.report->status =
            error_set(&p->rows.report->error, YINMA_E_LIMIT,
                      "the rows of the Parquet file take more than %d times its own bytes: the "
                      "rest was not read",
                      GROWTH);
    } else if (!parquet_rows_step(&p->rows)) {
        p->phase = PHASE_DONE;
        parquet_rows_tell(&p->rows);
    }
}

static int next_raw(struct parquet *p, struct segment *out, struct error *err) {
    const int more = decoder_raw.next(p->raw, out, err);
    if (more == 0) {
        p->rows.report->status = p->problem.code;
        p->rows.report->error = p->problem;
    }
    return more;
}

static int parquet_next(void *state, struct segment *out, struct error *err) {
    struct parquet *p = state;
    if (p->phase == PHASE_RAW) {
        return next_raw(p, out, err);
    }
    do {
        record_text_clear(&p->text);
        while (p->phase != PHASE_DONE && !record_text_full(&p->text) &&
               p->text.row_count < RECORD_TEXT_CELLS) {
            step(p);
        }
        p->rows.desk.spent += p->text.len + p->text.row_count;
        if (p->text.failed || parquet_rows_failed(&p->rows)) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for the rows of a Parquet file");
        }
    } while (p->phase != PHASE_DONE && p->text.len == 0);
    if (p->text.len == 0) {
        return 0;
    }
    record_text_segment(&p->text, out);
    return 1;
}

/* Words may begin with the magic too; a structure of Thrift whose first member is a whole number
 * follows, or an empty file's end, or a file name tells. */
static unsigned bid(const struct decode_head *head) {
    const struct bytes data = head->head;
    if (!bytes_starts_with(data, BYTES_LIT("PAR1")) || data.len < PARQUET_MAGIC_BYTES + 1) {
        return 0;
    }
    const bool named = bytes_ends_with(head->name, BYTES_LIT(".parquet"));
    const bool ends =
        head->whole && data.len > PARQUET_TAIL_BYTES && bytes_ends_with(data, BYTES_LIT("PAR1"));
    return data.ptr[PARQUET_MAGIC_BYTES] == FIRST_FIELD || named || ends ? PARQUET_BITS : 0;
}

const struct decoder decoder_parquet = {
    .name = "parquet",
    .summary = "Apache Parquet files: rows put together from their columns, nested ones as paths; "
               "pages compressed with LZO and encrypted columns are told",
    .traits = DECODER_BINARY | DECODER_SEEKS,
    .bid = bid,
    .open = parquet_open,
    .next = parquet_next,
    .close = parquet_close,
};
