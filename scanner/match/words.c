#include "match/words.h"

#include <stdlib.h>

#include "core/hash64.h"
#include "match/word_engine.h"

enum { WORDS_MAX = 4096, FIRST_HITS = 1024 };

struct word_database {
    struct word *words;
    struct bytes *texts;
    uint32_t count;
    hs_database_t *engine;
    hs_scratch_t *prototype; /* cloned by every search */
    bool ready;              /* the build has compiled it */
};

struct word_search {
    const struct word_database *database;
    hs_scratch_t *scratch;
    struct word_hit *hits;
    size_t count, capacity;
    struct bytes text;
    size_t from; /* the engine's positions count from here */
    bool full;
};

enum word_use { USE_LABEL, USE_HINT, USE_LOOSE_HINT, USE_ANCHOR, USE_SIGN_ANCHOR };

/* The same word may serve several kinds: 電話 stands before mobiles and landlines. */
static void add_word(struct word_database *db, struct bytes text, unsigned kind,
                     enum word_use use) {
    uint32_t index = 0;
    while (index < db->count && !bytes_equal(db->texts[index], text)) {
        index++;
    }
    if (index == WORDS_MAX || text.len == 0) {
        return;
    }
    if (index == db->count) {
        db->count++;
        db->texts[index] = text;
        db->words[index] =
            (struct word){.length = (uint32_t)text.len,
                          .starts_with_letter = byte_is_letter(text.ptr[0]),
                          .ends_with_letter = byte_is_letter(text.ptr[text.len - 1])};
    }
    kind_set bit = (kind_set)1 << kind;
    struct word *word = &db->words[index];
    word->labels |= use == USE_LABEL ? bit : 0;
    word->hints |= use == USE_HINT || use == USE_LOOSE_HINT ? bit : 0;
    word->loose |= use == USE_LOOSE_HINT ? bit : 0;
    word->anchors |= use == USE_ANCHOR ? bit : 0;
    word->sign_anchors |= use == USE_SIGN_ANCHOR ? bit : 0;
}

static enum word_use use_of_label(struct bytes text) {
    uint8_t sign = text.len > 0 ? text.ptr[0] : 0;
    return sign == '?' ? USE_HINT : sign == '~' ? USE_LOOSE_HINT : USE_LABEL;
}

static void collect_words(struct word_database *db, kind_list kinds) {
    for (unsigned kind = 0; kinds[kind] != NULL; kind++) {
        const struct pattern *pattern = kinds[kind];
        if (pattern->off_by_default) {
            continue;
        }
        for (size_t i = 0; pattern->labels != NULL && pattern->labels[i] != NULL; i++) {
            struct bytes text = bytes_of_string(pattern->labels[i]);
            enum word_use use = use_of_label(text);
            add_word(db, bytes_from(text, use != USE_LABEL), kind, use);
        }
        for (size_t i = 0; pattern->anchors != NULL && pattern->anchors[i] != NULL; i++) {
            struct bytes text = bytes_of_string(pattern->anchors[i]);
            bool sign = text.len > 1 && text.ptr[0] == '@';
            add_word(db, bytes_from(text, sign), kind, sign ? USE_SIGN_ANCHOR : USE_ANCHOR);
        }
    }
}

uint64_t word_database_digest(const struct word_database *db) {
    uint64_t digest = db->count;
    for (uint32_t i = 0; i < db->count; i++) {
        digest = hash64(db->texts[i], digest);
    }
    return digest;
}

/* An engine that looks for the same words: does one of READY run here? */
static bool adopt(struct word_database *db, const struct ready_words *ready) {
    if (ready == NULL || ready->digest != word_database_digest(db)) {
        return false;
    }
    for (size_t i = 0; i < ready->count; i++) {
        const struct bytes *engine = &ready->engines[i];
        if (hs_deserialize_database((const char *)engine->ptr, engine->len, &db->engine) ==
            HS_SUCCESS) {
            return true;
        }
    }
    return false;
}

static int make_engine(struct word_database *db, const struct ready_words *ready,
                       struct error *err) {
    db->ready = adopt(db, ready);
    int status = db->ready ? 0 : word_engine_compile(db->texts, db->count, NULL, &db->engine, err);
    if (status == 0 && hs_alloc_scratch(db->engine, &db->prototype) != HS_SUCCESS) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for the word database");
    }
    return status;
}

