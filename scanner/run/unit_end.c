#include "run/unit_end.h"

#include "judge/dump_end.h"
#include "run/unit_scan.h"

/* Is NAME ("shop.payments") the table WANTED ("payments", or the same with schema)? */
static bool is_table(struct bytes name, const char *wanted) {
    struct bytes text = bytes_of_string(wanted);
    return bytes_equal(name, text) ||
           (name.len > text.len + 1 && name.ptr[name.len - text.len - 1] == '.' &&
            bytes_ends_with(name, text));
}

/* Which of the tables that the configuration expects are there? */
static uint64_t tables_seen(const struct config *config, const struct field_set *fields) {
    uint64_t seen = 0;
    unsigned wanted = config == NULL ? 0 : config->expected_table_count;
    for (uint32_t i = 0; wanted > 0 && i < field_set_table_count(fields); i++) {
        const struct table *table = field_set_table_view(fields, i);
        for (unsigned k = 0; k < wanted && table->storage <= STORAGE_LIVE; k++) {
            bool is_it = is_table(table->name, config->expected_tables[k]);
            seen |= is_it ? UINT64_C(1) << k : 0;
        }
    }
    return seen;
}

/* A dump whose last comment is missing ended where it was cut off. */
static void check_end(const struct engine *engine, const struct unit_dates *dates,
                      struct unit_facts *facts) {
    if (!dates->dump) {
        return;
    }
    enum dump_end end = dump_end_of(unit_dates_head(dates), unit_dates_tail(dates));
    if (end == DUMP_END_MARKED) {
        facts->traits |= UNIT_END_MARK;
    } else if (end == DUMP_END_MISSING && facts->status == COVERAGE_SCANNED) {
        unit_set_coverage(engine->kinds.items, facts, COVERAGE_PARTIAL, YINMA_E_TRUNCATED,
                          "the dump was cut off: the comment that ends it is missing");
    }
}

void unit_end_note(const struct engine *engine, const struct field_set *fields,
                   const struct unit_dates *dates, struct unit_facts *facts) {
    facts->tables_seen = tables_seen(engine->config, fields);
    if (dates != NULL) {
        check_end(engine, dates, facts);
    }
}
