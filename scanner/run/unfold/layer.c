#include <stdlib.h>

#include "run/unfold/layer.h"

enum { LOCATE_REACH = 16 }; /* longer than any escape */

bool unfold_reserve(struct unfold_layer *layer, void **array, size_t *capacity, size_t need,
                    size_t item) {
    if (need <= *capacity) {
        return true;
    }
    size_t more = *capacity * 2 > need ? *capacity * 2 : need + 256;
    void *bigger = realloc(*array, more * item + SEGMENT_PADDING);
    if (bigger == NULL) {
        layer->failed = true;
        return false;
    }
    *array = bigger;
    *capacity = more;
    return true;
}

void unfold_layer_release(struct unfold_layer *layer) {
    free(layer->bytes);
    free(layer->cells);
    free(layer->rows);
    free(layer->pieces);
    free(layer->marked);
    free(layer->scratch);
}

void unfold_layer_start(struct unfold_layer *layer, const struct segment *outer) {
    layer->content.outer = outer;
    layer->len = layer->cell_count = layer->row_count = layer->piece_count = 0;
    layer->marked_count = 0;
    layer->failed = false;
}

/* Room for one piece more, of LEN bytes and a line end. */
static bool reserve_piece(struct unfold_layer *layer, size_t len) {
    return unfold_reserve(layer, (void **)&layer->bytes, &layer->capacity, layer->len + len + 1,
                          1) &&
           unfold_reserve(layer, (void **)&layer->pieces, &layer->piece_capacity,
                          layer->piece_count + 1, sizeof *layer->pieces);
}

/* The LEN bytes behind the content are PIECE. */
static struct bytes put_piece(struct unfold_layer *layer, size_t len, struct unfold_piece piece) {
    uint8_t *text = layer->bytes + layer->len;
    memset(text + len, 0, SEGMENT_PADDING);
    text[len] = '\n';
    piece.begin = layer->len;
    piece.end = layer->len + len;
    layer->pieces[layer->piece_count++] = piece;
    layer->len += len + 1;
    return bytes_of(text, len);
}

struct bytes unfold_layer_text(struct unfold_layer *layer, size_t begin, size_t end,
                               unfold_decode_fn *decode, unsigned dialect) {
    struct bytes raw = bytes_of(layer->content.outer->bytes + begin, end - begin);
    if (!reserve_piece(layer, raw.len)) {
        return (struct bytes){NULL, 0};
    }
    uint8_t *out = layer->bytes + layer->len;
    size_t len = raw.len;
    if (decode != NULL) {
        len = decode(raw, out, dialect);
    } else {
        memcpy(out, raw.ptr, len);
    }
    return put_piece(
        layer, len,
        (struct unfold_piece){
            .outer_begin = begin, .outer_end = end, .decode = decode, .dialect = dialect});
}

struct bytes unfold_layer_made(struct unfold_layer *layer, size_t begin, size_t end,
                               struct bytes text) {
    if (!reserve_piece(layer, text.len)) {
        return (struct bytes){NULL, 0};
    }
    memcpy(layer->bytes + layer->len, text.ptr, text.len);
    return put_piece(layer, text.len,
                     (struct unfold_piece){.outer_begin = begin, .outer_end = end, .made = true});
}

void unfold_layer_undo(struct unfold_layer *layer) {
    const struct unfold_piece *last = &layer->pieces[--layer->piece_count];
    layer->len = last->begin;
    while (layer->cell_count > 0 && layer->cells[layer->cell_count - 1].offset >= last->begin) {
        layer->cell_count--;
    }
    while (layer->row_count > 0 &&
           layer->rows[layer->row_count - 1].first_cell >= layer->cell_count) {
        layer->row_count--;
    }
}

void unfold_layer_cell(struct unfold_layer *layer, struct cell cell, uint64_t row) {
    if (!unfold_reserve(layer, (void **)&layer->cells, &layer->cell_capacity, layer->cell_count + 1,
                        sizeof *layer->cells) ||
        !unfold_reserve(layer, (void **)&layer->rows, &layer->row_capacity, layer->row_count + 1,
                        sizeof *layer->rows)) {
        return;
    }
    if (layer->row_count == 0 || layer->rows[layer->row_count - 1].row != row) {
        layer->rows[layer->row_count++] =
            (struct row_mark){.first_cell = (uint32_t)layer->cell_count, .row = row};
    }
    layer->cells[layer->cell_count++] = cell;
}

void unfold_layer_value(struct unfold_layer *layer, struct bytes text, uint32_t field,
                        uint32_t flags, uint64_t row) {
    flags |= text.len == 0 ? CELL_NULL : 0U;
    flags |= text.len > JSON_TEXT_BYTES ? CELL_TEXT : 0U;
    unfold_layer_cell(layer,
                      (struct cell){.offset = (uint32_t)(text.ptr - layer->bytes),
                                    .length = (uint32_t)text.len,
                                    .field = field,
                                    .flags = flags},
                      row);
}

void unfold_layer_mark(struct unfold_layer *layer, struct cell cell, uint32_t flags) {
    if (unfold_reserve(layer, (void **)&layer->marked, &layer->marked_capacity,
                       layer->marked_count + 1, sizeof *layer->marked)) {
        cell.flags |= flags;
        layer->marked[layer->marked_count++] = cell;
    }
}

/* ---- where a byte comes from ---- */

static const struct unfold_piece *piece_at(const struct unfold_layer *layer, size_t offset) {
    size_t low = 0, high = layer->piece_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (layer->pieces[middle].begin <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? NULL : &layer->pieces[low - 1];
}

/* How many bytes of RAW are decoded to exactly the WANTED bytes; 0 when that cannot be told. The
 * length grows with the part that is decoded but for what is cut inside an escape. */
static size_t raw_length(const struct unfold_piece *piece, struct bytes raw, struct bytes wanted,
                         uint8_t *scratch) {
    size_t low = 0, high = raw.len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (piece->decode(bytes_first(raw, middle), scratch, piece->dialect) < wanted.len) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t stop = low + LOCATE_REACH < raw.len ? low + LOCATE_REACH : raw.len;
    const size_t first = low > LOCATE_REACH ? low - LOCATE_REACH : 0;
    for (size_t at = stop + 1; at > first; at--) { /* half of "" reads like the whole */
        size_t len = piece->decode(bytes_first(raw, at - 1), scratch, piece->dialect);
        if (bytes_equal(bytes_of(scratch, len), wanted)) {
            return at - 1;
        }
    }
    return 0;
}

size_t unfold_layer_locate(void *context, size_t offset) {
    struct unfold_layer *layer = context;
    const struct unfold_piece *piece = piece_at(layer, offset);
    if (piece == NULL) {
        return 0;
    }
    size_t inside = offset < piece->end ? offset - piece->begin : piece->end - piece->begin;
    if (piece->decode == NULL) {
        return piece->outer_begin + (piece->made ? 0 : inside);
    }
    struct bytes raw = bytes_of(layer->content.outer->bytes + piece->outer_begin,
                                piece->outer_end - piece->outer_begin);
    if (!unfold_reserve(layer, (void **)&layer->scratch, &layer->scratch_capacity, raw.len, 1)) {
        layer->failed = false; /* the cell's own place will do */
        return piece->outer_begin;
    }
    return piece->outer_begin +
           raw_length(piece, raw, bytes_of(layer->bytes + piece->begin, inside), layer->scratch);
}
