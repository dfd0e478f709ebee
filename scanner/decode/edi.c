/* edi.c - interchanges of EDIFACT (ISO 9735) and X12: messages between shippers, carriers and
 * customs; of HL7 version 2, between hospitals, laboratories and insurers. Every segment is a row;
 * a column is its tag, its qualifier and the place of the value in it: NAD+CN.4.1, N1+ST.2,
 * PID.5.1.
 */
#include <stdio.h>
#include <stdlib.h>

#include "decode/decoder.h"
#include "decode/free_text.h"

enum {
    EDI_BITS = 44,
    CELLS_MAX = 4096,
    COLUMNS_MAX = 4096, /* distinct ones; further ones are "*" */
    PLACES_MAX = 99,
    ISA_BYTES = 106, /* of the segment that says how X12 is written */
    TAG_BYTES = 3,
    LABELLED_MOST = 2,
};

/* What separates what. */
struct edi_marks {
    uint8_t component, element, release, segment;
    uint8_t repetition; /* of an element: HL7 alone, 0 elsewhere */
};

struct edi {
    struct window window;
    struct field_set *fields;
    struct decode_report *report;
    struct edi_marks marks;
    uint32_t table, columns;
    uint64_t rows;
    struct cell cells[CELLS_MAX];
    struct row_mark marks_of_rows[CELLS_MAX];
    size_t cell_count, row_count;
    bool failed;
};

/* ---- what it is ---- */

static struct bytes without_front(struct bytes text) {
    if (bytes_starts_with(text, BYTES_LIT("\xEF\xBB\xBF"))) {
        text = bytes_from(text, 3);
    }
    while (text.len > 0 && text.ptr[0] <= ' ') {
        text = bytes_from(text, 1);
    }
    return text;
}

/* MSH|^~\&|: the marks, each for itself; lines end as the sender's do. Blocks on a wire (MLLP)
 * begin and end with control codes. */
static bool find_hl7_marks(struct bytes text, struct edi_marks *marks) {
    if (text.len < 9 || text.ptr[3] != '|' || text.ptr[8] != '|' ||
        !(bytes_starts_with(text, BYTES_LIT("MSH")) || bytes_starts_with(text, BYTES_LIT("FHS")) ||
          bytes_starts_with(text, BYTES_LIT("BHS")))) {
        return false;
    }
    size_t at = 8;
    while (at < text.len && text.ptr[at] != '\r' && text.ptr[at] != '\n') {
        at++;
    }
    *marks = (struct edi_marks){.component = text.ptr[4],
                                .element = '|',
                                .segment = at < text.len ? text.ptr[at] : '\r',
                                .repetition = text.ptr[5]};
    return text.ptr[4] != '|' && text.ptr[5] > ' ' && text.ptr[5] != '|' && text.ptr[6] == '\\';
}

/* UNA and six marks, else those of the standard; X12 shows its own in the fixed places of ISA. */
static bool find_marks(struct bytes text, struct edi_marks *marks) {
    text = without_front(text);
    if (find_hl7_marks(text, marks)) {
        return true;
    }
    *marks = (struct edi_marks){.component = ':', .element = '+', .release = '?', .segment = '\''};
    if (bytes_starts_with(text, BYTES_LIT("UNA")) && text.len > 12) {
        *marks = (struct edi_marks){.component = text.ptr[3],
                                    .element = text.ptr[4],
                                    .release = text.ptr[6],
                                    .segment = text.ptr[8]};
        text = without_front(bytes_from(text, 9));
    }
    if (text.len > 8 && bytes_starts_with(text, BYTES_LIT("UNB")) &&
        text.ptr[3] == marks->element) {
        return text.ptr[4] == 'U' && text.ptr[5] == 'N' && text.ptr[6] == 'O';
    }
    if (text.len < ISA_BYTES || !bytes_starts_with(text, BYTES_LIT("ISA"))) {
        return false;
    }
    *marks = (struct edi_marks){
        .component = text.ptr[104], .element = text.ptr[3], .segment = text.ptr[105]};
    return text.ptr[6] == marks->element && text.ptr[17] == marks->element &&
           text.ptr[103] == marks->element;
}

