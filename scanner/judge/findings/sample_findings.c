#include "judge/findings/sample_findings.h"

#include <stdlib.h>

#include "core/hash64.h"
#include "judge/collect/value_piece.h"
#include "judge/key_link.h"

enum {
    GROUP_MAX = 24, /* places that hold one key and are compared with each other */
    JOINED_MIN = 3, /* sampled rows that show more together; fewer are chance */
    AGAINST = 10,   /* at most one row in ten may speak against a pair */
    SLOTS_FIRST = 256,
};

/* A row of a sample, by its key. */
struct keyed_row {
    uint64_t key;
    uint32_t sample, row;
};

struct numbered_sample {
    uint32_t unit;
    const struct row_sample *sample;
};

/* What two columns show together by two keys. */
struct meeting {
    uint32_t sample[2];
    uint8_t column[2], kind;
    bool used;
    uint64_t telling; /* of the rows: the key is no small number */
    struct mask_pair counts;
};

struct sample_findings {
    struct sampled_pair *pairs; /* sorted by place */
    size_t count;
};

struct comparing {
    const struct judge_settings *settings;
    const struct results *results;
    struct numbered_sample *samples;
    size_t sample_count;
    struct keyed_row *rows;
    size_t row_count;
    struct meeting *meetings; /* a table of slots */
    size_t slots, used;
};

/* ---- rows by key ---- */

static int compare_rows(const void *a, const void *b) {
    const struct keyed_row *x = a, *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->sample < y->sample ? -1 : x->sample > y->sample;
}

static bool number_samples(struct comparing *c) {
    size_t samples = 0, rows = 0;
    for (size_t i = 0; i < c->results->unit_count; i++) {
        const struct unit_facts *unit = c->results->units[i].facts;
        samples += unit->sample_count;
        for (uint32_t j = 0; j < unit->sample_count; j++) {
            rows += unit->samples[j].records ? 0 : unit->samples[j].rows.count;
        }
    }
    c->samples = calloc(samples + 1, sizeof *c->samples);
    c->rows = calloc(rows + 1, sizeof *c->rows);
    if (c->samples == NULL || c->rows == NULL) {
        return false;
    }
    for (size_t i = 0; i < c->results->unit_count; i++) {
        const struct unit_facts *unit = c->results->units[i].facts;
        for (uint32_t j = 0; j < unit->sample_count; j++) {
            const struct row_sample *sample = &unit->samples[j];
            for (uint32_t k = 0; !sample->records && k < sample->rows.count; k++) {
                c->rows[c->row_count++] =
                    (struct keyed_row){sample->rows.rows[k].key, (uint32_t)c->sample_count, k};
            }
            c->samples[c->sample_count++] = (struct numbered_sample){(uint32_t)i, sample};
        }
    }
    qsort(c->rows, c->row_count, sizeof *c->rows, compare_rows);
    return true;
}

/* ---- two rows ---- */

static size_t slot_of(const struct comparing *c, const struct meeting *wanted) {
    const uint32_t numbers[] = {wanted->sample[0], wanted->sample[1],
                                (uint32_t)wanted->column[0] << 16 |
                                    (uint32_t)wanted->column[1] << 8 | wanted->kind};
    size_t slot = hash64(bytes_of(numbers, sizeof numbers), 0) & (c->slots - 1);
    while (c->meetings[slot].used) {
        const struct meeting *met = &c->meetings[slot];
        if (memcmp(met->sample, wanted->sample, sizeof met->sample) == 0 &&
            memcmp(met->column, wanted->column, sizeof met->column) == 0 &&
            met->kind == wanted->kind) {
            break;
        }
        slot = (slot + 1) & (c->slots - 1);
    }
    return slot;
}

static bool widen(struct comparing *c) {
    struct comparing larger = *c;
    larger.slots = c->slots == 0 ? SLOTS_FIRST : 2 * c->slots;
    larger.meetings = calloc(larger.slots, sizeof *larger.meetings);
    if (larger.meetings == NULL) {
        return false;
    }
    for (size_t i = 0; i < c->slots; i++) {
        if (c->meetings[i].used) {
            larger.meetings[slot_of(&larger, &c->meetings[i])] = c->meetings[i];
        }
    }
    free(c->meetings);
    *c = larger;
    return true;
}

static struct meeting *reach_meeting(struct comparing *c, const struct meeting *wanted) {
    if (2 * (c->used + 1) > c->slots && !widen(c)) {
        return NULL;
    }
    struct meeting *met = &c->meetings[slot_of(c, wanted)];
    if (!met->used) {
        *met = *wanted;
        met->used = true;
        c->used++;
    }
    return met;
}

