/* What rules ask about a unit: its zones, its tables and the kinds that stand in them. */
#include <stdlib.h>

#include "judge/rule_run.h"
#include "result/people.h"

/* Where made-up data may stand in clear, and where it is taken for real. Rules for other places
 * hold whoever the data is about: nobody keeps test data on a public server. */
static const zone_set places_of_made_up_data =
    ZONE_BIT(ZONE_TEST) | ZONE_BIT(ZONE_SOURCE) | ZONE_BIT(ZONE_OTHER);

/* A dump's content is the database's content, so its rules hold in the backup too (contract,
 * section 1). */
static zone_set zones_for_rules(const struct unit_result *unit) {
    bool dump = (unit->facts->traits & UNIT_DUMP) != 0;
    bool backup = (unit->zones & ZONE_BIT(ZONE_BACKUP)) != 0;
    zone_set zones = dump && backup ? unit->zones | ZONE_BIT(ZONE_DB) : unit->zones;
    return unit->synthetic ? zones & ~places_of_made_up_data : zones;
}

static bool is_card_kind(const char *kind) {
    static const char *const kinds[] = {"card_number", "card_security_code", "card_expiry",
                                        "card_track"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kind, kinds[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int compare_tables(const void *a, const void *b) {
    const struct bytes x = ((const struct table_view *)a)->table;
    const struct bytes y = ((const struct table_view *)b)->table;
    size_t common = x.len < y.len ? x.len : y.len;
    int order = common == 0 ? 0 : memcmp(x.ptr, y.ptr, common);
    return order != 0 ? order : (x.len > y.len) - (x.len < y.len);
}

/* Neighbours of one name become one. */
static size_t merge_tables(struct table_view *tables, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && compare_tables(&tables[kept - 1], &tables[i]) == 0) {
            tables[kept - 1].kinds |= tables[i].kinds;
            tables[kept - 1].transaction |= tables[i].transaction;
        } else {
            tables[kept++] = tables[i];
        }
    }
    return kept;
}

static uint64_t people_in(const struct results *results, size_t first, size_t end) {
    struct people people;
    people_init(&people);
    for (size_t i = first; i < end; i++) {
        people_add(&people, &results->fields[i]);
    }
    uint64_t count = people_result(&people).count;
    people_release(&people);
    return count;
}

int unit_view_open(const struct judging *judging, struct unit_view *view) {
    size_t fields = view->end_field - view->first_field;
    view->zones = zones_for_rules(view->unit);
    view->people = judging->counts_people
                       ? people_in(judging->results, view->first_field, view->end_field)
                       : 0;
    view->tables = fields <= TABLES_AT_HAND ? view->at_hand : calloc(fields, sizeof *view->tables);
    if (view->tables == NULL) {
        return judging_out_of_memory(judging);
    }
    for (size_t i = view->first_field; i < view->end_field; i++) {
        const struct field_result *field = &judging->results->fields[i];
        if (field->confidence >= CONFIDENCE_LIKELY) {
            uint64_t kind = UINT64_C(1) << field->kind_number;
            view->kinds |= kind;
            view->tables[view->table_count++] =
                (struct table_view){field->field->table, kind, is_card_kind(field->kind)};
            /* most fields stand in the table of the one before */
            size_t last = view->table_count < 2 ? 0 : view->table_count - 2;
            view->table_count = last + merge_tables(view->tables + last, view->table_count - last);
        }
    }
    if (view->table_count > 1) {
        qsort(view->tables, view->table_count, sizeof *view->tables, compare_tables);
        view->table_count = merge_tables(view->tables, view->table_count);
    }
    return 0;
}

void unit_view_close(struct unit_view *view) {
    if (view->tables != view->at_hand) {
        free(view->tables);
    }
    view->tables = NULL;
}

const struct table_view *unit_view_table(const struct unit_view *view, struct bytes table) {
    const struct table_view wanted = {.table = table};
    return bsearch(&wanted, view->tables, view->table_count, sizeof wanted, compare_tables);
}
