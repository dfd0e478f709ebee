#include "catalog/yaml_tree.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "catalog/suggest.h"

enum {
    PATH_TEXT = 160,
    COMPLAINT_TEXT = 320,
    /* Keys are compared with one another; a person's file has dozens. */
    KEYS_MAX = 4096,
};

/* ---- reading the text ---- */

/* libyaml gives no line for bytes that are no text. */
static size_t line_of(struct bytes text, size_t offset) {
    size_t line = 1;
    for (size_t i = 0; i < offset && i < text.len; i++) {
        line += text.ptr[i] == '\n';
    }
    return line;
}

static int parser_error(const yaml_parser_t *parser, struct bytes text, const char *file,
                        struct error *err) {
    if (parser->error == YAML_MEMORY_ERROR) {
        return error_set(err, YINMA_E_MEMORY, "out of memory while reading %s", file);
    }
    size_t line = parser->error == YAML_READER_ERROR ? line_of(text, parser->problem_offset)
                                                     : parser->problem_mark.line + 1;
    const char *problem = parser->problem != NULL ? parser->problem : SAID("cannot be read");
    return parser->context == NULL
               ? error_set(err, YINMA_E_USAGE, "%s:%zu: not valid YAML: %s", file, line, problem)
               : error_set(err, YINMA_E_USAGE, "%s:%zu: not valid YAML: %s (%s)", file, line,
                           problem, parser->context);
}

/* Nothing but the end may follow the first document. */
static int check_single(yaml_parser_t *parser, struct bytes text, const char *file,
                        struct error *err) {
    yaml_document_t second;
    if (!yaml_parser_load(parser, &second)) {
        return parser_error(parser, text, file, err);
    }
    yaml_node_t *node = yaml_document_get_root_node(&second);
    size_t line = node == NULL ? 0 : node->start_mark.line + 1;
    yaml_document_delete(&second);
    if (line != 0) {
        return error_set(err, YINMA_E_USAGE,
                         "%s:%zu: a second document begins here; one is allowed", file, line);
    }
    return 0;
}

int yaml_tree_init(struct yaml_tree *tree, struct bytes text, const char *file,
                   struct arena *memory, struct error *err, struct yaml_place *root_out) {
    *tree = (struct yaml_tree){.file = file, .memory = memory, .err = err};
    *root_out = (struct yaml_place){.tree = tree};
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        return error_set(err, YINMA_E_MEMORY, "out of memory while reading %s", file);
    }
    static const unsigned char nothing[1] = "";
    yaml_parser_set_input_string(&parser, text.len == 0 ? nothing : text.ptr, text.len);
    int status = 0;
    if (!yaml_parser_load(&parser, &tree->document)) {
        memset(&tree->document, 0, sizeof tree->document);
        status = parser_error(&parser, text, file, err);
        goto done;
    }
    root_out->node = yaml_document_get_root_node(&tree->document);
    if (root_out->node != NULL) {
        status = check_single(&parser, text, file, err);
    }
done:
    yaml_parser_delete(&parser);
    return status;
}

void yaml_tree_release(struct yaml_tree *tree) {
    if (tree->document.nodes.start != NULL) {
        yaml_document_delete(&tree->document);
    }
}

/* ---- complaints ---- */

size_t yaml_line(const struct yaml_place *place) {
    return place->node->start_mark.line + 1;
}

static void write_path(const struct yaml_place *place, char *out, size_t size) {
    if (place->parent == NULL) {
        out[0] = '\0';
        return;
    }
    write_path(place->parent, out, size);
    size_t used = strlen(out);
    if (place->key == NULL) {
        snprintf(out + used, size - used, "[%zu]", place->index);
        return;
    }
    char quoted[QUOTED_MAX];
    quote_given(bytes_of_string(place->key), quoted);
    snprintf(out + used, size - used, "%s%s", used == 0 ? "" : ".", quoted);
}

/* LINE may be that of a key inside PLACE. */
static int complain_at(const struct yaml_place *place, size_t line, const char *complaint) {
    char path[PATH_TEXT];
    write_path(place, path, sizeof path);
    error_set(place->tree->err, YINMA_E_USAGE, "%s:%zu: %s%s%s", place->tree->file, line, path,
              path[0] == '\0' ? "" : ": ", complaint);
    return YINMA_E_USAGE;
}

