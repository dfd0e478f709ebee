/* Labels in the language of Zebra's printers: a label from ^XA to ^XZ, its texts and bar codes
 * between ^FD (or ^FV) and ^FS, with hexadecimal codes in them behind ^FH (ZPL II Programming
 * Guide). Labels are rows; a text is named by its number in the label, or by that of its field
 * (^FN). Commands are shown as blanks: "^FD0912…" would begin with a letter else. */
#include <stdio.h>
#include <stdlib.h>

#include "decode/cell_gaps.h"
#include "decode/decoder.h"
#include "decode/window.h"

enum {
    MOST_CELLS = 8 * 1024, /* in a segment */
    MOST_FIELDS = 512,     /* of a label; further ones are running text */
    TEXT_BYTES = 256,      /* longer cells are running text */
    DATA_BYTES = 64 * 1024,
    USUAL_INDICATOR = '_',
};

struct zpl {
    struct window window;
    struct decode_report *report;
    struct field_set *fields;
    uint64_t offset, line, row;
    bool in_row, quick_response; /* inside of a label; its next field is a QR code */
    unsigned number, named;      /* of the field in its label; by ^FN, 0: none */
    uint8_t indicator;           /* of hexadecimal codes in the next field; 0: there are none */
    uint8_t dialect;             /* the one of the segment */
    size_t cell_count, row_count;
    struct cell cells[MOST_CELLS];
    struct row_mark rows[MOST_CELLS];
};

static unsigned bid(const struct decode_head *head) {
    struct bytes text = bytes_first(head->head, 16384);
    bool label = bytes_find(text, BYTES_LIT("^XA")) != SIZE_MAX;
    return label && (bytes_find(text, BYTES_LIT("^FD")) != SIZE_MAX ||
                     bytes_find(text, BYTES_LIT("^FV")) != SIZE_MAX)
               ? 16
               : 0;
}

static void zpl_close(void *state) {
    struct zpl *z = state;
    if (z != NULL) {
        window_release(&z->window);
        free(z);
    }
}

static int zpl_open(const struct decode_input *in, void **state, struct error *err) {
    struct zpl *z = calloc(1, sizeof *z);
    if (z == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading labels");
    }
    z->report = in->report;
    z->fields = in->fields;
    z->line = 1;
    int status = window_init(&z->window, in->source, in->ops, in->width_rule, err);
    if (status != 0) {
        zpl_close(z);
        return status;
    }
    z->window.err = &in->report->error;
    *state = z;
    return 0;
}

/* ---- fields ---- */

/* DIALECT is the indicator: _E7_8E_8B with '_'. */
static size_t zpl_unescape(struct bytes value, uint8_t *out, unsigned dialect) {
    size_t len = 0;
    for (size_t i = 0; i < value.len; i++) {
        int high = -1, low = -1;
        if (value.ptr[i] == dialect && i + 2 < value.len) {
            high = byte_hex_value(value.ptr[i + 1]);
            low = byte_hex_value(value.ptr[i + 2]);
        }
        bool code = high >= 0 && low >= 0;
        out[len++] = code ? (uint8_t)((unsigned)high << 4 | (unsigned)low) : value.ptr[i];
        i += code ? 2 : 0;
    }
    return len;
}

static uint32_t field_of(struct zpl *z) {
    char name[16];
    unsigned number = z->named != 0 ? z->named : ++z->number;
    int length = snprintf(name, sizeof name, "%s%u", z->named != 0 ? "FN" : "#", number);
    if (number > MOST_FIELDS) {
        return FIELD_FREE_TEXT;
    }
    uint32_t field =
        field_set_key(z->fields, TABLE_NONE, bytes_of(name, (size_t)length), ATTRIBUTION_NONE);
    return field == UINT32_MAX ? FIELD_FREE_TEXT : field;
}

static void begin_row(struct zpl *z) {
    if (!z->in_row) {
        z->row++;
        z->number = 0;
        z->in_row = true;
    }
    if (z->row_count == 0 || z->rows[z->row_count - 1].row != z->row) {
        z->rows[z->row_count++] =
            (struct row_mark){.first_cell = (uint32_t)z->cell_count, .row = z->row};
    }
}

/* What the printer takes for itself: the code set of a bar code, the mode of a QR code. */
static struct bytes without_prefix(const struct zpl *z, struct bytes data) {
    if (z->quick_response && data.len > 3 && data.ptr[2] == ',') {
        return bytes_from(data, 3);
    }
    bool code_set = data.len > 2 && data.ptr[0] == '>' &&
                    (data.ptr[1] == ':' || data.ptr[1] == ';' || data.ptr[1] == '9');
    return code_set ? bytes_from(data, 2) : data;
}

