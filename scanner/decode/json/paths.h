/* paths.h - the places in JSON, as a tree of keys, and the fields they are:
 * `order.items[].phone`.
 * `.`, `[` and `\` inside a key are back-slash escaped. Rows have the same keys in the same order
 * most of the time, so a look-up first asks what came next the last time.
 *
 * Keys that are data themselves (numbers, digests, addresses: {"0912345678": {...}}) are all one
 * key, written `*`; so is every further key once JSON_PATHS_MOST are known. */
#ifndef YINMA_DECODE_JSON_PATHS_H
#define YINMA_DECODE_JSON_PATHS_H

#include "core/field_set.h"

enum { JSON_PATHS_MOST = 4096, JSON_PATH_BYTES = 1024 };
enum { JSON_PATH_ROOT = 0, JSON_PATH_NONE = UINT32_MAX };

/* What a key says about tables that do not name their columns in every row (json/columns.h). */
enum json_role {
    JSON_ROLE_NAMES = 1 << 0, /* its array names columns */
    JSON_ROLE_ABOUT = 1 << 1, /* its object describes a table beside it */
    JSON_ROLE_CELLS = 1 << 2, /* its array may be the cells of a row */
    JSON_ROLE_VALUE = 1 << 3, /* what a cell holds */
    JSON_ROLE_LABEL = 1 << 4, /* what the value beside it is */
};

struct json_paths;

/* Fields are made in FIELDS (not owned). NULL when memory is out. */
struct json_paths *json_paths_new(struct field_set *fields);
void json_paths_free(struct json_paths *paths);
uint32_t json_paths_count(const struct json_paths *paths);
/* Out of memory since the beginning? What is looked up then is free text. */
bool json_paths_failed(const struct json_paths *paths);

/* The place of a whole column of TABLE (JSON text in a column): its keys are `COLUMN.key`. */
uint32_t json_paths_column(struct json_paths *paths, uint32_t table, struct bytes column);

/* KEY (as written, SEGMENT_PADDING readable bytes behind it) below PARENT. LAST: the key of the
 * same object that was looked up before, or JSON_PATH_NONE. */
uint32_t json_paths_key(struct json_paths *paths, uint32_t parent, uint32_t last, struct bytes key);
/* The key of PLACE, whose field is not made yet, says by itself what it is called; what stands
 * before it (`field`, `property`) says nothing. */
void json_paths_told(struct json_paths *paths, uint32_t place);
/* The elements of the array PARENT. */
uint32_t json_paths_element(struct json_paths *paths, uint32_t parent);
/* Whatever is below PARENT under a key that is no name. */
uint32_t json_paths_any(struct json_paths *paths, uint32_t parent);

/* Is PLACE such a one? */
bool json_paths_is_any(const struct json_paths *paths, uint32_t place);
/* What people are told of PLACE: the second name of its field, if that is not made yet. LABEL
 * outlives the paths. */
void json_paths_label(struct json_paths *paths, uint32_t place, struct bytes label);

/* Roles of the key that PLACE is; 0 for other places. */
unsigned json_paths_roles(const struct json_paths *paths, uint32_t place);

/* The field of a place, made on first use. */
uint32_t json_paths_field(struct json_paths *paths, uint32_t place);

#endif
