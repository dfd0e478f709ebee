#include "catalog/flow_settings.h"

#include "catalog/kind_names.h"
#include "catalog/pack_values.h"

enum { COMPLAINT_TEXT = 320 };

static const char *const flow_keys[] = {"name", "from", "to", "files", "subject", "may-pass", NULL};
static const char *const pass_keys[] = {"kinds", "states", NULL};
static const char *const states[] = {"clear", "weak", "masked", "encrypted", NULL};

static void *array_of(const struct yaml_place *place, struct arena *memory, size_t count,
                      size_t size) {
    void *array = arena_alloc(memory, (count + 1) * size);
    if (array == NULL) {
        error_set(place->tree->err, YINMA_E_MEMORY, "out of memory while reading %s",
                  place->tree->file);
    }
    return array;
}

static int read_kind_names(const struct yaml_place *place, const struct rule_vocabulary *words,
                           struct arena *memory, const char *const **out) {
    size_t count = yaml_count(place);
    const char **names = array_of(place, memory, count, sizeof *names);
    if (names == NULL) {
        return YINMA_E_MEMORY;
    }
    int status = 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        status = yaml_text(&item, &names[i]);
        if (status == 0 && kind_bit(words, bytes_of_string(names[i])) == -2) {
            char complaint[COMPLAINT_TEXT];
            kind_complaint(words, bytes_of_string(names[i]), complaint, sizeof complaint);
            status = yaml_complain(&item, "%s", complaint);
        }
    }
    *out = names;
    return status;
}

static int read_pass(const struct yaml_place *place, const struct rule_vocabulary *words,
                     struct arena *memory, struct flow_pass *out) {
    struct yaml_place kinds, mask;
    int status = yaml_mapping(place, pass_keys);
    if (status == 0) {
        status = yaml_required(place, "kinds", &kinds);
    }
    if (status == 0) {
        status = read_kind_names(&kinds, words, memory, &out->kinds);
    }
    out->states = UINT32_MAX; /* whatever mask it wears */
    if (status == 0 && yaml_member(place, "states", &mask)) {
        status = read_choices(&mask, "state", states, &out->states);
    }
    return status;
}

static int read_passes(const struct yaml_place *list, const struct rule_vocabulary *words,
                       struct arena *memory, struct flow_setting *out) {
    size_t count = yaml_count(list);
    struct flow_pass *passes = array_of(list, memory, count, sizeof *passes);
    int status = passes == NULL ? YINMA_E_MEMORY : yaml_list(list);
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(list, i);
        status = read_pass(&item, words, memory, &passes[i]);
    }
    out->passes = passes;
    out->pass_count = count;
    return status;
}

static int read_flow(const struct yaml_place *place, const struct rule_vocabulary *words,
                     struct arena *memory, struct flow_setting *out) {
    struct yaml_place name, files, passes;
    int status = yaml_mapping(place, flow_keys);
    if (status == 0) {
        status = yaml_required(place, "name", &name);
    }
    if (status == 0) {
        status = yaml_text(&name, &out->name);
    }
    if (status == 0) {
        status = read_optional_text(place, "from", &out->from);
    }
    if (status == 0) {
        status = read_optional_text(place, "to", &out->to);
    }
    if (status == 0) {
        status = read_optional_text(place, "subject", &out->subject);
    }
    if (status == 0) {
        status = yaml_required(place, "files", &files);
    }
    if (status == 0) {
        status = yaml_text(&files, &out->glob);
    }
    if (status == 0 && yaml_member(place, "may-pass", &passes)) {
        status = read_passes(&passes, words, memory, out);
    }
    return status;
}

int flow_settings_read(const struct yaml_place *root, const struct rule_vocabulary *words,
                       struct arena *memory, struct config *config) {
    struct yaml_place list;
    if (!yaml_member(root, "flows", &list)) {
        return 0;
    }
    int status = yaml_list(&list);
    size_t count = status == 0 ? yaml_count(&list) : 0;
    struct flow_setting *flows = array_of(&list, memory, count, sizeof *flows);
    if (flows == NULL) {
        return YINMA_E_MEMORY;
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(&list, i);
        status = read_flow(&item, words, memory, &flows[i]);
    }
    config->flows = flows;
    config->flow_count = count;
    return status;
}

const struct flow_setting *config_flow_of(const struct config *config, struct bytes path) {
    for (size_t i = 0; config != NULL && i < config->flow_count; i++) {
        if (glob_matches_unit(config->flows[i].glob, path)) {
            return &config->flows[i];
        }
    }
    return NULL;
}

bool flow_may_pass(const struct flow_setting *flow, const char *kind, unsigned state) {
    for (size_t i = 0; i < flow->pass_count; i++) {
        const struct flow_pass *pass = &flow->passes[i];
        for (size_t k = 0; pass->kinds[k] != NULL; k++) {
            if ((pass->states >> state & 1) != 0 && strcmp(pass->kinds[k], kind) == 0) {
                return true;
            }
        }
    }
    return false;
}
