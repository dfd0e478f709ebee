#include "decode/json/paths.h"

#include <stdlib.h>

#include "core/arena.h"
#include "core/hash64.h"
#include "decode/keyed/values.h"

enum {
    FIRST_SLOTS = 256, /* most documents have fewer keys than half of that */
    KEY_BYTES = 256,   /* a longer key is no name */
    DIGIT_RUN = 5,     /* nor is one with so many digits in a row … */
    DIGEST_DIGITS = 8, /* … or with nothing but so many hexadecimal digits */
    UUID_BYTES = 36,
    KEY_PADDING = 16,
};

enum place_type { PLACE_COLUMN, PLACE_KEY, PLACE_ELEMENT, PLACE_ANY };

struct place {
    struct bytes key; /* as written; of a column its name */
    struct bytes label;
    uint32_t parent;
    uint32_t field; /* JSON_PATH_NONE: not made yet */
    uint32_t table;
    uint32_t first; /* the first key that was looked up below it */
    uint32_t next;  /* the key that followed this one */
    uint32_t element, any;
    enum place_type type;
    unsigned roles;
    bool told; /* the key alone names it (json_paths_told) */
};

struct json_paths {
    struct field_set *fields;
    struct arena names;
    struct place *places;
    uint32_t count, capacity;
    bool failed;
    uint32_t *slots;                /* of keys: place + 1, 0 = free; NULL while there are none */
    uint32_t slot_count, key_count; /* a power of two, at least twice as many as there are keys */
};

uint32_t json_paths_count(const struct json_paths *paths) {
    return paths->count;
}

unsigned json_paths_roles(const struct json_paths *paths, uint32_t place) {
    return place == JSON_PATH_NONE ? 0 : paths->places[place].roles;
}

bool json_paths_failed(const struct json_paths *paths) {
    return paths->failed;
}

/* Services that answer in these words: Elasticsearch and Presto (columns), BigQuery (schema.fields,
 * f, v), ClickHouse (meta), InfluxDB, RDS Data (columnMetadata), Google Charts (cols, c, v), Neo4j
 * (keys, row); forms, surveys and settings say name and value, question and answer. */
static const struct {
    const char *word;
    unsigned roles;
} key_roles[] = {
    {"columns", JSON_ROLE_NAMES | JSON_ROLE_CELLS},
    {"cols", JSON_ROLE_NAMES | JSON_ROLE_CELLS},
    {"fields", JSON_ROLE_NAMES | JSON_ROLE_CELLS},
    {"headers", JSON_ROLE_NAMES},
    {"header", JSON_ROLE_NAMES},
    {"headings", JSON_ROLE_NAMES},
    {"heading", JSON_ROLE_NAMES},
    {"columnnames", JSON_ROLE_NAMES},
    {"columnlabels", JSON_ROLE_NAMES},
    {"columndefs", JSON_ROLE_NAMES},
    {"colnames", JSON_ROLE_NAMES},
    {"fieldnames", JSON_ROLE_NAMES},
    {"columnmetadata", JSON_ROLE_NAMES},
    {"columninfo", JSON_ROLE_NAMES},
    {"names", JSON_ROLE_NAMES},
    {"keys", JSON_ROLE_NAMES},
    {"titles", JSON_ROLE_NAMES},
    {"schema", JSON_ROLE_NAMES | JSON_ROLE_ABOUT},
    {"meta", JSON_ROLE_NAMES | JSON_ROLE_ABOUT},
    {"metadata", JSON_ROLE_NAMES | JSON_ROLE_ABOUT},
    {"resultsetmetadata", JSON_ROLE_ABOUT},
    {"欄位", JSON_ROLE_NAMES},
    {"欄位名稱", JSON_ROLE_NAMES},
    {"表頭", JSON_ROLE_NAMES},
    {"f", JSON_ROLE_CELLS},
    {"c", JSON_ROLE_CELLS},
    {"data", JSON_ROLE_CELLS},
    {"cells", JSON_ROLE_CELLS},
    {"row", JSON_ROLE_CELLS},
    {"name", JSON_ROLE_LABEL},
    {"key", JSON_ROLE_LABEL},
    {"label", JSON_ROLE_LABEL},
    {"field", JSON_ROLE_LABEL},
    {"title", JSON_ROLE_LABEL},
    {"column", JSON_ROLE_LABEL},
    {"columnname", JSON_ROLE_LABEL},
    {"fieldname", JSON_ROLE_LABEL},
    {"question", JSON_ROLE_LABEL},
    {"v", JSON_ROLE_VALUE},
    {"value", JSON_ROLE_VALUE},
    {"values", JSON_ROLE_CELLS | JSON_ROLE_VALUE},
    {"answer", JSON_ROLE_VALUE},
    {"content", JSON_ROLE_VALUE},
    {"text", JSON_ROLE_VALUE},
    {"值", JSON_ROLE_VALUE},
    {"stringvalue", JSON_ROLE_VALUE},
    {"longvalue", JSON_ROLE_VALUE},
    {"varcharvalue", JSON_ROLE_VALUE},
};

