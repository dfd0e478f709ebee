#include "catalog/own_kinds.h"

#include "catalog/kind_names.h"

enum { NAME_LONGEST = 40, BUILT_IN_AND_OWN = 64 };

static const char *const kind_keys[] = {"name",          "title",      "legal",    "field-names",
                                        "words",         "expression", "checksum", "weights",
                                        "proves-itself", "mask",       "examples", NULL};
static const char *const mask_keys[] = {"min-hidden", "min-hidden-percent", "max-shown-tail",
                                        "nothing-shown", NULL};
static const char *const example_keys[] = {"valid", "invalid", "masked", NULL};
static const char *const legal_names[] = {
    [LEGAL_NONE] = "none",         [LEGAL_CONTACT] = "contact", [LEGAL_FINANCIAL] = "financial",
    [LEGAL_IDENTITY] = "identity", [LEGAL_SPECIAL] = "special", NULL};

/* A list of texts, or a lone one. */
static int read_texts(const struct yaml_place *map, const char *key, struct arena *memory,
                      const char *const **out) {
    struct yaml_place place;
    if (!yaml_member(map, key, &place)) {
        return 0;
    }
    size_t count = yaml_count(&place);
    const char **texts = arena_alloc(memory, (count + 1) * sizeof *texts);
    if (texts == NULL) {
        return error_set(map->tree->err, YINMA_E_MEMORY, "out of memory while reading %s",
                         map->tree->file);
    }
    int status = yaml_is_mapping(&place) ? yaml_list(&place) : 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(&place, i);
        status = yaml_text(&item, &texts[i]);
        if (status == 0 && texts[i][0] == '\0') {
            status = yaml_complain(&item, "must not be empty");
        }
    }
    *out = texts;
    return status;
}

static bool is_name(const char *name) {
    size_t len = strlen(name);
    bool ok = len > 0 && len <= NAME_LONGEST && byte_is_letter((uint8_t)name[0]);
    for (size_t i = 0; i < len; i++) {
        uint8_t c = (uint8_t)name[i];
        ok = ok && (byte_is_digit(c) || c == '_' || (byte_is_letter(c) && byte_lower(c) == c));
    }
    return ok;
}

static int read_name(const struct yaml_place *map, const struct rule_vocabulary *words,
                     const struct own_kind_setting *before, size_t before_count, const char **out) {
    struct yaml_place place;
    int status = yaml_required(map, "name", &place);
    if (status == 0) {
        status = yaml_text(&place, out);
    }
    if (status != 0) {
        return status;
    }
    if (!is_name(*out)) {
        return yaml_complain(&place,
                             "must be at most %d small letters, digits and '_', and begin "
                             "with a letter",
                             NAME_LONGEST);
    }
    bool taken = kind_bit(words, bytes_of_string(*out)) != -2;
    for (size_t i = 0; i < before_count; i++) {
        taken = taken || strcmp(before[i].name, *out) == 0;
    }
    return taken ? yaml_complain(&place, "there is a kind of that name already") : 0;
}

static int read_small(const struct yaml_place *map, const char *key, uint32_t most, uint8_t *out) {
    struct yaml_place place;
    uint32_t number = 0;
    if (!yaml_member(map, key, &place)) {
        return 0;
    }
    int status = yaml_number(&place, 0, most, &number);
    *out = (uint8_t)number;
    return status;
}

static int read_flag(const struct yaml_place *map, const char *key, bool *out) {
    struct yaml_place place;
    return yaml_member(map, key, &place) ? yaml_bool(&place, out) : 0;
}

/* What is not said: half of the characters must be hidden, as for other kinds. */
static int read_mask(const struct yaml_place *map, struct own_kind_setting *out) {
    struct yaml_place mask;
    out->min_hidden_percent = 50;
    if (!yaml_member(map, "mask", &mask)) {
        return 0;
    }
    out->min_hidden_percent = 0;
    int status = yaml_mapping(&mask, mask_keys);
    if (status == 0) {
        status = read_small(&mask, "min-hidden", UINT8_MAX, &out->min_hidden);
    }
    if (status == 0) {
        status = read_small(&mask, "min-hidden-percent", 100, &out->min_hidden_percent);
    }
    if (status == 0) {
        status = read_small(&mask, "max-shown-tail", UINT8_MAX, &out->max_shown_tail);
    }
    if (status == 0) {
        status = read_flag(&mask, "nothing-shown", &out->nothing_shown);
    }
    bool asks =
        out->min_hidden + out->min_hidden_percent + out->max_shown_tail != 0 || out->nothing_shown;
    return status != 0 || asks ? status : yaml_complain(&mask, "asks for nothing to be hidden");
}

