#include "judge/collect.h"

#include <stdlib.h>

#include "core/hash64.h"
#include "core/utf8.h"
#include "judge/live_fields.h"
#include "judge/position.h"

enum { SCRATCH_BYTES = 4096 };

struct collector {
    struct collect_settings settings;
    struct live_fields fields;
    struct text_buffer shown;
    struct text_buffer occurrences;
    /* Values with escapes, hexadecimal digits or full-width characters are rewritten here. */
    uint8_t unescaped[SCRATCH_BYTES];
    uint8_t folded[SCRATCH_BYTES];
    struct reading reading;
};

/* What is going on in one segment. */
struct collecting {
    struct collector *collector;
    const struct segment *segment;
    struct position position;
    size_t claimed_until; /* a confirmed value ends here: hits before it are parts of it */
    uint32_t tried_cell;  /* the cell whose whole was tried … */
    uint64_t tried_kinds; /* … as these kinds */
};

struct collector *collector_new(const struct collect_settings *settings) {
    struct collector *collector = calloc(1, sizeof *collector);
    if (collector != NULL) {
        collector->settings = *settings;
        text_buffer_init(&collector->shown, 0);
        text_buffer_init(&collector->occurrences, 0);
    }
    return collector;
}

void collector_free(struct collector *collector) {
    if (collector != NULL) {
        live_fields_release(&collector->fields);
        text_buffer_release(&collector->shown);
        text_buffer_release(&collector->occurrences);
        free(collector);
    }
}

void collector_begin(struct collector *collector) {
    live_fields_clear(&collector->fields);
}

/* ---- one value ---- */

