#include "cli/call_workers.h"

#include <sched.h>

unsigned call_workers(const struct call *call) {
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return call->jobs != 0 ? call->jobs : count < 1 ? 1 : (unsigned)count;
}
