/* Records by a layout that was given. The bytes are cut before anything is made of them, as the
 * layout counts them: what fields hold is turned into UTF-8 field by field, so half a character at
 * the end of a name takes nothing from the number behind it. Fields are given out one behind the
 * other with a tab between them, and a map of widths that knows the tabs. Bytes that the layout
 * does not speak of are running text. Records are numbered through the file, whatever their sort.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "decode/aligned/layout_records.h"
#include "decode/decoder.h"
#include "decode/value_text.h"
#include "decode/window.h"

enum {
    MOST_CELLS = 16 * 1024, /* in a segment */
    MOST_ROWS = 8 * 1024,
    CELL_TEXT_BYTES = 256, /* longer cells are running text */
    TEXT_ROOM = 1024 * 1024,
    CODE_ROOM = 256,
    END_OF_FILE = 0x1A, /* of DOS */
};

struct by_layout {
    struct window window;
    const struct record_layout *layout;
    struct layout_form form;
    struct value_text *values;
    struct decode_report *report;
    struct field_set *fields;
    uint32_t first_field[LAYOUT_RECORDS_MAX], table[LAYOUT_RECORDS_MAX];
    uint64_t offset, line; /* of window.bytes[window.begin] */
    uint64_t row;
    size_t preface; /* bytes before the first record that are still to be given out */
    size_t passed;  /* records of `skip` */
    uint64_t odd, unknown, first_odd, first_unknown;
    uint64_t details, since_trailer, trailers, headers, wrong_count;
    uint64_t told, found; /* by the first trailer that is wrong, or the last one */
    bool no_count;        /* a trailer's count is no number */
    struct width_map *map, *scratch;
    uint64_t skipped; /* original bytes that left nothing since the last region */
    size_t len;       /* of text */
    bool failed;      /* memory ran out */
    size_t cell_count, row_count;
    struct cell cells[MOST_CELLS];
    struct row_mark rows[MOST_ROWS];
    uint8_t text[TEXT_ROOM + SEGMENT_PADDING];
};

static unsigned layout_bid(const struct decode_head *head) {
    (void)head;
    return 0; /* only where somebody gave a layout */
}

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for reading records by a layout");
}

/* ---- names ---- */

static int name_fields(struct by_layout *l, struct error *err) {
    for (size_t i = 0; i < l->layout->record_count; i++) {
        const struct layout_record *record = &l->layout->records[i];
        struct column_name names[LAYOUT_FIELDS_MAX];
        for (size_t k = 0; k < record->field_count; k++) {
            names[k] =
                (struct column_name){.column = record->fields[k].name, .label = BYTES_LIT("")};
        }
        l->table[i] = record->name.len == 0 ? TABLE_NONE : field_set_table(l->fields, record->name);
        if (l->table[i] != UINT32_MAX) {
            l->first_field[i] = field_set_columns(l->fields, l->table[i], names,
                                                  record->field_count, ATTRIBUTION_EXACT);
        }
        if (l->table[i] == UINT32_MAX || l->first_field[i] == UINT32_MAX) {
            return out_of_memory(err);
        }
    }
    return 0;
}

static void layout_close(void *state) {
    struct by_layout *l = state;
    if (l != NULL) {
        window_release(&l->window);
        value_text_free(l->values);
        width_map_free(l->map);
        width_map_free(l->scratch);
        free(l);
    }
}

