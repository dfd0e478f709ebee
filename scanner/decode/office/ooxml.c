/* docx and pptx (ECMA-376): the main part first, then every other one: paragraphs are running text,
 * tables are tables. */
#include <stdlib.h>

#include "decode/office/office.h"

struct document {
    struct office office;
    const char *main_part;
    bool begun;
};

static bool next_part(struct office *office, struct bytes *name, const struct xml_events **events,
                      void **context) {
    struct document *d = (struct document *)office;
    *events = &office_text_events;
    *context = &office->text;
    if (!d->begun) {
        d->begun = true;
        *name = bytes_of_string(d->main_part);
        office_mark(office, *name);
        return true;
    }
    return office_next_unread(office, name);
}

static void part_ended(struct office *office) {
    office_text_reset(&office->text);
}

static void close_document(void *state) {
    struct document *d = state;
    if (d != NULL) {
        office_close(&d->office);
        free(d);
    }
}

static int open_document(const struct decode_input *in, const char *main_part, void **state,
                         struct error *err) {
    static const struct office_plan plan = {.next_part = next_part, .part_ended = part_ended};
    struct document *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    int status = office_open(&d->office, &plan, in, err);
    if (status != 0) {
        close_document(d);
        return status;
    }
    d->main_part = main_part;
    *state = d;
    return 0;
}

static int open_docx(const struct decode_input *in, void **state, struct error *err) {
    return open_document(in, "word/document.xml", state, err);
}

static int open_pptx(const struct decode_input *in, void **state, struct error *err) {
    return open_document(in, "ppt/presentation.xml", state, err);
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct document *d = state;
    return office_next(&d->office, out, err);
}

const struct decoder decoder_docx = {
    .name = "docx",
    .summary = "Word documents: text, tables, deleted text of tracked changes, comments",
    .traits = DECODER_BINARY | DECODER_PACKAGE,
    .bid = office_bid,
    .open = open_docx,
    .next = next_segment,
    .close = close_document,
};

const struct decoder decoder_pptx = {
    .name = "pptx",
    .summary = "PowerPoint presentations: text, tables, notes, comments",
    .traits = DECODER_BINARY | DECODER_PACKAGE,
    .bid = office_bid,
    .open = open_pptx,
    .next = next_segment,
    .close = close_document,
};
