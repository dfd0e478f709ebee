#include "run/trial.h"

#include <stdlib.h>

#include "judge/collect/collect.h"
#include "judge/judge.h"

/* The segment and all it points to. */
struct stage {
    struct segment segment;
    uint8_t *bytes;
    struct cell *cells;
    struct row_mark *rows;
    struct field_set *fields;
};

static void stage_release(struct stage *stage) {
    if (stage->bytes != NULL) {
        explicit_bzero(stage->bytes, stage->segment.len);
    }
    free(stage->bytes);
    free(stage->cells);
    free(stage->rows);
    field_set_free(stage->fields);
}

/* BEFORE and the value, one line of running text. */
static void lay_out_text(struct stage *stage, struct bytes before, struct bytes value) {
    if (before.len != 0) {
        memcpy(stage->bytes, before.ptr, before.len);
    }
    memcpy(stage->bytes + before.len, value.ptr, value.len);
    stage->segment.len = before.len + value.len;
    stage->segment.flags = SEGMENT_FREE_TEXT;
    stage->segment.gap_field = FIELD_FREE_TEXT;
}

/* One cell a line. False when memory is out. */
static bool lay_out_cells(struct stage *stage, const struct trial_place *place,
                          struct bytes value) {
    const struct column_name column = {.column = place->column};
    uint32_t table = field_set_table(stage->fields, bytes_of("", 0));
    uint32_t field = table == UINT32_MAX
                         ? UINT32_MAX
                         : field_set_columns(stage->fields, table, &column, 1, ATTRIBUTION_EXACT);
    size_t at = 0;
    for (unsigned i = 0; i < place->cells && field != UINT32_MAX; i++) {
        stage->cells[i] =
            (struct cell){.offset = (uint32_t)at, .length = (uint32_t)value.len, .field = field};
        stage->rows[i] = (struct row_mark){.first_cell = i, .row = i + 1};
        memcpy(stage->bytes + at, value.ptr, value.len);
        stage->bytes[at + value.len] = '\n';
        at += value.len + 1;
    }
    stage->segment.len = at;
    stage->segment.cells = stage->cells;
    stage->segment.cell_count = place->cells;
    stage->segment.rows = stage->rows;
    stage->segment.row_count = place->cells;
    return field != UINT32_MAX;
}

static bool stage_build(struct stage *stage, const struct trial_place *place, struct bytes value) {
    size_t room = place->before.len + (value.len + 1) * (place->cells + 1U);
    *stage = (struct stage){.segment = {.line = 1}};
    stage->bytes = calloc(1, room + SEGMENT_PADDING);
    stage->cells = calloc(place->cells + 1U, sizeof *stage->cells);
    stage->rows = calloc(place->cells + 1U, sizeof *stage->rows);
    stage->fields = field_set_new();
    if (stage->bytes == NULL || stage->cells == NULL || stage->rows == NULL ||
        stage->fields == NULL) {
        return false;
    }
    stage->segment.bytes = stage->bytes;
    if (place->cells == 0) {
        lay_out_text(stage, place->before, value);
    } else if (!lay_out_cells(stage, place, value)) {
        return false;
    }
    stage->segment.end = stage->segment.len;
    return true;
}

static bool never_wanted(void *context, uint32_t field) {
    (void)context;
    (void)field;
    return false;
}

static unsigned char no_date(void *context, uint32_t field) {
    (void)context;
    (void)field;
    return 0;
}

static int collect(const struct engine *engine, const struct stage *stage, struct unit_facts *unit,
                   struct error *err) {
    const struct collect_settings settings = {.kinds = engine->kinds.items,
                                              .policies = engine->policies,
                                              .ops = engine->ops,
                                              .cuts = &engine->cuts};
    struct match_state *state = match_state_new(engine->matcher);
    struct collector *collector = collector_new(&settings);
    struct match_result match;
    struct bytes occurrences;
    const struct collect_finish finish = {.fields = stage->fields,
                                          .wanted = never_wanted,
                                          .date_rank = no_date,
                                          .conceal = conceal,
                                          .kinds = engine->kinds.items};
    int rc = state == NULL || collector == NULL
                 ? error_set(err, YINMA_E_MEMORY, "out of memory for one value")
                 : match_segment(state, &stage->segment, stage->fields, &match, err);
    if (rc == 0) {
        rc = collector_segment(collector, &stage->segment, &match, &occurrences, err);
    }
    if (rc == 0) {
        rc = collector_finish(collector, &finish, unit, err);
    }
    match_state_free(state);
    collector_free(collector);
    return rc;
}

static int judge(const struct engine *engine, struct unit_facts *unit, struct trial_outcome *out,
                 struct error *err) {
    const struct judge_settings settings = {.lexicon = engine->lexicon,
                                            .policies = engine->policies,
                                            .min_confidence = CONFIDENCE_POSSIBLE};
    struct unit_result unit_result = {.facts = unit, .name = unit->name};
    struct results results = {.catalog = engine->catalog, .units = &unit_result, .unit_count = 1};
    int rc = judge_fields(&settings, &results, err);
    for (size_t i = 0; rc == 0 && i < results.field_count; i++) {
        const struct field_result *field = &results.fields[i];
        out->confidence[field->kind_number] = field->confidence;
        out->evidence[field->kind_number] = field->evidence;
    }
    free(results.fields);
    return rc;
}

int trial_run(const struct engine *engine, const struct trial_place *place, struct bytes value,
              struct trial_outcome *out, struct error *err) {
    static const char name[] = "value";
    struct stage stage;
    *out = (struct trial_outcome){0};
    struct unit_facts *unit = unit_facts_new(bytes_of_string(name), bytes_of_string(name));
    int rc = 0;
    if (!stage_build(&stage, place, value) || unit == NULL) {
        rc = error_set(err, YINMA_E_MEMORY, "out of memory for one value");
    } else {
        rc = collect(engine, &stage, unit, err);
        rc = rc == 0 ? judge(engine, unit, out, err) : rc;
    }
    unit_facts_free(unit);
    stage_release(&stage);
    return rc;
}
