/* Names of persons: two to four Han characters that begin with a surname, names of indigenous
 * peoples with a middle dot, and, where the field's name tells, names in Latin letters. Surnames
 * are everyday words too, so a name proves nothing by itself. */
#include "core/utf8.h"
#include "patterns/column_groups.h"
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"
#include "patterns/mask_marks.h"
#include "patterns/name_places.h"
#include "patterns/person_field_names.h"
#include "patterns/surnames.h"
#include "patterns/thing_names.h"

enum {
    SYMBOLS_MAX = 16,
    TWO_HAN = 2 * HAN_BYTES,
    THREE_HAN = 3 * HAN_BYTES,
    FOUR_HAN = 4 * HAN_BYTES
};

/* A name with its hidden characters: code 0 for a hidden one. */
struct name_symbols {
    unsigned count, hidden, dots, blanks;
    uint32_t code[SYMBOLS_MAX];
    const uint8_t *at[SYMBOLS_MAX];
};

/* 王先生, 王小姐: the given name is left out. */
static const char *const titles[] = {"先生", "小姐", "女士", "太太", "同學", "老師", "醫師", "經理",
                                     "媽媽", "女仕", "君",   "主任", "律師", "教授", "師傅", NULL};

static bool is_dot(uint32_t code) {
    return code == 0x2027 || code == 0xB7 || code == '.' || code == 0x2022 || code == 0x30FB;
}

/* What the last character of a text says about it. 君 is a title of one character and the end of
 * many a name. */
enum name_ending { ENDS_PLAIN, ENDS_TITLE, ENDS_JUN, ENDS_BUSINESS };

/* Last characters of titles, and of shops, offices and places. */
#define ENDINGS_BUT_JUN(E)                                                                         \
    E(u'生', ENDS_TITLE), E(u'姐', ENDS_TITLE), E(u'士', ENDS_TITLE), E(u'太', ENDS_TITLE),        \
        E(u'學', ENDS_TITLE), E(u'師', ENDS_TITLE), E(u'理', ENDS_TITLE), E(u'媽', ENDS_TITLE),    \
        E(u'仕', ENDS_TITLE), E(u'任', ENDS_TITLE), E(u'授', ENDS_TITLE), E(u'傅', ENDS_TITLE),    \
        E(u'店', ENDS_BUSINESS), E(u'局', ENDS_BUSINESS), E(u'處', ENDS_BUSINESS),                 \
        E(u'廠', ENDS_BUSINESS), E(u'縣', ENDS_BUSINESS), E(u'鄉', ENDS_BUSINESS),                 \
        E(u'鎮', ENDS_BUSINESS), E(u'號', ENDS_BUSINESS), E(u'件', ENDS_BUSINESS),                 \
        E(u'類', ENDS_BUSINESS), E(u'費', ENDS_BUSINESS), E(u'司', ENDS_BUSINESS),                 \
        E(u'行', ENDS_BUSINESS)
#define ENDINGS(E) ENDINGS_BUT_JUN(E), E(u'君', ENDS_JUN)
enum { ENDING_BITS = 6 };
#define ENDING_MULTIPLIER 0xc9a07431U
#define SLOT(code) HAN_SLOT(code, ENDING_MULTIPLIER, ENDING_BITS)
#define CODE(code, ending) [SLOT(code)] = (code)
#define WHAT(code, ending) [SLOT(code)] = (ending)
static const uint16_t ending_codes[1U << ENDING_BITS] = {ENDINGS(CODE)};
static const uint16_t ending_codes_but_jun[1U << ENDING_BITS] = {ENDINGS_BUT_JUN(CODE)};
static const uint8_t endings[1U << ENDING_BITS] = {ENDINGS(WHAT)};
#undef WHAT
#undef CODE

static enum name_ending ending_of(struct bytes text) {
    if (text.len < HAN_BYTES || text.ptr[text.len - HAN_BYTES] < 0xE4) {
        return ENDS_PLAIN;
    }
    uint32_t code = han_code(text.ptr + text.len - HAN_BYTES);
    return ending_codes[SLOT(code)] == code ? (enum name_ending)endings[SLOT(code)] : ENDS_PLAIN;
}
#undef SLOT