/* Case, `_` and `-` make no difference. */
static unsigned roles_of(struct bytes key) {
    uint8_t folded[24];
    size_t len = 0;
    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] != '_' && key.ptr[i] != '-') {
            if (len == sizeof folded) {
                return 0;
            }
            folded[len++] = byte_lower(key.ptr[i]);
        }
    }
    for (size_t i = 0; i < sizeof key_roles / sizeof *key_roles; i++) {
        if (bytes_equal(bytes_of(folded, len), bytes_of_string(key_roles[i].word))) {
            return key_roles[i].roles;
        }
    }
    return 0;
}

/* JSON_PATH_NONE: too many, or memory is out. */
static uint32_t add_place(struct json_paths *paths, uint32_t parent, enum place_type type,
                          struct bytes key) {
    if (paths->count == paths->capacity) {
        uint32_t capacity = paths->capacity == 0 ? 64 : paths->capacity * 2;
        struct place *bigger = realloc(paths->places, capacity * sizeof *bigger);
        if (bigger == NULL) {
            paths->failed = true;
            return JSON_PATH_NONE;
        }
        paths->places = bigger;
        paths->capacity = capacity;
    }
    uint8_t *copy = arena_alloc(&paths->names, key.len + KEY_PADDING);
    if (copy == NULL) {
        paths->failed = true;
        return JSON_PATH_NONE;
    }
    memcpy(copy, key.ptr, key.len);
    paths->places[paths->count] =
        (struct place){.key = bytes_of(copy, key.len),
                       .parent = parent,
                       .field = JSON_PATH_NONE,
                       .table = parent == JSON_PATH_NONE ? 0 : paths->places[parent].table,
                       .first = JSON_PATH_NONE,
                       .next = JSON_PATH_NONE,
                       .element = JSON_PATH_NONE,
                       .any = JSON_PATH_NONE,
                       .type = type,
                       .roles = type == PLACE_KEY ? roles_of(key) : 0};
    return paths->count++;
}

struct json_paths *json_paths_new(struct field_set *fields) {
    struct json_paths *paths = calloc(1, sizeof *paths);
    if (paths == NULL) {
        return NULL;
    }
    arena_init(&paths->names, 0);
    paths->fields = fields;
    if (json_paths_column(paths, TABLE_NONE, BYTES_LIT("")) != JSON_PATH_ROOT) {
        json_paths_free(paths);
        return NULL;
    }
    return paths;
}

void json_paths_free(struct json_paths *paths) {
    if (paths != NULL) {
        arena_release(&paths->names);
        free(paths->places);
        free(paths->slots);
        free(paths);
    }
}

uint32_t json_paths_column(struct json_paths *paths, uint32_t table, struct bytes column) {
    uint32_t place = add_place(paths, JSON_PATH_NONE, PLACE_COLUMN, column);
    if (place != JSON_PATH_NONE) {
        paths->places[place].table = table;
    }
    return place;
}

bool json_paths_is_any(const struct json_paths *paths, uint32_t place) {
    return paths->places[place].type == PLACE_ANY;
}

void json_paths_label(struct json_paths *paths, uint32_t place, struct bytes label) {
    paths->places[place].label = label;
}

/* ---- keys ---- */

