#include "run/pieces/ranges.h"

#include <stdlib.h>

#include "judge/collect/row_pieces.h"
#include "result/piece_join.h"
#include "run/pieces/source.h"
#include "run/workers/unread_items.h"

enum {
    ROUNDS = 2,        /* a piece is what is left, so many times shared by all workers */
    PIECES_MAX = 4096, /* of one file */
};
static const uint64_t large_file = UINT64_C(32) << 20;
static const uint64_t smallest_piece = UINT64_C(8) << 20, largest_piece = UINT64_C(256) << 20;

/* A list of work with its large files taken to pieces. */
struct ranges {
    const struct work_list *list;
    struct work_list expanded;
    struct work_piece *pieces;
    size_t *first; /* by item of `list`: its first one of `expanded`; one more at the end */
    struct unit_facts **units; /* all that came of `expanded`, in order */
    struct work_list again;    /* files to be scanned as a whole … */
    size_t *again_item;        /* … and where they stand in `list` */
};

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for the list of work");
}

/* ---- taking to pieces ---- */

static bool may_cut(const struct engine *engine, const struct pool_options *options) {
    return (options->workers > 1 || options->piece_bytes != 0) && pieces_wanted(engine);
}

/* How far the piece that begins at FROM is to reach. Pieces become smaller, so that nobody waits
 * for long while another one has the last of them. */
static uint64_t piece_end(const struct work_item *item, const struct pool_options *options,
                          uint64_t from) {
    uint64_t left = item->size - from, size = options->piece_bytes;
    if (size == 0) {
        size = left / ((uint64_t)options->workers * ROUNDS);
        size = size < smallest_piece ? smallest_piece : size;
        size = size > largest_piece ? largest_piece : size;
    }
    size = size < item->size / PIECES_MAX + 1 ? item->size / PIECES_MAX + 1 : size;
    return left < size + size / 2 ? item->size : from + size;
}

/* Is it worth a try? What is called like a container would be refused by whoever opens it. */
static bool may_be_pieces(const struct work_item *item, const struct pool_options *options) {
    return item->type == ITEM_FILE &&
           (options->piece_bytes != 0 ||
            (item->size >= large_file && !container_called(bytes_of_string(item->name))));
}

static size_t pieces_of(const struct work_item *item, const struct pool_options *options) {
    if (!may_be_pieces(item, options)) {
        return 1;
    }
    size_t count = 0;
    for (uint64_t at = 0; at < item->size || count == 0; at = piece_end(item, options, at)) {
        count++;
    }
    return count;
}

static void add_pieces(struct ranges *ranges, const struct work_item *item,
                       const struct pool_options *options, struct work_piece **next) {
    size_t count = pieces_of(item, options);
    uint64_t from = 0;
    for (size_t i = 0; i < count; i++) {
        struct work_item *made = &ranges->expanded.items[ranges->expanded.count++];
        *made = *item;
        if (count > 1) {
            uint64_t to = piece_end(item, options, from);
            **next = (struct work_piece){
                .from = from, .to = to, .number = (uint32_t)i + 1, .count = (uint32_t)count};
            made->piece = (*next)++;
            from = to;
        }
    }
}

static size_t count_pieces(const struct work_list *list, const struct pool_options *options) {
    size_t total = 0;
    for (size_t i = 0; i < list->count; i++) {
        total += pieces_of(&list->items[i], options);
    }
    return total;
}

/* TOTAL: of all pieces. */
static int expand(struct ranges *ranges, size_t total, const struct pool_options *options,
                  struct error *err) {
    const struct work_list *list = ranges->list;
    ranges->expanded.items = calloc(total + 1, sizeof *ranges->expanded.items);
    ranges->pieces = calloc(total + 1, sizeof *ranges->pieces);
    ranges->first = calloc(list->count + 1, sizeof *ranges->first);
    ranges->again.items = calloc(list->count + 1, sizeof *ranges->again.items);
    ranges->again_item = calloc(list->count + 1, sizeof *ranges->again_item);
    if (ranges->expanded.items == NULL || ranges->pieces == NULL || ranges->first == NULL ||
        ranges->again.items == NULL || ranges->again_item == NULL) {
        return out_of_memory(err);
    }
    struct work_piece *next = ranges->pieces;
    for (size_t i = 0; i < list->count; i++) {
        ranges->first[i] = ranges->expanded.count;
        add_pieces(ranges, &list->items[i], options, &next);
    }
    ranges->first[list->count] = ranges->expanded.count;
    return 0;
}

