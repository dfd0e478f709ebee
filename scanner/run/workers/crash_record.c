#include "run/workers/crash_record.h"

#include "run/named_facts.h"

static int commit_failure(kind_list kinds, struct ledger *ledger, struct frame_unit place,
                          struct bytes name, unsigned traits, int code, const char *detail,
                          struct error *err) {
    struct unit_facts *facts = named_facts_gap(kinds, name, traits, COVERAGE_FAILED, code, detail);
    return facts == NULL ? error_set(err, YINMA_E_MEMORY, "no memory for the record of a crash")
                         : ledger_commit(ledger, place, facts);
}

int crash_record_open(kind_list kinds, struct ledger *ledger, const struct work_item *item,
                      int code, const char *detail, bool *whole_out, struct error *err) {
    *whole_out = false;
    if (ledger->open_count == 0) {
        return 0;
    }
    struct ledger_open *open = &ledger->open[ledger->open_count - 1];
    struct frame_unit place = {.seq = open->seq, .end = ledger->begun};
    *whole_out = bytes_equal(open->name, bytes_of_string(item->name));
    return commit_failure(kinds, ledger, place, open->name,
                          *whole_out && item->named ? (unsigned)UNIT_NAMED : 0, code, detail, err);
}

int crash_record_rest(kind_list kinds, struct ledger *ledger, const struct work_item *item,
                      int code, const char *detail, struct error *err) {
    const struct frame_unit last = {.seq = UINT64_MAX - 1, .end = UINT64_MAX};
    ledger_close(ledger);
    int rc =
        ledger_begin(ledger, (struct frame_begin){.seq = last.seq}, bytes_of_string(item->name));
    return rc < 0 ? error_set(err, rc, "no memory for the record of a crash")
                  : commit_failure(kinds, ledger, last, bytes_of_string(item->name),
                                   item->named ? UNIT_NAMED : 0, code, detail, err);
}