static void put_data(struct zpl *z, const uint8_t *text, struct bytes data) {
    begin_row(z);
    data = bytes_trim_wide(without_prefix(z, data));
    uint32_t flags = z->indicator != 0 && memchr(data.ptr, z->indicator, data.len) != NULL
                         ? (uint32_t)CELL_ESCAPED
                         : 0U;
    uint32_t field = field_of(z);
    flags |= data.len > TEXT_BYTES || field == FIELD_FREE_TEXT ? (uint32_t)CELL_TEXT : 0U;
    z->cells[z->cell_count++] = (struct cell){.offset = (uint32_t)(data.ptr - text),
                                              .length = (uint32_t)data.len,
                                              .field = field,
                                              .flags = data.len == 0 ? (uint32_t)CELL_NULL : flags};
    z->dialect = (flags & CELL_ESCAPED) != 0 ? z->indicator : z->dialect;
    z->indicator = 0;
    z->named = 0;
    z->quick_response = false;
}

/* ---- commands ---- */

static bool is_command(struct bytes text, const char *name) {
    return text.len >= 3 && byte_upper(text.ptr[1]) == (uint8_t)name[0] &&
           byte_upper(text.ptr[2]) == (uint8_t)name[1];
}

/* Where the next command begins at or behind AT; text.len when none does. */
static size_t next_command(struct bytes text, size_t at) {
    while (at < text.len && text.ptr[at] != '^' && text.ptr[at] != '~') {
        at++;
    }
    return at;
}

static void note_command(struct zpl *z, struct bytes command) {
    if (is_command(command, "XA") || is_command(command, "XZ")) {
        z->in_row = false;
    } else if (is_command(command, "FH")) {
        uint8_t given = command.len > 3 && command.ptr[3] > ' ' ? command.ptr[3] : 0;
        z->indicator = given != 0 ? given : USUAL_INDICATOR;
    } else if (is_command(command, "BQ")) {
        z->quick_response = true;
    } else if (is_command(command, "FN")) {
        for (size_t i = 3; i < command.len && byte_is_digit(command.ptr[i]) && z->named < 10000;
             i++) {
            z->named = z->named * 10 + (unsigned)(command.ptr[i] - '0');
        }
    }
}

/* Whole commands of TEXT; returns how far they reach. */
static size_t take_commands(struct zpl *z, struct bytes text, bool at_end) {
    size_t at = 0;
    z->cell_count = z->row_count = 0;
    z->dialect = USUAL_INDICATOR;
    bool escaped = false;
    while (at < text.len && z->cell_count + 2 < MOST_CELLS) {
        size_t end = next_command(text, at + 1);
        struct bytes command = bytes_of(text.ptr + at, end - at);
        if (end == text.len && !at_end && command.len < DATA_BYTES) {
            break;
        }
        bool data = text.ptr[at] == '^' && (is_command(command, "FD") || is_command(command, "FV"));
        bool remark = text.ptr[at] == '^' && is_command(command, "FX");
        if (data && z->indicator != 0 && escaped && z->indicator != z->dialect) {
            break; /* a segment has one indicator */
        }
        escaped = escaped || (data && z->indicator != 0);
        if (data) {
            put_data(z, text.ptr, bytes_from(command, 3));
        } else if (text.ptr[at] == '^' && !remark) {
            note_command(z, command);
        } else if (text.ptr[at] != '~' && bytes_trim(command).len > 0) { /* no command */
            size_t front = remark ? 3 : 0;
            z->cells[z->cell_count++] = (struct cell){.offset = (uint32_t)(at + front),
                                                      .length = (uint32_t)(command.len - front),
                                                      .field = FIELD_FREE_TEXT,
                                                      .flags = CELL_TEXT};
        }
        at = end;
    }
    return at;
}

static int zpl_next(void *state, struct segment *out, struct error *err) {
    struct zpl *z = state;
    struct window *w = &z->window;
    (void)err;
    for (;;) {
        struct bytes text = bytes_of(w->bytes + w->begin, w->end - w->begin);
        size_t used = take_commands(z, text, w->at_end);
        if (used == 0) {
            if (w->at_end) {
                z->report->rows = z->row;
                z->report->status = w->status;
                return 0;
            }
            (void)window_fill(w, NULL); /* no command is as long as the window may become */
            continue;
        }
        text.len = used;
        blank_cell_gaps(w->bytes + w->begin, used, z->cells, z->cell_count);
        *out = (struct segment){.bytes = text.ptr,
                                .len = used,
                                .end = used,
                                .offset = z->offset,
                                .line = z->line,
                                .cells = z->cells,
                                .cell_count = z->cell_count,
                                .rows = z->rows,
                                .row_count = z->row_count,
                                .gap_field = FIELD_FREE_TEXT,
                                .width_rule = w->width_rule,
                                .unescape = zpl_unescape,
                                .dialect = z->dialect};
        z->offset += width_before(w->width_rule, text);
        z->line += w->ops->count(text.ptr, used, '\n');
        field_set_table_at(z->fields, TABLE_NONE)->rows = z->row;
        window_consume(w, w->begin + used);
        return 1;
    }
}

const struct decoder decoder_zpl = {
    .name = "zpl",
    .summary = "labels of Zebra's printers (ZPL): a row a label",
    .traits = 0,
    .bid = bid,
    .open = zpl_open,
    .next = zpl_next,
    .close = zpl_close,
};
