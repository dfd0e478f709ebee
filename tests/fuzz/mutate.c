/* mutate.c - a small driver for compilers without libFuzzer: each seed file as it is, cut, and
 * with random changes. `format_fuzz ROUNDS FILE…`. The same rounds give the same data. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/bytes.h"
#include "fuzz.h"
#include "tests/random.h"

enum {
    SEED_BYTES_MAX = 256 * 1024,
    FOREIGN = 8, /* of the rounds one, where a format is given what is none of its own */
};

/* A copy of exactly LEN bytes, so that the sanitizer sees a read behind them. */
static void run_copy(const uint8_t *data, size_t len) {
    uint8_t *copy = malloc(len > 0 ? len : 1);
    if (copy == NULL) {
        abort();
    }
    memcpy(copy, data, len);
    LLVMFuzzerTestOneInput(copy, len);
    free(copy);
}

static size_t change(uint8_t *data, size_t len, uint64_t *random) {
    static const char telling[] = "'\"\\,;\n\r\t()`\0\xFF-*/=";
    size_t changes = 1 + random_from(random) % 8;
    for (size_t i = 0; i < changes && len > 0; i++) {
        size_t at = random_from(random) % len;
        switch (random_from(random) % 5) {
        case 0:
            data[at] ^= (uint8_t)(1u << (random_from(random) % 8));
            break;
        case 1:
            data[at] = (uint8_t)telling[random_from(random) % (sizeof telling - 1)];
            break;
        case 2: { /* take out */
            size_t gone = random_from(random) % 64;
            gone = gone < len - at ? gone : len - at;
            memmove(data + at, data + at + gone, len - at - gone);
            len -= gone;
            break;
        }
        case 3: { /* repeat a piece elsewhere */
            size_t from = random_from(random) % len;
            size_t piece = 1 + random_from(random) % 64;
            size_t room = len - (from > at ? from : at);
            memmove(data + at, data + from, piece < room ? piece : room);
            break;
        }
        default: /* cut */
            if (random_from(random) % 4 == 0) {
                len = at;
            }
        }
    }
    return len;
}

static void run_file(const char *path, unsigned rounds) {
    static uint8_t seed[SEED_BYTES_MAX];
    static uint8_t work[SEED_BYTES_MAX];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    size_t len = fread(seed, 1, sizeof seed, file);
    fclose(file);
    run_copy(seed, len);
    rounds = fuzz_is_taken(seed, len) ? rounds : rounds / FOREIGN;
    uint64_t random = 0x9E3779B97F4A7C15u ^ len;
    for (unsigned i = 0; i < rounds; i++) {
        /* Short inputs are quick and reach most states: mostly the first kilobytes. */
        size_t part = random_from(&random) % 4 == 0 ? len : random_from(&random) % (8192 + 1);
        part = part < len ? part : len;
        memcpy(work, seed, part);
        run_copy(work, change(work, part, &random));
    }
}

int main(int argc, char **argv) {
    LLVMFuzzerInitialize(&argc, &argv);
    if (argc < 3) {
        fprintf(stderr, "usage: %s ROUNDS FILE…\n", argv[0]);
        return EXIT_FAILURE;
    }
    unsigned rounds = (unsigned)strtoul(argv[1], NULL, 10);
    for (int i = 2; i < argc; i++) {
        run_file(argv[i], rounds);
    }
    return EXIT_SUCCESS;
}
