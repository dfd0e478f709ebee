#include "patterns/name_memory.h"

#include <stdlib.h>

#include "core/name_cache.h"

struct name_memory {
    const struct lexicon *lexicon;
    struct name_cache *readings;
};

struct name_memory *name_memory_new(const struct lexicon *lexicon) {
    struct name_memory *memory = calloc(1, sizeof *memory);
    if (memory == NULL) {
        return NULL;
    }
    memory->lexicon = lexicon;
    memory->readings = name_cache_new(sizeof(struct name_reading));
    if (memory->readings == NULL) {
        free(memory);
        return NULL;
    }
    return memory;
}

void name_memory_free(struct name_memory *memory) {
    if (memory != NULL) {
        name_cache_free(memory->readings);
        free(memory);
    }
}

void name_memory_read(struct name_memory *memory, struct bytes column, struct bytes label,
                      struct name_reading *out) {
    const struct name_reading *known = name_cache_find(memory->readings, column, label);
    if (known != NULL) {
        *out = *known;
        return;
    }
    lexicon_read(memory->lexicon, column, label, out);
    struct name_reading *kept = name_cache_keep(memory->readings, column, label);
    if (kept != NULL) {
        *kept = *out;
    }
}