int word_database_new(kind_list kinds, const struct ready_words *ready, struct word_database **out,
                      struct error *err) {
    *out = NULL;
    struct word_database *db = calloc(1, sizeof *db);
    if (db != NULL) {
        db->words = calloc(WORDS_MAX, sizeof *db->words);
        db->texts = calloc(WORDS_MAX, sizeof *db->texts);
    }
    if (db == NULL || db->words == NULL || db->texts == NULL) {
        word_database_free(db);
        return error_set(err, YINMA_E_MEMORY, "out of memory for the word database");
    }
    collect_words(db, kinds);
    int status = db->count == 0 ? 0 : make_engine(db, ready, err);
    if (status != 0) {
        word_database_free(db);
        return status;
    }
    *out = db;
    return 0;
}

void word_database_free(struct word_database *db) {
    if (db != NULL) {
        hs_free_scratch(db->prototype);
        hs_free_database(db->engine);
        free(db->words);
        free(db->texts);
        free(db);
    }
}

bool word_database_is_ready(const struct word_database *db) {
    return db->ready;
}

uint32_t word_database_count(const struct word_database *db) {
    return db->count;
}

struct bytes word_database_text(const struct word_database *db, uint32_t index) {
    return db->texts[index];
}

const struct word *word_database_word(const struct word_database *db, uint32_t index) {
    return &db->words[index];
}

struct word_search *word_search_new(const struct word_database *database) {
    struct word_search *search = calloc(1, sizeof *search);
    if (search == NULL) {
        return NULL;
    }
    search->database = database;
    search->capacity = FIRST_HITS;
    search->hits = calloc(search->capacity, sizeof *search->hits);
    if (search->hits == NULL ||
        (database->prototype != NULL &&
         hs_clone_scratch(database->prototype, &search->scratch) != HS_SUCCESS)) {
        word_search_free(search);
        return NULL;
    }
    return search;
}

void word_search_free(struct word_search *search) {
    if (search != NULL) {
        hs_free_scratch(search->scratch);
        free(search->hits);
        free(search);
    }
}

/* "tel" is no word in "hotel" or "telling". */
static bool stands_alone(struct bytes text, const struct word *word, size_t begin, size_t end) {
    if (word->starts_with_letter && begin > 0 && byte_is_letter(text.ptr[begin - 1])) {
        return false;
    }
    return !(word->ends_with_letter && end < text.len && byte_is_letter(text.ptr[end]));
}

/* Record now, think later: nothing but three integers happens here. */
static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    struct word_search *search = context;
    (void)from;
    (void)flags;
    const struct word *word = &search->database->words[id];
    size_t end = search->from + (size_t)to, begin = end - word->length;
    if (!stands_alone(search->text, word, begin, end)) {
        return 0;
    }
    if (search->count == search->capacity) {
        search->full = true;
        return 1;
    }
    search->hits[search->count++] = (struct word_hit){(uint32_t)begin, (uint32_t)end, id};
    return 0;
}

int word_search_run(struct word_search *search, struct bytes text, const struct word_hit **hits_out,
                    size_t *count_out, struct error *err) {
    return word_search_part(search, text, 0, text.len, hits_out, count_out, err);
}

int word_search_part(struct word_search *search, struct bytes text, size_t begin, size_t end,
                     const struct word_hit **hits_out, size_t *count_out, struct error *err) {
    search->text = text;
    search->from = begin;
    do {
        search->count = 0;
        if (search->full) {
            struct word_hit *hits =
                realloc(search->hits, search->capacity * 2 * sizeof *search->hits);
            if (hits == NULL) {
                return error_set(err, YINMA_E_MEMORY, "out of memory for words found in the text");
            }
            search->hits = hits;
            search->capacity *= 2;
            search->full = false;
        }
        if (search->database->engine != NULL && end > begin) {
            hs_scan(search->database->engine, (const char *)text.ptr + begin,
                    (unsigned)(end - begin), 0, search->scratch, on_match, search);
        }
    } while (search->full);
    *hits_out = search->hits;
    *count_out = search->count;
    return 0;
}

const char *word_engine_version(void) {
    return hs_version();
}
