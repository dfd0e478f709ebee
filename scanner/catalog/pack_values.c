#include "catalog/pack_values.h"

#include "catalog/kind_names.h"
#include "catalog/suggest.h"

enum { COMPLAINT_TEXT = 320, SET_MAX = 64 };

static const char *const text_keys[] = {"en", "zh", NULL};
static const char *const legal_names[] = {"none",     "contact", "financial",
                                          "identity", "special", NULL};

int pack_out_of_memory(const struct pack_work *work) {
    return error_set(work->err, YINMA_E_MEMORY, "out of memory while reading %s",
                     work->source->file);
}

int schema_check(const struct yaml_place *root, uint32_t version, const char *thing) {
    struct yaml_place schema;
    uint32_t number = 0;
    int status = yaml_required(root, "schema", &schema);
    if (status == 0) {
        status = yaml_number(&schema, 1, UINT32_MAX, &number);
    }
    return status == 0 && number > version
               ? yaml_complain(&schema,
                               "is version %u; this yinma reads version %u: a newer one is needed "
                               "for this %s",
                               number, version, thing)
               : status;
}

/* ---- texts ---- */

int read_pair(const struct yaml_place *place, struct rule_text *out) {
    if (!yaml_is_mapping(place)) {
        int status = yaml_text(place, &out->en);
        out->zh = out->en;
        return status;
    }
    struct yaml_place en, zh;
    int status = yaml_mapping(place, text_keys);
    if (status == 0) {
        status = yaml_required(place, "en", &en);
    }
    if (status == 0) {
        status = yaml_text(&en, &out->en);
    }
    out->zh = out->en;
    if (status == 0 && yaml_member(place, "zh", &zh)) {
        status = yaml_text(&zh, &out->zh);
    }
    return status;
}

int read_optional_pair(const struct yaml_place *map, const char *key, struct rule_text *out) {
    struct yaml_place place;
    return yaml_member(map, key, &place) ? read_pair(&place, out) : 0;
}

int read_name(const struct yaml_place *place, const char **out) {
    int status = yaml_text(place, out);
    for (const char *c = *out; status == 0 && *c != '\0'; c++) {
        if (!byte_is_alnum((uint8_t)*c) && *c != '.' && *c != '-' && *c != '_') {
            status = yaml_complain(place, "may hold ASCII letters, digits, '.', '-' and '_' only");
        }
    }
    return status;
}

int read_optional_text(const struct yaml_place *map, const char *key, const char **out) {
    struct yaml_place place;
    return yaml_member(map, key, &place) ? yaml_text(&place, out) : 0;
}

int read_optional_choice(const struct yaml_place *map, const char *key, const char *const *names,
                         unsigned *out) {
    struct yaml_place place;
    return yaml_member(map, key, &place) ? yaml_choice(&place, key, names, out) : 0;
}

int read_class(const struct yaml_place *map, uint8_t *out) {
    struct yaml_place place;
    uint32_t number = 0;
    int status = yaml_member(map, "class", &place) ? yaml_number(&place, 1, 2, &number) : 0;
    *out = (uint8_t)number;
    return status;
}

/* ---- sets ---- */

int read_zones(const struct yaml_place *place, zone_set *out) {
    *out = 0;
    for (size_t i = 0; i < yaml_count(place); i++) {
        struct yaml_place item = yaml_item(place, i);
        struct bytes name;
        int status = yaml_scalar(&item, &name);
        if (status != 0) {
            return status;
        }
        int zone = zone_from_name(name);
        if (zone < 0) {
            char complaint[COMPLAINT_TEXT];
            zone_complaint(name, complaint, sizeof complaint);
            return yaml_complain(&item, "%s", complaint);
        }
        *out |= ZONE_BIT((unsigned)zone);
    }
    return *out != 0 ? 0 : yaml_complain(place, "must name at least one zone");
}

int read_choices(const struct yaml_place *place, const char *what, const char *const *names,
                 uint32_t *out) {
    *out = 0;
    for (size_t i = 0; i < yaml_count(place); i++) {
        struct yaml_place item = yaml_item(place, i);
        unsigned index;
        int status = yaml_choice(&item, what, names, &index);
        if (status != 0) {
            return status;
        }
        *out |= UINT32_C(1) << index;
    }
    return *out != 0 ? 0 : yaml_complain(place, "must not be empty");
}

/* A table of names: what they mean to this build, and the complaint about others. */
typedef int name_bit(const struct rule_vocabulary *words, struct bytes name);
typedef void name_complainer(const struct rule_vocabulary *words, struct bytes given, char *out,
                             size_t size);

static int read_named(const struct pack_work *work, const struct yaml_place *place,
                      name_bit *bit_of, name_complainer *complain, uint64_t *set) {
    size_t count = yaml_count(place);
    for (size_t i = 0; i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        struct bytes name;
        int status = yaml_scalar(&item, &name);
        if (status != 0) {
            return status;
        }
        int bit = bit_of(work->words, name);
        if (bit < -1) {
            char complaint[COMPLAINT_TEXT];
            complain(work->words, name, complaint, sizeof complaint);
            return yaml_complain(&item, "%s", complaint);
        }
        *set |= bit < 0 ? 0 : UINT64_C(1) << bit;
    }
    return count > 0 ? 0 : yaml_complain(place, "must not be empty");
}

int read_kinds(const struct pack_work *work, const struct yaml_place *place, uint64_t *kinds,
               bool *missing_out) {
    uint64_t named = 0;
    int status = read_named(work, place, kind_bit, kind_complaint, &named);
    *kinds |= named;
    *missing_out = status == 0 && named == 0;
    return status;
}

int read_legal(const struct pack_work *work, const struct yaml_place *place, uint64_t *kinds) {
    uint32_t categories;
    int status = read_choices(place, SAID("legal category"), legal_names, &categories);
    for (unsigned i = 0; status == 0 && i < SET_MAX && work->words->kinds[i] != NULL; i++) {
        if ((categories >> work->words->legal[i] & 1) != 0) {
            *kinds |= UINT64_C(1) << i;
        }
    }
    return status;
}

int read_roles(const struct pack_work *work, const struct yaml_place *place, uint32_t *roles) {
    uint64_t named = 0;
    int status = read_named(work, place, role_bit, role_complaint, &named);
    *roles |= (uint32_t)named;
    return status;
}
