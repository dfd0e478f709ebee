#include "catalog/layout_settings.h"

static const char *const layout_keys[] = {"files",  "layout",         "encoding", "records",
                                          "fields", "trailer-counts", NULL};
static const char *const record_keys[] = {"name", "code", "count", "fields", NULL};
static const char *const field_keys[] = {"name", "start", "end", "length", NULL};
static const char *const code_keys[] = {"start", "end", "length", "text", NULL};
static const char *const count_keys[] = {"start", "end", "length", NULL};
static const char *const counted[] = {"details", "all", NULL};

static int out_of_memory(const struct yaml_place *place) {
    return error_set(place->tree->err, YINMA_E_MEMORY, "out of memory while reading %s",
                     place->tree->file);
}

/* "start" with "end" or "length", counted from 1. */
static int read_span(const struct yaml_place *map, struct layout_span *out) {
    struct yaml_place start, end, length;
    uint32_t first = 0, last = 0;
    int status = yaml_required(map, "start", &start);
    status = status != 0 ? status : yaml_number(&start, 1, LAYOUT_WIDTH_MAX, &first);
    if (status != 0) {
        return status;
    }
    bool has_end = yaml_member(map, "end", &end), has_length = yaml_member(map, "length", &length);
    if (!has_end && !has_length) {
        return yaml_complain(map, "needs the key \"length\" or \"end\"");
    }
    if (has_length) {
        status = yaml_number(&length, 1, LAYOUT_WIDTH_MAX, &out->length);
    }
    if (status == 0 && has_end) {
        status = yaml_number(&end, first, LAYOUT_WIDTH_MAX, &last);
        if (status == 0 && has_length && last - first + 1 != out->length) {
            status = yaml_complain(&length, "is %u, but from byte %u to %u there are %u",
                                   out->length, first, last, last - first + 1);
        }
        out->length = last - first + 1;
    }
    out->start = first - 1;
    return status;
}

static int read_field(const struct yaml_place *place, struct layout_field *out) {
    struct yaml_place name;
    const char *text = NULL;
    int status = yaml_mapping(place, field_keys);
    status = status != 0 ? status : yaml_required(place, "name", &name);
    status = status != 0 ? status : yaml_text(&name, &text);
    status = status != 0 ? status : read_span(place, &out->span);
    if (status == 0) {
        out->name = bytes_of_string(text);
        out->line = (unsigned)yaml_line(place);
    }
    return status;
}

static int read_fields(const struct yaml_place *list, struct arena *memory,
                       struct layout_record *out) {
    int status = yaml_list(list);
    size_t count = status == 0 ? yaml_count(list) : 0;
    if (status == 0 && (count == 0 || count > LAYOUT_FIELDS_MAX)) {
        return yaml_complain(list, "must have from 1 to %d fields", LAYOUT_FIELDS_MAX);
    }
    out->fields = arena_alloc(memory, (count + 1) * sizeof *out->fields);
    if (out->fields == NULL) {
        return out_of_memory(list);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(list, i);
        status = read_field(&item, &out->fields[i]);
    }
    out->field_count = count;
    const struct layout_field *one = NULL, *other = NULL;
    enum layout_problem problem =
        status == 0 ? layout_record_finish(out, &one, &other) : LAYOUT_GOOD;
    if (problem == LAYOUT_OVERLAP) {
        return yaml_complain(list, "the fields of lines %u and %u share bytes", one->line,
                             other->line);
    }
    return problem == LAYOUT_GOOD
               ? status
               : yaml_complain(list, "a record may have at most %d bytes", LAYOUT_WIDTH_MAX);
}

static int read_code(const struct yaml_place *map, struct layout_record *out) {
    struct yaml_place place, text;
    const char *code = NULL;
    if (!yaml_member(map, "code", &place)) {
        return 0;
    }
    int status = yaml_mapping(&place, code_keys);
    status = status != 0 ? status : yaml_required(&place, "text", &text);
    status = status != 0 ? status : yaml_text(&text, &code);
    if (status == 0 && code[0] == '\0') {
        status = yaml_complain(&text, "must not be empty");
    }
    struct yaml_place other;
    if (status == 0 && !yaml_member(&place, "end", &other) &&
        !yaml_member(&place, "length", &other)) {
        uint32_t start = 0; /* as long as its text */
        status = yaml_required(&place, "start", &other);
        status = status != 0 ? status : yaml_number(&other, 1, LAYOUT_WIDTH_MAX, &start);
        out->code = (struct layout_span){start - 1, (uint32_t)strlen(code == NULL ? "" : code)};
    } else if (status == 0) {
        status = read_span(&place, &out->code);
    }
    out->code_text = status == 0 ? bytes_of_string(code) : bytes_of("", 0);
    return status;
}

static int read_record(const struct yaml_place *place, struct arena *memory,
                       struct layout_record *out) {
    struct yaml_place name, count, fields;
    const char *text = NULL;
    int status = yaml_mapping(place, record_keys);
    status = status != 0 ? status : yaml_required(place, "name", &name);
    status = status != 0 ? status : yaml_text(&name, &text);
    status = status != 0 ? status : read_code(place, out);
    if (status == 0) {
        out->name = bytes_of_string(text);
        out->place = layout_place_of(out->name);
    }
    if (status == 0 && yaml_member(place, "count", &count)) {
        status = yaml_mapping(&count, count_keys);
        status = status != 0 ? status : read_span(&count, &out->count);
        out->place = LAYOUT_LAST;
    }
    status = status != 0 ? status : yaml_required(place, "fields", &fields);
    return status != 0 ? status : read_fields(&fields, memory, out);
}

