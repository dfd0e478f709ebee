/* The pool with a pipeline of our own in place of the real one: the name of an item says what it
 * does to its worker. */
#include "run/workers/pool.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

enum { MANY = 40, WIDE = 3000 };

struct pipeline {
    int unused;
};

struct pipeline *pipeline_new(const struct engine *engine) {
    (void)engine;
    return calloc(1, sizeof(struct pipeline));
}
void pipeline_free(struct pipeline *pipeline) {
    free(pipeline);
}
void pipeline_lend(struct pipeline *pipeline, const struct crew_lease *lease,
                   uint64_t piece_bytes) {
    (void)pipeline;
    (void)lease;
    (void)piece_bytes;
}

void pipeline_keep_whole(struct pipeline *pipeline, bool whole) {
    (void)pipeline;
    (void)whole;
}

bool pipeline_wants_whole(const struct pipeline *pipeline) {
    (void)pipeline;
    return false;
}

int pipeline_scan_memory(struct pipeline *pipeline, struct bytes name, struct bytes memory,
                         const struct unit_sink *sink, struct error *err) {
    (void)pipeline, (void)name, (void)memory, (void)sink;
    return error_set(err, YINMA_E_UNSUPPORTED, "not here");
}

/* A unit with FIELDS fields and one occurrence a field. */
static int give_unit(const struct unit_sink *sink, const char *name, uint32_t fields,
                     struct error *err) {
    struct bytes text = bytes_of_string(name);
    struct unit_facts *facts = unit_facts_new(text, text);
    facts->fields = calloc(fields + 1, sizeof *facts->fields);
    for (uint32_t i = 0; i < fields; i++) {
        char column[32];
        int len = snprintf(column, sizeof column, "column %u", i);
        field_facts_init(&facts->fields[i], BYTES_LIT("t"), bytes_of(column, (size_t)len),
                         BYTES_LIT(""));
        facts->fields[i].number = i;
        facts->field_count++;
    }
    int rc = 0;
    for (uint32_t i = 0; rc == 0 && i < 3 && fields > 0; i++) {
        rc = sink->occurrences(sink->context, text, err);
    }
    facts->rows = fields;
    return rc < 0 ? rc : sink->done(sink->context, facts, err);
}

static int one_unit(const struct unit_sink *sink, const char *name, uint32_t fields,
                    struct error *err) {
    int reason = 0;
    if (!sink->begin(sink->context, bytes_of_string(name), &reason)) {
        return reason;
    }
    if (strstr(name, "deadly") != NULL) {
        raise(SIGKILL);
    }
    return give_unit(sink, name, fields, err);
}

/* A container: begun, its members, a gap record of a member that never begins, no end. */
static int members(const struct unit_sink *sink, const char *name, struct error *err) {
    int reason = 0, rc = 0;
    if (!sink->begin(sink->context, bytes_of_string(name), &reason)) {
        return reason;
    }
    for (int i = 0; rc == 0 && i < MANY; i++) {
        char member[96];
        bool deadly = strncmp(name, "trap", 4) == 0 && (i == 5 || i == 11);
        snprintf(member, sizeof member, "%s!/%02d%s", name, i, deadly ? "-deadly" : "");
        rc = i % 7 == 3 ? give_unit(sink, member, 0, err) : one_unit(sink, member, 2, err);
    }
    return rc;
}

static int until_stopped(const struct unit_sink *sink, const char *name, struct error *err) {
    int reason = 0;
    sink->begin(sink->context, bytes_of_string(name), &reason);
    while (!sink->progress(sink->context, 1 << 20)) {
        usleep(1000);
    }
    int rc = give_unit(sink, name, 1, err);
    return rc < 0 ? rc : error_set(err, YINMA_E_CANCELLED, "stopped");
}

int pipeline_scan(struct pipeline *pipeline, const struct work_item *item,
                  const struct unit_sink *sink, struct error *err) {
    const char *name = item->name;
    (void)pipeline;
    sink->progress(sink->context, 100);
    if (strncmp(name, "many", 4) == 0 || strncmp(name, "trap", 4) == 0) {
        return members(sink, name, err);
    }
    if (strcmp(name, "dies early") == 0) {
        raise(SIGKILL);
    }
    if (strcmp(name, "no memory") == 0) {
        return error_set(err, YINMA_E_MEMORY, "memory ran out");
    }
    if (strcmp(name, "endless") == 0) {
        return until_stopped(sink, name, err);
    }
    if (strcmp(name, "stuck") == 0) {
        for (;;) {
            pause();
        }
    }
    return one_unit(sink, name, strcmp(name, "wide") == 0 ? WIDE : 1, err);
}

/* ---- the harness ---- */

