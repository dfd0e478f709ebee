#include "judge/collect/collect_value.h"

/* OUT knows its place. */
static void render(struct collecting *c, const struct pattern *pattern, const struct value *value,
                   const struct reading *reading, struct example *out) {
    struct collector *collector = c->collector;
    text_buffer_clear(&collector->shown);
    if (collector->settings.reveal) {
        text_buffer_put(&collector->shown, value->text);
    } else {
        pattern_show(pattern, value->text, &collector->shown);
    }
    position_copy_shown(text_buffer_view(&collector->shown), out->shown);
    if (collector->settings.key != NULL && collector->settings.fingerprints &&
        reading->state == STATE_CLEAR) {
        fingerprint_value(collector->settings.key, pattern->name, reading->normal,
                          out->fingerprint);
    }
}

static void put_occurrence(struct collecting *c, unsigned kind, const struct candidate *place,
                           const struct reading *reading, const struct example *example) {
    struct occurrence occurrence = {.field = place->field_number,
                                    .kind = (uint8_t)kind,
                                    .state = (uint8_t)reading->state,
                                    .evidence = reading->evidence |
                                                (place->labelled ? EVIDENCE_CONTEXT : 0U),
                                    .length = place->length,
                                    .column_in_line = position_column(&c->position, place->offset),
                                    .at = *example};
    wire_put_occurrence(&occurrence, &c->collector->occurrences);
}

static bool is_embedded(const struct collecting *c, const struct candidate *place) {
    if (place->whole || place->cell == HIT_NO_CELL) {
        return !place->whole;
    }
    return place->length + 2 < c->segment->cells[place->cell]
                                   .length; /* blanks or a sign around it do not make a text */
}

/* Values that are one person's, and that no test data need: not names, not what is made up. */
static bool tells_who(const struct pattern *pattern, const struct reading *reading) {
    return pattern->proves_itself && pattern->legal != LEGAL_NONE &&
           (reading->evidence & EVIDENCE_DUMMY) == 0;
}

static bool sample_value(const struct collector *collector, struct kind_facts *facts,
                         const struct reading *reading) {
    const struct reference *reference = collector->settings.reference;
    return !tells_who(collector->settings.kinds[facts->kind], reading) ||
           kind_facts_sample(facts, hash64(reading->normal, reference->key),
                             reference->writing ? REFERENCE_VALUES : REFERENCE_ASKED);
}

static void count_clear(struct collector *collector, struct kind_facts *facts,
                        const struct candidate *place, const struct reading *reading) {
    facts->dummies += (reading->evidence & EVIDENCE_DUMMY) != 0;
    facts->with_checksum += (reading->evidence & EVIDENCE_CHECKSUM) != 0;
    facts->with_layout += (reading->evidence & EVIDENCE_LAYOUT) != 0;
    distinct_counter_add(&collector->distinct, facts, place->field_number, reading->normal);
}

static bool count_hidden(struct kind_facts *facts, const struct reading *reading) {
    if (reading->residual != 0 &&
        (facts->residual_min == 0 || reading->residual < facts->residual_min)) {
        facts->residual_min = reading->residual;
    }
    facts->unproven[reading->state] += reading->evidence == 0 || reading->fits_others;
    return reading->form_len == 0 ||
           mask_forms_add(&facts->forms, bytes_of(reading->form, reading->form_len), 1);
}

/* What the value may show together with others of its row. */
static void put_aside(struct collecting *c, unsigned kind, const struct candidate *place,
                      const struct value *value, const struct reading *reading) {
    struct row_pieces *row = &c->collector->row;
    if (place->cell == HIT_NO_CELL || is_embedded(c, place)) {
        return;
    }
    if (reading->state == STATE_CLEAR) {
        if (row->proving) {
            row_pieces_clear(row, value->text, reading->normal);
        }
    } else if (reading->state == STATE_ENCRYPTED) {
        row_pieces_digest(row, place->field_number, value->text, place->field);
    } else {
        /* fields that were never looked at as whole cells may have no plan */
        enum value_part part =
            place->whole ? (enum value_part)c->match->plans[place->field_number].part : PART_NONE;
        row_pieces_masked(row, place->field_number, c->collector->settings.kinds[kind], kind,
                          value->text, part);
    }
}

static bool keep_example(struct kind_facts *facts, enum mask_state state,
                         const struct example *example, unsigned limit) {
    const bool ok = kind_facts_example(facts, state, example);
    if (facts->example_count[state] > limit) {
        facts->example_count[state] = (uint8_t)limit;
    }
    return ok;
}

