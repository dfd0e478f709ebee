/* receipt.h - what `guard` let pass, as one JSON object. Not a --format: it belongs to a stream. */
#ifndef YINMA_REPORTS_RECEIPT_H
#define YINMA_REPORTS_RECEIPT_H

#include "reports/report.h"

struct receipt_facts {
    const char *mode, *verdict; /* "records", "stopped" … */
    int status;                 /* exit status */
    uint64_t read, passed;      /* bytes */
    const char *sha256;         /* of what passed, in hex */
};

/* Asks for report_options.receipt. */
extern const struct report report_receipt;

#endif
