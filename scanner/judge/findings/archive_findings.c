/* The same records in a live system and in a backup of it: backups whose age is past the limit
 * that the clause names, and tables of live units that hold records of theirs. */
#include <stdlib.h>

#include "judge/findings/findings.h"
#include "judge/key_link.h"
#include "judge/retention.h"

enum {
    RECORDS_MIN = 3, /* sampled records in both; fewer are chance */
    GROUP_MAX = 24,  /* places that hold one key and are compared with each other */
    PARTNERS_MAX = 8,
};

struct place_of_records {
    uint32_t unit;
    bool archive;
    const struct row_sample *sample;
};

struct record {
    struct packed_record row;
    uint32_t place;
};

/* One table here and there. */
struct pair {
    uint32_t live, archive; /* places */
};

struct comparing {
    const struct finding_question *question;
    struct place_of_records *places;
    size_t place_count, archives; /* all, and those that are archives */
    struct record *records;
    size_t record_count;
    struct pair *pairs; /* one for each record in both */
    size_t pair_count, pair_room;
};

static bool is_archive(const struct unit_result *unit) {
    return (unit->zones & ZONE_BIT(ZONE_BACKUP)) != 0;
}

static bool is_asked(const struct comparing *c, const struct unit_result *unit) {
    return is_archive(unit) || (unit->zones & c->question->clause->zones) != 0;
}

static int compare_records(const void *a, const void *b) {
    const struct record *x = a, *y = b;
    if (x->row.key != y->row.key) {
        return x->row.key < y->row.key ? -1 : 1;
    }
    return x->place < y->place ? -1 : x->place > y->place;
}

static bool take_places(struct comparing *c, size_t *records) {
    const struct results *results = c->question->judging->results;
    size_t samples = 1;
    for (size_t i = 0; i < results->unit_count; i++) {
        samples += results->units[i].facts->sample_count;
    }
    *records = 0;
    c->places = calloc(samples, sizeof *c->places);
    if (c->places == NULL) {
        return false;
    }
    for (size_t i = 0; i < results->unit_count; i++) {
        const struct unit_result *unit = &results->units[i];
        for (uint32_t j = 0; is_asked(c, unit) && j < unit->facts->sample_count; j++) {
            const struct row_sample *sample = &unit->facts->samples[j];
            if (sample->records) {
                *records += sample->rows.count;
                c->archives += is_archive(unit);
                c->places[c->place_count++] =
                    (struct place_of_records){(uint32_t)i, is_archive(unit), sample};
            }
        }
    }
    return true;
}

static bool take_records(struct comparing *c) {
    size_t records;
    if (!take_places(c, &records)) {
        return false;
    }
    if (c->archives == 0 || c->archives == c->place_count) {
        return true; /* nothing to compare with */
    }
    c->records = calloc(records + 1, sizeof *c->records);
    if (c->records == NULL) {
        return false;
    }
    for (size_t i = 0; i < c->place_count; i++) {
        const struct row_sample *sample = c->places[i].sample;
        for (uint32_t k = 0; k < sample->rows.count; k++) {
            c->records[c->record_count++] =
                (struct record){row_sample_record(sample, k), (uint32_t)i};
        }
    }
    qsort(c->records, c->record_count, sizeof *c->records, compare_records);
    return true;
}

static bool are_one(const struct comparing *c, const struct record *live,
                    const struct record *archive) {
    const struct row_sample *here = c->places[live->place].sample,
                            *there = c->places[archive->place].sample;
    return !c->places[live->place].archive && c->places[archive->place].archive &&
           live->row.check == archive->row.check &&
           (live->row.telling || key_names_link(here->table, here->key, there->table, there->key));
}

static bool add_pair(struct comparing *c, const struct record *live, const struct record *archive) {
    if (c->pair_count == c->pair_room) {
        size_t room = c->pair_room == 0 ? 1024 : 2 * c->pair_room;
        struct pair *larger = reallocarray(c->pairs, room, sizeof *larger);
        if (larger == NULL) {
            return false;
        }
        c->pairs = larger;
        c->pair_room = room;
    }
    c->pairs[c->pair_count++] = (struct pair){live->place, archive->place};
    return true;
}

static int compare_pairs(const void *a, const void *b) {
    const struct pair *x = a, *y = b;
    if (x->live != y->live) {
        return x->live < y->live ? -1 : 1;
    }
    return x->archive < y->archive ? -1 : x->archive > y->archive;
}

static bool find_pairs(struct comparing *c) {
    for (size_t first = 0, end; first < c->record_count; first = end) {
        end = first + 1;
        while (end < c->record_count && c->records[end].row.key == c->records[first].row.key) {
            end++;
        }
        size_t last = end - first > GROUP_MAX ? first + GROUP_MAX : end;
        for (size_t i = first; i < last; i++) {
            for (size_t j = first; j < last; j++) {
                if (are_one(c, &c->records[i], &c->records[j]) &&
                    !add_pair(c, &c->records[i], &c->records[j])) {
                    return false;
                }
            }
        }
    }
    if (c->pair_count > 0) {
        qsort(c->pairs, c->pair_count, sizeof *c->pairs, compare_pairs);
    }
    return true;
}

