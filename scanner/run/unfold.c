#include "run/unfold.h"

#include <stdlib.h>

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
    bool pairs;     /* one of them was */
    bool planned;   /* the name tells a kind, for sure or as a hint … */
    bool told;      /* … for sure */
};

struct unfold {
    const struct block64_ops *ops;
    struct field_set *fields;
    struct match_state *match;
    struct habit *habits; /* by field number */
    uint32_t habit_count, habit_capacity;
    struct json_paths *paths; /* of this unit; NULL: not needed yet */
    struct json_walk *walk;   /* NULL: not needed yet */
    uint32_t *references;     /* where "&#" stands in the segment in work */
    size_t reference_count, reference_capacity;
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
    free(unfold->references);
    free(unfold);
}

void unfold_begin(struct unfold *unfold, struct field_set *fields, struct match_state *match) {
    unfold->fields = fields;
    unfold->match = match;
    unfold->habit_count = 0;
    json_paths_free(unfold->paths);
    unfold->paths = NULL;
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
                           .planned = planned,
                           .told = planned && name->strength == NAME_TELLS};
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
    size_t copied; /* cells of the segment that are among the marked ones already */
    uint64_t row;  /* of the cell in work */
};

static bool unfold_decoded(struct unfolding *u, const struct cell *cell, unfold_decode_fn *decode) {
    struct bytes text = unfold_layer_text(u->layer, cell->offset, cell->offset + cell->length,
                                          decode, u->segment->dialect);
    if (text.ptr == NULL) {
        return false;
    }
    if (text.len == 0 || (decode == percent_decode && !utf8_valid(text, UTF8_MAY_BE_CUT))) {
        unfold_layer_undo(u->layer);
        return false;
    }
    struct cell plain = {.offset = (uint32_t)(text.ptr - u->layer->bytes),
                         .length = (uint32_t)text.len,
                         .field = cell->field,
                         .flags = cell->flags & ~(uint32_t)(CELL_ESCAPED | CELL_PERCENT)};
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
        uint32_t found = json_paths_key(u->unfold->paths, place, key, pairs[i].key);
        key = found == place ? JSON_PATH_NONE : found;
        put_pair(u, &pairs[i], found, query);
    }
    u->unfold->failed |= json_paths_failed(u->unfold->paths);
    return true;
}

