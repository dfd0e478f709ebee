#include "judge/seek/seek.h"

#include <stdlib.h>

#include "core/utf8.h"
#include "judge/seek/view.h"
#include "patterns/mask_marks.h"
#include "result/plain_digest.h"

enum { MASK_TEXT_MAX = 256 };

struct seeker {
    const struct sought *sought;
    const struct block64_ops *ops;
    struct seek_found found;
    uint8_t *decoded; /* a cell without its escapes */
    size_t decoded_room;
};

struct seeker *seeker_new(const struct sought *sought, const struct block64_ops *ops) {
    struct seeker *seeker = calloc(1, sizeof *seeker);
    if (seeker != NULL) {
        seeker->sought = sought;
        seeker->ops = ops;
    }
    return seeker;
}

void seeker_free(struct seeker *seeker) {
    if (seeker != NULL) {
        found_places_release(&seeker->found.places);
        free(seeker->found.met);
        free(seeker->decoded);
        free(seeker);
    }
}

void seeker_begin(struct seeker *seeker) {
    found_places_release(&seeker->found.places);
    if (seeker->found.met_room != 0) {
        memset(seeker->found.met, 0, seeker->found.met_room);
    }
}

void seeker_finish(struct seeker *seeker, struct unit_facts *unit) {
    found_places_settle(&seeker->found.places);
    unit->found = seeker->found.places;
    seeker->found.places = (struct found_places){0};
}

bool seeker_met(const struct seeker *seeker, uint32_t field) {
    return field < seeker->found.met_room && seeker->found.met[field] != 0;
}

/* ---- cells ---- */

/* What CELL says, in the seeker's memory. */
static struct bytes decode_cell(struct seeking *s, const struct cell *cell) {
    struct seeker *seeker = s->seeker;
    struct bytes text = bytes_of(s->segment->bytes + cell->offset, cell->length);
    if (text.len + SEGMENT_PADDING > seeker->decoded_room) {
        free(seeker->decoded);
        seeker->decoded_room = (text.len + SEGMENT_PADDING) * 2;
        seeker->decoded = malloc(seeker->decoded_room);
        if (seeker->decoded == NULL) {
            seeker->decoded_room = 0;
            s->failed = true;
            return bytes_of("", 0);
        }
    }
    size_t len = 0;
    if ((cell->flags & CELL_HEX) != 0) {
        for (; len < text.len / 2; len++) {
            const int high = byte_hex_value(text.ptr[2 * len]);
            const int low = byte_hex_value(text.ptr[2 * len + 1]);
            if (high < 0 || low < 0) {
                return text; /* only its beginning is hexadecimal: it says what it shows */
            }
            seeker->decoded[len] = (uint8_t)(high << 4 | low);
        }
        return bytes_of(seeker->decoded, len);
    }
    if (s->segment->unescape == NULL) {
        return text;
    }
    return bytes_of(seeker->decoded,
                    s->segment->unescape(text, seeker->decoded, s->segment->dialect));
}

static void seek_in_mask(const struct seek_view *view, struct bytes text, kind_set kinds,
                         enum value_part part, size_t at) {
    uint8_t folded[MASK_TEXT_MAX];
    if (text.len == 0 || text.len > sizeof folded) {
        return;
    }
    struct bytes half = bytes_trim(bytes_of(folded, utf8_fold_width(text, folded)));
    struct seek_place place = {.at = at, .length = text.len};
    if (half.len != 0 &&
        (part != PART_NONE || mask_marks_in(half) || memchr(half.ptr, 'X', half.len) != NULL ||
         memchr(half.ptr, 'x', half.len) != NULL)) {
        seek_mask(view, half, kinds, part, &place);
    }
}

/* Base64 of a digest; hexadecimal ones are found wherever they stand. */
static void seek_base64_digest(const struct seek_view *view, struct bytes text) {
    uint8_t digest[PLAIN_DIGEST_MAX];
    size_t size = text.len < 22 || text.len > 88 ? 0 : plain_digest_read(text, digest);
    if (size == 0 || size * 2 == text.len) {
        return;
    }
    int identifier = sought_digest(view->seeking->sought, bytes_of(digest, size));
    if (identifier >= 0) {
        seek_tell(view, &(struct seek_place){.length = text.len,
                                             .identifier = (unsigned)identifier,
                                             .sort = FOUND_DIGEST,
                                             .state = STATE_ENCRYPTED,
                                             .digest = (unsigned)size});
    }
}