static int layout_open(const struct decode_input *in, void **state, struct error *err) {
    static const struct record_layout nothing = {0}; /* asked for by name: all is running text */
    struct by_layout *l = calloc(1, sizeof *l);
    if (l == NULL) {
        return out_of_memory(err);
    }
    l->layout = in->layout != NULL ? in->layout : &nothing;
    l->report = in->report;
    l->preface = l->layout->preface;
    l->fields = in->fields;
    l->line = 1;
    struct encoding_guess guess =
        in->layout != NULL ? in->layout_values : (struct encoding_guess){.encoding = ENCODING_UTF8};
    l->form = l->layout->record_count == 0
                  ? (struct layout_form){.lines = true, .newline = '\n', .unit = 1}
                  : layout_form_of(l->layout, guess.encoding, bytes_from(in->head.head, l->preface),
                                   in->head.whole);
    l->map = width_map_new();
    l->scratch = width_map_new();
    l->values = value_text_new(guess, in->ops, err);
    int status = l->values == NULL ? YINMA_E_MEMORY : 0;
    if (l->map == NULL || l->scratch == NULL) {
        status = out_of_memory(err);
    }
    if (status == 0) {
        status = window_init(&l->window, in->source, in->ops, (struct widths){0}, err);
    }
    status = status == 0 ? name_fields(l, err) : status;
    if (status != 0) {
        layout_close(l);
        return status;
    }
    l->window.err = &in->report->error;
    l->report->encoding = value_text_encoding(l->values);
    *state = l;
    return 0;
}

/* ---- cells ---- */

/* A name that was too long for its field ends where its bytes did, in the middle of a character. */
static struct bytes without_half(struct bytes text) {
    uint32_t code = 0;
    if (text.len > 4 && text.ptr[text.len - 4] >= 0xF0) {
        (void)utf8_decode(text.ptr + text.len - 4, 4, &code);
    }
    bool half = code >= WIDTH_INVALID_BASE && code <= WIDTH_INVALID_BASE + 0xFF;
    return half ? bytes_first(text, text.len - 4) : text;
}

static void put_cell(struct by_layout *l, size_t from, uint32_t field, unsigned flags) {
    struct bytes raw = bytes_of(l->text + from, l->len - from);
    struct bytes value = bytes_trim_wide(without_half(raw));
    if (value.len == 0) {
        flags = CELL_NULL;
    } else if (value.len > CELL_TEXT_BYTES) {
        flags |= CELL_TEXT;
    }
    l->cells[l->cell_count++] =
        (struct cell){.offset = (uint32_t)(from + (size_t)(value.ptr - raw.ptr)),
                      .length = (uint32_t)value.len,
                      .field = field,
                      .flags = flags};
}

/* A byte that the data does not have. */
static void put_mark(struct by_layout *l, uint8_t mark) {
    l->failed = !width_map_add(l->map, l->len, WIDTH_NONE, l->skipped) || l->failed;
    l->skipped = 0;
    l->text[l->len++] = mark;
}

static void put_value(struct by_layout *l, struct bytes raw, uint32_t field, unsigned flags) {
    size_t from = l->len;
    l->len +=
        value_text_put(l->values, raw, l->text + l->len, l->map, l->len, l->skipped, &l->failed);
    l->skipped = 0;
    put_cell(l, from, field, flags);
    put_mark(l, '\t');
}

static bool is_blank(struct bytes raw) {
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.ptr[i] != ' ' && raw.ptr[i] != 0 && raw.ptr[i] != '0' && raw.ptr[i] != 0x40) {
            return false;
        }
    }
    return true;
}

/* Bytes of no field. */
static void put_rest(struct by_layout *l, struct bytes raw) {
    if (is_blank(raw)) {
        l->skipped += raw.len;
        return;
    }
    while (raw.len > 0) {
        struct bytes piece = bytes_first(raw, VALUE_TEXT_BYTES);
        put_value(l, piece, FIELD_FREE_TEXT, CELL_TEXT);
        raw = bytes_from(raw, piece.len);
    }
}

static void put_fields(struct by_layout *l, size_t sort, struct bytes record) {
    const struct layout_record *layout = &l->layout->records[sort];
    size_t at = 0; /* byte of the record up to which is done */
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct layout_span *span = &layout->fields[i].span;
        size_t begin = layout_byte_of(&l->form, record, span->start);
        size_t end = layout_byte_of(&l->form, record, (size_t)span->start + span->length);
        begin = begin < at ? at : begin;
        put_rest(l, bytes_of(record.ptr + at, begin - at));
        put_value(l, bytes_of(record.ptr + begin, end - begin), l->first_field[sort] + (uint32_t)i,
                  0);
        at = end;
    }
    put_rest(l, bytes_from(record, at));
}

/* ---- sorts of records ---- */