/* A number, a digest, an identifier or an address: no name, but data that stands where names do. */
static bool is_data(struct bytes key) {
    size_t run = 0, longest = 0, digits = 0, hex = 0, dashes = 0;
    if (key.len > KEY_BYTES) {
        return true;
    }
    for (size_t i = 0; i < key.len; i++) {
        uint8_t c = key.ptr[i];
        run = byte_is_digit(c) ? run + 1 : 0;
        longest = run > longest ? run : longest;
        digits += byte_is_digit(c);
        hex += byte_is_hex(c);
        dashes += c == '-';
        if (c == '@' && i > 0 && i + 1 < key.len) {
            return true;
        }
    }
    bool digest = hex == key.len && hex >= DIGEST_DIGITS && digits > 0;
    bool uuid = key.len == UUID_BYTES && dashes == 4 && hex + dashes == key.len;
    return longest >= DIGIT_RUN || (digits == key.len && digits > 0) || digest || uuid;
}

uint32_t json_paths_any(struct json_paths *paths, uint32_t parent) {
    uint32_t any = paths->places[parent].any;
    if (any == JSON_PATH_NONE) {
        any = add_place(paths, parent, PLACE_ANY, BYTES_LIT("*"));
        if (any == JSON_PATH_NONE) {
            return parent;
        }
        paths->places[parent].any = any;
    }
    return any;
}

uint32_t json_paths_element(struct json_paths *paths, uint32_t parent) {
    uint32_t element = paths->places[parent].element;
    if (element == JSON_PATH_NONE) {
        element = add_place(paths, parent, PLACE_ELEMENT, BYTES_LIT("[]"));
        if (element == JSON_PATH_NONE) {
            return parent;
        }
        paths->places[parent].element = element;
    }
    return element;
}

/* Both have KEY_PADDING readable bytes behind them; most keys are that short. */
static inline bool same_key(struct bytes a, struct bytes b) {
    if (a.len != b.len || a.len > KEY_PADDING) {
        return bytes_equal(a, b);
    }
    uint64_t low = hash64_load(a.ptr) ^ hash64_load(b.ptr);
    uint64_t high = hash64_load(a.ptr + 8) ^ hash64_load(b.ptr + 8);
    if (a.len <= 8) {
        return a.len == 0 || low << (64 - 8 * a.len) == 0;
    }
    return (low | high << (128 - 8 * a.len)) == 0;
}

static uint32_t *first_free(const struct json_paths *paths, struct bytes key, uint32_t parent) {
    const size_t last = paths->slot_count - 1;
    size_t at = (size_t)hash64(key, parent) & last;
    while (paths->slots[at] != 0) {
        at = (at + 1) & last;
    }
    return &paths->slots[at];
}

/* Room for one more key. False when memory is out. */
static bool reach_slot(struct json_paths *paths) {
    if (2 * (paths->key_count + 1) <= paths->slot_count) {
        return true;
    }
    const uint32_t count = paths->slot_count == 0 ? FIRST_SLOTS : 2 * paths->slot_count;
    uint32_t *larger = calloc(count, sizeof *larger);
    if (larger == NULL) {
        paths->failed = true;
        return false;
    }
    free(paths->slots);
    paths->slots = larger;
    paths->slot_count = count;
    for (uint32_t i = 0; i < paths->count; i++) {
        if (paths->places[i].type == PLACE_KEY) {
            *first_free(paths, paths->places[i].key, paths->places[i].parent) = i + 1;
        }
    }
    return true;
}

/* JSON_PATH_NONE when it is not known. */
static uint32_t known_key(const struct json_paths *paths, uint32_t parent, struct bytes key) {
    const size_t last = paths->slot_count - 1;
    size_t at = paths->slot_count == 0 ? 0 : (size_t)hash64(key, parent) & last;
    for (; paths->slot_count != 0 && paths->slots[at] != 0; at = (at + 1) & last) {
        uint32_t place = paths->slots[at] - 1;
        if (paths->places[place].parent == parent && bytes_equal(paths->places[place].key, key)) {
            return place;
        }
    }
    return JSON_PATH_NONE;
}

