#include "run/unfold/unfold.h"

#include <stdlib.h>

#include "core/hash64.h"
#include "decode/encoded_text.h"
#include "decode/keyed/values.h"
#include "run/unfold/state.h"

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
    block_buffer_release(&unfold->expanded);
    free(unfold->references);
    free(unfold);
}

void unfold_begin(struct unfold *unfold, const struct decode_input *in, struct match_state *match) {
    unfold->fields = in->fields;
    unfold->blocks = in->blocks;
    unfold->report = in->report;
    unfold->match = match;
    unfold->habit_count = 0;
    json_paths_free(unfold->paths);
    unfold->paths = NULL;
    unfold->queries = unfold->tokens = JSON_PATH_NONE;
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

/* ---- one segment ---- */

/* Do its first bytes open JSON, or an array or object of PHP (a:1:{, O:4:"User":1:{)? */
static inline bool opens_members(const struct segment *segment, const struct cell *cell) {
    _Static_assert(('[' | 0x20) == '{', "one comparison tells both");
    const uint8_t *p = segment->bytes + cell->offset;
    return (p[0] | 0x20) == '{' || (p[1] == ':' && (p[0] == 'a' || p[0] == 'O'));
}

/* Is there anything to do in a cell? Asked for every cell of everything that is scanned. */
static inline bool is_of_interest(const struct unfolding *u, const struct cell *cell) {
    const struct unfold *unfold = u->unfold;
    return (cell->flags & (CELL_ESCAPED | CELL_PERCENT | CELL_BASE64 | CELL_HEX)) != 0 ||
           unfold->any_reference ||
           (!u->free_text && (unfold->habits[cell->field].open ||
                              (unfold->any_bracket && opens_members(u->segment, cell)) ||
                              (unfold->any_percent && unfold_is_percent(u->segment, cell))));
}

static bool any_opens_members(const struct segment *segment) {
    bool any = false;
    for (size_t i = 0; i < segment->cell_count; i++) {
        any |= opens_members(segment, &segment->cells[i]);
    }
    return any;
}

/* Most tables of a dump and most lines of JSON: nothing in any cell, as one look at the columns
 * shows, and one at the first bytes where there are brackets. */
static bool nothing_to_unfold(const struct unfolding *u) {
    const struct segment *segment = u->segment;
    const struct unfold *unfold = u->unfold;
    if (segment->columns == 0 || u->free_text || unfold->any_reference || unfold->any_percent ||
        (segment->cell_flags & (CELL_ESCAPED | CELL_PERCENT | CELL_BASE64 | CELL_HEX)) != 0) {
        return false;
    }
    bool open = false;
    for (size_t column = 0; column < segment->columns; column++) {
        open |= unfold->habits[segment->cells[column].field].open;
    }
    return !open &&
           (!unfold->any_bracket || (!any_opens_members(segment) && !unfold_may_hold_token(u)));
}

/* ---- columns that are still asked ---- */

enum { SETTLED_COLUMNS = 64 };

/* Values of regular rows without anything that each cell would have to be asked for. */
static bool are_plain_rows(const struct unfolding *u) {
    const uint32_t asked =
        CELL_ESCAPED | CELL_PERCENT | CELL_BASE64 | CELL_HEX | CELL_PARTIAL | CELL_UNFOLDED;
    const struct segment *segment = u->segment;
    const struct unfold *unfold = u->unfold;
    return segment->columns != 0 && !u->free_text && !unfold->any_reference &&
           !unfold->any_percent && (segment->cell_flags & asked) == 0 &&
           segment->cells[segment->cell_count - 1].offset < segment->end &&
           (!unfold->any_bracket || !any_opens_members(segment)) && !unfold_may_hold_token(u);
}

/* No sign stands in the segment, so no cell is made of pairs; is one of COLUMN in base64? */
static bool column_is_settled(const struct segment *segment, size_t column, uint32_t *asked) {
    for (size_t i = column; i < segment->cell_count; i += segment->columns) {
        const struct cell *cell = &segment->cells[i];
        const bool empty = (cell->flags & CELL_NULL) != 0 || cell->length == 0;
        if (!empty && cell->length >= BASE64_TEXT_MIN &&
            base64_encoded(bytes_of(segment->bytes + cell->offset, cell->length))) {
            return false;
        }
        *asked += !empty;
    }
    return true;
}

/* Most columns that are still asked hold numbers, days and words: when no sign of pairs stands
 * anywhere, a look down each of them settles all its cells. */
static bool settle_columns(const struct unfolding *u) {
    const struct segment *segment = u->segment;
    uint32_t asked[SETTLED_COLUMNS] = {0};
    if (segment->columns > SETTLED_COLUMNS || !are_plain_rows(u) || unfold_may_hold_pairs(u)) {
        return false;
    }
    for (size_t i = 0; i < segment->columns; i++) {
        const uint32_t field = segment->cells[i].field;
        if (u->unfold->habits[field].open &&
            (field == FIELD_FREE_TEXT || !column_is_settled(segment, i, &asked[i]))) {
            return false;
        }
    }
    for (size_t i = 0; i < segment->columns; i++) {
        unfold_count_asked(&u->unfold->habits[segment->cells[i].field], asked[i]);
    }
    return true;
}

static void unfold_cells(struct unfolding *u) {
    const struct segment *s = u->segment;
    size_t row = 0, gap = s->begin;
    u->any_token = !u->free_text && unfold_may_hold_token(u);
    for (size_t i = 0; i < s->cell_count; i++) {
        const struct cell *cell = &s->cells[i];
        const bool nothing = (cell->flags & CELL_NULL) != 0 && !u->free_text;
        const bool asked = is_of_interest(u, cell);
        const bool may_hold_token = u->any_token && cell->length >= UNFOLD_TOKEN_BYTES;
        if (nothing || cell->offset >= s->end || (!asked && !may_hold_token)) {
            continue;
        }
        unfold_gaps(u, gap, cell->offset, i);
        size_t behind = (size_t)cell->offset + cell->length;
        gap = behind < s->end ? behind : s->end;
        while (row < s->row_count && s->rows[row].first_cell <= i) {
            u->row = segment_row(s, row++);
        }
        if (asked && unfold_cell(u, cell, unfold_next_mark(u, cell->offset, gap) < gap)) {
            unfold_copy_cells(u, i);
            unfold_layer_mark(u->layer, *cell, CELL_UNFOLDED);
            u->copied = i + 1;
        } else if (may_hold_token && unfold_tokens(u, cell->offset, gap)) {
            struct habit *habit = &u->unfold->habits[cell->field];
            habit->pairs = habit->open = true; /* go on asking */
        }
    }
    unfold_gaps(u, gap, s->end, s->cell_count);
    if (u->free_text) {
        (void)unfold_tokens(u, s->begin, s->end);
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
    bool ok = learn_fields(unfold) && unfold_find_marks(unfold, segment);
    if (ok && !nothing_to_unfold(&u) && !settle_columns(&u)) {
        unfold_cells(&u);
    }
    if (!ok || unfold->failed || u.layer->failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for values inside values");
    }
    if (u.layer->piece_count == 0) {
        return 0;
    }
    unfold_copy_cells(&u, segment->cell_count);
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