/* Rare, and kept out of the way of what is done for every value. */
static __attribute__((noinline, cold)) bool
keep_value(struct collecting *c, struct kind_facts *facts, const struct candidate *place,
           const struct value *value, const struct reading *reading) {
    const struct collect_settings *settings = &c->collector->settings;
    const bool asked = facts->asked[reading->state] < EXAMPLES_KEPT;
    struct example rendered;
    rendered.shown[0] = rendered.fingerprint[0] = '\0';
    position_describe(&c->position, place->offset, place->cell, &rendered);
    facts->asked[reading->state] += asked;
    const bool wanted = asked && kind_facts_wants_example(facts, reading->state, rendered.offset,
                                                          rendered.row, settings->examples);
    if (!wanted && !settings->occurrences) {
        return true;
    }
    render(c, settings->kinds[facts->kind], value, reading, &rendered);
    if (settings->occurrences) {
        put_occurrence(c, facts->kind, place, reading, &rendered);
    }
    return !wanted || keep_example(facts, reading->state, &rendered, settings->examples);
}

static bool count_value(struct collecting *c, unsigned kind, const struct candidate *place,
                        const struct value *value, const struct reading *reading) {
    struct collector *collector = c->collector;
    struct kind_facts *facts = live_field_kind(place->field, kind);
    if (facts == NULL) {
        return false;
    }
    facts->count[reading->state]++;
    facts->evidence |= reading->evidence;
    facts->embedded += is_embedded(c, place);
    facts->with_context += place->labelled;
    bool ok = place->cell == HIT_NO_CELL || c->dates == NULL ||
              row_dates_value(c->dates, place->field_number, kind, reading->state);
    put_aside(c, kind, place, value, reading);
    if (reading->state == STATE_CLEAR) {
        count_clear(collector, facts, place, reading);
        ok &= collector->settings.reference == NULL || sample_value(collector, facts, reading);
        if (place->unnamed) {
            ok = kind_facts_group(
                facts, c->collector->settings.kinds[kind]->column_group(reading->normal), 1);
        }
    } else {
        ok &= count_hidden(facts, reading);
    }
    if (facts->asked[reading->state] < EXAMPLES_KEPT || collector->settings.occurrences) {
        ok = keep_value(c, facts, place, value, reading) && ok;
    }
    return ok;
}

static enum outcome try_kind(struct collecting *c, unsigned kind, const struct candidate *place,
                             const struct value *value) {
    struct reading *reading = &c->collector->reading;
    const struct mask_policy *policy = &c->collector->settings.policies[kind];
    enum read_result result =
        pattern_read(c->collector->settings.kinds[kind], value, policy, reading);
    if (result == READ_NO) {
        return NOT_TAKEN;
    }
    if (result == READ_SHAPED) {
        struct kind_facts *facts = live_field_kind(place->field, kind);
        if (facts == NULL) {
            return OUT_OF_MEMORY;
        }
        facts->shaped++;
        return NOT_TAKEN;
    }
    /* Hidden values that prove nothing count only where a name or a label speaks for the kind. */
    bool spoken_for = (place->whole && !place->unnamed) || place->labelled;
    if (!spoken_for && reading->state != STATE_CLEAR && reading->evidence == 0) {
        return NOT_TAKEN;
    }
    /* 檢查碼：2f4a…: a digest in running text may be of anything. */
    if (!place->whole && reading->state == STATE_ENCRYPTED) {
        return NOT_TAKEN;
    }
    return count_value(c, kind, place, value, reading) ? TAKEN : OUT_OF_MEMORY;
}

enum outcome collect_value(struct collecting *c, uint64_t kinds, int first,
                           const struct candidate *place, const struct value *value) {
    enum outcome outcome = NOT_TAKEN;
    if (first >= 0 && (kinds >> first & 1) != 0) {
        kinds &= ~(UINT64_C(1) << first);
        outcome = try_kind(c, (unsigned)first, place, value);
    }
    for (; kinds != 0 && outcome == NOT_TAKEN; kinds &= kinds - 1) {
        outcome = try_kind(c, (unsigned)__builtin_ctzll(kinds), place, value);
    }
    if (outcome == TAKEN) {
        c->claimed_until = (size_t)place->offset + place->length;
    }
    return outcome;
}
