#include "run/named_facts.h"

#include <stdio.h>

struct unit_facts *named_facts_new(kind_list kinds, struct bytes name) {
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    conceal(kinds, name, &shown);
    struct unit_facts *facts = shown.failed ? NULL : unit_facts_new(text_buffer_view(&shown), name);
    text_buffer_release(&shown);
    return facts;
}

struct unit_facts *named_facts_gap(kind_list kinds, struct bytes name, unsigned traits,
                                   enum coverage_status status, int code, const char *detail) {
    struct unit_facts *facts = named_facts_new(kinds, name);
    if (facts != NULL) {
        facts->traits |= traits;
        facts->status = status;
        facts->error_code = code;
        snprintf(facts->detail, sizeof facts->detail, "%s", detail);
    }
    return facts;
}
