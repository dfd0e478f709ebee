#include "run/gap_facts.h"

#include <stdio.h>

struct unit_facts *gap_facts_new(kind_list kinds, struct bytes name, unsigned traits,
                                 enum coverage_status status, int code, const char *detail) {
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    conceal(kinds, name, &shown);
    struct unit_facts *facts = shown.failed ? NULL : unit_facts_new(text_buffer_view(&shown), name);
    text_buffer_release(&shown);
    if (facts != NULL) {
        facts->traits |= traits;
        facts->status = status;
        facts->error_code = code;
        snprintf(facts->detail, sizeof facts->detail, "%s", detail);
    }
    return facts;
}