static int read_records(const struct yaml_place *list, struct arena *memory,
                        struct record_layout *out) {
    int status = yaml_list(list);
    size_t count = status == 0 ? yaml_count(list) : 0;
    if (status == 0 && (count == 0 || count > LAYOUT_RECORDS_MAX)) {
        return yaml_complain(list, "must have from 1 to %d sorts of records", LAYOUT_RECORDS_MAX);
    }
    out->records = arena_alloc(memory, (count + 1) * sizeof *out->records);
    if (out->records == NULL) {
        return out_of_memory(list);
    }
    out->record_count = count;
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(list, i);
        status = read_record(&item, memory, &out->records[i]);
    }
    return status;
}

/* The sorts of records, or the fields of the only one. */
static int read_description(const struct yaml_place *place, struct arena *memory,
                            struct layout_setting *setting) {
    struct record_layout *layout = arena_alloc(memory, sizeof *layout);
    struct yaml_place records, fields;
    bool sorts = yaml_member(place, "records", &records);
    if (layout == NULL) {
        return out_of_memory(place);
    }
    if (sorts == yaml_member(place, "fields", &fields)) {
        return yaml_complain(place, "needs one of \"layout\" (a file), \"fields\" and \"records\"");
    }
    int status = 0;
    if (sorts) {
        status = read_records(&records, memory, layout);
    } else {
        layout->records = arena_alloc(memory, sizeof *layout->records);
        layout->record_count = 1;
        if (layout->records == NULL) {
            return out_of_memory(place);
        }
        status = read_fields(&fields, memory, layout->records);
    }
    for (size_t i = 0; status == 0 && i < layout->record_count; i++) {
        size_t width = layout->records[i].width;
        layout->width = width > layout->width ? width : layout->width;
    }
    layout->counts_all = setting->counts_all;
    layout->encoding = setting->encoding;
    setting->layout = layout;
    return status;
}

/* FILE stands relative to the configuration that names it. */
static int resolve(const struct yaml_place *place, struct arena *memory, const char **file) {
    const char *config = place->tree->file, *slash = strrchr(config, '/');
    size_t folder = slash == NULL || (*file)[0] == '/' ? 0 : (size_t)(slash - config) + 1;
    size_t len = strlen(*file);
    char *path = arena_alloc(memory, folder + len + 1);
    if (path == NULL) {
        return out_of_memory(place);
    }
    memcpy(path, config, folder);
    memcpy(path + folder, *file, len);
    *file = path;
    return 0;
}

static int read_layout(const struct yaml_place *place, struct arena *memory,
                       struct layout_setting *out) {
    struct yaml_place member;
    unsigned which = 0;
    int status = yaml_mapping(place, layout_keys);
    status = status != 0 ? status : yaml_required(place, "files", &member);
    status = status != 0 ? status : yaml_text(&member, &out->glob);
    out->line = (unsigned)yaml_line(place);
    if (status == 0 && (out->glob[0] == '\0' || strlen(out->glob) > GLOB_BYTES_MAX)) {
        status = yaml_complain(&member, "must be a glob of 1 to %d bytes", GLOB_BYTES_MAX);
    }
    if (status == 0 && yaml_member(place, "encoding", &member)) {
        status = yaml_text(&member, &out->encoding);
    }
    if (status == 0 && yaml_member(place, "trailer-counts", &member)) {
        status = yaml_choice(&member, "count", counted, &which);
        out->counts_all = which == 1;
    }
    if (status == 0 && yaml_member(place, "layout", &member)) {
        struct yaml_place other;
        if (yaml_member(place, "fields", &other) || yaml_member(place, "records", &other)) {
            return yaml_complain(place, "has its layout in a file and here");
        }
        status = yaml_text(&member, &out->file);
        return status != 0 ? status : resolve(place, memory, &out->file);
    }
    return status != 0 ? status : read_description(place, memory, out);
}

int layout_settings_read(const struct yaml_place *root, struct arena *memory,
                         struct config *config) {
    struct yaml_place list;
    if (!yaml_member(root, "layouts", &list)) {
        return 0;
    }
    bool is_short = yaml_is_mapping(&list); /* glob: file */
    int status = is_short ? yaml_mapping(&list, NULL) : yaml_list(&list);
    size_t count = status == 0 ? yaml_count(&list) : 0;
    struct layout_setting *settings = arena_alloc(memory, (count + 1) * sizeof *settings);
    if (settings == NULL) {
        return out_of_memory(&list);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item;
        if (!is_short) {
            item = yaml_item(&list, i);
            status = read_layout(&item, memory, &settings[i]);
            continue;
        }
        status = yaml_pair(&list, i, &item);
        status = status != 0 ? status : yaml_text(&item, &settings[i].file);
        status = status != 0 ? status : resolve(&item, memory, &settings[i].file);
        settings[i].glob = item.key;
        settings[i].line = (unsigned)yaml_line(&item);
    }
    config->layouts = settings;
    config->layout_count = count;
    return status;
}
