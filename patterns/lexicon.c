#include "patterns/lexicon.h"

#include <stdlib.h>

#include "core/hash64.h"
#include "patterns/field_qualifiers.h"
#include "patterns/field_words.h"

enum { SLOTS_MIN = 64, QUALIFIERS_TAKEN = 4 };

/* What one name says. */
struct entry {
    struct bytes text; /* words joined, lower case; in `texts` */
    kind_set tells, hints;
    kind_set leaves_open; /* kinds that it may mean when it is the whole name */
    uint32_t roles, not_roles;
    bool other;
    bool part; /* the field holds a part of the value only */
    bool firm; /* of a firm */
};

struct lexicon {
    kind_list list;
    kind_set kinds;      /* that names may mean; those of the others are other names */
    struct entry *slots; /* open addressing; text.ptr == NULL: free */
    size_t slot_count;   /* a power of two */
    uint8_t *texts;
    size_t texts_len;
};

/* ---- building ---- */

static struct entry *slot_of(const struct lexicon *lexicon, struct bytes text) {
    size_t at = (size_t)hash64(text, 0) & (lexicon->slot_count - 1);
    while (lexicon->slots[at].text.ptr != NULL && !bytes_equal(lexicon->slots[at].text, text)) {
        at = (at + 1) & (lexicon->slot_count - 1);
    }
    return &lexicon->slots[at];
}

static struct entry *entry_for(struct lexicon *lexicon, const char *name) {
    struct bytes text = {lexicon->texts + lexicon->texts_len, 0};
    uint8_t *out = lexicon->texts + lexicon->texts_len;
    for (; *name != '\0'; name++) {
        if (*name != ' ') {
            out[text.len++] = byte_lower((uint8_t)*name);
        }
    }
    struct entry *entry = slot_of(lexicon, text);
    if (entry->text.ptr == NULL) {
        entry->text = text;
        lexicon->texts_len += text.len;
    }
    return entry;
}

/* How many names there are, and how long they are together. */
static void measure(const char *const *names, size_t *count, size_t *length) {
    for (; names != NULL && *names != NULL; names++) {
        ++*count;
        *length += strlen(*names);
    }
}

static void measure_all(kind_list kinds, size_t *count, size_t *length) {
    for (size_t i = 0; kinds[i] != NULL; i++) {
        measure(kinds[i]->field_names, count, length);
        measure(kinds[i]->other_names, count, length);
    }
    for (size_t i = 0; roles[i].name != NULL; i++) {
        measure(roles[i].field_names, count, length);
        measure(roles[i].other_names, count, length);
    }
    measure(field_other_names, count, length);
}

/* Names that users write need not be in the form of the registry: "Emp_No" is "emp no". */
static const char *name_of_own(const char *name, char out[FIELD_WORDS_TEXT + 2]) {
    struct field_words words;
    bool marked = *name == '?' || *name == '~' || *name == '=';
    field_words_cut(bytes_of_string(name + marked), FIELD_COLUMN, &words);
    size_t len = 0;
    if (marked) {
        out[len++] = *name;
    }
    memcpy(out + len, words.text, words.len);
    out[len + words.len] = '\0';
    return out;
}

static void add_kind(struct lexicon *lexicon, unsigned kind) {
    const kind_set bit = (kind_set)1 << kind;
    bool on = (lexicon->kinds & bit) != 0;
    char own[FIELD_WORDS_TEXT + 2];
    for (const char *const *n = lexicon->list[kind]->field_names; n != NULL && *n != NULL; n++) {
        const char *name = lexicon->list[kind]->own == NULL ? *n : name_of_own(*n, own);
        bool hint = *name == '?', part = *name == '~', open = *name == '=';
        struct entry *entry = entry_for(lexicon, name + (hint || part || open));
        if (!on || open) {
            entry->other = true;
            entry->leaves_open |= on ? bit : 0;
            continue;
        }
        entry->hints |= hint ? bit : 0;
        entry->tells |= hint ? 0 : bit;
        entry->part |= part;
    }
    for (const char *const *n = lexicon->list[kind]->other_names; n != NULL && *n != NULL; n++) {
        bool firm = **n == '!';
        struct entry *entry = entry_for(lexicon, *n + firm);
        entry->other = true;
        entry->firm |= firm;
    }
}

static void add_role(struct lexicon *lexicon, unsigned role) {
    for (const char *const *n = roles[role].field_names; n != NULL && *n != NULL; n++) {
        entry_for(lexicon, *n)->roles |= UINT32_C(1) << role;
    }
    for (const char *const *n = roles[role].other_names; n != NULL && *n != NULL; n++) {
        entry_for(lexicon, *n)->not_roles |= UINT32_C(1) << role;
    }
}

static struct lexicon *build(kind_list list, kind_set kinds) {
    size_t count = 0, length = 0;
    measure_all(list, &count, &length);
    struct lexicon *lexicon = calloc(1, sizeof *lexicon);
    if (lexicon == NULL) {
        return NULL;
    }
    lexicon->list = list;
    lexicon->kinds = kinds;
    lexicon->slot_count = SLOTS_MIN;
    while (lexicon->slot_count < count * 2) {
        lexicon->slot_count *= 2;
    }
    lexicon->slots = calloc(lexicon->slot_count, sizeof *lexicon->slots);
    lexicon->texts = malloc(length + 1);
    if (lexicon->slots == NULL || lexicon->texts == NULL) {
        lexicon_free(lexicon);
        return NULL;
    }
    for (unsigned kind = 0; list[kind] != NULL; kind++) {
        add_kind(lexicon, kind);
    }
    for (unsigned role = 0; roles[role].name != NULL; role++) {
        add_role(lexicon, role);
    }
    for (const char *const *n = field_other_names; *n != NULL; n++) {
        entry_for(lexicon, *n)->other = true;
    }
    return lexicon;
}

