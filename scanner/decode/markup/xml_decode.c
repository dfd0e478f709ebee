#include "decode/markup/xml_decode.h"

#include <stdlib.h>

#include "decode/encoded_text.h"
#include "decode/free_text.h"

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for reading XML");
}

int xml_decode_open(struct xml_decode *d, const struct decode_input *in,
                    const struct xml_events *events, void *context, struct error *err) {
    d->fields = in->fields;
    d->report = in->report;
    d->line = 1;
    int status = window_init(&d->window, in->source, in->ops, in->width_rule, err);
    if (status != 0) {
        return status;
    }
    d->window.err = &in->report->error;
    d->reader = xml_reader_new(&d->window, events, context);
    return d->reader == NULL ? out_of_memory(err) : 0;
}

void xml_decode_close(struct xml_decode *d) {
    xml_reader_free(d->reader);
    window_release(&d->window);
    free(d->cells);
    free(d->rows);
}

/* ---- cells and rows ---- */

/* Room for one more of SIZE bytes; false when memory is out. */
static bool grow(void **items, size_t *capacity, size_t count, size_t size) {
    if (count < *capacity) {
        return true;
    }
    size_t more = *capacity == 0 ? 1024 : *capacity * 2;
    void *bigger = realloc(*items, more * size);
    if (bigger != NULL) {
        *items = bigger;
        *capacity = more;
    }
    return bigger != NULL;
}

void xml_decode_cell(struct xml_decode *d, struct bytes value, uint32_t field, unsigned flags) {
    if (d->silent || d->failed) {
        return;
    }
    void *cells = d->cells;
    if (field == UINT32_MAX || !grow(&cells, &d->cell_capacity, d->cell_count, sizeof *d->cells)) {
        d->failed = true;
        return;
    }
    d->cells = cells;
    if (field == FIELD_FREE_TEXT || value.len > XML_LONG_TEXT_BYTES) {
        flags |= CELL_TEXT;
    }
    d->cells[d->cell_count++] = (struct cell){.offset = (uint32_t)(value.ptr - d->window.bytes),
                                              .length = (uint32_t)value.len,
                                              .field = field,
                                              .flags = flags};
}

void xml_decode_text(struct xml_decode *d, const struct xml_text *text, uint32_t field) {
    xml_decode_cell(d, text->text, text->type == XML_TEXT_ASIDE ? FIELD_FREE_TEXT : field,
                    (text->escaped ? CELL_ESCAPED : 0U) |
                        (text->partial ? CELL_PARTIAL | CELL_TEXT : 0U));
}

void xml_decode_attribute(struct xml_decode *d, struct bytes value, uint32_t field) {
    struct bytes text = bytes_trim(value);
    bool escaped = text.len != 0 && memchr(text.ptr, '&', text.len) != NULL;
    xml_decode_cell(d, text, field, text.len == 0 ? CELL_NULL : escaped ? CELL_ESCAPED : 0U);
}

void xml_decode_row(struct xml_decode *d, uint64_t row) {
    if (d->silent || d->failed) {
        return;
    }
    d->row = row;
    d->read++;
    if (d->row_count > 0 && d->rows[d->row_count - 1].first_cell == d->cell_count) {
        d->row_count--; /* a row without cells */
    }
    void *rows = d->rows;
    if (!grow(&rows, &d->row_capacity, d->row_count, sizeof *d->rows)) {
        d->failed = true;
        return;
    }
    d->rows = rows;
    d->rows[d->row_count++] = (struct row_mark){.first_cell = (uint32_t)d->cell_count, .row = row};
}

/* ---- segments ---- */

