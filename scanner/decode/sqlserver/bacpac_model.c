/* The serialized model of DacFx ("DataSchemaModel", namespace
 * …/sqlserver/dac/Serialization/2012/02): elements of a Type and a Name, properties, relationships.
 */
#include "decode/sqlserver/bacpac_model.h"

#include <stdlib.h>

#include "decode/office/part.h"
#include "decode/sqlserver/bcp_types.h"

enum {
    PREFIX_OF_OWN_TYPE = 8, /* of types that are no text: "UDT" in the table of prefixes */
    SHORT_VALUE = 6,        /* True, 8, [dbo]: values that say nothing */
    NAME_PARTS = 6,
};

/* How a column, or a type of the database's own, is declared. */
struct model_spec {
    struct bytes type; /* the last part of its name */
    uint32_t length;
    bool builtin;
};

struct model_column {
    struct bcp_column column;
    struct model_spec spec;
};

struct model_type {
    struct bytes name; /* schema.type */
    struct model_spec spec;
};

struct model_label {
    struct bytes table, column, text;
};

void bacpac_model_init(struct bacpac_model *model, struct record_text *text) {
    *model = (struct bacpac_model){.text = text, .rows_told = UINT64_MAX};
    arena_init(&model->memory, BACPAC_MODEL_BYTES);
    text_buffer_init(&model->scratch, 0);
}

void bacpac_model_release(struct bacpac_model *model) {
    arena_release(&model->memory);
    text_buffer_release(&model->scratch);
    free(model->tables);
    free(model->columns);
    free(model->types);
    free(model->labels);
}

/* ---- lists that grow ---- */

/* Room for one item more in *ITEMS, set to zero; NULL: none. */
static void *add(struct bacpac_model *m, void *items, size_t *count, size_t *capacity,
                 size_t size) {
    const size_t most = BACPAC_MODEL_BYTES / size;
    if (*count == *capacity) {
        const size_t wanted = *capacity == 0 ? 64 : 2 * *capacity;
        uint8_t *bigger = wanted > most ? NULL : reallocarray(*(void **)items, wanted, size);
        if (bigger == NULL) {
            m->over = m->over || wanted > most;
            m->failed = m->failed || wanted <= most;
            return NULL;
        }
        *(void **)items = bigger;
        *capacity = wanted;
    }
    uint8_t *item = *(uint8_t **)items + *count * size;
    memset(item, 0, size);
    ++*count;
    return item;
}

static struct bytes keep(struct bacpac_model *m, struct bytes text) {
    struct bytes copy = arena_copy(&m->memory, text);
    m->over = m->over || (text.len > 0 && copy.ptr == NULL);
    return copy;
}

/* ---- names ---- */

/* "[dbo].[a]]b]" to OUT as its parts, at most NAME_PARTS; returns how many there are. */
static size_t split_name(struct bytes name, struct text_buffer *out, struct bytes parts[]) {
    size_t ends[NAME_PARTS], count = 0, at = 0;
    text_buffer_clear(out);
    while (at < name.len && count < NAME_PARTS) {
        const bool quoted = name.ptr[at] == '[';
        at += quoted;
        while (at < name.len && (quoted || name.ptr[at] != '.')) {
            if (quoted && name.ptr[at] == ']') {
                if (at + 1 >= name.len || name.ptr[at + 1] != ']') {
                    break;
                }
                at++;
            }
            text_buffer_putc(out, (char)name.ptr[at++]);
        }
        at += quoted;
        ends[count++] = out->len;
        at += at < name.len && name.ptr[at] == '.';
    }
    const struct bytes text = text_buffer_view(out);
    for (size_t i = 0; i < count; i++) {
        const size_t begin = i == 0 ? 0 : ends[i - 1];
        parts[i] = bytes_first(bytes_from(text, begin), ends[i] - begin);
    }
    return count;
}

/* PARTS with dots between them. */
static struct bytes keep_joined(struct bacpac_model *m, const struct bytes parts[], size_t count) {
    struct text_buffer joined;
    text_buffer_init(&joined, 0);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            text_buffer_putc(&joined, '.');
        }
        text_buffer_put(&joined, parts[i]);
    }
    struct bytes kept = keep(m, text_buffer_view(&joined));
    m->failed = m->failed || joined.failed;
    text_buffer_release(&joined);
    return kept;
}

