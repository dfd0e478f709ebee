#include "reports/checklist_record.h"

#include <stdio.h>

#include "reports/sheet_words.h"
#include "reports/terminal.h"

enum { NUMBER_TEXT = 96 };

/* One row at work. */
struct making {
    struct checklist_record *out;
    const struct answers *answers;
    const struct report_options *options;
    const char *pack;
    const struct form_row *row;
    struct question question;
    const struct rule *rule;
    const struct control *control; /* of the list; NULL: it is not in it */
};

void checklist_record_init(struct checklist_record *record) {
    *record = (struct checklist_record){.item = ""};
    text_buffer_init(&record->verdict, 0);
    text_buffer_init(&record->text, 0);
    scope_reading_init(&record->scope);
}

void checklist_record_release(struct checklist_record *record) {
    text_buffer_release(&record->verdict);
    text_buffer_release(&record->text);
    scope_reading_release(&record->scope);
}

/* ---- what breaks ---- */

struct breach {
    size_t findings;
    uint64_t values;
    zone_set zones;
    bool accepted;  /* all of it */
    char until[11]; /* the first end of that; "" = none has one */
    struct people people;
};

static bool breach_has_people(const struct results *results, const struct violation *violation) {
    return violation->unit < results->unit_count && violation->place != NULL;
}

/* One told once for its source names its other columns, which may stand in other tables. */
static bool is_table(const struct violation *violation, struct bytes table) {
    bool found = bytes_equal(violation->place->table, table);
    for (unsigned i = 0; !found && i < violation->with_count; i++) {
        const struct violation_partner *partner = &violation->with[i];
        found = partner->unit.len == 0 && partner->place != NULL &&
                bytes_equal(partner->place->table, table);
    }
    return found;
}

/* The people of the tables in which the violation stands. */
static void add_people(const struct results *results, const struct violation *violation,
                       struct people *people) {
    if (!breach_has_people(results, violation)) {
        return;
    }
    /* fields stand by unit: begin near the violation's own, else from the front */
    size_t at = violation->field < results->field_count ? violation->field : 0;
    while (at > 0 && results->fields[at - 1].unit >= violation->unit) {
        at--;
    }
    for (; at < results->field_count && results->fields[at].unit <= violation->unit; at++) {
        const struct field_result *field = &results->fields[at];
        if (field->unit == violation->unit && is_table(violation, field->field->table)) {
            people_add(people, field);
        }
    }
}

static void note_exception(struct breach *breach, const struct violation *violation) {
    breach->accepted = breach->accepted && violation->known && violation->accepted;
    const char *until = violation->accepted_until;
    if (violation->accepted && until[0] != '\0' &&
        (breach->until[0] == '\0' || strcmp(until, breach->until) < 0)) {
        memcpy(breach->until, until, sizeof breach->until);
    }
}

static void add_violation(const struct results *results, const struct violation *violation,
                          struct breach *breach) {
    breach->findings++;
    for (unsigned i = 0; i < violation->with_count; i++) {
        breach->findings += violation->with[i].kind != NULL; /* one more column of it */
    }
    breach->values += violation->count;
    if (violation->unit < results->unit_count) {
        breach->zones |= results->units[violation->unit].zones;
    }
    note_exception(breach, violation);
    add_people(results, violation, &breach->people);
}

/* Up to three masked examples. */
static void put_samples(struct making *m) {
    struct text_buffer *out = &m->out->text;
    struct answer answer;
    size_t at = 0, put = 0;
    if (m->answers->results->run.revealed) {
        return;
    }
    while (answers_next(m->answers, &m->question, &at, &answer)) {
        for (size_t i = 0; i < answer.count && put < EXAMPLES_KEPT; i++) {
            const struct violation *violation = answer.violations[i];
            if (violation->example_count > 0) {
                text_buffer_puts(out, put++ == 0 ? "；樣本（遮蔽）：" : "、");
                sheet_put_sample(out, &m->answers->results->run, violation->kind,
                                 violation->examples[0]);
            }
        }
    }
}

