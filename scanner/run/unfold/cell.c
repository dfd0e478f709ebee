/* One cell: text of another form in it, by what it looks like. */
#include "core/utf8.h"
#include "decode/encoded_text.h"
#include "decode/keyed/value_pairs.h"
#include "decode/keyed/values.h"
#include "decode/packed_value.h"
#include "run/unfold/state.h"

enum {
    JSON_MIN = 8,  /* {"k":"v"} is shorter, and no value either */
    ARRAY_MIN = 5, /* {123} */
    PAIRS_MIN = 8, /* the same for k=v */
    /* A column in which none of so many values was made of pairs is not asked any more. */
    PAIRS_ASKED = 512,
    SIGN_REACH = 200, /* a first key and its sign stand that near */
};

/* Text, as it stands in files: random bytes hardly ever spell a dozen printable characters. */
static bool is_text(struct bytes text, size_t shortest) {
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
            return false;
        }
    }
    return text.len >= shortest && utf8_valid(text, UTF8_WHOLE);
}

bool unfold_decoded(struct unfolding *u, const struct cell *cell, unfold_decode_fn *decode) {
    struct bytes text = unfold_layer_text(u->layer, cell->offset, cell->offset + cell->length,
                                          decode, u->segment->dialect);
    if (text.ptr == NULL) {
        return false;
    }
    bool foreign = (decode == percent_decode && !utf8_valid(text, UTF8_MAY_BE_CUT)) ||
                   ((decode == base64_decode || decode == web_token_decode) &&
                    !is_text(text, BASE64_TEXT_MIN)) ||
                   (decode == hex_decode && !is_text(text, HEX_TEXT_MIN));
    if (foreign) {
        struct bytes content;
        const bool packed = unfold_expand(u->unfold, text, &content);
        unfold_layer_undo(u->layer);
        return packed && unfold_made(u, cell, content);
    }
    bool unchanged = decode == references_decode && text.len == cell->length;
    if (text.len == 0 || unchanged) {
        unfold_layer_undo(u->layer);
        return false;
    }
    struct cell plain = {
        .offset = (uint32_t)(text.ptr - u->layer->bytes),
        .length = (uint32_t)text.len,
        .field = cell->field,
        .flags = cell->flags & ~(uint32_t)(CELL_ESCAPED | CELL_PERCENT | CELL_BASE64 | CELL_HEX)};
    plain.flags |= decode == hex_decode && text.len > JSON_TEXT_BYTES ? CELL_TEXT : 0U;
    unfold_layer_cell(u->layer, plain, u->row);
    return true;
}

/* The cells of the JSON in TEXT, which stands at BASE of the content. How many; 0: it is none. */
static size_t walk_json(struct unfolding *u, struct bytes text, size_t base, uint32_t place) {
    struct json_walk *walk = u->unfold->walk;
    size_t count = 0;
    walk->broken_lines = 0;
    json_walk_reset(walk, place);
    for (size_t at = 0, used = 1; at < text.len && used > 0; at += used) {
        struct bytes part = bytes_first(bytes_from(text, at), JSON_SCAN_BYTES);
        used = json_walk_run(walk, part, at + part.len == text.len);
        for (size_t i = 0; i < walk->cell_count; i++) {
            struct cell cell = walk->cells[i];
            cell.offset += (uint32_t)(base + at);
            unfold_layer_cell(u->layer, cell, u->row);
        }
        count += walk->cell_count;
    }
    u->unfold->failed |= json_paths_failed(u->unfold->paths);
    return walk->state == JSON_BROKEN || walk->broken_lines > 0 ? 0 : count;
}

static bool unfold_json(struct unfolding *u, const struct cell *cell) {
    uint32_t place = unfold_place_of(u->unfold, cell->field);
    if (place == JSON_PATH_NONE) {
        return false;
    }
    struct bytes text =
        unfold_layer_text(u->layer, cell->offset, cell->offset + cell->length, NULL, 0);
    if (text.ptr == NULL) {
        return false;
    }
    if (walk_json(u, text, (size_t)(text.ptr - u->layer->bytes), place) == 0) {
        unfold_layer_undo(u->layer);
        return false;
    }
    return true;
}

