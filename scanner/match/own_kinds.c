#include "match/own_kinds.h"

#include <hs.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "catalog/suggest.h"
#include "core/utf8.h"
#include "patterns/checksums.h"
#include "patterns/mask_marks.h"

enum { VALUE_MAX = 128, CHARACTERS_MAX = 128, NOTHING_SHOWN_LENGTH = 4 };

struct own_kind {
    struct pattern row;
    const struct own_kind_setting *setting;
    const struct checksum *checksum; /* NULL = none */
    hs_database_t *whole;            /* the expression, of a value from its begin to its end */
    hs_scratch_t *prototype;
    _Atomic(hs_scratch_t *) spare; /* lent to one reading at a time */
    struct mask_policy show;       /* the stricter of the kind's own and `masks:` */
    bool unbounded;                /* a value may be of any length */
};

struct own_kinds {
    size_t count;
    struct own_kind kinds[];
};

/* ---- does a text fit the expression? ---- */

static int on_fit(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                  void *context) {
    (void)id;
    (void)from;
    (void)to;
    (void)flags;
    *(bool *)context = true;
    return 1;
}

static bool fits(struct own_kind *own, struct bytes text) {
    bool fit = false;
    hs_scratch_t *scratch = atomic_exchange(&own->spare, NULL);
    if (scratch == NULL && hs_clone_scratch(own->prototype, &scratch) != HS_SUCCESS) {
        return false;
    }
    hs_scan(own->whole, (const char *)text.ptr, (unsigned)text.len, 0, scratch, on_fit, &fit);
    hs_free_scratch(atomic_exchange(&own->spare, scratch));
    return fit;
}

/* ---- reading ---- */

static bool is_separator(uint8_t c) {
    return c == '-' || c == ' ' || c == '.' || c == '/';
}

/* TEXT in upper case and without separators into OUT. False when it does not fit into ROOM. */
static bool normalise(struct bytes text, uint8_t *out, size_t room, size_t *len_out) {
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_separator(text.ptr[i])) {
            if (len == room) {
                return false;
            }
            out[len++] = byte_upper(text.ptr[i]);
        }
    }
    *len_out = len;
    return true;
}

static enum read_result read_clear(struct own_kind *own, struct bytes text, struct reading *out) {
    if (!fits(own, text)) {
        return READ_NO;
    }
    size_t len = 0;
    bool normal = normalise(text, out->normal_buffer, sizeof out->normal_buffer, &len);
    struct bytes number = bytes_of(out->normal_buffer, len);
    if (own->checksum == NULL) {
        return reading_clear(out, 0, normal ? number : text);
    }
    const struct checksum_weights weights = {own->setting->weights, own->setting->weight_count};
    return normal && own->checksum->valid(number, &weights)
               ? reading_clear(out, EVIDENCE_CHECKSUM, number)
               : READ_SHAPED;
}

/* A value that hides something, character by character. */
struct hidden_value {
    unsigned count, hidden, tail; /* tail: shown ones behind the last hidden one */
    size_t form_len;
    char form[FORM_MAX];
    size_t filled_len;
    uint8_t filled[VALUE_MAX]; /* the text with its marks replaced by FILL */
};

static void put_form(struct hidden_value *value, uint8_t c) {
    if (value->form_len < FORM_MAX) {
        value->form[value->form_len++] = (char)c;
    }
}

static void take_apart(struct bytes text, uint8_t fill, struct hidden_value *out) {
    *out = (struct hidden_value){0};
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        size_t mark = mask_mark_length(text.ptr + at, text.len - at);
        size_t length = mark != 0 ? mark : utf8_decode(text.ptr + at, text.len - at, &code);
        bool separator = is_separator(text.ptr[at]);
        if (mark != 0) {
            out->filled[out->filled_len++] = fill;
        } else {
            memcpy(out->filled + out->filled_len, text.ptr + at, length);
            out->filled_len += length;
        }
        put_form(out, mark != 0 ? (uint8_t)'*' : separator ? text.ptr[at] : (uint8_t)'#');
        out->count += !separator;
        out->hidden += mark != 0;
        out->tail = mark != 0 ? 0 : out->tail + !separator;
        at += length;
    }
}

static bool hidden_enough(const struct hidden_value *value, const struct mask_policy *policy) {
    unsigned shown = value->count - value->hidden;
    if (policy->nothing_shown) {
        return shown == 0;
    }
    if (policy->max_shown_tail > 0 && (shown > value->tail || shown > policy->max_shown_tail)) {
        return false;
    }
    return value->hidden >= policy->min_hidden &&
           value->hidden * 100U >= (unsigned)policy->min_hidden_percent * value->count;
}

