/* Is it delimited text? Bits of evidence for the rows of the table. */
#include "core/program_text.h"
#include "decode/decoder.h"
#include "decode/delimited/sniff.h"
#include "decode/head_notes.h"
#include "decode/line_shape.h"

enum { SINGLE_COLUMN_BID = 3 };

/* Does what parts the fields stand behind the last one in most lines, as in program text? */
static bool ends_lines(const struct delimited_dialect *dialect, struct bytes sample) {
    size_t lines = 0, ended = 0;
    for (size_t at = dialect->first_row; at < sample.len;) {
        struct bytes rest = bytes_from(sample, at);
        const uint8_t *newline = memchr(rest.ptr, '\n', rest.len);
        struct bytes line =
            bytes_first(rest, newline == NULL ? rest.len : (size_t)(newline - rest.ptr));
        at += line.len + 1;
        line = bytes_trim(line);
        lines += line.len > 0;
        ended += line.len > 0 && line.ptr[line.len - 1] == dialect->marks.delimiter;
    }
    return ended * 2 >= lines;
}

/* Is it a form? Then text has labels. The decoder will ask, too. */
static bool is_form(const struct decode_head *head, struct bytes sample,
                    struct delimited_dialect *dialect) {
    bool form = !dialect->declared && delimited_is_form(sample, dialect);
    if (head->notes != NULL) {
        head->notes->dialect.form = dialect->form;
    }
    return form;
}

/* Do the lines read like something else? */
static bool reads_otherwise(const struct line_shapes *shapes) {
    return shapes->statements > 0 || shapes->stamped * 2 >= shapes->lines ||
           shapes->several * 2 >= shapes->lines || shapes->objects * 2 >= shapes->lines ||
           shapes->tagged * 2 >= shapes->lines;
}

/* Bits of evidence that SAMPLE is split by the delimiter that was found. The header is looked for
 * last: that costs most. */
static unsigned evidence(const struct decode_head *head, struct bytes sample,
                         struct delimited_dialect *dialect) {
    bool named =
        name_ends_in(head->name, BYTES_LIT(".csv")) || name_ends_in(head->name, BYTES_LIT(".tsv"));
    if (named || dialect->declared) {
        unsigned bits = dialect->agreement >= 90 ? DELIMITED_BITS : DELIMITED_BITS - 1;
        return is_form(head, sample, dialect) ? 0 : bits;
    }
    if (dialect->agreement < 80 || name_ends_in_one_of(head->name, program_text_endings) ||
        (dialect->columns == 2 && dialect->marks.delimiter == ';' && ends_lines(dialect, sample))) {
        return 0;
    }
    struct line_shapes shapes = line_shapes_of_head(head);
    if (reads_otherwise(&shapes) || is_form(head, sample, dialect)) {
        return 0;
    }
    delimited_find_header(sample, dialect, head->notes == NULL ? NULL : head->notes->headers);
    bool header = dialect->header != SIZE_MAX;
    if ((shapes.paired * 2 >= shapes.lines && !header) || dialect->records < 2 ||
        (dialect->prose && (dialect->columns < 4 || dialect->records < 5))) {
        return 0;
    }
    /* Two short lines with a comma each are a letter as often as a table. */
    if (!header && dialect->columns == 2 && dialect->records < 5) {
        return dialect->marks.delimiter == '\t' ? 2 : 0;
    }
    return (dialect->columns > 2 ? 4U : 3U) + header + (dialect->agreement >= 90);
}

/* Program text parts its fields only where somebody says so; a first line may. */
static bool is_program(const struct decode_head *head) {
    struct bytes start = head->head;
    start = bytes_starts_with(start, BYTES_LIT("\xEF\xBB\xBF")) ? bytes_from(start, 3) : start;
    return head->delimiter.len == 0 && name_ends_in_one_of(head->name, program_text_endings) &&
           !bytes_equal_ignoring_case(bytes_first(start, 4), BYTES_LIT("sep="));
}

static unsigned delimited_bid(const struct decode_head *head, struct delimited_dialect *dialect) {
    struct bytes sample = bytes_first(head->head, DELIMITED_SAMPLE_BYTES);
    bool whole = head->whole && sample.len == head->head.len;
    if (is_program(head)) {
        return 0;
    }
    if (delimited_split_head(head, sample, whole, dialect)) {
        return evidence(head, sample, dialect);
    }
    bool tabs = name_ends_in(head->name, BYTES_LIT(".tsv"));
    bool table = tabs || name_ends_in(head->name, BYTES_LIT(".csv"));
    if (!table || !delimited_sniff_single(sample, whole, dialect)) {
        return 0;
    }
    dialect->marks.delimiter = tabs ? '\t' : ',';
    return SINGLE_COLUMN_BID;
}

unsigned delimited_csv_bid(const struct decode_head *head) {
    struct delimited_dialect dialect;
    unsigned bits = delimited_bid(head, &dialect);
    return bits > 0 && dialect.marks.delimiter != '\t' ? bits : 0;
}

unsigned delimited_tsv_bid(const struct decode_head *head) {
    struct delimited_dialect dialect;
    if (!name_ends_in(head->name, BYTES_LIT(".tsv")) &&
        (head->head.len == 0 || memchr(head->head.ptr, '\t', head->head.len) == NULL)) {
        return 0;
    }
    unsigned bits = delimited_bid(head, &dialect);
    return bits > 0 && dialect.marks.delimiter == '\t' ? bits : 0;
}
