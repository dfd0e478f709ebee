/* yinma explain --value -: why a value counts or not, step by step. The value itself is never
 * printed: once, as the kind that takes it would show it in a report. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/explain.h"
#include "cli/explain_print.h"
#include "cli/language.h"
#include "cli/listing.h"
#include "cli/rule_facts.h"
#include "cli/secret_input.h"
#include "cli/settings.h"
#include "core/utf8.h"
#include "patterns/mask_marks.h"
#include "reports/translate.h"
#include "run/trial.h"

enum { COLUMN_CELLS = 20, CONTEXT_MAX = 512, CONTEXT_WORDS = 8, NAME_TEXT = 200 };

/* One kind's view of the value. */
struct kind_answer {
    enum read_result result;
    struct reading reading;
};

enum trial_number { TRIAL_TEXT, TRIAL_FIELD, TRIAL_COLUMN, TRIAL_COUNT };

struct question {
    const struct call *call;
    const struct engine *engine;
    kind_list kinds;
    struct text_buffer before; /* the context, and a blank where nothing parts it from the value */
    uint8_t raw[SECRET_MAX + 1], folded[SECRET_MAX + 1];
    struct value value;
    struct name_reading name;
    struct context_word words[CONTEXT_WORDS];
    size_t word_count;
    kind_set labelled; /* kinds that a word before the value tells */
    struct kind_answer answers[PATTERN_MAX];
    struct trial_outcome trials[TRIAL_COUNT];
    bool shown; /* the value was shown: a second mask of it could tell the rest */
};

/* ---- asking ---- */

static void make_value(struct question *q, size_t len) {
    size_t folded = utf8_fold_width(bytes_of(q->raw, len), q->folded);
    q->value = (struct value){.text = bytes_trim(bytes_of(q->folded, folded)), .ascii = true};
    for (size_t i = 0; i < q->value.text.len; i++) {
        q->value.ascii &= q->value.text.ptr[i] < 0x80;
    }
}

/* Would the value run into TEXT? */
static bool ends_in_word(struct bytes text) {
    uint32_t code = 0;
    for (size_t at = 0; at < text.len;) {
        at += utf8_decode(text.ptr + at, text.len - at, &code);
    }
    return utf8_is_han(code) || (code < 0x80 && byte_is_alnum((uint8_t)code));
}

static int read_context(struct question *q, struct error *err) {
    const char *context = q->call->context;
    struct bytes text = bytes_of_string(context == NULL ? "" : context);
    if (text.len > CONTEXT_MAX) {
        text = bytes_from(text, text.len - CONTEXT_MAX);
    }
    text_buffer_put(&q->before, text);
    if (ends_in_word(text)) {
        text_buffer_putc(&q->before, ' ');
    }
    struct match_state *state = match_state_new(q->engine->matcher);
    if (state == NULL || q->before.failed) {
        match_state_free(state);
        return error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
    }
    int rc = match_context_words(state, text_buffer_view(&q->before), q->words, CONTEXT_WORDS,
                                 &q->word_count, err);
    match_state_free(state);
    for (size_t i = 0; i < q->word_count; i++) {
        q->labelled |= q->words[i].in_reach ? q->words[i].kinds : 0;
    }
    return rc;
}

static void read_kinds(struct question *q) {
    kind_set named = q->labelled | (q->name.strength == NAME_TELLS ? q->name.kinds : 0);
    for (unsigned kind = 0; q->kinds[kind] != NULL; kind++) {
        struct kind_answer *answer = &q->answers[kind];
        bool told = q->name.says_masked && (q->name.kinds >> kind & 1) != 0;
        const enum value_part parts[] = {PART_NONE, PART_TAIL, PART_HEAD};
        q->value.named = (named >> kind & 1) != 0;
        answer->result = READ_NO;
        for (unsigned i = told; i < (told ? 3U : 1U) && answer->result == READ_NO; i++) {
            q->value.part = parts[i];
            answer->result = pattern_read(q->kinds[kind], &q->value, &q->engine->policies[kind],
                                          &answer->reading);
        }
    }
}