/* A requirement and what stands below it are read together: 5.3.4 breaks, 5.3.4.1 is named. */
static void put_below(struct making *m) {
    struct text_buffer *out = &m->out->text;
    const struct violation *const *sorted = m->answers->sorted;
    bool any = false;
    for (size_t i = 0; i < m->answers->count; i++) {
        const struct rule *rule = sorted[i]->rule;
        struct bytes section = bytes_of_string(rule->section);
        bool first = i == 0 || strcmp(sorted[i - 1]->rule->id, rule->id) != 0;
        if (first && strcmp(rule->document, m->pack) == 0 && section.len > m->row->section.len &&
            form_below(section, m->row->section)) {
            text_buffer_puts(out, any ? "、" : "；其下不符合：");
            text_buffer_puts(out, rule->section);
            any = true;
        }
    }
}

static void put_versions(struct making *m) {
    struct text_buffer *out = &m->out->text;
    const struct results *results = m->answers->results;
    const struct pack *pack =
        results->catalog == NULL ? NULL : catalog_find_pack(results->catalog, m->pack);
    text_buffer_printf(out, "；規則 %s", m->rule->id);
    if (pack != NULL) {
        text_buffer_printf(out, "（版本 %s）", pack->version);
    }
    text_buffer_printf(out, "，遮蔽政策 %s%.12s",
                       results->run.config_sha256[0] == '\0' ? "預設" : "sha256 ",
                       results->run.config_sha256);
    if (m->options->detail_sha256 != NULL) {
        text_buffer_printf(out, "；明細檔 sha256 %s", m->options->detail_sha256);
    }
}

static void put_breach(struct making *m, const struct breach *breach) {
    struct text_buffer *verdict = &m->out->verdict, *out = &m->out->text;
    text_buffer_puts(verdict, "不符合");
    if (breach->accepted && breach->until[0] != '\0') {
        text_buffer_printf(verdict, "（已核准例外至 %s）", breach->until);
    } else if (breach->accepted) {
        text_buffer_puts(verdict, "（已核准例外，未定期限）");
    }
    text_buffer_printf(out, "發現 %zu 處；受影響 ", breach->findings);
    terminal_number(out, breach->values);
    text_buffer_puts(out, " 筆值；當事人 ");
    sheet_put_people(out, m->options, &breach->people);
    if (breach->zones != 0) {
        text_buffer_puts(out, "；區域 ");
        sheet_put_zones(out, breach->zones);
    }
    put_samples(m);
}

/* Everything that breaks the number; false when nothing does. */
static bool find_breach(struct making *m, struct breach *breach) {
    struct answer answer;
    size_t at = 0;
    breach->accepted = true;
    people_init(&breach->people);
    while (answers_next(m->answers, &m->question, &at, &answer)) {
        m->rule = m->rule == NULL ? answer.rule : m->rule;
        for (size_t i = 0; i < answer.count; i++) {
            add_violation(m->answers->results, answer.violations[i], breach);
        }
    }
    return breach->findings > 0;
}

/* ---- what does not ---- */

/* What became of the rules that answer the number, taken together: what is undecided counts before
 * what holds. Results that were saved by an older program tell nothing. */
static const struct rule_status *status_of(const struct making *m) {
    static const unsigned weight[RULE_VERDICTS] = {[RULE_HELD] = 2,
                                                   [RULE_BROKEN] = 5,
                                                   [RULE_UNDECIDED] = 4,
                                                   [RULE_NOT_APPLICABLE] = 3,
                                                   [RULE_NOT_ASKED] = 1};
    const struct results *results = m->answers->results;
    const struct rule_status *found = NULL;
    for (size_t i = 0; i < results->status_count; i++) {
        const struct rule_status *status = &results->statuses[i];
        if (rule_answers(status->rule, &m->question) &&
            (found == NULL || weight[status->verdict] > weight[found->verdict])) {
            found = status;
        }
    }
    return found;
}

static const char *in_chinese(const struct making *m, const char *message) {
    return m->options->in_chinese == NULL ? message : m->options->in_chinese(message);
}

