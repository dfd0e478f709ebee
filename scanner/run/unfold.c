#include "run/unfold.h"

#include <stdlib.h>

#include "core/block64/bits.h"
#include "core/hash64.h"
#include "core/utf8.h"
#include "decode/encoded_text.h"
#include "decode/keyed_values.h"
#include "decode/value_pairs.h"
#include "run/unfold_layer.h"

enum {
    JSON_MIN = 8,  /* {"k":"v"} is shorter, and no value either */
    PAIRS_MIN = 8, /* the same for k=v */
    /* A column in which none of so many values was made of pairs is not asked any more. */
    PAIRS_ASKED = 512,
    SIGN_REACH = 200, /* a first key and its sign stand that near */
    CHUNK_BLOCKS = 64,
};

/* What is known of a field's cells. */
struct habit {
    uint32_t place; /* json_paths; JSON_PATH_NONE: not made yet */
    uint32_t asked; /* how many were asked for pairs */
    bool pairs;     /* one of them was, or was text in base64 */
    bool open;      /* the next one is asked, too */
    bool planned;   /* the name tells a kind or hints at one */
};

struct unfold {
    const struct block64_ops *ops;
    struct field_set *fields;
    struct match_state *match;
    struct habit *habits; /* by field number */
    uint32_t habit_count, habit_capacity;
    struct json_paths *paths; /* of this unit; NULL: not needed yet */
    struct json_walk *walk;   /* NULL: not needed yet */
    /* Of the segment in work, from its begin on: where '{' and '[' stand, and where "&#" does. */
    uint64_t *brackets, *references;
    size_t set_words;
    bool any_bracket, any_reference;
    bool failed; /* memory ran out */
    struct unfold_layer layers[UNFOLD_LEVELS];
};

struct unfold *unfold_new(const struct block64_ops *ops) {
    struct unfold *unfold = calloc(1, sizeof *unfold);
    if (unfold != NULL) {
        unfold->ops = ops;
    }
    return unfold;
}

void unfold_free(struct unfold *unfold) {
    if (unfold == NULL) {
        return;
    }
    for (size_t i = 0; i < UNFOLD_LEVELS; i++) {
        unfold_layer_release(&unfold->layers[i]);
    }
    json_paths_free(unfold->paths);
    json_walk_free(unfold->walk);
    free(unfold->habits);
    free(unfold->brackets);
    free(unfold);
}

void unfold_begin(struct unfold *unfold, struct field_set *fields, struct match_state *match) {
    unfold->fields = fields;
    unfold->match = match;
    unfold->habit_count = 0;
    json_paths_free(unfold->paths);
    unfold->paths = NULL;
}

struct unfold_learned unfold_learned(const struct unfold *unfold) {
    struct unfold_learned learned = {
        .keys = unfold->paths == NULL ? 0 : json_paths_count(unfold->paths)};
    for (uint32_t i = 0; i < unfold->habit_count; i++) {
        const struct field *field = field_set_field(unfold->fields, i);
        const struct table *table = field_set_table_view(unfold->fields, field->table);
        learned.pairs +=
            unfold->habits[i].pairs ? hash64(field->column, hash64(table->name, 1)) : 0;
    }
    return learned;
}

/* ---- fields ---- */

static bool learn_fields(struct unfold *unfold) {
    uint32_t count = field_set_field_count(unfold->fields);
    if (count > unfold->habit_capacity) {
        struct habit *bigger = realloc(unfold->habits, 2 * (size_t)count * sizeof *bigger);
        if (bigger == NULL) {
            return false;
        }
        unfold->habits = bigger;
        unfold->habit_capacity = 2 * count;
    }
    for (; unfold->habit_count < count; unfold->habit_count++) {
        const struct name_reading *name =
            match_name(unfold->match, unfold->fields, unfold->habit_count);
        bool planned = name->strength >= NAME_HINT && name->kinds != 0;
        unfold->habits[unfold->habit_count] =
            (struct habit){.place = JSON_PATH_NONE,
                           .open = !(planned && name->strength == NAME_TELLS),
                           .planned = planned};
    }
    return true;
}

