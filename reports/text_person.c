/* The text report of `scan --find`: whom it was asked for, in which columns that person stands,
 * when an answer is due. */
#include <stdlib.h>

#include "core/day.h"
#include "core/utf8.h"
#include "reports/text_closing.h"
#include "reports/translate.h"
#include "result/found_rows.h"

enum { PLACES_SHOWN = 3 };

static const char *const sorts[FOUND_SORTS] = {
    [FOUND_VALUE] = N_("the value"),
    [FOUND_COULD_BE] = N_("could be"),
    [FOUND_DIGEST] = N_("its digest"),
};

/* ---- who ---- */

static void put_total(struct text_buffer *line, const struct identifier_asked *asked) {
    const char *before = "";
    for (unsigned sort = 0; sort < FOUND_SORTS; sort++) {
        if (asked->total[sort] != 0) {
            text_buffer_printf(line, "%s%s ", before, translate_row(sorts[sort]));
            terminal_number(line, asked->total[sort]);
            text_buffer_puts(line, "×");
            before = _(", ");
        }
    }
    if (*before == '\0') {
        text_buffer_puts(line, _("nowhere in what was read"));
    }
    if (asked->many_share_it) {
        text_buffer_puts(line, _("  (may be somebody else's)"));
    }
}

static void put_identifiers(struct text_report *report) {
    const struct person_asked *person = &report->results->person;
    size_t width = 0;
    for (unsigned i = 0; i < person->count; i++) {
        size_t own = utf8_width(bytes_of_string(translate_row(person->identifiers[i].kind_title)));
        width = own > width ? own : width;
    }
    text_buffer_puts(&report->line, _("Looked for:"));
    text_report_line(report);
    for (unsigned i = 0; i < person->count; i++) {
        const char *title = translate_row(person->identifiers[i].kind_title);
        size_t blanks = width - utf8_width(bytes_of_string(title));
        text_buffer_printf(&report->line, "  %2u  %s%*s  ", i + 1, title, (int)blanks, "");
        put_total(&report->line, &person->identifiers[i]);
        text_report_line(report);
    }
}

/* ---- where ---- */

static bool same_line(const struct found_place *a, const struct found_place *b) {
    return a->field == b->field && a->identifier == b->identifier && a->sort == b->sort;
}

static void put_position(struct text_buffer *line, const struct found_place *place) {
    struct example example = {.row = place->row, .line = place->line, .offset = place->offset};
    text_place(line, &example);
}

/* The first places that are like the one at FIRST; with -v all of them. */
static void put_positions(struct text_report *report, const struct found_places *found,
                          uint32_t first) {
    const struct found_place *place = &found->places[first];
    uint64_t count = 0, shown = 0;
    for (uint32_t i = first; i < found->count; i++) {
        if (same_line(&found->places[i], place)) {
            count++;
            if (shown < PLACES_SHOWN || report->options->all_units) {
                text_buffer_puts(&report->line, shown++ == 0 ? "  " : _(", "));
                put_position(&report->line, &found->places[i]);
            }
        }
    }
    if (count > shown) {
        text_buffer_puts(&report->line, " … ");
        text_buffer_printf(&report->line,
                           plural_("(%llu place)", "(%llu places)", (unsigned long)count),
                           (unsigned long long)count);
    }
}

static void put_column(struct text_report *report, const struct unit_facts *unit,
                       const struct found_place *place) {
    struct text_buffer *line = &report->line;
    const struct field_facts *field = found_field(unit, place->field);
    if (place->in_name) {
        text_buffer_puts(line, _("(name of the file)"));
        return;
    }
    if (field != NULL && field->table.len != 0) {
        terminal_safe(line, field->table);
        text_buffer_putc(line, '.');
    }
    if (field != NULL && field->column.len != 0) {
        terminal_safe(line, field->column);
    } else {
        text_buffer_puts(line, _("(text)"));
    }
    if (field != NULL && field->storage > STORAGE_LIVE) {
        text_buffer_printf(line, " [%s]", storage_name(field->storage));
    }
}

