#include "decode/office/rtf_reader.h"

#include <stdlib.h>

enum { NUMBER_DIGITS_MOST = 10 };

int rtf_reader_open(struct rtf_reader *reader, struct byte_source *source, struct error *err) {
    *reader = (struct rtf_reader){.source = source, .buffer = malloc(RTF_READ_BYTES)};
    return reader->buffer == NULL ? error_set(err, YINMA_E_MEMORY, "out of memory for a document")
                                  : 0;
}

void rtf_reader_close(struct rtf_reader *reader) {
    free(reader->buffer);
    reader->buffer = NULL;
}

/* The next byte without taking it; -1 at the end. */
static int look(struct rtf_reader *r) {
    if (r->at == r->have) {
        const int64_t got = r->failure.code != 0 ? 0
                                                 : byte_source_read(r->source, r->buffer,
                                                                    RTF_READ_BYTES, &r->failure);
        r->failure.code = got < 0 ? (int)got : r->failure.code;
        r->at = 0;
        r->have = got > 0 ? (size_t)got : 0;
    }
    return r->have == 0 ? -1 : r->buffer[r->at];
}

static int take(struct rtf_reader *r) {
    const int byte = look(r);
    r->at += byte >= 0;
    return byte;
}

/* What follows \' */
static enum rtf_piece take_hex(struct rtf_reader *r) {
    int value = 0;
    for (int i = 0; i < 2; i++) {
        const int byte = look(r), digit = byte < 0 ? -1 : byte_hex_value((uint8_t)byte);
        if (digit < 0) {
            break;
        }
        value = value * 16 + digit;
        (void)take(r);
    }
    r->byte = (uint8_t)value;
    r->escaped = true;
    return RTF_BYTE;
}

static void take_number(struct rtf_reader *r) {
    int64_t value = 0;
    const bool negative = look(r) == '-';
    if (negative) {
        (void)take(r);
    }
    for (int digits = 0; look(r) >= 0 && byte_is_digit((uint8_t)look(r)); digits++) {
        const int digit = take(r) - '0';
        value = digits < NUMBER_DIGITS_MOST ? value * 10 + digit : value;
        r->has_number = true;
    }
    value = value > INT32_MAX ? INT32_MAX : value;
    r->number = (int32_t)(negative ? -value : value);
}

/* Behind a back-slash. */
static enum rtf_piece take_control(struct rtf_reader *r) {
    int byte = take(r);
    size_t len = 0;
    r->has_number = false;
    r->number = 0;
    if (byte < 0) {
        return RTF_END;
    }
    if (byte == '\'') {
        return take_hex(r);
    }
    r->word[0] = (char)byte;
    r->word[1] = '\0';
    if (!byte_is_letter((uint8_t)byte)) {
        return RTF_WORD;
    }
    for (len = 1; look(r) >= 0 && byte_is_letter((uint8_t)look(r));) {
        byte = take(r);
        if (len < RTF_WORD_MOST) {
            r->word[len++] = (char)byte;
        }
    }
    r->word[len] = '\0';
    take_number(r);
    if (look(r) == ' ') { /* belongs to the word */
        (void)take(r);
    }
    if (strcmp(r->word, "bin") == 0 && r->number > 0) {
        r->binary = (uint64_t)r->number;
    }
    return RTF_WORD;
}

enum rtf_piece rtf_reader_next(struct rtf_reader *r) {
    int byte = take(r);
    r->escaped = false;
    while (r->binary == 0 && (byte == '\r' || byte == '\n')) {
        byte = take(r); /* mean nothing */
    }
    if (byte < 0) {
        return RTF_END;
    }
    r->byte = (uint8_t)byte;
    if (r->binary > 0) {
        r->binary--;
        return RTF_BINARY;
    }
    switch (byte) {
    case '{':
        return RTF_OPEN;
    case '}':
        return RTF_CLOSE;
    case '\\':
        return take_control(r);
    default:
        return RTF_BYTE;
    }
}