/* The place below which the keys in a field's cells stand; JSON_PATH_NONE when memory is out. */
static uint32_t place_of(struct unfold *unfold, uint32_t number) {
    if (unfold->paths == NULL) {
        unfold->paths = json_paths_new(unfold->fields);
    }
    if (unfold->walk == NULL && unfold->paths != NULL) {
        unfold->walk = json_walk_new(unfold->paths, unfold->ops, JSON_ROWS_NONE);
    }
    if (unfold->paths == NULL || unfold->walk == NULL) {
        unfold->failed = true;
        return JSON_PATH_NONE;
    }
    unfold->walk->paths = unfold->paths;
    struct habit *habit = &unfold->habits[number];
    if (habit->place == JSON_PATH_NONE) {
        const struct field *field = field_set_field(unfold->fields, number);
        habit->place = json_paths_column(unfold->paths, field->table, field->column);
    }
    unfold->failed |= habit->place == JSON_PATH_NONE;
    return habit->place;
}

/* ---- one cell ---- */

/* A segment whose cells are being looked at. */
struct unfolding {
    struct unfold *unfold;
    struct unfold_layer *layer;
    const struct segment *segment;
    bool free_text;
    size_t copied; /* cells of the segment that are among the marked ones already */
    uint64_t row;  /* of the cell in work */
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

static bool unfold_decoded(struct unfolding *u, const struct cell *cell, unfold_decode_fn *decode) {
    struct bytes text = unfold_layer_text(u->layer, cell->offset, cell->offset + cell->length,
                                          decode, u->segment->dialect);
    if (text.ptr == NULL) {
        return false;
    }
    bool foreign = (decode == percent_decode && !utf8_valid(text, UTF8_MAY_BE_CUT)) ||
                   ((decode == base64_decode || decode == web_token_decode) &&
                    !is_text(text, BASE64_TEXT_MIN)) ||
                   (decode == hex_decode && !is_text(text, HEX_TEXT_MIN));
    bool unchanged = decode == references_decode && text.len == cell->length;
    if (text.len == 0 || foreign || unchanged) {
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
    uint32_t place = place_of(u->unfold, cell->field);
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
    uint32_t flags = pair->value.len == 0 ? CELL_NULL : 0;
    flags |= query && percent_encoded(pair->value) ? CELL_PERCENT : 0U;
    flags |= pair->value.len > JSON_TEXT_BYTES ? CELL_TEXT : 0U;
    struct cell cell = {.offset = (uint32_t)(pair->value.ptr - u->layer->bytes),
                        .length = (uint32_t)pair->value.len,
                        .field = json_paths_field(u->unfold->paths, key),
                        .flags = flags};
    unfold_layer_cell(u->layer, cell, u->row);
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

static bool unfold_pairs(struct unfolding *u, const struct cell *cell) {
    struct value_pair pairs[VALUE_PAIRS_MOST];
    bool query;
    struct bytes text = bytes_of(u->segment->bytes + cell->offset, cell->length);
    if (value_pairs_read(text, pairs, &query) == 0) {
        return false;
    }
    uint32_t place = place_of(u->unfold, cell->field), key = JSON_PATH_NONE;
    text = unfold_layer_text(u->layer, cell->offset, cell->offset + cell->length, NULL, 0);
    if (place == JSON_PATH_NONE || text.ptr == NULL) {
        return false;
    }
    size_t count = value_pairs_read(text, pairs, &query); /* where they stand now */
    for (size_t i = 0; i < count; i++) {
        uint32_t found = pair_key(u, place, key, pairs[i].key, query);
        key = found == place ? JSON_PATH_NONE : found;
        put_pair(u, &pairs[i], found, query);
    }
    u->unfold->failed |= json_paths_failed(u->unfold->paths);
    return true;
}

static bool may_be_pairs(struct unfolding *u, const struct cell *cell) {
    struct habit *habit = &u->unfold->habits[cell->field];
    if (!habit->open) {
        return false;
    }
    habit->asked++;
    habit->open = habit->pairs || habit->asked < PAIRS_ASKED;
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
        return cell->length >= JSON_MIN && unfold_json(u, cell);
    }
    struct habit *habit = &u->unfold->habits[cell->field];
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

/* Bytes of a column (BLOB, BYTEA, --hex-blob) that may be text: most are not, as their first ones
 * tell. Columns whose name tells their kind read such values themselves. */
static bool unfold_hex(struct unfolding *u, const struct cell *cell) {
    enum { LOOK = 32 };
    uint8_t first[LOOK];
    struct bytes digits = bytes_of(u->segment->bytes + cell->offset, cell->length);
    const size_t len = hex_decode(bytes_first(digits, (size_t)2 * LOOK), first, 0);
    for (size_t i = 0; i < len; i++) {
        if (first[i] < 0x20 && first[i] != '\t' && first[i] != '\n' && first[i] != '\r') {
            return false;
        }
    }
    return !u->unfold->habits[cell->field].planned && unfold_decoded(u, cell, hex_decode);
}

static bool unfold_cell(struct unfolding *u, const struct cell *cell, bool reference) {
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
    bool structured =
        !u->free_text && (cell->flags & CELL_PARTIAL) == 0 && cell->field != FIELD_FREE_TEXT;
    if (structured && unfold_structure(u, cell)) {
        return true;
    }
    return reference && unfold_decoded(u, cell, references_decode);
}

/* ---- one segment ---- */

static bool reserve_sets(struct unfold *unfold, size_t words) {
    if (words > unfold->set_words) {
        uint64_t *bigger = realloc(unfold->brackets, 2 * (words + 1) * sizeof *bigger);
        if (bigger == NULL) {
            return false;
        }
        unfold->brackets = bigger;
        unfold->set_words = words;
    }
    unfold->references = unfold->brackets + unfold->set_words + 1;
    return true;
}

/* "&#" among 64 * BLOCKS bytes, where AMPERSANDS has the '&': hardly any text has many. */
static uint64_t keep_references(const uint8_t *bytes, size_t blocks, uint64_t *ampersands) {
    uint64_t any = 0;
    for (size_t b = 0; b < blocks; b++) {
        for (uint64_t left = ampersands[b]; left != 0; left &= left - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(left);
            if (bytes[64 * b + bit + 1] != '#') {
                ampersands[b] &= ~(UINT64_C(1) << bit);
            }
        }
        any |= ampersands[b];
    }
    return any;
}

/* In running text brackets say nothing. */
static bool find_marks(struct unfold *unfold, const struct segment *segment) {
    static const uint8_t wanted[3] = {'&', '{', '['};
    const size_t count = (segment->flags & SEGMENT_FREE_TEXT) != 0 ? 1 : 3;
    const uint8_t *bytes = segment->bytes + segment->begin;
    size_t len = segment->end - segment->begin, words = (len + 63) / 64;
    uint64_t squares[CHUNK_BLOCKS] = {0}, any = 0, any_bracket = 0;
    if (!unfold->ops->any(bytes, words, wanted, count)) { /* as most of the time */
        unfold->any_reference = unfold->any_bracket = false;
        return true;
    }
    if (!reserve_sets(unfold, words)) {
        return false;
    }
    for (size_t at = 0; at < words; at += CHUNK_BLOCKS) {
        size_t blocks = words - at < CHUNK_BLOCKS ? words - at : CHUNK_BLOCKS;
        uint64_t *const out[3] = {unfold->references + at, unfold->brackets + at, squares};
        unfold->ops->find(bytes + 64 * at, blocks, wanted, count, out);
        any |= keep_references(bytes + 64 * at, blocks, unfold->references + at);
        for (size_t b = 0; count != 1 && b < blocks; b++) {
            unfold->brackets[at + b] |= squares[b];
            any_bracket |= unfold->brackets[at + b];
        }
    }
    unfold->any_reference = any != 0;
    unfold->any_bracket = any_bracket != 0;
    return true;
}

/* The first reference in [from, end) of the segment, or end. */
static size_t next_reference(const struct unfolding *u, size_t from, size_t end) {
    size_t begin = u->segment->begin;
    if (!u->unfold->any_reference || from >= end) {
        return end;
    }
    return begin + bits_next(u->unfold->references, from - begin, end - begin);
}

static void copy_cells_before(struct unfolding *u, size_t index) {
    for (; u->copied < index; u->copied++) {
        unfold_layer_mark(u->layer, u->segment->cells[u->copied], 0);
    }
}

/* Running text [begin, end) before the cell of index NEXT_CELL: its lines with references. */
static void unfold_gaps(struct unfolding *u, size_t begin, size_t end, size_t next_cell) {
    const struct segment *s = u->segment;
    size_t place;
    while (u->free_text && (place = next_reference(u, begin, end)) < end) {
        const uint8_t *line = memrchr(s->bytes + begin, '\n', place - begin);
        begin = line != NULL ? (size_t)(line - s->bytes) + 1 : begin;
        line = memchr(s->bytes + place, '\n', end - place);
        size_t stop = line != NULL ? (size_t)(line - s->bytes) : end;
        struct cell gap = {.offset = (uint32_t)begin,
                           .length = (uint32_t)(stop - begin),
                           .field = s->gap_field,
                           .flags = CELL_TEXT};
        if (unfold_decoded(u, &gap, references_decode)) {
            copy_cells_before(u, next_cell);
            unfold_layer_mark(u->layer, gap, CELL_UNFOLDED);
        }
        begin = stop;
    }
}

/* Is there anything to do in a cell? Asked for every cell of everything that is scanned. */
static inline bool is_of_interest(const struct unfolding *u, const struct cell *cell) {
    const struct unfold *unfold = u->unfold;
    size_t at = cell->offset - u->segment->begin;
    return (cell->flags & (CELL_ESCAPED | CELL_PERCENT | CELL_BASE64 | CELL_HEX)) != 0 ||
           unfold->any_reference ||
           (!u->free_text &&
            (unfold->habits[cell->field].open ||
             (unfold->any_bracket && (unfold->brackets[at >> 6] >> (at & 63) & 1) != 0)));
}

/* Most tables of a dump: nothing in any cell, as one look at the columns shows. */
static bool nothing_to_unfold(const struct unfolding *u) {
    const struct segment *segment = u->segment;
    const struct unfold *unfold = u->unfold;
    if (segment->columns == 0 || u->free_text || unfold->any_bracket || unfold->any_reference ||
        (segment->cell_flags & (CELL_ESCAPED | CELL_PERCENT | CELL_BASE64 | CELL_HEX)) != 0) {
        return false;
    }
    bool open = false;
    for (size_t column = 0; column < segment->columns; column++) {
        open |= unfold->habits[segment->cells[column].field].open;
    }
    return !open;
}

static void unfold_cells(struct unfolding *u) {
    const struct segment *s = u->segment;
    size_t row = 0, gap = s->begin;
    for (size_t i = 0; i < s->cell_count; i++) {
        const struct cell *cell = &s->cells[i];
        bool nothing = (cell->flags & CELL_NULL) != 0 && !u->free_text;
        if (nothing || cell->offset >= s->end || !is_of_interest(u, cell)) {
            continue;
        }
        unfold_gaps(u, gap, cell->offset, i);
        size_t behind = (size_t)cell->offset + cell->length;
        gap = behind < s->end ? behind : s->end;
        while (row < s->row_count && s->rows[row].first_cell <= i) {
            u->row = s->rows[row++].row;
        }
        if (unfold_cell(u, cell, next_reference(u, cell->offset, gap) < gap)) {
            copy_cells_before(u, i);
            unfold_layer_mark(u->layer, *cell, CELL_UNFOLDED);
            u->copied = i + 1;
        }
    }
    unfold_gaps(u, gap, s->end, s->cell_count);
}

static void finish_content(struct unfolding *u) {
    struct unfold_layer *layer = u->layer;
    layer->content = (struct segment){
        .bytes = layer->bytes,
        .len = layer->len,
        .end = layer->len,
        .cells = layer->cells,
        .cell_count = layer->cell_count,
        .rows = layer->rows,
        .row_count = layer->row_count,
        .gap_field = FIELD_FREE_TEXT,
        .width_rule = u->segment->width_rule,
        .unescape = keyed_values_unescape,
        .outer = u->segment,
        .locate = unfold_layer_locate,
        .locate_context = layer,
    };
}

int unfold_segment(struct unfold *unfold, unsigned level, const struct segment *segment,
                   struct segment *marked, const struct segment **content, struct error *err) {
    if (level >= UNFOLD_LEVELS || (segment->flags & SEGMENT_BINARY) != 0) {
        return 0;
    }
    struct unfolding u = {.unfold = unfold,
                          .layer = &unfold->layers[level],
                          .segment = segment,
                          .free_text = (segment->flags & SEGMENT_FREE_TEXT) != 0};
    unfold->failed = false;
    unfold_layer_start(u.layer, segment);
    bool ok = learn_fields(unfold) && find_marks(unfold, segment);
    if (ok && !nothing_to_unfold(&u)) {
        unfold_cells(&u);
    }
    if (!ok || unfold->failed || u.layer->failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for values inside values");
    }
    if (u.layer->piece_count == 0) {
        return 0;
    }
    copy_cells_before(&u, segment->cell_count);
    if (u.layer->failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for values inside values");
    }
    finish_content(&u);
    *marked = *segment;
    marked->cells = u.layer->marked;
    marked->cell_count = u.layer->marked_count;
    *content = &u.layer->content;
    return 1;
}