static int read_checksum(const struct yaml_place *map, struct own_kind_setting *out) {
    struct yaml_place place;
    if (yaml_member(map, "checksum", &place)) {
        out->checksum_line = (unsigned)yaml_line(&place);
        int status = yaml_text(&place, &out->checksum);
        if (status != 0) {
            return status;
        }
        out->proves_itself = true;
    }
    if (!yaml_member(map, "weights", &place)) {
        return 0;
    }
    size_t count = yaml_count(&place);
    int status = yaml_list(&place);
    if (status == 0 && (count == 0 || count > OWN_WEIGHTS_MAX)) {
        status = yaml_complain(&place, "must be 1 to %d numbers", OWN_WEIGHTS_MAX);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(&place, i);
        uint32_t weight = 0;
        status = yaml_number(&item, 0, 99, &weight);
        out->weights[out->weight_count++] = (uint8_t)weight;
    }
    return status;
}

static int read_examples(const struct yaml_place *map, struct arena *memory,
                         struct own_kind_setting *out) {
    struct yaml_place place;
    if (!yaml_member(map, "examples", &place)) {
        return 0;
    }
    int status = yaml_mapping(&place, example_keys);
    if (status == 0) {
        status = read_texts(&place, "valid", memory, &out->examples.valid);
    }
    if (status == 0) {
        status = read_texts(&place, "invalid", memory, &out->examples.invalid);
    }
    return status != 0 ? status : read_texts(&place, "masked", memory, &out->examples.masked);
}

static int read_meaning(const struct yaml_place *map, struct arena *memory,
                        struct own_kind_setting *out) {
    struct yaml_place place;
    int status = 0;
    out->title = out->name;
    if (yaml_member(map, "title", &place)) {
        status = yaml_text(&place, &out->title);
    }
    if (status == 0 && yaml_member(map, "legal", &place)) {
        unsigned index = 0;
        status = yaml_choice(&place, "category", legal_names, &index);
        out->legal = (enum legal)index;
    }
    if (status == 0) {
        status = read_texts(map, "field-names", memory, &out->field_names);
    }
    if (status == 0) {
        status = read_texts(map, "words", memory, &out->words);
    }
    if (status == 0) {
        status = yaml_required(map, "expression", &place);
    }
    if (status == 0) {
        out->expression_line = (unsigned)yaml_line(&place);
        status = yaml_text(&place, &out->expression);
    }
    return status;
}

static int read_kind(const struct yaml_place *map, const struct rule_vocabulary *words,
                     struct arena *memory, struct own_kind_setting *all, size_t index) {
    struct own_kind_setting *out = &all[index];
    out->line = (unsigned)yaml_line(map);
    int status = yaml_mapping(map, kind_keys);
    if (status == 0) {
        status = read_name(map, words, all, index, &out->name);
    }
    if (status == 0) {
        status = read_meaning(map, memory, out);
    }
    if (status == 0) {
        status = read_checksum(map, out);
    }
    if (status == 0) {
        status = read_flag(map, "proves-itself", &out->proves_itself);
    }
    if (status == 0) {
        status = read_mask(map, out);
    }
    return status != 0 ? status : read_examples(map, memory, out);
}

int own_kinds_read(const struct yaml_place *place, const struct rule_vocabulary *words,
                   struct arena *memory, struct own_kind_setting **out, size_t *count_out) {
    size_t count = yaml_count(place), built_in = 0;
    int status = yaml_list(place);
    while (words->kinds[built_in] != NULL) {
        built_in++;
    }
    if (status == 0 && (count > OWN_KINDS_MAX || count + built_in > BUILT_IN_AND_OWN)) {
        status =
            yaml_complain(place, "may be at most %zu kinds",
                          BUILT_IN_AND_OWN - built_in < OWN_KINDS_MAX ? BUILT_IN_AND_OWN - built_in
                                                                      : (size_t)OWN_KINDS_MAX);
    }
    if (status != 0) {
        return status;
    }
    *out = arena_alloc(memory, (count + 1) * sizeof **out);
    if (*out == NULL) {
        return error_set(place->tree->err, YINMA_E_MEMORY, "out of memory while reading %s",
                         place->tree->file);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        status = read_kind(&item, words, memory, *out, i);
    }
    *count_out = count;
    return status;
}
