#include "decode/parquet/column.h"

#include <stdlib.h>

#include "core/endian.h"
#include "core/utf8.h"
#include "decode/parquet/print.h"

/* ---- a row group ---- */

static void forget_dictionary(struct parquet_column *c) {
    struct parquet_dictionary *d = &c->dictionary;
    parquet_give_back(c->desk, &d->room);
    free(d->entries);
    c->desk->held -= d->texts.capacity + d->entries_bytes;
    text_buffer_release(&d->texts);
    *d = (struct parquet_dictionary){0};
}

void parquet_column_begin(struct parquet_column *column, const struct parquet_leaf *leaf,
                          const struct parquet_chunk *chunk, struct parquet_desk *desk) {
    column->desk = desk;
    forget_dictionary(column);
    column->leaf = leaf;
    column->chunk = *chunk;
    column->left = chunk->values;
    column->page_left = 0;
    column->count = column->at = 0;
    column->ended = chunk->encrypted || chunk->elsewhere || !chunk->told;
    column->problem = 0;
    column->damaged = false;
    column->error = (struct error){0};
    column->made.limit = column->texts.limit = PARQUET_PAGE_BYTES;
}

void parquet_column_release(struct parquet_column *column) {
    if (column->desk != NULL) {
        forget_dictionary(column);
        parquet_give_back(column->desk, &column->page);
    }
    parquet_values_release(&column->values);
    text_buffer_release(&column->made);
    text_buffer_release(&column->texts);
}

/* Nothing more is read of the column. */
static bool stop(struct parquet_column *c, int code, const char *why) {
    c->ended = true;
    c->page_left = 0;
    c->problem = code;
    if (why != NULL) {
        error_set(&c->error, code, "%s", why);
    }
    return false;
}

static bool no_sense(struct parquet_column *c) {
    return stop(c, YINMA_E_DAMAGED, SAID("a page makes no sense"));
}

static bool no_memory(struct parquet_column *c) {
    c->desk->no_memory = true;
    return stop(c, YINMA_E_MEMORY, SAID("out of memory for the values of a column"));
}

/* ---- dictionaries ---- */

/* VALUES as text in TEXTS, each in its place. */
static void print_all(const struct parquet_type *type, struct bytes *values, size_t count,
                      struct text_buffer *texts) {
    for (size_t i = 0; i < count; i++) {
        const size_t begin = texts->len;
        parquet_print(type, values[i], texts);
        values[i].len = texts->len - begin;
    }
    const uint8_t *at = (const uint8_t *)text_buffer_string(texts);
    for (size_t i = 0; i < count; i++) {
        values[i].ptr = at;
        at += values[i].len;
    }
}

/* The entries as text, once and for all. False: memory is out. */
static bool print_entries(struct parquet_column *c) {
    struct parquet_dictionary *d = &c->dictionary;
    if (!parquet_is_text(&c->leaf->type)) {
        d->texts.limit = PARQUET_PAGE_BYTES;
        print_all(&c->leaf->type, d->entries, d->count, &d->texts);
        c->desk->held += d->texts.capacity;
    }
    d->is_utf8 = true;
    for (size_t i = 0; i < d->count && d->is_utf8 && !d->texts.failed; i++) {
        d->is_utf8 = utf8_valid(d->entries[i], UTF8_WHOLE);
    }
    return !d->texts.failed;
}

/* The least that an entry takes. */
static size_t least_bytes(const struct parquet_type *type) {
    return type->length > 0 ? type->length : 4; /* a length in front */
}

static bool take_dictionary(struct parquet_column *c, const struct parquet_page *page) {
    struct parquet_dictionary *d = &c->dictionary;
    struct error err = {0};
    forget_dictionary(c);
    d->room = c->page; /* the entries stay where they are */
    c->page = (struct block_buffer){0};
    if (page->values > page->data.len / least_bytes(&c->leaf->type) ||
        (page->encoding != PARQUET_VALUES_PLAIN &&
         page->encoding != PARQUET_VALUES_OLD_DICTIONARY) ||
        parquet_values_begin(&c->values, PARQUET_VALUES_PLAIN, &c->leaf->type, NULL, page->data,
                             &err) != 0) {
        return page->values == 0 || no_sense(c);
    }
    d->entries_bytes = ((size_t)page->values + 1) * sizeof *d->entries;
    if (d->entries_bytes + c->desk->held > PARQUET_HELD_BYTES) {
        d->entries_bytes = 0;
        return stop(c, YINMA_E_LIMIT, SAID("its dictionary takes too much memory"));
    }
    d->entries = calloc((size_t)page->values + 1, sizeof *d->entries);
    if (d->entries == NULL) {
        d->entries_bytes = 0;
        return no_memory(c);
    }
    c->desk->held += d->entries_bytes;
    size_t some = 1;
    while (d->count < page->values && some > 0) {
        const uint64_t left = page->values - d->count;
        some = left < PARQUET_BATCH ? (size_t)left : PARQUET_BATCH;
        some = parquet_values_take(&c->values, d->entries + d->count, some, NULL);
        d->count += some;
    }
    return d->count < page->values ? no_sense(c) : print_entries(c) || no_memory(c);
}

/* ---- pages ---- */

static unsigned width_of(unsigned most) {
    unsigned width = 0;
    for (; most != 0; most >>= 1) {
        width++;
    }
    return width;
}

/* Levels of the first version: runs behind their length, or the deprecated form without one. The
 * rest of DATA follows. */