static struct bytes bytes_of_span(const struct by_layout *l, struct bytes record,
                                  struct layout_span span) {
    size_t begin = layout_byte_of(&l->form, record, span.start);
    size_t end = layout_byte_of(&l->form, record, (size_t)span.start + span.length);
    return bytes_of(record.ptr + begin, end - begin);
}

/* SPAN of RECORD in UTF-8, in OUT. */
static struct bytes read_span(struct by_layout *l, struct bytes record, struct layout_span span,
                              uint8_t out[VALUE_TEXT_GROWTH * CODE_ROOM + 16]) {
    struct bytes raw = bytes_first(bytes_of_span(l, record, span), CODE_ROOM);
    width_map_clear(l->scratch);
    size_t len = value_text_put(l->values, raw, out, l->scratch, 0, 0, &l->failed);
    return bytes_trim_wide(bytes_of(out, len));
}

static bool has_code(struct by_layout *l, struct bytes record, const struct layout_record *layout) {
    uint8_t room[VALUE_TEXT_GROWTH * CODE_ROOM + 16];
    struct bytes raw = bytes_of_span(l, record, layout->code);
    if (bytes_equal(raw, layout->code_text)) { /* as nearly always */
        return true;
    }
    return bytes_equal(read_span(l, record, layout->code, room), layout->code_text);
}

/* The sort of RECORD; SIZE_MAX: none. */
static size_t sort_of(struct by_layout *l, struct bytes record, bool last) {
    size_t by_place = SIZE_MAX;
    for (size_t i = 0; i < l->layout->record_count; i++) {
        const struct layout_record *layout = &l->layout->records[i];
        if (layout->code.length > 0) {
            if (has_code(l, record, layout)) {
                return i;
            }
            continue;
        }
        bool fits = l->layout->record_count == 1 || layout->place == LAYOUT_DETAIL ||
                    (layout->place == LAYOUT_FIRST ? l->row == 1 : last);
        bool better = by_place == SIZE_MAX || l->layout->records[by_place].place == LAYOUT_DETAIL;
        by_place = fits && better ? i : by_place;
    }
    return by_place;
}

/* Digits, with blanks or commas about them. False: no number. */
static bool read_count(struct bytes text, uint64_t *out) {
    uint64_t number = 0;
    size_t digits = 0;
    for (size_t i = 0; i < text.len && digits < 18; i++) {
        if (byte_is_digit(text.ptr[i])) {
            number = number * 10 + (uint64_t)(text.ptr[i] - '0');
            digits++;
        } else if (text.ptr[i] != ',' && text.ptr[i] != ' ' && text.ptr[i] != '+') {
            return false;
        }
    }
    *out = number;
    return digits > 0;
}

/* A trailer counts what stands before it: since the last one, or in all. */
static void check_trailer(struct by_layout *l, const struct layout_record *layout,
                          struct bytes record) {
    uint8_t room[VALUE_TEXT_GROWTH * CODE_ROOM + 16];
    uint64_t told;
    l->trailers++;
    if (layout->count.length > 0) {
        if (!read_count(read_span(l, record, layout->count, room), &told)) {
            l->no_count = true;
        } else {
            uint64_t frame = l->layout->counts_all ? l->headers + l->trailers : 0;
            bool right = told == l->since_trailer + (l->layout->counts_all ? 2 : 0) ||
                         told == l->details + frame;
            if (l->wrong_count == 0) {
                l->told = told;
                l->found = l->since_trailer != 0 ? l->since_trailer : l->details;
            }
            l->wrong_count += !right;
        }
    }
    l->since_trailer = 0;
}

static void note_record(struct by_layout *l, size_t sort, struct bytes record) {
    const struct layout_record *layout = &l->layout->records[sort];
    if (!layout_has_length(layout, l->layout->width, layout_length(&l->form, record))) {
        l->first_odd = l->odd++ == 0 ? l->row : l->first_odd;
    }
    if (layout->place == LAYOUT_DETAIL) {
        l->details++;
        l->since_trailer++;
    } else if (layout->place == LAYOUT_FIRST) {
        l->headers++;
    } else {
        check_trailer(l, layout, record);
    }
}