static int run_trials(struct question *q, struct error *err) {
    struct bytes column = bytes_of_string(q->call->field == NULL ? "" : q->call->field);
    const struct trial_place places[TRIAL_COUNT] = {
        [TRIAL_TEXT] = {.before = text_buffer_view(&q->before)},
        [TRIAL_FIELD] = {.column = column, .cells = 1},
        [TRIAL_COLUMN] = {.column = column, .cells = COLUMN_CELLS},
    };
    int rc = 0;
    for (unsigned i = 0; rc == 0 && i < TRIAL_COUNT; i++) {
        rc = trial_run(q->engine, &places[i], q->value.text, &q->trials[i], err);
    }
    return rc;
}

/* Does trial NUMBER say what the caller asked? Alone in a text, unless only a field was given. */
static bool trial_asked(const struct question *q, enum trial_number number) {
    return number == TRIAL_FIELD
               ? q->call->field != NULL
               : number == TRIAL_TEXT && (q->call->field == NULL || q->call->context != NULL);
}

static kind_set kinds_that_count(const struct question *q) {
    kind_set kinds = 0;
    for (unsigned i = 0; i < TRIAL_COUNT; i++) {
        for (unsigned kind = 0; q->kinds[kind] != NULL; kind++) {
            bool counts = trial_asked(q, (enum trial_number)i) &&
                          q->trials[i].confidence[kind] >= q->call->min_confidence;
            kinds |= counts ? (kind_set)1 << kind : 0;
        }
    }
    return kinds;
}

/* ---- what it looks like ---- */

static void print_look(const struct question *q) {
    size_t letters = 0, digits = 0, marks = 0, others = 0;
    struct bytes text = q->value.text;
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        size_t mark = mask_mark_length(text.ptr + at, text.len - at);
        digits += byte_is_digit(text.ptr[at]);
        letters += byte_is_letter(text.ptr[at]);
        marks += mark != 0;
        others += mark == 0 && !byte_is_alnum(text.ptr[at]);
        at += mark != 0 ? mark : utf8_decode(text.ptr + at, text.len - at, &code);
    }
    print_member_of(_("value"),
                    _("%zu characters (digits %zu, Latin letters %zu, mask marks %zu, others %zu)"),
                    utf8_count(text), digits, letters, marks, others);
}

static void print_field(const struct question *q) {
    if (q->call->field == NULL) {
        return;
    }
    static const char *const says[] = {
        [NAME_SAYS_NOTHING] = N_("says nothing: the values decide"),
        [NAME_OTHER] = N_("means something that is no kind: two steps lower"),
        [NAME_HINT] = N_("is a hint only: needs company or proof"),
        [NAME_TELLS] = N_("tells the kind"),
    };
    struct text_buffer shown, kinds;
    text_buffer_init(&shown, NAME_TEXT);
    text_buffer_init(&kinds, NAME_TEXT);
    conceal(q->kinds, bytes_of_string(q->call->field), &shown);
    listing_names(q->name.kinds, q->kinds, rule_kind_name, &kinds);
    print_member_of(_("field name"), "%s: %s%s%s", text_buffer_string(&shown),
                    _(says[q->name.strength]), kinds.len == 0 ? "" : ": ",
                    text_buffer_string(&kinds));
    print_set(_("role"), q->name.role_bits, q->kinds, rule_role_name);
    print_member(_("field name"), q->name.says_masked ? _("says that a part or a mask stands here")
                                  : q->name.says_hashed ? _("says that a digest stands here")
                                                        : "");
    text_buffer_release(&shown);
    text_buffer_release(&kinds);
}

static void print_context(const struct question *q) {
    if (q->call->context != NULL && q->word_count == 0) {
        print_member(_("context"), _("no telling word stands before the value"));
    }
    for (size_t i = 0; i < q->word_count; i++) {
        const struct context_word *word = &q->words[i];
        struct text_buffer kinds;
        text_buffer_init(&kinds, NAME_TEXT);
        listing_names(word->kinds | word->hints, q->kinds, rule_kind_name, &kinds);
        char distance[NAME_TEXT];
        snprintf(distance, sizeof distance,
                 plural_("%zu byte before the value", "%zu bytes before the value", word->distance),
                 word->distance);
        print_member_of(_("context"), "%.*s: %s; %s%s", (int)word->text.len,
                        (const char *)word->text.ptr, text_buffer_string(&kinds), distance,
                        !word->in_reach    ? _(": too far away, or on another line")
                        : word->kinds == 0 ? _(": a hint only, needs company")
                                           : "");
        text_buffer_release(&kinds);
    }
}