static int run_pool_within(double timeout, const char *const *names, unsigned workers,
                           const volatile int *cancelled, struct pool_result *out,
                           struct error *err) {
    struct engine engine = {.limits = {.timeout_seconds = timeout}};
    for (unsigned i = 0; i < pattern_count(); i++) {
        engine.kinds.items[i] = patterns[i];
    }
    struct work_item items[32] = {0};
    struct work_list list = {.items = items};
    for (size_t i = 0; names[i] != NULL; i++) {
        items[i] = (struct work_item){.type = ITEM_FILE, .size = 100};
        items[i].name = items[i].path = (char *)(uintptr_t)names[i];
        list.count++;
    }
    const struct pool_options options = {.workers = workers, .cancelled = cancelled};
    return pool_run(&engine, &list, &options, out, err);
}

static int run_pool(const char *const *names, unsigned workers, const volatile int *cancelled,
                    struct pool_result *out, struct error *err) {
    return run_pool_within(0, names, workers, cancelled, out, err);
}

/* Everything a result says, as text, so that results can be compared. */
static void describe(const struct pool_result *result, struct text_buffer *out) {
    for (const struct unit_facts *unit = result->units; unit != NULL; unit = unit->next) {
        text_buffer_printf(out, "%.*s status=%d code=%d fields=%u rows=%llu %s\n",
                           (int)unit->name.len, (const char *)unit->name.ptr, unit->status,
                           unit->error_code, unit->field_count, (unsigned long long)unit->rows,
                           unit->detail);
    }
    uint32_t unit = UINT32_MAX; /* how many chunks a unit has is a matter of chance */
    for (size_t i = 0; i < result->chunk_count; i++) {
        const struct occurrence_chunk *chunk = &result->chunks[i];
        char text[512];
        size_t len = chunk->length < sizeof text ? (size_t)chunk->length : sizeof text;
        CHECK(fseeko(result->occurrences, (off_t)chunk->at, SEEK_SET) == 0);
        CHECK_INT(fread(text, 1, len, result->occurrences), len);
        if (chunk->unit != unit) {
            text_buffer_printf(out, "\n%u: ", chunk->unit);
            unit = chunk->unit;
        }
        text_buffer_put(out, bytes_of(text, len));
    }
}

static void check_no_children(void) {
    CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

static size_t count_status(const struct pool_result *result, enum coverage_status status) {
    size_t count = 0;
    for (const struct unit_facts *unit = result->units; unit != NULL; unit = unit->next) {
        count += unit->status == status;
    }
    return count;
}

/* ---- cases ---- */

static void test_same_for_any_number_of_workers(void) {
    static const char *const names[] = {"a", "many 1", "wide",   "b",    "trap 1", "dies early",
                                        "c", "many 2", "trap 2", "wide", "d",      NULL};
    struct text_buffer first;
    text_buffer_init(&first, 0);
    for (unsigned workers = 1; workers <= 5; workers += 2) {
        struct pool_result result;
        struct error err = {0};
        struct text_buffer text;
        text_buffer_init(&text, 0);
        CHECK_INT(run_pool(names, workers, NULL, &result, &err), 0);
        if (err.code < 0) {
            printf("%u workers: %s\n", workers, err.text);
        }
        describe(&result, workers == 1 ? &first : &text);
        if (workers > 1) {
            CHECK_STR(text_buffer_string(&text), text_buffer_string(&first));
        }
        CHECK(!result.cancelled);
        CHECK_INT(result.bytes_read, 1000); /* who dies early tells nothing */
        text_buffer_release(&text);
        pool_result_release(&result);
        check_no_children();
    }
    text_buffer_release(&first);
}

static void test_a_death_costs_one_unit(void) {
    static const char *const names[] = {"trap", NULL};
    struct pool_result result;
    struct error err = {0};
    CHECK_INT(run_pool(names, 2, NULL, &result, &err), 0);
    CHECK_INT(result.unit_count, MANY);
    CHECK_INT(count_status(&result, COVERAGE_FAILED), 2);
    size_t at = 0;
    for (const struct unit_facts *unit = result.units; unit != NULL; unit = unit->next, at++) {
        bool deadly = at == 5 || at == 11;
        char name[32];
        snprintf(name, sizeof name, "trap!/%02zu%s", at, deadly ? "-deadly" : "");
        CHECK(bytes_equal(unit->path, bytes_of_string(name)));
        if (deadly) {
            CHECK_INT(unit->error_code, YINMA_E_CRASHED);
            CHECK_STR(unit->detail, "a worker died while reading it (signal 9)");
        }
    }
    pool_result_release(&result);
    check_no_children();
}

static void test_three_deaths_end_an_item(void) {
    static const char *const names[] = {"dies early", "after", NULL};
    struct pool_result result;
    struct error err = {0};
    CHECK_INT(run_pool(names, 1, NULL, &result, &err), 0);
    CHECK_INT(result.unit_count, 2);
    CHECK_INT(result.units->status, COVERAGE_FAILED);
    CHECK_INT(result.units->error_code, YINMA_E_CRASHED);
    CHECK_INT(result.units->next->status, COVERAGE_SCANNED);
    pool_result_release(&result);
}

static void test_names_of_dead_units_are_concealed(void) {
    static const char *const names[] = {"A123456789 deadly", NULL};
    struct pool_result result;
    struct error err = {0};
    CHECK_INT(run_pool(names, 1, NULL, &result, &err), 0);
    CHECK_INT(result.unit_count, 1);
    CHECK(bytes_find(result.units->name, BYTES_LIT("A123456789")) == SIZE_MAX);
    pool_result_release(&result);
}

static void test_out_of_memory_ends_the_run(void) {
    static const char *const names[] = {"a", "stuck", "no memory", "b", NULL};
    struct pool_result result;
    struct error err = {0};
    CHECK_INT(run_pool(names, 3, NULL, &result, &err), YINMA_E_MEMORY);
    CHECK_STR(err.text, "memory ran out");
    CHECK(result.units == NULL);
    check_no_children();
}

static void test_interruption_keeps_what_is_there(void) {
    static const char *const names[] = {"endless", NULL};
    static const volatile int interrupted = SIGINT;
    struct pool_result result;
    struct error err = {0};
    CHECK_INT(run_pool(names, 2, &interrupted, &result, &err), 0);
    CHECK(result.cancelled);
    CHECK_INT(result.unit_count, 0); /* none was handed out any more */
    CHECK(!result.finished[0]);
    pool_result_release(&result);
    check_no_children();
}

static volatile int alarmed;

static void on_alarm(int number) {
    alarmed = number;
}

static void test_interruption_of_running_workers(void) {
    static const char *const names[] = {"a", "endless", "stuck", "b", NULL};
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);
    alarmed = 0;
    ualarm(300000, 0);
    struct pool_result result;
    struct error err = {0};
    CHECK_INT(run_pool(names, 2, &alarmed, &result, &err), 0);
    CHECK(result.cancelled);
    CHECK_INT(result.unit_count, 2); /* "a", and what "endless" gave when it was asked to stop */
    CHECK(result.bytes_read >= 1 << 20);
    pool_result_release(&result);
    check_no_children();
}