/* The attribute NAME of TAG as parts of a name; they point into the scratch memory SPLIT. */
static size_t name_parts(struct bacpac_model *m, struct bytes tag, struct text_buffer *split,
                         struct bytes parts[]) {
    struct bytes value;
    if (!xml_attribute_find(tag, BYTES_LIT("Name"), &value)) {
        return 0;
    }
    text_buffer_clear(&m->scratch);
    office_put_attribute(&m->scratch, value);
    const size_t count = split_name(text_buffer_view(&m->scratch), split, parts);
    m->failed = m->failed || m->scratch.failed || split->failed;
    return count;
}

/* ---- elements ---- */

static void begin_table(struct bacpac_model *m, const struct bytes parts[], size_t count) {
    struct bcp_layout *table =
        add(m, &m->tables, &m->table_count, &m->table_capacity, sizeof *table);
    if (table != NULL && count > 0) {
        table->table = keep_joined(m, parts, count);
        m->table_depth = m->depth;
    }
}

static void begin_column(struct bacpac_model *m, const struct bytes parts[], size_t count) {
    struct bcp_layout *table = &m->tables[m->table_count - 1];
    struct model_column *column =
        add(m, &m->columns, &m->column_count, &m->column_capacity, sizeof *column);
    if (column != NULL && count > 0) {
        column->column.name = keep(m, parts[count - 1]);
        column->column.nullable = true;
        table->count++;
        m->column_depth = m->depth;
    }
}

static void begin_own_type(struct bacpac_model *m, const struct bytes parts[], size_t count) {
    struct model_type *type = add(m, &m->types, &m->type_count, &m->type_capacity, sizeof *type);
    if (type != NULL && count > 0) {
        type->name = keep_joined(m, parts, count);
        m->own_type_depth = m->depth;
    }
}

/* [SqlColumn].[dbo].[orders].[phone].[MS_Description] */
static void begin_label(struct bacpac_model *m, const struct bytes parts[], size_t count) {
    if (count < 5 || !bytes_equal(parts[0], BYTES_LIT("SqlColumn")) ||
        !bytes_equal(parts[count - 1], BYTES_LIT("MS_Description"))) {
        return;
    }
    struct model_label *label =
        add(m, &m->labels, &m->label_count, &m->label_capacity, sizeof *label);
    if (label != NULL) {
        label->table = keep_joined(m, parts + 1, count - 3);
        label->column = keep(m, parts[count - 2]);
        m->label_depth = m->depth;
    }
}

static void begin_element(struct bacpac_model *m, struct bytes tag) {
    struct bytes type, parts[NAME_PARTS];
    struct text_buffer split;
    if (!xml_attribute_find(tag, BYTES_LIT("Type"), &type)) {
        return;
    }
    text_buffer_init(&split, 0);
    const size_t count = name_parts(m, tag, &split, parts);
    if (bytes_equal(type, BYTES_LIT("SqlTable"))) {
        begin_table(m, parts, count);
    } else if (bytes_equal(type, BYTES_LIT("SqlSimpleColumn")) && m->table_depth != 0) {
        begin_column(m, parts, count);
    } else if (bytes_equal(type, BYTES_LIT("SqlUserDefinedDataType"))) {
        begin_own_type(m, parts, count);
    } else if (bytes_equal(type, BYTES_LIT("SqlExtendedProperty"))) {
        begin_label(m, parts, count);
    }
    text_buffer_release(&split);
}

/* What is being declared; NULL: nothing. */
static struct model_spec *open_spec(struct bacpac_model *m) {
    return m->column_depth != 0     ? &m->columns[m->column_count - 1].spec
           : m->own_type_depth != 0 ? &m->types[m->type_count - 1].spec
                                    : NULL;
}