/* ---- one kind ---- */

static void print_shown(struct question *q, unsigned kind) {
    if (q->shown) {
        return;
    }
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    const struct reading *reading = &q->answers[kind].reading;
    bool clear = reading->state == STATE_CLEAR;
    pattern_show(q->kinds[kind], clear ? reading->normal : q->value.text, &shown);
    print_member(clear ? _("normalised") : _("shown"), text_buffer_string(&shown));
    text_buffer_release(&shown);
    q->shown = true;
}

static void print_clear(const struct pattern *pattern, uint32_t evidence) {
    uint32_t possible = kind_evidence(pattern);
    if ((possible & EVIDENCE_LAYOUT) != 0) {
        print_member(_("layout"), (evidence & EVIDENCE_LAYOUT) != 0
                                      ? _("in groups, as people write it")
                                      : _("in one piece"));
    }
    if ((possible & EVIDENCE_PREFIX) != 0) {
        print_member(_("prefix"), (evidence & EVIDENCE_PREFIX) != 0
                                      ? _("exists: issuer, area or county")
                                      : _("is none of those that exist"));
    }
    if ((possible & EVIDENCE_WORDS) != 0) {
        print_member(_("words"), (evidence & EVIDENCE_WORDS) != 0 ? _("made of the kind's words")
                                                                  : _("none of the kind's words"));
    }
    print_member(_("check digit"), ((possible | evidence) & EVIDENCE_CHECKSUM) == 0
                                       ? _("the kind has none")
                                   : (evidence & EVIDENCE_CHECKSUM) != 0 ? _("fits")
                                                                         : _("does not fit"));
    print_member(_("dummy"), (evidence & EVIDENCE_DUMMY) != 0
                                 ? _("yes: a value everybody uses for trying out")
                                 : _("no"));
}

static void print_hidden(const struct reading *reading, const struct mask_policy *policy) {
    size_t hidden = 0, shown = 0;
    for (size_t i = 0; i < reading->form_len; i++) {
        hidden += reading->form[i] == '*';
        shown += reading->form[i] == '#';
    }
    if (reading->form_len != 0) {
        print_member_of(_("mask form"), _("%.*s (* hidden, # shown: %zu and %zu)"),
                        (int)reading->form_len, reading->form, hidden, shown);
    }
    if (reading->residual != 0) {
        print_member_of(_("residual"), _("%llu valid values fit what is shown"),
                        (unsigned long long)reading->residual);
    }
    if ((reading->evidence & EVIDENCE_MASK_FORM) == 0) {
        print_member(_("proof"), _("none: only a name or a word before it can say what was here"));
    }
    char text[NAME_TEXT * 2];
    policy_text(policy, text, sizeof text);
    print_member(_("masked when"), text);
}

static void print_evidence(const char *label, const struct trial_outcome *outcome, unsigned kind) {
    struct text_buffer text;
    text_buffer_init(&text, 0);
    enum confidence confidence = outcome->confidence[kind];
    text_buffer_puts(&text, confidence == CONFIDENCE_NONE ? _("does not count")
                                                          : confidence_name(confidence));
    for (unsigned i = 0, shown = 0; i < EVIDENCE_COUNT && confidence != CONFIDENCE_NONE; i++) {
        if ((outcome->evidence[kind] >> i & 1) != 0) {
            text_buffer_printf(&text, "%s%s", shown++ == 0 ? " (" : ", ", evidence_name(i));
        }
        if (i + 1 == EVIDENCE_COUNT && shown != 0) {
            text_buffer_putc(&text, ')');
        }
    }
    print_member(label, text_buffer_string(&text));
    text_buffer_release(&text);
}

static void print_confidences(const struct question *q, unsigned kind) {
    print_evidence(q->call->context == NULL ? _("in a text") : _("behind that"),
                   &q->trials[TRIAL_TEXT], kind);
    if (q->call->field != NULL) {
        print_evidence(_("in the field"), &q->trials[TRIAL_FIELD], kind);
    }
    print_evidence(_("full column"), &q->trials[TRIAL_COLUMN], kind);
}

