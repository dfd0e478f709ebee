/* make_word_tables.c - a program of the build: compiles the words of the program's kinds for the
 * processors that Hyperscan tells apart and writes the databases as C tables (ready_words.h). */
#include <stdio.h>
#include <stdlib.h>

#include "match/word_engine.h"
#include "match/words.h"

/* On x86-64 by name; elsewhere the compiler of the library knows one processor only. The most
 * demanding one first. */
#ifdef __x86_64__
static const hs_platform_info_t platforms[] = {
    {.tune = HS_TUNE_FAMILY_GENERIC, .cpu_features = HS_CPU_FEATURES_AVX2 | HS_CPU_FEATURES_AVX512},
    {.tune = HS_TUNE_FAMILY_GENERIC, .cpu_features = HS_CPU_FEATURES_AVX2},
    {.tune = HS_TUNE_FAMILY_GENERIC},
};
enum { PLATFORMS = sizeof platforms / sizeof *platforms };
#define PLATFORM(number) (&platforms[number])
#else
enum { PLATFORMS = 1 };
#define PLATFORM(number) NULL
#endif

enum { WORDS_A_LINE = 8 };

/* Eight bytes a number: a compiler reads that much faster than single bytes. */
static void print_engine(unsigned number, const char *bytes, size_t size) {
    printf("static const uint64_t engine_%u[] = {", number);
    for (size_t at = 0; at < size; at += sizeof(uint64_t)) {
        uint64_t word = 0;
        memcpy(&word, bytes + at, size - at < sizeof word ? size - at : sizeof word);
        printf("%s0x%llx,", at / sizeof word % WORDS_A_LINE == 0 ? "\n" : "",
               (unsigned long long)word);
    }
    printf("};\nenum { ENGINE_%u_SIZE = %zu };\n", number, size);
}

static int make(unsigned number, const struct bytes *texts, uint32_t count, struct error *err) {
    hs_database_t *engine;
    char *bytes = NULL;
    size_t size;
    int status = word_engine_compile(texts, count, PLATFORM(number), &engine, err);
    if (status == 0 && hs_serialize_database(engine, &bytes, &size) != HS_SUCCESS) {
        status = error_set(err, YINMA_E_MEMORY, "the word database cannot be written");
    }
    if (status == 0) {
        print_engine(number, bytes, size);
    }
    free(bytes);
    hs_free_database(engine);
    return status;
}

static void print_list(uint64_t digest) {
    printf("static const struct bytes engines[] = {\n");
    for (unsigned i = 0; i < PLATFORMS; i++) {
        printf("    {(const uint8_t *)engine_%u, ENGINE_%u_SIZE},\n", i, i);
    }
    printf("};\nconst struct ready_words ready_words = {0x%llx, %d, engines};\n",
           (unsigned long long)digest, (int)PLATFORMS);
}

int main(void) {
    struct word_database *db;
    struct error err = {0};
    struct bytes *texts = NULL;
    int status = word_database_new(patterns, NULL, &db, &err);
    uint32_t count = status == 0 ? word_database_count(db) : 0;
    if (status == 0 && (texts = calloc(count + 1, sizeof *texts)) == NULL) {
        status = error_set(&err, YINMA_E_MEMORY, "out of memory for the word database");
    }
    printf("/* Made from patterns/ by the build. */\n#include \"match/ready_words.h\"\n\n");
    for (uint32_t i = 0; texts != NULL && i < count; i++) {
        texts[i] = word_database_text(db, i);
    }
    for (unsigned i = 0; status == 0 && texts != NULL && i < PLATFORMS; i++) {
        status = make(i, texts, count, &err);
    }
    if (status == 0) {
        print_list(word_database_digest(db));
    } else {
        fprintf(stderr, "make_word_tables: %s\n", err.text);
    }
    word_database_free(db);
    free(texts);
    return status != 0 || ferror(stdout) != 0 || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