static size_t without_title(struct bytes text) {
    enum name_ending ending = ending_of(text);
    if (ending != ENDS_TITLE && ending != ENDS_JUN) {
        return text.len;
    }
    for (const char *const *title = titles; *title != NULL; title++) {
        struct bytes word = bytes_of_string(*title);
        if (text.len > word.len && bytes_ends_with(text, word)) {
            /* 謝怡君 ends in a given name: behind two characters 君 is no title */
            bool given_name =
                ending == ENDS_JUN && text.len == THREE_HAN && !surname_is_compound(text.ptr);
            return given_name ? text.len : text.len - word.len;
        }
    }
    return text.len;
}

/* A.王○明: an index letter in front. */
static struct bytes without_index(struct bytes text) {
    bool index = text.len > 2 && byte_is_letter(text.ptr[0]) && text.ptr[1] == '.';
    return bytes_from(text, index ? 2 : 0);
}

/* Han characters, marks (also x, o and letters beside Han characters), middle dots and blanks
 * between them only. */
static bool split(struct bytes text, struct name_symbols *out) {
    out->count = out->hidden = out->dots = out->blanks = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        size_t used = utf8_decode(text.ptr + at, text.len - at, &code);
        size_t mark = mask_mark_length(text.ptr + at, text.len - at);
        bool letter = code < 0x80 && ((code | 0x20) == 'x' || (code | 0x20) == 'o');
        if (is_dot(code) && at != 0 && at + used < text.len) {
            out->dots++;
            at += used;
            continue;
        }
        if ((code == ' ' || code == 0x3000) && out->count != 0) {
            out->blanks++;
            at += used;
            continue;
        }
        bool hidden = mark != 0 || letter;
        if (out->count == SYMBOLS_MAX || (!hidden && !utf8_is_han(code))) {
            return false;
        }
        out->at[out->count] = text.ptr + at;
        out->code[out->count++] = hidden ? 0 : code;
        out->hidden += hidden;
        at += used;
    }
    return out->count != 0;
}

/* How many symbols in front are a surname; 0 = none that we know. */
static unsigned surname_length(const struct name_symbols *name) {
    bool two = name->count >= 2 && name->code[0] != 0 && name->code[1] != 0 &&
               name->at[1] == name->at[0] + HAN_BYTES;
    if (two && name->count >= 3 && surname_is_compound(name->at[0])) {
        return 2;
    }
    bool single = name->code[0] != 0 && name->code[0] < 0x10000 && surname_is_single(name->at[0]);
    if (single && two && name->count == 4 && surname_is_single(name->at[1])) {
        return 2; /* 陳王美玉: the husband's surname in front */
    }
    return single ? 1 : 0;
}

/* ---- hidden names ---- */

static enum read_result read_hidden(const struct name_symbols *name, const struct value *value,
                                    const struct mask_policy *policy, struct reading *out) {
    if (name->count < 2 || name->count > 12 || name->hidden == name->count) {
        return READ_NO;
    }
    unsigned surname = surname_length(name);
    unsigned first_given = surname != 0 ? surname : 1, hidden = 0;
    struct form_writer form = {0};
    for (unsigned i = 0; i < name->count; i++) {
        hidden += i >= first_given && name->code[i] == 0;
        if (form.len < FORM_MAX) {
            form.text[form.len++] = name->code[i] == 0 ? '*' : '#';
        }
    }
    unsigned wanted = policy->min_hidden != 0 ? policy->min_hidden : 1;
    bool usual = surname != 0 && name->count <= 5;
    return reading_hidden(out, hidden >= wanted ? STATE_MASKED : STATE_WEAK,
                          usual ? EVIDENCE_MASK_FORM | EVIDENCE_WORDS : 0, 0, value->text,
                          form.text, form.len);
}

/* J*** CH**, CHEN M**: Latin letters with signs in between. */
static enum read_result read_latin_hidden(const struct value *value, struct reading *out) {
    struct form_writer form = {0};
    unsigned letters = 0, hidden = 0;
    struct bytes text = value->text;
    for (size_t at = 0; at < text.len;) {
        uint8_t c = text.ptr[at];
        size_t mark = mask_mark_length(text.ptr + at, text.len - at);
        if (mark != 0) {
            hidden++;
            form_run(&form, '*');
        } else if (byte_is_letter(c) || c == '\'' || c == '-' || c == '.' || c == ',') {
            letters += byte_is_letter(c);
            form_run(&form, '#');
        } else if (c == ' ') {
            form_literal(&form, BYTES_LIT(" "));
        } else {
            return READ_NO;
        }
        at += mark != 0 ? mark : 1;
    }
    if (letters == 0 || hidden == 0) {
        return READ_NO;
    }
    return reading_hidden(out, STATE_MASKED, 0, 0, text, form.text, form.len);
}