static bool begin_levels(struct parquet_runs *runs, struct bytes *data, unsigned most,
                         int64_t encoding, uint64_t values) {
    const unsigned width = width_of(most);
    if (most == 0) {
        return true;
    }
    if (encoding == PARQUET_LEVELS_PACKED) {
        const uint64_t len = (values * width + 7) / 8;
        if (values > UINT32_MAX || len > data->len) {
            return false;
        }
        parquet_runs_deprecated(runs, bytes_first(*data, (size_t)len), width, values);
        *data = bytes_from(*data, (size_t)len);
        return true;
    }
    if (data->len < 4 || little_u32(data->ptr) > data->len - 4) {
        return false;
    }
    const size_t len = little_u32(data->ptr);
    parquet_runs_begin(runs, bytes_first(bytes_from(*data, 4), len), width);
    *data = bytes_from(*data, 4 + len);
    return true;
}

static bool begin_page(struct parquet_column *c, const struct parquet_page *page) {
    const struct parquet_leaf *leaf = c->leaf;
    struct bytes data = page->data;
    bool sound = page->values <= c->left;
    if (sound && page->is_second) {
        const size_t repetitions = page->repetition_bytes, definitions = page->definition_bytes;
        sound = repetitions <= data.len && definitions <= data.len - repetitions;
        parquet_runs_begin(&c->repetitions, bytes_first(data, repetitions),
                           width_of(leaf->repetition));
        data = bytes_from(data, repetitions);
        parquet_runs_begin(&c->definitions, bytes_first(data, definitions),
                           width_of(leaf->definition));
        data = bytes_from(data, definitions);
    } else if (sound) {
        sound = begin_levels(&c->repetitions, &data, leaf->repetition, page->repetition_encoding,
                             page->values) &&
                begin_levels(&c->definitions, &data, leaf->definition, page->definition_encoding,
                             page->values);
    }
    if (!sound) {
        return no_sense(c);
    }
    /* of a page that holds nulls alone even the encoding may mean nothing */
    const int status = data.len == 0 ? 0
                                     : parquet_values_begin(&c->values, page->encoding, &leaf->type,
                                                            &c->dictionary, data, &c->error);
    if (data.len == 0) {
        parquet_values_release(&c->values);
    }
    c->left -= page->values;
    c->page_left = page->values;
    return status == 0 || stop(c, status, NULL);
}

/* A page with values. False: there is none. */
static bool next_page(struct parquet_column *c) {
    while (c->page_left == 0) {
        struct parquet_page page = {0};
        if (c->left == 0) {
            return stop(c, 0, NULL);
        }
        const int status = parquet_page_next(c->desk, c->chunk.codec, &c->chunk.at, &c->page, &page,
                                             &c->damaged, &c->error);
        if (status <= 0) {
            return status == 0 ? stop(c, YINMA_E_TRUNCATED, SAID("pages of it are missing"))
                               : stop(c, status, NULL);
        }
        if (!(page.kind == PARQUET_PAGE_DICTIONARY ? take_dictionary(c, &page)
                                                   : begin_page(c, &page))) {
            return false;
        }
    }
    return true;
}

/* ---- batches ---- */

/* COUNT values as text to c->texts_of. False: there are fewer, or memory is out. */
static bool take_texts(struct parquet_column *c, size_t count) {
    const bool numbered = c->values.encoding == PARQUET_VALUES_DICTIONARY ||
                          c->values.encoding == PARQUET_VALUES_OLD_DICTIONARY;
    const struct parquet_type *type = &c->leaf->type;
    text_buffer_clear(&c->made);
    text_buffer_clear(&c->texts);
    if (parquet_values_take(&c->values, c->texts_of, count, &c->made) < count) {
        return c->made.failed || c->values.last.failed ? no_memory(c) : no_sense(c);
    }
    c->is_utf8 = numbered && c->dictionary.is_utf8;
    if (!numbered && !parquet_is_text(type)) {
        print_all(type, c->texts_of, count, &c->texts);
    }
    return !c->texts.failed || no_memory(c);
}

/* The values, which stand one after the other, to their places among the nulls. */
static void spread(struct parquet_column *c, size_t values, size_t count) {
    while (count-- > 0) {
        const bool there = c->definition[count] == c->leaf->definition;
        c->texts_of[count] = there ? c->texts_of[--values] : (struct bytes){NULL, 0};
    }
}

static bool take_levels(struct parquet_runs *runs, uint32_t *out, unsigned most, size_t count) {
    if (most == 0) {
        memset(out, 0, count * sizeof *out);
        return true;
    }
    return parquet_runs_take(runs, out, count) == count;
}

bool parquet_column_fill(struct parquet_column *column) {
    struct parquet_column *c = column;
    c->count = c->at = 0;
    if (c->ended || !next_page(c)) {
        return false;
    }
    const size_t count = c->page_left < PARQUET_BATCH ? (size_t)c->page_left : PARQUET_BATCH;
    if (!take_levels(&c->repetitions, c->repetition, c->leaf->repetition, count) ||
        !take_levels(&c->definitions, c->definition, c->leaf->definition, count)) {
        return no_sense(c);
    }
    size_t values = 0;
    for (size_t i = 0; i < count; i++) {
        values += c->definition[i] == c->leaf->definition;
    }
    if (values > 0 && !take_texts(c, values)) {
        return false;
    }
    if (values < count) {
        spread(c, values, count);
    }
    c->page_left -= count;
    c->count = count;
    return true;
}
