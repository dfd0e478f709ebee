/* passes.h - what the single-purpose benchmarks share: read a file in blocks of 256 KiB through a
 * callback and say how long that took. */
#ifndef YINMA_BENCHMARKS_PASSES_H
#define YINMA_BENCHMARKS_PASSES_H

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PASS_BLOCK = 256 * 1024, PASS_PADDING = 256 };

static inline double pass_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Reads PATH with read(2), hands over each block (PASS_PADDING zero bytes behind it are readable)
 * and prints one JSON line: bytes, seconds, matches. 0, or 1 after a message. */
static inline int pass_over_file(const char *path,
                                 uint64_t (*look)(void *context, const uint8_t *bytes, size_t len),
                                 void *context) {
    static uint8_t block[PASS_BLOCK + PASS_PADDING];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        perror(path);
        return 1;
    }
    uint64_t bytes = 0, matches = 0;
    ssize_t got = 0;
    double started = pass_now();
    while ((got = read(file, block, PASS_BLOCK)) > 0) {
        if (got < PASS_BLOCK) {
            memset(block + got, 0, PASS_PADDING);
        }
        matches += look(context, block, (size_t)got);
        bytes += (uint64_t)got;
    }
    double seconds = pass_now() - started;
    close(file);
    if (got < 0) {
        perror(path);
        return 1;
    }
    printf("{\"bytes\": %llu, \"seconds\": %.6f, \"matches\": %llu}\n", (unsigned long long)bytes,
           seconds, (unsigned long long)matches);
    return 0;
}

#endif
