/* yaml_tree.h - read a YAML document against what is expected at each place. Private to the
 * catalog. Every complaint names file, line and the path to the place ("rules[3].zones[0]") and
 * says what would be allowed. Places live on the stack of the reader; texts are copied to the
 * arena. */
#ifndef YINMA_CATALOG_YAML_TREE_H
#define YINMA_CATALOG_YAML_TREE_H

#include <yaml.h>

#include "core/arena.h"
#include "core/bytes.h"
#include "core/error.h"

struct yaml_tree {
    const char *file; /* for messages */
    yaml_document_t document;
    struct arena *memory; /* receives copied texts; not owned */
    struct error *err;
};

/* A node and the way to it. */
struct yaml_place {
    struct yaml_tree *tree;
    const struct yaml_place *parent; /* NULL: the root */
    const char *key;                 /* the member's name; NULL for an item of a list */
    size_t index;                    /* of an item */
    yaml_node_t *node;
};

/* Parse TEXT (one document). *root_out has node NULL when the text holds nothing at all. The
 * functions below return 0 or a negative code (YINMA_E_USAGE, YINMA_E_MEMORY) left in ERR. */
int yaml_tree_init(struct yaml_tree *tree, struct bytes text, const char *file,
                   struct arena *memory, struct error *err, struct yaml_place *root_out);
void yaml_tree_release(struct yaml_tree *tree);

/* Nothing, "~" or "null". */
bool yaml_is_null(const struct yaml_place *place);
size_t yaml_line(const struct yaml_place *place);

/* Complain about PLACE; always returns YINMA_E_USAGE. */
int yaml_complain(const struct yaml_place *place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- mappings ---- */

/* PLACE must be a mapping with no key twice; with ALLOWED (NULL-terminated) only of these keys. */
int yaml_mapping(const struct yaml_place *place, const char *const *allowed);
bool yaml_is_mapping(const struct yaml_place *place);
/* The member KEY (a string that outlives *out); false when there is none or it is null. */
bool yaml_member(const struct yaml_place *place, const char *key, struct yaml_place *out);
int yaml_required(const struct yaml_place *place, const char *key, struct yaml_place *out);
/* Members by number, for mappings whose keys are data. */
int yaml_pair(const struct yaml_place *place, size_t index, struct yaml_place *value_out);

/* ---- lists ---- */

int yaml_list(const struct yaml_place *place);
bool yaml_is_list(const struct yaml_place *place);
/* Members of a list or a mapping; 1 for anything else (a lone value is a list of one). */
size_t yaml_count(const struct yaml_place *place);
/* The item; PLACE itself for a lone value. */
struct yaml_place yaml_item(const struct yaml_place *place, size_t index);

/* ---- values ---- */

int yaml_text(const struct yaml_place *place, const char **out);
int yaml_number(const struct yaml_place *place, uint32_t least, uint32_t most, uint32_t *out);
int yaml_bool(const struct yaml_place *place, bool *out);
/* One of NAMES (NULL-terminated); *out is its index. WHAT names the sort of name: "level". */
int yaml_choice(const struct yaml_place *place, const char *what, const char *const *names,
                unsigned *out);
/* The bytes of a value that must be text; a view of the document. */
int yaml_scalar(const struct yaml_place *place, struct bytes *out);

#endif
