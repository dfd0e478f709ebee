#include "core/field_set.h"

#include <stdlib.h>

#include "core/arena.h"
#include "core/hash64.h"

/* Keys and tables are looked up by open addressing: slots hold index + 1, 0 is free. */
struct name_index {
    uint32_t *slots;
    size_t capacity; /* a power of two */
    size_t used;
};

struct field_set {
    struct arena names;
    struct table *tables;
    uint32_t table_count, table_capacity;
    struct field *fields;
    uint32_t field_count, field_capacity;
    struct name_index table_index;
    struct name_index key_index; /* of the first fields; see index_keys */
};

static uint64_t key_hash(uint32_t table, struct bytes column) {
    return hash64(column, UINT64_C(0x9E3779B97F4A7C15) + table);
}

static uint64_t table_hash(struct bytes name, enum storage storage) {
    return hash64(name, (uint64_t)storage);
}

static const char *const storage_names[] = {[STORAGE_NONE] = "",
                                            [STORAGE_LIVE] = "live",
                                            [STORAGE_FREELIST] = "freelist",
                                            [STORAGE_SLACK] = "slack",
                                            [STORAGE_WAL] = "wal"};

const char *storage_name(enum storage storage) {
    return storage_names[storage];
}

enum storage storage_from_name(struct bytes name) {
    enum storage storage = STORAGE_WAL;
    while (storage > STORAGE_NONE && !bytes_equal(name, bytes_of_string(storage_names[storage]))) {
        storage--;
    }
    return storage;
}

static bool index_grow(struct name_index *index) {
    size_t capacity = index->capacity == 0 ? 64 : index->capacity * 2;
    uint32_t *slots = calloc(capacity, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(index->slots);
    index->slots = slots;
    index->capacity = capacity;
    index->used = 0;
    return true;
}

static void index_put(struct name_index *index, uint64_t hash, uint32_t value) {
    size_t at = (size_t)hash & (index->capacity - 1);
    while (index->slots[at] != 0) {
        at = (at + 1) & (index->capacity - 1);
    }
    index->slots[at] = value + 1;
    index->used++;
}

static bool grow_array(void **array, uint32_t *capacity, uint32_t need, size_t item) {
    if (need <= *capacity) {
        return true;
    }
    uint32_t wanted = *capacity == 0 ? 32 : *capacity;
    while (wanted < need) {
        wanted *= 2;
    }
    void *bigger = realloc(*array, (size_t)wanted * item);
    if (bigger == NULL) {
        return false;
    }
    *array = bigger;
    *capacity = wanted;
    return true;
}

static bool reindex_tables(struct field_set *set) {
    if (!index_grow(&set->table_index)) {
        return false;
    }
    for (uint32_t i = 0; i < set->table_count; i++) {
        index_put(&set->table_index, table_hash(set->tables[i].name, set->tables[i].storage), i);
    }
    return true;
}

/* Bring the index up to date. Only keys are looked up: the columns of ten thousand tables would
 * each cost a place in memory that is far from all others, for nothing. */
static bool index_keys(struct field_set *set) {
    while (((size_t)set->field_count + 1) * 2 > set->key_index.capacity) {
        if (!index_grow(&set->key_index)) {
            return false;
        }
    }
    while (set->key_index.used < set->field_count) {
        uint32_t number = (uint32_t)set->key_index.used;
        const struct field *field = &set->fields[number];
        index_put(&set->key_index, key_hash(field->table, field->column), number);
    }
    return true;
}

static uint32_t add_field(struct field_set *set, struct field field) {
    if (!grow_array((void **)&set->fields, &set->field_capacity, set->field_count + 1,
                    sizeof *set->fields)) {
        return UINT32_MAX;
    }
    field.column = arena_copy(&set->names, field.column);
    field.label = arena_copy(&set->names, field.label);
    if (field.column.ptr == NULL || field.label.ptr == NULL) {
        return UINT32_MAX;
    }
    uint32_t number = set->field_count++;
    set->fields[number] = field;
    return number;
}

struct field_set *field_set_new(void) {
    struct field_set *set = calloc(1, sizeof *set);
    if (set == NULL) {
        return NULL;
    }
    arena_init(&set->names, 0);
    if (!reindex_tables(set) || field_set_table(set, BYTES_LIT("")) != TABLE_NONE ||
        add_field(set, (struct field){.column = BYTES_LIT(""), .label = BYTES_LIT("")}) !=
            FIELD_FREE_TEXT) {
        field_set_free(set);
        return NULL;
    }
    return set;
}

void field_set_free(struct field_set *set) {
    if (set != NULL) {
        arena_release(&set->names);
        free(set->tables);
        free(set->fields);
        free(set->table_index.slots);
        free(set->key_index.slots);
        free(set);
    }
}

uint32_t field_set_table(struct field_set *set, struct bytes name) {
    return field_set_stored_table(set, name, STORAGE_NONE);
}

uint32_t field_set_stored_table(struct field_set *set, struct bytes name, enum storage storage) {
    uint64_t hash = table_hash(name, storage);
    size_t at = (size_t)hash & (set->table_index.capacity - 1);
    while (set->table_index.slots[at] != 0) {
        uint32_t number = set->table_index.slots[at] - 1;
        if (set->tables[number].storage == storage && bytes_equal(set->tables[number].name, name)) {
            return number;
        }
        at = (at + 1) & (set->table_index.capacity - 1);
    }
    struct bytes copy = arena_copy(&set->names, name);
    if (copy.ptr == NULL || !grow_array((void **)&set->tables, &set->table_capacity,
                                        set->table_count + 1, sizeof *set->tables)) {
        return UINT32_MAX;
    }
    if ((set->table_index.used + 1) * 2 > set->table_index.capacity && !reindex_tables(set)) {
        return UINT32_MAX;
    }
    uint32_t number = set->table_count++;
    set->tables[number] = (struct table){.name = copy, .storage = storage};
    index_put(&set->table_index, hash, number);
    return number;
}

static bool has_columns(const struct field_set *set, const struct table *table,
                        const struct column_name *columns, size_t count,
                        enum attribution attribution) {
    if (table->field_count != count || count == 0) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &set->fields[table->first_field + i];
        if (!bytes_equal(field->column, columns[i].column) || field->attribution < attribution) {
            return false;
        }
    }
    return true;
}

