#include "match/expressions.h"

#include <hs.h>
#include <stdlib.h>

#include "match/own_kinds.h"

enum { FIRST_HITS = 256 };

struct expression_database {
    hs_database_t *engine;
    hs_scratch_t *prototype; /* cloned by every search */
};

struct expression_search {
    const struct expression_database *database;
    hs_scratch_t *scratch;
    struct expression_hit *hits;
    size_t count, capacity;
    size_t last[PATTERN_MAX]; /* 1 + index of the last hit of that kind; 0 = none */
    struct bytes text;
    bool full;
};

static int compile(struct expression_database *db, kind_list kinds, struct error *err) {
    const char *texts[PATTERN_MAX];
    unsigned flags[PATTERN_MAX], ids[PATTERN_MAX], count = 0;
    for (unsigned kind = 0; kinds[kind] != NULL; kind++) {
        if (kinds[kind]->own != NULL) {
            texts[count] = own_kind_setting_of(kinds[kind])->expression;
            flags[count] = HS_FLAG_SOM_LEFTMOST;
            ids[count++] = kind;
        }
    }
    hs_compile_error_t *problem = NULL;
    if (hs_compile_multi(texts, flags, ids, count, HS_MODE_BLOCK, NULL, &db->engine, &problem) !=
        HS_SUCCESS) {
        error_set(err, YINMA_E_USAGE, "the expressions of the own kinds do not go together: %s",
                  problem == NULL ? "unknown error" : problem->message);
        hs_free_compile_error(problem);
        return YINMA_E_USAGE;
    }
    return hs_alloc_scratch(db->engine, &db->prototype) == HS_SUCCESS
               ? 0
               : error_set(err, YINMA_E_MEMORY, "out of memory for the own kinds");
}

int expression_database_new(kind_list kinds, struct expression_database **out, struct error *err) {
    bool any = false;
    *out = NULL;
    for (unsigned kind = 0; kinds[kind] != NULL; kind++) {
        any = any || kinds[kind]->own != NULL;
    }
    if (!any) {
        return 0;
    }
    struct expression_database *db = calloc(1, sizeof *db);
    if (db == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the own kinds");
    }
    int status = compile(db, kinds, err);
    if (status != 0) {
        expression_database_free(db);
        return status;
    }
    *out = db;
    return 0;
}

void expression_database_free(struct expression_database *db) {
    if (db != NULL) {
        hs_free_scratch(db->prototype);
        hs_free_database(db->engine);
        free(db);
    }
}

struct expression_search *expression_search_new(const struct expression_database *database) {
    struct expression_search *search = database == NULL ? NULL : calloc(1, sizeof *search);
    if (search == NULL) {
        return NULL;
    }
    search->database = database;
    search->capacity = FIRST_HITS;
    search->hits = calloc(search->capacity, sizeof *search->hits);
    if (search->hits == NULL ||
        hs_clone_scratch(database->prototype, &search->scratch) != HS_SUCCESS) {
        expression_search_free(search);
        return NULL;
    }
    return search;
}

void expression_search_free(struct expression_search *search) {
    if (search != NULL) {
        hs_free_scratch(search->scratch);
        free(search->hits);
        free(search);
    }
}

/* E123456 is no value in E1234567 or TREE123456. */
static bool stands_alone(struct bytes text, size_t begin, size_t end) {
    if (begin > 0 && byte_is_alnum(text.ptr[begin]) && byte_is_alnum(text.ptr[begin - 1])) {
        return false;
    }
    return !(end < text.len && byte_is_alnum(text.ptr[end - 1]) && byte_is_alnum(text.ptr[end]));
}

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    struct expression_search *search = context;
    (void)flags;
    if (from >= to || !stands_alone(search->text, (size_t)from, (size_t)to)) {
        return 0;
    }
    size_t last = search->last[id];
    if (last != 0 && search->hits[last - 1].begin == from) {
        search->hits[last - 1].end = (uint32_t)to;
        return 0;
    }
    if (search->count == search->capacity) {
        search->full = true;
        return 1;
    }
    search->hits[search->count] = (struct expression_hit){(uint32_t)from, (uint32_t)to, id};
    search->last[id] = ++search->count;
    return 0;
}

int expression_search_run(struct expression_search *search, struct bytes text,
                          const struct expression_hit **hits_out, size_t *count_out,
                          struct error *err) {
    search->text = text;
    do {
        search->count = 0;
        memset(search->last, 0, sizeof search->last);
        if (search->full) {
            struct expression_hit *hits =
                realloc(search->hits, search->capacity * 2 * sizeof *search->hits);
            if (hits == NULL) {
                return error_set(err, YINMA_E_MEMORY, "out of memory for what was found");
            }
            search->hits = hits;
            search->capacity *= 2;
            search->full = false;
        }
        if (text.len > 0) {
            hs_scan(search->database->engine, (const char *)text.ptr, (unsigned)text.len, 0,
                    search->scratch, on_match, search);
        }
    } while (search->full);
    *hits_out = search->hits;
    *count_out = search->count;
    return 0;
}
