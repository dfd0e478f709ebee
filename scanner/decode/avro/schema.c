#include "decode/avro/schema.h"

#include "core/json_value.h"
#include "core/segment.h"
#include "decode/typed_text.h"

enum { PARTS_MOST = 65536, NAMED_MOST = 4096, NAME_BYTES = 1024 };

struct compiler {
    struct arena *arena;
    struct error *err;
    struct avro_type *named; /* the last one … */
    unsigned named_count;    /* … of so many */
    int status;
};

static const struct avro_type *read_type(struct compiler *c, const struct json_value *json,
                                         struct bytes space);

static void fail(struct compiler *c, int code, const char *why) {
    if (c->status == 0) {
        c->status = error_set(c->err, code, "%s", why);
    }
}

static void *allocate(struct compiler *c, size_t len) {
    void *memory = arena_alloc(c->arena, len);
    if (memory == NULL) {
        fail(c, YINMA_E_MEMORY, SAID("the schema is larger than the memory for it"));
    }
    return memory;
}

static struct avro_type *new_type(struct compiler *c, enum avro_kind kind) {
    struct avro_type *type = allocate(c, sizeof *type);
    if (type != NULL) {
        type->kind = kind;
    }
    return type;
}

/* ---- names ---- */

/* Keys are compared several bytes at a time. */
static struct bytes padded(struct compiler *c, struct bytes name) {
    uint8_t *copy = allocate(c, name.len + SEGMENT_PADDING);
    if (copy == NULL) {
        return bytes_of("", 0);
    }
    if (name.len > 0) {
        memcpy(copy, name.ptr, name.len);
    }
    return bytes_of(copy, name.len);
}

/* SPACE.NAME in memory of the arena; NAME itself where it has a dot or there is no SPACE. */
static struct bytes full_name(struct compiler *c, struct bytes space, struct bytes name) {
    if (space.len == 0 || bytes_find(name, BYTES_LIT(".")) != SIZE_MAX) {
        return name;
    }
    if (space.len + name.len > NAME_BYTES) {
        fail(c, YINMA_E_DAMAGED, SAID("the schema has a name of more than a thousand letters"));
        return name;
    }
    uint8_t *joined = allocate(c, space.len + 1 + name.len);
    if (joined == NULL) {
        return name;
    }
    memcpy(joined, space.ptr, space.len);
    joined[space.len] = '.';
    memcpy(joined + space.len + 1, name.ptr, name.len);
    return bytes_of(joined, space.len + 1 + name.len);
}

/* What stands before the last dot. */
static struct bytes space_of(struct bytes name) {
    size_t len = name.len;
    while (len > 0 && name.ptr[len - 1] != '.') {
        len--;
    }
    return bytes_first(name, len == 0 ? 0 : len - 1);
}

static const struct avro_type *find_named(const struct compiler *c, struct bytes name) {
    const struct avro_type *type = c->named;
    while (type != NULL && !bytes_equal(type->name, name)) {
        type = type->older;
    }
    return type;
}

/* Polars writes records whose name is empty: nothing can speak of them, which is no harm. */
static void take_name(struct compiler *c, const struct json_value *json, struct bytes space,
                      struct avro_type *type) {
    const struct json_value *own = json_find(json, "namespace", JSON_TEXT);
    struct bytes name = json_find_text(json, "name");
    if (++c->named_count > NAMED_MOST) {
        fail(c, YINMA_E_DAMAGED, SAID("the schema has more than 4,096 types with names"));
        return;
    }
    type->name =
        name.len == 0 ? BYTES_LIT("") : full_name(c, own != NULL ? own->text : space, name);
    type->older = c->named;
    c->named = type;
}

/* ---- types ---- */

static size_t count_parts(struct compiler *c, const struct json_value *list) {
    size_t count = 0;
    for (; list != NULL; list = list->next) {
        count++;
    }
    if (count > PARTS_MOST) {
        fail(c, YINMA_E_DAMAGED, SAID("the schema has a type of more than 65,536 parts"));
        return 0;
    }
    return count;
}

