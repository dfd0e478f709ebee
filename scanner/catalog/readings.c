#include "catalog/readings.h"

#include "catalog/pack_values.h"

enum { SCHEMA_VERSION = 1, READINGS_MOST = 255 };

static const char *const file_keys[] = {"schema", "readings", NULL};
static const char *const reading_keys[] = {"number", "en", "zh", NULL};

static int read_reading(const struct yaml_place *place, uint32_t number,
                        struct published_reading *out) {
    struct yaml_place member;
    uint32_t given = 0;
    int status = yaml_mapping(place, reading_keys);
    if (status == 0) {
        status = yaml_required(place, "number", &member);
    }
    if (status == 0) {
        status = yaml_number(&member, number, number, &given);
    }
    if (status == 0) {
        status = yaml_required(place, "en", &member);
    }
    if (status == 0) {
        status = yaml_text(&member, &out->text.en);
    }
    if (status == 0) {
        status = yaml_required(place, "zh", &member);
    }
    if (status == 0) {
        status = yaml_text(&member, &out->text.zh);
    }
    out->number = given;
    return status;
}

static int read_list(const struct pack_source *source, const struct yaml_place *root,
                     struct arena *memory, const struct published_reading **out, size_t *count_out,
                     struct error *err) {
    struct yaml_place list;
    int status = yaml_mapping(root, file_keys);
    if (status == 0) {
        status = schema_check(root, SCHEMA_VERSION, "file");
    }
    if (status == 0) {
        status = yaml_required(root, "readings", &list);
    }
    if (status == 0) {
        status = yaml_list(&list);
    }
    if (status != 0) {
        return status;
    }
    size_t count = yaml_count(&list);
    if (count > READINGS_MOST) {
        return yaml_complain(&list, "holds %zu readings; at most %d are allowed", count,
                             READINGS_MOST);
    }
    struct published_reading *readings = arena_alloc(memory, (count + 1) * sizeof *readings);
    if (readings == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory while reading %s", source->file);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(&list, i);
        status = read_reading(&item, (uint32_t)i + 1, &readings[i]);
    }
    *out = readings;
    *count_out = count;
    return status;
}

int readings_read(const struct pack_source *source, struct arena *memory,
                  const struct published_reading **out, size_t *count_out, struct error *err) {
    struct yaml_tree tree;
    struct yaml_place root;
    *out = NULL;
    *count_out = 0;
    int status = yaml_tree_init(&tree, source->yaml, source->file, memory, err, &root);
    if (status == 0 && root.node == NULL) {
        status = error_set(err, YINMA_E_USAGE, "%s:1: holds no readings", source->file);
    }
    if (status == 0) {
        status = read_list(source, &root, memory, out, count_out, err);
    }
    yaml_tree_release(&tree);
    return status;
}