static struct value_piece piece_of(const struct comparing *c, const struct sample_cell *cell) {
    struct value_piece piece = {.pattern = lexicon_kinds(c->settings->lexicon)[cell->kind],
                                .kind = cell->kind,
                                .count = cell->count,
                                .part = cell->part};
    memcpy(piece.symbols, cell->symbols, sizeof piece.symbols);
    return piece;
}

static bool join_cells(struct comparing *c, const struct keyed_row *rows[2],
                       const struct sample_cell *x, const struct sample_cell *y) {
    const struct value_piece a = piece_of(c, x), b = piece_of(c, y);
    unsigned kind;
    uint64_t residual;
    enum pieces_result result = value_pieces_join(&a, &b, c->settings->policies, &kind, &residual);
    if (result == PIECES_SAY_NOTHING) {
        return true;
    }
    const struct meeting wanted = {.sample = {rows[0]->sample, rows[1]->sample},
                                   .column = {x->column, y->column},
                                   .kind = (uint8_t)kind};
    struct meeting *met = reach_meeting(c, &wanted);
    if (met == NULL) {
        return false;
    }
    struct mask_pair *counts = &met->counts;
    met->telling += c->samples[rows[0]->sample].sample->rows.rows[rows[0]->row].telling;
    counts->shown += result == PIECES_SHOW_ALL;
    counts->narrowed += result == PIECES_NARROW;
    counts->against += result == PIECES_DISAGREE;
    if (residual != 0 && (counts->residual_min == 0 || residual < counts->residual_min)) {
        counts->residual_min = residual;
    }
    return true;
}

/* Columns of one table of one unit are compared while its rows are read (row_pieces.h). */
static bool same_table(const struct numbered_sample *x, const struct numbered_sample *y) {
    return x->unit == y->unit && bytes_equal(x->sample->table, y->sample->table);
}

static bool join_rows(struct comparing *c, const struct keyed_row *x, const struct keyed_row *y) {
    const struct numbered_sample *a = &c->samples[x->sample], *b = &c->samples[y->sample];
    const struct keyed_row *rows[2] = {x, y};
    if (same_table(a, b)) {
        return true;
    }
    struct sample_cell p, q;
    struct bytes left = sampled_row_cells(&a->sample->rows, x->row);
    while (sample_cell_get(&left, &p)) {
        struct bytes right = sampled_row_cells(&b->sample->rows, y->row);
        while (sample_cell_get(&right, &q)) {
            bool sound = p.column < a->sample->column_count && q.column < b->sample->column_count;
            if (sound && !join_cells(c, rows, &p, &q)) {
                return false;
            }
        }
    }
    return true;
}

static bool join_all(struct comparing *c) {
    for (size_t first = 0, end; first < c->row_count; first = end) {
        end = first + 1;
        while (end < c->row_count && c->rows[end].key == c->rows[first].key) {
            end++;
        }
        size_t last = end - first > GROUP_MAX ? first + GROUP_MAX : end;
        for (size_t i = first; i < last; i++) {
            for (size_t j = i + 1; j < last; j++) {
                if (!join_rows(c, &c->rows[i], &c->rows[j])) {
                    return false;
                }
            }
        }
    }
    return true;
}

/* ---- what came of it ---- */

static const struct field_facts *find_place(const struct unit_facts *unit,
                                            const struct row_sample *sample, unsigned column) {
    for (uint32_t i = 0; column < sample->column_count && i < unit->field_count; i++) {
        const struct field_facts *field = &unit->fields[i];
        if (bytes_equal(field->column, sample->columns[column]) &&
            bytes_equal(field->table, sample->table)) {
            return field;
        }
    }
    return NULL;
}

/* Samples keep the keys below a limit: so many of all keys. */
static uint64_t estimate(const struct row_sample *a, const struct row_sample *b, uint64_t rows) {
    uint64_t below = a->rows.below < b->rows.below ? a->rows.below : b->rows.below;
    return below == UINT64_MAX ? rows
                               : (uint64_t)((double)rows * 18446744073709551616.0 / (double)below);
}

static bool counts(const struct comparing *c, const struct meeting *met) {
    const struct mask_pair *pair = &met->counts;
    uint64_t joined = pair->shown + pair->narrowed;
    const struct row_sample *a = c->samples[met->sample[0]].sample,
                            *b = c->samples[met->sample[1]].sample;
    return met->used && joined >= JOINED_MIN && pair->against * AGAINST <= joined &&
           (met->telling * AGAINST >= (joined + pair->against) * (AGAINST - 1) ||
            key_names_link(a->table, a->key, b->table, b->key));
}

