#include "catalog/declared_settings.h"

#include "catalog/ciphers.h"
#include "catalog/kind_names.h"
#include "catalog/pack_values.h"
#include "catalog/period.h"
#include "core/day.h"

enum { COMPLAINT_TEXT = 320, ROWS_MOST = 1000000000 };

static const char *const expect_keys[] = {"files",  "glob", "encrypted", "newest",
                                          "tables", "rows", "end-mark",  NULL};
static const char *const cipher_keys[] = {"cipher", NULL};
static const char *const short_expectations[] = {"encrypted", NULL};
static const char *const waive_keys[] = {"files",   "glob",   "reason", "owner",
                                         "expires", "expiry", NULL};
static const char *const synthetic_keys[] = {"files", "glob",    "generator",
                                             "owner", "expires", NULL};
static const char *const allow_keys[] = {"files",  "glob",  "field",   "kind",
                                         "reason", "owner", "expires", NULL};

struct reader {
    struct config *config;
    const struct rule_vocabulary *words;
    struct arena *memory;
};

static void *array_of(const struct reader *reader, const struct yaml_place *place, size_t count,
                      size_t size) {
    void *array = arena_alloc(reader->memory, (count + 1) * size);
    if (array == NULL) {
        error_set(place->tree->err, YINMA_E_MEMORY, "out of memory while reading %s",
                  place->tree->file);
    }
    return array;
}

/* ---- members that all have ---- */

static int check_glob(const struct yaml_place *place, const char *glob) {
    if (glob[0] == '\0') {
        return yaml_complain(place, "must name files");
    }
    return strlen(glob) <= GLOB_BYTES_MAX
               ? 0
               : yaml_complain(place, "a glob may have at most %d bytes", GLOB_BYTES_MAX);
}

/* "files", or "glob" as it was called first. */
static int read_files(const struct yaml_place *map, const char **out) {
    struct yaml_place place, other;
    bool named = yaml_member(map, "files", &place), globbed = yaml_member(map, "glob", &other);
    if (named == globbed) {
        return named ? yaml_complain(map, "names its files twice: \"files\" and \"glob\"")
                     : yaml_complain(map, "needs the key \"files\"");
    }
    place = named ? place : other;
    int status = yaml_text(&place, out);
    return status != 0 ? status : check_glob(&place, *out);
}

static int read_needed_text(const struct yaml_place *map, const char *key, const char **out) {
    struct yaml_place place;
    int status = yaml_required(map, key, &place);
    return status != 0 ? status : yaml_text(&place, out);
}

static int read_day(const struct yaml_place *map, const char *key, const char **out) {
    struct yaml_place place;
    if (!yaml_member(map, key, &place)) {
        return 0;
    }
    int status = yaml_text(&place, out);
    if (status == 0 && day_read(bytes_of_string(*out)) == DAY_NONE) {
        status = yaml_complain(&place, "must be a date like 2026-12-31");
    }
    return status;
}

/* ---- expect ---- */

static int read_cipher(const struct yaml_place *place, const char **out) {
    const char *names[CIPHERS_MAX + 1];
    unsigned index = 0;
    cipher_names(names);
    int status = yaml_choice(place, "cipher", names, &index);
    *out = names[index];
    return status;
}

static int read_encrypted(const struct yaml_place *place, struct expect_setting *out) {
    struct yaml_place cipher;
    if (!yaml_is_mapping(place)) {
        return yaml_bool(place, &out->encrypted);
    }
    int status = yaml_mapping(place, cipher_keys);
    out->encrypted = true;
    if (status == 0 && yaml_member(place, "cipher", &cipher)) {
        status = read_cipher(&cipher, &out->cipher);
    }
    return status;
}

/* The number of the table NAME among those that are looked for anywhere. */
static int expected_table(const struct reader *reader, const struct yaml_place *place,
                          const char *name, unsigned *out) {
    struct config *config = reader->config;
    for (unsigned i = 0; i < config->expected_table_count; i++) {
        if (strcmp(config->expected_tables[i], name) == 0) {
            *out = i;
            return 0;
        }
    }
    if (config->expected_table_count == EXPECTED_TABLES_MAX) {
        return yaml_complain(place, "one configuration may expect at most %d tables",
                             EXPECTED_TABLES_MAX);
    }
    *out = config->expected_table_count;
    config->expected_tables[config->expected_table_count++] = name;
    return 0;
}

static int read_tables(const struct reader *reader, const struct yaml_place *list,
                       struct expect_setting *out) {
    size_t count = yaml_count(list);
    int status = count == 0 ? yaml_complain(list, "must name tables") : 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(list, i);
        const char *name = NULL;
        unsigned number = 0;
        status = yaml_text(&item, &name);
        if (status == 0) {
            status = expected_table(reader, &item, name, &number);
        }
        out->tables |= UINT64_C(1) << number;
    }
    return status;
}

static int read_content(const struct reader *reader, const struct yaml_place *place,
                        struct expect_setting *out) {
    struct yaml_place member;
    int status = 0;
    if (yaml_member(place, "tables", &member)) {
        status = read_tables(reader, &member, out);
    }
    if (status == 0 && yaml_member(place, "rows", &member)) {
        status = yaml_number(&member, 1, ROWS_MOST, &out->rows);
    }
    if (status == 0 && yaml_member(place, "end-mark", &member)) {
        status = yaml_bool(&member, &out->end_mark);
    }
    bool of_content = out->tables != 0 || out->rows != 0 || out->end_mark;
    if (status == 0 && out->encrypted && of_content) {
        status = yaml_complain(place, "what is in encrypted files cannot be seen: \"tables\", "
                                      "\"rows\" and \"end-mark\" do not go with \"encrypted\"");
    }
    return status;
}

