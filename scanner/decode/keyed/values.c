#include "decode/keyed/values.h"

#include <stdlib.h>

#include "core/block64/bits.h"
#include "core/hash64.h"
#include "decode/keyed/key_slots.h"
#include "decode/keyed/members.h"
#include "decode/keyed/rows.h"
#include "decode/keyed/value_end.h"
#include "decode/keyed/var_dump.h"

enum {
    CHUNK_BLOCKS = 64, /* the position sets of a chunk stay in the first-level cache */
    KEY_REACH = 128,   /* how far before `begin` the mark of a value may stand */
    SHORT_KEY = 16,    /* bytes of keys that are remembered by their bytes */
    REMEMBERED = 64,
};

/* A key that tells something, and its field. Most keys of a log are a few short ones. */
struct known_key {
    uint64_t bytes[2]; /* of the key, then zeros */
    uint32_t length;   /* 0: free */
    uint32_t field;
};

struct keyed_values {
    struct field_set *fields;
    const struct block64_ops *ops;
    struct cell *cells;
    size_t cell_count, cell_capacity;
    size_t key_count;
    bool of_program, with_members;
    struct bare_value bare;
    struct keyed_members members;
    size_t line_end; /* of the line in which rows were looked for last */
    bool rows_wait;  /* it has some, further on */
    struct keyed_rows rows;
    uint64_t sets[4][CHUNK_BLOCKS]; /* of '=', quotes, apostrophes and colons */
    struct key_slots slots;
    struct known_key known[REMEMBERED];
};

struct keyed_values *keyed_values_new(struct field_set *fields, const struct block64_ops *ops) {
    struct keyed_values *keys = calloc(1, sizeof *keys);
    if (keys != NULL) {
        keys->fields = fields;
        keys->ops = ops;
    }
    return keys;
}

void keyed_values_of_program(struct keyed_values *keys) {
    keys->of_program = true;
}

void keyed_values_with_members(struct keyed_values *keys) {
    keys->with_members = true;
}

size_t keyed_values_known(const struct keyed_values *keys) {
    return keys->key_count;
}

void keyed_values_free(struct keyed_values *keys) {
    if (keys != NULL) {
        free(keys->cells);
        key_slots_release(&keys->slots);
        free(keys);
    }
}

/* ---- keys that were met before ---- */

/* Reads SHORT_KEY bytes from KEY on. */
static struct known_key short_key(struct bytes key) {
    struct known_key out = {.length = (uint32_t)key.len};
    memcpy(out.bytes, key.ptr, sizeof out.bytes);
    size_t low = key.len < 8 ? key.len : 8;
    out.bytes[0] &= bits_low_mask(8 * low);
    out.bytes[1] &= bits_low_mask(8 * (key.len - low));
    return out;
}

static size_t known_place(const struct known_key *key) {
    return hash64_mix(key->bytes[0] ^ key->length, key->bytes[1] ^ UINT64_C(0x9E3779B97F4A7C15)) %
           REMEMBERED;
}

/* UINT32_MAX: not met, or long. KEY stands in a text with padding. */
static uint32_t known_field(const struct keyed_values *keys, struct bytes key) {
    if (key.len == 0 || key.len > SHORT_KEY) {
        return UINT32_MAX;
    }
    struct known_key wanted = short_key(key);
    const struct known_key *known = &keys->known[known_place(&wanted)];
    bool same = known->length == wanted.length && known->bytes[0] == wanted.bytes[0] &&
                known->bytes[1] == wanted.bytes[1];
    return same ? known->field : UINT32_MAX;
}

static void remember(struct keyed_values *keys, struct bytes key, uint32_t field) {
    if (key.len <= SHORT_KEY) {
        struct known_key known = short_key(key);
        known.field = field;
        keys->known[known_place(&known)] = known;
    }
}

/* Does a token of web services or a scheme of authentication stand behind the colon at P? */
static bool is_header(const uint8_t *p) {
    return p[1] == ' ' && (memcmp(p + 2, "eyJ", 3) == 0 || memcmp(p + 2, "Bearer ", 7) == 0 ||
                           memcmp(p + 2, "bearer ", 7) == 0 || memcmp(p + 2, "Basic ", 6) == 0);
}