/* 王先生: the title stands for the given name. */
static enum read_result read_titled(const struct name_symbols *name, const struct value *value,
                                    struct reading *out) {
    unsigned surname =
        name->count == 2 && surname_is_compound(name->at[0]) ? 2 : surname_length(name);
    bool only_surname = surname != 0 && surname == name->count;
    return only_surname ? reading_hidden(out, STATE_MASKED, EVIDENCE_MASK_FORM | EVIDENCE_WORDS, 0,
                                         value->text, "#*", 2)
                        : READ_NO;
}

/* ---- clear names ---- */

static bool is_latin_name(struct bytes text) {
    size_t letters = 0;
    if (thing_name_is(text)) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if (byte_is_letter(c)) {
            letters++;
        } else if (c != ' ' && c != ',' && c != '.' && c != '-' && c != '\'' && c != '/' &&
                   c < 0xC3) {
            return false;
        }
    }
    return text.len >= 2 && text.len <= 48 && letters >= 2 && !hidden_text_says_nothing(text);
}

/* Shops, firms and their desks, by their last character or a word inside. */
static bool is_business(struct bytes text) {
    static const struct bytes words[] = {
        {(const uint8_t *)"公司", 6}, {(const uint8_t *)"門市", 6}, {(const uint8_t *)"客服", 6},
        {(const uint8_t *)"中心", 6}, {(const uint8_t *)"倉庫", 6}, {(const uint8_t *)"物流", 6},
        {(const uint8_t *)"企業", 6}, {(const uint8_t *)"商號", 6}, {(const uint8_t *)"工作室", 9},
        {(const uint8_t *)"超商", 6}, {(const uint8_t *)"集團", 6}, {(const uint8_t *)"營業所", 9}};
    if (ending_of(text) == ENDS_BUSINESS) {
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (bytes_find(text, words[i]) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* 請填寫, 同上, 未提供: what forms say where a name would stand; no surname begins so. */
static bool is_remark(const struct name_symbols *name) {
    static const uint16_t firsts[] = {u'請', u'同', u'未', u'無', u'依', u'需',
                                      u'不', u'該', u'詳', u'見', u'待', u'與'};
    size_t i = 0;
    while (i < sizeof firsts / sizeof *firsts && firsts[i] != name->code[0]) {
        i++;
    }
    return i < sizeof firsts / sizeof *firsts;
}

static enum read_result judge_clear(const struct name_symbols *name, const struct value *value,
                                    struct reading *out) {
    struct bytes text = value->text;
    if (name->dots != 0) {
        return name->count >= 4 ? reading_clear(out, EVIDENCE_LAYOUT, text) : READ_SHAPED;
    }
    unsigned surname = surname_length(name);
    if (name->count < 2 || name->count > 5) {
        return READ_NO;
    }
    bool fits =
        surname != 0 && name->count > surname && name->count - surname <= 2 && !is_business(text);
    if (fits) {
        return reading_clear(out, EVIDENCE_WORDS, text);
    }
    /* one in thirty has a rarer surname */
    bool rare = value->named && name->count <= 4 && !is_business(text) && !is_remark(name);
    return rare ? reading_clear(out, 0, text) : READ_SHAPED;
}

/* 王　小 明, as forms and lists set short names apart: where the field's name tells, one name that
 * begins with a surname. Its normal form has no blanks. */
static enum read_result judge_spaced(const struct name_symbols *name, const struct value *value,
                                     struct reading *out) {
    enum { MOST_HAN = 4 };
    unsigned surname = surname_length(name);
    bool fits = value->named && name->dots == 0 && name->count <= MOST_HAN && surname != 0 &&
                name->count > surname && name->count - surname <= 2 && !is_business(value->text);
    if (!fits) {
        return READ_NO;
    }
    size_t len = 0;
    for (unsigned i = 0; i < name->count; i++) {
        size_t left = (size_t)(value->text.ptr + value->text.len - name->at[i]);
        uint32_t code;
        size_t used = utf8_decode(name->at[i], left, &code);
        memcpy(out->normal_buffer + len, name->at[i], used);
        len += used;
    }
    return reading_clear(out, EVIDENCE_WORDS, bytes_of(out->normal_buffer, len));
}

/* Does nothing speak against a name of two to four Han characters that begins with a surname? */
static bool ends_as_name(struct bytes text) {
    switch (ending_of(text)) {
    case ENDS_PLAIN:
        return true;
    case ENDS_JUN: /* 黃怡君, but not 黃君 and 歐陽君 */
        return text.len == FOUR_HAN || (text.len == THREE_HAN && !surname_is_compound(text.ptr));
    case ENDS_TITLE:
        return without_title(text) == text.len;
    default:
        return false;
    }
}

/* Two to four Han characters that begin with a surname: nearly every name. */
static bool is_plain_name(struct bytes text) {
    if (text.len != TWO_HAN && text.len != THREE_HAN && text.len != FOUR_HAN) {
        return false;
    }
    for (size_t at = 0; at < text.len; at += HAN_BYTES) {
        if (!han_is_at(text.ptr + at)) {
            return false;
        }
    }
    bool single = surname_is_single(text.ptr);
    bool known =
        text.len == FOUR_HAN
            ? surname_is_compound(text.ptr) || (single && surname_is_single(text.ptr + HAN_BYTES))
            : single || (text.len == THREE_HAN && surname_is_compound(text.ptr));
    return known && ends_as_name(text);
}

/* Those of three characters of which the first is the surname. False decides nothing. */
static inline bool is_name_of_three(struct bytes text) {
    uint64_t word;
    if (text.len != THREE_HAN) {
        return false;
    }
    memcpy(&word, text.ptr, sizeof word);
    return han_are_three(text.ptr, word) && surname_is_single(text.ptr) && ends_as_name(text);
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (is_plain_name(text)) {
        return reading_clear(out, EVIDENCE_WORDS, text);
    }
    if (text.len < 2 || text.len > 80) {
        return reading_without_shape(value, out);
    }
    if (mask_hides_all(text)) {
        return reading_without_shape(value, out);
    }
    if (value->ascii) {
        if (value->named && is_latin_name(text) && reading_without_shape(value, out) == READ_NO) {
            return reading_clear(out, 0, text);
        }
        enum read_result result = value->named ? read_latin_hidden(value, out) : READ_NO;
        return result != READ_NO ? result : reading_without_shape(value, out);
    }
    struct bytes core = without_index(text);
    size_t bare = without_title(core);
    struct name_symbols name;
    if (!split(bytes_trim_wide(bytes_first(core, bare)), &name)) {
        return value->named && is_latin_name(text) ? reading_clear(out, 0, text) : READ_NO;
    }
    if (name.blanks != 0 && (!value->named || name.count > 4)) {
        return READ_NO;
    }
    if (name.hidden != 0) {
        return read_hidden(&name, value, policy, out);
    }
    if (name.blanks != 0) {
        return judge_spaced(&name, value, out);
    }
    if (bare != core.len) {
        enum read_result titled = read_titled(&name, value, out);
        if (titled != READ_NO) {
            return titled;
        }
    }
    return judge_clear(&name, value, out);
}

/* Nearly all. Behind a surname of two characters 君 says something, and such names are looked at by
 * themselves. */
static const struct three_han usual = {
    .first = {surname_singles, SURNAME_SINGLE_MULTIPLIER, SURNAME_SINGLE_BITS},
    .not_last = {ending_codes_but_jun, ENDING_MULTIPLIER, ENDING_BITS},
    .not_first_two = {surname_compounds, SURNAME_COMPOUND_MULTIPLIER, SURNAME_COMPOUND_BITS},
};

static void read_plain(struct value_column *column) {
    size_t taken =
        three_han_take(column->isa, &usual, column->at, column->len, column->count, column->plain);
    for (size_t i = 0; taken < column->count && i < column->count; i++) {
        struct bytes text = bytes_of(column->at[i], column->len[i]);
        column->plain[i] = column->plain[i] || is_name_of_three(text) || is_plain_name(text);
    }
}

static void show(struct bytes text, struct text_buffer *out) {
    struct name_symbols name;
    struct bytes core = without_index(text);
    core = bytes_first(core, without_title(core));
    if (!split(core, &name) || name.hidden == name.count) {
        if (text.len > 1 && byte_is_letter(text.ptr[0])) {
            text_buffer_put(out, bytes_first(text, 1));
        }
        text_buffer_puts(out, "***");
        return;
    }
    unsigned surname = name.count >= 3 ? surname_length(&name) : 1;
    unsigned head = surname != 0 ? surname : 1;
    /* the surname, one or more hidden characters, and the last one of names of three and more */
    for (unsigned i = 0; i < name.count || i <= head; i++) {
        bool last = i + 1 == name.count && i > head;
        bool visible = i < name.count && (i < head || last) && name.code[i] != 0;
        if (visible) {
            uint32_t code;
            size_t left = (size_t)(text.ptr + text.len - name.at[i]);
            text_buffer_put(out, bytes_of(name.at[i], utf8_decode(name.at[i], left, &code)));
        } else {
            text_buffer_puts(out, "○");
        }
    }
}

static const struct pattern_example examples[] = {{"王小明", STATE_CLEAR, READ_YES},
                                                  {"陳美惠", STATE_CLEAR, READ_YES},
                                                  {"李安", STATE_CLEAR, READ_YES},
                                                  {"歐陽菲菲", STATE_CLEAR, READ_YES},
                                                  {"陳王美玉", STATE_CLEAR, READ_YES},
                                                  {"諸葛亮", STATE_CLEAR, READ_YES},
                                                  {"黄志明", STATE_CLEAR, READ_YES},
                                                  {"瓦歷斯‧諾幹", STATE_CLEAR, READ_YES},
                                                  {"夏曼·藍波安", STATE_CLEAR, READ_YES},
                                                  {"王小明先生", STATE_CLEAR, READ_YES},
                                                  {"冷氣機", STATE_CLEAR, READ_SHAPED},
                                                  {"白襪子店", STATE_CLEAR, READ_SHAPED},
                                                  {"王", STATE_CLEAR, READ_NO},
                                                  {"王小明123", STATE_CLEAR, READ_NO},
                                                  {"台灣積體電路製造", STATE_CLEAR, READ_NO},
                                                  {"A123456789", STATE_CLEAR, READ_NO},
                                                  {"0912345678", STATE_CLEAR, READ_NO},
                                                  {"John Smith", STATE_CLEAR, READ_NO},
                                                  {"王○明", STATE_MASKED, READ_YES},
                                                  {"王〇明", STATE_MASKED, READ_YES},
                                                  {"王O明", STATE_MASKED, READ_YES},
                                                  {"王*明", STATE_MASKED, READ_YES},
                                                  {"王X明", STATE_MASKED, READ_YES},
                                                  {"王●明", STATE_MASKED, READ_YES},
                                                  {"王○○", STATE_MASKED, READ_YES},
                                                  {"王**", STATE_MASKED, READ_YES},
                                                  {"王○", STATE_MASKED, READ_YES},
                                                  {"歐陽○○", STATE_MASKED, READ_YES},
                                                  {"歐○○娜", STATE_MASKED, READ_YES},
                                                  {"王先生", STATE_MASKED, READ_YES},
                                                  {"歐陽小姐", STATE_MASKED, READ_YES},
                                                  {"A.王○明", STATE_MASKED, READ_YES},
                                                  {"**明", STATE_MASKED, READ_YES},
                                                  {"○○○", STATE_MASKED, READ_YES},
                                                  {"*小明", STATE_WEAK, READ_YES},
                                                  {"○美惠", STATE_WEAK, READ_YES},
                                                  {0}};

static const char *const field_names[] = {PERSON_FIELD_NAMES, NULL};
static const char *const other_names[] = {PERSON_OTHER_NAMES, NULL};
static const char *const labels[] = {PERSON_LABELS, NULL};
static const char *const anchors[] = {NAME_TITLES, NULL};
static const char *const near[] = {"phone_landline", "tw_national_id", "tw_resident_id",
                                   "card_number", NULL};

const struct pattern pattern_person_name = {
    .name = "person_name",
    .title = "name of a person",
    .check = "begins with a surname and is two to four Han characters long, has a middle dot, or "
             "is in Latin letters where the field's name tells",
    .legal = LEGAL_IDENTITY,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .company = "phone_mobile",
    .near = near,
    .anchors = anchors,
    .extent = name_before_title,
    .extent_hints = true,
    .directly = name_behind_word,
    .beside = name_beside_number,
    .column_group = name_column_group,
    .column_like = name_column_like,
    .policy = {.min_hidden = 1},
    .read = read,
    .read_plain = read_plain,
    .plain_evidence = EVIDENCE_WORDS,
    .show = show,
    .examples = examples,
};
