#include "result/comparison_causes.h"

static const struct {
    const char *name, *text;
} causes[] = {
    [CAUSE_DATA] = {"data", "other values"},
    [CAUSE_UNIT] = {"unit", "the file came or went"},
    [CAUSE_SCOPE] = {"scope", "not looked at in the other run"},
    [CAUSE_NOT_READ] = {"not-read", "could not be read"},
    [CAUSE_DATE] = {"date", "judged on another day"},
    [CAUSE_VERSION] = {"version", "another version of yinma"},
    [CAUSE_KINDS] = {"kinds", "other kinds in the program"},
    [CAUSE_RULES] = {"rules", "another text of the rules"},
    [CAUSE_SETTINGS] = {"settings", "another configuration or other options"},
};
_Static_assert(sizeof causes / sizeof *causes == CAUSE_COUNT, "a name for each");

const char *cause_name(enum cause cause) {
    return causes[cause].name;
}

const char *cause_text(enum cause cause) {
    return causes[cause].text;
}

/* ---- what a run looked at ---- */

/* Is INNER the same as OUTER or below it, as paths and members are? */
static bool stands_in(struct bytes inner, struct bytes outer) {
    if (bytes_equal(outer, BYTES_LIT("."))) {
        return inner.len > 0 && inner.ptr[0] != '/' && !bytes_equal(inner, BYTES_LIT("-"));
    }
    while (outer.len > 1 && outer.ptr[outer.len - 1] == '/') {
        outer.len--;
    }
    if (!bytes_starts_with(inner, outer)) {
        return false;
    }
    struct bytes rest = bytes_from(inner, outer.len);
    return rest.len == 0 || rest.ptr[0] == '/' || bytes_starts_with(rest, BYTES_LIT("!/")) ||
           bytes_equal(outer, BYTES_LIT("/"));
}

static bool was_read(const struct unit_facts *facts) {
    return facts->status == COVERAGE_SCANNED || facts->status == COVERAGE_OPAQUE;
}

/* Nothing is left out of RUN that OTHER did not leave out, too. */
static bool selects_alike(const struct run_info *run, const struct run_info *other) {
    return run->selection_sha256[0] == '\0' ||
           strcmp(run->selection_sha256, other->selection_sha256) == 0;
}

static bool was_walked(const struct results *run, struct bytes name, const struct results *other) {
    bool below = false;
    for (char **path = run->run.paths; path != NULL && *path != NULL; path++) {
        below = below || stands_in(name, bytes_of_string(*path));
    }
    return below && !run->summary.partial && selects_alike(&run->run, &other->run);
}

enum sight sight_of(const struct results *run, const struct unit_result *unit,
                    const struct results *other) {
    bool met = false;
    if (unit == NULL) {
        return run->summary.partial ? SIGHT_OUTSIDE : SIGHT_READ;
    }
    if (source_set_find(&run->sources, unit->source) != NULL) {
        return SIGHT_READ;
    }
    for (size_t i = 0; i < run->unit_count; i++) {
        const struct unit_result *each = &run->units[i];
        bool same = bytes_equal(each->source, unit->source);
        if (!was_read(each->facts) && (same || stands_in(unit->name, each->name))) {
            return SIGHT_UNREAD;
        }
        met = met || same;
    }
    if (!run->sources.known && met) {
        return SIGHT_READ;
    }
    return run->sources.known && was_walked(run, unit->name, other) ? SIGHT_ABSENT : SIGHT_OUTSIDE;
}

/* Are the files of that source as they were? What cannot be told counts as changed. */
static bool same_data(const struct run_pair *pair, struct bytes source) {
    const struct source_stamp *before = source_set_find(&pair->before->sources, source);
    const struct source_stamp *now = source_set_find(&pair->now->sources, source);
    return before != NULL && now != NULL && before->data == now->data;
}

/* ---- what the runs differ in ---- */

static const char *version_of(const struct run_info *run) {
    return run->version == NULL ? YINMA_VERSION : run->version;
}

static bool both_told_otherwise(const char *one, const char *other) {
    return one[0] != '\0' && other[0] != '\0' && strcmp(one, other) != 0;
}

unsigned run_differences(const struct results *before, const struct results *now) {
    const struct run_info *old = &before->run, *young = &now->run;
    unsigned set = 0;
    if (strcmp(version_of(old), version_of(young)) != 0) {
        set |= CAUSE_BIT(CAUSE_VERSION);
    } else if (both_told_otherwise(old->kinds_sha256, young->kinds_sha256)) {
        set |= CAUSE_BIT(CAUSE_KINDS);
    }
    if (strcmp(old->config_sha256, young->config_sha256) != 0 ||
        strcmp(old->settings_sha256, young->settings_sha256) != 0 || old->class != young->class) {
        set |= CAUSE_BIT(CAUSE_SETTINGS);
    }
    if (strcmp(old->as_of, young->as_of) != 0) {
        set |= CAUSE_BIT(CAUSE_DATE);
    }
    return set;
}

