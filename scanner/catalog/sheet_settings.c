#include "catalog/sheet_settings.h"

#include "catalog/pack_values.h"

static const char *const firm_keys[] = {"company", "unit", "checker", NULL};
static const char *const scope_keys[] = {"control", "systems", "zones", "files", NULL};

static void *array_of(const struct yaml_place *place, struct arena *memory, size_t count,
                      size_t size) {
    void *array = arena_alloc(memory, (count + 1) * size);
    if (array == NULL) {
        error_set(place->tree->err, YINMA_E_MEMORY, "out of memory while reading %s",
                  place->tree->file);
    }
    return array;
}

static int read_firm(const struct yaml_place *place, struct firm_setting *out) {
    const char **const texts[] = {&out->company, &out->unit, &out->checker};
    int status = yaml_mapping(place, firm_keys);
    for (size_t i = 0; status == 0 && firm_keys[i] != NULL; i++) {
        struct yaml_place text;
        if (yaml_member(place, firm_keys[i], &text)) {
            status = yaml_text(&text, texts[i]);
        }
    }
    return status;
}

/* The member KEY as a list that ends with NULL; *OUT stays NULL without it. */
static int read_texts(const struct yaml_place *map, const char *key, struct arena *memory,
                      const char *const **out) {
    struct yaml_place list;
    if (!yaml_member(map, key, &list)) {
        return 0;
    }
    size_t count = yaml_count(&list);
    const char **texts = array_of(&list, memory, count, sizeof *texts);
    if (texts == NULL) {
        return YINMA_E_MEMORY;
    }
    int status = count == 0 ? yaml_complain(&list, "must name something") : 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(&list, i);
        status = yaml_text(&item, &texts[i]);
    }
    *out = texts;
    return status;
}

static int read_scope(const struct yaml_place *place, struct arena *memory,
                      struct scope_setting *out) {
    struct yaml_place control, zones;
    int status = yaml_mapping(place, scope_keys);
    if (status == 0) {
        status = yaml_required(place, "control", &control);
    }
    if (status == 0) {
        status = yaml_text(&control, &out->control);
        out->line = (unsigned)yaml_line(&control);
    }
    if (status == 0) {
        status = read_texts(place, "systems", memory, &out->systems);
    }
    if (status == 0) {
        status = read_texts(place, "files", memory, &out->files);
    }
    if (status == 0 && yaml_member(place, "zones", &zones)) {
        status = read_zones(&zones, &out->zones);
    }
    if (status == 0 && out->systems == NULL && out->files == NULL && out->zones == 0) {
        status = yaml_complain(place, "a scope names systems, zones or files");
    }
    return status;
}

int sheet_settings_read(const struct yaml_place *root, struct arena *memory,
                        struct config *config) {
    struct yaml_place firm, list;
    int status = yaml_member(root, "firm", &firm) ? read_firm(&firm, &config->firm) : 0;
    if (status != 0 || !yaml_member(root, "scope", &list)) {
        return status;
    }
    status = yaml_list(&list);
    size_t count = status == 0 ? yaml_count(&list) : 0;
    struct scope_setting *scopes = array_of(&list, memory, count, sizeof *scopes);
    if (scopes == NULL) {
        return YINMA_E_MEMORY;
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(&list, i);
        status = read_scope(&item, memory, &scopes[i]);
    }
    config->scopes = scopes;
    config->scope_count = count;
    return status;
}
