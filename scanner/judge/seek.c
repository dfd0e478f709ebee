#include "judge/seek.h"

#include <stdlib.h>

#include "core/utf8.h"
#include "judge/seek_view.h"
#include "patterns/mask_marks.h"
#include "result/plain_digest.h"

enum { MASK_TEXT_MAX = 256 };
_Static_assert((int)FOUND_SHOWN_MAX == (int)SHOWN_MAX, "position_copy_shown fills it");

struct seeker {
    const struct sought *sought;
    const struct block64_ops *ops;
    struct found_places found;
    uint8_t *met; /* by field: 1 = a place lies in it */
    size_t met_room;
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
        found_places_release(&seeker->found);
        free(seeker->met);
        free(seeker->decoded);
        free(seeker);
    }
}

void seeker_begin(struct seeker *seeker) {
    found_places_release(&seeker->found);
    if (seeker->met_room != 0) {
        memset(seeker->met, 0, seeker->met_room);
    }
}

void seeker_finish(struct seeker *seeker, struct unit_facts *unit) {
    found_places_settle(&seeker->found);
    unit->found = seeker->found;
    seeker->found = (struct found_places){0};
}

bool seeker_met(const struct seeker *seeker, uint32_t field) {
    return field < seeker->met_room && seeker->met[field] != 0;
}

/* ---- a place ---- */

/* The cell in which OFFSET of the segment stands, or HIT_NO_CELL. */
static uint32_t cell_at(struct seeking *s, size_t offset) {
    const struct segment *segment = s->segment;
    size_t low = 0, high = segment->cell_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (segment->cells[middle].offset <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) {
        return HIT_NO_CELL;
    }
    const struct cell *cell = &segment->cells[low - 1];
    return offset < (size_t)cell->offset + cell->length ? (uint32_t)(low - 1) : HIT_NO_CELL;
}

static bool note_field(struct seeker *seeker, uint32_t field) {
    if (field >= seeker->met_room) {
        size_t room = (size_t)field * 2 + 64;
        uint8_t *met = realloc(seeker->met, room);
        if (met == NULL) {
            return false;
        }
        memset(met + seeker->met_room, 0, room - seeker->met_room);
        seeker->met = met;
        seeker->met_room = room;
    }
    seeker->met[field] = 1;
    return true;
}

/* Cells that are read as they are meant, by themselves or as a segment of their own. */
static bool is_read_apart(const struct seek_view *view, const struct cell *cell,
                          enum found_sort sort) {
    uint32_t apart = sort == FOUND_DIGEST ? CELL_UNFOLDED : CELL_UNFOLDED | CELL_ESCAPED | CELL_HEX;
    return !view->decoded && (cell->flags & apart) != 0;
}

void seek_tell(const struct seek_view *view, const struct seek_place *place) {
    struct seeking *s = view->seeking;
    size_t offset = view->base + (view->decoded ? 0 : place->at);
    uint32_t cell = view->cell == HIT_NO_CELL ? cell_at(s, offset) : view->cell;
    const struct cell *in = cell == HIT_NO_CELL ? NULL : &s->segment->cells[cell];
    if (in != NULL && is_read_apart(view, in, place->sort)) {
        return;
    }
    struct example at = {0};
    position_describe(&s->position, offset, cell, &at);
    struct found_place found = {.field = in == NULL ? s->segment->gap_field : in->field,
                                .identifier = (uint8_t)place->identifier,
                                .sort = (uint8_t)place->sort,
                                .state = (uint8_t)place->state,
                                .digest = (uint8_t)place->digest,
                                .length = view->decoded && in != NULL ? in->length
                                                                      : (uint32_t)place->length,
                                .row = at.row,
                                .line = at.line,
                                .offset = at.offset,
                                .candidates = place->candidates};
    if (place->sort == FOUND_COULD_BE) {
        struct text_buffer shown;
        text_buffer_init(&shown, 0);
        pattern_show(sought_value_at(s->sought, place->identifier)->pattern, place->shown, &shown);
        position_copy_shown(text_buffer_view(&shown), found.shown);
        text_buffer_release(&shown);
    }
    s->failed |=
        !note_field(s->seeker, found.field) || !found_places_add(&s->seeker->found, &found);
}

/* ---- cells ---- */

static int hex_digit(uint8_t c) {
    return byte_is_digit(c) ? c - '0' : byte_lower(c) - 'a' + 10;
}

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
            seeker->decoded[len] =
                (uint8_t)(hex_digit(text.ptr[2 * len]) << 4 | hex_digit(text.ptr[2 * len + 1]));
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
    struct seeking s = {
        .seeker = seeker, .sought = seeker->sought, .segment = segment, .match = match};
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
    struct seeking s = {.seeker = seeker, .sought = sought, .segment = &segment};
    const struct seek_view view = {
        .seeking = &s, .text = name, .end = name.len, .cell = HIT_NO_CELL};
    if (seeker == NULL) {
        return false;
    }
    position_start(&s.position, &segment, ops);
    if (name.len != 0) {
        seek_numbers(&view);
        seek_texts(&view);
    }
    bool ok = !s.failed;
    for (uint32_t i = 0; ok && i < seeker->found.count; i++) {
        seeker->found.places[i].in_name = true;
        seeker->found.places[i].field = UINT32_MAX;
        ok = found_places_add(found, &seeker->found.places[i]);
    }
    seeker_free(seeker);
    return ok;
}