/* Kinds that the value is none of are told only where a name or a word speaks for them. */
static bool print_kind(struct question *q, unsigned kind) {
    const struct pattern *pattern = q->kinds[kind];
    const struct kind_answer *answer = &q->answers[kind];
    bool spoken_for = ((q->labelled | q->name.kinds) >> kind & 1) != 0;
    if (answer->result == READ_NO && !spoken_for) {
        return false;
    }
    printf("\n%s  %s\n", pattern->name, translate_row(pattern->title));
    print_member(_("checked"), translate_row(pattern->check));
    if (answer->result == READ_NO) {
        print_member(_("result"), _("no: the value does not have the form of the kind"));
        return true;
    }
    if (answer->result == READ_SHAPED) {
        print_member(_("result"), _("no: it has the shape and fails the check; in a column it "
                                    "counts against the kind"));
        return true;
    }
    print_member(_("state"), mask_state_name(answer->reading.state));
    print_shown(q, kind);
    if (answer->reading.state == STATE_CLEAR) {
        print_clear(pattern, answer->reading.evidence);
    } else {
        print_hidden(&answer->reading, &q->engine->policies[kind]);
    }
    print_confidences(q, kind);
    return true;
}

/* ---- the answer ---- */

/* The kind that a scan gives the value to comes first, and its mask is the one that is shown. */
static void print_kinds(struct question *q) {
    kind_set left = ~(kind_set)0, counted = kinds_that_count(q);
    size_t silent = 0;
    for (unsigned pass = 0; pass < 2; pass++) {
        for (unsigned kind = 0; q->kinds[kind] != NULL; kind++) {
            bool first = (counted >> kind & 1) != 0;
            if ((left >> kind & 1) != 0 && (first || pass == 1)) {
                left &= ~((kind_set)1 << kind);
                silent += !print_kind(q, kind);
            }
        }
    }
    printf("\n");
    print_member_of(_("other kinds"), _("%zu do not take it"), silent);
    print_set(_("counts as"), counted, q->kinds, rule_kind_name);
    if (counted == 0) {
        print_member_of(_("counts as"), _("nothing at confidence %s or better"),
                        confidence_name(q->call->min_confidence));
    }
}

static int ask(struct question *q, struct error *err) {
    size_t len;
    int rc = secret_read(q->raw, &len, err);
    if (rc < 0) {
        return rc;
    }
    make_value(q, len);
    q->name.first_kind = -1;
    if (q->call->field != NULL) {
        lexicon_read(q->engine->lexicon, bytes_of_string(q->call->field), bytes_of("", 0),
                     &q->name);
    }
    rc = read_context(q, err);
    if (rc == 0) {
        read_kinds(q);
        rc = run_trials(q, err);
    }
    return rc;
}

static void forget(struct question *q) {
    if (q != NULL) {
        text_buffer_release(&q->before);
        explicit_bzero(q, sizeof *q);
        free(q);
    }
}

int explain_value(const struct call *call) {
    struct settings settings = {0};
    struct error err = {0};
    struct question *q = calloc(1, sizeof *q);
    int status = EXIT_CLEAN;
    int rc = 0;
    if (q == NULL) {
        error_set(&err, YINMA_E_MEMORY, "%s", _("memory ran out"));
        return complain(call, &err);
    }
    if (call->operands.count != 0) {
        rc = error_set(&err, YINMA_E_USAGE, "%s",
                       _("either a rule or kind, or --value -: not both"));
    }
    if (rc == 0) {
        rc = settings_load_keyless(call, &settings, &err);
    }
    if (rc == 0) {
        language_set(call->language);
        q->call = call;
        q->engine = settings.engine;
        q->kinds = settings.engine->kinds.items;
        text_buffer_init(&q->before, 0);
        rc = ask(q, &err);
    }
    if (rc == 0) {
        print_look(q);
        print_field(q);
        print_context(q);
        print_kinds(q);
        status = kinds_that_count(q) != 0 ? EXIT_CLEAN : EXIT_VIOLATIONS;
    }
    forget(q);
    settings_release(&settings);
    if (rc < 0) {
        return complain(call, &err);
    }
    int closed = close_output();
    return closed != EXIT_CLEAN ? closed : status;
}