static bool is_ascii(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

static int hex_digit(uint8_t c) {
    if (byte_is_digit(c)) {
        return c - '0';
    }
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes that the digits of TEXT spell; empty when they are no text. */
static struct bytes decode_hex(struct bytes text, uint8_t *out) {
    size_t len = 0;
    for (size_t i = 0; i + 1 < text.len; i += 2) {
        int high = hex_digit(text.ptr[i]), low = hex_digit(text.ptr[i + 1]);
        if (high < 0 || low < 0) {
            return bytes_of(out, 0);
        }
        out[len++] = (uint8_t)(high << 4 | low);
    }
    return bytes_of(out, len);
}

/* The value of HIT as patterns want it. */
static struct value value_of(const struct collecting *c, const struct hit *hit) {
    struct collector *collector = c->collector;
    struct bytes text = bytes_of(c->segment->bytes + hit->offset, hit->length);
    const struct cell *cell = hit->origin == HIT_CELL ? &c->segment->cells[hit->cell] : NULL;
    bool ascii = hit->ascii, wide = hit->wide;
    if (cell != NULL && text.len <= SCRATCH_BYTES &&
        (cell->flags & (CELL_ESCAPED | CELL_HEX)) != 0) {
        if ((cell->flags & CELL_HEX) != 0) {
            text = decode_hex(text, collector->unescaped);
        } else if (c->segment->unescape != NULL) {
            size_t len = c->segment->unescape(text, collector->unescaped, c->segment->dialect);
            text = bytes_of(collector->unescaped, len);
        }
        ascii = is_ascii(text);
        wide = true;
    }
    if (wide && !ascii && text.len <= SCRATCH_BYTES) {
        text = bytes_of(collector->folded, utf8_fold_width(text, collector->folded));
        ascii = is_ascii(text);
    }
    return (struct value){.text = bytes_trim(text),
                          .ascii = ascii,
                          .named = hit->named || hit->labelled,
                          .number = cell != NULL && (cell->flags & CELL_NUMBER) != 0};
}

static void render(struct collecting *c, const struct pattern *pattern, const struct value *value,
                   const struct reading *reading, size_t offset, uint32_t cell,
                   struct example *out) {
    struct collector *collector = c->collector;
    *out = (struct example){0};
    position_describe(&c->position, offset, cell, out);
    text_buffer_clear(&collector->shown);
    if (collector->settings.reveal) {
        text_buffer_put(&collector->shown, value->text);
    } else {
        pattern->show(value->text, &collector->shown);
    }
    position_copy_shown(text_buffer_view(&collector->shown), out->shown);
    if (collector->settings.key != NULL && reading->state == STATE_CLEAR) {
        fingerprint_value(collector->settings.key, pattern->name, reading->normal,
                          out->fingerprint);
    }
}

static void put_occurrence(struct collecting *c, unsigned kind, const struct hit *hit,
                           const struct reading *reading, const struct example *example) {
    struct occurrence occurrence = {.field = hit->field,
                                    .kind = (uint8_t)kind,
                                    .state = (uint8_t)reading->state,
                                    .evidence =
                                        reading->evidence | (hit->labelled ? EVIDENCE_CONTEXT : 0U),
                                    .length = hit->length,
                                    .column_in_line = position_column(&c->position, hit->offset),
                                    .at = *example};
    wire_put_occurrence(&occurrence, &c->collector->occurrences);
}

static bool is_embedded(const struct collecting *c, const struct hit *hit) {
    if (hit->cell == HIT_NO_CELL) {
        return true;
    }
    const struct cell *cell = &c->segment->cells[hit->cell];
    return hit->length + 2 < cell->length; /* blanks or a sign around it do not make a text */
}

static void count_clear(struct kind_facts *facts, const struct hit *hit,
                        const struct reading *reading, uint64_t hash_key) {
    facts->dummies += (reading->evidence & EVIDENCE_DUMMY) != 0;
    facts->with_checksum += (reading->evidence & EVIDENCE_CHECKSUM) != 0;
    facts->with_layout += (reading->evidence & EVIDENCE_LAYOUT) != 0;
    facts->with_context += hit->labelled;
    sketch_add(&facts->distinct, hash64(reading->normal, hash_key));
}

static bool count_hidden(struct kind_facts *facts, const struct reading *reading) {
    if (reading->residual != 0 &&
        (facts->residual_min == 0 || reading->residual < facts->residual_min)) {
        facts->residual_min = reading->residual;
    }
    facts->unproven[reading->state] += reading->evidence == 0;
    return reading->form_len == 0 ||
           mask_forms_add(&facts->forms, bytes_of(reading->form, reading->form_len), 1);
}

static bool count_value(struct collecting *c, unsigned kind, const struct hit *hit,
                        const struct value *value, const struct reading *reading) {
    struct collector *collector = c->collector;
    struct kind_facts *facts = live_fields_kind(&collector->fields, hit->field, kind);
    if (facts == NULL) {
        return false;
    }
    facts->count[reading->state]++;
    facts->evidence |= reading->evidence;
    facts->embedded += is_embedded(c, hit);
    bool ok = true;
    if (reading->state == STATE_CLEAR) {
        uint64_t key = collector->settings.key == NULL ? 0 : collector->settings.key->hash_key;
        count_clear(facts, hit, reading, key);
    } else {
        ok = count_hidden(facts, reading);
    }
    bool example = facts->example_count[reading->state] < EXAMPLES_KEPT;
    if (example || collector->settings.occurrences) {
        struct example rendered;
        render(c, patterns[kind], value, reading, hit->offset, hit->cell, &rendered);
        if (example) {
            kind_facts_example(facts, reading->state, &rendered);
        }
        if (collector->settings.occurrences) {
            put_occurrence(c, kind, hit, reading, &rendered);
        }
    }
    return ok;
}

/* Try KIND; true when the value is taken (or memory ran out: *ok). */
static bool try_kind(struct collecting *c, unsigned kind, const struct hit *hit,
                     const struct value *value, bool *ok) {
    struct reading *reading = &c->collector->reading;
    const struct mask_policy *policy = &c->collector->settings.policies[kind];
    enum read_result result = patterns[kind]->read(value, policy, reading);
    if (result == READ_SHAPED) {
        struct kind_facts *facts = live_fields_kind(&c->collector->fields, hit->field, kind);
        *ok = facts != NULL;
        if (facts != NULL) {
            facts->shaped++;
        }
        return !*ok;
    }
    /* Hidden values that prove nothing count only where a name or a label speaks for the kind. */
    if (result != READ_YES || (hit->origin != HIT_CELL && !hit->labelled &&
                               reading->state != STATE_CLEAR && reading->evidence == 0)) {
        return false;
    }
    *ok = count_value(c, kind, hit, value, reading);
    return true;
}

static bool read_hit(struct collecting *c, const struct hit *hit) {
    uint64_t kinds = hit->kinds;
    if (hit->origin == HIT_CELL) {
        c->tried_cell = hit->cell;
        c->tried_kinds = kinds;
    } else if (hit->cell == c->tried_cell && hit->cell != HIT_NO_CELL &&
               hit->length == c->segment->cells[hit->cell].length) {
        kinds &= ~c->tried_kinds;
    }
    if (kinds == 0) {
        return true;
    }
    struct value value = value_of(c, hit);
    if (value.text.len == 0) {
        return true;
    }
    bool ok = true;
    if (hit->first_kind >= 0 && (kinds >> hit->first_kind & 1) != 0) {
        kinds &= ~(UINT64_C(1) << hit->first_kind);
        if (try_kind(c, (unsigned)hit->first_kind, hit, &value, &ok)) {
            c->claimed_until = (size_t)hit->offset + hit->length;
            return ok;
        }
    }
    for (; kinds != 0; kinds &= kinds - 1) {
        if (try_kind(c, (unsigned)__builtin_ctzll(kinds), hit, &value, &ok)) {
            c->claimed_until = (size_t)hit->offset + hit->length;
            return ok;
        }
    }
    return ok;
}

int collector_segment(struct collector *collector, const struct segment *segment,
                      const struct hit *hits, size_t count, struct bytes *occurrences_out,
                      struct error *err) {
    struct collecting c = {.collector = collector, .segment = segment, .tried_cell = HIT_NO_CELL};
    position_start(&c.position, segment, collector->settings.ops);
    text_buffer_clear(&collector->occurrences);
    bool ok = live_fields_count_cells(&collector->fields, segment);
    for (size_t i = 0; ok && i < count; i++) {
        if (hits[i].offset >= c.claimed_until) {
            ok = read_hit(&c, &hits[i]);
        }
    }
    if (!ok || collector->occurrences.failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory while counting values");
    }
    *occurrences_out = text_buffer_view(&collector->occurrences);
    return 0;
}

int collector_finish(struct collector *collector, const struct collect_finish *finish,
                     struct unit_facts *unit, struct error *err) {
    return live_fields_move(&collector->fields, finish, unit, err);
}
