#include "match/word_engine.h"

#include <stdlib.h>

int word_engine_compile(const struct bytes *texts, uint32_t count,
                        const hs_platform_info_t *platform, hs_database_t **out,
                        struct error *err) {
    *out = NULL;
    const char **starts = calloc(count + 1, sizeof *starts);
    unsigned *flags = calloc(count + 1, sizeof *flags);
    unsigned *ids = calloc(count + 1, sizeof *ids);
    size_t *lengths = calloc(count + 1, sizeof *lengths);
    int status = 0;
    hs_compile_error_t *problem = NULL;
    if (starts == NULL || flags == NULL || ids == NULL || lengths == NULL) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for the word database");
        goto done;
    }
    for (uint32_t i = 0; i < count; i++) {
        starts[i] = (const char *)texts[i].ptr;
        lengths[i] = texts[i].len;
        flags[i] = HS_FLAG_CASELESS;
        ids[i] = i;
    }
    if (hs_compile_lit_multi(starts, flags, ids, lengths, count, HS_MODE_BLOCK, platform, out,
                             &problem) != HS_SUCCESS) {
        status = error_set(err, YINMA_E_UNSUPPORTED, "the word database cannot be built: %s",
                           problem == NULL ? "unknown error" : problem->message);
        hs_free_compile_error(problem);
    }
done:
    free(starts);
    free(flags);
    free(ids);
    free(lengths);
    return status;
}