static void take_property(struct bacpac_model *m, struct bytes tag) {
    struct bytes name, value;
    struct model_spec *spec = open_spec(m);
    if (!xml_attribute_find(tag, BYTES_LIT("Name"), &name) ||
        !xml_attribute_find(tag, BYTES_LIT("Value"), &value)) {
        return;
    }
    if (spec != NULL &&
        (bytes_equal(name, BYTES_LIT("Length")) || bytes_equal(name, BYTES_LIT("Precision")))) {
        spec->length = (uint32_t)office_number(tag, BYTES_LIT("Value"), 0);
    } else if (spec != NULL && bytes_equal(name, BYTES_LIT("IsMax"))) {
        spec->length = BCP_LENGTH_MAX;
    } else if (m->column_depth != 0 && bytes_equal(name, BYTES_LIT("IsNullable"))) {
        m->columns[m->column_count - 1].column.nullable =
            bytes_equal_ignoring_case(value, BYTES_LIT("true"));
    } else if (value.len > SHORT_VALUE) {
        text_buffer_clear(&m->scratch);
        office_put_attribute(&m->scratch, value);
        record_text_cell(m->text, text_buffer_view(&m->scratch), FIELD_FREE_TEXT, CELL_TEXT);
    }
}

/* The type of what is being declared. */
static void take_reference(struct bacpac_model *m, struct bytes tag) {
    struct bytes source, parts[NAME_PARTS];
    struct model_spec *spec = open_spec(m);
    struct text_buffer split;
    if (spec == NULL || m->type_depth == 0) {
        return;
    }
    text_buffer_init(&split, 0);
    const size_t count = name_parts(m, tag, &split, parts);
    if (count > 0) {
        spec->builtin = xml_attribute_find(tag, BYTES_LIT("ExternalSource"), &source);
        spec->type = spec->builtin ? keep(m, parts[count - 1]) : keep_joined(m, parts, count);
    }
    text_buffer_release(&split);
}

static void start(void *context, struct bytes name, struct bytes tag) {
    struct bacpac_model *m = context;
    struct bytes which;
    m->depth++;
    name = xml_local_name(name);
    if (bytes_equal(name, BYTES_LIT("Element"))) {
        begin_element(m, tag);
    } else if (bytes_equal(name, BYTES_LIT("Property")) ||
               bytes_equal(name, BYTES_LIT("Metadata"))) {
        take_property(m, tag);
    } else if (bytes_equal(name, BYTES_LIT("References"))) {
        take_reference(m, tag);
    } else if (bytes_equal(name, BYTES_LIT("Relationship"))) {
        const bool is_type = xml_attribute_find(tag, BYTES_LIT("Name"), &which) &&
                             (bytes_equal(which, BYTES_LIT("Type")) ||
                              bytes_equal(which, BYTES_LIT("TypeSpecifier")));
        m->type_depth = is_type && m->type_depth == 0 ? m->depth : m->type_depth;
    } else if (bytes_starts_with(name, BYTES_LIT("TableRowCountTotal"))) {
        m->rows_depth = m->depth;
    }
}

static void end(void *context, struct bytes name, const uint8_t *at) {
    struct bacpac_model *m = context;
    size_t *const open[] = {&m->table_depth,    &m->column_depth, &m->type_depth,
                            &m->own_type_depth, &m->label_depth,  &m->rows_depth};
    (void)name;
    (void)at;
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        if (*open[i] == m->depth) {
            *open[i] = 0;
        }
    }
    m->depth -= m->depth > 0;
}

/* N'…' without its quotes. */
static struct bytes literal_of(struct bytes text) {
    text = bytes_trim(text);
    text = bytes_from(text, bytes_starts_with(text, BYTES_LIT("N'")));
    const bool quoted = text.len >= 2 && text.ptr[0] == '\'' && text.ptr[text.len - 1] == '\'';
    return quoted ? bytes_first(bytes_from(text, 1), text.len - 2) : text;
}

static void take_text(void *context, const struct xml_text *text) {
    struct bacpac_model *m = context;
    struct bytes value;
    text_buffer_clear(&m->scratch);
    office_put_text(&m->scratch, text);
    m->failed = m->failed || m->scratch.failed;
    value = bytes_trim(text_buffer_view(&m->scratch));
    if (value.len == 0) {
        return;
    }
    if (m->rows_depth != 0) {
        m->rows_told = 0;
        for (size_t i = 0; i < value.len && byte_is_digit(value.ptr[i]); i++) {
            m->rows_told = m->rows_told * 10 + (uint64_t)(value.ptr[i] - '0');
        }
    }
    if (m->label_depth != 0 && m->labels[m->label_count - 1].text.len == 0) {
        m->labels[m->label_count - 1].text = keep(m, literal_of(value));
    }
    record_text_cell(m->text, value, FIELD_FREE_TEXT, CELL_TEXT);
}

