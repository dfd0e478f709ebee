#include "run/passage.h"

#include "run/named_facts.h"

struct unit_facts *passage_new_unit(const struct passage *p, struct bytes name) {
    struct unit_facts *unit = named_facts_new(p->pipeline->engine->kinds.items, name);
    if (unit != NULL) {
        unit->traits = p->traits;
        unit->file = p->file;
    }
    return unit;
}

struct unit_facts *passage_unit_of(const struct passage *p, const struct stream *stream) {
    struct unit_facts *facts = passage_new_unit(p, stream->unit_name);
    if (facts != NULL && stream->modified != 0) {
        facts->age.member = day_of_seconds(stream->modified, p->pipeline->engine->zone_seconds);
    }
    return facts;
}

int passage_want_whole(struct passage *p, struct error *err) {
    p->pipeline->wants_whole = true;
    return error_set(err, YINMA_E_CANCELLED, "to be scanned in one piece");
}

int passage_tell(struct passage *p, struct unit_facts *facts, struct error *err) {
    if (p->apart && facts->error_code == YINMA_E_LIMIT) {
        unit_facts_free(facts); /* perhaps it is reached elsewhere when one reads after the other */
        return passage_want_whole(p, err);
    }
    return p->sink->done(p->sink->context, facts, err);
}

enum coverage_status passage_status_for(int code) {
    return code == YINMA_E_ENCRYPTED || code == YINMA_E_UNSUPPORTED || code == YINMA_E_LIMIT
               ? COVERAGE_SKIPPED
               : COVERAGE_FAILED;
}
