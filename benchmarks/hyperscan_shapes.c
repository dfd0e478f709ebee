/* hyperscan_shapes.c - the five number shapes as Hyperscan expressions, every match reported, in
 * blocks of 256 KiB. A number across two blocks is lost; that only helps its time. */
#include <hs.h>

#include "benchmarks/passes.h"
#include "benchmarks/shapes.h"

struct shapes {
    hs_database_t *database;
    hs_scratch_t *scratch;
    uint64_t matches;
};

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)id;
    (void)from;
    (void)to;
    (void)flags;
    struct shapes *shapes = context;
    shapes->matches++;
    return 0;
}

static uint64_t look(void *context, const uint8_t *bytes, size_t len) {
    struct shapes *shapes = context;
    shapes->matches = 0;
    hs_scan(shapes->database, (const char *)bytes, (unsigned)len, 0, shapes->scratch, on_match,
            shapes);
    return shapes->matches;
}

int main(int argc, char **argv) {
    const char *const expressions[] = {NUMBER_SHAPES};
    enum { COUNT = sizeof expressions / sizeof expressions[0] };
    unsigned ids[COUNT];
    for (unsigned i = 0; i < COUNT; i++) {
        ids[i] = i;
    }
    struct shapes shapes = {0};
    hs_compile_error_t *problem = NULL;
    if (argc != 2 || hs_compile_multi(expressions, NULL, ids, COUNT, HS_MODE_BLOCK, NULL,
                                      &shapes.database, &problem) != HS_SUCCESS) {
        fprintf(stderr, "%s\n", problem != NULL ? problem->message : "usage: FILE");
        hs_free_compile_error(problem);
        return 2;
    }
    int status = 1;
    if (hs_alloc_scratch(shapes.database, &shapes.scratch) == HS_SUCCESS) {
        status = pass_over_file(argv[1], look, &shapes);
    }
    hs_free_scratch(shapes.scratch);
    hs_free_database(shapes.database);
    return status;
}