struct lexicon *lexicon_new(void) {
    return lexicon_new_of(patterns, 0);
}

kind_list lexicon_kinds(const struct lexicon *lexicon) {
    return lexicon->list;
}

struct lexicon *lexicon_new_of(kind_list list, kind_set turned_on) {
    kind_set kinds = turned_on;
    for (unsigned i = 0; list[i] != NULL; i++) {
        kinds |= list[i]->off_by_default ? 0 : (kind_set)1 << i;
    }
    return build(list, kinds);
}

void lexicon_free(struct lexicon *lexicon) {
    if (lexicon != NULL) {
        free(lexicon->slots);
        free(lexicon->texts);
        free(lexicon);
    }
}

/* ---- reading ---- */

/* The longest entries that end a name: one that speaks of kinds, one that speaks of roles. */
struct ending {
    const struct entry *kind, *role;
    size_t kind_len, role_len; /* with the qualifiers that were taken off */
};

static void try_ending(const struct lexicon *lexicon, const struct field_words *words, size_t from,
                       size_t taken, struct ending *best) {
    struct bytes text = bytes_of(words->text + from, words->len - from);
    const struct entry *entry = slot_of(lexicon, text);
    if (entry->text.ptr == NULL) {
        return;
    }
    if ((entry->tells | entry->hints) != 0 || entry->other) {
        if (text.len + taken > best->kind_len) {
            best->kind = entry;
            best->kind_len = text.len + taken;
        }
    }
    if ((entry->roles | entry->not_roles) != 0 && text.len + taken > best->role_len) {
        best->role = entry;
        best->role_len = text.len + taken;
    }
}

/* All endings that begin with a word, or behind an owner's word that runs into it. */
static void try_endings(const struct lexicon *lexicon, const struct field_words *words,
                        size_t taken, struct ending *best) {
    for (size_t i = 0; i < words->count; i++) {
        size_t start = words->start[i];
        size_t end = i + 1 < words->count ? words->start[i + 1] : words->len;
        try_ending(lexicon, words, start, taken, best);
        for (size_t cut = start + 2; cut + 1 < end; cut++) {
            if (field_owner_word(bytes_of(words->text + start, cut - start))) {
                try_ending(lexicon, words, cut, taken, best);
            }
        }
    }
}

/* Is ENDING all of NAME, or the last step of a path (users[].id, row.@id)? */
static bool stands_alone(struct bytes name, struct bytes ending) {
    if (name.len < ending.len) {
        return false;
    }
    size_t at = name.len - ending.len;
    return at == 0 || name.ptr[at - 1] == '.' || name.ptr[at - 1] == '@';
}

static void read_name(const struct lexicon *lexicon, struct bytes name, enum field_name_use use,
                      struct name_reading *out) {
    struct field_words words;
    struct ending best = {0};
    *out = (struct name_reading){.strength = NAME_SAYS_NOTHING, .first_kind = -1};
    field_words_cut(name, use, &words);
    unsigned effects = field_qualifier_effects(&words), taken_effects = 0;
    size_t taken = 0;
    for (int i = 0; i <= QUALIFIERS_TAKEN; i++) {
        size_t before = best.kind_len;
        try_endings(lexicon, &words, taken, &best);
        effects |= best.kind_len > before ? taken_effects : 0;
        size_t dropped = field_qualifier_take(&words, &taken_effects);
        if (dropped == 0) {
            break;
        }
        taken += dropped;
    }
    const struct entry *entry = best.kind;
    if (entry != NULL && entry->tells != 0) {
        out->strength = NAME_TELLS;
        out->kinds = entry->tells;
    } else if (entry != NULL && entry->hints != 0) {
        out->strength = NAME_HINT;
        out->kinds = entry->hints;
    } else if (entry != NULL) {
        out->strength = NAME_OTHER;
        out->says_firm = entry->firm;
        out->leaves_open = stands_alone(name, entry->text) ? entry->leaves_open : 0;
    }
    if (entry != NULL && out->kinds != 0) {
        out->first_kind = __builtin_ctzll(out->kinds);
        out->says_masked = entry->part || (effects & QUALIFIER_MASKED) != 0;
        out->says_hashed = (effects & QUALIFIER_HASHED) != 0;
        out->says_keyed = (effects & QUALIFIER_KEYED) != 0;
    }
    if (best.role != NULL) {
        out->role_bits = best.role->roles & ~best.role->not_roles;
    }
}

void lexicon_read(const struct lexicon *lexicon, struct bytes column, struct bytes label,
                  struct name_reading *out) {
    struct name_reading caption;
    read_name(lexicon, column, FIELD_COLUMN, out);
    if (label.len == 0) {
        return;
    }
    read_name(lexicon, label, FIELD_CAPTION, &caption);
    uint32_t role_bits = out->role_bits != 0 ? out->role_bits : caption.role_bits;
    /* a caption that names something else settles what a mere hint leaves open */
    bool settled = out->strength == NAME_HINT && caption.strength == NAME_OTHER;
    if (settled || caption.strength > out->strength) {
        *out = caption;
    }
    out->role_bits = role_bits;
}
