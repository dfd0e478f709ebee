/* Which rules are broken, worst first, and by how many fields. */
#include <stdlib.h>

#include "reports/naming.h"
#include "reports/text_closing.h"
#include "reports/translate.h"

struct broken {
    const struct rule *rule;
    enum severity severity; /* of the worst violation that is not accepted */
    size_t fields;
};

static int worst_first(const void *a, const void *b) {
    const struct broken *x = a, *y = b;
    int order = (x->severity < y->severity) - (x->severity > y->severity);
    if (order == 0) {
        order = (x->fields < y->fields) - (x->fields > y->fields);
    }
    return order != 0 ? order : strcmp(x->rule->id, y->rule->id);
}

struct broken_list {
    struct broken *items;
    size_t count, room;
};

/* The entry of RULE; NULL when memory is out. */
static struct broken *entry_of(struct broken_list *list, const struct rule *rule) {
    for (size_t i = 0; i < list->count; i++) { /* packs have some dozens of rules */
        if (list->items[i].rule == rule) {
            return &list->items[i];
        }
    }
    if (list->count == list->room) {
        size_t room = 2 * list->room + 16;
        struct broken *larger = reallocarray(list->items, room, sizeof *larger);
        if (larger == NULL) {
            return NULL;
        }
        list->items = larger;
        list->room = room;
    }
    list->items[list->count] = (struct broken){rule, SEVERITY_NONE, 0};
    return &list->items[list->count++];
}

/* Returns how many rules the results break; in *OUT, to be freed, NULL when memory is out. */
static size_t broken_rules(const struct results *results, struct broken **out) {
    struct broken_list list = {calloc(1, sizeof *list.items), 0, 1};
    *out = NULL;
    for (size_t i = 0; list.items != NULL && i < results->violation_count; i++) {
        const struct violation *violation = &results->violations[i];
        enum severity severity = violation->known ? SEVERITY_NONE : violation->severity;
        struct broken *entry = entry_of(&list, violation->rule);
        if (entry == NULL) {
            free(list.items);
            return 0;
        }
        entry->fields++;
        entry->severity = severity > entry->severity ? severity : entry->severity;
    }
    *out = list.items;
    if (list.count > 1) {
        qsort(list.items, list.count, sizeof *list.items, worst_first);
    }
    return list.count;
}

static void put_rule(struct text_report *report, const struct broken *broken, size_t width) {
    enum { PLACES_WIDTH = 11 };
    const struct rule *rule = broken->rule;
    struct text_buffer places;
    text_buffer_init(&places, 0);
    text_buffer_printf(&places, plural_("%zu place", "%zu places", broken->fields), broken->fields);
    report_printf(report->terminal.sink, "  %-*s  ", (int)width, rule->id);
    terminal_cell(&report->terminal, text_buffer_view(&places), PLACES_WIDTH, SIDE_RIGHT);
    text_buffer_release(&places);
    text_buffer_printf(&report->line, "  %s",
                       pack_text(report->options, rule->title.en, rule->title.zh));
    if (report->options->width > width + PLACES_WIDTH + 4) {
        terminal_cut(&report->line, report->options->width - width - PLACES_WIDTH - 4);
    }
    text_report_line(report);
}

void text_report_rules(struct text_report *report) {
    struct broken *rules;
    size_t count = broken_rules(report->results, &rules), width = 0;
    /* "one more" takes a line as well */
    size_t shown = count <= report->screen.rules ? count : report->screen.rules - 1;
    if (rules == NULL) {
        report->line.failed = true;
        return;
    }
    for (size_t i = 0; i < shown; i++) {
        size_t len = strlen(rules[i].rule->id);
        width = len > width ? len : width;
    }
    for (size_t i = 0; i < shown; i++) {
        if (i == 0) {
            report_putc(report->terminal.sink, '\n');
        }
        put_rule(report, &rules[i], width);
    }
    if (shown < count) {
        size_t more = count - shown;
        text_buffer_puts(&report->line, "  … ");
        if (shown > 0) {
            text_buffer_printf(&report->line,
                               plural_("%zu more rule is broken; -v shows all",
                                       "%zu more rules are broken; -v shows all", more),
                               more);
        } else {
            text_buffer_printf(&report->line,
                               plural_("%zu rule is broken; -v shows all",
                                       "%zu rules are broken; -v shows all", more),
                               more);
        }
        text_report_line(report);
    }
    free(rules);
}
