/* PDF: the text that pdftotext makes of it (run/workers/helper_text.h), a page a row. Page breaks
 * are form feeds. A page is running text: its lines keep their order and what stands beside what,
 * but a table in it is none. A page without text (a scanned one) is told. */
#include <stdlib.h>

#include "core/text_buffer.h"
#include "decode/decoder.h"
#include "decode/record_text.h"
#include "decode/typeset_gaps.h"

enum {
    PDF_BITS = 64,
    READ_BYTES = 64 * 1024,
    PIECE_BYTES = 64 * 1024, /* of a page in one cell */
};

struct pdf {
    struct decode_report *report;
    struct byte_source *source;
    struct record_text words;
    uint8_t *read;
    struct text_buffer piece; /* of the page that is read */
    uint64_t page;            /* the one that is read, from 1 */
    bool page_has_text, at_end;
    uint64_t empty, first_empty; /* pages without text; the first of them */
};

static void close_pdf(void *state) {
    struct pdf *pdf = state;
    if (pdf != NULL) {
        record_text_release(&pdf->words);
        text_buffer_release(&pdf->piece);
        free(pdf->read);
        free(pdf);
    }
}

static int open_pdf(const struct decode_input *in, void **state, struct error *err) {
    struct pdf *pdf = calloc(1, sizeof *pdf);
    if (pdf != NULL) {
        pdf->report = in->report;
        pdf->source = in->source;
        pdf->page = 1;
        text_buffer_init(&pdf->piece, 0);
        pdf->read = malloc(READ_BYTES);
    }
    if (pdf == NULL || pdf->read == NULL) {
        close_pdf(pdf);
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    in->report->encoding = "utf-8";
    *state = pdf;
    return 0;
}

/* LEN bytes of the piece are a cell; what is behind them goes on. */
static void put_piece(struct pdf *pdf, size_t len) {
    const struct bytes all = text_buffer_view(&pdf->piece);
    const size_t written = typeset_gaps_close((uint8_t *)pdf->piece.data, len);
    const struct bytes text = bytes_trim(bytes_first(all, written));
    if (text.len > 0) {
        record_text_row(&pdf->words, pdf->page);
        record_text_cell(&pdf->words, text, FIELD_FREE_TEXT, CELL_TEXT);
        pdf->page_has_text = true;
    }
    if (all.len > len) {
        memmove(pdf->piece.data, pdf->piece.data + len, all.len - len);
    }
    pdf->piece.len -= len;
}

static void end_page(struct pdf *pdf) {
    put_piece(pdf, pdf->piece.len);
    if (!pdf->page_has_text) {
        pdf->first_empty = pdf->empty++ == 0 ? pdf->page : pdf->first_empty;
    }
    pdf->page_has_text = false;
    pdf->page++;
}

static void take_text(struct pdf *pdf, struct bytes text) {
    while (text.len > 0) {
        const uint8_t *feed = memchr(text.ptr, '\f', text.len);
        const size_t len = feed == NULL ? text.len : (size_t)(feed - text.ptr);
        text_buffer_put(&pdf->piece, bytes_first(text, len));
        if (feed != NULL) {
            end_page(pdf);
        }
        text = bytes_from(text, len + (feed != NULL));
    }
    if (pdf->piece.len >= PIECE_BYTES) { /* behind a line, if there is one */
        const uint8_t *end = memrchr(pdf->piece.data, '\n', pdf->piece.len);
        put_piece(pdf, end == NULL ? pdf->piece.len : (size_t)(end - (uint8_t *)pdf->piece.data));
    }
}

static void tell_end(struct pdf *pdf) {
    struct decode_report *report = pdf->report;
    if (bytes_trim(text_buffer_view(&pdf->piece)).len > 0 || pdf->page_has_text) {
        end_page(pdf); /* it was cut off */
    }
    report->rows = pdf->page - 1;
    if (report->status == 0 && pdf->empty > 0) {
        report->status = error_set(
            &report->error, YINMA_E_UNSUPPORTED,
            "pages without text: %llu of %llu, the first is page %llu; pictures are not read",
            (unsigned long long)pdf->empty, (unsigned long long)report->rows,
            (unsigned long long)pdf->first_empty);
    }
}

static int next_pages(void *state, struct segment *out, struct error *err) {
    struct pdf *pdf = state;
    record_text_clear(&pdf->words);
    while (!pdf->at_end && !record_text_full(&pdf->words) && !pdf->piece.failed) {
        const int64_t got =
            byte_source_read(pdf->source, pdf->read, READ_BYTES, &pdf->report->error);
        pdf->at_end = got <= 0;
        pdf->report->status = got < 0 ? (int)got : 0;
        if (got > 0) {
            take_text(pdf, bytes_of(pdf->read, (size_t)got));
        } else {
            tell_end(pdf);
        }
    }
    if (pdf->words.failed || pdf->piece.failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    if (pdf->words.len == 0) {
        return 0;
    }
    record_text_segment(&pdf->words, out);
    return 1;
}

static unsigned bid(const struct decode_head *head) {
    return bytes_starts_with(head->head, BYTES_LIT("%PDF-")) ? PDF_BITS : 0;
}

const struct decoder decoder_pdf = {
    .name = "pdf",
    .summary = "PDF, where pdftotext is installed: pages are rows of running text, no tables; "
               "pages without text are told; up to --max-memory and 60 seconds a document",
    .traits = DECODER_BINARY | DECODER_SEEKS | DECODER_HELPED,
    .bid = bid,
    .open = open_pdf,
    .next = next_pages,
    .close = close_pdf,
};