static unsigned bid(const struct decode_head *head) {
    struct edi_marks marks;
    return find_marks(head->head, &marks) ? EDI_BITS : 0;
}

/* ---- columns ---- */

/* What stands there, for those segments that speak of people. A name of HL7 is in two components,
 * that of the family first: PARTED is the place of that one, behind an identifier where the person
 * has one. */
struct edi_label {
    const char *tag;
    unsigned element;
    const char *label;
    unsigned parted;
};

static const struct edi_label *label_of(struct bytes tag, unsigned element) {
    static const struct edi_label labels[] = {
        {"NAD", 4, "name", 0},         {"NAD", 5, "address", 0},
        {"CTA", 2, "contact name", 0}, {"COM", 1, "contact number", 0},
        {"N1", 2, "name", 0},          {"N2", 1, "name", 0},
        {"N3", 1, "address", 0},       {"PER", 2, "contact name", 0},
        {"NM1", 3, "name", 0},         {"PID", 5, "name", 1},
        {"PID", 6, "name", 1},         {"PID", 7, "birth date", 0},
        {"PID", 9, "name", 1},         {"PID", 11, "address", 0},
        {"PID", 13, "phone", 0},       {"PID", 14, "phone", 0},
        {"PID", 19, "id number", 0},   {"NK1", 2, "name", 1},
        {"NK1", 4, "address", 0},      {"NK1", 5, "phone", 0},
        {"NK1", 6, "phone", 0},        {"GT1", 3, "name", 1},
        {"GT1", 5, "address", 0},      {"GT1", 6, "phone", 0},
        {"GT1", 8, "birth date", 0},   {"IN1", 16, "name", 1},
        {"IN1", 18, "birth date", 0},  {"IN1", 19, "address", 0},
        {"PV1", 7, "name", 2},         {"PV1", 8, "name", 2},
        {"PV1", 9, "name", 2},         {"PV1", 17, "name", 2},
        {"ORC", 12, "name", 2},        {"OBR", 16, "name", 2},
        {"DG1", 3, "diagnosis", 0},    {"DG1", 4, "diagnosis", 0}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (labels[i].element == element && bytes_equal(tag, bytes_of_string(labels[i].tag))) {
            return &labels[i];
        }
    }
    return NULL;
}

static bool is_code(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.ptr[i]) && !(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z')) {
            return false;
        }
    }
    return text.len > 0 && text.len <= TAG_BYTES;
}

static bool is_hl7(const struct edi *d) {
    return d->marks.repetition != 0;
}

struct edi_place {
    struct bytes tag, qualifier;
    unsigned element, component;
};

static uint32_t column_of(struct edi *d, const struct edi_place *place) {
    char name[64];
    const struct edi_label *label = label_of(place->tag, place->element);
    int len =
        snprintf(name, sizeof name, "%.*s%s%.*s.%u", (int)place->tag.len,
                 (const char *)place->tag.ptr, place->qualifier.len > 0 ? "+" : "",
                 (int)place->qualifier.len, (const char *)place->qualifier.ptr, place->element);
    if (d->marks.component != 0 && (d->marks.release != 0 || is_hl7(d))) {
        len += snprintf(name + len, sizeof name - (size_t)len, ".%u", place->component);
    }
    /* HL7: further components are cities, countries and kinds of what the first ones hold */
    if (label != NULL && !(is_hl7(d) && place->component > LABELLED_MOST)) {
        len += snprintf(name + len, sizeof name - (size_t)len, " %s", label->label);
    }
    struct bytes column = bytes_of(name, (size_t)len);
    if (d->columns >= COLUMNS_MAX || place->element > PLACES_MAX || place->component > PLACES_MAX) {
        column = BYTES_LIT("*");
    }
    const uint32_t before = field_set_field_count(d->fields);
    const uint32_t field = field_set_key(d->fields, d->table, column, ATTRIBUTION_EXACT);
    d->columns += field_set_field_count(d->fields) - before;
    d->failed = d->failed || field == UINT32_MAX;
    return field;
}