static void seek_cell(struct seeking *s, uint32_t number) {
    const struct cell *cell = &s->segment->cells[number];
    const struct cell_plan *plan = &s->match->plans[cell->field];
    if ((cell->flags & (CELL_NULL | CELL_UNFOLDED)) != 0 || cell->length == 0) {
        return;
    }
    struct seek_view view = {.seeking = s,
                             .text = bytes_of(s->segment->bytes + cell->offset, cell->length),
                             .end = cell->length,
                             .base = cell->offset,
                             .cell = number};
    if ((cell->flags & (CELL_ESCAPED | CELL_HEX)) != 0) {
        view.decoded = true;
        view.text = decode_cell(s, cell);
        view.end = view.text.len;
        if (view.text.len != 0) {
            seek_texts(&view);
        }
    }
    if (view.text.len == 0) {
        return;
    }
    seek_numbers(&view);
    seek_base64_digest(&view, view.text);
    if ((cell->flags & CELL_TEXT) == 0 && plan->kinds != 0) {
        seek_in_mask(&view, view.text, plan->kinds, (enum value_part)plan->part, 0);
    }
}

/* ---- the segment ---- */

/* The bytes between FROM and TO, which no cell covers. */
static void seek_gap(struct seeking *s, size_t from, size_t to) {
    if (from < to) {
        const struct segment *segment = s->segment;
        bool last = to == segment->end;
        bool first = from == segment->begin;
        size_t base = first ? 0 : from;
        const struct seek_view view = {
            .seeking = s,
            .text = bytes_of(segment->bytes + base, (last ? segment->len : to) - base),
            .begin = from - base,
            .end = to - base,
            .base = base,
            .cell = HIT_NO_CELL};
        seek_numbers(&view);
    }
}

/* Masks in running text, as far as words or shapes give them away. */
static void seek_hits(struct seeking *s) {
    const struct seek_view view = {
        .seeking = s, .text = bytes_of(s->segment->bytes, s->segment->len), .cell = HIT_NO_CELL};
    for (size_t i = 0; i < s->match->count; i++) {
        const struct hit *hit = &s->match->hits[i];
        bool whole = hit->cell != HIT_NO_CELL &&
                     s->match->plans[s->segment->cells[hit->cell].field].kinds != 0 &&
                     (s->segment->cells[hit->cell].flags & CELL_TEXT) == 0;
        if (!whole) {
            seek_in_mask(&view, bytes_of(s->segment->bytes + hit->offset, hit->length), hit->kinds,
                         PART_NONE, hit->offset);
        }
    }
}

int seeker_segment(struct seeker *seeker, const struct segment *segment,
                   const struct match_result *match, struct error *err) {
    struct seeking s = {.seeker = seeker,
                        .found = &seeker->found,
                        .sought = seeker->sought,
                        .segment = segment,
                        .match = match};
    position_start(&s.position, segment, seeker->ops);
    const struct seek_view all = {.seeking = &s,
                                  .text = bytes_of(segment->bytes, segment->len),
                                  .begin = segment->begin,
                                  .end = segment->end,
                                  .cell = HIT_NO_CELL};
    if (segment->len != 0) {
        seek_texts(&all);
        seek_hex_digests(&all);
        seek_hits(&s);
    }
    size_t at = segment->begin;
    for (size_t i = 0; i < segment->cell_count; i++) {
        const struct cell *cell = &segment->cells[i];
        seek_gap(&s, at, cell->offset);
        seek_cell(&s, (uint32_t)i);
        at = cell->offset + cell->length > at ? (size_t)cell->offset + cell->length : at;
    }
    seek_gap(&s, at, segment->end);
    return s.failed ? error_set(err, YINMA_E_MEMORY, "out of memory for the places of a person")
                    : 0;
}

/* The name of a member begins behind those of its containers, which have units of their own. */
static struct bytes own_name(struct bytes name) {
    size_t at;
    while ((at = bytes_find(name, BYTES_LIT("!/"))) != SIZE_MAX) {
        name = bytes_from(name, at + 2);
    }
    return name;
}

bool seek_in_name(const struct sought *sought, const struct block64_ops *ops, struct bytes name,
                  struct found_places *found) {
    name = own_name(name);
    struct seeker *seeker = seeker_new(sought, ops);
    const struct segment segment = {.bytes = name.ptr,
                                    .len = name.len,
                                    .end = name.len,
                                    .gap_field = FIELD_FREE_TEXT,
                                    .flags = SEGMENT_NO_OFFSETS};
    if (seeker == NULL) {
        return false;
    }
    struct seeking s = {
        .seeker = seeker, .found = &seeker->found, .sought = sought, .segment = &segment};
    const struct seek_view view = {
        .seeking = &s, .text = name, .end = name.len, .cell = HIT_NO_CELL};
    position_start(&s.position, &segment, ops);
    if (name.len != 0) {
        seek_numbers(&view);
        seek_texts(&view);
    }
    bool ok = !s.failed;
    for (uint32_t i = 0; ok && i < seeker->found.places.count; i++) {
        seeker->found.places.places[i].in_name = true;
        seeker->found.places.places[i].field = UINT32_MAX;
        ok = found_places_add(found, &seeker->found.places.places[i]);
    }
    seeker_free(seeker);
    return ok;
}