/* ["name":protected]=> and ["name":"Class":private]=>: the quote at MARK ends a name of PHP's. */
static bool is_member_of_class(struct bytes text, size_t mark) {
    const uint8_t behind = text.ptr[mark + 2];
    if (behind != 'p' && behind != '"') {
        return false;
    }
    size_t value = mark + 3;
    while (behind == '"' && value < text.len && value < mark + KEYED_MAX_KEY_BYTES &&
           text.ptr[value] != '"' && text.ptr[value] >= ' ') {
        value++;
    }
    const bool class = behind == '"' && value + 1 < text.len && text.ptr[value + 1] == ':';
    return (behind == 'p' || class) && var_dump_tells(text, mark);
}

static bool read_member(struct keyed_values *keys, struct bytes text, size_t mark,
                        struct keyed *out) {
    if (!keys->with_members || !keyed_member_read(&keys->members, &keys->bare, text, mark, out)) {
        return false;
    }
    out->field = known_field(keys, bytes_of(text.ptr + out->key, out->key_end - out->key));
    return true;
}

/* The mark at MARK is an equals sign, also of an arrow, a quote with a colon behind it, or the
 * colon of a header or a member. */
static bool read_keyed(struct keyed_values *keys, struct bytes text, size_t mark,
                       struct keyed *out) {
    if (text.ptr[mark] == ':') {
        out->field = UINT32_MAX;
        if (!is_header(text.ptr + mark)) {
            return read_member(keys, text, mark, out);
        }
        return keyed_key_place(text, mark, out) &&
               keyed_value_read(&keys->bare, keys->of_program, text, mark, mark + 1, out);
    }
    if (text.ptr[mark] != '=') {
        out->field = UINT32_MAX;
        return keyed_key_quoted(text, mark, out) && !is_member_of_class(text, mark) &&
               keyed_value_read(&keys->bare, keys->of_program, text, mark, mark + 2, out);
    }
    if (text.ptr[mark + 1] == '>') {
        out->field = UINT32_MAX;
        return keyed_key_arrow(text, mark, out) &&
               keyed_value_read(&keys->bare, keys->of_program, text, mark + 1,
                                var_dump_value(text, mark + 2), out);
    }
    if (!keyed_key_place(text, mark, out)) {
        return false;
    }
    struct bytes key = bytes_of(text.ptr + out->key, out->key_end - out->key);
    out->field = out->percent ? UINT32_MAX : known_field(keys, key);
    bool tells = out->percent || out->field != UINT32_MAX || keyed_key_tells(key);
    return tells && keyed_value_read(&keys->bare, keys->of_program, text, mark, mark + 1, out);
}

/* ---- cells ---- */

/* UINT32_MAX with *status 0: no more keys are taken. */
static uint32_t key_field(struct keyed_values *keys, struct bytes key, int *status,
                          struct error *err) {
    uint32_t field = key_slots_find(&keys->slots, keys->fields, key);
    if (field != UINT32_MAX) {
        return field;
    }
    if (keys->key_count >= KEYED_MAX_KEYS) {
        return UINT32_MAX;
    }
    field = field_set_key(keys->fields, TABLE_NONE, key, ATTRIBUTION_EXACT);
    if (field == UINT32_MAX || !key_slots_add(&keys->slots, key, field)) {
        *status = error_set(err, YINMA_E_MEMORY, "out of memory for the keys of a log");
        return UINT32_MAX;
    }
    keys->key_count++;
    return field;
}

/* The field of a key that is not remembered. */
static uint32_t new_field(struct keyed_values *keys, struct bytes text, const struct keyed *keyed,
                          int *status, struct error *err) {
    uint8_t name[KEYED_PERCENT_BYTES];
    struct bytes key = bytes_of(text.ptr + keyed->key, keyed->key_end - keyed->key);
    if (keyed->percent) {
        return keyed_key_spelled(key, name, &key) ? key_field(keys, key, status, err) : UINT32_MAX;
    }
    uint32_t field = key_field(keys, key, status, err);
    if (field != UINT32_MAX) {
        remember(keys, key, field);
    }
    return field;
}

