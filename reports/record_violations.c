/* The records of violations, and of what became of every rule. */
#include "reports/records.h"

#include "reports/record_ages.h"

static const char *rule_text(const struct record_writer *out, const char *en, const char *zh) {
    return out->options->language == LANGUAGE_ZH && zh != NULL ? zh : en;
}

static void put_rule(struct record_writer *out, const struct rule *rule) {
    struct json_writer *json = &out->json;
    json_member_string(json, "rule", rule->id);
    json_member_known(json, "parent", rule->parent);
    json_key(json, "control");
    json_open(json, '{');
    json_member_string(json, "document", rule->document);
    json_member_string(json, "section", rule->section);
    json_member_string(json, "level", rule_level_name(rule->level));
    json_member_known(json, "printed", rule->printed);
    json_close(json, '}');
}

/* Few rules are broken again and again. */
static unsigned rule_slot(const struct rule *rule) {
    return (unsigned)((uintptr_t)rule / sizeof *rule % RULES_REMEMBERED);
}

static void put_rule_again(struct record_writer *out, const struct rule *rule) {
    struct json_stretch *names = &out->memory.rule_names[rule_slot(rule)];
    if (!json_stretch_again(&out->json, names, (uintptr_t)rule)) {
        json_stretch_begin(&out->json, names);
        put_rule(out, rule);
        json_stretch_end(&out->json, names, (uintptr_t)rule);
    }
}

static void put_advice(struct record_writer *out, const struct rule *rule) {
    struct json_writer *json = &out->json;
    struct json_stretch *advice = &out->memory.rule_advice[rule_slot(rule)];
    if (!json_stretch_again(json, advice, (uintptr_t)rule)) {
        json_stretch_begin(json, advice);
        json_member_known(json, "message", rule_text(out, rule->message.en, rule->message.zh));
        json_member_known(json, "remedy", rule_text(out, rule->remedy.en, rule->remedy.zh));
        json_stretch_end(json, advice, (uintptr_t)rule);
    }
}

static void put_partners(struct json_writer *json, const struct violation *violation) {
    json_key(json, "with");
    json_open(json, '[');
    for (unsigned i = 0; i < violation->with_count; i++) {
        const struct violation_partner *partner = &violation->with[i];
        json_open(json, '{');
        if (partner->unit.len > 0) {
            json_member_text(json, "unit", partner->unit);
        }
        record_place(json, partner->place);
        json_member_known(json, "kind", partner->kind);
        json_member_known(json, "form", partner->form);
        if (partner->count != 0) {
            json_member_number(json, "count", partner->count);
        }
        if (partner->residual_min != 0) {
            json_member_number(json, "residual_min", partner->residual_min);
        }
        if (partner->sampled != 0) {
            json_key(json, "estimated");
            json_bool(json, true);
            json_member_number(json, "sampled", partner->sampled);
            json_member_text(json, "key", partner->key);
            json_member_text(json, "with_key", partner->with_key);
        }
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_related(struct json_writer *json, const struct violation *violation) {
    json_key(json, "related");
    json_open(json, '[');
    for (unsigned i = 0; i < violation->related_count; i++) {
        json_open(json, '{');
        json_member_string(json, "rule", violation->related[i].rule->id);
        json_member_string(json, "status", rule_verdict_name(violation->related[i].verdict));
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_missed(struct json_writer *json, const struct violation *violation) {
    json_member_known(json, "expected", violation->declared);
    json_key(json, "missed");
    json_open(json, '[');
    for (unsigned bit = 0; bit < MISSED_COUNT; bit++) {
        if ((violation->missed >> bit & 1) != 0) {
            json_string(json, missed_name(bit));
        }
    }
    json_close(json, ']');
}

static void put_violation(struct record_writer *out, size_t at) {
    const struct violation *violation = &out->results->violations[at];
    struct json_writer *json = &out->json;
    const struct rule *rule = violation->rule;
    record_begin(out, "violation");
    put_rule_again(out, rule);
    json_member_string(json, "severity", severity_name(violation->severity));
    json_member_string(json, "scope", rule_scope_name(rule->scope));
    if (violation->unit < out->results->unit_count) {
        record_unit(out, violation->unit, NULL);
    }
    record_place(json, violation->place);
    json_member_known(json, "kind", violation->kind);
    json_member_known(json, "role", violation->role);
    json_member_number(json, "count", violation->count);
    if (violation->missed != 0) {
        put_missed(json, violation);
    } else if (violation->declared != NULL) {
        json_member_string(json, "flow", violation->declared);
    }
    put_advice(out, rule);
    if (violation->confidence != CONFIDENCE_NONE) {
        json_member_string(json, "confidence", confidence_name(violation->confidence));
    }
    if (violation->with_count > 0) {
        put_partners(json, violation);
    }
    if (violation->forms != NULL) {
        record_forms(json, violation->forms);
    }
    record_violation_age(json, violation, out->options->language);
    if (violation->beside_parent) {
        json_key(json, "parent_broken");
        json_bool(json, true);
    }
    if (violation->related_count > 0) {
        put_related(json, violation);
    }
    if (violation->allowed) {
        json_key(json, "allowed");
        json_bool(json, true);
    }
    json_member_string(json, "baseline", violation->known ? "known" : "new");
    if (violation->accepted) {
        json_key(json, "accepted");
        json_open(json, '{');
        json_member_known(json, "until", violation->accepted_until);
        json_close(json, '}');
    }
    if (!violation->known && !violation->counts_for_exit) {
        json_key(json, "counted"); /* for the exit status: not sure enough */
        json_bool(json, false);
    }
    char fingerprint[65];
    violation_fingerprint(out->results, violation, fingerprint);
    json_member_string(json, "fingerprint", fingerprint);
    const struct example *examples[EXAMPLES_KEPT];
    for (unsigned i = 0; i < violation->example_count; i++) {
        examples[i] = violation->examples[i];
    }
    record_examples(json, examples, violation->example_count);
    record_end(out);
}

void records_violations(struct record_writer *out) {
    records_in_parts(out, out->results->violation_count, put_violation);
}

/* ---- controls ---- */

/* What became of every rule in force: what was asked and holds is told as what is broken is. */
void records_controls(struct record_writer *out) {
    struct json_writer *json = &out->json;
    for (size_t i = 0; i < out->results->status_count; i++) {
        const struct rule_status *status = &out->results->statuses[i];
        record_begin(out, "control");
        put_rule(out, status->rule);
        json_member_string(json, "status", rule_verdict_name(status->verdict));
        json_member_known(json, "why", undecided_name(status->why));
        json_member_known(json, "setting", status->setting);
        json_member_number(json, "units", status->units);
        json_member_number(json, "unread", status->unread);
        json_member_number(json, "violations", status->violations);
        record_end(out);
    }
}
