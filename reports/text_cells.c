#include "reports/text_cells.h"

#include "core/utf8.h"
#include "reports/naming.h"
#include "reports/text_controls.h"
#include "reports/translate.h"

enum { FIELD_WIDTH_MAX = 40, KIND_WIDTH_MAX = 28, CONTROLS_WIDTH_MAX = 60 };

static const char *const severity_labels[] = {
    [SEVERITY_NONE] = "-",
    [SEVERITY_LOW] = N_("low"),
    [SEVERITY_MEDIUM] = N_("medium"),
    [SEVERITY_HIGH] = N_("high"),
    [SEVERITY_CRITICAL] = N_("critical"),
};

void text_cells_init(struct text_cells *cells) {
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        text_buffer_init(&cells->text[i], 0);
    }
}

void text_cells_release(struct text_cells *cells) {
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        text_buffer_release(&cells->text[i]);
    }
}

static void clear(struct text_cells *cells) {
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        text_buffer_clear(&cells->text[i]);
    }
}

void text_cells_head(struct text_cells *cells) {
    static const char *const heads[COLUMN_COUNT] = {
        [COLUMN_SEVERITY] = N_("severity"),   [COLUMN_FIELD] = N_("field"),
        [COLUMN_KIND] = N_("kind"),           [COLUMN_CLEAR] = N_("clear"),
        [COLUMN_WEAK] = N_("weak"),           [COLUMN_MASKED] = N_("masked"),
        [COLUMN_ENCRYPTED] = N_("encrypted"), [COLUMN_CONTROLS] = N_("controls"),
        [COLUMN_EXAMPLE] = N_("example"),
    };
    clear(cells);
    cells->row = NULL;
    cells->column_at = cells->example_width = 0;
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        text_buffer_puts(&cells->text[i], translate_row(heads[i]));
    }
}

/* Returns where the column begins. */
static size_t put_field_name(struct text_buffer *out, const struct field_facts *place) {
    if (place == NULL || (place->table.len == 0 && place->column.len == 0)) {
        text_buffer_puts(out, place == NULL ? "" : _("(text)"));
        return 0;
    }
    terminal_safe(out, place->table);
    size_t column = out->len;
    if (place->table.len > 0 && place->column.len > 0) {
        text_buffer_putc(out, '.');
    }
    terminal_safe(out, place->column);
    name_storage(out, place);
    return column;
}

void text_place(struct text_buffer *out, const struct example *example) {
    if (example->row != 0) {
        text_buffer_printf(out, _("row %llu"), (unsigned long long)example->row);
    } else if (example->line != 0) {
        text_buffer_printf(out, _("line %llu"), (unsigned long long)example->line);
    } else if (example->offset != UINT64_MAX) {
        text_buffer_printf(out, _("byte %llu"), (unsigned long long)example->offset);
    }
}

/* The first example of the worst state: what somebody would look up. */
static const struct example *telling_example(const struct text_row *row) {
    for (size_t i = 0; i < row->violation_count; i++) {
        if (row->violations[i]->example_count > 0) {
            return row->violations[i]->examples[0];
        }
    }
    for (unsigned state = 0; row->field != NULL && state < STATE_COUNT; state++) {
        if (row->field->facts->example_count[state] > 0) {
            return &row->field->facts->examples[state][0];
        }
    }
    return NULL;
}

/* Column, its table when that is another one, its unit. */
static void partner_name(struct text_buffer *out, const struct violation_partner *partner) {
    if (partner->sampled != 0 && partner->place->table.len > 0) {
        terminal_safe(out, partner->place->table);
        text_buffer_putc(out, '.');
    }
    terminal_safe(out, partner->place->column);
    if (partner->unit.len > 0) {
        struct text_buffer unit;
        text_buffer_init(&unit, 0);
        terminal_safe(&unit, partner->unit);
        text_buffer_printf(out, _(" in %s"), text_buffer_string(&unit));
        text_buffer_release(&unit);
    }
}

/* The rows were found by a key, in samples. */
static void put_sampled(struct text_buffer *out, const struct violation_partner *partner) {
    struct text_buffer key;
    text_buffer_init(&key, 0);
    terminal_safe(&key, partner->key);
    text_buffer_printf(out, _(" (by %s, about %llu rows, from a sample of %llu)"),
                       text_buffer_string(&key), (unsigned long long)partner->count,
                       (unsigned long long)partner->sampled);
    text_buffer_release(&key);
}

/* What another column of the row gives away together with this one. */
static void put_partner(struct text_buffer *out, const struct violation_partner *partner) {
    struct text_buffer name;
    text_buffer_init(&name, 0);
    partner_name(&name, partner);
    if (partner->residual_min == 1) {
        text_buffer_printf(out, _(" (complete together with %s)"), text_buffer_string(&name));
    } else if (partner->residual_min != 0) {
        text_buffer_printf(out, _(" (together with %s only %llu values fit)"),
                           text_buffer_string(&name), (unsigned long long)partner->residual_min);
    }
    text_buffer_release(&name);
    if (partner->sampled != 0) {
        put_sampled(out, partner);
    }
}