/* The marks stand for characters that the expression may ask for in their places. */
static enum read_result read_hidden(struct own_kind *own, const struct value *value,
                                    const struct mask_policy *policy, struct reading *out) {
    static const uint8_t fills[] = {'0', '1', 'A', 'a'};
    struct hidden_value parts;
    bool fit = false;
    for (size_t i = 0; i < sizeof fills && !fit; i++) {
        take_apart(value->text, fills[i], &parts);
        fit = fits(own, bytes_of(parts.filled, parts.filled_len));
    }
    if (!fit && (!value->named || parts.hidden == parts.count)) {
        return reading_without_shape(value, out);
    }
    return reading_hidden(out, hidden_enough(&parts, policy) ? STATE_MASKED : STATE_WEAK,
                          fit && parts.hidden < parts.count ? EVIDENCE_MASK_FORM : 0U, 0,
                          value->text, parts.form, parts.form_len);
}

/* The row is const for everybody else; the spare scratch is the only thing that changes. */
static struct own_kind *own_of(const void *own) {
    return (struct own_kind *)(uintptr_t)own;
}

static enum read_result read_own(const void *own, const struct value *value,
                                 const struct mask_policy *policy, struct reading *out) {
    if (value->text.len == 0 || value->text.len > VALUE_MAX) {
        return READ_NO;
    }
    if (mask_marks_in(value->text)) {
        return read_hidden(own_of(own), value, policy, out);
    }
    enum read_result result = read_clear(own_of(own), value->text, out);
    return result == READ_NO && value->named ? reading_without_shape(value, out) : result;
}

/* ---- showing ---- */

/* How many characters the mask of the kind leaves at the end. */
static unsigned shown_tail(const struct mask_policy *policy, unsigned count) {
    unsigned hidden = (count + 1) / 2;
    unsigned by_percent = (count * policy->min_hidden_percent + 99) / 100;
    hidden = hidden < by_percent ? by_percent : hidden;
    hidden = hidden < policy->min_hidden ? policy->min_hidden : hidden;
    unsigned shown = hidden >= count || policy->nothing_shown ? 0 : count - hidden;
    return policy->max_shown_tail != 0 && shown > policy->max_shown_tail ? policy->max_shown_tail
                                                                         : shown;
}

static void show_own(const void *own, struct bytes text, struct text_buffer *out) {
    unsigned count = (unsigned)utf8_count(text);
    if (count <= NOTHING_SHOWN_LENGTH || count > CHARACTERS_MAX) {
        text_buffer_puts(out, "***");
        return;
    }
    unsigned hidden = count - shown_tail(&own_of(own)->show, count);
    size_t at = 0;
    for (unsigned i = 0; i < hidden; i++) {
        uint32_t code;
        at += utf8_decode(text.ptr + at, text.len - at, &code);
    }
    text_buffer_repeat(out, '*', hidden);
    text_buffer_put(out, bytes_from(text, at));
}

/* ---- making ---- */

static int complain(const struct config *config, const struct own_kind_setting *setting,
                    unsigned line, const char *member, const char *what, struct error *err) {
    return error_set(err, YINMA_E_USAGE, "%s:%u: kinds[%zu].%s: %s", config->file, line,
                     (size_t)(setting - config->kinds), member, what);
}

static int find_checksum(const struct config *config, struct own_kind *own, struct error *err) {
    const struct own_kind_setting *setting = own->setting;
    const char *names[16] = {NULL};
    if (setting->checksum == NULL) {
        return setting->weight_count == 0 ? 0
                                          : complain(config, setting, setting->line, "weights",
                                                     SAID("need a checksum"), err);
    }
    own->checksum = checksum_find(setting->checksum);
    if (own->checksum == NULL) {
        for (size_t i = 0; checksums[i].name != NULL; i++) {
            names[i] = checksums[i].name;
        }
        char text[300];
        name_complaint("checksum", bytes_of_string(setting->checksum), names, text, sizeof text);
        return complain(config, setting, setting->checksum_line, "checksum", text, err);
    }
    if (own->checksum->needs_weights != (setting->weight_count != 0)) {
        return complain(config, setting, setting->checksum_line, "checksum",
                        own->checksum->needs_weights ? SAID("needs `weights`, one a character")
                                                     : SAID("takes no `weights`"),
                        err);
    }
    return 0;
}

