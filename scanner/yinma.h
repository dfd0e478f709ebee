/* yinma.h - libyinma: finds Taiwan personal data, says how well each value is masked and which
 * published control that breaks. Everything runs in the calling thread. The library never starts a
 * process, installs a signal handler, prints or exits.
 *
 *     engine   built once, const afterwards; any number of threads may share it
 *     scanner  one a thread; collects facts call by call, and judges them in yinma_finish
 *
 * Functions that can fail return 0 or one of the negative codes below and leave a message in
 * *error, which may be NULL. Whatever is wrong with the data is no failure: it becomes a coverage
 * record. No value in clear ever leaves the library. Strings are UTF-8. */
#ifndef YINMA_H
#define YINMA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library itself is built with everything else hidden. */
#if defined __GNUC__
#pragma GCC visibility push(default)
#endif

enum {
    YINMA_OK = 0,
    YINMA_NO_MEMORY = -1,
    YINMA_BAD_CALL = -12, /* an option, the configuration, a profile or a zone is wrong */
};

struct yinma_error {
    char text[480];
};

/* Zeros and NULLs stand for the defaults. */
struct yinma_options {
    const char *config_file;     /* YAML as for --config; NULL: none is looked for */
    const char *const *profiles; /* NULL-terminated; default "platform" */
    const char *const *zones;    /* as for --zone, "display" or "*.log=log"; NULL-terminated */
    const char *key_file; /* of value fingerprints; default the user's own, made on first use */
    const char *as_of;    /* ISO date; default today in Taipei */
    const char *min_confidence; /* "possible", "likely" (default), "certain" */
    unsigned firm_class;        /* 1 or 2 (suppliers, logistics) */
    double timeout_seconds;     /* for one path, descriptor or piece of memory */
};

typedef struct yinma_engine yinma_engine;
typedef struct yinma_scanner yinma_scanner;

/* OPTIONS may be NULL. What it points to may go after the call. */
int yinma_engine_new(const struct yinma_options *options, yinma_engine **engine,
                     struct yinma_error *error);
void yinma_engine_free(yinma_engine *engine);

/* NULL when memory is out. ENGINE must outlive it. */
yinma_scanner *yinma_scanner_new(const yinma_engine *engine);
void yinma_scanner_free(yinma_scanner *scanner);

/* A file, or everything below a folder. */
int yinma_scan_path(yinma_scanner *scanner, const char *path, struct yinma_error *error);
/* An open file, pipe or socket, from where it stands to its end, called NAME. DESCRIPTOR stays
 * open. */
int yinma_scan_descriptor(yinma_scanner *scanner, int descriptor, const char *name,
                          struct yinma_error *error);
int yinma_scan_memory(yinma_scanner *scanner, const char *name, const void *data, size_t size,
                      struct yinma_error *error);

/* ---- what comes out; valid during the callback only ---- */

struct yinma_example {
    uint64_t row, line;      /* from 1; 0 = unknown */
    uint64_t offset;         /* from 0; UINT64_MAX = unknown */
    const char *shown;       /* masked */
    const char *fingerprint; /* keyed */
};

/* One kind of value in one field. */
struct yinma_field {
    const char *unit, *source, *format, *table, *column;
    const char *kind, *legal, *confidence;
    uint64_t values; /* clear + weak + masked + encrypted */
    uint64_t clear, weak, masked, encrypted, other;
};

/* A rule that does not hold for a field. */
struct yinma_violation {
    const char *rule, *severity, *unit, *source, *table, *column;
    const char *kind, *role; /* one of them is NULL */
    const char *message, *remedy;
    uint64_t count;
    const struct yinma_example *examples;
    size_t example_count;
};

/* A unit that is not plainly scanned. */
struct yinma_coverage {
    const char *unit, *status, *reason, *detail;
    uint64_t bytes;
};

struct yinma_summary {
    uint64_t units, bytes_scanned, values;
    uint64_t critical, high, medium, low; /* violations */
    uint64_t not_scanned;                 /* units that leave the answer incomplete */
    int status;                           /* exit status of `yinma scan`: 0, 1 or 3 */
};

struct yinma_handlers { /* each may be NULL */
    void *context;
    void (*field)(void *context, const struct yinma_field *field);
    void (*violation)(void *context, const struct yinma_violation *violation);
    void (*coverage)(void *context, const struct yinma_coverage *coverage);
};

/* Judge all that was scanned since the last call, hand it to HANDLERS in a fixed order (coverage,
 * fields, violations) and forget it. SUMMARY may be NULL. */
int yinma_finish(yinma_scanner *scanner, const struct yinma_handlers *handlers,
                 struct yinma_summary *summary, struct yinma_error *error);

const char *yinma_version(void);

#if defined __GNUC__
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif
