/* Whom a saved run was asked for, and where that person stands. */
#include <stdlib.h>

#include "result/plain_digest.h"
#include "result/saved/work.h"

static int damaged(struct error *err) {
    return error_set(err, YINMA_E_DAMAGED, "a place of somebody that the run was not asked for");
}

static bool same_person(const struct identifier_asked *a, const struct identifier_asked *b) {
    return strcmp(a->kind, b->kind) == 0 && strcmp(a->fingerprint, b->fingerprint) == 0;
}

static int read_identifier(struct saved_results *saved, const struct json_value *record,
                           struct identifier_asked *out, struct error *err) {
    *out = (struct identifier_asked){.many_share_it = json_find_truth(record, "many_share_it")};
    out->kind = saved_text(saved, json_find_text(record, "kind"));
    out->kind_title = out->kind;
    saved_copy(out->fingerprint, sizeof out->fingerprint, json_find_text(record, "fingerprint"));
    for (unsigned sort = 0; sort < FOUND_SORTS; sort++) {
        out->total[sort] = json_find_whole(record, found_sort_name((enum found_sort)sort));
    }
    return out->kind == NULL ? error_set(err, YINMA_E_MEMORY, "no memory for saved results") : 0;
}

int saved_take_request(struct saved_results *saved, const struct json_value *record,
                       struct error *err) {
    struct person_asked *person = &saved->results.person;
    bool first = person->count == 0;
    unsigned count = 0;
    int rc = 0;
    for (const struct json_value *each = json_find_list(record, "identifiers");
         rc == 0 && each != NULL; each = each->next, count++) {
        struct identifier_asked asked;
        if (count == IDENTIFIERS_MAX) {
            return damaged(err);
        }
        rc = read_identifier(saved, each, &asked, err);
        struct identifier_asked *known = &person->identifiers[count];
        if (rc == 0 && first) {
            *known = asked;
        } else if (rc == 0 && (count >= person->count || !same_person(known, &asked))) {
            return error_set(err, YINMA_E_DAMAGED,
                             "runs that were asked for different people, or made with different "
                             "keys, cannot be put together");
        } else {
            for (unsigned sort = 0; rc == 0 && sort < FOUND_SORTS; sort++) {
                known->total[sort] += asked.total[sort];
            }
        }
    }
    person->count = first ? count : person->count;
    return rc;
}

int saved_take_found(struct saved_results *saved, const struct json_value *record,
                     struct error *err) {
    uint32_t unit, at = 0;
    bool in_name = bytes_equal(json_find_text(record, "in"), BYTES_LIT("name"));
    uint64_t identifier = json_find_whole(record, "identifier");
    enum found_sort sort;
    if (identifier == 0 || identifier > saved->results.person.count ||
        !found_sort_from_name(json_find_text(record, "found"), &sort)) {
        return damaged(err);
    }
    int rc = saved_unit(saved, record, &unit, err);
    if (rc == 0 && !in_name) {
        rc = saved_place(saved, unit, record, &at, err);
    }
    if (rc < 0) {
        return rc;
    }
    struct found_place place = {.field =
                                    in_name ? UINT32_MAX : saved_place_facts(saved, at)->number,
                                .in_name = in_name,
                                .identifier = (uint8_t)(identifier - 1),
                                .sort = (uint8_t)sort,
                                .length = (uint32_t)json_find_whole(record, "length"),
                                .row = json_find_whole(record, "row"),
                                .line = json_find_whole(record, "line"),
                                .offset = UINT64_MAX,
                                .together = (uint8_t)json_find_whole(record, "together"),
                                .candidates = json_find_whole(record, "candidates")};
    if (json_find(record, "offset", JSON_NUMBER) != NULL) {
        place.offset = json_find_whole(record, "offset");
    }
    struct bytes digest = json_find_text(record, "digest"), mask = json_find_text(record, "mask");
    for (uint8_t len = PLAIN_DIGEST_MAX; len > 0 && digest.len != 0; len--) {
        const char *name = plain_digest_name(len);
        bool is_it = name != NULL && bytes_equal(digest, bytes_of_string(name));
        place.digest = is_it ? len : place.digest;
    }
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        bool is_it = bytes_equal(mask, bytes_of_string(mask_state_name((enum mask_state)state)));
        place.state = is_it ? (uint8_t)state : place.state;
    }
    saved_copy(place.shown, sizeof place.shown, json_find_text(record, "shown"));
    return found_places_keep(&saved->results.units[unit].facts->found, &place)
               ? 0
               : error_set(err, YINMA_E_MEMORY, "no memory for saved results");
}
