/* work.h - the inside of reading saved results, for the files that share it. While files are
 * read, arrays grow and move: places are numbers until saved_results_finish makes them pointers. */
#ifndef YINMA_RESULT_SAVED_WORK_H
#define YINMA_RESULT_SAVED_WORK_H

#include "core/json_value.h"
#include "result/saved/lookup.h"
#include "result/saved/ndjson_read.h"
#include "result/saved/values.h"

enum { SAVED_KINDS_MAX = 255 };
/* Table and column of a unit. */
struct saved_place {
    uint32_t unit, number; /* in unit_facts.fields */
};

struct saved_field {
    uint32_t place;
    uint8_t kind;
};

struct saved_violation {
    uint32_t place; /* NO_NUMBER: of the whole unit */
    uint32_t *with; /* places of the partners */
    bool has_forms;
};

struct saved_work {
    const struct catalog *catalog;
    struct arena record; /* of the record that is read now */
    bool run_open;
    char key_id[17]; /* of the runs so far */
    size_t unit_room, field_room, violation_room, status_room, span_room, place_room, place_count,
        rule_count;
    struct saved_place *places;
    struct saved_field *fields;         /* beside results.fields */
    struct saved_violation *violations; /* beside results.violations */
    struct lookup units, by_place, by_field;
    const char *kinds[SAVED_KINDS_MAX];
    unsigned kind_count;
    const struct rule **rules; /* met so far */
    size_t rule_room;
};

/* A copy that lives as long as the results; NULL when memory is out. */
const char *saved_text(struct saved_results *saved, struct bytes text);
/* Each 0, YINMA_E_DAMAGED or YINMA_E_MEMORY. */
int saved_take_run(struct saved_results *saved, const struct json_value *record, struct error *err);
int saved_take_field(struct saved_results *saved, const struct json_value *record,
                     struct error *err);
int saved_take_violation(struct saved_results *saved, const struct json_value *record,
                         struct error *err);
int saved_take_coverage(struct saved_results *saved, const struct json_value *record,
                        struct error *err);

int saved_take_control(struct saved_results *saved, const struct json_value *record,
                       struct error *err);
/* What the record of a violation says of its parent and of rules of other documents. */
int saved_related(struct saved_results *saved, const struct json_value *record,
                  struct violation *violation, struct error *err);

/* saved/found.c */
int saved_take_request(struct saved_results *saved, const struct json_value *record,
                       struct error *err);
int saved_take_found(struct saved_results *saved, const struct json_value *record,
                     struct error *err);

/* saved/ages.c */
int saved_field_dates(struct kind_facts *facts, const struct json_value *record, struct error *err);
void saved_field_ages(struct field_result *field, const struct json_value *record);
int saved_take_logs(struct saved_results *saved, const struct json_value *record,
                    struct error *err);
int saved_violation_age(struct saved_results *saved, const struct json_value *record,
                        struct violation *violation, struct error *err);

/* saved/places.c: the number of what is named so, made when it is new. */
int saved_unit(struct saved_results *saved, const struct json_value *record, uint32_t *out,
               struct error *err);
int saved_place(struct saved_results *saved, uint32_t unit, const struct json_value *record,
                uint32_t *out, struct error *err);
int saved_kind(struct saved_results *saved, struct bytes name, uint8_t *out, struct error *err);
int saved_rule(struct saved_results *saved, const struct json_value *record,
               const struct rule **out, struct error *err);
/* The number in results.fields, or NO_NUMBER. */
uint32_t saved_find_field(const struct saved_work *work, uint32_t place, uint8_t kind);
bool saved_note_field(struct saved_work *work, uint32_t number);
struct field_facts *saved_place_facts(const struct saved_results *saved, uint32_t place);

#endif
