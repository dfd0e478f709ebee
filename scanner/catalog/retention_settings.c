#include "catalog/retention_settings.h"

#include "catalog/kind_names.h"
#include "catalog/pack_values.h"
#include "catalog/period.h"

enum { COMPLAINT_TEXT = 320 };

static const char *const retention_keys[] = {"setting", "pack", "zones", "kinds", "at-most", NULL};

static int read_kind_set(const struct yaml_place *list, const struct rule_vocabulary *words,
                         uint64_t *out) {
    for (size_t i = 0; i < yaml_count(list); i++) {
        struct yaml_place item = yaml_item(list, i);
        struct bytes name;
        int status = yaml_scalar(&item, &name);
        if (status != 0) {
            return status;
        }
        int kind = kind_bit(words, name);
        if (kind < -1) {
            char complaint[COMPLAINT_TEXT];
            kind_complaint(words, name, complaint, sizeof complaint);
            return yaml_complain(&item, "%s", complaint);
        }
        *out |= kind >= 0 ? UINT64_C(1) << kind : 0;
    }
    return *out != 0 ? 0 : yaml_complain(list, "must name kinds that this program finds");
}

static int read_entry(const struct yaml_place *place, const struct rule_vocabulary *words,
                      struct retention_setting *out) {
    struct yaml_place member;
    int status = yaml_mapping(place, retention_keys);
    if (status == 0) {
        status = yaml_required(place, "at-most", &member);
    }
    if (status == 0) {
        status = period_read(&member, &out->at_most);
        out->line = (unsigned)yaml_line(place);
    }
    if (status == 0 && yaml_member(place, "setting", &member)) {
        status = read_name(&member, &out->setting);
    }
    if (status == 0 && yaml_member(place, "pack", &member)) {
        status = yaml_text(&member, &out->pack);
    }
    if (status == 0 && yaml_member(place, "zones", &member)) {
        status = read_zones(&member, &out->zones);
    }
    if (status == 0 && yaml_member(place, "kinds", &member)) {
        status = read_kind_set(&member, words, &out->kinds);
    }
    return status;
}

int retention_settings_read(const struct yaml_place *root, const struct rule_vocabulary *words,
                            struct arena *memory, struct config *config) {
    struct yaml_place list;
    if (!yaml_member(root, "retention", &list)) {
        return 0;
    }
    int status = yaml_list(&list);
    size_t count = status == 0 ? yaml_count(&list) : 0;
    struct retention_setting *settings = arena_alloc(memory, (count + 1) * sizeof *settings);
    if (settings == NULL) {
        return error_set(root->tree->err, YINMA_E_MEMORY, "out of memory while reading %s",
                         root->tree->file);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(&list, i);
        status = read_entry(&item, words, &settings[i]);
    }
    config->retention = settings;
    config->retention_count = count;
    return status;
}