static void put_pair(struct unfolding *u, const struct value_pair *pair, uint32_t key, bool query) {
    const uint32_t flags = query && percent_encoded(pair->value) ? CELL_PERCENT : 0;
    unfold_layer_value(u->layer, pair->value, json_paths_field(u->unfold->paths, key), flags,
                       u->row);
}

static uint32_t pair_key(struct unfolding *u, uint32_t place, uint32_t last, struct bytes key,
                         bool query) {
    uint8_t name[VALUE_PAIRS_KEY_BYTES + SEGMENT_PADDING] = {0};
    if (query && key.len <= VALUE_PAIRS_KEY_BYTES && percent_encoded(key)) {
        struct bytes spelled = bytes_of(name, percent_decode(key, name, 0));
        key = utf8_valid(spelled, UTF8_WHOLE) ? spelled : key;
    }
    return json_paths_key(u->unfold->paths, place, last, key);
}

bool unfold_pairs_below(struct unfolding *u, const struct cell *cell, uint32_t place, bool query) {
    struct value_pair pairs[VALUE_PAIRS_MOST];
    bool is_query;
    struct bytes text =
        unfold_layer_text(u->layer, cell->offset, cell->offset + cell->length, NULL, 0);
    if (place == JSON_PATH_NONE || text.ptr == NULL) {
        return false;
    }
    size_t count = value_pairs_read(text, pairs, &is_query); /* where they stand now */
    if (query && (!is_query || count < 2)) {
        unfold_layer_undo(u->layer);
        return false;
    }
    uint32_t key = JSON_PATH_NONE;
    for (size_t i = 0; i < count; i++) {
        uint32_t found = pair_key(u, place, key, pairs[i].key, is_query);
        key = found == place ? JSON_PATH_NONE : found;
        put_pair(u, &pairs[i], found, is_query);
    }
    u->unfold->failed |= json_paths_failed(u->unfold->paths);
    return true;
}

static bool unfold_pairs(struct unfolding *u, const struct cell *cell) {
    struct value_pair pairs[VALUE_PAIRS_MOST];
    bool query;
    struct bytes text = bytes_of(u->segment->bytes + cell->offset, cell->length);
    return value_pairs_read(text, pairs, &query) != 0 &&
           unfold_pairs_below(u, cell, unfold_place_of(u->unfold, cell->field), false);
}

void unfold_count_asked(struct habit *habit, uint32_t count) {
    habit->asked += count;
    habit->open = habit->open && (habit->pairs || habit->asked < PAIRS_ASKED);
}

bool unfold_may_hold_pairs(const struct unfolding *u) {
    static const uint8_t signs[] = {'=', ':', 0xEF}; /* the last one begins a wide colon */
    const struct bytes text =
        bytes_of(u->segment->bytes + u->segment->begin, u->segment->end - u->segment->begin);
    const size_t words = (text.len + 63) / 64;
    return u->unfold->ops->any(text.ptr, words, signs, 3) &&
           (u->unfold->ops->any(text.ptr, words, signs, 2) ||
            bytes_find(text, BYTES_LIT("：")) != SIZE_MAX);
}

static bool may_be_pairs(struct unfolding *u, const struct cell *cell) {
    struct habit *habit = &u->unfold->habits[cell->field];
    if (!habit->open) {
        return false;
    }
    unfold_count_asked(habit, 1);
    if ((cell->flags & CELL_NUMBER) != 0 || cell->length < PAIRS_MIN ||
        cell->length > VALUE_PAIRS_BYTES) {
        return false;
    }
    struct bytes head =
        bytes_first(bytes_of(u->segment->bytes + cell->offset, cell->length), SIGN_REACH);
    return memchr(head.ptr, '=', head.len) != NULL || memchr(head.ptr, ':', head.len) != NULL ||
           bytes_find(head, BYTES_LIT("：")) != SIZE_MAX;
}

/* Values of a column whose name tells their kind are undone one by one where they are read. */
static bool wants_plain(const struct unfolding *u, const struct cell *cell) {
    uint8_t first = u->segment->bytes[cell->offset];
    return (cell->flags & CELL_TEXT) != 0 || !u->unfold->habits[cell->field].planned ||
           first == '{' || first == '[';
}