static int add_cell(struct keyed_values *keys, struct bytes text, const struct keyed *keyed,
                    struct error *err) {
    /* A value that holds keyed values of its own (a query in a quoted request, JSON in a string)
     * gives way to those. */
    while (keys->cell_count > 0) {
        const struct cell *last = &keys->cells[keys->cell_count - 1];
        if ((size_t)last->offset + last->length <= keyed->key) {
            break;
        }
        if (keyed->key < last->offset) {
            return 0; /* the key overlaps a value and is not inside it */
        }
        keys->cell_count--;
    }
    int status = 0;
    uint32_t field = keyed->field;
    if (field == UINT32_MAX) {
        field = new_field(keys, text, keyed, &status, err);
    }
    if (field == UINT32_MAX) {
        return status;
    }
    if (keys->cell_count == keys->cell_capacity) {
        size_t capacity = keys->cell_capacity == 0 ? 1024 : keys->cell_capacity * 2;
        struct cell *bigger = realloc(keys->cells, capacity * sizeof *bigger);
        if (bigger == NULL) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for the values of a log");
        }
        keys->cells = bigger;
        keys->cell_capacity = capacity;
    }
    size_t length = keyed->value_end - keyed->value;
    keys->cells[keys->cell_count++] =
        (struct cell){.offset = (uint32_t)keyed->value,
                      .length = (uint32_t)length,
                      .field = field,
                      .flags = keyed->flags | (length > KEYED_TEXT_BYTES ? CELL_TEXT : 0)};
    return 0;
}

/* Those of COLONS, the set of a block at P, that may have a name before and its value behind them.
 */
static uint64_t names_before(uint64_t colons, const uint8_t *p) {
    uint64_t names = 0;
    for (; colons != 0; colons &= colons - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(colons);
        names |= (uint64_t)(is_header(p + bit) || keyed_member_may_end(p + bit)) << bit;
    }
    return names;
}

/* Positions of '=', of quotes with a colon behind them and of some colons, 64 bytes a word; in the
 * first set. */
static void find_marks(struct keyed_values *keys, const uint8_t *p, size_t blocks, bool first) {
    static const uint8_t wanted[4] = {'=', '"', '\'', ':'};
    uint64_t *const out[4] = {keys->sets[0], keys->sets[1], keys->sets[2], keys->sets[3]};
    keys->ops->find(p, blocks, wanted, 4, out);
    for (size_t b = 0; b < blocks; b++) {
        uint64_t next = b + 1 < blocks ? out[3][b + 1] & 1 : p[64 * blocks] == ':';
        out[0][b] |= (out[1][b] | out[2][b]) & (out[3][b] >> 1 | next << 63);
        /* nothing stands before the first byte of a text */
        out[0][b] |= names_before(out[3][b] & ~(uint64_t)(first && b == 0), p + 64 * b);
    }
}

/* The apostrophe at MARK may stand in a row whose columns its statement names: then all values of
 * the statement are taken at once. */
static int find_rows(struct keyed_values *keys, struct bytes text, size_t begin, size_t end,
                     size_t mark, struct error *err) {
    if (mark >= keys->line_end) {
        const uint8_t *before = memrchr(text.ptr, '\n', mark);
        const uint8_t *behind = memchr(text.ptr + mark, '\n', text.len - mark);
        size_t line = before == NULL ? 0 : (size_t)(before - text.ptr) + 1;
        keys->line_end = behind == NULL ? text.len : (size_t)(behind - text.ptr);
        keys->rows_wait =
            line >= begin && keyed_rows_begin(text, line, keys->line_end, &keys->rows);
    }
    struct keyed keyed;
    int status = 0;
    if (!keys->rows_wait || mark < keys->rows.at) {
        return 0;
    }
    keys->rows_wait = false;
    while (status == 0 && keyed_rows_next(&keys->rows, text, &keyed)) {
        struct bytes key = bytes_of(text.ptr + keyed.key, keyed.key_end - keyed.key);
        keyed.field = known_field(keys, key);
        keyed.key = keyed.value; /* it stands in no value */
        if (keyed.field == UINT32_MAX && keyed_key_tells(key)) {
            keyed.field = key_field(keys, key, &status, err);
        }
        if (keyed.field != UINT32_MAX && keyed.value < end) {
            status = add_cell(keys, text, &keyed, err);
        }
    }
    return status;
}