static bool may_be_pairs(struct unfolding *u, const struct cell *cell) {
    struct habit *habit = &u->unfold->habits[cell->field];
    if (habit->told || cell->length < PAIRS_MIN || cell->length > VALUE_PAIRS_BYTES ||
        (habit->asked >= PAIRS_ASKED && !habit->pairs)) {
        return false;
    }
    habit->asked += !habit->pairs;
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

static bool unfold_structure(struct unfolding *u, const struct cell *cell) {
    uint8_t first = u->segment->bytes[cell->offset];
    if (first == '{' || first == '[') {
        return cell->length >= JSON_MIN && unfold_json(u, cell);
    }
    if ((cell->flags & CELL_NUMBER) == 0 && may_be_pairs(u, cell) && unfold_pairs(u, cell)) {
        u->unfold->habits[cell->field].pairs = true;
        return true;
    }
    return false;
}

static bool unfold_cell(struct unfolding *u, const struct cell *cell, bool reference) {
    if ((cell->flags & (CELL_NULL | CELL_HEX)) != 0 || cell->length == 0) {
        return false;
    }
    if ((cell->flags & CELL_ESCAPED) != 0) {
        return u->segment->unescape != NULL && wants_plain(u, cell) &&
               unfold_decoded(u, cell, u->segment->unescape);
    }
    if ((cell->flags & CELL_PERCENT) != 0) {
        return unfold_decoded(u, cell, percent_decode);
    }
    bool structured = (u->segment->flags & SEGMENT_FREE_TEXT) == 0 &&
                      (cell->flags & CELL_PARTIAL) == 0 && cell->field != FIELD_FREE_TEXT;
    if (structured && unfold_structure(u, cell)) {
        return true;
    }
    return reference && unfold_decoded(u, cell, references_decode);
}

/* ---- one segment ---- */

/* Where "&#" stands in it. */
static bool find_references(struct unfold *unfold, const struct segment *segment) {
    static const uint8_t wanted[2] = {'&', '#'};
    uint64_t sets[2][CHUNK_BLOCKS];
    uint64_t *const out[2] = {sets[0], sets[1]};
    unfold->reference_count = 0;
    for (size_t at = segment->begin; at < segment->end; at += 64 * (size_t)CHUNK_BLOCKS) {
        size_t blocks = (segment->end - at + 63) / 64;
        blocks = blocks < CHUNK_BLOCKS ? blocks : CHUNK_BLOCKS;
        unfold->ops->find(segment->bytes + at, blocks, wanted, 2, out);
        for (size_t b = 0; b < blocks; b++) {
            size_t base = at + 64 * b;
            uint64_t next = segment->bytes[base + 64] == '#';
            for (uint64_t left = sets[0][b] & (sets[1][b] >> 1 | next << 63); left != 0;
                 left &= left - 1) {
                size_t place = base + (size_t)__builtin_ctzll(left);
                if (place >= segment->end) {
                    break;
                }
                if (!unfold_reserve(&unfold->layers[0], (void **)&unfold->references,
                                    &unfold->reference_capacity, unfold->reference_count + 1,
                                    sizeof *unfold->references)) {
                    return false;
                }
                unfold->references[unfold->reference_count++] = (uint32_t)place;
            }
        }
    }
    return true;
}

static void copy_cells_before(struct unfolding *u, size_t index) {
    for (; u->copied < index; u->copied++) {
        unfold_layer_mark(u->layer, u->segment->cells[u->copied], 0);
    }
}

/* Running text with a reference at PLACE and no cell before index NEXT_CELL: its line, between the
 * cells around it, is unfolded. Returns where that ends. */
static size_t unfold_gap(struct unfolding *u, size_t place, size_t next_cell) {
    const struct segment *s = u->segment;
    size_t begin = s->begin, end = s->end;
    if (next_cell > 0) {
        const struct cell *before = &s->cells[next_cell - 1];
        size_t behind = (size_t)before->offset + before->length;
        begin = behind > begin ? behind : begin;
    }
    if (next_cell < s->cell_count && s->cells[next_cell].offset < end) {
        end = s->cells[next_cell].offset;
    }
    const uint8_t *line = memrchr(s->bytes + begin, '\n', place - begin);
    begin = line != NULL ? (size_t)(line - s->bytes) + 1 : begin;
    line = memchr(s->bytes + place, '\n', end - place);
    end = line != NULL ? (size_t)(line - s->bytes) : end;
    struct cell gap = {.offset = (uint32_t)begin,
                       .length = (uint32_t)(end - begin),
                       .field = s->gap_field,
                       .flags = CELL_TEXT};
    if (unfold_decoded(u, &gap, references_decode)) {
        copy_cells_before(u, next_cell);
        unfold_layer_mark(u->layer, gap, CELL_UNFOLDED);
    }
    return end;
}

static void unfold_cells(struct unfolding *u) {
    const struct segment *s = u->segment;
    const struct unfold *unfold = u->unfold;
    size_t reference = 0, row = 0;
    bool gaps = (s->flags & SEGMENT_FREE_TEXT) != 0;
    for (size_t i = 0; i <= s->cell_count; i++) {
        size_t begin = i < s->cell_count ? s->cells[i].offset : s->end;
        size_t done = 0;
        for (; reference < unfold->reference_count && unfold->references[reference] < begin;
             reference++) {
            if (gaps && unfold->references[reference] >= done) {
                done = unfold_gap(u, unfold->references[reference], i);
            }
        }
        if (i == s->cell_count) {
            break;
        }
        while (row < s->row_count && s->rows[row].first_cell <= i) {
            u->row = s->rows[row++].row;
        }
        size_t behind = begin + s->cells[i].length, first = reference;
        while (reference < unfold->reference_count && unfold->references[reference] < behind) {
            reference++;
        }
        if (unfold_cell(u, &s->cells[i], reference > first)) {
            copy_cells_before(u, i);
            unfold_layer_mark(u->layer, s->cells[i], CELL_UNFOLDED);
            u->copied = i + 1;
        }
    }
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
    };
}

int unfold_segment(struct unfold *unfold, unsigned level, const struct segment *segment,
                   struct segment *marked, const struct segment **content, struct error *err) {
    if (level >= UNFOLD_LEVELS || (segment->flags & SEGMENT_BINARY) != 0) {
        return 0;
    }
    struct unfolding u = {.unfold = unfold, .layer = &unfold->layers[level], .segment = segment};
    unfold->failed = false;
    unfold_layer_start(u.layer, segment);
    bool ok = learn_fields(unfold) && find_references(unfold, segment);
    if (ok && (segment->cell_count > 0 || unfold->reference_count > 0)) {
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