static int read_expect(const struct reader *reader, const struct yaml_place *place, void *entry) {
    struct expect_setting *out = entry;
    struct yaml_place member;
    int status = yaml_mapping(place, expect_keys);
    if (status == 0) {
        status = read_files(place, &out->glob);
    }
    if (status == 0 && yaml_member(place, "encrypted", &member)) {
        status = read_encrypted(&member, out);
    }
    if (status == 0 && yaml_member(place, "newest", &member)) {
        status = period_read(&member, &out->newest);
    }
    return status != 0 ? status : read_content(reader, place, out);
}

/* ---- waive, synthetic, allow ---- */

static int read_waive(const struct reader *reader, const struct yaml_place *place, void *entry) {
    (void)reader;
    struct waive_setting *out = entry;
    int status = yaml_mapping(place, waive_keys);
    if (status == 0) {
        status = read_files(place, &out->glob);
    }
    if (status == 0) {
        status = read_needed_text(place, "reason", &out->reason);
    }
    if (status == 0) {
        status = read_needed_text(place, "owner", &out->owner);
    }
    if (status == 0) {
        status = read_day(place, "expiry", &out->expires);
    }
    return status != 0 ? status : read_day(place, "expires", &out->expires);
}

static int read_synthetic(const struct reader *reader, const struct yaml_place *place,
                          void *entry) {
    (void)reader;
    struct synthetic_setting *out = entry;
    int status = yaml_mapping(place, synthetic_keys);
    if (status == 0) {
        status = read_files(place, &out->glob);
    }
    if (status == 0) {
        status = read_needed_text(place, "generator", &out->generator);
    }
    if (status == 0) {
        status = read_needed_text(place, "owner", &out->owner);
    }
    return status != 0 ? status : read_day(place, "expires", &out->expires);
}

static int read_allowed_kind(const struct reader *reader, const struct yaml_place *place,
                             const char **out) {
    char complaint[COMPLAINT_TEXT];
    int status = yaml_text(place, out);
    if (status != 0) {
        return status;
    }
    struct bytes name = bytes_of_string(*out);
    if (kind_bit(reader->words, name) != -2 || role_bit(reader->words, name) != -2) {
        return 0;
    }
    kind_complaint(reader->words, name, complaint, sizeof complaint);
    return yaml_complain(place, "%s", complaint);
}

static int read_allow(const struct reader *reader, const struct yaml_place *place, void *entry) {
    struct allow_setting *out = entry;
    struct yaml_place kind;
    int status = yaml_mapping(place, allow_keys);
    if (status == 0) {
        status = read_files(place, &out->glob);
    }
    if (status == 0) {
        status = read_optional_text(place, "field", &out->field);
    }
    if (status == 0 && yaml_member(place, "kind", &kind)) {
        status = read_allowed_kind(reader, &kind, &out->kind);
    }
    if (status == 0) {
        status = read_needed_text(place, "reason", &out->reason);
    }
    if (status == 0) {
        status = read_optional_text(place, "owner", &out->owner);
    }
    return status != 0 ? status : read_day(place, "expires", &out->expires);
}

/* ---- lists ---- */

typedef int read_entry(const struct reader *reader, const struct yaml_place *place, void *entry);

static int read_list(const struct reader *reader, const struct yaml_place *list, size_t size,
                     read_entry *read, void **array_out, size_t *count_out) {
    int status = yaml_list(list);
    size_t count = status == 0 ? yaml_count(list) : 0;
    uint8_t *array = array_of(reader, list, count, size);
    if (array == NULL) {
        return YINMA_E_MEMORY;
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(list, i);
        status = read(reader, &item, array + i * size);
    }
    *array_out = array;
    *count_out = count;
    return status;
}

/* `expect: {'*.7z': encrypted}` */
static int read_short_expects(const struct reader *reader, const struct yaml_place *map) {
    int status = yaml_mapping(map, NULL);
    size_t count = status == 0 ? yaml_count(map) : 0;
    struct expect_setting *expects = array_of(reader, map, count, sizeof *expects);
    if (expects == NULL) {
        return YINMA_E_MEMORY;
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place entry;
        unsigned index = 0;
        status = yaml_pair(map, i, &entry);
        if (status == 0) {
            expects[i].glob = entry.key;
            expects[i].encrypted = true;
            status = check_glob(&entry, entry.key);
        }
        if (status == 0) {
            status = yaml_choice(&entry, "expectation", short_expectations, &index);
        }
    }
    reader->config->expects = expects;
    reader->config->expect_count = count;
    return status;
}

int declared_settings_read(const struct yaml_place *root, const struct rule_vocabulary *words,
                           struct arena *memory, struct config *config) {
    const struct reader reader = {config, words, memory};
    struct yaml_place place;
    void *array = NULL;
    int status = 0;
    if (yaml_member(root, "expect", &place)) {
        if (yaml_is_mapping(&place)) {
            status = read_short_expects(&reader, &place);
        } else {
            status = read_list(&reader, &place, sizeof(struct expect_setting), read_expect, &array,
                               &config->expect_count);
            config->expects = array;
        }
    }
    if (status == 0 && yaml_member(root, "waive", &place)) {
        status = read_list(&reader, &place, sizeof(struct waive_setting), read_waive, &array,
                           &config->waive_count);
        config->waives = array;
    }
    if (status == 0 && yaml_member(root, "synthetic", &place)) {
        status = read_list(&reader, &place, sizeof(struct synthetic_setting), read_synthetic,
                           &array, &config->synthetic_count);
        config->synthetics = array;
    }
    if (status == 0 && yaml_member(root, "allow", &place)) {
        status = read_list(&reader, &place, sizeof(struct allow_setting), read_allow, &array,
                           &config->allow_count);
        config->allows = array;
    }
    return status;
}