static void test_workers_die_with_the_pool(void) {
    static const char *const names[] = {"stuck", "stuck", NULL};
    int ends[2];
    CHECK(pipe(ends) == 0); /* closed when the last process that holds it is gone */
    pid_t pid = fork();
    if (pid == 0) {
        struct pool_result result;
        struct error err = {0};
        close(ends[0]);
        run_pool(names, 2, NULL, &result, &err);
        _exit(0);
    }
    close(ends[1]);
    usleep(200000);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    char byte;
    alarm(20);
    CHECK_INT(read(ends[0], &byte, 1), 0);
    alarm(0);
    close(ends[0]);
}

/* The pool waits ten seconds longer than --timeout says: only in `./dev test --all`. */
static void test_a_worker_that_does_not_react(void) {
    static const char *const names[] = {"stuck", "a", NULL};
    if (getenv("YINMA_TEST_ALL") == NULL) {
        return;
    }
    struct pool_result result;
    struct error err = {0};
    CHECK_INT(run_pool_within(0.2, names, 2, NULL, &result, &err), 0);
    CHECK_INT(result.unit_count, 2);
    CHECK_INT(result.units->status, COVERAGE_FAILED);
    CHECK_INT(result.units->error_code, YINMA_E_TIMEOUT);
    CHECK(strstr(result.units->detail, "--timeout") != NULL);
    pool_result_release(&result);
    check_no_children();
}

static void test_no_items(void) {
    static const char *const names[] = {NULL};
    struct pool_result result;
    struct error err = {0};
    CHECK_INT(run_pool(names, 4, NULL, &result, &err), 0);
    CHECK_INT(result.unit_count, 0);
    pool_result_release(&result);
}

static const struct test_case cases[] = {
    {"same for any number of workers", test_same_for_any_number_of_workers},
    {"a death costs one unit", test_a_death_costs_one_unit},
    {"three deaths end an item", test_three_deaths_end_an_item},
    {"names of dead units are concealed", test_names_of_dead_units_are_concealed},
    {"out of memory ends the run", test_out_of_memory_ends_the_run},
    {"interruption keeps what is there", test_interruption_keeps_what_is_there},
    {"interruption of running workers", test_interruption_of_running_workers},
    {"workers die with the pool", test_workers_die_with_the_pool},
    {"a worker that does not react", test_a_worker_that_does_not_react},
    {"no items", test_no_items},
};
TEST_MAIN(cases)
