/* ledger_line.h - what a ledger (result/run_chain.h) keeps of a run, as one JSON object without its
 * digest. Not a --format: a line belongs to a file of them. */
#ifndef YINMA_REPORTS_LEDGER_LINE_H
#define YINMA_REPORTS_LEDGER_LINE_H

#include "reports/report.h"

struct ledger_report {
    const char *format, *file, *sha256; /* file: concealed */
};

struct ledger_facts {
    uint64_t number;
    char previous[65];   /* digest of the line before */
    bool after_cut;      /* that line is cut off */
    char run_sha256[65]; /* of the run record */
    time_t time;
    const struct ledger_report *reports; /* the files that were written */
    size_t report_count;
};

/* Asks for report_options.ledger. */
extern const struct report report_ledger_line;
/* The run record alone, as ndjson begins with it, without a line end. */
extern const struct report report_run_record;

#endif