/* Why the number cannot hold; false when nothing speaks against it. */
static bool put_doubt(struct making *m) {
    struct text_buffer *out = &m->out->text;
    const struct scope_reading *scope = &m->out->scope;
    const struct rule_status *status = status_of(m);
    unsigned class = m->answers->results->run.class;
    bool undecided = status != NULL && status->verdict == RULE_UNDECIDED;
    if (m->row->class_two && class == 0) {
        text_buffer_puts(out, "第Ⅱ類項目：類別未定，未判定");
    } else if (m->row->class_two && class == 1) {
        text_buffer_puts(out, "第Ⅱ類項目：本公司設定為第Ⅰ類，未判定");
    } else if (undecided && status->why != UNDECIDED_UNREAD) {
        text_buffer_puts(out, in_chinese(m, undecided_text(status->why)));
        if (status->setting != NULL) {
            text_buffer_printf(out, "（retention: %s）", status->setting);
        }
    } else if (status != NULL && status->verdict == RULE_NOT_ASKED) {
        text_buffer_puts(out, "本次掃描沒有此項所及區域之資料");
    } else if (scope->complete && !scope->met) {
        text_buffer_puts(out, "宣告範圍內沒有此項所及之區域");
    } else if (!scope->complete) {
        text_buffer_puts(out, scope->declared ? "未發現不符合，但宣告範圍未全部讀取"
                                              : "未發現不符合；未宣告範圍，不記為符合");
    } else {
        return false;
    }
    return true;
}

static void put_unbroken(struct making *m) {
    bool doubt = put_doubt(m);
    text_buffer_puts(&m->out->verdict, doubt ? "未判定" : "符合");
    if (!doubt) {
        text_buffer_puts(&m->out->text, "宣告範圍已全部讀取，未發現可讀取之不符合資料");
    }
}

/* No rule: what the list of controls says of the number. */
static void put_unjudged(struct making *m, const struct control *control) {
    struct text_buffer *out = &m->out->text;
    struct control_answer answer;
    bool evidence = control != NULL && strcmp(control->how, "evidence") == 0;
    bool rule = control != NULL && strcmp(control->how, "rule") == 0;
    text_buffer_puts(&m->out->verdict, "未判定");
    text_buffer_puts(out, evidence ? "佐證資料，由人員判定" : rule ? "" : "本工具不查");
    if (rule) {
        text_buffer_printf(out, "見規則 %s", control->answer);
    }
    for (size_t i = 0; control != NULL && control_answer_at(control, i, &answer); i++) {
        text_buffer_printf(out, "%s%s", i == 0 ? "：" : "；", answer.text.zh);
        if (answer.shown_by[0] != '\0') {
            text_buffer_printf(out, "（%s）", answer.shown_by);
        }
    }
}

/* ---- the row ---- */

static bool find_control(const char *pack, struct bytes section, struct control *out) {
    char id[NUMBER_TEXT];
    int len = snprintf(id, sizeof id, "%s/%.*s", pack, (int)section.len, (const char *)section.ptr);
    return len > 0 && (size_t)len < sizeof id && control_find(id, out);
}

static void start(struct making *m) {
    struct checklist_record *out = m->out;
    text_buffer_clear(&out->verdict);
    text_buffer_clear(&out->text);
    text_buffer_clear(&out->scope.read);
    text_buffer_clear(&out->scope.unread);
    bool by_rule = m->control != NULL && strcmp(m->control->how, "rule") == 0;
    m->question = (struct question){
        .pack = m->pack, .section = m->row->section, .rule = by_rule ? m->control->answer : NULL};
    m->rule = answers_rule(m->answers, &m->question);
    out->item = m->rule == NULL || m->rule->title.zh == NULL ? "" : m->rule->title.zh;
    out->item = m->control == NULL ? out->item : m->control->text.zh;
}

void checklist_record_make(struct checklist_record *record, const struct answers *answers,
                           const struct report_options *options, const char *pack,
                           const struct form_row *row) {
    struct breach breach = {0};
    struct making making = {
        .out = record, .answers = answers, .options = options, .pack = pack, .row = row};
    struct control control;
    if (find_control(pack, row->section, &control)) {
        making.control = &control;
    }
    start(&making);
    bool broken = find_breach(&making, &breach);
    record->judged = broken || making.rule != NULL;
    if (record->judged) {
        scope_reading_make(&record->scope, answers->results, options, pack, row->section,
                           making.rule);
    }
    if (broken) {
        put_breach(&making, &breach);
    } else if (making.rule != NULL) {
        put_unbroken(&making);
    } else {
        put_unjudged(&making, making.control);
    }
    put_below(&making);
    if (record->judged) {
        put_versions(&making);
    }
    people_release(&breach.people);
}