const struct xml_events bacpac_model_events = {.start = start, .end = end, .text = take_text};

/* ---- all has been read ---- */

static const struct model_spec *spec_of(const struct bacpac_model *m,
                                        const struct model_spec *spec) {
    for (size_t i = 0; !spec->builtin && i < m->type_count; i++) {
        if (bytes_equal_ignoring_case(m->types[i].name, spec->type)) {
            return &m->types[i].spec;
        }
    }
    return spec;
}

static void resolve(const struct bacpac_model *m, struct model_column *column) {
    const struct model_spec *spec = spec_of(m, &column->spec);
    if (!bcp_column_of_type(&column->column, spec->type, spec->length)) {
        column->column.type = BCP_ANY;
        column->column.prefix = PREFIX_OF_OWN_TYPE;
    }
}

static void set_label(struct bacpac_model *m, const struct model_label *label) {
    for (size_t i = 0; i < m->table_count; i++) {
        const struct bcp_layout *table = &m->tables[i];
        if (!bytes_equal(table->table, label->table)) {
            continue;
        }
        for (size_t k = 0; k < table->count; k++) {
            if (bytes_equal(table->columns[k].name, label->column)) {
                table->columns[k].label = label->text;
            }
        }
    }
}

bool bacpac_model_finish(struct bacpac_model *m) {
    size_t first = 0;
    for (size_t i = 0; i < m->table_count; i++) {
        struct bcp_layout *table = &m->tables[i];
        table->columns = arena_alloc(&m->memory, table->count * sizeof *table->columns);
        for (size_t k = 0; k < table->count; k++) {
            resolve(m, &m->columns[first + k]);
            if (table->columns != NULL) {
                table->columns[k] = m->columns[first + k].column;
            }
        }
        first += table->count;
        if (table->columns == NULL) {
            m->over = m->over || table->count > 0;
            table->count = 0;
        }
    }
    for (size_t i = 0; i < m->label_count; i++) {
        set_label(m, &m->labels[i]);
    }
    free(m->columns);
    m->columns = NULL;
    return !m->failed;
}

/* ---- whose rows? ---- */

static unsigned hex(uint8_t c) {
    return byte_is_digit(c) ? (unsigned)(c - '0') : (unsigned)(byte_lower(c) - 'a' + 10);
}

/* Names of parts are percent-encoded (ECMA-376-2). */
static void put_decoded(struct text_buffer *out, struct bytes name) {
    for (size_t i = 0; i < name.len; i++) {
        const bool coded = name.ptr[i] == '%' && i + 2 < name.len && hex(name.ptr[i + 1]) < 16 &&
                           hex(name.ptr[i + 2]) < 16;
        text_buffer_putc(
            out, (char)(coded ? hex(name.ptr[i + 1]) << 4 | hex(name.ptr[i + 2]) : name.ptr[i]));
        i += coded ? 2 : 0;
    }
}

static bool is_called(const struct bacpac_model *m, size_t table, struct bytes name) {
    return table < m->table_count && m->tables[table].count > 0 &&
           bytes_equal_ignoring_case(m->tables[table].table, name);
}

size_t bacpac_model_table(struct bacpac_model *m, struct bytes path, size_t likely) {
    const struct bytes file = bytes_last_component(path), root = BYTES_LIT("Data/");
    if (!bytes_starts_with(path, root) || !bytes_starts_with(file, BYTES_LIT("TableData")) ||
        path.len < root.len + file.len + 2) {
        return SIZE_MAX;
    }
    text_buffer_clear(&m->scratch);
    put_decoded(&m->scratch,
                bytes_first(bytes_from(path, root.len), path.len - root.len - file.len - 1));
    const struct bytes name = text_buffer_view(&m->scratch);
    if (is_called(m, likely, name)) {
        return likely;
    }
    for (size_t i = 0; i < m->table_count; i++) {
        if (is_called(m, i, name)) {
            return i;
        }
    }
    return SIZE_MAX;
}