static void give_segment(struct xml_decode *d, size_t end, struct segment *out) {
    struct window *w = &d->window;
    struct bytes text = bytes_of(w->bytes + w->begin, end - w->begin);
    for (size_t i = 0; i < d->cell_count; i++) {
        d->cells[i].offset -= (uint32_t)w->begin;
    }
    *out = (struct segment){
        .bytes = text.ptr,
        .len = text.len,
        .begin = 0,
        .end = text.len,
        .offset = d->offset,
        .line = d->line,
        .cells = d->cells,
        .cell_count = d->cell_count,
        .rows = d->rows,
        .row_count = d->row_count,
        .gap_field = FIELD_FREE_TEXT,
        .width_rule = w->width_rule,
        .unescape = references_decode,
    };
    d->offset += width_before(w->width_rule, text);
    d->line += w->ops->count(text.ptr, text.len, '\n');
    window_consume(w, end);
}

static void begin_segment(struct xml_decode *d) {
    d->cell_count = d->row_count = 0;
    if (d->row != 0) {
        xml_decode_row(d, d->row);
        d->read--;
    }
}

static void tell_end(struct xml_decode *d, int status) {
    struct decode_report *report = d->report;
    d->as_text = true;
    if (d->window.status != 0) {
        report->status = d->window.status;
    } else if (status == YINMA_E_TRUNCATED) {
        report->status = error_set(&report->error, status, "the data ends inside an XML document");
    } else if (status == YINMA_E_DAMAGED) {
        uint64_t line = d->line;
        report->status =
            error_set(&report->error, status,
                      "no XML from about line %llu on: the rest was read as plain text",
                      (unsigned long long)line);
    }
}

static int next_text(struct xml_decode *d, struct segment *out, struct error *err) {
    int more = free_text_segment(&d->window, NULL, 0, out, err);
    if (more == 0) {
        d->report->rows = d->read;
        if (d->report->status == 0) {
            d->report->status = d->window.status;
        }
    }
    return more;
}

int xml_decode_next(struct xml_decode *d, struct segment *out, struct error *err) {
    if (d->as_text) {
        return next_text(d, out, err);
    }
    begin_segment(d);
    size_t done = d->window.begin;
    int status = 1;
    while (status > 0 && done <= d->window.begin) {
        status = xml_reader_step(d->reader, &done, err);
        if (status == YINMA_E_MEMORY || d->failed) {
            return status == YINMA_E_MEMORY ? status : out_of_memory(err);
        }
    }
    bool any = done > d->window.begin;
    if (any) {
        give_segment(d, done, out);
    }
    if (status <= 0) {
        tell_end(d, status);
    }
    return any ? 1 : next_text(d, out, err);
}

/* ---- the head ---- */

struct head_source {
    struct byte_source base;
    struct bytes left;
};

static int64_t head_read(struct byte_source *self, void *buffer, size_t capacity,
                         struct error *err) {
    struct head_source *head = (struct head_source *)self;
    size_t len = head->left.len < capacity ? head->left.len : capacity;
    (void)err;
    if (len != 0) {
        memcpy(buffer, head->left.ptr, len);
        head->left = bytes_from(head->left, len);
    }
    return (int64_t)len;
}

int xml_decode_try(struct bytes head, const struct xml_events *events, void *context) {
    static const struct byte_source_ops ops = {.read = head_read};
    struct head_source source = {.base = {.ops = &ops, .size = head.len}, .left = head};
    struct window window;
    struct error err = {0};
    int status =
        window_init(&window, &source.base, block64_ops(isa_best()), (struct widths){0}, &err);
    if (status != 0) {
        return status;
    }
    struct xml_reader *reader = xml_reader_new(&window, events, context);
    status = reader == NULL ? YINMA_E_MEMORY : 1;
    while (status > 0) {
        size_t done = 0;
        status = xml_reader_step(reader, &done, &err);
        window_consume(&window, done);
    }
    xml_reader_free(reader);
    window_release(&window);
    return status;
}

struct bytes xml_decode_start(struct bytes head) {
    if (bytes_starts_with(head, BYTES_LIT("\xEF\xBB\xBF"))) {
        head = bytes_from(head, 3);
    }
    while (head.len > 0 && (head.ptr[0] == ' ' || (head.ptr[0] >= '\t' && head.ptr[0] <= '\r'))) {
        head = bytes_from(head, 1);
    }
    return head;
}
