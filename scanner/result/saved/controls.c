/* What became of the rules, read back; of several runs the worst answer counts. */
#include "result/saved/work.h"

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for saved results");
}

/* The status of RULE, made when it is new; NULL when memory is out. */
static struct rule_status *status_of(struct saved_results *saved, const struct rule *rule) {
    struct results *results = &saved->results;
    for (size_t i = 0; i < results->status_count; i++) {
        if (results->statuses[i].rule == rule) {
            return &results->statuses[i];
        }
    }
    if (!saved_room(&results->statuses, &saved->work->status_room, results->status_count,
                    sizeof *results->statuses)) {
        return NULL;
    }
    struct rule_status *status = &results->statuses[results->status_count++];
    *status = (struct rule_status){.rule = rule, .verdict = RULE_VERDICTS};
    return status;
}

/* Broken once is broken; an open question somewhere is one for all; what was not asked in one run
 * is answered by the other. */
static unsigned weight(enum rule_verdict verdict) {
    static const unsigned weights[] = {
        [RULE_BROKEN] = 5,         [RULE_UNDECIDED] = 4, [RULE_HELD] = 3,
        [RULE_NOT_APPLICABLE] = 2, [RULE_NOT_ASKED] = 1, [RULE_VERDICTS] = 0,
    };
    return weights[verdict];
}

int saved_take_control(struct saved_results *saved, const struct json_value *record,
                       struct error *err) {
    const struct rule *rule;
    enum rule_verdict verdict;
    int rc = saved_rule(saved, record, &rule, err);
    if (rc < 0) {
        return rc;
    }
    if (!rule_verdict_from_name(json_find_text(record, "status"), &verdict)) {
        return error_set(err, YINMA_E_DAMAGED, "a control without its status");
    }
    struct rule_status *status = status_of(saved, rule);
    struct bytes setting = json_find_text(record, "setting");
    if (status == NULL) {
        return no_memory(err);
    }
    if (weight(verdict) > weight(status->verdict)) {
        status->verdict = verdict;
        status->why = undecided_from_name(json_find_text(record, "why"));
        status->setting = setting.len == 0 ? NULL : saved_text(saved, setting);
    }
    status->units += json_find_whole(record, "units");
    status->unread += json_find_whole(record, "unread");
    status->violations += json_find_whole(record, "violations");
    return setting.len > 0 && status->why == UNDECIDED_SETTING && status->setting == NULL
               ? no_memory(err)
               : 0;
}

int saved_related(struct saved_results *saved, const struct json_value *record,
                  struct violation *violation, struct error *err) {
    const struct json_value *parent_broken = json_find(record, "parent_broken", JSON_BOOL);
    violation->beside_parent = parent_broken != NULL;
    for (const struct json_value *each = json_find_list(record, "related");
         each != NULL && violation->related_count < RELATED_KEPT; each = each->next) {
        struct related_verdict related;
        int rc = saved_rule(saved, each, &related.rule, err);
        if (rc < 0) {
            return rc;
        }
        if (rule_verdict_from_name(json_find_text(each, "status"), &related.verdict) &&
            !violation_relate(violation, &related)) {
            return no_memory(err);
        }
    }
    return 0;
}
