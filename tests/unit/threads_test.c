/* One engine, shared by threads: each has a scanner of its own, all scan the same files at the same
 * time, and each finds what one alone finds. Under the thread sanitizer this is the test of all
 * that lies below a scanner. */
#include <pthread.h>
#include <stdbool.h>

#include "own_home.h"
#include "yinma.h"

enum { THREADS = 3, TOLD_MAX = 1 << 20 };

struct told {
    const yinma_engine *engine;
    size_t len;
    int scanned, finished; /* what the calls said */
    char text[TOLD_MAX];   /* every record, a line each */
};

static void on_field(void *context, const struct yinma_field *field) {
    struct told *told = context;
    int len =
        snprintf(told->text + told->len, TOLD_MAX - told->len,
                 "%s|%s|%s|%s|%s %llu %llu %llu %llu %llu\n", field->unit, field->table,
                 field->column, field->kind, field->confidence, (unsigned long long)field->values,
                 (unsigned long long)field->clear, (unsigned long long)field->weak,
                 (unsigned long long)field->masked, (unsigned long long)field->other);
    told->len += len < 0 ? 0 : (size_t)len;
    told->len = told->len < TOLD_MAX ? told->len : TOLD_MAX - 1;
}

static void on_violation(void *context, const struct yinma_violation *violation) {
    struct told *told = context;
    const char *first = violation->example_count > 0 ? violation->examples[0].fingerprint : "";
    int len = snprintf(told->text + told->len, TOLD_MAX - told->len, "%s|%s|%s|%llu %s\n",
                       violation->rule, violation->unit, violation->column,
                       (unsigned long long)violation->count, first == NULL ? "" : first);
    told->len += len < 0 ? 0 : (size_t)len;
    told->len = told->len < TOLD_MAX ? told->len : TOLD_MAX - 1;
}

static void *scan_all(void *context) {
    struct told *told = context;
    const struct yinma_handlers handlers = {
        .context = told, .field = on_field, .violation = on_violation};
    yinma_scanner *scanner = yinma_scanner_new(told->engine);
    told->scanned = yinma_scan_path(scanner, DATA_FOLDER, NULL);
    told->finished = yinma_finish(scanner, &handlers, NULL, NULL);
    yinma_scanner_free(scanner);
    return NULL;
}

static void test_shared_engine(void) {
    yinma_engine *engine = NULL;
    CHECK_INT(yinma_engine_new(NULL, &engine, NULL), 0);
    struct told *told = calloc(THREADS + 1, sizeof *told);
    pthread_t threads[THREADS];
    bool made[THREADS];
    CHECK(told != NULL);
    if (told == NULL) {
        return;
    }
    for (unsigned i = 0; i <= THREADS; i++) {
        told[i].engine = engine;
    }
    for (unsigned i = 0; i < THREADS; i++) {
        made[i] = pthread_create(&threads[i], NULL, scan_all, &told[i]) == 0;
        CHECK(made[i]);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        if (made[i]) {
            pthread_join(threads[i], NULL);
        }
    }
    struct told *alone = &told[THREADS];
    scan_all(alone);
    CHECK(alone->len > 10000 && alone->len < TOLD_MAX - 1);
    for (unsigned i = 0; i < THREADS; i++) {
        CHECK_INT(told[i].scanned, 0);
        CHECK_INT(told[i].finished, 0);
        CHECK_INT(told[i].len, alone->len);
        CHECK(strcmp(told[i].text, alone->text) == 0);
    }
    free(told);
    yinma_engine_free(engine);
}

static const struct test_case cases[] = {{"shared engine", test_shared_engine}};

int main(int argc, char **argv) {
    return check_run_at_home(cases, sizeof cases / sizeof *cases, argc, argv);
}