/* ---- what is told ---- */

/* The first field of personal data in that table. */
static uint32_t field_of(const struct results *results, const struct place_of_records *place) {
    for (size_t i = 0; i < results->field_count; i++) {
        const struct field_result *field = &results->fields[i];
        if (field->unit == place->unit && field->written &&
            bytes_equal(field->field->table, place->sample->table)) {
            return (uint32_t)i;
        }
    }
    return UINT32_MAX;
}

static uint64_t estimate(const struct row_sample *a, const struct row_sample *b, uint64_t rows) {
    uint64_t below = a->rows.below < b->rows.below ? a->rows.below : b->rows.below;
    return below == UINT64_MAX ? rows
                               : (uint64_t)((double)rows * 18446744073709551616.0 / (double)below);
}

/* Is the backup older than the firm's limit? A question that stays open is noted. */
static bool is_past(const struct comparing *c, const struct place_of_records *archive,
                    const struct field_result *field, enum undecided *why) {
    const struct judging *judging = c->question->judging;
    const struct rule_clause *clause = c->question->clause;
    if (!clause->ages) {
        return true;
    }
    const struct age_question question = {.settings = judging->settings,
                                          .results = judging->results,
                                          .unit = &judging->results->units[archive->unit],
                                          .place = field->field,
                                          .rule = c->question->active->rule,
                                          .age = &clause->older_than};
    struct age_answer answer = {0};
    if (!clause_older_than(&question, &answer)) {
        *why = answer.why;
        return false;
    }
    return answer.past > 0;
}

/* COUNT sampled records of LIVE are in ARCHIVE, too. */
static bool add_partner(const struct comparing *c, const struct pair *pair, uint64_t count,
                        struct finding *finding, enum undecided *why) {
    const struct results *results = c->question->judging->results;
    const struct place_of_records *live = &c->places[pair->live],
                                  *archive = &c->places[pair->archive];
    uint32_t there = field_of(results, archive);
    if (count < RECORDS_MIN || finding->with_count == PARTNERS_MAX || there == UINT32_MAX ||
        !is_past(c, archive, &results->fields[there], why)) {
        return true;
    }
    if (finding->with == NULL) {
        finding->with = calloc(PARTNERS_MAX, sizeof *finding->with);
    }
    if (finding->with == NULL) {
        return false;
    }
    uint64_t rows = estimate(live->sample, archive->sample, count);
    finding->with[finding->with_count++] =
        (struct violation_partner){.place = results->fields[there].field,
                                   .count = rows,
                                   .sampled = count,
                                   .unit = results->units[archive->unit].name,
                                   .key = live->sample->key,
                                   .with_key = archive->sample->key};
    finding->count = rows > finding->count ? rows : finding->count;
    return true;
}

/* Tell of the pairs of one live table, FROM … END. */
static int tell(const struct comparing *c, size_t from, size_t end, enum undecided *why) {
    const struct results *results = c->question->judging->results;
    const struct place_of_records *live = &c->places[c->pairs[from].live];
    uint32_t field = field_of(results, live);
    if (field == UINT32_MAX) {
        return 0;
    }
    struct finding finding = {.unit = live->unit,
                              .field = field,
                              .place = results->fields[field].field,
                              .kind = results->fields[field].kind,
                              .confidence = CONFIDENCE_LIKELY};
    bool ok = true;
    for (size_t i = from, next; ok && i < end; i = next) {
        next = i + 1;
        while (next < end && c->pairs[next].archive == c->pairs[i].archive) {
            next++;
        }
        ok = add_partner(c, &c->pairs[i], next - i, &finding, why);
    }
    int status = ok ? 0 : judging_out_of_memory(c->question->judging);
    if (status == 0 && finding.count > 0) {
        uint64_t cells = results->fields[field].field->cells;
        finding.count = finding.count < cells ? finding.count : cells;
        status = put_finding(c->question, &finding);
    }
    if (status != 0 || finding.count == 0) {
        free(finding.with);
    }
    return status;
}

int find_live_and_archive(const struct finding_question *question, enum undecided *why) {
    struct comparing comparing = {.question = question};
    int status = take_records(&comparing) && find_pairs(&comparing)
                     ? 0
                     : judging_out_of_memory(question->judging);
    if (status == 0 && (comparing.archives == 0 || comparing.archives == comparing.place_count)) {
        *why = UNDECIDED_FACTS;
    }
    for (size_t from = 0, end; status == 0 && from < comparing.pair_count; from = end) {
        end = from + 1;
        while (end < comparing.pair_count &&
               comparing.pairs[end].live == comparing.pairs[from].live) {
            end++;
        }
        status = tell(&comparing, from, end, why);
    }
    free(comparing.places);
    free(comparing.records);
    free(comparing.pairs);
    return status;
}