static void add_pair(struct sample_findings *out, const struct comparing *c,
                     const struct meeting *met, unsigned from) {
    const struct numbered_sample *a = &c->samples[met->sample[from]],
                                 *b = &c->samples[met->sample[1 - from]];
    struct sampled_pair pair = {
        .unit = a->unit,
        .other_unit = b->unit,
        .place = find_place(c->results->units[a->unit].facts, a->sample, met->column[from]),
        .other = find_place(c->results->units[b->unit].facts, b->sample, met->column[1 - from]),
        .key = a->sample->key,
        .other_key = b->sample->key,
        .kind = met->kind,
        .counts = met->counts};
    pair.rows = estimate(a->sample, b->sample, met->counts.shown + met->counts.narrowed);
    if (pair.place != NULL && pair.other != NULL) {
        out->pairs[out->count++] = pair;
    }
}

static int compare_names(struct bytes a, struct bytes b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len == 0 ? 0 : memcmp(a.ptr, b.ptr, len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* One place, one kind, one other place: only the key differs. */
static int compare_places(const struct sampled_pair *x, const struct sampled_pair *y) {
    if (x->place != y->place) {
        return x->place < y->place ? -1 : 1;
    }
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    if (x->other_unit != y->other_unit) {
        return x->other_unit < y->other_unit ? -1 : 1;
    }
    return x->other == y->other                   ? 0
           : x->other->number != y->other->number ? (x->other->number < y->other->number ? -1 : 1)
                                                  : (x->other < y->other ? -1 : 1);
}

static int compare_pairs(const void *a, const void *b) {
    const struct sampled_pair *x = a, *y = b;
    int order = compare_places(x, y);
    if (order != 0) {
        return order;
    }
    uint64_t more = x->counts.shown + x->counts.narrowed,
             less = y->counts.shown + y->counts.narrowed;
    if (more != less) {
        return more > less ? -1 : 1;
    }
    order = compare_names(x->key, y->key);
    return order != 0 ? order : compare_names(x->other_key, y->other_key);
}

static bool take_pairs(struct comparing *c, struct sample_findings *out) {
    size_t count = 0;
    for (size_t i = 0; i < c->slots; i++) {
        count += c->meetings[i].used && counts(c, &c->meetings[i]);
    }
    out->pairs = calloc(2 * count + 1, sizeof *out->pairs);
    if (out->pairs == NULL) {
        return false;
    }
    for (size_t i = 0; count > 0 && i < c->slots; i++) {
        if (c->meetings[i].used && counts(c, &c->meetings[i])) {
            add_pair(out, c, &c->meetings[i], 0);
            add_pair(out, c, &c->meetings[i], 1);
        }
    }
    qsort(out->pairs, out->count, sizeof *out->pairs, compare_pairs);
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        if (kept == 0 || compare_places(&out->pairs[kept - 1], &out->pairs[i]) != 0) {
            out->pairs[kept++] = out->pairs[i];
        }
    }
    out->count = kept;
    return true;
}

int sample_findings_new(const struct judge_settings *settings, const struct results *results,
                        struct sample_findings **out, struct error *err) {
    struct comparing comparing = {.settings = settings, .results = results};
    struct sample_findings *findings = calloc(1, sizeof *findings);
    bool ok = findings != NULL && number_samples(&comparing) && join_all(&comparing) &&
              take_pairs(&comparing, findings);
    free(comparing.samples);
    free(comparing.rows);
    free(comparing.meetings);
    if (!ok) {
        sample_findings_free(findings);
        findings = NULL;
    }
    *out = findings;
    return ok ? 0 : error_set(err, YINMA_E_MEMORY, "out of memory while tables were compared");
}

void sample_findings_free(struct sample_findings *findings) {
    if (findings != NULL) {
        free(findings->pairs);
        free(findings);
    }
}

const struct sampled_pair *sample_findings_pairs(const struct sample_findings *findings,
                                                 const struct field_facts *place,
                                                 size_t *count_out) {
    size_t low = 0, high = findings == NULL ? 0 : findings->count;
    *count_out = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (findings->pairs[middle].place < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (findings == NULL) {
        return NULL;
    }
    while (low + *count_out < findings->count && findings->pairs[low + *count_out].place == place) {
        ++*count_out;
    }
    return findings->pairs + low;
}