static void release(struct ranges *ranges) {
    free(ranges->expanded.items);
    free(ranges->pieces);
    free(ranges->first);
    free((void *)ranges->units);
    free(ranges->again.items);
    free(ranges->again_item);
}

/* ---- putting together ---- */

/* Units of a list that is taken apart and made anew. */
struct unit_chain {
    struct unit_facts *first, **tail;
    size_t count;
};

static void append(struct unit_chain *chain, struct unit_facts *unit) {
    *chain->tail = unit;
    chain->tail = &unit->next;
    unit->next = NULL;
    chain->count++;
}

static void free_units(struct unit_facts **units, size_t count) {
    for (size_t i = 0; i < count; i++) {
        unit_facts_free(units[i]);
        units[i] = NULL;
    }
}

/* An interrupted scan tells what it has: the pieces up to the first one that is missing, or what
 * was read of the first one. */
static int join_some(struct unit_facts **units, size_t count, size_t item, struct unit_chain *chain,
                     struct error *err) {
    bool fit = false;
    size_t most = count;
    int status = 0;
    while (most > 0 && status == 0 && !fit) {
        status = pieces_fit(units, (uint32_t)most, DIGEST_ROWS, &fit, err);
        most -= !fit;
    }
    const bool began = count > 0 && units[0]->piece.number == 1;
    if (status == 0 && (fit || began)) {
        status = pieces_join(units, fit ? (uint32_t)most : 1, err);
        units[0]->status = COVERAGE_PARTIAL;
        units[0]->error_code = YINMA_E_CANCELLED;
        snprintf(units[0]->detail, sizeof units[0]->detail, "interrupted before its end");
        units[0]->item = item;
        append(chain, units[0]);
        units[0] = NULL;
    }
    free_units(units, count);
    return status;
}

/* The units of the file at ITEM, of which COUNT pieces were wanted. */
static int join_file(struct ranges *ranges, size_t item, struct unit_facts **units, size_t have,
                     struct pool_result *out, struct unit_chain *chain, struct error *err) {
    size_t wanted = ranges->first[item + 1] - ranges->first[item];
    bool fit = false;
    if (have == wanted) {
        int status = pieces_fit(units, (uint32_t)have, DIGEST_ROWS, &fit, err);
        if (status == 0 && fit) {
            status = pieces_join(units, (uint32_t)have, err);
        }
        if (fit || status != 0) {
            units[0]->item = item;
            append(chain, units[0]);
            units[0] = NULL;
            free_units(units, have);
            return status;
        }
    }
    if (out->cancelled) {
        return join_some(units, have, item, chain, err);
    }
    free_units(units, have);
    for (size_t i = ranges->first[item]; i < ranges->first[item + 1]; i++) {
        out->bytes_read -= out->item_bytes[i]; /* it will be read again */
    }
    ranges->again_item[ranges->again.count] = item;
    ranges->again.items[ranges->again.count++] = ranges->list->items[item];
    return 0;
}

/* Units of items that are no pieces pass; of the others one is left, or none and a place in
 * `again`. Their `item` is that of the list then. */
