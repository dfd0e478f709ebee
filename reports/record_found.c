/* Records of `scan --find`: whom the run was asked for, and where that person stands. */
#include "core/day.h"
#include "reports/records.h"
#include "result/found_rows.h"
#include "result/plain_digest.h"

/* When an answer is due that is asked for on the day of the run. */
static void put_duty(struct record_writer *out, const char *key, const char *control, int days) {
    struct json_writer *json = &out->json;
    int32_t day = day_read(bytes_of_string(out->results->run.as_of));
    json_key(json, key);
    json_open(json, '{');
    json_member_string(json, "control", control);
    json_member_number(json, "days", (uint64_t)days);
    if (day != DAY_NONE) {
        char text[DAY_TEXT];
        day_text(day + days, text);
        json_member_string(json, "asked", out->results->run.as_of);
        json_member_string(json, "due", text);
    }
    json_close(json, '}');
}

static void put_identifier(struct json_writer *json, unsigned number,
                           const struct identifier_asked *asked) {
    json_open(json, '{');
    json_member_number(json, "identifier", number);
    json_member_string(json, "kind", asked->kind);
    if (asked->many_share_it) {
        json_key(json, "many_share_it");
        json_bool(json, true);
    }
    json_member_known(json, "fingerprint", asked->fingerprint);
    for (unsigned sort = 0; sort < FOUND_SORTS; sort++) {
        json_member_number(json, found_sort_name((enum found_sort)sort), asked->total[sort]);
    }
    json_close(json, '}');
}

void records_request(struct record_writer *out) {
    struct json_writer *json = &out->json;
    const struct person_asked *person = &out->results->person;
    if (person->count == 0) {
        return;
    }
    record_begin(out, "request");
    json_key(json, "identifiers");
    json_open(json, '[');
    for (unsigned i = 0; i < person->count; i++) {
        put_identifier(json, i + 1, &person->identifiers[i]);
    }
    json_close(json, ']');
    put_duty(out, "answer", "platform/3.4.1.5", ANSWER_DAYS);
    put_duty(out, "dispute", "platform/3.6.4.2", DISPUTE_DAYS);
    record_end(out);
}

static void put_found(struct record_writer *out, const struct unit_result *unit,
                      const struct found_place *place) {
    struct json_writer *json = &out->json;
    record_begin(out, "found");
    json_member_text(json, "unit", unit->name);
    json_member_text(json, "source", unit->source);
    json_member_known(json, "format", unit->facts->format);
    if (place->in_name) {
        json_member_string(json, "in", "name");
    } else {
        record_place(json, found_field(unit->facts, place->field));
    }
    if (place->row != 0) {
        json_member_number(json, "row", place->row);
    }
    if (place->line != 0) {
        json_member_number(json, "line", place->line);
    }
    if (place->offset != UINT64_MAX) {
        json_member_number(json, "offset", place->offset);
    }
    json_member_number(json, "length", place->length);
    json_member_number(json, "identifier", place->identifier + 1U);
    json_member_string(json, "kind", out->results->person.identifiers[place->identifier].kind);
    json_member_string(json, "found", found_sort_name((enum found_sort)place->sort));
    json_member_string(json, "mask", mask_state_name((enum mask_state)place->state));
    json_member_known(json, "digest", plain_digest_name(place->digest));
    if (place->candidates != 0) {
        json_member_number(json, "candidates", place->candidates);
    }
    if (place->together > 1) {
        json_member_number(json, "together", place->together);
    }
    json_member_known(json, "shown", place->shown);
    record_end(out);
}

void records_found(struct record_writer *out) {
    for (size_t i = 0; i < out->results->unit_count; i++) {
        const struct unit_result *unit = &out->results->units[i];
        for (uint32_t n = 0; n < unit->facts->found.count; n++) {
            put_found(out, unit, &unit->facts->found.places[n]);
        }
    }
}