uint32_t field_set_columns(struct field_set *set, uint32_t table, const struct column_name *columns,
                           size_t count, enum attribution attribution) {
    if (has_columns(set, &set->tables[table], columns, count, attribution)) {
        return set->tables[table].first_field;
    }
    uint32_t first = set->field_count;
    for (size_t i = 0; i < count; i++) {
        struct field field = {.table = table,
                              .ordinal = (uint32_t)i + 1,
                              .column = columns[i].column,
                              .label = columns[i].label,
                              .attribution = attribution};
        if (add_field(set, field) == UINT32_MAX) {
            return UINT32_MAX;
        }
    }
    set->tables[table].first_field = first;
    set->tables[table].field_count = (uint32_t)count;
    return first;
}

uint32_t field_set_key(struct field_set *set, uint32_t table, struct bytes column,
                       enum attribution attribution) {
    return field_set_labelled_key(set, table, column, BYTES_LIT(""), attribution);
}

uint32_t field_set_labelled_key(struct field_set *set, uint32_t table, struct bytes column,
                                struct bytes label, enum attribution attribution) {
    if (!index_keys(set)) {
        return UINT32_MAX;
    }
    size_t mask = set->key_index.capacity - 1;
    size_t at = (size_t)key_hash(table, column) & mask;
    while (set->key_index.slots[at] != 0) {
        uint32_t number = set->key_index.slots[at] - 1;
        if (set->fields[number].table == table && bytes_equal(set->fields[number].column, column)) {
            return number;
        }
        at = (at + 1) & mask;
    }
    set->tables[table].keyed = true;
    return add_field(
        set, (struct field){
                 .table = table, .column = column, .label = label, .attribution = attribution});
}

const struct field *field_set_field(const struct field_set *set, uint32_t field) {
    return &set->fields[field];
}

struct table *field_set_table_at(struct field_set *set, uint32_t table) {
    return &set->tables[table];
}

const struct table *field_set_table_view(const struct field_set *set, uint32_t table) {
    return &set->tables[table];
}

uint32_t field_set_field_count(const struct field_set *set) {
    return set->field_count;
}

uint32_t field_set_table_count(const struct field_set *set) {
    return set->table_count;
}
