#include "decode/parquet/schema.h"

#include <stdlib.h>

#include "decode/parquet/element.h"

/* A group whose members are read. */
struct group {
    struct bytes path; /* "" of the root */
    uint64_t left;     /* members */
    enum parquet_group_kind kind;
    bool bare; /* its one member bears no name of its own: the element of a list */
    uint16_t definition, repetition, element;
    bool entries;            /* of a map: their first member is the key */
    bool in_value;           /* in the values of a map, to which the rest belongs */
    size_t value_bytes;      /* of the path of a value */
    struct parquet_leaf map; /* what leaves tell of their map */
};

struct reader {
    struct parquet_schema *schema;
    struct group open[PARQUET_DEPTH_MOST];
    size_t depth;
};

void parquet_schema_release(struct parquet_schema *schema) {
    arena_release(&schema->memory);
    free(schema->leaves);
    *schema = (struct parquet_schema){0};
}

/* ---- paths ---- */

static bool needs_escape(uint8_t c) {
    return c == '.' || c == '[' || c == '\\';
}

/* PATH.NAME, or PATH alone (NAMED is false), with [] behind it. {NULL, 0}: the schema is too large.
 */
static struct bytes extend(struct parquet_schema *schema, struct bytes path, struct bytes name,
                           bool named, bool many) {
    uint8_t *out = arena_alloc(&schema->memory, path.len + 2 * name.len + 3);
    size_t len = path.len;
    if (out == NULL) {
        return (struct bytes){NULL, 0};
    }
    if (path.len > 0) {
        memcpy(out, path.ptr, path.len);
    }
    if (named && len > 0) {
        out[len++] = '.';
    }
    for (size_t i = 0; named && i < name.len; i++) {
        if (needs_escape(name.ptr[i])) {
            out[len++] = '\\';
        }
        out[len++] = name.ptr[i];
    }
    if (many) {
        out[len++] = '[';
        out[len++] = ']';
    }
    return bytes_of(out, len);
}

/* ---- members ---- */

/* The repeated member of a list stands for its elements; it is an element itself where it is called
 * so or has several members (LogicalTypes.md, "Backward-compatibility rules"). */
static bool is_bare(const struct group *parent, const struct parquet_element *e) {
    return parent->kind == PARQUET_LIST && e->repetition == PARQUET_REPEATED && e->children == 1 &&
           !bytes_equal(e->name, BYTES_LIT("array")) &&
           !bytes_ends_with(e->name, BYTES_LIT("_tuple"));
}

static bool add_leaf(struct parquet_schema *schema, const struct parquet_leaf *leaf) {
    if (schema->count == schema->capacity) {
        const size_t capacity = schema->capacity == 0 ? 32 : 2 * schema->capacity;
        struct parquet_leaf *more = reallocarray(schema->leaves, capacity, sizeof *more);
        if (more == NULL) {
            return false;
        }
        schema->leaves = more;
        schema->capacity = capacity;
    }
    schema->leaves[schema->count++] = *leaf;
    return true;
}

/* Where E stands below PARENT: its levels and path. */
static bool place(struct parquet_schema *schema, const struct group *parent,
                  const struct parquet_element *e, bool outermost, struct group *out) {
    const bool many = e->repetition == PARQUET_REPEATED;
    const bool wrapped = many && (parent->kind == PARQUET_LIST || parent->kind == PARQUET_MAP);
    *out = *parent;
    out->kind = e->kind;
    out->left = e->children;
    out->bare = is_bare(parent, e);
    out->definition = (uint16_t)(parent->definition + (e->repetition != PARQUET_REQUIRED));
    out->repetition = (uint16_t)(parent->repetition + many);
    out->element = many ? out->definition : parent->element;
    if (outermost && e->children == 0 && !many) {
        out->path = arena_copy(&schema->memory, e->name); /* as it stands */
    } else {
        out->path = extend(schema, parent->path, e->name, !wrapped && !parent->bare, many);
    }
    out->entries = many && parent->kind == PARQUET_MAP && !parent->in_value && e->children == 2;
    if (out->entries) {
        out->map = (struct parquet_leaf){.map_path = parent->path,
                                         .map_key = PARQUET_NO_MAP,
                                         .map_definition = out->definition,
                                         .map_repetition = out->repetition};
    } else if (parent->entries && parent->left == 0) {
        out->in_value = true;
        out->value_bytes = out->path.len;
    }
    return out->path.ptr != NULL;
}

static int too_large(struct error *err) {
    return error_set(err, YINMA_E_LIMIT, "the schema of the Parquet file takes more than %d MiB",
                     PARQUET_SCHEMA_BYTES >> 20);
}

static int take_member(struct reader *r, const struct parquet_element *e, struct error *err) {
    struct group *parent = &r->open[r->depth - 1], own;
    parent->left--;
    if (!place(r->schema, parent, e, r->depth == 1, &own)) {
        return too_large(err);
    }
    if (e->children > 0) {
        if (r->depth == PARQUET_DEPTH_MOST) {
            return error_set(err, YINMA_E_UNSUPPORTED,
                             "columns of the Parquet file are nested more than %d deep",
                             PARQUET_DEPTH_MOST);
        }
        r->open[r->depth++] = own;
        return 0;
    }
    if (r->schema->count == PARQUET_LEAVES_MOST) {
        r->schema->over = true;
        return 0;
    }
    struct parquet_leaf leaf = own.map;
    leaf.path = own.path;
    leaf.type = e->type;
    leaf.definition = own.definition;
    leaf.repetition = own.repetition;
    leaf.element = own.element;
    leaf.is_map_key = parent->entries && parent->left == 1 && e->type.physical == PARQUET_BYTES;
    leaf.map_rest = own.in_value ? bytes_from(own.path, own.value_bytes) : BYTES_LIT("");
    if (leaf.is_map_key) {
        parent->map.map_key = (uint32_t)r->schema->count;
    }
    if (!own.in_value) {
        leaf.map_key = PARQUET_NO_MAP;
    }
    return add_leaf(r->schema, &leaf) ? 0
                                      : error_set(err, YINMA_E_MEMORY, "out of memory for columns");
}

int parquet_schema_read(struct parquet_schema *schema, struct thrift *t, unsigned type,
                        struct error *err) {
    unsigned element_type = 0;
    struct parquet_element element;
    struct reader r = {.schema = schema};
    arena_init(&schema->memory, PARQUET_SCHEMA_BYTES);
    size_t left = thrift_list(t, type, &element_type);
    if (left > 0 && thrift_structure(t, element_type)) {
        parquet_element_read(t, &element);
        r.open[r.depth++] = (struct group){
            .path = BYTES_LIT(""), .left = element.children, .map = {.map_key = PARQUET_NO_MAP}};
        left--;
    }
    for (; left > 0 && thrift_structure(t, element_type); left--) {
        while (r.depth > 0 && r.open[r.depth - 1].left == 0) {
            r.depth--;
        }
        if (r.depth == 0) {
            t->bad = true; /* more elements than the groups have members */
            break;
        }
        parquet_element_read(t, &element);
        const int status = t->bad ? 0 : take_member(&r, &element, err);
        if (status != 0) {
            return status;
        }
    }
    return t->bad ? error_set(err, YINMA_E_DAMAGED, "the schema of the Parquet file makes no sense")
                  : 0;
}