/* ---- segments ---- */

static size_t unescape(struct bytes value, uint8_t *out, unsigned dialect) {
    size_t len = 0;
    for (size_t i = 0; i < value.len; i++) {
        i += value.ptr[i] == (uint8_t)dialect && i + 1 < value.len;
        out[len++] = value.ptr[i];
    }
    return len;
}

/* The components of a name as one: Chinese ones are written together. */
static size_t join_name(struct bytes value, uint8_t *out, unsigned dialect) {
    size_t len = 0;
    for (size_t i = 0; i < value.len; i++) {
        const bool mark = value.ptr[i] == (uint8_t)dialect;
        const bool wide = mark && i > 0 && i + 1 < value.len && value.ptr[i - 1] >= 0x80 &&
                          value.ptr[i + 1] >= 0x80;
        if (!wide) {
            out[len++] = mark ? ' ' : value.ptr[i];
        }
    }
    return len;
}

/* Where the value at FROM ends: at a mark or at END. */
static size_t value_end(const struct edi *d, const uint8_t *bytes, size_t from, size_t end,
                        bool *escaped) {
    const struct edi_marks *m = &d->marks;
    *escaped = false;
    while (from < end && bytes[from] != m->element && bytes[from] != m->segment &&
           bytes[from] != m->component && (m->repetition == 0 || bytes[from] != m->repetition)) {
        const bool released = m->release != 0 && bytes[from] == m->release && from + 1 < end;
        *escaped = *escaped || released;
        from += released ? 2 : 1;
    }
    return from < end ? from : end;
}

static void add_value(struct edi *d, const struct edi_place *place, size_t from, size_t to,
                      bool escaped) {
    if (from == to || d->failed) {
        return;
    }
    const uint32_t field = column_of(d, place);
    if (!d->failed) {
        d->cells[d->cell_count++] = (struct cell){.offset = (uint32_t)from,
                                                  .length = (uint32_t)(to - from),
                                                  .field = field,
                                                  .flags = escaped ? CELL_ESCAPED : 0U};
    }
}

/* The value that ends at TO is a family name: where the given name behind it ends, else TO. */
static size_t name_end(const struct edi *d, const struct edi_place *place, size_t to, size_t end) {
    const struct edi_label *label = is_hl7(d) ? label_of(place->tag, place->element) : NULL;
    bool escaped;
    if (label == NULL || label->parted != place->component || to >= end ||
        d->window.bytes[to] != d->marks.component) {
        return to;
    }
    const size_t given = value_end(d, d->window.bytes, to + 1, end, &escaped);
    return given > to + 1 ? given : to;
}

/* Values of the segment at [FROM, END), END behind its mark. */
static void read_segment(struct edi *d, size_t from, size_t end) {
    uint8_t *bytes = d->window.bytes;
    struct edi_place place = {.tag = BYTES_LIT(""), .qualifier = BYTES_LIT(""), .component = 1};
    while (from < end && bytes[from] <= ' ') {
        from++;
    }
    if (from >= end) {
        return; /* what stands between messages on a wire, or at the end of a file */
    }
    d->marks_of_rows[d->row_count++] = (struct row_mark){(uint32_t)d->cell_count, ++d->rows};
    d->report->rows = d->rows;
    while (from < end) {
        bool escaped;
        if (d->cell_count + 1 == CELLS_MAX) { /* no standard has so many values in a segment */
            place.element = PLACES_MAX + 1;
            add_value(d, &place, from, end, false);
            d->cells[CELLS_MAX - 1].flags |= CELL_TEXT;
            return;
        }
        const size_t first = value_end(d, bytes, from, end, &escaped);
        const size_t to = first > from ? name_end(d, &place, first, end) : first;
        const struct bytes value = bytes_of(bytes + from, to - from);
        if (place.element == 0 && place.component == 1) {
            place.tag = is_code(value) ? value : BYTES_LIT("?");
        } else {
            if (place.element == 1 && place.component == 1 && is_code(value) && !is_hl7(d)) {
                place.qualifier = value;
            }
            add_value(d, &place, from, to, escaped || to > first);
            place.component += to > first;
        }
        const uint8_t mark = to < end ? bytes[to] : 0;
        const bool again = is_hl7(d) && mark == d->marks.repetition;
        place.component = mark == d->marks.component ? place.component + 1 : 1;
        place.element += mark != d->marks.component && !again;
        if (mark == '*' || mark == '#') { /* X12's usual one: to the lattice it hides a digit */
            bytes[to] = '|';
        }
        from = to + 1;
    }
}