/* One document is content with what another forbids: both are told. */
static void put_related(struct text_buffer *out, const struct violation *violation) {
    for (unsigned i = 0; i < violation->related_count; i++) {
        if (violation->related[i].verdict == RULE_HELD) {
            text_buffer_printf(out, _(" (%s holds)"), violation->related[i].rule->id);
        }
    }
    name_missed(out, violation, translate_row);
}

/* What is too old, by the strictest rule, and what must not be deleted all the same. */
static void put_age(struct text_buffer *out, const struct text_row *row) {
    char text[PERIOD_TEXT];
    const struct violation *strictest = NULL;
    for (size_t i = 0; i < row->violation_count; i++) {
        const struct violation *violation = row->violations[i];
        bool stricter = strictest == NULL || violation->age.before > strictest->age.before;
        if (violation->age.dated_by != DATED_BY_NOTHING && stricter) {
            strictest = violation;
        }
    }
    if (strictest == NULL) {
        return;
    }
    day_text(strictest->age.before, text);
    text_buffer_printf(out, _(" (%llu from before %s)"), (unsigned long long)strictest->count,
                       text);
    for (unsigned i = 0; i < strictest->keep_count; i++) {
        const struct violation_keep *keep = &strictest->keeps[i];
        rule_period_print(&keep->at_least, text);
        text_buffer_printf(out, _(" (%s/%s: keep at least %s)"), keep->pack, keep->section, text);
    }
}

static void put_notes(struct text_buffer *out, const struct text_row *row) {
    const struct field_result *field = row->field;
    if (field != NULL && field->dummies > 0 && field->dummies == field->count[STATE_CLEAR]) {
        text_buffer_puts(out, _(" (test values only)"));
    }
    if (field != NULL && field->overlap != NULL && field->overlap->asked > 0 &&
        overlap_is_real(field->overlap)) {
        text_buffer_printf(out, _(" (about %llu are those of real people, by the reference)"),
                           (unsigned long long)field->overlap->values);
    }
    if (field != NULL && field->name_disagrees) {
        text_buffer_puts(out, _(" (the field's name says otherwise)"));
    }
    for (size_t i = 0; i < row->violation_count; i++) {
        for (unsigned j = 0; j < row->violations[i]->with_count; j++) {
            put_partner(out, &row->violations[i]->with[j]);
        }
        put_related(out, row->violations[i]);
    }
    put_age(out, row);
}

/* Returns the width of the example itself, which is not cut. */
static size_t put_example(struct text_buffer *out, const struct text_row *row) {
    const struct example *example = telling_example(row);
    if (example != NULL) {
        text_place(out, example);
        text_buffer_puts(out, out->len > 0 && example->shown[0] != '\0' ? " " : "");
        terminal_safe(out, bytes_of_string(example->shown));
    }
    size_t width = utf8_width(text_buffer_view(out));
    put_notes(out, row);
    return width;
}

static void put_counts(struct text_cells *cells, const struct text_row *row) {
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        struct text_buffer *out = &cells->text[COLUMN_CLEAR + state];
        if (row->field != NULL && row->field->count[state] > 0) {
            terminal_number(out, row->field->count[state]);
        } else {
            text_buffer_putc(out, '-');
        }
    }
}

void text_cells_row(struct text_cells *cells, const struct text_row *row) {
    clear(cells);
    cells->row = row;
    struct text_buffer *severity = &cells->text[COLUMN_SEVERITY];
    text_buffer_puts(severity, translate_row(severity_labels[row->severity]));
    if (row->known) {
        text_buffer_puts(severity, _(" (known)"));
    }
    cells->column_at = put_field_name(&cells->text[COLUMN_FIELD], row->place);
    struct text_buffer *kind = &cells->text[COLUMN_KIND];
    if (row->field != NULL) {
        const char *title = translate_row(row->field->kind_title);
        text_buffer_puts(kind, title[0] != '\0' ? title : row->field->kind);
    } else if (row->role != NULL) {
        text_buffer_printf(kind, "%s: ", row->role);
        terminal_number(kind, row->violations[0]->count);
    } else if (row->violations[0]->kind != NULL) {
        text_buffer_puts(kind, row->violations[0]->kind);
    }
    put_counts(cells, row);
    text_controls(&cells->text[COLUMN_CONTROLS], row, SIZE_MAX);
    cells->example_width = put_example(&cells->text[COLUMN_EXAMPLE], row);
    text_cells_fit(cells, COLUMN_FIELD, FIELD_WIDTH_MAX);
    text_cells_fit(cells, COLUMN_KIND, KIND_WIDTH_MAX);
    text_cells_fit(cells, COLUMN_CONTROLS, CONTROLS_WIDTH_MAX);
}

void text_cells_fit(struct text_cells *cells, enum text_column column, size_t width) {
    struct text_buffer *out = &cells->text[column];
    if (utf8_width(text_buffer_view(out)) <= width) {
        return;
    }
    if (column == COLUMN_EXAMPLE && cells->example_width > width) {
        text_buffer_clear(out); /* half an example tells nothing */
    } else if (column == COLUMN_FIELD) {
        terminal_fit_before(out, cells->column_at, width);
    } else if (column == COLUMN_CONTROLS && cells->row != NULL) {
        text_buffer_clear(out);
        text_controls(out, cells->row, width);
    } else {
        terminal_cut(out, width);
    }
}
