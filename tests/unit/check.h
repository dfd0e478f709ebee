/* check.h - the whole test framework: CHECK counts and prints, TEST_MAIN runs a table of cases.
 * A program prints one line per failed check and ends with status 1. */
#ifndef YINMA_TESTS_CHECK_H
#define YINMA_TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct test_case {
    const char *name;
    void (*run)(void);
};

static const char *check_case;
static unsigned check_failures;
static unsigned check_count;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        check_count++;                                                                             \
        if (!(condition)) {                                                                        \
            check_failures++;                                                                      \
            printf("%s:%d: %s: %s\n", __FILE__, __LINE__, check_case, #condition);                 \
        }                                                                                          \
    } while (0)

/* Both values are printed; integers up to 64 bits. */
#define CHECK_INT(actual, expected)                                                                \
    do {                                                                                           \
        long long actual_ = (long long)(actual), expected_ = (long long)(expected);                \
        check_count++;                                                                             \
        if (actual_ != expected_) {                                                                \
            check_failures++;                                                                      \
            printf("%s:%d: %s: %s is %lld, expected %lld\n", __FILE__, __LINE__, check_case,       \
                   #actual, actual_, expected_);                                                   \
        }                                                                                          \
    } while (0)

#define CHECK_STR(actual, expected)                                                                \
    do {                                                                                           \
        const char *actual_ = (actual), *expected_ = (expected);                                   \
        check_count++;                                                                             \
        if (actual_ == NULL || strcmp(actual_, expected_) != 0) {                                  \
            check_failures++;                                                                      \
            printf("%s:%d: %s: %s is \"%s\", expected \"%s\"\n", __FILE__, __LINE__, check_case,   \
                   #actual, actual_ == NULL ? "(null)" : actual_, expected_);                      \
        }                                                                                          \
    } while (0)

/* An argument runs only the case of that name. */
static inline int check_run(const struct test_case *cases, size_t count, int argc, char **argv) {
    for (size_t i = 0; i < count; i++) {
        if (argc < 2 || strcmp(argv[1], cases[i].name) == 0) {
            check_case = cases[i].name;
            cases[i].run();
        }
    }
    printf("%u checks, %u failed\n", check_count, check_failures);
    return check_failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define TEST_MAIN(cases)                                                                           \
    int main(int argc, char **argv) {                                                              \
        return check_run(cases, sizeof(cases) / sizeof *(cases), argc, argv);                      \
    }

#endif
