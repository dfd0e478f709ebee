#include "patterns/name_memory.h"

#include <stdlib.h>

#include "core/hash64.h"

/* Places are a table without chains: a name that falls where another one is takes its place. Longer
 * names are read each time. */
enum { PLACES = 512, NAME_MOST = 88 };

struct remembered {
    bool known;
    uint8_t column_len, label_len;
    uint8_t text[NAME_MOST]; /* column, then label */
    struct name_reading reading;
};

struct name_memory {
    const struct lexicon *lexicon;
    struct remembered places[PLACES];
};

struct name_memory *name_memory_new(const struct lexicon *lexicon) {
    struct name_memory *memory = calloc(1, sizeof *memory);
    if (memory != NULL) {
        memory->lexicon = lexicon;
    }
    return memory;
}

void name_memory_free(struct name_memory *memory) {
    free(memory);
}

static bool is_of(const struct remembered *place, struct bytes column, struct bytes label) {
    return place->known && bytes_equal(bytes_of(place->text, place->column_len), column) &&
           bytes_equal(bytes_of(place->text + place->column_len, place->label_len), label);
}

void name_memory_read(struct name_memory *memory, struct bytes column, struct bytes label,
                      struct name_reading *out) {
    if (column.len + label.len > NAME_MOST) {
        lexicon_read(memory->lexicon, column, label, out);
        return;
    }
    struct remembered *place = &memory->places[hash64(label, hash64(column, 0)) % PLACES];
    if (!is_of(place, column, label)) {
        lexicon_read(memory->lexicon, column, label, &place->reading);
        place->known = true;
        place->column_len = (uint8_t)column.len;
        place->label_len = (uint8_t)label.len;
        if (column.len > 0) {
            memcpy(place->text, column.ptr, column.len);
        }
        if (label.len > 0) {
            memcpy(place->text + column.len, label.ptr, label.len);
        }
    }
    *out = place->reading;
}
