#include "decode/office/part.h"

#include "decode/encoded_text.h"

enum { NAME_BYTES = 512, NUMBER_DIGITS = 18 };

int office_list(struct byte_source *document, struct text_buffer *out, struct error *err) {
    uint8_t piece[4096];
    int64_t got = 1;
    while (got > 0 && out->len < OFFICE_LIST_BYTES) {
        got = byte_source_read(document, piece, sizeof piece, err);
        if (got > 0) {
            text_buffer_put(out, bytes_of(piece, (size_t)got));
        }
    }
    if (out->failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a list of members");
    }
    return got < 0 ? (int)got : 0;
}

bool office_name(const struct text_buffer *list, size_t *at, struct bytes *name) {
    struct bytes rest = bytes_from(text_buffer_view(list), *at);
    if (rest.len == 0) {
        return false;
    }
    const uint8_t *end = memchr(rest.ptr, '\n', rest.len);
    size_t len = end == NULL ? rest.len : (size_t)(end - rest.ptr);
    *name = bytes_first(rest, len);
    *at += len + 1;
    return true;
}

/* ---- a member as XML ---- */

int office_part_open(struct office_part *part, struct byte_source *document, struct bytes name,
                     const struct block64_ops *ops, const struct xml_events *events, void *context,
                     struct error *err) {
    char text[NAME_BYTES];
    *part = (struct office_part){.problem = {0}};
    if (document->ops->sibling == NULL || name.len >= sizeof text) {
        return 0;
    }
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    part->source = document->ops->sibling(document, text, &part->problem);
    if (part->source == NULL) {
        return part->problem.code == YINMA_E_MEMORY
                   ? error_set(err, YINMA_E_MEMORY, "%s", part->problem.text)
                   : 0;
    }
    int status = window_init(&part->window, part->source, ops, (struct widths){0}, err);
    if (status == 0) {
        part->window.err = &part->problem;
        part->reader = xml_reader_new(&part->window, events, context);
        if (part->reader != NULL) {
            xml_reader_keep_blanks(part->reader);
            return 1;
        }
    }
    office_part_close(part);
    return error_set(err, YINMA_E_MEMORY, "out of memory for reading XML");
}

int office_part_step(struct office_part *part, struct error *err) {
    size_t done = part->window.begin;
    int status = xml_reader_step(part->reader, &done, err);
    window_consume(&part->window, done);
    if (status > 0 || status == YINMA_E_MEMORY) {
        return status;
    }
    if (part->window.status != 0) {
        part->problem.code = part->window.status;
    } else if (status != 0) {
        error_set(&part->problem, status, "a part of the document is no XML to its end");
    }
    return 0;
}

void office_part_close(struct office_part *part) {
    xml_reader_free(part->reader);
    window_release(&part->window);
    byte_source_close(part->source);
    part->reader = NULL;
    part->source = NULL;
}

void office_tell(struct decode_report *report, const struct error *problem) {
    if (report->status == 0 && problem->code != 0) {
        report->status = problem->code;
        report->error = *problem;
    }
}

int office_part_read(struct byte_source *document, struct bytes name, const struct block64_ops *ops,
                     const struct xml_events *events, void *context, struct decode_report *report,
                     struct error *err) {
    struct office_part part;
    int status = office_part_open(&part, document, name, ops, events, context, err);
    bool opened = status == 1;
    while (status == 1) {
        status = office_part_step(&part, err);
    }
    office_tell(report, &part.problem);
    if (opened) {
        office_part_close(&part);
    }
    return status;
}

/* ---- text and attributes ---- */

static void put_decoded(struct text_buffer *out, struct bytes text) {
    uint8_t plain[1024];
    while (text.len > 0) {
        struct bytes piece = bytes_first(text, sizeof plain);
        const uint8_t *reference = memrchr(piece.ptr, '&', piece.len);
        bool cut = piece.len < text.len && reference != NULL && reference > piece.ptr &&
                   piece.ptr + piece.len - reference < 16;
        if (cut) {
            piece.len = (size_t)(reference - piece.ptr);
        }
        text_buffer_put(out, bytes_of(plain, references_decode(piece, plain, 0)));
        text = bytes_from(text, piece.len);
    }
}

void office_put_text(struct text_buffer *out, const struct xml_text *text) {
    if (text->escaped) {
        put_decoded(out, text->text);
    } else {
        text_buffer_put(out, text->text);
    }
}

void office_put_attribute(struct text_buffer *out, struct bytes value) {
    put_decoded(out, value);
}

uint64_t office_number(struct bytes tag, struct bytes attribute, uint64_t otherwise) {
    struct bytes value;
    uint64_t number = 0;
    if (!xml_attribute_find(tag, attribute, &value) || value.len == 0 ||
        value.len > NUMBER_DIGITS) {
        return otherwise;
    }
    for (size_t i = 0; i < value.len; i++) {
        if (!byte_is_digit(value.ptr[i])) {
            return otherwise;
        }
        number = number * 10 + (uint64_t)(value.ptr[i] - '0');
    }
    return number;
}

bool office_is_true(struct bytes tag, struct bytes attribute) {
    struct bytes value;
    return xml_attribute_find(tag, attribute, &value) &&
           (bytes_equal(value, BYTES_LIT("1")) || bytes_equal(value, BYTES_LIT("true")));
}