static struct avro_part *new_parts(struct compiler *c, const struct json_value *list,
                                   struct avro_type *type) {
    const size_t count = count_parts(c, list);
    type->parts = count == 0 ? NULL : allocate(c, count * sizeof *type->parts);
    type->part_count = type->parts == NULL ? 0 : count;
    return type->parts;
}

static void read_fields(struct compiler *c, const struct json_value *json, struct avro_type *type) {
    const struct json_value *field = json_find_list(json, "fields");
    struct avro_part *part = new_parts(c, field, type);
    struct bytes space = space_of(type->name);
    for (; part != NULL && field != NULL && c->status == 0; field = field->next, part++) {
        const struct json_value *of = json_member(field, "type");
        if (of == NULL) {
            fail(c, YINMA_E_DAMAGED, SAID("the schema has a field without a type"));
            return;
        }
        part->name = padded(c, json_find_text(field, "name"));
        part->doc = json_find_text(field, "doc");
        part->type = read_type(c, of, space);
    }
}

static void read_symbols(struct compiler *c, const struct json_value *json,
                         struct avro_type *type) {
    const struct json_value *symbol = json_find_list(json, "symbols");
    struct avro_part *part = new_parts(c, symbol, type);
    for (; part != NULL && symbol != NULL; symbol = symbol->next, part++) {
        part->name = symbol->type == JSON_TEXT ? symbol->text : bytes_of("", 0);
    }
}

static const struct avro_type *read_union(struct compiler *c, const struct json_value *json,
                                          struct bytes space) {
    struct avro_type *type = new_type(c, AVRO_UNION);
    const struct json_value *branch = json->first;
    struct avro_part *part = type == NULL ? NULL : new_parts(c, branch, type);
    for (; part != NULL && branch != NULL && c->status == 0; branch = branch->next, part++) {
        part->name = bytes_of("", 0);
        part->type = read_type(c, branch, space);
        if (c->status == 0 && part->type->kind == AVRO_UNION) { /* the specification forbids it */
            fail(c, YINMA_E_DAMAGED, SAID("the schema has a union in a union"));
        }
    }
    return type;
}

static void read_decimal(const struct json_value *json, struct avro_type *type) {
    const uint64_t scale = json_find_whole(json, "scale");
    const bool fits = type->kind == AVRO_BYTES || type->kind == AVRO_FIXED;
    if (fits && scale <= TYPED_DECIMAL_SCALE) {
        type->logical = AVRO_DECIMAL;
        type->scale = (uint32_t)scale;
    }
}

static void read_logical(const struct json_value *json, struct avro_type *type) {
    static const struct {
        const char *name;
        enum avro_kind kind;
        enum avro_logical logical;
        uint32_t second;
    } meanings[] = {
        {"date", AVRO_INT, AVRO_DATE, 1},
        {"time-millis", AVRO_INT, AVRO_TIME, 1000},
        {"time-micros", AVRO_LONG, AVRO_TIME, 1000000},
        {"timestamp-millis", AVRO_LONG, AVRO_MOMENT, 1000},
        {"timestamp-micros", AVRO_LONG, AVRO_MOMENT, 1000000},
        {"timestamp-nanos", AVRO_LONG, AVRO_MOMENT, 1000000000},
        {"local-timestamp-millis", AVRO_LONG, AVRO_LOCAL_MOMENT, 1000},
        {"local-timestamp-micros", AVRO_LONG, AVRO_LOCAL_MOMENT, 1000000},
        {"local-timestamp-nanos", AVRO_LONG, AVRO_LOCAL_MOMENT, 1000000000},
    };
    struct bytes said = json_find_text(json, "logicalType");
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (meanings[i].kind == type->kind &&
            bytes_equal(said, bytes_of_string(meanings[i].name))) {
            type->logical = meanings[i].logical;
            type->second = meanings[i].second;
        }
    }
    if (bytes_equal(said, BYTES_LIT("decimal"))) {
        read_decimal(json, type);
    }
}