/* A record of no sort: what stands where the others have their code is no part of a number. */
static void put_unknown(struct by_layout *l, struct bytes record) {
    struct layout_span code = {0};
    for (size_t i = 0; i < l->layout->record_count && code.length == 0; i++) {
        code = l->layout->records[i].code;
    }
    size_t end = layout_byte_of(&l->form, record, (size_t)code.start + code.length);
    put_rest(l, bytes_first(record, end));
    put_rest(l, bytes_from(record, end));
}

/* False: its bytes are nothing. */
static bool put_record(struct by_layout *l, struct layout_cut cut, bool last) {
    if (cut.record.len == 0 || (last && cut.record.ptr[0] == END_OF_FILE)) {
        return false;
    }
    if (l->passed < l->layout->skip) {
        l->passed++;
        put_rest(l, cut.record);
        return true;
    }
    l->row++;
    l->rows[l->row_count++] =
        (struct row_mark){.first_cell = (uint32_t)l->cell_count, .row = l->row};
    size_t sort = cut.piece ? SIZE_MAX : sort_of(l, cut.record, last);
    if (sort == SIZE_MAX) {
        l->first_unknown = l->unknown++ == 0 ? l->row : l->first_unknown;
        put_unknown(l, cut.record);
        return true;
    }
    note_record(l, sort, cut.record);
    put_fields(l, sort, cut.record);
    return true;
}

/* ---- segments ---- */

static bool has_room(const struct by_layout *l, size_t length) {
    const size_t most_cells = 2 * (size_t)LAYOUT_FIELDS_MAX + 8;
    const size_t most_text = VALUE_TEXT_GROWTH * length + 16 * most_cells;
    return l->cell_count + most_cells < MOST_CELLS && l->row_count < MOST_ROWS &&
           l->len + most_text < TEXT_ROOM;
}

/* Is nothing but line ends and an end mark left? */
static bool is_over(struct bytes rest) {
    enum { MOST_ENDS = 64 };
    if (rest.len > MOST_ENDS) {
        return false;
    }
    for (size_t i = 0; i < rest.len; i++) {
        if (memchr("\r\n\x1A", rest.ptr[i], 4) == NULL) { /* and NUL */
            return false;
        }
    }
    return true;
}

/* Whole records of TEXT; returns how far they reach. */
static size_t put_records(struct by_layout *l, struct bytes text, bool at_end) {
    size_t at = 0;
    l->cell_count = l->row_count = l->len = 0;
    l->skipped = 0;
    width_map_clear(l->map);
    if (l->offset == 0) {
        l->skipped = at = layout_mark_length(text);
    }
    if (l->preface > 0) {
        if (text.len < l->preface && !at_end) {
            return 0;
        }
        struct bytes preface = bytes_first(text, l->preface);
        put_rest(l, bytes_from(preface, at));
        at = preface.len;
        l->preface = 0;
    }
    while (at < text.len) {
        struct bytes rest = bytes_from(text, at);
        struct layout_cut cut = layout_cut(&l->form, rest, at_end);
        struct bytes behind = bytes_from(rest, cut.whole);
        bool last = is_over(behind);
        if (cut.whole == 0 || (last && !at_end) || !has_room(l, cut.record.len)) {
            break;
        }
        size_t before = (size_t)(cut.record.ptr - rest.ptr);
        l->skipped += before;
        bool put = put_record(l, cut, last);
        l->skipped += cut.whole - before - (put ? cut.record.len : 0);
        if (l->form.lines && !cut.piece) {
            put_mark(l, '\n');
        }
        at += cut.whole;
    }
    return at;
}

static void give_records(struct by_layout *l, size_t used, struct segment *out) {
    struct window *w = &l->window;
    put_mark(l, ' ');
    memset(l->text + l->len, 0, SEGMENT_PADDING);
    *out = (struct segment){.bytes = l->text,
                            .len = l->len,
                            .end = l->len,
                            .offset = l->offset,
                            .line = l->line,
                            .width_rule = {.map = l->map, .anchor = l->text},
                            .cells = l->cells,
                            .cell_count = l->cell_count,
                            .rows = l->rows,
                            .row_count = l->row_count,
                            .gap_field = FIELD_FREE_TEXT};
    l->offset += used;
    l->line += w->ops->count(l->text, l->len, '\n');
    for (size_t i = 0; i < l->layout->record_count; i++) {
        field_set_table_at(l->fields, l->table[i])->rows = l->row;
    }
    window_consume(w, w->begin + used);
}

