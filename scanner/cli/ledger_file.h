/* ledger_file.h - the file of `--ledger`: lines are put behind it, under a lock and through to the
 * disk, and nothing in it is ever changed. */
#ifndef YINMA_CLI_LEDGER_FILE_H
#define YINMA_CLI_LEDGER_FILE_H

#include "reports/ledger_line.h"

enum { LEDGER_REPORTS_MAX = 16 };

/* Can PATH be (or become) a ledger? Before anything is scanned: 0 or YINMA_E_USAGE. */
int ledger_file_check(const char *path, struct error *err);

/* What was put behind the file. */
struct ledger_mark {
    uint64_t number;
    char sha256[65]; /* of the line: to be kept elsewhere */
    bool after_cut;  /* the line before it was found cut off */
};

/* Append the line of a run that wrote FILES. 0 or a negative code. */
int ledger_file_append(const char *path, const struct results *results,
                       const struct ledger_report *files, size_t count, struct ledger_mark *mark,
                       struct error *err);

/* All of PATH in memory, to be freed. 0 or YINMA_E_USAGE, YINMA_E_MEMORY. */
int ledger_file_read(const char *path, struct bytes *out, struct error *err);

#endif