/* The expression alone, so that a complaint is about it; then as a whole value. */
static int compile(const struct config *config, struct own_kind *own, struct error *err) {
    const struct own_kind_setting *setting = own->setting;
    hs_compile_error_t *problem = NULL;
    hs_expr_info_t *info = NULL;
    hs_database_t *searched = NULL;
    int status = 0;
    size_t size = strlen(setting->expression) + sizeof "\\A(?:)\\z";
    char *whole = malloc(size);
    if (whole == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the own kinds");
    }
    snprintf(whole, size, "\\A(?:%s)\\z", setting->expression);
    if (hs_expression_info(setting->expression, HS_FLAG_SOM_LEFTMOST, &info, &problem) !=
            HS_SUCCESS ||
        hs_compile(setting->expression, HS_FLAG_SOM_LEFTMOST, HS_MODE_BLOCK, NULL, &searched,
                   &problem) != HS_SUCCESS ||
        hs_compile(whole, HS_FLAG_SINGLEMATCH, HS_MODE_BLOCK, NULL, &own->whole, &problem) !=
            HS_SUCCESS) {
        char text[200];
        snprintf(text, sizeof text, SAID("cannot be compiled: %s"),
                 problem == NULL ? "Hyperscan" : problem->message);
        status = complain(config, setting, setting->expression_line, "expression", text, err);
    } else if (hs_alloc_scratch(own->whole, &own->prototype) != HS_SUCCESS) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for the own kinds");
    } else {
        own->unbounded = info->max_width == UINT_MAX;
    }
    hs_free_compile_error(problem);
    hs_free_database(searched);
    free(info);
    free(whole);
    return status;
}

static void make_row(struct own_kind *own) {
    static const struct pattern_example none[] = {{0}};
    const struct own_kind_setting *setting = own->setting;
    own->row = (struct pattern){
        .name = setting->name,
        .title = setting->title,
        .check = setting->expression,
        .legal = setting->legal,
        .proves_itself = setting->proves_itself,
        .chance = own->checksum != NULL ? own->checksum->chance : 1,
        .field_names = setting->field_names,
        .labels = setting->words,
        .policy = {.max_shown_tail = setting->max_shown_tail,
                   .min_hidden = setting->min_hidden,
                   .min_hidden_percent = setting->min_hidden_percent,
                   .nothing_shown = setting->nothing_shown},
        .examples = none,
        .own = own,
        .read_own = read_own,
        .show_own = show_own,
    };
}

/* What reports show keeps to the policy in force, too. */
static void make_show(struct own_kind *own, const struct config *config) {
    own->show = own->row.policy;
    for (size_t i = 0; i < config->mask_count; i++) {
        const struct mask_setting *mask = &config->masks[i];
        uint8_t value = mask->value > UINT8_MAX ? UINT8_MAX : (uint8_t)mask->value;
        if (strcmp(mask->kind, own->setting->name) != 0) {
            continue;
        }
        if (strcmp(mask->key, "min-hidden") == 0 && value > own->show.min_hidden) {
            own->show.min_hidden = value;
        } else if (strcmp(mask->key, "min-hidden-percent") == 0 &&
                   value > own->show.min_hidden_percent) {
            own->show.min_hidden_percent = value;
        } else if (strcmp(mask->key, "max-shown-tail") == 0 && value != 0 &&
                   (own->show.max_shown_tail == 0 || value < own->show.max_shown_tail)) {
            own->show.max_shown_tail = value;
        }
    }
}

int own_kinds_new(const struct config *config, struct own_kinds **out, struct error *err) {
    size_t count = config == NULL ? 0 : config->kind_count;
    *out = NULL;
    struct own_kinds *own = calloc(1, sizeof *own + count * sizeof own->kinds[0]);
    if (own == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the own kinds");
    }
    int status = 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct own_kind *kind = &own->kinds[own->count++];
        kind->setting = &config->kinds[i];
        status = find_checksum(config, kind, err);
        if (status == 0) {
            status = compile(config, kind, err);
        }
        make_row(kind);
        make_show(kind, config);
    }
    if (status != 0) {
        own_kinds_free(own);
        return status;
    }
    *out = own;
    return 0;
}

void own_kinds_free(struct own_kinds *own) {
    for (size_t i = 0; own != NULL && i < own->count; i++) {
        hs_free_scratch(atomic_load(&own->kinds[i].spare));
        hs_free_scratch(own->kinds[i].prototype);
        hs_free_database(own->kinds[i].whole);
    }
    free(own);
}

const struct pattern *own_kinds_row(const struct own_kinds *own, size_t index) {
    return own == NULL || index >= own->count ? NULL : &own->kinds[index].row;
}

const struct own_kind_setting *own_kind_setting_of(const struct pattern *row) {
    return own_of(row->own)->setting;
}

bool own_kind_unbounded(const struct pattern *row) {
    return own_of(row->own)->unbounded;
}