static const struct {
    const char *name;
    enum avro_kind kind;
} kinds[] = {
    {"null", AVRO_NULL},   {"boolean", AVRO_BOOLEAN}, {"int", AVRO_INT},
    {"long", AVRO_LONG},   {"float", AVRO_FLOAT},     {"double", AVRO_DOUBLE},
    {"bytes", AVRO_BYTES}, {"string", AVRO_STRING},   {"record", AVRO_RECORD},
    {"enum", AVRO_ENUM},   {"array", AVRO_ARRAY},     {"map", AVRO_MAP},
    {"fixed", AVRO_FIXED}, {"error", AVRO_RECORD},
};

/* AVRO_UNION: no word of the specification. */
static enum avro_kind kind_called(struct bytes name) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (bytes_equal(name, bytes_of_string(kinds[i].name))) {
            return kinds[i].kind;
        }
    }
    return AVRO_UNION;
}

static bool is_named(enum avro_kind kind) {
    return kind == AVRO_RECORD || kind == AVRO_ENUM || kind == AVRO_FIXED;
}

static bool is_made_of_others(enum avro_kind kind) {
    return is_named(kind) || kind == AVRO_ARRAY || kind == AVRO_MAP;
}

/* {"type": KIND, …} */
static const struct avro_type *read_object(struct compiler *c, const struct json_value *json,
                                           enum avro_kind kind, struct bytes space) {
    struct avro_type *type = new_type(c, kind);
    if (type == NULL) {
        return type;
    }
    if (is_named(kind)) {
        take_name(c, json, space, type);
    }
    if (kind == AVRO_RECORD) {
        read_fields(c, json, type);
    } else if (kind == AVRO_ENUM) {
        read_symbols(c, json, type);
    } else if (kind == AVRO_FIXED) {
        type->size = json_find_whole(json, "size");
    } else if (kind == AVRO_ARRAY || kind == AVRO_MAP) {
        const struct json_value *of = json_member(json, kind == AVRO_ARRAY ? "items" : "values");
        if (of == NULL) {
            fail(c, YINMA_E_DAMAGED, SAID("the schema has a list of nothing"));
            return type;
        }
        type->items = read_type(c, of, space);
    }
    read_logical(json, type);
    return type;
}

/* "string", or the name of a type that was read before. */
static const struct avro_type *read_word(struct compiler *c, struct bytes word,
                                         struct bytes space) {
    const enum avro_kind kind = kind_called(word);
    if (kind != AVRO_UNION && !is_made_of_others(kind)) {
        return new_type(c, kind);
    }
    const struct avro_type *found = find_named(c, full_name(c, space, word));
    found = found != NULL ? found : find_named(c, word);
    if (found == NULL) {
        fail(c, YINMA_E_DAMAGED, SAID("the schema speaks of a type that it does not describe"));
    }
    return found;
}

static const struct avro_type *read_type(struct compiler *c, const struct json_value *json,
                                         struct bytes space) {
    if (json->type == JSON_TEXT) {
        return read_word(c, json->text, space);
    }
    if (json->type == JSON_ARRAY) {
        return read_union(c, json, space);
    }
    const struct json_value *of = json_member(json, "type");
    if (of == NULL) {
        fail(c, YINMA_E_DAMAGED, SAID("the schema has a type that is none"));
        return NULL;
    }
    const enum avro_kind kind = of->type == JSON_TEXT ? kind_called(of->text) : AVRO_UNION;
    return kind != AVRO_UNION ? read_object(c, json, kind, space) : read_type(c, of, space);
}

int avro_schema_read(struct bytes text, struct arena *arena, const struct avro_type **out,
                     struct error *err) {
    struct compiler c = {.arena = arena, .err = err};
    const struct json_value *json;
    struct error why = {0};
    const int code = json_parse(text, arena, &json, &why);
    *out = NULL;
    if (code != 0) {
        fail(&c, code == YINMA_E_MEMORY ? code : YINMA_E_DAMAGED,
             SAID("the schema is no JSON that can be read"));
        return c.status;
    }
    *out = read_type(&c, json, bytes_of("", 0));
    return c.status;
}
