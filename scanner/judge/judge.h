/* judge.h - meaning. Pure functions over values and facts: no bytes of files, no processes, no
 * report formats. collect.h turns values into facts (in workers), verdict.c facts into fields
 * (once, in the parent), rules.c fields into violations. */
#ifndef YINMA_JUDGE_JUDGE_H
#define YINMA_JUDGE_JUDGE_H

#include "catalog/config.h"
#include "patterns/lexicon.h"
#include "result/results.h"

/* What judging needs of a run; const, shared. */
struct judge_settings {
    const struct lexicon *lexicon;      /* and its kinds */
    struct name_memory *names;          /* of the lexicon; NULL: none */
    const struct mask_policy *policies; /* one a kind */
    const struct reference *reference;  /* --reference; NULL: none */
    enum confidence min_confidence;     /* --min-confidence */
    enum confidence fail_confidence;    /* --fail-confidence; NONE: as contract (certain in test and
                                           source zones, else min_confidence) */
    const struct config *config;        /* NULL when there is none */
    int32_t day, zone_seconds;          /* that ages are judged on, see engine_set_day() */
    bool zones_by_content;              /* judge_fields adds what zones the content tells */
    unsigned threads;                   /* that judge units side by side; 0 = 1 */
};

/* ---- verdict.c ---- */

/* Fill results->fields from results->units[].facts: which kinds each field holds, how sure, counts
 * by state; and summary.values, below_confidence and subjects. 0 or YINMA_E_MEMORY. */
int judge_fields(const struct judge_settings *settings, struct results *results, struct error *err);

/* ---- overlap_findings.c ---- */

/* Compare the fields with settings->reference: field_result.overlap. 0 or YINMA_E_MEMORY. */
int judge_overlap(const struct judge_settings *settings, struct results *results,
                  struct error *err);
/* Mark the sampled values of the written fields. 0 or YINMA_E_MEMORY. */
int judge_mark_reference(const struct results *results, struct reference *reference,
                         struct error *err);

/* How many people the written fields speak of (summary.subjects…), from their sketches. Part of
 * judge_fields; again when saved results are put together. */
void judge_people(struct results *results);

/* ---- log_spans.c ---- */

/* Fill results->log_spans from units that have sources and zones. 0 or YINMA_E_MEMORY. */
int judge_log_spans(struct results *results, struct error *err);

/* ---- rules.c ---- */

/* Fill results->violations from fields, roles and zones, for the packs named in run.profiles; and
 * summary.violations. 0 or YINMA_E_MEMORY. */
int judge_rules(const struct judge_settings *settings, struct results *results, struct error *err);

/* Kinds that the rules of those packs name. */
uint64_t judge_kinds_named(const struct results *results);

/* ---- zones.c ---- */

struct zone_sources {
    const struct zone_setting *command_line; /* --zone, in order */
    size_t command_line_count;
    const struct config *config; /* NULL when there is none */
};

/* Zones of UNIT and why: command line, else configuration, else the table of guesses (format, path,
 * ending). REASON is concealed by construction: it names globs and formats, never paths. True:
 * people say so, nothing was guessed. */
bool judge_zones(const struct zone_sources *sources, const struct unit_facts *unit,
                 zone_set *zones_out, char *reason, size_t reason_size);

/* All that guesses look at. */
struct zone_question {
    struct bytes folders, ending;
    const char *format;
    unsigned traits;
};

/* The unit that was asked about last: those beside it mostly have the same answer. Zeroed for a
 * start. */
struct zone_memory {
    struct zone_question question;
    const struct unit_result *before; /* must stay as it is */
};

/* The same for one unit of many; what is said of it goes to REASONS. False when memory is out. */
bool judge_unit_zones(const struct zone_sources *sources, struct zone_memory *memory,
                      struct arena *reasons, struct unit_result *unit);

/* Zones that what was found tells, for a unit of which people say nothing: waybills by their
 * columns. FIELDS: the COUNT judged ones of UNIT. Part of judge_fields where the settings ask. */
void judge_zones_by_content(const struct judge_settings *settings, struct unit_result *unit,
                            const struct field_result *fields, size_t count);

/* The paths of the command line (NULL-terminated, or NULL; they must stay), to be looked up. */
struct source_roots {
    struct bytes *items;
    size_t count;
};
int source_roots_init(struct source_roots *roots, const char *const *paths, struct error *err);
void source_roots_release(struct source_roots *roots);

/* The source of a unit: its name relative to the scan root with runs of four or more digits taken
 * out, or as `sources:` of the configuration says. */
void judge_source_name(const struct config *config, const struct source_roots *roots,
                       struct bytes unit_name, struct text_buffer *out);

/* The guesses as rows for `list zones`; ends with when == NULL. */
struct zone_guess_row {
    const char *when; /* a gettext message */
    enum zone zone;
};
extern const struct zone_guess_row zone_guess_table[];

#endif
