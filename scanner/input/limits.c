#include "input/limits.h"

#include <inttypes.h>
#include <time.h>

/* A small file of zeros is no bomb: the ratio counts from here on. */
static const uint64_t RATIO_COUNTS_FROM = UINT64_C(64) << 20;

/* All that is copied for random access, or waits in an archive, at one time. */
static const uint64_t SPOOL_MEMORY_BYTES = UINT64_C(64) << 20;

void input_limits_default(struct input_limits *limits) {
    *limits = (struct input_limits){
        .max_depth = 8,
        .max_ratio = 1000,
        .max_memory = UINT64_C(128) << 20,
        .max_spool = UINT64_C(4) << 30,
    };
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void input_budget_start(struct input_budget *budget, const struct input_limits *limits) {
    *budget = (struct input_budget){.limits = limits, .ratio_from = RATIO_COUNTS_FROM};
    if (limits->timeout_seconds > 0) {
        budget->deadline = now() + limits->timeout_seconds;
    }
}

static int check_time(const struct input_budget *budget, struct error *err) {
    if (budget->deadline > 0 && now() > budget->deadline) {
        return error_set(err, YINMA_E_TIMEOUT, "--timeout %g reached",
                         budget->limits->timeout_seconds);
    }
    return 0;
}

int budget_read(struct input_budget *budget, uint64_t bytes, struct error *err) {
    __atomic_fetch_add(&budget->compressed_bytes, bytes, __ATOMIC_RELAXED);
    return check_time(budget, err);
}

int budget_deliver(struct input_budget *budget, uint64_t bytes, struct error *err) {
    budget->delivered_bytes += bytes;
    const uint64_t ratio = budget->limits->max_ratio;
    if (ratio != 0 && budget->delivered_bytes > budget->ratio_from &&
        budget->delivered_bytes / ratio > budget->compressed_bytes + budget->block_bytes) {
        return error_set(err, YINMA_E_LIMIT,
                         "--max-ratio %" PRIu64 " reached: %" PRIu64 " bytes out of %" PRIu64,
                         ratio, budget->delivered_bytes, budget->compressed_bytes);
    }
    return check_time(budget, err);
}

int budget_entry(struct input_budget *budget, struct error *err) {
    const uint64_t limit = budget->limits->max_entries;
    if (limit != 0 && budget->entries >= limit) {
        return error_set(err, YINMA_E_LIMIT, "--max-entries %" PRIu64 " reached", limit);
    }
    budget->entries++;
    return check_time(budget, err);
}

int budget_spool(struct input_budget *budget, uint64_t bytes, struct error *err) {
    const uint64_t limit = budget->limits->max_spool;
    if (limit != 0 && (budget->spooled_bytes > limit || bytes > limit - budget->spooled_bytes)) {
        return error_set(err, YINMA_E_LIMIT,
                         "--max-spool %" PRIu64 " reached: what needs random access is larger",
                         limit);
    }
    budget->spooled_bytes += bytes;
    return 0;
}

void budget_unspool(struct input_budget *budget, uint64_t bytes) {
    budget->spooled_bytes -= bytes;
}

uint64_t budget_spool_room(const struct input_budget *budget) {
    return budget->spooled_memory < SPOOL_MEMORY_BYTES ? SPOOL_MEMORY_BYTES - budget->spooled_memory
                                                       : 0;
}

int budget_unit(const struct input_budget *budget, uint64_t bytes, struct error *err) {
    const uint64_t limit = budget->limits->max_unit_bytes;
    if (limit != 0 && bytes > limit) {
        return error_set(err, YINMA_E_LIMIT, "--max-unit-bytes %" PRIu64 " reached", limit);
    }
    return check_time(budget, err);
}

uint64_t budget_memory(const struct input_budget *budget) {
    return budget->limits->max_memory != 0 ? budget->limits->max_memory : UINT64_MAX;
}

int budget_memory_exceeded(const struct input_budget *budget, const char *what, struct error *err) {
    return error_set(err, YINMA_E_LIMIT,
                     "--max-memory %" PRIu64 " reached: the %s data needs a larger window",
                     budget->limits->max_memory, what);
}