/* ---- the end ---- */

static void tell_problem(struct by_layout *l, int code, const char *text) {
    if (l->report->status == 0) {
        l->report->status = error_set(&l->report->error, code, "%s", text);
    }
}

static bool has_trailer(const struct record_layout *layout) {
    for (size_t i = 0; i < layout->record_count; i++) {
        if (layout->records[i].place == LAYOUT_LAST && layout->records[i].count.length > 0) {
            return true;
        }
    }
    return false;
}

static void tell_counts(struct by_layout *l) {
    char text[160];
    if (l->wrong_count > 0) {
        snprintf(text, sizeof text,
                 SAID("the trailer tells of %" PRIu64 " records, %" PRIu64 " stand before it"),
                 l->told, l->found);
        tell_problem(l, l->found < l->told ? YINMA_E_TRUNCATED : YINMA_E_DAMAGED, text);
    } else if (l->no_count) {
        tell_problem(l, YINMA_E_DAMAGED, "the count in a trailer is no number");
    } else if (l->row > 0 && l->trailers == 0 && has_trailer(l->layout)) {
        tell_problem(l, YINMA_E_TRUNCATED, "the trailer that the layout describes is missing");
    }
}

static void tell_lengths(struct by_layout *l) {
    char text[160];
    uint64_t wrong = l->odd + l->unknown, first = l->odd > 0 ? l->first_odd : l->first_unknown;
    if (l->unknown > 0 && l->first_unknown < first) {
        first = l->first_unknown;
    }
    if (wrong == 0 || l->layout->record_count == 0) {
        return;
    }
    snprintf(text, sizeof text,
             SAID("%" PRIu64 " of %" PRIu64 " records are not as the layout says (%" PRIu64
                  " of another length, %" PRIu64
                  " of no sort in it); the first is record %" PRIu64),
             wrong, l->row, l->odd, l->unknown, first);
    if (wrong * 2 > l->row) {
        tell_problem(l, YINMA_E_DAMAGED, text);
    } else {
        snprintf(l->report->notice, sizeof l->report->notice, "%s", text);
    }
}

static void finish(struct by_layout *l) {
    l->report->rows = l->row;
    l->report->status = l->window.status;
    l->report->encoding = value_text_encoding(l->values);
    uint64_t frame = l->headers + l->trailers;
    if (l->trailers == 1 && !l->no_count && frame <= 2 && has_trailer(l->layout)) {
        l->report->trailer_rows = l->told - (l->layout->counts_all ? frame : 0);
        l->report->frame_rows = (unsigned)frame;
    }
    if (l->form.by_display) {
        snprintf(l->report->notice, sizeof l->report->notice,
                 SAID("the lengths fit the layout only when wide characters count as two bytes: "
                      "the data were turned into UTF-8 after the layout was made"));
    }
    tell_counts(l);
    tell_lengths(l);
}

static int layout_next(void *state, struct segment *out, struct error *err) {
    struct by_layout *l = state;
    struct window *w = &l->window;
    for (;;) {
        struct bytes text = bytes_of(w->bytes + w->begin, w->end - w->begin);
        size_t used = put_records(l, text, w->at_end);
        if (l->failed) {
            return out_of_memory(err);
        }
        if (used > 0) {
            give_records(l, used, out);
            return 1;
        }
        if (w->at_end) {
            finish(l);
            return 0;
        }
        (void)window_fill(w, NULL); /* no record is as long as the window may become */
    }
}

const struct decoder decoder_layout = {
    .name = "fixed-layout",
    .summary = "records of constant length by a layout that was given (--layout, layouts:)",
    .traits = DECODER_BINARY,
    .bid = layout_bid,
    .open = layout_open,
    .next = layout_next,
    .close = layout_close,
};