/* Behind the next segment, 0: its mark is not there. */
static size_t segment_end(const struct edi *d, size_t from) {
    const struct window *w = &d->window;
    while (from < w->end) {
        const uint8_t *mark = memchr(w->bytes + from, d->marks.segment, w->end - from);
        if (mark == NULL) {
            return is_hl7(d) && w->at_end ? w->end : 0; /* the last one needs none */
        }
        size_t at = (size_t)(mark - w->bytes), releases = 0;
        while (d->marks.release != 0 && at - releases > w->begin &&
               w->bytes[at - releases - 1] == d->marks.release) {
            releases++;
        }
        if (releases % 2 == 0) {
            return at + 1;
        }
        from = at + 1;
    }
    return 0;
}

static size_t read_segments(struct edi *d) {
    const struct window *w = &d->window;
    size_t at = w->begin, end;
    while (d->cell_count < CELLS_MAX / 2 && d->row_count < CELLS_MAX &&
           (end = segment_end(d, at)) != 0) {
        read_segment(d, at, end);
        at = end;
    }
    return at;
}

static int next_segments(void *state, struct segment *out, struct error *err) {
    struct edi *d = state;
    struct window *w = &d->window;
    d->cell_count = d->row_count = 0;
    (void)window_fill(w, NULL);
    size_t end = read_segments(d);
    if (d->failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the columns of an interchange");
    }
    if (end == w->begin) { /* what is left, or a segment larger than the window: as text */
        const bool open = bytes_trim(bytes_of(w->bytes + w->begin, w->end - w->begin)).len > 0;
        const int more = free_text_segment(w, NULL, 0, out, err);
        if (w->status != 0) {
            d->report->status = w->status;
        } else if (open && w->at_end && d->report->status == 0) {
            d->report->status = error_set(&d->report->error, YINMA_E_TRUNCATED,
                                          "the interchange ends inside a segment");
        }
        return more;
    }
    *out = (struct segment){.bytes = w->bytes,
                            .len = end,
                            .begin = w->begin,
                            .end = end,
                            .offset = w->offset,
                            .line = w->line,
                            .cells = d->cells,
                            .cell_count = d->cell_count,
                            .rows = d->marks_of_rows,
                            .row_count = d->row_count,
                            .gap_field = FIELD_FREE_TEXT,
                            .width_rule = w->width_rule,
                            .unescape = is_hl7(d) ? join_name : unescape,
                            .dialect = is_hl7(d) ? d->marks.component : d->marks.release};
    window_consume(w, end);
    return 1;
}

static void close_edi(void *state) {
    struct edi *d = state;
    if (d != NULL) {
        window_release(&d->window);
        free(d);
    }
}

static int open_edi(const struct decode_input *in, void **state, struct error *err) {
    struct edi *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for an interchange");
    }
    d->fields = in->fields;
    d->report = in->report;
    (void)find_marks(in->head.head, &d->marks);
    d->table = field_set_table(in->fields, BYTES_LIT(""));
    int status = window_init(&d->window, in->source, in->ops, in->width_rule, err);
    if (status != 0) {
        close_edi(d);
        return status;
    }
    d->window.err = &in->report->error;
    *state = d;
    return 0;
}

const struct decoder decoder_edi = {
    .name = "edi",
    .summary = "EDIFACT, X12, HL7 v2: every segment is a row, columns are tag, qualifier and place",
    .traits = 0,
    .bid = bid,
    .open = open_edi,
    .next = next_segments,
    .close = close_edi,
};
