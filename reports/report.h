/* report.h - one row an output format. A report turns results into text; it knows nothing of how
 * values were found and never sees one in clear.
 *
 * Adding one: a file with a `const struct report`, its row in registry.c, its line in
 * CMakeLists.txt, a golden file that the suite makes from the row. */
#ifndef YINMA_REPORTS_REPORT_H
#define YINMA_REPORTS_REPORT_H

#include "core/error.h"
#include "result/results.h"

struct comparison;
struct config;
struct sheet_table;

enum report_language { LANGUAGE_EN, LANGUAGE_ZH };

struct report_options {
    enum report_language
        language; /* for the text of rules; gettext has been set up by the caller */
    bool color;
    bool occurrences; /* write occurrence records */
    bool all_units;   /* -v: coverage of every unit */
    unsigned threads; /* that may write records side by side; 0 or 1: none but the caller's */
    unsigned width;   /* terminal columns, 0 = unknown */
    unsigned height;  /* terminal lines, 0 = unknown */
    /* The Chinese of a message, for reports that hold both languages. NULL: not to be had beside
     * `language`. */
    const char *(*in_chinese)(const char *message);

    const struct receipt_facts *receipt; /* of `guard`; NULL: none */
    const struct ledger_facts *ledger;   /* of `--ledger`; NULL: none */
    /* Of `--diff`, with the concealed name of the earlier results; NULL: none. */
    const struct comparison *comparison;
    const char *compared_with;

    /* For the sheets. */
    const char *file;                   /* where the report goes; NULL: standard output */
    const struct config *config;        /* firm, scopes; NULL: none */
    const char *detail_file;            /* the saved results beside the sheet; NULL: none */
    const char *detail_sha256;          /* of that file, in hex */
    const struct sheet_table *previous; /* what --merge names, or NULL */
};

/* Where a report goes: a stream with a sticky error. */
struct report_sink;
void report_put(struct report_sink *sink, struct bytes text);
void report_printf(struct report_sink *sink, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

struct report {
    const char *name;    /* of --format */
    const char *summary; /* a gettext message */
    bool machine;        /* English unless --lang */
    bool sheet;          /* a table: FILE ends in .xlsx or .csv; always Traditional Chinese */
    bool places;         /* can tell where one person stands */
    bool digests;        /* asks for digests of whole files */
    bool sources;        /* lists what was read */
    bool compares;       /* has a section for report_options.comparison */
    bool fingerprints;   /* shows those of values */
    bool sketches;       /* shows or merges those of different values */
    bool one_example;    /* shows no more of a place than its first example */
    bool people;         /* asks for exact numbers of people, up to SKETCH_WIDE of a field */
    void (*write)(const struct results *results, const struct report_options *options,
                  struct report_sink *sink);
};

extern const struct report *const reports[]; /* NULL-terminated */
const struct report *report_find(const char *name);

/* Write to FILE (an open stream, flushed at the end). 0 or YINMA_E_IO. */
int report_write(const struct report *report, const struct results *results,
                 const struct report_options *options, FILE *file, struct error *err);

/* Create (mode 0600, never through a symbolic link) or replace PATH and write to it. */
int report_write_file(const struct report *report, const struct results *results,
                      const struct report_options *options, const char *path, struct error *err);

#endif
