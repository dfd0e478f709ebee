/* listing.h - a table for people or for programs: the same rows as aligned columns or as one JSON
 * array of objects. */
#ifndef YINMA_CLI_LISTING_H
#define YINMA_CLI_LISTING_H

#include <stdio.h>

#include "cli/call.h"
#include "cli/rule_facts.h"
#include "core/text_buffer.h"
#include "patterns/pattern.h"

enum { LISTING_COLUMNS = 16, LISTING_TEXT = 400 };

enum entry_type {
    ENTRY_ABSENT, /* nothing in text, left out in JSON */
    ENTRY_TEXT,
    ENTRY_NUMBER,
    ENTRY_FLAG,
    ENTRY_NAMES, /* the names of the members of a set */
};

struct entry {
    enum entry_type type;
    const char *text;
    uint64_t number; /* also the set of ENTRY_NAMES */
    member_name *name;
};

static inline struct entry entry_text(const char *text) {
    return (struct entry){.type = text == NULL ? ENTRY_ABSENT : ENTRY_TEXT, .text = text};
}
static inline struct entry entry_number(uint64_t number) {
    return (struct entry){.type = ENTRY_NUMBER, .number = number};
}
static inline struct entry entry_flag(bool flag) {
    return (struct entry){.type = ENTRY_FLAG, .number = flag};
}
static inline struct entry entry_names(uint64_t set, member_name *name) {
    return (struct entry){.type = ENTRY_NAMES, .number = set, .name = name};
}

struct listing_column {
    const char *key; /* of the JSON member */
    bool in_text;    /* also a column for people */
};

/* What rows are made of. */
struct listing_view {
    const struct catalog *catalog;
    enum report_language language; /* of texts of packs */
    kind_list kinds;
    const struct mask_policy *policies; /* in force, by number of the kind */
    char *text;                         /* LISTING_TEXT bytes for an entry made by a row */
    FILE *out;
};

struct listing {
    const char *name;                               /* `yinma list NAME` */
    const char *summary;                            /* a gettext message */
    struct listing_column columns[LISTING_COLUMNS]; /* ends with key == NULL */
    /* Fill one entry a column for row INDEX; false when there is no such row. */
    bool (*row)(const struct listing_view *view, size_t index, struct entry *entries);
};

extern const struct listing *const listings[]; /* NULL-terminated */
extern const struct listing control_listing;   /* control_listing.c */

/* To view.out. YINMA_E_MEMORY, YINMA_E_IO. */
int listing_print(const struct listing *listing, const struct listing_view *view,
                  enum list_format format, struct error *err);

/* "a, b": the members of SET. */
void listing_names(uint64_t set, kind_list kinds, member_name *name, struct text_buffer *out);

#endif
