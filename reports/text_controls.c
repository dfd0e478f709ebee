#include "reports/text_controls.h"

#include <string.h>

#include "core/utf8.h"
#include "reports/translate.h"

/* A cell that grows number by number and remembers where it could end. */
struct controls_cell {
    struct text_buffer *out;
    const struct text_row *row;
    size_t width;
    size_t put;   /* numbers */
    bool below;   /* within the brackets of a requirement */
    bool full;    /* what came last did not fit */
    size_t good;  /* length of the text up to the last number that fits … */
    size_t count; /* … how many those are … */
    bool open;    /* … and whether a bracket is to be closed behind them */
};

static const char *section_of(const struct rule *rule) {
    return rule->printed != NULL ? rule->printed : rule->section;
}

static bool child_of(const struct rule *rule, const struct rule *parent) {
    return rule->parent != NULL && strcmp(rule->parent, parent->id) == 0;
}

static bool parent_is_there(const struct text_row *row, const struct rule *rule) {
    for (size_t i = 0; i < row->violation_count; i++) {
        if (child_of(rule, row->violations[i]->rule)) {
            return true;
        }
    }
    return false;
}

/* " +2", of those that do not stand in the cell. */
static size_t put_rest(struct text_buffer *out, size_t rest) {
    size_t before = out->len;
    if (rest > 0) {
        text_buffer_printf(out, " +%zu", rest);
    }
    return out->len - before;
}

/* Could the cell end here? */
static void consider(struct controls_cell *cell) {
    size_t rest = cell->row->violation_count - cell->put;
    size_t width = utf8_width(text_buffer_view(cell->out)) + (cell->below ? 1 : 0);
    size_t len = cell->out->len;
    width += put_rest(cell->out, rest);
    cell->out->len = len;
    if (width <= cell->width || cell->good == 0) {
        cell->good = len;
        cell->count = cell->put;
        cell->open = cell->below;
    }
    /* the count behind it may be what is too much: the next one decides */
    cell->full = utf8_width(text_buffer_view(cell->out)) > cell->width;
}

/* SEPARATOR, its document where PREFIX names one, its number, " [+7 columns]" for a rule that is
 * told once and names its other columns in `with`. */
static void put_number(struct controls_cell *cell, const char *separator, const char *prefix,
                       const struct violation *violation) {
    if (cell->full) {
        return;
    }
    text_buffer_printf(cell->out, "%s%s%s%s", separator, prefix, prefix[0] != '\0' ? "/" : "",
                       section_of(violation->rule));
    if (violation->with_count > 0 && violation->with[0].kind != NULL) {
        text_buffer_printf(cell->out,
                           plural_(" [+%u column]", " [+%u columns]", violation->with_count),
                           violation->with_count);
    }
    cell->put++;
    consider(cell);
}

/* " (5.3.6.1, 5.3.6.2)": the checks under a requirement that is broken too. */
static void put_below(struct controls_cell *cell, const struct rule *parent) {
    const struct text_row *row = cell->row;
    bool first = true;
    for (size_t i = 0; i < row->violation_count; i++) {
        if (child_of(row->violations[i]->rule, parent)) {
            cell->below = true;
            put_number(cell, first ? " (" : ", ", "", row->violations[i]);
            first = false;
        }
    }
    if (!first && !cell->full) {
        text_buffer_putc(cell->out, ')');
        cell->below = false;
        consider(cell);
    }
    cell->below = false;
}

static bool met_before(const struct text_row *row, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (strcmp(row->violations[i]->rule->document, row->violations[index]->rule->document) ==
            0) {
            return true;
        }
    }
    return false;
}

static void put_document(struct controls_cell *cell, const char *document) {
    const struct text_row *row = cell->row;
    bool first = true;
    for (size_t i = 0; i < row->violation_count; i++) {
        const struct rule *rule = row->violations[i]->rule;
        if (strcmp(rule->document, document) != 0 || parent_is_there(row, rule)) {
            continue;
        }
        put_number(cell,
                   !first          ? ", "
                   : cell->put > 0 ? "; "
                                   : "",
                   first ? document : "", row->violations[i]);
        put_below(cell, rule);
        first = false;
    }
}

void text_controls(struct text_buffer *out, const struct text_row *row, size_t width) {
    struct controls_cell cell = {.out = out, .row = row, .width = width};
    for (size_t i = 0; i < row->violation_count; i++) {
        if (!met_before(row, i)) {
            put_document(&cell, row->violations[i]->rule->document);
        }
    }
    if (!out->failed) {
        out->len = cell.good;
    }
    text_buffer_puts(out, cell.open ? ")" : "");
    put_rest(out, row->violation_count - cell.count);
}