/* The stamp of the pack of RULE, or NULL: it was not in force. */
static const struct pack_stamp *pack_of(const struct run_info *run, const struct rule *rule) {
    const char *slash = strchr(rule->id, '/');
    size_t len = slash == NULL ? strlen(rule->id) : (size_t)(slash - rule->id);
    for (const struct pack_stamp *pack = run->packs; pack != NULL && pack->name != NULL; pack++) {
        if (strlen(pack->name) == len && memcmp(pack->name, rule->id, len) == 0) {
            return pack;
        }
    }
    return NULL;
}

static bool in_force(const struct results *run, const struct rule *rule) {
    for (size_t i = 0; i < run->status_count; i++) {
        if (strcmp(run->statuses[i].rule->id, rule->id) == 0) {
            return run->statuses[i].verdict != RULE_NOT_APPLICABLE;
        }
    }
    return run->status_count == 0; /* not told */
}

/* Why a rule holds in one run only; 0: it does in both. */
static unsigned rule_came_or_went(const struct run_pair *pair, const struct rule *rule) {
    const struct results *sides[] = {pair->before, pair->now};
    const struct pack_stamp *packs[2];
    bool there = true;
    for (unsigned i = 0; i < 2; i++) {
        packs[i] = pack_of(&sides[i]->run, rule);
        there = there && in_force(sides[i], rule);
    }
    if (there) {
        return 0;
    }
    bool texts = packs[0] != NULL && packs[1] != NULL && packs[0]->sha256 != NULL &&
                 packs[1]->sha256 != NULL && strcmp(packs[0]->sha256, packs[1]->sha256) != 0;
    return CAUSE_BIT(texts ? CAUSE_RULES : CAUSE_SETTINGS);
}

static bool texts_differ(const struct run_pair *pair, const struct rule *rule) {
    const struct pack_stamp *before = pack_of(&pair->before->run, rule);
    const struct pack_stamp *now = pack_of(&pair->now->run, rule);
    return before != NULL && now != NULL && before->sha256 != NULL && now->sha256 != NULL &&
           strcmp(before->sha256, now->sha256) != 0;
}

/* ---- one entry ---- */

/* Causes of a difference in a unit that both runs read. */
static unsigned causes_of(const struct run_pair *pair, bool field_grown,
                          const struct change_entry *entry) {
    unsigned set = pair->differs;
    const struct violation *violation =
        entry->now.violation != NULL ? entry->now.violation : entry->before.violation;
    bool data = !same_data(pair, entry->source);
    if (violation == NULL || violation->age.dated_by == DATED_BY_NOTHING) {
        set &= ~CAUSE_BIT(CAUSE_DATE);
    }
    if (violation != NULL) {
        unsigned gone = rule_came_or_went(pair, violation->rule);
        if (gone != 0) {
            return gone;
        }
        set |= texts_differ(pair, violation->rule) ? CAUSE_BIT(CAUSE_RULES) : 0;
        /* the field is as bad on the side where nothing breaks: its values are no reason */
        bool sided = entry->change == CHANGE_NEW || entry->change == CHANGE_GONE;
        data = data && (!sided || field_grown || violation->kind == NULL || set == 0);
    }
    return data || set == 0 ? set | CAUSE_BIT(CAUSE_DATA) : set;
}

void explain_change(const struct run_pair *pair, bool field_grown, struct change_entry *entry) {
    bool came = entry->change == CHANGE_NEW;
    if (entry->change == CHANGE_SAME) {
        return;
    }
    enum sight sight = SIGHT_READ;
    if (came) {
        sight = sight_of(pair->before, entry->now.unit, pair->now);
    } else if (entry->change == CHANGE_GONE) {
        sight = sight_of(pair->now, entry->before.unit, pair->before);
    }
    switch (sight) {
    case SIGHT_READ:
        entry->causes = causes_of(pair, field_grown, entry);
        break;
    case SIGHT_ABSENT:
        entry->causes = CAUSE_BIT(CAUSE_UNIT);
        break;
    case SIGHT_UNREAD:
    case SIGHT_OUTSIDE:
        entry->causes = CAUSE_BIT(sight == SIGHT_UNREAD ? CAUSE_NOT_READ : CAUSE_SCOPE);
        entry->change = came ? CHANGE_NEW : CHANGE_NOT_SEEN;
        break;
    }
}