static bool unfold_base64(struct unfolding *u, const struct cell *cell) {
    struct bytes text = bytes_of(u->segment->bytes + cell->offset, cell->length);
    return (base64_encoded(text) && unfold_decoded(u, cell, base64_decode)) ||
           (web_token(text) && unfold_decoded(u, cell, web_token_decode));
}

static bool unfold_structure(struct unfolding *u, const struct cell *cell) {
    uint8_t first = u->segment->bytes[cell->offset];
    if (first == '{' || first == '[') {
        return (cell->length >= JSON_MIN && unfold_json(u, cell)) ||
               (cell->length >= ARRAY_MIN && unfold_array(u, cell));
    }
    struct habit *habit = &u->unfold->habits[cell->field];
    if (unfold_serialized(u, cell)) {
        habit->pairs = true; /* go on asking */
        return true;
    }
    struct bytes content;
    struct bytes text = bytes_of(u->segment->bytes + cell->offset, cell->length);
    if (unfold_expand(u->unfold, text, &content) && unfold_made(u, cell, content)) {
        habit->pairs = true;
        return true;
    }
    if (habit->open && unfold_base64(u, cell)) {
        habit->pairs = true; /* go on asking */
        return true;
    }
    if (may_be_pairs(u, cell) && unfold_pairs(u, cell)) {
        habit->pairs = habit->open = true;
        return true;
    }
    return false;
}

/* Bytes of a column (BLOB, BYTEA, --hex-blob) that may be text, as it is or compressed: most are
 * not, as their first ones tell. Columns whose name tells their kind read such values themselves.
 */
static bool unfold_hex(struct unfolding *u, const struct cell *cell) {
    enum { LOOK = 32 };
    uint8_t first[LOOK];
    struct bytes digits = bytes_of(u->segment->bytes + cell->offset, cell->length);
    const size_t len = hex_decode(bytes_first(digits, (size_t)2 * LOOK), first, 0);
    struct packed_value packed;
    if (packed_value(bytes_of(first, len), &packed) || packed_file(bytes_of(first, len)) != NULL) {
        return unfold_decoded(u, cell, hex_decode);
    }
    for (size_t i = 0; i < len; i++) {
        if (first[i] < 0x20 && first[i] != '\t' && first[i] != '\n' && first[i] != '\r') {
            return false;
        }
    }
    return !u->unfold->habits[cell->field].planned && unfold_decoded(u, cell, hex_decode);
}

bool unfold_is_percent(const struct segment *segment, const struct cell *cell) {
    enum { LOOK = 64 };
    struct bytes text = bytes_of(segment->bytes + cell->offset, cell->length);
    return (cell->flags & (CELL_NUMBER | CELL_TEXT)) == 0 &&
           percent_encoded(bytes_first(text, LOOK)) && memchr(text.ptr, ' ', text.len) == NULL;
}

bool unfold_cell(struct unfolding *u, const struct cell *cell, bool reference) {
    if ((cell->flags & CELL_NULL) != 0 || cell->length == 0) {
        return false;
    }
    if ((cell->flags & CELL_HEX) != 0) {
        return unfold_hex(u, cell);
    }
    if ((cell->flags & CELL_ESCAPED) != 0) {
        return u->segment->unescape != NULL && wants_plain(u, cell) &&
               unfold_decoded(u, cell, u->segment->unescape);
    }
    if ((cell->flags & CELL_PERCENT) != 0) {
        return unfold_decoded(u, cell, percent_decode);
    }
    if ((cell->flags & CELL_BASE64) != 0 && unfold_base64(u, cell)) {
        return true;
    }
    const bool whole = (cell->flags & CELL_PARTIAL) == 0;
    bool structured = !u->free_text && whole && cell->field != FIELD_FREE_TEXT;
    if (!u->free_text && !whole) {
        unfold_part(u->unfold, bytes_of(u->segment->bytes + cell->offset, cell->length));
    }
    if (structured && unfold_structure(u, cell)) {
        return true;
    }
    if (structured && u->unfold->any_percent && unfold_is_percent(u->segment, cell)) {
        return unfold_decoded(u, cell, percent_decode);
    }
    return reference && unfold_decoded(u, cell, references_decode);
}
