/* read_only.c - the ceiling: read(2) in blocks of 256 KiB and nothing else. */
#include "benchmarks/passes.h"

static uint64_t look(void *context, const uint8_t *bytes, size_t len) {
    (void)context;
    return len > 0 && bytes[0] == 0;
}

int main(int argc, char **argv) {
    return argc == 2 ? pass_over_file(argv[1], look, NULL) : 2;
}
