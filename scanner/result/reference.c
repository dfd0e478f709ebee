#include "result/reference.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

int reference_new(struct reference **out, struct error *err) {
    *out = calloc(1, sizeof **out);
    if (*out == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for a reference");
    }
    (*out)->writing = true;
    if (getrandom(&(*out)->key, sizeof(*out)->key, 0) != (ssize_t)sizeof(*out)->key) {
        reference_free(*out);
        *out = NULL;
        return error_set(err, YINMA_E_IO, "the system gives no random numbers for a key");
    }
    return 0;
}

void reference_free(struct reference *reference) {
    if (reference != NULL) {
        for (unsigned i = 0; i < reference->kind_count; i++) {
            free(reference->kinds[i].marks);
        }
        explicit_bzero(reference, sizeof *reference);
        free(reference);
    }
}

const struct reference_kind *reference_find(const struct reference *reference, const char *kind) {
    for (unsigned i = 0; i < reference->kind_count; i++) {
        if (strcmp(reference->kinds[i].name, kind) == 0) {
            return &reference->kinds[i];
        }
    }
    return NULL;
}

/* The hashes that may have a mark, spread over all places. */
static uint64_t place_of(const struct reference_kind *kind, uint64_t hash) {
    return (uint64_t)(((unsigned __int128)hash << kind->bits) / kind->below);
}

bool reference_holds(const struct reference_kind *kind, uint64_t hash) {
    if (hash >= kind->below) {
        return false;
    }
    uint64_t place = place_of(kind, hash);
    return (kind->marks[place / 8] >> (place % 8) & 1) != 0;
}

int reference_mark(struct reference *reference, const char *kind, const struct value_sample *sample,
                   struct error *err) {
    size_t length = strlen(kind);
    if (sample->count == 0 || reference->kind_count == REFERENCE_KINDS ||
        length >= REFERENCE_NAME) {
        return 0;
    }
    struct reference_kind *made = &reference->kinds[reference->kind_count];
    *made = (struct reference_kind){.values = value_sample_estimate(sample),
                                    .below = sample->below,
                                    .bits = REFERENCE_BITS_MIN};
    memcpy(made->name, kind, length + 1);
    while (UINT64_C(1) << made->bits < (uint64_t)REFERENCE_PLACES_A_VALUE * sample->count &&
           made->bits < REFERENCE_BITS_MAX) {
        made->bits++;
    }
    made->marks = calloc(reference_mark_bytes(made->bits), 1);
    if (made->marks == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for a reference");
    }
    reference->kind_count++;
    for (uint32_t i = 0; i < sample->count; i++) {
        uint64_t place = place_of(made, sample->hashes[i]);
        uint8_t bit = (uint8_t)(1U << (place % 8));
        made->marked += (made->marks[place / 8] & bit) == 0;
        made->marks[place / 8] |= bit;
    }
    return 0;
}