static int join(struct ranges *ranges, struct pool_result *out, struct error *err) {
    struct unit_chain chain = {.tail = &chain.first};
    size_t count = 0, at = 0;
    int status = 0;
    ranges->units = (struct unit_facts **)calloc(out->unit_count + 1, sizeof(struct unit_facts *));
    if (ranges->units == NULL) {
        return out_of_memory(err);
    }
    for (struct unit_facts *unit = out->units; unit != NULL; unit = unit->next) {
        ranges->units[count++] = unit;
    }
    out->units = NULL;
    for (size_t item = 0; item < ranges->list->count; item++) {
        size_t behind = ranges->first[item + 1], begin = at;
        while (at < count && ranges->units[at] != NULL && ranges->units[at]->item < behind) {
            at++;
        }
        bool whole = behind - ranges->first[item] == 1;
        for (size_t i = begin; whole && i < at; i++) {
            ranges->units[i]->item = item;
            append(&chain, ranges->units[i]);
        }
        if (!whole && status == 0) {
            status = join_file(ranges, item, ranges->units + begin, at - begin, out, &chain, err);
        } else if (!whole) {
            free_units(ranges->units + begin, at - begin);
        }
    }
    out->units = chain.first;
    out->unit_count = chain.count;
    return status;
}

/* ---- what did not fit ---- */

/* Put the units of SECOND where their files stand among those of OUT. */
static void weave(const struct ranges *ranges, struct pool_result *out,
                  struct pool_result *second) {
    struct unit_chain chain = {.tail = &chain.first};
    struct unit_facts *a = out->units, *b = second->units;
    while (a != NULL || b != NULL) {
        bool take_b = b != NULL && (a == NULL || ranges->again_item[b->item] < a->item);
        struct unit_facts **from = take_b ? &b : &a, *unit = *from;
        *from = unit->next;
        append(&chain, unit);
    }
    out->units = chain.first;
    out->unit_count = chain.count;
    out->bytes_read += second->bytes_read;
    out->cancelled = out->cancelled || second->cancelled;
    out->store = facts_store_join(out->store, second->store);
    second->store = NULL;
    second->units = NULL;
    second->unit_count = 0;
}

/* A file is finished when all its pieces are, or when it was read again. */
static int join_finished(const struct ranges *ranges, struct pool_result *out,
                         const struct pool_result *second, struct error *err) {
    bool *finished = calloc(ranges->list->count + 1, sizeof *finished);
    if (finished == NULL) {
        return out_of_memory(err);
    }
    for (size_t item = 0; item < ranges->list->count; item++) {
        finished[item] = true;
        for (size_t i = ranges->first[item]; i < ranges->first[item + 1]; i++) {
            finished[item] = finished[item] && out->finished[i];
        }
    }
    for (size_t i = 0; i < ranges->again.count; i++) {
        finished[ranges->again_item[i]] = second->finished[i];
    }
    free(out->finished);
    out->finished = finished;
    return 0;
}

/* TOTAL: pieces of all files. */
static int run_pieces(const struct engine *engine, const struct work_list *list, size_t total,
                      const struct pool_options *options, struct pool_result *out,
                      struct error *err) {
    struct ranges ranges = {.list = list};
    struct pool_result second = {0};
    *out = (struct pool_result){0};
    int status = expand(&ranges, total, options, err);
    if (status == 0) {
        status = pool_run(engine, &ranges.expanded, options, out, err);
    }
    if (status == 0) {
        status = join(&ranges, out, err);
        if (status == 0 && ranges.again.count > 0) {
            status = pool_run(engine, &ranges.again, options, &second, err);
        }
        status = status == 0 ? join_finished(&ranges, out, &second, err) : status;
        if (status == 0) {
            weave(&ranges, out, &second);
        }
        pool_result_release(&second);
        if (status != 0) {
            pool_result_release(out);
        }
    }
    release(&ranges);
    return status;
}

int ranges_run(const struct engine *engine, const struct work_list *list,
               const struct pool_options *options, struct pool_result *out, struct error *err) {
    const size_t total = may_cut(engine, options) ? count_pieces(list, options) : 0;
    /* of a hundred thousand small files no list is made a second time */
    int status = total <= list->count ? pool_run(engine, list, options, out, err)
                                      : run_pieces(engine, list, total, options, out, err);
    if (status == 0) {
        status = unread_items_tell(engine->kinds.items, list, out, err);
        if (status != 0) {
            pool_result_release(out);
        }
    }
    return status;
}