static uint32_t find_key(struct json_paths *paths, uint32_t parent, struct bytes key) {
    uint32_t place = known_key(paths, parent, key);
    if (place != JSON_PATH_NONE) {
        return place;
    }
    /* Keys below a `*` keep their names longer; and the tree must end there as well. */
    uint32_t most = paths->places[parent].type == PLACE_ANY ? 2 * JSON_PATHS_MOST : JSON_PATHS_MOST;
    if (is_data(key) || paths->count >= most) {
        return paths->count < 3 * JSON_PATHS_MOST ? json_paths_any(paths, parent) : parent;
    }
    if (!reach_slot(paths) ||
        (place = add_place(paths, parent, PLACE_KEY, key)) == JSON_PATH_NONE) {
        return parent;
    }
    *first_free(paths, paths->places[place].key, parent) = place + 1;
    paths->key_count++;
    return place;
}

uint32_t json_paths_key(struct json_paths *paths, uint32_t parent, uint32_t last,
                        struct bytes key) {
    uint32_t guess =
        last == JSON_PATH_NONE ? paths->places[parent].first : paths->places[last].next;
    if (guess != JSON_PATH_NONE && same_key(paths->places[guess].key, key) &&
        paths->places[guess].parent == parent) {
        return guess;
    }
    uint32_t place = find_key(paths, parent, key);
    if (paths->places[place].type == PLACE_KEY && place != parent) {
        *(last == JSON_PATH_NONE ? &paths->places[parent].first : &paths->places[last].next) =
            place;
    }
    return place;
}

/* ---- fields ---- */

/* Write the escaped form of KEY to end at END of PATH; the new begin, SIZE_MAX when it is full. */
static size_t put_key(uint8_t *path, size_t end, struct bytes key) {
    for (size_t i = key.len; i > 0; i--) {
        uint8_t c = key.ptr[i - 1];
        size_t need = c == '.' || c == '[' || c == '\\' ? 2 : 1;
        if (end < need) {
            return SIZE_MAX;
        }
        path[--end] = c;
        if (need == 2) {
            path[--end] = '\\';
        }
    }
    return end;
}

/* The part of PLACE alone, with the dot that parts it from what is before. */
static size_t put_place(const struct json_paths *paths, const struct place *place, uint8_t *path,
                        size_t end) {
    uint8_t name[KEY_BYTES];
    if (place->type != PLACE_KEY) {
        if (end < place->key.len) {
            return SIZE_MAX;
        }
        end -= place->key.len;
        memcpy(path + end, place->key.ptr, place->key.len);
    } else {
        end = put_key(path, end, bytes_of(name, keyed_values_unescape(place->key, name, 0)));
    }
    bool dot = (place->type == PLACE_KEY || place->type == PLACE_ANY) &&
               paths->places[place->parent].key.len != 0;
    if (dot && end != SIZE_MAX) {
        if (end == 0) {
            return SIZE_MAX;
        }
        path[--end] = '.';
    }
    return end;
}

void json_paths_told(struct json_paths *paths, uint32_t place) {
    if (place != JSON_PATH_NONE) {
        paths->places[place].told = true;
    }
}

uint32_t json_paths_field(struct json_paths *paths, uint32_t number) {
    struct place *place = &paths->places[number];
    if (place->field != JSON_PATH_NONE) {
        return place->field;
    }
    uint8_t path[JSON_PATH_BYTES];
    size_t begin = sizeof path;
    for (uint32_t at = number; at != JSON_PATH_NONE && begin != SIZE_MAX;
         at = paths->places[at].parent) {
        begin = put_place(paths, &paths->places[at], path, begin);
    }
    uint32_t field = FIELD_FREE_TEXT;
    if (begin < sizeof path) {
        bool numbered =
            place->key.len > 1 && place->key.ptr[0] == '#' && byte_is_digit(place->key.ptr[1]);
        field = field_set_labelled_key(paths->fields, place->table,
                                       bytes_of(path + begin, sizeof path - begin),
                                       place->told ? place->key : place->label,
                                       numbered ? ATTRIBUTION_NONE : ATTRIBUTION_EXACT);
    }
    if (field == UINT32_MAX) {
        paths->failed = true;
        field = FIELD_FREE_TEXT;
    }
    place->field = field;
    return field;
}