/* At MARK stands what may part a key from its value, or an apostrophe. */
static int take_mark(struct keyed_values *keys, struct bytes text, size_t begin, size_t end,
                     size_t mark, struct error *err) {
    struct keyed keyed;
    bool apostrophe = text.ptr[mark] == '\'';
    int status = apostrophe && mark >= begin ? find_rows(keys, text, begin, end, mark, err) : 0;
    bool value = (!apostrophe || text.ptr[mark + 1] == ':') &&
                 read_keyed(keys, text, mark, &keyed) && keyed.value >= begin && keyed.value < end;
    return status == 0 && value ? add_cell(keys, text, &keyed, err) : status;
}

int keyed_values_find(struct keyed_values *keys, struct bytes text, size_t begin, size_t end,
                      struct error *err) {
    keys->cell_count = 0;
    keys->bare = (struct bare_value){0};
    keys->members = (struct keyed_members){0};
    keys->line_end = 0;
    size_t at = begin > KEY_REACH ? begin - KEY_REACH : 0;
    while (at < end) {
        size_t blocks = (end - at + 63) / 64;
        blocks = blocks < CHUNK_BLOCKS ? blocks : CHUNK_BLOCKS;
        find_marks(keys, text.ptr + at, blocks, at == 0);
        for (size_t b = 0; b < blocks; b++) {
            for (uint64_t left = keys->sets[0][b] | keys->sets[2][b]; left != 0; left &= left - 1) {
                size_t mark = at + 64 * b + (size_t)__builtin_ctzll(left);
                int status = mark < end ? take_mark(keys, text, begin, end, mark, err) : 0;
                if (status != 0) {
                    return status;
                }
            }
        }
        at += 64 * blocks;
    }
    return 0;
}

const struct cell *keyed_values_cells(const struct keyed_values *keys, size_t *count) {
    *count = keys->cell_count;
    return keys->cells;
}

struct cell *keyed_values_cells_mutable(struct keyed_values *keys) {
    return keys->cells;
}

/* Do a key and something of a value stand about AT? */
static bool is_pair(struct bytes line, size_t at) {
    struct keyed keyed;
    const uint8_t c = line.ptr[at], next = at + 1 < line.len ? line.ptr[at + 1] : 0;
    if (c == '=' && next == '>') {
        return keyed_key_arrow(line, at, &keyed) && (at + 2 < line.len || line.ptr[at - 1] == ']');
    }
    if (c == '=') {
        return keyed_key_plain(line, at, &keyed) && next > 0x20 && next != '=';
    }
    const bool quoted = (c == '"' || c == '\'') && next == ':';
    return quoted && keyed_key_quoted(line, at, &keyed) && at + 2 < line.len &&
           line.ptr[at + 2] != '=';
}

size_t keyed_values_count(struct bytes line, size_t most) {
    size_t count = 0;
    if (var_dump_begins(line)) {
        return 1; /* the value of the key above */
    }
    if (line.len == 0 ||
        (memchr(line.ptr, '=', line.len) == NULL && memchr(line.ptr, '"', line.len) == NULL &&
         memchr(line.ptr, '\'', line.len) == NULL)) {
        return 0; /* most lines of prose and of plain logs */
    }
    for (size_t at = 0; at < line.len && count < most; at++) {
        count += is_pair(line, at);
    }
    struct keyed_rows rows;
    const bool statement = count < most && memchr(line.ptr, '(', line.len) != NULL &&
                           memchr(line.ptr, '\'', line.len) != NULL &&
                           keyed_rows_begin(line, 0, line.len, &rows);
    return !statement ? count : rows.columns < most ? rows.columns : most;
}