static void put_sort(struct text_report *report, const struct found_place *place) {
    struct text_buffer *line = &report->line;
    const struct identifier_asked *asked = &report->results->person.identifiers[place->identifier];
    text_buffer_printf(line, "  %u %s: %s", place->identifier + 1U,
                       translate_row(asked->kind_title), translate_row(sorts[place->sort]));
    if (place->shown[0] != '\0') {
        text_buffer_putc(line, ' ');
        terminal_safe(line, bytes_of_string(place->shown));
    }
    if (place->candidates > 1) {
        struct text_buffer number;
        text_buffer_init(&number, 0);
        terminal_number(&number, place->candidates);
        text_buffer_printf(line, _(" (1 of %s that fit)"), text_buffer_string(&number));
        text_buffer_release(&number);
    }
}

/* "orders row 2 (1, 2, 5)": the rows in which several of the values fit. */
static void put_rows(struct text_report *report, const struct unit_facts *unit) {
    enum { ROWS_SHOWN = 5 };
    struct text_buffer *line = &report->line;
    struct found_row *rows;
    size_t count;
    line->failed |= !found_rows_of(unit, &rows, &count);
    size_t shown = report->options->all_units || count < ROWS_SHOWN ? count : ROWS_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        const char *before = "";
        text_buffer_puts(line, i == 0 ? _("  several of them in ") : _(", "));
        if (rows[i].field != NULL && rows[i].field->table.len != 0) {
            terminal_safe(line, rows[i].field->table);
            text_buffer_putc(line, ' ');
        }
        text_buffer_printf(line, _("row %llu"), (unsigned long long)rows[i].row);
        text_buffer_puts(line, " (");
        for (unsigned n = 0; n < IDENTIFIERS_MAX; n++) {
            if ((rows[i].identifiers >> n & 1) != 0) {
                text_buffer_printf(line, "%s%u", before, n + 1);
                before = ", ";
            }
        }
        text_buffer_putc(line, ')');
    }
    if (count > shown) {
        text_buffer_puts(line, " … ");
        text_buffer_printf(line, plural_("(%zu row)", "(%zu rows)", count), count);
    }
    free(rows);
    if (shown != 0) {
        text_report_line(report);
    }
}

/* A line for every column, identifier and sort, in the order of the data. */
static void put_unit(struct text_report *report, uint32_t number) {
    const struct unit_facts *unit = report->results->units[number].facts;
    const struct found_places *found = &unit->found;
    text_report_unit(report, number);
    for (uint32_t i = 0; i < found->count; i++) {
        bool told = false;
        for (uint32_t before = 0; before < i && !told; before++) {
            told = same_line(&found->places[before], &found->places[i]);
        }
        if (told) {
            continue;
        }
        text_buffer_puts(&report->line, "  ");
        put_column(report, unit, &found->places[i]);
        put_sort(report, &found->places[i]);
        put_positions(report, found, i);
        text_report_line(report);
    }
    put_rows(report, unit);
}

/* ---- what follows ---- */

static void put_duties(struct text_report *report) {
    const char *asked = report->results->run.as_of;
    struct text_buffer *line = &report->line;
    int32_t day = day_read(bytes_of_string(asked));
    report_putc(report->terminal.sink, '\n');
    if (day != DAY_NONE) {
        char due[DAY_TEXT];
        day_text(day + ANSWER_DAYS, due);
        text_buffer_printf(line,
                           _("A query or a copy is answered within %d days: by %s when it came on "
                             "%s; the record of the request is kept (platform/3.4.1.5)."),
                           ANSWER_DAYS, due, asked);
        text_report_line(report);
        day_text(day + DISPUTE_DAYS, due);
        text_buffer_printf(line,
                           _("A dispute, or a request to stop, is answered within %d days: by %s "
                             "when it came on %s (platform/3.6.4.2); run this again afterwards."),
                           DISPUTE_DAYS, due, asked);
        text_report_line(report);
    }
    text_buffer_puts(line, _("Nobody can tell from outside: keyed or salted digests, ciphertext, "
                             "masks that show nothing, pictures."));
    text_report_line(report);
}

void text_report_person(struct text_report *report) {
    const struct results *results = report->results;
    put_identifiers(report);
    report_putc(report->terminal.sink, '\n');
    for (size_t i = 0; i < results->unit_count; i++) {
        if (results->units[i].facts->found.count != 0) {
            put_unit(report, (uint32_t)i);
        }
    }
    put_duties(report);
    if (results->summary.partial) {
        text_buffer_puts(&report->line, _("Interrupted: this is what was found until then."));
        text_report_line(report);
    }
    text_report_gaps(report);
    text_buffer_puts(&report->line, results->summary.status == 0
                                        ? _("Exit status 0: all was read.")
                                        : _("The answer is not complete."));
    text_report_line(report);
}
