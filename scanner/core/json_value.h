/* json_value.h - a JSON text as a tree in an arena: records of our own that come back, schemas.
 * Strict (RFC 8259), at most JSON_DEPTH levels; duplicate members are kept, the first one is found.
 */
#ifndef YINMA_CORE_JSON_VALUE_H
#define YINMA_CORE_JSON_VALUE_H

#include "core/arena.h"
#include "core/error.h"

enum { JSON_DEPTH = 64 };

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

struct json_value {
    enum json_type type;
    bool truth;
    uint64_t whole;    /* of a number without sign, fraction and exponent; else 0 */
    double real;       /* of any number */
    struct bytes text; /* UTF-8, escapes undone; in the arena */
    struct bytes key;  /* of a member */
    const struct json_value *first, *next;
};

/* 0, YINMA_E_DAMAGED (the message says at which byte) or YINMA_E_MEMORY. */
int json_parse(struct bytes text, struct arena *arena, const struct json_value **out,
               struct error *err);

/* NULL when OBJECT is none (or NULL) or has no such member … */
const struct json_value *json_member(const struct json_value *object, const char *key);
/* … or it is of another type. */
const struct json_value *json_find(const struct json_value *object, const char *key,
                                   enum json_type type);
struct bytes json_find_text(const struct json_value *object, const char *key); /* else empty */
uint64_t json_find_whole(const struct json_value *object, const char *key);    /* else 0 */
double json_find_real(const struct json_value *object, const char *key);       /* else 0 */
bool json_find_truth(const struct json_value *object, const char *key);        /* else false */
/* First element of an array member; NULL when there is none. */
const struct json_value *json_find_list(const struct json_value *object, const char *key);

#endif