int yaml_complain(const struct yaml_place *place, const char *format, ...) {
    char complaint[COMPLAINT_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(complaint, sizeof complaint, format, args);
    va_end(args);
    complain_at(place, yaml_line(place), complaint);
    return YINMA_E_USAGE;
}

static const char *node_name(const yaml_node_t *node) {
    switch (node->type) {
    case YAML_MAPPING_NODE:
        return SAID("a mapping");
    case YAML_SEQUENCE_NODE:
        return SAID("a list");
    case YAML_SCALAR_NODE:
    case YAML_NO_NODE:
    default:
        return SAID("a single value");
    }
}

/* ---- nodes ---- */

static struct bytes scalar_bytes(const yaml_node_t *node) {
    return bytes_of(node->data.scalar.value, node->data.scalar.length);
}

static bool is_null(const yaml_node_t *node) {
    if (node->type != YAML_SCALAR_NODE || node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE) {
        return false;
    }
    struct bytes text = scalar_bytes(node);
    return text.len == 0 || bytes_equal(text, BYTES_LIT("~")) ||
           bytes_equal_ignoring_case(text, BYTES_LIT("null"));
}

bool yaml_is_null(const struct yaml_place *place) {
    return is_null(place->node);
}

static yaml_node_t *node_at(const struct yaml_place *place, int number) {
    return yaml_document_get_node(&place->tree->document, number);
}

static size_t pair_count(const yaml_node_t *node) {
    return (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start);
}

static yaml_node_t *key_node(const struct yaml_place *place, size_t index) {
    return node_at(place, place->node->data.mapping.pairs.start[index].key);
}

static yaml_node_t *value_node(const struct yaml_place *place, size_t index) {
    return node_at(place, place->node->data.mapping.pairs.start[index].value);
}

/* ---- mappings ---- */

bool yaml_is_mapping(const struct yaml_place *place) {
    return place->node->type == YAML_MAPPING_NODE;
}

static int check_key(const struct yaml_place *place, size_t index, const char *const *allowed) {
    yaml_node_t *key = key_node(place, index);
    size_t line = key->start_mark.line + 1;
    if (key->type != YAML_SCALAR_NODE || is_null(key)) {
        return complain_at(place, line, SAID("a key must be a text"));
    }
    struct bytes name = scalar_bytes(key);
    char complaint[COMPLAINT_TEXT];
    for (size_t i = 0; i < index; i++) {
        const yaml_node_t *earlier = key_node(place, i);
        if (bytes_equal(scalar_bytes(earlier), name)) {
            char quoted[QUOTED_MAX];
            quote_given(name, quoted);
            snprintf(complaint, sizeof complaint,
                     SAID("key \"%s\" stands here twice, first in line %zu"), quoted,
                     earlier->start_mark.line + 1);
            return complain_at(place, line, complaint);
        }
    }
    for (size_t i = 0; allowed != NULL && allowed[i] != NULL; i++) {
        if (bytes_equal(name, bytes_of_string(allowed[i]))) {
            return 0;
        }
    }
    if (allowed == NULL) {
        return 0;
    }
    name_complaint("key", name, allowed, complaint, sizeof complaint);
    return complain_at(place, line, complaint);
}

int yaml_mapping(const struct yaml_place *place, const char *const *allowed) {
    if (!yaml_is_mapping(place)) {
        return yaml_complain(place, "must be a mapping (key: value), is %s",
                             node_name(place->node));
    }
    size_t count = pair_count(place->node);
    if (count > KEYS_MAX) {
        return yaml_complain(place, "has %zu keys; at most %d are allowed", count, KEYS_MAX);
    }
    for (size_t i = 0; i < count; i++) {
        int status = check_key(place, i, allowed);
        if (status != 0) {
            return status;
        }
    }
    return 0;
}

bool yaml_member(const struct yaml_place *place, const char *key, struct yaml_place *out) {
    size_t count = pair_count(place->node);
    for (size_t i = 0; i < count; i++) {
        if (bytes_equal(scalar_bytes(key_node(place, i)), bytes_of_string(key))) {
            *out = (struct yaml_place){place->tree, place, key, 0, value_node(place, i)};
            return !is_null(out->node);
        }
    }
    return false;
}

int yaml_required(const struct yaml_place *place, const char *key, struct yaml_place *out) {
    return yaml_member(place, key, out) ? 0 : yaml_complain(place, "needs the key \"%s\"", key);
}

/* A copy in the arena with a NUL behind it. */
static int copy_text(const struct yaml_place *place, struct bytes text, const char **out) {
    char *copy = arena_alloc(place->tree->memory, text.len + 1);
    if (copy == NULL) {
        return error_set(place->tree->err, YINMA_E_MEMORY, "out of memory while reading %s",
                         place->tree->file);
    }
    if (text.len > 0) {
        memcpy(copy, text.ptr, text.len);
    }
    *out = copy;
    return 0;
}

int yaml_pair(const struct yaml_place *place, size_t index, struct yaml_place *value_out) {
    struct bytes key = scalar_bytes(key_node(place, index));
    *value_out = (struct yaml_place){place->tree, place, "", 0, value_node(place, index)};
    if (key.len == 0 || memchr(key.ptr, '\0', key.len) != NULL) {
        return yaml_complain(place, "a key must be a text");
    }
    return copy_text(place, key, &value_out->key);
}

/* ---- lists ---- */

bool yaml_is_list(const struct yaml_place *place) {
    return place->node->type == YAML_SEQUENCE_NODE;
}

int yaml_list(const struct yaml_place *place) {
    return yaml_is_list(place)
               ? 0
               : yaml_complain(place, "must be a list, is %s", node_name(place->node));
}

size_t yaml_count(const struct yaml_place *place) {
    const yaml_node_t *node = place->node;
    if (node->type == YAML_MAPPING_NODE) {
        return pair_count(node);
    }
    return node->type == YAML_SEQUENCE_NODE
               ? (size_t)(node->data.sequence.items.top - node->data.sequence.items.start)
               : 1;
}

struct yaml_place yaml_item(const struct yaml_place *place, size_t index) {
    if (!yaml_is_list(place)) {
        return *place;
    }
    int number = place->node->data.sequence.items.start[index];
    return (struct yaml_place){place->tree, place, NULL, index, node_at(place, number)};
}

/* ---- values ---- */

int yaml_scalar(const struct yaml_place *place, struct bytes *out) {
    const yaml_node_t *node = place->node;
    *out = (struct bytes){NULL, 0};
    if (node->type != YAML_SCALAR_NODE) {
        return yaml_complain(place, "must be a text, is %s", node_name(node));
    }
    if (is_null(node)) {
        return yaml_complain(place, "must be a text, is empty");
    }
    *out = scalar_bytes(node);
    if (out->len == 0 || memchr(out->ptr, '\0', out->len) != NULL) {
        return yaml_complain(place, "must be a text that is not empty and holds no NUL");
    }
    return 0;
}

int yaml_text(const struct yaml_place *place, const char **out) {
    struct bytes text;
    int status = yaml_scalar(place, &text);
    return status != 0 ? status : copy_text(place, bytes_trim(text), out);
}

int yaml_number(const struct yaml_place *place, uint32_t least, uint32_t most, uint32_t *out) {
    struct bytes text;
    int status = yaml_scalar(place, &text);
    if (status != 0) {
        return status;
    }
    uint64_t number = 0;
    bool valid = text.len <= 10;
    for (size_t i = 0; valid && i < text.len; i++) {
        valid = byte_is_digit(text.ptr[i]);
        number = number * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    if (!valid || number < least || number > most) {
        char quoted[QUOTED_MAX];
        quote_given(text, quoted);
        return yaml_complain(place,
                             "must be a whole number from %" PRIu32 " to %" PRIu32 ", is \"%s\"",
                             least, most, quoted);
    }
    *out = (uint32_t)number;
    return 0;
}

int yaml_bool(const struct yaml_place *place, bool *out) {
    struct bytes text;
    int status = yaml_scalar(place, &text);
    if (status != 0) {
        return status;
    }
    *out = bytes_equal(text, BYTES_LIT("true"));
    if (!*out && !bytes_equal(text, BYTES_LIT("false"))) {
        char quoted[QUOTED_MAX];
        quote_given(text, quoted);
        return yaml_complain(place, "must be true or false, is \"%s\"", quoted);
    }
    return 0;
}

int yaml_choice(const struct yaml_place *place, const char *what, const char *const *names,
                unsigned *out) {
    struct bytes text;
    int status = yaml_scalar(place, &text);
    if (status != 0) {
        return status;
    }
    for (unsigned i = 0; names[i] != NULL; i++) {
        if (bytes_equal(text, bytes_of_string(names[i]))) {
            *out = i;
            return 0;
        }
    }
    char complaint[COMPLAINT_TEXT];
    name_complaint(what, text, names, complaint, sizeof complaint);
    return yaml_complain(place, "%s", complaint);
}
